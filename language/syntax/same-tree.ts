// Whether two declarations are the same but for their layout: tokens and documentation decide, not places.
import type { Segment } from './parse.js';
import type { Token } from './tokens.js';

/**
 * Compares two segments that were parsed without an error.
 * @returns whether their trees, and the comments before each token, are the same
 */
export function sameTree(left: Segment, right: Segment): boolean {
  return same(left.node, right.node) && notes(left.tokens) === notes(right.tokens);
}

function same(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return left === right;
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every((item, i) => same(item, right[i]));
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(a).filter((key) => key === '$type' || !key.startsWith('$'));
  const others = Object.keys(b).filter((key) => key === '$type' || !key.startsWith('$'));
  return keys.length === others.length && keys.every((key) => same(a[key], b[key]));
}

/** Tokens and comments in order, without separators and without the white space in comments. */
function notes(tokens: readonly Token[]): string {
  return tokens
    .filter((token) => token.text !== ';')
    .map((token) => (token.kind === 'comment' ? token.text.replace(/\s+/g, ' ').trim() : token.text))
    .join('\n');
}

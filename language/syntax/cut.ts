// A text cut into its declarations, at the keywords that start one. After an edit only what is around it is scanned and
// cut again: up to where the cuts fall in step with those of the text before.
import { isReserved } from './names.js';
import { scan } from './tokens.js';
import type { Token } from './tokens.js';

/** The text of one import or declaration, with the comments directly before it. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** A comment in it has no end: how far it reaches depends on all that follows. */
  readonly open: boolean;
}

export interface CutPiece extends Piece {
  /** Its tokens, in offsets of the whole text. */
  readonly tokens: Token[];
}

/** A text that was cut before. */
export interface Cut<P extends Piece = Piece> {
  readonly text: string;
  readonly pieces: readonly P[];
}

/** The reserved words that start a declaration. */
export const topLevel: ReadonlySet<string> = new Set([
  'import',
  'choreography',
  'network',
  'record',
  'enum',
  'type',
  'function',
  'extern',
]);

/** Cuts a text at top-level keywords; comments that directly precede one go with it. Cost: linear in the text */
export function cut(text: string): CutPiece[] {
  return cutFrom(text, 0, text.length);
}

/** What of a text was cut again, and what is as before. */
export interface Recut {
  /** How many pieces at the start are as before. */
  readonly kept: number;
  readonly again: readonly CutPiece[];
  /** From which piece on those before stand after these, all moved by `by`. */
  readonly rest: number;
  readonly by: number;
}

/** Where two texts differ. */
export interface Change {
  /** How many characters at the start, and at the end, they have in common. */
  readonly same: number;
  readonly tail: number;
  /** By how much the new text is longer. */
  readonly by: number;
}

/** Compares two texts. Cost: linear, at the speed of comparing memory. */
export function changeOf(text: string, old: string): Change {
  const same = commonPrefix(text, old);
  return {
    same,
    tail: commonSuffix(text, old, Math.min(text.length, old.length) - same),
    by: text.length - old.length,
  };
}

/**
 * Cuts a text that is much like one that was cut before; together the pieces are those of `cut`.
 * Cost: linear in what is cut again, but for comparing the texts and looking through the pieces
 */
export function recut(
  text: string,
  { text: old, pieces }: Cut,
  { same, tail, by }: Change = changeOf(text, old),
): Recut {
  const last = pieces.findLastIndex(({ start }) => start <= same);
  const open = pieces.findIndex((piece) => piece.open);
  // What is before the piece that was edited ends where that begins, and how that begins may be different now.
  const kept = Math.max(0, open < 0 ? last - 1 : Math.min(last - 1, open));
  const start = kept === 0 ? 0 : (pieces[kept]?.start ?? 0);
  const unchanged = pieces.findIndex((piece, index) => index > kept && piece.start >= old.length - tail);
  for (let next = unchanged, window = 1; next >= 0 && next < pieces.length; next += window, window *= 2) {
    const stop = pieces[next + 1];
    if (!stop) break;
    const again = cutFrom(text, start, stop.start + by);
    // How far a comment without its end reaches is not to be seen from a part of the text.
    if (again.some((piece) => piece.open)) break;
    const step = again.findIndex((piece) => piece.start === (pieces[next]?.start ?? -1) + by);
    if (step > 0) return { kept, again: again.slice(0, step), rest: next, by };
  }
  return { kept, again: cutFrom(text, start, text.length), rest: pieces.length, by };
}

/** The pieces of a part of a text that begins where a piece does. */
function cutFrom(text: string, from: number, to: number): CutPiece[] {
  const tokens = scan(from === 0 && to === text.length ? text : text.slice(from, to));
  if (tokens.length === 0) return [];
  if (from > 0)
    tokens.forEach((token, i) => {
      tokens[i] = { ...token, start: token.start + from, end: token.end + from };
    });
  const starts = startsIn(text, tokens);
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((first, i) => {
    const own = tokens.slice(first, starts[i + 1] ?? tokens.length);
    const open = own.some(
      (token) => token.kind === 'unterminated' && (token.text.startsWith('/*') || token.end === to),
    );
    return { start: (own[0] as Token).start, end: (own.at(-1) as Token).end, tokens: own, open };
  });
}

/** The indices of the tokens that start a declaration, or the comments directly before one. */
export function startsIn(text: string, tokens: readonly Token[]): number[] {
  const starts: number[] = [];
  let previous: Token | undefined;
  let head: Token | undefined;
  tokens.forEach((token, index) => {
    if (token.kind === 'comment') return;
    head ??= token;
    if (
      token.kind === 'word' &&
      (topLevel.has(token.text) ? !inside(text, previous, token) : startsConstant(text, tokens, index, previous, head))
    ) {
      head = token;
      let first = index;
      while (tokens[first - 1]?.kind === 'comment' && !sameLine(text, previous, tokens[first - 1])) first--;
      starts.push(first);
    }
    previous = token;
  });
  return starts;
}

/**
 * Whether the word `const`, which may be a name as well, starts a declaration: a name follows on its line, and it
 * stands first on its line, no further in than the declaration before, or behind that on one line. A line that ends
 * with it is one half typed.
 * @param previous the token before, no comment
 * @param head the first token of the declaration before
 */
export function startsConstant(
  text: string,
  tokens: readonly Token[],
  index: number,
  previous: Token | undefined,
  head: Token,
): boolean {
  const token = tokens[index] as Token;
  if (token.text !== 'const') return false;
  const next = tokens.slice(index + 1, index + 20).find(({ kind }) => kind !== 'comment');
  const ends = !sameLine(text, token, next);
  if (!ends && (next?.kind !== 'word' || isReserved(next.text))) return false;
  if (!sameLine(text, previous, token)) return columnOf(text, token) <= columnOf(text, head);
  return !ends && (previous?.text === '}' || (head.text !== 'choreography' && head.text !== 'network'));
}

function columnOf(text: string, { start }: Token): number {
  let from = start;
  while (from > 0 && !/[\n\r]/.test(text.charAt(from - 1))) from--;
  return start - from;
}

/** Whether a top-level keyword starts no declaration: in `extern type`, or as a word meant for a name. */
function inside(text: string, previous: Token | undefined, token: Token): boolean {
  if (previous?.text === 'extern') return token.text === 'type';
  return (
    previous !== undefined && [':', '.', '->', '(', ','].includes(previous.text) && sameLine(text, previous, token)
  );
}

export function sameLine(text: string, left: Token | undefined, right: Token | undefined): boolean {
  return !!left && !!right && !/[\n\r]/.test(text.slice(left.end, right.start));
}

/** How much is compared at once. */
const block = 1 << 14;

function commonPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at + block <= most && a.slice(at, at + block) === b.slice(at, at + block)) at += block;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

function commonSuffix(a: string, b: string, most: number): number {
  const [x, y] = [a.length, b.length];
  let count = 0;
  while (count + block <= most && a.slice(x - count - block, x - count) === b.slice(y - count - block, y - count))
    count += block;
  while (count < most && a.charCodeAt(x - count - 1) === b.charCodeAt(y - count - 1)) count++;
  return count;
}

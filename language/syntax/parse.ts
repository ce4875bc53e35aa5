// Text to trees. The text is cut at the top-level keywords and every declaration is parsed alone, so that a broken one
// can't harm its neighbours and an unchanged one is not parsed again. A declaration with a syntax error is parsed again
// with the broken lines blanked out, so that the rest of it stays live; trees are therefore always whole.
import { isChoreography, isImport, isNetwork } from '../grammar/generated/ast.js';
import type * as ast from '../grammar/generated/ast.js';
import { chorParser } from './services.js';
import { scan } from './tokens.js';
import type { Token } from './tokens.js';

/** A syntax error: a message and the range, in offsets of the file, that it is about. */
export interface SyntaxIssue {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** One import or declaration with all of its text. Offsets inside `node` count from `offset`. */
export interface Segment {
  readonly text: string;
  readonly offset: number;
  /** The tree; undefined where nothing of the declaration could be parsed. */
  readonly node: ast.Declaration | ast.Import | undefined;
  /** The tokens of the segment, comments included; their offsets count from `offset`. */
  readonly tokens: readonly Token[];
  /** The syntax errors, their offsets counted from `offset`. */
  readonly issues: readonly SyntaxIssue[];
}

const topLevel = new Set(['import', 'choreography', 'network', 'record', 'enum', 'type', 'function', 'extern']);

/** The most syntax errors told for one declaration; what follows is blanked no further. */
const maximumErrors = 25;

interface Parsed { node: ast.Declaration | ast.Import | undefined; issues: SyntaxIssue[]; tokens: Token[] }
const cache = new Map<string, Parsed>();
const cacheSize = 4000;

/**
 * Cuts a file into declarations and parses each.
 * @param text the file's text
 * @returns the segments in order; together they cover every token of the text
 * Cost: linear in the text; declarations whose text was parsed lately are taken from a cache.
 */
export function parse(text: string): Segment[] {
  return cut(text).map(({ start, end, tokens }) => {
    const segment = text.slice(start, end);
    let parsed = cache.get(segment);
    if (parsed) cache.delete(segment);
    else parsed = parseSegment(segment, tokens.map((t) => ({ ...t, start: t.start - start, end: t.end - start })));
    cache.set(segment, parsed);
    if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
    return { text: segment, offset: start, node: parsed.node, issues: parsed.issues, tokens: parsed.tokens };
  });
}

/** Cuts at top-level keywords; comments that directly precede one go with it. */
function cut(text: string): { start: number; end: number; tokens: Token[] }[] {
  const tokens = scan(text);
  const starts: number[] = [];
  let previous: Token | undefined;
  tokens.forEach((token, index) => {
    if (token.kind === 'comment') return;
    const inside = previous && [':', 'extern', '.', '->'].includes(previous.text);
    if (token.kind === 'word' && topLevel.has(token.text) && !inside) {
      let first = index;
      while (tokens[first - 1]?.kind === 'comment' && !sameLine(text, previous, tokens[first - 1])) first--;
      starts.push(first);
    }
    previous = token;
  });
  if (tokens.length === 0) return [];
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((first, i) => {
    const own = tokens.slice(first, starts[i + 1] ?? tokens.length);
    return { start: (own[0] as Token).start, end: (own.at(-1) as Token).end, tokens: own };
  });
}

function sameLine(text: string, left: Token | undefined, right: Token | undefined): boolean {
  return !!left && !!right && !text.slice(left.end, right.start).includes('\n');
}

interface Attempt { node: ast.Declaration | ast.Import | undefined; error?: { message: string; token: number; start: number; end: number; atEnd: boolean } }

/** One run of the parser over a segment. `token` is the index, in `tokens`, of the token that the error is at. */
function attempt(text: string, tokens: readonly Token[]): Attempt {
  const result = chorParser().parse<ast.File>(text);
  const lexer = result.lexerErrors[0];
  const parser = result.parserErrors[0];
  if (!lexer && !parser) {
    const items = result.value.items;
    const second = items[1]?.$cstNode;
    if (!second) return { node: items[0] };
    return { node: undefined, error: errorAt(tokens, second.offset, 'Unexpected text after a declaration.') };
  }
  const offset = parser && !Number.isNaN(parser.token.startOffset) ? parser.token.startOffset : Infinity;
  if (lexer && lexer.offset <= offset) {
    return { node: undefined, error: errorAt(tokens, lexer.offset, `\`${text.charAt(lexer.offset)}\` means nothing here.`) };
  }
  return { node: undefined, error: errorAt(tokens, offset, parser?.message ?? '') };
}

function errorAt(tokens: readonly Token[], offset: number, message: string): Attempt['error'] {
  const index = tokens.findIndex((token) => token.kind !== 'comment' && token.end > offset);
  const token = tokens[index];
  if (token) return { message, token: index, start: token.start, end: token.end, atEnd: false };
  const last = tokens.findLast((t) => t.kind !== 'comment');
  return { message, token: tokens.length, start: last ? last.end - 1 : 0, end: last?.end ?? 0, atEnd: true };
}

/** The indices of the tokens to leave out, and how many closing braces to add. */
interface Repair { blank: Set<number>; close: number }

function repaired(text: string, tokens: readonly Token[], repair: Repair): string {
  let result = '';
  let position = 0;
  for (const index of [...repair.blank].sort((a, b) => a - b)) {
    const token = tokens[index] as Token;
    result += text.slice(position, token.start) + token.text.replace(/[^\n\r]/g, ' ');
    position = token.end;
  }
  // A comment on the last line must not swallow the braces.
  return result + text.slice(position) + (repair.close ? `\n${'}'.repeat(repair.close)}` : '');
}

function parseSegment(text: string, tokens: Token[]): Parsed {
  const issues: SyntaxIssue[] = [];
  let repair: Repair = { blank: new Set(), close: 0 };
  tokens.forEach((token, index) => {
    if (token.kind !== 'unterminated') return;
    const what = token.text.startsWith('"') ? 'This string has no closing `"`.' : 'This comment has no closing `*/`.';
    issues.push({ message: what, start: token.start, end: token.end });
    for (const i of lineOf(text, tokens, index)) repair.blank.add(i);
    repair.blank.add(index);
  });
  let current = attempt(repaired(text, tokens, repair), visible(tokens, repair));
  for (let round = 0; current.error && round < maximumErrors; round++) {
    const error = current.error;
    issues.push({ message: closing(error, tokens, repair, text) ?? error.message, start: error.start, end: Math.max(error.end, error.start + 1) });
    let best: { repair: Repair; result: Attempt; reach: number } | undefined;
    for (const candidate of candidates(text, tokens, repair, error)) {
      const result = attempt(repaired(text, tokens, candidate), visible(tokens, candidate));
      // How far the parser comes; a candidate that leaves out less wins a tie because it comes first.
      const reach = result.error ? result.error.token : Infinity;
      if (!best || reach > best.reach) best = { repair: candidate, result, reach };
      if (reach === Infinity) break;
    }
    if (!best || best.reach <= error.token) return { node: undefined, issues, tokens };
    ({ repair } = best);
    current = best.result;
  }
  const node = current.node;
  if (node && issues.length === 0) issues.push(...bareBlocks(node));
  return { node, issues, tokens };
}

/** The tokens as the parser sees them: those left out count as comments, so that indices stay what they are. */
function visible(tokens: readonly Token[], repair: Repair): Token[] {
  return tokens.map((token, index) => (repair.blank.has(index) ? { ...token, kind: 'comment' as const } : token));
}

/** The tokens on the line of a token, without its braces, which keep the rest in place. */
function lineOf(text: string, tokens: readonly Token[], index: number): number[] {
  const at = (tokens[index] as Token).start;
  const from = text.lastIndexOf('\n', at - 1) + 1;
  const to = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
  const line: number[] = [];
  tokens.forEach((token, i) => {
    if (token.start >= from && token.start < to && token.kind !== 'comment' && token.text !== '{' && token.text !== '}') line.push(i);
  });
  return line;
}

function candidates(text: string, tokens: readonly Token[], repair: Repair, error: NonNullable<Attempt['error']>): Repair[] {
  const without = (indices: number[]): Repair => ({ blank: new Set([...repair.blank, ...indices]), close: repair.close });
  const grows = (r: Repair): boolean => r.blank.size > repair.blank.size || r.close > repair.close;
  let previous = error.token - 1;
  while (previous >= 0 && (repair.blank.has(previous) || tokens[previous]?.kind === 'comment')) previous--;
  const result: Repair[] = [];
  if (error.atEnd) result.push({ blank: repair.blank, close: repair.close + Math.max(1, unclosed(tokens, repair)) });
  const token = tokens[error.token];
  if (previous >= 0 && !(token && sameLine(text, tokens[previous], token))) result.push(without(lineOf(text, tokens, previous)));
  if (token) {
    const line = lineOf(text, tokens, error.token);
    result.push(without(line));
    if (token.text === '}' || token.text === '{') result.push(without([error.token]), without([...line, error.token]));
    if (previous >= 0) result.push(without([...line, ...lineOf(text, tokens, previous)]));
  }
  return result.filter(grows);
}

function unclosed(tokens: readonly Token[], repair: Repair): number {
  const count = (brace: string): number => tokens.filter((token, index) => token.text === brace && !repair.blank.has(index)).length;
  return count('{') - count('}') - repair.close;
}

/** For a block that is never closed: which one, going by the indentation. */
function closing(error: NonNullable<Attempt['error']>, tokens: readonly Token[], repair: Repair, text: string): string | undefined {
  if (!error.atEnd) return undefined;
  const open: Token[] = [];
  let suspect: Token | undefined;
  tokens.forEach((token, index) => {
    if (repair.blank.has(index) || token.kind !== 'symbol') return;
    if (token.text === '{') open.push(token);
    if (token.text !== '}') return;
    const opener = open.pop();
    if (opener && indent(text, opener) > indent(text, token)) suspect = opener;
  });
  const opener = suspect ?? open.at(-1);
  if (!opener || open.length === 0) return undefined;
  const line = text.slice(text.lastIndexOf('\n', opener.start) + 1, opener.start).trim();
  return `A closing \`}\` is missing: the block of \`${line}\` is still open at the end.`;
}

function indent(text: string, token: Token): number {
  const from = text.lastIndexOf('\n', token.start - 1) + 1;
  return text.slice(from).search(/\S/);
}

/** A block that stands where a statement should is only right in what recovery left over. */
function bareBlocks(node: ast.Declaration | ast.Import): SyntaxIssue[] {
  if (isImport(node) || !(isChoreography(node) || isNetwork(node))) return [];
  const issues: SyntaxIssue[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null && '$type' in value) {
      const child = value as { $type: string; $cstNode?: { offset: number } };
      const broken = 'broken' in child && Array.isArray(child.broken) ? (child.broken[0] as typeof child | undefined) : undefined;
      const bare = child.$type === 'BareBlock' || child.$type === 'LocalBareBlock' ? child : broken;
      if (bare?.$cstNode) issues.push({ message: 'A block can’t stand alone: what belongs before its `{` is missing.', start: bare.$cstNode.offset, end: bare.$cstNode.offset + 1 });
      for (const [key, property] of Object.entries(child)) if (!key.startsWith('$')) visit(property);
    }
  };
  visit(node);
  return issues;
}

// The formatter: the white space between tokens, and nothing else, is put in order. Two spaces for each level, one
// statement a line, comments where they were. A declaration that does not parse is left as it is, and so is one that
// would not read the same afterwards.
import { layoutFacts } from './layout.js';
import type { LayoutFacts } from './layout.js';
import { lineEndOf, plainLines, withLineEnds } from './line-ends.js';
import { parse } from './parse.js';
import type { Segment } from './parse.js';
import { sameTree } from './same-tree.js';
import type { Token } from './tokens.js';

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * Formats a text.
 * @param text a file's text; declarations with syntax errors stay as they are
 * @returns the text laid out. Formatting it again changes nothing, and it parses to the same trees. Cost: linear
 */
export function format(text: string): string {
  return apply(text, formatEdits(text));
}

/**
 * Formats a part of a text.
 * @param start and `end` the part; lines of which it has a character, or that it stands in, are formatted, and no
 *   others
 * @returns the edits, in order and without overlaps, each within the space between two tokens
 */
export function formatRange(text: string, start: number, end: number): TextEdit[] {
  const lineEnd = /[\r\n]/g;
  let from = start;
  while (from > 0 && !/[\r\n]/.test(text.charAt(from - 1))) from--;
  // The end is not part of the part.
  lineEnd.lastIndex = end > start && /[\r\n]/.test(text.charAt(end - 1)) ? end - 1 : end;
  if (lineEnd.lastIndex < end && text.startsWith('\r\n', end - 2)) lineEnd.lastIndex = end - 2;
  const to = lineEnd.exec(text)?.index ?? text.length;
  return formatEdits(text)
    .flatMap((edit) => byLines(text, edit))
    .filter((edit) => edit.start >= from && edit.end <= to);
}

/**
 * An edit of the space between two tokens in parts: the end of the first line, the lines between, the start of the
 * last.
 */
function byLines(text: string, edit: TextEdit): TextEdit[] {
  const parts = /^([^\r\n]*)((?:[^]*[\r\n])?)([^\r\n]*)$/;
  const [, ...before] = parts.exec(text.slice(edit.start, edit.end)) ?? [];
  const [, ...after] = parts.exec(edit.newText) ?? [];
  if (!before[1] || !after[1]) return [edit];
  let at = edit.start;
  return before.flatMap((old, i) => {
    const start = at;
    at += old.length;
    const newText = after[i] ?? '';
    return old === newText ? [] : [{ start, end: at, newText }];
  });
}

/**
 * The edits that format a whole text, in order, each within the space between two tokens or inside a comment. Line ends
 * become those of most lines.
 */
export function formatEdits(text: string): TextEdit[] {
  if (!text.includes('\r')) return plainEdits(text);
  const lineEnd = lineEndOf(text);
  const { plain, origin } = plainLines(text);
  const edits: TextEdit[] = [];
  let position = 0;
  /** Puts right the line ends up to an offset. */
  const ends = (until: number): void => {
    for (const { 0: end, index } of text.slice(position, until).matchAll(/\r\n|\r|\n/g)) {
      if (end !== lineEnd)
        edits.push({ start: position + index, end: position + index + end.length, newText: lineEnd });
    }
  };
  for (const edit of plainEdits(plain)) {
    const start = origin(edit.start);
    ends(start);
    position = origin(edit.end);
    const newText = withLineEnds(edit.newText, lineEnd);
    if (text.slice(start, position) !== newText) edits.push({ start, end: position, newText });
  }
  ends(text.length);
  return edits;
}

/** The edits that format a text whose line ends are LF. */
function plainEdits(text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const replace = (start: number, end: number, newText: string): void => {
    if (text.slice(start, end) !== newText) edits.push({ start, end, newText });
  };
  const segments = parse(text);
  const good = segments.map((segment) => segmentEdits(segment));
  let previous: number | undefined;
  segments.forEach((segment, i) => {
    const own = good[i];
    const between = text.slice(previous ?? 0, segment.offset);
    const neighbour = i === 0 || good[i - 1];
    if (own && neighbour) {
      const lines = between.split('\n').length - 1;
      replace(
        previous ?? (text.startsWith('\uFEFF') ? 1 : 0),
        segment.offset,
        previous === undefined ? '' : lines > 1 ? '\n\n' : '\n',
      );
    }
    for (const edit of own ?? []) replace(segment.offset + edit.start, segment.offset + edit.end, edit.newText);
    previous = segment.offset + segment.text.length;
  });
  if (previous !== undefined && good.at(-1)) replace(previous, text.length, '\n');
  return edits;
}

function apply(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of edits) {
    result += text.slice(position, edit.start) + edit.newText;
    position = edit.end;
  }
  return result + text.slice(position);
}

/** The edits of a segment, or undefined where it has to be left alone. */
function segmentEdits(segment: Segment): TextEdit[] | undefined {
  if (segment.issues.length > 0) return undefined;
  // Only comments.
  if (!segment.node)
    return segment.tokens.every((token) => token.kind === 'comment') ? gaps(segment, undefined) : undefined;
  const edits = gaps(segment, layoutFacts(segment.node));
  if (edits.length === 0) return edits;
  const again = parse(apply(segment.text, edits));
  return again.length === 1 && again[0]?.issues.length === 0 && sameTree(segment, again[0]) ? edits : undefined;
}

interface Bracket {
  /** Of the lines inside. */
  readonly indent: number;
  /** Of the closing bracket, where it stands on a line of its own. */
  readonly outer: number;
  readonly kind: 'block' | 'outer' | 'list' | 'arms' | 'round';
  readonly broken: boolean;
}

/** Signs that a line inside a statement may end or start with, where the author broke it. */
const breakBeside = [
  '->',
  '+',
  '-',
  '*',
  '/',
  '%',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  'then',
  'else',
  'in',
];
const breakAfter = new Set(['(', '[', ',', '=>', '=', ...breakBeside]);
const breakBefore = new Set([')', ']', 'with', ...breakBeside]);

function gaps(segment: Segment, facts: LayoutFacts | undefined): TextEdit[] {
  const { text } = segment;
  const items = segment.tokens.filter((token) => token.text !== ';' || token.kind !== 'symbol');
  const closers = matching(items);
  const edits: TextEdit[] = [];
  const stack: Bracket[] = [];
  let lineIndent = 0;
  let previous: Token | undefined;

  items.forEach((item, i) => {
    const before = items[i - 1];
    const inside = stack.at(-1);
    // What is closed here no longer counts for its own place.
    if (item.kind === 'symbol' && /^[)\]}]$/.test(item.text) && stack.length > 0) stack.pop();
    if (before) {
      const between = text.slice(before.end, item.start);
      const place = gap(i, before, item, between, inside);
      if (place.indent !== undefined) lineIndent = place.indent;
      if (place.text !== between) edits.push({ start: before.end, end: item.start, newText: place.text });
    }
    if (item.kind === 'comment') {
      const laid = commentText(item.text, lineIndent);
      if (laid !== item.text) edits.push({ start: item.start, end: item.end, newText: laid });
    } else {
      if (item.kind === 'symbol' && /^[([{]$/.test(item.text)) stack.push(bracket(item, i));
      previous = item;
    }
  });
  if (previous === undefined && items.length === 0) return [];
  const last = items.at(-1);
  if (last && last.end < text.length) edits.push({ start: last.end, end: text.length, newText: '' });
  return edits;

  function bracket(item: Token, index: number): Bracket {
    const close = closers.get(index);
    const end = close === undefined ? text.length : (items[close] as Token).end;
    const content = close === undefined ? items.slice(index + 1) : items.slice(index + 1, close);
    const first = content.find((token) => token.kind !== 'comment') ?? items[close ?? -1];
    const brokenAfter = first !== undefined && newlineIn(text.slice(item.end, first.start));
    const sizes = { indent: lineIndent + 2, outer: lineIndent };
    if (item.text !== '{') return { ...sizes, kind: 'round', broken: brokenAfter };
    if (facts?.arms.has(end)) return { ...sizes, kind: 'arms', broken: brokenAfter };
    if (facts?.outers.has(end)) return { ...sizes, kind: 'outer', broken: content.length > 0 };
    if (!facts?.blocks.has(end))
      return { ...sizes, kind: 'list', broken: content.length > 0 && newlineIn(text.slice(item.end, end)) };
    const statements = content.filter((token) => startsStatement(token)).length;
    const nested = content.some((token, i) => {
      const closed = token.text === '{' ? closers.get(index + 1 + i) : undefined;
      const closedAt = closed === undefined ? -1 : (items[closed]?.end ?? -1);
      return facts.blocks.has(closedAt) || facts.outers.has(closedAt);
    });
    const oneLine = !newlineIn(text.slice(item.start, end)) && statements <= 1 && !nested;
    return { ...sizes, kind: 'block', broken: content.length > 0 && !oneLine };
  }

  /** The first item from an index on that is no comment. */
  function codeFrom(i: number): Token | undefined {
    let at = i;
    while (items[at]?.kind === 'comment') at++;
    return items[at];
  }

  function startsStatement(token: Token): boolean {
    return facts?.starts.has(token.start) === true || (token.kind === 'word' && token.text === 'return');
  }

  /** What stands before an item, and its line's indentation where that is a new line. */
  function gap(
    i: number,
    before: Token,
    item: Token,
    between: string,
    inside: Bracket | undefined,
  ): { text: string; indent?: number } {
    const broken = newlineIn(between);
    const blank = between.split('\n').length > 2;
    const line = (indent: number, mayBeBlank = false): { text: string; indent: number } => ({
      text: `${mayBeBlank && blank ? '\n\n' : '\n'}${' '.repeat(indent)}`,
      indent,
    });
    const block = (): number => stack.findLast((b) => b.kind !== 'round')?.indent ?? 0;
    const going =
      inside?.kind === 'round'
        ? inside.indent
        : inside?.kind === 'block' || inside?.kind === 'outer'
          ? block() + 2
          : (inside?.indent ?? 2);
    const opened = before.text === '{' && before.kind === 'symbol';
    const own = ownLine(i, item, inside);

    if (item.kind === 'comment') {
      if (!broken) return { text: spaceBeforeComment(before) };
      // A comment on its own line goes with what follows it.
      const next = codeFrom(i);
      const closes = next !== undefined && next.kind === 'symbol' && /^[)\]}]$/.test(next.text);
      const level =
        next === undefined || previous === undefined
          ? 0
          : closes
            ? (inside?.indent ?? 0)
            : (ownLine(items.indexOf(next, i), next, inside) ?? going);
      return line(level, !opened);
    }
    if (previous === undefined) return broken || before.text.startsWith('//') ? line(0) : { text: ' ' };
    if (own !== undefined) {
      const commentOnLine = before.kind === 'comment' && !broken && startsLine(i - 1);
      if (!commentOnLine) return line(own, !opened && item.text !== '}');
      return { text: ' ' };
    }
    const forced = before.kind === 'comment' && (before.text.startsWith('//') || broken);
    if (item.kind === 'symbol' && /^[)\]]$/.test(item.text)) {
      return forced || (inside?.broken && broken) ? line(inside?.outer ?? 0) : { text: '' };
    }
    if (item.text === '}' && item.kind === 'symbol') {
      if (forced) return line(inside?.outer ?? 0);
      return { text: opened ? '' : ' ' };
    }
    const tail =
      item.kind === 'word' &&
      (item.text === 'else' || item.text === 'or' || item.text === 'and') &&
      previous.text === '}';
    if (forced) return line(tail ? block() : going);
    if (
      broken &&
      !tail &&
      (breakAfter.has(before.text) || breakBefore.has(item.text)) &&
      item.text !== '{' &&
      spaced(i, before, item, true)
    )
      return line(going);
    return { text: spaced(i, before, item) ? ' ' : '' };
  }

  /** The indentation of what always starts a line; undefined for what does not. */
  function ownLine(i: number, item: Token, inside: Bracket | undefined): number | undefined {
    if (!inside?.broken || inside.kind === 'round') return undefined;
    if (item.text === '}' && item.kind === 'symbol') return inside.outer;
    if (inside.kind === 'block') return startsStatement(item) ? inside.indent : undefined;
    if (inside.kind === 'outer') return startsStatement(item) || item.text === 'else' ? inside.indent : undefined;
    if (inside.kind === 'arms')
      return item.text === 'case' || (item.text === 'else' && previous?.text !== 'then' && armElse(i))
        ? inside.indent
        : undefined;
    return previous?.text === ',' || previous?.text === '{' ? inside.indent : undefined;
  }

  /** Whether an `else` is that of a `match` expression: an arrow comes after it. */
  function armElse(i: number): boolean {
    return codeFrom(i + 1)?.text === '=>';
  }

  function startsLine(i: number): boolean {
    const [before, token] = [items[i - 1], items[i]];
    return before === undefined || token === undefined || newlineIn(text.slice(before.end, token.start));
  }

  /**
   * Whether one space stands between item `i` and the one before it, on one line. `breaking` asks whether a line may
   * end between them.
   */
  function spaced(i: number, left: Token, right: Token, breaking = false): boolean {
    if (left.kind === 'comment') return !(right.kind === 'symbol' && /^[,.)\]:]$/.test(right.text));
    if (left.kind === 'symbol') {
      if (left.text === '(' || left.text === '[') return breaking;
      if (left.text === '.' || left.text === '@') return false;
      if (left.text === '{' && right.text === '}') return false;
      if (left.text === '-' && facts?.negations.has(left.start)) return false;
      if (left.text === '<' && facts?.generics.has(items[i - 2]?.end ?? -1)) return false;
    }
    if (right.kind === 'symbol') {
      if (/^[),\].:@]$/.test(right.text)) return false;
      if (right.text === '<' && facts?.generics.has(left.end)) return false;
      if (right.text === '>' && facts?.generics.has(right.end)) return false;
      // The inputs of a family stand behind its size, the roles of a choreography that is given behind the word.
      if (right.text === '(') return left.text !== ']' && left.text !== 'choreography' && !facts?.names.has(left.end);
      if (right.text === '[')
        return !(
          facts?.names.has(left.end) ||
          /^[)\]]$/.test(left.text) ||
          left.kind === 'string' ||
          left.kind === 'number' ||
          /^(true|false|none)$/.test(left.text)
        );
    }
    return true;
  }
}

/** For each opening bracket, the index of its closing one. */
function matching(items: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  items.forEach((item, i) => {
    if (item.kind !== 'symbol') return;
    if (/^[([{]$/.test(item.text)) open.push(i);
    const start = /^[)\]}]$/.test(item.text) ? open.pop() : undefined;
    if (start !== undefined) pairs.set(start, i);
  });
  return pairs;
}

function newlineIn(text: string): boolean {
  return text.includes('\n');
}

function spaceBeforeComment(before: Token): string {
  return before.kind === 'symbol' && /^[([]$/.test(before.text) ? '' : ' ';
}

/** A comment at its new place: lines that start with `*` go with it, and lines end at their last word. */
function commentText(text: string, indent: number): string {
  if (!text.startsWith('/*')) return text.trimEnd();
  const lines = text.split('\n');
  const [first = '', ...rest] = lines;
  if (rest.length === 0 || !rest.every((line) => /^\s*\*/.test(line))) return text;
  return [first.trimEnd(), ...rest.map((line) => `${' '.repeat(indent + 1)}${line.trim()}`)].join('\n');
}

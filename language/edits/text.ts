// Edits of plain text that keep the layout: lines, their indentation, items of lists.
import type { TextRange } from '../ir/expression.js';
import { scan } from '../syntax/tokens.js';
import type { Edit, FixContext } from './fix.js';

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === '\r' ? end - 1 : end;
}

/** The white space that the line of a place starts with. */
export function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at), lineEnd(text, at)))?.[0] ?? '';
}

/** The white space at the start of a line, up to a place in it. */
export function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Puts a statement before another: on a line of its own where the other begins one, else on the same line. */
export function insertBefore(context: FixContext, at: number, statement: string): Edit {
  const { text, uri } = context;
  const before = text.slice(lineStart(text, at), at);
  const newText = before.trim() === '' ? `${statement}\n${before}` : `${statement}; `;
  return { uri, start: at, end: at, newText };
}

/** Takes a statement away; with its lines where nothing else stands on them. */
export function removeStatement(context: FixContext, origin: TextRange): Edit {
  const { text, uri } = context;
  let { end } = origin;
  while (/[ \t;]/.test(text.charAt(end))) end++;
  const from = lineStart(text, origin.start);
  const until = lineEnd(text, end);
  const alone = text.slice(from, origin.start).trim() === '' && text.slice(end, until).trim() === '';
  if (!alone) return { uri, start: origin.start, end, newText: '' };
  const next = text.indexOf('\n', until);
  return { uri, start: from, end: next < 0 ? text.length : next + 1, newText: '' };
}

/** Takes an item out of a comma-separated list, with one of the commas beside it. */
export function removeItem(context: FixContext, origin: TextRange): Edit {
  const { text, uri } = context;
  const after = /^\s*,\s*/.exec(text.slice(origin.end));
  if (after) return { uri, start: origin.start, end: origin.end + after[0].length, newText: '' };
  const before = /\s*,\s*$/.exec(text.slice(0, origin.start));
  return { uri, start: origin.start - (before?.[0].length ?? 0), end: origin.end, newText: '' };
}

/**
 * The lines of a statement with the comment after it and the comment lines above it; undefined where it shares a line
 * with others. The range includes the line break at its end.
 */
export function linesOf(text: string, { start, end }: TextRange): TextRange | undefined {
  const before = text.slice(lineStart(text, start), start);
  const after = text.slice(end, lineEnd(text, end));
  if (before.trim() !== '' || !/^\s*;?\s*(\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(after)) return undefined;
  let from = lineStart(text, start);
  while (from > 0) {
    const previous = lineStart(text, from - 1);
    if (!/^\s*(\/\/.*|\/\*[^*]*\*\/\s*)$/.test(text.slice(previous, from - 1))) break;
    from = previous;
  }
  const newline = text.indexOf('\n', end);
  return { start: from, end: newline < 0 ? text.length : newline + 1 };
}

/**
 * Puts code of several lines at the end of what stands in braces, which end where `origin` ends.
 * @param apart whether an empty line is to stand before it
 */
export function insertionAtEnd(text: string, uri: string, origin: TextRange, code: string, apart: boolean): Edit {
  const brace = origin.end - 1;
  const indent = indentAt(text, origin.start);
  const lines = code
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}  ${line}`))
    .join('\n');
  const from = text.slice(0, brace).trimEnd().length;
  return { uri, start: from, end: brace, newText: `\n${apart ? '\n' : ''}${lines}\n${indent}` };
}

/** Whether a comment stands in a part of a text. */
export function hasComment(text: string, { start, end }: TextRange): boolean {
  return scan(text.slice(start, end)).some(({ kind }) => kind === 'comment');
}

/** Code without the indentation that all of its lines have, and without the empty lines around it. */
export function dedented(code: string): string {
  const lines = code
    .replace(/^(?:[ \t]*\r?\n)+/, '')
    .trimEnd()
    .split(/\r?\n/);
  const [first = '', ...rest] = lines;
  const starts = (/^\s/.test(first) ? lines : rest)
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const common = starts.length > 0 ? Math.min(...starts) : 0;
  return lines
    .map((line, index) =>
      index === 0 ? line.trimStart() : line.slice(Math.min(common, /^[ \t]*/.exec(line)?.[0].length ?? 0)),
    )
    .join('\n');
}

/** Code with each line but the first one, and empty ones, indented. */
export function indented(code: string, indent: string): string {
  return code.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

// Folding and selection: the structure of a text, taken from its tokens, so that it is there while the text is broken
// too.
import type { TextRange } from '../ir/expression.js';
import { scan } from '../syntax/tokens.js';
import type { Token } from '../syntax/tokens.js';

export interface Fold {
  readonly range: TextRange;
  readonly kind: 'block' | 'comment' | 'imports';
}

const opening = new Set(['{', '(', '[']);
const closing: Record<string, string> = { '}': '{', ')': '(', ']': '[' };

/** The pairs of brackets, inner ones first. */
function pairs(tokens: readonly Token[]): { open: Token; close: Token }[] {
  const found: { open: Token; close: Token }[] = [];
  const stack: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'symbol') continue;
    if (opening.has(token.text)) stack.push(token);
    const wanted = closing[token.text];
    if (wanted === undefined) continue;
    // A bracket without its partner does not take those around it along.
    const at = stack.findLastIndex((open) => open.text === wanted);
    if (at === -1) continue;
    const [open] = stack.splice(at);
    if (open) found.push({ open, close: token });
  }
  return found;
}

/** What can be folded: blocks, comments of several lines, runs of imports. Cost: linear in the text. */
export function folds(text: string): Fold[] {
  const tokens = scan(text);
  const several = (range: TextRange): boolean => text.slice(range.start, range.end).includes('\n');
  const found: Fold[] = pairs(tokens).map(({ open, close }): Fold => ({
    kind: 'block',
    range: { start: open.end, end: close.start },
  }));
  let run: TextRange | undefined;
  for (const token of tokens) {
    if (token.kind !== 'comment') continue;
    // Line comments on lines that follow each other fold as one.
    const follows =
      run && token.text.startsWith('//') && /^[^\S\n]*\r?\n[^\S\n]*$/.test(text.slice(run.end, token.start));
    if (run && follows) {
      run = { start: run.start, end: token.end };
      found.pop();
    } else run = { start: token.start, end: token.end };
    found.push({ kind: 'comment', range: run });
  }
  const imports = importsRun(tokens);
  if (imports) found.push({ kind: 'imports', range: imports });
  return found.filter((fold) => several(fold.range)).sort((a, b) => a.range.start - b.range.start);
}

function importsRun(tokens: readonly Token[]): TextRange | undefined {
  const code = tokens.filter((token) => token.kind !== 'comment');
  let start: number | undefined;
  let end = 0;
  for (const [index, token] of code.entries()) {
    if (token.kind === 'word' && token.text === 'import') start ??= token.start;
    else if (token.kind === 'string' && start !== undefined) {
      end = token.end;
      if (code[index + 1]?.text !== 'import') break;
    }
  }
  return start === undefined || end < start ? undefined : { start, end };
}

/**
 * The ranges that growing a selection goes through at an offset, innermost first: the word, the list item, the line's
 * statement, the brackets inside and outside, the declaration, the file.
 */
export function selectionsAt(text: string, offset: number): TextRange[] {
  const tokens = scan(text);
  const ranges: TextRange[] = [];
  const at = tokens.find((t) => t.start <= offset && offset < t.end) ?? tokens.find((t) => t.end === offset);
  if (at) {
    ranges.push({ start: at.start, end: at.end });
    if (at.kind === 'string' && at.start < offset && offset < at.end)
      ranges.push({ start: at.start + 1, end: at.end - 1 });
  }
  const brackets = pairs(tokens).filter(({ open, close }) => open.start <= offset && offset <= close.end);
  for (const { open, close } of brackets)
    ranges.push({ start: open.end, end: close.start }, { start: open.start, end: close.end });
  // A line, with the blocks that open on it.
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const inLine = tokens.filter(
    (t) => t.start >= lineStart && (t.start <= offset || !text.slice(offset, t.start).includes('\n')),
  );
  const [first] = inLine;
  const last = inLine.at(-1);
  if (first && last && first.text !== '}') {
    ranges.push({ start: first.start, end: last.end });
    const opened = pairs(tokens).find(({ open }) => open === last);
    if (opened) ranges.push({ start: first.start, end: opened.close.end });
  }
  for (const { open, close } of brackets) {
    const head = text.lastIndexOf('\n', open.start) + 1;
    const word = tokens.find((t) => t.start >= head && t.kind !== 'comment');
    if (word && word.start < open.start && word.text !== '}') ranges.push({ start: word.start, end: close.end });
  }
  ranges.push({ start: 0, end: text.length });
  return nested(ranges, offset);
}

/** Only those that hold the offset and each other, by size. */
function nested(ranges: readonly TextRange[], offset: number): TextRange[] {
  const sorted = ranges
    .filter((r) => r.start <= offset && offset <= r.end && r.start < r.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const result: TextRange[] = [];
  for (const range of sorted) {
    const inner = result.at(-1);
    if (
      !inner ||
      (range.start <= inner.start && inner.end <= range.end && range.end - range.start > inner.end - inner.start)
    )
      result.push(range);
  }
  return result.length > 0 ? result : [{ start: 0, end: text0(ranges) }];
}

function text0(ranges: readonly TextRange[]): number {
  return ranges.at(-1)?.end ?? 0;
}

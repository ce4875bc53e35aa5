// Rewrites code so that it reads as other code: what is the same stays, with its layout, and so do comments.
import type { TextRange } from '../ir/expression.js';
import { scan } from '../syntax/tokens.js';
import type { Token } from '../syntax/tokens.js';
import { indentAt } from './text.js';
import type { Edit } from './fix.js';
import { commonPairs } from '../text/common.js';

/** The tokens of one line, comments left out. */
interface Line {
  readonly tokens: readonly Token[];
  readonly key: string;
}

/**
 * The edits that turn the code at a place into another, line by line, and token by token where much stands on one line.
 * @param code the other code, laid out, not indented
 * Cost: the lines of the one times those of the other
 */
export function rewritten(uri: string, text: string, origin: TextRange, code: string): Edit[] {
  const indent = indentAt(text, origin.start);
  const present = linesIn(text.slice(origin.start, origin.end), origin.start);
  const wanted = linesIn(code, 0);
  const kept = commonPairs(
    present.map((l) => l.key),
    wanted.map((l) => l.key),
  );
  // What goes elsewhere takes the comment after it along.
  const moving = present.filter((_, i) => !kept.some(([k]) => k === i));
  const lineFor = (line: Line): string => {
    const at = moving.findIndex((l) => l.key === line.key && rangeOf(text, l, origin.start).whole);
    const [moved] = at < 0 ? [] : moving.splice(at, 1);
    const layout = lineOf(code, line);
    return (
      indent +
      (moved ? (/^\s*/.exec(layout)?.[0] ?? '') : layout) +
      (moved ? text.slice(moved.tokens[0]?.start, rangeOf(text, moved, origin.start).end).trimEnd() : '')
    );
  };
  const edits: Edit[] = [];
  let own = 0;
  let other = 0;
  for (const [i, j] of [...kept, [present.length, wanted.length] as const]) {
    const dropped = present.slice(own, i);
    const added = wanted.slice(other, j);
    const [only] = dropped;
    if (only && dropped.length === 1 && added.length > 1 && holdsBlock(only))
      edits.push(
        ...replacedTokens(
          uri,
          text,
          only.tokens,
          added.flatMap((l) => l.tokens),
          code,
        ),
      );
    else edits.push(...replacedLines(uri, text, present[own - 1], dropped, added.map(lineFor), origin.start));
    own = i + 1;
    other = j + 1;
  }
  return edits;
}

function linesIn(text: string, offset: number): Line[] {
  const lines: Token[][] = [];
  let last = -1;
  for (const token of scan(text)) {
    if (token.kind === 'comment') continue;
    const line = lines.at(-1);
    if (line && !text.slice(last, token.start).includes('\n')) line.push(token);
    else lines.push([token]);
    last = token.end;
  }
  return lines.map((tokens) => ({
    tokens: tokens.map((t) => ({ ...t, start: t.start + offset, end: t.end + offset })),
    key: tokens.map((t) => t.text).join(' '),
  }));
}

/** A line of laid out code, with its indentation. */
function lineOf(code: string, { tokens }: Line): string {
  const start = tokens[0]?.start ?? 0;
  return code.slice(code.lastIndexOf('\n', start - 1) + 1, tokens.at(-1)?.end);
}

/** Whether a block is opened, and something stands in it. */
function holdsBlock({ tokens }: Line): boolean {
  return tokens.some((t, i) => t.text === '{' && tokens[i + 1] !== undefined && tokens[i + 1]?.text !== '}');
}

/** The range of a line: with its line break and the comment after it where it has the line for itself. */
function rangeOf(text: string, { tokens }: Line, first: number): TextRange & { readonly whole: boolean } {
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? start;
  const from = Math.max(first, text.lastIndexOf('\n', start - 1) + 1);
  const newline = text.indexOf('\n', end);
  const alone =
    newline >= 0 &&
    text.slice(from, start).trim() === '' &&
    /^\s*(?:\/\/.*|(?:\/\*(?:(?!\*\/).)*\*\/\s*)+)?$/.test(text.slice(end, newline));
  return alone ? { start: from, end: newline + 1, whole: true } : { start, end, whole: false };
}

function replacedLines(
  uri: string,
  text: string,
  before: Line | undefined,
  dropped: readonly Line[],
  added: readonly string[],
  first: number,
): Edit[] {
  const ranges = dropped.map((line) => rangeOf(text, line, first));
  const [start, ...others] = ranges;
  const removed = others.map((range): Edit => ({ uri, start: range.start, end: range.end, newText: '' }));
  if (start) {
    const newText = added.join('\n');
    return [
      {
        uri,
        start: start.start,
        end: start.end,
        newText: start.whole ? newText + (added.length > 0 ? '\n' : '') : newText.trim(),
      },
      ...removed,
    ];
  }
  if (added.length === 0) return [];
  const place = before && rangeOf(text, before, first);
  if (place?.whole) return [{ uri, start: place.end, end: place.end, newText: `${added.join('\n')}\n` }];
  const at = place?.end ?? first;
  return [{ uri, start: at, end: at, newText: `\n${added.join('\n')}` }];
}

function replacedTokens(
  uri: string,
  text: string,
  own: readonly Token[],
  wanted: readonly Token[],
  code: string,
): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let other = 0;
  for (const [i, j] of [
    ...commonPairs(
      own.map((t) => t.text),
      wanted.map((t) => t.text),
    ),
    [own.length, wanted.length] as const,
  ]) {
    const dropped = own.slice(at, i);
    const added = wanted.slice(other, j);
    const newText = code.slice(added[0]?.start ?? 0, added.at(-1)?.end ?? 0).replace(/\s*\n\s*/g, ' ');
    const [first] = dropped;
    const last = dropped.at(-1);
    if (first && last) {
      // Its space goes with it.
      const end = added.length === 0 ? last.end + (/^[ \t]*/.exec(text.slice(last.end))?.[0].length ?? 0) : last.end;
      edits.push({ uri, start: first.start, end, newText });
    } else if (added.length > 0) {
      const place = own[at - 1]?.end ?? own[0]?.start ?? 0;
      edits.push({ uri, start: place, end: place, newText: ` ${newText}` });
    }
    at = i + 1;
    other = j + 1;
  }
  return edits;
}

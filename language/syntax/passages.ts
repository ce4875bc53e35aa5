// The body of a choreography cut into passages, a statement each (passage.ts), and an edit of it: only the statements
// around are parsed again, as a choreography that has no others.
import type * as ast from '../grammar/generated/ast.js';
import { Passage } from './passage.js';
import type { Passages, StatementTree } from './passage.js';
import { startsIn } from './cut.js';
import { parseDeclaration } from './declaration.js';
import type { Parsed, SyntaxIssue } from './declaration.js';
import { plainName } from './names.js';
import { checkStatements } from './statement-rules.js';
import { scan } from './tokens.js';
import type { Token } from './tokens.js';

/** A choreography by statements. */
export interface Body {
  readonly passages: Passages;
  readonly frame: Frame;
}

/** What is around the statements of a choreography. It stays the same object while its text does. */
export interface Frame {
  /** The tree without statements, its offsets those of the text when it was parsed. */
  readonly node: ast.Choreography;
  readonly documentation: Parsed['documentation'];
  /** Where the text after the last statement starts, in these offsets. */
  readonly end: number;
  readonly words: readonly string[];
}

/**
 * The passages of a choreography's text; those that have the text of an old one are that one.
 * @returns undefined for other declarations, and where not all errors stand in statements
 * Cost: linear
 */
export function bodyOf(
  text: string,
  { node, issues, documentation }: Parsed,
  tokens: readonly Token[],
  old: readonly Passage[],
): Body | undefined {
  if (node?.$type !== 'Choreography') return undefined;
  const { statements, return: returns } = node.body;
  const close = tokens.findLast((token) => token.kind !== 'comment');
  const starts = statements.map((statement) => lineStart(text, statement.$start));
  const [first] = starts;
  if (first === undefined || close?.text !== '}' || node.body.$end !== close.end) return undefined;
  const end = lineStart(text, returns ? returns.$start : close.start);
  if (
    !starts.every((start, i) => start < (starts[i + 1] ?? end)) ||
    !issues.every((issue) => first <= issue.start && issue.end <= end)
  )
    return undefined;
  const spelt = new Map<string, string>();
  const spell = (word: string): string => {
    const own = spelt.get(word);
    if (own === undefined) spelt.set(word, word);
    return own ?? word;
  };
  let at = 0;
  let nested = true;
  const wordsUntil = (to: number): string[] => {
    const words = new Set<string>();
    let open = 0;
    for (; at < tokens.length && (tokens[at] as Token).start < to; at++) {
      const { kind, text: token } = tokens[at] as Token;
      if (kind === 'word') words.add(spell(plainName(token)));
      else if (token === '{') open++;
      else if (token === '}' && --open < 0 && to < Infinity) nested = false;
    }
    if (open > 0 && to > first) nested = false;
    return [...words];
  };
  const head = wordsUntil(first);
  // What is wrong may be told a statement further.
  const broken = new Set(issues.flatMap((issue) => [-1, 0, 1].map((by) => indexAt(starts, issue.start) + by)));
  const texts = starts.map((start, i) => text.slice(start, starts[i + 1] ?? end));
  const same = alike(texts, old);
  const list = starts.map((start, i): Passage => {
    const words = wordsUntil(starts[i + 1] ?? end);
    const known = broken.has(i) ? undefined : same[i];
    if (known) return known;
    const own = texts[i] ?? '';
    const statement = statements[i] as ast.Statement;
    const idle =
      issues.length > 0 &&
      checkStatements({ ...node, body: { ...node.body, statements: [statement] } }, text).length > 0;
    return new Passage(
      own,
      words,
      idle,
      { node: statement, start },
      broken.has(i) ? undefined : startsLine(text, start) ? 0 : indentAt(text, start),
      alone,
    );
  });
  const rest = wordsUntil(Infinity);
  if (!nested) return undefined;
  const counts = new Map<string, number>();
  for (const { words } of list) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const frame = {
    node: { ...node, body: { ...node.body, statements: [] } },
    documentation: documentation.filter(({ before }) => before < first),
    end,
    words: [...new Set([...head, ...rest])],
  };
  return { passages: { list, starts, end, words: counts }, frame };
}

/** For each text the old passage that has it, each once: the same ones at the start and at the end first. */
function alike(texts: readonly string[], old: readonly Passage[]): readonly (Passage | undefined)[] {
  const found: (Passage | undefined)[] = texts.map(() => undefined);
  let first = 0;
  while (first < Math.min(texts.length, old.length) && texts[first] === old[first]?.text) found[first] = old[first++];
  let last = 0;
  while (
    last < Math.min(texts.length, old.length) - first &&
    texts[texts.length - 1 - last] === old[old.length - 1 - last]?.text
  ) {
    last++;
    found[texts.length - last] = old[old.length - last];
  }
  const others = new Map<string, Passage[]>();
  for (const passage of old.slice(first, old.length - last).reverse()) {
    const own = others.get(passage.text);
    if (own) own.push(passage);
    else others.set(passage.text, [passage]);
  }
  for (let i = first; i < texts.length - last; i++) found[i] = others.get(texts[i] ?? '')?.pop();
  return found;
}

/** All words of a choreography. */
export function wordsOf({ passages, frame }: Body): string[] {
  return [...new Set([...frame.words, ...passages.words.keys()])];
}

/**
 * A choreography of which a part was replaced. It is parsed with the statements around that part and no others.
 * @param text the new text, and `old` the one before
 * @param from where the replaced part starts, and `to` where it ends, in the old text
 * @returns undefined where what is replaced matters to more than the statements around it
 * Cost: linear in what is parsed again, and for each statement some moves of memory
 */
export function replaced(
  text: string,
  old: string,
  { passages, frame }: Body,
  issues: readonly SyntaxIssue[],
  from: number,
  to: number,
): { readonly body: Body; readonly issues: readonly SyntaxIssue[] } | undefined {
  const { list, starts, end } = passages;
  const [top = 0] = starts;
  if (from < top || to > end) return undefined;
  const by = text.length - old.length;
  // What is wrong elsewhere may be told only because nothing else is wrong, or not be told for that.
  const [low, high] = [
    Math.min(from, ...issues.map((issue) => issue.start)),
    Math.max(to, ...issues.map((issue) => issue.end)),
  ];
  let first = Math.max(0, indexAt(starts, low) - 2);
  let last = Math.min(list.length - 1, indexAt(starts, high) + 2);
  // Columns are counted from the start of a line.
  while (first > 0 && !startsLine(old, starts[first] ?? 0)) first--;
  while (last < list.length - 1 && !startsLine(old, starts[last + 1] ?? 0)) last++;
  if (first > 0 && !startsLine(old, top)) return undefined;
  const [begin, finish] = [starts[first] ?? top, starts[last + 1] ?? end];
  const part = text.slice(0, top) + text.slice(begin, finish + by) + text.slice(end + by);
  const tokens = scan(part);
  if (tokens.some((token) => token.kind === 'unterminated') || startsIn(part, tokens).length !== 1) return undefined;
  const parsed = parseDeclaration(part, tokens);
  const body = bodyOf(part, parsed, tokens, list.slice(first, last + 1));
  if (!body || body.passages.starts[0] !== top || body.passages.end !== top + finish + by - begin) return undefined;
  const again = body.passages.list;
  // The first and the last one are as they were, and nothing is wrong near them.
  if ((first > 0 && again[0] !== list[first]) || (last < list.length - 1 && again.at(-1) !== list[last]))
    return undefined;
  // Statements that say nothing are told where nothing else is wrong.
  if (
    parsed.issues.length === 0 &&
    issues.length > 0 &&
    [...list.slice(0, first), ...list.slice(last + 1)].some(({ idle }) => idle)
  )
    return undefined;
  const shift = begin - top;
  const words = new Map(passages.words);
  for (const { words: gone } of list.slice(first, last + 1))
    for (const word of gone) words.set(word, (words.get(word) ?? 0) - 1);
  for (const { words: come } of again) for (const word of come) words.set(word, (words.get(word) ?? 0) + 1);
  for (const [word, count] of words) if (count === 0) words.delete(word);
  return {
    issues: parsed.issues.map((issue) => ({ ...issue, start: issue.start + shift, end: issue.end + shift })),
    body: {
      frame,
      passages: {
        list: list.slice(0, first).concat(again, list.slice(last + 1)),
        end: end + by,
        words,
        starts: starts.slice(0, first).concat(
          body.passages.starts.map((start) => start + shift),
          starts.slice(last + 1).map((start) => start + by),
        ),
      },
    },
  };
}

/** A statement that was read in a choreography, read again by itself. */
function alone(text: string, indent: number): StatementTree {
  const head = `choreography A() {\n${' '.repeat(indent)}`;
  const whole = `${head}${text}\n}`;
  const { node } = parseDeclaration(whole, scan(whole));
  const statement = node?.$type === 'Choreography' ? node.body.statements[0] : undefined;
  if (!statement) throw new Error('A statement that was read can’t be read by itself.');
  return { node: statement, start: head.length };
}

/** Which passage is at an offset. */
function indexAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function startsLine(text: string, offset: number): boolean {
  return offset > 0 && /[\n\r]/.test(text.charAt(offset - 1));
}

/** The start of a line, if there is only white space between it and the offset; else the offset. */
function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && /[ \t]/.test(text.charAt(at - 1))) at--;
  return startsLine(text, at) ? at : offset;
}

/** The column of the first character on an offset's line that is no white space. */
function indentAt(text: string, offset: number): number {
  let line = offset;
  while (line > 0 && !/[\n\r]/.test(text.charAt(line - 1))) line--;
  let at = line;
  while (at < offset && /\s/.test(text.charAt(at))) at++;
  return at - line;
}

// The text of one declaration to its tree. A declaration with a syntax error is read with what can't be read left out
// (engine/), after its braces are balanced (braces.ts), and each error is told once.
import { lineIndex } from '../text/lines.js';
import type * as ast from '../grammar/generated/ast.js';
import type { RuleName } from '../grammar/generated/names.js';
import { endOfInput } from '../grammar/tables.js';
import { balance } from './braces.js';
import { sameLine } from './cut.js';
import type { TokenInput } from './engine/types.js';
import { plainName } from './names.js';
import { parseTokens, typeOf } from './parser.js';
import { checkStatements } from './statement-rules.js';
import { blamed, braceMessages, isStray, problemMessage } from './syntax-messages.js';
import type { Token } from './tokens.js';

/** A syntax error: a message and the range, in offsets of the text, that it is about. */
export interface SyntaxIssue {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What the text of one import or declaration is read as. */
export interface Parsed {
  /** The tree; undefined where nothing could be parsed. */
  readonly node: ast.Declaration | ast.Import | undefined;
  readonly issues: readonly SyntaxIssue[];
  /** The documentation comments, each with the offset of the token after it. */
  readonly documentation: readonly { readonly text: string; readonly before: number }[];
  /** The words, keywords too, each once and without `^`. */
  readonly words: readonly string[];
}

/** The rules of what stands in the braces of a block, or in place of one. */
const bodies: ReadonlySet<RuleName> = new Set([
  'Body',
  'Block',
  'BareBlock',
  'ProcessBody',
  'ProcessBlock',
  'LocalBareBlock',
  'If',
  'LocalIf',
  'LocalWhen',
]);

/**
 * Parses the text of one import or declaration.
 * @param tokens its tokens, comments included
 * Cost: linear
 */
export function parseDeclaration(text: string, tokens: readonly Token[]): Parsed {
  const code = tokens.filter((token) => token.kind !== 'comment');
  const documentation: { text: string; before: number }[] = [];
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (next && token.kind === 'comment' && token.text.startsWith('/**') && token.text.length > 4)
      documentation.push({ text: token.text, before: next.start });
  });
  const issues: SyntaxIssue[] = [];
  let unreadable = false;
  for (const token of code) {
    if (token.kind !== 'unterminated') continue;
    unreadable = true;
    const isString = token.text.startsWith('"');
    const message = isString ? 'This string has no closing `"`.' : 'This comment has no closing `*/`.';
    issues.push({ message, start: token.start, end: isString ? token.end : token.start + 2 });
  }
  for (const token of code) if (token.kind === 'string') issues.push(...badEscapes(token));
  const kept = code.filter((token) => token.kind !== 'unterminated' || token.text.startsWith('"'));
  if (kept.length === 0) return { node: undefined, issues, documentation, words: [] };

  const { input, shown, braces } = prepare(text, kept);
  const { items, problems } = parseTokens(input);
  const lineOf = lineIndex(text);
  /**
   * Where something is told, with the lines around it, if a string or comment has no end: what stands there is not told
   * as well.
   */
  const told = { lines: new Set<number>(), last: -1 };
  const tell = (issue: SyntaxIssue): void => {
    issues.push(issue);
    noteTold(issue);
  };
  const noteTold = ({ start }: SyntaxIssue): void => {
    if (!unreadable) return;
    for (const near of [-1, 0, 1]) told.lines.add(lineOf(start) + near);
    told.last = Math.max(told.last, start);
  };
  issues.forEach(noteTold);
  const headless = problems.filter(({ expected }) =>
    expected.some((each) => (each.kind === 'rule' ? bodies.has(each.name) : each.name === '{')),
  ).length;
  for (const problem of problems) {
    const cause = blamed(problem, input);
    if (cause) {
      const place = shown(cause.token);
      if (!issues.some((issue) => issue.start === place.start)) issues.push({ message: cause.message, ...place });
      continue;
    }
    const at = shown(problem.cutShort ? problem.token - 1 : problem.token);
    const atEnd = problem.token >= input.length || input.starts[problem.token] === input.ends[problem.token];
    // A missing brace is told below, or was the opening one; an unterminated string or comment takes its line with it.
    if (atEnd && (braces.missing.length > 0 || (headless > 0 && issues.length > 0))) continue;
    if (unreadable && (told.last >= at.start || told.lines.has(lineOf(at.start)))) continue;
    if (issues.length > 0 && problem.token === problem.begin && isStray(input.texts[problem.token])) continue;
    tell({ message: problemMessage(problem, input), ...at });
  }
  if (!unreadable) issues.push(...braceMessages(text, kept, braces.missing, braces.extra.slice(headless)));
  const [node, second] = items as unknown as (ast.Declaration | ast.Import)[];
  if (issues.length === 0 && second) {
    issues.push({ message: 'Unexpected text after a declaration.', start: second.$start, end: second.$end });
  }
  if (node && issues.length === 0) issues.push(...checkStatements(node, text));
  issues.sort((a, b) => a.start - b.start);
  const words = new Set(kept.flatMap((token) => (token.kind === 'word' ? plainName(token.text) : [])));
  return { node, issues, documentation, words: [...words] };
}

/** The escapes of a string that stand for nothing. */
function badEscapes({ text, start }: Token): SyntaxIssue[] {
  if (!text.includes('\\')) return [];
  const issues: SyntaxIssue[] = [];
  for (const { 0: escape, 1: code, index } of text.matchAll(/\\(?:u\{([^}"]*)\}?|[^])/gu)) {
    const stands =
      code === undefined
        ? /^\\[nt"\\]$/.test(escape)
        : escape.endsWith('}') && /^[0-9a-fA-F]{1,6}$/.test(code) && parseInt(code, 16) <= 0x10ffff;
    if (stands) continue;
    const wanted =
      code === undefined
        ? 'there are `\\n`, `\\t`, `\\"`, `\\\\` and `\\u{…}`'
        : 'between the braces goes the number of a character, as in `\\u{1F600}`';
    issues.push({
      message: `\`${escape}\` means nothing in a string: ${wanted}.`,
      start: start + index,
      end: start + index + escape.length,
    });
  }
  return issues;
}

/** The tokens as the engine reads them, with the braces balanced. */
function prepare(text: string, tokens: readonly Token[]) {
  /** Of each token its column if it is the first on its line, else -1; and the column of the first one on its line. */
  const columns: number[] = [];
  const indents: number[] = [];
  tokens.forEach((token, i) => {
    const previous = tokens[i - 1];
    const continues = previous !== undefined && sameLine(text, previous, token);
    let from = token.start;
    while (!continues && from > 0 && !/[\n\r]/.test(text.charAt(from - 1))) from--;
    columns.push(continues ? -1 : token.start - from);
    indents.push(continues ? (indents[i - 1] ?? 0) : token.start - from);
  });
  const startsLine = (i: number): number => columns[i] ?? -1;
  const indentOf = (i: number): number => indents[i] ?? 0;
  const braces = balance(tokens, startsLine, indentOf);
  const dropped = new Set(braces.extra);
  const insertions = braces.missing;
  /** For each token of the engine, the token of the text; a missing brace has that of the token after it. */
  const origin: number[] = [];
  const texts: string[] = [];
  const virtual = new Set<number>();
  let next = 0;
  const insert = (before: number): void => {
    for (; insertions[next]?.before === before; next++) {
      virtual.add(texts.length);
      origin.push(before);
      texts.push('}');
    }
  };
  tokens.forEach((token, i) => {
    insert(i);
    if (dropped.has(i)) return;
    origin.push(i);
    texts.push(token.text);
  });
  insert(tokens.length);
  const length = texts.length;
  const types = new Uint8Array(length + 1);
  const starts = new Float64Array(length + 1);
  const ends = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) {
    const token = tokens[origin[i] as number];
    if (virtual.has(i)) {
      types[i] = typeOf('symbol', '}');
      starts[i] = ends[i] = tokens[(origin[i] as number) - 1]?.end ?? 0;
    } else if (token) {
      types[i] = typeOf(token.kind, token.text);
      starts[i] = token.start;
      ends[i] = token.end;
    }
  }
  types[length] = endOfInput;
  starts[length] = ends[length] = tokens.at(-1)?.end ?? 0;
  const input: TokenInput = {
    types,
    texts,
    starts,
    ends,
    length,
    lineStart: (i) => (i >= length || virtual.has(i) ? -1 : startsLine(origin[i] as number)),
    indent: (i) => indentOf(Math.min(origin[i] ?? tokens.length - 1, tokens.length - 1)),
  };
  /** The range to show for a problem at a token: what stands there, or the last token where nothing does. */
  const shown = (i: number): { start: number; end: number } => {
    const real = i < length && !virtual.has(i);
    const token = (real ? tokens[origin[i] as number] : tokens[(origin[i] ?? tokens.length) - 1]) ?? tokens.at(-1);
    return { start: token?.start ?? 0, end: token?.end ?? 0 };
  };
  return { input, shown, braces };
}

// Syntax errors with one reading: signs and words of other languages, words misspelt, brackets and quotes left out.
// Candidates near the error; whether the text reads then is found by trying.
import type { Declaration } from '../../ir/file.js';
import { closest } from '../../syntax/closest.js';
import { balance } from '../../syntax/braces.js';
import { tooDeep } from '../../syntax/syntax-messages.js';
import { signReadings, wordReadings } from '../../syntax/foreign.js';
import { scan } from '../../syntax/tokens.js';
import type { Token } from '../../syntax/tokens.js';
import { lineEnd, lineStart } from '../../edits/text.js';
import { leftOut } from './syntax-missing.js';
import type { Offer } from './syntax-missing.js';
import type { Finding } from '../../findings/finding.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import { mostOfSyntax, mostTokensAround } from '../limits.js';

const readings = [...signReadings, ...wordReadings];

const keywords = [
  'choreography',
  'network',
  'process',
  'receive',
  'send',
  'from',
  'to',
  'if',
  'else',
  'match',
  'case',
  'choice',
  'at',
  'or',
  'and',
  'not',
  'while',
  'rec',
  'continue',
  'leave',
  'do',
  'return',
  'record',
  'enum',
  'type',
  'const',
  'let',
  'in',
  'function',
  'extern',
  'import',
  'implements',
  'sync',
  'buffer',
  'then',
  'with',
  'true',
  'false',
  'none',
];

/** The candidates for a syntax error. */
export function syntaxMends(finding: Finding, around: Declaration | undefined, context: FixContext): Fix[] {
  const { uri, text } = context;
  if (finding.code === 'syntax-error' && finding.args.message === tooDeep) return [];
  // Where the error is, and the line before and after it.
  const own = {
    start: lineStart(text, finding.origin.start),
    end: lineEnd(text, Math.min(text.length, finding.origin.end)),
  };
  const from = lineStart(text, Math.max(0, own.start - 1));
  const until = lineEnd(text, Math.min(text.length, own.end + 1));
  const fixes: Fix[] = [];
  const offer = (title: string, start: number, end: number, newText: string, doubt: number): void => {
    const away = start > own.end || end < own.start ? 2 : 0;
    fixes.push({ title, edits: [{ uri, start, end, newText }], preferred: true, cost: { doubt: doubt + away } });
  };
  const tokens = scan(text.slice(from, until)).map((t) => ({ ...t, start: t.start + from, end: t.end + from }));
  const quoted = tokens.filter((t) => t.kind === 'string' || t.kind === 'comment');
  const inside = (at: number): boolean => quoted.some((t) => t.start < at && at < t.end);
  for (const { pattern, to, title, doubt } of readings) {
    const found = [...text.slice(from, until).matchAll(pattern)].filter(
      (m) => !inside(from + m.index + 1) && !inside(from + m.index),
    );
    for (const match of found) {
      const start = from + match.index;
      const newText = to.replace(/\$(\d)/g, (_, n: string) => match[Number(n)] ?? '');
      offer(title.replace('$&', match[0].trim()), start, start + match[0].length, newText, doubt ?? 0);
    }
    const [one, two] = found;
    // Twice on a line, it is the same slip.
    if (one && two) {
      fixes.push({
        title: `${title}, everywhere here`,
        preferred: true,
        cost: { doubt: (doubt ?? 0) + 0.5 },
        edits: found.map((m) => ({
          uri,
          start: from + m.index,
          end: from + m.index + m[0].length,
          newText: to.replace(/\$(\d)/g, (_, n: string) => m[Number(n)] ?? ''),
        })),
      });
    }
  }
  inHeader(tokens, finding, offer);
  words(tokens, offer);
  braces(finding, around, text, offer);
  quotes(tokens, text, offer);
  left(
    tokens.filter((t) => t.end >= own.start && t.start <= own.end),
    offer,
  );
  if (tokens.length <= mostTokensAround)
    leftOut({ text, file: context.workspace.file(uri), declaration: around, own, tokens }, offer);
  headOfElse(finding, text, offer);
  headOfCase(finding, tokens, offer);
  return fixes.sort((a, b) => (a.cost?.doubt ?? 0) - (b.cost?.doubt ?? 0)).slice(0, mostOfSyntax);
}

/** A single role in the header of a network. */
function inHeader(tokens: readonly Token[], { origin }: Finding, offer: Offer): void {
  const at = tokens.findIndex((token) => token.start === origin.start && token.end === origin.end);
  const [before, name, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (
    !before ||
    !name ||
    !after ||
    !tokens.slice(0, at).some(({ text }) => text === 'network') ||
    !/^[(,]$/.test(before.text) ||
    !/^[),]$/.test(after.text)
  )
    return;
  const [alone, first] = [before.text === '(' && after.text === ')', before.text === '('];
  offer(
    `Leave out \`${name.text}\``,
    alone || !first ? before.start : name.start,
    alone ? after.end : first ? (tokens[at + 2]?.start ?? after.end) : name.end,
    '',
    0,
  );
}

/** The head of the block that an `else` follows: where that is no decision, it was to be one. */
function headOfElse({ origin }: Finding, text: string, offer: Offer): void {
  if (text.slice(origin.start, origin.end) !== 'else') return;
  const tokens = scan(text.slice(0, origin.start)).filter((t) => t.kind !== 'comment');
  let depth = 0;
  let at = tokens.length - 1;
  for (; at >= 0; at--) {
    if (tokens[at]?.text === '}') depth++;
    if (tokens[at]?.text === '{' && --depth === 0) break;
  }
  const opener = tokens[at];
  if (!opener) return;
  const start = lineStart(text, opener.start);
  const head = tokens.filter((t) => t.start >= start && t.end <= opener.start);
  words(head, (title, from, end, newText, doubt) => {
    offer(title, from, end, newText, doubt - 2);
  });
  const first = head.find(({ text: word }) => word !== '}');
  if (first && !keywords.includes(first.text)) offer('Add the missing `if`', first.start, first.start, 'if ', -1);
}

/** The word before the block that begins with a `case`: where that is none, it was to be `match`. */
function headOfCase({ origin }: Finding, tokens: readonly Token[], offer: Offer): void {
  const at = tokens.findIndex(({ start, text }) => start === origin.start && text === 'case');
  if (at < 1 || tokens[at - 1]?.text !== '{') return;
  const word = tokens.slice(0, at).findLast(({ text }) => ['if', 'while', 'choice'].includes(text));
  if (word) offer('Write `match`', word.start, word.end, 'match', 0);
}

/** Keywords misspelt. */
function words(tokens: readonly Token[], offer: Offer): void {
  for (const token of tokens) {
    if (token.kind !== 'word' || keywords.includes(token.text)) continue;
    for (const keyword of closest(token.text, keywords))
      offer(`Write \`${keyword}\``, token.start, token.end, keyword, 0.5);
  }
}

/** A closing brace where the indentation wants one, or one too many. */
function braces(finding: Finding, around: Declaration | undefined, text: string, offer: Offer): void {
  const first = around?.origin.start ?? lineStart(text, finding.origin.start);
  const next = /\n(?=(?:import|choreography|network|record|enum|type|function|extern|\/\*\*)\b)/.exec(
    text.slice(Math.max(first + 1, finding.origin.start)),
  );
  const last = Math.max(
    around?.origin.end ?? 0,
    next ? Math.max(first + 1, finding.origin.start) + next.index : text.length,
  );
  const tokens = scan(text.slice(first, last))
    .filter((t) => t.kind !== 'comment')
    .map((t) => ({ ...t, start: t.start + first, end: t.end + first }));
  const columnOf = (at: number): number => at - lineStart(text, at);
  const startsLine = (i: number): number => {
    const [token, before] = [tokens[i], tokens[i - 1]];
    return !token || (before && !/[\n\r]/.test(text.slice(before.end, token.start))) ? -1 : columnOf(token.start);
  };
  const indentOf = (i: number): number => {
    const start = lineStart(text, tokens[i]?.start ?? 0);
    return /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  };
  const { missing, extra } = balance(tokens, startsLine, indentOf);
  for (const { before, opener } of missing) {
    const at = tokens[before - 1]?.end ?? last;
    const onOneLine = startsLine(before) < 0 && before < tokens.length;
    offer('Add the missing `}`', at, at, onOneLine ? ' }' : `\n${' '.repeat(indentOf(opener))}}`, 0);
  }
  for (const index of extra) {
    const token = tokens[index];
    if (token) offer('Remove this `}`', token.start, token.end, '', 0.5);
  }
}

/** A quote left out at one end of a string. */
function quotes(tokens: readonly Token[], text: string, offer: Offer): void {
  const open = tokens.find((t) => t.kind === 'unterminated' && t.text.startsWith('"'));
  if (!open) return;
  const end = lineEnd(text, open.start);
  const inner = text.slice(open.start + 1, end);
  for (const match of inner.matchAll(/(\s*)(?:->|\)|,|\}|\bto\b|==|\+|$)/g)) {
    // Of two blanks before an operator, one is of the text.
    const at = open.start + 1 + match.index + Math.max(0, (match[1] ?? '').length - 1);
    offer('Add the missing `"`', at, at, '"', 0);
  }
  // It may close one whose first quote is missing.
  const before = text.slice(lineStart(text, open.start), open.start);
  for (const match of before.matchAll(/(?<=[(.,=]\s*|\bsend |== |\+ )(?=\S)/gu))
    offer(
      'Add the missing `"`',
      lineStart(text, open.start) + match.index,
      lineStart(text, open.start) + match.index,
      '"',
      0.5,
    );
}

/** Signs left out between two words, or after one. */
function left(tokens: readonly Token[], offer: Offer): void {
  let depth = 0;
  tokens.forEach((token, i) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    const next = tokens[i + 1];
    const ends = /[\p{L}\p{Nd}_")\]]$/u.test(token.text);
    // Nothing between the brackets.
    if (token.text === '(' && next?.text !== ')') offer('Add the missing `)`', token.end, token.end, ')', 1.1);
    if (depth > 0 && ends)
      offer('Add the missing `)`', token.end, token.end, ')', 1 + (next && /^[\p{L}"]/u.test(next.text) ? 0.5 : 0));
    if (next && ends && /^[\p{L}\p{Nd}_"([]/u.test(next.text) && next.start > token.end)
      offer('Add the missing `,`', token.end, token.end, ',', 1.2);
    if (depth < 0 && token.text === ')') {
      offer('Remove this `)`', token.start, token.end, '', 1.5);
      depth = 0;
    }
    if (next && next.text === '}' && token.text === ':') offer('Leave out `:`', token.start, token.end, '', 2);
  });
  const last = tokens.at(-1);
  if (last && /[\p{L}\p{Nd}_")]$/u.test(last.text)) offer('Add the missing `{`', last.end, last.end, ' {', 2);
}

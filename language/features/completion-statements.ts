// What completion offers in statements of choreographies and of processes alike.
import type { ChorSymbol } from '../scoping/symbols.js';
import { writeName } from '../syntax/names.js';
import { isOperator, keyword, lastText, loops, plain } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';

/** What may follow the brace at the end of a block. */
export const afterBlock: readonly Completion[] = [
  keyword('else', 'else {\n\t$0\n}'),
  keyword('or', 'or {\n\t$0\n}'),
  keyword('and', 'and {\n\t$0\n}'),
];

/** What stands directly in the braces of a `match`; undefined where the cursor is not directly in some. */
export function inMatch({ context: { before } }: Known): readonly Completion[] | undefined {
  let depth = 0;
  for (let i = before.length - 1; i >= 0; i--) {
    if (before[i]?.text === '}') depth++;
    if (before[i]?.text !== '{' || depth-- > 0) continue;
    const head = before.slice(0, i);
    const start = head.findLastIndex(({ text }) => ['{', '}', 'match', 'case'].includes(text));
    if (head[start]?.text !== 'match') return undefined;
    const asked = head[start - 1]?.text;
    return ways(isOperator(asked) || inExpressions.has(asked ?? '') ? '=> $0' : '{\n\t$0\n}');
  }
  return undefined;
}

/** Behind these, a `match` is an expression. */
const inExpressions = new Set(['=', '.', '(', '[', ',', 'in', 'then', 'else', 'send', 'return']);

function ways(body: string): readonly Completion[] {
  return [
    keyword('case', `case \${1:pattern} ${body}`, 'A case of the value that is matched.'),
    keyword('else', `else ${body}`, 'All other cases.'),
  ];
}

/** What one role decides for itself. */
export const ownDecisions: readonly Completion[] = [
  keyword('if', 'if ${1:condition} {\n\t$0\n} else {\n\t\n}', 'Goes on by whether a condition holds.'),
  keyword('match', 'match ${1:value} {\n\tcase ${2:pattern} {\n\t\t$0\n\t}\n}', 'Goes on by the form of a value.'),
];

export const loopStart = keyword(
  'rec',
  'rec ${1:X} {\n\t$0\n\tcontinue ${1:X}\n}',
  'A loop that goes on where it says so.',
);

/** Ways round the loops that the cursor is in, and out of them. */
export function jumps(known: Known, rank: number): Completion[] {
  return loops(known).flatMap((loop) =>
    ['continue', 'leave'].map((word): Completion => ({
      ...loop,
      label: `${word} ${loop.label}`,
      kind: 'keyword',
      rank,
    })),
  );
}

/**
 * The words that go on with the head of a loop over members, or of a pick, in order; undefined where none is wanted.
 * @param roles those that a loop may go through
 */
export function headWords({ context }: Known, roles: readonly string[]): readonly Completion[] | undefined {
  const { statement, brackets } = context;
  const [first, second] = statement;
  const loop = first?.text === 'for' || first?.text === 'par';
  if ((!loop && first?.text !== 'pick') || second === undefined || second.text === '{' || brackets.length > 0)
    return undefined;
  const named = !loop && (second.text === 'some' || /^\d/.test(second.text)) ? 3 : 2;
  if (statement.length < named) return undefined;
  if (statement.length === named) return [keyword('in')];
  const range = statement[named + 1];
  if (range === undefined) return undefined;
  if (loop) return roles.includes(plain(range)) || statement.some((t) => t.text === 'until') ? [] : [keyword('until')];
  return statement.some((t) => t.text === 'by') ? undefined : [keyword('by')];
}

/** Whether an operator stands before the cursor, and no word that begins another branch. */
export function isBehindOperator({ context }: Known): boolean {
  const last = lastText(context);
  return isOperator(last) && !((last === 'or' || last === 'and') && context.before.at(-2)?.text === '}');
}

/**
 * Variables of one role.
 * @param bound names that patterns bind at the cursor
 * @param written names that the tokens give a value, as far as the analysis knows nothing of them
 */
export function variableItems(
  { context: { words } }: Known,
  symbols: readonly ChorSymbol[],
  bound: readonly string[],
  written: readonly Completion[],
  rank: number,
): Completion[] {
  return [
    ...bound
      .filter((name) => !symbols.some((s) => s.name === name))
      .map((name): Completion => ({ label: writeName(name), kind: 'local', rank: 0 })),
    // A variable that stands nowhere else in the text is the one at the cursor, or a leftover of the last good analysis.
    ...symbols
      .filter((s) => words.has(s.name))
      .map((s): Completion => ({ label: writeName(s.name), kind: s.kind, detail: s.detail, doc: s.doc, rank })),
    ...written,
  ];
}

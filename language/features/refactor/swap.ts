// Exchanges two branches of a decision, with what stands in them, and turns the question around.
import type { Decision } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import type { LocalChoice, LocalIf } from '../../ir/process.js';
import type { Edit } from '../../edits/fix.js';
import { opposite } from '../../edits/negation.js';
import type { Asked, Refactoring } from './refactoring.js';

function exchanged({ uri, text }: Asked, first: TextRange, second: TextRange): Edit[] {
  return [{ uri, ...first, newText: text.slice(second.start, second.end) }, { uri, ...second, newText: text.slice(first.start, first.end) }];
}

/** Whether something is written in braces there. */
const isWritten = (text: string, { start, end }: TextRange): boolean => text.charAt(start) === '{' && text.charAt(end - 1) === '}';

const swapped = (what: string, edits: readonly Edit[]): Refactoring => ({ title: `Swap the branches of this \`${what}\``, kind: 'rewrite', edits });

function around({ uri, text }: Asked, conditions: readonly Expr[]): Edit[] {
  return conditions.map((condition) => ({ uri, ...condition.origin, newText: opposite(condition, text) }));
}

/** Of an `if` with its `else`, or the branch of a `choice` that is asked about with the next one. */
export function swapBranches(asked: Asked, { form, guards, branches }: Decision): Refactoring | undefined {
  const { text, range } = asked;
  if (form === 'match') return undefined;
  const at = Math.min(Math.max(0, branches.findIndex(({ origin }) => origin.start <= range.start && range.start <= origin.end)), branches.length - 2);
  const [first, second] = [branches[at]?.body.origin, branches[at + 1]?.body.origin];
  if (!first || !second || !isWritten(text, first) || !isWritten(text, second)) return undefined;
  return swapped(form, [...form === 'if' ? around(asked, guards.map(({ value }) => value)) : [], ...exchanged(asked, first, second)]);
}

/** The same in a process. */
export function swapLocal(asked: Asked, action: LocalIf | LocalChoice): Refactoring | undefined {
  const { text, range } = asked;
  const blocks = action.kind === 'if' ? [action.then, action.else] : action.branches;
  const at = Math.min(Math.max(0, blocks.findIndex(({ origin }) => origin.start <= range.start && range.start <= origin.end)), blocks.length - 2);
  const [first, second] = [blocks[at]?.origin, blocks[at + 1]?.origin];
  if (!first || !second || !isWritten(text, first) || !isWritten(text, second)) return undefined;
  return swapped(action.kind, [...action.kind === 'if' ? around(asked, [action.condition]) : [], ...exchanged(asked, first, second)]);
}

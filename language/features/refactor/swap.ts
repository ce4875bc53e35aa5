// Exchanges two branches of a decision, with what stands in them, and turns the question around.
import type { Decision } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import type { LocalChoice, LocalIf } from '../../ir/process.js';
import type { Edit } from '../../edits/fix.js';
import { opposite } from '../../edits/negation.js';
import type { Asked, Refactoring } from './refactoring.js';

function exchanged({ uri, text }: Asked, first: TextRange, second: TextRange): Edit[] {
  return [
    { uri, ...first, newText: text.slice(second.start, second.end) },
    { uri, ...second, newText: text.slice(first.start, first.end) },
  ];
}

/** Whether something is written in braces there. */
const isWritten = (text: string, { start, end }: TextRange): boolean =>
  text.charAt(start) === '{' && text.charAt(end - 1) === '}';

const swapped = (what: string, edits: readonly Edit[]): Refactoring => ({
  title: `Swap the branches of this \`${what}\``,
  kind: 'rewrite',
  edits,
});

function around({ uri, text }: Asked, conditions: readonly Expr[]): Edit[] {
  return conditions.map((condition) => ({ uri, ...condition.origin, newText: opposite(condition, text) }));
}

/** The block that is asked about, and the next one; undefined where one of them is not written. */
function neighbours(
  { text, range }: Asked,
  places: readonly TextRange[],
  blocks: readonly TextRange[],
): readonly [TextRange, TextRange] | undefined {
  const at = Math.min(
    Math.max(
      0,
      places.findIndex(({ start, end }) => start <= range.start && range.start <= end),
    ),
    places.length - 2,
  );
  const [first, second] = [blocks[at], blocks[at + 1]];
  return first && second && isWritten(text, first) && isWritten(text, second) ? [first, second] : undefined;
}

/** Of an `if` with its `else`, or the branch of a `choice` that is asked about with the next one. */
export function swapBranches(asked: Asked, { form, guards, branches }: Decision): Refactoring | undefined {
  const pair =
    form === 'match'
      ? undefined
      : neighbours(
          asked,
          branches.map(({ origin }) => origin),
          branches.map(({ body }) => body.origin),
        );
  return (
    pair &&
    swapped(form, [
      ...(form === 'if'
        ? around(
            asked,
            guards.map(({ value }) => value),
          )
        : []),
      ...exchanged(asked, ...pair),
    ])
  );
}

/** The same in a process. */
export function swapLocal(asked: Asked, action: LocalIf | LocalChoice): Refactoring | undefined {
  const blocks = (action.kind === 'if' ? [action.then, action.else] : action.branches).map(({ origin }) => origin);
  const pair = neighbours(asked, blocks, blocks);
  return (
    pair &&
    swapped(action.kind, [
      ...(action.kind === 'if' ? around(asked, [action.condition]) : []),
      ...exchanged(asked, ...pair),
    ])
  );
}

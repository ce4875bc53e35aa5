// The variables that the branches of a `par` have for themselves: of one name, each with its own type.
import type { Way } from '../findings/typing.js';
import type { Name } from '../ir/expression.js';
import { inSeveral } from '../ir/threads.js';
import { createVariable } from './context.js';
import type { Variable } from './context.js';
import type { Flow } from './flow.js';
import { variable as openType } from './types.js';
import { variableOf } from './written.js';
import type { Assignable } from './written.js';

/** Of each branch of a `par`, what it writes, where it does so first, by the key of the variable. */
export interface Branches<W extends { readonly name: Name }> {
  readonly written: readonly ReadonlyMap<string, W>[];
  keyOf(variable: Variable): string;
  /** What is told of a variable that another branch gives a value. */
  readonly beside?: Way | undefined;
  /** Whether what two branches write may be the variable of one role. */
  mayMeet(one: W, other: W): boolean;
}

/** Which variables several branches have for themselves: nothing before, on whatever way, gives them a value. */
export function ownIn<W extends { readonly name: Name }>({
  written,
  keyOf,
  mayMeet,
}: Branches<W>): (variable: Variable) => boolean {
  const several = new Set(
    [...inSeveral(written)].filter((key) => {
      const all = written.flatMap((names) => names.get(key) ?? []);
      return all.some((one, i) => all.slice(0, i).some((other) => mayMeet(one, other)));
    }),
  );
  return (variable) => variable.symbol.kind === 'variable' && !variable.written && several.has(keyOf(variable));
}

/**
 * Goes through the branches of a `par`; none of their own variables has a value after.
 * @param find the variable around
 * @param run goes through one branch, with its own variables
 */
export function together<W extends { readonly name: Name }>(
  flow: Flow<Assignable>,
  branches: Branches<W>,
  find: (written: W) => Variable | undefined,
  run: (branch: number, own: readonly Variable[]) => void,
): void {
  const isOwn = ownIn(branches);
  const around = new Set<Variable>();
  const apart = new Set<Variable>();
  const own = branches.written.map((names) =>
    [...names.values()].flatMap((each): Variable[] => {
      const outer = find(each);
      if (!outer || !isOwn(outer)) return [];
      around.add(outer);
      const one = createVariable({ ...outer.symbol, origin: each.name.origin }, openType());
      (outer.threads ??= []).push(one);
      apart.add(one);
      return [one];
    }),
  );
  flow.together(
    own.map((variables, i) => () => {
      run(i, variables);
    }),
    (assigned) => apart.has(variableOf(assigned)),
    branches.beside,
  );
  for (const outer of around) flow.explain(outer, { way: { kind: 'threads' } });
}

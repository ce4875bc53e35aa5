// What has a value where: of families, at which members, and of lists, at which places.
import { freeNames } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { evaluate } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';
import { indicesOf } from '../families/members.js';
import { withNames } from '../families/replace.js';
import type { Known } from '../families/solve.js';
import type { Variable } from './context.js';
import { indexOf } from './known-members.js';

/**
 * That a variable has a value: at which members, at which place of a list, and for which numbers of the loops around.
 */
export interface Written {
  readonly variable: Variable;
  readonly role?: RoleRef;
  readonly speaks?: RoleRef;
  readonly place?: Expr;
  readonly when: readonly Expr[];
  readonly loops: Known['indices'];
}

/** A variable that is written whatever happens. */
export type Surely = Written;

/** What a flow knows to have a value. */
export type Assignable = Variable | Written;

/** The variable that gets a value, at whatever members and places. */
export function variableOf(assigned: Assignable): Variable {
  return 'symbol' in assigned ? assigned : assigned.variable;
}

/** At which members and places something was written, for all numbers of its loops. */
export function* wherever(
  written: Written,
  sizes: ReadonlyMap<string, number>,
  values: Valuation,
  depth = 0,
): Iterable<string> {
  const loop = written.loops[depth];
  if (loop) {
    const [from, until] = [evaluate(loop.from, values), evaluate(loop.until, values)];
    if (typeof from !== 'number' || typeof until !== 'number') return;
    for (let i = from; i < until; i++) yield* wherever(written, sizes, new Map(values).set(loop.name, i), depth + 1);
    return;
  }
  if (!written.when.every((condition) => evaluate(condition, values) === true)) return;
  const members = written.role ? (indicesOf(written.role, sizes, values, written.speaks) ?? []) : ['*'];
  const place = written.place ? evaluate(written.place, values) : '*';
  for (const member of members) yield `${member} ${typeof place === 'boolean' ? '' : (place ?? '')}`;
}

/** Something written, with other expressions for the numbers in it. */
export function rewritten(
  { variable, role, speaks, place, when, loops }: Written,
  rename: (expr: Expr) => Expr,
): Written {
  return {
    variable,
    ...(role ? { role: withNames(role, rename) } : {}),
    ...(speaks ? { speaks: withNames(speaks, rename) } : {}),
    ...(place ? { place: rename(place) } : {}),
    when: when.map(rename),
    loops: loops.map((loop) => ({ ...loop, from: rename(loop.from), until: rename(loop.until) })),
  };
}

/** Whether a number's name stands in where something was written. */
export function namesNumber({ role, speaks, place, when, loops }: Written, name: string): boolean {
  const all = [
    ...[role, speaks].flatMap((each) => (each ? indexOf(each) : [])),
    ...(place ? [place] : []),
    ...when,
    ...loops.flatMap(({ from, until }) => [from, until]),
  ];
  return all.some((expr) => freeNames(expr).has(name));
}

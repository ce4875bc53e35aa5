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
  /** Where several ways lead on: what each of them writes, in the place of members and places. */
  readonly ways?: readonly (readonly Written[])[];
}

/** A variable that is written whatever happens. */
export type Surely = Written;

/** Who sends a value makes a difference where others than the one that speaks are meant. */
export function speaking(role: RoleRef, speaks: RoleRef | undefined): Pick<Written, 'speaks'> {
  return speaks && role.index?.kind === 'others' ? { speaks } : {};
}

/** What a flow knows to have a value. */
export type Assignable = Variable | Written;

/** The variable that gets a value, at whatever members and places. */
export function variableOf(assigned: Assignable): Variable {
  return 'symbol' in assigned ? assigned : assigned.variable;
}

/**
 * At which members and places something was written, for all numbers of its loops: `*` for all members, and for all
 * places.
 */
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
  if (written.ways) {
    const all = written.ways.map((parts) => new Set(parts.flatMap((part) => [...wherever(part, sizes, values)])));
    // What one way writes counts as far as each other one writes it, too.
    for (const each of new Set(all.flatMap((ones) => [...ones])))
      if (all.every((ones) => isAmong(ones, each))) yield each;
    return;
  }
  // Who they are is not known.
  if (written.role?.index?.kind === 'picked') return;
  const members = written.role ? (indicesOf(written.role, sizes, values, written.speaks) ?? []) : ['*'];
  const place = written.place ? evaluate(written.place, values) : '*';
  for (const member of members) yield `${member} ${typeof place === 'boolean' ? '' : (place ?? '')}`;
}

/** Whether something was written at a role, as it is called there, whatever the numbers around are. */
export function isJust({ role, place, loops, when, ways }: Written, key: string): boolean {
  if (place || loops.length > 0 || when.length > 0) return false;
  return ways ? ways.every((way) => way.some((part) => isJust(part, key))) : role?.key === key;
}

/** Whether a member and place is among those that `wherever` tells. */
export function isAmong(done: ReadonlySet<string>, one: string): boolean {
  const [member = '', place = ''] = one.split(' ');
  return done.has(one) || done.has(`* ${place}`) || done.has(`${member} *`) || done.has('* *');
}

/** What was written, with what the ways of it write. */
export function* withWays(written: Written): Iterable<Written> {
  yield written;
  for (const way of written.ways ?? []) for (const part of way) yield* withWays(part);
}

/** What is written on several ways, of members and places, where something is on each. Cost: linear in it */
export function onAllWays(ways: readonly (readonly Assignable[])[]): readonly Written[] {
  // Variables that are written as a whole on all ways are known to be.
  const partly = new Set(ways.flatMap((way) => way.flatMap((each) => ('symbol' in each ? [] : each.variable))));
  if (partly.size === 0 || ways.length < 2) return [];
  const each = ways.map((way) => {
    const own = new Map<Variable, Written[]>();
    for (const assigned of way) {
      const variable = variableOf(assigned);
      if (!partly.has(variable)) continue;
      const part = 'symbol' in assigned ? { variable, when: [], loops: [] } : assigned;
      const parts = own.get(variable);
      if (parts) parts.push(part);
      else own.set(variable, [part]);
    }
    return own;
  });
  return [...partly].flatMap((variable): Written[] => {
    const written = each.flatMap((own) => {
      const parts = own.get(variable);
      return parts ? [parts] : [];
    });
    return written.length === ways.length ? [{ variable, when: [], loops: [], ways: written }] : [];
  });
}

/** Something written, with other expressions for the numbers in it. */
export function rewritten(
  { variable, role, speaks, place, when, loops, ways }: Written,
  rename: (expr: Expr) => Expr,
): Written {
  return {
    variable,
    ...(role ? { role: withNames(role, rename) } : {}),
    ...(speaks ? { speaks: withNames(speaks, rename) } : {}),
    ...(place ? { place: rename(place) } : {}),
    when: when.map(rename),
    loops: loops.map((loop) => ({ ...loop, from: rename(loop.from), until: rename(loop.until) })),
    ...(ways ? { ways: ways.map((way) => way.map((part) => rewritten(part, rename))) } : {}),
  };
}

/** Whether a number's name stands in where something was written. */
export function namesNumber(written: Written, name: string): boolean {
  return [...withWays(written)].some((part) => namesItself(part, name));
}

function namesItself({ role, speaks, place, when, loops }: Written, name: string): boolean {
  const all = [
    ...[role, speaks].flatMap((each) => (each ? indexOf(each) : [])),
    ...(place ? [place] : []),
    ...when,
    ...loops.flatMap(({ from, until }) => [from, until]),
  ];
  return all.some((expr) => freeNames(expr).has(name));
}

// How many members a call gives to each family of what it calls: no fewer than that needs, and as many to two families
// of one size.
import type { Expr } from '../ir/expression.js';
import type { Family, RoleRef } from '../ir/role.js';
import type { Name } from '../ir/expression.js';
import { printRole } from '../syntax/print.js';
import { counterexample } from '../families/solve.js';
import { compare, number } from '../families/specialise.js';
import { freeNames } from '../ir/expression.js';
import { evaluate, linearOf } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';
import type { Members } from './members.js';
import type { Context } from './context.js';
import { report } from './context.js';

/** What a place of a callee may be. */
interface Place {
  readonly name: Name;
  readonly family?: Family;
}

/**
 * Checks the members that a call gives.
 * @param members what is known of families where the call stands
 * @param args what stands for each place; undefined where nothing is known of it
 */
export function checkCounts(
  context: Context,
  members: Members,
  callee: string,
  places: readonly Place[],
  args: readonly (RoleRef | undefined)[],
): void {
  const first = new Map<string, { readonly role: RoleRef; readonly place: Place; readonly count: Expr }>();
  places.forEach((place, index) => {
    const role = args[index];
    const { family } = place;
    if (!role || !family || !members.families.has(role.name.text)) return;
    const count = members.sizeOf(role);
    if (!isStatic(members, count)) return;
    const same = family.size && first.get(family.size.text);
    if (family.size && !same) first.set(family.size.text, { role, place, count });
    const { origin } = role;
    const least = number(family.least, origin);
    const few = counterexample(members.known, compare(family.size ? '>=' : '==', count, least));
    const at = (expr: Expr, example: Valuation): number => Math.max(0, Number(evaluate(expr, example) ?? 0));
    if (few) {
      report(context, 'wrong-members', origin, {
        kind: 'count',
        role: printRole(role),
        callee,
        place: place.name.text,
        least: family.least,
        exact: !family.size,
        count: at(count, few),
        values: members.about(few, [count]),
        ...(role.index ? {} : { header: members.headerOf(role.name.text) }),
      });
      return;
    }
    const uneven = same && counterexample(members.known, compare('==', count, same.count));
    if (same && uneven && family.size && at(count, uneven) !== at(same.count, uneven))
      report(context, 'wrong-members', origin, {
        kind: 'uneven',
        role: printRole(role),
        other: printRole(same.role),
        callee,
        size: family.size.text,
        counts: [at(count, uneven), at(same.count, uneven)],
        values: members.about(uneven, [count, same.count]),
      });
  });
}

/** Whether a number is made of what all know; what is not is told where it stands. */
function isStatic(members: Members, count: Expr): boolean {
  return linearOf(count) !== undefined && [...freeNames(count)].every((name) => members.find(name) !== undefined);
}

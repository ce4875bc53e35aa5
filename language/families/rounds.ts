// The rounds of a loop over members in which one of them has a part: where each is told by its own number, they are
// written out.
import { isStep } from '../ir/choreography.js';
import type { Statement, Step } from '../ir/choreography.js';
import type { Expr, Name } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { exprOf, linearOf, summed } from '../ir/static.js';
import type { Target } from '../ir/target.js';
import { replaceNames, withNames } from './replace.js';

/**
 * The numbers of the rounds in which a member has a part, in the order of the rounds.
 * @param statements what a member sees of a round: what it does stands in decisions by its number
 * @param index the name of the round's number; `own` that of the member's
 * @returns undefined where these are not all its own number, more or less by something fixed
 */
export function roundsOf(statements: readonly Statement[], index: string, own: Name): readonly Expr[] | undefined {
  const found = new Set<number>();
  const look = (inside: readonly Statement[]): boolean =>
    inside.every((statement) => {
      if (statement.kind !== 'when') return false;
      const ahead = aheadOf(statement.condition, index, own.text);
      if (ahead === undefined) return false;
      found.add(-ahead);
      return look(statement.else.statements);
    });
  if (!look(statements)) return undefined;
  const { origin } = own;
  return [...found]
    .sort((one, other) => one - other)
    .map((constant) => exprOf({ constant, terms: new Map([[own.text, 1]]) }, origin));
}

/** By how much a member's number has to be ahead of that of the round for a condition to hold. */
function aheadOf(condition: Expr, index: string, own: string): number | undefined {
  if (condition.kind !== 'binary' || condition.operator !== '==') return undefined;
  const [left, right] = [linearOf(condition.left), linearOf(condition.right)];
  const isAlone = (side: typeof left, name: string): boolean =>
    side?.terms.size === 1 && side.terms.get(name) === 1 && side.modulo === undefined;
  return isAlone(left, own) && isAlone(right, index) ? (right?.constant ?? 0) - (left?.constant ?? 0) : undefined;
}

/** Steps with an expression in the place of a number; undefined where they are not all steps. Cost: linear */
export function stepsAt(statements: readonly Statement[], index: string, by: Expr): readonly Step[] | undefined {
  const expr = (value: Expr): Expr => replaceNames(value, (name) => (name === index ? by : undefined));
  const number = (value: Expr): Expr => summed(expr(value));
  const role = (ref: RoleRef): RoleRef => withNames(ref, number);
  const target = (of: Target): Target => (of.kind === 'variable' && of.place ? { ...of, place: number(of.place) } : of);
  const label = <T extends { readonly name: Name }>(of: T): T =>
    of.name.rounds ? { ...of, name: { ...of.name, rounds: of.name.rounds.map(number) } } : of;
  const step = (of: Step): Step => {
    switch (of.kind) {
      case 'communication':
        return {
          ...of,
          sender: role(of.sender),
          value: of.value && expr(of.value),
          label: of.label && label(of.label),
          receivers: of.receivers.map((each) => ({
            ...each,
            role: role(each.role),
            ...(each.into ? { into: target(each.into) } : {}),
          })),
        };
      case 'gather':
        return {
          ...of,
          senders: of.senders.map((each) => ({
            ...each,
            role: role(each.role),
            ...(each.value ? { value: expr(each.value) } : {}),
          })),
          receiver: { ...of.receiver, role: role(of.receiver.role) },
          label: of.label && label(of.label),
        };
      case 'assignment':
        return { ...of, role: role(of.role), into: target(of.into), value: expr(of.value) };
      case 'effect':
        return { ...of, role: role(of.role), value: expr(of.value) };
    }
  };
  return statements.every(isStep) ? statements.map(step) : undefined;
}

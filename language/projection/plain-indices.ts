// Indices said as plainly as what is known at each place allows.
import type { Known } from '../families/solve.js';
import { ask, holding } from '../families/solve.js';
import { compare, negation, number } from '../families/specialise.js';
import { replaceNames } from '../families/replace.js';
import { freeNames } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import { exprOf, linearOf, plus, summed, times } from '../ir/static.js';
import { bodiesOf, bothOrigins, nodesOf, prepend, withBodies } from './behaviour.js';
import type { List, Node } from './behaviour.js';
import { insideOf, normal, solved, substituted } from './settle.js';
import type { Setting } from './settle.js';

/**
 * The behaviour with indices said as plainly as what is known at each place allows: `Node[n - 1]` for `Node[(i + n - 1)
 * % n]` where `i == 0`. For behaviours that are compared with no others any more.
 * Cost: linear, but for questions of numbers, a few for each index that goes round
 */
export function plain(list: List, setting: Setting): List {
  const role = (ref: RoleRef): RoleRef => {
    const { name, index, origin } = ref;
    if (index?.kind !== 'member') return ref;
    const at = plainIndex(index.at, setting);
    return at ? membersOf(name, { kind: 'member', at }, origin) : ref;
  };
  const node = (of: Node): Node => {
    if (of.kind === 'leaf') {
      const { action } = of;
      if (action.kind === 'send') {
        const receiver = role(action.receiver);
        return receiver === action.receiver ? of : { ...of, action: { ...action, receiver } };
      }
      return action.kind === 'gather' ? { ...of, action: { ...action, senders: action.senders.map(role) } } : of;
    }
    const before = bodiesOf(of);
    const bodies = before.map((body, i) => {
      const known =
        of.kind === 'fork' && of.form === 'when' && of.value
          ? holding(setting.known, i === 0 ? of.value : negation(of.value))
          : of.kind === 'for'
            ? insideOf(of, i, setting.known, setting.families)
            : setting.known;
      return plain(body, { ...setting, known });
    });
    const same = bodies.every((body, i) => body === before[i]) ? of : withBodies(of, bodies);
    const inside =
      same.kind === 'fork' && same.form === 'when' && same.value
        ? { ...same, value: plainCondition(same.value, setting) }
        : same;
    return inside.kind === 'receive' && inside.arms.some((arm) => arm.sender.index?.kind === 'member')
      ? { ...inside, arms: inside.arms.map((arm) => ({ ...arm, sender: role(arm.sender) })) }
      : inside;
  };
  const nodes = nodesOf(list);
  const made = nodes.map(node);
  if (made.every((each, i) => each === nodes[i] && !oneOfOthers(each, setting))) return list;
  return prepend(
    made.flatMap((each) => oneOfOthers(each, setting) ?? [each]),
    undefined,
  );
}

/**
 * What others do, where a decision by numbers asks for one number and what is done there is what they do, said for it;
 * undefined where it is not. Cost: linear in what is done
 */
function oneOfOthers(node: Node, { own, table }: Setting): readonly Node[] | undefined {
  if (own === undefined || node.kind !== 'fork' || node.form !== 'when' || node.value?.kind !== 'binary')
    return undefined;
  const { operator, left, right } = node.value;
  if (operator !== '==' && operator !== '!=') return undefined;
  const [one, others] = operator === '==' ? [node.bodies[0], node.bodies[1]] : [node.bodies[1], node.bodies[0]];
  const at = one && others && solved(left, right, own);
  if (!at || at === 'other') return undefined;
  return table.equal(substituted(one, own, at), substituted(others, own, at))
    ? nodesOf(withOrigins(others, one))
    : undefined;
}

/** A behaviour that is also what stands at the origins of another one, of the same shape. */
function withOrigins(list: List, other: List): List {
  const more = nodesOf(other);
  return prepend(
    nodesOf(list).map((node, i): Node => {
      const same = more[i];
      if (!same || same.kind !== node.kind) return node;
      if (node.kind === 'leaf')
        return same.kind === 'leaf'
          ? {
              ...node,
              action: { ...node.action, origins: bothOrigins(node.action.origins, same.action.origins) },
            }
          : node;
      const bodies = bodiesOf(same);
      const inside = withBodies(
        node,
        bodiesOf(node).map((body, j) => withOrigins(body, bodies[j])),
      );
      if (inside.kind === 'receive' && same.kind === 'receive')
        return {
          ...inside,
          arms: inside.arms.map((arm, j) => ({
            ...arm,
            origins: bothOrigins(arm.origins, same.arms[j]?.origins ?? []),
          })),
          origins: bothOrigins(inside.origins, same.origins),
        };
      return 'origins' in inside && 'origins' in same
        ? { ...inside, origins: bothOrigins(inside.origins, same.origins) }
        : inside;
    }),
    undefined,
  );
}

/** A condition in which numbers that go round are said without that, where nothing else is meant. */
function plainCondition(condition: Expr, setting: Setting): Expr {
  const { own } = setting;
  if (own === undefined || condition.kind !== 'binary') return condition;
  const sides = [condition.left, condition.right] as const;
  const [left, right] =
    condition.operator === 'and' || condition.operator === 'or'
      ? sides.map((side) => plainCondition(side, setting))
      : sides.map((side) => (goesRound(side) ? (plainIndex(side, setting) ?? side) : side));
  if (!left || !right || (left === sides[0] && right === sides[1])) return condition;
  return normal({ ...condition, left, right }, own);
}

/** A number that goes round, without that, and one that is known, as what it is; undefined where nothing is plainer. */
function plainIndex(at: Expr, { known, own }: Setting): Expr | undefined {
  const { origin } = at;
  const round = goesRound(at);
  if (!round && (own === undefined || !freeNames(at).has(own))) return undefined;
  const name: Expr | undefined = own === undefined ? undefined : { kind: 'name', name: { text: own, origin }, origin };
  const fixed = name ? ownNumbers(known, name) : [];
  if (!round)
    return fixed[0]?.kind === 'int'
      ? summed(replaceNames(at, (each) => (each === own ? fixed[0] : undefined)))
      : undefined;
  const bases = [...fixed.map((value) => replaceNames(at, (each) => (each === own ? value : undefined))), at];
  const candidates = bases.flatMap((base) => {
    const linear = linearOf(base);
    if (linear?.modulo === undefined) return [];
    const { modulo, ...whole } = linear;
    return [whole, plus(whole, times(modulo, -1))].map((each) => exprOf(each, origin));
  });
  const beside = name
    ? (
        [
          ['-', 1],
          ['+', 1],
        ] as const
      ).map(([operator, by]): Expr => ({ kind: 'binary', operator, left: name, right: number(by, origin), origin }))
    : [];
  return [...fixed, ...candidates, ...beside].find(
    (candidate) => ask(known, compare('==', candidate, at)) === 'always',
  );
}

const numbersKnown = new WeakMap<Known, readonly Expr[]>();

/** Which of the first and the last number the member's own is known to be. */
function ownNumbers(known: Known, name: Extract<Expr, { kind: 'name' }>): readonly Expr[] {
  let found = numbersKnown.get(known);
  if (!found) {
    const { origin } = name;
    const until = known.indices.find((index) => index.name === name.name.text)?.until;
    const last = until && summed({ kind: 'binary', operator: '-', left: until, right: number(1, origin), origin });
    found = last
      ? [number(0, origin), last].filter((value) => ask(known, compare('==', name, value)) === 'always')
      : [];
    numbersKnown.set(known, found);
  }
  return found;
}

/** Whether there is something in an index that is left of a division. */
function goesRound(at: Expr): boolean {
  return at.kind === 'binary'
    ? at.operator === '%' || goesRound(at.left) || goesRound(at.right)
    : at.kind === 'unary' && goesRound(at.operand);
}

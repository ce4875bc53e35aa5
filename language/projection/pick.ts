// Where a member of a family was picked, and a role is not told which: what it does in each of the cases that make a
// difference to it. Told apart are the cases by the conditions on the number that was picked in what the role does:
// whether it is picked itself, whether its neighbour is.
import { ask, holding, memberships, whereSome } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { both, boundsOf, compare, negation, number, sizeExpr } from '../families/specialise.js';
import type { WayName } from '../findings/projection.js';
import type { Picked } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import { membershipIn } from '../ir/static.js';
import { printExpr } from '../syntax/print.js';
import { append, bodiesOf, cons, nodesOf } from './behaviour.js';
import type { List } from './behaviour.js';
import { mentions, settled, solved, substituted } from './settle.js';
import type { Setting } from './settle.js';
import { mostConditions } from './limits.js';

/** What a role does in one case. */
export interface PickedWay {
  /** What then holds of the number that was picked, and what it is, where it can be just one. */
  readonly holds: readonly Expr[];
  readonly at?: Expr;
  readonly list: List;
  readonly name: WayName;
}

/** What a role does that is told by the first message; undefined where it is not. */
export function whereTold(list: List, pick: Picked): List {
  const node = list?.node;
  const arm = node?.kind === 'receive' && node.arms.length === 1 ? node.arms[0] : undefined;
  const [carried] = arm?.label?.rounds ?? [];
  if (!node || node.kind !== 'receive' || !arm || carried?.kind !== 'name' || carried.name.text !== pick.index.text)
    return undefined;
  return cons({ ...node, arms: [{ ...arm, pick, body: append(arm.body, list?.rest) }] }, undefined);
}

/**
 * What a role does that is not told.
 * @param list what it does, with the name of the number in it
 * @param pick the number's name, and of which members it is
 * @param setting whose behaviour it is, and what is known where the number is known
 * @returns in one case, or in several; `undefined` where it would have to know the number itself
 */
export function waysOfPick(list: List, pick: Picked, setting: Setting): readonly PickedWay[] | undefined {
  const { index, of } = pick;
  const ways: PickedWay[] = [];
  const look = (each: List, known: Known, holds: readonly Expr[]): boolean => {
    const condition = conditionIn(each, index.text, new Set());
    if (condition === 'inside' || holds.length > mostConditions) return false;
    if (!condition) {
      const at = determined(holds, index.text, known);
      const there = at ? substituted(each, index.text, at) : each;
      if (mentions(there, index.text)) return false;
      const isOwn = pick.many
        ? holds.some((each) => membershipIn(each) !== undefined)
        : at?.kind === 'name' && at.name.text === setting.own;
      ways.push({
        holds,
        ...(at ? { at } : {}),
        list: there,
        name: {
          kind: 'picked',
          ...(pick.many ? { many: true } : {}),
          ...(isOwn ? { own: true } : at ? { member: `${of.name.text}[${printExpr(at)}]` } : {}),
        },
      });
      return true;
    }
    return [condition, negation(condition)].every((own) => {
      if (ask(known, own) === 'never') return true;
      const inner: Known = holding(known, own);
      return look(settled(each, { ...setting, known: inner }), inner, [...holds, own]);
    });
  };
  return look(settled(list, setting), setting.known, []) ? ways : undefined;
}

/**
 * The first condition on a number in a behaviour; `inside` where it is also about a number that is known further in
 * alone.
 */
function conditionIn(list: List, name: string, bound: ReadonlySet<string>): Expr | 'inside' | undefined {
  for (const node of nodesOf(list)) {
    if (node.kind === 'fork' && node.form === 'when' && node.value) {
      const names = freeNames(node.value);
      if (names.has(name)) return [...names].some((each) => bound.has(each)) ? 'inside' : node.value;
    }
    for (const [i, body] of bodiesOf(node).entries()) {
      const own =
        node.kind === 'for'
          ? node.index
          : node.kind === 'receive'
            ? node.arms[i]?.pick?.index
            : node.kind === 'fork'
              ? node.pick?.index
              : undefined;
      const found = conditionIn(body, name, own ? new Set(bound).add(own.text) : bound);
      if (found) return found;
    }
  }
  return undefined;
}

/** What a number is where some conditions hold; undefined where that is not just one. */
function determined(holds: readonly Expr[], name: string, known: Known): Expr | undefined {
  const equalities = holds.flatMap(function parts(each: Expr): Expr[] {
    if (each.kind !== 'binary') return [];
    return each.operator === 'and' ? [...parts(each.left), ...parts(each.right)] : each.operator === '==' ? [each] : [];
  });
  for (const each of equalities) {
    if (each.kind !== 'binary') continue;
    const at = solved(each.left, each.right, name);
    if (!at || at === 'other') continue;
    const own: Expr = { kind: 'name', name: { text: name, origin: at.origin }, origin: at.origin };
    if (ask(known, compare('==', own, at)) === 'always') return at;
  }
  return undefined;
}

/**
 * When a case may be at all: that depends on sizes and on the member's own number, as there is no neighbour in a family
 * of one.
 * @param setting what is known around
 * @returns `when`, none where that can't be said; `large`: in any case in large families
 */
export function whereMayBe(
  { holds, at }: PickedWay,
  { index, of, many }: Picked,
  { known, families, own }: Setting,
): ReturnType<typeof whereSome> {
  const { origin } = index;
  const range = { name: index.text, ...boundsOf({ kind: 'members', of }, families) };
  const lists = memberships(many ? [range] : [], holds);
  const [choice, another] = lists.indices;
  if (another) return { large: false };
  const sizes = known.sizes.map(({ name }): Expr => ({ kind: 'name', name: { text: name, origin }, origin }));
  const numbers = known.indices.map(({ name }): Expr => ({ kind: 'name', name: { text: name, origin }, origin }));
  const family = families.get(of.name.text);
  const last: Expr[] = family
    ? [{ kind: 'binary', operator: '-', left: sizeExpr(family, origin), right: number(1, origin), origin }]
    : [];
  const mine = numbers.filter((each) => each.kind === 'name' && each.name.text === own);
  const candidates = [
    ...sizes.flatMap((size) =>
      (['>', '=='] as const).flatMap((operator) =>
        [1, 2, 3].map((count) => compare(operator, size, number(count, origin))),
      ),
    ),
    ...mine.flatMap((each) => (['>', '=='] as const).map((operator) => compare(operator, each, number(0, origin)))),
    ...mine.flatMap((each) =>
      last.flatMap((end) => (['<', '=='] as const).map((operator) => compare(operator, each, end))),
    ),
    ...mine.flatMap((each) =>
      (['!=', '==', '>'] as const).map((operator) => compare(operator, each, number(1, origin))),
    ),
    ...holds.filter((each) => !freeNames(each).has(index.text)),
    ...(at ? [both(compare('>=', at, range.from), compare('<', at, range.until))] : []),
  ];
  if (!many) return whereSome(known, range, holds, candidates);
  // Whatever else is picked: it is about whether the member is.
  const inside = mine.map((each) => both(compare('>=', each, range.from), compare('<', each, range.until)));
  return whereSome(
    known,
    choice ?? { name: index.text, from: number(0, origin), until: number(1, origin) },
    [...holds.map(lists.put), ...lists.holds],
    [...candidates, ...inside],
  );
}

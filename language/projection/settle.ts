// What a member of a family does, made readable: what is known anyway is not asked, loops in which it has a part at
// certain numbers only become these parts, in the order of the numbers, and conditions are said in the simplest way.
import type { Target } from '../ir/target.js';
import type { Known } from '../families/solve.js';
import { ask, equivalent, firstSame, holding, within } from '../families/solve.js';
import { boundsOf, both, compare, negation, number, picking, sizeExpr } from '../families/specialise.js';
import { replaceNames, withNames } from '../families/replace.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { Family, RoleRef } from '../ir/role.js';
import { exprOf, linearOf, plus, staticKey, summed, times } from '../ir/static.js';
import type { MemberRange } from '../ir/choreography.js';
import { append, bodiesOf, cons, nodesOf, prepend, withBodies } from './behaviour.js';
import type { AtNode, Fork, ForNode, LeafAction, List, Node, ParNode, Table } from './behaviour.js';
import { mostLoopParts } from './limits.js';

/** Whose behaviour it is, and what is known of the families. */
export interface Setting {
  readonly families: ReadonlyMap<string, Family>;
  readonly known: Known;
  /** The name of the member's own number; none for a role that is no family. */
  readonly own?: string;
  readonly table: Table;
  /** How many loops may still be looked at: each may be looked at several times, and those inside each time. */
  readonly budget: { left: number };
}

/**
 * The behaviour, settled. Cost: linear but for questions of numbers, each bounded, and for loops, whose parts are taken
 * out
 */
export function settled(list: List, setting: Setting): List {
  const nodes: Node[] = [];
  let cell = list;
  for (; cell?.counts; cell = cell.rest) {
    const { node } = cell;
    const made =
      node.kind === 'for'
        ? loop(node, setting)
        : node.kind === 'fork' && node.form === 'when' && node.value
          ? decision(node, node.value, setting)
          : undefined;
    if (made) {
      nodes.push(...nodesOf(made.list));
      continue;
    }
    const bodies = bodiesOf(node).map((body, i) =>
      settled(body, { ...setting, known: insideOf(node, i, setting.known, setting.families) }),
    );
    nodes.push(...(node.kind === 'par' || node.kind === 'at' ? threads(node, bodies) : [withBodies(node, bodies)]));
  }
  if (nodes.length === 0) return cell;
  return prepend(nodesOf(joined(prepend(nodes, undefined), setting)), cell);
}

/** What goes on at the same time, without the branches in which nothing is left to do. */
function threads(node: ParNode | AtNode, bodies: readonly List[]): Iterable<Node> {
  const done = bodies.filter((body) => body !== undefined);
  if (node.kind === 'at' || done.length > 1) return done.length > 0 ? [withBodies(node, done)] : [];
  return nodesOf(done[0]);
}

/**
 * What is known in a body of a node: that the number of a loop, or of a member that was picked, is one of those that
 * may be.
 */
export function insideOf(node: Node, body: number, known: Known, families: ReadonlyMap<string, Family>): Known {
  if (node.kind === 'for') return within(known, { name: node.index.text, ...boundsOf(node.range, families) });
  const pick = node.kind === 'receive' ? node.arms[body]?.pick : node.kind === 'fork' ? node.pick : undefined;
  return pick ? picking(known, pick, families) : known;
}

/** The behaviour where a condition holds. */
export function assuming(list: List, condition: Expr, setting: Setting): List {
  return settled(list, { ...setting, known: holding(setting.known, condition) });
}

function decision(node: Fork, condition: Expr, setting: Setting): { readonly list: List } {
  const [then, otherwise] = node.bodies;
  const answer = ask(setting.known, condition);
  if (answer !== 'sometimes') return { list: settled(answer === 'always' ? then : otherwise, setting) };
  const bodies = [assuming(then, condition, setting), assuming(otherwise, negation(condition), setting)];
  if (setting.table.equal(bodies[0], bodies[1])) return { list: bodies[0] };
  return { list: cons(whenOf(condition, bodies, node.origins, setting), undefined) };
}

/** A decision by numbers, said in the simplest way; the branch that does something comes first. */
function whenOf(condition: Expr, bodies: readonly List[], origins: readonly TextRange[], setting: Setting): Fork {
  const [then, otherwise] = bodies;
  const swap = !then && otherwise;
  const simple = simplest(swap ? negation(condition) : condition, setting);
  return {
    kind: 'fork',
    form: 'when',
    value: simple,
    patterns: [],
    bodies: swap ? [otherwise, undefined] : [then, otherwise],
    origins,
  };
}

/** The simplest condition that says the same: about the member's own number, if it is about that. */
function simplest(condition: Expr, { known, own, families }: Setting): Expr {
  if (own === undefined) return condition;
  const { origin } = condition;
  const name: Expr = { kind: 'name', name: { text: own, origin }, origin };
  const zero = number(0, origin);
  const until = known.indices.find((index) => index.name === own)?.until;
  const size =
    until && [...families.values()].find((family) => staticKey(sizeExpr(family, origin)) === staticKey(until));
  const last: Expr | undefined = size && {
    kind: 'binary',
    operator: '-',
    left: sizeExpr(size, origin),
    right: number(1, origin),
    origin,
  };
  const candidates = [
    compare('==', name, zero),
    compare('>', name, zero),
    ...(last ? [compare('==', name, last), compare('<', name, last)] : []),
    // What is so anyway need not be said.
    ...conjuncts(condition).map((each) => normal(each, own)),
  ];
  return firstSame(known, condition, candidates) ?? normal(condition, own);
}

/** The conditions that a conjunction is made of; none of anything else. */
function conjuncts(condition: Expr): readonly Expr[] {
  if (condition.kind !== 'binary' || condition.operator !== 'and') return [];
  return [condition.left, condition.right].flatMap((each) => [each, ...conjuncts(each)]);
}

/**
 * A comparison with its two sides as sums in their usual order: of the member's own number, if it is about that, with
 * all others.
 */
export function normal(condition: Expr, own: string): Expr {
  if (condition.kind === 'unary') return { ...condition, operand: normal(condition.operand, own) };
  if (condition.kind !== 'binary') return condition;
  if (condition.operator === 'and' || condition.operator === 'or')
    return { ...condition, left: normal(condition.left, own), right: normal(condition.right, own) };
  return ofItself(condition, own) ?? { ...condition, left: summed(condition.left), right: summed(condition.right) };
}

/** A comparison with a name alone on its left side; undefined where it can't be said so. */
function ofItself(condition: Extract<Expr, { kind: 'binary' }>, own: string): Expr | undefined {
  const { left, origin } = condition;
  const [one, two] = [linearOf(left), linearOf(condition.right)];
  if (!one || !two || one.modulo !== undefined || two.modulo !== undefined) return undefined;
  const difference = plus(one, times(two, -1));
  const factor = difference.terms.get(own) ?? 0;
  if (Math.abs(factor) !== 1) return undefined;
  const rest = { ...difference, terms: new Map([...difference.terms].filter(([name]) => name !== own)) };
  const right = times(rest, -factor);
  const operator = factor > 0 ? condition.operator : (mirrored[condition.operator] ?? condition.operator);
  // `i > j` for `i >= j + 1`, and `i < j` for `i <= j - 1`.
  const by =
    right.terms.size === 0
      ? 0
      : operator === '>=' && right.constant > 0
        ? -1
        : operator === '<=' && right.constant < 0
          ? 1
          : 0;
  return {
    kind: 'binary',
    operator: by === 0 ? operator : operator === '>=' ? '>' : '<',
    left: { kind: 'name', name: { text: own, origin: left.origin }, origin: left.origin },
    right: exprOf({ ...right, constant: right.constant + by }, condition.right.origin),
    origin,
  };
}

const mirrored: Partial<Record<Extract<Expr, { kind: 'binary' }>['operator'], '<' | '<=' | '>' | '>='>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/**
 * Neighbours that are decided by one condition, or by a condition and its opposite, together; also where the first is
 * the other way of a decision that the second excludes.
 */
function joined(list: List, setting: Setting): List {
  const nodes: Node[] = [];
  for (const node of nodesOf(list)) {
    const before = nodes.at(-1);
    const together =
      before?.kind === 'fork' &&
      before.form === 'when' &&
      node.kind === 'fork' &&
      node.form === 'when' &&
      before.value &&
      node.value
        ? join(before, before.value, node, node.value, setting)
        : undefined;
    if (together) nodes.splice(-1, 1, together);
    else nodes.push(node);
  }
  return prepend(nodes, undefined);
}

function join(one: Fork, first: Expr, two: Fork, second: Expr, setting: Setting): Fork | undefined {
  const same = equivalent(setting.known, first, second);
  if (!same && !equivalent(setting.known, first, negation(second))) {
    const [done, otherwise] = one.bodies;
    if (!otherwise || two.bodies[1] || ask(setting.known, both(first, second)) !== 'never') return undefined;
    const known = holding(setting.known, negation(first));
    const after = joined(append(otherwise, cons(two, undefined)), { ...setting, known });
    return nodesOf(after).length > nodesOf(otherwise).length
      ? undefined
      : { ...one, bodies: [done, after], origins: [...one.origins, ...two.origins] };
  }
  const [then, otherwise] = same ? two.bodies : [two.bodies[1], two.bodies[0]];
  return {
    ...one,
    bodies: [joined(append(one.bodies[0], then), setting), joined(append(one.bodies[1], otherwise), setting)],
    origins: [...one.origins, ...two.origins],
  };
}

/** A loop over members: the parts of it at certain numbers, where these are all that there is to do. */
function loop(node: ForNode, setting: Setting): { readonly list: List } {
  const bounds = boundsOf(node.range, setting.families);
  const inner: Setting = {
    ...setting,
    known: within(setting.known, { name: node.index.text, ...bounds }),
  };
  if (setting.budget.left-- <= 0) return { list: cons(node, undefined) };
  const body = settled(node.body, inner);
  if (!body) return { list: undefined };
  const whole: List = cons({ ...node, body }, undefined);
  const places = numbersIn(node.body, node.index.text);
  if (!places || places.length === 0 || places.length > mostLoopParts) return { list: whole };
  const { origin } = node.index;
  const index: Expr = { kind: 'name', name: node.index, origin };
  const elsewhere = places.reduce<Known>((known, place) => holding(known, compare('!=', index, place)), inner.known);
  if (settled(node.body, { ...inner, known: elsewhere })) return { list: whole };
  const at = (place: Expr): List => {
    const inside = both(compare('>=', place, bounds.from), compare('<', place, bounds.until));
    const there = substituted(assuming(node.body, compare('==', index, place), inner), node.index.text, place);
    return there
      ? cons(
          {
            kind: 'fork',
            form: 'when',
            value: inside,
            patterns: [],
            bodies: [there, undefined],
            origins: node.origins,
          },
          undefined,
        )
      : undefined;
  };
  const list =
    node.parallel === true ? apart(places, setting, at, node.origins) : inOrder(places, setting, at, node.origins);
  return list === 'unordered' ? { list: whole } : { list: settled(list, setting) };
}

/** What is done at some numbers at the same time, where no two of them are one. */
function apart(
  places: readonly Expr[],
  { known }: Setting,
  at: (place: Expr) => List,
  origins: readonly TextRange[],
): List | 'unordered' {
  const mayMeet = places.some((one, i) =>
    places.slice(0, i).some((other) => ask(known, compare('==', one, other)) !== 'never'),
  );
  const bodies = places.map(at).filter((body) => body !== undefined);
  if (mayMeet) return 'unordered';
  return bodies.length > 1 ? cons({ kind: 'par', bodies, origins }, undefined) : bodies[0];
}

/**
 * The numbers of a loop that conditions in it compare with something else, as what they then are; undefined where that
 * can't be said.
 */
function numbersIn(list: List, index: string): readonly Expr[] | undefined {
  const found = new Map<string, Expr>();
  // The names that stand for something inside alone.
  const inner = new Set<string>();
  let open = false;
  const look = (condition: Expr): void => {
    if (condition.kind === 'unary') return look(condition.operand);
    if (condition.kind !== 'binary') return;
    if (condition.operator === 'and' || condition.operator === 'or') {
      look(condition.left);
      look(condition.right);
      return;
    }
    const place = solved(condition.left, condition.right, index);
    if (place === 'other') return;
    if (!place) open = true;
    else found.set(staticKey(place), place);
  };
  const visit = (each: List): void => {
    for (const node of nodesOf(each)) {
      if (node.kind === 'fork' && node.form === 'when' && node.value) look(node.value);
      if (node.kind === 'for') inner.add(node.index.text);
      if (node.kind === 'fork' && node.pick) inner.add(node.pick.index.text);
      if (node.kind === 'receive') for (const { pick } of node.arms) if (pick) inner.add(pick.index.text);
      bodiesOf(node).forEach(visit);
    }
  };
  visit(list);
  if ([...found.values()].some((place) => [...freeNames(place)].some((name) => inner.has(name)))) return undefined;
  return open ? undefined : [...found.values()];
}

/** What a name is where two sums are the same; `other` where it is in neither. */
export function solved(left: Expr, right: Expr, name: string): Expr | 'other' | undefined {
  const [one, two] = [linearOf(left), linearOf(right)];
  if (!one || !two) return undefined;
  const [has, hasNot] = one.terms.has(name) ? [one, two] : [two, one];
  if (!has.terms.has(name)) return 'other';
  if (hasNot.terms.has(name) || hasNot.modulo !== undefined) return undefined;
  const factor = has.terms.get(name) ?? 0;
  if (Math.abs(factor) !== 1) return undefined;
  // name * factor + rest = hasNot, so name = (hasNot - rest) * factor.
  const rest = { constant: has.constant, terms: new Map([...has.terms].filter(([each]) => each !== name)) };
  const value = times(plus(hasNot, times(rest, -1)), factor);
  if (has.modulo === undefined) return exprOf(value, left.origin);
  // All is left of a division by the size: a whole size more does not change it, and keeps it from being less than 0.
  const more =
    [...value.terms.values()].some((each) => each < 0) || value.constant < 0 ? plus(value, has.modulo) : value;
  return exprOf({ ...more, modulo: has.modulo }, left.origin);
}

/**
 * What is done at some numbers, in their order.
 * @param at what is done at one
 * @returns `unordered` where their order depends on too much
 */
function inOrder(
  places: readonly Expr[],
  setting: Setting,
  at: (place: Expr) => List,
  origins: readonly TextRange[],
): List | 'unordered' {
  const [first, ...others] = places;
  if (!first) return undefined;
  // The first of all: one that is never behind another.
  for (const [i, place] of places.entries()) {
    const rest = places.filter((_, j) => j !== i);
    if (!rest.every((other) => ask(setting.known, compare('<', place, other)) === 'always')) continue;
    const after = inOrder(rest, setting, at, origins);
    return after === 'unordered' ? after : append(at(place), after);
  }
  // Two that change places, or fall together.
  for (const other of others) {
    for (const operator of ['==', '<'] as const) {
      const condition = compare(operator, first, other);
      if (ask(setting.known, condition) !== 'sometimes') continue;
      const under = (holds: Expr): Setting => ({
        ...setting,
        known: holding(setting.known, holds),
      });
      const then = inOrder(
        operator === '==' ? places.filter((place) => place !== other) : places,
        under(condition),
        at,
        origins,
      );
      const otherwise = inOrder(places, under(negation(condition)), at, origins);
      if (then === 'unordered' || otherwise === 'unordered') return 'unordered';
      return cons(
        { kind: 'fork', form: 'when', value: condition, patterns: [], bodies: [then, otherwise], origins },
        undefined,
      );
    }
  }
  return 'unordered';
}

/** A behaviour with an expression in the place of a number's name. */
export function substituted(list: List, name: string, by: Expr): List {
  const expr = (value: Expr): Expr => replaceNames(value, (each) => (each === name ? by : undefined));
  const index = (value: Expr): Expr => summed(expr(value));
  const role = (ref: RoleRef): RoleRef => withNames(ref, index);
  const range = (of: MemberRange): MemberRange =>
    of.kind === 'members' ? { ...of, of: role(of.of) } : { ...of, from: index(of.from), until: index(of.until) };
  const target = (of: Target): Target => (of.kind === 'variable' && of.place ? { ...of, place: index(of.place) } : of);
  const label = (of: Name): Name => (of.rounds ? { ...of, rounds: of.rounds.map(index) } : of);
  const action = (of: LeafAction): LeafAction => {
    switch (of.kind) {
      case 'send':
        return {
          ...of,
          receiver: role(of.receiver),
          value: of.value && expr(of.value),
          label: of.label && { ...of.label, name: label(of.label.name) },
        };
      case 'gather':
        return {
          ...of,
          label: of.label && label(of.label),
          senders: of.senders.map(role),
          quorum: of.quorum && { ...of.quorum, count: of.quorum.count && index(of.quorum.count) },
        };
      case 'assignment':
        return { ...of, value: expr(of.value), into: target(of.into) };
      case 'effect':
        return { ...of, value: expr(of.value) };
      case 'call':
        return {
          ...of,
          args: of.args.map((arg) => ({ role: role(arg.role), inputs: arg.inputs.map(expr) })),
          ...(of.values ? { values: of.values.map(expr) } : {}),
        };
      case 'continue':
      case 'hole':
        return of;
    }
  };
  const node = (of: Node): Node => {
    const inner = withBodies(
      of,
      bodiesOf(of).map((body) => substituted(body, name, by)),
    );
    switch (inner.kind) {
      case 'leaf':
        return { ...inner, action: action(inner.action) };
      case 'receive':
        return {
          ...inner,
          arms: inner.arms.map((arm) => ({
            ...arm,
            sender: role(arm.sender),
            ...(arm.pick ? { pick: { ...arm.pick, of: role(arm.pick.of) } } : {}),
            label: arm.label && label(arm.label),
            into: arm.into && target(arm.into),
          })),
        };
      case 'fork':
        return {
          ...inner,
          value: inner.value && expr(inner.value),
          ...(inner.pick ? { pick: { ...inner.pick, of: role(inner.pick.of) } } : {}),
        };
      case 'while':
        return { ...inner, condition: expr(inner.condition) };
      case 'for':
        return { ...inner, range: range(inner.range) };
      case 'rec':
      case 'par':
      case 'at':
        return inner;
    }
  };
  return prepend(nodesOf(list).map(node), undefined);
}

/** Whether an expression in a behaviour has a name. Cost: linear in it */
export function mentions(list: List, name: string): boolean {
  const bare = (node: Node): Node =>
    withBodies(
      node,
      bodiesOf(node).map(() => undefined),
    );
  return nodesOf(list).some((node) => hasName(bare(node), name) || bodiesOf(node).some((body) => mentions(body, name)));
}

function hasName(part: unknown, name: string): boolean {
  if (Array.isArray(part)) return part.some((each) => hasName(each, name));
  if (typeof part !== 'object' || part === null) return false;
  const fields = part as Readonly<Record<string, unknown>>;
  return (
    (fields['kind'] === 'name' && (fields['name'] as Name | undefined)?.text === name) ||
    Object.values(fields).some((each) => hasName(each, name))
  );
}

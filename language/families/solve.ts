// What holds of sizes and numbers of members, whatever they are. Conditions are about differences of few numbers with
// small constants, so that small values show all there is to see: they are gone through.
import type { Expr } from '../ir/expression.js';
import { evaluate, membershipIn } from '../ir/static.js';
import type { Numbers } from '../ir/static.js';
import { printExpr } from '../syntax/print.js';
import { deepestPlace, mostCases, widestGap, mostAnswersKept } from './limits.js';

/** What is known at a place. */
export interface Known {
  readonly sizes: readonly { readonly name: string; readonly least: number }[];
  /** Numbers of members that are in scope, outer ones first: from one up to, and without, another. */
  readonly indices: readonly { readonly name: string; readonly from: Expr; readonly until: Expr }[];
  /** Conditions that hold. */
  readonly holds: readonly Expr[];
  /** Lists of numbers that were picked, and among which numbers. */
  readonly lists?: Known['indices'];
}

const more = new WeakMap<Known, Map<string, Known>>();

/** The same for the same, so that what is found out about it is found again. */
function knowing(known: Known, key: string, make: () => Known): Known {
  let all = more.get(known);
  if (!all) more.set(known, (all = new Map()));
  let found = all.get(key);
  if (!found) all.set(key, (found = make()));
  return found;
}

/** What is known where a condition holds, too. */
export function holding(known: Known, condition: Expr): Known {
  return knowing(known, printExpr(condition), () => ({ ...known, holds: [...known.holds, condition] }));
}

/** What is known inside of a loop over members, or where one was picked. */
export function within(known: Known, index: Known['indices'][number]): Known {
  return knowing(known, `${index.name} in ${printExpr(index.from)}..${printExpr(index.until)}`, () => ({
    ...known,
    indices: [...known.indices, index],
  }));
}

/** What is known where several members were picked. */
export function listing(known: Known, list: Known['indices'][number]): Known {
  return knowing(known, `some ${list.name} in ${printExpr(list.from)}..${printExpr(list.until)}`, () => ({
    ...known,
    lists: [...(known.lists ?? []), list],
  }));
}

/** What is asked of lists, in terms of numbers. */
interface Memberships {
  /** For each member that may be in a list, a number that is 1 where it is. */
  readonly indices: Known['indices'];
  /** Who is in a list is one of those of which it is. */
  readonly holds: readonly Expr[];
  /** An expression in these terms. */
  readonly put: (expr: Expr) => Expr;
}

const binary = (operator: '==' | '>=' | '<' | 'and' | 'or', left: Expr, right: Expr): Expr => ({
  kind: 'binary',
  operator,
  left,
  right,
  origin: left.origin,
});
const intOf = (value: number): Expr => ({ kind: 'int', text: String(value), origin: { start: 0, end: 0 } });

/** Questions of who is in lists as questions of numbers. Cost: linear in the expressions */
export function memberships(lists: Known['indices'] | undefined, exprs: readonly Expr[]): Memberships {
  const found = new Map<string, { readonly index: Known['indices'][number]; readonly holds: Expr }>();
  if (!lists || lists.length === 0) return { indices: [], holds: [], put: (expr) => expr };
  const put = (expr: Expr): Expr => {
    if (expr.kind === 'unary') return { ...expr, operand: put(expr.operand) };
    if (expr.kind === 'binary') return { ...expr, left: put(expr.left), right: put(expr.right) };
    const among = membershipIn(expr);
    const list = among?.list.kind === 'name' ? among.list.name.text : undefined;
    const range = lists.findLast(({ name }) => name === list);
    if (!among || !range) return expr;
    // No name of a text has brackets.
    const text = printExpr(expr);
    const own: Expr = { kind: 'name', name: { text, origin: expr.origin }, origin: expr.origin };
    found.set(text, {
      index: { name: text, from: intOf(0), until: intOf(2) },
      holds: binary(
        'or',
        binary('==', own, intOf(0)),
        binary('and', binary('>=', among.at, range.from), binary('<', among.at, range.until)),
      ),
    });
    return binary('==', own, intOf(1));
  };
  exprs.forEach(put);
  const all = [...found.values()];
  return { indices: all.map(({ index }) => index), holds: all.map(({ holds }) => holds), put };
}

/** By so much sizes are larger than their least where what is so for small ones alone does not matter. */
const manyMore = 2;

/**
 * Large constants brought near to each other: only which is larger, and what is next to what, matters, so that a family
 * of 1,000 members shows no more than one of a few. Numbers near a constant stay as near to it.
 */
export class Scale {
  /** Constants that are used, with what they become. */
  private readonly steps: readonly (readonly [from: number, to: number])[];

  constructor(constants: Iterable<number>) {
    const steps: [number, number][] = [];
    for (const from of [...new Set([0, ...constants])].sort((a, b) => a - b)) {
      const before = steps.at(-1);
      steps.push([from, before ? before[1] + Math.min(widestGap, from - before[0]) : 0]);
    }
    this.steps = steps.every(([from, to]) => from === to) ? [] : steps;
  }

  /** A number as it is looked at. */
  down(value: number): number {
    if (value < 0) return -this.down(-value);
    const [from, to] = this.steps.findLast((step) => step[0] <= value) ?? [0, 0];
    return to + (value - from);
  }

  /** The number that is looked at as this one: as far from the nearest constant. */
  up(value: number): number {
    const at = this.steps.findIndex((step) => step[1] > value);
    const [before, next] = [this.steps.at(at < 0 ? -1 : at - 1) ?? [0, 0], at < 0 ? undefined : this.steps[at]];
    return next && next[1] - value < value - before[1] ? next[0] - (next[1] - value) : before[0] + (value - before[1]);
  }

  expr(expr: Expr): Expr {
    if (this.steps.length === 0) return expr;
    if (expr.kind === 'int') return { ...expr, text: String(this.down(Number(expr.text))) };
    if (expr.kind === 'unary') return { ...expr, operand: this.expr(expr.operand) };
    return expr.kind === 'binary' ? { ...expr, left: this.expr(expr.left), right: this.expr(expr.right) } : expr;
  }

  /** The values that were looked at as these. */
  back(values: Numbers): Numbers {
    return new Map([...values].map(([name, value]) => [name, this.up(value)]));
  }
}

/** Lists of numbers from 0 up to `most` with a sum. */
function* withSum(length: number, sum: number, most: number): Iterable<number[]> {
  if (length === 0) {
    if (sum === 0) yield [];
    return;
  }
  for (let last = Math.min(most, sum); last >= 0; last--) {
    if (sum - last > (length - 1) * most) return;
    for (const before of withSum(length - 1, sum - last, most)) yield [...before, last];
  }
}

/**
 * All values of sizes and numbers that may be, the least sizes first; as many as can matter, and not more than
 * `mostCases`.
 * @param reach how far the sizes have to go
 */
function* cases({ sizes, indices, holds }: Known, reach: number, scale: Scale): Iterable<Numbers> {
  const loops = indices.map(({ name, from, until }) => ({ name, from: scale.expr(from), until: scale.expr(until) }));
  const conditions = holds.map((condition) => scale.expr(condition));
  const values = new Map<string, number>();
  let looked = 0;
  const most = mostCases(indices.length);
  const inner = function* (depth: number): Iterable<Numbers> {
    const loop = loops[depth];
    if (!loop) {
      if (conditions.every((condition) => evaluate(condition, values) === true)) yield values;
      return;
    }
    const [from, until] = [evaluate(loop.from, values), evaluate(loop.until, values)];
    if (typeof from !== 'number' || typeof until !== 'number') return;
    for (let i = from; i < until && looked++ <= most; i++) {
      values.set(loop.name, i);
      yield* inner(depth + 1);
    }
    values.delete(loop.name);
  };
  for (let sum = 0; sum <= sizes.length * reach; sum++) {
    for (const more of withSum(sizes.length, sum, reach)) {
      // A case is one of the many, whether or not there is something in its loops.
      if (looked++ > most) return;
      sizes.forEach(({ name, least }, i) => values.set(name, scale.down(least) + (more[i] ?? 0)));
      yield* inner(0);
    }
  }
}

function namesIn(expr: Expr, names: Set<string>): Set<string> {
  if (expr.kind === 'name') names.add(expr.name.text);
  if (expr.kind === 'unary') namesIn(expr.operand, names);
  if (expr.kind !== 'binary') return names;
  namesIn(expr.left, names);
  return namesIn(expr.right, names);
}

/** What a question is about: the sizes and numbers in it, and those that have to do with them. */
function relevant({ sizes, indices, holds }: Known, asked: readonly Expr[]): Known {
  const names = new Set<string>();
  asked.forEach((expr) => namesIn(expr, names));
  const groups = [
    ...holds.map((condition) => namesIn(condition, new Set())),
    ...indices.map(({ name, from, until }) => namesIn(until, namesIn(from, new Set([name])))),
  ];
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const group of groups)
      if ([...group].some((name) => names.has(name))) group.forEach((name) => names.add(name));
  }
  const about = (expr: Expr): boolean => {
    const own = namesIn(expr, new Set());
    return own.size === 0 || [...own].some((name) => names.has(name));
  };
  return {
    sizes: sizes.filter(({ name }) => names.has(name)),
    indices: indices.filter(({ name }) => names.has(name)),
    holds: holds.filter(about),
  };
}

/**
 * What is known that matters for questions about some expressions, how far sizes have to go beyond their least, and how
 * constants are looked at.
 */
function lookAt(
  all: Known,
  asked: readonly Expr[],
): {
  readonly known: Known;
  readonly reach: number;
  readonly scale: Scale;
  /** An expression as it is looked at. */
  readonly scaled: (expr: Expr) => Expr;
} {
  const { indices: more, holds: implied, put } = memberships(all.lists, [...all.holds, ...asked]);
  const whole =
    more.length === 0
      ? all
      : { ...all, indices: [...all.indices, ...more], holds: [...all.holds.map(put), ...implied] };
  const questions = more.length === 0 ? asked : asked.map(put);
  const known = relevant(whole, questions);
  const { sizes, indices, holds } = known;
  const constants: number[] = [];
  const visit = (expr: Expr): void => {
    if (expr.kind === 'int') constants.push(Math.abs(Number(expr.text)));
    if (expr.kind === 'unary') visit(expr.operand);
    if (expr.kind !== 'binary') return;
    visit(expr.left);
    visit(expr.right);
  };
  [...questions, ...holds, ...indices.flatMap(({ from, until }) => [from, until])].forEach(visit);
  const scale = new Scale([...constants, ...sizes.map(({ least }) => least)]);
  return {
    known,
    reach: Math.min(
      2 * widestGap,
      1 + indices.length + constants.reduce((sum, constant) => sum + Math.min(widestGap, constant), 0),
    ),
    scale,
    scaled: (expr) => scale.expr(put(expr)),
  };
}

const keys = new WeakMap<Known, string>();

function keyOfKnown(known: Known): string {
  let key = keys.get(known);
  if (key === undefined) {
    const { sizes, indices, holds, lists = [] } = known;
    key = [
      ...sizes.map(({ name, least }) => `${name}>=${least}`),
      ...indices.map(({ name, from, until }) => `${name} in ${printExpr(from)}..${printExpr(until)}`),
      ...lists.map(({ name, from, until }) => `some ${name} in ${printExpr(from)}..${printExpr(until)}`),
      ...holds.map(printExpr),
    ].join('; ');
    keys.set(known, key);
  }
  return key;
}

/** Answers to questions that were asked, of whatever text: the same few come again and again. */
const answers = new Map<string, unknown>();

function answered<T>(known: Known, question: string, find: () => T): T {
  const key = `${question} ? ${keyOfKnown(known)}`;
  if (answers.has(key)) return answers.get(key) as T;
  const answer = find();
  if (answers.size >= mostAnswersKept) answers.clear();
  answers.set(key, answer);
  return answer;
}

/**
 * The smallest values for which a condition is not true; undefined where it always is.
 * Cost: bounded, see `mostCases`
 */
export function counterexample(known: Known, condition: Expr): Numbers | undefined {
  if (known.indices.length > deepestPlace) return undefined;
  return answered(known, `case ${printExpr(condition)}`, () => {
    const { known: own, reach, scale, scaled } = lookAt(known, [condition]);
    const asked = scaled(condition);
    for (const values of cases(own, reach, scale)) if (evaluate(asked, values) !== true) return scale.back(values);
    return undefined;
  });
}

/**
 * Whether something is so for all small values.
 * @param about all that `holds` evaluates; it gets values for which these are to be looked at by the scale
 * @param question what is asked, as a text: of the same text and with the same known, the answer is the same
 * @returns the first values for which it is not; undefined where there are none
 */
export function everywhere(
  known: Known,
  about: readonly Expr[],
  holds: (values: Numbers, scale: Scale) => boolean,
  question?: string,
): Numbers | undefined {
  if (known.indices.length > deepestPlace) return undefined;
  const find = (): Numbers | undefined => {
    const { known: own, reach, scale } = lookAt(known, about);
    for (const values of cases(own, Math.min(reach, 1 + own.indices.length + widestGap), scale))
      if (!holds(values, scale)) return scale.back(values);
    return undefined;
  };
  return question === undefined ? find() : answered(known, question, find);
}

/**
 * For which sizes and numbers there is a number of a range for which conditions hold.
 * @param known what is known beside it
 * @param range the name of the number, and the range
 * @param candidates conditions on what is known, of which one may say the same
 * @returns `when`: a candidate, none where none says it; `large`: whether there is one wherever all sizes are
 *   `manyMore` than their least
 * Cost: bounded, see `mostCases`, for each number of the range
 */
export function whereSome(
  known: Known,
  range: Known['indices'][number],
  holds: readonly Expr[],
  candidates: readonly Expr[],
): { readonly when?: 'always' | 'never' | Expr; readonly large: boolean } {
  if (known.indices.length > deepestPlace) return { large: false };
  const question = `some ${range.name} in ${printExpr(range.from)}..${printExpr(range.until)}: ${holds.map(printExpr).join('; ')}? ${candidates.map(printExpr).join('; ')}`;
  return answered(known, question, () => {
    const { known: own, reach, scale, scaled } = lookAt(known, [...holds, range.from, range.until, ...candidates]);
    const [from, until] = [scaled(range.from), scaled(range.until)];
    const conditions = holds.map(scaled);
    let open = candidates.map((candidate) => ({ candidate, asked: scaled(candidate) }));
    let [yes, no, large, small] = [false, false, false, false];
    for (const values of cases(own, Math.max(reach, manyMore + widestGap) + 1, scale)) {
      const [first, end] = [evaluate(from, values), evaluate(until, values)];
      let found = false;
      if (typeof first === 'number' && typeof end === 'number') {
        for (let at = first; at < end && !found; at++) {
          const inner = new Map(values).set(range.name, at);
          found = conditions.every((condition) => evaluate(condition, inner) === true);
        }
      }
      const isLarge = own.sizes.every(({ name, least }) => (values.get(name) ?? 0) >= scale.down(least) + manyMore);
      if (isLarge && found) large = true;
      if (isLarge && !found) small = true;
      if (found) yes = true;
      else no = true;
      open = open.filter(({ asked }) => evaluate(asked, values) === found);
    }
    const when = !yes ? 'never' : !no ? 'always' : open[0]?.candidate;
    return { ...(when ? { when } : {}), large: large && !small };
  });
}

/** Whether a condition holds always, never, or in some cases. Where nothing can be, it holds never. */
export function ask(known: Known, condition: Expr): 'always' | 'never' | 'sometimes' {
  if (known.indices.length > deepestPlace) return 'sometimes';
  return answered(known, `ask ${printExpr(condition)}`, () => {
    let [yes, no] = [false, false];
    const { known: own, reach, scale, scaled } = lookAt(known, [condition]);
    const asked = scaled(condition);
    for (const values of cases(own, reach, scale)) {
      const answer = evaluate(asked, values);
      // Of what is not known here, either may be.
      if (answer !== false) yes = true;
      if (answer !== true) no = true;
      if (yes && no) return 'sometimes';
    }
    return yes ? 'always' : 'never';
  });
}

/** Whether two conditions are the same wherever the known holds. */
export function equivalent(known: Known, one: Expr, other: Expr): boolean {
  if (known.indices.length > deepestPlace) return false;
  return answered(known, `same ${printExpr(one)}, ${printExpr(other)}`, () => areSame(known, one, other));
}

/** The first of some conditions that is the same as one wherever the known holds. */
export function firstSame(known: Known, one: Expr, others: readonly Expr[]): Expr | undefined {
  if (known.indices.length > deepestPlace) return undefined;
  const question = `first ${printExpr(one)}, ${others.map((other) => printExpr(other)).join(', ')}`;
  return others[answered(known, question, () => others.findIndex((other) => areSame(known, one, other)))];
}

function areSame(known: Known, one: Expr, other: Expr): boolean {
  const { known: own, reach, scale, scaled } = lookAt(known, [one, other]);
  const [left, right] = [scaled(one), scaled(other)];
  for (const values of cases(own, reach, scale)) if (evaluate(left, values) !== evaluate(right, values)) return false;
  return true;
}

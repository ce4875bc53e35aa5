// Families while a declaration is checked: what sizes and numbers of members are known at a place, and whether indices are
// members. Questions about numbers are answered by families/solve.ts.
import type { Picked, Quorum, ValueParameter } from '../ir/choreography.js';
import { freeNames, walkExpr } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { Family, RoleRef } from '../ir/role.js';
import { evaluate, exprOf, linearOf, plus, times } from '../ir/static.js';
import type { Numbers } from '../ir/static.js';
import { indicesOf, majorityOf } from '../families/members.js';
import { constantIn } from '../families/sized.js';
import { sizesNamed } from '../families/sizes.js';
import { withNames } from '../families/replace.js';
import { ask, counterexample, everywhere, within } from '../families/solve.js';
import type { Known, Scale } from '../families/solve.js';
import { boundsOf, both, compare, either, number, sizeExpr } from '../families/specialise.js';
import { parameterSymbol } from '../scoping/declared.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { FamilyHeader, NoIndex, NoSpeaker } from '../findings/typing.js';
import { excerpt, report } from './context.js';
import type { Context, Variable } from './context.js';
import { mismatch } from './env.js';
import { int, isSame, unknown } from './types.js';
import type { Type } from './types.js';
import { printExpr, printRole } from '../syntax/print.js';
import { listed } from '../text/words.js';
import { mostMembersAdded } from './limits.js';

/** A family, with the symbol of its size. */
export interface DeclaredFamily {
  readonly name: Name;
  readonly family: Family;
}

/** A case in which something is wrong: sizes and numbers, and the family that may be too small in it. */
interface Case {
  readonly values: readonly (readonly [string, number])[];
  readonly header: FamilyHeader;
}

const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

export class KnownMembers {
  readonly families: ReadonlyMap<string, Family>;
  /** Sizes, and the numbers of the loops around. */
  protected readonly names = new Map<string, Variable>();
  /** Those of the names that are lists of members that were picked. */
  protected readonly lists = new Set<Variable>();
  known: Known;

  constructor(
    protected readonly context: Context,
    private readonly owner: string,
    private readonly container: string,
    declared: readonly DeclaredFamily[],
  ) {
    this.families = new Map(declared.map(({ name, family }) => [name.text, family]));
    this.known = {
      sizes: sizesNamed(declared),
      indices: [],
      holds: [],
    };
  }

  /** A size or a number of a member. */
  find(name: string): Variable | undefined {
    return this.names.get(name);
  }

  all(): Iterable<string> {
    return this.names.keys();
  }

  /** Whether a name is one of a list of members that were picked. */
  isList(name: string): boolean {
    const found = this.names.get(name);
    return found !== undefined && this.lists.has(found);
  }

  /** Declares a name that all know. */
  declare(name: Name, kind: 'size' | 'index', owner = this.owner, uri = this.context.uri): Variable {
    const symbol: ChorSymbol = {
      id: `${owner}/${kind === 'size' ? name.text : `${name.text}@${name.origin.start}`}`,
      kind,
      name: name.text,
      uri,
      origin: name.origin,
      container: this.container,
      detail: `${name.text}: int`,
    };
    const made: Variable = { symbol, type: int, used: false };
    this.names.set(name.text, made);
    return made;
  }

  /** Declares a value that all know. */
  share({ name, type: written, doc }: ValueParameter, type: Type, owner: string, uri = this.context.uri): Variable {
    const made: Variable = {
      symbol: parameterSymbol(uri, owner, { name, type: written, ...(doc === undefined ? {} : { doc }) }),
      type,
      used: false,
    };
    this.names.set(name.text, made);
    if (isSame(type, int)) this.known = { ...this.known, sizes: [...this.known.sizes, { name: name.text, least: 0 }] };
    return made;
  }

  /** The number of the member that a process is, where it is one of several. */
  enter(index: Name, from: Expr, until: Expr): Variable {
    this.known = within(this.known, { name: index.text, from, until });
    return this.declare(index, 'index');
  }

  /** Whether a role means several roles, or none. */
  isSeveral({ name, index }: RoleRef): boolean {
    return this.families.has(name.text) && index?.kind !== 'member';
  }

  /** Sizes and numbers for which a family, or a part of one, is nobody; undefined where there are none. */
  emptyFor(role: RoleRef): Case | undefined {
    const family = this.families.get(role.name.text);
    if (!family) return undefined;
    if (role.index?.kind === 'picked')
      return role.index.count === undefined ? { values: [], header: this.headerOf(role.name.text) } : undefined;
    const { from, until } = boundsOf({ kind: 'members', of: role }, this.families);
    const condition = compare('<', from, until);
    const example = counterexample(this.known, condition);
    return (
      example && {
        values: this.about(example, [condition]),
        header: this.headerOf(role.name.text, (known) => counterexample(known, condition)),
      }
    );
  }

  /**
   * The family in the header.
   * @param example a case in which something is wrong, if there is one: with how many members there is none, is found
   *   out
   * @param likely a number that may be enough
   */
  headerOf(role: string, example?: (known: Known) => Numbers | undefined, likely = 0): FamilyHeader {
    const { size, least = 0, usual, origin = { start: 0, end: 0 }, first = origin } = this.families.get(role) ?? {};
    const enough = example && size && this.enough(size.text, least, example, likely);
    return {
      at: first,
      least,
      ...(size ? { size: size.text } : {}),
      ...(usual === undefined ? {} : { usual }),
      ...(enough === undefined ? {} : { enough }),
    };
  }

  /** The least size, greater than before, with which nothing is wrong; undefined where more members don't help. */
  private enough(
    size: string,
    before: number,
    example: (known: Known) => Numbers | undefined,
    likely: number,
  ): number | undefined {
    const isRight = (least: number): boolean => {
      const sizes = this.known.sizes.map((each) => (each.name === size ? { ...each, least } : each));
      return example({ ...this.known, sizes }) === undefined;
    };
    let [few, many] = [before, Math.max(before + mostMembersAdded, likely)];
    if (!isRight(many)) return undefined;
    // The more there are, the fewer cases are left.
    if (likely > few && likely < many && isRight(likely)) many = likely;
    while (few + 1 < many) {
      const middle = Math.floor((few + many) / 2);
      if (isRight(middle)) many = middle;
      else few = middle;
    }
    return many;
  }

  /** Of the values of a case, those that matter for some expressions: sizes, and numbers of loops. */
  about(values: Numbers, expressions: readonly Expr[]): readonly (readonly [string, number])[] {
    const wanted = new Set<string>();
    const visit = (expr: Expr): void => {
      if (expr.kind === 'unary') visit(expr.operand);
      if (expr.kind === 'binary') [expr.left, expr.right].forEach(visit);
      if (expr.kind !== 'name' || wanted.has(expr.name.text)) return;
      wanted.add(expr.name.text);
      for (const { name, from, until } of this.known.indices) if (name === expr.name.text) [from, until].forEach(visit);
    };
    expressions.forEach(visit);
    return [...values].filter(([name]) => wanted.has(name));
  }

  /**
   * Whether an expression is made of sizes, numbers of members and literals; what is not is told.
   * @param what what it says
   */
  isStatic(expr: Expr, what: NoIndex['what'] = 'member'): boolean {
    const linear = linearOf(expr);
    const stranger =
      linear && [...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].find((name) => !this.names.has(name));
    if (linear && stranger === undefined) {
      const other = [...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].find(
        (name) => !isSame(this.names.get(name)?.type ?? int, int),
      );
      if (other !== undefined && this.isList(other)) this.checkNoList(expr.origin, other);
      else if (other !== undefined)
        mismatch(this.context, expr.origin, this.names.get(other)?.type ?? int, { by: 'index' }, int);
      return other === undefined;
    }
    report(this.context, 'wrong-members', expr.origin, {
      kind: 'index',
      what,
      ...(stranger === undefined ? {} : { name: stranger, ...this.constantAt(expr, stranger) }),
      known: [...this.names.keys()],
    });
    return false;
  }

  /** A constant in an expression: what it is, and where it stands. */
  private constantAt(expr: Expr, name: string): Pick<NoIndex, 'constant'> {
    if (this.context.scope.lookup(name)?.declaration.kind !== 'const') return {};
    let at: TextRange | undefined;
    walkExpr(expr, (each) => {
      if (each.kind === 'name' && each.name.text === name) at = each.origin;
    });
    const own: Expr = { kind: 'name', name: { text: name, origin: expr.origin }, origin: expr.origin };
    const value = evaluate(constantIn(own, this.context.scope), new Map());
    return at ? { constant: { at, ...(typeof value === 'number' ? { value } : {}) } } : {};
  }

  /** Checks that a condition, but for questions of lists of members, is one of sizes and numbers of members. */
  checkCondition(condition: Expr, at: TextRange): void {
    const sides =
      condition.kind === 'binary' && comparisons.has(condition.operator)
        ? [condition.left, condition.right]
        : [condition];
    for (const side of sides) {
      const linear = condition === side ? undefined : linearOf(side);
      const names = linear ? [...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])] : [];
      const stranger = names.find((name) => !this.names.has(name));
      if ((linear && stranger === undefined) || condition.kind === 'bool') continue;
      const name = stranger ?? [...freeNames(side)].find((each) => !this.names.has(each));
      report(this.context, 'wrong-members', side.origin, {
        kind: 'when',
        ...(name === undefined ? {} : { name }),
        at,
        known: [...this.names.keys()],
      });
      return;
    }
  }

  /** Tells of a list of members where one number is needed. */
  private checkNoList(origin: TextRange, name: string): void {
    report(this.context, 'wrong-members', origin, { kind: 'list', name });
  }

  /** Checks what a loop goes through. */
  checkRange({ index }: RoleRef): void {
    if (index?.kind === 'picked' && index.list.kind === 'name')
      this.checkNoList(index.list.origin, index.list.name.text);
  }

  /** Checks what stands in the square brackets behind a role's name; false where that is no index at all. */
  checkIndex({ name, index, origin }: RoleRef): boolean {
    if (!index) return true;
    const family = this.families.get(name.text);
    if (!family) {
      report(this.context, 'wrong-members', origin, {
        kind: 'no-family',
        role: name.text,
        remove: { start: name.origin.end, end: origin.end },
        others: index.kind === 'others',
      });
      return false;
    }
    if (index.kind === 'others') return true;
    const size = sizeExpr(family, origin);
    const zero = number(0, origin);
    if (index.kind === 'member')
      return this.within(
        index.at,
        both(compare('>=', index.at, zero), compare('<', index.at, size)),
        name.text,
        family,
      );
    // What stands there is the list of members around, of the family that it is of.
    if (index.kind === 'picked') return true;
    // Where a part is empty, it does not matter where it would begin.
    const empty = compare('>=', index.from, index.until);
    const from = this.within(index.from, either(empty, compare('>=', index.from, zero)), name.text, family);
    const until = either(empty, compare('<=', index.until, size));
    return this.within(index.until, until, name.text, family, true) && from;
  }

  /**
   * Tells where the others of a family are meant, and none of it speaks to them.
   * @param speaker who speaks, if anybody does; or whose process it is
   * @param item what stands for them in a list, or in a line of its own
   */
  checkSpeaker(
    role: RoleRef,
    speaker: RoleRef | undefined,
    item: TextRange = role.origin,
    form: Pick<NoSpeaker, 'process' | 'line'> = {},
  ): void {
    const family = this.families.get(role.name.text);
    if (!family || role.index?.kind !== 'others') return;
    if (speaker && (speaker.name.text === role.name.text || (!form.process && this.isSeveral(speaker)))) return;
    report(this.context, 'wrong-members', role.origin, {
      kind: 'no-speaker',
      role: role.name.text,
      ...(speaker ? { speaker: speaker.key } : {}),
      size: family.size?.text ?? String(family.least),
      item,
      ...form,
    });
  }

  /** Checks that no more messages are waited for than there are, and one at least. */
  checkQuorum(quorum: Quorum, senders: readonly RoleRef[]): void {
    const { origin } = quorum;
    const uncounted = senders.find(({ index }) => index?.kind === 'picked' && index.count === undefined);
    if (uncounted?.index?.kind === 'picked')
      return report(this.context, 'quorum-too-large', origin, {
        needed: 0,
        sent: 0,
        senders: printRole(uncounted),
        values: [],
        origin,
        uncounted: printExpr(uncounted.index.list),
      });
    const sum = senders
      .map((sender) => this.sizeOf(sender))
      .reduce((all, size): Expr => ({ kind: 'binary', operator: '+', left: all, right: size, origin }));
    const { count } = quorum;
    if (count && !this.isStatic(count, 'count')) return undefined;
    const one = number(1, origin);
    const condition = count ? both(compare('>=', count, one), compare('<=', count, sum)) : compare('>=', sum, one);
    const example = counterexample(this.known, condition);
    if (!example) return undefined;
    const sent = Number(evaluate(sum, example) ?? 0);
    const [only] = senders;
    const size = only && senders.length === 1 ? this.families.get(only.name.text)?.size?.text : undefined;
    const header =
      only && size !== undefined
        ? this.headerOf(only.name.text, (known) => counterexample(known, condition))
        : undefined;
    report(this.context, 'quorum-too-large', origin, {
      needed: count ? Number(evaluate(count, example) ?? 0) : majorityOf(sent),
      sent,
      senders: listed(senders.map((sender) => excerpt(this.context, sender.origin))),
      values: this.about(example, [condition]),
      ...(header?.enough === undefined ? {} : { header }),
      origin: count?.origin ?? origin,
    });
    return undefined;
  }

  /** How many roles are meant. */
  sizeOf({ name, index, origin }: RoleRef): Expr {
    const family = this.families.get(name.text);
    if (!family || index?.kind === 'member') return number(1, origin);
    if (index?.kind === 'part') return { kind: 'binary', operator: '-', left: index.until, right: index.from, origin };
    // Of a list whose length is not said, there may be none.
    if (index?.kind === 'picked') return number(index.count ?? 0, origin);
    const size = sizeExpr(family, origin);
    return index ? { kind: 'binary', operator: '-', left: size, right: number(1, origin), origin } : size;
  }

  /**
   * Checks of what members are picked, how many, and by which numbers, where these are known.
   * @param isOther whether a name in the number means something else than a constant
   */
  checkPick({ of, many }: Picked, written?: Expr, isOther?: (name: string) => boolean): void {
    const { name, index, origin } = of;
    const family = this.families.get(name.text);
    if (!family)
      return report(this.context, 'wrong-members', origin, { kind: 'single', role: name.text, picked: true });
    if (index && index.kind !== 'part')
      return report(this.context, 'wrong-members', origin, { kind: 'picked', role: printRole(of), family: name.text });
    const nobody = many ? undefined : this.emptyFor(of);
    if (nobody)
      return report(this.context, 'wrong-members', origin, {
        kind: 'nobody',
        role: printRole(of),
        ...nobody,
        picked: true,
      });
    if (many?.count !== undefined && this.tooFew(of, many.count)) return undefined;
    const value = written && { ...constantIn(written, this.context.scope, isOther), origin: written.origin };
    if (value && many) {
      const items =
        value.kind === 'list'
          ? value.items.map((item, i): Expr => ({
              ...item,
              // What a constant is made of stands somewhere else.
              origin: (written.kind === 'list' ? written.items[i] : written)?.origin ?? item.origin,
            }))
          : [];
      if (value.kind === 'list') this.checkList({ ...value, items }, of, family, many.count);
      return undefined;
    }
    if (value) this.checkNumber(value, of, family);
    return undefined;
  }

  /** Tells where there may be fewer members than are picked. */
  private tooFew(of: RoleRef, count: number): boolean {
    const { from, until } = boundsOf({ kind: 'members', of }, this.families);
    const size: Expr = { kind: 'binary', operator: '-', left: until, right: from, origin: of.origin };
    const condition = compare('>=', size, number(count, of.origin));
    const example = count > 0 ? counterexample(this.known, condition) : new Map<string, number>();
    if (!example) return false;
    report(this.context, 'wrong-members', of.origin, {
      kind: 'few',
      role: printRole(of),
      count,
      members: Math.max(0, Number(evaluate(size, example) ?? 0)),
      values: this.about(example, [size]),
      header: this.headerOf(of.name.text, (known) => counterexample(known, condition), count),
    });
    return true;
  }

  /** Checks a list of numbers that is written out: each is one of a member, and no two are the same. */
  private checkList(
    { items, origin }: Extract<Expr, { kind: 'list' }>,
    of: RoleRef,
    family: Family,
    count: number | undefined,
  ): void {
    if (count !== undefined && items.length !== count)
      return report(this.context, 'wrong-members', origin, { kind: 'length', count, given: items.length });
    const known = items.filter((item) => this.checkNumber(item, of, family));
    for (const [i, item] of known.entries()) {
      const first = known.slice(0, i).find((other) => ask(this.known, compare('==', item, other)) === 'always');
      if (first) return report(this.context, 'wrong-members', item.origin, { kind: 'twice', number: printExpr(item) });
    }
    return undefined;
  }

  /** Checks the number of a member, as far as it is known; whether it is. */
  private checkNumber(value: Expr, of: RoleRef, family: Family): boolean {
    const { name } = of;
    const linear = linearOf(value);
    if (
      !linear ||
      ![...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].every((each) =>
        isSame(this.names.get(each)?.type ?? unknown(), int),
      )
    )
      return false;
    const { from, until } = boundsOf({ kind: 'members', of }, this.families);
    const condition = both(compare('>=', value, from), compare('<', value, until));
    return this.within(value, condition, name.text, family);
  }

  private within(expr: Expr, condition: Expr, role: string, { size, least }: Family, ends?: true): boolean {
    if (!this.isStatic(expr)) return false;
    const example = counterexample(this.known, condition);
    if (!example) return true;
    const value = Number(evaluate(expr, example) ?? 0);
    report(this.context, 'index-out-of-range', expr.origin, {
      role,
      index: excerpt(this.context, expr.origin),
      values: this.about(example, [condition]),
      value,
      size: size ? (example.get(size.text) ?? least) : least,
      header: this.headerOf(role, (known) => counterexample(known, condition), value + 1),
      ...(ends ? { ends } : {}),
    });
    return true;
  }

  /** The numbers for which two roles are the same; undefined where they are surely different. */
  meet(one: RoleRef, other: RoleRef): Case | undefined {
    if (!this.families.has(one.name.text) || other.index?.kind === 'others') return undefined;
    const find = (known: Known): Numbers | undefined => this.meeting(one, other, known);
    const example = find(this.known);
    return (
      example && {
        values: this.about(example, this.deciding(one, other)),
        header: this.headerOf(one.name.text, find),
      }
    );
  }

  /** Whether there are numbers for which two members are the same. */
  meets(one: RoleRef, other: RoleRef): boolean {
    return (
      this.families.has(one.name.text) &&
      other.index?.kind !== 'others' &&
      this.meeting(one, other, this.known) !== undefined
    );
  }

  /** Whether two roles may be the same, for all that is known. */
  mayMeet(one: RoleRef, other: RoleRef): boolean {
    if (one.name.text !== other.name.text) return false;
    const isOpen = [one, other].some(
      (role) => role.index?.kind === 'others' || role.index?.kind === 'picked' || !this.areKnown(indexOf(role)),
    );
    if (isOpen || !this.families.has(one.name.text)) return true;
    const [at, there] = [one.index, other.index].map((index) => (index?.kind === 'member' ? index.at : undefined));
    const apart = at && there && distance(at, there);
    return apart === undefined ? this.meets(one, other) : apart === 0;
  }

  /** Whether two numbers may be the same. */
  mayEqual(one: Expr, other: Expr): boolean {
    return !this.areKnown([one, other]) || ask(this.known, compare('==', one, other)) !== 'never';
  }

  /** Whether conditions may hold together. */
  mayHold(conditions: readonly Expr[]): boolean {
    const [first, ...others] = conditions.filter((condition) => this.isKnown(condition));
    return !first || ask(this.known, others.reduce(both, first)) !== 'never';
  }

  /** Whether numbers are made of what is known here alone. */
  private areKnown(expressions: readonly Expr[]): boolean {
    return expressions.every((expr) => linearOf(expr) && this.isKnown(expr));
  }

  private isKnown(expr: Expr): boolean {
    return [...freeNames(expr)].every((name) => this.names.has(name) && !this.isList(name));
  }

  /** What decides whether two members are the same. */
  private deciding(one: RoleRef, other: RoleRef): readonly Expr[] {
    const family = this.families.get(one.name.text);
    return [...[one, other].flatMap(indexOf), ...(family ? [sizeExpr(family, one.origin)] : [])];
  }

  private meeting(one: RoleRef, other: RoleRef, known: Known): Numbers | undefined {
    if (one.name.text !== other.name.text) return undefined;
    const expressions = this.deciding(one, other);
    return everywhere(
      known,
      expressions,
      (values, scale) => {
        const sizes = this.sizes(values, scale);
        const scaled = (role: RoleRef): RoleRef => withNames(role, (expr) => scale.expr(expr));
        const left = indicesOf(scaled(one), sizes, values) ?? [];
        const right = indicesOf(scaled(other), sizes, values, scaled(one)) ?? [];
        return !left.some((index) => right.includes(index));
      },
      `apart ${one.key} ${other.key} of ${expressions.map((each) => printExpr(each)).join()}`,
    );
  }

  /** The parts of a family that are all its members but one, as they are written. */
  allBut({ name, origin }: RoleRef, at: Expr): readonly string[] {
    const family = this.families.get(name.text);
    if (!family) return [];
    const next: Expr = { kind: 'binary', operator: '+', left: at, right: number(1, origin), origin };
    const linear = linearOf(next);
    const parts: readonly (readonly [Expr, Expr])[] = [
      [number(0, origin), at],
      [linear ? exprOf(linear, origin) : next, sizeExpr(family, origin)],
    ];
    return parts.flatMap(([from, until]) =>
      ask(this.known, compare('<', from, until)) === 'never'
        ? []
        : [printRole(membersOf(name, { kind: 'part', from, until }, origin))],
    );
  }

  /** Whether all that one role means are among those that another one means. */
  protected isAmong(role: RoleRef, others: RoleRef, speaks: RoleRef | undefined): boolean {
    if (role.name.text !== others.name.text) return false;
    if (role.key === others.key || !this.families.has(role.name.text) || !others.index) return true;
    const sizes = [...this.families.values()].map((family) => sizeExpr(family, role.origin));
    return (
      everywhere(
        this.known,
        [...[role, others, ...(speaks ? [speaks] : [])].flatMap(indexOf), ...sizes],
        (values, scale) => {
          const scaled = (each: RoleRef): RoleRef => withNames(each, (expr) => scale.expr(expr));
          const all = indicesOf(scaled(others), this.sizes(values, scale), values, speaks && scaled(speaks)) ?? [];
          return (indicesOf(scaled(role), this.sizes(values, scale), values) ?? []).every((index) =>
            all.includes(index),
          );
        },
      ) === undefined
    );
  }

  /** The sizes of the families in a case. */
  protected sizes(values: Numbers, scale: Scale): ReadonlyMap<string, number> {
    return new Map(
      [...this.families].map(([name, { size, least }]) => [
        name,
        size ? (values.get(size.text) ?? scale.down(least)) : scale.down(least),
      ]),
    );
  }
}

/** By how much two numbers differ, where that is always the same: then nothing has to be found out about them. */
function distance(one: Expr, other: Expr): number | undefined {
  const [left, right] = [linearOf(one), linearOf(other)];
  if (!left || !right || left.modulo || right.modulo) return undefined;
  const { constant, terms } = plus(left, times(right, -1));
  return terms.size === 0 ? constant : undefined;
}

/** The expressions of a role's index. */
export function indexOf({ index }: RoleRef): readonly Expr[] {
  switch (index?.kind) {
    case 'member':
      return [index.at];
    case 'part':
      return [index.from, index.until];
    case 'picked':
      return [index.list, ...(index.part ? [index.part.from, index.part.until] : [])];
    case 'others':
    case undefined:
      return [];
  }
}

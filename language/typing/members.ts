// Families while a declaration is checked: what sizes and numbers of members are known at a place, whether indices are
// members, and which variables have values at which of them. Questions about numbers are answered by families/solve.ts.
import type { MemberRange, Picked, Quorum, ValueParameter } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { Family, RoleRef } from '../ir/role.js';
import { evaluate, linearOf } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';
import { indicesOf, majorityOf, memberIndices } from '../families/members.js';
import { constantIn } from '../families/sized.js';
import type { Process } from '../ir/process.js';
import { replaceNames, withNames } from '../families/replace.js';
import { counterexample, everywhere } from '../families/solve.js';
import type { Known, Scale } from '../families/solve.js';
import { boundsOf, both, compare, either, negation, number, picking, sizeExpr } from '../families/specialise.js';
import { parameterSymbol } from '../scoping/declared.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { FamilyHeader } from '../findings/typing.js';
import { excerpt, report } from './context.js';
import type { Context, Variable } from './context.js';
import type { Flow, Path } from './flow.js';
import { mismatch } from './env.js';
import { int, isSame, unknown } from './types.js';
import type { Type } from './types.js';
import { printRole } from '../syntax/print.js';
import { listed } from '../text/words.js';
import { mostMembersAdded } from './limits.js';

/**
 * That a variable has a value: at which members, at which place of a list, and for which numbers of the loops around.
 */
interface Written {
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

/** Who knows which member was picked. */
export interface Told {
  readonly of: RoleRef;
  /** Who decides, first, and who is told; all in a process. */
  readonly knows: readonly RoleRef[];
  /** Where one more can be told, and what stands before it there. */
  readonly tell: { readonly at: TextRange; readonly before: string };
}

/** A family, with the symbol of its size. */
export interface DeclaredFamily {
  readonly name: Name;
  readonly family: Family;
}

export class Members {
  readonly families: ReadonlyMap<string, Family>;
  /** Sizes, and the numbers of the loops around. */
  private readonly names = new Map<string, Variable>();
  private known: Known;
  /** All that was written, in order. */
  private readonly log: Written[] = [];
  private readonly parts = new Map<Variable, Written[]>();
  /** The numbers of members that were picked, and who knows them. */
  private readonly picked = new Map<Variable, Told>();
  /** How long the lists are that are put together place by place. */
  private readonly lengths = new Map<Variable, Expr>();

  constructor(
    private readonly context: Context,
    private readonly owner: string,
    private readonly container: string,
    declared: readonly DeclaredFamily[],
    private readonly flow: Flow<Assignable>,
  ) {
    this.families = new Map(declared.map(({ name, family }) => [name.text, family]));
    this.known = {
      sizes: declared.flatMap(({ family }) => (family.size ? [{ name: family.size.text, least: family.least }] : [])),
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

  /** Whether a role means several roles, or none. */
  isSeveral({ name, index }: RoleRef): boolean {
    return this.families.has(name.text) && index?.kind !== 'member';
  }

  /** Sizes and numbers for which a family, or a part of one, is nobody; undefined where there are none. */
  emptyFor(role: RoleRef): readonly (readonly [string, number])[] | undefined {
    const family = this.families.get(role.name.text);
    if (!family) return undefined;
    const { from, until } = boundsOf({ kind: 'members', of: role }, this.families);
    const condition = compare('<', from, until);
    const example = counterexample(this.known, condition);
    return example && this.about(example, [condition]);
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
    // Where a part is empty, it does not matter where it would begin.
    const empty = compare('>=', index.from, index.until);
    const from = this.within(index.from, either(empty, compare('>=', index.from, zero)), name.text, family);
    return this.within(index.until, either(empty, compare('<=', index.until, size)), name.text, family) && from;
  }

  /** Checks that no more messages are waited for than there are, and one at least. */
  checkQuorum(quorum: Quorum, senders: readonly RoleRef[]): void {
    const { origin } = quorum;
    const sum = senders
      .map((sender) => this.sizeOf(sender))
      .reduce((all, size): Expr => ({ kind: 'binary', operator: '+', left: all, right: size, origin }));
    const { count } = quorum;
    if (count && !this.isStatic(count)) return;
    const one = number(1, origin);
    const condition = count ? both(compare('>=', count, one), compare('<=', count, sum)) : compare('>=', sum, one);
    const example = counterexample(this.known, condition);
    if (!example) return;
    const sent = Number(evaluate(sum, example) ?? 0);
    const [only] = senders;
    const size = only && senders.length === 1 ? this.families.get(only.name.text)?.size?.text : undefined;
    // One less than what would be enough here.
    const from = size === undefined ? 0 : (example.get(size) ?? 0);
    const enough =
      size === undefined
        ? undefined
        : Array.from({ length: mostMembersAdded }, (_, i) => from + i).find(
            (less) => evaluate(condition, new Map(example).set(size, less + 1)) === true,
          );
    report(this.context, 'quorum-too-large', origin, {
      needed: count ? Number(evaluate(count, example) ?? 0) : majorityOf(sent),
      sent,
      senders: listed(senders.map((sender) => excerpt(this.context, sender.origin))),
      values: this.about(example, [condition]),
      ...(only && size !== undefined && enough !== undefined
        ? { lacking: [[size, enough]] as const, header: this.headerOf(only.name.text) }
        : {}),
      origin: count?.origin ?? origin,
    });
  }

  /** How many roles are meant. */
  private sizeOf({ name, index, origin }: RoleRef): Expr {
    const family = this.families.get(name.text);
    if (!family || index?.kind === 'member') return number(1, origin);
    if (index?.kind === 'part') return { kind: 'binary', operator: '-', left: index.until, right: index.from, origin };
    const size = sizeExpr(family, origin);
    return index ? { kind: 'binary', operator: '-', left: size, right: number(1, origin), origin } : size;
  }

  /** The family in the header. */
  headerOf(role: string): FamilyHeader {
    const { size, least = 0, usual, origin = { start: 0, end: 0 } } = this.families.get(role) ?? {};
    return { at: origin, least, ...(size ? { size: size.text } : {}), ...(usual === undefined ? {} : { usual }) };
  }

  private within(
    expr: Expr,
    condition: Expr,
    role: string,
    { size, least }: Family,
    header = this.headerOf(role),
  ): boolean {
    if (!this.isStatic(expr)) return false;
    const example = counterexample(this.known, condition);
    if (!example) return true;
    report(this.context, 'index-out-of-range', expr.origin, {
      role,
      index: excerpt(this.context, expr.origin),
      values: this.about(example, [condition]),
      value: Number(evaluate(expr, example) ?? 0),
      size: size ? (example.get(size.text) ?? least) : least,
      header,
    });
    return true;
  }

  /** Of the values of a case, those that matter for some expressions: sizes, and numbers of loops. */
  about(values: Valuation, expressions: readonly Expr[]): readonly (readonly [string, number])[] {
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

  /** Whether an expression is made of sizes, numbers of members and literals; what is not is told. */
  isStatic(expr: Expr): boolean {
    const linear = linearOf(expr);
    const stranger =
      linear && [...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].find((name) => !this.names.has(name));
    if (linear && stranger === undefined) {
      const other = [...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].find(
        (name) => !isSame(this.names.get(name)?.type ?? int, int),
      );
      if (other !== undefined)
        mismatch(this.context, expr.origin, this.names.get(other)?.type ?? int, { by: 'index' }, int);
      return other === undefined;
    }
    report(this.context, 'wrong-members', expr.origin, {
      kind: 'index',
      ...(stranger === undefined ? {} : { name: stranger }),
      known: [...this.names.keys()],
    });
    return false;
  }

  /** Whether two roles are surely different; else the numbers for which they are the same. */
  meet(one: RoleRef, other: RoleRef): readonly (readonly [string, number])[] | undefined {
    if (one.name.text !== other.name.text || other.index?.kind === 'others') return undefined;
    const family = this.families.get(one.name.text);
    if (!family) return undefined;
    const indices = [one, other].flatMap(indexOf);
    const size = sizeExpr(family, one.origin);
    const example = everywhere(this.known, [...indices, size], (values, scale) => {
      const sizes = this.sizes(values, scale);
      const scaled = (role: RoleRef): RoleRef => withNames(role, (expr) => scale.expr(expr));
      const left = indicesOf(scaled(one), sizes, values) ?? [];
      const right = indicesOf(scaled(other), sizes, values, scaled(one)) ?? [];
      return !left.some((index) => right.includes(index));
    });
    return example && this.about(example, [...indices, size]);
  }

  /**
   * Notes that a variable gets a value.
   * @param role where; several at once for a family
   * @param place where in a list
   */
  write(variable: Variable, role?: RoleRef, speaks?: RoleRef, place?: Expr): void {
    const partly = role?.index && this.families.has(role.name.text);
    if (place) this.lengths.set(variable, this.lengthFor(place));
    const written: Written = {
      variable,
      ...(partly ? { role, ...(speaks ? { speaks } : {}) } : {}),
      ...(place ? { place } : {}),
      when: [],
      loops: [],
    };
    if (partly || place) this.note(written);
    else {
      this.flow.assign(variable);
      this.log.push(written);
    }
  }

  /** The size of the list that is put together: what the loop goes up to whose number the place is. */
  private lengthFor(place: Expr): Expr {
    const loop = place.kind === 'name' ? this.known.indices.find(({ name }) => name === place.name.text) : undefined;
    return (
      loop?.until ?? {
        kind: 'binary',
        operator: '+',
        left: place,
        right: number(1, place.origin),
        origin: place.origin,
      }
    );
  }

  private note(written: Written): void {
    this.flow.assign(written);
    this.log.push(written);
    const parts = this.parts.get(written.variable);
    if (parts) parts.push(written);
    else this.parts.set(written.variable, [written]);
  }

  /** Whether a variable has a value wherever it is read, of a list that is put together all places. */
  has(variable: Variable, role?: RoleRef): boolean {
    if (this.flow.has(variable)) return true;
    const all = this.parts.get(variable) ?? [];
    const same =
      role &&
      all.findLast(
        (part) =>
          part.role?.key === role.key &&
          !part.place &&
          part.loops.length === 0 &&
          part.when.length === 0 &&
          this.flow.has(part),
      );
    if (same) return true;
    const parts = all.filter((part) => this.flow.has(part));
    if (parts.length === 0) return false;
    const length = this.lengths.get(variable);
    const about = [
      ...[role, ...parts.flatMap((part) => [part.role, part.speaks])].flatMap((each) => (each ? indexOf(each) : [])),
      ...parts.flatMap(({ place, when, loops }) => [
        ...(place ? [place] : []),
        ...when,
        ...loops.flatMap(({ from, until }) => [from, until]),
      ]),
      ...(length ? [length] : []),
    ];
    const used = [role, ...parts.map((part) => part.role)].flatMap(
      (each) => (each && this.families.get(each.name.text)) ?? [],
    );
    return (
      everywhere(this.known, [...about, ...used.map((family) => sizeExpr(family, family.origin))], (values, scale) => {
        const sizes = this.sizes(values, scale);
        const scaled = (expr: Expr): Expr => scale.expr(expr);
        const members =
          role && this.families.has(role.name.text)
            ? (indicesOf(withNames(role, scaled), sizes, values) ?? [])
            : [undefined];
        const places = length
          ? Array.from({ length: Math.max(0, Number(evaluate(scaled(length), values) ?? 0)) }, (_, i) => i)
          : [undefined];
        const done = new Set(parts.flatMap((part) => [...this.wherever(rewritten(part, scaled), sizes, values)]));
        const covers = (member: number | undefined, place: number | undefined): boolean =>
          [member ?? '*', '*'].some((m) => [place ?? '*', '*'].some((p) => done.has(`${m} ${p}`)));
        return members.every((member) => places.every((place) => covers(member, place)));
      }) === undefined
    );
  }

  /** The sizes of the families in a case. */
  private sizes(values: Valuation, scale: Scale): ReadonlyMap<string, number> {
    return new Map(
      [...this.families].map(([name, { size, least }]) => [
        name,
        size ? (values.get(size.text) ?? scale.down(least)) : scale.down(least),
      ]),
    );
  }

  /** At which members and places something was written, for all numbers of its loops. */
  private *wherever(
    written: Written,
    sizes: ReadonlyMap<string, number>,
    values: Valuation,
    depth = 0,
  ): Iterable<string> {
    const loop = written.loops[depth];
    if (loop) {
      const [from, until] = [evaluate(loop.from, values), evaluate(loop.until, values)];
      if (typeof from !== 'number' || typeof until !== 'number') return;
      for (let i = from; i < until; i++)
        yield* this.wherever(written, sizes, new Map(values).set(loop.name, i), depth + 1);
      return;
    }
    if (!written.when.every((condition) => evaluate(condition, values) === true)) return;
    const members = written.role ? (indicesOf(written.role, sizes, values, written.speaks) ?? []) : ['*'];
    const place = written.place ? evaluate(written.place, values) : '*';
    for (const member of members) yield `${member} ${typeof place === 'boolean' ? '' : (place ?? '')}`;
  }

  /**
   * Where something is done once for each number of a range.
   * @param surely what each round writes, whatever it decides: so all rounds before one have written it, too
   */
  loop(index: Name, range: MemberRange, surely: readonly Surely[], run: () => void, way: Path['way']): void {
    const bounds = boundsOf(range, this.families);
    const before = this.names.get(index.text);
    const loop = { name: index.text, ...bounds };
    const entered = counterexample(this.known, compare('<', bounds.from, bounds.until)) === undefined;
    let done: readonly Written[] = [];
    const outer = this.known;
    this.flow.fork([
      {
        run: () => {
          this.declare(index, 'index');
          this.known = { ...outer, indices: [...outer.indices, loop] };
          this.roundsBefore(index, bounds.from, surely);
          done = this.during(run);
          this.known = outer;
          if (before) this.names.set(index.text, before);
          else this.names.delete(index.text);
        },
        way: () => ({ kind: 'round' }),
      },
      ...(entered ? [] : [{ run: () => undefined, way }]),
    ]);
    for (const written of done) this.note({ ...written, loops: [loop, ...written.loops] });
  }

  /**
   * Where something is done with one member that was picked: what is given a value there is, but at members that are
   * told by its number.
   * @param knows the roles that know its number
   */
  pick({ index, of }: Picked, told: Told, run: () => void): void {
    const before = this.names.get(index.text);
    const outer = this.known;
    let done: readonly Written[] = [];
    this.flow.together(
      [
        () => {
          this.picked.set(this.declare(index, 'index'), told);
          this.known = picking(outer, { index, of }, this.families);
          done = this.during(run);
          this.known = outer;
          if (before) this.names.set(index.text, before);
          else this.names.delete(index.text);
        },
      ],
      (assigned) => !('symbol' in assigned) && namesNumber(assigned, index.text),
    );
    this.log.push(...done.filter((written) => !namesNumber(written, index.text)));
  }

  /**
   * Who was told the number of a member, where a name is one of a member that was picked and a role does not know it.
   */
  unknownTo(variable: Variable, role: RoleRef): Told | undefined {
    const told = this.picked.get(variable);
    if (!told) return undefined;
    const own = membersOf(
      told.of.name,
      {
        kind: 'member',
        at: { kind: 'name', name: { text: variable.symbol.name, origin: role.origin }, origin: role.origin },
      },
      role.origin,
    );
    return [...told.knows, own].some((other) => this.isAmong(role, other, told.knows[0])) ? undefined : told;
  }

  /** Whether all that one role means are among those that another one means. */
  private isAmong(role: RoleRef, others: RoleRef, speaks: RoleRef | undefined): boolean {
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

  /**
   * Checks of what a member is picked, and by which number, where that is known.
   * @param isOther whether a name in the number means something else than a constant
   */
  checkPick(of: RoleRef, written?: Expr, isOther?: (name: string) => boolean): void {
    const { name, index, origin } = of;
    const family = this.families.get(name.text);
    if (!family)
      return report(this.context, 'wrong-members', origin, { kind: 'single', role: name.text, picked: true });
    if (index && index.kind !== 'part')
      return report(this.context, 'wrong-members', origin, { kind: 'picked', role: printRole(of), family: name.text });
    const nobody = this.emptyFor(of);
    if (nobody)
      return report(this.context, 'wrong-members', origin, {
        kind: 'nobody',
        role: printRole(of),
        values: nobody,
        header: this.headerOf(name.text),
        picked: true,
      });
    const value = written && { ...constantIn(written, this.context.scope, isOther), origin: written.origin };
    const linear = value && linearOf(value);
    if (
      !linear ||
      ![...linear.terms.keys(), ...(linear.modulo?.terms.keys() ?? [])].every((each) =>
        isSame(this.names.get(each)?.type ?? unknown(), int),
      )
    )
      return undefined;
    const { from, until } = boundsOf({ kind: 'members', of }, this.families);
    const condition = both(compare('>=', value, from), compare('<', value, until));
    const { size, ...fixed } = this.headerOf(name.text);
    // Whether more members would help.
    const grown =
      size !== undefined &&
      counterexample(
        {
          ...this.known,
          sizes: this.known.sizes.map((each) =>
            each.name === size ? { ...each, least: each.least + mostMembersAdded } : each,
          ),
        },
        condition,
      ) === undefined;
    this.within(value, condition, name.text, family, grown ? this.headerOf(name.text) : fixed);
    return undefined;
  }

  /** What the rounds before one have written: those of all numbers from the first up to its own. */
  private roundsBefore(index: Name, from: Expr, surely: readonly Surely[]): void {
    const { origin } = index;
    const own: Expr = { kind: 'name', name: index, origin };
    // No name of a text has an apostrophe.
    const before = `${index.text}'`;
    const rename = (expr: Expr): Expr =>
      replaceNames(expr, (name) =>
        name === index.text ? { kind: 'name', name: { text: before, origin }, origin } : undefined,
      );
    for (const each of surely) {
      const { variable, loops, role, speaks, ...rest } = rewritten(each, rename);
      const written: Written = {
        ...rest,
        variable,
        ...(role?.index && this.families.has(role.name.text) ? { role } : {}),
        ...(speaks ? { speaks } : {}),
        loops: [{ name: before, from, until: own }, ...loops],
      };
      this.flow.assign(written);
      const parts = this.parts.get(variable);
      if (parts) parts.push(written);
      else this.parts.set(variable, [written]);
    }
  }

  /** Where something is done if a condition on numbers holds, and something else where it does not. */
  when(condition: Expr, then: () => void, otherwise: () => void, way: (holds: boolean) => Path['way']): void {
    const outer = this.known;
    const done: Written[] = [];
    const path = (holds: boolean, run: () => void): Path => ({
      run: () => {
        const own = holds ? condition : negation(condition);
        this.known = { ...outer, holds: [...outer.holds, own] };
        done.push(...this.during(run).map((written) => ({ ...written, when: [own, ...written.when] })));
        this.known = outer;
      },
      way: way(holds),
    });
    this.flow.fork([path(true, then), path(false, otherwise)]);
    done.forEach((written) => {
      this.note(written);
    });
  }

  /** What has a value after something that had none before; taken out of the log, to be noted for what is around it. */
  private during(run: () => void): readonly Written[] {
    const start = this.log.length;
    run();
    return this.log
      .splice(start)
      .filter(
        (written) => this.flow.has(written) || (!written.role && !written.place && this.flow.has(written.variable)),
      );
  }

  /** The number of the member that a process is, where it is one of several. */
  enter(index: Name, from: Expr, until: Expr): Variable {
    this.known = { ...this.known, indices: [...this.known.indices, { name: index.text, from, until }] };
    return this.declare(index, 'index');
  }
}

/** Told where two processes of a family are of one member, or none is. */
export function checkMembers(context: Context, { name, family }: DeclaredFamily, processes: readonly Process[]): void {
  if (processes.length < 2 && processes.every(({ members }) => !members || members.kind === 'all')) return;
  const { size, least } = family;
  // As far as the constants of a header reach, and a little more.
  for (let count = least; count <= (size ? least + 6 : least); count++) {
    const sizes = new Map([[name.text, count]]);
    const valuation: Valuation = new Map(size ? [[size.text, count]] : []);
    const takenBy = new Map<number, Process>();
    for (const process of processes) {
      for (const index of process.members ? memberIndices(process.members, count, sizes, valuation) : []) {
        const other = takenBy.get(index);
        if (other) {
          report(context, 'duplicate-name', process.name.origin, {
            name: process.name,
            what: 'process',
            first: { uri: context.uri, origin: other.name.origin },
            taken: processes.map((each) => each.name.text),
            item: process.origin,
          });
          return;
        }
        takenBy.set(index, process);
      }
    }
    const missing = Array.from({ length: Math.min(count, 64) }, (_, i) => i).find((i) => !takenBy.has(i));
    const [first] = processes;
    if (missing === undefined || !first) continue;
    report(context, 'wrong-members', first.name.origin, {
      kind: 'unwritten',
      role: name.text,
      member: missing,
      values: size ? [[size.text, count]] : [],
    });
    return;
  }
}

/** What a header says of a family that can't be. */
export function checkFamily(context: Context, { name, family }: DeclaredFamily): void {
  const { size, usual, least, origin } = family;
  if (usual !== undefined && usual < least)
    report(context, 'wrong-members', origin, { kind: 'size', family: name.text, usual, least });
  if (!size && least === 0) report(context, 'wrong-members', origin, { kind: 'size', family: name.text, least });
}

/** Something written, with other expressions for the numbers in it. */
function rewritten({ variable, role, speaks, place, when, loops }: Written, rename: (expr: Expr) => Expr): Written {
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
function namesNumber({ role, speaks, place, when, loops }: Written, name: string): boolean {
  const all = [
    ...[role, speaks].flatMap((each) => (each ? indexOf(each) : [])),
    ...(place ? [place] : []),
    ...when,
    ...loops.flatMap(({ from, until }) => [from, until]),
  ];
  return all.some((expr) => freeNames(expr).has(name));
}

/** The expressions of a role's index. */
function indexOf({ index }: RoleRef): readonly Expr[] {
  return index?.kind === 'member' ? [index.at] : index?.kind === 'part' ? [index.from, index.until] : [];
}

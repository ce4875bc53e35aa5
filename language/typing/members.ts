// Which variables have values, at which members of families and which places of lists, while a declaration is checked.
import type { MemberRange, Picked } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';
import { evaluate, exprOf, linearOf, plus, staticKey, times } from '../ir/static.js';
import type { Linear } from '../ir/static.js';
import { indicesOf } from '../families/members.js';
import { replaceNames, withNames } from '../families/replace.js';
import { counterexample, everywhere, holding, within } from '../families/solve.js';
import { boundsOf, compare, negation, number, picking, sizeExpr } from '../families/specialise.js';
import type { Context, Variable } from './context.js';
import type { Flow, Path, Reason } from './flow.js';
import { int, listOf } from './types.js';
import { KnownMembers, indexOf } from './known-members.js';
import type { DeclaredFamily } from './known-members.js';
import { isAmong, isJust, namesNumber, onAllWays, rewritten, speaking, wherever, withWays } from './written.js';
import type { Assignable, Surely, Written } from './written.js';

/** Who knows which member was picked. */
export interface Told {
  readonly of: RoleRef;
  /** Who decides, first, and who is told; all in a process. */
  readonly knows: readonly RoleRef[];
  /** Where one more can be told, and what stands before it there. */
  readonly tell: { readonly at: TextRange; readonly before: string };
}

export class Members extends KnownMembers {
  /** All that was written, in order. */
  private readonly log: Written[] = [];
  private readonly parts = new Map<Variable, Written[]>();
  /** The numbers of members that were picked, and who knows them. */
  private readonly picked = new Map<Variable, Told>();
  /** How long the lists are at least that are put together place by place, by each of these. */
  private readonly lengths = new Map<Variable, Map<string, Expr>>();

  constructor(
    context: Context,
    owner: string,
    container: string,
    declared: readonly DeclaredFamily[],
    private readonly flow: Flow<Assignable>,
  ) {
    super(context, owner, container, declared);
  }

  /**
   * Notes that a variable gets a value.
   * @param role where; several at once for a family
   * @param place where in a list
   */
  write(variable: Variable, role?: RoleRef, speaks?: RoleRef, place?: Expr): void {
    // Who is meant where that can't be known is told, and nothing else.
    const unclear =
      role?.index?.kind === 'member' && [...freeNames(role.index.at)].some((name) => !this.names.has(name));
    const partly = role?.index && !unclear && this.families.has(role.name.text);
    if (place) {
      const length = this.lengthFor(place);
      const lengths = this.lengths.get(variable) ?? new Map<string, Expr>();
      this.lengths.set(variable, lengths.set(staticKey(length), length));
    }
    const written: Written = {
      variable,
      ...(partly ? { role, ...speaking(role, speaks) } : {}),
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

  /** The size that a list has for a place of it: what the loops go up to whose numbers are in the place. */
  private lengthFor(place: Expr): Expr {
    const { origin } = place;
    const one: Linear = { constant: 1, terms: new Map() };
    const linear = linearOf(place);
    if (!linear) return { kind: 'binary', operator: '+', left: place, right: number(1, origin), origin };
    if (linear.modulo) return exprOf(linear.modulo, origin);
    let last = linear;
    for (const { name, from, until } of this.known.indices.toReversed()) {
      const factor = last.terms.get(name) ?? 0;
      const bound = linearOf(factor > 0 ? until : from);
      if (factor === 0 || !bound || bound.modulo) continue;
      const most = factor > 0 ? plus(bound, times(one, -1)) : bound;
      last = plus(plus(last, { constant: 0, terms: new Map([[name, -factor]]) }), times(most, factor));
    }
    return exprOf(plus(last, one), origin);
  }

  private note(written: Written): void {
    this.flow.assign(written);
    this.log.push(written);
    this.keep(written);
  }

  private keep(written: Written): void {
    const parts = this.parts.get(written.variable);
    if (parts) parts.push(written);
    else this.parts.set(written.variable, [written]);
  }

  /** What is written at members or places where several ways lead on, each of which writes some. */
  joined(ways: readonly (readonly Assignable[])[]): readonly Written[] {
    const found = onAllWays(ways);
    for (const written of found) this.keep(written);
    this.log.push(...found);
    return found;
  }

  /** Whether a variable has a value wherever it is read, of a list that is put together all places. */
  has(variable: Variable, role?: RoleRef): boolean {
    if (this.flow.has(variable)) return true;
    const all = this.parts.get(variable) ?? [];
    if (role && all.findLast((part) => isJust(part, role.key) && this.flow.has(part))) return true;
    const parts = all.filter((part) => this.flow.has(part));
    if (parts.length === 0) return false;
    const lengths = [...(this.lengths.get(variable)?.values() ?? [])];
    const each = parts.flatMap((part) => [...withWays(part)]);
    const about = [
      ...[role, ...each.flatMap((part) => [part.role, part.speaks])].flatMap((each) => (each ? indexOf(each) : [])),
      ...each.flatMap(({ place, when, loops }) => [
        ...(place ? [place] : []),
        ...when,
        ...loops.flatMap(({ from, until }) => [from, until]),
      ]),
      ...lengths,
    ];
    const used = [role, ...each.map((part) => part.role)].flatMap(
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
        const most = Math.max(0, ...lengths.map((length) => Number(evaluate(scaled(length), values) ?? 0)));
        const places = lengths.length > 0 ? Array.from({ length: most }, (_, i) => i) : [undefined];
        const done = new Set(parts.flatMap((part) => [...wherever(rewritten(part, scaled), sizes, values)]));
        const covers = (member: number | undefined, place: number | undefined): boolean =>
          isAmong(done, `${member ?? '*'} ${place ?? '*'}`);
        return members.every((member) => places.every((place) => covers(member, place)));
      }) === undefined
    );
  }

  /** Why a variable may have no value that was given one at some members, or some places, before. */
  reason(variable: Variable): Reason | undefined {
    const parts = this.parts.get(variable) ?? [];
    const there = parts.filter((part) => this.flow.has(part)).flatMap((part) => [...withWays(part)]);
    if (there.length > 0)
      return { way: { kind: 'partly', of: there.some(({ place }) => place) ? 'places' : 'members' } };
    const way = parts
      .map((part) => this.flow.reason(part)?.way)
      .findLast((each) => each !== undefined && each.kind !== 'threads');
    // What is given a value in part is not to be given one as a whole.
    return way && { way };
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
          // What is told by its number means something else behind the loop, or nothing.
          this.flow.together(
            [
              () => {
                this.declare(index, 'index');
                this.known = within(outer, loop);
                this.roundsBefore(index, bounds.from, surely);
                done = this.during(run);
                this.known = outer;
                if (before) this.names.set(index.text, before);
                else this.names.delete(index.text);
              },
            ],
            (assigned) => !('symbol' in assigned) && namesNumber(assigned, index.text),
          );
        },
        way: () => ({ kind: 'round' }),
      },
      ...(entered ? [] : [{ run: () => undefined, way }]),
    ]);
    for (const written of done) this.note({ ...written, loops: [loop, ...written.loops] });
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
      const renamed = rewritten(each, rename);
      const written: Written = { ...renamed, loops: [{ name: before, from, until: own }, ...renamed.loops] };
      this.flow.assign(written);
      this.keep(written);
    }
  }

  /**
   * Where something is done with one member that was picked: what is given a value there is, but at members that are
   * told by its number.
   * @param knows the roles that know its number
   */
  pick(picked: Picked, told: Told, run: () => void): void {
    const { index } = picked;
    const before = this.names.get(index.text);
    const outer = this.known;
    let done: readonly Written[] = [];
    this.flow.together(
      [
        () => {
          this.picked.set(picked.many ? this.declareList(index) : this.declare(index, 'index'), told);
          this.known = picking(outer, picked, this.families);
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

  private declareList(index: Name): Variable {
    const made = this.declare(index, 'index');
    const list: Variable = {
      ...made,
      symbol: { ...made.symbol, detail: `${index.text}: list<int>` },
      type: listOf(int),
    };
    this.names.set(index.text, list);
    this.lists.add(list);
    return list;
  }

  /**
   * Who was told the number of a member, where a name is one of a member that was picked and a role does not know it.
   */
  unknownTo(variable: Variable, role: RoleRef): Told | undefined {
    const told = this.picked.get(variable);
    if (!told) return undefined;
    // Of several, each knows no more than that it is one of them.
    const isList = this.lists.has(variable);
    const own = membersOf(
      told.of.name,
      {
        kind: 'member',
        at: { kind: 'name', name: { text: variable.symbol.name, origin: role.origin }, origin: role.origin },
      },
      role.origin,
    );
    return [...told.knows, ...(isList ? [] : [own])].some((other) => this.isAmong(role, other, told.knows[0]))
      ? undefined
      : told;
  }

  /** Where something is done if a condition on numbers holds, and something else where it does not. */
  when(condition: Expr, then: () => void, otherwise: () => void, way: (holds: boolean) => Path['way']): void {
    const outer = this.known;
    const done: Written[] = [];
    const path = (holds: boolean, run: () => void): Path => ({
      run: () => {
        const own = holds ? condition : negation(condition);
        this.known = holding(outer, own);
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
}

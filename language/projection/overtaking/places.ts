// Places of a choreography and of those that it calls, with what is known there of the numbers of members.
import { boundsOf, familiesOf, sizeExpr } from '../../families/specialise.js';
import { replaceNames } from '../../families/replace.js';
import type { Known } from '../../families/solve.js';
import { valuesOf } from '../../ir/choreography.js';
import type { Call, Choreography, For, Statement } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import type { RoleRef } from '../../ir/role.js';
import { staticKey } from '../../ir/static.js';
import type { Scope } from '../../scoping/scope.js';
import { calleeOf } from '../callee.js';
import type { Callee } from '../callee.js';
import { deepestFrames, mostFrames } from '../limits.js';
import { nameOf, normal, nowhere, one, sum, unknownValue, zero } from './conditions.js';
import { isOne, textOfWho } from './who.js';
import type { Who } from './who.js';

/**
 * What is known of the numbers of members at a place: those of the loops around, values of calls, which may be any, and
 * what the names of the file stand for.
 */
export interface Numbers extends Pick<Known, 'sizes' | 'indices'> {
  readonly id: number;
  readonly names: ReadonlyMap<string, Expr>;
}

/** What is left to be done: a place in a block, and what follows the block. */
export interface Place {
  readonly id: number;
  readonly statements: readonly Statement[];
  readonly index: number;
  readonly rest: Place | undefined;
  readonly frame: Frame;
  readonly numbers: Numbers;
  readonly loops: ReadonlyMap<string, { readonly head: Place; readonly behind: Place | undefined }>;
  /** It stands for the rounds of a loop over members behind the one that is over. */
  readonly rounds?: { readonly loop: For; readonly at: Place; readonly index: Expr };
}

/** A choreography that is run, and who its roles are in the outermost one. */
export interface Frame {
  readonly id: number;
  readonly depth: number;
  readonly scope: Scope;
  readonly choreography: Choreography;
  readonly roles?: ReadonlyMap<string, Who>;
}

/** The places of a choreography, each made once. */
export class Places {
  private count = 0;
  private readonly places = new Map<readonly Statement[], Map<string, Place>>();
  private readonly frames = new Map<string, Frame>();
  private readonly numbers = new Map<string, Numbers>();
  /** Where communications and calls stand, by their ranges: an arrow list has one range for each of its branches. */
  readonly starts = new Map<string, Place[]>();
  readonly outermost: Frame;
  readonly plain: Numbers;

  constructor(choreography: Choreography, scope: Scope) {
    this.outermost = { id: this.fresh(), depth: 0, scope, choreography };
    this.plain = { id: this.fresh(), sizes: [], indices: [], names: new Map() };
    this.note(this.at(choreography.body.statements, 0, undefined, this.outermost, new Map(), this.plain));
  }

  /** A number that nothing else has. */
  fresh(): number {
    return this.count++;
  }

  /** A place in a block, with what follows the block. */
  at(
    statements: readonly Statement[],
    index: number,
    rest: Place | undefined,
    frame: Frame,
    loops: Place['loops'],
    numbers: Numbers,
  ): Place | undefined {
    if (statements.length === 0) return rest;
    let own = this.places.get(statements);
    if (!own) this.places.set(statements, (own = new Map()));
    const key = `${index} ${rest?.id ?? ''} ${frame.id} ${numbers.id}`;
    let place = own.get(key);
    if (!place) own.set(key, (place = { id: this.fresh(), statements, index, rest, frame, loops, numbers }));
    return place;
  }

  /** The place behind a statement. */
  next({ statements, index, rest, frame, loops, numbers }: Place): Place | undefined {
    return index + 1 < statements.length ? this.at(statements, index + 1, rest, frame, loops, numbers) : rest;
  }

  /** Where a statement leads. */
  ways(
    place: Place,
    statement: Exclude<Statement, { kind: 'for' | 'when' | 'par' }>,
  ): readonly (Place | undefined)[] | 'deep' {
    const { frame, loops, numbers } = place;
    const next = this.next(place);
    switch (statement.kind) {
      case 'communication':
      case 'gather':
      case 'assignment':
      case 'effect':
      case 'at':
        return [next];
      case 'continue':
        return [loops.get(statement.name.text)?.head];
      case 'leave':
        return [loops.get(statement.name.text)?.behind];
      case 'rec':
        return [
          this.at(
            statement.body.statements,
            0,
            next,
            frame,
            new Map(loops).set(statement.name.text, { head: place, behind: next }),
            numbers,
          ),
        ];
      case 'decision':
        return statement.branches.map((branch) => this.at(branch.body.statements, 0, next, frame, loops, numbers));
      case 'while':
        return [
          this.at(statement.body.statements, 0, place, frame, loops, numbers),
          this.at(statement.exit, 0, next, frame, loops, numbers),
        ];
      case 'call': {
        const callee = calleeOf(statement.callee.text, frame.scope);
        if (!callee) return [next];
        // A value may be another one each time.
        const again = [...valueNames(callee).values()].some((name) => numbers.sizes.some((own) => own.name === name));
        if (again || frame.depth >= deepestFrames || this.frames.size > mostFrames) return 'deep';
        const inside = this.inside(callee, statement, place, next !== undefined);
        return [this.at(callee.choreography.body.statements, 0, next, inside.frame, new Map(), inside.numbers)];
      }
    }
  }

  /** The frame of a call, and what is known of numbers there. */
  inside(
    { choreography, scope, uri }: Callee,
    call: Call,
    { frame, numbers }: Place,
    deeper: boolean,
  ): { readonly frame: Frame; readonly numbers: Numbers } {
    const roles = call.args.map(({ role }) => this.who(role, frame, numbers));
    const depth = deeper ? frame.depth + 1 : frame.depth;
    const key = `${uri} ${choreography.name.text} ${depth} ${roles.map(textOfWho).join()}`;
    let own = this.frames.get(key);
    if (!own)
      this.frames.set(
        key,
        (own = {
          id: this.fresh(),
          depth,
          scope,
          choreography,
          roles: new Map(choreography.roles.map((role, i) => [role.name.text, roles[i] ?? { name: role.name.text }])),
        }),
      );
    const names = new Map<string, Expr>();
    const values = valueNames({ choreography, scope, uri });
    for (const [name, unknown] of values) names.set(name, nameOf(unknown));
    choreography.roles.forEach(({ family }, i) => {
      const who = roles[i];
      if (family?.size && who)
        names.set(
          family.size.text,
          isOne(who)
            ? one
            : normal({ kind: 'binary', operator: '-', left: who.until, right: who.from, origin: nowhere }),
        );
    });
    const sizes = [...numbers.sizes, ...[...values.values()].map((name) => ({ name, least: 0 }))];
    const content = [
      sizes.map(({ name }) => name),
      numbers.indices.map(({ name }) => name),
      [...names].map(([name, expr]) => `${name}=${staticKey(expr)}`),
    ]
      .map((part) => part.join())
      .join(' in ');
    let there = this.numbers.get(content);
    if (!there) this.numbers.set(content, (there = { id: this.fresh(), sizes, indices: numbers.indices, names }));
    return { frame: own, numbers: there };
  }

  /**
   * The numbers in a round of a loop: of those from `begin` on, or of that in which a search starts, which is another
   * one.
   */
  round({ index, range }: For, { frame, numbers }: Place, begin: Expr | 'start' | undefined): Numbers {
    const bounds = boundsOf(range, familiesOf(frame.choreography));
    const expr = (each: Expr): Expr => normal(replaceNames(each, (name) => numbers.names.get(name)));
    const [from, until] = [begin === undefined || begin === 'start' ? expr(bounds.from) : begin, expr(bounds.until)];
    const key = `${numbers.id} ${begin === 'start' ? 'start ' : ''}${index.text} ${staticKey(from)} ${staticKey(until)}`;
    let made = this.numbers.get(key);
    if (!made) {
      const id = this.fresh();
      const name = `${index.text}#${id}`;
      this.numbers.set(
        key,
        (made = {
          id,
          sizes: numbers.sizes,
          indices: [...numbers.indices, { name, from, until }],
          names: new Map(numbers.names).set(index.text, nameOf(name)),
        }),
      );
    }
    return made;
  }

  /** Who a role is in the outermost choreography. */
  who(role: RoleRef, frame: Frame, numbers: Numbers, speaks?: Who): Who {
    const {
      name: { text },
      index,
    } = role;
    const family = frame.choreography.roles.find((each) => each.name.text === text)?.family;
    const played =
      frame.roles?.get(text) ??
      (family ? { name: text, from: zero, until: sizeExpr(family, family.origin) } : { name: role.key });
    if (isOne(played) || !family) return played;
    const expr = (each: Expr): Expr =>
      sum(
        played.from,
        replaceNames(each, (name) => numbers.names.get(name)),
      );
    switch (index?.kind) {
      case undefined:
        return played;
      case 'member':
        return { name: played.name, at: expr(index.at) };
      case 'part':
        return { name: played.name, from: expr(index.from), until: expr(index.until) };
      case 'picked':
        return {
          ...played,
          ...(index.part ? { from: expr(index.part.from), until: expr(index.part.until) } : {}),
          some: true,
        };
      case 'others':
        return {
          ...played,
          ...(speaks && isOne(speaks) && speaks.at && speaks.name === played.name ? { except: speaks.at } : {}),
        };
    }
  }

  /** Who sends, and who receives. */
  ends(sender: RoleRef, receiver: RoleRef, { frame, numbers }: Place): readonly [Who, Who] {
    const from = this.who(sender, frame, numbers);
    return [from, this.who(receiver, frame, numbers, from)];
  }

  /** Notes where the communications and calls of the outermost choreography stand. */
  private note(start: Place | undefined): void {
    const work = [start];
    const seen = new Set<Place>();
    for (const place of work) {
      if (!place || place.rounds || seen.has(place) || place.frame !== this.outermost) continue;
      seen.add(place);
      const statement = place.statements[place.index];
      if (statement?.kind === 'communication' || statement?.kind === 'gather' || statement?.kind === 'call')
        this.starts.set(keyOf(statement.origin), [...(this.starts.get(keyOf(statement.origin)) ?? []), place]);
      work.push(this.next(place));
      if (statement?.kind === 'par')
        work.push(
          ...statement.branches.map((branch) =>
            this.at(branch.statements, 0, this.next(place), place.frame, new Map(), place.numbers),
          ),
        );
      else if (statement?.kind === 'for') {
        const numbers = this.round(statement, place, 'start');
        const index = numbers.indices.at(-1);
        const rounds: Place = {
          ...place,
          id: this.fresh(),
          rounds: { loop: statement, at: place, index: index ? nameOf(index.name) : zero },
        };
        work.push(this.at(statement.body.statements, 0, rounds, place.frame, new Map(), numbers));
      } else if (statement && statement.kind !== 'call' && statement.kind !== 'when') {
        const ways = this.ways(place, statement);
        if (ways !== 'deep') work.push(...ways);
      }
    }
  }
}

/** What the values that all know in a choreography are called outside of it, where they may be any. */
function valueNames({ choreography, uri }: Callee): ReadonlyMap<string, string> {
  return new Map(
    valuesOf(choreography.parameters).map(({ name }) => [
      name.text,
      `${unknownValue}${name.text} ${uri} ${choreography.name.text}`,
    ]),
  );
}

/** What is known at a place as well. */
export function withNumbers(known: Known, { sizes, indices }: Numbers): Known {
  const [more, around] = [
    sizes.filter(({ name }) => !known.sizes.some((own) => own.name === name)),
    indices.filter(({ name }) => !known.indices.some((own) => own.name === name)),
  ];
  return more.length === 0 && around.length === 0
    ? known
    : { ...known, sizes: [...known.sizes, ...more], indices: [...known.indices, ...around] };
}

/** A text that stands for a range. */
export function keyOf({ start, end }: TextRange): string {
  return `${start}-${end}`;
}

// Whether a role that waits for whoever of several sends may do so: after it has got one message, none of the others
// may reach it that it would have taken in its place. A search over places of the choreography and the roles that know,
// by then, that the first message was received: what they send comes after it. Members of families are known by their
// numbers, whatever these are; what the rounds of a loop over members do for each other is found by induction
// (candidates that are dropped as long as a round does not keep them: Flanagan and Leino, Houdini, FME 2001).
import { boundsOf, familiesOf, knownOf, number, sizeExpr } from '../families/specialise.js';
import { replaceNames } from '../families/replace.js';
import { ask } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { messagesIn, valuesOf, walkBlock, rolesNamed } from '../ir/choreography.js';
import type { Call, Communication, Choreography, For, Gather, Statement } from '../ir/choreography.js';
import { freeNames } from '../ir/expression.js';
import type { Expr, TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { exprOf, linearOf, plus, staticKey, times } from '../ir/static.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import type { Callee } from './callee.js';
import { mostPairsLooked, deepestFrames, mostFrames, mostRoundsApart } from './limits.js';

/** A role as the outermost choreography calls it: by itself, or a member of a family by its number. */
export interface One {
  readonly name: string;
  readonly at?: Expr;
}

/** Several members of a family: from a number up to another, but for one. */
interface Several {
  readonly name: string;
  readonly from: Expr;
  readonly until: Expr;
  readonly except?: Expr;
}

type Who = One | Several;

/**
 * What is known of the numbers of members at a place: those of the loops around, values of calls, which may be any, and
 * what the names of the file stand for.
 */
interface Numbers extends Pick<Known, 'sizes' | 'indices'> {
  readonly id: number;
  readonly names: ReadonlyMap<string, Expr>;
}

/** What is left to be done: a place in a block, and what follows the block. */
interface Place {
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
interface Frame {
  readonly id: number;
  readonly depth: number;
  readonly scope: Scope;
  readonly choreography: Choreography;
  readonly roles?: ReadonlyMap<string, Who>;
}

/** Those who know, by a text that stands for each. */
type Informed = ReadonlyMap<string, Who>;

/**
 * `never`: whoever sends it knows. `may`: it may come before. `later`: neither, up to the end: what follows a call
 * decides.
 */
export type Overtaking = 'never' | 'may' | 'later';

/** A message that a role waits for, and another that it would take in its place. */
export interface Awaited {
  readonly role: One;
  /** Who sends the one that comes first. */
  readonly before: One;
  /** Who sends the other, and its label; empty for a message without one. */
  readonly sender: One;
  readonly label: string;
  /** What is known of the numbers of these members. */
  readonly known: Known;
}

interface Question extends Awaited {
  steps: number;
}

export class Overtakings {
  private count = 0;
  private readonly places = new Map<readonly Statement[], Map<string, Place>>();
  private readonly frames = new Map<string, Frame>();
  private readonly numbers = new Map<string, Numbers>();
  /** Where communications and calls stand, by their ranges: an arrow list has one range for each of its branches. */
  private readonly starts = new Map<string, Place[]>();
  private readonly outermost: Frame;
  private readonly plain: Numbers;
  private readonly answers = new Map<string, Overtaking>();

  /** @param without communications to leave out */
  constructor(
    private readonly choreography: Choreography,
    scope: Scope,
    private readonly without?: ReadonlySet<Communication>,
  ) {
    this.outermost = { id: this.count++, depth: 0, scope, choreography };
    this.plain = { id: this.count++, sizes: [], indices: [], names: new Map() };
    this.note(this.at(choreography.body.statements, 0, undefined, this.outermost, new Map(), this.plain));
  }

  /** What is known of all sizes, and nothing else. */
  get known(): Known {
    return knownOf(this.choreography);
  }

  /** Who a role of the outermost choreography is; undefined for several. */
  one(role: RoleRef): One | undefined {
    const who = this.who(role, this.outermost, this.plain);
    return isOne(who) ? who : undefined;
  }

  /**
   * Whether a message may reach a role before its sender can know that the role got another one first.
   * @param first the range of the communication by which the role gets the first one
   * Cost: linear in the places times the sets of roles that may know, bounded; of families, a question of numbers for
   * each
   */
  after(first: TextRange, message: Awaited): Overtaking {
    return this.answer(keyOf(first), message, (start) => {
      const statement = start.statements[start.index];
      const messages =
        statement?.kind === 'communication' ? [statement] : statement?.kind === 'gather' ? messagesIn(statement) : [];
      // It is this message where it is from whom it is to be from, and to whom.
      const ways = messages
        .flatMap(({ sender, receivers }) =>
          receivers.map((receiver) => {
            const [from, to] = this.ends(sender, receiver.role, start);
            return both(same(from, message.before), same(to, message.role));
          }),
        )
        .filter((way) => way !== false);
      return ways.some((way) => way === true)
        ? []
        : ways.length === 0
          ? undefined
          : [ways.filter((way) => way !== true).reduce(either)];
    });
  }

  /**
   * The same for what a role got in a call, of which what follows the call decides.
   * @param message in the words of what is called
   * @returns with the message in the words of the choreography that calls; undefined where it plays no part there
   */
  afterCall(call: Call, message: Awaited): { readonly answer: Overtaking; readonly message: Awaited } | undefined {
    const [start] = this.starts.get(keyOf(call.origin)) ?? [];
    const statement = start?.statements[start.index];
    const callee = start && statement?.kind === 'call' ? calleeOf(statement.callee.text, start.frame.scope) : undefined;
    if (!start || !callee || statement?.kind !== 'call') return undefined;
    const inside = this.inside(callee, statement, start, false);
    const own = new Map(message.known.indices.map(({ name }) => [name, nameOf(`${name}@${this.count++}`)] as const));
    const expr = (each: Expr): Expr => replaceNames(each, (name) => own.get(name) ?? inside.numbers.names.get(name));
    const role = (each: One): One | undefined => {
      const who = inside.frame.roles?.get(each.name);
      if (!who) return undefined;
      if (isOne(who)) return who;
      return each.at && { name: who.name, at: sum(who.from, expr(each.at)) };
    };
    const [to, from, other] = [role(message.role), role(message.before), role(message.sender)];
    if (!to || !from || !other) return undefined;
    const { sizes, indices, holds: conditions } = this.known;
    const outer: Awaited = {
      role: to,
      before: from,
      sender: other,
      label: message.label,
      known: {
        sizes: [...sizes, ...inside.numbers.sizes],
        indices: [
          ...indices,
          ...start.numbers.indices,
          ...message.known.indices.map((index) => ({
            name: textOf(own.get(index.name)),
            from: expr(index.from),
            until: expr(index.until),
          })),
        ],
        holds: [...conditions, ...message.known.holds.map(expr)],
      },
    };
    return { message: outer, answer: this.answer(keyOf(call.origin), outer, () => []) };
  }

  /** @param where what more is known where it begins; undefined where it does not begin there */
  private answer(first: string, message: Awaited, where: (start: Place) => readonly Expr[] | undefined): Overtaking {
    const { role, sender, label, known } = message;
    const key = [first, textOfWho(message.before), textOfWho(sender), label, textOfWho(role), textOfKnown(known)].join(
      ' | ',
    );
    const before = this.answers.get(key);
    if (before) return before;
    // Whoever sent the first one sends the other behind it.
    const apart = not(same(sender, message.before));
    if (apart === false) return 'never';
    const answers = (this.starts.get(first) ?? []).flatMap((start): Overtaking[] => {
      const holding = where(start);
      if (!holding) return [];
      const more = withNumbers(known, start.numbers);
      const found = this.search(this.next(start), this.adding(new Map(), role), {
        ...message,
        known: { ...more, holds: [...more.holds, ...holding, ...(apart === true ? [] : [apart])] },
        steps: 0,
      });
      return [found === 'may' ? 'may' : found.length > 0 ? 'later' : 'never'];
    });
    const answer =
      answers.length === 0 || answers.includes('may') ? 'may' : answers.includes('later') ? 'later' : 'never';
    this.answers.set(key, answer);
    return answer;
  }

  /** @returns those who know wherever the end of what follows is reached, or `may` */
  private search(from: Place | undefined, informed: Informed, question: Question): readonly Informed[] | 'may' {
    const ends: Informed[] = [];
    const seen = new Set<string>();
    const work: { readonly place: Place | undefined; readonly informed: Informed }[] = [];
    const go = (place: Place | undefined, known: Informed): void => {
      const key = `${place?.id ?? ''} ${[...known.keys()].sort().join()}`;
      if (seen.has(key)) return;
      seen.add(key);
      work.push({ place, informed: known });
    };
    go(from, informed);
    for (let step = work.pop(); step; step = work.pop()) {
      if (question.steps++ > mostPairsLooked) return 'may';
      const { place } = step;
      if (!place) {
        ends.push(step.informed);
        continue;
      }
      if (place.rounds) {
        const { loop, at, index } = place.rounds;
        const after = this.loop(loop, at, sum(index, one), step.informed, question);
        if (after === 'may') return 'may';
        if (after !== 'settled') go(this.next(at), after);
        continue;
      }
      const statement = place.statements[place.index];
      if (!statement) {
        go(place.rest, step.informed);
        continue;
      }
      // What goes on at the same time is not followed.
      if (
        statement.kind === 'when' ||
        statement.kind === 'par' ||
        (statement.kind === 'for' && statement.parallel === true)
      )
        return 'may';
      const told =
        statement.kind === 'communication'
          ? this.told(statement, place, step.informed, question)
          : statement.kind === 'gather'
            ? this.gathered(statement, place, step.informed, question)
            : statement.kind === 'for'
              ? this.loop(statement, place, undefined, step.informed, question)
              : step.informed;
      if (told === 'may') return 'may';
      if (told === 'settled') continue;
      if (statement.kind === 'for') {
        go(this.next(place), told);
        continue;
      }
      const ways = this.ways(place, statement);
      if (ways === 'deep') return 'may';
      for (const way of ways) go(way, told);
    }
    return ends;
  }

  /**
   * Who knows after a communication; `may`: it is the message, sent without knowing; `settled`: its sender knows, or
   * has sent another one first.
   */
  private told(
    communication: Communication,
    place: Place,
    informed: Informed,
    question: Question,
  ): Informed | 'may' | 'settled' {
    if (this.without?.has(communication)) return informed;
    const known = withNumbers(question.known, place.numbers);
    const sender = this.who(communication.sender, place.frame, place.numbers);
    const receivers = communication.receivers.map((receiver) =>
      this.who(receiver.role, place.frame, place.numbers, sender),
    );
    for (const receiver of receivers) {
      const is = both(same(sender, question.sender), same(receiver, question.role));
      const answer = holds(is, known);
      if (answer === 'never') continue;
      if ((communication.label?.name.text ?? '') !== question.label) {
        if (answer === 'always') return 'settled';
      } else if (
        !this.knows(
          question.sender,
          informed,
          is === true || is === false ? known : { ...known, holds: [...known.holds, is] },
        )
      )
        return 'may';
    }
    if (!this.someKnow(sender, informed, known)) return informed;
    const after = receivers.reduce((all, receiver) => this.adding(all, receiver), informed);
    return this.knows(question.sender, after, known) ? 'settled' : after;
  }

  /**
   * The same after messages of several: of the first that come, nobody knows whose they are, so that all have to know.
   */
  private gathered(
    gather: Gather,
    place: Place,
    informed: Informed,
    question: Question,
  ): ReturnType<Overtakings['told']> {
    const known = withNumbers(question.known, place.numbers);
    const messages = messagesIn(gather);
    const to = this.who(gather.receiver.role, place.frame, place.numbers);
    const senders = messages.map(({ sender }) => this.who(sender, place.frame, place.numbers));
    for (const [i, message] of messages.entries()) {
      if (holds(both(same(senders[i] as Who, question.sender), same(to, question.role)), known) !== 'never')
        return this.told(message, place, informed, question);
    }
    const telling = gather.quorum
      ? senders.every((sender) => this.allKnow(sender, informed, known))
      : senders.some((sender) => this.someKnow(sender, informed, known));
    if (!telling) return informed;
    const after = this.adding(informed, to);
    return this.knows(question.sender, after, known) ? 'settled' : after;
  }

  /**
   * Who knows after a loop over members, whatever its bounds are.
   * @param begin where it goes on, where some rounds are over
   */
  private loop(
    statement: For,
    place: Place,
    begin: Expr | undefined,
    informed: Informed,
    question: Question,
  ): Informed | 'may' | 'settled' {
    const numbers = this.round(statement, place, begin);
    const index = numbers.indices.at(-1);
    if (!index) return 'may';
    const [before, inside] = [withNumbers(question.known, place.numbers), withNumbers(question.known, numbers)];
    const v = nameOf(index.name);
    const next = sum(v, one);
    const body = this.at(statement.body.statements, 0, undefined, place.frame, new Map(), numbers);
    const at = (member: One, value: Expr): One => ({
      ...member,
      at: member.at && normal(replaceNames(member.at, (name) => (name === index.name ? value : undefined))),
    });
    let kept = this.candidates(statement, place, numbers, index.name).filter((member) =>
      this.knows(at(member, index.from), informed, {
        ...before,
        holds: [...before.holds, compare('<', index.from, index.until)],
      }),
    );
    for (;;) {
      const found = this.search(
        body,
        kept.reduce((all, member) => this.adding(all, member), informed),
        question,
      );
      if (found === 'may') return 'may';
      const everywhere = (member: One, known: Known): boolean => found.every((end) => this.knows(member, end, known));
      const still = kept.filter((member) =>
        everywhere(at(member, next), { ...inside, holds: [...inside.holds, compare('<', next, index.until)] }),
      );
      if (still.length < kept.length) {
        kept = still;
        continue;
      }
      const runs = ask(before, compare('<', index.from, index.until));
      if (found.length === 0 && runs === 'always') return 'settled';
      let after = informed;
      if (found.length === 0) return after;
      // What the round does that is about one who knows, is done whatever the others do.
      for (const value of this.values(statement, place, numbers, index.name, informed)) {
        if (ask(before, all([compare('>=', value, index.from), compare('<', value, index.until)])) !== 'always')
          continue;
        const there = this.search(body, informed, {
          ...question,
          known: { ...inside, holds: [...inside.holds, compare('==', v, value)] },
        });
        if (there === 'may') continue;
        if (there.length === 0) return 'settled';
        for (const who of there[0]?.values() ?? [])
          if (there.every((end) => end.has(textOfWho(who))) && isOne(who) && !mentions(who, index.name))
            after = this.adding(after, who);
      }
      for (const who of found[0]?.values() ?? []) {
        if (!found.every((end) => end.has(textOfWho(who))) || !isOne(who)) continue;
        // What each round does, all do.
        const sums = who.at && linearOf(who.at);
        if (!who.at || !sums?.terms.has(index.name)) {
          if (runs === 'always') after = this.adding(after, who);
        } else if (sums.terms.get(index.name) === 1 && sums.modulo === undefined)
          after = this.adding(after, {
            name: who.name,
            from: at(who, index.from).at ?? one,
            until: at(who, index.until).at ?? one,
          });
      }
      if (ask(before, compare('<=', index.from, index.until)) === 'always') {
        for (const member of kept)
          if (
            everywhere(at(member, next), { ...inside, holds: [...inside.holds, compare('==', next, index.until)] }) &&
            this.knows(at(member, index.from), informed, before)
          )
            after = this.adding(after, at(member, index.until));
      }
      return this.knows(question.sender, after, before) ? 'settled' : after;
    }
  }

  /** The members that a round of a loop is about: each may know at the beginning of every round. */
  private candidates(statement: For, place: Place, numbers: Numbers, index: string): readonly One[] {
    const found = new Map<string, One>();
    walkBlock(statement.body.statements, (inner) => {
      for (const role of rolesNamed(inner)) {
        const who = this.who(role, place.frame, numbers);
        const names = isOne(who) && who.at ? freeNames(who.at) : new Set<string>();
        // Numbers of loops inside mean nothing at the beginning.
        if (
          isOne(who) &&
          names.has(index) &&
          [...names].every((name) => !name.includes('#') || numbers.indices.some((own) => own.name === name))
        )
          found.set(textOfWho(who), who);
      }
    });
    return [...found.values()];
  }

  /** The rounds of a loop that are about members who know. */
  private values(statement: For, place: Place, numbers: Numbers, index: string, informed: Informed): readonly Expr[] {
    const found = new Map<string, Expr>();
    for (const member of this.candidates(statement, place, numbers, index)) {
      const own = member.at && linearOf(member.at);
      if (own?.terms.get(index) !== 1 || own.modulo !== undefined) continue;
      for (const who of informed.values()) {
        const at = isOne(who) && who.name === member.name && who.at ? linearOf(who.at) : undefined;
        if (!at || at.modulo !== undefined) continue;
        const value = exprOf(
          plus(
            at,
            times({ constant: own.constant, terms: new Map([...own.terms].filter(([name]) => name !== index)) }, -1),
          ),
          nowhere,
        );
        found.set(staticKey(value), value);
      }
    }
    return [...found.values()].slice(0, mostRoundsApart);
  }

  /**
   * The numbers in a round of a loop: of those from `begin` on, or of that in which a search starts, which is another
   * one.
   */
  private round({ index, range }: For, { frame, numbers }: Place, begin: Expr | 'start' | undefined): Numbers {
    const bounds = boundsOf(range, familiesOf(frame.choreography));
    const expr = (each: Expr): Expr => normal(replaceNames(each, (name) => numbers.names.get(name)));
    const [from, until] = [begin === undefined || begin === 'start' ? expr(bounds.from) : begin, expr(bounds.until)];
    const key = `${numbers.id} ${begin === 'start' ? 'start ' : ''}${index.text} ${staticKey(from)} ${staticKey(until)}`;
    let made = this.numbers.get(key);
    if (!made) {
      const id = this.count++;
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

  private knows(who: One, informed: Informed, known: Known): boolean {
    if (informed.has(textOfWho(who))) return true;
    if (!who.at) return false;
    const ways = [...informed.values()].map((each) => same(each, who)).filter((way) => way !== false);
    if (ways.includes(true)) return true;
    const may = ways.filter((way) => way !== true);
    return may.length > 0 && ask(known, may.reduce(either)) === 'always';
  }

  /** Whether one of those who are meant knows. */
  private someKnow(who: Who, informed: Informed, known: Known): boolean {
    if (isOne(who)) return this.knows(who, informed, known);
    return [...informed.values()].some((each) =>
      isOne(each)
        ? holds(same(who, each), known) === 'always'
        : each.name === who.name &&
          !each.except &&
          !who.except &&
          ask(
            known,
            all([
              compare('<', who.from, who.until),
              compare('<=', each.from, who.from),
              compare('<', who.from, each.until),
            ]),
          ) === 'always',
    );
  }

  private allKnow(who: Who, informed: Informed, known: Known): boolean {
    if (isOne(who)) return this.knows(who, informed, known);
    const each = '#each';
    return this.knows({ name: who.name, at: nameOf(each) }, informed, {
      ...known,
      indices: [...known.indices, { name: each, from: who.from, until: who.until }],
      holds: [...known.holds, ...(who.except ? [compare('!=', nameOf(each), who.except)] : [])],
    });
  }

  private adding(informed: Informed, who: Who): Informed {
    // What a value was in one call, it need not be in the next.
    const numbers = isOne(who) ? [who.at] : [who.from, who.until, who.except];
    if (numbers.some((each) => each && [...freeNames(each)].some((name) => name.startsWith(unknownValue))))
      return informed;
    const key = textOfWho(who);
    return informed.has(key) ? informed : new Map(informed).set(key, who);
  }

  /** Who a role is in the outermost choreography. */
  private who(role: RoleRef, frame: Frame, numbers: Numbers, speaks?: Who): Who {
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
      case 'others':
        return {
          ...played,
          ...(speaks && isOne(speaks) && speaks.at && speaks.name === played.name ? { except: speaks.at } : {}),
        };
    }
  }

  private ends(sender: RoleRef, receiver: RoleRef, { frame, numbers }: Place): readonly [Who, Who] {
    const from = this.who(sender, frame, numbers);
    return [from, this.who(receiver, frame, numbers, from)];
  }

  /** Where a statement leads. */
  private ways(
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

  private inside(
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
          id: this.count++,
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
    if (!there) this.numbers.set(content, (there = { id: this.count++, sizes, indices: numbers.indices, names }));
    return { frame: own, numbers: there };
  }

  private next({ statements, index, rest, frame, loops, numbers }: Place): Place | undefined {
    return index + 1 < statements.length ? this.at(statements, index + 1, rest, frame, loops, numbers) : rest;
  }

  private at(
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
    if (!place) own.set(key, (place = { id: this.count++, statements, index, rest, frame, loops, numbers }));
    return place;
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
          id: this.count++,
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

const nowhere: TextRange = { start: 0, end: 0 };
const zero = number(0, nowhere);
const one = number(1, nowhere);

/** A condition on numbers, or what it is whatever these are. */
type Condition = Expr | boolean;

/** What names begin with of which nothing is known. */
const unknownValue = '?';

/** What the values that all know in a choreography are called outside of it, where they may be any. */
function valueNames({ choreography, uri }: Callee): ReadonlyMap<string, string> {
  return new Map(
    valuesOf(choreography.parameters).map(({ name }) => [
      name.text,
      `${unknownValue}${name.text} ${uri} ${choreography.name.text}`,
    ]),
  );
}

function isOne(who: Who): who is One {
  return !('from' in who);
}

/** Whether one is the other, or among them. */
function same(who: Who, other: Who): Condition {
  if (who.name !== other.name) return false;
  if (!isOne(other)) return isOne(who) ? same(other, who) : true;
  if (!other.at) return true;
  if (isOne(who)) return who.at ? equal(who.at, other.at) : true;
  const within = all([compare('>=', other.at, who.from), compare('<', other.at, who.until)]);
  return who.except ? both(within, not(equal(other.at, who.except))) : within;
}

/** Whether two are the same: a condition on their numbers, or what it is whatever these are. */
export function sameOne(one: One, other: One): Expr | boolean {
  return same(one, other);
}

function equal(left: Expr, right: Expr): Condition {
  return staticKey(left) === staticKey(right) ? true : compare('==', left, right);
}

function both(left: Condition, right: Condition): Condition {
  if (left === false || right === false) return false;
  if (left === true) return right;
  return right === true ? left : all([left, right]);
}

function not(condition: Condition): Condition {
  return typeof condition === 'boolean'
    ? !condition
    : { kind: 'unary', operator: 'not', operand: condition, origin: nowhere };
}

function holds(condition: Condition, known: Known): ReturnType<typeof ask> {
  if (typeof condition !== 'boolean') return ask(known, condition);
  // Where nothing can be, it holds never.
  return condition &&
    (known.holds.length === 0 || ask(known, { kind: 'bool', value: true, origin: nowhere }) === 'always')
    ? 'always'
    : 'never';
}

function compare(operator: '==' | '!=' | '<' | '<=' | '>=', left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator, left, right, origin: nowhere };
}

function all(conditions: readonly Expr[]): Expr {
  return conditions.reduce((left, right) => ({ kind: 'binary', operator: 'and', left, right, origin: nowhere }));
}

function either(left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator: 'or', left, right, origin: nowhere };
}

function sum(left: Expr, right: Expr): Expr {
  return left === zero ? normal(right) : normal({ kind: 'binary', operator: '+', left, right, origin: nowhere });
}

/** The same number, said in the usual way where there is one. */
function normal(expr: Expr): Expr {
  const linear = linearOf(expr);
  return linear ? exprOf(linear, nowhere) : expr;
}

function nameOf(text: string): Expr {
  return { kind: 'name', name: { text, origin: nowhere }, origin: nowhere };
}

function mentions({ at }: One, name: string): boolean {
  return at !== undefined && freeNames(at).has(name);
}

function textOf(expr: Expr | undefined): string {
  return expr?.kind === 'name' ? expr.name.text : '';
}

function textOfWho(who: Who): string {
  if (isOne(who)) return who.at ? `${who.name}[${staticKey(who.at)}]` : who.name;
  return `${who.name}[${staticKey(who.from)} until ${staticKey(who.until)}${who.except ? ` but ${staticKey(who.except)}` : ''}]`;
}

function textOfKnown({ sizes, indices, holds: conditions }: Known): string {
  return [
    ...sizes.map(({ name, least }) => `${name} ${least}`),
    ...indices.map(({ name, from, until }) => `${name} ${staticKey(from)} ${staticKey(until)}`),
    ...conditions.map(staticKey),
  ].join(';');
}

/** What is known at a place as well. */
function withNumbers(known: Known, { sizes, indices }: Numbers): Known {
  const [more, around] = [
    sizes.filter(({ name }) => !known.sizes.some((own) => own.name === name)),
    indices.filter(({ name }) => !known.indices.some((own) => own.name === name)),
  ];
  return more.length === 0 && around.length === 0
    ? known
    : { ...known, sizes: [...known.sizes, ...more], indices: [...known.indices, ...around] };
}

function keyOf({ start, end }: TextRange): string {
  return `${start}-${end}`;
}

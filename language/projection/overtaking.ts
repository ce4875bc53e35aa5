// Whether a role that waits for whoever of several sends may do so: after it has got one message, none of the others
// may reach it that it would have taken in its place. A search over places of the choreography and the roles that know,
// by then, that the first message was received: what they send comes after it. Members of families are known by their
// numbers, whatever these are; what the rounds of a loop over members do for each other is found by induction
// (candidates that are dropped as long as a round does not keep them: Flanagan and Leino, Houdini, FME 2001).
import { knownOf } from '../families/specialise.js';
import { replaceNames } from '../families/replace.js';
import { ask, holding } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { messagesIn } from '../ir/choreography.js';
import type { Call, Communication, Choreography, For, Gather } from '../ir/choreography.js';
import type { Expr, TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import { linearOf } from '../ir/static.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import { mostPairsLooked } from './limits.js';
import {
  all,
  both,
  compare,
  either,
  holds,
  nameOf,
  normal,
  not,
  one,
  sum,
  textOf,
  textOfKnown,
} from './overtaking/conditions.js';
import { adding, allKnow, knows, someKnow } from './overtaking/informed.js';
import type { Informed } from './overtaking/informed.js';
import { Places, keyOf, withNumbers } from './overtaking/places.js';
import type { Place } from './overtaking/places.js';
import { candidates, roundsAbout } from './overtaking/rounds.js';
import { isOne, isPicked, mentions, same, textOfWho } from './overtaking/who.js';
import type { One, Who } from './overtaking/who.js';

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
  private readonly places: Places;
  private readonly answers = new Map<string, Overtaking>();

  /** @param without communications to leave out */
  constructor(
    private readonly choreography: Choreography,
    scope: Scope,
    private readonly without?: ReadonlySet<Communication>,
  ) {
    this.places = new Places(choreography, scope);
  }

  /** What is known of all sizes, and nothing else. */
  get known(): Known {
    return knownOf(this.choreography);
  }

  /** Who a role of the outermost choreography is; undefined for several. */
  one(role: RoleRef): One | undefined {
    const who = this.places.who(role, this.places.outermost, this.places.plain);
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
            const [from, to] = this.places.ends(sender, receiver.role, start);
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
    const [start] = this.places.starts.get(keyOf(call.origin)) ?? [];
    const statement = start?.statements[start.index];
    const callee = start && statement?.kind === 'call' ? calleeOf(statement.callee.text, start.frame.scope) : undefined;
    if (!start || !callee || statement?.kind !== 'call') return undefined;
    const inside = this.places.inside(callee, statement, start, false);
    const own = new Map(
      message.known.indices.map(({ name }) => [name, nameOf(`${name}@${this.places.fresh()}`)] as const),
    );
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
    const answers = (this.places.starts.get(first) ?? []).flatMap((start): Overtaking[] => {
      const holding = where(start);
      if (!holding) return [];
      const more = withNumbers(known, start.numbers);
      const found = this.search(this.places.next(start), adding(new Map(), role), {
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
        if (after !== 'settled') go(this.places.next(at), after);
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
        go(this.places.next(place), told);
        continue;
      }
      const ways = this.places.ways(place, statement);
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
    const sender = this.places.who(communication.sender, place.frame, place.numbers);
    const receivers = communication.receivers.map((receiver) =>
      this.places.who(receiver.role, place.frame, place.numbers, sender),
    );
    for (const receiver of receivers) {
      const is = both(same(sender, question.sender), same(receiver, question.role));
      const answer = holds(is, known);
      if (answer === 'never') continue;
      if ((communication.label?.name.text ?? '') !== question.label) {
        if (answer === 'always' && !isPicked(sender) && !isPicked(receiver)) return 'settled';
      } else if (!knows(question.sender, informed, is === true || is === false ? known : holding(known, is)))
        return 'may';
    }
    if (!someKnow(sender, informed, known)) return informed;
    const after = receivers.reduce((all, receiver) => adding(all, receiver), informed);
    return knows(question.sender, after, known) ? 'settled' : after;
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
    const to = this.places.who(gather.receiver.role, place.frame, place.numbers);
    const senders = messages.map(({ sender }) => this.places.who(sender, place.frame, place.numbers));
    for (const [i, message] of messages.entries()) {
      if (holds(both(same(senders[i] as Who, question.sender), same(to, question.role)), known) !== 'never')
        return this.told(message, place, informed, question);
    }
    const telling = gather.quorum
      ? senders.every((sender) => allKnow(sender, informed, known))
      : senders.some((sender) => someKnow(sender, informed, known));
    if (!telling) return informed;
    const after = adding(informed, to);
    return knows(question.sender, after, known) ? 'settled' : after;
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
    const numbers = this.places.round(statement, place, begin);
    const index = numbers.indices.at(-1);
    if (!index) return 'may';
    const [before, inside] = [withNumbers(question.known, place.numbers), withNumbers(question.known, numbers)];
    const v = nameOf(index.name);
    const next = sum(v, one);
    const body = this.places.at(statement.body.statements, 0, undefined, place.frame, new Map(), numbers);
    const at = (member: One, value: Expr): One => ({
      ...member,
      at: member.at && normal(replaceNames(member.at, (name) => (name === index.name ? value : undefined))),
    });
    let kept = candidates(this.places, statement, place, numbers, index.name).filter((member) =>
      knows(at(member, index.from), informed, {
        ...before,
        holds: [...before.holds, compare('<', index.from, index.until)],
      }),
    );
    for (;;) {
      const found = this.search(
        body,
        kept.reduce((all, member) => adding(all, member), informed),
        question,
      );
      if (found === 'may') return 'may';
      const everywhere = (member: One, known: Known): boolean => found.every((end) => knows(member, end, known));
      const still = kept.filter((member) =>
        everywhere(at(member, next), holding(inside, compare('<', next, index.until))),
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
      for (const value of roundsAbout(this.places, statement, place, numbers, index.name, informed)) {
        if (ask(before, all([compare('>=', value, index.from), compare('<', value, index.until)])) !== 'always')
          continue;
        const there = this.search(body, informed, {
          ...question,
          known: holding(inside, compare('==', v, value)),
        });
        if (there === 'may') continue;
        if (there.length === 0) return 'settled';
        for (const who of there[0]?.values() ?? [])
          if (there.every((end) => end.has(textOfWho(who))) && isOne(who) && !mentions(who, index.name))
            after = adding(after, who);
      }
      for (const who of found[0]?.values() ?? []) {
        if (!found.every((end) => end.has(textOfWho(who))) || !isOne(who)) continue;
        // What each round does, all do.
        const sums = who.at && linearOf(who.at);
        if (!who.at || !sums?.terms.has(index.name)) {
          if (runs === 'always') after = adding(after, who);
        } else if (sums.terms.get(index.name) === 1 && sums.modulo === undefined)
          after = adding(after, {
            name: who.name,
            from: at(who, index.from).at ?? one,
            until: at(who, index.until).at ?? one,
          });
      }
      if (ask(before, compare('<=', index.from, index.until)) === 'always') {
        for (const member of kept)
          if (
            everywhere(at(member, next), holding(inside, compare('==', next, index.until))) &&
            knows(at(member, index.from), informed, before)
          )
            after = adding(after, at(member, index.until));
      }
      return knows(question.sender, after, before) ? 'settled' : after;
    }
  }
}

// Whether a role that waits for whoever of several sends may do so: after it has got one message, none of the others may reach it
// that it would have taken in its place. A search over places of the choreography and the roles that know, by then, that the
// first message was received: what they send comes after it.
import { messagesIn } from '../ir/choreography.js';
import type { Communication, Choreography, Gather, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import { calleeOf } from './callee.js';
import type { Callee } from './callee.js';

/** So many pairs of a place and those who know are looked at for one question; beyond, it is answered as if it may. */
const mostSteps = 20_000;

/** So deep in calls is looked. */
const deepest = 12;

/** What is left to be done: a place in a block, and what follows the block. */
interface Place {
  readonly id: number;
  readonly statements: readonly Statement[];
  readonly index: number;
  readonly rest: Place | undefined;
  readonly frame: Frame;
  readonly loops: ReadonlyMap<string, { readonly head: Place; readonly behind: Place | undefined }>;
}

/** A choreography that is run, and who its roles are in the outermost one. */
interface Frame {
  readonly id: number;
  readonly depth: number;
  readonly scope: Scope;
  readonly roles?: ReadonlyMap<string, string>;
}

/**
 * `never`: whoever sends it knows. `may`: it may come before. `later`: neither, up to the end: what follows a call decides.
 */
export type Overtaking = 'never' | 'may' | 'later';

/** A message that somebody waits for. */
export interface Awaited {
  readonly sender: string;
  /** Empty for a message without one. */
  readonly label: string;
}

export class Overtakings {
  private count = 0;
  private readonly places = new Map<readonly Statement[], Map<string, Place>>();
  private readonly frames = new Map<string, Frame>();
  /** Where communications and calls stand, by their ranges: an arrow list has one range for each of its branches. */
  private readonly starts = new Map<string, Place[]>();
  private readonly outermost: Frame;
  private readonly answers = new Map<string, Overtaking>();

  /** @param without communications to leave out */
  constructor(choreography: Choreography, scope: Scope, private readonly without?: ReadonlySet<Communication>) {
    this.outermost = { id: this.count++, depth: 0, scope };
    this.note(this.at(choreography.body.statements, 0, undefined, this.outermost, new Map()));
  }

  /**
   * Whether a message may reach a role before its sender can know that the role got another one first.
   * @param first the range of the communication by which the role gets the first one, or of a call in which it does; in the outermost choreography
   * @param message what the role would have taken as well
   * @param role the role
   * Cost: linear in the places times the sets of roles that may know, bounded
   */
  after(first: TextRange, message: Awaited, role: string): Overtaking {
    const starts = this.starts.get(keyOf(first)) ?? [];
    if (starts.length === 0) return 'may';
    const key = `${keyOf(first)} ${message.sender} ${message.label} ${role}`;
    const known = this.answers.get(key);
    if (known) return known;
    const answers = starts.map((start) => this.search(this.next(start), message, role));
    const answer = answers.includes('may') ? 'may' : answers.includes('later') ? 'later' : 'never';
    this.answers.set(key, answer);
    return answer;
  }

  private search(from: Place | undefined, message: Awaited, role: string): Overtaking {
    let answer: Overtaking = 'never';
    const seen = new Set<string>();
    const work: { readonly place: Place | undefined; readonly informed: ReadonlySet<string> }[] = [];
    const go = (place: Place | undefined, known: ReadonlySet<string>): void => {
      const key = `${place?.id ?? ''} ${[...known].sort().join()}`;
      if (seen.has(key)) return;
      seen.add(key);
      work.push({ place, informed: known });
    };
    go(from, new Set([role]));
    for (let step = work.pop(); step; step = work.pop()) {
      if (seen.size > mostSteps) return 'may';
      const { place } = step;
      if (!place) {
        answer = 'later';
        continue;
      }
      const statement = place.statements[place.index];
      if (!statement) {
        go(place.rest, step.informed);
        continue;
      }
      const told = statement.kind === 'communication' ? this.told(statement, place.frame, step.informed, message, role)
        : statement.kind === 'gather' ? this.gathered(statement, place.frame, step.informed, message, role) : step.informed;
      if (told === 'may') return 'may';
      if (told === 'settled') continue;
      // What goes on at the same time is not followed.
      if (statement.kind === 'for' || statement.kind === 'when' || statement.kind === 'par') return 'may';
      const ways = this.ways(place, statement);
      if (ways === 'deep') return 'may';
      for (const way of ways) go(way, told);
    }
    return answer;
  }

  /** Who knows after a communication; `may`: it is the message, sent without knowing; `settled`: its sender knows, or has sent another one first. */
  private told(communication: Communication, frame: Frame, informed: ReadonlySet<string>, { sender: other, label }: Awaited, role: string): ReadonlySet<string> | 'may' | 'settled' {
    if (this.without?.has(communication)) return informed;
    const sender = playing(frame, communication.sender);
    const receivers = communication.receivers.map((receiver) => playing(frame, receiver.role));
    if (sender === other && receivers.includes(role)) return (communication.label?.name.text ?? '') === label ? 'may' : 'settled';
    if (!informed.has(sender)) return informed;
    const after = new Set([...informed, ...receivers]);
    return after.has(other) ? 'settled' : after;
  }

  /** The same after messages of several: of the first that come, nobody knows whose they are, so that all have to know. */
  private gathered(gather: Gather, frame: Frame, informed: ReadonlySet<string>, message: Awaited, role: string): ReturnType<Overtakings['told']> {
    const messages = messagesIn(gather);
    const own = messages.find(({ sender }) => playing(frame, sender) === message.sender);
    if (own && playing(frame, gather.receiver.role) === role) return this.told(own, frame, informed, message, role);
    const telling = messages.filter(({ sender }) => informed.has(playing(frame, sender)));
    const [first] = telling;
    return first && (!gather.quorum || telling.length === messages.length) ? this.told(first, frame, informed, message, role) : informed;
  }

  /** Where a statement leads. */
  private ways(place: Place, statement: Exclude<Statement, { kind: 'for' | 'when' | 'par' }>): readonly (Place | undefined)[] | 'deep' {
    const { frame, loops } = place;
    const next = this.next(place);
    switch (statement.kind) {
      case 'communication': case 'gather': case 'assignment': case 'effect': case 'at': return [next];
      case 'continue': return [loops.get(statement.name.text)?.head];
      case 'leave': return [loops.get(statement.name.text)?.behind];
      case 'rec': return [this.at(statement.body.statements, 0, next, frame, new Map(loops).set(statement.name.text, { head: place, behind: next }))];
      case 'decision': return statement.branches.map((branch) => this.at(branch.body.statements, 0, next, frame, loops));
      case 'while': return [this.at(statement.body.statements, 0, place, frame, loops), this.at(statement.exit, 0, next, frame, loops)];
      case 'call': {
        const callee = calleeOf(statement.callee.text, frame.scope);
        if (!callee) return [next];
        if (frame.depth >= deepest) return 'deep';
        const roles = statement.args.map(({ role }) => playing(frame, role));
        const inside = this.inside(callee, roles, next ? frame.depth + 1 : frame.depth);
        return [this.at(callee.choreography.body.statements, 0, next, inside, new Map())];
      }
    }
  }

  private inside({ choreography, scope, uri }: Callee, roles: readonly string[], depth: number): Frame {
    const key = `${uri} ${choreography.name.text} ${depth} ${roles.join()}`;
    let frame = this.frames.get(key);
    if (!frame) this.frames.set(key, frame = { id: this.count++, depth, scope, roles: new Map(choreography.roles.map((role, i) => [role.name.text, roles[i] ?? role.name.text])) });
    return frame;
  }

  private next({ statements, index, rest, frame, loops }: Place): Place | undefined {
    return index + 1 < statements.length ? this.at(statements, index + 1, rest, frame, loops) : rest;
  }

  private at(statements: readonly Statement[], index: number, rest: Place | undefined, frame: Frame, loops: Place['loops']): Place | undefined {
    if (statements.length === 0) return rest;
    let own = this.places.get(statements);
    if (!own) this.places.set(statements, own = new Map());
    const key = `${index} ${rest?.id ?? ''} ${frame.id}`;
    let place = own.get(key);
    if (!place) own.set(key, place = { id: this.count++, statements, index, rest, frame, loops });
    return place;
  }

  /** Notes where the communications and calls of the outermost choreography stand. */
  private note(start: Place | undefined): void {
    const work = [start];
    const seen = new Set<Place>();
    for (const place of work) {
      if (!place || seen.has(place) || place.frame !== this.outermost) continue;
      seen.add(place);
      const statement = place.statements[place.index];
      if (statement?.kind === 'communication' || statement?.kind === 'gather' || statement?.kind === 'call') this.starts.set(keyOf(statement.origin), [...this.starts.get(keyOf(statement.origin)) ?? [], place]);
      work.push(this.next(place));
      if (statement?.kind === 'par') work.push(...statement.branches.map((branch) => this.at(branch.statements, 0, this.next(place), place.frame, new Map())));
      else if (statement && statement.kind !== 'call' && statement.kind !== 'for' && statement.kind !== 'when') {
        const ways = this.ways(place, statement);
        if (ways !== 'deep') work.push(...ways);
      }
    }
  }
}

/** Who a role is in the outermost choreography. */
function playing({ roles }: Frame, { key }: RoleRef): string {
  return roles?.get(key) ?? key;
}

function keyOf({ start, end }: TextRange): string {
  return `${start}-${end}`;
}

// Where a role waits for whoever of several sends: whether it may, here and in what is called.
import { ask } from '../families/solve.js';
import type { Known } from '../families/solve.js';
import { walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Communication, Decision, While } from '../ir/choreography.js';
import type { RoleRef } from '../ir/role.js';
import type { Scope } from '../scoping/scope.js';
import { messageKey } from './behaviour.js';
import type { Arm, Node } from './behaviour.js';
import { OfCallees, calleeOf, placeIn } from './callee.js';
import type { Callee } from './callee.js';
import type { MergeConflict, Overtaking } from './merge.js';
import { Overtakings } from './overtaking.js';
import type { Awaited } from './overtaking.js';
import { same } from './overtaking/who.js';
import type { One } from './overtaking/who.js';
import type { Split } from './split.js';

/**
 * Of two messages of different senders that a role waits for, whoever sends first: what must not come after the other
 * before its sender knows.
 */
export interface Later extends Split {
  readonly awaited: readonly Waiting[];
}

/** One message that comes first, and another that may come before its sender knows. */
interface Waiting {
  readonly message: Awaited;
  readonly arms: Overtaking;
}

export class Senders {
  /** Where what follows the choreography decides whether the role may wait for both. */
  readonly later: Later[] = [];
  private readonly told = new Set<string>();
  private overtakings: Overtakings | undefined;

  /**
   * @param choreography as it is written: also where the role is a member of a family, `role`, `who` by its number
   * @param without communications to leave out
   */
  constructor(
    private readonly choreography: Choreography,
    private readonly scope: Scope,
    private readonly role: string,
    private readonly who: One,
    private readonly without?: ReadonlySet<Communication>,
  ) {}

  /**
   * Whether the role may wait for either of two messages: neither can overtake the other.
   * @param at the decision after which they come
   * @param known what is known there of sizes and numbers of members
   * Cost: see `Overtakings`
   */
  mayBe(
    one: Arm,
    two: Arm,
    at: { readonly statement: Decision | While; readonly branches: readonly [number, number] },
    known: Known,
  ): boolean {
    const waiting = this.waiting(one, two, known);
    // Messages of one sender are told apart by their labels alone.
    if (
      waiting.length === 0 ||
      (labelOf(one) === labelOf(two) &&
        waiting.some(({ message: { before, sender } }) => maySame(before, sender, known)))
    )
      return false;
    const answers = waiting.map((each) => ({
      each,
      found: each.arms.first.origins.map((origin) => this.looking().after(origin, each.message)),
    }));
    if (answers.some(({ found }) => found.includes('may'))) return false;
    const awaited = answers.flatMap(({ each, found }) => (found.includes('later') ? [each] : []));
    const key = [one, two].map(messageKey).join(' ');
    if (awaited.length > 0 && !this.told.has(key)) {
      this.told.add(key);
      this.later.push({
        ...at,
        role: this.role,
        conflict: { left: received(one), right: received(two), reason: 'different' },
        awaited,
      });
    }
    return true;
  }

  /** Either of two messages as the one that comes first; none where one is of several senders. */
  private waiting(one: Arm, two: Arm, known: Known): readonly Waiting[] {
    return (
      [
        [one, two],
        [two, one],
      ] as const
    ).flatMap(([first, other]) => {
      const [before, sender] = [this.looking().one(first.sender), this.looking().one(other.sender)];
      return before && sender
        ? [{ message: { role: this.who, before, sender, label: labelOf(other), known }, arms: { first, other } }]
        : [];
    });
  }

  /**
   * Looks at what may overtake the messages that the role gets in a call.
   * @param laterIn what a callee leaves to what follows it
   * @returns the decisions in the callee that the role can't follow, as something may
   */
  inCall(statement: Call, laterIn: (callee: Callee, role: string) => readonly Later[]): Split[] {
    const { role } = this;
    const callee = calleeOf(statement.callee.text, this.scope);
    const place = callee && placeIn(callee, statement, role);
    if (!callee || place === undefined) return [];
    const { choreography, uri } = callee;
    return laterIn(callee, place).flatMap(({ awaited, ...split }) => {
      const inside = { choreography, uri, role: split.role, ...split.inside, call: statement.origin, behind: true };
      const left = awaited.flatMap(({ message, arms }) => {
        const found = this.looking().afterCall(statement, message);
        return found ? [{ ...found, arms }] : [];
      });
      const here = { ...split, role, inside };
      const early = left.find(({ answer }) => answer === 'may');
      if (early) return [{ ...here, conflict: { ...here.conflict, overtaking: early.arms } }];
      const later = left.filter(({ answer }) => answer === 'later');
      if (later.length > 0)
        this.later.push({ ...here, awaited: later.map(({ message, arms }) => ({ message, arms })) });
      return [];
    });
  }

  /** A message of one of two places that may overtake one of the other, where both wait for messages. */
  overtaking({ left, right }: MergeConflict, known: Known): Overtaking | undefined {
    if (left?.kind !== 'receive' || right?.kind !== 'receive') return undefined;
    const pairs = left.arms.flatMap((one) => right.arms.flatMap((two) => this.waiting(one, two, known)));
    return pairs.find(
      ({ message, arms: { first, other } }) =>
        first.sender.key !== other.sender.key &&
        first.origins.some((origin) => this.looking().after(origin, message) === 'may'),
    )?.arms;
  }

  private looking(): Overtakings {
    return (this.overtakings ??= new Overtakings(this.choreography, this.scope, this.without));
  }
}

function maySame(one: One, other: One, known: Known): boolean {
  const condition = same(one, other);
  return typeof condition === 'boolean' ? condition : ask(known, condition) !== 'never';
}

function labelOf({ label }: Arm): string {
  return label?.text ?? '';
}

/** Whom a role may get messages of, and whether anything is decided that it may have to find out. */
interface Heard {
  readonly senders: ReadonlySet<string>;
  readonly decides: boolean;
}

const heard = new OfCallees<Heard>();
/** Where a choreography calls itself, roles may change places. */
const anybody: Heard = { senders: new Set(['', '?']), decides: true };

/**
 * Whether a role may get messages of more than one other in a choreography with decisions, or in what that calls.
 * @param role its name in the callee
 * Cost: linear in what is called, once for as long as it is the same
 */
export function getsFromSeveral(callee: Callee, role: string): boolean {
  const { senders, decides } = heardIn(callee, role);
  return decides && senders.size > 1;
}

function heardIn(callee: Callee, role: string): Heard {
  return heard.of(callee, role, anybody, () => {
    const senders = new Set<string>();
    let decides = false;
    walkBlock(callee.choreography.body.statements, (statement) => {
      decides ||= statement.kind === 'decision' || statement.kind === 'while';
      if (
        statement.kind === 'communication' &&
        statement.receivers.some((receiver) => receiver.role.name.text === role)
      )
        heardOf(statement.sender, senders);
      if (statement.kind === 'gather' && statement.receiver.role.name.text === role)
        statement.senders.forEach((sender) => {
          heardOf(sender.role, senders);
        });
      const inner = statement.kind === 'call' ? calleeOf(statement.callee.text, callee.scope) : undefined;
      const place = inner && statement.kind === 'call' ? placeIn(inner, statement, role) : undefined;
      if (!inner || statement.kind !== 'call' || place === undefined) return;
      const inside = heardIn(inner, place);
      decides ||= inside.decides;
      for (const name of inside.senders)
        senders.add(
          statement.args[inner.choreography.roles.findIndex((own) => own.name.text === name)]?.role.key ?? name,
        );
    });
    return { senders, decides };
  });
}

/** Members that are named in one way may be several. */
function heardOf({ key, index }: RoleRef, senders: Set<string>): void {
  senders.add(key);
  if (index) senders.add(`${key} `);
}

function received(arm: Arm): Node {
  return { kind: 'receive', arms: [arm], origins: arm.origins };
}

// Where a role waits for whoever of several sends: whether it may, here and in what is called.
import { walkBlock } from '../ir/choreography.js';
import type { Call, Choreography, Communication, Decision, While } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import { messageKey } from './behaviour.js';
import type { Arm, Node } from './behaviour.js';
import { OfCallees, calleeOf, placeIn } from './callee.js';
import type { Callee } from './callee.js';
import type { MergeConflict, Overtaking } from './merge.js';
import { Overtakings } from './overtaking.js';
import type { Awaited } from './overtaking.js';
import type { Split } from './split.js';

/** Of two messages of different senders that a role waits for, whoever sends first: what must not come after the other before its sender knows. */
export interface Later extends Split {
  readonly awaited: readonly (Awaited & Overtaking)[];
}

export class Senders {
  /** Where what follows the choreography decides whether the role may wait for both. */
  readonly later: Later[] = [];
  private readonly told = new Set<string>();
  private overtakings: Overtakings | undefined;

  /**
   * @param role undefined where it waits for one sender alone: where families are, who sends what is not looked for
   * @param without communications to leave out
   */
  constructor(private readonly choreography: Choreography, private readonly scope: Scope, private readonly role: string | undefined, private readonly without?: ReadonlySet<Communication>) {}

  /**
   * Whether the role may wait for either of two messages: neither can overtake the other.
   * @param at the decision after which they come
   * Cost: see `Overtakings`
   */
  mayBe(one: Arm, two: Arm, at: { readonly statement: Decision | While; readonly branches: readonly [number, number] }): boolean {
    const { role } = this;
    if (role === undefined) return false;
    const answers = ([[one, two], [two, one]] as const).map(([first, other]) => {
      const awaited = awaitedOf(first, other);
      return { awaited, found: first.origins.map((origin) => this.looking().after(origin, awaited, role)) };
    });
    if (answers.some(({ found }) => found.includes('may'))) return false;
    const awaited = answers.flatMap((answer) => (answer.found.includes('later') ? [answer.awaited] : []));
    const key = [one, two].map(messageKey).join(' ');
    if (awaited.length > 0 && !this.told.has(key)) {
      this.told.add(key);
      this.later.push({ ...at, role, conflict: { left: received(one), right: received(two), reason: 'different' }, awaited });
    }
    return true;
  }

  /**
   * Looks at what may overtake the messages that the role gets in a call.
   * @param laterIn what a callee leaves to what follows it
   * @returns the decisions in the callee that the role can't follow, as something may
   */
  inCall(statement: Call, laterIn: (callee: Callee, role: string) => readonly Later[]): Split[] {
    const { role } = this;
    const callee = calleeOf(statement.callee.text, this.scope);
    const place = callee && role !== undefined ? placeIn(callee, statement, role) : undefined;
    if (!callee || role === undefined || place === undefined) return [];
    const { choreography, uri } = callee;
    return laterIn(callee, place).flatMap(({ awaited, ...split }) => {
      const inside = { choreography, uri, role: split.role, ...split.inside, call: statement.origin, behind: true };
      const left = awaited.flatMap(({ sender, label, first, other }) => {
        const outer = statement.args[choreography.roles.findIndex(({ name }) => name.text === sender)]?.role.key;
        return outer === undefined ? [] : [{ sender: outer, label, first, other }];
      });
      const answers = left.map((message) => this.looking().after(statement.origin, message, role));
      const here = { ...split, role, inside };
      const early = left[answers.indexOf('may')];
      if (early) return [{ ...here, conflict: { ...here.conflict, overtaking: early } }];
      if (answers.includes('later')) this.later.push({ ...here, awaited: left.filter((_, i) => answers[i] === 'later') });
      return [];
    });
  }

  /** A message of one of two places that may overtake one of the other, where both wait for messages. */
  overtaking({ left, right }: MergeConflict): Overtaking | undefined {
    const { role } = this;
    if (role === undefined || left?.kind !== 'receive' || right?.kind !== 'receive') return undefined;
    const pairs = left.arms.flatMap((one) => right.arms.flatMap((two) => [[one, two], [two, one]] as const));
    const found = pairs.find(([first, other]) => first.sender.key !== other.sender.key && first.origins.some((origin) => this.looking().after(origin, awaitedOf(first, other), role) === 'may'));
    return found && { first: found[0], other: found[1] };
  }

  private looking(): Overtakings {
    return this.overtakings ??= new Overtakings(this.choreography, this.scope, this.without);
  }
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
      if (statement.kind === 'communication' && statement.receivers.some((receiver) => receiver.role.key === role)) senders.add(statement.sender.key);
      if (statement.kind === 'gather' && statement.receiver.role.key === role) statement.senders.forEach((sender) => senders.add(sender.role.key));
      const inner = statement.kind === 'call' ? calleeOf(statement.callee.text, callee.scope) : undefined;
      const place = inner && statement.kind === 'call' ? placeIn(inner, statement, role) : undefined;
      if (!inner || statement.kind !== 'call' || place === undefined) return;
      const inside = heardIn(inner, place);
      decides ||= inside.decides;
      for (const name of inside.senders) senders.add(statement.args[inner.choreography.roles.findIndex((own) => own.name.text === name)]?.role.key ?? name);
    });
    return { senders, decides };
  });
}

function awaitedOf(first: Arm, other: Arm): Awaited & Overtaking {
  return { sender: other.sender.key, label: other.label?.text ?? '', first, other };
}

function received(arm: Arm): Node {
  return { kind: 'receive', arms: [arm], origins: arm.origins };
}

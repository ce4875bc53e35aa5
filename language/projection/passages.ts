// The projection of a choreography passage by passage, from the last to the first: what a role does from a passage on
// is known where the words of the passage mean the same, and it looks at nothing that follows, or the same follows. The
// places in what is known may be those of an earlier text: it serves for what is found, and not for code.
import type { Choreography, Statement } from '../ir/choreography.js';
import { walkBlock } from '../ir/choreography.js';
import { contentOf } from '../lowering/lower.js';
import { keptWithPassages, passagesOf, surroundingsOf } from '../scoping/passages.js';
import type { Standing, Surroundings } from '../scoping/passages.js';
import type { Scope } from '../scoping/scope.js';
import type { List } from './behaviour.js';
import { checkChoices } from './choices.js';
import { involvement } from './involvement.js';
import type { Involved } from './involvement.js';
import { isCounted } from './numbers.js';

/** What follows a place, and whether that is all. */
export interface Part {
  readonly list: List;
  /** Whether `list` has taken in all that follows. */
  readonly closed: boolean;
}

/** What one role does in a passage. */
export interface Step {
  readonly role: string;
  /** What it does there, where that does not depend on what follows. */
  readonly own: List;
  readonly looks: boolean;
  /** What followed it last, and what it does from the passage on. */
  after: Part;
  result: Part;
  /** Where decisions start that stand in no branch which the role has to merge, counted from the passage. */
  readonly free: readonly number[];
  readonly looksAhead: boolean;
}

/** A passage with nothing to tell but what roles do there. */
interface Facts {
  /** Whether some way through it comes to its end. */
  readonly ends: boolean;
  /** Several decide together in it. */
  readonly shares: boolean;
  /** It goes through numbers. */
  readonly counts: boolean;
  /** Nothing in it may be wrong apart from its projections. */
  readonly plain: boolean;
}

/** A choreography by passages, while it is projected. */
export interface Row {
  readonly around: Surroundings;
  /** The roles, numbered. */
  readonly places: ReadonlyMap<string, number>;
  /** As far as they are reached. */
  readonly reached: readonly Standing[];
  /** All are reached. */
  readonly whole: boolean;
  /** Those with something to look at. */
  readonly special: readonly Standing[];
  readonly shares: boolean;
  readonly counts: boolean;
  /** Whether to take what is known, places aside. */
  readonly brief: boolean;
  /** What the passages are about that were looked at. */
  readonly involved: Map<Statement, Involved>;
}

const facts = keptWithPassages<Facts>();
/** By the number of the role. */
const steps = keptWithPassages<(Step | undefined)[]>();

/** Whether something is known of the passages of a choreography. */
export function knowsSteps(choreography: Choreography): boolean {
  return contentOf(choreography).body?.passages.list.some((passage) => steps.knows(passage)) ?? false;
}

/**
 * The passages of a choreography; undefined where it has none. Cost: for each of which the facts are known, constant
 */
export function rowOf(choreography: Choreography, scope: Scope, brief: boolean): Row | undefined {
  const passages = passagesOf(choreography);
  if (!passages) return undefined;
  const around = surroundingsOf(choreography, scope);
  const involved = new Map<Statement, Involved>();
  const special: Standing[] = [];
  let [shares, counts] = [false, false];
  let count = passages.length;
  for (const [i, standing] of passages.entries()) {
    let known = brief ? facts.get(standing.passage, around) : undefined;
    if (!known) {
      involvement(choreography, scope, standing.statements(), involved);
      facts.set(standing.passage, around, (known = factsOf(standing.statements(), scope, involved)));
    }
    if (!known.ends) count = Math.min(count, i + 1);
    if (!known.plain) special.push(standing);
    shares ||= known.shares;
    counts ||= known.counts;
  }
  const places = new Map(choreography.roles.map((role, i) => [role.name.text, i]));
  return {
    around,
    places,
    reached: passages.slice(0, count),
    whole: count === passages.length,
    special,
    shares,
    counts,
    brief,
    involved,
  };
}

function factsOf(statements: readonly Statement[], scope: Scope, involved: ReadonlyMap<Statement, Involved>): Facts {
  let [ends, shares, counts] = [true, false, false];
  let plain = checkChoices(statements, scope).length === 0;
  for (const statement of statements) if (involved.get(statement)?.endings.ends === false) ends = false;
  walkBlock(statements, (statement) => {
    counts ||= isCounted(statement);
    if ((statement.kind === 'decision' || statement.kind === 'while') && statement.guards.length > 1) shares = true;
    if ((statement.kind === 'call' && statement.takers.length > 0) || involved.get(statement)?.endings.ends === false)
      plain = false;
  });
  return { ends, shares, counts, plain };
}

/** What is known of a role in a passage. */
export function stepOf({ around, brief, places }: Row, { passage }: Standing, role: string): Step | undefined {
  const step = brief ? steps.get(passage, around)?.[places.get(role) ?? -1] : undefined;
  // The roles may have been others when it was kept.
  return step?.role === role ? step : undefined;
}

/** Keeps what a role does in a passage. Cost: constant */
export function keepStep({ around, places }: Row, { passage }: Standing, step: Step): void {
  const place = places.get(step.role);
  if (place === undefined) return;
  let known = steps.get(passage, around);
  if (!known) steps.set(passage, around, (known = []));
  known[place] = step;
}

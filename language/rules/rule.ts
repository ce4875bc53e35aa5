// What a diagnostic code says of its findings: its texts, its documentation and its fixes. Every code has a module
// beside this file.
import type { Fix, FixContext } from '../edits/fix.js';
import { severities } from '../findings/finding.js';
import type { Arguments, Code, Finding, Severity } from '../findings/finding.js';
import type { Place } from '../findings/typing.js';
import type { TextRange } from '../ir/expression.js';

/** Another place that belongs to a finding, and what is to be seen there. */
export interface Related extends Place {
  readonly message: string;
}

/** What a rule has to tell with: where the finding is, and how the lines of places are named. */
export interface Telling extends Place {
  /** `line 32`, or `` line 32 of `other.chor` ``. */
  line(place: Place): string;
}

/** What a rule has to find fixes with. */
export interface Repairing extends FixContext {
  /** The finding's place. */
  readonly origin: TextRange;
  /** The same at other places, which is not told for itself. */
  readonly consequences: readonly Finding[];
}

/** One diagnostic code. The manual's page, the settings and the tests all come from this. */
export interface Rule<C extends Code> {
  /** The stable slug. */
  readonly code: C;
  /** One line for lists and settings. */
  readonly summary: string;
  /** The manual: what it means and why it matters, in Markdown. */
  readonly explanation: string;
  /** The manual: what to do, in Markdown. */
  readonly advice: string;
  /** A whole file that raises it, and, as far as possible, nothing else. */
  readonly bad: string;
  /** The same file put right: no finding of this code, and no error. */
  readonly good: string;
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** What is wrong, why, what to do, in the user's own names. */
  message(args: Arguments[C], at: Telling): string;
  related?(args: Arguments[C], at: Telling): readonly Related[];
  /**
   * Where the same is wrong at other places: a sentence on how many there are, and what is to be seen at each, if it is
   * not its own message.
   */
  elsewhere?(args: Arguments[C], count: number): { readonly sentence: string; readonly each?: string } | undefined;
  /**
   * Candidates, best first; those that do not help are dropped before they are offered. Computed only when asked for.
   */
  fixes?(args: Arguments[C], context: Repairing): readonly Fix[];
}

/** A rule with what is known of its code. */
export type DefinedRule<C extends Code = Code> = Rule<C> & { readonly severity: Severity };

/** What the manual and the settings tell of a code. */
export type Documented = Pick<
  DefinedRule,
  'code' | 'severity' | 'summary' | 'explanation' | 'advice' | 'bad' | 'good' | 'tags'
>;

/** The rule, with the type of what its findings tell checked. */
export function defineRule<C extends Code>(rule: Rule<C>): DefinedRule<C> {
  return { ...rule, severity: severities[rule.code] };
}

/** All places where what a finding tells of stands. */
export function placesOf({ origin, consequences }: Repairing): readonly TextRange[] {
  return [origin, ...consequences.map((other) => other.origin)];
}

/** What is said of a name that is used at other places as well. */
export function usedElsewhere(subject: string, count: number): { readonly sentence: string; readonly each: string } {
  return { sentence: `${subject} is used ${atOthers(count)} as well.`, each: 'it is used here too' };
}

/** So many other places, in words. */
export function atOthers(count: number): string {
  return count === 1 ? 'at another place' : `at ${count} other places`;
}

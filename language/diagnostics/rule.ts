// What a diagnostic code is, and what one finding of it looks like. Every code has a module beside this file.
import type { Origin } from '../ir/expression.js';
import type { Run } from '../network/verdict.js';
import type { Workspace } from '../workspace.js';
import type { Cost } from './mend/cost.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Another place that belongs to a finding, and what is to be seen there. */
export interface Related {
  readonly uri: string;
  readonly origin: Origin;
  readonly message: string;
}

export interface Edit {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** A repair: the smallest edits that do it. Offered only after it was tried (see fixes.ts). */
export interface Fix {
  /** Named for its effect and cost: `Tell Shipper (1 more message)`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** It may be the one that a single key applies: no guess. At most one of those offered. */
  readonly preferred?: boolean;
  /** What it costs, and how likely it is: by this, fixes are ordered. Without it, in the order of the rule. */
  readonly cost?: Cost;
}

export interface FixContext {
  /** The state that the finding was made in. */
  readonly workspace: Workspace;
  readonly uri: string;
  /** The text of the finding's file. */
  readonly text: string;
}

/**
 * One diagnostic code: its texts, its documentation and its fixes. `D` is what a check hands over when it reports one.
 * The manual's page, the settings and the tests all come from this.
 */
export interface Rule<D> {
  /** The stable slug. */
  readonly code: string;
  readonly severity: Severity;
  /** A milder severity, where what was found is less certain or less grave. A severity that is set holds for the other findings. */
  milder?(data: D): Severity | undefined;
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
  message(data: D): string;
  related?(data: D): readonly Related[];
  /** The run that leads to it, where there is one. */
  run?(data: D): Run | undefined;
  /** Candidates, best first; those that do not help are dropped before they are offered. Computed only when asked for. */
  fixes?(data: D, context: FixContext): readonly Fix[];
}

/** A diagnostic at a place. Conversion to LSP is the server's. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** Whether `severity` is milder than the rule's. */
  readonly milder?: boolean;
  /** Of what comes with a run: no values were found that it happens with. */
  readonly suspected?: boolean;
  readonly message: string;
  readonly uri: string;
  readonly origin: Origin;
  readonly related: readonly Related[];
  /** The run that leads to it: plain data. */
  readonly run?: Run;
  readonly tags: readonly ('unnecessary' | 'deprecated')[];
  /** Errors that have the same root, and wait until this one is mended. */
  readonly consequences?: readonly Consequence[];
  /** The fixes that the rule proposes, untried; use `fixesFor`. */
  readonly candidates: (context: FixContext) => readonly Fix[];
}

/** A finding that is not told for itself: plain data. */
export type Consequence = Omit<Finding, 'candidates' | 'consequences'>;

/** Identity, with the data's type checked. */
export function defineRule<D>(rule: Rule<D>): Rule<D> {
  return rule;
}

/** How long a message may be, in characters: what is longer, such as one with a name as long, is cut. */
const longestMessage = 2000;

/** Makes a finding of a rule at a place. */
export function finding<D>(rule: Rule<D>, uri: string, origin: Origin, data: D): Finding {
  const milder = rule.milder?.(data);
  const run = rule.run?.(data);
  const message = rule.message(data);
  return {
    code: rule.code, severity: milder ?? rule.severity, ...(milder ? { milder: true } : {}), uri, origin,
    message: message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message, related: rule.related?.(data) ?? [], ...(run ? { run } : {}), tags: rule.tags ?? [],
    candidates: (context) => rule.fixes?.(data, context) ?? [],
  };
}

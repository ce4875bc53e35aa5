// What findings about projections tell: plain data. Places are origins in the file that the nearest `uri` around them
// names, else in the finding's own; expressions are texts.
import type { TextRange } from '../ir/expression.js';

/** A message that a role gets, as far as it can tell it from others. */
export interface Got {
  readonly label?: string;
  readonly variable?: string;
  /** The name that the variable has in the code of the role, where its author gave it another one. */
  readonly named?: string;
  readonly types: readonly string[];
  /** It carries a value, kept or not. */
  readonly carries: boolean;
}

/** What a role does first somewhere. */
export type Deed =
  | { readonly kind: 'gets'; readonly messages: readonly Got[]; readonly from: readonly string[] }
  | { readonly kind: 'decides'; readonly by?: string }
  | { readonly kind: 'loops'; readonly condition: string }
  | { readonly kind: 'enters' | 'parts' | 'continues' | 'unknown' }
  | { readonly kind: 'sends'; readonly label?: string; readonly value?: string; readonly to: string }
  /** The messages of several, or the first of them. */
  | {
      readonly kind: 'gathers';
      readonly label?: string;
      readonly variable?: string;
      readonly from: readonly string[];
      readonly quorum: boolean;
    }
  | { readonly kind: 'sets'; readonly variable: string; readonly value: string }
  | { readonly kind: 'computes'; readonly value: string }
  | { readonly kind: 'calls'; readonly callee: string; readonly call: string };

/** Where two behaviours part; without a deed, one of them has come to its end. */
export interface ConflictingDeeds {
  readonly left?: Deed;
  readonly right?: Deed;
  /**
   * `payload`: the same message, but with another payload or variable. `size`: it would become too large to write out.
   */
  readonly reason: 'different' | 'payload' | 'size';
  /** The message received last before, the same on both sides. */
  readonly after?: { readonly label?: string; readonly variable?: string; readonly from: string };
  /**
   * A message that may overtake another: `by` may send `other` before it can know that the role got the first, from
   * `from`.
   */
  readonly overtaking?: { readonly got: Got; readonly from: string; readonly other: Got; readonly by: string };
  /** A call that could not be gone into, and what was in the way. */
  readonly obstacle?: { readonly callee: string; readonly reason: string };
}

/** How one of two ways through a statement is called. */
export type WayName =
  | { readonly kind: 'one' | 'other' | 'round' | 'after' | 'else' }
  | { readonly kind: 'case'; readonly pattern: string }
  | { readonly kind: 'branch'; readonly index: number }
  /**
   * Which member of a family is picked: the role itself, one that is called so, or another one; `many`: whether the
   * role is one of several that are picked.
   */
  | { readonly kind: 'picked'; readonly own?: true; readonly member?: string; readonly many?: true };

/** What a role is not told. */
export type Question =
  | { readonly kind: 'again'; readonly role: string; readonly guard: string }
  | { readonly kind: 'labels'; readonly role: string; readonly labels: readonly string[] }
  | { readonly kind: 'choice'; readonly role: string }
  | { readonly kind: 'pick'; readonly role: string; readonly guard: string; readonly of: string; readonly many?: true }
  | { readonly kind: 'condition' | 'case'; readonly role: string; readonly guard: string };

export interface KnowledgeOfChoice {
  /** Told at a call, of what the callee does with what it is given: the callee, and who of the caller is the role. */
  readonly given?: { readonly to: string; readonly outer?: string };
  readonly role: string;
  /** The decision or the loop. */
  readonly decision: { readonly uri: string; readonly origin: TextRange };
  readonly question: Question;
  /** How many branches the decision has; a loop has two ways. */
  readonly ways: number;
  /** The branches that can't be told apart; of a loop, 0 is a round and 1 what follows the loop. */
  readonly branches: readonly [number, number];
  readonly names: readonly [WayName, WayName];
  readonly conflict: ConflictingDeeds;
  /** Where what the role does in each of them begins, or where the way ends. */
  readonly places: readonly [
    { readonly uri: string; readonly origin: TextRange },
    { readonly uri: string; readonly origin: TextRange },
  ];
}

export interface ChoiceNotStarted {
  readonly decider: string;
  readonly decision: TextRange;
  readonly head: TextRange;
  /** The branch is empty. */
  readonly empty: boolean;
  /** The role that begins instead, or that first takes part in the choice. */
  readonly instead?: string;
}

/** A guard of a decision: who decides, by what. */
export interface GuardText {
  readonly role: string;
  readonly origin: TextRange;
  readonly value: string;
}

export interface GuardsMayDiffer {
  readonly decision: TextRange;
  readonly first: GuardText;
  readonly guard: GuardText;
  /** The first guard asks the host program, which may answer differently each time. */
  readonly host: boolean;
}

export interface RedundantSelection {
  readonly role: string;
  readonly decision: TextRange;
  /** The selections that can go together. */
  readonly selections: readonly TextRange[];
  /** They stand in an arrow list. */
  readonly implied: boolean;
}

export interface ResultElsewhere {
  readonly callee: string;
  readonly target: { readonly role: string; readonly origin: TextRange };
  /** The role of the callee that has the result, and the role here that takes its place. */
  readonly place: string;
  readonly actual: string;
  /** That role as it is written. */
  readonly write: string;
  /** Somebody takes each result already: this one has to go. */
  readonly taken?: boolean;
}

export interface Unreachable {
  readonly role: string;
  /**
   * A branch of a `receive`, the block of a decision that always goes the other way, or what follows something endless,
   * in a process or in a choreography, or a call of something endless; or
   * a case that another one before it takes everything from. */
  readonly what: 'branch' | 'way' | 'code' | 'endless' | 'call' | 'left' | 'case';
  /** The label of a branch, empty for the anonymous one; or the choreography that is called. */
  readonly label: string;
  readonly from: string;
}

/** The findings about projections, by their codes. */
export interface ProjectionArguments {
  'choice-not-started': ChoiceNotStarted;
  'guards-may-differ': GuardsMayDiffer;
  'knowledge-of-choice': KnowledgeOfChoice;
  'redundant-selection': RedundantSelection;
  'result-elsewhere': ResultElsewhere;
  unreachable: Unreachable;
}

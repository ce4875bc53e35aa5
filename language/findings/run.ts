// Runs, as findings and verdicts tell them: plain data.
import type { TextRange } from '../ir/expression.js';

/** A place in the text of some file. */
export interface RunPlace {
  readonly uri: string;
  readonly origin: TextRange;
}

/** One step of a run, in source terms, at the place in the text that does it. Plain data, as all of a run is. */
export type RunStep = RunPlace & {
  /** `Alice sends "hello" to Bob`, `Bob receives greeting from Alice`, `Alice: 1 < 2 is true`. */
  readonly text: string;
  readonly role: string;
} &
  /** `taken` is the step that receives it; undefined where none of the run does. */
  (
    | { readonly kind: 'send'; readonly to: string; readonly message: string; readonly taken?: number }
    /** `sent` is the step that sent it; `dropped`: it was not waited for any more. */
    | {
        readonly kind: 'receive';
        readonly from: string;
        readonly message: string;
        readonly sent?: number;
        readonly dropped?: boolean;
      }
    /** A condition or a `match`: `stock == 0 is true`. */
    | { readonly kind: 'decide'; readonly fact: string }
    /** A `choice`: `takes the first branch`. */
    | { readonly kind: 'choose'; readonly fact: string }
  );

/** Where a role stands when a run has come to its end. Of a role that has none, nothing is told: it may go on. */
export type RunEnd = RunPlace & {
  readonly role: string;
  /** What follows the role's name: `waits for `reply` from Bob`, `has ended`. */
  readonly text: string;
} & (
    | { readonly kind: 'waits'; readonly to: 'receive' | 'send'; readonly on: string; readonly what: string }
    | { readonly kind: 'ended' }
    /** It has not ended, and what it still does is no help: `sends nothing more to Bob`. */
    | { readonly kind: 'stands' }
    /**
     * It takes the next message from another for something else than it is: `takes `copies` as an `int`, not a
     * `string``.
     */
    | { readonly kind: 'takes'; readonly from: string }
    /** It goes on for ever. */
    | { readonly kind: 'active' }
    /** It does here what its choreography does not have. */
    | { readonly kind: 'differs'; readonly expected: string }
  );

/** A message that lies in a queue at the end of a run. */
export interface RunMessage {
  readonly from: string;
  readonly to: string;
  readonly message: string;
  /** The step that sent it. */
  readonly step: number;
  /** It is what is wrong: never taken, or not what its receiver takes. */
  readonly wrong: boolean;
}

/** The run that leads to a finding. */
export interface Run {
  /** The roles that take part in it or that it leaves waiting, in the order of the network. */
  readonly roles: readonly string[];
  readonly steps: readonly RunStep[];
  readonly ends: readonly RunEnd[];
  /** What the queues of the roles hold that were followed to the end, oldest first in each. */
  readonly queues: readonly RunMessage[];
  /** Those that wait for each other in a circle: each for the next, the last for the first. */
  readonly cycle: readonly string[];
}

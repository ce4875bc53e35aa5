// What is told of a decision that a role can't follow.
import type { Choreography, Decision, While } from '../ir/choreography.js';
import type { WayName } from '../findings/projection.js';
import type { TextRange } from '../ir/expression.js';
import type { MergeConflict } from './merge.js';

/** A decision that a role has to follow and can't. */
export interface Split {
  readonly statement: Decision | While;
  readonly role: string;
  readonly conflict: MergeConflict;
  /** The branches that can't be told apart; of a loop, 0 is a round and 1 what follows the loop. */
  readonly branches: readonly [number, number];
  /** What the two ways are called, where their places don’t say it. */
  readonly names?: readonly [WayName, WayName];
  /** Where the decision stands in a called choreography: that, the role's name in it, and the call. */
  readonly inside?: {
    readonly choreography: Choreography;
    readonly uri: string;
    readonly role: string;
    readonly call: TextRange;
    /** What follows the call is to blame. */ readonly behind?: boolean;
  };
}

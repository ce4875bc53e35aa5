// What one role does in a choreography, and what was found out on the way.
import type { List } from './behaviour.js';
import type { Unneeded } from './noted.js';
import type { Later } from './senders.js';
import type { Split } from './split.js';

export interface ProjectedRole {
  readonly role: string;
  readonly list: List;
  readonly splits: readonly Split[];
  /**
   * Where the role waits for whoever of several sends, and what follows the choreography has to see to it that it may.
   */
  readonly later: readonly Later[];
  readonly unneeded: readonly Unneeded[];
  /**
   * Where the decisions start that stand in no branch that this role has to merge: what it does in them has no effect
   * around them.
   */
  readonly free: ReadonlySet<number>;
  /** Whether some decision merges only with what follows it. */
  readonly looksAhead: boolean;
  /** How many decisions merge only by what is found out round loops, in calls or by other names. */
  readonly determined: number;
}

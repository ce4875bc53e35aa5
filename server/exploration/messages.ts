// What the server and the thread that explores say to each other, as plain data.
import type { ExplorationTask } from '../../language/network/cache.js';
import type { PlainResult } from '../../language/network/kept.js';

/** One network to explore. `id` counts the jobs of a thread. */
export interface Job {
  readonly id: number;
  readonly task: ExplorationTask;
  /** How long it may take, in milliseconds. */
  readonly patience: number;
}

export type ToThread =
  /** Comes first. `stop` holds the number of the last job that is to end; without it, nothing can be stopped but the thread. */
  | { readonly kind: 'start'; readonly stop?: Int32Array }
  | { readonly kind: 'explore'; readonly job: Job };

export type FromThread =
  /** It is there: the answer to `start`. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly states: number }
  /** `stopped`: it was ended from outside, and the result is what was found until then. */
  | { readonly kind: 'done'; readonly id: number; readonly result: PlainResult; readonly milliseconds: number; readonly stopped: boolean }
  /** It could not be explored: `size` if something grew too large, else by a mistake of ours. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly size: boolean };

// What the server and the thread that explores say to each other, as plain data.
import type { Finding } from '../../language/findings/finding.js';
import type { ExplorationTask } from '../../language/network/verdict/cache.js';
import type { NetworkResult } from '../../language/network/verdict/verdict.js';
import type { Fix } from '../../language/edits/fix.js';

/** One network to explore, or one of its findings whose fixes are to be tried. `id` counts the jobs of a thread. */
export interface Job {
  readonly id: number;
  readonly task: ExplorationTask;
  /** How long a network may be explored, in milliseconds. */
  readonly timeout: number;
  readonly finding?: Finding;
}

/**
 * What stands where in the memory that is shared: the number of the last job that is to end, and 1 while the thread is
 * to wait.
 */
export const shared = { stop: 0, pause: 1, length: 2 } as const;

export type ToThread =
  /** Comes first. `shared` is memory that both see; without it, nothing can be stopped but the thread. */
  { readonly kind: 'start'; readonly shared?: Int32Array } | { readonly kind: 'do'; readonly job: Job };

export type FromThread =
  /** It is there: the answer to `start`. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly id: number; readonly states: number }
  /** `stopped`: it was ended from outside, and the result is what was found until then. */
  | {
      readonly kind: 'done';
      readonly id: number;
      readonly result: NetworkResult;
      readonly milliseconds: number;
      readonly stopped: boolean;
    }
  /** The fixes that help so far; `done`: there are no more. */
  | { readonly kind: 'tried'; readonly id: number; readonly fixes: readonly Fix[]; readonly done: boolean }
  /** It could not be done: `size` if something grew too large, else by a mistake of ours. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string; readonly size: boolean };

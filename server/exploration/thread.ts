// The thread's side of explorations, whatever kind of thread it is: one job after the other, with news of each.
import { createExplorer } from '../../language/background.js';
import type { FromThread, ToThread } from './messages.js';

/** Milliseconds between two pieces of news of one job. */
const newsEvery = 100;

/**
 * Does what is asked.
 * @param tell sends an answer
 * @returns takes in one message; it comes back when the job is done
 */
export function createThread(tell: (message: FromThread) => void): (message: ToThread) => void {
  let explorer = createExplorer();
  let stop: Int32Array | undefined;
  return (message) => {
    if (message.kind === 'start') {
      stop = message.stop;
      tell({ kind: 'ready' });
      return;
    }
    const { id, task, patience } = message.job;
    const start = Date.now();
    let told = start;
    const isStopped = (): boolean => stop !== undefined && Atomics.load(stop, 0) >= id;
    try {
      const result = explorer.explore(task, (states) => {
        const now = Date.now();
        if (now - told >= newsEvery) {
          told = now;
          tell({ kind: 'progress', id, states });
        }
        return isStopped() || now - start > patience;
      });
      if (!result) tell({ kind: 'failed', id, message: 'There is no such network.', size: false });
      else tell({ kind: 'done', id, result, milliseconds: Date.now() - start, stopped: isStopped() });
    } catch (error) {
      // Nothing that was made on the way is trusted any more.
      explorer = createExplorer();
      tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error), size: error instanceof RangeError });
    }
  };
}

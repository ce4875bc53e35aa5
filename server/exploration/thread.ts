// The thread's side of explorations, whatever kind of thread it is: one job after the other, with news of each.
import { createExplorer } from '../../language/background.js';
import { stoppedVerdict } from '../../language/network/verdict.js';
import { shared } from './messages.js';
import type { FromThread, ToThread } from './messages.js';

/** Milliseconds between two pieces of news of one job. */
const newsEvery = 100;
/** A thread that is to wait goes on for a moment after so many milliseconds, whatever became of who told it to. */
const longestPause = 500;

/**
 * Does what is asked.
 * @param tell sends an answer
 * @returns takes in one message; it comes back when the job is done
 */
export function createThread(tell: (message: FromThread) => void): (message: ToThread) => void {
  let explorer = createExplorer();
  let memory: Int32Array | undefined;
  return (message) => {
    if (message.kind === 'start') {
      memory = message.shared;
      tell({ kind: 'ready' });
      return;
    }
    const { id, task, patience } = message.job;
    const start = Date.now();
    let told = start;
    let paused = 0;
    const isStopped = (): boolean => memory !== undefined && Atomics.load(memory, shared.stop) >= id;
    /** Waits for as long as it is told to. That is no time of the job's. */
    const pause = (now: number): void => {
      if (!memory || Atomics.load(memory, shared.pause) !== 1 || isStopped()) return;
      Atomics.wait(memory, shared.pause, 1, longestPause);
      paused += Date.now() - now;
    };
    try {
      const result = explorer.explore(task, (states) => {
        const now = Date.now();
        if (now - told >= newsEvery) {
          told = now;
          tell({ kind: 'progress', id, states });
        }
        pause(now);
        return isStopped() || now - start - paused > patience;
      });
      if (!result) tell({ kind: 'failed', id, message: 'There is no such network.', size: false });
      else if (isStopped()) tell({ kind: 'done', id, result: { ...result, verdict: stoppedVerdict(result.verdict) }, milliseconds: Date.now() - start, stopped: true });
      else tell({ kind: 'done', id, result, milliseconds: Date.now() - start, stopped: false });
    } catch (error) {
      // Nothing that was made on the way is trusted any more.
      explorer = createExplorer();
      tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error), size: error instanceof RangeError });
    }
  };
}

// The thread's side of explorations, whatever kind of thread it is: one job after the other, with news of each.
import { createExplorer } from '../../language/background.js';
import type { Explorer } from '../../language/background.js';
import { stoppedVerdict } from '../../language/network/verdict/verdict.js';
import { shared } from './messages.js';
import type { FromThread, Job, ToThread } from './messages.js';
import { crashText } from '../crash.js';

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
  let memory: Int32Array | undefined;
  let id = 0;
  let told = 0;
  /** Milliseconds of all pauses: they are no time of any job. */
  let paused = 0;
  const isStopped = (): boolean => memory !== undefined && Atomics.load(memory, shared.stop) >= id;
  /** Waits for as long as it is told to. */
  const pause = (now: number): void => {
    if (!memory || Atomics.load(memory, shared.pause) !== 1 || isStopped()) return;
    Atomics.wait(memory, shared.pause, 1, longestPause);
    paused += Date.now() - now;
  };
  const start = (): Explorer =>
    createExplorer({
      now: () => Date.now() - paused,
      interrupted(states) {
        const now = Date.now();
        if (states !== undefined && now - told >= newsEvery) {
          told = now;
          tell({ kind: 'progress', id, states });
        }
        pause(now);
        return isStopped();
      },
    });
  let explorer = start();

  const answer = ({ task, timeout, finding }: Job): FromThread => {
    const begun = Date.now();
    if (finding) {
      const fixes = explorer.tryFixes(task, timeout, finding, (soFar) =>
        tell({ kind: 'tried', id, fixes: soFar, done: false }),
      );
      return { kind: 'tried', id, fixes, done: true };
    }
    const result = explorer.explore(task, timeout);
    if (!result) return { kind: 'failed', id, message: 'There is no such network.', size: false };
    const stopped = isStopped();
    return {
      kind: 'done',
      id,
      result: stopped ? { ...result, verdict: stoppedVerdict(result.verdict) } : result,
      milliseconds: Date.now() - begun,
      stopped,
    };
  };
  return (message) => {
    if (message.kind === 'start') {
      memory = message.shared;
      tell({ kind: 'ready' });
      return;
    }
    id = message.job.id;
    told = Date.now();
    try {
      tell(answer(message.job));
    } catch (error) {
      // Nothing that was made on the way is trusted any more.
      explorer = start();
      tell({ kind: 'failed', id, message: crashText(error), size: error instanceof RangeError });
    }
  };
}

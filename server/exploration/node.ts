// Threads that explore, in Node. Their code is the bundle `worker.cjs` beside the one that this is in.
import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import { shared } from './messages.js';
import type { FromThread } from './messages.js';
import type { StartThread } from './queue.js';

/** What a thread may keep on V8's heap, in megabytes; one that needs more ends, and the server does not. */
const memory = Math.min(2048, Math.floor(totalmem() / 4_000_000));

/** One thread leaves a machine of few cores to the editor. */
export const threads = availableParallelism() >= 4 ? 2 : 1;

export const startThread: StartThread = ({ told, ended }) => {
  // Standard output belongs to the protocol, and options of the server's process are not the thread's.
  const worker = new Worker(new URL('./worker.cjs', import.meta.url), {
    stdout: true,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  worker.unref();
  worker.on('message', (message: FromThread) => told(message));
  worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => ended(`exit code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    memory: new Int32Array(new SharedArrayBuffer(4 * shared.length)),
    end: () => void worker.terminate(),
  };
};

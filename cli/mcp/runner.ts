// Has calls done in a thread, one after the other, each within its time: what takes longer is ended with the thread.
import { Worker } from 'node:worker_threads';
import type { Answer, Bounds, Call } from './calls.js';

export interface Runner {
  /**
   * Does a call when those before it are done.
   * @param signal whoever asked may have lost interest
   * @returns never rejects: what goes wrong is told in the answer
   */
  run(call: Call, signal?: AbortSignal): Promise<Answer>;
}

interface Waiting {
  readonly call: Call;
  readonly signal: AbortSignal | undefined;
  readonly done: (answer: Answer) => void;
}

/** How much memory the thread may take, in MiB. */
const memory = 2048;

/** @param code the file that the thread runs */
export function createRunner(code: URL, bounds: Bounds): Runner {
  const queue: Waiting[] = [];
  let busy = false;
  let idle: Worker | undefined;

  const start = (): Worker => {
    const worker = new Worker(code, {
      workerData: bounds,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    // An error of one that does nothing is seen at the next call.
    worker.on('error', () => {
      if (idle === worker) idle = undefined;
    });
    return worker;
  };

  const doNext = (): void => {
    const next = busy ? undefined : queue.shift();
    if (!next) return;
    const { call, signal, done } = next;
    if (signal?.aborted) {
      done(failure('It was cancelled.'));
      doNext();
      return;
    }
    busy = true;
    const worker = idle ?? start();
    idle = undefined;
    worker.ref();
    const finish = (answer: Answer, reusable: boolean): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      // Who has nothing to do keeps nobody from ending.
      worker.unref();
      if (reusable) idle = worker;
      else void worker.terminate();
      busy = false;
      done(answer);
      doNext();
    };
    const onMessage = (answer: Answer): void => {
      finish(answer, true);
    };
    const onError = (error: unknown): void => {
      const full = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      finish(
        failure(
          full
            ? 'It takes more memory than there is. Ask for less: one file, or one declaration.'
            : `This is a mistake in chor itself, please report it with the text: ${error instanceof Error ? error.message : String(error)}`,
        ),
        false,
      );
    };
    const onExit = (): void => {
      finish(failure('The thread that does the work ended. Ask again.'), false);
    };
    const onAbort = (): void => {
      finish(failure('It was cancelled.'), false);
    };
    const timer = setTimeout(() => {
      finish(
        failure(
          `It took longer than ${bounds.longest / 1000} seconds, and was ended. Ask for less, or have \`chor mcp\` started with a larger \`--seconds\`.`,
        ),
        false,
      );
    }, bounds.longest);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal?.addEventListener('abort', onAbort);
    worker.postMessage(call);
  };

  return {
    run: (call, signal) =>
      new Promise((resolve) => {
        queue.push({ call, signal, done: resolve });
        doNext();
      }),
  };
}

function failure(text: string): Answer {
  return { texts: [text], failed: true };
}

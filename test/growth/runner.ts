// Measures texts in a thread with bounds of time and memory; a thread that meets one is ended, and the next text gets a
// new one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { Measured } from './passes.js';

export type Outcome =
  | { readonly kind: 'measured'; readonly measured: Measured }
  | { readonly kind: 'thrown' | 'too much memory' | 'too long'; readonly pass: string; readonly message: string };

export interface Runner {
  /** @param milliseconds how long the whole may take, by the processor's time */
  measure(text: string, milliseconds: number): Promise<Outcome>;
  stop(): Promise<void>;
}

/** What the thread says, and what becomes of it. */
export type Message =
  | { readonly kind: 'begins'; readonly pass: string }
  | { readonly kind: 'measured'; readonly measured: Measured }
  | { readonly kind: 'thrown' | 'too much memory' | 'too long'; readonly message: string };

/** How many megabytes a thread's heap may have. */
export const mostMemory = 400;

/**
 * How many megabytes of stack a thread has: as much as the main thread of Node, which is less than threads have by
 * themselves.
 */
const stack = 1;

/**
 * Bundles the thread.
 * @param sources the folder that this file is in
 */
export async function startRunner(sources = import.meta.dirname): Promise<Runner> {
  const folder = mkdtempSync(join(tmpdir(), 'chor-growth-'));
  const outfile = join(folder, 'thread.mjs');
  await build({
    entryPoints: [join(sources, 'thread.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  let worker: Worker | undefined;
  let answer: (message: Message) => void = () => undefined;
  const start = (): Worker => {
    const started = new Worker(outfile, { resourceLimits: { maxOldGenerationSizeMb: mostMemory, stackSizeMb: stack } });
    const tell = (message: Message): void => {
      if (worker === started) answer(message);
    };
    started.on('message', tell);
    started.on('error', (error: Error & { code?: string }) =>
      tell({ kind: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too much memory' : 'thrown', message: error.message }),
    );
    started.on('exit', () => tell({ kind: 'thrown', message: 'the thread ended' }));
    return started;
  };
  return {
    measure(text, milliseconds) {
      const used = (worker ??= start());
      return new Promise((resolve) => {
        let pass = 'parse';
        // The processor may be busy with others: what is counted is the time that this process had.
        const begun = process.cpuUsage();
        const watching = setInterval(() => {
          const { user, system } = process.cpuUsage(begun);
          if ((user + system) / 1000 > milliseconds)
            answer({ kind: 'too long', message: `more than ${milliseconds} ms` });
        }, 50);
        answer = (message) => {
          if (message.kind === 'begins') {
            ({ pass } = message);
            return;
          }
          clearInterval(watching);
          answer = () => undefined;
          if (message.kind === 'measured') return resolve({ kind: 'measured', measured: message.measured });
          worker = undefined;
          void used.terminate().then(() => resolve({ ...message, pass }));
        };
        used.postMessage(text);
      });
    },
    async stop() {
      await worker?.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// The thread in which texts are measured: it answers each with the times, or with what was thrown.
import { parentPort } from 'node:worker_threads';
import { measure } from './passes.js';
import type { Message } from './runner.js';

const say = (message: Message): void => parentPort?.postMessage(message);

parentPort?.on('message', (text: string) => {
  try {
    say({ kind: 'measured', measured: measure(text, (pass) => say({ kind: 'begins', pass })) });
  } catch (error) {
    const where = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 6).join('\n') : '';
    say({ kind: 'thrown', message: `${String(error)}\n${where}` });
  }
});

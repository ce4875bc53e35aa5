// Entry of the thread that does what assistants ask.
import { parentPort, workerData } from 'node:worker_threads';
import { answer } from './answer.js';
import type { Bounds, Call } from './calls.js';

if (parentPort) {
  const port = parentPort;
  // Who starts the thread gives it this.
  const bounds = workerData as Bounds;
  port.on('message', (call: Call) => {
    port.postMessage(answer(call, bounds));
  });
}

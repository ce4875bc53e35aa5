// Entry of the thread that explores networks, in Node (worker_threads).
import { parentPort } from 'node:worker_threads';
import type { ToThread } from './exploration/messages.js';
import { createThread } from './exploration/thread.js';

if (parentPort) {
  const port = parentPort;
  const take = createThread((message) => port.postMessage(message));
  port.on('message', (message: ToThread) => take(message));
}

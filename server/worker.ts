// Entry of the thread that explores networks, in Node (worker_threads).
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { ToThread } from './exploration/messages.js';
import { createThread } from './exploration/thread.js';

/**
 * Lets all who wait for an answer go first. On Linux, a thread has a priority of its own; elsewhere this does nothing.
 */
function stepBack(): void {
  try {
    const thread = Number(/\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1]);
    if (Number.isInteger(thread)) setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It explores all the same.
  }
}

if (parentPort) {
  stepBack();
  const port = parentPort;
  const take = createThread((message) => port.postMessage(message));
  port.on('message', (message: ToThread) => take(message));
}

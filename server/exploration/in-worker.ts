// The thread that explores networks, in a web worker.
import type { FromThread, ToThread } from './messages.js';
import { createThread } from './thread.js';

/** Takes jobs from the worker that started this one. */
export function exploreInWorker(): void {
  const scope = globalThis as unknown as {
    postMessage(message: FromThread): void;
    onmessage: ((event: { readonly data: ToThread }) => void) | null;
  };
  const take = createThread((message) => scope.postMessage(message));
  scope.onmessage = ({ data }) => take(data);
}

// Threads that explore, in a browser. Their code is the bundle `browser-worker.js` beside the one that this is in.
import type { FromThread } from './messages.js';
import type { StartThread } from './queue.js';

interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromThread }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

interface Scope {
  readonly Worker?: new (url: string) => WebWorker;
  readonly location?: { readonly href: string };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
}

/**
 * How to start threads from a worker.
 * @param scope the global object of the server's worker
 * @returns undefined where a worker can’t have workers of its own
 */
export function webThreads({ Worker, location, navigator, crossOriginIsolated }: Scope): { readonly start: StartThread; readonly count: number } | undefined {
  if (!Worker || !location) return undefined;
  const start: StartThread = ({ told, ended }) => {
    const worker = new Worker(new URL('browser-worker.js', location.href).toString());
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      worker.terminate();
      ended(event.message ?? 'it could not be loaded');
    };
    return {
      post: (message) => worker.postMessage(message),
      // Memory is shared only with pages that keep apart from all others.
      ...(crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined' ? { stop: new Int32Array(new SharedArrayBuffer(4)) } : {}),
      end: () => worker.terminate(),
    };
  };
  return { start, count: (navigator?.hardwareConcurrency ?? 1) >= 4 ? 2 : 1 };
}

// Threads that explore, in a browser. In an editor their code is at hand as text: a worker may not know the address
// that it comes from itself, and may not load workers from there (another origin, in VS Code for the Web).
import { shared } from './messages.js';
import type { FromThread } from './messages.js';
import type { StartThread } from './queue.js';

interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: { readonly data: FromThread }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault?(): void }) => void) | null;
}

interface Scope {
  readonly Worker?: new (url: string, options: { readonly name: string }) => WebWorker;
  readonly Blob?: new (parts: string[], options: { readonly type: string }) => object;
  readonly URL?: { createObjectURL?(blob: object): string };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
}

/** The name of a worker that is a thread. */
export const threadName = 'Chor exploration';

/**
 * How to start threads from a worker.
 * @param scope the global object of the server's worker
 * @param source the bundle of the thread, or where it is loaded from
 * @returns undefined where a worker can’t have workers of its own
 */
export function webThreads(
  { Worker, Blob, URL, navigator, crossOriginIsolated }: Scope,
  source: { readonly code: string } | { readonly address: string },
): { readonly start: StartThread; readonly count: number } | undefined {
  if (!Worker || !Blob || !URL?.createObjectURL) return undefined;
  let address = 'address' in source ? source.address : undefined;
  const textAddress = (): string =>
    ('code' in source && URL.createObjectURL?.(new Blob([source.code], { type: 'text/javascript' }))) || '';
  const start: StartThread = ({ told, ended }) => {
    const worker = new Worker((address ??= textAddress()), { name: threadName });
    worker.onmessage = ({ data }) => told(data);
    worker.onerror = (event) => {
      event.preventDefault?.();
      worker.terminate();
      ended(event.message ?? 'it could not be loaded');
    };
    return {
      post: (message) => worker.postMessage(message),
      // Memory is shared only with pages that keep apart from all others.
      ...(crossOriginIsolated && typeof SharedArrayBuffer !== 'undefined'
        ? { memory: new Int32Array(new SharedArrayBuffer(4 * shared.length)) }
        : {}),
      end: () => worker.terminate(),
    };
  };
  return { start, count: (navigator?.hardwareConcurrency ?? 1) >= 4 ? 2 : 1 };
}

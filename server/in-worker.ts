// What a web worker of a browser is to be: the server, or one of its threads.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { serve } from './server.js';
import type { Host } from './session.js';

/** Serves the page, or the worker, that started this one. What is not open, the client reads for it. */
export function serveInWorker(threads: Host['threads']): void {
  const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0] & { close?(): void };
  const connection = createConnection(
    ProposedFeatures.all,
    new BrowserMessageReader(worker),
    new BrowserMessageWriter(worker),
  );
  serve(connection, { reaches: () => false, read: () => undefined, scan: () => Promise.resolve([]), threads });
  connection.onExit(() => worker.close?.());
  connection.listen();
}

// Entry of the server in a web worker: what is not open, the client reads for it.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import thread from 'bundle:./browser-worker.ts';
import { webThreads } from './exploration/browser.js';
import { serve } from './server.js';

const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0] & { close?(): void };
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
serve(connection, { reaches: () => false, read: () => undefined, scan: () => Promise.resolve([]), threads: webThreads(globalThis, thread) });
connection.onExit(() => worker.close?.());
connection.listen();

// Entry of the server in a web worker: there are no files but those that the client has open.
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { webThreads } from './exploration/browser.js';
import { serve } from './server.js';

const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
serve(connection, { read: () => undefined, scan: () => Promise.resolve([]), threads: webThreads(globalThis) });
connection.listen();

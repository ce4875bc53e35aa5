// Entry of the server in a web worker of an editor. It carries the code of its threads as text: it may not know the
// address that it comes from.
import thread from 'bundle:./browser-worker.ts';
import { webThreads } from './exploration/browser.js';
import { serveInWorker } from './in-worker.js';

serveInWorker(webThreads(globalThis, { code: thread }));

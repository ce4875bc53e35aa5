// Entry of the server and of its threads in web workers of a page that may load workers from its own address: one
// script, which is half as much to load. Which of them it is, its name says.
import { threadName, webThreads } from './exploration/browser.js';
import { exploreInWorker } from './exploration/in-worker.js';
import { serveInWorker } from './in-worker.js';

const { name, location } = globalThis as unknown as {
  readonly name: string;
  readonly location: { readonly href: string };
};
if (name === threadName) exploreInWorker();
else serveInWorker(webThreads(globalThis, { address: location.href }));

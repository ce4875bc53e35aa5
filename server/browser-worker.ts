// Entry of the thread that explores networks, in a browser (a web worker).
import type { FromThread, ToThread } from './exploration/messages.js';
import { createThread } from './exploration/thread.js';

const scope = globalThis as unknown as { postMessage(message: FromThread): void; onmessage: ((event: { readonly data: ToThread }) => void) | null };
const take = createThread((message) => scope.postMessage(message));
scope.onmessage = ({ data }) => take(data);

// What the page’s program waits for before it begins: it is loaded and compiled meanwhile. It takes a second of the
// page’s only thread, in which the first check could not be shown.
import { firstSeen } from './server-worker.js';

await firstSeen();

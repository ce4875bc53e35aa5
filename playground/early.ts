// Runs in the page before its program is loaded.
import { startEarly } from './server-worker.js';

startEarly();

// Entry of the thread that explores networks, in a browser (a web worker).
import { exploreInWorker } from './exploration/in-worker.js';

exploreInWorker();

// Entry of the page.
import './gate.js';
import { start } from './app.js';
import './main.css';

// The editor’s own worker; its other work it does by itself.
Object.assign(globalThis, {
  MonacoEnvironment: { getWorker: () => new Worker('editor-worker.js', { name: 'Editor' }) },
});
start();

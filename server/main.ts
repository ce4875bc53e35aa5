// Entry of the server in Node: `main.cjs --stdio`, or `--node-ipc` when the VS Code extension starts it.
import { runServer } from './node.js';

runServer(process.argv.includes('--node-ipc') ? 'ipc' : 'stdio');

// Ends this process when another one does, whatever it is busy with: a thread of its own looks after that.
import { Worker } from 'node:worker_threads';

/** How often is looked, in milliseconds. */
const every = 500;
/** How long the process may take to end by itself, in milliseconds: it sees the end of its input, if it is not busy. */
const grace = 1000;

/** What the thread does. It is text, since it has to stand in every bundle; it takes nothing from there. */
const code = `
const { parentPort, workerData: { parent, every, grace } } = require('node:worker_threads');
const others = [];
parentPort.on('message', (id) => others.push(id));
const isThere = (id) => {
  try { process.kill(id, 0); return true; } catch (error) { return error.code === 'EPERM'; }
};
// Who has lost its parent is given another, where there are such things.
const isOrphan = () => parent !== undefined && (process.ppid !== parent || (process.platform === 'win32' && !isThere(parent)));
let gone;
setInterval(() => {
  if (!isOrphan() && others.every(isThere)) gone = undefined;
  else if (gone === undefined) gone = Date.now();
  else if (Date.now() - gone >= grace) process.kill(process.pid, 'SIGKILL');
}, every);
`;

/**
 * Ends this process, busy or not, within two seconds of the end of the process that started it.
 * @returns ends it with another process, too
 */
export function endWithParent(): (other: number) => void {
  // Who was started by what is gone already was not meant to end with it.
  const parent = process.ppid > 1 ? process.ppid : undefined;
  const worker = new Worker(code, {
    eval: true,
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { parent, every, grace },
  });
  worker.unref();
  // Where there can be no thread, the end of the input has to do.
  worker.on('error', () => undefined);
  return (other) => worker.postMessage(other);
}

// What a command talks to: the user's folder, the standard streams and the environment. Tests hand in their own.
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure, reasonOf } from './failure.js';

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal. */
  readonly terminal: boolean;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  input(): string;
}

/** The process's own. */
export function processIo(): Io {
  return {
    cwd: process.cwd(), env: process.env, terminal: process.stdout.isTTY,
    out: (text) => { process.stdout.write(text); },
    err: (text) => { process.stderr.write(text); },
    input: () => {
      try {
        return readFileSync(0, 'utf8');
      } catch (error) {
        throw new Failure(`can’t read standard input: ${reasonOf(error)}`);
      }
    },
  };
}

/**
 * Replaces a file in one step: whoever reads it meanwhile sees the old text or the new one, never a part. The file keeps its
 * mode, and a symbolic link stays one.
 */
export function writeAtomically(path: string, text: string, shown: string): void {
  let target = path;
  let mode: number | undefined;
  try {
    target = realpathSync(path);
    mode = statSync(target).mode;
  } catch { /* a new file */ }
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    const folder = statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory();
    throw new Failure(`can’t write ${shown}: ${folder ? reasonOf(error) : 'its folder does not exist'}`);
  }
}

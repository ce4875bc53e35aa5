// What a command talks to: the user's folder, the standard streams and the environment. Tests hand in their own.
import { readSync } from 'node:fs';
import { largest } from '../system/limits.js';
import { reasonOf } from '../system/reason.js';
import { Failure } from './failure.js';

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal. */
  readonly terminal: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Ends what goes on until it is ended; without it, that is for the process to do. */
  readonly ended?: AbortSignal;
  /** All of standard input; no more than tells that it is too large. */
  input(): Uint8Array;
}

/** The process's own. */
export function processIo(): Io {
  return {
    cwd: workingFolder(),
    env: process.env,
    terminal: process.stdout.isTTY,
    out: (text) => {
      process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    input: readStandardInput,
  };
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new Failure('the folder that this runs in is gone');
  }
}

function readStandardInput(): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length <= largest) {
    const part = Buffer.alloc(65_536);
    const read = readPart(part);
    if (read === 0) break;
    parts.push(part.subarray(0, read));
    length += read;
  }
  return Buffer.concat(parts);
}

/** Waits for the next bytes; 0 at the end. */
function readPart(part: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, part);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      // Somebody made it a stream that does not wait.
      if (code !== 'EAGAIN') throw new Failure(`can’t read standard input: ${reasonOf(error)}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

// A folder with files, and the command run in it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../cli/main.js';

export interface Result {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

export interface Sandbox {
  readonly folder: string;
  chor(...args: string[]): Promise<Result>;
  /** The command with standard input. */
  pipe(input: string | Uint8Array, ...args: string[]): Promise<Result>;
  read(name: string): string;
}

/** Makes a folder with these files; it goes away with the test. */
export function sandbox(files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'chor-cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const pipe = async (input: string | Uint8Array, ...args: string[]): Promise<Result> => {
    let [out, err] = ['', ''];
    const code = await run(args, {
      cwd: folder,
      env,
      terminal: false,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      input: () => Buffer.from(input),
    });
    return { code, out, err };
  };
  return {
    folder,
    pipe,
    chor: (...args) => pipe('', ...args),
    read: (name) => readFileSync(join(folder, name), 'utf8'),
  };
}

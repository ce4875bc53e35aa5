// chor fmt: lays files out anew, or says which it would.
import { resolve } from 'node:path';
import { lowerFile } from '../language/ir/lower.js';
import { format } from '../language/syntax/format.js';
import { readInputs } from './files.js';
import { writeAtomically } from './io.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export interface FmtOptions {
  /** Change nothing; say what would change. */
  readonly check?: boolean;
}

/** @returns the exit code: 1 where a file can’t be read as Chor or, with `check`, is not laid out */
export function fmt(files: readonly string[], { check }: FmtOptions, io: Io): number {
  let code = 0;
  for (const { path, uri, text } of readInputs(files, io)) {
    const [error] = lowerFile(uri, text).syntaxErrors;
    const laidOut = error ? text : format(text);
    if (error) {
      const { line, character } = linesOf(text).position(error.origin.start);
      io.err(`${path}:${line + 1}:${character + 1}: left as it is: ${error.message}\n`);
      code = 1;
    }
    if (path === '-' && !check) io.out(laidOut);
    else if (laidOut !== text) {
      io.out(`${path}\n`);
      if (check) code = 1;
      else writeAtomically(resolve(io.cwd, path), laidOut, path);
    }
  }
  return code;
}

// chor fmt: lays files out anew, or says which it would.
import { lowerFile } from '../language/lowering/source.js';
import { format } from '../language/syntax/format.js';
import { readInputs, withMarkOf, writeBack } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export interface FmtOptions {
  /** Change nothing; say what would change. */
  readonly check?: boolean;
}

/**
 * @returns the exit code: 1 where a file can’t be read as Chor or, with `check`, is not laid out, and 2 where one can’t
 * be written
 */
export function fmt(files: readonly string[], { check }: FmtOptions, io: Io): number {
  let code = 0;
  for (const input of readInputs(files, io)) {
    const { path, uri, text } = input;
    const [error] = lowerFile(uri, text).syntaxErrors;
    const laidOut = error ? text : format(text);
    if (error) {
      const { line, character } = linesOf(text).position(error.origin.start);
      io.err(`${path}:${line + 1}:${character + 1}: left as it is: ${error.message}\n`);
      code = Math.max(code, 1);
    }
    if (path === '-' && !check) io.out(withMarkOf(input, laidOut));
    else if (laidOut !== text) {
      const written = check === true || writeBack(input, laidOut, io);
      if (written) io.out(`${path}\n`);
      code = Math.max(code, written ? Number(check === true) : 2);
    }
  }
  return code;
}

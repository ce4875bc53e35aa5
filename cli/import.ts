// chor import: choreographies and networks out of what other tools read.
import { formatOf, importText } from '../language/import/import.js';
import type { ImportFormat } from '../language/import/import.js';
import { Failure } from './failure.js';
import { networkName, readInputs, writeOutput } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export interface ImportOptions {
  readonly format?: ImportFormat;
  readonly output?: string;
}

/**
 * @returns the exit code: 1 where something has no counterpart, which is told on standard error; nothing is written
 * then
 */
export function importFile(file: string, options: ImportOptions, io: Io): number {
  const [input, ...others] = readInputs([file], io);
  if (!input || others.length > 0) throw new Failure(`${file} stands for several files; import takes one`);
  const format = options.format ?? formatOf(input.text, input.path);
  if (!format)
    throw new Failure(
      `can’t tell what ${input.path === '-' ? 'standard input' : input.path} is written in; say so with --format scribble, kmc or extractor`,
    );
  const result = importText(input.text, format, input.path === '-' ? undefined : networkName(input.path));
  if ('errors' in result) {
    const lines = linesOf(input.text);
    for (const { kind, message, at } of result.errors) {
      const { line, character } = lines.position(at);
      io.err(`${input.path}:${line + 1}:${character + 1}: ${kind}: ${message}\n`);
    }
    return 1;
  }
  writeOutput(options.output, result.text, [input.uri], io);
  return 0;
}

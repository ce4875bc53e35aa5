// A process as text, with the way back: which part of the text comes from which part of the choreography.
import type { Origin } from '../ir/expression.js';
import type { Process } from '../ir/process.js';

export interface PrintedProcess {
  readonly text: string;
  /** Ranges of `text` with the ranges of the source that they come from; outer ones before inner ones. */
  readonly map: readonly { readonly local: Origin; readonly source: Origin }[];
  readonly holes: readonly { readonly local: Origin; readonly code: string; readonly message: string }[];
}

/** Prints a process in `.chor` syntax, laid out as the formatter would. */
export function printProcess(process: Process): PrintedProcess {
  return { text: `process ${process.name.text} {\n}\n`, map: [], holes: [] };
}

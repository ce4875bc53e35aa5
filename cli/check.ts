// chor check: what is wrong in the files, for people or for programs.
import { defaultLimits, Workspace } from '../language/workspace.js';
import { coloursFor } from './colours.js';
import { holdsMachines, reportOnMachines } from './machines.js';
import { diskFiles, pathsFrom, readInputs } from './files.js';
import type { Io } from './io.js';
import { mermaidReport } from './mermaid.js';
import { hasErrors, jsonOf, lineIndex, timeout, reportOn } from './report.js';
import { sarifLog } from './sarif.js';
import { textReport } from './text.js';

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'mermaid';
  readonly color?: boolean;
  /** Shows hints in the text too; the other formats always have them. */
  readonly hints?: boolean;
  /** Bounds of what is explored of each network. */
  readonly states?: number;
  readonly buffer?: number;
  readonly seconds?: number;
}

/** @returns the exit code: 1 where there is an error */
export function check(files: readonly string[], options: CheckOptions, io: Io): number {
  const inputs = readInputs(files, io);
  const { states = defaultLimits.states, buffer = defaultLimits.buffer, seconds } = options;
  const limits = { states, buffer };
  const time = seconds === undefined ? timeout : seconds * 1000;
  const workspace = new Workspace({ ...diskFiles(), limits, timeout: time });
  for (const input of inputs) workspace.set(input.uri, input.text);
  const path = pathsFrom(inputs, io);
  const report = { files: inputs.map((input) => (holdsMachines(input.path) ? reportOnMachines(input, limits, time) : reportOn(input, workspace, path))) };
  switch (options.format) {
    case 'json': io.out(`${JSON.stringify(jsonOf(report), null, 2)}\n`); break;
    case 'sarif': io.out(`${JSON.stringify(sarifLog(report), null, 2)}\n`); break;
    case 'mermaid': io.out(mermaidReport(report)); break;
    case 'text': {
      const lines = lineIndex(workspace);
      const uris = new Map(workspace.uris().map((uri) => [path(uri), uri]));
      io.out(textReport(report, (shown) => lines(uris.get(shown) ?? shown), coloursFor(io, options.color), options.hints ?? false));
    }
  }
  return hasErrors(report) ? 1 : 0;
}

// chor check: what is wrong in the files, for people or for programs.
import { defaultLimits, Workspace } from '../language/workspace.js';
import { coloursFor } from './colours.js';
import { holdsMachines, reportOnMachines } from './machines.js';
import { diskFiles, pathsFrom, readInputs } from './files.js';
import type { Input } from './files.js';
import { gitlabReport } from './gitlab.js';
import type { Io } from './io.js';
import { mermaidReport } from './mermaid.js';
import { hasErrors, jsonOf, lineIndex, timeout, reportOn } from './report.js';
import type { FileReport, Report } from './report.js';
import { sarifLog } from './sarif.js';
import { textReport } from './text.js';

export interface CheckOptions {
  readonly format: 'text' | 'json' | 'sarif' | 'gitlab' | 'mermaid';
  readonly color?: boolean;
  /** Shows hints in the text too; the other formats always have them. */
  readonly hints?: boolean;
  /** Checks again whenever something changes, until it is ended. */
  readonly watch?: boolean;
  /** Bounds of what is explored of each network. */
  readonly states?: number;
  readonly buffer?: number;
  readonly seconds?: number;
}

/** @returns the exit code: 1 where there is an error */
export function check(files: readonly string[], options: CheckOptions, io: Io): number {
  return createChecker(files, options, io).check();
}

/** Checks the same files again and again. */
export interface Checker {
  /** Reads the files that are named now, and reports; @returns the exit code, see `check`; @throws Failure */
  check(): number;
  /** Has files read anew at the next check; @returns whether any of them is another one than at the last */
  changed(uris: readonly string[]): boolean;
  /**
   * The addresses of all files that the last check depends on, also of those that were looked for and are not there.
   */
  depends(): readonly string[];
}

/** What did not change since the last check is not looked at again. */
export function createChecker(files: readonly string[], options: CheckOptions, io: Io): Checker {
  const { states = defaultLimits.states, buffer = defaultLimits.buffer, seconds } = options;
  const limits = { states, buffer };
  const time = seconds === undefined ? timeout : seconds * 1000;
  const workspace = new Workspace({ ...diskFiles(), limits, timeout: time });
  const known = new Map<string, { readonly of: unknown; readonly path: string; readonly report: FileReport }>();
  let inputs: readonly Input[] = [];

  /** What the report of a file is made of: the same as long as that is the same. */
  const basisOf = (input: Input): unknown => (holdsMachines(input.path) ? input.text : workspace.analyze(input.uri));
  const reportFor = (input: Input, path: (uri: string) => string): FileReport => {
    const of = basisOf(input);
    const last = known.get(input.uri);
    if (last && last.of === of && last.path === input.path) return last.report;
    const report = holdsMachines(input.path) ? reportOnMachines(input, limits, time) : reportOn(input, workspace, path);
    known.set(input.uri, { of, path: input.path, report });
    return report;
  };
  return {
    check() {
      inputs = readInputs(files, io);
      for (const input of inputs) workspace.set(input.uri, input.text);
      const path = pathsFrom(inputs, io);
      const report = { files: inputs.map((input) => reportFor(input, path)) };
      print(report, workspace, path, options, io);
      return hasErrors(report) ? 1 : 0;
    },
    changed(uris) {
      const disk = diskFiles();
      const isOther = (uri: string): boolean => {
        const now = disk.read?.(uri);
        const before = inputs.find((input) => input.uri === uri)?.text ?? workspace.text(uri);
        return typeof now === 'string' ? now !== before : before !== undefined || now?.unread !== workspace.unread(uri);
      };
      const other = uris.filter(isOther);
      for (const uri of other) workspace.delete(uri);
      return other.length > 0;
    },
    depends: () => [...new Set([...inputs.map(({ uri }) => uri), ...workspace.uris(), ...workspace.missed()])],
  };
}

function print(
  report: Report,
  workspace: Workspace,
  path: (uri: string) => string,
  options: CheckOptions,
  io: Io,
): void {
  switch (options.format) {
    case 'json':
      io.out(`${JSON.stringify(jsonOf(report), null, 2)}\n`);
      break;
    case 'sarif':
      io.out(`${JSON.stringify(sarifLog(report), null, 2)}\n`);
      break;
    case 'gitlab':
      io.out(`${JSON.stringify(gitlabReport(report), null, 2)}\n`);
      break;
    case 'mermaid':
      io.out(mermaidReport(report));
      break;
    case 'text': {
      const lines = lineIndex(workspace);
      const uris = new Map(workspace.uris().map((uri) => [path(uri), uri]));
      io.out(
        textReport(
          report,
          (shown) => lines(uris.get(shown) ?? shown),
          coloursFor(io, options.color),
          options.hints ?? false,
        ),
      );
    }
  }
}

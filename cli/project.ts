// chor project: what each role does alone, as a file that checks clean beside the source, or as data.
import { resolve } from 'node:path';
import { roleViews } from '../language/features/projections.js';
import { projectionFile, whyNone } from '../language/projection/file.js';
import type { Projected } from '../language/projection/project.js';
import { relativePath } from '../language/scoping/paths.js';
import { Workspace } from '../language/workspace.js';
import type { FileAnalysis } from '../language/workspace.js';
import { Failure } from './failure.js';
import { addressOf, diskFiles, readInputs, writeOutput } from './files.js';
import type { Input } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';
import type { Range } from './positions.js';
import { diagnosticsIn } from '../language/rules/render.js';

export interface ProjectOptions {
  readonly choreography?: string;
  readonly role?: string;
  readonly format: 'chor' | 'json';
  readonly output?: string;
}

/** The JSON; as the answer of the server's request `chor/projections`. */
export interface ProjectionReport {
  readonly choreographies: readonly {
    readonly name: string;
    readonly range: Range;
    readonly roles: readonly {
      readonly role: string;
      readonly text: string;
      readonly map: readonly { readonly local: Range; readonly source: Range }[];
      readonly holes: readonly { readonly local: Range; readonly code: string; readonly message: string }[];
    }[];
  }[];
}

/** @returns the exit code: 1 where the choreographies have errors, which are told on standard error */
export function project(file: string, options: ProjectOptions, io: Io): number {
  const [input, ...others] = readInputs([file], io);
  if (!input || others.length > 0) throw new Failure(`${file} stands for several files; project takes one`);
  const workspace = new Workspace({ ...diskFiles() });
  workspace.set(input.uri, input.text);
  const analysis = workspace.analyze(input.uri);
  if (!analysis) throw new Failure(`can’t read ${file}`);
  const wanted = selectProjections(analysis, input, options);
  const text =
    options.format === 'json'
      ? `${JSON.stringify(report(wanted, analysis, options.role), null, 2)}\n`
      : asFile(wanted, workspace, input, options, io);
  writeOutput(options.output, text, [input.uri, ...workspace.uris()], io);
  return tellErrors(wanted, workspace, analysis, input, io) ? 1 : 0;
}

/**
 * The projections that are asked for.
 * @throws Failure where there is no such choreography or role, with those that there are
 */
export function selectProjections(
  { projections, file }: FileAnalysis,
  input: Input,
  { choreography, role }: Pick<ProjectOptions, 'choreography' | 'role'>,
): readonly Projected[] {
  const names = projections.map((p) => p.choreography.name.text);
  if (names.length === 0)
    throw new Failure(
      `there is no choreography in ${input.path}${file.syntaxErrors.length > 0 ? ' that can be read' : ''}`,
    );
  if (choreography !== undefined && !names.includes(choreography))
    throw new Failure(`there is no choreography ${choreography} in ${input.path}; there is ${list(names)}`);
  const all = projections.filter((p) => choreography === undefined || p.choreography.name.text === choreography);
  // What is to be given others is projected in what calls it.
  const named = all.filter((p) => whyNone(p.choreography) === undefined);
  const [open] = all;
  if (open && named.length === 0) throw new Failure(whyNone(open.choreography)?.replaceAll('`', '') ?? '');
  if (role === undefined) return named;
  const playing = named.filter((p) => p.choreography.roles.some((r) => r.name.text === role));
  const roles = [...new Set(named.flatMap((p) => p.choreography.roles.map((r) => r.name.text)))];
  if (playing.length === 0)
    throw new Failure(`there is no role ${role} in ${choreography ?? input.path}; there is ${list(roles)}`);
  return playing;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function asFile(
  wanted: readonly Projected[],
  workspace: Workspace,
  input: Input,
  { role, output }: ProjectOptions,
  io: Io,
): string {
  const target = output === undefined ? input.uri : addressOf(resolve(io.cwd, output));
  const names = wanted.map((p) => p.choreography.name.text);
  const path = (uri: string): string => relativePath(target, uri) ?? uri;
  return projectionFile(workspace, input.uri, names, { path, ...(role === undefined ? {} : { role }) })?.text ?? '';
}

function report(wanted: readonly Projected[], { file }: FileAnalysis, only: string | undefined): ProjectionReport {
  const source = linesOf(file.text);
  return {
    choreographies: wanted.map((projected) => ({
      name: projected.choreography.name.text,
      range: source.range(projected.choreography.origin),
      roles: roleViews(projected)
        .filter(({ role }) => only === undefined || role === only)
        .map(({ role, text, map, holes }) => {
          const local = linesOf(text);
          return {
            role,
            text,
            map: map.map((link) => ({ local: local.range(link.local), source: source.range(link.source) })),
            holes: holes.map((hole) => ({ local: local.range(hole.local), code: hole.code, message: hole.message })),
          };
        }),
    })),
  };
}

/** One line an error within what was projected, on standard error, so that the output stays what it is. */
function tellErrors(
  wanted: readonly Projected[],
  workspace: Workspace,
  { file }: FileAnalysis,
  input: Input,
  io: Io,
): boolean {
  const lines = linesOf(file.text);
  const errors = diagnosticsIn(workspace, file.uri).filter(
    (f) =>
      f.severity === 'error' &&
      wanted.some(({ choreography: { origin } }) => f.origin.start >= origin.start && f.origin.end <= origin.end),
  );
  for (const error of errors) {
    const { line, character } = lines.position(error.origin.start);
    io.err(`${input.path}:${line + 1}:${character + 1}: ${error.code}: ${error.message}\n`);
  }
  return errors.length > 0;
}

// chor export: a network or choreography as what other tools read.
import { extname } from 'node:path';
import { exportDeclaration } from '../language/export/export.js';
import type { ExportFormat } from '../language/export/export.js';
import { rolesOf } from '../language/export/messages.js';
import { typesIn } from '../language/export/types.js';
import type { Choreography } from '../language/ir/choreography.js';
import type { Network } from '../language/ir/process.js';
import type { Scope } from '../language/scoping/scope.js';
import { Workspace } from '../language/workspace.js';
import { chosenSizes, declaredAt, namedSizes, sizedScope } from '../language/families/sized.js';
import { givenScope, withGiven } from '../language/parameters/scope.js';
import { Failure } from './failure.js';
import { diskFiles, pathsFrom, readInputs, writeOutput } from './files.js';
import type { Input } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export interface ExportOptions {
  readonly format: ExportFormat;
  readonly role?: string;
  /** Sizes of families, by name. */
  readonly size?: ReadonlyMap<string, number>;
  readonly output?: string;
}

/** @returns the exit code: 1 where the format can’t say it, which is told on standard error; nothing is written then */
export function exportFile(path: string, name: string | undefined, options: ExportOptions, io: Io): number {
  const {
    input,
    workspace,
    declaration: wanted,
    scope,
  } = selectDeclaration(path, name, io, {
    command: 'export',
    which: 'after the file',
    ...(options.size ? { sizes: options.size } : {}),
  });
  if (options.role !== undefined && options.format !== 'asyncapi')
    throw new Failure(
      `--role is for asyncapi, whose documents are of one program each; ${options.format} has all roles`,
    );
  const roles = rolesOf(wanted, scope).map((role) => role.name);
  if (options.role !== undefined && !roles.includes(options.role))
    throw new Failure(`there is no role ${options.role} in ${wanted.name.text}; there is ${roles.join(', ')}`);
  const json = options.output !== undefined && extname(options.output).toLowerCase() === '.json';
  const result = exportDeclaration(wanted, scope, options.format, {
    types: typesIn((uri) => workspace.analyze(uri)?.names),
    json,
    ...(options.role === undefined ? {} : { role: options.role }),
  });
  if (result.kind === 'failed') {
    const { line, character } = linesOf(workspace.text(result.uri) ?? '').position(result.origin.start);
    io.err(
      `${pathsFrom([input], io)(result.uri)}:${line + 1}:${character + 1}: ${options.format} can’t say it: ${result.message}\n`,
    );
    return 1;
  }
  writeOutput(options.output, result.text, [input.uri, ...workspace.uris()], io);
  return 0;
}

/**
 * The choreography or network of a file that is asked for.
 * @param name the only one without
 * @param words the command, where its user names one, and sizes at which its families are taken apart
 * @throws Failure where the file can't be read, or has no such declaration, or several, with those that there are
 */
export function selectDeclaration(
  path: string,
  name: string | undefined,
  io: Io,
  words: { readonly command: string; readonly which: string; readonly sizes?: ReadonlyMap<string, number> },
): {
  readonly input: Input;
  readonly workspace: Workspace;
  readonly declaration: Network | Choreography;
  readonly scope: Scope;
} {
  const [input, ...others] = readInputs([path], io);
  if (!input || others.length > 0) throw new Failure(`${path} stands for several files; ${words.command} takes one`);
  const workspace = new Workspace(diskFiles());
  workspace.set(input.uri, input.text);
  const analysis = workspace.analyze(input.uri);
  if (!analysis) throw new Failure(`can’t read ${path}`);
  const { file, scope } = analysis;
  const all = file.declarations.filter(
    (d): d is Network | Choreography => d.kind === 'network' || d.kind === 'choreography',
  );
  const names = all.map((d) => d.name.text).join(', ');
  if (all.length === 0)
    throw new Failure(
      `there is no choreography and no network in ${input.path}${file.syntaxErrors.length > 0 ? ' that can be read' : ''}`,
    );
  if (name === undefined && all.length > 1) throw new Failure(`which of them? name one ${words.which}: ${names}`);
  const declaration = name === undefined ? all[0] : all.find((d) => d.name.text === name);
  if (!declaration) throw new Failure(`there is no ${name ?? ''} in ${input.path}; there is ${names}`);
  return {
    input,
    workspace,
    ...(words.sizes && !declaration.broken ? atSizes(declaration, scope, words.sizes) : { declaration, scope }),
  };
}

/** @throws Failure where there is no such size, it is too small, or too much would come of it */
function atSizes(
  declaration: Network | Choreography,
  scope: Scope,
  sizes: ReadonlyMap<string, number>,
): { readonly declaration: Network | Choreography; readonly scope: Scope } {
  const given = givenScope(scope);
  const whole = withGiven(declaration, given);
  const named = namedSizes(whole, given);
  const { text } = declaration.name;
  for (const [name, size] of sizes) {
    const own = named.find((each) => each.name === name);
    if (!own)
      throw new Failure(
        `${text} has no size ${name}; it has ${named.length > 0 ? named.map((each) => each.name).join(', ') : 'none'}`,
      );
    if (size < own.least) throw new Failure(`${name} is ${own.least} or more in ${text}, not ${size}`);
  }
  const chosen = chosenSizes(whole, given, sizes);
  const there = sizedScope(given);
  const made = chosen && declaredAt(whole, chosen.sizes, there);
  if (!made) throw new Failure(`too much would come of ${text} at these sizes`);
  return { declaration: made, scope: there };
}

/** Takes in one more `--size n=3`. */
export function collectSize(
  text: string,
  before: ReadonlyMap<string, number> | undefined,
): ReadonlyMap<string, number> {
  const [, name, size] = /^([^=]+)=(\d{1,6})$/.exec(text) ?? [];
  if (name === undefined) throw new Failure(`a size is a name and a number, as in n=3, not ${text}`);
  return new Map([...(before ?? []), [name, Number(size)]]);
}

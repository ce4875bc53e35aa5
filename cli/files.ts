// The files that a command line names: globs, `-` for standard input, and the way between paths and addresses.
import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { createLinks } from '../system/links.js';
import { decode, readAddress, readText } from '../system/read.js';
import { reasonOf } from '../system/reason.js';
import { isSameFile, isStream, writeText } from '../system/write.js';
import { normalAddress } from '../language/scoping/paths.js';
import type { WorkspaceOptions } from '../language/workspace.js';
import { Failure } from './failure.js';
import type { Io } from './io.js';

/** One input of a command. */
export interface Input {
  /** As it is shown: relative to where the user is; `-` for standard input. */
  readonly path: string;
  readonly uri: string;
  /** Without the byte order mark. */
  readonly text: string;
  /** As it was read. */
  readonly bytes: Uint8Array;
}

/** The name that standard input has as a file of the user's folder, so that its imports work. */
const standardInput = '(standard input).chor';

/**
 * Finds and reads all files that the arguments name, each once, in order.
 * @param args file names, glob patterns or `-`
 * @throws Failure for what can't be read, and for a pattern that nothing matches
 */
export function readInputs(args: readonly string[], io: Io): Input[] {
  const inputs = new Map<string, Input>();
  for (const arg of args) {
    for (const input of arg === '-' ? [readStandardInput(io)] : pathsOf(arg, io).map((path) => readInput(path, io))) {
      if (!inputs.has(input.uri)) inputs.set(input.uri, input);
    }
  }
  return [...inputs.values()];
}

/** The files that the arguments name now, without reading them; @throws Failure as `readInputs` */
export function namedPaths(args: readonly string[], io: Io): string[] {
  return args.flatMap((arg) => (arg === '-' ? [arg] : pathsOf(arg, io)));
}

function readStandardInput(io: Io): Input {
  const read = decode(io.input());
  if (read.kind !== 'text') throw new Failure(`can’t read standard input: ${read.why}`);
  return { path: '-', uri: addressOf(resolve(io.cwd, standardInput)), text: read.text, bytes: read.bytes };
}

function readInput(path: string, io: Io): Input {
  const full = resolve(io.cwd, path);
  const read = readText(full);
  if (read.kind !== 'text') throw new Failure(`can’t read ${path}: ${read.why}`);
  return { path, uri: addressOf(full), text: read.text, bytes: read.bytes };
}

/** The one address of a file, whatever links its path goes by. */
export function addressOf(path: string): string {
  return normalAddress(createLinks().real(pathToFileURL(path).toString()));
}

/** The files of the disk, for a workspace. */
export function diskFiles(): Pick<WorkspaceOptions, 'read' | 'same'> {
  const links = createLinks();
  return { read: (uri) => readAddress(uri), same: (uri) => normalAddress(links.real(uri)) };
}

/** What an input is when its text is another one: it keeps its byte order mark. */
export function withMarkOf({ bytes }: Input, text: string): string {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? `\u{feff}${text}` : text;
}

/**
 * Puts a new text in the place of an input's, if the file is still as it was read.
 * @returns whether it is written; if not, standard error says why
 */
export function writeBack(input: Input, text: string, io: Io): boolean {
  const why = writeText(resolve(io.cwd, input.path), withMarkOf(input, text), input.bytes);
  if (why !== undefined) io.err(`chor: can’t write ${input.path}: ${why}\n`);
  return why === undefined;
}

/**
 * Writes what a command gives, to standard output where no file is named.
 * @param reads the addresses of all files that it was made of: none of them is written over
 * @throws Failure where it can't be written
 */
export function writeOutput(output: string | undefined, text: string, reads: readonly string[], io: Io): void {
  if (output === undefined) {
    io.out(text);
    return;
  }
  const full = resolve(io.cwd, output);
  const source = reads.find((uri) => uri.startsWith('file:') && isSameFile(full, fileURLToPath(uri)));
  if (source !== undefined)
    throw new Failure(
      `can’t write ${output}: it is ${pathOf(source, io) === shownPath(full, io.cwd) ? '' : `${pathOf(source, io)}, `}what this is made from; name another file`,
    );
  // Opened anew, it would be written from its start.
  if (isStream(full, 1)) io.out(text);
  else {
    const why = writeText(full, text);
    if (why !== undefined) throw new Failure(`can’t write ${output}: ${why}`);
  }
}

/** A file name that exists is itself, even with brackets in it; anything else may be a pattern. */
function pathsOf(arg: string, io: Io): string[] {
  if (arg === '') throw new Failure('a file name is empty');
  const kind = statOf(arg, io);
  if (kind?.isDirectory())
    throw new Failure(`${arg} is a folder; name its files, as in "${arg.replace(/[\\/]+$/, '')}/**/*.chor"`);
  if (kind) return [shownPath(resolve(io.cwd, arg), io.cwd)];
  if (!isDynamicPattern(arg)) throw new Failure(`can’t read ${arg}: there is no such file`);
  const found = globSync(sep === '\\' ? arg.replaceAll('\\', '/') : arg, {
    cwd: io.cwd,
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
    absolute: true,
  });
  if (found.length === 0) throw new Failure(`no file matches ${arg}`);
  return found.map((path) => shownPath(resolve(path), io.cwd)).sort(byName);
}

/** The folder that all files are in that a pattern can match; undefined for what names one file. */
export function patternBase(arg: string, io: Io): string | undefined {
  if (statOf(arg, io) || !isDynamicPattern(arg)) return undefined;
  const parts = arg.replaceAll('\\', sep === '\\' ? '/' : '\\').split('/');
  const still = parts.slice(
    0,
    parts.findIndex((part) => isDynamicPattern(part)),
  );
  return resolve(io.cwd, still.join('/') || (arg.startsWith('/') ? '/' : '.'));
}

/** Undefined where there is no such file. */
function statOf(arg: string, io: Io): Stats | undefined {
  try {
    return statSync(resolve(io.cwd, arg), { throwIfNoEntry: false });
  } catch (error) {
    throw new Failure(`can’t read ${arg}: ${reasonOf(error)}`);
  }
}

function byName(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function shownPath(full: string, cwd: string): string {
  const short = relative(cwd, full);
  return short === '' || isAbsolute(short) ? full : short.split(sep).join('/');
}

/** How addresses are shown to the user: inputs as they were named, others by their paths from where the user is. */
export function pathsFrom(inputs: readonly Input[], io: Io): (uri: string) => string {
  const named = new Map(inputs.map(({ uri, path }) => [uri, path]));
  return (uri) => named.get(uri) ?? pathOf(uri, io);
}

function pathOf(uri: string, io: Io): string {
  if (!uri.startsWith('file:')) return uri;
  const full = fileURLToPath(uri);
  const here = fileURLToPath(addressOf(io.cwd));
  return full === resolve(here, standardInput) ? '-' : shownPath(full, here);
}

/** A file’s name as that of its network: `two-buyers.json` has `TwoBuyers`. */
export function networkName(path: string): string {
  return basename(path)
    .replace(/\.[^.]*$/, '')
    .normalize('NFC')
    .split(/(?:_|\P{XIDC})+/u)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

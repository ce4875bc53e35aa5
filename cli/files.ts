// The files that a command line names: globs, `-` for standard input, and the way between paths and addresses.
import { readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { Failure, reasonOf } from './failure.js';
import type { Io } from './io.js';

/** One input of a command. */
export interface Input {
  /** As it is shown: relative to where the user is; `-` for standard input. */
  readonly path: string;
  readonly uri: string;
  readonly text: string;
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

function readStandardInput(io: Io): Input {
  return { path: '-', uri: pathToFileURL(resolve(io.cwd, standardInput)).toString(), text: withoutMark(io.input()) };
}

function readInput(path: string, io: Io): Input {
  const full = resolve(io.cwd, path);
  try {
    return { path, uri: pathToFileURL(full).toString(), text: withoutMark(readFileSync(full, 'utf8')) };
  } catch (error) {
    throw new Failure(`can’t read ${path}: ${reasonOf(error)}`);
  }
}

/** A file name that exists is itself, even with brackets in it; anything else may be a pattern. */
function pathsOf(arg: string, io: Io): string[] {
  if (arg === '') throw new Failure('a file name is empty');
  const kind = statSync(resolve(io.cwd, arg), { throwIfNoEntry: false });
  if (kind?.isDirectory()) throw new Failure(`${arg} is a folder; name its files, as in "${arg.replace(/[\\/]+$/, '')}/**/*.chor"`);
  if (kind) return [shownPath(resolve(io.cwd, arg), io.cwd)];
  if (!isDynamicPattern(arg)) throw new Failure(`can’t read ${arg}: there is no such file`);
  const found = globSync(sep === '\\' ? arg.replaceAll('\\', '/') : arg, { cwd: io.cwd, ignore: ['**/node_modules/**'], expandDirectories: false, absolute: true });
  if (found.length === 0) throw new Failure(`no file matches ${arg}`);
  return found.map((path) => shownPath(resolve(path), io.cwd)).sort(byName);
}

function byName(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function withoutMark(text: string): string {
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}

function shownPath(full: string, cwd: string): string {
  const short = relative(cwd, full);
  return short === '' || isAbsolute(short) ? full : short.split(sep).join('/');
}

/** How an address is shown to the user: its path from where they are. */
export function pathOf(uri: string, io: Io): string {
  if (!uri.startsWith('file:')) return uri;
  const full = fileURLToPath(uri);
  const path = shownPath(full, io.cwd);
  return path === standardInput ? '-' : path;
}

/** Reads a file by its address, for imports; undefined where there is none. */
export function readUri(uri: string): string | undefined {
  try {
    return withoutMark(readFileSync(fileURLToPath(uri), 'utf8'));
  } catch {
    return undefined;
  }
}

/** A file’s name as that of its network: `two-buyers.json` has `TwoBuyers`. */
export function networkName(path: string): string {
  return basename(path).replace(/\.[^.]*$/, '').normalize('NFC').split(/(?:_|\P{XIDC})+/u).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

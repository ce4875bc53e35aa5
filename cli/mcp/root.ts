// The folder that an assistant may read from: nothing outside of it is read, by whatever links, as a file or as an
// import.
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { largest, tooLarge } from '../../system/limits.js';
import { createLinks } from '../../system/links.js';
import { readAddress, readText } from '../../system/read.js';
import { reasonOf } from '../../system/reason.js';
import { normalAddress } from '../../language/scoping/paths.js';
import type { WorkspaceOptions } from '../../language/workspace.js';
import { Failure } from '../failure.js';
import { addressOf } from '../files.js';
import type { Input } from '../files.js';

/** What a text is called that comes without a path: a file of the root, so that its imports work. */
const unnamed = '(text).chor';

/** How many files one call looks at. */
const mostFiles = 200;

export interface Root {
  /** The folder itself, with all links followed. */
  readonly folder: string;
  /** How workspaces read what is imported. */
  readonly files: Pick<WorkspaceOptions, 'read' | 'same'>;
  /**
   * Reads files.
   * @param paths of files, or of folders for all `.chor` files in them, relative to the root
   * @throws Failure for what is outside of the root, is no `.chor` file or can't be read
   */
  inputs(paths: readonly string[]): Input[];
  /**
   * A text as an input.
   * @param path that of the file that it stands in place of, which need not be there
   * @throws Failure as above
   */
  text(text: string, path?: string): Input;
  /** How a file is called in answers: by its path from the root. */
  shown(uri: string): string;
}

/**
 * The folder that is asked for.
 * @throws Failure where it is none
 */
export function rootFolder(folder: string, cwd: string): string {
  const full = resolve(cwd, folder);
  try {
    if (!statSync(full).isDirectory()) throw new Failure(`the root ${folder} is not a folder`);
    return realpathSync.native(full);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`can’t use ${folder} as root: ${reasonOf(error)}`);
  }
}

/** @param folder as `rootFolder` gives it */
export function createRoot(folder: string): Root {
  const links = createLinks();
  const isBelow = (path: string): boolean => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  };
  const isInside = (uri: string): boolean => {
    try {
      const { protocol, host } = new URL(uri);
      return protocol === 'file:' && host === '' && isBelow(fileURLToPath(uri));
    } catch {
      return false;
    }
  };
  const shown = (uri: string): string =>
    isInside(uri) ? relative(folder, fileURLToPath(uri)).split(sep).join('/') : uri;
  /** The real path of what is named. */
  const locate = (path: string): string => {
    if (path === '' || path.includes('\0'))
      throw new Failure('a path is empty, or has a character that no file name has');
    const full = resolve(folder, path);
    // What is not even named below it is refused without a look at the disk, which would tell what is there.
    const uri = isBelow(full) ? addressOf(full) : undefined;
    if (uri === undefined || !isInside(uri))
      throw new Failure(`${path} is outside of the root folder; name files by their paths from there`);
    return fileURLToPath(uri);
  };
  const readOne = (path: string): Input => {
    if (!/\.chor$/i.test(path)) throw new Failure(`${path} is no \`.chor\` file`);
    const full = locate(path);
    const read = readText(full);
    if (read.kind !== 'text') throw new Failure(`can’t read ${path}: ${read.why}`);
    const uri = addressOf(full);
    return { path: shown(uri), uri, text: read.text, bytes: read.bytes };
  };
  /** The files that a path stands for. */
  const filesOf = (path: string): string[] => {
    const full = locate(path);
    if (!statSync(full, { throwIfNoEntry: false })?.isDirectory()) return [path];
    const found = globSync('**/*.chor', {
      cwd: full,
      ignore: ['**/node_modules/**'],
      followSymbolicLinks: false,
      expandDirectories: false,
    }).sort();
    if (found.length === 0) throw new Failure(`there is no \`.chor\` file in ${path}`);
    return found.map((name) => join(relative(folder, full), name));
  };
  return {
    folder,
    shown,
    files: {
      read: (uri) => (isInside(uri) ? readAddress(uri) : { unread: 'it is outside of the root folder' }),
      same: (uri) => normalAddress(links.real(uri)),
    },
    inputs(paths) {
      const names = paths.flatMap(filesOf);
      if (names.length > mostFiles) throw new Failure(`these are ${names.length} files; name ${mostFiles} at most`);
      return [...new Map(names.map(readOne).map((input) => [input.uri, input])).values()];
    },
    text(text, path) {
      const bytes = Buffer.from(text, 'utf8');
      if (bytes.length > largest) throw new Failure(`can’t read the text: ${tooLarge}`);
      if (path !== undefined && !/\.chor$/i.test(path)) throw new Failure(`${path} is no \`.chor\` file`);
      const uri = addressOf(path === undefined ? join(folder, unnamed) : locate(path));
      return { path: path === undefined ? 'text' : shown(uri), uri, text: text.replace(/^\uFEFF/, ''), bytes };
    },
  };
}

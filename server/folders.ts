// The folders of a workspace: which there are, what in them nobody looks for, and what its user left out.
import picomatch from 'picomatch/posix';
import { arrayOf, objectOf, textOf } from './params.js';
import { canonical } from './uris.js';

/** Folders that no one writes choreographies in. */
const skipped = new Set(['node_modules', 'dist', 'out', 'build', 'target']);

/** Whether files in a folder of that name are not looked for. */
export function isSkipped(name: string): boolean {
  return skipped.has(name) || name.startsWith('.');
}

/** Whether an address is that of a folder, or lies in it. */
export function isWithin(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

export interface Folders {
  /** Their addresses, as the client writes them. */
  all(): readonly string[];
  add(folders: readonly string[]): void;
  remove(folders: readonly string[]): void;
  /** Whether files at an address would be looked for: it lies in one of the folders, and in none that is left out. */
  covers(uri: string): boolean;
  /**
   * Leaves out what matches one of some glob patterns, and all in folders that do; they are of paths in the folder, as
   * `drafts/*.chor`.
   */
  exclude(folder: string, patterns: readonly string[]): void;
  /**
   * Whether a file is one of the workspace: it lies in one of the folders, and is not left out, nor any folder on the
   * way to it.
   */
  holds(uri: string): boolean;
}

export function createFolders(): Folders {
  const folders = new Map<string, string>();
  const excluded = new Map<string, (path: string) => boolean>();
  /** The names on the way from a folder to an address, with that at its end; none where it lies elsewhere. */
  const wayTo = (uri: string, folder: string): string[] | undefined =>
    isWithin(uri, folder)
      ? uri
          .slice(folder.length)
          .split('/')
          .filter((name) => name !== '')
      : undefined;
  return {
    all: () => [...folders.values()],
    add: (added) => added.forEach((folder) => folders.set(canonical(folder), folder)),
    remove: (removed) => removed.forEach((folder) => folders.delete(canonical(folder))),
    covers: (uri) => [...folders.keys()].some((folder) => wayTo(uri, folder)?.some(isSkipped) === false),
    exclude(folder, patterns) {
      excluded.set(canonical(folder), matcherOf(patterns));
    },
    holds: (uri) =>
      uri.endsWith('.chor') &&
      [...folders.keys()].some((folder) => {
        const way = wayTo(uri, folder)?.map(decoded);
        if (!way || way.slice(0, -1).some(isSkipped)) return false;
        const isExcluded = excluded.get(folder);
        return !isExcluded || !way.some((_, index) => isExcluded(way.slice(0, index + 1).join('/')));
      }),
  };
}

/** Whether a path matches one of some patterns; what is no pattern matches nothing. */
function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.flatMap((pattern) => {
    try {
      return [picomatch(pattern.replace(/^\.?\/|\/$/g, ''), { dot: true })];
    } catch {
      return [];
    }
  });
  return (path) => matchers.some((matches) => matches(path));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The addresses of folders as clients send them. */
export function folderUris(value: unknown): string[] {
  return arrayOf(value).map((folder) => textOf(objectOf(folder).uri));
}

// The folders of a workspace: which there are, and what in them nobody looks for.
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
}

export function createFolders(): Folders {
  const folders = new Map<string, string>();
  return {
    all: () => [...folders.values()],
    add: (added) => added.forEach((folder) => folders.set(canonical(folder), folder)),
    remove: (removed) => removed.forEach((folder) => folders.delete(canonical(folder))),
    covers: (uri) => [...folders.keys()].some((folder) => isWithin(uri, folder) && !uri.slice(folder.length).split('/').some(isSkipped)),
  };
}

/** The addresses of folders as clients send them. */
export function folderUris(value: unknown): string[] {
  return arrayOf(value).map((folder) => textOf(objectOf(folder).uri));
}

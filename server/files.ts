// Files on disk, for the server in Node.
import { realpath, readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { normalAddress } from '../language/scoping/paths.js';
import { createLinks } from '../system/links.js';
import { largest } from '../system/limits.js';
import { readAddress } from '../system/read.js';
import { isSkipped } from './folders.js';
import type { Host } from './session.js';

const mostFiles = 10_000;
const mostFolders = 20_000;
/** How many bytes the files may have together that are found, not asked for. */
const mostBytes = 64 * 1024 * 1024;

/** The disk, from nothing known of it on. */
export function createDisk(): Host {
  const links = createLinks();
  /** Where a workspace folder lies on another host, its files are read there. */
  const hosts = new Set<string>();
  const disk: Host = {
    reaches: (uri) => uri.startsWith('file:'),
    read: (uri) => readAddress(uri, hosts),
    same: (uri) => normalAddress(links.real(uri)),
    followLinks: (changed) => links.follow((uri) => changed(normalAddress(uri))),

    async scan(folders) {
      const roots = folders.flatMap((folder) => {
        try {
          if (!disk.reaches(folder)) return [];
          hosts.add(new URL(folder).host);
          return [fileURLToPath(folder)];
        } catch {
          return [];
        }
      });
      const found = await findFiles(roots);
      return found.map((path) => pathToFileURL(path).toString());
    },
  };
  return disk;
}

/**
 * The `.chor` files in folders and the folders in these; links to folders and files are followed, once each, but not
 * upwards.
 */
async function findFiles(roots: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  let bytes = 0;
  const seen = new Set<string>();
  const queue = [...roots];
  /** Whether a folder is to be looked into: a link may lead to where we were, or to where we came from. */
  const isNew = async (path: string, byLink: boolean): Promise<boolean> => {
    const real = await realpath(path).catch(() => undefined);
    if (
      real === undefined ||
      seen.has(real) ||
      (byLink && [...seen].some((other) => other.startsWith(real.endsWith(sep) ? real : `${real}${sep}`)))
    )
      return false;
    seen.add(real);
    return true;
  };
  for (const root of roots) await isNew(root, false);
  for (let visited = 0; visited < mostFolders && found.length < mostFiles; visited++) {
    const folder = queue.shift();
    if (folder === undefined) break;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const choreography = entry.name.endsWith('.chor');
      const hidden = isSkipped(entry.name);
      if (hidden && !choreography) continue;
      const kind =
        entry.isSymbolicLink() || (entry.isFile() && choreography) ? await stat(path).catch(() => undefined) : entry;
      if (kind?.isDirectory() && !hidden) {
        if (await isNew(path, entry.isSymbolicLink())) queue.push(path);
      } else if (
        kind?.isFile() &&
        choreography &&
        found.length < mostFiles &&
        'size' in kind &&
        kind.size <= largest &&
        bytes + kind.size <= mostBytes
      ) {
        bytes += kind.size;
        found.push(path);
      }
    }
  }
  return found;
}

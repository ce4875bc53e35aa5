// Files on disk, for the server in Node.
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Host } from './session.js';

/** Folders that no one writes choreographies in. */
const skipped = new Set(['node_modules', '.git', 'dist', 'out', 'build', 'target']);
const mostFiles = 2000;
const mostFolders = 20_000;
/** A larger file is not read: it is no text that a person wrote. */
const mostBytes = 4_000_000;

export const disk: Host = {
  reaches: (uri) => uri.startsWith('file:'),

  read(uri) {
    if (!disk.reaches(uri)) return undefined;
    try {
      const bytes = readFileSync(fileURLToPath(uri));
      return bytes.length > mostBytes ? undefined : bytes.toString('utf8').replace(/^\uFEFF/, '');
    } catch {
      return undefined;
    }
  },

  async scan(folders) {
    const found: string[] = [];
    const queue = folders.flatMap((folder) => {
      try {
        return disk.reaches(folder) ? [fileURLToPath(folder)] : [];
      } catch {
        return [];
      }
    });
    for (let visited = 0; visited < mostFolders && found.length < mostFiles; visited++) {
      const folder = queue.shift();
      if (folder === undefined) break;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (entry.isDirectory() && !skipped.has(entry.name) && !entry.name.startsWith('.')) queue.push(join(folder, entry.name));
        if (entry.isFile() && entry.name.endsWith('.chor') && found.length < mostFiles) found.push(pathToFileURL(join(folder, entry.name)).toString());
      }
    }
    return found;
  },
};

// One address for a file that has several: links are followed.
import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** How many addresses are remembered. */
const most = 20_000;

export interface Links {
  /**
   * The address that all names of a file have in common, escaped as Node does it; one that is no file’s is itself.
   * Cost: constant, but the first time.
   */
  real(uri: string): string;
  /**
   * Follows links anew.
   * @param changed whether there, or where the links led, something changed
   * @returns whether any leads elsewhere now. Cost: linear in the addresses known, and one look at the disk for each
   *   that changed
   */
  follow(changed: (uri: string) => boolean): boolean;
}

export function createLinks(): Links {
  const known = new Map<string, string>();
  return {
    real(uri) {
      const before = known.get(uri);
      if (before !== undefined) return before;
      const real = follow(uri);
      if (known.size >= most) known.clear();
      known.set(uri, real);
      return real;
    },
    follow(changed) {
      let elsewhere = false;
      for (const [uri, before] of known) {
        if (!changed(uri) && !changed(before)) continue;
        const now = follow(uri);
        elsewhere ||= now !== before;
        known.set(uri, now);
      }
      return elsewhere;
    },
  };
}

function follow(uri: string): string {
  try {
    // What lies on another host is not asked for.
    if (!/^file:\/\/\//i.test(uri)) return uri;
    const path = fileURLToPath(uri);
    const real = realPath(path);
    return real === path ? uri : pathToFileURL(real).toString();
  } catch {
    return uri;
  }
}

/** A path with the links in it followed; of what is not there, those of the folders that are. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (error) {
    const folder = dirname(path);
    const missing = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    return missing && folder !== path ? join(realPath(folder), basename(path)) : path;
  }
}

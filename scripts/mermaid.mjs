// Mermaid, as pages have it: the one file that a browser loads, out of its npm package, fetched once into a cache
// folder. What comes with the package otherwise, and what it depends on, is forty times as much.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, npm } from './vscode.mjs';

/** The newest one, and the one before, which many pages still have. */
const versions = ['12.3.0', '11.17.2'];

/**
 * Fetches what is not there yet.
 * @param {(line: string) => void} say tells a person what takes its time
 * @returns {Promise<Record<string, string>>} the path of each version
 * @throws {Error} with one clear sentence when it can't be had
 */
export async function fetchMermaid(say) {
  const paths = Object.fromEntries(
    versions.map((version) => [version, join(cacheFolder(), `mermaid-${version}.min.js`)]),
  );
  for (const [version, path] of Object.entries(paths)) if (!existsSync(path)) await fetchOne(version, path, say);
  return paths;
}

async function fetchOne(version, path, say) {
  say(`Fetching Mermaid ${version} into ${path} (once; 26 MB to load, 6 MB to keep)…`);
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'fetching-'));
  try {
    await npm(folder, ['pack', '--ignore-scripts', '--silent', `mermaid@${version}`]);
    execFileSync('tar', ['-xzf', `mermaid-${version}.tgz`, 'package/dist/mermaid.min.js'], {
      cwd: folder,
      stdio: 'pipe',
    });
    renameSync(join(folder, 'package/dist/mermaid.min.js'), path);
  } catch (error) {
    throw new Error(
      `Mermaid can’t be fetched from the npm registry: ${
        String(error.stderr || error.message)
          .trim()
          .split('\n')[0]
      }`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The bundled server that the tests run. Every test file bundles its own into a folder of its own: they run side by
// side.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Bundle {
  readonly path: string;
  remove(): void;
}

/** Bundles the server as it is shipped. */
export function buildServer(): Bundle {
  const folder = mkdtempSync(join(tmpdir(), 'chor-server-'));
  execFileSync(process.execPath, ['scripts/build.mjs', 'server', `--out=${folder}`], { cwd: root, stdio: 'inherit' });
  return { path: join(folder, 'server/main.cjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// The bundled server that the tests run: built anew once a test run, so that no test sees an old one.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export const serverBundle = join(root, 'dist/server/main.cjs');

/** Bundles the server as it is shipped. */
export function buildServer(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', 'server'], { cwd: root, stdio: 'inherit' });
}

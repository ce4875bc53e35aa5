// `npm run fuzz [-- --seed N] [-- --seconds N]`: looks for small texts that take much time or memory, for a minute.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = join(root, 'test', 'growth');
// Beside the packages, so that esbuild is found when the thread is bundled.
const outfile = join(root, 'node_modules', '.cache', `chor-fuzz-${process.pid}.mjs`);
try {
  await build({
    entryPoints: [join(sources, 'fuzz.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    external: ['esbuild'],
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, [outfile, sources, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: root,
  });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outfile, { force: true });
}

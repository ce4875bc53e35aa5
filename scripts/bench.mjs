// `npm run bench [-- workspace|families|networks|playground] [--quick]`: bundles the benchmarks into a temporary folder
// and runs them on the Node of this checkout: the editor's, the workspace's, families' and the networks', or one of the
// latter alone. The playground's is run alone only: it needs a browser.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildCli, cliBundle, cliIsStale } from './cli.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'chor-bench-'));
const [first, ...others] = process.argv.slice(2);
const alone = ['workspace', 'families', 'networks'].includes(first);
const parts = alone ? [first] : ['main', 'workspace', 'families', 'networks'];
const options = alone || first === undefined ? others : [first, ...others];
try {
  if (first === 'playground') {
    for (const script of [['scripts/playground.mjs'], ['bench/playground.mjs', ...others]])
      process.exitCode ||= spawnSync(process.execPath, script, { stdio: 'inherit', cwd: root }).status ?? 1;
    process.exit();
  }
  if (cliIsStale()) await buildCli();
  await build({
    entryPoints: parts.map((part) => join(root, 'bench', `${part}.ts`)),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  for (const part of parts) {
    const { status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=8192', join(folder, `${part}.mjs`), cliBundle, root, ...options],
      { stdio: 'inherit', cwd: root },
    );
    process.exitCode ||= status ?? 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

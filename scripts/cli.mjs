// The bundle of the `chor` command, and whether it is older than what it is made from.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkBundle, editorPackages, generatorPackages } from './bundles.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The file that `chor` starts. */
export const cliBundle = join(root, 'dist', 'cli', 'main.cjs');

const sources = [
  'language',
  'protocol',
  'system',
  'server',
  'cli',
  'package.json',
  'scripts/cli.mjs',
  'scripts/bundles.mjs',
].map((name) => join(root, name));

/** Whether a source is newer than the bundle, or there is none. */
export function cliIsStale() {
  const built = statSync(cliBundle, { throwIfNoEntry: false })?.mtimeMs;
  return built === undefined || sources.some((source) => newest(source) > built);
}

/** The latest change of a file, or of anything in a folder, the folder itself included (for what was removed). */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

const address = "const bundleUrl = require('node:url').pathToFileURL(__filename).href;";

/** What lets a bundle for Node know its own address, as modules do. */
export const bundleUrl = { define: { 'import.meta.url': 'bundleUrl' }, banner: { js: address } };

/**
 * What serves assistants, and what lays graphs out, are bundles of their own: the other commands start without their
 * packages.
 */
const beside = {
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/mcp\/server\.js$/ }, () => ({ path: './mcp.cjs', external: true }));
    onResolve({ filter: /^\.\/layout\.js$/ }, ({ importer }) =>
      importer.endsWith('draw.ts') ? { path: './layout.cjs', external: true } : undefined,
    );
  },
};

/** Builds the bundles; each takes its place in one step, so that a command that starts meanwhile finds a whole one. */
export async function buildCli() {
  const started = new Date();
  // The thread of `chor lsp` first: whoever finds a new command finds all that it needs.
  await bundle('server/worker.ts', join(dirname(cliBundle), 'worker.cjs'), bundleUrl, started, [
    ...generatorPackages,
    ...editorPackages,
  ]);
  await bundle('cli/mcp/worker.ts', join(dirname(cliBundle), 'mcp-worker.cjs'), bundleUrl, started, [
    ...generatorPackages,
    ...editorPackages,
  ]);
  await bundle('cli/mcp/server.ts', join(dirname(cliBundle), 'mcp.cjs'), bundleUrl, started, [
    ...generatorPackages,
    ...editorPackages,
  ]);
  await bundle('cli/layout.ts', join(dirname(cliBundle), 'layout.cjs'), {}, started, [
    ...generatorPackages,
    ...editorPackages,
  ]);
  await bundle(
    'cli/bin.ts',
    cliBundle,
    { ...bundleUrl, plugins: [beside], banner: { js: `#!/usr/bin/env node\n${address}` } },
    started,
    generatorPackages,
  );
}

async function bundle(entry, path, options, started, forbidden) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    charset: 'utf8',
    logLevel: 'error',
  });
  checkBundle(metafile, entry, forbidden);
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(path), { recursive: true });
  for (const { contents } of outputFiles) writeFileSync(temporary, contents, { mode: 0o755 });
  // A source that changed while this was built must count as newer.
  utimesSync(temporary, started, started);
  renameSync(temporary, path);
}

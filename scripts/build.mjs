// Bundles what is shipped into dist/: the server, the command, the extension and the script of its view.
// `npm run build` builds everything whose entry exists; `node scripts/build.mjs server cli` only these; `--watch` goes on;
// `--out=FOLDER` writes there instead of into dist/.
import { existsSync } from 'node:fs';
import { context, build } from 'esbuild';
import { buildCli } from './cli.mjs';

const targets = {
  server: { entry: 'server/main.ts', outfile: 'dist/server/main.cjs', platform: 'node', format: 'cjs', target: 'node20' },
  browser: { entry: 'server/browser.ts', outfile: 'dist/server/browser.js', platform: 'browser', format: 'iife', target: 'es2022' },
  client: { entry: 'client/extension.ts', outfile: 'dist/client/extension.cjs', platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] },
  run: { entry: 'client/view/run-main.ts', outfile: 'dist/client/run.js', platform: 'browser', format: 'iife', target: 'es2022' },
  view: { entry: existsSync('client/view/main.ts') ? 'client/view/main.ts' : 'client/view.ts', outfile: 'dist/client/view.js', platform: 'browser', format: 'iife', target: 'es2022' },
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !(name in targets) && name !== 'cli');
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are: ${['cli', ...Object.keys(targets)].join(', ')}.`);
  process.exit(2);
}

if (wanted.length === 0 || wanted.includes('cli')) await buildCli();

const out = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

for (const [name, { entry, outfile, ...options }] of Object.entries(targets)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (!existsSync(entry)) continue;
  const settings = {
    ...options, outfile: outfile.replace(/^dist/, out),
    entryPoints: [entry], bundle: true, minify: true, keepNames: true, sourcemap: 'linked', sourcesContent: false, legalComments: 'none', logLevel: 'warning',
    // Language-server packages come as CommonJS; the ESM builds of the rest are smaller after shaking.
    mainFields: options.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
  };
  if (process.argv.includes('--watch')) await (await context(settings)).watch();
  else await build(settings);
}

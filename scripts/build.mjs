// Bundles what is shipped into dist/: the server, the command, the extension and the script of its view.
// `npm run build` builds everything; `node scripts/build.mjs server cli` only these; `--watch` goes on;
// `--out=FOLDER` writes there instead of into dist/.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { context, build } from 'esbuild';
import { checkBundle, editorPackages, generatorPackages, licences } from './bundles.mjs';
import { buildCli, bundleUrl } from './cli.mjs';

const node = { platform: 'node', format: 'cjs', target: 'node20' };
const web = { platform: 'browser', format: 'iife', target: 'es2022' };

/** `import code from 'bundle:./entry.ts'`: that entry, bundled by itself, as text. */
const bundleAsText = {
  name: 'bundle-as-text',
  setup({ onResolve, onLoad, initialOptions }) {
    onResolve({ filter: /^bundle:/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.slice('bundle:'.length)), namespace: 'bundle' }));
    onLoad({ filter: /./, namespace: 'bundle' }, async ({ path }) => {
      const { outputFiles, metafile } = await build({ ...initialOptions, plugins: [], entryPoints: [path], outfile: 'code.js', write: false, sourcemap: false, metafile: true });
      checkBundle(metafile, path, [...generatorPackages, ...editorPackages]);
      return { contents: outputFiles[0].text, loader: 'text', watchFiles: Object.keys(metafile.inputs).map((input) => resolve(input)) };
    });
  },
};

/**
 * Each with its entries, by the files that they become in dist/. The library and the threads are the language alone: they have no package of an
 * editor in them (`pure`), and none has the packages that make the parser.
 */
const targets = {
  server: { ...node, ...bundleUrl, entries: { 'server/main.cjs': 'server/main.ts' } },
  thread: { ...node, ...bundleUrl, pure: true, entries: { 'server/worker.cjs': 'server/worker.ts' } },
  library: { pure: true, platform: 'neutral', format: 'esm', target: 'es2022', entries: { 'library/index.js': 'language/index.ts' } },
  browser: { ...web, entries: { 'server/browser.js': 'server/browser.ts' }, plugins: [bundleAsText] },
  client: { ...node, entries: { 'client/extension.cjs': 'client/node.ts' }, external: ['vscode'] },
  webclient: { ...web, format: 'cjs', entries: { 'client/browser.cjs': 'client/browser.ts' }, external: ['vscode'] },
  run: { ...web, entries: { 'client/run.js': 'client/view/run-main.ts' } },
  // ELK, as a worker of the view.
  layout: { ...web, entries: { 'client/layout.js': 'node_modules/elkjs/lib/elk-worker.min.js' } },
  view: { ...web, entries: { 'client/view.js': 'client/view/main.ts' } },
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !(name in targets) && name !== 'cli');
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are: ${['cli', ...Object.keys(targets)].join(', ')}.`);
  process.exit(2);
}

if (wanted.length === 0 || wanted.includes('cli')) await buildCli();

const out = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

for (const [name, { entries, pure, ...options }] of Object.entries(targets)) {
  // A server has its thread beside it.
  if (wanted.length > 0 && !wanted.includes(name) && !(name === 'thread' && wanted.includes('server'))) continue;
  for (const [outfile, entry] of Object.entries(entries)) {
    const settings = {
      ...options, outfile: join(out, outfile),
      entryPoints: [entry], bundle: true, minify: true, keepNames: true, sourcemap: 'linked', sourcesContent: false, legalComments: 'none', logLevel: 'warning',
      // Language-server packages come as CommonJS; the ESM builds of the rest are smaller after shaking.
      mainFields: options.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    };
    if (process.argv.includes('--watch')) await (await context(settings)).watch();
    else {
      const { metafile } = await build({ ...settings, metafile: true });
      checkBundle(metafile, outfile, pure ? [...generatorPackages, ...editorPackages] : generatorPackages);
    }
  }
}

// Only where all were built, all packages are known.
if (wanted.length === 0 && !process.argv.includes('--watch')) writeFileSync(join(out, 'licences.txt'), licences('.'));

// The bundles that are shipped, and how each is made.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, context } from 'esbuild';
import { checkBundle, editorPackages, generatorPackages } from './bundles.mjs';
import { bundleUrl } from './cli.mjs';

const node = { platform: 'node', format: 'cjs', target: 'node20' };
const web = { platform: 'browser', format: 'iife', target: 'es2022' };

/** What the manual says of each code: a browser gets it with the manual, and not with what checks texts. */
export const withoutManual = {
  name: 'without-manual',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]language[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /^ {2}(explanation|advice|bad|good):[^]*?(?=^ {2}(?:explanation|advice|bad|good|tags|message|related|elsewhere|fixes)[:(])/gm,
        "  $1: '',\n",
      ),
      loader: 'ts',
    }));
  },
};

/** `import code from 'bundle:./entry.ts'`: that entry, bundled by itself, as text. */
const bundleAsText = {
  name: 'bundle-as-text',
  setup({ onResolve, onLoad, initialOptions }) {
    onResolve({ filter: /^bundle:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice('bundle:'.length)),
      namespace: 'bundle',
    }));
    onLoad({ filter: /./, namespace: 'bundle' }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        ...initialOptions,
        plugins: [withoutManual],
        entryPoints: [path],
        outfile: 'code.js',
        write: false,
        sourcemap: false,
        metafile: true,
      });
      checkBundle(metafile, path, [...generatorPackages, ...editorPackages]);
      return {
        contents: outputFiles[0].text,
        loader: 'text',
        watchFiles: Object.keys(metafile.inputs).map((input) => resolve(input)),
      };
    });
  },
};

/**
 * Each with its entries, by the files that they become in dist/. The library and the threads are the language alone:
 * they have no package of an editor in them (`pure`), and none has the packages that make the parser.
 */
export const targets = {
  server: { ...node, ...bundleUrl, entries: { 'server/main.cjs': 'server/main.ts' } },
  thread: { ...node, ...bundleUrl, pure: true, entries: { 'server/worker.cjs': 'server/worker.ts' } },
  library: {
    pure: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    entries: { 'library/index.js': 'language/index.ts' },
  },
  browser: { ...web, entries: { 'server/browser.js': 'server/browser.ts' }, plugins: [bundleAsText, withoutManual] },
  client: { ...node, entries: { 'client/extension.cjs': 'client/node.ts' }, external: ['vscode'] },
  webclient: { ...web, format: 'cjs', entries: { 'client/browser.cjs': 'client/browser.ts' }, external: ['vscode'] },
  run: { ...web, entries: { 'client/run.js': 'client/view/run-main.ts' } },
  // ELK, as a worker of the view.
  layout: { ...web, keepNames: false, entries: { 'client/layout.js': 'node_modules/elkjs/lib/elk-worker.min.js' } },
  view: { ...web, entries: { 'client/view.js': 'client/view/main.ts' } },
};

/**
 * Makes the bundles of a target.
 * @param {keyof typeof targets} name
 * @param {string} out the folder that they go into
 * @param {{ watch?: boolean, sourcemap?: boolean, names?: boolean }} [options] `watch` goes on, whenever a source
 *   changes; `names` keeps those of functions, for what is told when one throws
 */
export async function buildTarget(name, out, { watch = false, sourcemap = true, names = true } = {}) {
  const { entries, pure, ...options } = targets[name];
  for (const [outfile, entry] of Object.entries(entries)) {
    const settings = {
      keepNames: names,
      ...options,
      outfile: join(out, outfile),
      entryPoints: [entry],
      bundle: true,
      minify: true,
      legalComments: 'none',
      logLevel: 'warning',
      ...(sourcemap ? { sourcemap: 'linked', sourcesContent: false } : {}),
      // Language-server packages come as CommonJS; the ESM builds of the rest are smaller after shaking.
      mainFields: options.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    };
    if (watch) await (await context(settings)).watch();
    else {
      const { metafile } = await build({ ...settings, metafile: true });
      checkBundle(metafile, outfile, pure ? [...generatorPackages, ...editorPackages] : generatorPackages);
    }
  }
}

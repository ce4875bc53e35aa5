// The playground as a folder of files that any server can hand out. `npm run playground:build` makes it; `npm run
// playground` serves it on this machine, too: `-- --port N`, `--no-build` takes it as it is, `--out=FOLDER` makes it
// elsewhere than in site/.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { checkBundle, generatorPackages, licences } from './bundles.mjs';
import { siteData } from './playground/data.mjs';
import { iconsUsed, notMet, withoutUnused } from './playground/editor.mjs';
import { withLetters } from './playground/font.mjs';
import { writeManual } from './playground/manual.mjs';
import { serveFolder } from './playground/serve.mjs';
import { buildTarget, withoutManual } from './targets.mjs';

const known = /^(--serve|--no-build|--out=.+|--port(=\d+)?|\d+)$/;
const args = process.argv.slice(2);
const unknown = args.find((argument) => !known.test(argument));
if (unknown) {
  console.error(`The playground does not know \`${unknown}\`. It knows --port N, --no-build and --out=FOLDER.`);
  process.exit(2);
}
const out = args.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ?? 'site';

if (!args.includes('--no-build')) await make();
if (args.includes('--serve')) {
  if (!existsSync(join(out, 'index.html'))) {
    console.error(`There is no playground in ${out}: run \`npm run playground:build\` first.`);
    process.exit(1);
  }
  const at = args.findIndex((argument) => argument.startsWith('--port'));
  const port = at < 0 ? 0 : Number(args[at].split('=')[1] ?? args[at + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error('--port needs a number from 0 to 65535.');
    process.exit(2);
  }
  try {
    const { url } = await serveFolder(out, port);
    console.log(`The playground, for this machine alone:\n\n  ${url}\n\nCtrl-C stops.`);
  } catch (error) {
    console.error(
      error.code === 'EADDRINUSE'
        ? `Port ${port} of 127.0.0.1 is taken; choose another with --port N, or none.`
        : error.message,
    );
    process.exit(1);
  }
}

async function make() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const page = {
    bundle: true,
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    mainFields: ['browser', 'module', 'main'],
    metafile: true,
  };
  const bundle = async (name, settings) => {
    const { metafile } = await build({ ...page, ...settings });
    checkBundle(metafile, name, generatorPackages);
    return metafile;
  };
  // As modules: the program waits for its gate before it begins, and is compiled by then.
  const program = {
    format: 'esm',
    external: ['./gate.js'],
    entryPoints: { main: 'playground/main.ts' },
    outdir: out,
    loader: { '.chor': 'text', '.ttf': 'file' },
    assetNames: '[name]',
  };
  const icons = iconsUsed((await build({ ...page, ...program, write: false, plugins: [withoutUnused()] })).metafile);
  const lean = { plugins: [withoutUnused(icons.ids)] };
  const main = await bundle('playground', { ...program, ...lean });
  const font = join(out, 'codicon.ttf');
  writeFileSync(font, withLetters(readFileSync(font), icons.letters));
  await bundle('playground’s gate', { format: 'esm', entryPoints: { gate: 'playground/gate.ts' }, outdir: out });
  await bundle('playground’s first scripts', {
    entryPoints: { framed: 'playground/view/framed.ts', early: 'playground/early.ts' },
    outdir: out,
    loader: { '.chor': 'text' },
  });
  await bundle('playground’s colours', {
    entryPoints: { framed: 'playground/view/framed.css', 'manual/manual': 'playground/manual.css' },
    outdir: out,
  });
  const worker = await bundle('editor’s worker', {
    entryPoints: { 'editor-worker': 'monaco-editor/editor/editor.worker.js' },
    outdir: out,
    ...lean,
  });
  const gone = notMet([main, worker]);
  if (gone.length > 0) throw new Error(`The editor has no parts any more that are left out of it: ${gone.join(', ')}.`);

  await bundle('playground’s server', {
    entryPoints: { server: 'server/browser-both.ts' },
    outdir: out,
    plugins: [withoutManual],
  });

  // The views as the extension has them.
  const shipped = mkdtempSync(join(tmpdir(), 'chor-site-'));
  for (const target of ['view', 'run', 'layout'])
    await buildTarget(target, shipped, { sourcemap: false, names: false });
  cpSync(join(shipped, 'client'), out, { recursive: true });
  rmSync(shipped, { recursive: true, force: true });

  for (const name of ['index.html', 'view.html', 'run.html', 'manifest.webmanifest', 'icon.svg'])
    copyFileSync(join('playground', name), join(out, name));
  const { homepage } = JSON.parse(readFileSync('package.json', 'utf8'));
  await writeManual(join(out, 'manual'), homepage.replace(/#.*$/, ''));
  writeFileSync(join(out, 'site.json'), JSON.stringify(await siteData()));
  writeFileSync(join(out, 'licences.txt'), licences('.'));

  const precache = filesIn(out).map((path) => [path, hashOf(join(out, path))]);
  const version = createHash('sha256').update(JSON.stringify(precache)).digest('hex').slice(0, 12);
  await bundle('service worker', {
    entryPoints: { 'service-worker': 'playground/offline/service-worker.ts' },
    outdir: out,
    define: { chorPrecache: JSON.stringify(precache), chorVersion: JSON.stringify(version) },
  });
}

/** The paths of all files in a folder, as addresses have them, in order. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((path) => String(path))
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .sort();
}

function hashOf(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
}

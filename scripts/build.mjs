// Bundles what is shipped into dist/: the server, the command, the extension and the script of its view.
// `npm run build` builds everything; `node scripts/build.mjs server cli` only these; `--watch` goes on;
// `--out=FOLDER` writes there instead of into dist/.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licences } from './bundles.mjs';
import { buildCli } from './cli.mjs';
import { buildTarget, targets } from './targets.mjs';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !(name in targets) && name !== 'cli');
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are: ${['cli', ...Object.keys(targets)].join(', ')}.`);
  process.exit(2);
}

if (wanted.length === 0 || wanted.includes('cli')) await buildCli();

const out = process.argv.find((argument) => argument.startsWith('--out='))?.slice('--out='.length) ?? 'dist';

const watch = process.argv.includes('--watch');
for (const name of Object.keys(targets)) {
  // A server has its thread beside it.
  if (wanted.length === 0 || wanted.includes(name) || (name === 'thread' && wanted.includes('server')))
    await buildTarget(name, out, { watch });
}

// Only where all were built, all packages are known.
if (wanted.length === 0 && !watch) writeFileSync(join(out, 'licences.txt'), licences('.'));

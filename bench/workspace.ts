// A workspace of many files: how long after the start of the server the first of them is reported on, and the last; and
// how long a key in an open document takes meanwhile. Beside it stands what analysing the same texts takes in one go,
// in the same run, with no server.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { Workspace } from '../language/workspace.js';
import { many } from './generate.js';
import { connect } from './server.js';

interface Times {
  readonly how: string;
  readonly first: number;
  readonly all: number;
  readonly keys: number[];
  readonly memory: number | undefined;
}

/**
 * The texts of a workspace by their paths: each imports a file that others import, too, and one of four has an error.
 */
export function workspaceTexts(count: number): Map<string, string> {
  const texts = new Map<string, string>();
  for (let i = 0; i < 20; i++)
    texts.set(`lib/prices${i}.chor`, 'function total(offer: int, unit: int): int = offer * unit\n');
  for (let i = 0; texts.size < count; i++) {
    const choreographies = many(40).replace(/^function .*\n/, `import { total } from "../lib/prices${i % 20}.chor"\n`);
    const wrong =
      i % 4 === 0
        ? choreographies.replace('Buyer.budget -> Seller.offer', 'Buyer.missing -> Seller.offer')
        : choreographies;
    texts.set(
      `part${Math.floor(i / 50)}/file${i}.chor`,
      `${wrong}\nnetwork N${i} {\n  process Buyer { send ${i} to Seller: offer }\n  process Seller { receive price from Buyer: offer }\n}\n`,
    );
  }
  return texts;
}

async function measure(command: string, folder: string, count: number, how: 'push' | 'pull'): Promise<Times> {
  const begun = performance.now();
  const seen = new Map<string, number>();
  const note = (uri: string): void => {
    if (!seen.has(uri)) seen.set(uri, performance.now() - begun);
  };
  const server = await connect(command, pathToFileURL(folder).toString(), how === 'pull', note);
  const pulled =
    how === 'pull'
      ? server.connection.sendRequest('workspace/diagnostic', { previousResultIds: [], partialResultToken: 'all' })
      : undefined;
  const keys: number[] = [];
  await server.open('untitled:open.chor', many(100));
  while (seen.size < count && performance.now() - begun < 120_000) {
    keys.push(await server.edit('untitled:open.chor', 0, 0, 0, ' '));
    // As a person types: what else there is to do is done in the pauses.
    await new Promise((resolve) => {
      setTimeout(resolve, 1500);
    });
  }
  await pulled;
  const times = [...seen.values()];
  const memory = server.memory();
  await server.stop();
  return {
    how,
    first: Math.min(...times),
    all: seen.size < count ? Infinity : Math.max(...times),
    keys: keys.sort((a, b) => a - b),
    memory,
  };
}

const [command = '', , ...options] = process.argv.slice(2);
const count = options.includes('--quick') ? 300 : 2000;
const texts = workspaceTexts(count);
const folder = mkdtempSync(join(tmpdir(), 'chor-workspace-'));
try {
  for (const [path, text] of texts) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const start = performance.now();
  const workspace = new Workspace({ timeout: 30, background: { each: 10, total: 30, deferred: () => undefined } });
  for (const [path, text] of texts) workspace.set(`file:///${path}`, text);
  for (const path of texts.keys()) workspace.analyze(`file:///${path}`);
  const alone = performance.now() - start;
  const lines = [...texts.values()].reduce((sum, text) => sum + text.split('\n').length - 1, 0);
  console.log(
    `A workspace of ${count} files, ${lines} lines; analysing them in one go, with no server, takes ${alone.toFixed(0)} ms.\n`,
  );
  console.log('        first, ms    all, ms   ratio | a key meanwhile, ms: median  most |   MB');
  for (const how of ['push', 'pull'] as const) {
    const { first, all, keys, memory } = await measure(command, folder, count, how);
    console.log(
      `${how.padEnd(6)} ${first.toFixed(0).padStart(10)} ${all.toFixed(0).padStart(10)} ${(all / alone).toFixed(2).padStart(7)} | ${(keys[Math.floor(keys.length / 2)] ?? NaN).toFixed(0).padStart(27)} ${(keys.at(-1) ?? NaN).toFixed(0).padStart(5)} | ${memory?.toFixed(0).padStart(4) ?? ''}`,
    );
    if (count === 2000)
      console.log(
        `       goals: first within a second ${first < 1000 ? 'met' : 'missed'}, all within ten ${all < 10_000 ? 'met' : 'missed'}`,
      );
  }
  console.log(
    '\nratio: until all files were reported on, from the start of the server’s process, to analysing them in one go, in this run.',
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

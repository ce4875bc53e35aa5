// Runs the laws of some tests on many examples, in pieces: each in a process of its own, with a seed of its own, so
// that memory stays bounded and something is known after each.
//   node scripts/laws.mjs test/network/random.test.ts --runs 10000 --pieces 20 --seed 1
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '10000' },
    pieces: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
});
const [runs, pieces, seed] = [values.runs, values.pieces, values.seed].map(Number);
if (positionals.length === 0 || ![runs, pieces, seed].every(Number.isSafeInteger) || runs < 1 || pieces < 1) {
  console.error('Usage: node scripts/laws.mjs TEST… [--runs N] [--pieces N] [--seed N]');
  process.exit(2);
}

let failed = 0;
for (let piece = 0; piece < pieces; piece++) {
  // The last ones take one less where the examples do not go up.
  const own = Math.floor((runs + pieces - 1 - piece) / pieces);
  if (own === 0) break;
  const started = Date.now();
  const env = { ...process.env, CHOR_RUNS: String(own), CHOR_SEED: String(seed + piece) };
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...positionals],
    { env, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  console.log(
    `CHOR_SEED=${seed + piece} CHOR_RUNS=${own}: ${status === 0 ? 'holds' : 'FAILS'}, ${Math.round((Date.now() - started) / 1000)} s`,
  );
  if (status !== 0) {
    failed++;
    console.log(stdout, stderr);
  }
}
process.exit(failed > 0 ? 1 : 0);

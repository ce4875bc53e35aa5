// The benchmark: how long diagnostics and projections take after a key, in a real server over stdio, beside what
// Langium's own parser takes for the same text in the same run; and `chor check` on the examples.
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { stockParser } from '../test/syntax/stock-parser.js';
import { lowerFile } from '../language/lowering/source.js';
import { coinsNetwork } from '../test/generators/slow.js';
import { many, numbers, single } from './generate.js';
import { startServer } from './server.js';
import type { Server } from './server.js';

interface Row {
  readonly file: string;
  readonly lines: number;
  readonly diagnostics: number[];
  readonly projections: number[];
  readonly cpu: number;
  readonly stock: number;
  readonly own: number;
  readonly goal?: number;
  readonly memory?: number;
}

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);
const median = (times: readonly number[]): number => sorted(times)[Math.floor(times.length / 2)] ?? 0;
const p90 = (times: readonly number[]): number =>
  sorted(times)[Math.min(times.length - 1, Math.floor(times.length * 0.9))] ?? 0;
const ms = (time: number): string => (time < 10 ? time.toFixed(1) : time.toFixed(0));

/** Lines that end in a number to change. */
function editable(text: string): { line: number; from: number; to: number }[] {
  return text.split('\n').flatMap((content, line) => {
    const found = /[-+,>] (\d+)/.exec(content);
    return found?.[1] === undefined ? [] : [{ line, from: found.index + 2, to: found.index + 2 + found[1].length }];
  });
}

function timed(run: () => unknown, times: number): number {
  return median(
    Array.from({ length: times }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }),
  );
}

async function measure(
  server: Server,
  file: string,
  text: string,
  edits: number,
  goal: number | undefined,
): Promise<Row> {
  const uri = `untitled:${file}.chor`;
  await server.open(uri, text);
  const places = editable(text);
  const number = numbers(edits);
  const diagnostics: number[] = [];
  const projections: number[] = [];
  let before = 0;
  // The first edits warm the server up and are not counted.
  for (let i = -4; i < edits * 2; i++) {
    if (i === 0) before = server.cpu() ?? NaN;
    const index = number(places.length);
    const place = places[index] as (typeof places)[number];
    // Always two digits more or less: the place stays where it is.
    const written = String(100 + number(900));
    const time =
      i % 2 === 0
        ? await server.edit(uri, place.line, place.from, place.to, written)
        : await server.editAndProject(uri, place.line, place.from, place.to, written);
    places[index] = { ...place, to: place.from + written.length };
    if (i >= 0) (i % 2 === 0 ? diagnostics : projections).push(time);
  }
  const cpu = ((server.cpu() ?? NaN) - before) / (edits * 2);
  const memory = server.memory();
  await server.close(uri);
  let fresh = 0;
  return {
    cpu,
    memory,
    file,
    lines: text.split('\n').length - 1,
    diagnostics,
    projections,
    goal,
    stock: timed(() => stockParser().parse(text), 3),
    own: timed(() => lowerFile('bench', text.replace(/total\(offer, /g, `total(offer, ${fresh++} + `)), 3),
  };
}

const [command = '', root = '.'] = process.argv.slice(2);
const quick = process.argv.includes('--quick');
const edits = quick ? 3 : 15;
/** The goals in milliseconds; of the longest files there is one of memory as well. */
const sizes: [number, number | undefined][] = [
  [100, undefined],
  [1000, 15],
  [10_000, 60],
  ...(quick ? [] : [[100_000, 250] as [number, number]]),
];
const memoryGoal = 400;

const rows: Row[] = [];
for (const [size, goal] of sizes) {
  for (const [file, text] of [
    ['many choreographies', many(size)],
    ['one choreography', single(size)],
  ] as const) {
    // A server of its own, so that its memory is that of this file.
    const one = await startServer(command);
    rows.push(await measure(one, file, text, edits, goal));
    await one.stop();
  }
}
const server = await startServer(command);
/**
 * The same file without and with a network that is explored all the time, in turn, so that the machine is the same for
 * both.
 */
const beside: { size: number; without: Row[]; with: Row[] }[] = [];
for (const size of [1000, 10_000]) {
  const row = { size, without: [] as Row[], with: [] as Row[] };
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    row.without.push(await measure(server, `alone${round}`, many(size), edits, undefined));
    // Of another name each time, so that nothing is known of it.
    row.with.push(
      await measure(
        server,
        `beside${round}`,
        many(size) + coinsNetwork(`Endless${size}x${round}`, 40),
        edits,
        undefined,
      ),
    );
  }
  beside.push(row);
}
await server.stop();

const goals = (row: Row, time: number): string => {
  if (row.goal === undefined) return '';
  const space =
    row.memory !== undefined && row.lines >= 100_000
      ? `, ${memoryGoal} MB ${row.memory <= memoryGoal ? 'met' : 'missed'}`
      : '';
  return `${row.goal} ms ${time <= row.goal ? 'met' : 'missed'}${space}`;
};
const cell = (text: string, width: number): string => text.padStart(width);
console.log(`Milliseconds after a key, at ${edits} random places each.\n`);
console.log(
  `${'file'.padEnd(20)} ${cell('lines', 6)} | ${cell('diagnostics', 18)} | ${cell('projections', 18)} | ${cell('CPU', 5)} | ${cell('stock parse', 11)} ${cell('ratio', 6)} | ${cell('parse, lower', 12)} | ${cell('MB', 5)} | goal`,
);
console.log(
  `${''.padEnd(20)} ${cell('', 6)} | ${cell('median', 9)}${cell('p90', 9)} | ${cell('median', 9)}${cell('p90', 9)} | ${cell('', 5)} | ${cell('', 11)} ${cell('', 6)} | ${cell('', 12)} | ${cell('', 5)} |`,
);
for (const row of rows) {
  const time = median(row.diagnostics);
  console.log(
    `${row.file.padEnd(20)} ${cell(String(row.lines), 6)} | ${cell(ms(time), 9)}${cell(ms(p90(row.diagnostics)), 9)} | ${cell(ms(median(row.projections)), 9)}${cell(ms(p90(row.projections)), 9)} | ${cell(ms(row.cpu), 5)} | ${cell(ms(row.stock), 11)} ${cell((time / row.stock).toFixed(2), 6)} | ${cell(ms(row.own), 12)} | ${cell(row.memory === undefined ? '' : row.memory.toFixed(0), 5)} | ${goals(row, time)}`,
  );
}
console.log('\nratio: diagnostics (median) to a parse of the whole text by Langium’s own parser, in this run.');

console.log(
  '\nThe same after a key in a file without, and with, a network that is being explored all the time: diagnostics, and what the server’s main thread runs for each key.\n',
);
for (const { size, without, with: among } of beside) {
  const [before, after] = [without, among].map((all) => ({
    times: all.flatMap((row) => row.diagnostics),
    cpu: all.reduce((sum, row) => sum + row.cpu, 0) / all.length,
  }));
  if (!before || !after) continue;
  const both = ({ times, cpu }: typeof before): string =>
    `${cell(ms(median(times)), 5)}${cell(ms(p90(times)), 6)}, ${cell(ms(cpu), 4)} running`;
  console.log(
    `${cell(String(size), 6)} lines | without ${both(before)} | with ${both(after)} | ratio ${(median(after.times) / median(before.times)).toFixed(2)}, ${(after.cpu / before.cpu).toFixed(2)} running`,
  );
}

const examples = globSync('examples/**/*.chor', { cwd: root });
if (examples.length > 0) {
  const startup = timed(() => execFileSync(process.execPath, [command, '--version'], { cwd: root }), 3);
  const all = timed(() => spawnSync(process.execPath, [command, 'check', ...examples], { cwd: root }), 3);
  console.log(`\nchor check on ${examples.length} examples: ${ms(all)} ms, of which ${ms(startup)} ms to start.`);
}

// The checker on every system of ../shared/corpus/automata: how long each takes, the first time and once the code is
// warm.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseSystem } from '../language/import/kmc-texts.js';
import { decide } from '../language/network/verdict/decide.js';

const limits = { states: 100_000, buffer: 8 };

/** Times in milliseconds, each the least of several runs but the first one. */
interface Times {
  readonly name: string;
  readonly first: number;
  readonly warm: number;
  readonly configurations: number;
}

function measure(name: string, text: string): Times {
  const system = parseSystem(text);
  let configurations = 0;
  const once = (): number => {
    const start = performance.now();
    configurations = decide(system, { kind: 'fifo' }, limits).states;
    return performance.now() - start;
  };
  const first = once();
  const again = Array.from({ length: first < 20 ? 7 : 2 }, once);
  return { name, first, warm: Math.min(...again), configurations };
}

const at = (times: readonly number[], part: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

/** Prints the median, p90 and max of the corpus; nothing where it is not there. */
export function corpusReport(root: string): void {
  const folder = join(root, '..', 'shared', 'corpus', 'automata');
  if (!existsSync(folder)) {
    console.log('\nNo corpus of automata beside this folder: not measured.');
    return;
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const all = files.map((name) => measure(name, readFileSync(join(folder, name), 'utf8')));
  console.log(
    `\nThe corpus of automata: ${all.length} systems decided for every size of queues, milliseconds a system.\n`,
  );
  console.log('               median     p90     max   slowest');
  for (const [what, of] of [
    ['first time', (t: Times) => t.first],
    ['warm', (t: Times) => t.warm],
  ] as const) {
    const times = all.map(of);
    const slowest = all.find((t) => of(t) === Math.max(...times));
    console.log(
      `${what.padEnd(12)} ${[at(times, 0.5), at(times, 0.9), Math.max(...times)].map((t) => t.toFixed(2).padStart(8)).join('')}   ${slowest?.name ?? ''}, ${slowest?.configurations ?? 0} configurations`,
    );
  }
  const warm = all.map((t) => t.warm);
  console.log(
    `goals, warm: median under 2 ms ${at(warm, 0.5) < 2 ? 'met' : 'missed'}; all under 50 ms ${Math.max(...warm) < 50 ? 'met' : 'missed'}`,
  );
}

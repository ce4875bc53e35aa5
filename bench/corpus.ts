// The checker on every system of ../shared/corpus/automata: how long each takes, the first time and once the code is warm.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { explore } from '../language/network/explore.js';
import type { System } from '../language/network/system.js';
import { systemOfAutomata } from '../test/network/automata.js';
import type { Automata } from '../test/network/automata.js';

const limits = { states: 20_000, buffer: 4 };

/** Times in milliseconds, each the least of several runs but the first one. */
interface Times { readonly name: string; readonly first: number; readonly warm: number; readonly configurations: number }

function measure(name: string, make: () => System | undefined): Times | undefined {
  let configurations = 0;
  const once = (): number | undefined => {
    const start = performance.now();
    const system = make();
    if (!system) return undefined;
    configurations = system.components.reduce((sum, machines) => sum + explore(system, machines, limits, { reduce: true }).configurations, 0);
    return performance.now() - start;
  };
  const first = once();
  if (first === undefined) return undefined;
  const again = Array.from({ length: first < 20 ? 7 : 2 }, () => once() ?? 0);
  return { name, first, warm: Math.min(...again), configurations };
}

const at = (times: readonly number[], part: number): number => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;

/** Prints the median, p90 and max of the corpus; nothing where it is not there. */
export function corpusReport(root: string): void {
  const folder = join(root, '..', 'shared', 'corpus', 'automata');
  if (!existsSync(folder)) {
    console.log('\nNo corpus of automata beside this folder: not measured.');
    return;
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const all = files.flatMap((name) => {
    const automata = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Automata;
    return measure(name, () => systemOfAutomata(automata)) ?? [];
  });
  console.log(`\nThe corpus of automata: ${all.length} of ${files.length} systems (the others have states that no process has), milliseconds a system.\n`);
  console.log('               median     p90     max   slowest');
  for (const [what, of] of [['first time', (t: Times) => t.first], ['warm', (t: Times) => t.warm]] as const) {
    const times = all.map(of);
    const slowest = all.find((t) => of(t) === Math.max(...times));
    console.log(`${what.padEnd(12)} ${[at(times, 0.5), at(times, 0.9), Math.max(...times)].map((t) => t.toFixed(2).padStart(8)).join('')}   ${slowest?.name ?? ''}, ${slowest?.configurations ?? 0} configurations`);
  }
  const warm = all.map((t) => t.warm);
  console.log(`goals, warm: median under 2 ms ${at(warm, 0.5) < 2 ? 'met' : 'missed'}; all under 50 ms ${Math.max(...warm) < 50 ? 'met' : 'missed'}`);
}

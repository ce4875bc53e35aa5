// Systems of communicating automata that other tools decided (see ../shared/corpus/README.md there): the same verdicts
// come out. The folder is read where it is; without it there is nothing to compare.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exploreAll } from '../../language/network/verdict/check.js';
import { systemOfAutomata } from './automata.js';
import type { Automata } from './automata.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

describe.skipIf(!existsSync(`${folder}verdicts.tsv`))('the corpus of automata', () => {
  it('gets the verdicts of the other tools', () => {
    const rows = readFileSync(`${folder}verdicts.tsv`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .filter(([file]) => file?.startsWith('automata/'));
    const differs: string[] = [];
    let compared = 0;
    for (const [file, verdict, reason] of rows) {
      const automata = JSON.parse(readFileSync(folder + (file ?? ''), 'utf8')) as Automata;
      const system = systemOfAutomata(automata);
      if (!system) continue;
      compared++;
      const explorations = exploreAll(system, { states: 20_000, buffer: 4 });
      const wrong = explorations.some((e) => e.problems.length > 0 || e.starving.some((s) => s.fair));
      const cuts = new Set(explorations.flatMap((e) => [...e.cuts]));
      // Each is decided for every size of the queues.
      if (wrong === (verdict !== 'bad') || (!wrong && cuts.size > 0))
        differs.push(`${file}: ${verdict} ${reason}, here ${wrong ? 'wrong' : 'right'} ${[...cuts].join(' ')}`);
    }
    expect(differs).toEqual([]);
    expect(compared / rows.length).toBeGreaterThan(0.85);
  });
});

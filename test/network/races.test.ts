// Whether it is open whose message a machine takes first: what is found on the graph of configurations is what stands
// in the runs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, machinesOf } from '../../language/network/model/machines.js';
import { movesOf } from '../../language/network/search/moves.js';
import { isRace } from '../../language/network/analysis/races.js';
import { search } from '../../language/network/search/search.js';
import { system, walked } from './machines.js';
import { slowlyRacing } from './slow-races.js';

/** Machines that take from several others in one state, and mostly from one at a time. */
const bases: readonly Readonly<Record<string, string>>[] = [
  {
    A: '0 B!a 1, 1 B?ok 0, 0 C!go 2, 2 C?done 0',
    B: '0 A?a 1, 1 A!ok 0, 0 C?b 2, 2 C!ok 0',
    C: '0 A?go 1, 1 B!b 2, 2 B?ok 3, 3 A!done 0',
  },
  {
    A: '0 B!a 1, 0 C!go 2, 1 B?ok 0',
    B: '0 A?a 1, 0 C?b 2, 1 D!on 3, 3 A!ok 0',
    C: '0 A?go 1, 0 D?go 1, 1 B!b 2',
    D: '0 B?on 1, 1 B!x 0',
  },
  { A: '0 B!o 1, 1 C?a 2, 2 B!n 3, 3 B?b 4, 1 B?b 5, 5 C?a 6, 6 B!n 4', B: '0 A?o 1, 1 A?n 2, 2 A!b 3', C: '0 A!a 1' },
  { A: '0 B!a 1, 1 C!go 2', B: '0 A?a 1, 0 C?b 2, 1 C?b 2, 2 C?b 3, 1 C?c 2', C: '0 B!c 1, 1 A?go 2, 2 B!b 3' },
  // C may send b without waiting for A, but only behind c.
  {
    A: '0 B!a 1',
    B: '0 A?a 1, 0 C?b 4, 1 D!on 2, 2 C?c 3, 2 C?b 4, 3 C?b 4',
    C: '0 B!c 1, 0 D!d 2, 2 D?ok 3, 3 B!b 4, 1 D!e 5, 5 B!b 4',
    D: '0 B?on 1, 1 C?d 2, 1 C?e 3, 2 C!ok 3',
  },
  // A comes to its word for C only once S has taken what came before; with longer queues it need not wait for that.
  {
    A: '0 S!x 1, 1 S!x 2, 2 C!hurry 3',
    S: '0 C!slow 1, 1 C?ok 2, 2 A?x 3, 3 A?x 4',
    C: '0 S?slow 1, 0 A?hurry 2, 1 S!ok 3, 3 A?hurry 4',
  },
  {
    A: '0 S!x 1, 1 S!x 2, 2 S!x 3, 3 C!hurry 4',
    S: '0 C!slow 1, 1 C?ok 2, 2 A?x 3, 3 A?x 4, 4 A?x 5',
    C: '0 S?slow 1, 0 A?hurry 2, 1 S!ok 3, 3 A?hurry 4',
  },
];
/** One of them with a few transitions taken out, or leading somewhere else. */
const changed = fc
  .tuple(fc.constantFrom(...bases), fc.array(fc.tuple(fc.nat(5), fc.nat(9), fc.option(fc.nat(3))), { maxLength: 3 }))
  .map(([base, changes]) => {
    const lines = Object.entries(base).map(([role, text]): [string, string[]] => [role, text.split(', ')]);
    for (const [machine, at, to] of changes) {
      const own = lines[machine % lines.length]?.[1] ?? [];
      const line = own[at % own.length] ?? '';
      own.splice(at % own.length, 1, ...(to === null ? [] : [line.replace(/\d$/, String(to))]));
    }
    return Object.fromEntries(lines.map(([role, own]) => [role, own.join(', ')]));
  });

describe('a race', () => {
  it('is found where some run has one', () => {
    const counts = { race: 0, none: 0 };
    fc.assert(
      fc.property(fc.oneof(changed, walked), fc.constantFrom(1, 2), (text, k) => {
        const machines = machinesOf(system(text), { kind: 'fifo' });
        const groups = groupsOf(machines).map((group) => ({
          group,
          found: search(machines, group, { states: 500, buffer: k, reduce: false }),
        }));
        const slow = groups.some(({ found }) => found.wrong.length > 0 || found.cuts.has('states'))
          ? undefined
          : slowlyRacing(system(text), k);
        if (slow === undefined) return;
        const isChoice = groups.some(({ found }) =>
          [...Array(found.graph.count()).keys()].some((id) =>
            machines.names.some((_, m) => found.view(id).state(m).senders.length > 1),
          ),
        );
        if (isChoice) counts[slow ? 'race' : 'none']++;
        expect(groups.some(({ group, found }) => isRace(machines.size, group, found, movesOf(found)))).toBe(slow);
      }),
      { numRuns: Math.max(6000, Number(process.env['CHOR_RUNS'] ?? 0)) },
    );
    expect(counts.race).toBeGreaterThan(30);
    expect(counts.none).toBeGreaterThan(30);
  }, 600_000);
  it('counts as one where it takes too long to see that there is none', () => {
    const machines = machinesOf(system(bases[0] ?? {}), { kind: 'fifo' });
    const found = search(machines, [0, 1, 2], { states: 500, buffer: 1, reduce: false });
    expect([0, 1, undefined].map((most) => isRace(machines.size, [0, 1, 2], found, movesOf(found), most))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

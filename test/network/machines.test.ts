// Machines without a text: every verdict of the corpus of automata, and what decides where senders race.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSystem } from '../../language/import/kmc-texts.js';
import type { Channels } from '../../language/ir/process.js';
import { decide } from '../../language/network/verdict/decide.js';
import type { Decision } from '../../language/network/verdict/decide.js';
import { random, system } from './machines.js';
import { slowlyOnMachines } from './slow-machines.js';

const folder = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const limits = { states: 100_000, buffer: 8 };

const decided = (
  machines: Readonly<Record<string, string>>,
  channels: Channels = { kind: 'fifo' },
  buffer = 8,
): Decision => decide(system(machines), channels, { ...limits, buffer });

describe.skipIf(!existsSync(`${folder}verdicts.tsv`))('the corpus of automata', () => {
  const rows = existsSync(`${folder}verdicts.tsv`)
    ? readFileSync(`${folder}verdicts.tsv`, 'utf8')
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
        .filter(([file]) => file?.startsWith('automata/'))
    : [];
  it('is all there', () => {
    expect(rows.length).toBe(274);
  });
  it('gets the verdicts of the other tools, each decided for every size of queues', () => {
    const differs = rows.flatMap(([file = '', verdict, reason]) => {
      const {
        verdict: own,
        mistakes,
        lacks,
      } = decide(parseSystem(readFileSync(folder + file, 'utf8')), { kind: 'fifo' }, limits);
      const bad = own === 'refuted' || mistakes.some((m) => m.unfair !== true);
      return own === 'bounded' || bad !== (verdict === 'bad')
        ? [`${file}: ${verdict} ${reason}, here ${own} ${lacks ?? ''}`]
        : [];
    });
    expect(differs).toEqual([]);
  });
});

describe('machines', () => {
  it('that race for a receiver are proved where it takes either', () => {
    expect(decided({ A: '0 S!a 0', B: '0 S!b 0', S: '0 A?a 0, 0 B?b 0' })).toMatchObject({
      verdict: 'proved',
      by: 'exploration',
    });
  });
  it('that race are refuted where the one that comes first leaves the other behind', () => {
    const { verdict, mistakes } = decided({ A: '0 S!a 1', B: '0 S!b 1', S: '0 A?a 1, 0 B?b 1' });
    expect(verdict).toBe('refuted');
    expect(mistakes.map((m) => [m.code, m.run.length])).toEqual([
      ['unmatched-send', 3],
      ['unmatched-send', 3],
    ]);
    expect(mistakes[0]?.message).toMatch(/^S never takes `[ab]` from [AB]\.$/);
  });
  it('that would race, were it not for who waits for whom, are proved by short queues, where no exploration ends', () => {
    // A sends C more and more, and C hands it on to B; but only after B told it that A's own message has come.
    const stream = { A: '0 B!x 1, 1 C!y 1', B: '0 A?x 3, 0 C?x 0, 3 C!x 0', C: '0 B?x 2, 2 A?y 3, 3 B!x 2' };
    expect(decided(stream)).toMatchObject({ verdict: 'proved', by: 'multiparty', buffer: 1 });
    expect(slowlyOnMachines(system(stream), { kind: 'fifo' }, 4)).toMatchObject({
      bad: false,
      untaken: false,
      waiting: false,
    });
  });
  it('that race after more messages than the bound are not called proved', () => {
    // A can tell C only when three messages wait for S; C may then take that instead of what S sends.
    const late = {
      A: '0 S!x 1, 1 S!x 2, 2 S!x 3, 3 C!hurry 4',
      S: '0 C!slow 1, 1 C?ok 2, 2 A?x 3, 3 A?x 4, 4 A?x 5',
      C: '0 S?slow 1, 0 A?hurry 2, 1 S!ok 3, 3 A?hurry 4',
    };
    expect(decided(late, { kind: 'fifo' }, 1).verdict).toBe('bounded');
    expect(decided(late).verdict).toBe('refuted');
    expect(slowlyOnMachines(system(late), { kind: 'fifo' }, 3).bad).toBe(true);
  });
  it('that send and receive in one state are followed both ways', () => {
    expect(decided({ A: '0 B!x 1, 0 B?y 2', B: '0 A?x 1' }).verdict).toBe('proved');
    expect(decided({ A: '0 B!x 1, 0 B?y 2', B: '0 A!y 1, 0 A?x 2' }).verdict).toBe('refuted');
  });
  it('that go two ways on one message go both', () => {
    expect(decided({ A: '0 B!x 1, 1 B?y 2', B: '0 A?x 1, 0 A?x 2, 1 A!y 3' }).mistakes.map((m) => m.code)).toEqual([
      'unmatched-receive',
    ]);
  });
  it('that talk to themselves have a queue for it', () => {
    expect(decided({ A: '0 A!x 1, 1 A?x 0' }).verdict).toBe('proved');
    expect(decided({ A: '0 A?x 1, 1 A!x 0' }).verdict).toBe('refuted');
  });
  it('that have nothing to do with each other are decided apart', () => {
    const pair = (p: string, q: string): Record<string, string> => ({
      [p]: `0 ${q}!x 1, 1 ${q}!y 0`,
      [q]: `0 ${p}?x 1, 1 ${p}?y 0`,
    });
    const { states } = decided({ ...pair('A', 'B'), ...pair('C', 'D'), ...pair('E', 'F') });
    expect(states).toBe(3 * decided(pair('A', 'B')).states);
  });
  it('wait for ever, fairly or not, and leave messages lying for ever', () => {
    expect(
      decided({ A: '0 B!x 0, 0 B!stop 1', B: '0 A?x 0, 0 A?stop 1, 1 C!go 2', C: '0 B?go 1' }).mistakes,
    ).toMatchObject([{ code: 'starvation', unfair: true }]);
    expect(decided({ A: '0 B!x 0', B: '0 A?x 0, 0 A?stop 1, 1 C!go 2', C: '0 B?go 1' }).mistakes).toMatchObject([
      { code: 'starvation', unfair: false },
    ]);
    expect(decided({ A: '0 B!x 0', B: '0 A?x 0, 0 A?stop 1, 1 C?y 2', C: '0 B!y 1' })).toMatchObject({
      verdict: 'refuted',
      mistakes: [{ code: 'unmatched-send' }],
    });
  });
  it('say what a proof lacks', () => {
    // Without bound, A may send ten times before B needs its word to C.
    const counting = {
      A: `${[...Array(10).keys()].map((i) => `${i} B!x ${i + 1}`).join(', ')}, 10 C!go 11`,
      B: `0 C?go 1, ${[...Array(10).keys()].map((i) => `${i + 1} A?x ${i + 2}`).join(', ')}`,
      C: '0 A?go 1, 1 B!go 2',
    };
    expect(decided(counting, { kind: 'fifo' }, 4)).toMatchObject({ verdict: 'bounded', lacks: 'held-back' });
    expect(decided(counting, { kind: 'fifo' }, 10)).toMatchObject({ verdict: 'proved', by: 'exploration' });
  });
});

describe('random machines', () => {
  const channels = fc.constantFrom<Channels>(
    { kind: 'fifo' },
    { kind: 'fifo' },
    { kind: 'sync' },
    { kind: 'buffer', size: 1 },
    { kind: 'buffer', size: 2 },
  );

  it('get the verdict of the slow explorer', () => {
    const counts: Record<string, number> = {};
    fc.assert(
      fc.property(random, channels, (machines, kind) => {
        const own = decided(machines, kind, 3);
        const slow = slowlyOnMachines(system(machines), kind, 3);
        counts[`${own.verdict} ${own.by ?? ''}`] = (counts[`${own.verdict} ${own.by ?? ''}`] ?? 0) + 1;
        if (own.verdict === 'proved') expect(slow.bad).toBe(false);
        if (slow.bad) {
          expect(own.verdict).toBe('refuted');
          // No run is shorter; what can't be mended any more may be told before it shows.
          const steps = Math.min(...own.mistakes.map((m) => m.run.length));
          expect(kind.kind === 'sync' ? steps / 2 : steps).toBeLessThanOrEqual(slow.soonest);
        }
        if (own.verdict === 'refuted' && !slow.cut) expect(slow.bad || slow.untaken || slow.waiting).toBe(true);
        if (own.verdict === 'proved' && !slow.cut) {
          expect(slow.untaken).toBe(false);
          expect(own.mistakes.some((m) => m.code === 'starvation' && m.unfair !== true)).toBe(slow.waiting);
          if (!slow.waiting) expect(own.mistakes.some((m) => m.unfair === true)).toBe(slow.unfair);
        }
      }),
      { numRuns: Math.max(1500, Number(process.env['CHOR_RUNS'] ?? 0)) },
    );
    expect(counts['proved exploration']).toBeGreaterThan(100);
    expect(counts['refuted ']).toBeGreaterThan(100);
  }, 600_000);
});

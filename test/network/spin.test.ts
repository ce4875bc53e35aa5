// The checker against SPIN, on random networks: the same verdict, and no kind of error that SPIN does not find.
// CHOR_SEED replays, CHOR_RUNS says how many; nearly all the time goes into gcc, a sixth of a second for each network.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { componentsSearched } from './components.js';
import { anyNetwork, channels, mistaken, networkText, preamble, together } from '../generators/networks.js';
import { sharing } from '../generators/shared.js';
import { check, networkOf, read } from './helpers.js';
import { inlined } from './inline.js';
import { kinds, promelaOf } from './promela.js';
import type { Kind } from './promela.js';
import { slowly } from './slow.js';
import { spinIsMissing } from './spin.js';
import { bySpin } from './spin-networks.js';

const missing = spinIsMissing();
if (missing) console.log(`Not compared with SPIN: ${missing}.`);

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 20);
const perModel = 10;
/** What queues hold in what both explore. */
const buffer = 3;
const model = (networks: Parameters<typeof promelaOf>[0]): string => promelaOf(networks, buffer);

interface Compared {
  readonly verdict: string;
  readonly found: ReadonlySet<Kind>;
  readonly held: boolean;
}

/** Whether some message is never taken, whatever happens, as the slow explorer sees it. */
function isLeftBehind(text: string): boolean {
  const { file } = read(text);
  const { unreceived, cut } = slowly(inlined(networkOf(file, 'N'), file), buffer, 5000);
  return unreceived || cut;
}

function compare(texts: readonly string[]): Compared[] {
  const answers = bySpin(texts, model);
  return texts.map((text, i) => {
    const { found, held } = answers[i] as (typeof answers)[number];
    const about = `${text}\nSPIN: ${[...found].join(' ') || 'nothing'}${held ? ', with queues that were too short' : ''}`;
    const { verdict } = check(text, { name: 'N', limits: { buffer } });
    if (found.size > 0) expect(verdict.verdict, about).toBe('refuted');
    // What stays in a queue for ever while others go on is nothing that SPIN was asked for.
    else if (verdict.verdict === 'refuted') expect(isLeftBehind(text), about).toBe(true);
    else if (!held) expect(verdict.verdict, about).toBe('proved');
    for (const reduce of [true, false]) {
      const wrong = componentsSearched(text, { states: 50_000, buffer }, reduce).flatMap((e) => e.wrong);
      // SPIN stops at the first thing wrong in a state; and where its queues were too short, it has not seen all.
      const told = new Map<number, Kind[]>();
      for (const { problem, configuration } of wrong)
        told.set(configuration, [...(told.get(configuration) ?? []), problem.kind]);
      if (!held)
        for (const kinds of told.values())
          expect(
            [...found].some((kind) => kinds.includes(kind)),
            `${about}, here ${kinds.join(' ')}`,
          ).toBe(true);
      expect(wrong.length > 0, about).toBe(found.size > 0);
    }
    return { verdict: verdict.verdict, found, held };
  });
}

/** Compares random networks, some in each model, and counts what came out. */
function compareAll(networks: fc.Arbitrary<string>, count: number): Record<string, number> {
  const texts = fc.sample(networks, { seed, numRuns: count });
  const counts: Record<string, number> = {};
  for (let at = 0; at < texts.length; at += perModel) {
    for (const { verdict, found, held } of compare(texts.slice(at, at + perModel))) {
      for (const key of [verdict, ...found, ...(held ? ['held'] : [])]) counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  if (process.env['CHOR_RUNS']) console.log(counts);
  return counts;
}

const flavour = { guards: true, calls: true };
const named = (bodies: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> =>
  fc.tuple(channels, bodies).map(([kind, b]) => preamble + networkText(kind, b));

describe.skipIf(missing !== undefined)(`SPIN (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, () => {
  it('finds in small networks what their names say', () => {
    const wrong: Record<Kind, string> = {
      deadlock: networkText('', ['receive from B send to B', 'receive from A send to A', '']),
      'label-mismatch': networkText('', ['send to B: a', 'receive from A: b', '']),
      'unmatched-receive': networkText('sync', ['send to B', 'receive from A receive from A', '']),
      'unmatched-send': networkText('buffer 1', ['send to B', '', '']),
    };
    const right = networkText('', ['rec X { send to B continue X }', 'rec X { receive from A continue X }', '']);
    const answers = bySpin([...kinds.map((k) => wrong[k]), right], model);
    expect(answers.map((a) => [...a.found])).toEqual([...kinds.map((k) => [k]), []]);
    expect(answers.map((a) => a.held)).toEqual([...kinds.map(() => false), true]);
  });
  it('gives the verdict of the checker where all is mistakes', () => {
    compareAll(
      anyNetwork(flavour).map((text) => preamble + text),
      runs,
    );
  });
  it('gives the verdict of the checker where little is wrong', () => {
    const counts = compareAll(named(mistaken(flavour)), runs);
    expect(counts['refuted'] ?? 0).toBeGreaterThan(runs / 10);
  });
  it('finds nothing where processes fit together', () => {
    expect(compareAll(named(together(flavour)), Math.ceil(runs / 2))['refuted']).toBeUndefined();
  });
  it('gives the verdict of the checker where processes decide by shared values', () => {
    // Not by values made of two others, as long as found.test.ts says that these are not followed far enough.
    const counts = compareAll(
      sharing(false).map((text) => preamble + text),
      runs,
    );
    expect(counts['refuted'] ?? 0).toBeGreaterThan(runs / 20);
    expect(counts['proved'] ?? 0).toBeGreaterThan(runs / 20);
  });
});

// The checker against SPIN on random networks with quorums, messages that come too late, receives over several senders,
// and threads that share variables: the same verdict, with and without reduction, quorums in one step and in several.
// CHOR_SEED replays, CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNetwork, mistaken, networkText, sharing, channels } from '../generators/networks.js';
import { textOf, withQuorums } from '../generators/quorums.js';
import { componentsSearched } from './components.js';
import { check, networkOf, read } from './helpers.js';
import { inlined } from './inline.js';
import { kinds } from './promela.js';
import type { Kind } from './promela.js';
import { strandsModel } from './promela-strands.js';
import { slowly } from './slow.js';
import { spinIsMissing } from './spin.js';
import { bySpin } from './spin-networks.js';
import type { SaidBySpin } from './spin-networks.js';

const missing = spinIsMissing();

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 16);
const perModel = 20;
/** What queues hold in what both explore. */
const buffer = 2;
/** Configurations of the networks that are compared: SPIN has many times as many states, with each local step. */
const mostConfigurations = 600;

const model = (networks: Parameters<typeof strandsModel>[0]): string => strandsModel(networks, buffer);

/** What SPIN is not asked for: who waits, and what lies in a queue, while others go on for ever. */
function isForEver(text: string): boolean {
  const { file } = read(text);
  const { bad, starving, unreceived, cut } = slowly(inlined(networkOf(file, 'N'), file), buffer, 5000);
  return bad || starving.size > 0 || unreceived || cut;
}

function compare(texts: readonly string[]): (SaidBySpin & { readonly verdict: string })[] {
  const answers = bySpin(texts, model);
  return texts.map((text, i) => {
    const { found, held } = answers[i] as SaidBySpin;
    const about = `${text}\nSPIN: ${[...found].join(' ') || 'nothing'}${held ? ', with queues that were too short' : ''}`;
    const { verdict } = check(text, { name: 'N', limits: { buffer } });
    if (found.size > 0) expect(verdict.verdict, about).toBe('refuted');
    else if (verdict.verdict === 'refuted') expect(held || isForEver(text), about).toBe(true);
    else if (!held) expect(verdict.verdict, about).toBe('proved');
    for (const [reduce, stepwise] of [
      [true, false],
      [true, true],
      [false, false],
    ] as const) {
      const parts = componentsSearched(text, { states: 50_000, buffer, stepwise }, reduce);
      const wrong = parts.some((part) => part.wrong.length > 0);
      if (found.size > 0) expect(wrong, about).toBe(true);
      else if (wrong) expect(held || isForEver(text), about).toBe(true);
    }
    return { verdict: verdict.verdict, found, held };
  });
}

/** Compares random networks, some in each model, and counts what came out. */
function compareAll(networks: fc.Arbitrary<string>, count: number): Record<string, number> {
  const texts = fc.sample(networks, { seed, numRuns: count }).filter((text) => {
    const parts = componentsSearched(text, { states: mostConfigurations, buffer }, false);
    return parts.every(({ configurations, cuts }) => configurations < mostConfigurations && !cuts.has('states'));
  });
  const counts: Record<string, number> = { compared: texts.length };
  for (let at = 0; at < texts.length; at += perModel) {
    for (const { verdict, found, held } of compare(texts.slice(at, at + perModel))) {
      const only = verdict === 'refuted' && found.size === 0 && !held ? ['for ever'] : [];
      for (const key of [verdict, ...found, ...(held ? ['held'] : []), ...only]) counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  if (process.env['CHOR_RUNS']) console.log(counts);
  return counts;
}

describe.skipIf(missing !== undefined)(`SPIN, with threads (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, () => {
  it('finds in small networks what is wrong', () => {
    const wrong: Record<Kind, string[]> = {
      deadlock: [
        textOf('', [
          'receive from B, C any 2: a',
          'send to A: a',
          'receive from D: x send to D: y send to A: a',
          'receive from C: y send to C: x',
        ]),
        textOf('sync', [
          'par { send to B: a } and { receive from B: b }',
          'receive from C: x send to C: y receive from A: a send to A: b',
          'receive from B: y send to B: x',
        ]),
      ],
      'label-mismatch': [
        textOf('', [
          'par { receive from B: a receive from B: b } and { receive from B: c }',
          'send to A: c send to A: b',
        ]),
      ],
      'unmatched-receive': [textOf('buffer 1', ['receive from B, C any 2: a', 'send to A: a', ''])],
      'unmatched-send': [
        textOf('', ['receive from B, C any 1: a', 'send to A: a', 'send to A: b']),
        textOf('', [
          'par { receive from B: a } and { receive from C: a }',
          'send to A: a send to A: b',
          'send to A: a',
        ]),
      ],
    };
    const right = [
      ...['', 'sync', 'buffer 1'].map((kind) =>
        textOf(kind, [
          'receive from B, C any 1: a receive from B: b receive from C: b',
          'send to A: a send to A: b',
          'send to A: a send to A: b',
        ]),
      ),
      textOf('', ['par { receive from B: a } and { receive from B: b }', 'send to A: b send to A: a']),
      textOf('sync', [
        'par { send to B: a } and { receive from B: b } send to B: c',
        'par { send to A: b } and { receive from A: a } receive from A: c',
      ]),
      // A thread has what it binds first for itself.
      textOf('', [
        'x = 0 par { own = x x = own + 1 } and { own = 2 if own == 2 { } else { send to B: a } } if x == 1 { send to B: b }',
        'receive from A: b',
      ]),
    ];
    const lost = 'x = 0 par { own = x x = own + 1 } and { own = x x = own + 1 } if x == 2 { send to B: b }';
    const answers = bySpin(
      [
        ...kinds.flatMap((kind) => wrong[kind]),
        ...right,
        textOf('', [lost, 'receive from A: b']),
        textOf('', [lost.replaceAll('own = x x = own + 1', 'at { own = x x = own + 1 }'), 'receive from A: b']),
      ],
      model,
    );
    expect(answers.map(({ found }) => [...found].join())).toEqual([
      ...kinds.flatMap((kind) => wrong[kind].map(() => kind)),
      ...right.map(() => ''),
      'unmatched-receive',
      '',
    ]);
  });
  it.each<[string, fc.Arbitrary<string>, number]>([
    ['quorums', withQuorums(), runs],
    ['quorums and threads', withQuorums({ threads: true }), runs],
    [
      'quorums and threads of three that fit but for little',
      fc.tuple(channels, mistaken({ threads: true, quorums: true })).map(([kind, bodies]) => networkText(kind, bodies)),
      runs,
    ],
    ['threads that share variables', sharing(), runs],
    ['threads and variables, all mistakes', anyNetwork({ threads: true, quorums: true, variables: true }), runs],
  ])('gives the verdict of the checker for %s', (_, networks, count) => {
    const counts = compareAll(networks, count);
    expect(counts['refuted'] ?? 0).toBeGreaterThan(count / 20);
    expect(counts['compared'] ?? 0).toBeGreaterThan(count / 3);
  });
});

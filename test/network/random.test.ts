// The engine against the slow explorer, on random small networks. CHOR_RUNS says how many.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyNetwork,
  channels,
  mistaken,
  networkText,
  preamble,
  roles,
  sharing,
  together,
  withServers,
} from '../generators/networks.js';
import type { Flavour } from '../generators/networks.js';
import { check, networkOf, read } from './helpers.js';
import { replay } from './runs.js';
import { inlined } from './inline.js';
import { slowly } from './slow.js';
import { runOf } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';
import { holds } from '../property.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 120);

/** Compares what both say of a network; `plain`: it has sends, receives, choices and loops alone. */
function agree(text: string, plain: boolean, states = 1000): string {
  const { file } = read(text);
  const slow = slowly(inlined(networkOf(file, 'N'), file), 3, states);
  const { verdict, findings } = check(text, { name: 'N' });
  // Every run that is told can happen, as it is told.
  if (plain) for (const run of findings.map(runOf)) if (run) replay(networkOf(file), run);
  const hopeless = slow.starving.size > 0 || slow.unreceived;
  if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
  if (slow.bad) expect(verdict.verdict).toBe('refuted');
  if (verdict.verdict === 'refuted' && !slow.cut) expect(slow.bad || hopeless).toBe(true);
  // Who starves under the fair reading does so under the unfair one.
  if (!slow.bad) for (const name of slow.starving) expect(slow.unfairly).toContain(name);
  if (verdict.verdict === 'proved' && !slow.cut) {
    const told = (severity: 'warning' | 'hint'): string[] =>
      networkOf(file, 'N')
        .processes.filter((p) =>
          findings.some(
            (f) =>
              f.code === 'starvation' &&
              f.severity === severity &&
              p.origin.start <= f.origin.start &&
              f.origin.end <= p.origin.end,
          ),
        )
        .map((p) => p.name.text);
    expect(told('warning')).toEqual(roles.filter((r) => slow.starving.has(r)));
    expect([...new Set([...told('hint'), ...told('warning')])].sort()).toEqual([...slow.unfairly].sort());
    // What one reaches, the other does not call unreachable.
    const hints = findings.filter((f) => f.code === 'unreachable').map((f) => f.origin);
    for (const action of slow.reached) {
      const [own] = action.origins;
      if (own) expect(hints.some((h) => h.start <= own.start && own.end <= h.end)).toBe(false);
    }
  }
  return verdict.verdict;
}

describe.each<[string, Flavour, string]>([
  ['', {}, ''],
  [' with guards, loops and calls', { guards: true, calls: true }, preamble],
  [' with quorums', { quorums: true }, ''],
])('random networks%s', { timeout: 3_600_000 }, (_, flavour, declarations) => {
  it('that are all mistakes get the verdict of the slow explorer', async () => {
    await holds([anyNetwork(flavour)], (text) => void agree(declarations + text, declarations === ''), {
      numRuns: runs,
    });
  });
  it('with servers get the verdict of the slow explorer', async () => {
    const counts: Record<string, number> = {};
    const fitting = fc.tuple(channels, mistaken(flavour)).map(([kind, bodies]) => networkText(kind, bodies));
    await holds(
      [withServers(fc.oneof(anyNetwork(flavour), fitting))],
      (text) => {
        const verdict = agree(declarations + text, declarations === '');
        counts[verdict] = (counts[verdict] ?? 0) + 1;
      },
      { numRuns: runs },
    );
    expect(counts['proved']).toBeGreaterThan(runs / 12);
    expect(counts['refuted']).toBeGreaterThan(runs / 12);
  });
  it('that fit together are proved', async () => {
    await holds(
      [channels, together(flavour)],
      (kind, bodies) => {
        expect(agree(declarations + networkText(kind, bodies), declarations === '')).toBe('proved');
      },
      { numRuns: Math.ceil(runs / 2) },
    );
  });
  it('that disagree on types are told where they do, each time with a run that ends there', async () => {
    let mismatches = 0;
    await holds(
      [channels, together(flavour), fc.array(fc.boolean(), { minLength: 1, maxLength: 8 })],
      (kind, bodies, wrong) => {
        let sends = 0;
        const typed = bodies.map((b) =>
          b
            .replace(/^receive from (.+[^{])$/gm, 'receive v: int from $1')
            .replace(/^([ab]) \{$/gm, '$1(v: int) {')
            .replace(/^send to/gm, () => `send ${wrong[sends++ % wrong.length] === true ? '"no"' : '1'} to`),
        );
        const text = declarations + networkText(kind, typed);
        const { file } = read(text);
        const { verdict, findings } = check(text, { name: 'N' });
        const told = findings.filter((f) => f.code === 'payload-mismatch');
        if (flavour.calls !== true || told.length > 0)
          expect(verdict.verdict).toBe(told.length === 0 ? 'proved' : 'refuted');
        mismatches += told.length;
        if (!wrong.includes(true)) expect(told).toEqual([]);
        for (const { run, related } of told.map((f) => inWords(f))) {
          if (!run) throw new Error('no run');
          const sender = run.ends.find((end) => end.kind === 'waits');
          const lost = run.queues.find((message) => message.wrong);
          const mistaking = run.ends.filter((end) => end.kind === 'takes');
          expect(mistaking).toMatchObject([
            {
              role: lost?.to ?? sender?.on,
              from: lost?.from ?? sender?.role,
              text: 'takes `v` as an `int`, not a `string`',
            },
          ]);
          expect(mistaking[0]?.origin).toEqual(related[1]?.origin);
          expect(lost ? run.steps[lost.step]?.origin : sender?.origin).toEqual(related[0]?.origin);
          expect(lost === undefined).toBe(kind === 'sync');
          if (declarations === '') replay(networkOf(file), run);
        }
      },
      { numRuns: runs },
    );
    expect(mismatches).toBeGreaterThan(runs);
  });
  it('with few mistakes get the verdict of the slow explorer', async () => {
    const counts: Record<string, number> = {};
    await holds(
      [channels, mistaken(flavour)],
      (kind, bodies) => {
        const verdict = agree(declarations + networkText(kind, bodies), declarations === '');
        counts[verdict] = (counts[verdict] ?? 0) + 1;
      },
      { numRuns: 2 * runs },
    );
    expect(counts['proved']).toBeGreaterThan(runs / 6);
    expect(counts['refuted']).toBeGreaterThan(runs / 6);
  });
});

describe.each<[string, Flavour, string]>([
  ['', { threads: true }, ''],
  [', quorums', { threads: true, quorums: true }, ''],
  [', guards, loops and calls', { threads: true, guards: true, calls: true }, preamble],
])('random networks with threads%s', { timeout: 3_600_000 }, (_, flavour, declarations) => {
  const count = (counts: Record<string, number>, verdict: string): void => {
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  };
  it('that are all mistakes get the verdict of the slow explorer', async () => {
    const counts: Record<string, number> = {};
    await holds(
      [anyNetwork(flavour)],
      (text) => {
        count(counts, agree(declarations + text, declarations === ''));
      },
      { numRuns: runs },
    );
    if (process.env['CHOR_RUNS']) console.log('any', counts);
  });
  it('with servers, and with few mistakes, get the verdict of the slow explorer', async () => {
    const counts: Record<string, number> = {};
    const fitting = fc
      .tuple(channels, mistaken({ ...flavour, calls: false }))
      .map(([kind, bodies]) => networkText(kind, bodies));
    await holds(
      [withServers(fc.oneof(anyNetwork(flavour), fitting, fitting))],
      (text) => {
        count(counts, agree(declarations + text, declarations === ''));
      },
      { numRuns: runs },
    );
    if (process.env['CHOR_RUNS']) console.log('servers', counts);
    expect(counts['proved']).toBeGreaterThan(runs / 12);
    expect(counts['refuted']).toBeGreaterThan(runs / 12);
  });
  it('of conversations at the same time are proved, but for few whose queues are too long', async () => {
    const counts: Record<string, number> = {};
    // Queues of one message may fill with those of one conversation while another waits.
    const kinds = fc.constantFrom('', 'sync');
    await holds(
      [kinds, together({ ...flavour, calls: false })],
      (kind, bodies) => {
        const verdict = agree(declarations + networkText(kind, bodies), declarations === '');
        expect(verdict).not.toBe('refuted');
        if (kind === 'sync') expect(verdict).toBe('proved');
        count(counts, verdict);
      },
      { numRuns: Math.ceil(runs / 2) },
    );
    if (process.env['CHOR_RUNS']) console.log('conversations', counts);
    expect(counts['bounded'] ?? 0).toBeLessThan(Math.max(3, runs / 20));
  });
});

it.each<[string, fc.Arbitrary<string>, number]>([
  ['whose threads share variables', sharing(), 2 * runs],
  ['that are all mistakes, with variables', anyNetwork({ threads: true, variables: true }), runs],
])('random networks %s get the verdict of the slow explorer', { timeout: 3_600_000 }, async (name, networks, times) => {
  const counts: Record<string, number> = {};
  await holds(
    [networks],
    (text) => {
      const { file } = read(text);
      const slow = slowly(networkOf(file, 'N'), 3, 3000);
      const { verdict, findings } = check(text, { name: 'N' });
      counts[verdict.verdict] = (counts[verdict.verdict] ?? 0) + 1;
      for (const run of findings.map(runOf)) if (run) replay(networkOf(file), run);
      const hopeless = slow.starving.size > 0 || slow.unreceived;
      if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
      if (slow.bad) expect(verdict.verdict).toBe('refuted');
      if (verdict.verdict === 'refuted' && !slow.cut) expect(slow.bad || hopeless).toBe(true);
    },
    { numRuns: times },
  );
  if (process.env['CHOR_RUNS']) console.log(name, counts);
  expect(counts['refuted']).toBeGreaterThan(times / 12);
  if (name.startsWith('whose')) expect(counts['proved']).toBeGreaterThan(times / 12);
});

it.each<[string, Flavour]>([
  ['', {}],
  [' with quorums', { quorums: true }],
  [' with threads', { threads: true }],
])(
  'what is proved for queues of a size%s goes right with queues of that size, and of more',
  { timeout: 3_600_000 },
  async (_, flavour) => {
    const counts: Record<string, number> = {};
    const fitting = fc.tuple(fc.constant(''), together(flavour)).map(([kind, bodies]) => networkText(kind, bodies));
    await holds(
      [fc.oneof(anyNetwork(flavour), fitting, fitting)],
      (text) => {
        const open = text.replace(/network N (sync|buffer \d+) /, 'network N ');
        const { verdict } = check(open, { name: 'N' });
        if (verdict.verdict !== 'proved') return;
        const { provedFor } = verdict;
        const least = provedFor?.queues === 'from' ? provedFor.least : 1;
        expect(['every', 'from']).toContain(provedFor?.queues);
        counts[least] = (counts[least] ?? 0) + 1;
        for (const size of [least, least + 1])
          expect(agree(open.replace('network N', `network N buffer ${size}`), true), `${open}\n${size}`).toBe('proved');
      },
      { numRuns: runs },
    );
    if (process.env['CHOR_RUNS']) console.log(counts);
    expect(counts[1]).toBeGreaterThan(runs / 12);
  },
);

// Quorums as one step, against the same search that takes one message after the other: the same verdicts, the same
// errors at the same places, told in the same words; and fewer states. CHOR_RUNS says how many networks.
import { describe, expect, it, test } from 'vitest';
import type { ExplorationLimits } from '../../language/network/model/exploration.js';
import { runOf } from '../../language/findings/finding.js';
import { withQuorums } from '../generators/quorums.js';
import type { Wish } from '../generators/quorums.js';
import { inWords } from '../in-words.js';
import { componentsSearched } from '../network/components.js';
import { check, networkOf, read } from '../network/helpers.js';
import { replay } from '../network/runs.js';
import { slowly } from '../network/slow.js';
import { holds } from '../property.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 60);
const declared = 'extern ask(): bool\n';

interface Said {
  readonly verdict: string;
  /** Each finding, with its place. */
  readonly places: readonly string[];
  /** The same in words, with the end of its run. */
  readonly all: readonly string[];
}

function said(text: string, stepwise: boolean, states = 3000): Said {
  const { verdict, findings } = check(text, { name: 'N', limits: { states, stepwise } });
  const places = findings.map(({ code, severity, origin }) => `${code} ${severity} ${origin.start}`);
  const all = findings.map((finding, i) => {
    const { message, run } = inWords(finding);
    const ends = run?.ends.map((end) => `${end.role} ${end.text}`) ?? [];
    return `${places[i]}: ${message} ${ends.sort().join(', ')}`;
  });
  return { verdict: verdict.verdict, places: places.sort(), all: all.sort() };
}

/** The kinds of what a search finds to be wrong, and whether there were too many states for it. */
function searched(
  text: string,
  limits: ExplorationLimits,
  reduce = true,
): { readonly kinds: ReadonlySet<string>; readonly cut: boolean } {
  const parts = componentsSearched(text, limits, reduce);
  return {
    kinds: new Set(parts.flatMap(({ wrong }) => wrong.map(({ problem }) => problem.kind))),
    cut: parts.some(({ cuts }) => cuts.has('states')),
  };
}

describe('quorums in one step', { timeout: 3_600_000 }, () => {
  it.each<[string, Wish, number]>([
    ['', {}, runs],
    [' beside threads', { threads: true }, runs],
    [' whose values decide', { values: true }, Math.ceil(runs / 5)],
  ])('are what they are one message after the other%s', async (_, wish, numRuns) => {
    const counts: Record<string, number> = {};
    const count = (what: string, by = 1): void => void (counts[what] = (counts[what] ?? 0) + by);
    await holds(
      [withQuorums(wish)],
      (own) => {
        const text = declared + own;
        const [once, steps] = [said(text, false), said(text, true)];
        // Fewer states may be few enough.
        if (steps.verdict === 'bounded') expect(once.verdict).not.toBe('refuted');
        else expect([once.verdict, ...once.places]).toEqual([steps.verdict, ...steps.places]);
        count(once.verdict);
        // Where there are too many states for a second look, another run may be told of the same error.
        if (steps.verdict === 'refuted')
          count(once.all.join() === steps.all.join() ? 'in the same words' : 'in others');
        if (wish.values) return;
        // What is told is told with a run that can happen.
        for (const run of check(text, { name: 'N' }).findings.map(runOf))
          if (run) replay(networkOf(read(text).file, 'N'), run);
        // Whether something is wrong shows in each search, also where it is not looked at once more without reduction.
        for (const buffer of [1, 3]) {
          const limits = { states: 20_000, buffer };
          const [one, others] = [searched(text, limits), searched(text, { ...limits, stepwise: true })];
          if (one.cut || others.cut) continue;
          expect(one.kinds.size > 0).toBe(others.kinds.size > 0);
          // Another order may come to another of several mistakes first, but to none that is not there.
          const whole = one.kinds.size > 0 ? searched(text, limits, false) : one;
          if (!whole.cut) for (const kind of one.kinds) expect(whole.kinds).toContain(kind);
          const same = one.kinds.size === others.kinds.size && [...one.kinds].every((kind) => others.kinds.has(kind));
          if (one.kinds.size > 0) count(same ? 'of the same kinds' : 'of other kinds');
          for (const kind of one.kinds) count(kind);
        }
      },
      { numRuns },
    );
    if (process.env['CHOR_RUNS']) console.log(wish, counts);
    expect(counts['proved'] ?? 0).toBeGreaterThan(numRuns / 12);
    expect(counts['refuted'] ?? 0).toBeGreaterThan(numRuns / 12);
    expect(counts['in others'] ?? 0).toBeLessThan(2 + (counts['refuted'] ?? 0) / 10);
  });

  it('get the verdict of the slow explorer', async () => {
    const counts: Record<string, number> = {};
    await holds(
      [withQuorums()],
      (text) => {
        const { file } = read(text);
        const slow = slowly(networkOf(file, 'N'), 3, 3000);
        const { verdict } = check(text, { name: 'N' });
        if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
        if (slow.bad) expect(verdict.verdict).toBe('refuted');
        if (verdict.verdict === 'refuted' && !slow.cut)
          expect(slow.bad || slow.starving.size > 0 || slow.unreceived).toBe(true);
        const what = `${verdict.verdict}${slow.cut ? ', cut' : ''}`;
        counts[what] = (counts[what] ?? 0) + 1;
      },
      { numRuns: runs },
    );
    if (process.env['CHOR_RUNS']) console.log('slow', counts);
    expect(counts['refuted']).toBeGreaterThan(runs / 12);
    expect(counts['proved']).toBeGreaterThan(runs / 12);
  });
});

describe('a quorum', () => {
  const network = (kind: string, processes: Record<string, string>): string =>
    `network N ${kind} {\n${Object.entries(processes)
      .map(
        ([name, body]) =>
          `${name.startsWith('server ') ? 'server ' : ''}process ${name.replace('server ', '')} { ${body} }`,
      )
      .join('\n')}\n}\n`;
  const both = (text: string): ReturnType<typeof said> => {
    const once = said(text, false);
    expect(once).toEqual(said(text, true));
    return once;
  };
  test('that some of its messages never come to is waited for in vain, and what came is taken', () => {
    // B's message comes, C and D wait for each other.
    const stuck = both(
      network('', {
        A: 'receive from B, C, D any majority: a',
        B: 'send to A: a',
        C: 'receive from D: go send to A: a',
        D: 'receive from C: go send to A: a',
      }),
    );
    expect(stuck.verdict).toBe('refuted');
    expect(stuck.all.join()).toContain('deadlock');
    const never = both(network('', { A: 'receive from B, C, D any majority: a', B: 'send to A: a', C: '', D: '' }));
    expect(never.all.join()).toMatch(/A waits for `a` from C or D that can’t come any more.*C has ended/s);
  });
  test('that never comes lets others starve, or its process', () => {
    const { verdict, all } = both(
      network('', {
        A: 'receive from B, C, D any majority: a',
        B: 'send to A: a',
        C: 'rec X { send to D: go receive from D: go continue X }',
        D: 'rec X { receive from C: go send to C: go continue X }',
      }),
    );
    expect(verdict).toBe('refuted');
    expect(all.join()).toContain('unmatched-receive');
  });
  test('is taken step by step where a sender has to get rid of its message first', () => {
    const text = (kind: string): string =>
      network(kind, {
        A: 'receive from B, C any 2: a receive from B: b',
        B: 'send to A: a send to A: b send to C: go',
        C: 'receive from B: go send to A: a',
      });
    expect(both(text('')).verdict).toBe('proved');
    expect(both(text('buffer 1')).verdict).toBe('proved');
    expect(both(text('sync')).verdict).toBe('refuted');
    // B may be faster than F, but only once its first message was taken.
    const race = (kind: string): string =>
      network(kind, {
        A: 'receive from B, C any 2: a receive from B: b',
        B: 'send to A: a send to A: b send to E: x',
        C: 'receive from E { go { send to A: a } }',
        E: 'receive { x from B { receive from F: y send to C: wrong } y from F { receive from B: x send to C: go } }',
        F: 'send to E: y',
      });
    expect(both(race('')).all.join()).toContain('label-mismatch');
    expect(both(race('buffer 1')).all.join()).toContain('label-mismatch');
    // The reduced search finds it by itself.
    for (const kind of ['', 'buffer 1'])
      expect([...searched(race(kind), { states: 1000, buffer: 1 }).kinds]).toEqual(['label-mismatch']);
  });
  test('of a server that waits for more is no mistake', () => {
    expect(
      both(network('', { 'server A': 'receive from B, C, D any majority: a', B: 'send to A: a', C: '', D: '' }))
        .verdict,
    ).toBe('proved');
  });
  test('tells a message behind what it took that nobody takes', () => {
    const { all } = both(
      network('', {
        A: 'receive from B, C, D any 2: a',
        B: 'send to A: a send to A: a',
        C: 'receive from D: go send to A: a',
        D: 'rec X { choice { send to E: more continue X } or { send to E: end send to C: go } }',
        E: 'rec X { receive from D { more { continue X } end { } } }',
      }),
    );
    expect(all.join()).toContain('unmatched-send');
  });
  test('with messages of two types tells where they come together', () => {
    const { all } = both(
      network('', {
        A: 'receive xs: int from B, C, D any 2: a',
        B: 'send 1 to A: a',
        C: 'send 2 to A: a',
        D: 'send "three" to A: a',
      }),
    );
    expect(all.map((each) => each.split(' ')[0])).toEqual(['payload-mismatch']);
  });

  /** One that waits for a majority of n, which send their numbers; and who asks afterwards. */
  const majority = (n: number, values: boolean): string => {
    const names = Array.from({ length: n }, (_, i) => `S${i}`);
    return network('', {
      R: `receive xs: int from ${names.join(', ')} any majority by who: v${
        values ? ' if first(xs) == 0 { send to S0: yes } else { send to S0: no }' : ''
      }`,
      ...Object.fromEntries(
        names.map((name, i) => [
          name,
          `send ${i} to R: v${values && i === 0 ? ' receive from R { yes { } no { } }' : ''}`,
        ]),
      ),
    });
  };
  const states = (text: string, stepwise: boolean): number => {
    const [found, ...others] = componentsSearched(text, { states: 100_000, buffer: 1, stepwise }, true);
    expect(others).toEqual([]);
    expect(found?.cuts.size).toBe(0);
    return found?.configurations ?? 0;
  };
  test.each([
    [3, 8, 11],
    [4, 10, 20],
    [5, 17, 36],
    [6, 23, 69],
    [7, 44, 127],
    [8, 66, 255],
    [9, 137, 475],
  ])('of a majority of %i is %i configurations, not %i', (n, once, stepwise) => {
    expect([states(majority(n, false), false), states(majority(n, false), true)]).toEqual([once, stepwise]);
  });
  test.each([
    [3, 14, 17],
    [4, 17, 33],
    [5, 31, 64],
    [6, 42, 208],
    [7, 83, 382],
  ])('of a majority of %i whose first value decides is %i configurations, not %i', (n, once, stepwise) => {
    expect([states(majority(n, true), false), states(majority(n, true), true)]).toEqual([once, stepwise]);
  });
});

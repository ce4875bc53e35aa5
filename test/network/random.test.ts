// The engine against the slow explorer, on random small networks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, networkOf, read } from './helpers.js';
import { replay } from './runs.js';
import { slowly } from './slow.js';

const roles = ['A', 'B', 'C'];

/** A statement list of one process: sends, receives and choices, perhaps with a loop at its end. */
function body(own: string, depth: number, loop: boolean): fc.Arbitrary<string> {
  const peer = fc.constantFrom(...roles.filter((r) => r !== own));
  const label = fc.constantFrom('', ': a', ': b');
  const send = fc.tuple(peer, label).map(([p, l]) => `send to ${p}${l}`);
  const single = fc.tuple(peer, label).map(([p, l]) => `receive from ${p}${l}`);
  const simple = fc.oneof(send, single);
  const inner = (): fc.Arbitrary<string> => body(own, depth - 1, false);
  const nested = depth > 0 ? [
    fc.tuple(inner(), inner()).map(([x, y]) => `choice { ${x} } or { ${y} }`),
    fc.tuple(peer, inner(), inner()).map(([p, x, y]) => `receive from ${p} { a { ${x} } b { ${y} } }`),
  ] : [];
  const list = fc.array(fc.oneof({ weight: 4, arbitrary: simple }, ...nested.map((arbitrary) => ({ weight: 1, arbitrary }))), { maxLength: 3 });
  if (!loop) return list.map((l) => l.join('\n'));
  const tail = fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.tuple(inner(), inner()).map(([x, y]) => `rec X { choice { ${x} continue X } or { ${y} } }`) },
    { weight: 1, arbitrary: fc.tuple(peer, inner(), inner()).map(([p, x, y]) => `rec X { receive from ${p} { a { ${x} continue X } b { ${y} } } }`) },
    { weight: 1, arbitrary: fc.tuple(simple, inner()).map(([s, x]) => `rec X { ${s} ${x} continue X }`) },
  );
  return fc.tuple(list, tail).map(([l, t]) => [...l, t].join('\n'));
}

const processes = fc.tuple(body('A', 2, true), body('B', 2, true), body('C', 1, true));
const channels = fc.constantFrom('', '', 'sync', 'buffer 1', 'buffer 2');
const networkText = (kind: string, bodies: readonly string[]): string => `network N ${kind} {\n${bodies.map((b, i) => `process ${roles[i]} {\n${b}\n}`).join('\n')}\n}`;
const anyNetwork = fc.tuple(channels, processes).map(([kind, bodies]) => networkText(kind, bodies));

/** One line of text for each role: what they do together, so that nothing can go wrong. */
type Parts = readonly string[];
const joined = (list: readonly Parts[]): Parts => roles.map((_, i) => list.map((p) => p[i]).filter(Boolean).join('\n'));
const message: fc.Arbitrary<Parts> = fc.tuple(fc.constantFrom(...roles), fc.constantFrom(...roles), fc.constantFrom('', ': a', ': b'))
  .filter(([p, q]) => p !== q).map(([p, q, l]) => roles.map((r) => (r === p ? `send to ${q}${l}` : r === q ? `receive from ${p}${l}` : '')));
const told = (decider: string, first: Parts, second: Parts): Parts => roles.map((r, i) => {
  const tells = (label: string): string => roles.filter((o) => o !== r).map((o) => `send to ${o}: ${label}`).join('\n');
  return r === decider ? `choice {\n${tells('a')}\n${first[i]}\n} or {\n${tells('b')}\n${second[i]}\n}` : `receive from ${decider} {\na {\n${first[i]}\n}\nb {\n${second[i]}\n}\n}`;
});
const steps = (depth: number): fc.Arbitrary<Parts> => fc.array(depth === 0 ? message : fc.oneof({ weight: 3, arbitrary: message }, {
  weight: 1, arbitrary: fc.tuple(fc.constantFrom(...roles), steps(depth - 1), steps(depth - 1)).map(([p, x, y]) => told(p, x, y)),
}), { maxLength: 3 }).map(joined);
const looping = fc.tuple(fc.constantFrom(...roles), steps(1), steps(0)).map(([p, again, end]) => {
  const both = told(p, again.map((t) => `${t}\ncontinue X`), end);
  return both.map((t) => `rec X {\n${t}\n}`);
});
const together = fc.tuple(steps(2), fc.option(looping)).map(([first, loop]) => (loop ? joined([first, loop]) : first));
/** The same with some lines struck out or exchanged with the next. */
const mistaken = fc.tuple(together, fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 2 })).map(([parts, mistakes]) => {
  const lines = parts.map((t) => t.split('\n'));
  for (const [at, strike] of mistakes) {
    const list = lines[at % roles.length] as string[];
    const places = list.flatMap((line, i) => (/^(send|receive)/.test(line) && !line.endsWith('{') ? [i] : []));
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    const next = list[place + 1];
    if (strike) list.splice(place, 1);
    else if (next && places.includes(place + 1)) list.splice(place, 2, next, list[place] as string);
  }
  return lines.map((l) => l.join('\n'));
});

/** Compares what both say of a network. */
function agree(text: string): string {
  const { file } = read(text);
  const slow = slowly(networkOf(file), 3, 1000);
  const { verdict, findings } = check(text);
  // Every run that is told can happen, as it is told.
  for (const { run } of findings) if (run) replay(networkOf(file), run);
  if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
  if (slow.bad) expect(verdict.verdict).toBe('refuted');
  if (verdict.verdict === 'refuted' && !slow.cut) expect(slow.bad || slow.hopeless).toBe(true);
  if (verdict.verdict === 'proved' && !slow.cut) {
    expect(findings.some((f) => f.code === 'starvation' && f.severity === 'warning')).toBe(slow.waiting);
    // What one reaches, the other does not call unreachable.
    const hints = findings.filter((f) => f.code === 'unreachable').map((f) => f.origin);
    for (const action of slow.reached) {
      const [own] = action.origins;
      if (own) expect(hints.some((h) => h.start <= own.start && own.end <= h.end)).toBe(false);
    }
  }
  return verdict.verdict;
}

describe('random networks', () => {
  it('that are all mistakes get the verdict of the slow explorer', () => {
    fc.assert(fc.property(anyNetwork, (text) => void agree(text)), { numRuns: 120 });
  });
  it('that fit together are proved', () => {
    fc.assert(fc.property(channels, together, (kind, bodies) => {
      expect(agree(networkText(kind, bodies))).toBe('proved');
    }), { numRuns: 60 });
  });
  it('with few mistakes get the verdict of the slow explorer', () => {
    const counts: Record<string, number> = {};
    fc.assert(fc.property(channels, mistaken, (kind, bodies) => {
      const verdict = agree(networkText(kind, bodies));
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }), { numRuns: 200 });
    expect(counts['proved']).toBeGreaterThan(20);
    expect(counts['refuted']).toBeGreaterThan(20);
  });
});

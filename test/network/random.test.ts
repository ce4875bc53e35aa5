// The engine against the slow explorer, on random small networks.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNetwork, channels, mistaken, networkText, together } from '../generators/networks.js';
import { check, networkOf, read } from './helpers.js';
import { slowly } from './slow.js';

/** Compares what both say of a network. */
function agree(text: string): string {
  const { file } = read(text);
  const slow = slowly(networkOf(file), 3, 1000);
  const { verdict, findings } = check(text);
  if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
  if (slow.bad) expect(verdict.verdict).toBe('refuted');
  if (verdict.verdict === 'refuted' && !slow.cut) expect(slow.bad || slow.hopeless).toBe(true);
  if (verdict.verdict === 'proved' && !slow.cut) {
    expect(findings.some((f) => f.code === 'starvation')).toBe(slow.waiting);
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
    fc.assert(fc.property(anyNetwork(), (text) => void agree(text)), { numRuns: 120 });
  });
  it('that fit together are proved', () => {
    fc.assert(fc.property(channels, together(), (kind, bodies) => {
      expect(agree(networkText(kind, bodies))).toBe('proved');
    }), { numRuns: 60 });
  });
  it('with few mistakes get the verdict of the slow explorer', () => {
    const counts: Record<string, number> = {};
    fc.assert(fc.property(channels, mistaken(), (kind, bodies) => {
      const verdict = agree(networkText(kind, bodies));
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }), { numRuns: 200 });
    expect(counts['proved']).toBeGreaterThan(20);
    expect(counts['refuted']).toBeGreaterThan(20);
  });
});

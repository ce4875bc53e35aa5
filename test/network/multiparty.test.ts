// The conditions under which what holds for short queues holds for all, each alone; and that they are enough, on random machines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, machinesOf } from '../../language/network/machines.js';
import { missingForProof } from '../../language/network/multiparty.js';
import type { Missing } from '../../language/network/multiparty.js';
import { search } from '../../language/network/search.js';
import { random, system } from './machines.js';
import { slowlyOnMachines } from './slow-machines.js';

/** What a proof by queues of k messages lacks; `wrong` where the system goes wrong within them, `proved` where it lacks nothing. */
function missing(text: Readonly<Record<string, string>>, k: number): Missing | 'wrong' | 'proved' {
  const machines = machinesOf(system(text), { kind: 'fifo' });
  for (const group of groupsOf(machines)) {
    const found = search(machines, group, { states: 100_000, buffer: k, reduce: false });
    const lacks = found.wrong.length > 0 ? 'wrong' : missingForProof(machines, group, found);
    if (lacks) return lacks;
  }
  return 'proved';
}

describe('what holds for short queues', () => {
  it('holds for all where nobody depends on more room', () => {
    expect(missing({ A: '0 B!x 0', B: '0 A?x 0' }, 1)).toBe('proved');
    expect(missing({ A: '0 B!x 1, 1 B?y 0', B: '0 A!y 1, 1 A?x 0' }, 1)).toBe('proved');
  });
  it('is no proof where a machine sends and receives in one state, or goes two ways on one message', () => {
    expect(missing({ A: '0 B!x 1, 0 B?y 1', B: '0 A?x 1' }, 1)).toBe('form');
    expect(missing({ A: '0 B!x 1', B: '0 A?x 1, 0 A?x 2' }, 1)).toBe('form');
  });
  it('is no proof where somebody is held back in some of its ways only', () => {
    expect(missing({ A: '0 B!x 0, 0 C!y 0', B: '0 A?x 0', C: '0 A?y 0' }, 1)).toBe('outputs');
  });
  it('is no proof where two race for a receiver', () => {
    expect(missing({ A: '0 S!a 0', B: '0 S!b 0', S: '0 A?a 0, 0 B?b 0' }, 1)).toBe('race');
    // Not both at once within this bound, but one after the other.
    expect(missing({ A: '0 S!a 1, 1 B!go 2', B: '0 A?go 1, 1 S!b 2', S: '0 A?a 1, 0 B?b 2, 1 B?b 3, 2 A?a 3' }, 1)).toBe('race');
  });
  it('is no proof where a send needs more room than there is', () => {
    const two = { A: '0 B!x 1, 1 B!x 2, 2 C!go 3', B: '0 C?go 1, 1 A?x 2, 2 A?x 3', C: '0 A?go 1, 1 B!go 2' };
    expect(missing(two, 1)).toBe('held-back');
    expect(missing(two, 2)).toBe('proved');
  });
  it('is no proof where somebody waits for ever, or a message is never taken', () => {
    expect(missing({ A: '0 B!x 0', B: '0 A?x 0, 0 A?stop 1, 1 C!go 2', C: '0 B?go 1' }, 1)).toBe('unsafe');
    expect(missing({ A: '0 B!x 0', B: '0 A?x 0, 0 A?stop 1, 1 C?y 2', C: '0 B!y 1' }, 1)).toBe('unsafe');
  });
});

describe('a proof by short queues', () => {
  it('holds for longer ones', () => {
    let proved = 0;
    fc.assert(fc.property(random, fc.constantFrom(1, 2), (text, k) => {
      if (missing(text, k) !== 'proved') return;
      proved++;
      const slow = slowlyOnMachines(system(text), { kind: 'fifo' }, k + 3);
      expect(slow).toMatchObject({ bad: false });
      if (!slow.cut) expect(slow).toMatchObject({ untaken: false, waiting: false });
    }), { numRuns: Math.max(1500, Number(process.env['CHOR_RUNS'] ?? 0)) });
    expect(proved).toBeGreaterThan(100);
  }, 600_000);
});

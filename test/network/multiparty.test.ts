// The conditions under which what holds for short queues holds for all, each alone; and that they are enough, on random
// machines.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, machinesOf } from '../../language/network/model/machines.js';
import { missingForProof } from '../../language/network/analysis/multiparty.js';
import type { Missing } from '../../language/network/analysis/multiparty.js';
import { search } from '../../language/network/search/search.js';
import { random, system, walked } from './machines.js';
import { slowlyOnMachines } from './slow-machines.js';

/**
 * What a proof by queues of k messages lacks; `wrong` where the system goes wrong within them, `proved` where it lacks
 * nothing.
 */
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
  it('is no proof where room is made only by somebody who is held back in some of its ways', () => {
    // A finds room for the second y only after B sent it x, when B can't send C another y.
    expect(missing({ A: '0 C!y 1, 1 B?x 0', B: '0 A!x 0, 0 C!y 0', C: '0 B?y 1, 1 A?y 0' }, 1)).toBe('outputs');
    // Here the receivers make room.
    expect(missing({ A: '0 B!x 0, 0 C!y 0', B: '0 A?x 0', C: '0 A?y 0' }, 1)).toBe('proved');
  });
  it('is no proof where two race for a receiver', () => {
    expect(missing({ A: '0 S!a 0', B: '0 S!b 0', S: '0 A?a 0, 0 B?b 0' }, 1)).toBe('race');
    // Not both at once within this bound, but one after the other.
    expect(
      missing({ A: '0 S!a 1, 1 B!go 2', B: '0 A?go 1, 1 S!b 2', S: '0 A?a 1, 0 B?b 2, 1 B?b 3, 2 A?a 3' }, 1),
    ).toBe('race');
  });
  it('is a proof where a message that could be taken instead comes only because of the one that was', () => {
    // A tells C to send only when B is done with what A sent, and the other way round.
    const chain = {
      A: '0 B!a 1, 1 B?ok 0, 0 C!go 2, 2 C?done 0',
      B: '0 A?a 1, 1 A!ok 0, 0 C?b 2, 2 C!ok 0',
      C: '0 A?go 1, 1 B!b 2, 2 B?ok 3, 3 A!done 0',
    };
    expect(missing(chain, 1)).toBe('proved');
    // Without waiting for B, it does not: B may be slow.
    expect(
      missing({ ...chain, A: '0 B!a 1, 1 C!go 2, 0 C!go 2, 2 C?done 0', B: '0 A?a 1, 1 C?b 2, 0 C?b 2, 2 C!ok 0' }, 1),
    ).toBe('race');
  });
  it('is a proof where another message comes that can’t be taken instead', () => {
    expect(missing({ A: '0 B!a 1, 1 C!go 2', B: '0 A?a 1, 0 C?b 2, 1 C?c 2', C: '0 A?go 1, 1 B!c 2' }, 1)).toBe(
      'proved',
    );
    // The one that could be taken comes behind it.
    expect(missing({ A: '0 B!a 1', B: '0 A?a 1, 0 C?b 3, 1 C?c 2, 2 C?b 3', C: '0 B!c 1, 1 B!b 2' }, 1)).toBe('proved');
  });
  it('is no proof where a race, and what goes wrong then, comes with longer queues only', () => {
    const late = {
      A: '0 S!x 1, 1 S!x 2, 2 S!x 3, 3 C!hurry 4',
      S: '0 C!slow 1, 1 C?ok 2, 2 A?x 3, 3 A?x 4, 4 A?x 5',
      C: '0 S?slow 1, 0 A?hurry 2, 1 S!ok 3, 3 A?hurry 4',
    };
    expect([1, 2, 3].map((k) => missing(late, k))).toEqual(['race', 'race', 'wrong']);
  });
  it('is no proof where the bound alone makes a message come because of another', () => {
    // P takes a, and then W and Z make room, so that V and Y go on to b. With longer queues they need no room: P may
    // take b, and a is lost.
    const chainOfRoom = {
      P: '0 Q?a 1, 1 R!g 2, 2 U!g 3, 3 Y?b 4, 0 Y?b 5',
      Q: '0 P!a 1',
      R: '0 P?g 1, 1 U?x 2, 2 U?x 3, 3 U?x 4',
      U: '0 R!x 1, 1 R!x 2, 2 R!x 3, 3 V!m 4, 4 P?g 5, 5 V!m 6, 6 W!g 7',
      W: '0 U?g 1, 1 V?x 2, 2 V?x 3, 3 V?x 4',
      V: '0 W!x 1, 1 W!x 2, 2 W!x 3, 3 U?m 4, 4 Y!h 5, 5 U?m 6, 6 Z!g 7',
      Y: '0 Z!x 1, 1 Z!x 2, 2 V?h 3, 3 Z!x 4, 4 P!b 5',
      Z: '0 V?g 1, 1 Y?x 2, 2 Y?x 3, 3 Y?x 4',
    };
    expect([1, 2, 3].map((k) => missing(chainOfRoom, k))).toEqual(['held-back', 'race', 'wrong']);
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
    fc.assert(
      fc.property(fc.oneof(random, walked), fc.constantFrom(1, 2), (text, k) => {
        if (missing(text, k) !== 'proved') return;
        proved++;
        const slow = slowlyOnMachines(system(text), { kind: 'fifo' }, k + 3);
        expect(slow).toMatchObject({ bad: false, choice: false });
        if (!slow.cut) expect(slow).toMatchObject({ untaken: false, waiting: false });
      }),
      { numRuns: Math.max(1500, Number(process.env['CHOR_RUNS'] ?? 0)) },
    );
    expect(proved).toBeGreaterThan(100);
  }, 600_000);
});

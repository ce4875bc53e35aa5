// Which machines and messages depend on a move.
import { describe, expect, it } from 'vitest';
import { createDependences } from '../../language/network/analysis/dependence.js';

const [a, b, c] = [0, 1, 2];
const over = (from: number, to: number): number => from * 3 + to;

describe('what depends on a move', () => {
  it('is seen by who takes a message that was sent after it', () => {
    const { after, sent, received, hasSeen } = createDependences(3);
    const start = after(a);
    expect([a, b, c].map((m) => hasSeen(start, m))).toEqual([true, false, false]);
    const told = received(sent(start, a, over(a, b)), b, over(a, b), 1);
    expect([a, b, c].map((m) => hasSeen(told, m))).toEqual([true, true, false]);
    const toldAll = received(sent(told, b, over(b, c)), c, over(b, c), 1);
    expect(hasSeen(toldAll, c)).toBe(true);
  });
  it('is not seen by who takes a message that was sent before it, though others lie behind', () => {
    const { after, sent, received, hasSeen } = createDependences(3);
    // One message lay there; two came.
    const two = sent(sent(after(a), a, over(a, b)), a, over(a, b));
    const old = received(two, b, over(a, b), 3);
    expect(old).toBe(two);
    expect(hasSeen(received(old, b, over(a, b), 2), b)).toBe(true);
  });
  it('does not grow by what has nothing to do with it', () => {
    const { after, sent, received } = createDependences(3);
    const start = after(a);
    expect(sent(start, b, over(b, c))).toBe(start);
    expect(received(start, c, over(b, c), 1)).toBe(start);
    expect(received(start, a, over(b, a), 1)).toBe(start);
    expect(sent(sent(start, b, over(b, a)), b, over(b, a))).toBe(start);
  });
  it('lies within what depends besides', () => {
    const { after, sent, received, isWithin } = createDependences(3);
    const start = after(a);
    const one = sent(start, a, over(a, b));
    const taken = received(one, b, over(a, b), 1);
    expect([isWithin(start, one), isWithin(one, start)]).toEqual([true, false]);
    // Who has seen it has, in effect, taken all that depends.
    expect([isWithin(one, taken), isWithin(taken, one)]).toEqual([true, false]);
    expect(isWithin(one, sent(start, a, over(a, c)))).toBe(false);
    expect(isWithin(one, one)).toBe(true);
  });
});

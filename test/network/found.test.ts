// Networks that comparing with others (spin.test.ts, random.test.ts) showed to be judged wrongly once.
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../language/network/verdict/check.js';
import { coinsNetwork } from '../generators/slow.js';
import { check, networkOf, outcome, read } from './helpers.js';

describe('found by comparison', () => {
  it('in a rendezvous that comes back to where it was, both sides move', () => {
    const text =
      'network N sync { process A { rec X { send to B: a continue X } } process B { rec X { receive from A { a { continue X } b { } } } } }';
    expect(outcome(text)).toBe('proved');
    const { findings } = check(text);
    // B takes `a` again and again; `b` never comes.
    expect(
      findings.filter((f) => f.code === 'unreachable').map((f) => text.slice(f.origin.start, f.origin.end)),
    ).toEqual(['b { }']);
  });
  it('a value made of two keeps its truth when what it was made of is assigned again', () => {
    expect(
      outcome(`network N {
      process A(x: bool, y: bool) { y = x or y  x = false  if y { send to B: a } else { send to B: b }  if y { send to B: a } else { send to B: b } }
      process B { receive from A { a { receive from A: a } b { receive from A: b } } }
    }`),
    ).toBe('proved');
  });
  it('what is wrong with short queues stays so where time ends the search with longer ones', () => {
    // Many states come before the error.
    const text = coinsNetwork('N', 6, 'receive from A: yes');
    const { file, scope } = read(text);
    const asked = (buffer: number, from = Infinity): { verdict: string; times: number } => {
      let times = 0;
      const { verdict } = checkNetwork(
        networkOf(file),
        scope,
        { states: 100_000, buffer },
        { interrupted: () => ++times > from },
      );
      return { verdict: verdict.verdict, times };
    };
    // The time that is just enough with short queues.
    let enough = 0;
    while (asked(1, enough).verdict !== 'refuted') enough++;
    expect(enough).toBeGreaterThan(0);
    expect(asked(8).times).toBeGreaterThan(enough + 1);
    expect(asked(8, enough).verdict).toBe('refuted');
  });
});

// Networks that comparing with others (spin.test.ts, random.test.ts) showed to be judged wrongly once.
import { describe, expect, it } from 'vitest';
import { check, outcome } from './helpers.js';

describe('found by comparison', () => {
  it('in a rendezvous that comes back to where it was, both sides move', () => {
    const text = 'network N sync { process A { rec X { send to B: a continue X } } process B { rec X { receive from A { a { continue X } b { } } } } }';
    expect(outcome(text)).toBe('proved');
    const { findings } = check(text);
    // B takes `a` again and again; `b` never comes.
    expect(findings.filter((f) => f.code === 'unreachable').map((f) => text.slice(f.origin.start, f.origin.end))).toEqual(['b { }']);
  });
  it('a value made of two keeps its truth when what it was made of is assigned again', () => {
    expect(outcome(`network N {
      process A(x: bool, y: bool) { y = x or y  x = false  if y { send to B: a } else { send to B: b }  if y { send to B: a } else { send to B: b } }
      process B { receive from A { a { receive from A: a } b { receive from A: b } } }
    }`)).toBe('proved');
  });
});

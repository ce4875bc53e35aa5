// Networks that every textbook has, in the good and the bad variant.
import { describe, expect, it } from 'vitest';
import { check, outcome } from './helpers.js';
import { inWords } from '../in-words.js';
import type { Finding } from '../../language/findings/finding.js';

/** n philosophers who each take the fork on their left first; `last` first takes the right one where it is told to. */
function philosophers(n: number, leftHanded: boolean): string {
  const fork = (i: number): string => `F${(i + n) % n}`;
  const take = (f: string): string => `send to ${f}: take\nreceive from ${f}: taken`;
  const people = Array.from({ length: n }, (_, i) => {
    const [first, second] = leftHanded && i === n - 1 ? [fork(i + 1), fork(i)] : [fork(i), fork(i + 1)];
    return `process P${i} {\n${take(first)}\n${take(second)}\nsend to ${first}: release\nsend to ${second}: release\n}`;
  });
  // A fork serves its left neighbour first or its right one first, as the two of them come.
  const serve = (who: string): string =>
    `receive from ${who}: take\nsend to ${who}: taken\nreceive from ${who}: release`;
  const forks = Array.from({ length: n }, (_, i) => {
    const [own, other] = [`P${i}`, `P${(i + n - 1) % n}`];
    return `process ${fork(i)} {\nchoice {\n${serve(own)}\n${serve(other)}\n} or {\n${serve(other)}\n${serve(own)}\n}\n}`;
  });
  return `network Table {\n${[...people, ...forks].join('\n')}\n}`;
}

const ring = (n: number, starter: string): string => {
  const names = Array.from({ length: n }, (_, i) => `R${i}`);
  const bodies = names.map((name, i) => {
    const [before, next] = [names[(i + n - 1) % n], names[(i + 1) % n]];
    return `process ${name} {\n${name === starter ? `send 1 to ${next}\nreceive t from ${before}` : `receive t from ${before}\nsend t to ${next}`}\n}`;
  });
  return `network Ring {\n${bodies.join('\n')}\n}`;
};

const commit = (second: string): string => `extern ready(): bool
network Commit {
  process C {
    receive a: bool from P
    receive b: bool from Q
    ok = a and b
    send ok to P
    send ok to Q
    if ok { receive from P: done receive from Q: done }
  }
  process P {
    send ready() to C
    receive ok from C
    if ok { send to C: done }
  }
  process Q {
    send ready() to C
    receive ok from C
    ${second}
  }
}`;

describe('textbook networks', () => {
  it('dining philosophers can be stuck, whoever is served first', () => {
    expect(outcome(philosophers(3, false))).toContain('refuted deadlock');
    expect(inWords(check(philosophers(3, false)).findings[0] as Finding).message).toMatch(
      / wait for each other in a circle/,
    );
  });
  it('a ring needs one that starts', () => {
    expect(outcome(ring(5, 'R2'))).toBe('proved');
    expect(outcome(ring(5, 'nobody'))).toBe('refuted deadlock');
  });
  it('client and server go on as long as the client likes', () => {
    const server = (last: string): string => `extern more(): bool
network Shop {
  process Client { while more() { send 1 to Server: ask receive answer from Server } send to Server: quit }
  process Server { rec Serve { receive from Client { ask(x) { send x to Client continue Serve } ${last} } } }
}`;
    expect(outcome(server('quit { }'))).toBe('proved');
    expect(outcome(server(''))).toBe('refuted label-mismatch');
  });
  it('two-phase commit shares its decision without a further message', () => {
    expect(outcome(commit('if ok { send to C: done }'))).toBe('proved');
    expect(outcome(commit('send to C: done'))).toBe('refuted unmatched-send');
    expect(outcome(commit(''))).toBe('refuted unmatched-receive');
  });
  it('independent conversations are explored apart', () => {
    const pairs = Array.from(
      { length: 8 },
      (_, i) => `process A${i} { rec X { choice { send to B${i}: a continue X } or { send to B${i}: b } } }
      process B${i} { rec X { receive from A${i} { a { continue X } b { } } } }`,
    );
    const { verdict } = check(`network Many {\n${pairs.join('\n')}\n}`);
    expect(verdict.verdict).toBe('proved');
    expect(verdict.states).toBeLessThan(100);
  });
  it('a run is told with what belongs to it, and nothing else', () => {
    const { verdict } = check(`network N {
      process A { send 1 to B send 2 to C receive x from C }
      process D { send 1 to E receive y from E }
      process B { receive x from A }
      process C { receive x from A }
      process E { receive x from D send x to D }
    }`);
    expect(verdict.run.map((s) => s.text)).toEqual(['A sends 1 to B', 'A sends 2 to C']);
  });
  it('what is interrupted is not proved', async () => {
    const { checkNetwork } = await import('../../language/network/verdict/check.js');
    const { limits, networkOf, read } = await import('./helpers.js');
    const big = Array.from({ length: 12 }, (_, i) => `choice { send to B: a${i} } or { send to B: b${i} }`).join('\n');
    const { file, scope } = read(
      `network N { process A { ${big} } process B { ${Array.from({ length: 12 }, (_, i) => `receive from A { a${i} { } b${i} { } }`).join('\n')} } }`,
    );
    const result = checkNetwork(networkOf(file), scope, { ...limits, states: 1_000_000 }, { interrupted: () => true });
    expect(['proved', 'bounded']).toContain(result.verdict.verdict);
    const chaotic = `network M { process A { ${Array.from({ length: 12 }, (_, i) => `choice { x${i} = 1 } or { send to B: b${i} }`).join('\n')} } process B { rec X { receive from A { ${Array.from({ length: 12 }, (_, i) => `b${i} { continue X }`).join('\n')} } } } }`;
    const other = read(chaotic);
    expect(
      checkNetwork(networkOf(other.file), other.scope, limits, { interrupted: () => true }).verdict.verdict,
    ).not.toBe('proved');
  });
});

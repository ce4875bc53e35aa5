// Runs that never end: who waits, what lies in queues, and what is said where a bound was met.
import { describe, expect, it } from 'vitest';
import { whyUndecided } from '../../language/network/verdict/verdict.js';
import { check } from './helpers.js';
import { inWords } from '../in-words.js';
import type { Finding } from '../../language/findings/finding.js';

const found = (text: string): string[] => {
  const { verdict, findings } = check(text);
  return [verdict.verdict, ...findings.map((f) => `${f.severity} ${f.code}`)];
};

const loop = (
  again: string,
  end: string,
): string => `process A { rec L { choice { send to B: more continue L } or { send to B: done } } ${end} }
  process B { rec L { receive from A { more { ${again} continue L } done { send to C: done } } } }`;

describe('who waits for as long as others go round', () => {
  it('gets a hint, as the loop may be left', () => {
    expect(found(`network N { ${loop('', '')} process C { receive from B: done } }`)).toEqual([
      'proved',
      'hint starvation',
    ]);
  });
  it('gets nothing where it is told in each round', () => {
    expect(
      found(
        `network N { ${loop('send to C: more', '')} process C { rec L { receive from B { more { continue L } done {} } } } }`,
      ),
    ).toEqual(['proved']);
  });
  it('gets a warning where the loop can’t be left', () => {
    const { findings } = check(
      'network N { process A { rec L { send to B: more continue L } } process B { rec L { receive from A { more { continue L } done { send to C: done } } } } process C { receive from B: done } }',
    );
    expect(findings.filter((f) => f.code === 'starvation').map((f) => f.severity)).toEqual(['warning']);
  });
  it('is told who goes round, and what to do', () => {
    const text = `network N { ${loop('', '')} process C { receive from B: done } }`;
    const { findings } = check(text);
    expect(inWords(findings[0] as Finding, text).message).toBe(
      'C waits for as long as A and B go round: C waits for `done` from B at line 2. It happens when A takes the first branch. That is right if the loop is left at some time; else let B tell C earlier.',
    );
  });
  it('is not told of who takes turns', () => {
    expect(
      found(
        'network N { process A { rec L { send to B: x receive from B: y continue L } } process B { rec L { receive from A: x send to A: y continue L } } }',
      ),
    ).toEqual(['proved']);
  });
  it('is not told where somebody who can move would wake it', () => {
    // D is free to send at any time, and does so at some time.
    expect(
      found(
        'network N { process A { rec L { send to B: x receive from B: y continue L } } process B { rec L { receive from A: x send to A: y continue L } } process C { receive from D: go send to A: never } process D { send to C: go } }',
      ),
    ).not.toContain('hint starvation');
  });
});

describe('a message that lies in its queue for ever', () => {
  it('is an error where its receiver goes round without it', () => {
    // B could take `late` in another round, but A never sends `stop`.
    const text = `network N {
  process A { send to B: first rec L { send to B: more receive from B: ok continue L } }
  process B { receive from A: first rec L { receive from A { more { send to A: ok continue L } stop { receive from C: late } } } }
  process C { send to B: late }
}`;
    expect(found(text)).toEqual(['refuted', 'error unmatched-send']);
    expect(check(text).findings[0]?.origin.start).toBe(text.indexOf('send to B: late'));
  });
});

describe('what is not decided', () => {
  const why = (text: string, limits: { states?: number; buffer?: number } = {}): string =>
    whyUndecided(check(text, { limits }).verdict);
  it('because of the length of a queue says which, and what to do', () => {
    // The eleventh message of A decides, and only after it does A tell B that it may take them.
    const eager = `network N { process A { ${'send to B: x '.repeat(10)} send to C: go } process B { receive from C: go ${'receive from A: x '.repeat(10)} } process C { receive from A: go send to B: go } }`;
    expect(why(eager, { buffer: 4 })).toBe(
      'the queue from A to B may hold more than 4 messages; allow longer queues, or say with `buffer 4` behind the network’s name that they hold no more',
    );
    expect(check(eager, { limits: { buffer: 10 } }).verdict).toMatchObject({ verdict: 'proved', buffer: 0 });
    expect(check(eager.replace('N {', 'N buffer 4 {')).verdict.verdict).toBe('refuted');
  });
  it('because of the number of states says how many', () => {
    const many = `network N { ${['A', 'B'].map((p) => `process ${p} { ${'choice { send to Z: a } or { send to Z: b } '.repeat(30)} }`).join(' ')} process Z { ${['A', 'B'].map((p) => `receive from ${p} { a {} b {} } `.repeat(30)).join('')} } }`;
    expect(why(many, { states: 100 })).toMatch(/^there are more than \d+ states; allow more of them/);
  });
  it('because something is unknown says so', () => {
    expect(why('network N { process A { do Gone(A, B) } process B { do Gone(A, B) } }')).toMatch(
      /^something takes part of which nothing is known/,
    );
  });
});

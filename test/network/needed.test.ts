// `It happens when …` tells the decisions that an error needs, and no others.
import { describe, expect, it, test } from 'vitest';
import { check } from './helpers.js';
import { inWords } from '../in-words.js';

/** When the first error of a code happens, as its message tells it. */
function when(text: string, code?: string): string {
  const found = check(text).findings.find((f) => (code === undefined ? f.severity === 'error' : f.code === code));
  if (!found) throw new Error(`no finding: ${JSON.stringify(check(text).findings.map((f) => inWords(f).message))}`);
  return /It happens when (.*?)\.(?= |$)/.exec(inWords(found).message)?.[1] ?? '';
}

const log = 'extern log(x: int)\nextern ask(): bool\n';

describe('conditions that are told', () => {
  test.each<[string, string, string]>([
    [
      'is one that values decide',
      'process A(x: int) { if x > 3 { send x to B } }\n process B { receive n from A log(n) }',
      'A’s `x > 3` is false',
    ],
    [
      'is the way of a choice',
      'process A { choice { send 1 to B } or { send 1 to B send 2 to B } }\n process B { receive n from A log(n) }',
      'A takes the second branch',
    ],
    [
      'are both, where both are needed',
      'process A(x: bool, y: bool) { if x { if y { send 1 to B } } }\n process B { log(1) }',
      'A’s `x` is true and A’s `y` is true',
    ],
    [
      'are two roles’',
      'process A(x: bool) { if x { send to B: a } else { send to B: b } }\n process B(y: bool) { receive from A { a { if y { send 1 to C } } b { } } }\n process C { log(1) }',
      'A’s `x` is true and B’s `y` is true',
    ],
    [
      'is the case of a `match`',
      'process A(x: int) { match x { case 1 { send 1 to B } case 2 { } else { } } }\n process B { log(1) }',
      'A’s `x` is `1`',
    ],
    [
      'is the last round of a loop',
      'process A(n: int) { while n > 0 { send n to B n = n - 1 } }\n process B { receive x from A log(x) }',
      'A’s `n > 0` is false',
    ],
  ])('%s', (_, processes, expected) => {
    expect(when(`network N {\n ${processes}\n}\n${log}`)).toBe(expected);
  });
});

describe('conditions that are not told', () => {
  test.each<[string, string]>([
    ['a literal', 'process A { if true { send 1 to B } }\n process B { log(1) }'],
    ['a literal the other way', 'process A { if false { log(1) } else { send 1 to B } }\n process B { log(1) }'],
    ['what is computed from constants', 'process A { x = 2 if x * 2 == 4 { send 1 to B } }\n process B { log(1) }'],
    [
      'a `match` on a constant',
      'process A { match 2 { case 1 { } case 2 { send 1 to B } else { } } }\n process B { log(1) }',
    ],
    [
      'branches that do the same',
      'process A(x: bool) { if x { log(1) } else { log(2) } send 1 to B }\n process B { log(1) }',
    ],
    [
      'branches that do the same for the error, and come back together',
      'process A(x: bool) { if x { send 1 to C } else { send 2 to C } send 1 to B }\n process B { log(1) }\n process C { receive n from A log(n) }',
    ],
    [
      'branches with other messages in between',
      'process A(x: bool) { if x { send to B: one } else { send to B: two } receive y from B log(y) }\n process B { receive from A { one { log(1) } two { log(2) } } receive z from A log(z) }',
    ],
    [
      'a choice that leads there as well',
      'process A { choice { send to B: a } or { send to B: b } receive y from B log(y) }\n process B { receive from A { a { } b { } } receive z from A log(z) }',
    ],
    [
      'one of several branches of a choice',
      'process A { choice { send to B: a } or { send to B: b } or { send to B: c } receive y from B log(y) }\n process B { receive from A { a { } b { log(1) } c { log(2) } } }',
    ],
    [
      'a case of a `match` like all others',
      'process A(x: int) { match x { case 1 { log(1) } case 2 { log(2) } else { } } send 1 to B }\n process B { log(1) }',
    ],
    [
      'a loop before it',
      'process A(n: int) { while n > 0 { send to B: more n = n - 1 } send to B: over receive x from B log(x) }\n process B { rec L { receive from A { more { continue L } over { } } } }',
    ],
    [
      'the same value at another role',
      'process A(x: bool) { send x to B if x { send 1 to C } else { send 2 to C } send 3 to B }\n process B { receive y from A if y { receive z from C log(z) } else { receive w from C log(w) } }\n process C { receive v from A log(v) send v to B }',
    ],
    [
      'a decision of who has nothing to do with it',
      'process A { send 1 to B }\n process B { log(1) }\n process C { if ask() { send 1 to D } else { send 2 to D } }\n process D { receive n from C log(n) }',
    ],
    [
      'in a rendezvous',
      'process A(x: bool) { if x { log(1) } receive y from B log(y) }\n process B(z: bool) { if z { log(2) } receive w from A log(w) }',
    ],
  ])('%s', (_, processes) => {
    expect(when(`network N {\n ${processes}\n}\n${log}`)).toBe('');
    // Neither with short queues nor by rendezvous.
    expect(when(`network N buffer 2 {\n ${processes}\n}\n${log}`)).toBe('');
  });

  it('nor what follows from one that is told', () => {
    expect(
      when(
        `network N {\n process A(x: bool) { send x to B if x { send 1 to B } }\n process B { receive y from A if y { log(1) } else { log(2) } }\n}\n${log}`,
      ),
    ).toBe('A’s `x` is true');
  });
  it('nor any of many', () => {
    const names = Array.from({ length: 10 }, (_, i) => `a${i}`);
    const ifs = names.map((name) => `if ${name} { log(1) } else { log(2) log(3) }`).join(' ');
    expect(
      when(
        `network N {\n process A(${names.map((name) => `${name}: bool`).join(', ')}) { ${ifs} send 1 to B }\n process B { send 2 to C }\n process C { receive x from B log(x) }\n}\n${log}`,
      ),
    ).toBe('');
  });
  it('nor one that lets a loop go on and on', () => {
    expect(
      when(
        `network N {\n process A { while ask() { log(1) } while ask() { send 1 to B receive x from B log(x) } receive y from C log(y) }\n process B { rec L { receive n from A send n to A continue L } }\n process C { log(1) }\n}\n${log}`,
        'unmatched-receive',
      ),
    ).toBe('');
  });
  it('nor a decision besides the one that is needed', () => {
    expect(
      when(
        `network N {\n process A(x: bool, y: bool) { if y { log(1) } if x { send 1 to B } }\n process B { log(1) }\n}\n${log}`,
      ),
    ).toBe('A’s `x` is true');
    expect(
      when(
        `network N {\n process A(x: bool, y: bool) { if x { if y { log(1) } send 1 to B } }\n process B { log(1) }\n}\n${log}`,
      ),
    ).toBe('A’s `x` is true');
  });
});

describe('conditions that stand in for each other', () => {
  it('are not both left out', () => {
    // It goes wrong if one of them is true: each alone could be left out.
    const found = when(
      `network N {\n process A(x: bool, y: bool) { if x { send 1 to B } else { if y { send 1 to B } } }\n process B { log(1) }\n}\n${log}`,
    );
    expect(found).not.toBe('');
    const shared = when(
      `network N {\n process A(x: bool, y: bool) { n = 0 if x { n = 1 } if y { n = 1 } if n == 1 { send 1 to B } }\n process B { log(1) }\n}\n${log}`,
    );
    expect(shared).not.toBe('');
    expect(shared).toContain('is true');
  });
});

describe('what only may go wrong', () => {
  it('tells what is no constant', () => {
    const [found] = check(
      `network N {\n process A(x: int) { if true { if x * x == 2 { send 1 to B } } }\n process B { log(1) }\n}\n${log}`,
    ).findings;
    expect(found && inWords(found).message).toContain('it does if A’s `x * x == 2` can be true.');
  });
});

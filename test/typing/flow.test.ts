// Definite assignment, loops and recursion: which paths are followed, and what is said of them.
import { describe, expect, it } from 'vitest';
import { fixed, messages as allMessages, problems as allProblems } from './helpers.js';

/** Roles that take part in nothing are not the matter here. */
const problems: typeof allProblems = (...args) => allProblems(...args).filter((p) => !p.startsWith('unused-role'));
const messages: typeof allMessages = (...args) =>
  allMessages(...args).filter((m) => !m.includes('takes part in nothing'));

const body = (text: string): string => `choreography C(A(b: bool, v: option<int>), B(c: bool)) { ${text} }`;

describe('maybe-unassigned', () => {
  it.each([
    [
      'if A.b { A.1 -> B.x } else { A -> B: no }  B.x -> A.y',
      '`B.x` has no value if A goes the `no` way. Give it one there too, or before.',
    ],
    ['if A.b { A.1 -> B.x }  B.x -> A.y', '`B.x` has no value if `A.b` is false. Give it one there too, or before.'],
    [
      'match A.v { case some(n) { A.n -> B.x } else { } }  B.x -> A.y',
      '`B.x` has no value if `A.v` is none of the cases. Give it one there too, or before.',
    ],
    [
      'match A.v { case some(n) { A.n -> B.x } case none { } }  B.x -> A.y',
      '`B.x` has no value if `A.v` is `none`. Give it one there too, or before.',
    ],
    [
      'choice at A { A.1 -> B.x: one } or { A -> B: none_ }  B.x -> A.y',
      '`B.x` has no value if A goes the `none_` way. Give it one there too, or before.',
    ],
    [
      'while A.b { A.1 -> B.x }  B.x -> A.y',
      '`B.x` has no value if `A.b` is false from the start. Give it one there too, or before.',
    ],
    ['B.x -> A.y  A.1 -> B.x', '`B.x` has no value yet: it is given one only further on.'],
    [
      'if A.b { if B.c { A.1 -> B.x } } else { A.2 -> B.x }  B.x -> A.y',
      '`B.x` has no value if `B.c` is false. Give it one there too, or before.',
    ],
    [
      'if A.b { A.1 -> B.x } else if B.c { A.2 -> B.x } else { }  B.x -> A.y',
      '`B.x` has no value if `B.c` is false. Give it one there too, or before.',
    ],
    ['A.x = x + 1', '`A.x` has no value yet: it is given one only further on.'],
  ])('%s: %s', (text, message) => expect(messages(body(text))).toEqual([message]));

  it.each([
    ['if A.b { A.1 -> B.x } else { A.2 -> B.x }  B.x -> A.y'],
    ['rec X { if A.b { A -> B: again  continue X } else { A.1 -> B.x: done } }  B.x -> A.y'],
    ['rec X { A.1 -> B.x  if A.b { continue X } }  B.x -> A.y'],
    ['A.1 -> B.x  while A.b { B.x -> A.y  A.y -> B.x }  B.x -> A.z'],
    ['if A.b { A.1 -> B.x  B.x -> A.y }'],
    ['if A.b { rec X { A.1 -> B.y  continue X } } else { A.1 -> B.x }  B.x -> A.y'],
  ])('is silent: %s', (text) => expect(problems(body(text))).toEqual([]));

  it('is told once for each variable', () => {
    expect(problems(body('if A.b { A.1 -> B.x }  B.x -> A.y  B.x -> A.z'))).toEqual(['maybe-unassigned: x']);
  });

  it('follows the branches of a receive in a process', () => {
    expect(
      messages(
        'network N { process A { receive from B { yes(x) { } no { } }  send x to B } process B { choice { send 1 to A: yes } or { send to A: no }  receive y: int from A } }',
      ),
    ).toEqual(['`A.x` has no value if B goes the `no` way. Give it one there too, or before.']);
  });
});

describe('continue-not-last', () => {
  it.each([
    ['rec X { A.1 -> B.x  continue X  A.2 -> B.x }', ['continue-not-last: continue X']],
    ['rec X { A.1 -> B.x  if A.b { continue X }  A.2 -> B.x }', ['continue-not-last: continue X']],
    ['rec X { A.1 -> B.x  while A.b { continue X } }', ['continue-not-last: continue X']],
    ['rec X { A.1 -> B.x  rec Y { A.1 -> B.x  continue X }  A.1 -> B.x }', ['continue-not-last: continue X']],
    ['rec X { A.1 -> B.x  rec Y { A.1 -> B.x  if A.b { continue Y } }  if A.b { continue X } }  A.1 -> B.x', []],
    ['while A.b { rec X { A.1 -> B.x  continue X } }', []],
    ['A.1 -> B.x  continue Z', ['unknown-name: Z']],
  ])('%s', (text, expected) => expect(problems(body(text))).toEqual(expected));
});

describe('unguarded-recursion', () => {
  it.each([
    ['rec X { continue X }', ['unguarded-recursion: continue X']],
    ['rec X { if A.b { continue X } }', ['unguarded-recursion: continue X']],
    ['rec X { if A.b -> B { continue X } }', []],
    ['rec X { while A.b { A.1 -> B.x }  continue X }', ['unguarded-recursion: continue X']],
    ['rec X { A.1 -> B.x  continue X }', []],
    ['rec X { rec Y { continue X } }', ['unguarded-recursion: continue X']],
    ['do C(A(b, v), B(c))', ['unguarded-recursion: do C(A(b, v), B(c))']],
    ['if A.b { do C(A(b, v), B(c)) }', ['unguarded-recursion: do C(A(b, v), B(c))']],
    ['A.1 -> B.x  do C(A(b, v), B(c))', []],
  ])('%s', (text, expected) => expect(problems(body(text))).toEqual(expected));

  it('goes through other choreographies and files', () => {
    const main = 'import { D } from "./d.chor"\nchoreography C(A, B) { do D(A, B) }';
    const d = 'import { C } from "./main.chor"\nchoreography D(A, B) { do C(A, B) }';
    expect(messages(main, { 'd.chor': d })).toEqual([
      '`C` begins by calling itself, by way of `D`, before anything is done: this would never end. Put a communication or a local step before the call.',
    ]);
    expect(problems(main, { 'd.chor': d.replace('{ do', '{ A.1 -> B.x do') })).toEqual([]);
  });
});

describe('fixes', () => {
  it('take away what follows a continue', () => {
    expect(
      Object.keys(
        fixed(
          'choreography C(A, B) {\n  rec X {\n    A.1 -> B.x\n    continue X\n    A.2 -> B.x\n  }\n}\n',
          'continue-not-last',
        ),
      ),
    ).toEqual(['Put `A.2 -> B.x` before `continue X`', 'Remove what is never reached', 'Remove `continue X`']);
  });
});

describe('what another branch gives a value, that goes on at the same time,', () => {
  const text = body('\n  par {\n    A.1 -> B.x\n  } and {\n    B.x -> A.y: more\n  }\n');
  it('is told as that, and the first fix puts the branches one after the other', () => {
    expect(messages(text)).toEqual([
      '`B.x` has no value here: another branch gives it one, and both go on at the same time. Put what needs it into that branch, or behind the `par`.',
    ]);
    expect(Object.values(fixed(text, 'maybe-unassigned'))[0]).toBe(body('\n  A.1 -> B.x\n  B.x -> A.y: more\n'));
  });
  it('also in a process', () => {
    expect(
      messages(
        'network N {\n  process A {\n    par { receive x from B: a } and { send x to B: b }\n  }\n  process B {\n    send 1 to A: a\n    receive y from A: b\n  }\n}\n',
      )[0],
    ).toContain('another branch gives it one');
  });
});

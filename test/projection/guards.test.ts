// Shared guards: the same question about copies of one value, however it is put.
import { expect, it } from 'vitest';
import { projectText } from './helpers.js';

const codes = (own: string, other: string, type = 'int'): string[] =>
  projectText(`extern value(): ${type}
  function small(n: int): bool = n < 3
  choreography M(A, B) { A.x = value() A.x -> B.y if A.(${own}), B.(${other}) { A -> B: nothing } }`).flatMap((p) =>
    p.findings.map((f) => f.code),
  );

it.each([
  ['match x { case 0 => true, else => false }', 'match y { case 0 => true, else => false }'],
  ['x == 0', 'match y { case 0 => true, else => false }'],
  ['x < 3', 'not (3 <= y)'],
  ['small(x)', 'y < 3'],
  ['x + 1 == 2', 'y == 1'],
  ['any([x], a => a > 1)', 'any([y], b => b > 1)'],
  ['x > 1 and x < 5', 'y < 5 and y > 1'],
])('%s and %s are one question', (own, other) => expect(codes(own, other)).toEqual([]));

it('of options as well', () => {
  expect(codes('isNone(x)', 'not isSome(y)', 'option<int>')).toEqual([]);
  expect(
    codes('match x { case some(a) => a > 1, case none => false }', 'getOr(y, 0) > 1 and y != none', 'option<int>'),
  ).toEqual([]);
});

it.each([
  ['x < 3', 'y <= 3'],
  ['x == 0', 'y != 0'],
  ['x > 1', 'value() > 1'],
])('%s and %s are two', (own, other) => expect(codes(own, other)).toEqual(['guards-may-differ']));

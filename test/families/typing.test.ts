// Names and types of families: indices, parts, who is meant, and which members have a value.
import { describe, expect, test } from 'vitest';
import { messages, problems } from '../typing/helpers.js';

const within = (header: string, body: string): string => `choreography C(${header}) {\n${body}\n}`;

describe('an index', () => {
  test('that means nobody is told with the smallest case', () => {
    expect(messages(within('A(x: int), Node[n]', '  A.x -> Node[0].y'))).toEqual(['There may be no Node[0] where `n` is 0: Node has no members then. If there are always more, say so in the header: `[n >= 1]`.']);
    expect(messages(within('A(x: int), Node[n >= 1]', '  A.x -> Node[0].y'))).toEqual([]);
    expect(messages(within('Node[n](x: int)', '  for i in Node { Node[i].x -> Node[i + 1].y }'))[0]).toBe('`i + 1` is no member of Node where `n` is 1 and `i` is 0: it is 1, and Node has 1 member then, number 0. If there are always more, say so in the header: `[n >= 2]`.');
    expect(messages(within('Node[n](x: int)', '  for i in 0 until n - 1 { Node[i].x -> Node[i + 1].y }'))).toEqual([]);
    expect(problems(within('A(x: int), Node[3]', '  A.x -> Node[3].y'))).toEqual(['index-out-of-range: 3']);
  });

  test('is made of what all know', () => {
    expect(messages(within('A(x: int), Node[n >= 1]', '  A.x -> Node[x].y'))).toEqual(['`x` is not known to all roles, so that they can’t know which member is meant. An index is made of `n` and whole numbers here.']);
    expect(problems(within('A(x: int), Node[n >= 1]', '  A.x -> Node["a"].y'))).toEqual(['wrong-members: "a"']);
  });

  test('stands at families alone', () => {
    expect(problems(within('A(x: int), B', '  A[0].x -> B.y'))).toEqual(['wrong-members: A[0]']);
    expect(problems(within('A(x: int), B', '  for i in A { A.x -> B.y }'))).toEqual(['wrong-members: A']);
  });

  test('of a part may be at its end, and the part empty', () => {
    expect(problems(within('A(x: int), Node[n]', '  A.x -> Node[1 until n].y'))).toEqual([]);
    expect(problems(within('A(x: int), Node[n]', '  A.x -> Node[0 until n + 1].y'))).toEqual(['index-out-of-range: n + 1']);
  });
});

describe('who is meant', () => {
  test('two members that may be the same are told with the case', () => {
    expect(messages(within('Node[n](x: int)', '  for i in Node { Node[i].x -> Node[(i + 1) % n].y }'))).toEqual(['Node[i] and Node[(i + 1) % n] are the same member where `n` is 1 and `i` is 0: it can’t send to itself. If there are always more, say so in the header: `[n >= 2]`.']);
    expect(problems(within('Node[n >= 2](x: int)', '  for i in Node { Node[i].x -> Node[(i + 1) % n].y }'))).toEqual([]);
    expect(problems(within('Node[n](x: int)', '  for i in Node { for j in Node { Node[i].x -> Node[j].y } }'))).toEqual(['self-communication: Node[j].y']);
    expect(problems(within('Node[n](x: int)', '  for i in Node { for j in 0 until i { Node[i].x -> Node[j].y } }'))).toEqual([]);
  });

  test('a family does not send to a family, nor decides for others', () => {
    expect(problems(within('A[n](x: int), B[m]', '  A.x -> B.y'))).toEqual(['wrong-members: B']);
    expect(problems(within('A, Node[n >= 1](x: int)', '  if Node.x > 1 -> A { A.y = 1 }'))).toContain('wrong-members: Node');
    expect(problems(within('A(x: int), Node[n]', '  A.x -> Node.y').replace(') {', '): int@Node {'))).toContain('wrong-members: Node');
  });

  test('a size is a name of its own', () => {
    expect(problems(within('A[n](x: int), B[n], D', '  A.x -> D.xs\n  D.xs -> B.ys'))).toContain('duplicate-name: n');
    expect(problems(within('A[n >= 3 = 2](x: int), D', '  A.x -> D.xs'))).toEqual(['wrong-members: [n >= 3 = 2]']);
  });
});

describe('types', () => {
  test('what is gathered, or put together, is a list', () => {
    expect(problems(within('A, Node[n](x: int)', '  Node.x -> A.xs\n  A.y = xs + 1'))).toHaveLength(1);
    expect(problems(within('A, Node[n](x: int)', '  Node.x -> A.xs\n  A.y = length(xs)'))).toEqual([]);
    expect(problems(within('A, Node[n](x: int)', '  for i in Node { Node[i].x -> A.xs[i] }\n  A.y = fold(xs, "", (a, b) => a + b)'))).not.toEqual([]);
  });
});

describe('a value', () => {
  const uses = (body: string): string[] => problems(within('A(x: int), Node[n >= 2]', body)).filter((problem) => problem.startsWith('maybe-unassigned'));

  test('is there for the members that were given one', () => {
    expect(uses('  A.x -> Node[0].y\n  Node[0].z = y')).toEqual([]);
    expect(uses('  A.x -> Node[0].y\n  Node.z = y')).toEqual(['maybe-unassigned: y']);
    expect(uses('  A.x -> Node[0].y\n  A.x -> Node[1 until n].y\n  Node.z = y')).toEqual([]);
    expect(uses('  for i in Node { A.x -> Node[i].y }\n  Node.z = y')).toEqual([]);
    expect(uses('  for i in 1 until n { A.x -> Node[i].y }\n  Node.z = y')).toEqual(['maybe-unassigned: y']);
  });

  test('comes from the rounds before', () => {
    expect(uses('  A.x -> Node[0].y\n  for i in 0 until n - 1 { Node[i].y -> Node[i + 1].y }\n  Node.z = y')).toEqual([]);
    expect(uses('  A.x -> Node[0].y\n  for i in 1 until n - 1 { Node[i].y -> Node[i + 1].y }')).toEqual(['maybe-unassigned: y']);
  });

  test('of a list is there when all of its places are', () => {
    expect(uses('  for i in Node { Node[i].got[i] = i\n  Node[i].i -> others Node.got[i] }\n  Node.all = got')).toEqual([]);
    expect(uses('  for i in Node { Node[i].i -> others Node.got[i] }\n  Node.all = got')).toEqual(['maybe-unassigned: got']);
  });
});

// Names and types of families: indices, parts, who is meant, and which members have a value.
import { describe, expect, test } from 'vitest';
import { fixed, messages, problems } from '../typing/helpers.js';

const within = (header: string, body: string): string => `choreography C(${header}) {\n${body}\n}`;

describe('an index', () => {
  test('that means nobody is told with the smallest case', () => {
    expect(messages(within('A(x: int), Node[n]', '  A.x -> Node[0].y'))).toEqual([
      'There may be no Node[0] where `n` is 0: Node has no members then. If there are always more, say so in the header: `[n >= 1]`.',
    ]);
    expect(messages(within('A(x: int), Node[n >= 1]', '  A.x -> Node[0].y'))).toEqual([]);
    expect(messages(within('Node[n](x: int)', '  for i in Node { Node[i].x -> Node[i + 1].y }'))[0]).toBe(
      '`i + 1` is no member of Node where `n` is 1 and `i` is 0: it is 1, and Node has 1 member then, number 0.',
    );
    expect(messages(within('Node[n](x: int)', '  for i in 0 until n - 1 { Node[i].x -> Node[i + 1].y }'))).toEqual([]);
    expect(problems(within('A(x: int), Node[3]', '  A.x -> Node[3].y'))).toEqual(['index-out-of-range: 3']);
  });

  test('that needs more members says how many, and nothing where more don’t help', () => {
    const least = (body: string): (string | undefined)[] =>
      messages(within('A(x: int), Node[n](x: int)', body)).map((each) => /`(\[.*?\])`\.$/.exec(each)?.[1]);
    expect(least('  A.x -> Node[2].y')).toEqual(['[n >= 3]']);
    expect(least('  A.x -> Node[150].y')).toEqual(['[n >= 151]']);
    expect(least('  A.x -> Node[n - 3].y')).toEqual(['[n >= 3]']);
    expect(least('  A.x -> Node[1 until 4].y')).toEqual(['[n >= 4]']);
    expect(least('  A.x -> Node[n].y')).toEqual([undefined]);
    expect(least('  for i in Node { for j in Node { Node[i].x -> Node[j].y } }')[0]).toBe(undefined);
    expect(least('  if Node[1 until n].x > 0 { Node[1].x -> A.y }')[0]).toBe('[n >= 2]');
  });

  test('is one mistake with others for which there are too few members: the header that mends all is offered', () => {
    const text = within('A(x: int), Node[n](x: int)', '  A.x -> Node[0].y\n  A.x -> Node[2].y\n  Node[1].x -> A.y');
    expect(messages(text)).toEqual([
      'There may be no Node[2] where `n` is 0: Node has no members then. If there are always more, say so in the header: `[n >= 3]`.',
    ]);
    expect(fixed(text, 'index-out-of-range')['At least 3: `[n >= 3]`']).toBe(text.replace('[n]', '[n >= 3]'));
    expect(problems(within('Node[n](x: int)', '  Node[0].x -> Node[n - 1].y'))).toEqual([
      'self-communication: Node[n - 1].y',
    ]);
    expect(problems(within('A(x: int), Node[n](x: int)', '  A.x -> Node[1].y\n  Node.x -> A.xs any 2'))).toEqual([
      'index-out-of-range: 1',
    ]);
  });

  test('of a family that is always as large', () => {
    const text = within('A(x: int), Node[3]', '  A.x -> Node[3].y');
    expect(messages(text)).toEqual(['There is no Node[3]: Node has 3 members, 0 to 2.']);
    expect(fixed(text, 'index-out-of-range')).toMatchObject({
      'Write `Node[2]`, the last one': within('A(x: int), Node[3]', '  A.x -> Node[2].y'),
      '4 members: `Node[4]`': within('A(x: int), Node[4]', '  A.x -> Node[3].y'),
    });
    const part = within('A(x: int), Node[3]', '  A.x -> Node[1 until 5].y');
    expect(messages(part)).toEqual(['A part up to `5` goes beyond Node: Node has 3 members, 0 to 2.']);
    expect(fixed(part, 'index-out-of-range')).toMatchObject({
      'Up to the last one: `until 3`': part.replace('5', '3'),
      '5 members: `Node[5]`': part.replace('[3]', '[5]'),
    });
  });

  test('has fixes for itself, and none for another one', () => {
    const text = within('A(x: int), Node[n](x: int)', '  A.x -> Node[n].y\n  A.x -> Node[n + 1].z');
    expect(Object.keys(fixed(text, 'index-out-of-range')).filter((title) => title.includes('n + 1'))).toEqual([]);
  });

  test('is made of what all know', () => {
    expect(messages(within('A(x: int), Node[n >= 1]', '  A.x -> Node[x].y'))).toEqual([
      '`x` is not known to all roles, so that they can’t know which member is meant. An index is made of `n` and whole numbers here. A member whose number a role computes is picked: `pick i in Node by Role.x { … }`.',
    ]);
    expect(problems(within('A(x: int), Node[n >= 1]', '  A.x -> Node["a"].y'))).toEqual(['wrong-members: "a"']);
  });

  test('stands at families alone', () => {
    expect(problems(within('A(x: int), B', '  A[0].x -> B.y'))).toEqual(['wrong-members: A[0]']);
    expect(problems(within('A(x: int), B', '  for i in A { A.x -> B.y }'))).toEqual(['wrong-members: A']);
  });

  test('of a part may be at its end, and the part empty', () => {
    expect(problems(within('A(x: int), Node[n]', '  A.x -> Node[1 until n].y'))).toEqual([]);
    expect(problems(within('A(x: int), Node[n]', '  A.x -> Node[0 until n + 1].y'))).toEqual([
      'index-out-of-range: n + 1',
    ]);
  });
});

describe('who is meant', () => {
  test('two members that may be the same are told with the case', () => {
    expect(messages(within('Node[n](x: int)', '  for i in Node { Node[i].x -> Node[(i + 1) % n].y }'))).toEqual([
      'Node[i] and Node[(i + 1) % n] are the same member where `n` is 1 and `i` is 0: it can’t send to itself. If there are always more, say so in the header: `[n >= 2]`.',
    ]);
    expect(problems(within('Node[n >= 2](x: int)', '  for i in Node { Node[i].x -> Node[(i + 1) % n].y }'))).toEqual(
      [],
    );
    expect(problems(within('Node[n](x: int)', '  for i in Node { for j in Node { Node[i].x -> Node[j].y } }'))).toEqual(
      ['self-communication: Node[j].y'],
    );
    expect(
      problems(within('Node[n](x: int)', '  for i in Node { for j in 0 until i { Node[i].x -> Node[j].y } }')),
    ).toEqual([]);
  });

  test('two loops go round the one member that two have in common', () => {
    const all = within(
      'Node[n](x: int)',
      '  for i in Node {\n    for j in Node {\n      Node[i].x -> Node[j].y\n    }\n  }',
    );
    expect(fixed(all, 'self-communication')['Pass over `i`: `for j in 0 until i`, `for j in i + 1 until n`']).toBe(
      within(
        'Node[n](x: int)',
        '  for i in Node {\n    for j in 0 until i {\n      Node[i].x -> Node[j].y\n    }\n    for j in i + 1 until n {\n      Node[i].x -> Node[j].y\n    }\n  }',
      ),
    );
    const one = within('Node[4](x: int)', '  for i in 0 until 4 { Node[i].x -> Node[2].y[i] }');
    expect(fixed(one, 'self-communication')['Pass over `2`: `for i in 0 until 2`, `for i in 3 until 4`']).toBe(
      within(
        'Node[4](x: int)',
        '  for i in 0 until 2 { Node[i].x -> Node[2].y[i] }\n  for i in 3 until 4 { Node[i].x -> Node[2].y[i] }',
      ),
    );
  });

  test('a loop ends before the last one, where that is the other', () => {
    const text = within('Node[n >= 1](x: int)', '  for i in Node { Node[i].x -> Node[n - 1].y[i] }');
    expect(fixed(text, 'self-communication')['Pass over `n - 1`: `for i in 0 until n - 1`']).toBe(
      text.replace('for i in Node', 'for i in 0 until n - 1'),
    );
  });

  test('a family does not send to a family, nor decides for others', () => {
    expect(problems(within('A[n](x: int), B[m]', '  A.x -> B.y'))).toEqual(['wrong-members: B']);
    expect(problems(within('A, Node[n](x: int)', '  if Node.x > 1 -> A { A.y = 1 }'))).toEqual(['wrong-members: Node']);
    expect(
      problems(within('A(x: int), Node[n]', '  A.x -> Node.y').replace(') {', '): int@Node[0 until n] {')),
    ).toContain('wrong-members: Node[0 until n]');
  });

  test('a size is a name of its own', () => {
    expect(problems(within('A[n](x: int), B[n >= 1], D', '  A.x -> D.xs\n  D.xs -> B.ys'))).toContain(
      'duplicate-name: n',
    );
    expect(problems(within('n(x: int), B[n], D', '  n.x -> D.x\n  D.x -> B.ys'))).toContain('duplicate-name: n');
    expect(problems(within('A[n >= 3 = 2](x: int), D', '  A.x -> D.xs'))).toEqual(['wrong-members: [n >= 3 = 2]']);
  });
});

describe('types', () => {
  test('what is gathered, or put together, is a list', () => {
    expect(problems(within('A, Node[n](x: int)', '  Node.x -> A.xs\n  A.y = xs + 1'))).toHaveLength(1);
    expect(problems(within('A, Node[n](x: int)', '  Node.x -> A.xs\n  A.y = length(xs)'))).toEqual([]);
    expect(
      problems(
        within('A, Node[n](x: int)', '  for i in Node { Node[i].x -> A.xs[i] }\n  A.y = fold(xs, "", (a, b) => a + b)'),
      ),
    ).not.toEqual([]);
  });
});

describe('a value', () => {
  const uses = (body: string): string[] =>
    problems(within('A(x: int), Node[n >= 2]', body)).filter((problem) => problem.startsWith('maybe-unassigned'));

  test('is there for the members that were given one', () => {
    expect(uses('  A.x -> Node[0].y\n  Node[0].z = y')).toEqual([]);
    expect(uses('  A.x -> Node[0].y\n  Node.z = y')).toEqual(['maybe-unassigned: y']);
    expect(uses('  A.x -> Node[0].y\n  A.x -> Node[1 until n].y\n  Node.z = y')).toEqual([]);
    expect(uses('  for i in Node { A.x -> Node[i].y }\n  Node.z = y')).toEqual([]);
    expect(uses('  for i in 1 until n { A.x -> Node[i].y }\n  Node.z = y')).toEqual(['maybe-unassigned: y']);
  });

  test('comes from the rounds before', () => {
    expect(uses('  A.x -> Node[0].y\n  for i in 0 until n - 1 { Node[i].y -> Node[i + 1].y }\n  Node.z = y')).toEqual(
      [],
    );
    expect(uses('  A.x -> Node[0].y\n  for i in 1 until n - 1 { Node[i].y -> Node[i + 1].y }')).toEqual([
      'maybe-unassigned: y',
    ]);
  });

  test('of a list is there when all of its places are', () => {
    expect(uses('  for i in Node { Node[i].got[i] = i\n  Node[i].i -> others Node.got[i] }\n  Node.all = got')).toEqual(
      [],
    );
    expect(uses('  for i in Node { Node[i].i -> others Node.got[i] }\n  Node.all = got')).toEqual([
      'maybe-unassigned: got',
    ]);
  });
});

test('a constant is no index, though all know it', () => {
  expect(
    messages(`const most = 3\n${within('A, Node[n >= 2]', '  for i in 0 until most { A -> Node: m }')}`),
  ).toContain('`most` is a constant, and a bound is made of `n` and whole numbers here. Write the number itself.');
});

test('what is wrong with the role of several steps is told once', () => {
  expect(
    messages(within('A, Node[n >= 2]', '  at Node[n] { x = 1 y = x z = y + x }\n  at Nod { x = 1 y = x + x }')),
  ).toEqual([
    expect.stringMatching(/^`n` is no member of Node/),
    '`C` has no role Nod: its roles are A, Node. Did you mean `Node`?',
  ]);
});

describe('a value behind decisions and loops', () => {
  const said = (body: string): string[] =>
    messages(within('A(x: int), B, Node[n >= 2]', `  A.x -> B.x, Node.w: begin\n${body}`)).filter((each) =>
      each.includes('value'),
    );
  const other = (kind: string): string => `\`Node.y\` has a value at some ${kind} only`;
  test.each([
    ['A.x -> Node[0].y: m', 'A.x -> Node[0].y: m', 'Node[0].z = y'],
    ['A.x -> B.ys[0]: m A.x -> B.ys[1]: m', 'B.ys[1] = x B.ys[0] = x', 'B.z = sum(ys)'],
    ['A.x -> Node.y: m', 'for i in Node { Node[i].y = i }', 'Node.z = y'],
    ['for i in Node { A.x -> B.ys[i]: m }', 'B.ys = []', 'B.z = sum(ys)'],
    ['A.x -> Node[0].y: m A.x -> Node[1 until n].y: m', 'for i in Node { Node[i].y = i }', 'Node.z = y'],
    [
      'if A.x > 1 -> B, Node { A.x -> Node[0].y: m } else { Node.y = 1 }',
      'if A.x > 1 -> B, Node { Node.y = 2 } else { Node[0].y = 3 }',
      'Node[0].z = y',
    ],
  ])('is there where each way gives it: %s, or %s', (yes, no, use) => {
    expect(said(`  if A.x > 0 -> B, Node { ${yes} } else { ${no} }\n  ${use}`)).toEqual([]);
    expect(said(`  if A.x > 0 -> B, Node { ${yes} } else { }\n  ${use}`)).toHaveLength(1);
    expect(said(`  if A.x > 0 -> B, Node { } else { ${no} }\n  ${use}`)).toHaveLength(1);
  });
  test('is there where each round gives it, whatever it decides', () => {
    const loop = (no: string): string =>
      `  for i in Node { if A.x > 0 -> B, Node { A.x -> Node[i].y, B.ys[i]: m } else { ${no} } }\n  Node.z = y\n  B.z = sum(ys)`;
    expect(said(loop('Node[i].y = 1 B.ys[i] = 2'))).toEqual([]);
    expect(said(loop('Node[i].y = 1'))).toEqual([
      '`B.ys` has no value if `A.x > 0` is false. Give it one there too, or before.',
    ]);
    expect(
      said(
        '  A.x -> Node[0].y: m\n  for i in 1 until n { if A.x > 0 -> B, Node { Node[i - 1].y -> Node[i].y: m } else { Node[i].y = 2 } }\n  Node.z = y',
      ),
    ).toEqual([]);
  });
  test('is nothing that another loop with the same number gave to others', () => {
    const twice = (first: string, second: string): string =>
      `  for i in ${first} { A.x -> Node[i].y: m }\n  for i in ${second} { Node[i].z = y }`;
    expect(said(twice('Node', '0 until 1'))).toEqual([]);
    expect(said(twice('1 until n', 'Node[1 until n]'))).toEqual([]);
    for (const [first, second] of [
      ['0 until 1', 'Node'],
      ['1 until n', 'Node'],
      ['Node[1 until n]', '0 until n - 1'],
    ] as const)
      expect(said(twice(first, second))).toEqual([expect.stringContaining(other('members'))]);
    expect(said('  A.x -> B.ys[0]: m\n  for i in 1 until n { A.x -> B.ys[i + 1]: m }\n  B.z = sum(ys)')).toEqual([
      '`B.ys` has a value at some of its places only. Give it one at all of them before.',
    ]);
  });
  test('nor where members of a process get it', () => {
    const network = (first: string): string =>
      `network N(Node[n >= 2]) {
  process A {
    for i in Node { if true { receive xs[i] from Node[i] } else { ${first} } }
    for i in Node { send sum(xs) to Node[i] }
  }
  process Node[i] {
    send 1 to A
    receive y from A
  }
}`;
    expect(problems(network('xs[i] = 0')).filter((each) => each.startsWith('maybe'))).toEqual([]);
    expect(problems(network('')).filter((each) => each.startsWith('maybe'))).toEqual(['maybe-unassigned: xs']);
  });
});

describe('a family of nobody', () => {
  test('is none in a header', () => {
    expect(messages(within('A(x: int), F[0]', '  A.x -> F.y'))).toEqual([
      'A family of 0 has nobody in it: give it a name for its size, `F[n]`, or at least one member.',
    ]);
    expect(problems(within('A(x: int), F[n >= 3 = 2]', '  A.x -> F.y'))).toEqual(['wrong-members: [n >= 3 = 2]']);
    expect(problems('network N(F[0]) { process F[i] { } }')).toContain('wrong-members: [0]');
  });
  test('decides nothing', () => {
    expect(messages(within('A(x: bool), F[n]', '  A.x -> F.y\n  if F.y { A.z = 1 }'))).toContain(
      'If `n` is 0, F is nobody, who can’t decide. If there are always more, say so in the header: `[n >= 1]`.',
    );
    expect(problems(within('A(x: bool), F[n]', '  A.x -> F.y\n  if F.y { F.z = 1 }'))).toEqual([]);
    expect(problems(within('A(x: bool), F[n >= 1]', '  A.x -> F.y\n  while F[1 until n].y { A.z = 1 }'))).toContain(
      'wrong-members: F[1 until n]',
    );
  });
});

describe('large numbers', () => {
  test('are looked at as small ones, and told as they are', () => {
    expect(messages(within('F[1000](x: int)', '  for i in F { F[i].x -> F[i + 1].y }'))[0]).toBe(
      '`i + 1` is no member of F where `i` is 999: it is 1000, and F has 1000 members then, 0 to 999.',
    );
    expect(problems(within('F[1000](x: int)', '  for i in 0 until 999 { F[i].x -> F[i + 1].y }'))).toEqual([]);
    expect(problems(within('F[1000](x: int)', '  for i in 0 until 1000 { F[i].x -> F[(i + 1) % 1000].y }'))).toEqual(
      [],
    );
    expect(problems(within('A(x: int), F[n >= 500]', '  A.x -> F[499].y\n  A.x -> F[500].y'))).toEqual([
      'index-out-of-range: 500',
    ]);
  });
  test('take no longer', () => {
    const many = 'for i in 0 until 1000000000 { A.x -> B.y }';
    expect(
      problems(
        within('A(x: int), B, F[1000000]', `  ${many}\n  A.x -> F.y\n  F.y -> A.ys\n  for i in F { A.x -> F[i].z }`),
      ),
    ).toEqual([]);
  });
});

test('others are those of one that speaks', () => {
  const told = (body: string): string[] =>
    problems(
      within('Room, User[n](line: string)', `  for i in User {\n    User[i].line -> Room.line\n    ${body}\n  }`),
    ).filter((each) => each.startsWith('wrong'));
  expect(told('Room.line -> others User.heard')).toEqual(['wrong-members: others User']);
  expect(told('if Room.line == "" -> others User {}')).toEqual(['wrong-members: others User']);
  expect(told('for j in others User { User[j].x = 1 }')).toEqual(['wrong-members: others User']);
  expect(told('User[i].line -> others User.heard')).toEqual([]);
  const fixes = fixed(
    within(
      'Room(line: string), Log, User[n]',
      '  for i in User {\n    Room.line -> others User.heard, Log.x: said\n  }',
    ),
    'wrong-members',
  );
  expect(fixes['All but User[i]']).toContain(
    'Room.line -> User[0 until i].heard, User[i + 1 until n].heard, Log.x: said',
  );
});

test('others are meant by nobody else', () => {
  const told = (body: string): string[] =>
    problems(within('Room(line: string), User[n >= 2](line: string)', `  for i in User {\n    ${body}\n  }`)).filter(
      (each) => !each.startsWith('unused'),
    );
  for (const body of [
    'others User.x = 1',
    'others User.print(line)',
    'at others User { x = 1 }',
    'others User.line -> Room.lines',
    'others User.line -> User[i].lines',
    'others User.line, User[i].line -> Room.lines',
    'do Print(others User(line))',
    'if others User.n == 2 { User.print(line) }',
    'while others User.n == 2 { User.print(line) }',
    'choice at others User { User[i] -> Room: one } or { User[i] -> Room: two }',
    'pick k in User by others User.0 { User[k].print(line) }',
  ])
    expect(told(`${body}`).filter((each) => each.startsWith('wrong'))).toEqual(['wrong-members: others User']);
  expect(told('others User.line -> User[i].lines')).toEqual(['wrong-members: others User']);
  const fixesOf = (body: string): Record<string, string> =>
    fixed(within('Room, User[n >= 2](line: string)', `  for i in User {\n    ${body}\n  }`), 'wrong-members');
  expect(fixesOf('others User.line -> User[i].lines')['All but User[i]']).toContain(
    'User[0 until i].line, User[i + 1 until n].line -> User[i].lines',
  );
  expect(fixesOf('others User.x = 1')['All but User[i]']).toContain(
    '    User[0 until i].x = 1\n    User[i + 1 until n].x = 1\n',
  );
});

test('all of a family that send to one of them may be the others', () => {
  const fixesOf = (body: string): Record<string, string> =>
    fixed(within('Room(line: string), User[n >= 1](line: string)', body), 'self-communication');
  const body = '  for i in User { User.line -> User[i].lines }';
  expect(messages(within('User[n >= 1](line: string)', body))[0]).toBe(
    'User and User[i] are the same member where `n` is 1 and `i` is 0: it can’t send to itself.',
  );
  expect(fixesOf(body)['From all others of User']).toContain(
    'User[0 until i].line, User[i + 1 until n].line -> User[i].lines',
  );
  expect(fixesOf('  User.line, Room.line -> User[n - 1].lines: say')['From all others of User']).toContain(
    '  User[0 until n - 1].line, Room.line -> User[n - 1].lines: say',
  );
});

test('more members are asked for only where that helps', () => {
  const advice = (header: string, body: string): boolean =>
    messages(within(header, body)).some((each) => each.includes('always more'));
  expect(advice('A(x: int), P[n >= 1]', '  A.x -> P[1].y')).toBe(true);
  expect(advice('A(x: int), P[n >= 1]', '  A.x -> P[n].y')).toBe(false);
  expect(advice('A(x: int), P[n >= 1]', '  for i in P { A.x -> P[i - 1].y }')).toBe(false);
  expect(advice('P[n](x: int)', '  for i in P { P[i].x -> P[(i + 1) % n].y }')).toBe(true);
  expect(advice('P[n](x: int)', '  for i in P { for j in P { P[i].x -> P[j].y } }')).toBe(false);
});

test('what somebody gets of a member that was picked, he has behind it', () => {
  const header = 'Client[c >= 1](shard: int), server Shard[s >= 1](x: int), Log';
  for (const loop of ['for', 'par'])
    expect(
      problems(
        within(
          header,
          `  ${loop} i in Client {\n    pick k in Shard by Client[i].shard {\n      Client[i] -> Shard[k]: ask\n      Shard[k].x -> Client[i].x\n    }\n    Client[i].x -> Log.x\n    Log.print(x)\n  }`,
        ),
      ).filter((each) => each.startsWith('maybe')),
    ).toEqual([]);
  expect(
    problems(
      within(
        header,
        '  for i in Client {\n    pick k in Client by Log.0 { Log.1 -> Client[k].y }\n    Client[i].print(y)\n  }',
      ),
    ),
  ).toContain('maybe-unassigned: y');
  // Of the rounds before this one as well.
  expect(
    problems(
      within(
        header,
        '  for i in Client {\n    pick k in Shard by Client[i].shard -> Shard { Shard[k].x -> Client[i].y }\n    for j in 0 until i { Client[j].print(y) }\n  }',
      ),
    ).filter((each) => each.startsWith('maybe')),
  ).toEqual([]);
});

test('a loop is neither left nor gone round from inside of a `for`', () => {
  const told = (jump: string): string[] =>
    messages(
      within(
        'A, P[n >= 1](x: int)',
        `  rec X {\n    for i in P {\n      P[i].x -> A.y\n      if A.y == 1 -> P { ${jump} }\n    }\n    A.print(y)\n    continue X\n  }`,
      ) + '\nextern print(y: int)',
    );
  for (const word of ['leave', 'continue'])
    expect(told(`${word} X`)).toEqual([
      `\`${word} X\` can’t leave a \`for\`: it goes through all of its numbers, and \`rec X\` stands around it. Decide behind the \`for\`, or put the \`rec\` into it.`,
    ]);
  expect(told('P.print(x)')).toEqual([]);
  expect(told('rec Y { P.print(x) if P[0].x > 1 -> A, others P { leave Y } continue Y }')).toEqual([]);
});

test('a number that not all know is told by what it says, with what is meant', () => {
  const header = 'A(k: int), P[n >= 1](v: int)';
  const told = (body: string): string[] =>
    messages(`const lead = 2 - 2\nextern print(x: int)\n${within(header, body)}`).filter(
      (each) => !each.includes('takes part in nothing'),
    );
  expect(told('  P.v -> A.xs any n / 2 + 1')).toEqual([
    'This is no number of messages to wait for: it is a sum of sizes, numbers of loops and whole numbers, perhaps `% n`. For more than half of them write `any majority`.',
  ]);
  expect(told('  P.v -> A.xs any k')[0]).toContain(
    'how many messages are waited for. The number of messages is made of',
  );
  expect(told('  for i in 0 until k { A.print(i) }')[0]).toContain('how far the loop goes. A bound is made of');
  expect(told('  P[0].v -> A.xs[k]')).toContain(
    '`k` is not known to all roles, so that they can’t know which place is meant. A place is made of `n` and whole numbers here.',
  );
  // What follows from it is not told.
  expect(told('  A.1 -> P[k].x\n  P.print(x)').length).toBe(1);
  const fixesOf = (body: string): Record<string, string> =>
    fixed(`const lead = 2 - 2\nextern print(x: int)\n${within(header, body)}`, 'wrong-members');
  expect(fixesOf('  A.1 -> P[lead].x')['Write `0`']).toContain('A.1 -> P[0].x');
  expect(fixesOf('  P.v -> A.xs any n / 2 + 1')['Wait for a majority']).toContain('P.v -> A.xs any majority');
  expect(fixesOf('  A.1 -> P[k].x')['Let A pick a member by `k`']).toContain(
    '  pick i in P by A.k -> P {\n    A.1 -> P[i].x\n  }',
  );
  expect(fixesOf('  P[k].v -> A.x')['Let A pick a member by `k`']).toContain(
    '  pick i in P by A.k -> P {\n    P[i].v -> A.x\n  }',
  );
});

// What goes on at the same time: `par`, `at`, and messages that can't be told apart.
import { describe, expect, test } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { hover } from '../../language/features/hover.js';
import { rename } from '../../language/features/rename.js';
import { projectionFile } from '../../language/projection/file.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { uri, workspaceOf } from '../typing/helpers.js';

const found = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, message }) => `${code}: ${message}`);
const codes = (text: string): string[] => found(text).map((each) => each.split(':')[0] ?? '');
const applied = (text: string, code: string): string[] => {
  const workspace = workspaceOf(text);
  const finding = workspace.analyze(uri)?.findings.find((each) => each.code === code);
  if (!finding) return [];
  return fixesFor(workspace, finding).map(
    ({ title, edits }) =>
      `${title}\n${[...edits].sort((a, b) => b.start - a.start).reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text)}`,
  );
};

/** The projections of a choreography. */
function projected(text: string, name: string): string {
  const file = projectionFile(workspaceOf(text), uri, name);
  expect(file?.holes).toEqual([]);
  return file?.text ?? '';
}

const crossing =
  'choreography Crossing(A(x: int), B(z: int)): int@A {\n  par { A.x -> B.y } and { B.z -> A.w }\n  B.print(y)\n  return A.w\n}\n\nextern print(n: int)\n';

describe('projection', () => {
  test('a role in several branches is threads, one in a single branch does just that', () => {
    expect(found(crossing)).toEqual([]);
    const text = projected(crossing, 'Crossing');
    expect(text).toContain('    par {\n      send x to B\n    } and {\n      receive w from B\n    }\n    return w\n');
    const quotes = projected(
      'choreography Quotes(Buyer, Left, Right) {\n  par { Left.one() -> Buyer.left } and { Right.one() -> Buyer.right }\n  Buyer.left + right -> Left.sum\n}\n\nextern one(): int\n',
      'Quotes',
    );
    expect(quotes).toContain('  process Left {\n    send one() to Buyer\n    receive sum from Buyer\n  }');
    expect(quotes).toContain(
      '    par {\n      receive left from Left\n    } and {\n      receive right from Right\n    }\n',
    );
  });
  test('several branches in which a role does nothing are nothing to it', () => {
    expect(
      projected(
        'choreography C(A(x: int), B, D) {\n  par { A.x -> B.a: a } and { A.x -> B.b: b } and { A.x -> D.d }\n}\n',
        'C',
      ),
    ).toContain('  process D {\n    receive d from A\n  }');
  });
  test('what is one step is said where another thread could come between', () => {
    const text = projected(
      'choreography C(A(x: int), B, D(y: int)) {\n  B.n = 0\n  at B { n = n + 1  n = n * 2 }\n  par {\n    A.x -> B.a\n    at B { n = n + a  m = n }\n  } and {\n    D.y -> B.d\n    at B { n = d }\n  }\n  B.n + m -> A.out\n}\n',
      'C',
    );
    expect(text).toContain(
      '    n = 0\n    n = n + 1\n    n = n * 2\n    par {\n      receive a from A\n      at {\n        n = n + a\n        m = n\n      }\n    } and {\n      receive d from D\n      n = d\n    }\n',
    );
  });
  test('what is projected is written so: it means the same again', () => {
    const text = projected(crossing, 'Crossing');
    const workspace = workspaceOf(crossing);
    const beside = uri.replace('main', 'projected');
    workspace.set(beside, text);
    expect(workspace.analyze(beside)?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(workspace.analyze(beside)?.verdicts.map(({ verdict }) => verdict)).toEqual(['proved']);
  });
  test('a decision in a branch is told to those who act differently there', () => {
    expect(
      codes(
        'choreography C(A(x: bool), B, D(y: int)) {\n  par {\n    if A.x { A -> B: one } else {}\n  } and {\n    D.y -> B.y\n  }\n}\n',
      ),
    ).toEqual(['knowledge-of-choice']);
    expect(
      codes(
        'choreography C(A(x: bool), B, D(y: int)) {\n  par {\n    if A.x -> B { A -> B: one } else {}\n  } and {\n    D.y -> B.y\n  }\n}\n',
      ),
    ).toEqual([]);
  });
  test.each([
    [
      'in one branch alone',
      '  if A.x {\n    par { A.1 -> B.a: a } and { D.2 -> B.b: b }\n  } else {\n    A.3 -> B.a: a\n    D.4 -> B.b: b\n  }',
    ],
    [
      'behind what tells of it',
      '  A.1 -> D.y\n  if A.x {\n    A.1 -> B.a: one\n    par { A.1 -> B.a: a } and { D.2 -> B.b: b }\n  } else {\n    A.2 -> B.a: one\n    A.3 -> B.a: a\n    D.4 -> B.b: b\n  }',
    ],
    [
      'round a loop',
      '  rec X {\n    if A.x -> D {\n      par { A.1 -> B.a: a } and { D.2 -> B.b: b }\n      continue X\n    } else {\n      A.3 -> B.a: a\n    }\n  }',
    ],
    ['in what is called', '  if A.x {\n    do Both(A, B, D)\n  } else {\n    D.4 -> B.b: b\n  }\n'],
  ])(
    'what goes on at the same time does not merge with what is done in order, %s: it is told, and there is no hole without an error',
    (_, body) => {
      const text = `choreography Both(A, B, D) {\n  par { A.1 -> B.a: a } and { D.2 -> B.b: b }\n}\nchoreography C(A(x: bool), B, D) {\n${body}\n}\n`;
      expect(codes(text)).toContain('knowledge-of-choice');
      expect(projectionFile(workspaceOf(text), uri, 'C')?.holes.map(({ code }) => code)).toContain(
        'knowledge-of-choice',
      );
    },
  );
  test('both branches of a decision may hold the same at the same time', () => {
    expect(
      codes(
        'choreography C(A(x: bool, n: int), B) {\n  if A.x {\n    par { A.n -> B.a: a } and { A.n -> B.b: b }\n  } else {\n    par { A.n + 1 -> B.a: a } and { A.n -> B.b: b }\n  }\n}\n',
      ),
    ).toEqual([]);
  });
  test('what never ends keeps what follows from beginning', () => {
    expect(
      codes(
        'choreography C(A, B, D) {\n  par {\n    rec X { A -> B: tick; continue X }\n  } and {\n    A -> D: once\n  }\n}\n',
      ),
    ).toEqual([]);
  });
});

describe('rounds', () => {
  const serve =
    'choreography Serve(server Server, Client[n](more: int)) {\n  Server.total = 0\n  par i in Client {\n    rec X {\n      if Client[i].more > 0 -> Server {\n        Client[i].more = more - 1\n        at Server { total = total + 1 }\n        continue X\n      }\n    }\n  }\n}\n';
  test('are threads of those who take part in all, and nothing to the other members', () => {
    expect(found(serve)).toEqual([]);
    const text = projected(serve, 'Serve');
    expect(text).toContain(
      '    par i in Client {\n      rec X {\n        receive from Client[i] {\n          yes {\n            total = total + 1\n            continue X\n          }\n          no {}\n        }\n      }\n    }\n',
    );
    expect(text).toContain(
      '  process Client[j](more: int) {\n    rec X {\n      if more > 0 {\n        send to Server: yes\n        more = more - 1\n        continue X\n      } else {\n        send to Server: no\n      }\n    }\n  }\n',
    );
  });
  test('carry their numbers where nothing else tells them apart', () => {
    const text = projected(
      'choreography C(Hub, Log, Client[n](x: int)) {\n  par i in Client {\n    Client[i].x -> Hub.x\n    Hub.x -> Log.x\n    Log.x -> Client[i].y: back\n  }\n}\n',
      'C',
    );
    expect(text).toContain('receive x from Client[i]\n      send x to Log: _[i]');
    expect(text).toContain('receive x from Hub: _[i]\n      send x to Client[i]: back');
    expect(text).toContain('  process Client[j](x: int) {\n    send x to Hub\n    receive y from Log: back\n  }');
  });
  test('of what is called can’t carry them', () => {
    expect(
      codes(
        'choreography One(P, Q) { P -> Q: hi }\n\nchoreography C(Hub, Log, Client[n]) {\n  par i in Client {\n    do One(Client[i], Hub)\n    do One(Hub, Log)\n  }\n}\n',
      ),
    ).toEqual(['race']);
    expect(
      codes(
        'choreography One(P, Q) { P -> Q: hi }\n\nchoreography C(Hub, Client[n]) {\n  par i in Client {\n    do One(Client[i], Hub)\n  }\n}\n',
      ),
    ).toEqual([]);
  });
});

describe('variables', () => {
  const after = (first: string, second: string, last: string): string[] =>
    codes(`choreography C(A(x: int), B): int@B {\n  par { ${first} } and { ${second} }\n  ${last}\n  return B.a\n}\n`);
  test('are there behind, where one branch alone has bound them', () => {
    expect(after('A.x -> B.a: a', 'A.x -> B.b: b', 'B.a = a + b')).toEqual([]);
    expect(after('A.x -> B.a: a', 'A.x -> B.a: b', 'B.b = 1')).toEqual(['maybe-unassigned']);
    expect(
      found('choreography C(A(x: int), B): int@B {\n  par { A.x -> B.a: a } and { A.x -> B.a: b }\n  return B.a\n}\n'),
    ).toEqual([
      'maybe-unassigned: `B.a` has no value here: branches that go on at the same time have each bound `a` for themselves, and nothing of it is left behind them. Give it a value before, so that they share it, or call those in the branches differently.',
    ]);
    expect(after('A.x -> B.a: a', 'A.x -> B.b: b; B.c = a', 'B.b = 1')).toEqual(['maybe-unassigned']);
  });
  test('that are shared decide nothing together with others', () => {
    const text = (inside: string): string =>
      `choreography C(A(x: bool), B) {\n  A.x -> B.y: first\n  par {\n    ${inside}\n  } and {\n    A.x = not x\n    A -> B: changed\n  }\n}\n`;
    expect(codes(text('if A.x, B.y { A -> B: one }'))).toEqual(['guards-may-differ']);
    expect(codes(text('A.z = true; A.z -> B.w: z; if A.z, B.w { A -> B: one }'))).toEqual([]);
    expect(codes(text('A.x -> B.w: w; if A.x, B.w { A -> B: one }'))).toEqual(['guards-may-differ']);
  });
  test('that are shared have one type', () => {
    expect(
      codes('choreography C(A(x: int), B) {\n  B.n = 0\n  par { A.x -> B.n: n } and { A."no" -> B.n: m }\n}\n'),
    ).toEqual(['type-mismatch']);
    expect(
      codes(
        'choreography C(A(b: bool), B) {\n  if A.b -> B { B.n = true } else { }\n  par { A.1 -> B.n: n } and { A.2 -> B.n: m }\n}\n',
      ),
    ).toEqual(['type-mismatch']);
  });
  test('that threads have for themselves have a type each, here, in processes and behind', () => {
    const own = `choreography C(A, B, Node[n]) {
  par { A.1 -> B.x: one B.(x + 1) -> A.y: back } and { A."s" -> B.x: two B.(x + "t") -> A.z: forth }
  par { A.(1, 2) -> B.(x, y): three } and {
    A.some(2) -> B.x: four
    par { A.true -> B.y: five B.(not y) -> A.q: six } and { A.(2.5) -> B.y: seven B.(y + 1.0) -> A.r: eight }
  }
  for i in Node {
    par { A.1 -> Node[i].x: one Node[i].(x + 1) -> A.k[i]: back } and { A."s" -> Node[i].x: two Node[i].(x + "t") -> A.l[i]: forth }
  }
  A.true -> B.x
  B.(not x) -> A.last
}
`;
    expect(found(own)).toEqual([]);
    const file = projectionFile(workspaceOf(own), uri, 'C')?.text ?? '';
    expect(file).toContain('par {');
    const network = `${own}\n${file.replace(/^import.*$/m, '')}`;
    expect(found(network)).toEqual([]);
    const hovered = (text: string, at: number): string => hover(workspaceOf(text), uri, at)?.markdown ?? '';
    expect(hovered(own, own.indexOf('B.x: one') + 2)).toContain('B.x: int');
    expect(hovered(own, own.indexOf('B.x: two') + 2)).toContain('B.x: string');
    expect(hovered(own, own.indexOf('B.(x + "t")') + 3)).toContain('B.x: string');
    expect(hovered(own, own.indexOf('B.x: four') + 2)).toContain('B.x: option<int>');
    expect(hovered(own, own.indexOf('B.x\n') + 2)).toContain('B.x: bool');
    // They bear one name, and go on bearing one.
    const renamed = rename(workspaceOf(own), uri, own.indexOf('B.x: two') + 2, 'w');
    expect('edits' in renamed && renamed.edits.filter(({ newText }) => newText === 'w').length).toBe(8);
  });
  test('that a thread has for itself and never reads are told where it binds them', () => {
    const hints = diagnosticsIn(
      workspaceOf(
        'choreography C(A, B) {\n  par { A.1 -> B.x: one } and { A.2 -> B.x: two B.x -> A.y: back }\n  A.y -> B.z: last\n  B.print(z)\n}\nextern print(n: int)\n',
      ),
      uri,
    );
    expect(hints.map(({ code, origin }) => [code, origin.start])).toEqual([['unused-variable', 40]]);
  });
  test('that only some way before gives a value are shared, and there behind', () => {
    expect(
      codes(
        'choreography C(A(b: bool), B): int@B {\n  if A.b -> B { B.n = 1 } else { }\n  par { A.1 -> B.n: n } and { A.2 -> B.n: m }\n  return B.n\n}\n',
      ),
    ).toEqual([]);
  });
});

describe('members of a family', () => {
  const both = (text: string): string[] => {
    const file = projectionFile(workspaceOf(text), uri, /choreography (\w+)/.exec(text)?.[1] ?? '');
    return [...found(text), ...found(`${text}\n${file?.text.replace(/^import.*$/m, '') ?? ''}`)];
  };
  test('each have what one round binds for them behind it, in a ring as in a line', () => {
    expect(
      both(
        'choreography Sum(Node[n >= 2](value: int)): int@Node {\n  Node.sum = value\n  Node.passed = value\n  for r in 1 until n {\n    par i in Node { Node[i].passed -> Node[(i + 1) % n].got }\n    Node.sum = sum + got\n    Node.passed = got\n  }\n  return Node.sum\n}\n',
      ),
    ).toEqual([]);
    expect(
      both(
        'choreography Sides(A, Node[n >= 3](value: int)) {\n  par i in Node { Node[i].value -> Node[(i + 1) % n].r: right; Node[i].value -> Node[(i + n - 1) % n].l: left }\n  Node.r + l -> A.sums\n  A.print(sums)\n}\nextern print(n: list<int>)\n',
      ),
    ).toEqual([]);
  });
  test('have nothing behind of what several rounds may bind', () => {
    for (const rounds of [
      'Node[i].x = 1; Node[i].value -> Node[(i + 1) % n].x: one',
      'for k in 1 until n { Node[i].value -> Node[(i + k) % n].x: one }',
    ])
      expect([
        rounds,
        ...codes(
          `choreography C(Node[n >= 2](value: int)): int@Node {\n  par i in Node { ${rounds} }\n  return Node.x\n}\n`,
        ),
      ]).toEqual([rounds, 'maybe-unassigned']);
  });
  test('that are surely others get messages without labels, and bind variables of one name', () => {
    expect(
      both(
        'choreography Ends(A, Node[n >= 2]) {\n  par { A.1 -> Node[0].x } and { A."two" -> Node[n - 1].y; A.2 -> Node[n - 1].x: x } and { A.3 -> Node[1].z: z }\n  Node[0].x -> A.p\n  Node[n - 1].x -> A.p\n}\n',
      ),
    ).toEqual([]);
    for (const branches of [
      '{ A.1 -> Node[0].x } and { A.2 -> Node[n - 1].y }',
      '{ for k in Node { A.1 -> Node[k].x } } and { A.2 -> Node[1].y }',
      '{ for k in 0 until n - 1 { A.1 -> Node[k].x } } and { for k in 0 until n - 1 { A.2 -> Node[k + 1].y } }',
      '{ Node[0].1 -> others Node.x } and { Node[0].2 -> Node[n - 1].y }',
      '{ A.1 -> Node.x } and { A.2 -> Node[n - 1].y }',
    ])
      expect(
        [
          branches,
          ...codes(
            `choreography C(A, Node[n >= ${branches.includes('[1]') || branches.includes('others') ? 2 : 1}]) {\n  par ${branches}\n}\n`,
          ),
        ].filter((code) => code !== 'unused-role'),
      ).toEqual([branches, 'race']);
  });
});

describe('a race', () => {
  const text = 'choreography C(A(x: int), B) {\n  par {\n    A.x -> B.a: a\n  } and {\n    A.x -> B.b: a\n  }\n}\n';
  test('is told, with both', () => {
    expect(found(text)).toEqual([
      'race: B can’t tell which of two messages `a` of A it has: both may be under way at the same time.',
    ]);
  });
  test('goes with another label, or one after the other', () => {
    expect(applied(text, 'race')).toEqual([
      'Call this one `a2`\nchoreography C(A(x: int), B) {\n  par {\n    A.x -> B.a: a\n  } and {\n    A.x -> B.b: a2\n  }\n}\n',
      'Put the branches one after the other\nchoreography C(A(x: int), B) {\n  A.x -> B.a: a\n  A.x -> B.b: a\n}\n',
    ]);
    expect(applied('choreography C(A(x: int), B) {\n  par { A.x -> B.a } and { A.x -> B.b }\n}\n', 'race')[0]).toBe(
      'Give this one the label `other`\nchoreography C(A(x: int), B) {\n  par { A.x -> B.a } and { A.x -> B.b: other }\n}\n',
    );
  });
  test('is one of arrow lists, of calls and of several senders', () => {
    expect(codes('choreography C(A(x: bool), B) {\n  par { if A.x -> B {} } and { if A.x -> B {} }\n}\n')).toEqual([
      'race',
    ]);
    expect(
      found(
        'choreography One(P, Q) { P -> Q: hi }\n\nchoreography C(A, B) {\n  par { do One(A, B) } and { do One(A, B) }\n}\n',
      ),
    ).toEqual([
      'race: B can’t tell which of two messages `hi` of A (in `One`) it has: both may be under way at the same time.',
    ]);
    expect(
      codes(
        'choreography One(P, Q) { P -> Q: hi }\n\nchoreography C(A, B) {\n  par { do One(A, B) } and { do One(B, A) }\n}\n',
      ),
    ).toEqual([]);
    expect(
      codes('choreography C(A(x: int), B(y: int), D) {\n  par { A.x, B.y -> D.xs: n } and { B.y -> D.z: n }\n}\n'),
    ).toEqual(['race']);
  });
  test('is none between other roles, in other directions, and one after the other', () => {
    expect(
      codes(
        'choreography C(A(x: int), B, D) {\n  par { A.x -> B.a: a } and { A.x -> D.a: a } and { B.1 -> A.c: a }\n  A.x -> B.b: a\n}\n',
      ),
    ).toEqual([]);
  });
  test('is told of processes too', () => {
    expect(
      codes(
        'network N {\n  process A { send to B: a; send to B: b }\n  process B { par { receive from A: a } and { receive from A { a {} b {} } } }\n}\n',
      ),
    ).toContain('race');
  });
});

describe('what can’t stand there', () => {
  test('continue and leave stay inside', () => {
    expect(
      codes('choreography C(A, B) {\n  rec X {\n    par { A -> B: a; continue X } and { B -> A: b }\n  }\n}\n'),
    ).toEqual(['continue-not-last']);
    expect(
      codes('choreography C(A, B) {\n  rec X {\n    par { A -> B: a; leave X } and { B -> A: b }\n  }\n}\n'),
    ).toEqual(['continue-not-last']);
    expect(codes('choreography C(A, B) {\n  par { rec X { A -> B: a; continue X } } and { B -> A: b }\n}\n')).toEqual(
      [],
    );
  });
  test('a step of several is local', () => {
    for (const line of [
      'send x to B',
      'receive y from B',
      'while true {}',
      'rec X {}',
      'continue X',
      'do C(A, B)',
      'y = do C(A, B)',
      'choice {} or {}',
      'par {} and {}',
      'at { x = 1 }',
      'for i in 0 until 2 { x = 1 }',
    ]) {
      expect([
        line,
        codes(`choreography C(A(x: int), B) {\n  A -> B: hi\n  at A { if x > 0 { ${line} } }\n}\n`),
      ]).toEqual([line, ['syntax-error']]);
    }
  });
  test('words that were names stay names', () => {
    expect(
      codes('choreography C(at(x: int), B) {\n  at.x -> B.at\n  at at { x = x + 1 }\n  B.at -> at.x\n}\n'),
    ).toEqual([]);
  });
});

describe('in the editor', () => {
  test('the words say what they do', () => {
    const said = (text: string, word: string): string | undefined =>
      hover(workspaceOf(text), uri, text.indexOf(word))?.markdown;
    expect(said(crossing, 'par {')).toMatch(/^`par \{ … \} and \{ … \}`/);
    expect(said(crossing, 'and {')).toMatch(/^`and`/);
    expect(said('choreography C(A(x: int)) {\n  at A { x = 1 }\n}\n', 'at A')).toMatch(/^`at`/);
  });
});

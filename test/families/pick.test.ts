// A member of a family that is picked by a number that a role computes.
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { rename } from '../../language/features/rename.js';
import { shortVerdict } from '../../language/features/words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { format } from '../../language/syntax/format.js';
import { marked } from '../features/marked.js';
import { at } from '../features/texts.js';
import { fixed, messages, problems, uri, workspaceOf } from '../typing/helpers.js';
import { atSize, read, roleText } from './helpers.js';

const within = (header: string, body: string): string => `choreography C(${header}) {\n${body}\n}`;

const texts = {
  get: within(
    'Client(key: int), server Node[n >= 1]',
    `  pick k in Node by Client.key % n {
    Client.key -> Node[k].key
    Node[k].find(key) -> Client.value
  }`,
  ),
  told: within(
    'Client(key: int), Node[n >= 1], Log',
    `  pick k in Node by Client.key % n -> Node, Log {
    Client.key -> Node[k].key
    Node[k].find(key) -> Client.value
    Log.note(k)
  }`,
  ),
  again: within(
    'Client, server Node[n >= 1], Log',
    `  while Client.more() -> Log {
    pick k in Node by Client.next() -> Log {
      Client.key() -> Node[k].key
      Node[k].find(key) -> Log.value
    }
  }`,
  ),
  neighbour: within(
    'Client(key: int), server Node[n >= 2]',
    `  pick k in Node by Client.key % n {
    Client.key -> Node[k].key: first
    Client.key -> Node[(k + 1) % n].key: second
    Node[k].x = 1
    Node[(k + 1) % n].x = 2
  }`,
  ),
  firstMessage: within(
    'Client(key: int), Node[n >= 1]',
    `  pick k in Node by Client.key % n {
    Client.key -> Node[k].key: work
  }
  Client -> Node: over`,
  ),
  passedOn: within(
    'Client(key: int), Node[n >= 2]',
    `  pick k in Node by Client.key % n -> Node {
    Client.key -> Node[k].key
    Node[k].key -> Node[(k + 1) % n].copy
    Node[(k + 1) % n].copy -> Client.back
  }`,
  ),
  part: within(
    'Client(key: int), server Node[n >= 2]',
    `  pick k in Node[1 until n] by Client.key {
    Client.key -> Node[k].key
    Node[k].key -> Client.back
    Client.back -> Node[0].back: copy
  }`,
  ),
  byMember: within(
    'Node[n >= 2](key: int)',
    `  for i in Node {
    pick k in Node by Node[i].key -> others Node { Node[k].x = 1 }
  }`,
  ),
  nested: within(
    'Client(key: int), Node[n >= 1], Log',
    `  pick k in Node by Client.key -> Node, Log {
    Client.key -> Node[k].next
    pick l in Node by Client.key -> Node, Log { Node[l].x = k + l; Log.note(k * l) }
  }`,
  ),
  rounds: within(
    'Client(key: int), Node[n >= 1]',
    `  pick k in Node by Client.key -> Node {
    while Client.more() -> Node[k] {
      Client.key -> Node[k].key
      Node[k].find(key) -> Client.value
    }
  }
  Client -> Node: over`,
  ),
  inBranch: within(
    'Client(key: int), Node[n >= 1], Log',
    `  if Client.key > 0 {
    pick k in Node by Client.key -> Node, Log { Log.note(k) }
  } else {
    Client -> Node, Log: nobody
  }`,
  ),
  bothBranches: within(
    'Client(key: int), Node[n >= 1], Log',
    `  if Client.key > 0 {
    pick k in Node by Client.key -> Node, Log { Log.note(k) }
  } else {
    pick l in Node by Client.key -> Node, Log { Log.note(l) }
  }`,
  ),
  alike: within(
    'Client(key: int), server Node[n >= 1], Log',
    `  pick k in Node by Client.key {
    Client.key -> Log.entry
    Client.key -> Node[k].key
    Log.note(entry)
  }`,
  ),
  threads: within(
    'Client[m](key: int), server Node[n >= 1]',
    `  par i in Client {
    rec Next {
      pick k in Node by Client[i].key {
        Client[i].key -> Node[k].key
        Node[k].find(key) -> Client[i].value
      }
      if Client[i].more() { continue Next }
    }
  }`,
  ),
  overLate: within(
    'Client, Node[n >= 1]',
    `  rec Next {
    pick k in Node by Client.next() {
      Client.key() -> Node[k].key: work
      Node[k].find(key) -> Client.value
    }
    if Client.more() { continue Next }
  }
  Client -> Node: over`,
  ),
  leaving: within(
    'Client, server Node[n >= 1]',
    `  rec Next {
    pick k in Node by Client.next() {
      Client.key() -> Node[k].key
      Node[k].find(key) -> Client.value
    }
    if Client.more() { continue Next }
  }`,
  ),
};

describe('what everybody does', () => {
  test.each(Object.entries(texts))('%s projects for any size as it does for each', (_, text) => {
    const whole = read(text);
    expect(whole.projected.findings).toEqual([]);
    for (let size = 0; size <= 5; size++) {
      const { own, unrolled, same, wrong } = atSize(whole, size);
      expect(wrong).toBe(false);
      if (!same) expect(own).toBe(unrolled);
    }
  });

  test('who decides goes on with one member', () => {
    expect(roleText(texts.get, 'Client')).toBe(`process Client(key: int) {
  pick k in Node by key % n {
    send key to Node[k]
    receive value from Node[k]
  }
}
`);
  });

  test('who is told takes the number with the message', () => {
    expect(roleText(texts.told, 'Log')).toBe(`process Log {
  receive from Client {
    picked[k in Node] {
      note(k)
    }
  }
}
`);
    expect(roleText(texts.told, 'Node')).toBe(`process Node[i] {
  receive from Client {
    picked[k in Node] {
      when i == k {
        receive key from Client
        send find(key) to Client
      }
    }
  }
}
`);
  });

  test('a server waits for its turn', () => {
    expect(roleText(texts.get, 'Node')).toBe(`server process Node[i] {
  receive key from Client
  send find(key) to Client
}
`);
    expect(roleText(texts.again, 'Node')).toBe(`server process Node[i] {
  rec Loop {
    receive key from Client
    send find(key) to Log
    continue Loop
  }
}
`);
  });

  test('a member finds out by its first message, also that its neighbour is picked', () => {
    expect(roleText(texts.neighbour, 'Node')).toBe(`server process Node[i] {
  receive from Client {
    first(key) {
      x = 1
    }
    second(key) {
      x = 2
    }
  }
}
`);
    expect(roleText(texts.firstMessage, 'Node')).toBe(`process Node[i] {
  receive from Client {
    work(key) {
      receive from Client: over
    }
    over {}
  }
}
`);
  });

  test('what is got in place of another round is waited for where a round begins', () => {
    expect(roleText(texts.overLate, 'Node')).toBe(`process Node[i] {
  rec Next {
    receive from Client {
      work(key) {
        send find(key) to Client
        continue Next
      }
      over {}
    }
  }
}
`);
  });

  test('what only some members may be in stands in a when', () => {
    expect(
      roleText(
        within(
          'Client, server Node[n >= 2]',
          `  pick k in Node[1 until n] by Client.next() {
    Client.key() -> Node[k].key: own
    Client.key() -> Node[k - 1].key: before
  }`,
        ),
        'Node',
      ),
    ).toBe(`server process Node[i] {
  when i > 0 {
    when i < n - 1 {
      receive from Client {
        own(key) {}
        before(key) {}
      }
    } else {
      receive key from Client: own
    }
  } else {
    receive key from Client: before
  }
}
`);
  });

  test('what is told in several branches has one name', () => {
    expect(roleText(texts.bothBranches, 'Log')).toBe(`process Log {
  receive from Client {
    picked[k in Node] {
      note(k)
    }
  }
}
`);
  });
});

describe('who does not find out', () => {
  const errors = (text: string): string[] =>
    diagnosticsIn(workspaceOf(text), uri)
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code}: ${message}`);

  test('a member that is no server, and gets nothing', () => {
    expect(
      errors(
        within(
          'Client(key: int), Node[n >= 1]',
          '  pick k in Node by Client.key { Client.key -> Node[k].got: work }\n  Node.x = 1\n',
        ),
      ),
    ).toContain(
      'knowledge-of-choice: Node can’t tell which member of Node is picked by `key` at Client: it gets `work` from Client if it is picked itself and sets `x` if another one is picked. Tell Node the choice, or send it a first message from the same sender whichever is picked.',
    );
  });

  test('who waits for the one that is picked', () => {
    expect(
      errors(
        within(
          'Client(key: int), server Node[n >= 1](x: int), Log',
          '  pick k in Node by Client.key {\n    Client.key -> Node[k].got\n    Node[k].x + got -> Log.x\n  }\n',
        ),
      )[0],
    ).toBe(
      'knowledge-of-choice: Log can’t tell which member of Node is picked by `key` at Client: it gets `x` from Node[0] if Node[0] is picked and `x` from Node[1] if Node[1] is picked. Tell Log the choice, or send it a first message from the same sender whichever is picked.',
    );
  });

  test('a member whose neighbour is picked, where it gets the same then', () => {
    expect(
      errors(
        within(
          'Client(key: int), server Node[n >= 2]',
          '  pick k in Node by Client.key {\n    Client.key -> Node[k].x\n    Client.key -> Node[(k + 1) % n].y\n  }\n',
        ),
      ).join(),
    ).toMatch(/into `x` if it is picked itself and into `y` if Node\[\(i \+ n - 1\) % n\] is picked/);
  });
});

describe('what helps', () => {
  const externs = 'extern note(a: int)\n';

  test('a role is told, or is a server', () => {
    const text = within(
      'Client(key: int), Node[n >= 1]',
      '  pick k in Node by Client.key {\n    Client.key -> Node[k].got\n    Node[k].note(got)\n  }',
    ).concat('\n', externs);
    expect(Object.keys(fixed(text, 'knowledge-of-choice')).slice(0, 2)).toEqual([
      'Make Node a server, which may wait for ever',
      'Tell Node (1 more message to each of n)',
    ]);
    expect(fixed(text, 'knowledge-of-choice')['Tell Node (1 more message to each of n)']).toContain(
      'pick k in Node by Client.key -> Node {',
    );
  });

  test('who uses the number is told', () => {
    const text = within(
      'Client(key: int), server Node[n >= 1], Log',
      '  pick k in Node by Client.key {\n    Client.key -> Node[k].got\n    Node[k].note(got)\n    Log.note(k)\n  }',
    ).concat('\n', externs);
    expect(fixed(text, 'not-located-here')['Tell Log (1 more message)']).toContain(
      'pick k in Node by Client.key -> Log {',
    );
    const next = within(
      'Client(key: int), server Node[n >= 2], Log',
      '  pick k in Node by Client.key -> Log {\n    Log.note(k)\n    Client.key -> Node[k].got\n    Node[(k + 1) % n].note(k)\n    Node[k].note(got)\n  }',
    ).concat('\n', externs);
    expect(fixed(next, 'not-located-here')['Tell Node (1 more message)']).toContain(
      'pick k in Node by Client.key -> Log, Node {',
    );
  });

  test('a family has one member at least', () => {
    const text = within(
      'Client(key: int), server Node[n]',
      '  pick k in Node by Client.key {\n    Client.key -> Node[k].got\n    Node[k].note(got)\n  }',
    ).concat('\n', externs);
    expect(Object.values(fixed(text, 'wrong-members'))[0]).toContain('server Node[n >= 1]');
  });
});

describe('what is wrong', () => {
  const of = (body: string, header = 'A(x: int, s: string), Node[n >= 1], B'): string[] =>
    problems(within(header, body));

  test('no int, no family, and nobody', () => {
    expect(of('  pick k in Node by A.s -> Node { A.x -> B.y }')).toContain('type-mismatch: s');
    expect(of('  pick k in B by A.x { A.x -> B.y }')).toContain('wrong-members: B');
    expect(of('  pick k in Node[0] by A.x { A.x -> B.y }')).toContain('wrong-members: Node[0]');
    expect(of('  pick k in others Node by A.x { A.x -> B.y }')).toContain('wrong-members: others Node');
    expect(messages(within('A(x: int), Node[n]', '  pick k in Node by A.x -> Node { A.x -> Node[k].y }'))).toEqual([
      'If `n` is 0, Node is nobody, and no member can be picked. If there are always more, say so in the header: `[n >= 1]`.',
    ]);
    expect(of('  pick k in Node[1 until n] by A.x -> Node { A.x -> B.y }')).toContain('wrong-members: Node[1 until n]');
  });

  test('a number that is known and out of range', () => {
    expect(messages(within('A(x: int), Node[n >= 1]', '  pick k in Node by A.n -> Node { A.x -> Node[k].y }'))).toEqual(
      ['`n` is no member of Node where `n` is 1: it is 1, and Node has 1 member then, number 0.'],
    );
    expect(of('  pick k in Node by A.1 -> Node { A.x -> B.y }')).toContain('index-out-of-range: 1');
    expect(of('  pick k in Node by A.-1 -> Node { A.x -> B.y }')).toContain('index-out-of-range: -1');
    expect(
      problems(
        `const last = 5\n${within('A(x: int), Node[5]', '  pick k in Node by A.last -> Node { A.x -> Node[k].y }\n  pick k in Node by A.last - 1 -> Node { A.x -> Node[k].y }')}`,
      ),
    ).toEqual(['index-out-of-range: last']);
    expect(of('  pick k in Node by A.0 -> Node { A.x -> B.y }')).not.toContain('index-out-of-range: 0');
    expect(of('  pick k in Node by A.n - 1 -> Node { A.x -> Node[k].y }')).not.toContain('index-out-of-range: n - 1');
    expect(of('  pick k in Node by A.x -> Node { A.x -> Node[k + 1].y }')).toContain('index-out-of-range: k + 1');
  });

  test('the number is used by who is not told, or where none is known', () => {
    expect(
      messages(
        within(
          'A(x: int), Node[n >= 1], B',
          '  pick k in Node by A.x -> Node { A.x -> B.y; B.note(k, y) }\n}\nextern note(a: int, b: int)\nchoreography D(A, B) {\n  A -> B: l',
        ),
      ),
    ).toEqual(['B is not told which member is picked, so `k` is no number that it knows. Tell it: `… -> B { … }`.']);
    expect(
      of(
        '  pick k in Node by A.x -> Node, B { B.note(k); A.note(k); Node[k].note(k); Node.note(k) }\n}\nextern note(a: int)\nchoreography D(A, B) {\n  A -> B: l',
      ),
    ).toEqual([]);
    expect(
      of('  pick k in Node by A.x { Node[0].note(k) }\n}\nextern note(a: int)\nchoreography D(A, B) {\n  A -> B: l'),
    ).toContain('not-located-here: k');
    expect(of('  pick k in Node by A.x -> Node { A.x -> Node[k].y }\n  A.x -> Node[k].z')).toContain(
      'wrong-members: k',
    );
    expect(of('  pick k in Node by A.k -> Node { A.x -> Node[k].y }')).toContain('unknown-variable: k');
  });

  test('names that are taken, and who can’t decide', () => {
    expect(of('  pick x in Node by A.x -> Node { A.x -> Node[x].y }')).toContain('duplicate-name: x');
    expect(of('  pick k in Node by A.x -> Node { pick k in Node by A.x -> Node { A.x -> Node[k].y } }')).toContain(
      'duplicate-name: k',
    );
    expect(of('  pick k in Node by Node.y { A.x -> B.y }', 'A(x: int), Node[n >= 1](y: int), B')).toContain(
      'wrong-members: Node',
    );
    expect(of('  pick k in Node by A.x -> A, Node { A.x -> Node[k].y }')).toContain('self-communication: A');
    expect(
      diagnosticsIn(
        workspaceOf(within('A(x: int), Node[n >= 1], B', '  pick k in Node by A.x -> Node, B.y { A.x -> Node[k].y }')),
        uri,
      )[0]?.message,
    ).toContain('Only a `match` sends the value');
    expect(of('  pick k in Node by A.x -> Node { Node[0].x = 1; Node[0].x -> Node[k].y }')).toContain(
      'self-communication: Node[k].y',
    );
  });

  test('what was given to the one that was picked is not known of another one', () => {
    expect(of('  pick k in Node by A.x -> Node { A.x -> Node[k].y; Node[k].y -> A.z }\n  Node[0].y -> B.y')).toContain(
      'maybe-unassigned: y',
    );
    expect(
      of('  pick k in Node by A.x -> Node { A.x -> Node[k].y }\n  pick k in Node by A.x -> Node { Node[k].y -> A.z }'),
    ).toContain('maybe-unassigned: y');
    expect(of('  pick k in Node by A.x -> Node { A.x -> Node[k].y; Node[k].y -> A.z }\n  A.z -> B.y')).not.toContain(
      'maybe-unassigned: z',
    );
  });
});

describe('networks by hand', () => {
  const verdicts = (text: string): string[] =>
    (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);
  const own = (client: string, log: string): string => `network Hand(Node[n >= 1]) {
  process Client(key: int) {
    pick k in Node by key % n {
${client}
    }
  }
  server process Node[i] {
    receive key from Client
    send key to Client
  }
  process Log {
${log}
  }
}
`;
  const told = 'receive from Client { picked[k in Node] { log(k) } }';

  test('are explored at some sizes', () => {
    expect(
      verdicts(
        `extern log(k: int)\n${own('send to Log: picked[k]\nsend key to Node[k]\nreceive back from Node[k]', told)}`,
      ),
    ).toEqual(['Hand: proved free of deadlock with 2 and 3 members']);
    expect(verdicts(`extern log(k: int)\n${own('send key to Node[k]\nreceive back from Node[k]', told)}`)).toEqual([
      'Hand: refuted with 2 members',
    ]);
    expect(
      verdicts(
        `extern log(k: int)\n${own('send to Log: picked[0]\nsend key to Node[k]\nreceive back from Node[(k + 1) % n]', told)}`,
      ),
    ).toEqual(['Hand: refuted with 2 members']);
  });

  test('are compared with the choreography', () => {
    const design = `extern find(key: int): int\nextern note(k: int)\n${texts.told}`;
    const hand = (node: string): string =>
      `${design}\nnetwork Hand implements C {\n  process Node[i] {\n    receive from Client { picked[k in Node] { when k == i {\n${node}\n    } } }\n  }\n}\n`;
    expect(verdicts(hand('receive key from Client\nsend find(key) to Client'))).toContain(
      'Hand: proved free of deadlock with 2 and 3 members',
    );
    expect(verdicts(hand('receive key from Client')).filter((each) => each.startsWith('Hand'))).toEqual([
      'Hand: refuted with 2 members',
    ]);
  });

  test('have their names and types checked', () => {
    const text = own('send "a" to Node[k]\nreceive back from Node[l]', 'receive from Client { picked[k in Log] { } }');
    expect(problems(text)).toEqual(expect.arrayContaining(['wrong-members: Log', 'wrong-members: l']));
  });
});

describe('in the editor', () => {
  const text = `extern find(key: int): int\nextern note(k: int)\n${texts.told}\n`;

  test('the number is renamed where it stands', () => {
    const { workspace, uri: file, text: source, offset } = marked(at(text, 'k in Node'));
    const answer = rename(workspace, file, offset, 'owner');
    if (!('edits' in answer)) throw new Error(JSON.stringify(answer));
    expect(answer.edits.map(({ start }) => source.slice(start - 5, start + 1))).toEqual([
      'pick k',
      'Node[k',
      'Node[k',
      'note(k',
    ]);
  });

  test('hovers say what it is', () => {
    const said = (place: string): string => {
      const { workspace, uri: file, offset } = marked(at(text, place));
      return hover(workspace, file, offset)?.markdown ?? '';
    };
    expect(said('pick k')).toContain('one member of a family');
    expect(said('k in Node')).toContain('k: int');
    expect(said('Node[k].key')).toContain('The member of Node that was picked.');
    expect(said('-> Node, Log')).toContain('tells these roles which member it is');
    expect(said('-> Node, Log')).toContain('- **Log** is told by Client: `picked[k]`');
  });

  test('it is offered', () => {
    const offered = (source: string): string[] => {
      const { workspace, uri: file, offset } = marked(source);
      return complete(workspace, file, offset).items.map(({ label }) => label);
    };
    const half = (statement: string): string => within('Client(key: int), Node[n >= 1], Log', `  ${statement}`);
    expect(offered(half('<|>'))).toContain('pick');
    expect(offered(half('pick k in <|>'))).toEqual(['Node']);
    expect(offered(half('pick k in Node by <|>'))).toEqual(expect.arrayContaining(['Client', 'Log']));
    expect(offered(half('pick k in Node by Client.<|>'))).toContain('key');
    expect(offered(half('pick k in Node by Client.key { Client.key -> Node[<|>] }'))).toContain('k');
  });

  test('it is laid out', () => {
    expect(
      format(
        'choreography C(A(x: int), Node[n >= 1]) { pick   k in Node[ 0 until n ]  by A . x->Node{\nA.x->Node[ k ].y} }\n',
      ),
    ).toBe(
      'choreography C(A(x: int), Node[n >= 1]) {\n  pick k in Node[0 until n] by A.x -> Node {\n    A.x -> Node[k].y\n  }\n}\n',
    );
    expect(
      format(
        'network N(Node[n >= 1]) { process A(x: int) { pick k in Node by x{send x to Node[k]} } process Node[i] { receive from A { picked[ k in Node ]{ } } } }\n',
      ),
    ).toContain('picked[k in Node] {}');
  });

  test('it is a name elsewhere', () => {
    expect(
      problems(
        'choreography C(pick(by: int), B) {\n  pick.by -> B.pick\n  B.pick = pick + 1\n  B.pick -> pick.x\n  pick.x = x + 1\n  pick.x -> B.pick\n}\n',
      ).filter((each) => each.startsWith('syntax')),
    ).toEqual([]);
    expect(
      problems(
        'network N {\n  process A { pick = 1\n send pick to B }\n process B { receive pick from A\n send pick to C }\n process C { receive pick from B\n pick(pick) } }\nextern pick(x: int)\n',
      ),
    ).toEqual([]);
  });
});

// Several members of a family that are picked by a list of their numbers.
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { rename } from '../../language/features/rename.js';
import { projectionFile } from '../../language/projection/file.js';
import { shortVerdict } from '../../language/features/words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { format } from '../../language/syntax/format.js';
import { marked } from '../features/marked.js';
import { at } from '../features/texts.js';
import { fixed, messages, problems, uri, workspaceOf } from '../typing/helpers.js';
import { atSize, read, roleText } from './helpers.js';

const within = (header: string, body: string): string => `choreography C(${header}) {\n${body}\n}`;

const texts = {
  tell: within(
    'Broker(ks: list<int>, event: string), server Reader[n >= 1]',
    `  pick some k in Reader by Broker.ks {
    Broker.event -> Reader[k].event
    Reader[k].show(event)
  }`,
  ),
  ask: within(
    'Client(key: int), server Node[n]',
    `  pick some k in Node by Client.ownersOf(key) {
    Client.key -> Node[k].key
    Node[k].answer = find(key)
    Node[k].answer -> Client.answers
  }`,
  ),
  quorum: within(
    'Client(key: int), server Node[n >= 3]',
    `  pick 3 k in Node by Client.ownersOf(key) {
    Client.key -> Node[k].key
    Node[k].find(key) -> Client.answers any 2 by who
  }`,
  ),
  majority: within(
    'Client(key: int), Node[n >= 3], Log',
    `  pick 3 k in Node[1 until n] by Client.ownersOf(key) -> Node, Log {
    Node[k].find() -> Log.answers any majority
    Log.note(k)
  }`,
  ),
  told: within(
    'Client(key: int), Node[n >= 1], Log',
    `  pick some k in Node by Client.ownersOf(key) -> Node, Log {
    Client.key -> Node[k].key
    Node[k].find(key) -> Client.values
    Log.note(k)
    Node.note(k)
  }`,
  ),
  again: within(
    'Client, server Node[n >= 1], Log',
    `  while Client.more() -> Log {
    pick some k in Node by Client.next() -> Log {
      Client.key() -> Node[k].key
      Node[k].find(key) -> Log.values
    }
  }`,
  ),
  firstMessage: within(
    'Client(key: int), Node[n >= 1]',
    `  pick some k in Node by Client.ownersOf(key) {
    Client.key -> Node[k].key: work
  }
  Client -> Node: over`,
  ),
  part: within(
    'Client(key: int), Node[n >= 2]',
    `  pick some k in Node[1 until n] by Client.ownersOf(key) {
    Client.key -> Node[k].key: work
    Node[k].x = 1
  }
  Client -> Node: over`,
  ),
  byMember: within(
    'Node[n >= 2](key: int)',
    `  pick some k in Node[1 until n] by Node[0].ownersOf(key) -> others Node {
    Node[0].key -> Node[k].key
    Node[k].x = 1
    Node[k].x -> Node[0].xs
  }`,
  ),
  nested: within(
    'Client(key: int), Node[n >= 1], Log',
    `  pick some k in Node by Client.ownersOf(key) -> Node, Log {
    Client.key -> Node[k].next
    pick some l in Node by Client.ownersOf(key + 1) -> Node, Log { Node[l].x = 1; Node[k].y = 2; Log.note(k + l) }
    pick m in Node by Client.key -> Node, Log { Node[m].x = m; Log.note(take(k, m)) }
  }`,
  ),
  inBranch: within(
    'Client(key: int), Node[n >= 1], Log',
    `  if Client.key > 0 {
    pick some k in Node by Client.ownersOf(key) -> Node, Log { Log.note(k) }
  } else {
    Client -> Node, Log: nobody
  }`,
  ),
  bothBranches: within(
    'Client(key: int), Node[n >= 1], Log',
    `  if Client.key > 0 {
    pick some k in Node by Client.ownersOf(key) -> Node, Log { Log.note(k) }
  } else {
    pick some l in Node by Client.ownersOf(-key) -> Node, Log { Log.note(l) }
  }`,
  ),
  oneOrSome: within(
    'Client(key: int), Node[n >= 1], Log',
    `  if Client.key > 0 {
    pick k in Node by Client.key -> Node, Log { Log.note(k) }
  } else {
    pick some l in Node by Client.ownersOf(-key) -> Node, Log { Log.note(l) }
  }`,
  ),
  decided: within(
    'Client(key: int), Node[n >= 2]',
    `  pick 2 k in Node by Client.ownersOf(key) -> Node {
    if Client.key > 0 -> Node[k] {
      Client.key -> Node[k].key
    } else {
      Node[k].x = 1
    }
    at Node[k] { y = 1; z = y }
  }`,
  ),
  leaving: within(
    'Client, server Node[n >= 1]',
    `  rec Next {
    pick some k in Node by Client.next() {
      Client.key() -> Node[k].key
      Node[k].find(key) -> Client.values
    }
    if Client.more() { continue Next }
  }`,
  ),
  overLate: within(
    'Client, Node[n >= 1]',
    `  rec Next {
    pick some k in Node by Client.next() {
      Client.key() -> Node[k].key: work
      Node[k].find(key) -> Client.values
    }
    if Client.more() { continue Next }
  }
  Client -> Node: over`,
  ),
  loop: within(
    'Client(key: int), Node[n >= 2], Log',
    `  pick 2 k in Node by Client.ownersOf(key) -> Node, Log {
    Client.key -> Node[k].key
    rec Again {
      Node[k].key -> Client.keys any 1
      if Client.more(keys) -> Node[k], Log { continue Again }
    }
    Node[k].key -> Client.keys
  }
  Client -> Node, Log: over`,
  ),
  rounds: within(
    'Client(key: int), Node[n >= 2]',
    `  pick some k in Node by Client.ownersOf(key) -> Node {
    while Client.more(keys) -> Node[k] {
      Client.key -> Node[k].key
      Node[k].key -> Client.keys
    }
  }
  Client -> Node: over`,
  ),
  threads: within(
    'Client[m](key: int), server Node[n >= 1]',
    `  par i in Client {
    pick some k in Node by Client[i].ownersOf(key) {
      Client[i].key -> Node[k].key
      Node[k].find(key) -> Client[i].values
    }
  }`,
  ),
  inLoop: within(
    'Client(key: int), Node[n >= 1], Other[m]',
    `  for j in Other {
    pick some k in Node by Client.ownersOf(key) -> Node, Other {
      Client.key -> Node[k].key
      Other[j].f() -> Node[k].other
      Node[k].key -> Other[j].keys
    }
  }`,
  ),
};

describe('what everybody does', () => {
  test.each(Object.entries(texts))('%s projects for any size as it does for each', (_, text) => {
    const whole = read(text);
    expect(whole.projected.findings).toEqual([]);
    for (let size = 0; size <= 4; size++) {
      const { own, unrolled, same, wrong } = atSize(whole, size);
      expect(wrong).toBe(false);
      if (!same) expect(own).toBe(unrolled);
    }
  });
  test('who decides goes on with all of them', () => {
    expect(roleText(texts.ask, 'Client')).toBe(`process Client(key: int) {
  pick some k in Node by ownersOf(key) {
    send key to Node[k]
    receive answers from Node[k]
  }
}
`);
    expect(roleText(texts.quorum, 'Client')).toBe(`process Client(key: int) {
  pick 3 k in Node by ownersOf(key) {
    send key to Node[k]
    receive answers from Node[k] any 2 by who
  }
}
`);
  });

  test('who is told takes the list with the message', () => {
    expect(roleText(texts.told, 'Log')).toBe(`process Log {
  receive from Client {
    picked[some k in Node] {
      note(k)
    }
  }
}
`);
    expect(roleText(texts.told, 'Node')).toBe(`process Node[i] {
  receive from Client {
    picked[some k in Node] {
      when contains(k, i) {
        receive key from Client
        send find(key) to Client
      }
      note(k)
    }
  }
}
`);
  });

  test('one number and several are told by labels of their own', () => {
    expect(roleText(texts.oneOrSome, 'Log')).toBe(`process Log {
  receive from Client {
    picked[k in Node] {
      note(k)
    }
    picked[some l in Node] {
      note(l)
    }
  }
}
`);
  });

  test('a server waits for its turn, others find out by their first message', () => {
    expect(roleText(texts.leaving, 'Node')).toBe(`server process Node[i] {
  rec Next {
    receive key from Client
    send find(key) to Client
    continue Next
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
    expect(roleText(texts.part, 'Node')).toBe(`process Node[i] {
  when i > 0 {
    receive from Client {
      work(key) {
        x = 1
        receive from Client: over
      }
      over {}
    }
  } else {
    receive from Client: over
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
          'Client(key: int, ks: list<int>), Node[n >= 1]',
          '  pick some k in Node by Client.ks { Client.key -> Node[k].got: work }\n  Node.x = 1\n',
        ),
      ),
    ).toContain(
      'knowledge-of-choice: Node can’t tell which members of Node are picked by `ks` at Client: it gets `work` from Client if it is one of those that are picked and sets `x` if it is not picked. Tell Node the choice, or send it a first message from the same sender whichever are picked.',
    );
  });

  test('who waits for those that are picked', () => {
    expect(
      errors(
        within(
          'Client(ks: list<int>), server Node[n >= 1](x: int), Log',
          '  pick some k in Node by Client.ks {\n    Node[k].x -> Log.xs\n  }\n',
        ),
      ),
    ).toContain(
      'knowledge-of-choice: Log can’t tell which members of Node are picked by `ks` at Client: it gets `xs` from Node[0] if Node[0] is picked and `xs` from Node[1] if Node[1] is picked. Tell Log the choice, or send it a first message from the same sender whichever are picked.',
    );
  });

  test('one of them, who would have to know the others', () => {
    const text = within(
      'Client(ks: list<int>), server Node[n >= 1]',
      '  pick some k in Node by Client.ks {\n    Client -> Node[k]: work\n    Node[k].note(k)\n  }\n',
    ).concat('\nextern note(ks: list<int>)\n');
    expect(errors(text)).toContain(
      'not-located-here: Node[k] is not told which members are picked, so `k` is no list that it knows. Tell it: `… -> Node { … }`.',
    );
    expect(fixed(text, 'not-located-here')['Tell Node (1 more message)']).toContain(
      'pick some k in Node by Client.ks -> Node {',
    );
  });
});

describe('what is wrong', () => {
  const header = 'A(x: int, ks: list<int>), server Node[n >= 3], server Other[n], B';
  const rest = '\n  A -> Other, B: end';
  const of = (body: string): string[] => problems(within(header, body + rest));
  const said = (body: string): string[] => messages(within(header, body + rest));

  test('the numbers are no list, or a list where one is picked', () => {
    expect(said('  pick some k in Node by A.x { A.x -> Node[k].y }')).toContain(
      '`x` is an `int` here, but several members are picked by a list of their numbers, a `list<int>`; one by its number, without `some`.',
    );
    expect(said('  pick k in Node by A.ks { A.x -> Node[k].y }')).toContain(
      '`ks` is a `list<int>` here, but one member is picked by its number, an `int`; several by a list of numbers: `pick some …`.',
    );
  });

  test.each([
    ['a sum', 'A.x -> Node[k + 1].y'],
    ['another family', 'A.x -> Other[k].y'],
    ['a loop', 'for i in Node[k] { A.x -> Node[i].y }'],
    ['the end of a part', 'A.x -> Node[0 until k].y'],
    ['a call', 'do Sub(A, Node[k])'],
    ['a place', 'A.x -> B.ys[k]'],
  ])('the list is no number of one member: %s', (_, statement) => {
    expect(
      messages(
        within(header, `  pick some k in Node by A.ks { ${statement} }`).concat(
          '\nchoreography Sub(P, Q[q]) { P -> Q: hi }\n',
        ),
      ),
    ).toContain(
      '`k` is a list of numbers: it stands alone, as the index of those who were picked, and in no sum, with no other family, no loop and no call. To go on with one member, pick one: `pick k in … by …`.',
    );
  });

  test('a member is picked of those that were picked', () => {
    expect(of('  pick some k in Node by A.ks { pick l in Node[k] by A.x { A.x -> Node[l].y } }')).toContain(
      'wrong-members: Node[k]',
    );
  });

  test('more are picked than may be there', () => {
    const text = within('A(ks: list<int>), server Node[n >= 2]', '  pick 3 k in Node by A.ks { A -> Node[k]: work }');
    expect(messages(text)).toEqual([
      'If `n` is 2, Node are 2 members, and 3 are picked. If there are always so many, say so in the header: `[n >= 3]`.',
    ]);
    expect(Object.values(fixed(text, 'wrong-members'))[0]).toContain('server Node[n >= 3]');
    expect(
      fixed(text.replace('in Node by', 'in Node[1 until n] by'), 'wrong-members')['At least 4: `[n >= 4]`'],
    ).toContain('server Node[n >= 4]');
    expect(said('  pick 0 k in Node by A.ks { A -> Node[k]: work }')).toEqual([
      'Nobody is picked by `pick 0`: say how many are, one at least, or `pick some`.',
    ]);
    expect(of('  pick 3 k in Node by A.ks { A -> Node[k]: work }')).toEqual([]);
  });

  test('a list that is written out', () => {
    expect(said('  pick some k in Node by A.[0, 2, 0] { A -> Node[k]: work }')).toEqual([
      '`0` is in the list twice: each member is picked once.',
    ]);
    expect(said('  pick 2 k in Node by A.[0, 1, 2] { A -> Node[k]: work }')).toEqual([
      'The list has 3 numbers, and 2 are picked. For a list of any length write `pick some`.',
    ]);
    expect(of('  pick some k in Node by A.[0, n] { A -> Node[k]: work }')).toEqual(['index-out-of-range: n']);
    expect(of('  pick some k in Node by A.[-1] { A -> Node[k]: work }')).toEqual(['index-out-of-range: -1']);
    expect(of('  pick 2 k in Node by A.[n - 1, 0] { A -> Node[k]: work }')).toEqual([]);
    expect(of('  pick some k in Node by A.[x, x] { A -> Node[k]: work }')).toEqual([]);
    expect(
      problems(`const all = [0, 0]\n${within(header, '  pick some k in Node by A.all { A -> Node[k]: work }')}`),
    ).toContain('wrong-members: all');
  });

  test('a quorum of those of whom it is not said how many they are', () => {
    expect(said('  pick some k in Node by A.ks { Node[k].x = 1; Node[k].x -> A.xs any 2 }')).toEqual([
      'How many Node[k] are is not known before, so there may be too few to wait for. Say how many are picked: `pick 3 k in …`.',
    ]);
    expect(of('  pick 3 k in Node by A.ks { Node[k].x = 1; Node[k].x -> A.xs any majority }')).toEqual([]);
    expect(said('  pick 2 k in Node by A.ks { Node[k].x = 1; Node[k].x -> A.xs any 3 }')).toEqual([
      '3 messages are waited for, and only 2 are sent by Node[k].',
    ]);
  });

  test('who may be picked can’t speak to them', () => {
    expect(of('  pick some k in Node by A.ks { Node[0].x = 1; Node[0].x -> Node[k].y }')).toContain(
      'self-communication: Node[k].y',
    );
    expect(
      of('  pick some k in Node[1 until n] by A.ks -> Node { Node[0].x = 1; Node[0].x -> Node[k].y }'),
    ).not.toContain('self-communication: Node[k].y');
    expect(of('  pick some k in Node by A.ks { Node[k].x = 1; Node[k].x -> Other.y }')).toContain(
      'wrong-members: Other',
    );
  });

  test('nobody decides', () => {
    expect(
      said('  pick some k in Node by A.ks -> B { Node[k].c = true; if Node[k].c { Node[k].c -> B.zs } }'),
    ).toContain('`Node[k]` may be nobody, who can’t decide: say how many are picked, `pick 2 …`.');
  });

  test('what was given to those that were picked is there in the block alone', () => {
    expect(of('  pick some k in Node by A.ks { A.x -> Node[k].y; Node[k].y -> A.zs }\n  Node[0].y -> B.y')).toContain(
      'maybe-unassigned: y',
    );
    expect(of('  pick some k in Node by A.ks { A.x -> Node[k].y; Node[0].y -> B.y }')).toContain('maybe-unassigned: y');
    expect(
      of(
        '  pick some k in Node by A.ks { if A.x > 0 -> Node[k] { A.x -> Node[k].y } else { Node[k].y = 1 }; Node[k].y -> A.zs }\n  A.zs -> B.zs',
      ),
    ).toEqual([]);
    expect(of('  pick some k in Node by A.ks { A.x -> Node[k].y }\n  A.k -> B.z')).toContain('unknown-variable: k');
  });
});

describe('networks by hand', () => {
  const verdicts = (text: string): string[] =>
    (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);
  const own = (client: string, node: string, many = 'some', by = 'owners()'): string => `extern owners(): list<int>
extern note(ks: list<int>)
network Hand(Node[n >= 2]) {
  process Client(key: int) {
    pick ${many} k in Node by ${by} {
${client}
    }
  }
  server process Node[i] {
${node}
  }
}
`;
  const answers = 'receive key from Client\nsend key to Client';
  const told = (body: string): string => `receive from Client { picked[some k in Node] { ${body} } }`;

  test('are explored at some sizes', () => {
    expect(verdicts(own('send key to Node[k]\nreceive keys from Node[k]', answers))).toEqual([
      'Hand: proved free of deadlock with 2 and 3 members',
    ]);
    expect(
      verdicts(
        own(
          'send to Node: picked[k]\nsend key to Node[k]\nreceive keys from Node[k]\nnote(k)',
          told(`note(k)\nwhen contains(k, i) { ${answers} }`),
        ),
      ),
    ).toEqual(['Hand: proved free of deadlock with 2 and 3 members']);
    expect(
      verdicts(
        own(
          'send to Node: picked[k]\nsend key to Node[k]\nreceive keys from Node[k]',
          told(`when contains(k, i) { receive key from Client }`),
        ),
      ),
    ).toEqual(['Hand: refuted with 2 members']);
    expect(verdicts(own('send key to Node[k]\nreceive keys from Node', answers))).toEqual([
      'Hand: refuted with 2 members',
    ]);
    expect(verdicts(own('send key to Node[k]\nreceive keys from Node', answers, '2'))).toEqual([
      'Hand: refuted with 3 members',
    ]);
    expect(verdicts(own('send key to Node[k]\nreceive keys from Node[k] any 1', answers, '2'))).toEqual([
      'Hand: proved free of deadlock with 2 and 3 members',
    ]);
  });

  test('a list whose numbers are known leads one way', () => {
    const rest = 'send key to Node[k]\nreceive keys from Node[0], Node[1]';
    expect(verdicts(own(rest, answers, 'some', '[1, 0]'))).toEqual([
      'Hand: proved free of deadlock with 2 and 3 members',
    ]);
    expect(verdicts(own(rest, answers, 'some', '[1]'))).toEqual(['Hand: refuted with 2 members']);
  });

  test('are compared with the choreography', () => {
    const design = `extern ownersOf(key: int): list<int>\nextern find(key: int): int\nextern note(ks: list<int>)\n${texts.told}`;
    const hand = (node: string, many = 'some'): string =>
      `${design}\nnetwork Hand implements C {\n  process Node[i] {\n    receive from Client { picked[${many} k in Node] { when contains(k, i) {\n${node}\n    }\n note(k) } }\n  }\n}\n`;
    const all = 'receive key from Client\nsend find(key) to Client';
    expect(verdicts(hand(all))).toContain('Hand: proved free of deadlock with 2 and 3 members');
    expect(verdicts(hand('receive key from Client')).filter((each) => each.startsWith('Hand'))).toEqual([
      'Hand: refuted with 2 members',
    ]);
    const two = hand(all, '2').replace('n >= 1', 'n >= 2');
    expect(verdicts(two).filter((each) => each.startsWith('Hand'))).toEqual(['Hand: refuted with 2 members']);
  });

  test('know who was picked by `contains`, whatever else is called so', () => {
    const text = `extern owners(): list<int>
function contains(x: int): bool = x > 0
choreography C(A, Node[n >= 1]) {
  pick some ks in Node by A.owners() -> Node {
    A.contains(1) -> Node[ks].y
    Node[ks].contains(2) -> A.ys
  }
}
`;
    const workspace = workspaceOf(text);
    const projected = projectionFile(workspace, uri, 'C');
    expect(projected?.text).toContain('when contains(ks, i) {');
    const beside = uri.replace('main', 'projected');
    workspace.set(beside, projected?.text ?? '');
    const analysis = workspace.analyze(beside);
    expect(analysis?.findings.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(analysis?.verdicts.map(({ verdict }) => verdict)).toEqual(['proved']);
  });

  test('ask what all know, in a when', () => {
    expect(
      problems(
        own('send to Node: picked[k]\nsend key to Node[k]', told('when not contains(k, i) or i == 0 { note(k) }')),
      ),
    ).not.toContain('type-mismatch: k');
    expect(problems(own('send to Node: picked[k]', told('when contains(k, k) { note(k) }')))).toContain(
      'type-mismatch: k',
    );
  });

  test('of many members are not explored at that size', () => {
    const text = own('send key to Node[k]', 'receive key from Client').replace('n >= 2', 'n >= 2 = 9');
    expect(verdicts(text)).toEqual(['Hand: holds as far as it is known with 2, 3 and 9 members']);
    expect(verdicts(text.replace('= 9', '= 8'))[0]).toMatch(/^Hand: proved/);
  });

  test('have their names and types checked', () => {
    expect(problems(own('send key to Node[k + 1]', 'receive key from Client'))).toContain('wrong-members: k + 1');
    expect(problems(own('for i in Node[k] { send key to Node[i] }', 'receive key from Client'))).toContain(
      'wrong-members: k',
    );
    expect(problems(own('send key to Node[k]', 'receive key from Client', '3'))).toContain('wrong-members: Node');
    expect(problems(own('send key to Node[k]', 'receive key from Client', 'some', 'key'))).toContain(
      'type-mismatch: key',
    );
    expect(problems(own('receive keys from Node[k] any 1', 'send 1 to Client'))).toContain('quorum-too-large: any 1');
  });
});

describe('in the editor', () => {
  const text = `extern ownersOf(key: int): list<int>\nextern find(key: int): int\nextern note(ks: list<int>)\n${texts.told}\n`;

  test('the list is renamed where it stands', () => {
    const { workspace, uri: file, text: source, offset } = marked(at(text, 'k in Node'));
    const answer = rename(workspace, file, offset, 'owner');
    if (!('edits' in answer)) throw new Error(JSON.stringify(answer));
    expect(answer.edits.map(({ start }) => source.slice(start - 5, start + 1))).toEqual([
      'some k',
      'Node[k',
      'Node[k',
      'note(k',
      'note(k',
    ]);
  });

  test('hovers say what it is', () => {
    const said = (place: string): string => {
      const { workspace, uri: file, offset } = marked(at(text, place));
      return hover(workspace, file, offset)?.markdown ?? '';
    };
    expect(said('some k')).toContain('there may be none');
    expect(said('k in Node')).toContain('k: list<int>');
    expect(said('Node[k].key')).toContain('The members of Node that were picked.');
    expect(said('-> Node, Log')).toContain('- **Log** is told by Client: `picked[k]`');
  });

  test('it is offered', () => {
    const offered = (source: string): string[] => {
      const { workspace, uri: file, offset } = marked(source);
      return complete(workspace, file, offset).items.map(({ label }) => label);
    };
    const half = (statement: string): string => within('Client(keys: list<int>), Node[n >= 1], Log', `  ${statement}`);
    expect(offered(half('<|>'))).toContain('pick some');
    expect(offered(half('pick some k in <|>'))).toEqual(['Node']);
    expect(offered(half('pick 3 k in Node by <|>'))).toEqual(expect.arrayContaining(['Client', 'Log']));
    expect(offered(half('pick some k in Node by Client.<|>'))).toContain('keys');
    expect(offered(half('pick some k in Node by Client.keys { Client.keys -> Node[<|>] }'))).toContain('k');
  });

  test('it is laid out, and read again', () => {
    expect(
      format(
        'choreography C(A(ks: list<int>), Node[n >= 3]) { pick   some  k in Node[ 0 until n ]  by A . ks->Node{\nA.ks->Node[ k ].y}\npick  3  k in Node by A.ks->Node{\nA.ks->Node[ k ].y} }\n',
      ),
    ).toBe(
      'choreography C(A(ks: list<int>), Node[n >= 3]) {\n  pick some k in Node[0 until n] by A.ks -> Node {\n    A.ks -> Node[k].y\n  }\n  pick 3 k in Node by A.ks -> Node {\n    A.ks -> Node[k].y\n  }\n}\n',
    );
    expect(
      format(
        'network N(Node[n >= 3]) { process A(ks: list<int>) { pick  some k in Node by ks{send ks to Node[k]} } process Node[i] { receive from A { picked[ 3  k in Node ]{ } } } }\n',
      ),
    ).toContain('picked[3 k in Node] {}');
  });

  test('`some` is a name elsewhere', () => {
    expect(
      problems(
        'choreography C(some(x: int), Node[n >= 1]) {\n  pick some in Node by some.x -> Node { some.some(x) -> Node[some].y }\n}\n',
      ),
    ).toEqual([]);
  });
});

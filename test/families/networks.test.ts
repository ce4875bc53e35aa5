// Networks with families written by hand: explored at some sizes, which their verdicts name.
import { describe, expect, test } from 'vitest';
import { shortVerdict } from '../../language/features/words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { fixed, uri, workspaceOf } from '../typing/helpers.js';

const verdicts = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);
const errors = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`);

const ring = (header: string, first: string): string => `network Ring(Node[${header}]) {
  process Node[i] {
    when ${first} {
      send 0 to Node[1]
      receive token from Node[n - 1]
    } else {
      receive token from Node[i - 1]
      send token + 1 to Node[(i + 1) % n]
    }
  }
}`;

describe('a ring', () => {
  test('in which one begins is proved with the sizes that were tried', () => {
    expect(verdicts(ring('n >= 2', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 2 and 3 members']);
    expect(verdicts(ring('n >= 2 = 5', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 2, 3 and 5 members']);
    expect(verdicts(ring('n >= 4', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 4 members']);
  });

  test('in which nobody begins is refuted with the least size', () => {
    const text = `network Ring(Node[n >= 2]) {
  process Node[i] {
    receive token from Node[(i + n - 1) % n]
    send token + 1 to Node[(i + 1) % n]
  }
}`;
    expect(verdicts(text)).toEqual(['Ring: refuted with 2 members']);
    expect(errors(text)[0]).toMatch(/^deadlock: Node\[0\] and Node\[1\] wait for each other/);
  });
});

const chain = `choreography Chain(Client(entry: int), Node[n >= 1]) {
  Client.entry -> Node[0].entry
  for i in 0 until n - 1 { Node[i].entry -> Node[i + 1].entry }
  Node[n - 1].entry -> Client.done
}
`;
const node = (last: string): string => `${chain}network Hand implements Chain {
  process Node[i] {
    when i == 0 { receive entry from Client } else { receive entry from Node[i - 1] }
    when i < n - 1 { send entry to Node[i + 1] } else { ${last} }
  }
}`;

describe('a network that implements a choreography with families', () => {
  test('is compared at each size', () => {
    expect(errors(node('send entry to Client'))).toEqual([]);
    expect(verdicts(node('send entry to Client'))).toEqual([
      'Chain: deadlock-free',
      'Hand: proved free of deadlock with 2 and 3 members',
    ]);
    expect(errors(node('')).length).toBeGreaterThan(0);
    expect(verdicts(node(''))).toContain('Hand: refuted with 2 members');
  });
});

describe('several processes of one family', () => {
  const first = '  process Node[0] {\n    send 0 to Node[1]\n    receive token from Node[n - 1]\n  }\n';
  const others = (from: string): string =>
    `  process Node[i in ${from} until n] {\n    receive token from Node[i - 1]\n    send token + 1 to Node[(i + 1) % n]\n  }\n`;
  test('are explored together', () => {
    expect(errors(`network Ring(Node[n >= 2]) {\n${first}${others('1')}}`)).toEqual([]);
    expect(verdicts(`network Ring(Node[n >= 2]) {\n${first}${others('1')}}`)).toEqual([
      'Ring: proved free of deadlock with 2 and 3 members',
    ]);
  });
  test('are each of other members, and of all', () => {
    expect(errors(`network Ring(Node[n >= 2]) {\n${first}${others('2')}}`)[0]).toBe(
      'wrong-members: If `n` is 3, Node[1] has no process. Write one for it, or give another one more members.'.replace(
        '3',
        '2',
      ),
    );
    expect(errors(`network Ring(Node[n >= 2]) {\n${first}${first}${others('1')}}`)[0]).toMatch(/^duplicate-name: /);
    expect(errors(`network Ring(Node[n >= 2]) {\n${first}}`)[0]).toMatch(
      /^wrong-members: If `n` is 2, Node\[1\] has no process\./,
    );
  });
});

describe('what is too large to be written out', () => {
  test('is not decided, and says why', () => {
    const many =
      'network Many(F[1000000]) {\n  process A {\n    send 1 to F: m\n  }\n  process F[i] {\n    receive y from A: m\n  }\n}';
    expect(verdicts(many)).toEqual(['Many: holds as far as it is known with 1000000 members']);
    const long =
      'network Long {\n  process A {\n    for i in 0 until 1000000000 {\n      send 1 to B: m\n    }\n  }\n  process B {\n    receive y from A: m\n  }\n}';
    expect(verdicts(long)).toEqual(['Long: holds as far as it is known']);
  });
  test('and loops over numbers are explored without families, too', () => {
    const counted = (n: number): string =>
      `network Counted {\n  process A {\n    for i in 0 until 3 {\n      send i to B: m\n    }\n  }\n  process B {\n    for i in 0 until ${n} {\n      receive y from A: m\n    }\n  }\n}`;
    expect(verdicts(counted(3))).toEqual(['Counted: proved free of deadlock']);
    expect(verdicts(counted(4))).toEqual(['Counted: refuted']);
  });
});

test('a header has no single roles', () => {
  const text =
    'network N(Master, Worker[w]) {\n  process Master {\n    send 1 to Worker\n  }\n  process Worker[i] {\n    receive x from Master\n  }\n}\n';
  expect(errors(text)).toEqual([
    'syntax-error: A network’s header says what no process says: its families, as in `Master[n]`, and values that all know, as in `rounds: int`. `Master` has its process: leave it out here.',
  ]);
  expect(fixed(text, 'syntax-error')['Leave out `Master`']).toContain('network N(Worker[w]) {');
});

test('what one member sends besides is nothing that all have agreed on', () => {
  expect(
    errors(`choreography Both(A, Node[n >= 1](x: int)) {
  Node.x -> A.xs
  Node[0]."first" -> A.y
}
network Hand implements Both {
  process Node[i](x: int) {
    send x to A
    when i == 0 { send "first" to A }
  }
}
`),
  ).toEqual([]);
});

describe('what members bring each other', () => {
  const body = (sent: string): string => `network Ring(Node[n >= 2]) {
  process Node[i] {
    when i == 0 {
      send 0 to Node[1]: token
      receive y from Node[n - 1]: token
      use(y)
    } else {
      receive y from Node[i - 1]: token
      send ${sent} to Node[(i + 1) % n]: token
      use(y)
    }
  }
}
extern use(x: int)
`;
  test('is of the type that it is used as', () => {
    expect(errors(body('y + 1'))).toEqual([]);
    expect(errors(body('"x"'))).toEqual([
      'payload-mismatch: Node[1] sends a `string` at line 9, but Node[0] takes `y` as an `int`. Send what is expected, or change the annotation.',
    ]);
    expect(verdicts(body('"x"'))).toEqual(['Ring: refuted with 2 members']);
  });
  test('also where others go through them', () => {
    const hub = (sent: string): string =>
      `network Hub(Node[n >= 2]) {\n  process Hub {\n    for i in Node { send ${sent} to Node[i] }\n  }\n  process Node[i] {\n    receive y from Hub\n    use(y)\n  }\n}\nextern use(x: int)\n`;
    expect(errors(hub('i'))).toEqual([]);
    expect(errors(hub('"x"')).length).toBeGreaterThan(0);
  });
});

describe('with values that all know', () => {
  const text = `choreography Down(A, B, Node[1], left: int) {
  A -> B: x
  B -> Node: y
  if A.left > 0, B.left > 0, Node.left > 0 { do Down(B, A, Node, left - 1) } else { A -> B: over }
}
`;
  test('calls give them at each size: the projection of one that calls itself is right', () => {
    expect(errors(text)).toEqual([]);
    const process = (own: string, before: string, after: string): string =>
      `  process ${own} {\n    ${before}\n    if left > 0 { do Down_Network(B, A, Node, left - 1) }${after}\n  }\n`;
    const network = `${text}network Down_Network implements Down {
${process('A', 'send to B: x', ' else { send to B: over }')}${process('B', 'receive from A: x send to Node: y', ' else { receive from A: over }')}${process('Node[i]', 'receive from B: y', '')}}
`;
    expect(errors(network)).toEqual([]);
    expect(verdicts(network)).toEqual(['Down: deadlock-free', 'Down_Network: proved free of deadlock with 1 member']);
  });
  test('so do calls of networks without a choreography', () => {
    const hand = (guard: string): string => `network Main(Node[n >= 1], loud: bool) {
  process A { do Say(A, Node, loud) }
  process Node[i] { do Say(A, Node, ${guard}) }
}
network Say(Node[n >= 1], shout: bool) {
  process A { if shout { send to Node: loud } }
  process Node[i] { if shout { receive from A: loud } }
}
`;
    expect(errors(hand('loud'))).toEqual([]);
    expect(errors(hand('not loud')).join()).toMatch(/unmatched-/);
  });
});

describe('what is sent by one label', () => {
  const text = (header: string, one: string, member: string): string =>
    `extern use(x: int)\nnetwork N(Node[n >= 2]) {\n  process A {\n    ${one}\n  }\n  process Node[i] {\n    ${member}\n  }\n}\n${header}`;
  test('may be of another type for some members than for all', () => {
    for (const [one, member] of [
      [
        'send 1 to Node send (1, 2) to Node[0]',
        'receive x from A when i == 0 { receive (y, z) from A use(y + z) } use(x)',
      ],
      [
        'receive x from Node[0] receive (y, z) from Node[0] receive xs from Node use(x + y + z + sum(xs))',
        'when i == 0 { send 1 to A send (1, 2) to A } send 1 to A',
      ],
    ] as const) {
      expect(errors(text('', one, member))).toEqual([]);
      expect(verdicts(text('', one, member))).toEqual(['N: proved free of deadlock with 2 and 3 members']);
    }
  });
  test('is of the type that is sent, whichever members are meant', () => {
    expect(errors(text('', 'receive x from Node[0] use(x)', 'when i == 0 { send "a" to A }'))).toEqual([
      expect.stringMatching(/^type-mismatch: /),
    ]);
  });
});

test('which place of a call a member takes is known where its number is', () => {
  const call = (
    first: string,
    last: string,
  ): string => `choreography Give(From(x: int), To[t >= 1](y: int)): int@To, string@From {
  From.x -> To.z: give
  To.(y + z) -> From.ys: back
  return To.(y * z), From.toString(sum(ys))
}
network N(Node[n >= 2]) {
  process Node[i] {
    when i == n - 1 {
      word = do Give(Node[n - 1](${last}), Node[0 until n - 1])
      use(length(word))
    } else {
      q = do Give(Node[n - 1], Node[0 until n - 1](${first}))
      use(q)
    }
  }
}
extern use(x: int)
`;
  expect(errors(call('i', '2'))).toEqual([]);
  expect(verdicts(call('i', '2'))).toContain('N: proved free of deadlock with 2 and 3 members');
  expect(errors(call('', '')).map((each) => each.split(':')[0])).toEqual(['wrong-arguments', 'wrong-arguments']);
});

describe('a `when` on what only the process knows', () => {
  test.each(['x == 0', 'i == x', 'x > 0 and i == 0', 'not (xs[0] == i)', 'even(i)', 'flag'])(
    'is told: %s',
    (condition) => {
      const text = `extern num(): int
extern even(i: int): bool
network N(Node[n >= 2]) {
  process A { receive y from Node }
  process Node[i](flag: bool) {
    x = num()
    xs = [x]
    when ${condition} { send 1 to A } else { send xs[0] to A }
  }
}
`;
      expect(errors(text).filter((each) => each.startsWith('wrong-members')).length).toBe(1);
      expect(fixed(text, 'wrong-members')['Decide with `if`']).toContain(`if ${condition} {`);
    },
  );
  test('is none of sizes, numbers and what is left of them', () => {
    expect(errors(ring('n >= 2', '(i + n) % n == 0'))).toEqual([]);
    expect(errors(ring('n >= 2', 'not (i > 0) and n > 1'))).toEqual([]);
  });
});

test('a member for which its process has nothing is not said to have an empty one', () => {
  expect(
    errors(
      'network N(Node[n >= 2]) {\n  process Hub { for i in 1 until n { send i to Node[i] } }\n  process Node[i] { when i > 1 { receive x from Hub } }\n}\n',
    )[0],
  ).toContain('Node[1] does nothing, its process has nothing for its number.');
});

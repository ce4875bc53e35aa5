// The repairs that are offered for networks with families: of all members at once, as they have one text.
import { describe, expect, test } from 'vitest';
import { fixed } from '../typing/helpers.js';

const star = (hub: string, node: string): string => `network Star(Node[n >= 2]) {
  process Hub {
${hub}  }
  process Node[i] {
${node}  }
}
extern print(xs: list<int>)
extern use(x: int)
`;

const ring = (body: string): string => `network Ring(Node[n >= 2]) {
  process Node[i] {
${body}  }
}
extern use(x: int)
`;

describe('a message', () => {
  const node = '    receive x from Hub\n    send x + i to Hub: answer\n';
  test('gets the label that the other end has', () => {
    const hub = '    send 1 to Node\n    receive xs from Node: answer\n    print(xs)\n';
    expect(
      fixed(star(hub, node.replace('answer', 'anser')), 'label-mismatch')['Send `answer` instead of `anser`'],
    ).toBe(star(hub, node));
  });
  test('is received first where it comes first', () => {
    const hub = '    for i in Node { send 1 to Node[i]: one }\n    send 2 to Node: two\n';
    expect(
      fixed(star(hub, '    receive y from Hub: two\n    receive x from Hub: one\n    use(x + y)\n'), 'label-mismatch')[
        'Let Node receive `one` first'
      ],
    ).toBe(star(hub, '    receive x from Hub: one\n    receive y from Hub: two\n    use(x + y)\n'));
  });
  test('is sent where members wait for it', () => {
    const hub = '    send 1 to Node: one\n';
    expect(
      fixed(
        star(hub, '    receive x from Hub: one\n    receive y from Hub: two\n    use(x + y)\n'),
        'unmatched-receive',
      )['Add `send 0 to Node: two` to Hub, at its end'],
    ).toBe(
      star(
        `${hub}    send 0 to Node: two\n`,
        '    receive x from Hub: one\n    receive y from Hub: two\n    use(x + y)\n',
      ),
    );
  });
  test('is received by each member, or not sent', () => {
    const own = '    receive x from Hub: one\n    use(x)\n';
    const offered = fixed(star('    send 1 to Node: one\n    send 2 to Node: two\n', own), 'unmatched-send');
    expect(offered['Add `receive from Hub: two` to Node, at its end']).toBe(
      star('    send 1 to Node: one\n    send 2 to Node: two\n', `${own}    receive from Hub: two\n`),
    );
    expect(offered['Remove this `send` from Hub']).toBe(star('    send 1 to Node: one\n', own));
  });
  test('that no member needs is not waited for', () => {
    const text = star(
      '    send 1 to Node: one\n',
      '    receive x from Hub: one\n    use(x)\n    receive from Hub: two\n',
    );
    expect(fixed(text, 'unmatched-receive')['Remove this `receive` from Node']).toBe(
      star('    send 1 to Node: one\n', '    receive x from Hub: one\n    use(x)\n'),
    );
  });
});

describe('a member is named', () => {
  test('as in a loop through all', () => {
    const hub = (one: string, all = ''): string => `    for i in Node {\n      send i to Node[i]\n${one}    }\n${all}`;
    const node = '    receive y from Hub\n    send y to Hub: back\n';
    const offered = Object.values(fixed(star(hub(''), node), 'unmatched-send'));
    expect(offered).toContain(star(hub('      receive y from Node[i]: back\n'), node));
    expect(offered).toContain(star(hub('', '    receive y from Node: back\n'), node));
  });
  test('as a neighbour', () => {
    const body = (last: string): string =>
      `    when i == 0 {\n      send 0 to Node[1]: token\n      receive y from Node[n - 1]: token\n      use(y)\n    } else {\n      receive y from Node[i - 1]: token\n      use(y)\n${last}    }\n`;
    expect(Object.values(fixed(ring(body('')), 'unmatched-receive'))).toContain(
      ring(body('      send 0 to Node[(i + 1) % n]: token\n')),
    );
  });
});

describe('members that all wait for each other', () => {
  test('send first, where what they send does not depend on it', () => {
    expect(
      fixed(
        ring('    receive x from Node[(i + n - 1) % n]\n    send i to Node[(i + 1) % n]\n    use(x)\n'),
        'deadlock',
      )['Let Node send to Node[(i + 1) % n] before it receives'],
    ).toBe(ring('    send i to Node[(i + 1) % n]\n    receive x from Node[(i + n - 1) % n]\n    use(x)\n'));
  });
  test('else one of them begins', () => {
    const offered = fixed(
      ring('    receive x from Node[(i + n - 1) % n]\n    use(x)\n    send x + 1 to Node[(i + 1) % n]\n'),
      'deadlock',
    );
    expect(Object.keys(offered)[0]).toBe('Let Node[0] send to Node[(i + 1) % n] before it receives');
    expect(Object.values(offered)[0]).toBe(
      ring(`    when i == 0 {
      send 0 to Node[(i + 1) % n]
      receive x from Node[(i + n - 1) % n]
      use(x)
    } else {
      receive x from Node[(i + n - 1) % n]
      use(x)
      send x + 1 to Node[(i + 1) % n]
    }
`),
    );
  });
});

describe('in a network that implements a choreography', () => {
  const chain = `choreography Chain(Client(entry: string), Node[n >= 2]) {
  Client.entry -> Node[0].entry
  for i in 0 until n - 1 {
    Node[i].entry -> Node[i + 1].entry
  }
  Node[n - 1].entry -> Client.done
}
`;
  const node = (label: string): string => `${chain}network Mine implements Chain {
  process Node[k] {
    when k == 0 {
      receive entry from Client
    } else {
      receive entry from Node[k - 1]
    }
    when k < n - 1 {
      send entry to Node[k + 1]${label}
    } else {
      send entry to Client
    }
  }
}
`;
  test('a member has the choreography’s messages, by its own number', () => {
    expect(
      fixed(node(': down'), 'label-mismatch')[
        'Change `send entry to Node[k + 1]: down` to `send entry to Node[k + 1]`, as `Chain` says'
      ],
    ).toBe(node(''));
  });
  test('what a single role does with members is put in order', () => {
    const client = (one: string, two: string): string =>
      `${chain}network Mine implements Chain {\n  process Client(entry: string) {\n    ${one}\n    ${two}\n  }\n}\n`;
    const [send, receive] = ['send entry to Node[0]', 'receive done from Node[n - 1]'];
    expect(Object.values(fixed(client(receive, send), 'deadlock'))).toContain(client(send, receive));
  });
});

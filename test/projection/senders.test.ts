// Roles that wait for whoever of several sends: where they may, and what is told where one message may overtake
// another.
import { describe, expect, test } from 'vitest';
import { diagnosticsIn } from '../../language/rules/render.js';
import { uri, workspaceOf } from '../typing/helpers.js';
import { roleText } from './helpers.js';

const found = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity === 'error')
    .map(
      ({ code, message, origin }) => `${code} at line ${text.slice(0, origin.start).split('\n').length}: ${message}`,
    );

const store = (
  answer: string,
): string => `choreography Store(Client(read: bool, key: string), server Head, server Tail) {
  rec Serve {
    Client.read = not read
    if Client.read {
      Client.key -> Tail.key: read
      Tail.key -> Client.value
      continue Serve
    } else {
      Client.key -> Head.entry: write
      Head.entry -> Tail.entry: write
      ${answer}
      continue Serve
    }
  }
}
`;

describe('a role may wait for several senders', () => {
  test('where whoever sends next has heard that it got the first message', () => {
    const text = store('Tail -> Client: written');
    expect(found(text)).toEqual([]);
    expect(roleText(text, 'Tail')).toBe(`server process Tail {
  rec Serve {
    receive {
      read(key) from Client {
        send key to Client
      }
      write(entry) from Head {
        send to Client: written
      }
    }
    continue Serve
  }
}
`);
  });

  test('but not where one may overtake the other, which is told', () => {
    expect(found(store(''))).toEqual([
      'knowledge-of-choice at line 4: Tail can’t tell whether Client chose `read` or `write`: it gets `read` from Client in one branch and `write` from Head in the other. ' +
        'Client may send `read` before it can know that Tail got `write` from Head. Tell Tail the choice, or send it a first message from the same sender in both branches.',
    ]);
  });

  test('where what it hears of comes by others', () => {
    expect(
      found(`choreography Around(A(n: int), B, C, D) {
  if A.n > 0 {
    A -> C: one
    A -> B: one
    C -> D: one
  } else {
    A -> B: two
    B -> C: two
    C -> D: two
  }
  D -> B: on
  B -> C: two
}
`),
    ).toEqual([]);
  });

  test('in a loop, which is left by the one and gone round by the other', () => {
    const text = `choreography Count(A(n: int), B, C) {
  while A.n > 0 {
    A.n = n - 1
    A -> B: more
    B -> C: more
    C -> A: ok
  }
  A -> B: end
  A -> C: end
}
`;
    expect(found(text)).toEqual([]);
    expect(roleText(text, 'C')).toBe(`process C {
  rec Loop {
    receive {
      more from B {
        send to A: ok
        continue Loop
      }
      end from A {}
    }
  }
}
`);
  });
});

describe('what follows a call', () => {
  const sub = `choreography Sub(A(n: int), B, C) {
  if A.n > 0 {
    A -> C: left
    A -> B: left
  } else {
    A -> B: right
    B -> C: right
  }
}
`;
  test.each([
    ['an answer comes before', 'C -> B: thanks\n  B -> C: right'],
    ['it is another message', 'B -> C: other'],
    ['nothing follows', ''],
  ])('is well where %s', (_, rest) => {
    expect(found(`${sub}choreography Main(A(n: int), B, C) {\n  do Sub(A(n), B, C)\n  ${rest}\n}\n`)).toEqual([]);
  });

  test.each([
    ['a message', 'B -> C: right'],
    ['the same call', 'do Sub(A(n), B, C)'],
    ['a loop', 'rec X {\n    B -> C: right\n    continue X\n  }'],
  ])('is told at the call where %s may overtake', (_, rest) => {
    expect(found(`${sub}choreography Main(A(n: int), B, C) {\n  do Sub(A(n), B, C)\n  ${rest}\n}\n`)).toEqual([
      'knowledge-of-choice at line 11: C can’t tell whether A chose `left` or `right`: it gets `left` from A in one branch and `right` from B in the other. ' +
        'B may send `right` before it can know that C got `left` from A. Tell C the choice, or send it a first message from the same sender in both branches.',
    ]);
  });

  test('is looked at through calls in calls, with the roles that play there', () => {
    const outer = `${sub}choreography Outer(P(n: int), Q, R) {\n  do Sub(P(n), Q, R)\n}\n`;
    expect(
      found(`${outer}choreography Main(X(n: int), Y, Z) {\n  do Outer(X(n), Y, Z)\n  Z -> Y: on\n  Y -> Z: right\n}\n`),
    ).toEqual([]);
    expect(
      found(`${outer}choreography Main(X(n: int), Y, Z) {\n  do Outer(X(n), Y, Z)\n  Y -> Z: right\n}\n`).map((each) =>
        each.slice(0, 30),
      ),
    ).toEqual(['knowledge-of-choice at line 14']);
  });

  test('is looked at again when it, or what is called, is edited', () => {
    const main = (rest: string): string =>
      `choreography Main(A(n: int), B, C) {\n  do Sub(A(n), B, C)\n  A -> B: on\n  ${rest}\n}\n`;
    const workspace = workspaceOf(`${main('B -> C: other')}${sub}`);
    const errors = (text: string): number => {
      workspace.set(uri, text);
      return diagnosticsIn(workspace, uri).filter(({ severity }) => severity === 'error').length;
    };
    expect(errors(`${main('B -> C: other')}${sub}`)).toBe(0);
    expect(errors(`${main('B -> C: right')}${sub}`)).toBe(1);
    expect(errors(`${main('B -> C: right')}${sub.replace('B -> C: right', 'B -> C: further')}`)).toBe(0);
    expect(errors(`${main('B -> C: further')}${sub.replace('B -> C: right', 'B -> C: further')}`)).toBe(1);
    expect(errors(`${main('B -> C: right')}${sub.replace('B -> C: right', 'B -> C: further')}`)).toBe(0);
    expect(errors(`// moved\n${main('B -> C: right')}${sub}`)).toBe(1);
  });
});

// Members of families, and others beside them, that wait for whoever of several sends: for any size, where no message
// can overtake another; and rounds of loops in which others alone do something.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnosticsIn } from '../../language/rules/render.js';
import { holds, runsOf } from '../property.js';
import { workspaceOf } from '../typing/helpers.js';
import { atSize, read, roleText, uri } from './helpers.js';

const errors = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`);

/** A chain that serves reads at its end. */
const chain = (
  answer: string,
  least = 2,
): string => `choreography Store(Client(key: string), server Node[n >= ${least}]) {
  rec Serve {
    if Client.wants() {
      Client.key -> Node[n - 1].key: read
      Node[n - 1].key -> Client.found
      continue Serve
    } else {
      Client.key -> Node[0].key: write
      for i in 0 until n - 1 { Node[i].key -> Node[i + 1].key: write }
      ${answer}
      continue Serve
    }
  }
}
extern wants(): bool
`;

/** What goes to all at once, or through the first one. */
const star = (answer: string): string => `choreography Star(Client, server Node[n >= 2]) {
  rec Serve {
    if Client.wants() {
      for i in Node { Client.value() -> Node[i].x: direct }
      for i in Node { Node[i] -> Client: ok }
      continue Serve
    } else {
      Client.value() -> Node[0].x: first
      for i in 1 until n { Node[0].x -> Node[i].x: passed }
      ${answer}
      continue Serve
    }
  }
}
extern wants(): bool
extern value(): int
`;

/** Up or down a chain, as one or the other wants. */
const both = (answer: string): string => `choreography Both(Client, server Node[n >= 2], Other) {
  rec Serve {
    if Client.wants() -> Other {
      Client.value() -> Node[0].x: down
      for i in 0 until n - 1 { Node[i].x -> Node[i + 1].x: down }
      Node[n - 1] -> Other: done
      ${answer}
      continue Serve
    } else {
      Other.value() -> Node[n - 1].x: up
      for i in 0 until n - 1 { Node[n - 1 - i].x -> Node[n - 2 - i].x: up }
      Node[0] -> Client: done
      continue Serve
    }
  }
}
extern wants(): bool
extern value(): int
`;

describe('a member may wait for whoever sends', () => {
  test('where whoever sends next has heard that it got the first message, through all others', () => {
    expect(errors(chain('Node[n - 1] -> Client: stored'))).toEqual([]);
    expect(roleText(chain('Node[n - 1] -> Client: stored'), 'Node')).toBe(`server process Node[j] {
  rec Serve {
    when j == n - 1 {
      receive {
        read(key) from Client {
          send key to Client
        }
        write(key) from Node[j - 1] {
          send to Client: stored
        }
      }
    } else {
      when j == 0 {
        receive key from Client: write
      } else {
        receive key from Node[j - 1]: write
      }
      send key to Node[j + 1]: write
    }
    continue Serve
  }
}
`);
  });

  test('where a family of one has one who sends', () => {
    expect(errors(chain('Node[n - 1] -> Client: stored', 1))).toEqual([]);
  });

  test.each(['', 'Node[0] -> Client: stored'])(
    'but not where one may overtake the other, which is told (%s)',
    (answer) => {
      expect(errors(chain(answer))).toEqual([
        'knowledge-of-choice: Node can’t tell whether `wants()` holds at Client: it gets `read` from Client in one branch and `write` from Node[j - 1] in the other. Client may send `read` before it can know that Node got `write` from ' +
          'Node[j - 1]. Tell Node the choice, or send it a first message from the same sender in both branches.',
      ]);
    },
  );

  test('where all answer, one after the other or together', () => {
    expect(errors(star('for i in 1 until n { Node[i] -> Client: ok }'))).toEqual([]);
    expect(
      errors(
        star('Node[1 until n].value() -> Client.xs: ok\n Client.show(xs)\n').concat('extern show(xs: list<int>)\n'),
      ),
    ).toEqual([]);
  });

  test.each(['Node[0] -> Client: ok', 'for i in 1 until n - 1 { Node[i] -> Client: ok }', 'Node[1] -> Client: ok'])(
    'but not where some do not (%s)',
    (answer) => {
      expect(errors(star(answer)).map((each) => each.slice(0, 40))).toEqual([
        'knowledge-of-choice: Node can’t tell whe',
      ]);
    },
  );

  test('from both sides', () => {
    expect(errors(both('Other -> Client: ok'))).toEqual([]);
    expect(roleText(both('Other -> Client: ok'), 'Node')).toContain(`      receive {
        down(x) from Node[j - 1] {
          send x to Node[j + 1]: down
        }
        up(x) from Node[j + 1] {
          send x to Node[j - 1]: up
        }
      }
`);
  });

  test('where members that are named differently may be one, its labels tell what it sends', () => {
    const text = (label: string): string => `choreography Two(A, server B, server Node[n >= 2]) {
  if A.wants() {
    A -> Node[0]: go
    Node[0] -> B: ${label}
  } else {
    A -> Node[n - 1]: go
    Node[n - 1].value() -> B.x: other
  }
}
extern wants(): bool
extern value(): int
`;
    expect(errors(text('one'))).toEqual([]);
    const maybe = text('other')
      .replace('n >= 2', 'n >= 1')
      .replace('    Node[0] -> B: other', '    Node[0].value() -> B.y: other');
    expect(errors(maybe).map((each) => each.slice(0, 36))).toEqual(['knowledge-of-choice: B can’t tell wh']);
  });
});

describe('at each size', () => {
  test.each([
    ['a chain', chain('Node[n - 1] -> Client: stored')],
    ['a chain of one', chain('Node[n - 1] -> Client: stored', 1)],
    ['a star', star('for i in 1 until n { Node[i] -> Client: ok }')],
    ['both ways', both('Other -> Client: ok')],
  ])('%s is as if it were written out', (_, text) => {
    const whole = read(text);
    for (let size = 1; size <= 5; size++) {
      const found = atSize(whole, size);
      expect(found.wrong).toBe(false);
      if (!found.same) expect(found.own).toBe(found.unrolled);
    }
  });
});

describe('what a call leaves to what follows it', () => {
  const sub = `choreography Sub(A, server B, server C) {
  if A.wants() {
    A -> C: left
    A -> B: left
  } else {
    A -> B: right
    B -> C: right
  }
}
extern wants(): bool
`;
  const ends = (text: string): string => `${text}choreography End(A, server B, server Node[n >= 2]) {
  if A.wants() {
    A -> Node[n - 1]: left
    A -> B: left
  } else {
    A -> B: right
    B -> Node[n - 1]: right
  }
}
`;
  test.each([
    ['a message of another family between', 'A -> Node: hello', true],
    ['nothing of these', 'Node[0] -> C: hello', true],
    ['one that may overtake', 'B -> C: right', false],
    ['one that may overtake, in a loop', 'for i in Node { B -> C: right }', false],
    ['one behind an answer', 'C -> B: on\n  B -> C: right', true],
  ])('is looked at where families are: %s', (_, rest, well) => {
    expect(
      errors(
        `${sub}choreography Main(A, server B, server C, server Node[m >= 1]) {\n  do Sub(A, B, C)\n  A -> Node: hello\n  ${rest}\n}\n`,
      ).length,
    ).toBe(well ? 0 : 1);
  });

  test.each([
    ['another member', 'B -> Node[0]: right', true],
    ['the same one', 'B -> Node[n - 1]: right', false],
    ['one that may be the same', 'for i in Node { B -> Node[i]: right }', false],
    ['the same one behind an answer', 'Node[n - 1] -> B: on\n  B -> Node[n - 1]: right', true],
    ['the same one behind another’s answer', 'Node[0] -> B: on\n  B -> Node[n - 1]: right', false],
  ])('is looked at for members of the callee: %s', (_, rest, well) => {
    expect(
      errors(
        `${ends('extern wants(): bool\n')}choreography Main(A, server B, server Node[n >= 2]) {\n  do End(A, B, Node)\n  ${rest}\n}\n`,
      ).length,
    ).toBe(well ? 0 : 1);
  });

  test('is looked at for a part of a family', () => {
    const main = (rest: string): string =>
      `${ends('extern wants(): bool\n')}choreography Main(A, server B, server Node[n >= 3]) {\n  do End(A, B, Node[0 until n - 1])\n  ${rest}\n}\n`;
    expect(errors(main('B -> Node[n - 1]: right'))).toEqual([]);
    expect(errors(main('B -> Node[n - 2]: right')).length).toBe(1);
  });
});

describe('a round in which others alone do something', () => {
  test('leads a member back to where it waits', () => {
    expect(
      roleText(
        `choreography Told(A, Node[n >= 2]) {
  rec Next {
    if A.wants() -> Node[0] {
      A.value() -> Node[0].x
      continue Next
    }
  }
  A.value() -> Node.x
}
`,
        'Node',
      ),
    ).toBe(`process Node[i] {
  rec Next {
    when i == 0 {
      receive from A {
        yes {
          receive x from A
          continue Next
        }
        no {}
      }
    }
  }
  receive x from A
}
`);
  });
});

/** Decisions in a loop of which nobody is told, and what follows them, each branch with labels of its own or not. */
const untold = ((): fc.Arbitrary<string> => {
  const step = (labels: readonly string[]): fc.Arbitrary<string> =>
    fc
      .constantFrom(...labels)
      .chain((l) =>
        fc.constantFrom(
          `A -> Node[0]: ${l}`,
          `A -> Node[n - 1]: ${l}`,
          `A -> B: ${l}`,
          `B -> Node[0]: ${l}`,
          `B -> Node[n - 1]: ${l}`,
          `B -> A: ${l}`,
          `Node[0] -> A: ${l}`,
          `Node[n - 1] -> A: ${l}`,
          `Node[0] -> B: ${l}`,
          `Node[n - 1] -> B: ${l}`,
          `A -> Node: ${l}`,
          `Node -> A: ${l}`,
          `Node -> B: ${l}`,
          `for i in 0 until n - 1 { Node[i] -> Node[i + 1]: ${l} }`,
          `for i in 0 until n - 1 { Node[n - 1 - i] -> Node[n - 2 - i]: ${l} }`,
          `for i in Node { A -> Node[i]: ${l} }`,
          `for i in Node { Node[i] -> A: ${l} }`,
          `for i in 1 until n { Node[i] -> B: ${l} }`,
          `for i in 1 until n { B -> Node[i]: ${l} }`,
          `for i in Node { Node[i] -> Node[(i + 1) % n]: ${l} }`,
          `for i in 1 until n { Node[0] -> Node[i]: ${l}\nNode[i] -> Node[0]: ${l} }`,
          `for i in Node { A -> Node[i]: ${l}\nNode[i] -> B: ${l} }`,
        ),
      );
  // Whoever begins in a branch is told of it by who decides, or by one who is.
  const begins = (l: string): fc.Arbitrary<string> =>
    fc.constantFrom(
      `A -> Node[0]: ${l}\nfor i in 0 until n - 1 { Node[i] -> Node[i + 1]: ${l} }`,
      `A -> Node[n - 1]: ${l}\nfor i in 0 until n - 1 { Node[n - 1 - i] -> Node[n - 2 - i]: ${l} }`,
      `A -> B: ${l}\nB -> Node: ${l}`,
      `A -> Node: ${l}`,
      `A -> B: ${l}\nfor i in Node { B -> Node[i]: ${l} }`,
      `A -> Node[0]: ${l}\nfor i in 1 until n { Node[0] -> Node[i]: ${l} }`,
      `A -> Node[n - 1]: ${l}`,
      `A -> B: ${l}\nB -> Node[n - 1]: ${l}`,
      `A -> Node[0]: ${l}\nNode[0] -> B: ${l}`,
      `A -> B: ${l}`,
      '',
    );
  const answers = fc.constantFrom(
    '',
    'Node -> A: ok',
    'Node[n - 1] -> A: ok',
    'Node[0] -> A: ok',
    'for i in Node { Node[i] -> A: ok }',
    'Node -> A: ok\nB -> A: ok',
    'for i in Node { Node[i] -> B: ok }\nB -> A: ok',
    'B -> A: ok',
  );
  const branch = (labels: readonly string[]): fc.Arbitrary<string> =>
    fc
      .tuple(
        begins(labels[0] ?? ''),
        fc.array(step(labels), { maxLength: 1 }),
        answers,
        fc.constantFrom('continue Next', 'continue Next', ''),
      )
      .map((parts) => parts.flat().join('\n'));
  return fc
    .tuple(
      branch(['a', 'b']),
      branch(['c', 'd']),
      fc.array(step(['a', 'c', 'e']), { maxLength: 1 }),
      fc.boolean(),
      fc.constantFrom(1, 2, 3),
    )
    .map(([one, two, after, loops, least]) => {
      const decision = `if A.wants() {\n${one}\n} else {\n${two}\n}`;
      return `choreography Any(A, server B, server Node[n >= ${least}]) {\n${loops ? `rec Next {\n${decision}\n}` : decision.replaceAll('continue Next', '')}\n${after.join('\n')}\n}\nextern wants(): bool\n`;
    });
})();

test('what projects for every size, projects for each', async () => {
  let [right, several] = [0, 0];
  await holds(
    [untold],
    (text) => {
      const whole = read(text);
      if (whole.projected.findings.some(({ severity }) => severity === 'error')) return;
      right++;
      if (roleText(text, 'Node').includes('receive {') || roleText(text, 'B').includes('receive {')) several++;
      for (let size = 1; size <= 5; size++) expect(atSize(whole, size).wrong, `${text}\nat ${size}`).toBe(false);
    },
    { numRuns: runsOf(1_000) },
  );
  expect(right).toBeGreaterThan(50);
  expect(several).toBeGreaterThan(5);
}, 300_000);

describe('a loop in which only others do something', () => {
  const loop = (more: string, other = ''): string =>
    `choreography Any(A, server B, server Node[n >= 1]) {\n  rec Next {\n    if A.wants() {\n      A -> B: a\n      ${other}\n      continue Next\n    } else {\n      A -> B: c\n      ${more}\n      continue Next\n    }\n  }\n}\nextern wants(): bool\n`;
  test('is gone round by those alone who take part in it', () => {
    const text = loop('A -> Node[0]: c');
    expect(errors(text)).toEqual([]);
    expect(roleText(text, 'Node')).toBe(
      'server process Node[i] {\n  when i == 0 {\n    rec Next {\n      receive from A: c\n      continue Next\n    }\n  }\n}\n',
    );
    const ends = loop('A -> Node[0]: c', 'A -> Node[n - 1]: a');
    expect(roleText(ends, 'Node')).toContain('when i == n - 1 or i == 0 {\n    rec Next {');
  });
  test('and only where there are any', () => {
    const text =
      'choreography Any(A, server B, server Node[n >= 1]) {\n  rec Next {\n    A -> Node: go\n    for i in 1 until n { Node[i] -> B: c }\n    continue Next\n  }\n}\n';
    expect(errors(text)).toEqual([]);
    expect(roleText(text, 'B')).toContain('when n > 1 {\n    rec Next {\n      for i in 1 until n {');
  });
  test('says nothing of a choice to those who would send', () => {
    const sends = (label: string): string => `for i in 1 until n { Node[i] -> B: ${label} }`;
    expect(errors(loop(sends('d'), sends('e'))).join()).toContain('Node can’t tell');
    // What it sends next is the same, whatever is decided.
    expect(errors(loop(sends('d')))).toEqual([]);
  });
});

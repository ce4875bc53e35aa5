// Systems of automata as networks: each construct, what has no counterpart, and the law that the code does what the
// automaton does.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Automaton, Transition } from '../../language/import/automaton.js';
import { formatOf, importText } from '../../language/import/import.js';
import { structure, TooLarge } from '../../language/import/structure.js';
import type { Code } from '../../language/import/structure.js';

function imported(text: string): string {
  const result = importText(text, 'kmc', 'N');
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.text;
}

function refused(text: string): { kind: string; message: string; at: number }[] {
  const result = importText(text, 'kmc');
  return 'errors' in result ? [...result.errors] : [];
}

const processOf = (text: string, role: string): string =>
  imported(text).split(`process ${role} {\n`)[1]?.split('\n  }')[0]?.replace(/^ {4}/gm, '') ?? '';

test('local types: a loop with a choice at one side is a branching receive at the other', () => {
  const text = 'A: rec x . { B!more; x, B!stop; end }\nB: rec y . { A?more; y, A?stop; end }';
  expect(imported(text)).toBe(`network N {
  process A {
    rec X {
      choice {
        send to B: more
        continue X
      } or {
        send to B: stop
      }
    }
  }

  process B {
    rec X {
      receive from A {
        more {
          continue X
        }
        stop {}
      }
    }
  }
}
`);
});

test('the tool’s machines, whose roles are numbers', () => {
  const text =
    '-- two\n.outputs\n.state graph\nq0 1 ! hi q1\nq1 1 ? yo<int> q2\n.marking q0\n.end\n.outputs B\n.state graph\nq0 0 ? hi q1\nq1 0 ! yo<int> q2\n.marking q0\n.end\n';
  expect(imported(text)).toBe(
    'network N {\n  process R0 {\n    send to R1: hi\n    receive from R1: yo(int)\n  }\n\n  process R1 {\n    receive from R0: hi\n    send to R0: yo(int)\n  }\n}\n',
  );
});

test('JSON, with payloads, opaque types and messages without a label', () => {
  const text = JSON.stringify({
    roles: ['A', 'B'],
    machines: {
      A: {
        initial: 's',
        transitions: [
          ['s', '!', 'B', 'EMPTY_OP(Int)', 't'],
          ['t', '!', 'B', 'l(Money)', 'u'],
          ['u', '!', 'B', 'l()', 'v'],
        ],
      },
      B: {
        initial: 's',
        transitions: [
          ['s', '?', 'A', 'EMPTY_OP(Int)', 't'],
          ['t', '?', 'A', 'l(Money)', 'u'],
          ['u', '?', 'A', 'l()', 'v'],
        ],
      },
    },
  });
  expect(imported(text)).toContain('extern type Money');
  expect(processOf(text, 'A')).toBe('send to B: _(int)\nsend to B: l_Money(Money)\nsend to B: l');
});

test('a state that receives from several roles takes what comes first', () => {
  expect(
    processOf(
      machine([
        ['s', '?', 'B', 'a', 't'],
        ['s', '?', 'C', 'a', 's'],
      ]),
      'A',
    ),
  ).toBe('rec X {\n  receive {\n    a from B {}\n    a from C {\n      continue X\n    }\n  }\n}');
});

test('ways that meet again are written once, behind the choice', () => {
  expect(processOf('A: { B!a; B!c; end, B!b; B!c; end }\nB: end', 'A')).toContain('or');
  const text = JSON.stringify({
    roles: ['A', 'B'],
    machines: {
      A: {
        initial: 's',
        transitions: [
          ['s', '!', 'B', 'a', 't'],
          ['s', '!', 'B', 'b', 't'],
          ['t', '!', 'B', 'c', 'u'],
        ],
      },
      B: { initial: 's', transitions: [] },
    },
  });
  expect(processOf(text, 'A')).toBe('choice {\n  send to B: a\n} or {\n  send to B: b\n}\nsend to B: c');
});

const machine = (transitions: unknown[]): string =>
  JSON.stringify({
    roles: ['A', 'B', 'C'],
    machines: {
      A: { initial: 's', transitions },
      B: { initial: 's', transitions: [] },
      C: { initial: 's', transitions: [] },
    },
  });

test.each([
  [
    'mixed-state',
    [
      ['s', '!', 'B', 'a', 't'],
      ['s', '?', 'B', 'b', 't'],
    ],
  ],
  ['unknown-name', [['s', '!', 'D', 'a', 't']]],
  ['self-communication', [['s', '!', 'A', 'a', 't']]],
])('%s names the state and its place', (kind, transitions) => {
  const text = machine(transitions);
  const [error, ...others] = refused(text);
  expect(error).toMatchObject({ kind });
  expect(error?.message).toContain('State `s` of `A`');
  expect(text.slice(error?.at)).toMatch(/^\["s"/);
  expect(others).toEqual([]);
});

test.each([
  ['{', 'syntax'],
  ['[]', 'syntax'],
  ['{"roles": ["A"], "machines": {}}', 'syntax'],
  ['{"roles": ["A"], "machines": {"A": {"initial": "s", "transitions": [["s", "!"]]}}}', 'syntax'],
  ['', 'syntax'],
  ['{"roles": [], "machines": {}}', 'syntax'],
  ['A: B!l', 'syntax'],
  ['A: x', 'unknown-name'],
  ['.outputs\n.state graph\nq0 1 x\n', 'syntax'],
  ['A: end A: end', 'syntax'],
])('%s is told as malformed', (text, kind) => {
  expect(refused(text).map((e) => e.kind)).toEqual([kind]);
});

test('a message that leads two ways: which one is chosen once it is there', () => {
  const text = machine([
    ['s', '?', 'B', 'a', 't'],
    ['s', '?', 'B', 'a', 'u'],
    ['s', '?', 'B', 'b', 's'],
    ['t', '!', 'B', 'c', 'u'],
  ]);
  expect(processOf(text, 'A')).toBe(
    'rec X {\n  receive from B {\n    a {\n      choice {\n        send to B: c\n      } or {}\n    }\n    b {\n      continue X\n    }\n  }\n}',
  );
  // Alone, and back to where it was; what stands there twice leads one way.
  expect(
    processOf(
      machine([
        ['s', '?', 'B', 'a', 's'],
        ['s', '?', 'B', 'a', 't'],
        ['s', '?', 'B', 'a', 't'],
      ]),
      'A',
    ),
  ).toBe('rec X {\n  receive from B: a\n  choice {\n    continue X\n  } or {}\n}');
  expect(
    processOf(
      machine([
        ['s', '?', 'B', 'a', 't'],
        ['s', '?', 'B', 'a', 't'],
      ]),
      'A',
    ),
  ).toBe('receive from B: a');
});

test('the name or the text tells the format', () => {
  expect([
    formatOf('', 'a.scr'),
    formatOf('', 'a.nuscr'),
    formatOf('', 'a.json'),
    formatOf('{"roles": []}'),
    formatOf('-- x\n.outputs'),
    formatOf('A: B!l; end'),
    formatOf('// x\nglobal protocol P()'),
    formatOf('hello'),
  ]).toEqual(['scribble', 'scribble', 'kmc', 'kmc', 'kmc', 'kmc', 'scribble', undefined]);
});

/** Where code stands: the code that is left, and the code after that. */
interface Place {
  readonly code: readonly Code<Transition>[];
  readonly loops: ReadonlyMap<string, Place>;
  readonly next: Place | undefined;
}

/** What can be done next, each with where it leads. */
function steps(place: Place | undefined): { readonly transition: Transition; readonly next: Place | undefined }[] {
  if (!place) return [];
  const [first, ...rest] = place.code;
  if (!first) return steps(place.next);
  const after: Place = { ...place, code: rest };
  switch (first.kind) {
    case 'act':
      return [{ transition: first.transition, next: after }];
    case 'branch':
      return first.branches.map(({ transition, body }) => ({
        transition,
        next: { code: body, loops: place.loops, next: after },
      }));
    case 'rec':
      return steps({ code: first.body, loops: new Map([...place.loops, [first.name, place]]), next: after });
    case 'continue':
      expect(rest).toEqual([]);
      return steps(place.loops.get(first.name));
  }
}

test('the code of an automaton does what the automaton does', () => {
  const edges = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 12 });
  fc.assert(
    fc.property(edges, (list) => {
      const transitions = list.map(([from, to], i): Transition => ({
        from: `s${from}`,
        to: `s${to}`,
        way: 'send',
        peer: 'B',
        label: `l${i}`,
        at: 0,
      }));
      const automaton: Automaton = { role: 'A', initial: 's0', transitions, at: 0 };
      let code: Code<Transition>[];
      try {
        code = structure(automaton);
      } catch (error) {
        if (error instanceof TooLarge) return;
        throw error;
      }
      const walk = (state: string, place: Place | undefined, depth: number): void => {
        const can = steps(place);
        expect(can.map((s) => s.transition.label).sort()).toEqual(
          transitions
            .filter((t) => t.from === state)
            .map((t) => t.label)
            .sort(),
        );
        if (depth > 0) for (const { transition, next } of can) walk(transition.to, next, depth - 1);
      };
      walk('s0', { code, loops: new Map(), next: undefined }, 5);
    }),
    { numRuns: 200 },
  );
});

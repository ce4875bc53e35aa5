// Malformed texts: whatever is done to a text that imports, the answer is a file that reads, or errors with a place in
// the text; nothing is thrown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf, importText } from '../../language/import/import.js';
import type { ImportFormat } from '../../language/import/import.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';

const json = JSON.stringify(
  {
    roles: ['A', 'B', 'C'],
    machines: {
      A: {
        initial: '0',
        transitions: [
          ['0', '!', 'B', 'a(Int)', '1'],
          ['0', '!', 'C', 'b', '0'],
          ['1', '?', 'B', 'c', '0'],
          ['1', '?', 'B', 'c', '2'],
        ],
      },
      B: {
        initial: '0',
        transitions: [
          ['0', '?', 'A', 'a(Int)', '1'],
          ['1', '!', 'A', 'c', '0'],
        ],
      },
      C: { initial: '0', transitions: [['0', '?', 'A', 'b', '0']] },
    },
  },
  undefined,
  1,
);

const samples: readonly (readonly [ImportFormat, string])[] = [
  ['kmc', json],
  [
    'kmc',
    '-- two\n.outputs\n.state graph\nq0 1 ! hi q1\nq1 1 ? yo<int> q2\n.marking q0\n.end\n.outputs B\n.state graph\nq0 0 ? hi q1\nq1 0 ! yo<int> q2\n.marking q0\n.end\n',
  ],
  [
    'kmc',
    'A: rec x . { B!more; x, B!stop<int>; C!bye; end }\nB: rec y . { A?more; y, A?stop<int>; end }\nC: A?bye; end',
  ],
  [
    'scribble',
    `module m.Test;
type <java> "java.lang.Integer" from "rt.jar" as Int;
sig <java> "a.M" from "a.jar" as M;
aux global protocol Q<sig S>(role A, role B) { S from A to B; }
global protocol P(role A, role B, role C) { // comment
  rec X { choice at A { l(Int, string) from A to B, C; continue X; } or { M from A to B; do Q<hi(Int)>(A, B); r() from A to C; } }
}
`,
  ],
  [
    'extractor',
    `c { def X {a!<pwd>; a&{ok: s?; stop, ko: X}} main {X}} |
a { def X(q) {c?; q?; if s then c+ok; q+ok; else c+ko; q+ko; X(q) endif continue stop} main {X(s)}} |
s { def X {a!<s>; a&{ok: c!<t>; stop, ko:X};} main {X}}`,
  ],
  [
    'extractor',
    'def T { p -> u[l3]; p.q<->u; K } def K { o.m3 -> u; if p.e then K else p -> o[l]; continue stop } main { (u.m1 -> v, o.m2 -> p); T } || main { x.1->y; stop }',
  ],
];

/** Errors have places in the text and words; a file reads, and is laid out. */
function holds(text: string, kind: ImportFormat): 'imported' | 'refused' {
  const result = importText(text, kind, 'N');
  if ('errors' in result) {
    expect(result.errors.length).toBeGreaterThan(0);
    for (const { message, at } of result.errors) {
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(text.length);
      expect(message).toMatch(/\.$/);
      expect(message).not.toMatch(/undefined|\[object|NaN/);
    }
    return 'refused';
  }
  const workspace = new Workspace();
  workspace.set('file:///a.chor', result.text);
  expect(workspace.file('file:///a.chor')?.syntaxErrors, result.text).toEqual([]);
  expect(format(result.text)).toBe(result.text);
  return 'imported';
}

/** One thing that is done to a text: a piece cut, doubled, moved or put in. */
const pieces = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '"',
    ';',
    ',',
    ':',
    '!',
    '?',
    '&{',
    '<',
    '>',
    '|',
    '[',
    ']',
    '-',
    'rec x . ',
    'stop',
    'end',
    'if e then ',
    'else ',
    'continue ',
    'def X {',
    'choice at A {',
    'or {',
    'null',
    '1',
    'A',
    '\\u0000',
    '/*',
    '//',
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const change = fc.tuple(
  fc.constantFrom('cut', 'double', 'put', 'end', 'move'),
  fc.nat(10_000),
  fc.nat(40),
  fc.nat(10_000),
  pieces,
);
type Change = [string, number, number, number, string];

function changed(text: string, [what, start, length, other, piece]: Change): string {
  const from = start % (text.length + 1);
  const to = Math.min(text.length, from + length);
  const [before, middle, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  switch (what) {
    case 'cut':
      return before + after;
    case 'double':
      return before + middle + middle + after;
    case 'end':
      return before;
    case 'move': {
      const rest = before + after;
      const at = other % (rest.length + 1);
      return rest.slice(0, at) + middle + rest.slice(at);
    }
    default:
      return before + piece + after;
  }
}

/** A machine of so many states, each of which goes two ways, back or on. */
function ladder(states: number): string {
  const transitions = Array.from({ length: states }, (_, i) => [
    [`${i}`, '!', 'B', 'a', `${i + 1}`],
    [`${i}`, '!', 'B', 'b', `${Math.floor(i / 2)}`],
  ]).flat();
  return JSON.stringify({
    roles: ['A', 'B'],
    machines: { A: { initial: '0', transitions }, B: { initial: '0', transitions: [] } },
  });
}

describe('malformed texts', () => {
  it('name a place in them, and nothing is thrown', () => {
    const counts = { imported: 0, refused: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        ([kind, text], changes) => {
          counts[holds(changes.reduce(changed, text), kind)]++;
        },
      ),
      { numRuns: 1500 },
    );
    expect(counts.imported).toBeGreaterThan(15);
    expect(counts.refused).toBeGreaterThan(500);
  });
  it('may be anything at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json()),
        fc.constantFrom<ImportFormat>('kmc', 'scribble', 'extractor'),
        (text, kind) => {
          holds(text, kind);
          formatOf(text);
        },
      ),
      { numRuns: 600 },
    );
  });
  it('may be JSON of another shape', () => {
    const value = fc.jsonValue({ maxDepth: 3 });
    const machine = fc.record(
      {
        initial: fc.oneof(fc.constantFrom('0', '1'), value),
        transitions: fc.oneof(
          value,
          fc.array(
            fc.oneof(
              value,
              fc.tuple(
                fc.constantFrom('0', '1'),
                fc.constantFrom('!', '?', '!!'),
                fc.constantFrom('A', 'B', 'Z', ''),
                fc.constantFrom('a', '', 'a(', 'b()', 'c(int,)', '{}'),
                fc.constantFrom('0', '1', '2'),
              ),
            ),
            { maxLength: 4 },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(value, fc.array(fc.constantFrom('A', 'B', '', '__proto__'))),
        fc.dictionary(fc.constantFrom('A', 'B', '__proto__'), machine),
        (roles, machines) => {
          holds(JSON.stringify({ roles, machines }), 'kmc');
        },
      ),
      { numRuns: 600 },
    );
  });
  it('may end anywhere', () => {
    for (const [kind, text] of samples) for (let end = 0; end <= text.length; end++) holds(text.slice(0, end), kind);
  });
  it.each(
    (
      [
        ['kmc', '['.repeat(100_000)],
        ['kmc', `A: ${'{ '.repeat(20_000)}`],
        ['kmc', `A: ${'rec x . '.repeat(2_000)}x`],
        ['kmc', `A: ${'B!l; '.repeat(20_000)}end\nB: end`],
        ['scribble', `module M;\nglobal protocol P(role A, role B) { ${'rec X { '.repeat(20_000)}`],
        [
          'scribble',
          `module M;\nglobal protocol P(role A, role B) { ${'choice at A { a() from A to B; '.repeat(300)}${'}'.repeat(301)}`,
        ],
        ['extractor', `a { main { ${'b&{l: '.repeat(20_000)}`],
        ['extractor', `main { ${'if p.e then p.e->q; '.repeat(300)}${'stop else stop '.repeat(300)}}`],
        ['extractor', `a { main { ${'b?; '.repeat(20_000)}stop } } | b { main { stop } }`],
        [
          'extractor',
          `a { ${Array.from({ length: 60 }, (_, i) => `def X${i} { if e then X${i + 1}; X${i + 1} else b!<1>; }`).join(' ')} def X60 { } main { X0 } } | b { main { stop } }`,
        ],
        ['kmc', ladder(2_000)],
      ] as const
    ).map(([kind, text], i) => ({ kind, text, title: `${i}: ${kind}, ${text.slice(0, 60)}` })),
  )('may be huge or deep: $title', ({ kind, text }) => {
    holds(text, kind);
  });
});

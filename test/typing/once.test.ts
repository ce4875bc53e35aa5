// Each mistake is told once, in the right words and place; and what is unusual but right is not told at all.
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const uri = 'file:///main.chor';
const library = 'file:///library.chor';

function findings(text: string, other = ''): string[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  workspace.set(library, other);
  return (workspace.analyze(uri)?.findings ?? []).map(
    (f) => `${f.code} ${text.slice(f.origin.start, f.origin.end)}: ${inWords(f, workspace).message}`,
  );
}

function titles(text: string): { title: string; preferred: boolean }[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? []).flatMap((f) =>
    fixesFor(workspace, f).map(({ title, preferred }) => ({ title, preferred: !!preferred })),
  );
}

const tools = 'extern p(x: int)\nextern f(): bool\n';

describe('numbers', () => {
  it('are told where no `int` holds them', () => {
    expect(findings(`${tools}choreography C(A, B) {\n  A.9223372036854775808 -> B.x\n  B.p(x)\n}`)).toEqual([
      'type-mismatch 9223372036854775808: This number is too large for an `int`, which has 64 bits: the largest is 9223372036854775807. As a `float` it is written with `.0` after it.',
    ]);
  });
  it('may be the least and the largest', () => {
    expect(
      findings(
        `${tools}choreography C(A, B) {\n  A.-9223372036854775808 -> B.x\n  match B.x {\n    case -9223372036854775808 { B.p(x) }\n    else { B.p(9223372036854775807) }\n  }\n}`,
      ),
    ).toEqual([]);
  });
});

describe('names', () => {
  it('of basic types can’t be taken, and stay what they are', () => {
    expect(
      findings('record int { x: string }\nextern p(x: int)\nchoreography C(A, B) {\n  A.1 -> B.x\n  B.p(x)\n}'),
    ).toEqual(['duplicate-name int: There is already a built-in type `int`.']);
  });
  it.each([
    ['enum E { a }\nenum E { b }', 'There is already an enum `E`.'],
    [
      'choreography C(A(x: int, x: int), B) { A.x -> B.y: l B.p(y) }\nextern p(x: int)',
      'There is already an input `x`.',
    ],
    ['enum E { a }\nchoreography C(A, B) { do E(A, B) }', '`E` is an enum, but a choreography has to stand here.'],
  ])('take the right article: %s', (text, message) => {
    expect(findings(text).map((f) => f.replace(/^.*?: /, ''))).toEqual([message]);
  });
  it('imported twice are not also called unused', () => {
    expect(
      findings(
        'import { Q } from "./library.chor"\nchoreography Q(A, B) { A -> B: x }',
        'choreography Q(A, B) { A -> B: x }',
      ).map((f) => f.split(' ')[0]),
    ).toEqual(['duplicate-name']);
  });
  it('that two whole files bring are told where they are used', () => {
    const workspace = new Workspace();
    const two = (uses: string): string[] => {
      workspace.set(uri, `import "./library.chor"\nimport "./other.chor"\nchoreography C(A, B) { ${uses} }`);
      return (workspace.analyze(uri)?.findings ?? []).map((f) => `${f.code} ${inWords(f, workspace).message}`);
    };
    workspace.set(library, 'choreography Q(A, B) { A -> B: x }\nchoreography R(A, B) { A -> B: x }');
    workspace.set('file:///other.chor', 'choreography Q(A, B) { B -> A: x }\nchoreography S(A, B) { A -> B: x }');
    expect(two('do Q(A, B) do S(A, B)')).toEqual([
      'duplicate-name This brings a second `Q`, and nothing says which one is meant. Name what is imported: `import { … } from …`.',
    ]);
    expect(two('do R(A, B) do S(A, B)')).toEqual([]);
    workspace.set(
      uri,
      'import "./library.chor"\nimport { Q } from "./other.chor"\nchoreography C(A, B) { do Q(A, B) do R(A, B) }',
    );
    expect(workspace.analyze(uri)?.findings).toEqual([]);
    expect(workspace.analyze(uri)?.scope.lookup('Q')?.uri).toBe('file:///other.chor');
  });
  it('of a file are not looked for where the path does not read', () => {
    expect(
      findings('import { Q } from "./library.chor\nchoreography C(A, B) { do Q(A, B) }').map((f) => f.split(' ')[0]),
    ).toEqual(['syntax-error']);
  });
  it('that a case for a number binds are told nothing of', () => {
    expect(
      findings(
        `${tools}choreography C(A(v: int), B) {\n  A.v -> B.w\n  match B.w {\n    case x { B.p(x) }\n    else { }\n  }\n}`,
      ),
    ).toEqual([]);
  });
  it('of branches of a receive stand there once', () => {
    expect(
      findings(`${tools}network N {\n  process A { send to B: l }\n  process B { receive from A { l { } l { } } }\n}`),
    ).toEqual(['duplicate-name l: There is already a branch `l`.']);
    expect(
      titles(`${tools}network N {\n  process A { send to B: l }\n  process B { receive from A { l { } l { } } }\n}`),
    ).toEqual([{ title: 'Remove the second `l`', preferred: false }]);
  });
});

describe('roles', () => {
  it('that are not there are not also said to have no result', () => {
    expect(
      findings(
        'choreography Q(X, Y): int@Y { X -> Y: go return Y.1 }\nchoreography C(A, B) {\n  B.a = do Q(A, Z)\n  B.p(a)\n}\nextern p(x: int)',
      ).map((f) => f.split(' ')[0]),
    ).toEqual(['unknown-role']);
  });
  it('that are not there are not also told to take a result, or to stand twice', () => {
    const q = 'choreography Q(X, Y): int@Y { X -> Y: go return Y.1 }\nextern p(x: int)\n';
    expect(findings(`${q}choreography C(A, B) {\n  Z.a = do Q(A, B)\n  B.p(1)\n}`).map((f) => f.split(':')[0])).toEqual(
      ['unknown-role Z'],
    );
    expect(findings(`${q}choreography C(A) {\n  do Q(Z, Z)\n  A.p(1)\n}`).map((f) => f.split(':')[0])).toEqual([
      'unknown-role Z',
    ]);
    expect(findings('choreography C(A): int@A {\n  return B.1\n}').map((f) => f.split(':')[0])).toEqual([
      'unknown-role B',
    ]);
  });
  it('that two processes play are told once to keep what nothing reads', () => {
    expect(
      findings(
        'network N {\n  process A { send 1 to B }\n  process B { receive x from A }\n  process B { receive x from A }\n}',
      ).filter((f) => f.startsWith('unused')),
    ).toHaveLength(1);
  });
  it('of a choreography that is not found are not unknown', () => {
    expect(findings('network N implements Nope {\n  process A { send 1 to B }\n}').map((f) => f.split(' ')[0])).toEqual(
      ['unknown-name'],
    );
  });
  it('that stand twice in the header are told to, and nothing else twice', () => {
    expect(
      findings('choreography C(A, A, B(x: int)) {\n  if B.x > 1 {\n    B -> A: l\n  }\n}').map((f) => f.split(' ')[0]),
    ).toEqual(['duplicate-name', 'knowledge-of-choice']);
  });
});

describe('what is never reached', () => {
  it('is told of what follows an endless loop', () => {
    expect(
      findings(`${tools}choreography C(A, B) {\n  rec X {\n    A -> B: hi\n    continue X\n  }\n  A -> B: late\n}`),
    ).toEqual([
      'unreachable A -> B: late: No run gets here: the loop before it never ends. Where it is to end, `leave` it.',
    ]);
  });
  it('is not told of what follows a loop that may end, or loops in branches', () => {
    const loop = (head: string): string => `${tools}choreography C(A, B) {\n  ${head}\n  A -> B: there\n}`;
    expect(findings(loop('rec X { choice at A { A -> B: l continue X } or { A -> B: r } }'))).toEqual([]);
    expect(findings(loop('if A.f() -> B { rec X { A -> B: hi continue X } } else { B.p(1) }'))).toEqual([]);
  });
  it('is told of a case that another one takes everything from', () => {
    const match = (...cases: string[]): string =>
      `enum E { a, b(n: int, m: bool) }\n${tools}choreography C(A(v: E), B) {\n  match A.v -> B {\n${cases.map((c, i) => `    case ${c} { A -> B: l${i} }\n`).join('')}    else { A.p(0) }\n  }\n}`;
    const unreached = (...cases: string[]): string[] =>
      findings(match(...cases))
        .filter((f) => f.startsWith('unreachable'))
        .map((f) => f.slice('unreachable case '.length).replace(/ \{.*/s, ''));
    expect(unreached('a', 'b(1, true)', 'a', 'b(_, true)', 'b(x, true)', 'b(2, true)')).toEqual([
      'a',
      'b(x, true)',
      'b(2, true)',
    ]);
    expect(unreached('b(1, _)', 'b(2, _)', 'b(1, true)', 'b', 'b(3, false)', 'a')).toEqual([
      'b(1, true)',
      'b(3, false)',
    ]);
  });
});

describe('types', () => {
  it('of which no value can be made are told, enums too', () => {
    expect(
      findings(
        'enum E { one(e: E), two(l: E, r: E) }\nenum F { leaf, node(l: F, r: F) }\nenum G { g(all: list<G>) }',
      ).map((f) => f.split(':')[0]),
    ).toEqual(['type-is-recursive E']);
  });
  it('of messages that differ between branches are named', () => {
    expect(
      findings(
        'choreography C(A, B) {\n  choice at A {\n    A -> B: l(int)\n  } or {\n    A -> B: l(string, int)\n  }\n}',
      )[0],
    ).toContain('it gets `l` from A, with `int` in one branch and with `(string, int)` in the other');
  });
});

describe('several variables for one message', () => {
  it('take the parts of what it brings', () => {
    expect(
      findings(
        `${tools}network N {\n  process A { send to B: l(int, string) }\n  process B { receive from A { l(a: int, _: string) { p(a) } } }\n}`,
      ),
    ).toEqual([]);
    expect(
      findings(
        `${tools}network N {\n  process A { send to B: l(int, string) }\n  process B { receive from A { l(_, b) { p(b) } } }\n}`,
      )[0],
    ).toMatch(/^type-mismatch b: `b` is a `string` here/);
  });
  it('are a sketch where they have no names', () => {
    expect(
      findings(
        'network N {\n  process A { send to B: l(int, string) }\n  process B { receive from A { l(_: int, _: string) { } } }\n}',
      ),
    ).toEqual([]);
  });
});

describe('what is called by a wrong name', () => {
  it('is not changed to the choreography that it stands in, nor at once to one that has nothing in common with it', () => {
    expect(titles('choreography Only(A, B) {\n  do Quote(A, B)\n}').map((t) => t.title)).toEqual([]);
    expect(
      titles('choreography Only(A, B) { A -> B: hi }\nnetwork N implements Quote {\n  process A { send to B: hi }\n}'),
    ).toEqual([{ title: 'Change to `Only`', preferred: false }]);
  });
});

describe('processes that only call', () => {
  const codes = (text: string): string[] => findings(text).map((f) => f.split(':')[0] ?? '');
  it('are told where they come back to themselves', () => {
    expect(codes('network N {\n  process A { do N(A, B) }\n  process B { send to A: x do N(A, B) }\n}')).toEqual([
      'unguarded-recursion do N(A, B)',
    ]);
    expect(
      codes(
        'network N {\n  process A { do M(A, B) }\n  process B { do M(A, B) }\n}\nnetwork M {\n  process C { do N(C, D) }\n  process D { do N(C, D) }\n}',
      ),
    ).toHaveLength(4);
  });
  it('may come to do something in another place', () => {
    expect(
      codes('network N {\n  process A { receive from B: x do N(B, A) }\n  process B { send to A: x do N(B, A) }\n}'),
    ).toEqual([]);
  });
});

describe('what a choreography says of a network that implements it', () => {
  const design =
    'extern p(x: int)\nextern s(x: string)\nchoreography Q(X(n: int), Y): int@Y {\n  X.n -> Y.m\n  return Y.m + 1\n}\n';
  it.each([
    [
      'process X(n: string) { send 3 to Y s(n) }',
      'type-mismatch string: `n` is a `string` here, but `Q` gives X an `int` for `n`.',
    ],
    [
      'process Y(): string { receive m from X p(m) return "a" }',
      'type-mismatch string: Y returns a `string` here, but an `int` in `Q`.',
    ],
    [
      'process X(n: int) { send "s" to Y p(n) }',
      'type-mismatch "s": `"s"` is a `string` here, but `Q` says that Y gets an `int`.',
    ],
    [
      'process X { send "1" to Y } process Y { receive m from X s(m) }',
      'type-mismatch "1": `"1"` is a `string` here, but `Q` says that Y gets an `int`.',
    ],
  ])('holds for its types: %s', (processes, message) => {
    expect(findings(`${design}network N implements Q { ${processes} }`)).toEqual([message]);
  });
  it.each([
    'process Y { receive m from X p(m) }',
    'process X { send 1 to Y }',
    'process X(n: int) { send n to Y } process Y(): int { receive m from X return m + 2 }',
  ])('leaves the rest open: %s', (processes) => {
    expect(findings(`${design}network N implements Q { ${processes} }`)).toEqual([]);
  });
});

describe('escapes in strings', () => {
  const string = (text: string): string[] =>
    findings(`extern s(x: string)\nchoreography C(A, B) {\n  A."${text}" -> B.x\n  B.s(x)\n}`);
  it.each(['\\n\\t\\"\\\\', '\\u{1F600}', '\\u{0}', '\\\\q'])('%s', (text) => {
    expect(string(text)).toEqual([]);
  });
  it.each([
    ['a\\qb', '\\q'],
    ['\\u{110000}', '\\u{110000}'],
    ['\\u{zz}', '\\u{zz}'],
    ['\\u{}', '\\u{}'],
    ['\\u{12', '\\u{12'],
    ['\\u12', '\\u'],
    ['\\\\\\q', '\\q'],
  ])('%s', (text, escape) => {
    expect(string(text)).toHaveLength(1);
    expect(string(text)[0]).toContain(`syntax-error ${escape}: \`${escape}\` means nothing in a string`);
  });
});

it('a `continue` that something follows is not also told to go round for ever', () => {
  expect(
    findings('choreography C(A, B) {\n  rec X {\n    continue X\n    A -> B: l\n  }\n}').map((f) => f.split(' ')[0]),
  ).toEqual(['continue-not-last']);
});

it('who decides together with another is not to be told', () => {
  expect(
    findings(
      `${tools}choreography C(A(v: int), B, D) {\n  A.v -> B.v\n  if A.v > 1, B.v > 1 -> B, D {\n    D.p(1)\n  }\n}`,
    ).filter((f) => f.startsWith('self')),
  ).toEqual(['self-communication B: B decides this itself: it needs no telling. Leave it out of the list.']);
});

describe('a call inside an expression', () => {
  it.each(['A.x = 1 + do Q(A)', 'A.p(do Q(A))', 'A.p(1, do Q(A))', 'A.[do Q(A)] -> B.x', 'if A.do Q(A) { }'])(
    '%s',
    (line) => {
      expect(findings(`choreography C(A, B) {\n  ${line}\n}`)).toEqual([
        'syntax-error do: A `do` is no part of an expression: give its result to a variable first, as in `Role.x = do Name(…)`.',
      ]);
    },
  );
});

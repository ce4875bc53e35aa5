// Scribble's constructs, one after the other, as choreographies; and what has no counterpart, with its place.
import { expect, test } from 'vitest';
import { formatOf, importText } from '../../language/import/import.js';
import { Workspace } from '../../language/workspace.js';

function imported(text: string): string {
  const result = importText(text, 'scribble');
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.text;
}

/** The kinds of error, each with the text that starts at its place. */
function refused(text: string): string[] {
  const result = importText(text, 'scribble');
  return 'errors' in result
    ? result.errors.map(({ kind, at }) => `${kind} at ${/^\S*/.exec(text.slice(at))?.[0] ?? ''}`)
    : [];
}

const within = (body: string): string => `module m.Test;\nglobal protocol P(role A, role B, role C) { ${body} }\n`;
const body = (text: string): string =>
  imported(within(text))
    .replace(/^choreography P\(A, B, C\) \{\n|\}\n$/g, '')
    .replace(/^ {2}/gm, '')
    .trim();

test('messages keep their labels and types', () => {
  expect(body('hello(int, string) from A to B; ok() from B to A, C; () from A to B; (int) from A to B;')).toBe(
    'A -> B: hello(int, string)\nB -> A, C: ok\nA -> B\nA -> B: _(int)',
  );
});

test('labels that Chor can’t write are written differently, and no two become one', () => {
  expect(body('1() from A to B; m1() from A to B; continue() from A to B;')).toBe(
    'A -> B: m1\nA -> B: m1_2\nA -> B: ^continue',
  );
});

test('what goes on at the same time', () => {
  expect(body('par { l() from A to B; } and { rec X { r() from A to C; continue X; } } and { }')).toBe(
    'par {\n  A -> B: l\n} and {\n  rec X {\n    A -> C: r\n    continue X\n  }\n} and {}',
  );
});

test('choices, loops and calls', () => {
  expect(body('rec X { choice at A { l() from A to B; continue X; } or { r() from A to B; do P(A, C, B); } }')).toBe(
    'rec X {\n  choice at A {\n    A -> B: l\n    continue X\n  } or {\n    A -> B: r\n    do P(A, C, B)\n  }\n}',
  );
});

test('types of the host language become Chor’s own, or opaque', () => {
  const text = imported(
    'module T;\ntype <java> "java.lang.String" from "rt.jar" as S;\ntype <java> "a.Money" from "a.jar" as Money;\nglobal protocol P(role A, role B) { pay(S, Money) from A to B; }',
  );
  expect(text).toBe('type S = string\nextern type Money\n\nchoreography P(A, B) {\n  A -> B: pay(S, Money)\n}\n');
});

test('a protocol with parameters becomes one choreography for each way it is called', () => {
  const text = imported(
    'module T;\naux global protocol Q<sig M>(role A, role B) { M from A to B; }\nglobal protocol P(role A, role B) { do Q<hi(int)>(A, B); do Q<hi(int)>(B, A); do Q<bye()>(A, B); }',
  );
  expect(text.match(/^choreography \w+/gm)).toEqual(['choreography P', 'choreography Q_hi_int', 'choreography Q_bye']);
  expect(text).toContain('do Q_hi_int(A, B)\n  do Q_hi_int(B, A)\n  do Q_bye(A, B)');
  expect(text).toContain('A -> B: hi(int)');
});

test('a protocol with parameters that calls itself is made once for each order of its messages', () => {
  const text = imported(
    'module T;\nglobal protocol P<sig M, sig N>(role A, role B) { M from A to B; do P<N, M>(A, B); }\nglobal protocol Q(role A, role B) { do P<a(), b()>(A, B); }',
  );
  expect(text.match(/^choreography \w+/gm)).toEqual(['choreography Q', 'choreography P_a_b', 'choreography P_b_a']);
});

test('imports follow the modules’ names', () => {
  expect(
    imported(
      'module a.b.C;\nimport a.d.E as F;\nimport a.b.G;\nglobal protocol P(role A, role B) { do F.Q(A, B); do a.b.G.R(A, B); }',
    ),
  ).toBe(
    'import { Q } from "../d/E.chor"\nimport { R } from "./G.chor"\n\nchoreography P(A, B) {\n  do Q(A, B)\n  do R(A, B)\n}\n',
  );
});

test('nuScr’s comments, annotations, names in payloads, nested protocols and calls', () => {
  expect(
    imported(
      '(* nuScr *)\nglobal protocol P(role A, role B) {\n  nested protocol Q(role C, role D) { l(x: int) from C to D; }\n  @"note" A calls Q(A, B);\n}',
    ),
  ).toBe('choreography Q(C, D) {\n  C -> D: l(int)\n}\n\nchoreography P(A, B) {\n  do Q(A, B)\n}\n');
});

test.each([
  ['connect A to B;', 'connection at connect'],
  ['l() connect A to B;', 'connection at connect'],
  ['disconnect A and B;', 'connection at disconnect'],
  ['wrap A to B;', 'connection at wrap'],
  ['rec X { par { l() from A to B; continue X; } and { r() from A to C; } }', 'parallel at X;'],
  ['l(x: int{x > 0}) from A to B;', 'refinement at {x'],
  ['rec X [n<A>: int = 0] { l() from A to B; }', 'refinement at [n<A>:'],
  ['l(P@A) from A to B;', 'delegation at P@A)'],
  ['interruptible X { l() from A to B; } with { s() by A; }', 'interrupt at interruptible'],
  ['M from A to B;', 'unknown-name at M'],
  ['do Other.P(A, B, C);', 'unknown-name at P(A,'],
  ['do P<l()>(A, B, C);', 'arity at P<l()>(A,'],
  ['l() to B from A;', 'syntax at to'],
  ['l() from A to B', 'syntax at }'],
  ['l() from A to B; #', 'syntax at #'],
  ['rec X {', 'syntax at '],
])('%s is refused at its place', (text, error) => {
  expect(refused(within(text))).toEqual([error]);
});

test('new roles and local protocols are refused', () => {
  expect(refused('nested protocol P(role A; new role B) { l() from A to B; }')).toEqual(['dynamic-role at new']);
  expect(refused('local protocol P at A(role A, role B) { l() from A to B; }')).toEqual(['local-protocol at local']);
});

test('a name of another module that is taken is refused', () => {
  expect(refused('module a.B;\nimport a.C;\nglobal protocol P(role A, role B) { do C.P(A, B); }')).toEqual([
    'name-clash at P(A,',
  ]);
});

test('nesting beyond measure is refused', () => {
  expect(refused(within('rec X { '.repeat(50_000))).map((e) => e.split(' ')[0])).toEqual(['too-large']);
});

test('all that has no counterpart is told, in order', () => {
  expect(refused(within('connect A to B; par { } and { } M from A to B;'))).toEqual([
    'connection at connect',
    'unknown-name at M',
  ]);
});

test('an empty text is no module, and a module may be empty', () => {
  expect(refused(' // nothing')).toEqual(['syntax at ']);
  expect(refused('module m.Test;\n')).toEqual([]);
});

const checked = (text: string): string[] => {
  const workspace = new Workspace();
  workspace.set('file:///i/m.chor', imported(text));
  return (workspace.analyze('file:///i/m.chor')?.findings ?? [])
    .filter((f) => f.severity === 'error')
    .map((f) => f.code);
};

test('nuScr’s comments nest, and `(*)` makes one of the rest of its line', () => {
  const text =
    '(* outer (* inner *) still *)\n(*) a comment *) (* to the end of its line\n(* a (*) b *)\n(*# RefinementTypes #*)\n/* (* */ // (*\nglobal protocol P(role A, role B) {\n  msg(int) from A to B; (*) and here\n}\n';
  expect(imported(text)).toBe('choreography P(A, B) {\n  A -> B: msg(int)\n}\n');
  expect(formatOf(text)).toBe('scribble');
  expect(refused('global protocol P(role A) { } (* open (* *)')).toEqual(['syntax at (*']);
  expect(refused('global protocol P(role A) { } /* open')).toEqual(['syntax at /*']);
});

test('primes in names are written out', () => {
  expect(
    imported(
      "global protocol P(role A, role B) { msg'(int) from A to B; msg(int) from B to A; x''(t') from A to B; rec X' { continue X'; } }",
    ),
  ).toBe(
    'extern type t_prime\n\nchoreography P(A, B) {\n  A -> B: msg_prime(int)\n  B -> A: msg(int)\n  A -> B: x_prime_prime(t_prime)\n  rec X_prime {\n    continue X_prime\n  }\n}\n',
  );
});

test('messages without brackets are labels in nuScr, which has no modules', () => {
  expect(
    imported('global protocol P(role A, role B) { ready from A to B; go(int) from B to A; from from A to B; }'),
  ).toBe('choreography P(A, B) {\n  A -> B: ready\n  B -> A: go(int)\n  A -> B: from\n}\n');
  expect(
    imported('global P(role A, role B) @"note" { ready from A to B; }\nprotocol Q(role A, role B) { do P(A, B); }'),
  ).toContain('choreography P(A, B) {\n  A -> B: ready');
});

test('types that nothing declares are opaque in nuScr, and known where the host language has them', () => {
  const text = 'global protocol P(role A, role B) { a(Order, x: Order, java.util.Date, Int, Str) from A to B; }';
  expect(imported(text)).toBe(
    'extern type Order\nextern type java_util_Date\n\nchoreography P(A, B) {\n  A -> B: a(Order, Order, java_util_Date, int, string)\n}\n',
  );
  expect(checked(text)).toEqual([]);
  const script = 'module T;\nglobal protocol P(role A, role B) { a(number, string, boolean) from A to B; }';
  expect(imported(script)).toContain('a(float, string, bool)');
  expect(checked(script)).toEqual([]);
  // Scribble itself wants them declared.
  expect(checked('module T;\nglobal protocol P(role A, role B) { a(Order) from A to B; }')).toEqual(['unknown-name']);
});

test('a type is found by its module’s full name, its own or another’s', () => {
  expect(
    imported(
      'module m.Test;\ntype <java> "a.Money" from "a.jar" as Money;\nimport m.Other;\nglobal protocol P(role A, role B) { pay(m.Test.Money, m.Other.Due) from A to B; }',
    ),
  ).toBe(
    'import { Due } from "./Other.chor"\n\nextern type Money\n\nchoreography P(A, B) {\n  A -> B: pay(Money, Due)\n}\n',
  );
  expect(refused('module m.Test;\nglobal protocol P(role A, role B) { pay(m.Test.Nope) from A to B; }')).toEqual([
    'unknown-name at m.Test.Nope)',
  ]);
});

test('equal names in nested scopes are different things', () => {
  const text =
    'global protocol P(role A, role B) {\n  nested protocol Q(role C, role D) { p() from C to D; }\n  A calls Q(A, B);\n}\nglobal protocol R(role A, role B) {\n  nested protocol Q(role C, role D) { nested protocol Q(role E, role F) { r() from E to F; } C calls Q(C, D); }\n  A calls Q(A, B);\n}\nglobal protocol S(role A, role B) { do P(A, B); }';
  const made = imported(text);
  expect(checked(text)).toEqual([]);
  expect(made).toContain('choreography P(A, B) {\n  do Q(A, B)\n}');
  expect(made).toMatch(/choreography R\(A, B\) \{\n {2}do (Q_\d)\(A, B\)\n\}/);
  expect(new Set(made.match(/choreography \w+/g)).size).toBe(6);
  expect(
    body(
      'rec X { choice at A { a() from A to B; rec X { choice at A { b() from A to B; continue X; } or { c() from A to B; } } } or { d() from A to B; } }',
    ),
  ).toContain(
    'rec X {\n  choice at A {\n    A -> B: a\n    rec X_2 {\n      choice at A {\n        A -> B: b\n        continue X_2',
  );
});

test('reserved words and Chor’s own types are written differently as types', () => {
  const text =
    'module T;\ntype <java> "a.P" from "a.jar" as process;\ntype <java> "a.L" from "a.jar" as list;\ntype <java> "a.I" from "a.jar" as int;\nglobal protocol P(role A, role B) { a(process, list, int) from A to B; }';
  expect(imported(text)).toBe(
    'extern type ^process\nextern type list_2\nextern type int_2\n\nchoreography P(A, B) {\n  A -> B: a(^process, list_2, int_2)\n}\n',
  );
  expect(checked(text)).toEqual([]);
  const open = 'global protocol P(role A, role B) { a(case, option) from A to B; }';
  expect(imported(open)).toContain('a(^case, option_2)');
  expect(checked(open)).toEqual([]);
});

test('duplicates are errors also where nothing uses them, and so are imports of what is not there', () => {
  expect(
    refused(
      'module T;\ntype <java> "java.lang.Integer" from "a" as int;\ntype <java> "java.lang.Integer" from "a" as int;',
    ),
  ).toEqual(['name-clash at int;']);
  expect(refused('module T;\nsig <java> "a.M" from "a" as M;\nsig <java> "a.N" from "a" as M;')).toEqual([
    'name-clash at M;',
  ]);
  expect(
    refused(
      'module T;\naux global protocol Q<sig M>(role A, role B) { }\naux global protocol Q<sig N>(role A, role B) { }\nglobal protocol P(role A, role B) { do Q<a()>(A, B); }',
    ),
  ).toEqual(['name-clash at Q<sig']);
  expect(refused('module a.T;\nimport a.U;\nimport a.U;')).toEqual(['name-clash at import']);
  expect(refused('module a.T;\nimport a.T;')).toEqual(['name-clash at import']);
  expect(imported('module a.T;\nimport a.Missing;\nglobal protocol P(role A, role B) { a() from A to B; }')).toBe(
    'import "./Missing.chor"\n\nchoreography P(A, B) {\n  A -> B: a\n}\n',
  );
  expect(checked('module a.T;\nimport a.Missing;\nglobal protocol P(role A, role B) { a() from A to B; }')).toEqual([
    'import-not-found',
  ]);
});

test('names of other scripts keep their marks', () => {
  expect(imported('global protocol P(role ग्राहक, role B) { Cafe\u0301() from ग्राहक to B; }')).toBe(
    'choreography P(ग्राहक, B) {\n  ग्राहक -> B: Caf\u00e9\n}\n',
  );
});

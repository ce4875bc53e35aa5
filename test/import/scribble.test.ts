// Scribble's constructs, one after the other, as choreographies; and what has no counterpart, with its place.
import { expect, test } from 'vitest';
import { importText } from '../../language/import/import.js';

function imported(text: string): string {
  const result = importText(text, 'scribble');
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.text;
}

/** The kinds of error, each with the text that starts at its place. */
function refused(text: string): string[] {
  const result = importText(text, 'scribble');
  return 'errors' in result ? result.errors.map(({ kind, at }) => `${kind} at ${/^\S*/.exec(text.slice(at))?.[0] ?? ''}`) : [];
}

const within = (body: string): string => `module m.Test;\nglobal protocol P(role A, role B, role C) { ${body} }\n`;
const body = (text: string): string => imported(within(text)).replace(/^choreography P\(A, B, C\) \{\n|\}\n$/g, '').replace(/^ {2}/gm, '').trim();

test('messages keep their labels and types', () => {
  expect(body('hello(int, string) from A to B; ok() from B to A, C; () from A to B; (int) from A to B;')).toBe('A -> B: hello(int, string)\nB -> A, C: ok\nA -> B\nA -> B: _(int)');
});

test('labels that Chor can’t write are written differently, and no two become one', () => {
  expect(body('1() from A to B; m1() from A to B; continue() from A to B;')).toBe('A -> B: m1\nA -> B: m1_2\nA -> B: ^continue');
});

test('choices, loops and calls', () => {
  expect(body('rec X { choice at A { l() from A to B; continue X; } or { r() from A to B; do P(A, C, B); } }'))
    .toBe('rec X {\n  choice at A {\n    A -> B: l\n    continue X\n  } or {\n    A -> B: r\n    do P(A, C, B)\n  }\n}');
});

test('types of the host language become Chor’s own, or opaque', () => {
  const text = imported('module T;\ntype <java> "java.lang.String" from "rt.jar" as S;\ntype <java> "a.Money" from "a.jar" as Money;\nglobal protocol P(role A, role B) { pay(S, Money) from A to B; }');
  expect(text).toBe('type S = string\nextern type Money\n\nchoreography P(A, B) {\n  A -> B: pay(S, Money)\n}\n');
});

test('a protocol with parameters becomes one choreography for each way it is called', () => {
  const text = imported('module T;\naux global protocol Q<sig M>(role A, role B) { M from A to B; }\nglobal protocol P(role A, role B) { do Q<hi(int)>(A, B); do Q<hi(int)>(B, A); do Q<bye()>(A, B); }');
  expect(text.match(/^choreography \w+/gm)).toEqual(['choreography P', 'choreography Q_hi_int', 'choreography Q_bye']);
  expect(text).toContain('do Q_hi_int(A, B)\n  do Q_hi_int(B, A)\n  do Q_bye(A, B)');
  expect(text).toContain('A -> B: hi(int)');
});

test('a protocol with parameters that calls itself is made once for each order of its messages', () => {
  const text = imported('module T;\nglobal protocol P<sig M, sig N>(role A, role B) { M from A to B; do P<N, M>(A, B); }\nglobal protocol Q(role A, role B) { do P<a(), b()>(A, B); }');
  expect(text.match(/^choreography \w+/gm)).toEqual(['choreography Q', 'choreography P_a_b', 'choreography P_b_a']);
});

test('imports follow the modules’ names', () => {
  expect(imported('module a.b.C;\nimport a.d.E as F;\nimport a.b.G;\nglobal protocol P(role A, role B) { do F.Q(A, B); do a.b.G.R(A, B); }'))
    .toBe('import { Q } from "../d/E.chor"\nimport { R } from "./G.chor"\n\nchoreography P(A, B) {\n  do Q(A, B)\n  do R(A, B)\n}\n');
});

test('nuScr’s comments, annotations, names in payloads, nested protocols and calls', () => {
  expect(imported('(* nuScr *)\nglobal protocol P(role A, role B) {\n  nested protocol Q(role C, role D) { l(x: int) from C to D; }\n  @"note" A calls Q(A, B);\n}'))
    .toBe('choreography Q(C, D) {\n  C -> D: l(int)\n}\n\nchoreography P(A, B) {\n  do Q(A, B)\n}\n');
});

test.each([
  ['connect A to B;', 'connection at connect'],
  ['l() connect A to B;', 'connection at connect'],
  ['disconnect A and B;', 'connection at disconnect'],
  ['wrap A to B;', 'connection at wrap'],
  ['par { l() from A to B; } and { r() from A to C; }', 'parallel at par'],
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
  expect(refused('module a.B;\nimport a.C;\nglobal protocol P(role A, role B) { do C.P(A, B); }')).toEqual(['name-clash at P(A,']);
});

test('nesting beyond measure is refused', () => {
  expect(refused(within('rec X { '.repeat(50_000))).map((e) => e.split(' ')[0])).toEqual(['too-large']);
});

test('all that has no counterpart is told, in order', () => {
  expect(refused(within('connect A to B; par { } and { } M from A to B;'))).toEqual(['connection at connect', 'parallel at par', 'unknown-name at M']);
});

test('an empty text is no module, and a module may be empty', () => {
  expect(refused(' // nothing')).toEqual(['syntax at ']);
  expect(refused('module m.Test;\n')).toEqual([]);
});

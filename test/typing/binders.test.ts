// Names that patterns bind: what tells them from cases, what is told of them, and what the layers after typing make of
// them.
import { describe, expect, it } from 'vitest';
import { Workspace } from '../../language/workspace.js';
import { outcome } from '../network/helpers.js';
import { roleText } from '../projection/helpers.js';
import { detail, fixed, hints, messages, namesOf, problems, uri, workspaceOf } from './helpers.js';

const enums =
  'enum Verdict { accept, reject, later(days: int) }\nextern judge(): Verdict\nextern show(n: int)\nextern tell(v: Verdict)\nextern say(s: string)\n';

/** A choreography that decides by a value of A. */
function decided(type: string, cases: string): string {
  return `${enums}choreography G(A(x: ${type}), B) {\n  match A.x -> B {\n${cases}\n  }\n}`;
}

describe('a name alone', () => {
  it.each([
    ['an int', 'int', 'case 1 { } case n { A.n -> B.m B.show(m) }'],
    ['a string', 'string', 'case "a" { } case s { A.s -> B.m B.say(m) }'],
    ['a bool', 'bool', 'case true { } case b { A.b -> B.m if B.m { B.show(1) } }'],
    ['an option', 'option<int>', 'case none { } case o { A.getOr(o, 1) -> B.m B.show(m) }'],
    [
      'a tuple',
      '(int, int)',
      'case (1, _) { } case t { A.t -> B.m B.use(m) }\n  }\n}\nextern use(t: (int, int))\nchoreography H(A(x: int), B) {\n  match A.x -> B {\n case 1 { } else { }',
    ],
    ['a list', 'list<int>', 'case xs { A.length(xs) -> B.m B.show(m) }'],
    ['an enum', 'Verdict', 'case accept { } case v { A.v -> B.m B.tell(m) }'],
    ['all there is', 'float', 'case f { A.round(f) -> B.m B.show(m) }'],
  ])('binds %s', (_, type, cases) => expect(problems(decided(type, cases))).toEqual([]));
  it('binds in expressions and in processes', () => {
    expect(problems('function next(x: int): int = match x { case 1 => 2, case n => n + 1 }')).toEqual([]);
    expect(problems(`${enums}network N { process A(x: int) { match x { case 1 { } case n { show(n) } } } }`)).toEqual(
      [],
    );
    expect(problems('function f(x: int): int = match x { case n => m }')).toEqual(['unknown-variable: m']);
  });
  it('has the type of the value, and lives in its branch', () => {
    expect(detail(decided('int', 'case n { A.n -> B.m B.show(m) }'), 'n')).toBe('n: int');
    expect(problems(decided('int', 'case 1 { A.show(n) } case n { A.show(n) }'))).toEqual(['unknown-variable: n']);
    expect(problems(decided('string', 'case n { A.n -> B.m B.show(m) }'))).toEqual(['type-mismatch: m']);
  });
  it('makes what follows unreachable, as `_` does', () => {
    expect(hints(decided('int', 'case n { A.show(n) } case 1 { }'))).toEqual(['unreachable: case 1 { }']);
  });
  it('is a case where it is one, of the value or of another enum', () => {
    expect(problems(decided('Verdict', 'case accept { } else { }'))).toEqual([]);
    expect(problems(decided('int', 'case accept { } else { }'))).toEqual(['type-mismatch: accept']);
  });
  it('with brackets is no name', () => {
    expect(problems(decided('int', 'case n(1) { } else { }'))).toEqual(['unknown-name: n']);
  });
  it('that nothing uses is a misspelt case where the value is of an enum', () => {
    expect(messages(decided('Verdict', 'case acept { } else { }'))).toEqual([
      '`Verdict` has no case `acept`; it has `accept`, `reject`, `later`. Did you mean `accept`?',
    ]);
    expect(
      Object.keys(fixed(decided('Verdict', 'case postpone { } case reject { } else { }'), 'unknown-name')),
    ).toContain('Add `postpone` to `Verdict`');
    expect(Object.keys(fixed(decided('Verdict', 'case accept { } case other { }'), 'unknown-name'))).toContain(
      'Take all other values with `_`',
    );
    expect(
      problems(`${enums}function f(v: option<Verdict>): int = match v { case some(acept) => 1, else => 2 }`),
    ).toEqual(['unknown-name: acept']);
    expect(
      problems(`${enums}function f(v: option<Verdict>): int = match v { case some(other) => 1, else => 2 }`),
    ).toEqual([]);
    expect(problems(decided('Verdict', 'case acept { A.tell(acept) }'))).toEqual([]);
  });
  it('is no case of an enum that is not imported', () => {
    const text =
      'import { ask } from "./ask.chor"\nchoreography G(A, B) {\n  A.ask() -> B.v\n  match B.v { case accept { } else { } }\n}';
    const others = { 'ask.chor': enums + 'extern ask(): Verdict' };
    expect(messages(text, others)).toEqual([
      '`accept` is a case of `Verdict`, which is not imported here: without it, this would be a name for the value. Import `Verdict`.',
    ]);
    expect(Object.values(fixed(text, 'unknown-name', others))[0]).toContain('import { ask, Verdict } from');
    expect(problems(text.replace('case accept', 'case later(d)').replace('{ }', '{ B.length([d]) }'), others)).toEqual(
      [],
    );
  });
  it('is an occurrence like that of any other name', () => {
    const text = 'function f(x: int): int = match x { case n => n + 1 }';
    expect(
      namesOf(text)
        .occurrences.filter((o) => o.symbol.name === 'n')
        .map((o) => `${o.role} ${o.origin.start}`),
    ).toEqual(['definition 41', 'read 46']);
  });
});

describe('projection and exploration', () => {
  it('keep the name, and tell it by its own label', () => {
    const text =
      'choreography G(A(x: int), B) { match A.x -> B { case 1 { } case n { A.n -> B.m B.m -> A.k: back } } }';
    expect(roleText(text, 'A')).toContain(
      'case n {\n      send to B: n\n      send n to B\n      receive k from B: back',
    );
    expect(roleText(text, 'B')).toContain('n {\n      receive m from A\n      send m to A: back');
  });
  it('take any value by it, and know what it is', () => {
    expect(
      outcome(
        'network N { process A(x: int) { send x to B match x { case 1 { send to B: one } case n { if n == x { } else { send to B: never } } } } process B { receive y from A if y == 1 { receive from A: one } } }',
      ),
    ).toBe('proved');
    expect(
      outcome(
        'network N { process A(x: int) { match x { case n { send n to B } } if x == 1 { send to B: one } } process B { receive y from A if y == 1 { receive from A: one } } }',
      ),
    ).toBe('proved');
    expect(
      outcome(
        'network N { process A(x: int) { match x { case 1 { send to B: a } case n { send to B: b } } } process B { receive from A: b } }',
      ),
    ).toContain('refuted');
  });
  it('know that two roles decide alike by it', () => {
    const both = (rest: string): string =>
      `choreography G(A(x: int), B) { A.x -> B.y match A.x, B.y { case 1 { } case n { ${rest} } } }`;
    const workspace = (text: string): string[] =>
      workspaceOf(text)
        .analyze(uri)
        ?.findings.filter((f) => f.severity !== 'hint')
        .map((f) => f.code) ?? [];
    expect(workspace(both('if A.n > 3, B.n > 3 { A -> B: more }'))).toEqual([]);
    // What was bound by one name in two places is not one value.
    expect(
      workspace(
        'choreography G(A(x: (int, int), z: (int, int)), B) { match A.x -> B { case (v, _) { A.v -> B.w } } match A.z -> B { case (v, _) { if A.v > 3, B.w > 3 { A -> B: more } } } }',
      ),
    ).toEqual(['guards-may-differ']);
  });
});

describe('labels of a `match`', () => {
  const network = (body: string): string =>
    `choreography M(A(ok: bool, n: int), B) {\n  match A.ok -> B { case true { B.log("yes") } case false { B.log("no") } }\n  match A.n -> B { case 7 { B.log("seven") } case _ { } }\n}\nextern log(s: string)\nnetwork N implements M {\n  process B {\n${body}\n  }\n}`;
  it('are `yes` and `no` for `true` and `false`, as with `if`, and `case1` … for other literals and `_`', () => {
    const workspace = new Workspace();
    workspace.set(
      uri,
      network(
        'receive from A { yes { log("yes") } no { log("no") } } receive from A { case1 { log("seven") } case2 { } }',
      ),
    );
    expect(workspace.analyze(uri)?.findings).toEqual([]);
    expect(workspace.analyze(uri)?.verdicts.map((v) => v.verdict)).toEqual(['proved', 'proved']);
  });
});

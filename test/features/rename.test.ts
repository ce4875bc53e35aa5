// Renaming looks at every file that could change meaning; so do imports that are added, and files that move.
import { describe, expect, it } from 'vitest';
import { importFixes } from '../../language/edits/names.js';
import { complete } from '../../language/features/completion.js';
import { importEdits, whyNotMove } from '../../language/features/links.js';
import { rename } from '../../language/features/rename.js';
import { Workspace } from '../../language/workspace.js';
import { applyEdits } from '../../language/edits/fix.js';

const at = (name: string): string => `file:///w/${name}.chor`;

/** The refusal, or the files as they are afterwards. */
function renamed(
  files: Readonly<Record<string, string>>,
  name: string,
  part: string,
  newName: string,
  nth = 1,
): string | Record<string, string> {
  const workspace = new Workspace();
  for (const [file, text] of Object.entries(files)) workspace.set(at(file), text);
  let offset = -1;
  for (let i = 0; i < nth; i++) offset = (files[name] ?? '').indexOf(part, offset + 1);
  const answer = rename(workspace, at(name), offset, newName);
  if ('refused' in answer) return answer.refused;
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      applyEdits(
        text,
        answer.edits.filter((e) => e.uri === at(file)),
      ),
    ]),
  );
}

const third = {
  a: 'record Bar { n: int }\nextern mk(): Bar\nfunction twice(x: list<int>): int = 2 * length(x)\n',
  b: 'import "./a.chor"\nimport "./c.chor"\nextern foo(): Foo\nextern use(f: Foo)\nextern show(n: int)\nchoreography G(A(l: list<int>), B) {\n  A.foo() -> B.f\n  B.use(f)\n  A.sum(l) -> B.s\n  B.show(s)\n}\n',
  c: 'record Foo { n: int }\n',
};

describe('a role is renamed everywhere', () => {
  const files = (text: string): Readonly<Record<string, string>> => ({ a: text });
  it('once where it is written once for several steps', () => {
    const text =
      'choreography C(Bank(amount: int), Teller[n >= 2]) {\n  par i in Teller {\n    Teller[i].i -> Bank.sum: paid\n    at Bank { amount = amount + sum if amount > i { amount = 0 } }\n  }\n  at Teller[n - 1] { x = 1 y = x }\n  Teller[n - 1].y -> Bank.y: last\n  Bank.y -> Teller.z: all\n}\n';
    for (const [name, other] of [
      ['Bank', 'House'],
      ['Teller', 'Clerk'],
      ['n', 'many'],
      ['i', 'number'],
    ] as const)
      expect(renamed(files(text), 'a', name === 'n' ? 'n >=' : name === 'i' ? 'i in' : name, other)).toEqual({
        a: text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), other),
      });
  });
  it('also in the header of a network', () => {
    const text =
      'network Pairs(Left[n >= 2], Right[n]) {\n  process Left[i] {\n    send i to Right[i]\n  }\n  process Right[i] {\n    receive x from Left[i]\n  }\n}\n';
    for (const nth of [1, 2, 3])
      expect(renamed(files(text), 'a', 'Left', 'Up', nth)).toEqual({ a: text.replaceAll('Left', 'Up') });
    expect(renamed(files(text), 'a', 'Right', 'Down')).toEqual({ a: text.replaceAll('Right', 'Down') });
  });
});

describe('a renaming is refused', () => {
  it('where a third file would get two of the name', () => {
    expect(renamed(third, 'a', 'Bar', 'Foo')).toBe(
      '`Foo` already means something else in b.chor: renaming `Bar` to it would change what the text means. Line 3 of b.chor: `Foo` means the record `Foo` of c.chor now, and would mean the record `Foo` of a.chor.',
    );
  });
  it('where a third file would not call the library any more', () => {
    expect(renamed(third, 'a', 'twice', 'sum')).toMatch(
      /^`sum` already means something else in b\.chor.*Line 9 of b\.chor: `sum` means the library’s `sum` now, and would mean the function `sum` of a\.chor\.$/,
    );
  });
  it('not where the name is free', () => {
    expect(renamed(third, 'a', 'Bar', 'Baz')).toEqual({ ...third, a: third.a.replaceAll('Bar', 'Baz') });
    expect(renamed(third, 'a', 'twice', 'double')).toEqual({ ...third, a: third.a.replace('twice', 'double') });
  });
  it('where a name in a pattern of another file would become a case, or a case a name', () => {
    const files = {
      a: 'enum V { yes, no }\nextern mk(): V\n',
      b: 'import "./a.chor"\nextern show(n: int)\nchoreography G(A(x: int), B) {\n  A.x -> B.y\n  match B.y { case 1 { } case n { B.show(n) } }\n}\n',
    };
    expect(renamed(files, 'a', 'yes', 'n')).toMatch(
      /Line 5 of b\.chor: `n` means a name that is bound there now, and would mean the case `n` of V\./,
    );
    const own = { a: 'enum V { yes, no }\nfunction f(x: int): int = match x { case 1 => 2, case n => n }\n' };
    expect(renamed(own, 'a', 'n =>', 'yes')).toMatch(/^`yes` already means something else/);
  });
  it('where a lambda, a pattern, a parameter or a variable would catch a name', () => {
    expect(
      renamed({ a: 'function f(y: int, l: list<int>): list<int> = map(l, x => x + y)\n' }, 'a', 'x =>', 'y'),
    ).toMatch(/already means something else/);
    expect(renamed({ a: 'function f(y: int, l: list<int>): list<int> = map(l, x => x + y)\n' }, 'a', 'y', 'x')).toMatch(
      /already means something else/,
    );
    expect(
      renamed(
        { a: 'function f(o: option<int>, d: int): int = match o { case some(v) => v + d, case none => d }\n' },
        'a',
        'v)',
        'd',
      ),
    ).toMatch(/already means something else/);
    expect(renamed({ a: 'function g(): int = 1\nfunction f(x: int): int = x + g()\n' }, 'a', 'x: int', 'g')).toEqual({
      a: 'function g(): int = 1\nfunction f(g: int): int = g + g()\n',
    });
    expect(
      renamed({ a: 'choreography G(A(x: int), B) {\n  A.y = 2\n  A.x + y -> B.z\n}\n' }, 'a', 'y = 2', 'x'),
    ).toMatch(/already means something else in G/);
  });
  it('where loops would hide each other', () => {
    const loops =
      'choreography G(A, B) {\n  rec X {\n    rec Y {\n      choice at A { A -> B: a continue X } or { A -> B: b continue Y }\n    }\n  }\n}\n';
    expect(renamed({ a: loops }, 'a', 'Y', 'X')).toMatch(/already means something else/);
    expect(renamed({ a: loops }, 'a', 'Y', 'Z')).toEqual({ a: loops.replaceAll('Y', 'Z') });
  });
  it('where two labels, fields, cases, roles or inputs would be one', () => {
    expect(
      renamed(
        { a: 'choreography G(A, B) {\n  choice at A { A -> B: one } or { A -> B: two }\n}\n' },
        'a',
        'one',
        'two',
      ),
    ).toMatch(/already means something else/);
    expect(renamed({ a: 'record R { n: int, m: int }\n' }, 'a', 'n:', 'm')).toMatch(/already means something else/);
    expect(renamed({ a: 'enum V { yes, no }\n' }, 'a', 'yes', 'no')).toMatch(/already means something else/);
    expect(renamed({ a: 'choreography G(A, B) {\n  A -> B: x\n}\n' }, 'a', 'A, B', 'B')).toMatch(
      /already means something else/,
    );
  });
  it('where a network in another file has the label that a case is told by', () => {
    const files = {
      a: 'enum V { yes, no }\nchoreography G(A(v: V), B) {\n  match A.v -> B { case yes { A -> B: x } case no { } }\n}\n',
      n: 'import { G } from "./a.chor"\nnetwork N implements G {\n  process B { receive from A { yes { receive from A: x } no { } } }\n}\n',
    };
    expect(renamed(files, 'a', 'yes', 'ja')).toMatch(/in n\.chor.*There would be a new error/);
  });
  it('where it passes through a file that was never looked at', () => {
    const files = {
      a: 'record Bar { n: int }\n',
      b: 'import "./a.chor"\ntype X = Bar\n',
      c: 'import "./b.chor"\nimport "./a.chor"\nfunction Foo(x: X): int = x.n\nchoreography G(A(x: X), B) {\n  A.Foo(x) -> B.y\n}\n',
    };
    expect(renamed(files, 'a', 'Bar', 'Baz')).toEqual({
      ...files,
      a: files.a.replace('Bar', 'Baz'),
      b: files.b.replace('Bar', 'Baz'),
    });
    // What a file declares comes before what it imports.
    expect(renamed(files, 'a', 'Bar', 'Foo')).toEqual({
      ...files,
      a: files.a.replace('Bar', 'Foo'),
      b: files.b.replace('Bar', 'Foo'),
    });
  });
  it('where something that is not known now would come to mean it', () => {
    expect(
      renamed({ a: 'record Bar { n: int }\n', b: 'import "./a.chor"\nextern f(x: Foo)\n' }, 'a', 'Bar', 'Foo'),
    ).toMatch(/Line 2 of b\.chor: `Foo`, which means nothing now, would mean the record `Foo` of a\.chor\./);
  });
});

describe('an import that is added', () => {
  const files = { a: 'function sum(x: list<int>): int = 1\nenum V { n, later }\nrecord Sumo { n: int }\n' };
  const workspaceOf = (text: string): Workspace => {
    const workspace = new Workspace();
    workspace.set(at('a'), files.a);
    workspace.set(at('b'), text);
    return workspace;
  };
  const offered = (text: string): string[] => {
    const offset = text.indexOf('<|>');
    const workspace = workspaceOf(text.replace('<|>', ''));
    return complete(workspace, at('b'), offset, undefined)
      .items.filter((i) => i.edits)
      .map((i) => i.label);
  };
  it('is not offered by completion where it would catch calls of the library', () => {
    expect(offered('choreography G(A(l: list<int>), B) {\n  A.l -> B.k\n  B.su<|>\n}\n')).toEqual(
      ['Sumo', 'sum'].sort(),
    );
    expect(offered('choreography G(A(l: list<int>), B) {\n  A.sum(l) -> B.k\n  B.x = Su<|>\n}\n')).toEqual(['Sumo']);
  });
  it('is no fix where it would make a name in a pattern a case', () => {
    const fixes = (text: string): number =>
      importFixes({ workspace: workspaceOf(text), uri: at('b'), text }, 'later', ['enum-case']).length;
    expect(fixes('choreography G(A, B) {\n  A.later -> B.x\n}\n')).toBe(1);
    expect(fixes('choreography G(A(x: int), B) {\n  A.later -> B.x\n  match A.x { case n { A.n -> B.x } }\n}\n')).toBe(
      0,
    );
  });
});

describe('a file that moves', () => {
  const files = {
    a: 'record Foo { n: int }\n',
    b: 'record Foo { m: int }\n',
    main: 'import { Foo } from "./b.chor"\nfunction f(x: Foo): int = x.m\n',
    other: 'import { Foo } from "./a.chor"\nfunction g(x: Foo): int = x.n\n',
  };
  const workspace = new Workspace();
  for (const [file, text] of Object.entries(files)) workspace.set(at(file), text);
  const why = (from: string, to: string): string | undefined => {
    const moves = [{ from: at(from), to: at(to) }];
    return whyNotMove(workspace, moves, importEdits(workspace, moves));
  };
  it('keeps everything as it is', () => {
    expect(why('a', 'lib/a2')).toBeUndefined();
    expect(why('main', 'sub/main')).toBeUndefined();
  });
  it('is told not to where another file is written over that is imported', () => {
    expect(why('a', 'b')).toMatch(
      /^This would change what line \d of (main|other)\.chor means, so its imports were left as they are\. /,
    );
  });
});

describe('a renaming explores networks', () => {
  const steps = Array.from({ length: 300 }, () => 'x = x + 1').join(' ');
  const text = `network N { process A(x: int) { rec L { ${steps} send x to B: more continue L } } process B { rec M { receive y from A: more log(y) continue M } } }\nextern log(value: int)\n`;
  /** How often it was asked whether exploring is to go on. */
  const asked = (part: string): number => {
    let count = 0;
    const workspace = new Workspace({
      limits: { states: 1000, buffer: 2 },
      watch: { now: () => 0, interrupted: () => (count++, false) },
    });
    workspace.set(at('a'), text);
    workspace.analyze(at('a'));
    count = 0;
    expect(rename(workspace, at('a'), text.indexOf(part), 'other')).toHaveProperty('edits');
    return count;
  };
  it.each(['x: int', 'L {', 'y from', 'N {', 'log('])('not for `%s`, which no run depends on', (part) => {
    expect(asked(part)).toBeLessThan(3);
  });
  it.each(['more', 'B {'])('for `%s`, which runs may depend on', (part) => {
    expect(asked(part)).toBeGreaterThan(3);
  });
});

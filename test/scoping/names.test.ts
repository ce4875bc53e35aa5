// What names mean: occurrences and ids within a file and across files, imports, and what is said of names that mean
// nothing.
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { closest } from '../../language/syntax/closest.js';
import { complete } from '../../language/features/completion.js';
import { importEdits } from '../../language/features/links.js';
import { normalAddress, relativePath, resolvePath } from '../../language/scoping/paths.js';
import { detail, fixed, hints, messages, namesOf, problems, uri, workspaceOf } from '../typing/helpers.js';

const shop = `/** What is ordered. */
record Order { /** On the cover. */ title: string, copies: int }
enum Verdict { accept, reject }
function total(o: Order, unit: int): int = o.copies * unit

/** Buys. */
choreography Bookseller(/** Pays. */ Buyer(title: string, budget: int), Seller, Shipper): string@Buyer {
  Buyer.Order(title, copies: 1) -> Seller.o: order
  Seller.total(o, 3) -> Buyer.price
  match Buyer.(if price <= budget then accept else reject) -> Seller, Shipper {
    case accept { Shipper."now" -> Buyer.when }
    case reject { Buyer.when = "never" }
  }
  return Buyer.when
}
`;

/** All places of the name that stands at a text, as `role line:column`. */
function places(text: string, at: string, others?: Record<string, string>): string[] {
  const names = namesOf(text, others);
  const offset = text.indexOf(at) + Math.max(0, at.indexOf('|'));
  const own = names.occurrences.find((o) => o.origin.start <= offset && offset < o.origin.end);
  return names.occurrences
    .filter((o) => o.symbol.id === own?.symbol.id)
    .map((o) => {
      const before = text.slice(0, o.origin.start).split('\n');
      return `${o.role} ${before.length}:${(before.at(-1) ?? '').length + 1}`;
    });
}

describe('occurrences', () => {
  it('are in source order, and cover what stands there', () => {
    const { occurrences } = namesOf(shop);
    const starts = occurrences.map((o) => o.origin.start);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const o of occurrences) expect(shop.slice(o.origin.start, o.origin.end)).toBe(o.symbol.name);
  });
  it('of a variable: first received, assigned, read', () =>
    expect(places(shop, 'when }')).toEqual(['definition 11:42', 'write 12:25', 'read 14:16']));
  it('of a role: header, result, arrow lists, once each', () => {
    expect(places(shop, 'Shipper')).toEqual(['definition 7:81', 'read 10:71', 'read 11:19']);
  });
  it('of a field: declared, by name, by access', () =>
    expect(places(shop, 'copies')).toEqual(['definition 2:52', 'read 4:46', 'read 8:22']));
  it('of an enum case, also in patterns', () =>
    expect(places(shop, 'accept')).toEqual(['definition 3:16', 'read 10:40', 'read 11:10']));
  it('of a label: all messages that carry it', () => {
    expect(places('choreography C(A, B) { A -> B: go  B -> A: go  A -> B: stop }', 'go')).toEqual([
      'definition 1:32',
      'read 1:44',
    ]);
  });
  it('of a rec', () =>
    expect(places('choreography C(A, B) { rec X { A.1 -> B.x continue X } }', 'X')).toEqual([
      'definition 1:28',
      'read 1:52',
    ]));
  it('of a lambda’s parameter', () =>
    expect(places('choreography C(A(xs: list<int>), B) { A.map(xs, x => x + 1) -> B.x }', 'x =>')).toEqual([
      'definition 1:49',
      'read 1:54',
    ]));
  it('have the same ids in every file', () => {
    const other =
      'import { Bookseller, Verdict } from "./main.chor"\nchoreography D(A, B, C) { A.when = do Bookseller(A("x", 1), B, C)  A.accept -> B.v }';
    const workspace = workspaceOf(shop, { 'other.chor': other });
    const mine = workspace.analyze(uri)?.occurrences ?? [];
    const theirs = workspace.analyze('file:///t/other.chor')?.occurrences ?? [];
    for (const name of ['Bookseller', 'Verdict', 'accept']) {
      const ids = new Set([...mine, ...theirs].filter((o) => o.symbol.name === name).map((o) => o.symbol.id));
      expect([...ids], name).toHaveLength(1);
      expect(theirs.some((o) => o.symbol.name === name)).toBe(true);
    }
  });
  it('of a process are those of the role that it implements', () => {
    const text = 'choreography C(A, B) { A.1 -> B.x: go }\nnetwork N implements C { process A { send 1 to B: go } }';
    expect(places(text, 'A,')).toEqual(['definition 1:16', 'read 1:24', 'definition 2:34']);
    expect(places(text, 'B)')).toEqual(['definition 1:19', 'read 1:31', 'read 2:48']);
    expect(places(text, 'go')).toEqual(['definition 1:36', 'read 2:51']);
  });
  it('of a broken declaration are there, without findings', () => {
    const text = 'choreography C(A, B) {\n  A.foo -> B.x\n  B.x -> \n}';
    expect(places(text, 'A,')).toEqual(['definition 1:16', 'read 2:3']);
    expect(problems(text)).toEqual([]);
  });
});

describe('details', () => {
  it.each([
    ['Buyer.price', 'Buyer.price: int'],
    ['Buyer.title', 'Buyer.title: string'],
    ['total', 'function total(o: Order, unit: int): int'],
    ['Bookseller', 'choreography Bookseller(Buyer(title: string, budget: int), Seller, Shipper): string@Buyer'],
    ['Order', 'record Order { title: string, copies: int }'],
    ['accept', 'Verdict.accept'],
    ['Seller.o', 'Seller.o: Order'],
    ['Buyer', 'role Buyer(title: string, budget: int)'],
    ['order', 'Buyer -> Seller: order(Order)'],
  ])('%s: %s', (name, shown) => expect(detail(shop, name)).toBe(shown));
  it('carry documentation', () => {
    const docs = Object.fromEntries(
      namesOf(shop).occurrences.flatMap((o) => (o.symbol.doc ? [[o.symbol.name, o.symbol.doc]] : [])),
    );
    expect(docs).toMatchObject({
      Order: 'What is ordered.',
      Bookseller: 'Buys.',
      Buyer: 'Pays.',
      title: 'On the cover.',
    });
  });
  it('infer the result of a function that does not state it', () =>
    expect(detail('function f(n: int) = [n]\nfunction g(n: int) = f(n)', 'g')).toBe('function g(n: int): list<int>'));
  it('list the variables of each role', () => {
    const own = namesOf(shop).variables.get('Bookseller');
    expect([...(own ?? [])].map(([role, list]) => [role, list.map((s) => s.name)])).toEqual([
      ['Buyer', ['title', 'budget', 'price', 'when']],
      ['Seller', ['o']],
      ['Shipper', []],
    ]);
  });
});

describe('imports', () => {
  const lib =
    'type Title = string\nextern priceOf(t: Title): int\nenum Answer { yes, no(reason: string) }\nchoreography Ping(A, B) { A.1 -> B.x }';
  const others = { 'lib.chor': lib };
  it('bring names, enum cases with their enum', () => {
    expect(
      problems(
        'import { priceOf, Answer, Ping } from "./lib.chor"\nchoreography C(A, B) { A.priceOf("x") -> B.p  B.yes -> A.v  do Ping(A, B) }',
        others,
      ),
    ).toEqual([]);
    expect(problems('import "./lib.chor"\nchoreography C(A(t: Title), B) { A.priceOf(t) -> B.p }', others)).toEqual([]);
  });
  it('are told where file or name is missing, and nothing more', () => {
    expect(problems('import { x } from "./nope.chor"\nchoreography C(A, B) { A.x(1) -> B.p }')).toEqual([
      'import-not-found: "./nope.chor"',
    ]);
    expect(
      problems('import { priceof } from "./lib.chor"\nchoreography C(A, B) { A.priceof(1) -> B.p }', others),
    ).toEqual(['import-not-found: priceof']);
    expect(fixed('import { priceof } from "./lib.chor"', 'import-not-found', others)['Change to `priceOf`']).toBe(
      'import { priceOf } from "./lib.chor"',
    );
    expect(fixed('import "./lob.chor"', 'import-not-found', others)['Change to "./lib.chor"']).toBe(
      'import "./lib.chor"',
    );
  });
  it('are faded where nothing uses them', () => {
    const text = 'import { priceOf, Answer, Ping } from "./lib.chor"\nchoreography C(A, B) { A.yes -> B }';
    expect(hints(text, others)).toEqual(['unused-import: priceOf', 'unused-import: Ping']);
    expect(Object.values(fixed(text, 'unused-import', others))[0]).toContain('import { Answer, Ping }');
  });
  it('can be added by a fix: extending an import, or as a new line', () => {
    expect(
      Object.values(
        fixed(
          'import { Ping } from "./lib.chor"\nchoreography C(A, B) { do Ping(A, B)  A.priceOf("x") -> B.p }',
          'unknown-name',
          others,
        ),
      )[0],
    ).toContain('import { Ping, priceOf } from');
    expect(Object.values(fixed('choreography C(A, B) { A.no("x") -> B.p }', 'unknown-name', others))[0]).toBe(
      'import { Answer } from "./lib.chor"\n\nchoreography C(A, B) { A.no("x") -> B.p }',
    );
    expect(fixed('choreography C(A, B) { A.yes -> B.p }', 'unknown-variable', others)).toHaveProperty(
      'Import `Answer` from "./lib.chor"',
    );
    expect(
      Object.values(fixed('choreography C(A, B) { do Ping(A, B) }', 'unknown-name', { 'sub/lib.chor': lib }))[0],
    ).toContain('from "./sub/lib.chor"');
  });
});

describe('names that mean nothing', () => {
  it.each([
    ['choreography C(A, B) { A.1 -> Bb.x }', ['unknown-role: Bb']],
    ['choreography C(A, B) { A.1 -> B.x  Z.x = 1 }', ['unknown-role: Z']],
    ['choreography C(A, B) { A.1 -> B.x  A.x -> B.y }', ['not-located-here: x']],
    ['choreography C(A, B) { A.1 -> B.x  A.B.x -> B.y }', ['not-located-here: B.x']],
    ['choreography C(A(n: int), B) { A.n + A.n -> B.y }', ['not-located-here: A.n']],
    ['choreography C(A(n: Nope), B) { A.n -> B.y }', ['unknown-name: Nope']],
    ['choreography C(A(n: list), B) { A.n -> B.y }', ['wrong-arguments: list']],
    ['type T = list<T>', ['type-is-recursive: T']],
    ['type T = U\ntype U = T', ['type-is-recursive: T', 'type-is-recursive: U']],
    ['record T { u: U }\nrecord U { t: T }', ['type-is-recursive: U', 'type-is-recursive: T']],
    ['record T { u: option<T>, many: list<T> }', []],
    ['enum E { a, b(x: int), a }', ['duplicate-name: a']],
    ['choreography C(A, A) { }', ['duplicate-name: A']],
    ['record R { a: int }\nenum R { b }', ['duplicate-name: R']],
    ['function f(x: int): string = x', ['type-mismatch: x']],
    ['function f(x: int): int = y', ['unknown-variable: y']],
    ['network N implements Nope { process A { } }', ['unknown-name: Nope']],
    ['choreography C(A, B) { A.1 -> B.x }\nnetwork N implements C { process Z { } }', ['unknown-role: Z']],
    ['choreography C(A, B) { A.1 -> B.x  if A.true -> A { A.1 -> B.y } }', ['self-communication: A']],
  ])('%s', (text, expected) => expect(problems(text)).toEqual(expected));
  it('say what a name is instead', () => {
    expect(messages('choreography C(A, B) { do T(A, B) }\ntype T = int')).toEqual([
      '`T` is a type, but a choreography has to stand here.',
    ]);
  });
});

describe('what is unused', () => {
  it.each([
    ['choreography C(A, B) { A.1 -> B.x }', ['unused-variable: x']],
    ['choreography C(A, B) { A.1 -> B._x }', []],
    ['choreography C(A(n: int), B) { A.1 -> B }', []],
    ['choreography C(A, B) { A.1 -> B.x  B.x -> A }', []],
    ['network N { process A { send 1 to B } process B { receive x from A } }', ['unused-variable: x']],
  ])('%s', (text, expected) => expect(hints(text)).toEqual(expected));
  it('roles are, but not while there is nothing yet', () => {
    expect(problems('choreography C(A, B, D) { A.1 -> B }')).toEqual(['unused-role: D']);
    expect(problems('choreography C(A, B, D) { }')).toEqual([]);
  });
  it('roles are removed only where nothing calls', () => {
    expect(Object.values(fixed('choreography C(A, B, D) { A.1 -> B }', 'unused-role'))).toEqual([
      'choreography C(A, B) { A.1 -> B }',
    ]);
    expect(
      fixed('choreography C(A, B, D) { A.1 -> B }\nchoreography M(A, B, D) { do C(A, B, D) }', 'unused-role'),
    ).toEqual({});
  });
  it.each([
    ['choreography C(A, B) {\n  A.1 -> B.x: go\n}', 'choreography C(A, B) {\n  A.1 -> B: go\n}'],
    ['choreography C(A, B) {\n  A.1 -> B\n  B.x = 2 // two\n}', undefined],
    ['choreography C(A, B) {\n  A.1 -> B\n  B.x = 2\n}', 'choreography C(A, B) {\n  A.1 -> B\n}'],
    [
      'network N { process A { send 1 to B } process B { receive x: int from A } }',
      'network N { process A { send 1 to B } process B { receive from A } }',
    ],
    [
      'network N { process A { send 1 to B: a } process B { receive from A { a(x: int) { } } } }',
      'network N { process A { send 1 to B: a } process B { receive from A { a { } } } }',
    ],
  ])('a variable is taken away: %s', (text, after) => {
    const [result] = Object.values(fixed(text, 'unused-variable'));
    if (after !== undefined) expect(result).toBe(after);
    else expect(result).toContain('// two');
  });
});

describe('fixes', () => {
  it.each([
    [
      'not-located-here',
      'choreography C(A(n: int), B) {\n  // x\n  if B.n > 1 -> A {\n    A.1 -> B.y\n  }\n}',
      'choreography C(A(n: int), B) {\n  // x\n  A.n -> B.n\n  if B.n > 1 -> A {\n    A.1 -> B.y\n  }\n}',
    ],
    [
      'not-located-here',
      'choreography C(A(n: int), B) { B.n -> A.y }',
      'choreography C(A(n: int), B) { A.n -> B.n; B.n -> A.y }',
    ],
    [
      'not-located-here',
      'choreography C(A(n: int), B(b: bool)) {\n  if B.b -> A {\n    A.1 -> B.y\n  } else if B.n > 1 -> A {\n    A.2 -> B.y\n  }\n}',
      'choreography C(A(n: int), B(b: bool)) {\n  A.n -> B.n\n  if B.b -> A {\n    A.1 -> B.y\n  } else if B.n > 1 -> A {\n    A.2 -> B.y\n  }\n}',
    ],
    [
      'not-located-here',
      'choreography C(A(n: int), B) {\n  B.A.n + 1 -> A.y\n}',
      'choreography C(A(n: int), B) {\n  A.n -> B.n\n  B.n + 1 -> A.y\n}',
    ],
    [
      'not-located-here',
      'choreography C(A(n: int), B): int@A {\n  A.n -> B.m\n  return B.m\n}',
      'choreography C(A(n: int), B): int@A {\n  A.n -> B.m\n  B.m -> A.m\n  return A.m\n}',
      true,
    ],
    [
      'self-communication',
      'choreography C(A(n: int), B) { A.n -> A.m, B.m }',
      'choreography C(A(n: int), B) { A.m = n A.n -> B.m }',
      true,
    ],
    [
      'self-communication',
      'choreography C(A(n: int), B) {\n  A -> A: go\n  A.n -> B.m\n}',
      'choreography C(A(n: int), B) {\n  A -> B: go\n  A.n -> B.m\n}',
      true,
    ],
    [
      'unknown-name',
      'enum V { a, b }\nchoreography C(A(v: V), B) {\n  match A.v -> B {\n    case c { A.1 -> B }\n    else { }\n  }\n}',
      'enum V { a, b, c }\nchoreography C(A(v: V), B) {\n  match A.v -> B {\n    case c { A.1 -> B }\n    else { }\n  }\n}',
      true,
    ],
    [
      'unknown-name',
      'choreography C(A(n: int), B) {\n  A.f(n, "x") -> B.y\n  B.y + 1 -> A.z\n}',
      'extern f(n: int, arg2: string): int\n\nchoreography C(A(n: int), B) {\n  A.f(n, "x") -> B.y\n  B.y + 1 -> A.z\n}',
    ],
    [
      'unknown-name',
      '/** Doc. */\nchoreography C(A(n: int), B) {\n  A.n -> B.y\n  A.log(n)\n}',
      'extern log(n: int)\n\n/** Doc. */\nchoreography C(A(n: int), B) {\n  A.n -> B.y\n  A.log(n)\n}',
    ],
    [
      'type-mismatch',
      'choreography C(A(n: int), B) {\n  A.n -> B.y\n  return B.y\n}',
      'choreography C(A(n: int), B): int@B {\n  A.n -> B.y\n  return B.y\n}',
    ],
    [
      'unknown-variable',
      'choreography C(A(n: int), B) {\n  A.n -> B.number\n  B.numbr + 1 -> A.z\n}',
      'choreography C(A(n: int), B) {\n  A.n -> B.number\n  B.number + 1 -> A.z\n}',
    ],
    [
      'maybe-unassigned',
      'choreography C(A(b: bool), B) {\n  if A.b {\n    A.1 -> B.x: yes\n  } else {\n    A -> B: no\n  }\n  B.x -> A.y\n}',
      'choreography C(A(b: bool), B) {\n  if A.b {\n    A.1 -> B.x: yes\n  } else {\n    A -> B: no\n    B.x = 0\n  }\n  B.x -> A.y\n}',
    ],
    [
      'maybe-unassigned',
      'choreography C(A(b: bool), B) { if A.b { A."x" -> B.x: yes } else { A -> B: no }  B.x -> A.y }',
      'choreography C(A(b: bool), B) { if A.b { A."x" -> B.x: yes } else { A -> B: no B.x = "" }  B.x -> A.y }',
    ],
    [
      'maybe-unassigned',
      'choreography C(A(b: bool), B) {\n  if A.b -> B {\n    A.1 -> B.x\n  }\n  B.x -> A.y\n}',
      'choreography C(A(b: bool), B) {\n  if A.b -> B {\n    A.1 -> B.x\n  } else {\n    B.x = 0\n  }\n  B.x -> A.y\n}',
    ],
    [
      'type-mismatch',
      'choreography C(A(n: int, f: float), B, D) {\n  if A.f <= n -> B {\n    B.1 -> D\n  }\n}',
      'choreography C(A(n: int, f: float), B, D) {\n  if A.f <= toFloat(n) -> B {\n    B.1 -> D\n  }\n}',
    ],
    [
      'missing-case',
      'enum V { a, b(n: int), c }\nchoreography C(A(v: V), B) {\n  match A.v -> B {\n    case a {\n    }\n  }\n  A.1 -> B\n}',
      'enum V { a, b(n: int), c }\nchoreography C(A(v: V), B) {\n  match A.v -> B {\n    case a {\n    }\n    case b(n) {\n    }\n    case c {\n    }\n  }\n  A.1 -> B\n}',
    ],
    [
      'missing-case',
      'network N { process A(n: int) {\n  match n {\n    case 1 {\n    }\n  }\n} }',
      'network N { process A(n: int) {\n  match n {\n    case 1 {\n    }\n    else {\n    }\n  }\n} }',
    ],
    [
      'unknown-role',
      'choreography C(A(n: int), B) {\n  A.n -> Carol.x\n A.n -> B.x\n}',
      'choreography C(A(n: int), Carol, B) {\n  A.n -> Carol.x\n A.n -> B.x\n}',
    ],
  ] as [string, string, string, boolean?][])('of %s: %s', (code, text, after, anywhere) => {
    const all = Object.values(fixed(text, code));
    if (anywhere) expect(all.map((a) => a.replace(/\s+/g, ' '))).toContain(after.replace(/\s+/g, ' '));
    else expect(all[0]).toBe(after);
  });
});

describe('what can’t be known', () => {
  it('is silent: a whole file that is not found may declare anything', () => {
    expect(
      problems('import "./nope.chor"\nchoreography C(A(t: Title), B) { A.priceOf(t) -> B.p  do Quote(A, B) }'),
    ).toEqual(['import-not-found: "./nope.chor"']);
  });
  it('is silent: a declaration that can’t be read may be meant', () => {
    expect(problems('choreography Quote(((\nchoreography C(A, B) { A.1 -> B.p  do Quote(A, B) }')).toEqual([]);
  });
});

describe('closest', () => {
  it.each([
    ['prcie', ['price', 'x'], ['price']],
    ['Price', ['price'], ['price']],
    ['a', ['b', 'c'], []],
    ['total', ['totl', 'totals', 'other'], ['totl', 'totals']],
    ['same', ['same'], []],
  ])('%s', (name, names, expected) => expect(closest(name, names)).toEqual(expected));
});

describe('paths of imports', () => {
  const strange = [
    'types #1.chor',
    'a%b.chor',
    '50%25.chor',
    'what?.chor',
    'back\\slash.chor',
    ' a .chor',
    'a:b.chor',
    'ü é.chor',
    '%2e%2e',
    'tab\t.chor',
    'line\n.chor',
    'a~[b]^|`{}.chor',
    '#',
    '?x=1',
  ];
  it('are written as the files are named', () => {
    for (const name of strange) {
      const address = normalAddress(`file:///t/${encodeURIComponent(name)}`);
      expect(resolvePath('file:///t/main.chor', `./${name}`), name).toBe(address);
      expect(relativePath('file:///t/main.chor', address)).toBe(`./${name}`);
    }
    expect(resolvePath('file:///t/a/main.chor', '../b/../c.chor')).toBe('file:///t/c.chor');
    expect(resolvePath('file:///t/main.chor', '/abs/ü.chor')).toBe('file:///abs/%C3%BC.chor');
  });
  it('lead back to where they were made for', () => {
    const part = fc
      .oneof(fc.constantFrom(...strange), fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }))
      .filter((name) => !/[/\0]|^\.\.?$/.test(name));
    const path = fc
      .array(part, { minLength: 1, maxLength: 3 })
      .map((parts) => normalAddress(`file:///${parts.map(encodeURIComponent).join('/')}`));
    fc.assert(
      fc.property(path, path, (from, to) => {
        expect(resolvePath(from, relativePath(from, to) ?? '')).toBe(to);
      }),
    );
  });
  it('may be addresses, have drives, or lead to another host', () => {
    expect(resolvePath('file:///t/main.chor', 'vscode-vfs://github/me/a%20b.chor')).toBe(
      'vscode-vfs://github/me/a%20b.chor',
    );
    expect(resolvePath('file:///C:/t/main.chor', 'd:/x.chor')).toBe('file:///d:/x.chor');
    expect(relativePath('file:///C:/t/main.chor', 'file:///D:/x.chor')).toBe('/D:/x.chor');
    expect(resolvePath('file:///C:/t/main.chor', '/D:/x.chor')).toBe('file:///D:/x.chor');
    expect(resolvePath('file:///t/main.chor', '//host/share/x.chor')).toBe('file://host/share/x.chor');
    expect(relativePath('file:///t/main.chor', 'file://host/t/x.chor')).toBeUndefined();
    expect(relativePath('file:///t/main.chor', 'untitled:Untitled-1')).toBeUndefined();
  });
  it('that are written as addresses are told so, and can be put right', () => {
    const others = { 'a%20b.chor': 'record A {}\n' };
    expect(messages('import "./a%20b.chor"', others)).toEqual([
      'There is no file "./a%20b.chor", seen from this one. Paths are written as files are named, without `%` escapes.',
    ]);
    expect(fixed('import "./a%20b.chor"', 'import-not-found', others)).toEqual({
      'Change to "./a b.chor"': 'import "./a b.chor"',
    });
  });
  it('that are offered are found', () => {
    const address = 'back%5C%22slash%20%231.chor';
    const others = { [address]: 'extern f(n: int)\n' };
    const text = 'choreography C(A(n: int), B) {\n  A.f(n)\n  A -> B\n}\n';
    const path = '"./back\\\\\\"slash #1.chor"';
    const after = fixed(text, 'unknown-name', others)[`Import \`f\` from ${path}`];
    expect(after).toBe(`import { f } from ${path}\n\n${text}`);
    expect(problems(after ?? '', others)).toEqual([]);
    const workspace = workspaceOf(`import ""`, others);
    const [item] = complete(workspace, uri, 8).items;
    expect(`"${item?.insert ?? ''}"`).toBe(path);
    workspace.set(uri, 'import "./old.chor"');
    workspace.set('file:///t/old.chor', '');
    const [edit] = importEdits(workspace, [{ from: 'file:///t/old.chor', to: `file:///t/${address}` }]);
    expect(edit?.newText).toBe(path);
  });
});

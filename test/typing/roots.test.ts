// One mistake is one error: what follows from it are its related places, and its fixes mend all of it.
import { describe, expect, it, test } from 'vitest';
import { applyEdits } from '../../language/edits/fix.js';
import { fixesFor } from '../../language/fixes/try.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///main.chor';
const tools = `
extern number(n: int)
extern show(s: string)
extern ask(): int
extern priceOf(title: string): int
record Order { title: string, copies: int }
`;

interface Told {
  readonly error: string;
  readonly also: readonly string[];
  readonly first: string | undefined;
}

/**
 * The errors, each with its place, how much follows from it, and the first of its fixes; after that there must be no
 * error left.
 */
function told(text: string): Told[] {
  const whole = text + tools;
  const workspace = new Workspace();
  workspace.set(uri, whole);
  const errors = diagnosticsIn(workspace, uri).filter((d) => d.severity === 'error');
  return errors.map((d) => ({
    error: `${whole.slice(d.origin.start, d.origin.end)}: ${d.message}`,
    also: (d.consequences ?? []).map((c) => whole.slice(c.origin.start, c.origin.end)),
    first: fixesFor(workspace, d.finding)[0]?.title,
  }));
}

/** What is left after the first fix of the only error. */
function mended(text: string): string {
  const whole = text + tools;
  const workspace = new Workspace();
  workspace.set(uri, whole);
  const [only, second] = diagnosticsIn(workspace, uri).filter((d) => d.severity === 'error');
  if (!only || second) throw new Error('not one error');
  const [fix] = fixesFor(workspace, only.finding);
  const after = applyEdits(whole, fix?.edits ?? []);
  workspace.set(uri, after);
  expect(
    diagnosticsIn(workspace, uri)
      .filter((d) => d.severity === 'error')
      .map((d) => d.message),
  ).toEqual([]);
  return after.slice(0, -tools.length);
}

describe('a value of the wrong type', () => {
  const rounds = (value: string): string => `choreography C(A, B) {
  A.x = ${value}
  A.x -> B.y
  if B.y > 3 -> A { B.number(y) } else { A.number(x) }
}`;
  test('is not read where a `let` has its name', () => {
    const found = told(
      'choreography C(A, B) {\n  A.x = "7"\n  A.y = let x = "a" in x + "b"\n  A.number(x)\n  A.number(x)\n  A.y -> B.y\n}\n',
    );
    expect(found.map(({ error }) => error)).toEqual([
      '"7": `"7"` is a `string`, but `A.x` is used as an `int` everywhere.',
    ]);
  });

  it('is told where it comes from, with all that it does not fit', () => {
    expect(told(rounds('"7"'))).toEqual([
      {
        error: '"7": `"7"` is a `string`, but `A.x` is used as an `int` everywhere.',
        also: ['3', 'y', 'x'],
        first: 'Write `7`',
      },
    ]);
    expect(mended(rounds('"7"'))).toBe(rounds('7'));
  });
  test.each<[string, string, string]>([
    ['sent without a variable', 'choreography C(A, B) { A."7" -> B.y B.number(y) B.number(y + 1) }', '"7"'],
    [
      'counted down',
      'choreography C(A, B) { A.n = "10" while A.n > 0 -> B { A.n -> B.m B.number(m) A.n = n - 1 } }',
      '"10"',
    ],
    [
      'matched',
      'choreography C(A, B) { A.v = "3" A.v -> B.v match B.v -> A { case 1 { B.number(v) } case 2 { A.number(v) } else { B.number(0) } } }',
      '"3"',
    ],
    [
      'decided by',
      'choreography C(A, B) { A.ok = "true" A.ok -> B.ok if A.ok, B.ok { A.number(1) } else { B.number(1) } }',
      '"true"',
    ],
    ['returned', 'choreography C(A, B): int@B { A.x = "1" A.x -> B.y B.number(y) return B.y }', '"1"'],
    ['sent to several', 'choreography C(A, B, D) { A."7" -> B.y, D.z B.number(y) D.number(z) }', '"7"'],
    [
      'given on',
      'choreography C(A, B) { A.x = "7" A.y = x do D(A(y), B) A.number(x) } choreography D(A(n: int), B) { A.n -> B.m B.number(m) }',
      '"7"',
    ],
    [
      'the type of an input',
      'choreography C(A(x: string), B) { A.x -> B.y B.number(y) B.number(y + 1) A.number(x) }',
      'string',
    ],
    [
      'in a process',
      'network N { process A { x = "7" send x to B number(x) } process B { receive y from A number(y) number(y + 1) } }',
      '"7"',
    ],
    [
      'in a process that comes later',
      'network N { process B { receive y from A number(y) } process A { x = "7" send x to B number(x) } }',
      '"7"',
    ],
    [
      'sent twice by a process',
      'network N { process B { receive y from A receive z from A number(y + z) } process A { x = "7" send x to B send x to B number(x) } }',
      '"7"',
    ],
    [
      'of an annotation',
      'network N { process A { send 7 to B } process B { receive y: string from A number(y) number(y + 1) } }',
      'string',
    ],
  ])('%s', (_, text, place) => {
    expect(told(text).map(({ error }) => error.split(':')[0])).toEqual([place]);
    mended(text);
  });
  it('is told where it is used if it fits elsewhere', () => {
    expect(told('choreography C(A, B) { A.x = ask() A.x -> B.y A.number(x) B.show(y) B.show(y + "a") }')).toMatchObject(
      [{ error: 'y: `y` is an `int` here, but `show` takes a `string`. So it is at another place.', also: ['"a"'] }],
    );
  });
  it('is one, and others are others', () => {
    const two =
      'choreography C(A, B) { A.x = "7" A.y = "8" A.x -> B.a A.y -> B.b B.number(a) B.number(a + 1) B.number(b) B.number(b + 2) }';
    expect(told(two).map(({ error, also }) => [error.split(':')[0], also])).toEqual([
      ['"7"', ['a', '1']],
      ['"8"', ['b', '2']],
    ]);
    const both = 'choreography C(A, B) { A.x = 7 A.x -> B.a B.show(a) if B.a -> A { A.show(x) } }';
    expect(told(both).map(({ error, also }) => [error.split(':')[0], also])).toEqual([
      ['a', ['x']],
      ['a', []],
    ]);
  });
  it('as an argument is told there alone', () => {
    expect(
      told(
        'choreography C(A, B) { A.p = priceOf(7) A.p -> B.p if B.p > 3 -> A { B.number(p) } else { A.number(p) } }',
      ).map(({ error }) => error.split(':')[0]),
    ).toEqual(['7']);
    expect(
      told(
        'choreography C(A, B) { A.o = Order(title: 7, copies: 1) A.o -> B.o B.show(o.title) if B.o.title == "x" -> A { A.show(o.title) } }',
      ).map(({ error }) => error.split(':')[0]),
    ).toEqual(['7']);
  });
  const design = (value: string): string =>
    `choreography Q(A, B) { A.x = ${value} A.x -> B.y if B.y > 3 -> A { B.number(y) } else { A.number(x) } }`;
  const network = (value: string): string =>
    `network N implements Q { process A { x = ${value} send x to B receive from B { yes { } no { number(x) } } } process B { receive y from A if y > 3 { send to A: yes number(y) } else { send to A: no } } }`;
  it('in a design is not told of what implements it', () => {
    expect(told(`${design('"7"')}\n${network('7')}`).map(({ also }) => also)).toEqual([['3', 'y', 'x']]);
  });
  it('in what implements a design is told once', () => {
    expect(told(`${design('7')}\n${network('"7"')}`).map(({ error, also }) => [error.split(':')[0], also])).toEqual([
      ['"7"', ['x', 'x', '3', 'y']],
    ]);
  });
});

describe('a name that is not there', () => {
  it.each([
    [
      'choreography C(A) { A.1 -> B.y B.number(y) if B.y > 3 -> A { A.number(1) } B.2 -> A.z A.number(z) }',
      ['B', 'B', 'B'],
      'Add B to the roles of `C`',
      'B: `C` has no role B: its roles are A. Add it to the header, or use one of these. B is used at 3 other places as well.',
    ],
    [
      'choreography C(Alice, Bobby) { Alice.1 -> Bobby.y Boby.number(y) Boby.2 -> Alice.z Alice.number(z) }',
      ['Boby'],
      'Change to `Bobby` in 2 places',
      'Boby: `C` has no role Boby: its roles are Alice, Bobby. Did you mean `Bobby`? Boby is used at another place as well.',
    ],
    [
      'choreography C(A, B) { A.pirce = 7 A.price -> B.p B.number(p) A.number(price) A.number(price + 1) }',
      ['price', 'price'],
      'Change `pirce`, which nobody reads, to `price`',
      'price: A has no variable `price`. Did you mean `pirce`? It is used at 2 other places as well.',
    ],
    [
      'choreography C(A, B) { A.7 -> B.pirce B.number(price) if B.price > 3 { B.number(price + 1) } }',
      ['price', 'price'],
      'Change `pirce`, which nobody reads, to `price`',
      'price: B has no variable `price`. Did you mean `pirce`? It is used at 2 other places as well.',
    ],
    [
      'choreography C(A, B) { A.price = 7 A.pirce -> B.p B.number(p) A.number(pirce) A.number(price) }',
      ['pirce'],
      'Change to `price` in 2 places',
      'pirce: A has no variable `pirce`. Did you mean `price`? It is used at another place as well.',
    ],
    [
      'network N { process A { pirce = 7 send price to B number(price) } process B { receive p from A number(p) } }',
      ['price'],
      'Change `pirce`, which nobody reads, to `price`',
      'price: A has no variable `price`. Did you mean `pirce`? It is used at another place as well.',
    ],
    [
      'choreography C(A, B) { A.foo(1) A.1 -> B.x B.foo(x) }',
      ['foo'],
      'Declare `extern foo(arg1: int)`',
      'foo: There is no function `foo`. Declare it, or import it. It is used at another place as well.',
    ],
    [
      'choreography C(A(o: Order), B) { A.number(o.coppies) A.o.coppies -> B.n B.number(n) }',
      ['coppies'],
      'Change to `copies` in 2 places',
      'coppies: A record `Order` has no field `coppies`; it has `title`, `copies`. Did you mean `copies`? It is used at another place as well.',
    ],
    [
      'function f(x: Titel): Titel = x\nchoreography C(A, B) { A.show(f("a")) A -> B: l }\ntype Title = string',
      ['Titel'],
      'Change to `Title` in 2 places',
      'Titel: There is no type `Titel`. Did you mean `Title`? It is used at another place as well.',
    ],
    [
      'choreography C(A, B) { B.price = ask() B.number(price) A.number(price) A.number(price + 1) }',
      ['price'],
      'Add `B.price -> A.price` (1 more message)',
      'price: `price` is B’s, and A does not have it. Send it there first: `B.price -> A.price`. It is used at another place as well.',
    ],
  ])('is told at its first use: %s', (text, also, first, error) => {
    expect(told(text)).toEqual([{ error, also, first }]);
    mended(text);
  });
  it('is another one in another declaration', () => {
    expect(
      told('choreography C(A) { A.foo(1) A.foo(2) }\nchoreography D(A) { A.foo(3) A.foo(4) }').map(({ also }) => also),
    ).toEqual([['foo'], ['foo']]);
  });
  it('is no more than one related place each, and no more than a dozen', () => {
    const workspace = new Workspace();
    workspace.set(uri, `choreography C(A) { ${'A.number(x) '.repeat(40)} }${tools}`);
    const [only] = diagnosticsIn(workspace, uri).filter((d) => d.severity === 'error');
    expect(only?.message).toContain('at 39 other places');
    expect(only?.related).toHaveLength(12);
  });
});

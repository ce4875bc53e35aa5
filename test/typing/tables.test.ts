// Types of maps and sets: written, inferred, completed, and told where they do not fit.
import { describe, expect, it } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { hover } from '../../language/features/hover.js';
import { rename } from '../../language/features/rename.js';
import { signatureHelp } from '../../language/features/signature.js';
import { format } from '../../language/syntax/format.js';
import { detail, fixed, messages, problems, uri, workspaceOf } from './helpers.js';

const declared = `enum Request { put(key: string, value: string), get(key: string), stop }
record Order { title: string, copies: int }
type Stock = map<string, int>
function twice(k: int): int = k * 2
extern type Money
extern money(): Money
extern nothing(text: string)
`;
/** A choreography in which A works out an expression and B receives it. */
const sent = (expr: string): string =>
  `${declared}choreography C(A(n: int, s: string, b: bool, xs: list<int>, ws: list<string>, m: map<string, int>, u: set<int>, st: Stock, mm: map<int, set<Order>>), B) { A.(${expr}) -> B.x }`;
const typeOf = (expr: string): string | undefined => detail(sent(expr), 'B.x')?.replace('B.x: ', '');

describe('types of maps and sets', () => {
  it.each([
    ['m', 'map<string, int>'],
    ['u', 'set<int>'],
    ['mm', 'map<int, set<Order>>'],
    ['mapOf([("a", 1)])', 'map<string, int>'],
    ['setOf([1.5])', 'set<float>'],
    ['setOf([])', 'set<?>'],
    ['mapOf([])', 'map<?, ?>'],
    ['get(m, s)', 'option<int>'],
    ['get(mapOf([(n, u)]), 1)', 'option<set<int>>'],
    ['insert(m, s, n)', 'map<string, int>'],
    ['insert(u, 1)', 'set<int>'],
    ['insert(mapOf([]), s, u)', 'map<string, set<int>>'],
    ['insert(setOf([]), (n, s))', 'set<(int, string)>'],
    ['remove(m, s)', 'map<string, int>'],
    ['remove(u, 1)', 'set<int>'],
    ['keys(m)', 'list<string>'],
    ['values(mm)', 'list<set<Order>>'],
    ['entries(m)', 'list<(string, int)>'],
    ['toList(u)', 'list<int>'],
    ['size(m) + size(u)', 'int'],
    ['contains(m, s) or contains(u, 1)', 'bool'],
    ['isEmpty(m) and isEmpty(u)', 'bool'],
    ['union(m, mapOf([]))', 'map<string, int>'],
    ['union(u, setOf([]))', 'set<int>'],
    ['intersection(u, u)', 'set<int>'],
    ['difference(u, setOf([]))', 'set<int>'],
    ['isSubset(u, setOf([]))', 'bool'],
    ['map(u, x => toString(x))', 'set<string>'],
    ['filter(u, x => x > 1)', 'set<int>'],
    ['filter(m, (k, v) => v > length(k))', 'map<string, int>'],
    ['mapValues(m, v => v > 1)', 'map<string, bool>'],
    ['fold(u, "", (t, x) => t + toString(x))', 'string'],
    ['count(u, x => x > 1)', 'int'],
    ['any(u, x => x > 1) and all(u, x => x > 1)', 'bool'],
    ['groupBy(ws, w => length(w))', 'map<int, list<string>>'],
    ['groupBy(xs, x => (x, x > 1))', 'map<(int, bool), list<int>>'],
    ['mapValues(groupBy(ws, upper), length)', 'map<string, int>'],
    ['getOr(get(m, s), 0)', 'int'],
    ['m == mapOf([]) or u == setOf(xs)', 'bool'],
    ['mapOf(zip(ws, xs))', 'map<string, int>'],
    ['setOf([money()])', 'set<Money>'],
    ['fold(ws, mapOf([]), (so, w) => insert(so, w, getOr(get(so, w), 0) + 1))', 'map<string, int>'],
    ['fold(ws, setOf([]), (so, w) => insert(so, w))', 'set<string>'],
    ['match get(m, s) { case some(x) => x, case none => 0 }', 'int'],
    ['some(u)', 'option<set<int>>'],
    ['map([u], x => size(x))', 'list<int>'],
    ['map(values(mm), size)', 'list<int>'],
    ['map([m], keys)', 'list<list<string>>'],
    ['map([u], isEmpty)', 'list<bool>'],
    ['insert(items: u, item: 1)', 'set<int>'],
    ['contains(key: s, map: m)', 'bool'],
    ['indexOf(s, "a")', 'option<int>'],
    ['indexOf(xs, 1)', 'option<int>'],
    ['padStart(s, 3, "0")', 'string'],
  ])('%s is %s', (expr, type) => {
    expect(problems(sent(expr))).toEqual([]);
    expect(typeOf(expr)).toBe(type);
  });

  it('are inferred from what is done with them', () => {
    const text =
      'choreography C(A(w: string), B) {\n  A.seen = setOf([])\n  A.counts = mapOf([])\n  A.seen = insert(seen, w)\n  A.counts = insert(counts, w, 1)\n  A.seen -> B.all\n  A.counts -> B.each\n}';
    expect(problems(text)).toEqual([]);
    expect(detail(text, 'B.all')).toBe('B.all: set<string>');
    expect(detail(text, 'B.each')).toBe('B.each: map<string, int>');
  });
  it('stand wherever a type does', () => {
    expect(
      problems(`record R { m: map<string, list<R>>, s: set<R> }
enum E { one(m: map<E, E>), two }
type T = set<map<int, (int, string)>>
const empty: map<string, int> = mapOf([])
function f(m: map<int, int>): set<int> = setOf(keys(m))
extern g(s: set<string>): map<string, set<string>>
choreography C(A(t: T), B): map<int, int>@B { A -> B: sketch(map<int, int>, set<T>) A.f(mapOf([(1, 2)])) -> B.x A.g(setOf([])) -> B.y return B.mapOf([(size(x), size(y))]) }
network N { process P(m: map<int, int>): set<int> { send m to Q return setOf([1]) } process Q { receive k: map<int, int> from P } }`).filter(
        (p) => !p.startsWith('unused'),
      ),
    ).toEqual([]);
  });
  it('are names as well', () => {
    expect(
      problems(
        'extern set(map: int): int\nchoreography C(A(set: int), B) { A.map = set + 1 A.map -> B.set: set B.set = set + 1 B.list = map([set], set => set + 1) B.list -> A.map2: map }',
      ),
    ).toEqual([]);
    expect(
      problems(
        'network set { process map { send 1 to set: map } process set { receive map(set) from map receive { set { } map { } } from map } }',
      ).filter((p) => p.startsWith('syntax')),
    ).not.toContain('syntax-error: set');
    expect(problems('record set { a: int }')).toEqual(['duplicate-name: set']);
  });
  it('are formatted as they are written', () => {
    const text = 'extern f(m: map<string, set<int>>): set<(int, int)>\n';
    expect(format(text)).toBe(text);
  });
});

describe('what does not fit', () => {
  it.each([
    ['insert(m, 1, 2)', '`1` is an `int` here, but `insert` takes a `string` for `key`.'],
    ['insert(u, s)', '`s` is a `string` here, but `insert` takes an `int` for `item`.'],
    ['get(m, n)', '`n` is an `int` here, but `get` takes a `string` for `key`.'],
    ['contains(u, s)', '`s` is a `string` here, but `contains` takes an `int` for `item`.'],
    ['contains(m, n)', '`n` is an `int` here, but `contains` takes a `string` for `key`.'],
    ['contains(n, 1)', '`n` is an `int` here, but `contains` takes a `list` or a `string` or a `set` or a `map`.'],
    [
      'm[s]',
      '`m` is a `map<string, int>` here, but only a list or a `string` has an item at an index: `get(…, key)` gives the value of a key.',
    ],
    ['u + u', '`u` is a `set<int>` here, but `+` takes numbers, `string`s or lists: `union(…, …)` joins two of these.'],
    ['u - u', '`u` is a `set<int>` here, but `-` takes numbers: `difference(…, …)` takes one set from another.'],
    ['length(u)', '`u` is a `set<int>` here, but `length` takes a `list` or a `string`: `size(…)` counts what it has.'],
    ['size(xs)', '`xs` is a `list<int>` here, but `size` takes a `map` or a `set`: `length(…)` counts what it has.'],
    ['union(m, u)', '`u` is a `set<int>` here, but `union` takes a `map<string, int>` for `right`.'],
    ['u == xs', '`xs` is a `list<int>` here, but `u`, on the other side of `==`, is a `set<int>`.'],
    ['u < u', '`u` is a `set<int>` here, but `<` takes numbers or `string`s.'],
    ['mapOf([1])', '`1` is an `int` here, but `mapOf` takes a `(?, ?)`.'],
    ['insert(m, s)', '`insert` takes 3 arguments (`map: map<string, int>`, `key: string`, `value: int`); here are 2.'],
    ['insert(u, 1, 2)', '`insert` takes 2 arguments (`items: set<int>`, `item: int`); here are 3.'],
    ['insert(xs, 1)', '`xs` is a `list<int>` here, but `insert` takes a `set<?>` for `items`.'],
    ['insert(m)', '`insert` takes 3 arguments (`map: map<string, int>`, `key: string`, `value: int`); here is 1.'],
    ['insert(itms: u, item: 1)', '`insert` has no parameter `itms`; it has `items`, `item`. Did you mean `items`?'],
    ['filter(m, v => v > 1)', '`v => v > 1` is a `(int) => bool` here, but `filter` takes a `(string, int) => bool`.'],
  ])('%s', (expr, message) => expect(messages(sent(expr))).toEqual([message]));

  it.each([
    'setOf([twice])',
    'mapOf([(twice, 1)])',
    'mapOf([(1, x => x)])',
    'insert(setOf([]), x => x)',
    'groupBy(xs, x => y => x)',
    'mapValues(m, v => w => v)',
    'contains(setOf([twice]), twice)',
  ])('functions are no keys, items or values: %s', (expr) => {
    expect(
      messages(sent(expr)).every((message) => message.includes('no value to decide by, to keep or to send')),
      messages(sent(expr)).join(),
    ).toBe(true);
    expect(messages(sent(expr))).not.toEqual([]);
  });
  it('how many types stand in brackets', () => {
    expect(messages('extern f(m: map<int>)')).toEqual([
      '`map` needs the types of its keys and of its values: `map<string, int>`, for example.',
    ]);
    expect(messages('extern f(m: map)')).toEqual([
      '`map` needs the types of its keys and of its values: `map<string, int>`, for example.',
    ]);
    expect(messages('extern f(m: set<int, int>)')).toEqual([
      '`set` needs the type of what it holds: `set<int>`, for example.',
    ]);
    expect(messages('extern f(m: mpa<int, int>)')[0]).toContain('`map`');
  });
  it.each(['count', 'length', 'contains', 'keys', 'isEmpty'])(
    'a function of the library is no number, however many types it has: %s',
    (name) => {
      expect(problems(`extern show(n: int)\nchoreography C(A, B) { A.show(${name}) A -> B: done }`)).toEqual([
        `type-mismatch: ${name}`,
      ]);
    },
  );
  it('is converted by a fix', () => {
    const call = (type: string, value: string): string =>
      `extern f(x: ${type})\nchoreography C(A(xs: list<int>, u: set<int>, ps: list<(int, string)>, m: map<int, string>), B) {\n  A.f(${value})\n  A -> B: done\n}\n`;
    const fixOf = (type: string, value: string): string[] =>
      Object.values(fixed(call(type, value), 'type-mismatch')).map((text) => /A\.f\((.*)\)\n/.exec(text)?.[1] ?? '');
    expect(fixOf('set<int>', 'xs')).toContain('setOf(xs)');
    expect(fixOf('list<int>', 'u')).toContain('toList(u)');
    expect(fixOf('map<int, string>', 'ps')).toContain('mapOf(ps)');
    expect(fixOf('list<(int, string)>', 'm')).toContain('entries(m)');
  });
  it('no case is left out of what a map gives', () => {
    expect(problems(sent('match get(m, s) { case some(x) => x }'))).toEqual(['missing-case: get(m, s)']);
    expect(problems(sent('match m { case x => size(x) }'))).toEqual([]);
  });
});

describe('a case of an enum with the name of a function of the library', () => {
  it('is meant where there are as many arguments as it has', () => {
    expect(typeOf('get("k")')).toBe('Request');
    expect(typeOf('get(m, s)')).toBe('option<int>');
    expect(messages(sent('get()'))).toEqual(['`get` takes 1 argument (`key: string`); here are 0.']);
    expect(messages(sent('get(m, s, 1)'))[0]).toEqual('`get` takes 1 argument (`key: string`); here are 3.');
  });
  it('is offered beside it while arguments are written', () => {
    const text = sent('get(m, s)');
    expect(
      signatureHelp(workspaceOf(text), uri, text.indexOf('get(m') + 4)?.signatures.map(({ label }) => label),
    ).toEqual(['get(key: string): Request', 'get(map: map<K, V>, key: K): option<V>']);
  });
  it('is renamed alone', () => {
    const text = sent('if size(u) > 1 then get(m, s) else get(m, "a")').replace('B.x }', 'B.x A.get("k") -> B.y }');
    const edits = rename(workspaceOf(text), uri, text.indexOf('get(key'), 'fetch');
    expect(edits && 'edits' in edits ? edits.edits.length : edits).toBe(2);
  });
});

describe('in the editor', () => {
  it('the type and the function `map` have hovers of their own', () => {
    const text = 'extern f(m: map<int, int>)\nfunction g(xs: list<int>) = map(xs, x => x + 1)\n';
    expect(JSON.stringify(hover(workspaceOf(text), uri, text.indexOf('map<')))).toContain('type map<K, V>');
    expect(JSON.stringify(hover(workspaceOf(text), uri, text.indexOf('map(')))).toContain('change: (A) => B');
  });
  it('types are completed, also inside of others', () => {
    for (const before of ['extern f(m: ', 'extern f(m: map<', 'extern f(m: map<int, ', 'extern f(m: list<set<']) {
      const { items } = complete(workspaceOf(before), uri, before.length);
      expect(items.find((item) => item.label === 'map' && item.kind === 'type')?.insert).toBe('map<$1, $2>');
      expect(items.find((item) => item.label === 'set' && item.kind === 'type')?.insert).toBe('set<$1>');
    }
  });
});

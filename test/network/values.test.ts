// What the values of guards decide: what is known is computed, and one question about one value has one answer,
// whatever variables are called.
import { describe, expect, it } from 'vitest';
import { check, outcome } from './helpers.js';
import { inWords } from '../in-words.js';

const declarations = `enum Cmd { get, put }
enum Way { left, ahead, right }
enum Request { read(key: string), write(key: string, value: int), quit }
record Order { title: string, copies: int }
function twice(n: int): int = n + n
function even(n: int): bool = n % 2 == 0
function sumTo(n: int): int = if n <= 0 then 0 else n + sumTo(n - 1)
extern num(): int
extern word(): string
extern real(): float
extern list(): list<int>
extern maybe(): option<int>
extern way(): Way
extern request(): Request
extern order(): Order
extern store(): map<string, int>
extern tags(): set<int>
`;
const network = (a: string, b: string): string => `${declarations}network N { process A { ${a} } process B { ${b} } }`;
/** A sends a message exactly if its guard holds, and B waits for one exactly if its own does. */
const agreeing = (given: string, own: string, other: string): string =>
  network(
    `x = ${given} send x to B if ${own} { send to B: yes }`,
    `receive y from A if ${other} { receive from A: yes }`,
  );

describe('a constant is what it is', () => {
  it.each([
    '4 % 2 == 0',
    '"a" + "b" == "ab"',
    'length("ab") == 2',
    '1.5 < 2.0',
    '[1] == [1]',
    'isSome(some(1))',
    'Order("t", 2).copies == 2',
    'Order(copies: 2, title: "t") == Order("t", 2)',
    'even(4)',
    'sumTo(10) == 55',
    '7 / 2 == 3',
    '-7 / 2 == -3',
    '1 / 2 == 0.5',
    'sum([1, 2, 3]) == 6',
    'getOr(none, 3) == 3',
    '(match some(1) { case some(1) => true, else => false })',
    '(match (1, true) { case (1, vb) => vb, else => false })',
    'map([1, 2], n => n + 1) == [2, 3]',
    'fold([1, 2], 0, (a, b) => a + b) == 3',
    'map([1], twice) == [2]',
    'toString(12) == "12"',
    'parseInt("12") == some(12)',
    'upper("ab") == "AB"',
    '9007199254740993 == 9007199254740992 + 1',
    '(Order("t", 1) with (copies: 3)).copies == 3',
    'not (get == put)',
    '"a" < "b"',
    'sort([3, 1, 2])[0] == 1',
    'any([1, 2], n => n > 1)',
    'mapOf([(1, "a")]) == insert(mapOf([]), 1, "a")',
    'get(mapOf([(get, 1), (put, 2)]), put) == some(2)',
    'setOf([1, 2, 1]) == setOf([2, 1])',
    'toList(setOf([3, 1])) == [1, 3]',
    'size(groupBy([1, 2, 3], n => n % 2)) == 2',
    '"ab"[1] == "b"',
  ])('%s', (guard) => {
    expect(outcome(network(`if ${guard} { send to B }`, 'receive from A'))).toBe('proved');
    expect(outcome(network(`n = 1 if ${guard} { receive from B }`, `if ${guard} { send to A }`))).toBe('proved');
  });
  it('in a match as well', () => {
    expect(
      outcome(network('match some(1) { case some(1) { send to B } case some(n) { } case none { } }', 'receive from A')),
    ).toBe('proved');
    expect(outcome(network('match (1, true) { case (1, true) { send to B } else { } }', 'receive from A'))).toBe(
      'proved',
    );
  });
});

describe('one question about one value has one answer', () => {
  it.each([
    ['maybe()', 'isNone(x)', 'not isSome(y)'],
    ['maybe()', 'x == none', 'isNone(y)'],
    ['maybe()', 'isSome(x)', '(match y { case none => false, case some(n) => true })'],
    ['maybe()', 'x == some(3)', '(match y { case some(3) => true, else => false })'],
    ['maybe()', 'getOr(x, 0) > 2', '(match y { case some(k) => k, case none => 0 }) > 2'],
    ['list()', 'isSome(head(x))', 'not isEmpty(y)'],
    ['list()', '(match head(x) { case none => true, else => false })', 'length(y) < 1'],
    ['list()', 'first(x) == 3', 'y[0] == 3'],
    ['list()', 'any(x, a => a > 2)', 'not all(y, b => b <= 2)'],
    ['list()', 'isSome(find(x, even))', 'count(y, even) > 0'],
    ['list()', 'isEmpty(filter(x, even))', 'not any(y, even)'],
    ['list()', 'contains(x, 3)', 'any(y, b => 3 == b)'],
    ['list()', 'isSome(indexOf(x, 3))', 'length(filter(y, b => b == 3)) != 0'],
    ['tags()', 'all(x, a => a > 2)', 'not any(y, b => 2 >= b)'],
    ['word()', 'length(x) == 0', 'y == ""'],
    ['word()', 'isEmpty(take(x, 2))', 'length(take(y, 2)) < 1'],
    ['word()', 'isSome(indexOf(x, "a"))', 'contains(y, "a")'],
    ['num()', 'x < 3', 'not (y >= 3)'],
    ['num()', 'x < 3', '3 > y'],
    ['num()', 'x <= 2', 'y < 3'],
    ['num()', 'x + 1 == 4', 'y == 3'],
    ['num()', 'x != 3', 'not (3 == y)'],
    ['num()', 'twice(x) == 4', 'y + y == 4'],
    ['num()', 'x * 2 < 7', '2 * y <= 6'],
    ['num()', '(match x { case 0 => true, else => false })', 'y == 0'],
    ['num()', 'sumTo(x) > 3', 'not (sumTo(y) <= 3)'],
    ['num()', 'if x > 0 then x > 5 else false', 'y > 5'],
    ['list()', 'map(x, a => a + 1) == [2]', 'map(y, b => 1 + b) == [2]'],
    ['list()', 'any(x, a => any(x, b => a < b))', 'any(y, p => any(y, q => q > p))'],
    ['list()', 'isEmpty(x)', 'length(y) == 0'],
    ['list()', 'x == []', 'isEmpty(y)'],
    ['list()', 'filter(x, even) == x', 'y == filter(y, even)'],
    ['store()', 'isSome(get(x, "a"))', 'contains(y, "a")'],
    ['store()', 'get(x, "a") == some(3)', 'getOr(get(y, "a"), 0) == 3'],
    ['store()', 'contains(insert(x, "a", 1), "b")', 'contains(remove(y, "a"), "b")'],
    ['store()', 'isEmpty(x)', 'y == mapOf([])'],
    ['store()', 'get(x, "a") == none', 'not contains(keys(y), "a")'],
    ['tags()', 'contains(x, 3)', 'not (not contains(union(setOf([4]), y), 3))'],
    ['tags()', 'size(x) == 0', 'isEmpty(y)'],
    ['tags()', 'isSubset(setOf([1, 2]), x)', 'contains(y, 2) and contains(y, 1)'],
    ['tags()', 'insert(insert(x, 1), 2) == x', 'y == insert(insert(y, 2), 1)'],
    ['num()', 'contains(setOf([1, 2]), x)', 'y == 2 or y == 1'],
    ['num()', 'get(mapOf([(1, "a")]), x) == some("a")', 'y == 1'],
    ['word()', 'x == ""', 'isEmpty(y)'],
    ['word()', '"a" + x + "b" == "c"', '"a" + (y + "b") == "c"'],
    ['real()', 'x < 1', 'not (y >= 1.0)'],
    ['way()', 'x == left or x == ahead', 'not (y == right)'],
    ['way()', '(match x { case left => 1, case ahead => 2, case right => 3 }) == 3', 'y == right'],
    ['order()', 'x.copies > 2', 'not (y.copies < 3)'],
    ['order()', '(x with (title: "a")).copies == 1', 'y.copies == 1'],
    ['order()', 'x == Order(copies: 1, title: "a")', 'y == Order("a", 1)'],
    ['request()', 'x == quit', '(match y { case quit => true, case read(k) => false, case write(k, v) => false })'],
    [
      'request()',
      '(match x { case write(k, v) => v > 3, else => false })',
      '(match y { case write(a, b) => not (b <= 3), else => false })',
    ],
  ])('of %s: %s, and %s', (given, own, other) => {
    expect(outcome(agreeing(given, own, other))).toBe('proved');
    expect(outcome(agreeing(given, own, `not (${other})`))).not.toBe('proved');
  });
  it.each([
    ['some(num())', '(match y { case some(n) => true, case none => false })'],
    ['read(word())', '(match y { case read(k) => true, else => false })'],
    ['Order(word(), 2)', 'y.copies == 2'],
    ['[num(), 2]', 'length(y) == 2'],
    ['append(list(), 2)', 'not isEmpty(y)'],
    ['if num() > 3 then some(1) else some(2)', 'isSome(y)'],
    ['if num() > 3 then 1 else 2', 'y == 1 or y == 2'],
    ['length(list()) + 1', 'y > 0'],
    ['count(list(), even)', 'y >= 0'],
    ['abs(num())', 'y >= 0'],
    ['max(num(), 3)', 'y > 2'],
    ['num() % 3', 'y < 3'],
  ])('of what %s is, whatever the host answers: %s', (given, sure) => {
    const text = (receive: string): string =>
      network(
        `send ${given} to B: value receive from B: ok`,
        `receive y from A: value if ${sure} { send to A: ok } ${receive}`,
      );
    expect(outcome(text(''))).toBe('proved');
    // Something else that goes wrong leaves that alone.
    const { verdict, findings } = check(text('receive from A: more'));
    expect(verdict.verdict).toBe('refuted');
    expect(findings.filter((f) => f.severity === 'warning')).toEqual([]);
  });
  it('of the last case of an enum, in ifs and matches', () => {
    expect(
      outcome(
        `${declarations}network N { process A(c: Cmd) { send c to B if c == get { send to B: g } else { send to B: p } } process B { receive d: Cmd from A if d == put { receive from A: p } else { receive from A: g } } }`,
      ),
    ).toBe('proved');
    expect(
      outcome(
        network(
          'w = way() send w to B match w { case left { send to B: l } case ahead { send to B: a } case right { send to B: r } }',
          'receive v from A if v == right { receive from A: r } else { if not (v == left) { receive from A: a } else { receive from A: l } }',
        ),
      ),
    ).toBe('proved');
  });
  it('of two values, whatever they are called, and in whatever order', () => {
    const text = (other: string): string =>
      network(
        'i3 = num() send i3 to B i1 = num() send i1 to B if i3 == i1 { receive from B }',
        `receive i2: int from A receive i0: int from A if ${other} { send to A }`,
      );
    for (const guard of ['i2 == i0', 'i0 == i2', 'not (i0 != i2)']) expect(outcome(text(guard))).toBe('proved');
  });
  it('of what was computed before it was asked', () => {
    expect(
      outcome(
        network(
          'x = num() x = x + 1 send x to B if x == 5 { send to B: yes }',
          'receive y from A if y == 5 { receive from A: yes }',
        ),
      ),
    ).toBe('proved');
    expect(
      outcome(
        network(
          'x = num() if x > 3 { send x to B: big } else { send x to B: small }',
          'receive from A { big(y) { if y == 2 { receive from A } } small(y) { if y > 5 { receive from A } } }',
        ),
      ),
    ).toBe('proved');
  });
});

describe('loops that fill maps and sets', () => {
  it('come to an end', () => {
    expect(
      outcome(
        network(
          'seen = setOf([]) rec Next { k = num() if contains(seen, k) { send k to B: again } else { send k to B: new } seen = insert(seen, k) continue Next }',
          'rec Next { receive from A { again(k) { } new(k) { } } continue Next }',
        ),
      ),
    ).toBe('proved');
    expect(
      outcome(
        network(
          'all = mapOf([]) rec Next { k = word() all = insert(all, k, num()) send getOr(get(all, k), 0) to B continue Next }',
          'rec Next { receive n from A continue Next }',
        ),
      ),
    ).toBe('proved');
    expect(
      outcome(
        network(
          'n = 0 all = setOf([]) while n < 5 { n = n + 1 all = insert(all, n % 3) } send size(all) to B',
          'receive k from A if k == 3 { send to A } else { receive from A }',
        ).replace('to B }', 'to B receive from B }'),
      ),
    ).toBe('proved');
  });
});

describe('maps and sets of values that are not known', () => {
  it('are asked for what was put in', () => {
    expect(
      outcome(
        network(
          'k = word() store = insert(mapOf([]), k, 1) send k to B if contains(store, k) { send to B: yes } else { receive from B: never }',
          'receive key from A receive from A: yes',
        ),
      ),
    ).toBe('proved');
    expect(
      outcome(network('k = word() store = insert(mapOf([("a", 1)]), k, 2) if size(store) == 1 { receive from B }', '')),
    ).toBe('refuted unmatched-receive');
    expect(
      outcome(
        network(
          'k = word() store = insert(mapOf([("a", 1)]), k, 2) send k to B if size(store) == 1 { send to B: same } else { send to B: other }',
          'receive s from A if s == "a" { receive from A: same } else { receive from A: other }',
        ),
      ),
    ).toBe('proved');
  });
  it('tell whether values are equal', () => {
    const text = (guard: string): string =>
      network(
        'x = num() y = num() send x to B send y to B if size(setOf([x, y])) == 1 { send to B: same } else { send to B: other }',
        `receive p: int from A receive q: int from A if ${guard} { receive from A: same } else { receive from A: other }`,
      );
    expect(outcome(text('p == q'))).toBe('proved');
    expect(outcome(text('p < q'))).not.toBe('proved');
  });
  it('keep what is asked of them along a loop', () => {
    expect(
      outcome(`${declarations}network N {
      process A { rec Next { r = request() match r { case write(k, v) { send (k, v) to B: put continue Next } case read(k) { send k to B: get receive from B { value(v) { } missing { } } continue Next } case quit { send to B: stop } } } }
      process B { store = mapOf([]) rec Next { receive from A {
        put(entry) { match entry { case (k, v) { store = insert(store, k, v) } } continue Next }
        get(k) { match get(store, k) { case some(v) { send v to A: value } case none { send to A: missing } } continue Next }
        stop { }
      } } }
    }`),
    ).toBe('proved');
  });
});

describe('loops that count', () => {
  it.each(['(bit + 1) % 2', '1 - bit', 'if bit == 0 then 1 else 0'])('alternate by %s', (next) => {
    expect(
      outcome(
        network(
          `bit = 0 rec Next { if bit == 0 { send to B: even } else { send to B: odd } bit = ${next} continue Next }`,
          'rec Next { receive from A: even receive from A: odd continue Next }',
        ),
      ),
    ).toBe('proved');
  });
});

describe('a run that goes wrong', () => {
  it('is refuting where inputs and answers of the host are found that it happens with', () => {
    for (const guard of [
      'x * x == 9',
      'x % 7 == 5',
      'x * x * x == x * x + 100',
      'length(toString(x)) == 3 and x > 200',
    ])
      expect(outcome(network(`x = num() if ${guard} { receive from B }`, ''))).toBe('refuted unmatched-receive');
    for (const guard of ['x == "hello"', 'length(x) == 3', 'startsWith(x, "ab") and not (x == "ab")'])
      expect(outcome(network(`x = word() if ${guard} { receive from B }`, ''))).toBe('refuted unmatched-receive');
    expect(
      outcome(network('x = request() match x { case write(k, v) { if v > 40 { receive from B } } else { } }', '')),
    ).toBe('refuted unmatched-receive');
    for (const guard of [
      'contains(x, "k")',
      'get(x, "k") == some(7) and not contains(x, "l")',
      'size(x) == 2',
      'x == mapOf([("k", 1)])',
    ])
      expect(outcome(network(`x = store() if ${guard} { receive from B }`, ''))).toBe('refuted unmatched-receive');
    for (const guard of ['contains(x, 3) and not contains(x, 4)', 'size(x) == 1 and contains(x, 5)', 'isEmpty(x)'])
      expect(outcome(network(`x = tags() if ${guard} { receive from B }`, ''))).toBe('refuted unmatched-receive');
    expect(
      outcome(network('x = list() y = list() if length(x) == 2 and sum(x) > 10 and x != y { receive from B }', '')),
    ).toBe('refuted unmatched-receive');
  });
  it('may only happen where none are found, which the verdict says', () => {
    const { verdict, findings } = check(network('x = num() if x * x == 2 { receive from B }', ''));
    expect(verdict).toMatchObject({ verdict: 'suspected', conditions: ['A’s `x * x == 2` is true'] });
    expect(verdict.run.map((step) => step.text)).toEqual(['A: x * x == 2 is true']);
    expect(findings.filter((f) => f.code === 'unmatched-receive').map((f) => inWords(f))).toMatchObject([
      {
        severity: 'warning',
        milder: true,
        message: expect.stringMatching(
          /^This may go wrong\. .*No values were found that this happens with; it does if A’s `x \* x == 2` can be true\./,
        ) as string,
      },
    ]);
  });
  it('leads to what it is told of: the same at other roles is another thing', () => {
    const node = (other: string): string =>
      `process ${other} { if left > 0 { receive from A: go do D(B, A, N, M, left - 1) } else { send to B: stop } }`;
    const { verdict, findings } = check(`network D(left: int) {
      process A { send to B: x if left > 0 { send to N: go send to M: go do D(B, A, N, M, left - 1) } }
      process B { receive from A: x if left > 0 { do D(B, A, N, M, left - 1) } else { receive from N: stop receive from M: stop } }
      ${node('N')}
      ${node('M')}
    }`);
    // All know how many rounds there are, which the exploration loses sight of.
    expect(verdict.verdict).not.toBe('refuted');
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
  it('that a run-time error would end is none', () => {
    expect(outcome(network('if 1 / 0 == 0 { receive from B }', ''))).toBe('suspected unmatched-receive');
    expect(outcome(network('x = num() if x == 0 and 10 / x > 1 { receive from B }', ''))).not.toMatch(/refuted/);
  });
  it('is looked for with more values where few of them lead to none that happens', () => {
    const counting = (most: number): string =>
      network(
        `n = 0 while n < ${most} { n = n + 1 } send n to B`,
        `receive k from A if k == ${most} { send to A } else { receive from A }`,
      ).replace('send n to B }', 'send n to B receive from B }');
    expect(outcome(counting(33))).toBe('proved');
    expect(outcome(counting(400))).toBe('proved');
  });
});

it('a network with a message of another type than is taken is not proved', () => {
  const { verdict } = check(network('send "no" to B', 'receive x: int from A'));
  expect(verdict).toMatchObject({ verdict: 'refuted' });
  expect(verdict.run.map((step) => step.text)).toEqual(['A sends "no" to B']);
});

describe('many decisions from one message to the next', () => {
  const ifs = (count: number): string =>
    Array.from(
      { length: count },
      (_, i) => `if num() > ${i} { print("${i}") print("more") } else { print("less") }`,
    ).join(' ');
  const networkOf = (a: string, b: string): string => `${network(a, b)}extern print(line: string)\n`;
  it.each([8, 16, 64])('are gone through where they come together: %i', (count) => {
    const { verdict, findings } = check(networkOf(`${ifs(count)} send to B: yes`, 'receive from A: yes'));
    expect(verdict).toMatchObject({ verdict: 'proved' });
    expect(findings).toEqual([]);
    expect(outcome(networkOf(`${ifs(count)} receive x from B print(x)`, 'receive y from A print(y)'))).toBe(
      'refuted unmatched-receive unmatched-receive',
    );
  });
  it.each([8, 16, 64])('stay apart where they matter later: %i', (count) => {
    const sender = `choice { x = true } or { x = false } ${ifs(count)} if x { send to B: yes } else { send to B: no }`;
    expect(outcome(networkOf(sender, 'receive from A { yes { } no { } }'))).toBe('proved');
    expect(outcome(networkOf(sender, 'receive from A: yes'))).toBe('refuted label-mismatch');
    expect(outcome(networkOf(sender, 'receive from A: no'))).toBe('refuted label-mismatch');
    const shared = `x = num() send x to B ${ifs(count)} if x > 3 { send to B: yes }`;
    expect(outcome(networkOf(shared, 'receive y from A if y > 3 { receive from A: yes }'))).toBe('proved');
    expect(outcome(networkOf(shared, 'receive y from A if y > 4 { receive from A: yes }'))).toBe(
      'refuted unmatched-send',
    );
  });
});

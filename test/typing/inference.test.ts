// What types are inferred for variables and expressions, and which expressions do not fit.
import { describe, expect, it } from 'vitest';
import { detail, messages, namesOf, problems } from './helpers.js';
import { inWords } from '../in-words.js';

/** A choreography in which A works out an expression and B receives it. */
const sent = (expr: string, before = '', inputs = ''): string => `${before}
choreography C(A(n: int, f: float, s: string, b: bool, xs: list<int>, o: option<string>, p: (int, string)${inputs}), B) { A.${expr} -> B.x }`;
const typeOf = (expr: string, before?: string): string | undefined =>
  detail(sent(expr, before), 'B.x')?.replace('B.x: ', '');

describe('types of expressions', () => {
  it.each([
    ['1', 'int'],
    ['1.5', 'float'],
    ['"a"', 'string'],
    ['true', 'bool'],
    ['none', 'option<?>'],
    ['[1, 2]', 'list<int>'],
    ['(1, "a")', '(int, string)'],
    ['n + 1', 'int'],
    ['f + 1', 'float'],
    ['1 + f', 'float'],
    ['s + "!"', 'string'],
    ['xs + [1]', 'list<int>'],
    ['-n', 'int'],
    ['n <= 3', 'bool'],
    ['not b and b', 'bool'],
    ['if b then 1 else 2', 'int'],
    ['xs[0]', 'int'],
    ['s[0]', 'string'],
    ['length(xs)', 'int'],
    ['length(s)', 'int'],
    ['map(xs, x => x > 1)', 'list<bool>'],
    ['filter(xs, x => x > 1)', 'list<int>'],
    ['fold(xs, "", (t, x) => t + toString(x))', 'string'],
    ['some(n)', 'option<int>'],
    ['getOr(o, "none")', 'string'],
    ['map(o, upper)', 'option<string>'],
    ['head(xs)', 'option<int>'],
    ['sum(map(xs, x => f))', 'float'],
    ['max(n, 3)', 'int'],
    ['max(xs)', 'int'],
    ['zip(xs, [s])', 'list<(int, string)>'],
    ['match o { case some(x) => x case none => "-" }', 'string'],
    ['match p { case (a, t) => t }', 'string'],
    ['match n { case 0 => "zero" else => "more" }', 'string'],
    ['sortBy(xs, x => -x)', 'list<int>'],
    ['concat([xs, xs])', 'list<int>'],
    ['contains(s, "a")', 'bool'],
    ['drop(xs, 1)', 'list<int>'],
  ])('%s is %s', (expr, type) => {
    expect(problems(sent(expr))).toEqual([]);
    expect(typeOf(expr)).toBe(type);
  });

  const shop = `record Order { title: string, copies: int }
enum Request { put(key: string, value: int), get(key: string), stop }
function total(o: Order, unit: int) = o.copies * unit
function twice(g: int): int = g * 2
type Pair = (int, Order)
extern priceOf(o: Order): float
extern log(text: string)
extern type Money
extern money(): Money`;
  it.each([
    ['Order("x", 2)', 'Order'],
    ['Order(copies: 2, title: s)', 'Order'],
    ['Order("x", 2).title', 'string'],
    ['Order("x", 2) with (copies: n)', 'Order'],
    ['total(Order("x", 2), 3)', 'int'],
    ['priceOf(Order("x", 2))', 'float'],
    ['stop', 'Request'],
    ['put("k", 1)', 'Request'],
    ['map(xs, twice)', 'list<int>'],
    ['money()', 'Money'],
    ['match put("k", 1) { case put(_, v) => v case get => 0 case stop => 1 }', 'int'],
  ])('%s is %s', (expr, type) => {
    expect(problems(sent(expr, shop))).toEqual([]);
    expect(typeOf(expr, shop)).toBe(type);
  });

  it.each([
    ['s * 2', '`s` is a `string` here, but `*` takes numbers.'],
    ['n + s', '`s` is a `string` here, but `n`, on the other side of `+`, is an `int`.'],
    ['n + f', '`f` is a `float` here, but `n`, on the other side of `+`, is an `int`.'],
    ['n and b', '`n` is an `int` here, but `and` takes `bool`s.'],
    ['if n then 1 else 2', '`n` is an `int` here, but a condition is a `bool`.'],
    ['if b then 1 else "a"', '`"a"` is a `string` here, but the part before `else` is of type `int`.'],
    ['[1, "a"]', '`"a"` is a `string` here, but the items before it are of type `int`.'],
    ['length(n)', '`n` is an `int` here, but `length` takes a `list` or a `string`.'],
    ['upper(n)', '`n` is an `int` here, but `upper` takes a `string`.'],
    ['filter(xs, x => x + 1)', '`x + 1` is an `int` here, but the function here has to give a `bool`.'],
    ['n.title', '`n` is an `int` here, but only a record has fields, such as `title`.'],
    ['xs["a"]', '`"a"` is a `string` here, but an index is an `int`.'],
    ['Order("x", "y")', '`"y"` is a `string` here, but `Order` takes an `int` for `copies`.'],
    ['Order("x", 1) with (copies: s)', '`s` is a `string` here, but the field `copies` is an `int`.'],
    ['log(s)', '`log(s)` gives no value here, but a value is needed.'],
    [
      'match n { case "a" => 1 else => 2 }',
      '`"a"` is a `string` here, but the value that it is compared with is an `int`.',
    ],
    ['upper(s, s)', '`upper` takes 1 argument (`text: string`); here are 2.'],
    ['Order(title: s)', '`Order` takes 2 arguments (`title: string`, `copies: int`); `copies` is missing.'],
    ['Order(titel: s, copies: 1)', '`Order` has no parameter `titel`; it has `title`, `copies`. Did you mean `title`?'],
    ['Order("x", 1).titel', 'A record `Order` has no field `titel`; it has `title`, `copies`. Did you mean `title`?'],
    ['lenght(xs)', 'There is no function `lenght`. Did you mean `length`?'],
    ['match stop { case halt => 1 else => 2 }', '`Request` has no case `halt`; it has `put`, `get`, `stop`.'],
  ])('%s: %s', (expr, message) => {
    const found = messages(sent(expr, shop));
    expect(found[0]).toBe(message);
  });

  it('tells an error once: what follows from an unknown name is silent', () => {
    expect(
      problems(
        'choreography C(A, B) { A.foo(1) -> B.x  B.x + 1 -> A.y  B.x and true -> A.z  if A.y { A.y.f[2] -> B.w } }',
      ),
    ).toEqual(['unknown-name: foo']);
  });

  it('gives the type at a place, innermost first', () => {
    const text = 'choreography C(A(n: int), B) { A.toString(n + 1) -> B.x }';
    const names = namesOf(text);
    expect(names.typeAt(text.indexOf('toString'))?.type).toBe('string');
    expect(names.typeAt(text.indexOf('n + 1') + 2)?.type).toBe('int');
    expect(names.typeAt(text.indexOf('choreography'))).toBeUndefined();
  });
});

describe('variables', () => {
  it('have one type in their choreography', () => {
    expect(messages('choreography C(A(s: string), B) { A.1 -> B.x  A.s -> B.x }')).toEqual([
      '`s` is a `string` here, but `B.x` is an `int`.',
    ]);
  });
  it('show where their type comes from', () => {
    const text = 'choreography C(A(s: string), B) { A.1 -> B.x  B.p(x)  A.s -> B.x }  extern p(x: int)';
    const related = namesOf(text)
      .findings.filter((f) => f.code === 'type-mismatch')
      .map((f) =>
        inWords(f).related.map(
          (r) => `${r.message}: ${text.slice(r.origin.start, r.origin.start + 1)}@${r.origin.start}`,
        ),
      );
    expect(related).toEqual([[`\`B.x\` has its type from here: x@${text.indexOf('x')}`]]);
  });
  it('take the types that a sketch states', () => {
    const text = 'choreography C(A, B) { A -> B.x: order(int, string)  A -> B.y: note(float) }';
    expect(problems(text)).toEqual([]);
    expect([detail(text, 'B.x'), detail(text, 'B.y')]).toEqual(['B.x: (int, string)', 'B.y: float']);
  });
  it('learn their type later, too', () => {
    const text = 'choreography C(A, B) { A.[] -> B.x  B.x + ["a"] -> A.y }';
    expect([detail(text, 'B.x'), detail(text, 'A.y')]).toEqual(['B.x: list<string>', 'A.y: list<string>']);
  });
  it('get no value from a message that carries none', () => {
    expect(problems('choreography C(A, B) { A -> B.x }')).toEqual(['type-mismatch: B.x']);
  });
  it('do not hide a function of the same name', () => {
    const text =
      'extern hash(s: string): int\nchoreography C(A(s: string), B) { A.hash = hash(s)  A.hash -> B.length  B.length + length("a") -> A.n  A.hash(s) -> B.x }';
    expect(problems(text)).toEqual([]);
    expect(detail(text, 'A.hash')).toBe('A.hash: int');
  });
  it('bound by a pattern are known in its branch, at the role that decides', () => {
    const text =
      'choreography C(A(o: option<int>), B) { match A.o -> B { case some(n) { A.n -> B.x } case none { A.n -> B.x } } }';
    expect(problems(text)).toEqual(['unknown-variable: n']);
    expect(detail(text, 'B.x')).toBe('B.x: int');
  });
});

describe('calls and results', () => {
  const quote =
    'choreography Quote(Client(title: string), Shop): int@Client { Client.title -> Shop.t  Shop.length(t) -> Client.p  return Client.p }\n';
  it('take inputs and give a result', () => {
    const text = `${quote}choreography M(A(s: string), B) { A.p = do Quote(A(s), B)  A.p + 1 -> B.q }`;
    expect(problems(text)).toEqual([]);
    expect(detail(text, 'B.q')).toBe('B.q: int');
  });
  it.each([
    ['do Quote(A(1), B)', '`1` is an `int` here, but `Quote` takes a `string` for `title`.'],
    ['do Quote(A, B)', 'Client has 1 input (`title`) in `Quote`; here are 0.'],
    ['do Quote(A("x"))', '`Quote` has 2 roles (`Client`, `Shop`); here is 1.'],
    ['do Quote(A("x"), A)', 'A stands in two places of `Quote`: each place needs a role of its own.'],
    ['do Quot(A("x"), B)', 'There is no choreography `Quot`. Did you mean `Quote`?'],
    ['do Carol(A, B)', 'There is no choreography `Carol`. Declare it, or import it.'],
    ['A.s = do Quote(A("x"), B)', '`s` is a `string` here, but `Quote` returns an `int`.'],
  ])('%s: %s', (statement, message) => {
    expect(messages(`${quote}choreography M(A(s: string), B) { ${statement}  A.s -> B.q }`)[0]).toBe(message);
  });
  it('compare what is returned with the header', () => {
    expect(messages('choreography C(A, B): int@A { A."x" -> B.y  return A."x" }')).toEqual([
      '`"x"` is a `string` here, but `C` returns an `int`.',
    ]);
    expect(problems('choreography C(A, B): int@A { A.1 -> B.y  return B.y }')).toEqual(['not-located-here: B']);
    expect(problems('choreography C(A, B): int@A { A.1 -> B.y }')).toEqual(['type-mismatch: int']);
    expect(problems('choreography C(A, B) { A.1 -> B.y  return B.y }')).toEqual(['type-mismatch: B.y']);
    expect(problems('choreography C(A, B): int@A { rec X { A.1 -> B.y  continue X } }')).toEqual([]);
  });
});

describe('networks', () => {
  it('type what is received by what is sent', () => {
    const text =
      'network N { process A { send 1 to B: count  send "a" to B }  process B { receive x from A: count  receive y from A  send x + 1 to A }  }';
    expect([detail(text, 'B.x'), detail(text, 'B.y')]).toEqual(['B.x: int', 'B.y: string']);
  });
  it('take the types of roles that are not written out from the choreography', () => {
    const text =
      'choreography C(A, B) { A.1.5 -> B.x: price }\nnetwork N implements C { process B { receive x from A: price } }';
    expect(problems(text)).toEqual([]);
    expect(namesOf(text).variables.get('N')?.get('B')?.[0]?.detail).toBe('B.x: float');
  });
  it('keep quiet where senders differ', () => {
    expect(
      problems(
        'network N { process A { send 1 to B  send "a" to B }  process B { receive x from A  receive x from A } }',
      ),
    ).toEqual([]);
  });
  it.each([
    ['receive x: int from B  x = "a"', '`"a"` is a `string` here, but `x` is an `int`.'],
    ['if 1 { }', '`1` is an `int` here, but a condition is a `bool`.'],
    ['send y to B', 'A has no variable `y`. A has to receive or assign it first.'],
    ['send 1 to C', '`N` has no process C: its processes are A, B. Add one, or use one of these.'],
    ['send 1 to A', 'A can’t exchange messages with itself. Assign the value, or leave this out.'],
  ])('%s: %s', (action, message) => {
    expect(messages(`network N { process A { ${action} } process B { send 1 to A } }`)).toContain(message);
  });
  it('check calls by the place of the process', () => {
    const base =
      'network Q { process C(t: string): int { send t to S  receive p: int from S  return p }  process S { receive t from C  send 1 to C } }\n';
    expect(
      problems(
        `${base}network M { process A { x = do Q(A("a"), B)  send x + 1 to B }  process B { do Q(A, B)  receive y from A } }`,
      ),
    ).toEqual([]);
    expect(problems(`${base}network M { process A { x = do Q(A(1), B) }  process B { y = do Q(A("b"), B) } }`)).toEqual(
      ['type-mismatch: 1', 'type-mismatch: y', 'wrong-arguments: A'],
    );
  });
});

describe('what a match leaves out', () => {
  const types = 'enum V { a, b(n: int), c(o: option<bool>) }\n';
  it.each([
    [
      'match v { case a => 1 case b(_) => 2 }',
      'No case takes `c(some(true))`, which `v` may be. Add the case, or an `else`.',
    ],
    [
      'match v { case a => 1 }',
      'No case takes `b(_)` or `c(some(true))`, which `v` may be. Add the cases, or an `else`.',
    ],
    [
      'match v { case a => 1 case b => 2 case c(some(true)) => 3 case c(none) => 4 }',
      'No case takes `c(some(false))`, which `v` may be. Add the case, or an `else`.',
    ],
    ['match 1 { case 1 => 1 case 2 => 2 }', 'No case takes every other value of `1`. Add an `else`.'],
    [
      'match (v, true) { case (a, _) => 1 case (_, true) => 2 }',
      'No case takes `(b(_), false)`, which `(v, true)` may be. Add the case, or an `else`.',
    ],
  ])('%s: %s', (expr, message) =>
    expect(messages(`${types}choreography C(A(v: V), B) { A.${expr} -> B.x }`)).toEqual([message]),
  );
  it.each([
    ['match v { case a => 1 case b => 2 case c => 3 }'],
    ['match v { case a => 1 case _ => 2 }'],
    ['match v { case a => 1 else => 2 }'],
    ['match true { case true => 1 case false => 2 }'],
    ['match [v] { case _ => 1 }'],
    ['match (v, 1) { case (a, n) => n case (_, n) => n }'],
    ['match some(v) { case some(a) => 1 case some(_) => 2 case none => 3 }'],
  ])('nothing: %s', (expr) => expect(problems(`${types}choreography C(A(v: V), B) { A.${expr} -> B.x }`)).toEqual([]));
});

describe('cases of one name in several enums', () => {
  it('are told apart by the type that is needed', () => {
    const text =
      'enum V { yes, no }\nenum W { yes, maybe(n: int) }\nenum X { maybe(n: int) }\nextern f(w: W, x: X)\nchoreography C(A(w: W), B) { A.f(yes, maybe(1))  A.w == yes -> B.x  match A.w -> B { case yes { } case maybe(n) { } } }';
    expect(problems(text)).toEqual([]);
  });
});

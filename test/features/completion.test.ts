// Completion knows where the cursor is and what lives there, in broken text too.
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { marked } from './marked.js';

function labels(source: string, others: Readonly<Record<string, string>> = {}): string[] {
  const { workspace, uri, offset } = marked(source, others);
  return complete(workspace, uri, offset).items.map((item) => item.label);
}

const shop = (line: string): string => `enum Answer { accept, reject }
record Order { title: string, copies: int }
extern priceOf(title: string): int
choreography Shop(Buyer(title: string, order: Order), Seller, Shipper) {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price: quote
${line}
}
`;

describe('in a choreography', () => {
  test('after a role and a dot, its own variables and inputs come first, and no other role’s', () => {
    const found = labels(shop('  Buyer.<|>'));
    expect(found).toEqual(expect.arrayContaining(['price', 'title', 'order', 'priceOf', 'length', 'accept']));
    expect(found).not.toContain('wanted');
    expect(found.indexOf('price')).toBeLessThan(found.indexOf('priceOf'));
  });
  test('after an arrow, the other roles', () =>
    expect(labels(shop('  Buyer.title -> <|>'))).toEqual(['Seller', 'Shipper']));
  test('after an operator, what lives at the speaker', () =>
    expect(labels(shop('  if Buyer.price < <|>'))).toEqual(expect.arrayContaining(['price', 'title'])));
  test('after do, choreographies with their roles', () => {
    const { workspace, uri, offset } = marked(shop('  do <|>'));
    const found = complete(workspace, uri, offset).items.find((item) => item.label === 'Shop');
    expect(found?.insert).toBe('Shop(${1:Buyer(title, order)}, ${2:Seller}, ${3:Shipper})');
  });
  test('at the start of a statement, roles and keywords', () =>
    expect(labels(shop('  <|>'))).toEqual(expect.arrayContaining(['Buyer', 'Seller', 'if', 'choice', 'while', 'do'])));
  test('at the start of a statement after a word is begun', () => expect(labels(shop('  Buy<|>'))).toContain('Buyer'));
  test('after a record’s variable and a dot, its fields', () =>
    expect(labels(shop('  Buyer.order.<|>'))).toEqual(['copies', 'title']));
  test('after an index or a call, the fields of what it gives', () => {
    expect(labels(shop('  Buyer.all = [order]\n  Buyer.all[0].<|>'))).toEqual(['copies', 'title']);
    expect(
      labels('record R { k: int }\nfunction f(n: int): R = R(k: n)\nchoreography C(A, B) {\n  A.f(1).<|>\n}\n'),
    ).toEqual(['k']);
  });
  test('in brackets, the names of arguments that are missing', () => {
    expect(labels(shop('  Buyer.o = Order(title: "x", <|>'))[0]).toBe('copies:');
    expect(labels(shop('  Buyer.o = order with (<|>')).slice(0, 2)).toEqual(['copies:', 'title:']);
  });
  test('in a lambda, its parameters', () => {
    expect(labels(shop('  Buyer.map([1], n => <|>'))).toContain('n');
    expect(labels(shop('  Buyer.fold([1], 0, (sum, n) => sum + <|>'))).toEqual(expect.arrayContaining(['sum', 'n']));
  });
  test('behind a dot without a name, the next line is not taken for one', () => {
    expect(labels(shop('  Buyer.title -> Shipper.<|>\n  Buyer.price -> Seller.p'))).toEqual([]);
    expect(labels(shop('  Buyer.title -> Shipper.\n  <|>\n  Buyer.price -> Seller.p'))).toEqual(
      expect.arrayContaining(['Buyer', 'if']),
    );
    expect(labels(shop('  Buyer.title -> Shipper.t:\n  Sel<|>'))).toContain('Seller');
  });
  test('after case, the cases of enums', () =>
    expect(labels(shop('  match Buyer.answer { case <|> { } }'))).toEqual(
      expect.arrayContaining(['accept', 'reject', 'some', 'none']),
    ));
  test('in the arguments of do, roles that are not given yet', () => {
    expect(labels(shop('  do Shop(<|>)'))).toEqual(['Buyer', 'Seller', 'Shipper']);
    expect(labels(shop('  do Shop(Buyer(title, order), <|>'))).toEqual(['Seller', 'Shipper']);
  });
  test('after choice at, roles', () => expect(labels(shop('  choice at <|>'))).toEqual(['Buyer', 'Seller', 'Shipper']));
  test('after continue, the loops around', () =>
    expect(labels(shop('  rec Again { continue <|> }'))).toEqual(['Again']));
  test('in text that is broken before and after', () => {
    expect(labels('choreography X(A(n: int), B) {\n  A. -> -> B.\n  A.k = 1\n  if A.<|>\n  B.. )')).toEqual(
      expect.arrayContaining(['n', 'k']),
    );
  });
  test('nothing in comments and strings', () => {
    expect(labels(shop('  // Buyer.<|>'))).toEqual([]);
    expect(labels(shop('  Buyer."a <|>" -> Seller.x'))).toEqual([]);
  });
  test('an assignment takes what lives at the role, or a call', () =>
    expect(labels(shop('  Buyer.x = <|>'))).toEqual(expect.arrayContaining(['do', 'price'])));
});

describe('fields', () => {
  const declared =
    'record Order { title: string, lines: list<Line> }\nrecord Line { of: int, next: Mine }\ntype Mine = Order\ntype Lines = list<Line>\ntype All = Lines\nfunction made(n: int) = Line(of: n, next: Order(title: "", lines: []))\nextern found(): All\n';
  const [order, line] = [
    ['lines', 'title'],
    ['next', 'of'],
  ];
  test.each([
    ['of an alias', 'A.mine.<|>', order],
    ['of an alias of a list', 'A.all[0].<|>', line],
    ['of an alias of an alias', 'A.mine.lines[0].next.<|>', order],
    ['of a list itself', 'A.all.<|>', []],
    ['of what a function gives that does not say it', 'A.made(1).<|>', line],
    ['of an item of what a function gives', 'A.found()[1].<|>', line],
    ['of a record', 'A.Line(of: 1, next: mine).<|>', line],
    ['of what was computed', 'A.x = all[0]\n  A.x.<|>', line],
    ['of a list in a list', 'A.nested[0][1].<|>', order],
    ['of a list in a list, too early', 'A.nested[0].<|>', []],
    ['of an option', 'A.maybe[0].<|>', []],
  ])('%s', (_, code, wanted) => {
    expect(
      labels(
        `${declared}choreography C(A(mine: Mine, all: All, nested: list<list<Mine>>, maybe: option<Line>), B) {\n  ${code}\n}\n`,
      ),
    ).toEqual(wanted);
  });
  test.each([
    ['Mine', 'o.<|>', order],
    ['list<list<Mine>>', 'o[0][1].<|>', order],
    ['All', 'o[0].<|>', line],
    ['list<(int, Line)>', 'o[0].<|>', []],
    ['(Line, int)', 'o.<|>', []],
  ])('of a parameter `%s`: %s', (type, code, wanted) => {
    expect(labels(`${declared}function f(a: int, o: ${type}, b: string): int = ${code}\n`)).toEqual(wanted);
  });
});

describe('in a network', () => {
  const net = (line: string): string =>
    `choreography C(A, B, C) {\n  A.1 -> B.x\n}\nnetwork N implements C {\n  process A(secret: int) {\n    receive got from B: hello\n${line}\n  }\n  process B {\n    send 1 to A: hello\n    send 2 to A: bye\n  }\n}\n`;
  test('at the start of an action, what a process can do', () =>
    expect(labels(net('    <|>'))).toEqual(expect.arrayContaining(['send', 'receive', 'got'])));
  test('after send, its own variables', () =>
    expect(labels(net('    send <|>'))).toEqual(expect.arrayContaining(['got', 'secret', 'to'])));
  test('at a received label, those that the sender sends come first', () =>
    expect(labels(net('    receive x from B: <|>'))).toEqual(['bye', 'hello']));
  test('after to, the others, those of the choreography too', () =>
    expect(labels(net('    send got to <|>'))).toEqual(['B', 'C']));
  test('in a branching receive, the labels that the sender sends', () =>
    expect(labels(net('    receive from B {\n      <|>\n    }')).slice(0, 2)).toEqual(['bye', 'hello']));
  test('between processes, those that are missing', () =>
    expect(
      labels(
        'choreography C(A, B) {\n  A.1 -> B.x\n}\nnetwork N implements C {\n  process A {\n    send 1 to B\n  }\n  <|>\n}\n',
      ),
    ).toContain('process B'));
  test('after implements, choreographies', () =>
    expect(labels('choreography C(A, B) {\n  A.1 -> B.x\n}\nnetwork N implements <|>')).toEqual(['C']));
});

describe('around declarations', () => {
  test('on an empty line, declarations', () =>
    expect(labels('<|>')).toEqual(expect.arrayContaining(['choreography', 'network', 'import', 'record'])));
  test('types in headers and records', () => {
    expect(labels('record Order { title: string }\nchoreography C(A(x: <|>')).toEqual(
      expect.arrayContaining(['Order', 'int', 'list']),
    );
    expect(labels('type T = int\nrecord R { a: <|> }')).toEqual(expect.arrayContaining(['T', 'string']));
  });
  test('parameters and their fields in functions', () => {
    expect(labels('record R { k: int }\nfunction f(o: R, n: list<int>): int = <|>').slice(0, 2)).toEqual(['n', 'o']);
    expect(labels('record R { k: int }\nfunction f(o: R): int = o.<|>')).toEqual(['k']);
  });
  test('import paths and the names behind them', () => {
    const others = { 'shop.chor': 'record Order { title: string }\nenum E { a }\n' };
    expect(labels('import { Order } from "<|>"', others)).toEqual(['./shop.chor']);
    expect(labels('import { Order, <|> } from "./shop.chor"', others)).toEqual(['E']);
  });
  test('a name of another file brings its import along', () => {
    const { workspace, uri, offset } = marked('choreography C(A, B) {\n  do Quo<|>\n}\n', {
      'lib/quote.chor': 'choreography Quote(X, Y) {\n  X.1 -> Y.a\n}\n',
    });
    const found = complete(workspace, uri, offset).items.find((item) => item.label === 'Quote');
    expect(found?.edits).toEqual([{ uri, start: 0, end: 0, newText: 'import { Quote } from "./lib/quote.chor"\n\n' }]);
  });
});

describe('the head of a loop over members, and of a pick', () => {
  const nodes = (line: string): string =>
    `choreography With(A(x: int), B[k]): bool@A {\n  A.x -> B.y\n  return A.x > 1\n}\nchoreography Take(A(x: int), f: choreography(A(x: int)): bool@A) {\n  A.ok = do f(A(x))\n}\nchoreography Main(Hub(k: int), server Log, Node[n >= 3](v: int), rounds: int) {\n  ${line}\n}\n`;
  test.each([
    ['for i <|>', ['in']],
    ['par i <|>', ['in']],
    ['for i in 0 <|>', ['until']],
    ['for i in Node <|>', []],
    ['pick q <|>', ['in']],
    ['pick q in Node <|>', ['by']],
    ['pick some qs <|>', ['in']],
    ['pick 2 qs in Node[1 until n] <|>', ['by']],
    ['do Take(Hub(k), With(<|>))', ['_', 'Log', 'Node', 'n', 'rounds']],
    ['do Take(Hub(k), With(_, <|>))', ['_', 'Log', 'Node', 'n', 'rounds']],
    ['match Hub.k { <|> }', ['case', 'else']],
    ['match Hub.k {\n    case 1 {}\n    <|>\n  }', ['case', 'else']],
  ])('%s', (line, wanted) => {
    expect(labels(nodes(line))).toEqual(wanted);
  });
  test.each([
    ['for i <|>', ['in']],
    ['for i in 0 <|>', ['until']],
    ['pick q in Node <|>', ['by']],
    ['match x { <|> }', ['case', 'else']],
  ])('in a process: %s', (line, wanted) => {
    expect(
      labels(`network N(Node[n >= 2]) {\n  process Hub(x: int) {\n    ${line}\n  }\n  process Node[i] {}\n}\n`),
    ).toEqual(wanted);
  });
  test('the cases of an expression give values', () => {
    const { workspace, uri, offset } = marked(nodes('Hub.x = match k { <|> }'));
    expect(complete(workspace, uri, offset).items.map(({ insert }) => insert)).toEqual([
      'case ${1:pattern} => $0',
      'else => $0',
    ]);
  });
});

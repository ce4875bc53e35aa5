// Hovers: types and documentation, projections, ends, who learns a choice, verdicts.
import { describe, expect, test } from 'vitest';
import { hover } from '../../language/features/hover.js';
import { marked } from './marked.js';
import { at, bookseller } from './texts.js';

function said(source: string, others: Readonly<Record<string, string>> = {}): string {
  const { workspace, uri, offset } = marked(source, others);
  return hover(workspace, uri, offset)?.markdown ?? '';
}

describe('a hover', () => {
  test('on a variable says its role and type', () =>
    expect(said(at(bookseller, 'price <='))).toContain('Buyer.price: int'));
  test('on an expression says its type', () => {
    expect(said(at(bookseller, '<= budget'))).toContain('price <= budget: bool');
    expect(said('choreography C(A, B) {\n  A.[1, <|>2] -> B.x\n}\n')).toContain('2: int');
  });
  test('on a function says its signature and documentation', () => {
    expect(said(at(bookseller, 'priceOf(wanted)'))).toMatch(
      /extern priceOf\(title: Title\): int[\s\S]*What a book costs\./,
    );
  });
  test('on a role, in the header and in use, shows its whole projection', () => {
    for (const source of [at(bookseller, 'Shipper):'), at(bookseller, 'Shipper.date')]) {
      expect(said(source)).toMatch(/process Shipper \{\n {2}receive from Seller \{\n {4}ship\(parcel/);
    }
  });
  test('on an arrow shows both ends', () => {
    const text = said(at(bookseller, '-> Shipper.parcel'));
    expect(text).toContain('send wanted to Shipper: ship');
    expect(text).toContain('receive parcel: Title from Seller: ship');
  });
  test('on a multicast shows every end', () => {
    const text = said('choreography M(A, B, C) {\n  A.1 <|>-> B.x, C.y\n}\n');
    expect(text).toContain('send 1 to B\nsend 1 to C');
    expect(text).toContain('receive y: int from A');
  });
  test('on a decision says who learns it, and by what', () => {
    const text = said(at(bookseller, 'if Buyer'));
    expect(text).toContain('**Buyer** decides');
    expect(text).toContain('**Seller** learns it from Buyer’s next message: `accept` or `reject`');
    expect(text).toContain('**Shipper** learns it from Seller’s next message: `ship` or `idle`');
    const learners = (whole: string): string => whole.slice(whole.indexOf('**Buyer**'));
    expect(learners(said(at(bookseller, 'else')))).toBe(learners(text));
  });
  test('on a decision says who is told, who need not know, and who can’t tell', () => {
    const text = said(
      'choreography D(A(b: bool), B, C, D) {\n  <|>if A.b -> B {\n    B.1 -> C.x\n    C.x -> B.y\n  } else {\n    B.2 -> C.x\n    B.3 -> C.y\n    C.x -> B.y\n  }\n  A.1 -> D.z\n}\n',
    );
    expect(text).toContain('**B** is told by A: `yes` or `no`');
    expect(text).toContain('**C** can’t tell');
    expect(text).toContain('**D** need not know');
  });
  test('on a decision says by what it is found out late', () => {
    const text = said(
      'choreography S(A(n: int), B, C) {\n  rec X {\n    A -> B: item\n    <|>if A.n > 0 {\n      A.n = n - 1\n      continue X\n    }\n  }\n  A -> B: over\n  A -> C: end\n}\n',
    );
    expect(text).toContain('**B** learns it from A’s next message: `item` or `over`');
    expect(text).toContain('**C** need not know');
  });
  test('on a loop says who is told', () => {
    expect(
      said(
        'choreography W(A(n: int), B) {\n  <|>while A.n > 0 -> B {\n    A.n = A.n - 1\n  }\n}\n'.replace(
          'A.n - 1',
          'n - 1',
        ),
      ),
    ).toContain('**B** is told by A: `again` or `done`');
  });
  test('on a choreography’s name says its roles, messages and verdict', () => {
    const text = said(at(bookseller, 'Bookseller('));
    expect(text).toContain('Buying a book.');
    expect(text).toContain('3 roles (Buyer, Seller, Shipper), 7 messages.');
    expect(text).toContain('proved for every buffer size');
  });
  test('on a call of another file’s choreography says the same', () => {
    expect(
      said('import { Ping } from "./ping.chor"\nchoreography P(A, B) {\n  <|>do Ping(A, B)\n}\n', {
        'ping.chor': 'choreography Ping(X, Y) {\n  X.1 -> Y.n\n}\n',
      }),
    ).toContain('2 roles (X, Y), 1 message.');
  });
  test('on a network’s name says that it is right by construction', () => {
    const deep =
      'extern more(n: int): bool\nchoreography Deep(A(n: int), B) { if A.more(n) -> B { do Deep(A(n + 1), B) B.1 -> A.back } }\n';
    expect(
      said(
        `${deep}network <|>N implements Deep { process B { receive from A { yes { do N(A, B) send 1 to A } no { } } } }\n`,
      ),
    ).toContain('*proved for every buffer size*, as each process does what its projection does');
  });
  test('on a network’s name shows the run that refutes it', () => {
    const text = said(
      'network <|>N {\n  process A {\n    receive x from B\n    send 1 to B\n  }\n  process B {\n    receive y from A\n    send 2 to A\n  }\n}\n',
    );
    expect(text).toMatch(/Refuted/);
  });
  test('on a process shows what the design wants of it', () => {
    expect(
      said(
        'choreography C(A, B) {\n  A.1 -> B.x\n}\nnetwork N implements C {\n  process <|>B {\n    receive x from A\n  }\n}\n',
      ),
    ).toContain('In C, B does this');
  });
  test('is there in what is left of broken text', () => {
    expect(said('choreography C(A, B) {\n  A.1 -> \n  A.2 -> B.<|>y\n}\n')).toContain('B.y: int');
  });
  test('is nothing on blanks', () => expect(said(`${bookseller}\n<|>`)).toBe(''));
});

describe('a word of the language', () => {
  const text =
    'import { Money } from "./m.chor"\nrecord Box { size: int }\nchoreography C(A(x: int), Node[n >= 1](y: int), B): int@A {\n  if A.(if x > 1 then true else false) -> B, Node {\n    A -> B: m\n  } else {\n    rec X {\n      choice at A {\n        A -> B: again\n        continue X\n      } or {\n        A -> B: done\n      }\n    }\n  }\n  Node[0].y -> others Node.z\n  for i in 0 until n {\n    A.x -> Node[i].w\n  }\n  return A.x\n}\nnetwork N buffer 2 implements C {\n  process B {\n    receive from A {\n      m {}\n      again {}\n    }\n  }\n}\n';
  test.each([
    ['import', 'takes declarations'],
    ['record', 'named fields'],
    ['choreography', 'several roles'],
    ['if A', 'one role decides'],
    ['-> B, Node', 'tells these roles the outcome'],
    ['else {', 'done otherwise'],
    ['rec X', 'once more'],
    ['choice at', 'means that are not stated'],
    ['continue X', 'goes round'],
    ['or {', 'another branch'],
    ['others Node', 'but the one that speaks'],
    ['for i', 'each member'],
    ['until n', 'without'],
    ['return', 'result'],
    ['network N', 'written by hand'],
    ['buffer', 'at most'],
    ['implements', 'projections'],
    ['process B', 'one role'],
    ['receive', 'waits for'],
  ])('%s is told', (word, words) => {
    const markdown = said(at(text, word));
    expect(markdown).toContain(words);
    expect(markdown.split('\n\n')[0]?.split('\n').length).toBeLessThanOrEqual(2);
  });
  test.each([['if x'], ['then'], ['else false'], ['-> B: m']])('%s of an expression or message is none', (word) =>
    expect(said(at(text, word))).not.toMatch(/decides|otherwise|tells these/),
  );
});

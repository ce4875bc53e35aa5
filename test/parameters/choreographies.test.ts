// Choreographies as parameters: what is given, how it is projected, and what is told.
import { describe, expect, test } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const uri = 'file:///t/main.chor';
const beside = 'file:///t/projected.chor';

function workspaceOf(text: string, others: Readonly<Record<string, string>> = {}): Workspace {
  const workspace = new Workspace();
  for (const [name, other] of Object.entries(others)) workspace.set(`file:///t/${name}`, other);
  workspace.set(uri, text);
  return workspace;
}

/** The errors, each with the line that it stands on. */
function errors(text: string, others?: Readonly<Record<string, string>>): string[] {
  const found =
    workspaceOf(text, others)
      .analyze(uri)
      ?.findings.filter(({ severity }) => severity === 'error') ?? [];
  return found.map((each) => `${text.slice(0, each.origin.start).split('\n').length}: ${each.code}`);
}

function messages(text: string): string[] {
  return (
    workspaceOf(text)
      .analyze(uri)
      ?.findings.filter(({ severity }) => severity === 'error') ?? []
  ).map((each) => inWords(each).message);
}

/** The projection of a choreography, which has to check beside its source. */
function projected(text: string, name: string, role?: string, others?: Readonly<Record<string, string>>): string {
  const workspace = workspaceOf(text, others);
  const file = projectionFile(workspace, uri, name, role === undefined ? {} : { role });
  expect(file?.holes).toEqual([]);
  workspace.set(beside, file?.text ?? '');
  const analysis = workspace.analyze(beside);
  expect(analysis?.findings.map((each) => inWords(each).message)).toEqual([]);
  expect(analysis?.verdicts.every(({ verdict }) => verdict === 'proved')).toBe(true);
  return file?.text ?? '';
}

const buy = `extern yes(): bool
extern note(x: bool)
choreography Buy(Buyer, Seller, decide: choreography(Buyer): bool@Buyer) {
  Buyer.ok = do decide(Buyer)
  if Buyer.ok -> Seller { Buyer -> Seller: buy }
}
choreography Alone(Someone): bool@Someone { return Someone.yes() }
choreography Two(One, Other): bool@One {
  Other.yes() -> One.agrees
  return One.agrees
}
`;

describe('what is given', () => {
  test('is projected where it is called, by a name that says what it is', () => {
    const text = projected(
      `${buy}choreography Main(B, S, F) {\n  do Buy(B, S, Alone)\n  do Buy(B, S, Two(_, F))\n}\n`,
      'Main',
    );
    expect(text).toContain('network Buy_Alone_Network {');
    expect(text).toContain('network Buy_Two_Network {');
    expect(text).toContain('do Buy_Two_Network(B, S, F)');
    expect(text).toContain('  process Other {\n    do Two_Network(Buyer, Other)\n  }');
    // Who is not given takes no part.
    expect(text).toContain('  process F {\n    do Buy_Two_Network(B, S, F)\n  }');
  });

  test('of one role alone', () => {
    const text = projected(`${buy}choreography Main(B, S, F) {\n  do Buy(B, S, Two(_, F))\n}\n`, 'Main', 'F');
    expect(text).toContain('do Buy_Two_Network(B, S, F)');
  });

  test('is shared where the same is given, also round a recursion', () => {
    const text = projected(
      `extern more(): bool
choreography Loop(A, B, step: choreography(A, B)) {
  if A.more() -> B {
    do step(A, B)
    do Loop(A, B, step)
  }
}
choreography Ping(X, Y) { X."ping" -> Y.got  Y.show(got) }
extern show(x: string)
choreography Main(P, Q) { do Loop(P, Q, Ping)  do Loop(Q, P, Ping) }
`,
      'Main',
    );
    expect(text.match(/^network /gm)).toHaveLength(3);
  });

  test('is handed on, with the roles that come with it', () => {
    const text = projected(
      `${buy}choreography Outer(X, Y, d: choreography(X): bool@X) { do Buy(X, Y, d)  Y -> X: over }
choreography Main(P, Q, R) { do Outer(P, Q, Two(_, R)) }
`,
      'Main',
    );
    expect(text).toContain('network Outer_Two_Network {');
    expect(text).toContain('do Buy_Two_Network(X, Y, Other)');
  });

  test('has its names from its own file', () => {
    const lib =
      'record Offer { price: int }\nextern look(): Offer\nextern note(o: Offer)\nchoreography Trade(Client, Shop, decide: choreography(Client(offer: Offer), limit: int): bool@Client, limit: int) {\n  Shop.look() -> Client.offer\n  Client.ok = do decide(Client(offer), limit * 2)\n  if Client.ok -> Shop { Client.offer -> Shop.sold  Shop.note(sold) }\n}\n';
    const text = projected(
      `import { Trade, Offer } from "./lib.chor"
record Rule { most: int }
choreography Boss(C(offer: Offer), Head(rule: Rule), limit: int): bool@C {
  C.offer -> Head.offer
  Head.offer.price < min(rule.most, limit) -> C.ok
  return C.ok
}
choreography Main(A, B, H, m: int) {
  do Trade(A, B, Boss(_, H(Rule(most: 9)), _), m + 1)
}
`,
      'Main',
      undefined,
      { 'lib.chor': lib },
    );
    expect(text).toContain('process Head(rule: Rule) {');
    expect(text).toContain('do Trade_Boss_Network(A, B, H(Rule(most: 9)), m + 1)');
  });

  test('names of roles and inputs that come along are free', () => {
    const text = projected(
      `extern ask(): int
choreography Run(A, Helper, step: choreography(A)) { A."x" -> Helper.x  Helper.show(x)  do step(A) }
extern show(x: string)
extern use(x: int)
choreography Help(A, Helper(x: int)) { Helper.x -> A.got  A.use(got) }
choreography Main(P, Q, R) { R.n = ask()  do Run(P, Q, Help(_, R(n))) }
`,
      'Main',
    );
    expect(text).toContain('process Helper2(x2: int) {');
  });

  test('may be several, with one role in both', () => {
    const text = projected(
      `extern ask(): bool
extern note(x: bool)
choreography Both(A, one: choreography(A): bool@A, two: choreography(A): bool@A) { A.x = do one(A)  A.y = do two(A)  A.note(x and y) }
choreography Ask(X, Y): bool@X { Y.ask() -> X.a  return X.a }
choreography Main(P, Q, R) { do Both(P, Ask(_, Q), Ask(_, Q))  do Both(P, Ask(_, Q), Ask(_, R)) }
`,
      'Main',
    );
    expect(text).toContain('do Both_Ask_Ask_Network(P, Q)');
    expect(text).toContain('do Both_Ask_Ask_Network2(P, Q, R)');
  });

  test('may be given choreographies itself', () => {
    const text = projected(
      `${buy}choreography Twice(S, d: choreography(S): bool@S): bool@S {
  S.one = do d(S)
  S.two = do d(S)
  return S.one and two
}
choreography Main(B, S) { do Buy(B, S, Twice(_, Alone)) }
`,
      'Main',
    );
    expect(text).toContain('network Buy_Twice_Alone_Network {');
    expect(text).toContain('network Twice_Alone_Network {');
  });

  test('a family may come along', () => {
    const text = projected(
      `extern vote(): bool
choreography Ask(Chair, decide: choreography(Chair): bool@Chair) { Chair.ok = do decide(Chair)  Chair.note(ok) }
extern note(ok: bool)
choreography Poll(Chair, Member[n]): bool@Chair {
  Chair -> Member: ask
  Member.vote() -> Chair.votes
  return Chair.all(votes, v => v)
}
choreography Main(C, M[m]) { do Ask(C, Poll(_, M)) }
`,
      'Main',
    );
    expect(text).toContain('network Ask_Poll_Network(Member[n]) {');
  });
});

describe('what is told', () => {
  const main = (line: string): string =>
    `${buy}choreography Wrap(S, d: choreography(S): bool@S): bool@S { S.x = do d(S)  return S.x }\nchoreography Main(B, S, F) {\n  ${line}\n  F -> S: end\n}\n`;

  test.each([
    ['do Buy(B, S, Two)', 'wrong-choreography', '2 places are open (One, Other), and it is called with 1 role'],
    ['do Buy(B, S, Two(F, _))', 'wrong-choreography', 'it gives its result back at One, and it is wanted at Other'],
    ['do Buy(B, S, F)', 'wrong-choreography', 'it is no choreography'],
    ['do Buy(B, S, 3)', 'wrong-choreography', 'it is no choreography'],
    ['do Buy(B, S, Wrap)', 'wrong-choreography', 'it is to be given a choreography itself, `d`'],
    ['do Buy(B, S, Two(_, B))', 'role-given-twice', 'B comes with `Two` and is given to `Buy` as well'],
    ['do Buy(B, S, Two(_, S))', 'role-given-twice', 'S comes with `Two`'],
    ['do Buy(B, S, Alon)', 'unknown-name', 'Did you mean `Alone`?'],
    ['do Buy(B, S)', 'wrong-arguments', '`Buy` takes 3 arguments'],
    ['do Buy(B, 3, Alone)', 'unknown-role', '`3` is no role'],
    ['do Buy(B, S, Two(_))', 'wrong-arguments', '`Two` has 2 roles'],
    ['do Buy(B, S, Two(_, Nobody))', 'unknown-role', 'no role Nobody'],
  ])('%s', (line, code, message) => {
    expect(errors(main(line)).map((each) => each.split(' ')[1])).toEqual([code]);
    expect(messages(main(line)).join()).toContain(message);
  });

  test.each([
    ['do Buy(A, B, Wrap(_, d))', 'wrapped-parameter'],
    ['do Buy(A, B, d(_))', 'wrapped-parameter'],
    ['do d(A, B)', 'wrong-arguments'],
    ['B.x = do d(A)\n  B.note(x)', 'result-elsewhere'],
  ])('of a parameter: %s', (line, code) => {
    const text = `${buy}choreography Wrap(S, d: choreography(S): bool@S): bool@S { S.x = do d(S)  return S.x }\nchoreography Main(A, B, d: choreography(A): bool@A) {\n  ${line}\n  A -> B: end\n}\n`;
    expect(errors(text).map((each) => each.split(' ')[1])).toEqual([code]);
  });

  test('a wrapped parameter that would grow for ever', () => {
    expect(
      errors(
        `choreography Retry(A, try: choreography(A)) { do try(A)  do Retry(A, Twice(_, try)) }\nchoreography Twice(A, step: choreography(A)) { do step(A)  do step(A) }\n`,
      ),
    ).toEqual(['1: wrapped-parameter']);
  });

  test.each([
    ['network N implements Buy { process Seller { receive from Buyer { yes { receive from Buyer: buy } no {} } } }'],
    ['network N { process A { do Buy(A, B) } process B { do Buy(A, B) } }'],
  ])('nobody runs it alone: %s', (network) => {
    expect(new Set(errors(`${buy}${network}\n`).map((each) => each.split(' ')[1]))).toEqual(
      new Set(['needs-choreography']),
    );
  });

  test('other types, inputs, families, servers and values', () => {
    const misfits = (signature: string, choreography: string): string =>
      messages(
        `choreography G(A, B[m], f: ${signature}) { A -> B: x }\n${choreography}\nchoreography Main(A, B[m]) { do G(A, B, F) }\n`,
      ).join();
    expect(
      misfits('choreography(A(x: int))', 'choreography F(A(x: string)) { A.show(x) }\nextern show(x: string)'),
    ).toContain('`x` of its A is of type `string`, and not `int`');
    expect(misfits('choreography(A(x: int))', 'choreography F(A) { A.show() }\nextern show()')).toContain(
      'its A has no inputs, and it is called with 1',
    );
    expect(misfits('choreography(A)', 'choreography F(A[n]) { A.show() }\nextern show()')).toContain(
      'its A is a family',
    );
    expect(misfits('choreography(A[n])', 'choreography F(A[n >= 2]) { A.show() }\nextern show()')).toContain(
      'its A has 2 members at least',
    );
    expect(misfits('choreography(A, B)', 'choreography F(A, server B) { A -> B: x }')).toContain('its B is a server');
    expect(misfits('choreography(A, n: int)', 'choreography F(A) { A.show() }\nextern show()')).toContain(
      'it takes no value that all know',
    );
    expect(
      misfits('choreography(A, B): int@A, int@B', 'choreography F(A, B): int@A { A.1 -> B.x  return A.1 }'),
    ).toContain('it gives nothing back there, and `int` is wanted at B');
    expect(
      misfits(
        'choreography(A, B): int@A, list<int>@B',
        'choreography F(A, B): int@A, list<int>@B { return A.1, B.[2] }',
      ),
    ).toBe('');
    expect(misfits('choreography(A): int@A', 'choreography F(A) { A.show() }\nextern show()')).toContain(
      'it gives nothing back there',
    );
    expect(misfits('choreography(A): int@A', 'choreography F(A): string@A { return A."x" }')).toContain(
      'it gives back `string`, and `int` is wanted',
    );
    expect(misfits('choreography(A, server B)', 'choreography F(A, B) { A -> B: x }')).toBe('');
  });
});

describe('by itself', () => {
  test('it is checked once, with calls of which nothing is known', () => {
    const text = `extern yes(): bool
choreography Ask(A, B, step: choreography(A, B)) {
  A.x = yes()
  if A.x { do step(A, B) }
}
choreography Ping(A, B) { A -> B: ping }
choreography One(A, B) { do Ask(A, B, Ping) }
choreography Other(A, B) { do Ask(A, B, Ping) }
`;
    expect(errors(text)).toEqual(['4: knowledge-of-choice']);
  });

  test('who comes along has to be able to follow; told at the call, with who it is there', () => {
    const text = `extern yes(): bool
choreography Ask(A, B, step: choreography(A)) {
  A.x = yes()
  if A.x -> B { do step(A) }
}
choreography Ping(X, Y) { X -> Y: ping }
choreography Served(X, server Y) { X -> Y: ping }
choreography Main(P, Q, R) { do Ask(P, Q, Ping(_, R)) }
choreography Server(P, Q, server R) { do Ask(P, Q, Served(_, R)) }
choreography Outer(P, Q, s: choreography(P)) { do Ask(P, Q, s) }
choreography Far(P, Q, R) { do Outer(P, Q, Ping(_, R)) }
`;
    expect(errors(text)).toEqual(['8: knowledge-of-choice', '11: knowledge-of-choice']);
    expect(messages(text)[0]).toContain(
      'With what is given here to `Ask`, where R is called Y: Y can’t tell whether `x` holds at A',
    );
  });

  test('it has no verdict, and what calls it is proved with what it gives', () => {
    const analysis = workspaceOf(`${buy}choreography Main(B, S) { do Buy(B, S, Alone) }\n`).analyze(uri);
    expect(analysis?.verdicts.map(({ name }) => name)).toEqual(['Alone', 'Two', 'Main']);
  });

  test('an error of what is given is one of what calls', () => {
    const analysis = workspaceOf(
      `${buy.replace('return Someone.yes()', 'return Someone.y')}choreography Main(B, S) { do Buy(B, S, Alone) }\n`,
    ).analyze(uri);
    expect(analysis?.verdicts.map(({ name }) => name)).toEqual(['Two']);
  });

  test('an edit of what is given is seen at the call', () => {
    const workspace = workspaceOf(
      `import { Ping } from "./lib.chor"\nextern yes(): bool\nchoreography Ask(A, B, step: choreography(A)) {\n  A.x = yes()\n  if A.x -> B { do step(A) }\n}\nchoreography Main(P, Q, server R) { do Ask(P, Q, Ping(_, R)) }\n`,
      { 'lib.chor': 'choreography Ping(X, server Y) { X -> Y: ping }\n' },
    );
    const codes = (): string[] =>
      workspace
        .analyze(uri)
        ?.findings.filter(({ severity }) => severity === 'error')
        .map(({ code }) => code) ?? [];
    expect(codes()).toEqual([]);
    workspace.set('file:///t/lib.chor', 'choreography Ping(X, Y) { X -> Y: ping }\n');
    expect(codes()).toEqual(['knowledge-of-choice']);
    workspace.set('file:///t/lib.chor', 'choreography Ping(X, Y) { X.show("x") }\nextern show(x: string)\n');
    expect(codes()).toEqual([]);
  });
});

// Refactorings: the text before, with what is selected, and the text after.
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../language/edits/fix.js';
import { refactorings } from '../../language/features/refactorings.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///a.chor';

interface Offered {
  readonly title: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** What is offered at `«»` or for what stands between these, as the texts that come of it. */
function offered(marked: string, others: Readonly<Record<string, string>> = {}): Offered[] {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const workspace = new Workspace();
  workspace.set(uri, marked.replace(/[«»]/g, ''));
  for (const [name, text] of Object.entries(others)) {
    workspace.set(`file:///${name}`, text);
    workspace.analyze(`file:///${name}`);
  }
  expect(workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return [...refactorings(workspace, uri, { start, end }, Infinity)].flatMap((found) =>
    found
      ? [
          {
            title: found.title,
            texts: Object.fromEntries(
              [...new Set(found.edits.map((edit) => edit.uri))].map((at) => [
                at.replace('file:///', ''),
                applyEdits(
                  workspace.text(at) ?? '',
                  found.edits.filter((edit) => edit.uri === at),
                ),
              ]),
            ),
          },
        ]
      : [],
  );
}
/** The text that comes of the one with a title. */
function after(marked: string, title: string | RegExp): string | undefined {
  return offered(marked).find((each) => (typeof title === 'string' ? each.title === title : title.test(each.title)))
    ?.texts['a.chor'];
}
const titles = (marked: string): string[] => offered(marked).map(({ title }) => title);

const shop = `choreography Shop(Buyer(title: string, budget: int), Seller, Shipper) {
  Buyer.title -> Seller.wanted // what is wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget -> Seller, Shipper {
    // It is affordable.
    Seller.wanted -> Shipper.parcel
    Shipper.ship(parcel)
  } else {
    Buyer.sigh()
  }
}
extern priceOf(t: string): int
extern ship(p: string)
extern sigh()
`;

describe('arrow lists', () => {
  test('are written out as selections, and made of them again', () => {
    const marked = shop.replace('if Buyer', '«»if Buyer');
    const out = after(marked, 'Write out the arrow list as messages');
    expect(out).toBe(
      shop
        .replace(' -> Seller, Shipper {', ' {\n    Buyer -> Seller, Shipper: yes')
        .replace('} else {\n', '} else {\n    Buyer -> Seller, Shipper: no\n'),
    );
    expect(after((out ?? '').replace('if Buyer', '«»if Buyer'), 'Tell Seller and Shipper by an arrow list')).toBe(shop);
  });
  test('of loops, too', () => {
    const loop =
      'choreography L(A(n: int), B) {\n  A.x = n\n  while A.x > 0 -> B {\n    A.x -> B.y\n    B.show(y)\n    A.x = x - 1\n  }\n  B.show(0)\n}\nextern show(n: int)\n';
    const out = after(loop.replace('while', '«»while'), 'Write out the arrow list as messages');
    expect(out).toBe(loop.replace(' -> B {', ' {\n    A -> B: again').replace('  }\n  B', '  }\n  A -> B: done\n  B'));
    expect(after((out ?? '').replace('while', '«»while'), 'Tell B by an arrow list')).toBe(loop);
  });
  test('change labels, and say so; not where a network has these labels', () => {
    const labelled =
      'choreography C(A(x: bool), B) {\n  if A.x {\n    A -> B: accept // fine\n    B.ring()\n  } else {\n    A -> B: reject\n  }\n}\nextern ring()\n';
    const marked = labelled.replace('if A', '«»if A');
    expect(after(marked, 'Tell B by an arrow list (`accept` becomes `yes`, `reject` becomes `no`)')).toBe(
      'choreography C(A(x: bool), B) {\n  if A.x -> B {\n    // fine\n    B.ring()\n  } else {\n  }\n}\nextern ring()\n',
    );
    expect(
      titles(
        `${marked}network N implements C {\n  process B {\n    receive from A {\n      accept { ring() }\n      reject {}\n    }\n  }\n}\n`,
      ).filter((title) => title.startsWith('Tell')),
    ).toEqual([]);
  });
  test('are not offered where the ways tell different roles', () => {
    expect(
      titles(
        'choreography C(A(x: bool), B, D) {\n  «»if A.x {\n    A -> B: yes\n    A -> D: yes\n  } else {\n    A -> D: no\n    A -> B: no\n  }\n}\n',
      ).filter((title) => title.startsWith('Tell')),
    ).toEqual([]);
  });
});

describe('what goes on at the same time', () => {
  const swap = `choreography Swap(A(x: int), B(y: int), C) {
  // There.
  A.x -> B.z // and
  // Back.
  B.y -> A.w
  A.w -> C.v
}
`;
  const crossed = `choreography Swap(A(x: int), B(y: int), C) {
  par {
    // There.
    A.x -> B.z // and
  } and {
    // Back.
    B.y -> A.w
  }
  A.w -> C.v
}
`;
  test('are messages that cross, with their comments, and they come one after the other again', () => {
    expect(after(swap.replace('A.x ->', 'A«».x ->'), 'Let this message and the next one cross')).toBe(crossed);
    expect(
      after(swap.replace('// There.', '«// There.').replace('B.y -> A.w', 'B.y -> A.w»'), 'Do these at the same time'),
    ).toBe(crossed);
    expect(after(crossed.replace('par', 'p«»ar'), 'Do these one after the other')).toBe(swap);
    expect(
      after('choreography C(A, B) { «»A.1 -> B.x; B.2 -> A.y }\n', 'Let this message and the next one cross'),
    ).toBe('choreography C(A, B) { par { A.1 -> B.x } and { B.2 -> A.y } }\n');
    expect(
      after('choreography C(A, B) { «»par { A.1 -> B.x } and { B.2 -> A.y } }\n', 'Do these one after the other'),
    ).toBe('choreography C(A, B) { A.1 -> B.x\n B.2 -> A.y }\n'.replace('\n B', '; B'));
  });
  test('are rounds of a loop', () => {
    const rounds = 'choreography C(A[n], B(x: int)) {\n  par i in A {\n    B.x -> A[i].y\n  }\n}\n';
    expect(after(rounds.replace('par', '«»par'), 'Do these one after the other')).toBe(rounds.replace('par', 'for'));
  });
  test.each([
    ['an answer', 'A.x -> B.y\n  B.y -> A.z'],
    ['one variable', 'A.x -> B.y\n  B.1 -> A.x'],
    ['messages that could not be told apart', 'A.x -> B.y\n  B.2 -> A.z\n  A.3 -> B.w'],
    ['host functions, whose order matters', 'A.x -> B.y\n  B.draw() -> A.z\n  B.draw() -> A.w'],
  ])('is not offered for %s', (_, body) => {
    const text = `choreography C(A(x: int), B) {\n  «${body}»\n}\nextern draw(): int\n`;
    expect(titles(text).filter((title) => /same time|cross/.test(title))).toEqual([]);
  });
  test('is not offered for messages of others, which cross as they are', () => {
    expect(
      titles('choreography C(A, B, D, E) {\n  «A.1 -> B.x\n  D.1 -> E.x»\n}\n').filter((title) =>
        /same time|cross/.test(title),
      ),
    ).toEqual([]);
  });
});

describe('roles that are called alike', () => {
  const counting = `choreography Count(Master(first: int, second: int), Worker1(speed: int), Worker2(speed: int)): int@Master {
  Master.first -> Worker1.n, Worker2.n: work
  Master.second -> Worker1.m
  Master.second -> Worker2.m
  Worker1.done = n + m * speed
  Worker2.done = n + m * speed
  if Master.first > 0 -> Worker1, Worker2 {
    Worker1.done -> Master.sum
    Master.total = sum
    Worker2.done -> Master.sum
    Master.total = sum
  }
  Worker1.done, Worker2.done -> Master.all
  return Master.all[0] + all[1] + second
}
`;
  test('become a family, of any size where each is only one of all', () => {
    expect(after(counting.replace('Worker1(', 'Wor«»ker1('), 'Make Worker1 and Worker2 a family'))
      .toBe(`choreography Count(Master(first: int, second: int), Worker[n2 = 2](speed: int)): int@Master {
  Master.first -> Worker.n: work
  Master.second -> Worker.m
  Worker.done = n + m * speed
  if Master.first > 0 -> Worker {
    for i in Worker {
      Worker[i].done -> Master.sum
      Master.total = sum
    }
  }
  Worker.done -> Master.all
  return Master.all[0] + all[1] + second
}
`);
  });
  test('have their number where they do different things', () => {
    expect(
      after(
        'choreography Pass(Node1«»(x: int), Node2(x: int), Node3(x: int)) {\n  Node1.x -> Node2.y\n  Node2.y -> Node3.y\n  Node3.y -> Node1.y\n}\n',
        /^Make Node1, Node2 and Node3 a family$/,
      ),
    ).toBe(
      'choreography Pass(Node[3](x: int)) {\n  Node[0].x -> Node[1].y\n  Node[1].y -> Node[2].y\n  Node[2].y -> Node[0].y\n}\n',
    );
  });
  test('are not made one where they have other inputs, or somebody calls the choreography', () => {
    expect(
      titles('choreography C(A1«»(x: int), A2) {\n  A1.x -> A2.y\n}\n').filter((title) => title.startsWith('Make')),
    ).toEqual([]);
    expect(
      titles('choreography C(A1«», A2) {\n  A1.1 -> A2.y\n}\nchoreography D(P, Q) {\n  do C(P, Q)\n}\n').filter(
        (title) => title.startsWith('Make'),
      ),
    ).toEqual([]);
  });
});

describe('members', () => {
  test('are written out as roles, and become a family again', () => {
    const family = `choreography Count(Master(first: int), Worker[n >= 2 = 2](speed: int)): int@Master, int@Worker {
  Master.first -> Worker.n2: work
  Worker.done = n2 * speed + n
  if Master.first > 0 -> Worker {
    Worker.done -> Master.all
  }
  for i in Worker {
    Master.first + i -> Worker[i].m
    Worker[i].m -> Worker[(i + 1) % n].last
  }
  par i in Worker {
    Worker[i].last -> Master.sums[i]: sum
  }
  return Master.first, Worker.m
}
`;
    expect(after(family.replace('Worker[', 'Worker«»['), /^Write Worker out/)).toContain(
      '  par {\n    Worker1.last -> Master.sums[0]: sum\n  } and {\n    Worker2.last -> Master.sums[1]: sum\n  }\n',
    );
    const simple = family.replace(/ {2}par i[^}]*\}\n/, '');
    const out = `choreography Count(Master(first: int), Worker1(speed: int), Worker2(speed: int)): int@Master, int@Worker1, int@Worker2 {
  Master.first -> Worker1.n2, Worker2.n2: work
  Worker1.done = n2 * speed + 2
  Worker2.done = n2 * speed + 2
  if Master.first > 0 -> Worker1, Worker2 {
    Worker1.done, Worker2.done -> Master.all
  }
  Master.first + 0 -> Worker1.m
  Worker1.m -> Worker2.last
  Master.first + 1 -> Worker2.m
  Worker2.m -> Worker1.last
  return Master.first, Worker1.m, Worker2.m
}
`;
    expect(after(simple.replace('Worker[', 'Worker«»['), 'Write Worker out as Worker1 and Worker2')).toBe(out);
    expect(after(out.replace('Worker1(', 'Worker1«»('), 'Make Worker1 and Worker2 a family')).toContain(
      'Worker[2](speed: int)): int@Master, int@Worker {\n  Master.first -> Worker.n2: work\n  Worker.done = n2 * speed + 2\n  if Master.first > 0 -> Worker {\n    Worker.done -> Master.all\n  }\n  Master.first + 0 -> Worker[0].m\n  Worker[0].m -> Worker[1].last\n  Master.first + 1 -> Worker[1].m\n  Worker[1].m -> Worker[0].last\n  return Master.first, Worker.m\n}\n',
    );
  });
  test('that go on at the same time become branches', () => {
    expect(
      after(
        'choreography C(A[2]«»(x: int), B) {\n  par i in A {\n    A[i].x -> B.y\n    B.see(y)\n  }\n}\nextern see(n: int)\n',
        /^Write A out/,
      ),
    ).toBe(
      'choreography C(A1(x: int), A2(x: int), B) {\n  par {\n    A1.x -> B.y\n    B.see(y)\n  } and {\n    A2.x -> B.y\n    B.see(y)\n  }\n}\nextern see(n: int)\n',
    );
  });
});

describe('branches', () => {
  test('of an `if` are exchanged with their comments, and the question turned around', () => {
    expect(after(shop.replace('if Buyer', '«»if Buyer'), 'Swap the branches of this `if`')).toBe(
      shop
        .replace('price <= budget', 'price > budget')
        .replace(
          '{\n    // It is affordable.\n    Seller.wanted -> Shipper.parcel\n    Shipper.ship(parcel)\n  } else {\n    Buyer.sigh()\n  }',
          '{\n    Buyer.sigh()\n  } else {\n    // It is affordable.\n    Seller.wanted -> Shipper.parcel\n    Shipper.ship(parcel)\n  }',
        ),
    );
  });
  test.each([
    ['x', 'not x'],
    ['not x', 'x'],
    ['n == 1', 'n != 1'],
    ['x and n < 2', 'not (x and n < 2)'],
    ['(n < 2)', 'not (n < 2)'],
    ['even(n)', 'not even(n)'],
    ['true', 'false'],
  ])('`%s` turns into `%s`', (condition, opposite) => {
    const text = (value: string, first: string, second: string): string =>
      `choreography C(A(x: bool, n: int), B) {\n  if A.${value} -> B { A -> B: ${first} } else { A -> B: ${second} }\n}\nextern even(n: int): bool\n`;
    const marked = text(condition, 'a', 'b').replace('if A', '«»if A');
    const workspace = after(marked, 'Swap the branches of this `if`');
    expect(workspace).toBe(text(opposite, 'b', 'a'));
  });
  test('of a `choice`, the one at the cursor with the next; and in processes', () => {
    const text =
      'choreography C(A, B) {\n  choice at A {\n    A -> B: one\n  } or {\n«»    A -> B: two\n  } or {\n    A -> B: three\n  }\n}\n';
    expect(after(text, 'Swap the branches of this `choice`')).toBe(
      'choreography C(A, B) {\n  choice at A {\n    A -> B: one\n  } or {\n    A -> B: three\n  } or {\n    A -> B: two\n  }\n}\n',
    );
    const local = (condition: string): string =>
      `network N {\n  process A(x: int) {\n    «»if ${condition}\n  }\n  process B { receive from A { a(y) { show(y) } b(z) { show(z) } } }\n}\nextern show(n: int)\n`;
    expect(
      after(local('x < 2 { send 1 to B: a /* 1 */ } else { send 2 to B: b }'), 'Swap the branches of this `if`'),
    ).toBe(local('x >= 2 { send 2 to B: b } else { send 1 to B: a /* 1 */ }').replace('«»', ''));
  });
});

describe('inlining a call', () => {
  const callee =
    'choreography Ask(Asker(question: string), Teller): string@Asker {\n  // One question.\n  Asker.question -> Teller.asked\n  Teller.answer(asked) -> Asker.reply // its answer\n  return Asker.reply\n}\nextern answer(q: string): string\nextern show(s: string)\n';
  test('puts what is called in its place, with the roles of the call, and names that are free', () => {
    const caller =
      'choreography Main(A(text: string), B) {\n  A."x" -> B.asked\n  B.show(asked)\n  A.heard = «»do Ask(A(text), B)\n  A.show(heard)\n}\n';
    expect(after(caller + callee, 'Inline this call of Ask')).toBe(
      'choreography Main(A(text: string), B) {\n  A."x" -> B.asked\n  B.show(asked)\n  // One question.\n  A.text -> B.asked2\n  B.answer(asked2) -> A.reply // its answer\n  A.heard = reply\n  A.show(heard)\n}\n' +
        callee,
    );
  });
  test('gives inputs their values', () => {
    const caller =
      'choreography Main(A, B) {\n  if A.true -> B {\n    A.heard = do «»Ask(A("why?"), B)\n    A.show(heard)\n  }\n}\n';
    expect(after(caller + callee, 'Inline this call of Ask')).toContain(
      '    A.question = "why?"\n    // One question.\n    A.question -> B.asked\n    B.answer(asked) -> A.reply // its answer\n    A.heard = reply\n    A.show(heard)\n',
    );
  });
  test('is offered of another file where all names mean the same', () => {
    const caller =
      'import { Ask, show } from "./ask.chor"\nchoreography Main(A(text: string), B) {\n  A.heard = «»do Ask(A(text), B)\n  A.show(heard)\n}\n';
    expect(offered(caller, { 'ask.chor': callee }).map(({ title }) => title)).toEqual([]);
    expect(
      offered(caller.replace('{ Ask,', '{ Ask, answer,'), { 'ask.chor': callee }).map(({ title }) => title),
    ).toEqual(['Inline this call of Ask']);
  });
});

describe('extracting a choreography', () => {
  test('infers roles and inputs, and takes comments along', () => {
    const marked = shop
      .replace('  Seller.priceOf', '«  Seller.priceOf')
      .replace('    Buyer.sigh()\n  }\n', '    Buyer.sigh()\n  }\n»');
    expect(after(marked, 'Extract a choreography of these statements'))
      .toBe(`choreography Shop(Buyer(title: string, budget: int), Seller, Shipper) {
  Buyer.title -> Seller.wanted // what is wanted
  do ShopPart(Buyer(budget), Seller(wanted), Shipper)
}

choreography ShopPart(Buyer(budget: int), Seller(wanted: string), Shipper) {
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget -> Seller, Shipper {
    // It is affordable.
    Seller.wanted -> Shipper.parcel
    Shipper.ship(parcel)
  } else {
    Buyer.sigh()
  }
}
extern priceOf(t: string): int
extern ship(p: string)
extern sigh()
`);
  });
  test('gives back what is used later', () => {
    const marked = shop.replace('Buyer.title ->', '«Buyer.title ->').replace('-> Buyer.price\n', '-> Buyer.price»\n');
    // Two roles use what comes of it, and each gets its own.
    expect(after(marked, 'Extract a choreography of these statements')).toContain(
      '  Buyer.price, Seller.wanted = do ShopPart(Buyer(title), Seller)\n',
    );
    const one = shop.replace('Seller.priceOf', '«Seller.priceOf').replace('-> Buyer.price\n', '-> Buyer.price»\n');
    expect(after(one, 'Extract a choreography of these statements')).toContain(
      '  Buyer.price = do ShopPart(Buyer, Seller(wanted))\n',
    );
    expect(after(one, 'Extract a choreography of these statements')).toContain(
      'choreography ShopPart(Buyer, Seller(wanted: string)): int@Buyer {\n  Seller.priceOf(wanted) -> Buyer.price\n  return Buyer.price\n}\n',
    );
  });
  test('knows that loops come round again, and leaves none', () => {
    const loop =
      'choreography L(A(n: int), B) {\n  A.x = n\n  rec X {\n    if A.x > 0 -> B {\n      A.x -> B.y\n      B.show(y)\n      A.x = x - 1\n      continue X\n    }\n  }\n}\nextern show(n: int)\n';
    expect(
      after(
        loop.replace('      A.x -> B', '«      A.x -> B').replace('x - 1\n', 'x - 1\n»'),
        'Extract a choreography of these statements',
      ),
    ).toContain('      A.x = do LPart(A(x), B)\n      continue X\n');
    expect(
      titles(loop.replace('      A.x = x', '«      A.x = x').replace('continue X\n', 'continue X\n»')),
    ).not.toContain('Extract a choreography of these statements');
  });
});

describe('networks', () => {
  test('are written of a choreography, and what is missing in one', () => {
    const text = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.show(x)\n}\nextern show(n: int)\n';
    const network =
      'network CNetwork implements C {\n  process A {\n    send 1 to B\n  }\n\n  process B {\n    receive x from A\n    show(x)\n  }\n}';
    expect(after(text.replace('choreography C', 'choreography «»C'), 'Write a network that implements C')).toBe(
      text.replace('}\n', `}\n\n${network}\n`),
    );
    const partial = `${text}\n// Alice alone.\nnetwork «»N implements C {\n  process A {\n    send 1 to B // one\n  }\n}\n`;
    expect(after(partial, 'Write out the process B')).toBe(
      `${text}\n// Alice alone.\nnetwork N implements C {\n  process A {\n    send 1 to B // one\n  }\n\n  process B {\n    receive x from A\n    show(x)\n  }\n}\n`,
    );
    expect(after(`${text}network «»N implements C {}\n`, 'Write out the 2 missing processes')).toBe(
      `${text}${network.replace('CNetwork', 'N')}\n`,
    );
    expect(
      titles(
        `${text}network «»N implements C {\n  process A { send 1 to B }\n  process B { receive x from A show(x) }\n}\n`,
      ),
    ).toEqual([]);
  });
});

describe('one more role', () => {
  const text = 'choreography C(A, B) {\n  A.1 -> B.x\n  B.show(x)\n}\nextern show(n: int)\n';
  test('is added to the callers as well, in all files, and to networks that implement one', () => {
    const other =
      'import { C } from "./a.chor"\nchoreography D(P, Q /* last */) {\n  do C(P, Q)\n}\nnetwork N implements D {\n  process P { do C(P, Q) }\n  process Q { do C(P, Q) }\n}\n';
    const [added] = offered(text.replace('choreography C', 'choreography «»C'), { 'b.chor': other }).filter(
      ({ title }) => title === 'Add a role to C and its 1 caller',
    );
    expect(added?.texts).toEqual({
      'a.chor': text.replace('(A, B)', '(A, B, Role)'),
      'b.chor': other.replaceAll('C(P, Q)', 'C(P, Q, Role)').replace('Q /* last */)', 'Q /* last */, Role)'),
    });
  });
  test('is not, where nobody would play it', () => {
    const called = `${text}network N {\n  process P { do C(P, Q) }\n  process Q { do C(P, Q) }\n}\n`;
    expect(
      titles(called.replace('choreography C', 'choreography «»C')).filter((title) => title.startsWith('Add')),
    ).toEqual([]);
  });
});

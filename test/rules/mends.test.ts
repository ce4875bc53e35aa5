// What is offered first for errors as people make them, and what is never offered.
import { describe, expect, it } from 'vitest';
import { fixesFor } from '../../language/fixes/try.js';
import { Workspace } from '../../language/workspace.js';
import { meaning } from './mutants.js';
import { applyEdits } from '../../language/edits/fix.js';
import { inWords } from '../in-words.js';

const uri = 'file:///mends.chor';

interface Offer {
  readonly title: string;
  readonly preferred: boolean;
  readonly text: string;
}

/** The fixes of each error, in their order. */
function offers(text: string): { code: string; fixes: Offer[] }[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => f.severity === 'error')
    .map((f) => ({
      code: f.code,
      fixes: fixesFor(workspace, f).map((fix) => ({
        title: fix.title,
        preferred: fix.preferred === true,
        text: applyEdits(text, fix.edits),
      })),
    }));
}

/** Whether some error offers a text that means what another does. */
function offered(text: string, wanted: string): boolean {
  return offers(text).some(({ fixes }) => fixes.some((f) => meaning(f.text) === meaning(wanted)));
}

/** Whether some error offers it first. */
function first(text: string, wanted: string): boolean {
  return offers(text).some(({ fixes: [best] }) => best && meaning(best.text) === meaning(wanted));
}

const undo = `extern refund()

choreography Undo(Ship(ok: bool), Orders, Pay) {
  if Ship.ok {
    Ship -> Orders: shipped
    Orders -> Pay: keep
  } else {
    Ship -> Orders: failed
    Orders -> Pay: undo
    Pay.refund()
  }
}

network Copy implements Undo {
  process Orders {
    receive from Ship {
      shipped { send to Pay: keep }
      failed { send to Pay: undo }
    }
  }
}
`;

describe('in a network that implements a choreography', () => {
  it('the message that the choreography has is added, and no other', () => {
    const wrong = undo.replace('failed { send to Pay: undo }', 'failed {}');
    for (const { fixes } of offers(wrong)) {
      expect(fixes[0]?.preferred).toBe(true);
      expect(meaning(fixes[0]?.text ?? '')).toBe(meaning(undo));
      expect(fixes.some((f) => f.title.includes('send to Pay: keep'))).toBe(false);
    }
  });
  it('a label that it has not is put right', () => {
    expect(first(undo.replace('send to Pay: undo', 'send to Pay: udno'), undo)).toBe(true);
  });
  it('any error of a process offers the projection’s code', () => {
    const wrong = undo.replace('failed { send to Pay: undo }', 'failed { send nowhere to Pay: undo }');
    expect(offers(wrong).some(({ fixes }) => fixes.some((f) => meaning(f.text) === meaning(undo)))).toBe(true);
  });
  it('the names and the local steps of the process stay', () => {
    const text = (body: string): string =>
      `choreography Ask(A(q: string), B) {\n  A.q -> B.question\n  B.question -> A.answer\n  A.print(answer)\n}\nextern print(line: string)\n\nnetwork Own implements Ask {\n  process B {\n${body}  }\n}\n`;
    const wrong = text('    receive heard from A\n    print("now")\n');
    expect(first(wrong, text('    receive heard from A\n    print("now")\n    send heard to A\n'))).toBe(true);
  });
});

describe('in a network', () => {
  it('a message that goes to another role is sent to the right one', () => {
    const right = `network N {
  process A {
    send "hi" to B
    receive answer: string from B
    log(answer)
  }
  process B {
    receive word: string from A
    log(word)
    send "hello" to A
    send "bye" to C
  }
  process C {
    receive word: string from B
    log(word)
  }
}
extern log(text: string)
`;
    expect(first(right.replace('send "hi" to B', 'send "hi" to C'), right)).toBe(true);
  });
  it('an `else` that tells the other way is added', () => {
    const right = `network N {
  process A(ok: bool) {
    if ok {
      send to B: yes
    } else {
      send to B: no
    }
  }
  process B {
    receive from A {
      yes { log("yes") }
      no { log("no") }
    }
  }
}
extern log(text: string)
`;
    expect(first(right.replace(/ else \{\n.*\n {4}\}/, ''), right)).toBe(true);
  });
  const counting = `network N {
  process A {
    while more() {
      send to B: again
      send 1 to B
    }
    send to B: done
  }
  process B {
    rec X {
      receive from A {
        again {
          receive from A
          continue X
        }
        done {}
      }
    }
  }
}
extern more(): bool
`;
  it('a receive is added before a loop is gone round again', () => {
    expect(first(counting.replace('          receive from A\n', ''), counting)).toBe(true);
  });
  it('a branch comes with its `continue`', () => {
    const wrong = counting.replace(/ {8}again \{[^}]*\}\n/, '');
    expect(offers(wrong).some(({ fixes }) => fixes.some((f) => /again \{[^}]*continue X/.test(f.text)))).toBe(true);
  });
  it('a `continue` that was left out is added', () => {
    expect(first(counting.replace('          continue X\n', ''), counting)).toBe(true);
  });
  it('nothing is sent back to whom it came from', () => {
    const text =
      'network N {\n  process A {\n    send "salt" to B\n    receive back from B\n    log(back)\n  }\n  process B {\n    receive salt from A\n    log(salt)\n  }\n}\nextern log(t: string)\n';
    for (const { fixes } of offers(text)) {
      expect(fixes.some((f) => f.title.includes('send salt to A'))).toBe(false);
      // What is said instead is a guess.
      expect(fixes.filter((f) => f.title.includes('send "" to A')).some((f) => f.preferred)).toBe(false);
    }
  });
});

describe('in a choreography', () => {
  const order = (rest: string): string =>
    `choreography Order(Buyer(ok: bool), Seller, Shipper) {\n  if Buyer.ok {\n    Buyer -> Seller: accept\n    Seller -> Shipper: ship\n  } else {\n    Buyer -> Seller: reject\n${rest}  }\n}\n`;
  it('a role is told in the other branch too before all are told', () => {
    const [best] = offers(order(''))[0]?.fixes ?? [];
    expect(best?.title).toBe('Let Seller tell Shipper in the other branch too (1 more message there)');
    expect(best?.preferred).toBe(true);
  });
  it('messages are labelled before there is one more', () => {
    const text =
      'choreography Say(A(ok: bool), B) {\n  if A.ok {\n    A.1 -> B.x: one\n    B.use(x)\n  } else {\n    A.2 -> B.x: one\n    B.use(x)\n    B.use(x)\n  }\n}\nextern use(n: int)\n';
    expect(offers(text)[0]?.fixes[0]?.title).toContain('no extra message');
  });
  it('a receiver is added to a multicast', () => {
    const right =
      'choreography News(Editor(story: string), North, South) {\n  Editor.story -> North.story, South.story\n  North.print(story)\n  South.print(story)\n}\nextern print(line: string)\n';
    expect(first(right.replace(', South.story', ''), right)).toBe(true);
    expect(first(right.replace('North.story, ', ''), right)).toBe(true);
  });
  it('sender and receiver are put right', () => {
    const right =
      'choreography Relay(A(x: int), B, C) {\n  A.x -> B.y\n  B.y -> C.z\n  C.show(z)\n}\nextern show(n: int)\n';
    expect(first(right.replace('A.x -> B.y', 'A.x -> C.y'), right)).toBe(true);
    expect(first(right.replace('B.y -> C.z', 'A.y -> C.z'), right)).toBe(true);
  });
  it('a value is taken from where it comes from, not from whoever has one of that name', () => {
    const text =
      'choreography Split(M(left: int, right: int), One, Two) {\n  M.left -> One.part\n  One.use(part)\n  Two.use(part)\n}\nextern use(n: int)\n';
    expect(
      offers(text)[0]
        ?.fixes.filter((f) => f.title.startsWith('Add'))
        .map((f) => f.title)[0],
    ).toBe('Add `M.right -> Two.part` (1 more message)');
    const back =
      'choreography Salt(A, B) {\n  A.makeSalt() -> B.salt\n  B.use(salt)\n  A.use(salt)\n}\nextern makeSalt(): int\nextern use(n: int)\n';
    for (const { fixes } of offers(back)) expect(fixes.some((f) => f.text.includes('B.salt -> A.salt'))).toBe(false);
  });
  it('a role that the header lacks comes with its inputs', () => {
    const right =
      'choreography Order(Buyer(title: string), Seller) {\n  Buyer.title -> Seller.wanted\n  Seller.find(wanted)\n}\nextern find(title: string)\n';
    expect(first(right.replace('Buyer(title: string), ', ''), right)).toBe(true);
  });
});

describe('in a choreography, going by what the rest says', () => {
  const titles = (text: string): string[] => offers(text).flatMap(({ fixes }) => fixes.slice(0, 1).map((f) => f.title));
  it('a role that the header lacks comes with inputs that others have too, or that it gets itself later', () => {
    const mail = (header: string): string =>
      `extern accept(name: string)\nchoreography Mail(${header}Server) {\n  Client.from -> Server.from: hello\n  Server.accept(from)\n  Server -> Client: ok\n}\n`;
    expect(offered(mail(''), mail('Client(from: string), '))).toBe(true);
    const haggle = (header: string): string =>
      `extern good(price: int): bool\nchoreography Haggle(${header}Seller) {\n  rec Offer {\n    Buyer.price -> Seller.offer\n    if Seller.good(offer) {\n      Seller -> Buyer: deal\n    } else {\n      Seller.offer + 1 -> Buyer.price: higher\n      continue Offer\n    }\n  }\n}\n`;
    expect(first(haggle(''), haggle('Buyer(price: int), '))).toBe(true);
  });
  it('a message that another is taken for gets a label of its own', () => {
    const chat = (label: string): string =>
      `extern show(x: string)\nchoreography Chat(A(say: bool), B) {\n  if A.say {\n    A."hi" -> B.x: word\n    B.show(x)\n  } else {\n    A -> B: ${label}\n  }\n}\n`;
    expect(titles(chat('word'))).toEqual(['Label it `no`, not `word` (no extra message)']);
  });
  it('who lacks what is set, where nobody reads it, sets it', () => {
    const text = (role: string): string =>
      `extern next(): int\nextern show(n: int)\nchoreography C(A, B) {\n  ${role}.x = next()\n  A.x -> B.y\n  B.show(y)\n}\n`;
    expect(first(text('B'), text('A'))).toBe(true);
  });
  it('what another role works out in the same way is worked out', () => {
    const text = (line: string): string =>
      `extern f(n: int): int\nextern show(n: int)\nchoreography C(A(n: int), B) {\n  A.n -> B.n\n${line}  B.key = f(n)\n  A.show(key)\n  B.show(key)\n}\n`;
    expect(offered(text(''), text('  A.key = f(n)\n'))).toBe(true);
  });
  it('a function is meant where one is needed, and nowhere else', () => {
    const text =
      'extern show(n: int)\nextern bid(): bool\nchoreography C(Ann, Seller) {\n  if Seller.ann -> Ann { Seller.show(1) }\n  Ann.bid() -> Seller.later\n  Seller.show(if later then 1 else 2)\n}\n';
    expect(titles(text).join()).not.toContain('any');
    expect(
      titles(
        'function double(n: int): int = n * 2\nextern show(l: list<int>)\nchoreography C(A(l: list<int>), B) {\n  A.show(map(l, dobule))\n  A -> B: l\n}\n',
      ),
    ).toEqual(['Change to `double`']);
  });
  it('a text that is the name of a constant becomes that', () => {
    const text = (value: string): string =>
      `extern show(n: int)\nchoreography C(A, B) {\n  A.ok = ${value}\n  A.ok -> B.ok\n  if A.ok, B.ok { A.show(1) } else { B.show(2) }\n}\n`;
    expect(first(text('"true"'), text('true'))).toBe(true);
  });
});

describe('in what does not read', () => {
  const right =
    'choreography Say(Alice(ok: bool, late: bool), Bob) {\n  if Alice.ok and late {\n    Alice."yes" -> Bob.word: yes\n  } else {\n    Alice."no" -> Bob.word: no\n  }\n  Bob.print(word) // aloud\n}\nextern print(line: string)\n';
  it.each([
    [' -> ', ' => '],
    [' -> ', ' → '],
    [' -> ', ' --> '],
    ['//', '#'],
    [' and ', ' && '],
    ['"yes"', "'yes'"],
    ['if Alice', 'if (Alice'],
    ['else', 'els'],
    ['  }\n  Bob', '  Bob'],
    ['print(word)', 'print(word'],
    ['ok and late {', 'ok and late then {'],
    ['"no"', '“no”'],
  ])('`%s` for `%s` is put right', (good, bad) => {
    const wrong =
      bad === 'if (Alice' ? right.replace('if Alice.ok and late', 'if (Alice.ok and late)') : right.replace(good, bad);
    expect(first(wrong, right)).toBe(true);
  });
  it('a bracket that closes nothing but a name is put right', () => {
    const text =
      'choreography Ask(A, B) {\n  A.x = fresh()\n  A.x -> B.y\n  B.use(y)\n}\nextern fresh(): int\nextern use(n: int)\n';
    expect(first(text.replace('fresh()\n', 'fresh(\n'), text)).toBe(true);
    expect(first(text.replace('use(y)', 'use(y'), text)).toBe(true);
  });
  it('keywords of other languages are put right', () => {
    const net =
      'network N {\n  process A {\n    x = 1\n    if x == 1 {\n      send to B: one\n    } else {\n      send to B: other\n    }\n  }\n  process B {\n    receive from A {\n      one { }\n      other { }\n    }\n  }\n}\n';
    expect(first(net.replace('receive', 'recv'), net)).toBe(true);
    expect(first(net.replace('x = 1\n', 'x := 1\n'), net)).toBe(true);
    expect(first(net.replace('x = 1\n', 'let x = 1\n'), net)).toBe(true);
    expect(first(net.replace('x == 1', 'x = 1'), net)).toBe(true);
    expect(offered(net.replace('send to B: one', 'send -> B: one'), net)).toBe(true);
  });
});

describe('what the pattern of a decision takes', () => {
  const text = (arrow: string, name = 'name'): string => `enum Command { nick(name: string), quit(farewell: string) }
extern next(): Command
extern note(text: string)

choreography Irc(Client, Server) {
  match Client.next()${arrow} {
    case nick(name) { Server.note(${name}) }
    case quit(farewell) { Server.note("bye: " + farewell) }
  }
}
`;
  it.each([
    ['told the label alone', ' -> Server'],
    ['told nothing', ''],
  ])('is sent along to who reads it: %s', (_, arrow) => {
    const found = offers(text(arrow));
    expect(found.map(({ code }) => code)).toContain('not-located-here');
    for (const { fixes } of found) expect(fixes[0]?.text).toBe(text(' -> Server._'));
  });
  it('is named in the message', () => {
    const workspace = new Workspace();
    workspace.set(uri, text(' -> Server'));
    const [finding] = workspace.analyze(uri)?.findings ?? [];
    expect(finding && inWords(finding, workspace).message).toBe(
      '`name` is taken by the pattern at Client, and Server does not have it. Send it the case with its values: `-> Server._`.',
    );
  });
  it('is not what is meant by a name that is like a variable', () => {
    expect(offers(text(' -> Server._', 'nmae')).map(({ code }) => code)).toEqual(['unknown-variable']);
  });
});

describe('members of one family', () => {
  it('are told by one of them without telling itself', () => {
    const text = (arrow: string): string => `extern work(round: int)
choreography Ring(Node[n >= 2](rounds: int)) {
  Node[0].round = 0
  while Node[0].round < rounds${arrow} {
    Node.work(1)
    Node[0].round = round + 1
  }
}
`;
    const [found] = offers(text(''));
    expect(found?.code).toBe('knowledge-of-choice');
    expect(found?.fixes.find((fix) => fix.title.startsWith('Tell'))).toMatchObject({
      title: 'Tell the others of Node (1 more message to each of n − 1 a round)',
      text: text(' -> others Node'),
    });
  });
});

describe('a loop that forgets to go round', () => {
  it('in a process is offered its `continue`', () => {
    const text = (last: string): string => `network Serve {
  server process Server {
    rec Next {
      receive from Client: ask
      send to Client: told
${last}    }
  }
  process Client {
    send to Server: ask
    receive from Server: told
    send to Server: ask
    receive from Server: told
  }
}
`;
    expect(first(text(''), text('      continue Next\n'))).toBe(true);
  });
});

describe('an option where a value is needed', () => {
  it('is taken out first, with a value of its type for none', () => {
    const text = (of: string): string =>
      `record Job { id: int }\nextern work(j: Job): bool\nchoreography C(A(xs: list<int>, jobs: list<Job>), B): int@A {\n${of}\n}\n`;
    for (const [wrong, right] of [
      ['  A.head(xs) + 1 -> B.y\n  return A.1', '  A.getOr(head(xs), 0) + 1 -> B.y\n  return A.1'],
      [
        '  if A.head(xs) > 3 -> B { A -> B: more }\n  return A.1',
        '  if A.getOr(head(xs), 0) > 3 -> B { A -> B: more }\n  return A.1',
      ],
      ['  A.work(head(jobs)) -> B.y\n  return A.1', '  A.work(getOr(head(jobs), Job(id: 0))) -> B.y\n  return A.1'],
      ['  A.y = head(xs)\n  return A.y', '  A.y = head(xs)\n  return A.getOr(y, 0)'],
      ['  return A.head(xs)', '  return A.getOr(head(xs), 0)'],
    ] as const)
      expect([wrong, first(text(wrong), text(right))]).toEqual([wrong, true]);
    // What has no value to start from is not made up, and an option is no value of another option.
    expect(
      offers('extern type Key\nextern use(k: Key): int\nchoreography C(A(ks: list<Key>), B) { A.use(head(ks)) -> B.y }')
        .flatMap(({ fixes }) => fixes)
        .filter(({ text: offered }) => offered.includes('getOr')),
    ).toEqual([]);
  });
});

// Networks that implement a choreography: what conforms, what does not, and what is taken from the projection.
import { describe, expect, it } from 'vitest';
import { checkNetwork } from '../../language/network/verdict/check.js';
import { compare } from '../../language/network/analysis/conformance.js';
import { libraryOf, systemOf } from '../../language/network/model/system.js';
import type { LocalState, System } from '../../language/network/model/system.js';
import { project } from '../../language/projection/project.js';
import { check, limits, networkOf, outcome, read } from './helpers.js';
import { inWords } from '../in-words.js';

const greeting = 'choreography Greeting(Alice, Bob) {\n Alice."hello" -> Bob.greeting\n Bob."hi" -> Alice.reply\n}\n';
const shop = `choreography Shop(Buyer, Seller) {
  choice at Buyer { Buyer -> Seller: accept Seller.1 -> Buyer.parcel: ship } or { Buyer -> Seller: reject } or { Buyer -> Seller: wait Buyer.2 -> Seller.days: days }
}
`;
const codes = (text: string): string[] => check(text).findings.map((f) => f.code);

describe('implements', () => {
  it('takes the roles that are not written from the choreography', () => {
    expect(
      outcome(`${greeting} network N implements Greeting { process Bob { receive g from Alice send "hi" to Alice } }`),
    ).toBe('proved');
    expect(outcome(`${greeting} network N implements Greeting { process Bob { receive g from Alice } }`)).toBe(
      'refuted unmatched-receive',
    );
    expect(outcome(`${greeting} network N implements Greeting { }`)).toBe('proved');
  });
  it('allows to send fewer choices and to receive more', () => {
    expect(codes(`${shop} network N implements Shop { process Buyer { send to Seller: reject } }`)).toEqual([]);
    expect(
      codes(`${shop} network N implements Shop { process Seller { receive from Buyer {
      accept { send 1 to Buyer: ship } reject { } wait { receive d from Buyer: days } other { } } } }`),
    ).toEqual(['unreachable']);
  });
  it('tells a deadlock alone, and not that a process differs as well', () => {
    const { findings, verdict } = check(`${greeting} network Broken implements Greeting {
      process Alice { receive reply from Bob send "hello" to Bob }
      process Bob { receive greeting from Alice send "hi" to Alice } }`);
    expect(findings.map((f) => f.code)).toEqual(['deadlock']);
    expect(verdict.verdict).toBe('refuted');
  });
  it('calls what differs and works all the same reordered', () => {
    const { findings } = check(
      `${greeting} network N implements Greeting { process Bob { send "hi" to Alice receive g from Alice } }`,
    );
    expect(findings.map((f) => [f.code, f.severity])).toEqual([['reordered-but-safe', 'information']]);
  });
  it('says after which run a process differs', () => {
    const { findings } = check(`${greeting} network N implements Greeting {
      process Alice { send "hello" to Bob send 1 to Bob receive reply from Bob }
      process Bob { receive g from Alice receive n from Alice send "hi" to Alice } }`);
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'Alice does not do what `Greeting` says. After it sends "hello" to Bob, Alice sends 1 to Bob, where the choreography has it that Alice receives reply from Bob. Take the projection’s code, or change the choreography.',
      'Bob does not do what `Greeting` says. After it receives g from Alice, Bob receives n from Alice, where the choreography has it that Bob sends "hi" to Alice. Take the projection’s code, or change the choreography.',
    ]);
  });
  it('does not mind what is computed in between, nor how a loop is written', () => {
    const loop =
      'extern more(): bool\nchoreography Loop(A, B) { rec X { if A.more() -> B { A.1 -> B.x continue X } } }\n';
    expect(
      codes(
        `${loop} network N implements Loop { process A { while more() { send to B: yes y = 1 send y to B } send to B: no } }`,
      ),
    ).toEqual([]);
    expect(
      codes(
        `${loop} network N implements Loop { process A { while more() { send to B: yes send 1 to B send to B: yes send 2 to B } send to B: no } }`,
      ),
    ).toEqual([]);
  });
  it('says nothing against a choreography that does not read', () => {
    const broken = 'choreography Greeting(Alice, Bob) {\n Alice."hello" -> \n}\n';
    const { file, scope } = read(
      `${broken} network N implements Greeting { process Alice { send "hello" to Bob receive x from Bob } }`,
      true,
    );
    const { verdict, findings } = checkNetwork(networkOf(file), scope, limits);
    expect([verdict.verdict, findings]).toEqual(['bounded', []]);
  });
  it('takes the projection’s code for what it is, where it goes by values', () => {
    const design = `choreography P(A(n: int), B) { A.ok = n > 0 A.ok -> B.ok if A.ok, B.ok { A -> B: go } else { if A.n > 0 { A -> B: go } else { A -> B: stop } } }`;
    const code = (more: string): string =>
      `${design} network N implements P { process B { receive ok from A if ok { receive from A: go ${more} } else { receive from A { go { } stop { } } } } }`;
    expect(codes(code(''))).toEqual(['unreachable']);
    expect(codes(code('x = 1'))).toEqual(['unreachable']);
  });
  describe('where both ends decide by copies of one value', () => {
    const round = (then: string): string => `choreography S(P(n: int), Q(n: int, b: bool)) {
      if P.n > 1 -> Q { Q.b -> P.ok if Q.b, P.ok { Q.n -> P.x } else { Q.n -> P.x: go } }
      ${then}
    }`;
    const network = (variable: string, yes: string, no: string, then: string): string => `network N implements S {
      process P(n: int) {
        if n > 1 { send to Q: yes receive ${variable} from Q if ${variable} { ${yes} } else { ${no} } } else { send to Q: no }
        ${then}
      }
    }`;
    const once = ['', ''] as const;
    const again = [
      'if P.n > 0 -> Q { do S(P(n - 1), Q(6, n > 1)) }',
      'if n > 0 { send to Q: yes do N(P(n - 1), Q) } else { send to Q: no }',
    ] as const;
    it.each([
      ['once', once],
      ['in a call that comes back', again],
    ] as const)('is what it is, whatever the copy is called, %s', (_, [design, process]) => {
      for (const variable of ['ok', 'good']) {
        const { verdict, findings } = check(
          `${round(design)} ${network(variable, 'receive x from Q', 'receive x from Q: go', process)}`,
        );
        expect(findings.filter((f) => f.severity !== 'hint')).toEqual([]);
        if (variable === 'ok' || process === '') expect(verdict.verdict).toBe('proved');
      }
    });
    it.each([
      ['once', once],
      ['in a call that comes back', again],
    ] as const)('is not right where the ways are swapped, %s', (_, [design, process]) => {
      const { verdict } = check(
        `${round(design)} ${network('ok', 'receive x from Q: go', 'receive x from Q', process)}`,
      );
      expect(verdict.verdict).toBe('refuted');
    });
  });
  it('follows calls', () => {
    const twice =
      'choreography Ping(P, Q) { P.1 -> Q.x Q.2 -> P.y }\nchoreography Twice(A, B) { do Ping(A, B) do Ping(B, A) }\n';
    expect(
      codes(
        `${twice} network N implements Twice { process A { do Ping(A, B) do Ping(B, A) } process B { do Ping(A, B) do Ping(B, A) } }`,
      ),
    ).toEqual([]);
    expect(
      codes(
        `${twice} network N implements Twice { process A { send 1 to B receive y from B receive x from B send 2 to B } }`,
      ),
    ).toEqual([]);
    // Both send first then, which is fine over queues.
    expect(codes(`${twice} network N implements Twice { process A { do Ping(A, B) do Ping(A, B) } }`)).toEqual([
      'reordered-but-safe',
    ]);
    expect(outcome(`${twice} network N implements Twice { process A { do Ping(B, A) do Ping(A, B) } }`)).toBe(
      'refuted deadlock',
    );
  });
});

describe('calls that wait for each other', () => {
  const deep = `extern more(n: int): bool
choreography Deep(A(n: int), B) { if A.more(n) -> B { A.n -> B.x do Deep(A(n + 1), B) B.x -> A.back } }
choreography Round(A, B) { A.1 -> B.x if B.more(x) -> A { B.x -> A.y do Deep(A(y), B) do Round(A, B) A.2 -> B.z } }
`;
  const a = (callee: string): string =>
    `process A(n: int) { if more(n) { send to B: yes send n to B do ${callee}(A(n + 1), B) receive back from B } else { send to B: no } }`;
  const b = (callee: string): string =>
    `process B { receive from A { yes { receive x from A do ${callee}(A, B) send x to A } no { } } }`;
  const round = (one: string, other: string): string =>
    `network R implements Round { process A { send 1 to B receive from B { yes { receive y from B do ${one}(A(y), B) do ${other}(A, B) send 2 to B } no { } } } }`;
  const both = `network R implements Round { process A { send 1 to B receive from B { yes { receive y from B do M(A(y), B) do R(A, B) send 2 to B } no { } } }
    process B { receive x from A if more(x) { send to A: yes send x to A do M(A, B) do R(A, B) receive z from A } else { send to A: no } } }`;
  it.each([
    ['as written', `network N implements Deep { ${a('Deep')} ${b('Deep')} }`],
    ['of one role', `network N implements Deep { ${b('Deep')} }`],
    ['of the network itself', `network N implements Deep { ${a('N')} ${b('N')} }`],
    ['of the network by one of its roles', `network N implements Deep { ${a('Deep')} ${b('N')} }`],
    [
      'of other networks, of which one role is used',
      `${round('M', 'R')} network M implements Deep { ${a('M')} process B { } }`,
    ],
    ['of other networks, which call it', `${both} network M implements Deep { ${a('M')} ${b('Deep')} }`],
    ['of other networks', `${round('M', 'R')} network M implements Deep { ${a('M')} ${b('Deep')} }`],
    [
      'with another decision, with the same outcome',
      `network N implements Deep { ${a('Deep')} process B { receive from A { no { } yes { receive x from A if x > 1 { do Deep(A, B) } else { do Deep(A, B) } send x to A } } } }`,
    ],
  ])('are proved by construction: %s', (_, text) => {
    const { verdict, findings } = check(deep + text);
    expect([verdict.verdict, verdict.byDesign, verdict.states, findings.filter((f) => f.severity !== 'hint')]).toEqual([
      'proved',
      true,
      0,
      [],
    ]);
  });
  it.each([
    [
      'a called network differs',
      `${both} network M implements Deep { ${a('M')} process B { receive from A { yes { receive x from A do M(A, B) do M(A, B) send x to A } no { } } } }`,
      'refuted deadlock',
    ],
    [
      'a called network differs at its end',
      `${both} network M implements Deep { ${a('M')} process B { receive from A { yes { receive x from A do M(A, B) send x to A send x to A } no { } } } }`,
      'refuted label-mismatch',
    ],
    [
      'it calls twice',
      `network N implements Deep { process A(n: int) { if more(n) { send to B: yes send n to B do Deep(A(n), B) do Deep(A(n), B) receive back from B } else { send to B: no } } process B { receive from A { yes { receive x from A do Deep(A, B) do Deep(A, B) send x to A } no { } } } }`,
      'bounded not-conformant not-conformant',
    ],
    [
      'it sends fewer of the choices',
      `network N implements Deep { process A(n: int) { send to B: yes send n to B do Deep(A(n + 1), B) receive back from B } }`,
      'bounded',
    ],
    [
      'it may compute for ever',
      `network N implements Deep { process A(n: int) { if more(n) { if more(0) { rec X { n = 1 continue X } } send to B: yes send n to B do Deep(A(n + 1), B) receive back from B } else { send to B: no } } }`,
      'refuted unmatched-receive',
    ],
    [
      'it decides by another value',
      `choreography Both(A(n: int), B) { do Deep(A(n), B) A.ok = n > 0 A.ok -> B.ok if A.ok, B.ok { A.1 -> B.x } else { B.2 -> A.y } }
      network N implements Both { process A(n: int) { do Deep(A(n), B) ok = n > 0 send ok to B if more(n) { send 1 to B } else { receive y from B } } }`,
      'refuted unmatched-receive unmatched-receive unmatched-send unmatched-send',
    ],
    ['there is another process', `network N implements Deep { ${a('Deep')} ${b('Deep')} process C { } }`, 'bounded'],
    [
      'the choreography has an error',
      `extern other(n: int): bool choreography Twice(A, B, C) { do Deep(A(1), B) if A.more(1), B.other(1) { A.1 -> B.x } else { } } network N implements Twice { process A { do Deep(A(1), B) if more(1) { send 1 to B } } process B { do Deep(A, B) if other(1) { receive x from A } } }`,
      undefined,
    ],
  ])('are not where %s', (_, text, expected) => {
    const { verdict } = check(deep + text);
    expect(verdict.byDesign).toBeUndefined();
    if (expected !== undefined) expect(outcome(deep + text)).toBe(expected);
  });
  it('are proved by construction as copies, where several decide by one value', () => {
    const both =
      'choreography Both(A(n: int), B) { do Deep(A(n), B) A.ok = n > 0 A.ok -> B.ok if A.ok, B.ok { A.1 -> B.x } else { B.2 -> A.y } }';
    const { verdict } = check(
      `${deep} ${both} network N implements Both { process A(n: int) { do Deep(A(n), B) ok = n > 0 send ok to B if ok { send 1 to B } else { receive y from B } } }`,
    );
    expect([verdict.verdict, verdict.byDesign]).toEqual(['proved', true]);
  });
  it('are proved where the exploration comes to its bounds, and never when it is not so', () => {
    expect(check(`${deep} network N implements Round { }`, { limits: { states: 1 } }).verdict).toMatchObject({
      verdict: 'proved',
      byDesign: true,
    });
    // What was not reached so far may be reached.
    const { verdict, findings } = check(`${deep} network N implements Deep { ${a('Deep')} ${b('Deep')} }`, {
      limits: { states: 1 },
    });
    expect([verdict.byDesign, findings.map((f) => f.code)]).toEqual([true, []]);
  });
});

describe('a process that differs', () => {
  const loop =
    'extern more(): bool\nchoreography Loop(A, B) { rec X { if A.more() -> B { A.1 -> B.x B.x -> A.y continue X } } }\n';
  /** The difference that is found for a process, whatever the exploration says of the network. */
  const difference = (text: string, role: string, name = 'N'): string => {
    const { file, scope } = read(text);
    const network = networkOf(file, name);
    const library = libraryOf(network, project);
    const system = systemOf(library.rolesOf(network, scope), network.channels, library);
    const design = network.implements && scope.lookup(network.implements.text)?.declaration;
    if (design?.kind !== 'choreography') throw new Error('no design');
    const designs = systemOf(library.rolesOf(design, scope), network.channels, library);
    const rootOf = (of: System): LocalState => {
      const root = of.roots.find((r) => r.instance.cfg.name === role);
      if (!root) throw new Error('no role');
      return root;
    };
    const result = compare(system, rootOf(system), designs, rootOf(designs));
    if (result.kind !== 'different') return result.kind;
    const { run, actual, expected } = result.difference;
    return `${run.steps.map((step) => step.text.slice(step.role.length + 1)).join(', ')}: ${actual}; ${expected}`;
  };
  const round = 'send to B: yes send 1 to B receive y from B ';
  it.each<[string, string, string, string]>([
    ['does the same, written otherwise', 'A', `while more() { ${round} } send to B: no`, 'same'],
    [
      'does the same, its first rounds written out',
      'A',
      `if more() { ${round} if more() { ${round} while more() { ${round} } } } send to B: no`,
      'same',
    ],
    [
      'differs in its third round only',
      'A',
      `if more() { ${round} if more() { ${round} rec X { if more() { send to B: yes send 1 to B send 2 to B receive y from B continue X } } } } send to B: no`,
      'sends yes to B, sends 1 to B, receives y from B, sends yes to B, sends 1 to B, receives y from B, sends yes to B, sends 1 to B: sends 2 to B; receives y from B',
    ],
    [
      'ends early in its second round',
      'A',
      `if more() { ${round} if more() { } else { send to B: no } } else { send to B: no }`,
      'sends yes to B, sends 1 to B, receives y from B: ends; sends yes to B or sends no to B',
    ],
    ['never stops', 'A', `rec X { ${round} continue X }`, 'subtype'],
    ['stops after one round', 'A', `${round} send to B: no`, 'subtype'],
    [
      'sends what it may not',
      'A',
      `if more() { ${round} } send to B: maybe`,
      ': sends maybe to B; sends yes to B or sends no to B',
    ],
    ['goes on after the end', 'A', 'send to B: no receive y from B', 'sends no to B: receives y from B; ends'],
    ['never acts', 'A', '', ': ends; sends yes to B or sends no to B'],
    ['only computes', 'A', 'x = 1', ': ends; sends yes to B or sends no to B'],
    ['computes for ever', 'A', 'rec X { x = 1 continue X }', 'open'],
    [
      'takes more',
      'B',
      'rec X { receive from A { yes { receive x from A send x to A continue X } no { } maybe { receive z from A } } }',
      'subtype',
    ],
    [
      'takes less',
      'B',
      'rec X { receive from A { yes { receive x from A send x to A continue X } } }',
      ': does not take no from A; receives yes or no from A',
    ],
    [
      'takes less in its second round',
      'B',
      'receive from A { yes { receive x from A send x to A receive from A: no } no { } }',
      'receives yes from A, receives x from A, sends x to A: does not take yes from A; receives yes or no from A',
    ],
    [
      'ends early',
      'B',
      'receive from A { yes { receive x from A send x to A } no { } }',
      'receives yes from A, receives x from A, sends x to A: ends; receives yes or no from A',
    ],
    [
      'receives what is sent and sends what is received',
      'B',
      'send to A: yes',
      ': sends yes to A; receives yes or no from A',
    ],
  ])('%s', (_, role, body, expected) => {
    expect(difference(`${loop} network N implements Loop { process ${role} { ${body} } }`, role)).toBe(expected);
  });
  it('is told by the shortest run, also where a longer one is met first in the text', () => {
    const design =
      'extern c(): bool\nchoreography P(A, B) { rec X { if A.c() -> B { A.1 -> B._x A.2 -> B._y continue X } else { A.3 -> B._z } } }\n';
    const own =
      'if c() { send to B: yes send 1 to B send 2 to B if c() { send to B: yes send to B: wrong } else { send to B: no send 3 to B } } else { send to B: no send to B: wrong }';
    expect(difference(`${design} network N implements P { process A { ${own} } }`, 'A')).toBe(
      'sends no to B: sends wrong to B; sends 3 to B',
    );
  });
  it('is told whichever way decisions by unstated means go', () => {
    const design = 'choreography P(A, B) { choice at A { A -> B: a  B.1 -> A._x } or { A -> B: b } }\n';
    expect(
      difference(
        `${design} network N implements P { process A { choice { send to B: b } or { send to B: a receive _x from B } } }`,
        'A',
      ),
    ).toBe('same');
    expect(
      difference(
        `${design} network N implements P { process A { choice { send to B: b receive _x from B } or { send to B: a receive _x from B } } }`,
        'A',
      ),
    ).toBe('sends b to B: receives _x from B; ends');
    expect(
      difference(
        `${design} network N implements P { process A { choice { choice { send to B: a receive _x from B } or { send to B: b } } or { } } }`,
        'A',
      ),
    ).toBe(': ends; sends a to B or sends b to B');
  });
  it('is not told of a role that is not known to the choreography', () => {
    const { findings } = check(
      'choreography P(A, B) { A.1 -> B._x }\nnetwork N implements P { process A { send 1 to B } process C { } }',
    );
    expect(findings.map((f) => f.code)).toEqual([]);
  });
});

describe('roles that are left to the choreography', () => {
  const pings =
    'choreography Ping(P, Q) { P.1 -> Q._x  Q.2 -> P._y }\nchoreography Twice(A, B, C) { do Ping(A, B)  do Ping(B, C) }\n';
  it('take part as projected, also within calls', () => {
    expect(outcome(`${pings} network N implements Twice { process B { do Ping(A, B) do Ping(B, C) } }`)).toBe('proved');
    expect(
      outcome(
        `${pings} network N implements Twice { process B { receive _x from A send 2 to A send 1 to C receive _y from C } }`,
      ),
    ).toBe('proved');
    expect(
      outcome(`${pings} network N implements Twice { process B { receive _x from A send 2 to A send 1 to C } }`),
    ).toBe('refuted unmatched-send');
    expect(
      codes(`${pings} network N implements Twice { process B { receive _x from A do Ping(B, C) send 2 to A } }`),
    ).toEqual(['reordered-but-safe']);
  });
  it('take part in networks that are called', () => {
    const nested = `${pings} network Pong implements Ping { process Q { receive _x from P send 2 to P } }\n`;
    expect(
      outcome(
        `${nested} network N implements Twice { process A { do Pong(A, B) } process B { do Ping(A, B) do Pong(B, C) } process C { do Pong(B, C) } }`,
      ),
    ).toBe('proved');
    const lazy = `${pings} network Pong implements Ping { process Q { receive _x from P } }\n`;
    expect(
      outcome(`${lazy} network N implements Twice { process B { do Pong(A, B) do Ping(B, C) } }`, { name: 'N' }),
    ).toBe('refuted unmatched-receive');
  });
  it('take part where the network implements the called choreography alone', () => {
    expect(outcome(`${pings} network N implements Ping { process P { send 1 to Q receive _y from Q } }`)).toBe(
      'proved',
    );
    expect(outcome(`${pings} network N implements Ping { process Q { send 2 to P } }`)).toBe('refuted unmatched-send');
  });
});

describe('other messages', () => {
  const undo = `extern refund()
    choreography Undo(Ship(ok: bool), Orders, Pay) {
      if Ship.ok { Ship -> Orders: shipped Orders -> Pay: keep } else { Ship -> Orders: failed Orders -> Pay: undo Pay.refund() }
    }
    network Swapped implements Undo { process Orders { `;
  it('exchanged for each other are no other order', () => {
    expect(
      outcome(`${undo} receive from Ship { shipped { send to Pay: undo } failed { send to Pay: keep } } } }`),
    ).toBe('refuted not-conformant');
    expect(
      outcome(`${undo} receive from Ship { shipped { send to Pay: undo } failed { send to Pay: undo } } } }`),
    ).toBe('refuted not-conformant');
  });
  it('of loops are none either, and the same in another order are', () => {
    const loop = (
      body: string,
    ): string => `choreography Loop(A, B, C) { rec X { choice at A { A -> B: one B -> C: keep C -> B: ok continue X } or { A -> B: two B -> C: undo C -> B: ok continue X } } }
      network N implements Loop { process B { rec X { receive from A { ${body} } } } }`;
    expect(
      outcome(
        loop(
          'one { send to C: undo receive from C: ok continue X } two { send to C: keep receive from C: ok continue X }',
        ),
      ),
    ).toBe('refuted not-conformant');
    const sent = (body: string): string =>
      `choreography Two(A, B, C) { rec X { A -> B: one A -> C: two continue X } } network N implements Two { process A { rec X { ${body} continue X } } }`;
    expect(check(sent('send to C: two send to B: one')).findings.map((f) => f.code)).toEqual(['reordered-but-safe']);
    expect(outcome(sent('send to C: two send to B: one'))).toBe('proved');
  });
});

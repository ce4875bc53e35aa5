// What is found wrong in small networks, code by code, with the words it is told in.
import { describe, expect, it } from 'vitest';
import { check, outcome } from './helpers.js';
import { inWords } from '../in-words.js';
import type { Finding } from '../../language/findings/finding.js';

const greeting = (alice: string, bob: string, channels = ''): string =>
  `network N ${channels} {\n process Alice {\n${alice}\n }\n process Bob {\n${bob}\n }\n}\n`;

describe('deadlock', () => {
  it('names the circle, each with its line', () => {
    const text = greeting(
      'receive reply from Bob\nsend "hello" to Bob',
      'receive greeting from Alice\nsend "hi" to Alice',
    );
    const result = check(text);
    expect(result.findings.map((f) => inWords(f, text).message)).toEqual([
      'Alice and Bob wait for each other, and neither can go on: Alice waits for `reply` from Bob at line 3, Bob waits for `greeting` from Alice at line 7. Let one of them send before it waits.',
    ]);
    expect(result.verdict).toMatchObject({ verdict: 'refuted', run: [] });
  });
  it('is not raised for crosswise sends over queues', () => {
    expect(outcome(greeting('send 1 to Bob\nreceive x from Bob', 'send 2 to Alice\nreceive y from Alice'))).toBe(
      'proved',
    );
  });
  it('is raised for crosswise sends in a rendezvous', () => {
    expect(
      outcome(greeting('send 1 to Bob\nreceive x from Bob', 'send 2 to Alice\nreceive y from Alice', 'sync')),
    ).toBe('refuted deadlock');
  });
  it('is raised for full buffers, and not for larger ones', () => {
    const [a, b] = [
      'send 1 to Bob\nsend 2 to Bob\nreceive x from Bob',
      'send 1 to Alice\nsend 2 to Alice\nreceive x from Alice\nreceive y from Alice',
    ];
    expect(outcome(greeting(`${a}\nreceive y from Bob`, b, 'buffer 1'))).toBe('refuted deadlock');
    expect(outcome(greeting(`${a}\nreceive y from Bob`, b, 'buffer 2'))).toBe('proved');
  });
  it('is found in a ring', () => {
    const ring =
      'network Ring { process A { receive x from C send x to B } process B { receive x from A send x to C } process C { receive x from B send x to A } }';
    expect(outcome(ring)).toBe('refuted deadlock');
    expect(inWords(check(ring).findings[0] as Finding).message).toContain('A, C and B wait for each other in a circle');
  });
});

describe('unmatched-receive', () => {
  it('is the only error where the sender never sends', () => {
    expect(outcome(greeting('receive reply from Bob', 'receive greeting from Alice\nsend "hi" to Alice'))).toBe(
      'refuted unmatched-receive',
    );
  });
  it.each([
    ['receive reply from Alice', 'sends it no more', 'send 1 to Bob'],
    ['', 'never sends it', ''],
  ])('says whether the sender sent any: %s', (receive, said, send) => {
    const { findings } = check(
      `network N { process Alice { ${send} receive ok from Carol rec X { send to Carol: tick receive from Carol: tock continue X } } process Bob { ${receive} receive reply from Alice } process Carol { send 1 to Alice rec X { receive from Alice: tick send to Alice: tock continue X } } }`,
    );
    expect(findings.map((f) => inWords(f).message).join()).toContain(said);
  });
  it('says that the sender has ended, and when', () => {
    const { findings } = check(greeting('receive x from Bob', 'choice { send 1 to Alice } or { }'));
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'Alice waits for `x` from Bob that can’t come any more: Bob has ended. It happens when Bob takes the second branch. Let Bob send it, or don’t wait for it.',
    ]);
  });
});

describe('unmatched-send', () => {
  it('is raised where the receiver has ended', () => {
    const { findings, verdict } = check(greeting('send "hello" to Bob', ''));
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'Alice sends `"hello"` to Bob, which is never received: Bob does nothing, its process is empty. Let Bob receive it, or don’t send it.',
    ]);
    expect(verdict.run.map((s) => s.text)).toEqual(['Alice sends "hello" to Bob']);
  });
  it('is raised in a rendezvous, where the sender waits', () => {
    expect(outcome(greeting('send "hello" to Bob', '', 'sync'))).toBe('refuted unmatched-send');
  });
});

describe('label-mismatch', () => {
  it('is raised where the label is not taken', () => {
    expect(outcome(greeting('send to Bob: a', 'receive from Alice { b { } c { } }'))).toBe('refuted label-mismatch');
    expect(outcome(greeting('send to Bob: a', 'receive from Alice { b { } c { } }', 'sync'))).toBe(
      'refuted label-mismatch',
    );
  });
  it('is raised where the order is another', () => {
    const { findings } = check(
      greeting('send 1 to Bob: a send 2 to Bob: b', 'receive y from Alice: b receive x from Alice: a'),
    );
    expect(findings.map((f) => inWords(f).message)).toEqual([
      'Alice sends `a`, but Bob waits for `b`. Add a branch for it at Bob, or send what Bob takes.',
    ]);
  });
  it('takes a missing label for the anonymous one', () => {
    expect(outcome(greeting('send 1 to Bob', 'receive from Alice { _(x) { } other { } }'))).toBe('proved');
  });
});

describe('data: one truth', () => {
  it('gives a copy the same answer', () => {
    expect(
      outcome(
        greeting(
          'x = f()\nsend x to Bob\nif x { send 1 to Bob } else { receive a from Bob }',
          'receive y from Alice\nif y { receive b from Alice } else { send 1 to Alice }',
        ),
      ),
    ).toBe('proved');
  });
  it('does not confuse two values', () => {
    expect(
      outcome(
        greeting(
          'x = f()\nsend x to Bob\nx = g()\nif x { send 1 to Bob } else { receive a from Bob }',
          'receive y from Alice\nif y { receive b from Alice } else { send 1 to Alice }',
        ),
      ),
    ).toContain('refuted');
  });
  it('keeps an answer in a loop until the variable is assigned again', () => {
    const loop = (again: string): string =>
      greeting(
        `x = f()\nsend x to Bob\nwhile x { send 1 to Bob\n${again}\nsend x to Bob }`,
        'receive y from Alice\nwhile y { receive b from Alice\nreceive y from Alice }',
      );
    expect(outcome(loop('x = f()'))).toBe('proved');
    expect(outcome(loop(''))).toBe('proved');
  });
  it('knows constants and counts small numbers', () => {
    expect(outcome(greeting('if true { send 1 to Bob }', 'receive x from Alice'))).toBe('proved');
    expect(
      outcome(
        greeting(
          'i = 0\nwhile i < 3 { send i to Bob\ni = i + 1 }',
          'receive a from Alice receive b from Alice receive c from Alice',
        ),
      ),
    ).toBe('proved');
    expect(
      outcome(
        greeting(
          'i = 0\nwhile i < 3 { send i to Bob\ni = i + 1 }',
          'j = 0\nwhile j != 2 { receive b from Alice\nj = j + 1 }',
        ),
      ),
    ).toBe('refuted unmatched-send');
  });
  it('follows matches on enum cases, whatever their order', () => {
    expect(
      outcome(
        `enum V { yes, no, perhaps(n: int) }\n${greeting(
          'v = f()\nsend v to Bob\nmatch v { case yes { send 1 to Bob } case perhaps(n) { if n > 3 { send 3 to Bob } } else { } }',
          'receive w from Alice\nmatch w { case no { } case perhaps(m) { if not (m <= 3) { receive c from Alice } } case yes { receive d from Alice } }',
        )}`,
      ),
    ).toBe('proved');
  });
});

describe('verdict', () => {
  it('is a proof for a loop whose queues could grow, as interleavings make no difference', () => {
    expect(
      outcome(
        greeting(
          'while f() { send 1 to Bob: more }\nsend to Bob: done',
          'rec X { receive from Alice { more(x) { continue X } done { } } }',
        ),
      ),
    ).toBe('proved');
  });
  it('is no proof where queues have to grow beyond the bound', () => {
    expect(
      outcome(
        greeting(
          'rec X { send 1 to Bob send 1 to Bob receive x from Bob continue X }',
          'rec X { receive y from Alice send y to Alice continue X }',
        ),
      ),
    ).toBe('bounded');
  });
  it('is no proof where the states run out', () => {
    const text = greeting(
      'i = 0\nwhile i < 30 { send i to Bob\ni = i + 1 }\nsend to Bob: end',
      'rec X { receive from Alice { _(x) { continue X } end { } } }',
    );
    expect(outcome(text)).toBe('proved');
    expect(outcome(text, { limits: { states: 10 } })).toBe('bounded');
  });
});

describe('calls', () => {
  it('run the process of the place that the caller takes', () => {
    expect(
      outcome(`
      network Main { process A { do Ping(A, B) do Ping(B, A) } process B { do Ping(A, B) do Ping(B, A) } }
      network Ping { process P { send 1 to Q } process Q { receive x from P } }`),
    ).toBe('proved');
    expect(
      outcome(`
      network Main { process A { do Ping(A, B) } process B { do Ping(B, A) } }
      network Ping { process P { send 1 to Q } process Q { receive x from P } }`),
    ).toContain('refuted');
  });
  it('are finite in tail position', () => {
    expect(
      outcome(`
      network Main { process A { do Loop(A, B) } process B { do Loop(A, B) } }
      network Loop { process P { send 1 to Q do Loop(Q, P) } process Q { receive x from P do Loop(Q, P) } }`),
    ).toBe('proved');
  });
  it('that nest without end are never proved', () => {
    expect(
      outcome(`
      network Main { process A { do Loop(A, B) } process B { do Loop(A, B) } }
      network Loop { process P { send 1 to Q do Loop(P, Q) send 2 to Q } process Q { receive x from P do Loop(P, Q) receive y from P } }`),
    ).toBe('bounded');
  });
  it('hand over inputs and results', () => {
    expect(
      outcome(`
      network Main {
        process A { x = f() y = do Ask(A(x), B) if y { send 1 to B } }
        process B { z = do Ask(A, B) if z { receive o from A } }
      }
      network Ask { process P(v: bool): bool { send v to Q return v } process Q: bool { receive w from P return w } }`),
    ).toBe('proved');
  });
});

// The run of a finding: its steps, how it ends, what is left in the queues, and the circle of those that wait.
import { runOf as runOfFinding } from '../../language/findings/finding.js';
import { describe, expect, it } from 'vitest';
import { starvation } from '../../language/rules/starvation.js';
import { check } from './helpers.js';
import type { Run } from '../../language/findings/run.js';
import { inWords } from '../in-words.js';
import type { Finding } from '../../language/findings/finding.js';
import { Workspace } from '../../language/workspace.js';

function runOf(text: string, code: string): Run & { text: string } {
  const { findings } = check(text);
  const found = findings.find((f) => f.code === code);
  const run = found && runOfFinding(found);
  if (!run) throw new Error(`no run; there is ${findings.map((f) => f.code).join(', ')}`);
  return { ...run, text };
}
const at = ({ text }: { text: string }, { origin }: { origin: { start: number; end: number } }): string =>
  text.slice(origin.start, origin.end);

const ring = `network Ring {
  process Alice { receive x from Carol send x to Bob }
  process Bob { receive x from Alice send x to Carol }
  process Carol { receive x from Bob send x to Alice }
}`;

describe('the run of a deadlock', () => {
  it('ends with those that wait, each at its place, in a circle', () => {
    const run = runOf(ring, 'deadlock');
    expect(run).toMatchObject({
      roles: ['Alice', 'Bob', 'Carol'],
      steps: [],
      queues: [],
      cycle: ['Alice', 'Carol', 'Bob'],
    });
    expect(run.ends.map((e) => [e.role, e.text, at(run, e)])).toEqual([
      ['Alice', 'waits for `x` from Carol', 'receive x from Carol'],
      ['Bob', 'waits for `x` from Alice', 'receive x from Alice'],
      ['Carol', 'waits for `x` from Bob', 'receive x from Bob'],
    ]);
  });

  it('is told as a story by the related places, in the order of the circle', () => {
    const { findings } = check(ring);
    expect(inWords(findings[0] as Finding).related.map((r) => r.message)).toEqual([
      'Alice waits here for `x` from Carol',
      'and Carol waits here for `x` from Bob',
      'and Bob waits here for `x` from Alice, which closes the circle',
    ]);
  });

  it('leaves out who has no part in it, and keeps the order of the network', () => {
    const run = runOf(
      `network N {
      process Other { send 1 to Last }
      process Bob { receive a from Carol send 1 to Alice }
      process Alice { receive b from Bob send 1 to Carol }
      process Carol { receive c from Alice send 1 to Bob }
      process Last { receive d from Other }
    }`,
      'deadlock',
    );
    expect(run.roles).toEqual(['Bob', 'Alice', 'Carol']);
  });

  it('names those too that wait for somebody in the circle', () => {
    const run = runOf(
      'network N {\n process A { receive x from B send 1 to B send 1 to C }\n process B { receive y from A send 1 to A }\n process C { receive z from A }\n}',
      'deadlock',
    );
    expect(run.cycle).toEqual(['A', 'B']);
    expect(run.ends.map((e) => e.role)).toEqual(['A', 'B', 'C']);
  });

  it('waits for its message to be taken, in a rendezvous', () => {
    const run = runOf(
      'network N sync {\n process A { send 1 to B receive x from B }\n process B { send 2 to A receive y from A }\n}',
      'deadlock',
    );
    expect(run.ends).toMatchObject([
      { kind: 'waits', to: 'send', on: 'B', what: '1', text: 'waits until B takes `1`' },
      { kind: 'waits', to: 'send', on: 'A' },
    ]);
  });
});

describe('what is left in the queues', () => {
  it('is the message that is never received, and where it was sent', () => {
    const run = runOf(
      'network N {\n process A { send "a" to B send "b" to B send "c" to B }\n process B { receive x from A }\n}',
      'unmatched-send',
    );
    expect(run.steps.map((s) => s.text)).toEqual(['A sends "a" to B', 'B receives x from A', 'A sends "b" to B']);
    expect(run.queues).toEqual([{ from: 'A', to: 'B', message: '"b"', step: 2, wrong: true }]);
    expect(run.ends.map((e) => [e.role, e.kind, at(run, e)])).toEqual([['B', 'ended', '}']]);
  });

  it('is the message whose label is not taken', () => {
    const run = runOf(
      'network N {\n process A { send to B: maybe }\n process B { receive from A { yes { } no { } } }\n}',
      'label-mismatch',
    );
    expect(run.queues).toMatchObject([{ message: 'maybe', wrong: true }]);
    expect(run.ends.map((e) => e.text)).toEqual(['waits for `yes` or `no` from A']);
  });

  it('is told in a deadlock too, where a message lies beside the one that is awaited', () => {
    const run = runOf(
      'network N {\n process A { send 7 to B receive x from B send 1 to C }\n process B { receive y from C receive z from A send 1 to A }\n process C { receive w from A send 1 to B }\n}',
      'deadlock',
    );
    expect(run.cycle).toEqual(['A', 'B', 'C']);
    expect(run.queues).toEqual([{ from: 'A', to: 'B', message: '7', step: 0, wrong: false }]);
  });

  it('is nothing in a rendezvous, where the sender waits with it', () => {
    const run = runOf('network N sync {\n process A { send 1 to B }\n process B { }\n}', 'unmatched-send');
    expect(run.queues).toEqual([]);
    expect(run.ends).toMatchObject([
      { role: 'A', kind: 'waits', to: 'send', on: 'B' },
      { role: 'B', kind: 'ended' },
    ]);
  });
});

describe('what the run needs', () => {
  it('where queues hold so many messages, is also that there was room', () => {
    const text = (kind: string): string =>
      `network N ${kind} {\n process A { send 1 to B send 2 to B send 3 to C }\n process B { receive x from A receive y from A }\n process C { }\n}`;
    expect(runOf(text(''), 'unmatched-send').steps.map((s) => s.text)).toEqual([
      'A sends 1 to B',
      'A sends 2 to B',
      'A sends 3 to C',
    ]);
    expect(runOf(text('buffer 1'), 'unmatched-send').steps.map((s) => s.text)).toEqual([
      'A sends 1 to B',
      'B receives x from A',
      'A sends 2 to B',
      'A sends 3 to C',
    ]);
    expect(runOf(text('sync'), 'unmatched-send').steps.map((s) => s.text)).toEqual([
      'A sends 1 to B',
      'B receives x from A',
      'A sends 2 to B',
      'B receives y from A',
    ]);
  });
});

describe('the steps', () => {
  it('pair sends with the receives that take them, in the order of the queue', () => {
    const run = runOf(
      'network N {\n process A { send 1 to B send 2 to B receive r from B send 3 to B }\n process B { receive x from A receive y from A receive z from A send 4 to A }\n}',
      'deadlock',
    );
    expect(
      run.steps.map((s) => [s.text, s.kind === 'send' ? s.taken : s.kind === 'receive' ? s.sent : undefined]),
    ).toEqual([
      ['A sends 1 to B', 1],
      ['B receives x from A', 0],
      ['A sends 2 to B', 3],
      ['B receives y from A', 2],
    ]);
  });

  it('tell decisions, of conditions, of matches and of choices', () => {
    const run = runOf(
      `enum E { go, stop }
network N {
  process A(e: E, n: int) {
    match e { case go { if n < 3 { choice { send 1 to B } or { } } else { } } else { } }
  }
  process B { }
}`,
      'unmatched-send',
    );
    expect(run.steps.map((s) => s.text)).toEqual([
      'A: e is go',
      'A: n < 3 is true',
      'A takes the first branch',
      'A sends 1 to B',
    ]);
    expect(run.steps.map((s) => s.kind)).toEqual(['decide', 'decide', 'choose', 'send']);
  });

  it('are plain data', () => {
    for (const found of check(ring).findings) expect(structuredClone(found)).toEqual(found);
  });
});

describe('other findings', () => {
  it('a receive that nothing comes for: who waits, and who has ended', () => {
    const run = runOf('network N {\n process A { receive x from B }\n process B { }\n}', 'unmatched-receive');
    expect(run.ends.map((e) => [e.role, e.text])).toEqual([
      ['A', 'waits for `x` from B'],
      ['B', 'has ended'],
    ]);
  });

  it('starvation: who waits, and who goes on', () => {
    const run = runOf(starvation.bad, 'starvation');
    expect(run.steps.map((s) => s.text)).toEqual(['Alice takes the first branch']);
    expect(run.ends.map((e) => [e.role, e.kind])).toEqual([
      ['Carol', 'waits'],
      ['Alice', 'active'],
      ['Bob', 'active'],
    ]);
  });

  it('a message that is taken for something else: the shortest way there, the message, and what it is taken for', () => {
    const text = (
      kind = '',
      send = 'send "two" to Seller',
      receive = 'receive copies: int from Buyer',
    ): string => `network Shop ${kind} {
  process Buyer { send to Clerk: hello receive from Clerk choice { send 1 to Seller } or { choice { send 1 to Seller } or { ${send} } } }
  process Clerk { receive from Buyer: hello send to Buyer send to Other }
  process Other { receive from Clerk }
  process Seller { ${receive} }
}`;
    const run = runOf(text(), 'payload-mismatch');
    expect(run.steps.map((s) => s.text)).toEqual([
      'Buyer sends hello to Clerk',
      'Clerk receives hello from Buyer',
      'Clerk sends a message to Buyer',
      'Buyer receives a message from Clerk',
      'Buyer takes the second branch',
      'Buyer takes the second branch',
      'Buyer sends "two" to Seller',
    ]);
    expect(run).toMatchObject({
      roles: ['Buyer', 'Clerk', 'Seller'],
      queues: [{ from: 'Buyer', to: 'Seller', message: '"two"', step: 6, wrong: true }],
      cycle: [],
    });
    expect(run.ends.map((e) => [e.role, e.kind, e.text, at(run, e)])).toEqual([
      ['Seller', 'takes', 'takes `copies` as an `int`, not a `string`', 'receive copies: int from Buyer'],
    ]);

    const together = runOf(text('sync'), 'payload-mismatch');
    expect(together.steps.at(-1)?.text).toBe('Buyer takes the second branch');
    expect(together.queues).toEqual([]);
    expect(together.ends).toMatchObject([
      { role: 'Seller', kind: 'takes' },
      { role: 'Buyer', kind: 'waits', to: 'send', on: 'Seller', what: '"two"' },
    ]);

    expect(runOf(text('', 'send to Seller'), 'payload-mismatch').ends).toMatchObject([
      { text: 'takes `copies` from a message that carries nothing' },
    ]);
    const other = runOf(
      'network N {\n process A { send 1 to B rec X { send "two" to B continue X } }\n process B { rec X { receive x from A continue X } }\n}',
      'payload-mismatch',
    );
    expect(other.steps.map((s) => s.text)).toEqual(['A sends 1 to B', 'B receives x from A', 'A sends "two" to B']);
    expect(other.ends).toMatchObject([{ text: 'takes `x` as an `int` from another `send`, not a `string`' }]);
  });

  it('a message that is taken for something else in what both call', () => {
    const text = `network Sub {
  process P { send 1 to Q }
  process Q { receive x: string from P }
}
network N {
  process A { send to B do Sub(A, B) }
  process B { receive from A do Sub(A, B) }
}`;
    const { findings } = check(text);
    expect(findings.map((f) => f.code)).toEqual(['payload-mismatch']);
    expect(runOfFinding(findings[0] as Finding)?.steps.map((s) => s.text)).toEqual(['P sends 1 to Q']);
    expect(check(text, { name: 'N' }).findings).toEqual([]);
  });

  it('a message of a projection that is taken for something else', () => {
    const run = runOf(
      `choreography G(Alice, Bob) {
  Alice."one" -> Bob.n
}
network N implements G {
  process Bob { receive n: int from Alice }
}`,
      'payload-mismatch',
    );
    expect(run.steps.map((s) => [s.text, at(run, s)])).toEqual([['Alice sends "one" to Bob', 'Alice."one" -> Bob.n']]);
    expect(run.ends).toMatchObject([{ role: 'Bob', kind: 'takes', from: 'Alice' }]);
  });

  it('a message that no run brings to where it would be taken for something else: none, and no finding', () => {
    expect(
      check(
        'network N {\n process A { send 1 to B if false { send "x" to B } else { } }\n process B { receive x: int from A }\n}',
      ).findings.map((f) => f.code),
    ).not.toContain('payload-mismatch');
  });

  it('a process that does not do what its choreography says: the steps that both do, and what it does then', () => {
    const text = `choreography G(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}
network N implements G {
  process Alice { send "hello" to Bob send "again" to Bob receive reply from Bob }
  process Bob { receive greeting from Alice receive more from Alice send "hi" to Alice }
}`;
    const run = runOf(text, 'not-conformant');
    expect(run.steps.map((s) => s.text)).toEqual(['Alice sends "hello" to Bob']);
    expect(run.ends.map((e) => [e.role, e.text, e.kind === 'differs' ? e.expected : '', at(run, e)])).toEqual([
      ['Alice', 'sends "again" to Bob', 'receives reply from Bob', 'send "again" to Bob'],
    ]);
  });
});

describe('the decisions that an error needs', () => {
  it.each([
    ['an `if`', 'if b { send to B: go } else { }'],
    ['a `match`', 'match b { case true { send to B: go } case false { } }'],
  ])('of %s by a flag are told in the same words', (_, decision) => {
    const workspace = new Workspace();
    workspace.set(
      'file:///flag.chor',
      `network N { process A(b: bool) { ${decision} } process B { receive from A: go } }\n`,
    );
    expect(
      workspace
        .analyze('file:///flag.chor')
        ?.findings.filter((f) => f.severity === 'error')
        .map((f) => inWords(f).message)
        .join(),
    ).toContain('It happens when A’s `b` is false.');
  });
});

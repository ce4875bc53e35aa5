// Threads of processes: messages that cross, servers of several clients, variables that are shared, and what goes wrong
// with them.
import { describe, expect, it, test } from 'vitest';
import { runOf } from '../../language/findings/finding.js';
import { inWords } from '../in-words.js';
import { check, networkOf, outcome, read } from './helpers.js';
import { replay } from './runs.js';

const network = (kind: string, processes: Record<string, string>): string =>
  `network N ${kind} {\n${Object.entries(processes)
    .map(
      ([name, body]) =>
        `${name.startsWith('server ') ? 'server process' : 'process'} ${name.replace('server ', '')} { ${body} }`,
    )
    .join('\n')}\n}\n`;
const kinds = ['', 'sync', 'buffer 1'];
/** What is told, with each run done again as it is told. */
const told = (text: string): string[] => {
  const { findings } = check(text);
  const { file } = read(text);
  for (const run of findings.map(runOf)) if (run) replay(networkOf(file), run);
  return findings.filter(({ severity }) => severity !== 'hint').map((f) => `${f.code}: ${inWords(f).message}`);
};
const steps = (text: string): string[] => check(text).verdict.run.map((step) => step.text);
/** The text at the first place of each finding. */
const places = (text: string): string[] =>
  check(text)
    .findings.filter(({ severity }) => severity !== 'hint')
    .map((f) => text.slice(f.origin.start, f.origin.end));

describe('two messages that cross', () => {
  const each = (other: string, own: string, their: string): string =>
    `par { send 1 to ${other}: ${own} } and { receive x from ${other}: ${their} }`;
  test.each(kinds)('pass each other: %s', (kind) => {
    expect(outcome(network(kind, { A: each('B', 'a', 'b'), B: each('A', 'b', 'a') }))).toBe('proved');
  });
  test.each(kinds)('need threads at one end alone: %s', (kind) => {
    expect(outcome(network(kind, { A: 'send 1 to B: a receive x from B: b', B: each('A', 'b', 'a') }))).toBe('proved');
    expect(outcome(network(kind, { A: 'receive x from B: b send 1 to B: a', B: each('A', 'b', 'a') }))).toBe('proved');
  });
  it('stand in each other’s way without', () => {
    expect(
      outcome(network('sync', { A: 'send 1 to B: a receive x from B: b', B: 'send 1 to A: b receive x from A: a' })),
    ).toBe('refuted deadlock');
  });
});

describe('a thread takes what is for it', () => {
  const both = 'par { receive x from A: a receive y from A: a } and { receive z from A: b }';
  test.each([
    'send 1 to B: a send 2 to B: b send 3 to B: a',
    'send 1 to B: b send 2 to B: a send 3 to B: a',
    'send 1 to B: a send 2 to B: a send 3 to B: b',
  ])('in whatever order it comes: %s', (sent) => {
    for (const kind of kinds) expect(outcome(network(kind, { A: sent, B: both })), kind).toBe('proved');
  });
  it('and is told at its place where that does not come', () => {
    const text = network('', { A: 'send 1 to B: b send 2 to B: a', B: both });
    expect(told(text)).toEqual([
      expect.stringMatching(/^unmatched-receive: B waits for `a` from A that can’t come any more/),
    ]);
    expect(places(text)).toEqual(['receive y from A: a']);
  });
  it('takes what others do not, and then minds what it is', () => {
    const text = network('', { A: 'send 1 to B: b send 2 to B: c', B: both });
    expect(outcome(text)).toBe('refuted label-mismatch');
    expect(places(text)).toEqual(['receive x from A: a']);
    expect(told(text)[0]).toContain('`c`');
  });
  it('outside of threads only the first message is looked at', () => {
    expect(
      outcome(
        network('', {
          A: 'send 1 to B: c send 2 to B: a send 3 to B: b',
          B: 'par { receive x from A: a } and { receive y from A: b } receive z from A: c',
        }),
      ),
    ).toBe('refuted label-mismatch label-mismatch');
  });
  it('a message that none of them takes any more is told', () => {
    const text = network('', {
      A: 'send 1 to B: a send 2 to B: a rec X { send 3 to B: b continue X }',
      B: 'par { receive x from A: a } and { rec X { receive y from A: b continue X } }',
    });
    expect(outcome(text)).toBe('refuted unmatched-send');
    expect(places(text)).toEqual(['send 2 to B: a']);
    expect(told(text)[0]).toContain('A sends `a(2)` to B, which is never received: no thread of B takes it.');
  });
  it('what two of them may take, either takes', () => {
    const text = network('', {
      A: 'send 1 to B: a send 2 to B: a',
      B: 'par { receive x from A: a send 1 to C: one } and { receive y from A: a send 2 to C: two }',
      C: 'receive { one(n) from B { receive m from B: two } two(n) from B { receive m from B: one } }',
    });
    expect(outcome(text)).toBe('proved');
  });
});

describe('servers', () => {
  const client = (n: number): string => `send ${n} to S: ask${n} receive x from S: answer${n}`;
  const serving = (n: number): string =>
    `rec X${n} { receive q from C${n}: ask${n} send q to C${n}: answer${n} continue X${n} }`;
  test.each(kinds)('serve each client in a thread, and wait for ever: %s', (kind) => {
    expect(
      outcome(
        network(kind, { C1: client(1), C2: client(2), 'server S': `par { ${serving(1)} } and { ${serving(2)} }` }),
      ),
    ).toBe('proved');
  });
  it('of any number of clients have a thread for each', () => {
    const text = (thread: string): string => `network N(Client[n]) {
      process Client[i] { send 1 to Server: add receive sum from Server: sum }
      server process Server { total = 0 par i in Client { ${thread} } }
    }\n`;
    const read = 'receive amount from Client[i]: add';
    expect(outcome(text(`${read} at { own = total total = own + amount } send total to Client[i]: sum`))).toBe(
      'proved',
    );
    expect(
      outcome(text(`${read} own = total total = own + 1 if total > 0 { send total to Client[i]: sum } else { }`)),
    ).toBe('proved');
    expect(
      outcome(
        text(`${read} own = total total = own + 1 if total == own + 1 { send total to Client[i]: sum } else { }`),
      ),
    ).toMatch(/^refuted/);
  });
  it('that are none are left waiting', () => {
    expect(
      outcome(network('', { C1: client(1), C2: client(2), S: `par { ${serving(1)} } and { ${serving(2)} }` })),
    ).toMatch(/^refuted unmatched-receive/);
  });
  it('may not be left in the middle', () => {
    const text = network('', {
      C1: client(1),
      C2: client(2),
      'server S': `par { ${serving(1)} } and { receive q from C2: ask2 receive r from C2: more }`,
    });
    expect(outcome(text)).toMatch(/^refuted/);
    expect(places(text)).toContain('receive x from S: answer2');
  });
  it('with a thread that waits for ever serve others meanwhile', () => {
    const text = network('', {
      C1: 'rec X { send 1 to S: ask1 receive x from S: answer1 continue X }',
      C2: 'choice { send 1 to S: ask2 } or {}',
      S: `par { ${serving(1)} } and { receive q from C2: ask2 }`,
    });
    expect(outcome(text)).toMatch(/^refuted unmatched-receive/);
    expect(places(text)).toEqual(['receive q from C2: ask2']);
  });
  it('whose thread is never served while others go on starve', () => {
    const text = network('sync', {
      C1: 'rec X { choice { send 1 to S: ask1 receive x from S: answer1 continue X } or { send 1 to S: ask1 receive x from S: answer1 send 2 to S: other continue X } }',
      S: `par { ${serving(1)} } and { receive q from C1: other receive r from C1: never }`,
    });
    expect(outcome(text)).not.toBe('proved');
  });
});

describe('variables', () => {
  const account = (thread: string, check = 'balance == 2'): string =>
    `network N { process A { balance = 0 par { ${thread} } and { ${thread} } if ${check} { } else { send balance to B } } process B { } }`;
  it('that threads share may be read and written between: an update is lost', () => {
    const text = account('own = balance balance = own + 1');
    expect(outcome(text)).toBe('refuted unmatched-send');
    expect(steps(text)).toEqual([
      'A: own = balance',
      'A: own = balance',
      'A: balance = own + 1',
      'A: balance = own + 1',
      'A: balance == 2 is false',
      'A sends balance to B',
    ]);
  });
  it('are safe in one step', () => {
    expect(outcome(account('at { own = balance balance = own + 1 }'))).toBe('proved');
    expect(outcome(account('balance = balance + 1'))).toBe('proved');
    expect(outcome(account('at { if balance > 0 { balance = balance * 2 } else { balance = 1 } }'))).toBe('proved');
    expect(outcome(account('if balance > 0 { balance = balance * 2 } else { balance = 1 }'))).toBe(
      'refuted unmatched-send',
    );
  });
  it('that threads bind first are their own', () => {
    expect(
      outcome(
        `network N { process A { par { x = 1 if x == 1 { } else { send to B } } and { x = 2 if x == 2 { } else { send to B } } } process B { } }`,
      ),
    ).toBe('proved');
    expect(
      outcome(
        `network N { process A { x = 0 par { x = 1 if x == 1 { } else { send to B } } and { x = 2 if x == 2 { } else { send to B } } } process B { } }`,
      ),
    ).toBe('refuted unmatched-send');
  });
  it('that one thread alone binds live on behind', () => {
    expect(
      outcome(
        `network N { process A { par { x = 1 } and { y = 2 } if x + y == 3 { } else { send to B } } process B { } }`,
      ),
    ).toBe('proved');
  });
  it('may change between a message and what follows it', () => {
    const text = (body: string): string =>
      `network N { process A { n = 0 par { ${body} } and { n = 1 } } process B { send 0 to A: m } process C {} }`;
    expect(outcome(text('receive n from B: m if n == 0 { } else { send to C }'))).toBe('refuted unmatched-send');
    expect(outcome(text('receive own from B: m if own == 0 { } else { send to C }'))).toBe('proved');
  });
  it('are called in runs as they are written', () => {
    const text = account('own = balance balance = own + 1');
    expect(steps(text).join()).not.toContain("'");
    expect(told(text).join()).not.toContain("'0.");
  });
  it('of what a call gives are assigned in a step of its own', () => {
    const called = 'network Ask { process P: int { receive x from Q return x } process Q { send 1 to P } }\n';
    const text = (thread: string): string =>
      `${called}network N { process A { n = 0 par { ${thread} } and { n = 5 own = n if own == 5 { } else { send to C: wrong } } } process B { do Ask(A, B) } process C { } }`;
    expect(outcome(text('n = do Ask(A, B)'), { name: 'N' })).toBe('refuted unmatched-send');
    expect(outcome(text('m = do Ask(A, B)'), { name: 'N' })).toBe('proved');
  });
});

describe('threads', () => {
  test.each(kinds)('in a loop begin anew when all have ended: %s', (kind) => {
    expect(
      outcome(
        network(kind, {
          A: 'rec X { par { send 1 to B: a } and { receive x from C: c } continue X }',
          B: 'rec X { receive x from A: a send 1 to C: b continue X }',
          C: 'rec X { receive x from B: b send 1 to A: c continue X }',
        }),
      ),
    ).toBe('proved');
  });
  it('in a loop wait for each other', () => {
    const text = network('', {
      A: 'rec X { par { receive x from B: a } and { receive y from C: c } continue X }',
      B: 'rec X { send 1 to A: a continue X }',
      C: 'send 1 to A: c',
    });
    expect(outcome(text)).toMatch(/^refuted/);
    expect(places(text)).toContain('receive y from C: c');
  });
  test.each(kinds)('stand in threads: %s', (kind) => {
    const nested = (say: (label: string) => string): string =>
      `par { par { ${say('a')} } and { ${say('b')} } ${say('c')} } and { ${say('d')} } ${say('e')}`;
    expect(
      outcome(network(kind, { A: nested((l) => `send 1 to B: ${l}`), B: nested((l) => `receive x from A: ${l}`) })),
    ).toBe('proved');
    expect(
      outcome(
        network(kind, {
          A: nested((l) => `send 1 to B: ${l}`),
          B: nested((l) => `receive x from A: ${l}`).replace('from A: c', 'from A: f'),
        }),
      ),
    ).toMatch(/^refuted/);
  });
  it('call others', () => {
    const called =
      'network Ask { process P { send 1 to Q: ask receive x from Q: answer } process Q { receive x from P: ask send x to P: answer } }\n';
    for (const kind of kinds) {
      expect(
        outcome(
          called +
            network(kind, {
              A: 'par { do Ask(A, B) } and { receive x from B: hello }',
              B: 'par { do Ask(A, B) } and { send 1 to A: hello }',
            }),
          { name: 'N' },
        ),
        kind,
      ).toBe('proved');
      expect(
        outcome(
          called +
            network(kind, { A: 'par { do Ask(A, B) } and { do Ask(C, A) }', B: 'do Ask(A, B)', C: 'do Ask(C, A)' }),
          { name: 'N' },
        ),
        kind,
      ).toBe('proved');
    }
    expect(
      outcome(called + network('', { A: 'par { do Ask(A, B) } and { receive x from B: hello }', B: 'do Ask(A, B)' }), {
        name: 'N',
      }),
    ).toBe('refuted unmatched-receive');
  });
  it('may call themselves', () => {
    const text = `network Rounds { process P { choice { send 1 to Q: more par { send 1 to Q: x } and { receive a from Q: y } do Rounds(P, Q) } or { send 1 to Q: stop } } process Q { receive from P { more(n) { par { receive a from P: x } and { send 1 to P: y } do Rounds(P, Q) } stop(n) { } } } }\n`;
    expect(outcome(text)).toBe('proved');
  });
  it('wait for some of several, and drop what comes late', () => {
    const sender = 'send 1 to A: vote';
    for (const kind of kinds) {
      expect(
        outcome(
          network(kind, {
            A: 'par { receive xs from B, C, D any 2: vote } and { receive y from B: hello receive z from C: hello } send 1 to B: done receive w from C: last',
            B: `${sender} send 2 to A: hello receive d from A: done`,
            C: `${sender} send 2 to A: hello send 3 to A: last`,
            D: sender,
          }),
        ),
        kind,
      ).toBe('proved');
    }
    expect(
      outcome(
        network('', {
          A: 'par { receive xs from B, C any 1: vote } and { receive y from B: hello } receive w from C: vote',
          B: `${sender} send 2 to A: hello`,
          C: sender,
        }),
      ),
    ).toMatch(/^refuted/);
  });
  it('drop what came late before them first', () => {
    const votes = 'receive xs from B, C any 1: vote';
    expect(
      outcome(
        network('', {
          A: `${votes} par { send 1 to B: go } and { ${votes} }`,
          B: 'send 1 to A: vote par { receive x from A: go } and { send 2 to A: vote }',
          C: 'send 1 to A: vote send 2 to A: vote',
        }),
      ),
    ).toBe('proved');
    const round = (inner: string): string => `rec X { receive from A { more(n) { ${inner} continue X } stop(n) { } } }`;
    const voter = round('par { send 1 to A: hello } and { send 2 to A: vote }');
    expect(
      outcome(
        network('', {
          A: `rec X { choice { send 1 to B: more send 1 to C: more par { receive ys from B, C: hello } and { ${votes} } continue X } or { send 0 to B: stop send 0 to C: stop } }`,
          B: voter,
          C: voter,
        }),
      ),
    ).toBe('proved');
  });
  it('owe what may come in any order, also when they have ended', () => {
    const voter = 'par { send 1 to A: one } and { send 2 to A: two } send 3 to A: last';
    expect(
      outcome(
        network('', {
          A: 'par { receive xs from B, C any 1: one } and { receive ys from B, C any 1: two } par { receive x from B: last } and { receive y from C: last }',
          B: voter,
          C: voter,
        }),
      ),
    ).toBe('proved');
  });
  it('go on while others are ahead of them', () => {
    const ahead =
      'rec X { choice { send 1 to A: more send 1 to B: more continue X } or { send 1 to A: stop send 1 to B: stop } }';
    const after = 'rec X { receive from C { more(n) { continue X } stop(n) { } } }';
    expect(
      outcome(
        network('', {
          A: `par { send 1 to B: one } and { send 2 to B: two receive x from B: back } ${after}`,
          B: `par { receive x from A: one } and { receive y from A: two send y to A: back } ${after}`,
          C: ahead,
        }),
      ),
    ).toBe('proved');
  });
  it('may do nothing', () => {
    expect(
      outcome(network('', { A: 'par { } and { } par { } send 1 to B', B: 'par { receive x from A } and { }' })),
    ).toBe('proved');
    expect(outcome(network('', { A: 'rec X { par { } and { } continue X }', B: '' }))).toBe('proved');
  });
  it('that are not known are not told of', () => {
    expect(
      check(network('', { A: 'par { do Nothing(A, B) } and { receive x from B: a }', B: 'send 1 to A: a' })).verdict
        .verdict,
    ).toBe('bounded');
  });
  it('wait in a circle that is told with the place of each', () => {
    const text = network('sync', {
      A: 'par { receive x from B: b send 1 to B: a } and { send 1 to C: c }',
      B: 'receive x from A: a send 1 to A: b',
      C: 'receive x from A: c',
    });
    expect(outcome(text)).toBe('refuted deadlock');
    expect(places(text)).toEqual(['receive x from B: b']);
    expect(told(text)[0]).toContain('A waits for `b` from B');
    expect(told(text)[0]).not.toContain('C');
  });
  it('starve where others go on without them', () => {
    const text = network('sync', {
      A: 'rec X { send 1 to B: a continue X }',
      B: 'par { rec X { receive x from A: a continue X } } and { receive y from C: c }',
      C: 'choice { send 1 to B: c } or { receive z from B: never }',
    });
    expect(outcome(text)).toMatch(/refuted|starvation/);
  });
  it('that may wait as long as others go round are hinted at', () => {
    const { verdict, findings } = check(
      network('sync', {
        A: 'rec X { choice { send 1 to B: a continue X } or { send 1 to B: end } }',
        B: 'par { rec X { receive from A { a(n) { continue X } end(n) { send 1 to C: go } } } } and { receive y from C: c }',
        C: 'receive x from B: go send 1 to B: c',
      }),
    );
    expect(verdict.verdict).toBe('proved');
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['starvation hint', 'starvation hint']);
  });
  it('that no run reaches are hints', () => {
    const text = network('', {
      A: 'x = 1 par { if x == 1 { send 1 to B: a } else { send 2 to B: b } } and { receive y from B: c }',
      B: 'par { receive from A { a(n) {} b(n) {} } } and { send 1 to A: c }',
    });
    expect(check(text).findings.map(({ code, origin }) => `${code} ${text.slice(origin.start, origin.end)}`)).toEqual([
      'unreachable send 2 to B: b',
      'unreachable b(n) {}',
    ]);
  });
});

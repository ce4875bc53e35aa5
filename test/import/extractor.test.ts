// The choreography extractor's networks and choreographies: each construct, and what has no counterpart, with its
// place.
import { describe, expect, it, test } from 'vitest';
import { formatOf, importText } from '../../language/import/import.js';

function imported(text: string): string {
  const result = importText(text, 'extractor', 'N');
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.text;
}

/** The kinds of error, each with the text that starts at its place. */
function refused(text: string): string[] {
  const result = importText(text, 'extractor');
  return 'errors' in result
    ? result.errors.map(({ kind, at }) => `${kind} at ${/^(?:\w+|.|$)/u.exec(text.slice(at))?.[0] ?? ''}`)
    : [];
}

/** The code of one process, without indentation. */
const processOf = (text: string, role: string): string[] =>
  (imported(text).split(`process ${role} {\n`)[1]?.split('\n  }')[0] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe('a network', () => {
  it('has values as host functions, and what is decided by as truth values', () => {
    expect(imported('p { def X {if e then q!<u>; X else q!<0>; stop} main {X}} | q { def Y{p?; Y} main {Y}}'))
      .toBe(`extern type Value
extern e(): bool
extern u(): Value

network N {
  process p {
    rec X {
      if e() {
        send u() to q
        continue X
      } else {
        send 0 to q
      }
    }
  }

  process q {
    rec X {
      receive from p
      continue X
    }
  }
}
`);
  });
  it('has selections as labels', () => {
    const text = 'p { main { q+R; stop } } | q { main { p&{R: stop, L: p!<true>; stop} } }';
    expect(processOf(text, 'p')).toEqual(['send to q: R']);
    expect(processOf(text, 'q')).toEqual(['receive from p {', 'R {}', 'L {', 'send true to p', '}', '}']);
    expect(processOf('p { main { q&{only: q?; stop} } } | q { main { stop } }', 'p')).toEqual([
      'receive from q: only',
      'receive from q',
    ]);
  });
  it('goes on behind a branching, or ends', () => {
    const text =
      'a { main { if e then b+x; b?; else b+y; stop continue b!<1>; stop } } | b { main { a&{x: a!<0>; a?;, y:}; stop } }';
    expect(processOf(text, 'a')).toEqual([
      'if e() {',
      'send to b: x',
      'receive from b',
      'send 1 to b',
      '} else {',
      'send to b: y',
      '}',
    ]);
    expect(processOf(text, 'b')).toEqual([
      'receive from a {',
      'x {',
      'send 0 to a',
      'receive from a',
      '}',
      'y {}',
      '}',
    ]);
  });
  it('goes into procedures that come back', () => {
    const text =
      'a { def X(p){ p?; p!<0>; } def Y(q){ q?; } main { X(b); p?; Y(p); q!<1>; stop } } | b { main { stop } }';
    expect(processOf(text, 'a')).toEqual([
      'receive from b',
      'send 0 to b',
      'receive from b',
      'receive from b',
      'send 1 to b',
    ]);
    expect(
      processOf(
        'a { def X { if e then b+more; X else b+done; } main { X; b!<1>; X; stop } } | b { main { stop } }',
        'a',
      ).filter((l) => l.startsWith('rec')).length,
    ).toBe(2);
  });
  it('tells processes of each other by messages, and knows whom a name stands for', () => {
    const text =
      'p { main { if e then q<->a; stop else q<->b; stop } } | q { main { p?x; x!<1>; stop } } | a { main { p?y; y?; stop } } | b { main { p?y; y?; stop } }';
    expect(processOf(text, 'p')).toEqual([
      'if e() {',
      'send to q: meet_a',
      'send to a: meet_q',
      '} else {',
      'send to q: meet_b',
      'send to b: meet_q',
      '}',
    ]);
    expect(processOf(text, 'q')).toEqual([
      'receive from p {',
      'meet_a {',
      'send 1 to a',
      '}',
      'meet_b {',
      'send 1 to b',
      '}',
      '}',
    ]);
    expect(processOf(text, 'a')).toEqual(['receive from p: meet_q', 'receive from q']);
    // Nobody is introduced: it waits for that.
    expect(processOf('q { main { p?x; x!<1>; stop } } | p { main { stop } }', 'q')).toEqual(['receive from p: meet']);
    // Who was introduced introduces on.
    expect(
      processOf(
        'p { main { q<->a; stop } } | q { main { p?x; b<->x; stop } } | a { main { p?y; y?z; z?; stop } } | b { main { q?w; w!<1>; stop } }',
        'a',
      ),
    ).toEqual(['receive from p: meet_q', 'receive from q: meet_b', 'receive from b']);
  });
  it('may hold names that Chor writes differently', () => {
    expect(
      imported('1 { main { send!<if_>; send+process; stop } } | send { main { 1?; 1&{process: stop} } }'),
    ).toContain('process p1');
    expect(processOf('p { main { if true then q!<true>; stop else stop } } | q { main { stop } }', 'p')[0]).toBe(
      'if ^true() {',
    );
  });
});

test.each([
  ['p { def X { if e then q+a; X; q!<1>; stop else q+b; } main { X } } | q { main { stop } }', 'recursion at X'],
  ['p { def X { X } main { X } }', 'recursion at X'],
  ['p { def X { Y } def Y { X } main { X } }', 'recursion at Y'],
  ['p { main { spawn q with stop continue stop } }', 'dynamic-role at spawn'],
  ['p { main { p!<1>; stop } }', 'self-communication at p'],
  ['p { main { r!<1>; stop } } | q { main { stop } }', 'unknown-name at r'],
  ['p { main { X } }', 'unknown-name at X'],
  ['p { def X(a) { stop } main { X } }', 'arity at X'],
  ['p { main { stop } } | p { main { stop } }', 'syntax at p'],
  ['p { def X { stop } def X { stop } main { X } }', 'syntax at X'],
  ['p { main { q!1; stop } } | q { main { stop } }', 'syntax at 1'],
  ['p { main { q?', 'syntax at '],
  ['p { main { q&{a: stop, a: stop} } }', 'syntax at a'],
  ['p { def X { stop } }', 'syntax at }'],
  ['p { main { stop } } q', 'syntax at q'],
  ['p { main { stop; stop } }', 'syntax at ;'],
  ['p { main { if then then stop else stop } }', 'syntax at then'],
  [
    'a { main { if e then b!<1>; else if f then stop else b!<2>; continue b!<3>; stop } } | b { main { stop } }',
    'syntax at continue',
  ],
])('%s: %s', (text, error) => {
  expect(refused(text)).toEqual([error]);
});

test('`endif` tells whose the `continue` is', () => {
  const inner =
    'a { main { if e then b!<1>; stop else if f then stop else b!<2>; continue b!<3>; stop endif } } | b { main { stop } }';
  const outer =
    'a { main { if e then b!<1>; else if f then stop else b!<2>; endif continue b!<3>; stop } } | b { main { stop } }';
  expect(processOf(inner, 'a')).toEqual([
    'if e() {',
    'send 1 to b',
    '} else {',
    'if f() {} else {',
    'send 2 to b',
    'send 3 to b',
    '}',
    '}',
  ]);
  expect(processOf(outer, 'a')).toEqual([
    'if e() {',
    'send 1 to b',
    'send 3 to b',
    '} else {',
    'if f() {} else {',
    'send 2 to b',
    'send 3 to b',
    '}',
    '}',
  ]);
});

describe('a choreography', () => {
  it('has a choreography for each procedure, of those that take part', () => {
    expect(
      imported(
        'def X { p.e->q; if p.c then p->q[on]; X else p->q[off]; Y } def Y { q.u->r; stop } main { r->q[go]; X }',
      ),
    ).toBe(`extern type Value
extern e(): Value
extern c(): bool
extern u(): Value

choreography N(r, q, p) {
  r -> q: go
  do X(p, q, r)
}

choreography X(p, q, r) {
  p.e() -> q
  if p.c() {
    p -> q: on
    do X(p, q, r)
  } else {
    p -> q: off
    do Y(q, r)
  }
}

choreography Y(q, r) {
  q.u() -> r
}
`);
  });
  it('takes what follows a decision into its branches where one of them ends everything', () => {
    expect(imported('main { if p.c then p->q[a]; stop else p->q[b]; continue q.1->p; 0 }')).toContain(
      'p -> q: a\n  } else {\n    p -> q: b\n    q.1 -> p\n  }',
    );
    expect(imported('main { if p.c then p->q[a]; else p->q[b]; continue q.1->p; stop }')).toContain('  }\n  q.1 -> p');
  });
  it('may have parameters, introductions, messages that cross, and others beside it', () => {
    const text = imported(
      'def X(a) { a.1->q; stop } main { (p.1->q, q.2->p); p.q<->r; X(p) } || main { s->t[l]; stop }',
    );
    expect(text).toContain(
      'choreography N(p, q, r) {\n  p.1 -> q\n  q.2 -> p\n  p -> q: meet_r\n  p -> r: meet_q\n  do X(p, q)\n}',
    );
    expect(text).toContain('choreography X(a, q) {');
    expect(text).toContain('choreography N_2(s, t) {');
  });
  test.each([
    ['main { X }', 'unknown-name at X'],
    ['def X(a) { stop } main { X }', 'arity at X'],
    ['main { p spawns q; stop }', 'dynamic-role at spawns'],
    ['main { p->q; stop }', 'syntax at ;'],
    ['main { p.e->q }', 'syntax at }'],
    ['def X { if p.c then p->q[a]; stop else p->q[b]; } main { X; p.1->q; stop }', 'recursion at X'],
    ['main { stop } main { stop }', 'syntax at main'],
  ])('%s: %s', (text, error) => {
    expect(refused(text)).toEqual([error]);
  });
});

test('the name or the text tells the format', () => {
  expect([
    formatOf('', 'a.net'),
    formatOf('', 'a.cc'),
    formatOf('p { main { stop } }'),
    formatOf('p{def X{stop}main{X}}'),
    formatOf('def X { stop } main { X }'),
    formatOf('main {p.e->q;stop}'),
  ]).toEqual(Array.from({ length: 6 }, () => 'extractor'));
});

test('long texts are read, and deep ones are refused where they get too deep', () => {
  expect(imported(`a { main { ${'b!<1>; '.repeat(4000)}stop } } | b { main { stop } }`).length).toBeGreaterThan(4000);
  expect(refused(`a { main { ${'if e then '.repeat(5000)}`)).toEqual(['too-large at if']);
  expect(refused(`main { ${'if p.e then '.repeat(5000)}`)).toEqual(['too-large at if']);
  expect(refused(`a { main { ${'b&{l: '.repeat(5000)}`)).toEqual(['too-large at &']);
});

// What each construct projects to, as text before and after.
import { describe, expect, it } from 'vitest';
import { projectText, roleText } from './helpers.js';

/** The body of a role's projection in a choreography with roles P, Q, R that starts with this body. */
function body(statements: string, role: string, before = ''): string {
  const text = roleText(`${before}\nchoreography C(P(n: int), Q(m: int), R) {\n${statements}\n}\n`, role);
  return text
    .split('\n')
    .slice(1, -2)
    .map((line) => line.slice(2))
    .join('\n');
}

function lines(...text: string[]): string {
  return text.join('\n');
}

describe('communication', () => {
  it('becomes a send and a receive, and nothing elsewhere', () => {
    expect(body('P.n + 1 -> Q.x', 'P')).toBe('send n + 1 to Q');
    expect(body('P.n + 1 -> Q.x', 'Q')).toBe('receive x from P');
    expect(roleText('choreography C(P(n: int), Q, R) { P.n -> Q.x }', 'R')).toBe('process R {}\n');
  });
  it('keeps its label, with and without a value', () => {
    expect(body('P -> Q: go', 'P')).toBe('send to Q: go');
    expect(body('P -> Q: go', 'Q')).toBe('receive from P: go');
    expect(body('P.n -> Q.x: go', 'P')).toBe('send n to Q: go');
    expect(body('P.n -> Q.x: go', 'Q')).toBe('receive x from P: go');
    expect(body('P.n -> Q', 'Q')).toBe('receive from P');
  });
  it('keeps the types of a sketch', () => {
    expect(body('P -> Q: offer(int, string)', 'P')).toBe('send to Q: offer(int, string)');
    expect(body('P -> Q: offer(int, string)', 'Q')).toBe('receive from P: offer(int, string)');
  });
  it('to several becomes a send to each', () => {
    expect(body('P.n -> Q.x, R.y: l', 'P')).toBe('send n to Q: l\nsend n to R: l');
    expect(body('P.n -> Q.x, R.y: l', 'R')).toBe('receive y from P: l');
  });
  it('to several asks the host program once', () => {
    expect(body('P.f() -> Q.x, R.y', 'P', 'extern f(): int')).toBe('sent = f()\nsend sent to Q\nsend sent to R');
  });
  it('escapes names that are reserved words', () => {
    expect(body('P.n -> Q.^send: ^receive', 'Q')).toBe('receive ^send from P: ^receive');
  });
});

describe('local steps', () => {
  it('stay where they are', () => {
    expect(body('P.x = n\nP.log(x)', 'P', 'extern log(n: int)')).toBe('x = n\nlog(x)');
    expect(body('P.x = n', 'Q')).toBe('');
  });
});

describe('decisions', () => {
  it('branch at the decider', () => {
    expect(body('if P.n > 0 { P -> Q: yes } else { P -> Q: no }', 'P')).toBe(
      lines('if n > 0 {', '  send to Q: yes', '} else {', '  send to Q: no', '}'),
    );
  });
  it('become a receive with branches at one who is told', () => {
    expect(body('if P.n > 0 -> Q { Q.m -> P.x }', 'Q')).toBe(
      lines('receive from P {', '  yes {', '    send m to P', '  }', '  no {}', '}'),
    );
  });
  it('vanish where nothing differs', () => {
    expect(body('if P.n > 0 { P.x = 1 } else { P.x = 2 } P.x -> Q.y', 'Q')).toBe('receive y from P');
    expect(body('if P.n > 0 { P.n -> Q.y } else { P.n -> Q.y }', 'Q')).toBe('receive y from P');
  });
  it('vanish at a guard that does nothing in any branch', () => {
    expect(body('P.n -> Q.x if P.n > 0, Q.x > 0 { P.a = 1 }', 'Q')).toBe('receive x from P');
  });
  it('stay at a guard that asks the host program', () => {
    expect(body('if P.f() > 0 { Q.a = 1 } else { Q.a = 1 }', 'P', 'extern f(): int')).toBe('if f() > 0 {}');
  });
  it('with several guards branch at each, without a message', () => {
    const source = 'P.n -> Q.x if P.n > 0, Q.x > 0 { P -> Q: a } else { Q -> P: b }';
    expect(body(source, 'Q')).toBe(
      lines('receive x from P', 'if x > 0 {', '  receive from P: a', '} else {', '  send to P: b', '}'),
    );
  });
  it('chain as else if', () => {
    expect(body('if P.n > 1 { P -> Q: a } else if P.n > 0 { P -> Q: b } else { P -> Q: c }', 'P')).toBe(
      lines('if n > 1 {', '  send to Q: a', '} else if n > 0 {', '  send to Q: b', '} else {', '  send to Q: c', '}'),
    );
    expect(body('if P.n > 1 { P -> Q: a } else if P.n > 0 { P -> Q: b } else { P -> Q: c }', 'Q')).toBe(
      lines('receive from P {', '  a {}', '  b {}', '  c {}', '}'),
    );
  });
  it('by match keep their patterns, and are told by the names of the cases', () => {
    const source = 'match P.n -> Q { case 0 { Q -> P: a } else { } }';
    expect(body(source, 'P')).toBe(
      lines(
        'match n {',
        '  case 0 {',
        '    send to Q: case1',
        '    receive from Q: a',
        '  }',
        '  else {',
        '    send to Q: otherwise',
        '  }',
        '}',
      ),
    );
    expect(body(source, 'Q')).toBe(
      lines('receive from P {', '  case1 {', '    send to P: a', '  }', '  otherwise {}', '}'),
    );
  });
  it('by choice become a choice', () => {
    expect(body('choice at P { P -> Q: a } or { P -> Q: b }', 'P')).toBe(
      lines('choice {', '  send to Q: a', '} or {', '  send to Q: b', '}'),
    );
  });
});

describe('merging', () => {
  it('joins receives from one sender, the one without a label too', () => {
    expect(body('if P.n > 0 { P.n -> Q.x } else { P -> Q: no }', 'Q')).toBe(
      lines('receive from P {', '  _(x) {}', '  no {}', '}'),
    );
    expect(body('if P.n > 0 { P -> Q: a(int, string) } else { P -> Q: b }', 'Q')).toBe(
      lines('receive from P {', '  a(_: int, _: string) {}', '  b {}', '}'),
    );
  });
  it('goes on behind the same message', () => {
    expect(body('if P.n > 0 { P.n -> Q.x: l P -> Q: a } else { P.n -> Q.x: l P -> Q: b }', 'Q')).toBe(
      lines('receive x from P: l', 'receive from P {', '  a {}', '  b {}', '}'),
    );
  });
  it('goes on behind the same send and the same step', () => {
    expect(body('if P.n > 0 { Q.a = 1 Q.a -> R.z P -> Q: a } else { Q.a = 1 Q.a -> R.z P -> Q: b }', 'Q')).toBe(
      lines('a = 1', 'send a to R', 'receive from P {', '  a {}', '  b {}', '}'),
    );
  });
  it('takes in what follows, and puts what is the same behind again', () => {
    expect(body('if P.n > 0 { P -> Q: a } P -> Q: b Q.m -> P.x', 'Q')).toBe(
      lines('receive from P {', '  a {', '    receive from P: b', '  }', '  b {}', '}', 'send m to P'),
    );
  });
  it('takes in what follows the decision around', () => {
    expect(body('if P.n > 0 { if P.n > 1 { P -> Q: a } } P -> Q: b', 'Q')).toBe(
      lines('receive from P {', '  a {', '    receive from P: b', '  }', '  b {}', '}'),
    );
  });
  it('merges decisions of the role’s own', () => {
    expect(
      body(
        'if P.n > 0 { if Q.m > 0 { Q -> P: x } else { Q -> P: y } P -> Q: a } else { if Q.m > 0 { Q -> P: x } else { Q -> P: y } P -> Q: b }',
        'Q',
      ),
    ).toBe(
      lines(
        'if m > 0 {',
        '  send to P: x',
        '} else {',
        '  send to P: y',
        '}',
        'receive from P {',
        '  a {}',
        '  b {}',
        '}',
      ),
    );
  });
  it('merges loops of other names', () => {
    expect(
      body(
        'if P.n > 0 { rec X { P.n -> Q.x if P.n > 1 -> Q { continue X } } } else { rec Y { P.n -> Q.x if P.n > 1 -> Q { continue Y } } }',
        'Q',
      ),
    ).toBe(
      lines(
        'rec X {',
        '  receive x from P',
        '  receive from P {',
        '    yes {',
        '      continue X',
        '    }',
        '    no {}',
        '  }',
        '}',
      ),
    );
  });
  it('leaves a hole where a label brings another payload, and goes on after it', () => {
    expect(body('if P.n > 0 { P.n -> Q.x: l } else { P."n" -> Q.y: l } Q.m -> P.z', 'Q')).toBe(
      '// ✗ Q can’t tell which way it goes: it gets `l` from P, into `x` in one branch and into `y` in the other.\nsend m to P',
    );
  });
  it('gives up on code that nobody could read', () => {
    const many = Array.from({ length: 40 }, (_, i) => `if P.n > ${i} { P -> Q: l${i} }`).join('\n');
    const [projected] = projectText(`choreography C(P(n: int), Q) {\n${many}\nP -> Q: end\n}`);
    expect(projected?.findings.length).toBeGreaterThan(0);
    expect(projected?.findings.every((finding) => finding.code === 'knowledge-of-choice')).toBe(true);
  });
});

describe('what is found out late', () => {
  const close = 'choreography Close(F, T(k: int)) {\n  F.1 -> T.x: over\n  T.x + k -> F.y\n}\n';
  it('is found out round a loop', () => {
    expect(body('rec X { P.n -> Q.x: item Q.y = x if P.n > 0 { P.n = n - 1 continue X } } P -> Q: over', 'Q')).toBe(
      lines(
        'receive x from P: item',
        'y = x',
        'rec X {',
        '  receive from P {',
        '    item(x) {',
        '      y = x',
        '      continue X',
        '    }',
        '    over {}',
        '  }',
        '}',
      ),
    );
  });
  it('is found out round either of two loops', () => {
    expect(
      body(
        'rec Y { P -> Q: a rec X { P -> Q: b if P.n > 0 { continue X } else if P.n > 1 { continue Y } else { P -> Q: c } } }',
        'Q',
      ),
    ).toBe(
      lines(
        'receive from P: a',
        'rec X {',
        '  receive from P: b',
        '  rec X2 {',
        '    receive from P {',
        '      a {',
        '        continue X',
        '      }',
        '      b {',
        '        continue X2',
        '      }',
        '      c {}',
        '    }',
        '  }',
        '}',
      ),
    );
  });
  it('is found out behind the same messages, however often they come', () => {
    expect(body('rec X { if P.n > 0 { P -> Q: a P -> Q: a continue X } else { P -> Q: a } } P -> Q: b', 'Q')).toBe(
      lines(
        'rec X {',
        '  receive from P: a',
        '  receive from P {',
        '    a {',
        '      continue X',
        '    }',
        '    b {}',
        '  }',
        '}',
      ),
    );
  });
  it('is found out in a call, which is written out with names of its own', () => {
    expect(body('P.n -> Q.x if P.n > 0 { do Close(P, Q(m + 1)) } else { P -> Q: stop } Q.x -> R.z', 'Q', close)).toBe(
      lines(
        'receive x from P',
        'receive from P {',
        '  over(x2) {',
        '    k = m + 1',
        '    send x2 + k to P',
        '  }',
        '  stop {}',
        '}',
        'send x to R',
      ),
    );
  });
  it('keeps the calls that are the same in both branches', () => {
    expect(body('if P.n > 0 { do Close(P, Q(m)) P -> Q: a } else { do Close(P, Q(m)) P -> Q: b }', 'Q', close)).toBe(
      lines('do Close(P, Q(m))', 'receive from P {', '  a {}', '  b {}', '}'),
    );
  });
  it('is found out by a choreography that calls itself at its end', () => {
    const text =
      'choreography Count(P(n: int), Q(k: int)) {\n  P.n -> Q.x: item\n  Q.k = k + x\n  if P.n > 0 {\n    do Count(P(n - 1), Q(k * 2))\n  } else {\n    P -> Q: over\n  }\n}\n';
    expect(roleText(text, 'Q')).toBe(
      lines(
        'process Q(k: int) {',
        '  receive x from P: item',
        '  k = k + x',
        '  rec Count {',
        '    receive from P {',
        '      item(x) {',
        '        k = k * 2',
        '        k = k + x',
        '        continue Count',
        '      }',
        '      over {}',
        '    }',
        '  }',
        '}',
        '',
      ),
    );
  });
  it('gives all inputs at once to one that calls itself', () => {
    const text =
      'choreography Swap(P(n: int), Q(j: int, k: int)) {\n  P.n -> Q.x: item\n  if P.n > 0 {\n    do Swap(P(n - 1), Q(k, j))\n  } else {\n    P -> Q: over\n  }\n}\n';
    expect(roleText(text, 'Q')).toContain(
      lines(
        '      item(x) {',
        '        given = k',
        '        given2 = j',
        '        j = given',
        '        k = given2',
        '        continue Swap',
      ),
    );
  });
  it('may be told by a message that goes into another variable', () => {
    expect(
      body('if P.n > 0 { P.n -> Q.x: l P -> Q: a Q.x -> R.z } else { P.n -> Q.y: l P -> Q: b Q.y -> R.z }', 'Q'),
    ).toBe(
      lines(
        'receive x from P: l',
        'y = x',
        'receive from P {',
        '  a {',
        '    send x to R',
        '  }',
        '  b {',
        '    send y to R',
        '  }',
        '}',
      ),
    );
  });
  it('but not where that has a value that is still used, or another type', () => {
    const hole = 'it gets `l` from P, into `x` in one branch and into `y` in the other';
    expect(
      body('P.n -> Q.y if P.n > 0 { P.n -> Q.x: l P -> Q: a Q.y -> R.z } else { P.n -> Q.y: l P -> Q: b }', 'Q'),
    ).toContain(hole);
    expect(body('if P.n > 0 { P.n -> Q.x: l P -> Q: a } else { P.true -> Q.y: l P -> Q: b }', 'Q')).toContain(hole);
    // A number of the same type is the same message.
    expect(body('if P.n > 0 { P.1 -> Q.x: l P -> Q: a } else { P.2 -> Q.y: l P -> Q: b }', 'Q')).toContain(
      lines('receive x from P: l', 'y = x'),
    );
  });
  it('stays a while where the condition is at the head', () => {
    expect(
      body(
        'rec X { P -> Q: a while Q.m > 0 { Q.m = m - 1 Q.m -> R.z } if P.n > 0 { continue X } else { P -> Q: a while Q.m > 0 { Q.m = m - 1 Q.m -> R.z } P -> Q: b } }',
        'Q',
      ),
    ).toBe(
      lines(
        'receive from P: a',
        'while m > 0 {',
        '  m = m - 1',
        '  send m to R',
        '}',
        'receive from P: a',
        'rec X {',
        '  while m > 0 {',
        '    m = m - 1',
        '    send m to R',
        '  }',
        '  receive from P {',
        '    a {',
        '      continue X',
        '    }',
        '    b {}',
        '  }',
        '}',
      ),
    );
  });
  it('comes from all the places that are followed', () => {
    const text =
      'choreography C(P(n: int), Q) { rec X { P -> Q: item if P.n > 0 { P.n = n - 1 continue X } } P -> Q: over }';
    const actions = projectText(text)[0]?.network.processes[1]?.body.actions ?? [];
    const receive = actions.flatMap((a) => (a.kind === 'rec' ? a.body.actions : []))[0];
    expect(receive?.origins.map(({ start, end }) => text.slice(start, end))).toEqual([
      'P -> Q: item',
      'P -> Q: over',
      'if P.n > 0 ',
    ]);
  });
});

describe('what nobody comes to', () => {
  it('is not projected', () => {
    expect(body('rec X { P -> Q: a continue X } P -> R: b', 'R')).toBe('');
  });
  it('is no error, whatever stands there', () => {
    const [projected] = projectText(
      'choreography C(P(n: int), Q, R) { rec X { P -> Q: a continue X } if P.n > 0 { Q -> R: b } }',
    );
    expect(projected?.findings.filter((f) => f.severity === 'error')).toEqual([]);
  });
});

describe('loops', () => {
  it('stay while at the decider, which tells after the last round', () => {
    expect(body('while P.n > 0 -> Q { P.n = n - 1 }', 'P')).toBe(
      lines('while n > 0 {', '  send to Q: again', '  n = n - 1', '}', 'send to Q: done'),
    );
  });
  it('become rec at one who is told', () => {
    expect(body('while P.n > 0 -> Q { P.n -> Q.x }', 'Q')).toBe(
      lines(
        'rec Loop {',
        '  receive from P {',
        '    again {',
        '      receive x from P',
        '      continue Loop',
        '    }',
        '    done {}',
        '  }',
        '}',
      ),
    );
  });
  it('end by what follows, where that tells', () => {
    expect(body('while P.n > 0 { P.n -> Q.x: more } P -> Q: end Q.m -> P.y', 'Q')).toBe(
      lines(
        'rec Loop {',
        '  receive from P {',
        '    more(x) {',
        '      continue Loop',
        '    }',
        '    end {}',
        '  }',
        '}',
        'send m to P',
      ),
    );
  });
  it('are nothing to a role that has no part in them', () => {
    expect(body('while P.n > 0 -> Q { P.n -> Q.x } P -> R: end', 'R')).toBe('receive from P: end');
    expect(body('rec X { if P.n > 0 -> Q { continue X } } P -> R: end', 'R')).toBe('receive from P: end');
  });
  it('nest under names of their own', () => {
    const text = body('while P.n > 0 -> Q { while P.n > 1 -> Q { P.n -> Q.x } }', 'Q');
    expect(text).toContain('continue Loop2');
    expect(text).toContain('continue Loop\n');
  });
  it('in loops go round those around them', () => {
    expect(body('rec X { P -> R: a rec Y { P -> Q: b if P.n > 0 { continue X } else { continue X } } }', 'R')).toBe(
      lines('rec X {', '  receive from P: a', '  continue X', '}'),
    );
  });
  it('by rec keep their name', () => {
    expect(body('rec X { P.n -> Q.x if P.n > 0 -> Q { continue X } }', 'Q')).toBe(
      lines(
        'rec X {',
        '  receive x from P',
        '  receive from P {',
        '    yes {',
        '      continue X',
        '    }',
        '    no {}',
        '  }',
        '}',
      ),
    );
  });
});

describe('calls', () => {
  const quote = 'choreography Quote(A(t: int), B, Z): int@A {\n  A.t -> B.t\n  B.t -> A.p\n  return A.p\n}\n';
  it('call the projection for the place, with the role’s own inputs, and take the result where it is', () => {
    expect(body('Q.y = do Quote(Q(m), P, R)', 'Q', quote)).toBe('y = do Quote(Q(m), P, R)');
    expect(body('Q.y = do Quote(Q(m), P, R)', 'P', quote)).toBe('do Quote(Q, P, R)');
  });
  it('are nothing to a role whose place takes no part', () => {
    expect(body('Q.y = do Quote(Q(m), P, R)', 'R', quote)).toBe('');
  });
  it('look for that through recursion', () => {
    const deep =
      'choreography Ping(A, B, Z) {\n  A -> B: ping\n  do Pong(B, A, Z)\n}\nchoreography Pong(A, B, Z) {\n  A -> B: pong\n  do Ping(B, A, Z)\n}\n';
    expect(body('do Ping(P, Q, R)', 'R', deep)).toBe('');
    expect(body('do Ping(P, Q, R)', 'Q', deep)).toBe('do Ping(P, Q, R)');
  });
  it('of what is not known involve everybody', () => {
    expect(body('do Nowhere(P, Q)', 'Q')).toBe('do Nowhere(P, Q)');
  });
  it('give a result at the role that has it', () => {
    expect(roleText(quote, 'A')).toBe(
      lines('process A(t: int): int {', '  send t to B', '  receive p from B', '  return p', '}', ''),
    );
    expect(roleText(quote, 'B')).not.toContain('return');
  });
});

describe('every action', () => {
  it('keeps the place that it comes from, and after a merge all places', () => {
    const text = 'choreography C(P(n: int), Q) { if P.n > 0 { P.n -> Q.y } else { P.n -> Q.y } }';
    const [receive] = projectText(text)[0]?.network.processes[1]?.body.actions ?? [];
    expect(receive?.origins.map(({ start, end }) => text.slice(start, end))).toEqual(['P.n -> Q.y', 'P.n -> Q.y']);
    expect(receive?.origins[0]?.start).not.toBe(receive?.origins[1]?.start);
  });
});

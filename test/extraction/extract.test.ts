// Extraction: the choreography of a network, and why there is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../property.js';
import { extraction } from '../../language/features/extract.js';
import { importText } from '../../language/import/import.js';
import { createExtractor } from '../../language/extraction/extract.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { networks } from '../generators/agreeing.js';
import { networkOf, read } from '../network/helpers.js';
import { answer, conformance, extracted, implementing, refused, reordered, uri } from './helpers.js';

describe('extraction finds', () => {
  it('messages with their values, variables and labels, inputs and the result', () => {
    expect(
      extracted(`network N {
  process A(n: int): int { send n + 1 to B: more  receive r from B  return r }
  process B { receive x from A: more  y = x * 2  send y to A }
}`),
    ).toBe(`choreography NProtocol(A(n: int), B): int@A {
  A.n + 1 -> B.x: more
  B.y = x * 2
  B.y -> A.r
  return A.r
}
`);
  });
  it('a decision with its labels, and what follows both branches once', () => {
    expect(
      extracted(`network N {
  process A(ok: bool) { if ok { send to B: yes } else { send to B: no } send 1 to B }
  process B { receive from A { yes {} no {} } receive x from A }
}`),
    ).toBe(`choreography NProtocol(A(ok: bool), B) {
  if A.ok {
    A -> B: yes
  } else {
    A -> B: no
  }
  A.1 -> B.x
}
`);
  });
  it('values that all know, and calls that give them', () => {
    expect(
      extracted(`extern print(x: int)
network N(rounds: int, strict: bool) {
  process A { send rounds to B  do M(A, B, rounds + 1) }
  process B { receive x from A  print(x + rounds)  do M(A, B, rounds + 1) }
}
network M(k: int) {
  process A { send k to B }
  process B { receive x from A  print(x + k) }
}`),
    ).toBe(`choreography NProtocol(A, B, rounds: int, strict: bool) {
  A.rounds -> B.x
  B.print(x + rounds)
  do MProtocol(A, B, rounds + 1)
}

choreography MProtocol(A, B, k: int) {
  A.k -> B.x
  B.print(x + k)
}
`);
  });
  it('nothing that is done once for each number, or for each of a family', () => {
    const why = (text: string): string => {
      const { result } = answer(text);
      return result.kind === 'failed' ? result.message : result.texts.join();
    };
    expect(
      why(
        'network N(Member[n >= 1]) {\n  process Chair { send 1 to Member  receive xs from Member }\n  process Member[i] { receive x from Chair  send x to Chair }\n}',
      ),
    ).toBe('Extraction does not follow families of roles, and Member is one.');
    expect(
      why(
        'choreography C(A(x: int), B, P[n]) {\n  A.x -> B.y\n  P.print(3)\n  B.print(y)\n}\nextern print(x: int)\nnetwork N implements C {\n  process A(x: int) { send x to B }\n  process B { receive y from A  print(y) }\n}',
      ),
    ).toBe('Extraction does not follow families of roles, and P is one.');
    expect(
      why(
        'network N(k: int) {\n  process A { for i in 0 until k { send i to B } }\n  process B { for i in 0 until k { receive x from A } }\n}',
      ),
    ).toBe('Extraction does not follow `for i in …`: what is done once for each number.');
    expect(
      why(
        'network N(k: int) {\n  process A { when k > 1 { send 1 to B } }\n  process B { when k > 1 { receive x from A } }\n}',
      ),
    ).toBe('Extraction does not follow `when`: what depends on numbers.');
  });
  it('a loop, and what follows it', () => {
    expect(
      extracted(`network N {
  process A { rec L { choice { send to B: more  receive x from B  continue L } or { send to B: done } } send 1 to B }
  process B { rec M { receive from A { more { send 2 to A  continue M } done {} } } receive y from A }
}`),
    ).toBe(`choreography NProtocol(A, B) {
  rec X {
    choice at A {
      A -> B: more
      B.2 -> A.x
      continue X
    } or {
      A -> B: done
    }
  }
  A.1 -> B.y
}
`);
  });
  it('a crosswise exchange, as what goes on at the same time', () => {
    expect(
      extracted(`network N {
  process A { send 1 to B  receive x from B }
  process B { send 2 to A  receive y from A }
}`),
    ).toBe(`choreography NProtocol(A, B) {
  par {
    A.1 -> B.y
  } and {
    B.2 -> A.x
  }
}
`);
  });
  it('a crosswise exchange that goes on for ever (the alternating bit)', () => {
    expect(
      extracted(`network N {
  process A { send 0 to B  send 1 to B  rec L { receive x from B  send 0 to B  receive x from B  send 1 to B  continue L } }
  process B { rec L { receive x from A  send 2 to A  receive x from A  send 3 to A  continue L } }
}`),
    ).toContain('rec X {');
  });
  it('two pairs that go on for ever side by side', () => {
    const text = extracted(`network N {
  process A { rec L { send 1 to B  continue L } }
  process B { rec L { receive x from A  continue L } }
  process C { rec L { send 2 to D  continue L } }
  process D { rec L { receive x from C  continue L } }
}`);
    expect(text).toContain('rec X {\n    A.1 -> B.x\n    C.2 -> D.x\n    continue X\n  }');
  });
  it('a third that is told when a loop ends', () => {
    extracted(`network N {
  process A { rec L { choice { send to B: more  continue L } or { send to B: done } } }
  process B { rec L { receive from A { more { continue L } done { send 1 to C } } } }
  process C { receive x from B }
}`);
  });
  it('calls, with the choreographies of the networks that are called', () => {
    expect(
      extracted(`network N {
  process A { do Sub(A(1), B) }
  process B { do Sub(A, B) }
}
network Sub {
  process X(n: int) { send n to Y }
  process Y { receive m from X }
}`),
    ).toBe(`choreography NProtocol(A, B) {
  do SubProtocol(A(1), B)
}

choreography SubProtocol(X(n: int), Y) {
  X.n -> Y.m
}
`);
  });
});

describe('what is one step', () => {
  it('is what it does, where a process has no threads', () => {
    expect(
      extracted(`network N {
  process A(x: int) { at { x = x + 1  y = x }  send y to B }
  process B { receive z from A }
}`),
    ).toBe(`choreography NProtocol(A(x: int), B) {
  A.x = x + 1
  A.y = x
  A.y -> B.z
}
`);
  });
});

describe('decisions by copies of one value', () => {
  it('are one decision', () => {
    expect(
      extracted(`network N {
  process A(ok: bool) { send ok to B  if ok { send 1 to B } else { receive x from B } }
  process B { receive ok from A  if ok { receive x from A } else { send 1 to A } }
}`),
    ).toBe(`choreography NProtocol(A(ok: bool), B) {
  A.ok -> B.ok
  if A.ok, B.ok {
    A.1 -> B.x
  } else {
    B.1 -> A.x
  }
}
`);
  });
  it('may stand at different places, and be asked by an expression', () => {
    const text = extracted(`network N {
  process A(n: int) { send n to B  send n to C  if n > 0 { send to C: up } else { send to C: down }  send 1 to B }
  process B { receive m from A  receive x from A  if m > 0 { send 2 to C } }
  process C { receive k from A  receive from A { up { } down { } }  if k > 0 { receive y from B } }
}`);
    expect(text).toContain('if A.n > 0, B.m > 0, C.k > 0 {');
  });
  it('may be a match, and a loop', () => {
    expect(
      extracted(`enum Way { left, right }
network N {
  process A(way: Way) { send way to B  match way { case left { send 1 to B } case right { receive x from B } } }
  process B { receive w from A  match w { case left { receive x from A } case right { send 1 to A } } }
}`),
    ).toContain('match A.way, B.w {\n    case left {');
    expect(
      extracted(`network N {
  process A { more = true  send more to B  while more { send 1 to B  receive more from B } }
  process B { receive again from A  while again { receive x from A  again = x > 1  send again to A } }
}`),
    ).toContain('if A.more, B.again {');
  });
  it('are followed over copies of copies, until one is assigned again', () => {
    const text = (between: string): string => `network N {
  process A(ok: bool) { send ok to B  same = ok  if same { send 1 to C } else { receive x from C } }
  process B { receive o from A  send o to C }
  process C { receive p from B  ${between}  if p { receive x from A } else { send 1 to A } }
}`;
    expect(extracted(text(''))).toContain('if A.same, C.p {');
    expect(refused(text('p = false')).message).toContain('nobody can go on');
  });
  it('that one process asks twice have one answer', () => {
    const text = extracted(`network N {
  process A(ok: bool) { if ok { send to B: yes } else { send to B: no }  if ok { send 1 to B } }
  process B { receive from A { yes { receive x from A } no { } } }
}`);
    expect(text).toContain('    A -> B: yes\n    A.1 -> B.x\n  } else {\n    A -> B: no\n  }');
  });
});

describe('a network that should implement another choreography', () => {
  it('has what it carries out itself', () => {
    const { result } = answer(`choreography Greeting(A, B) { A.1 -> B._x  B.2 -> A._y }
network N implements Greeting {
  process A { send 1 to B  send 3 to B  receive _y from B }
  process B { receive _x from A  receive _z from A  send 2 to A }
}`);
    expect(result.kind === 'extracted' && result.texts).toEqual([
      'choreography NProtocol(A, B) {\n  A.1 -> B._x\n  A.3 -> B._z\n  B.2 -> A._y\n}\n',
    ]);
  });
  it('with the projections of the roles that it leaves out', () => {
    const { result } = answer(
      'choreography Greeting(A, B) { A.1 -> B._x  B.2 -> A._y }\nnetwork N implements Greeting { process A { send 1 to B  receive _y from B } }',
    );
    expect(result.kind === 'extracted' && result.texts).toEqual([
      'choreography NProtocol(A, B) {\n  A.1 -> B._x\n  B.2 -> A._y\n}\n',
    ]);
  });
  it('has none where it goes wrong', () => {
    expect(
      refused(
        'choreography Greeting(A, B) { A.1 -> B._x  B.2 -> A._y }\nnetwork N implements Greeting { process A { receive _y from B  send 1 to B } }',
      ).message,
    ).toContain('nobody can go on');
  });
});

it('is looked for only as long as there is time', () => {
  const workspace = new Workspace();
  // Found in a later manner.
  workspace.set(
    uri,
    'network N { process A(ok: bool) { send ok to B  if ok { send 1 to B } else { receive _x from B } } process B { receive ok from A  if ok { receive _x from A } else { send 1 to A } } }',
  );
  const file = workspace.file(uri);
  if (!file) throw new Error('no file');
  expect(extraction(workspace, uri, networkOf(file), () => true)?.kind).toBe('failed');
  expect(extraction(workspace, uri, networkOf(file), () => false)?.kind).toBe('extracted');
});

describe('messages that cross', () => {
  /** The text, of which nothing is in another order than the network has it. */
  const crossing = (text: string): string => {
    const { workspace, result } = answer(text);
    if (result.kind === 'failed') throw new Error(result.message);
    expect(
      implementing(workspace, text, result).filter((f) => f.code === 'reordered-but-safe' || f.severity === 'error'),
    ).toEqual([]);
    return result.texts.join('\n');
  };
  it('go on at the same time, in a ring as well', () => {
    expect(
      crossing(`network N {
  process A(x: int) { send x to B  receive u from C  send u to B: last }
  process B(z: int) { send z to C  receive y from A  receive v from A: last }
  process C(v: int) { send v to A  receive w from B }
}`),
    ).toBe(`choreography NProtocol(A(x: int), B(z: int), C(v: int)) {
  par {
    A.x -> B.y
  } and {
    B.z -> C.w
  } and {
    C.v -> A.u
  }
  A.u -> B.v: last
}
`);
  });
  it('may be several of one pair, and be taken by others too', () => {
    expect(
      crossing(`network N {
  process A { send 1 to B  send 2 to B: two  send 3 to C  receive x from B }
  process B { send 4 to A  receive y from A  receive z from A: two }
  process C { receive w from A }
}`),
    ).toBe(`choreography NProtocol(A, B, C) {
  par {
    A.1 -> B.y
    A.2 -> B.z: two
  } and {
    A.3 -> C.w
  } and {
    B.4 -> A.x
  }
}
`);
  });
  it('round a loop', () => {
    expect(
      crossing(`network N {
  process A { rec L { send 1 to B  receive x from B  continue L } }
  process B { rec L { send 2 to A  receive y from A  continue L } }
}`),
    ).toContain('rec X {\n    par {\n      A.1 -> B.y\n    } and {\n      B.2 -> A.x\n    }\n    continue X\n  }');
  });
  it('are written one before the other where threads would share a variable', () => {
    expect(
      extracted(`network N {
  process A(x: int) { send x to B  receive x from B }
  process B { send 2 to A  receive y from A }
}`),
    ).toContain('A.x -> B.y\n  B.2 -> A.x');
    expect(
      extracted(`network N {
  process A { send 1 to B  receive x from B  receive x from C }
  process B { send 2 to A  receive y from A }
  process C { send 3 to A }
}`),
    ).not.toContain('par');
  });
  it('have queues to stand in', () => {
    const network = (kind: string): string => `network N ${kind} {
  process A { send 1 to B  send 2 to B: two  receive x from B }
  process B { send 3 to A  receive y from A  receive z from A: two }
}`;
    expect(extracted(network('buffer 2'))).toContain('par');
    expect(extracted(network('buffer 1'))).not.toContain('par');
  });
  it('may pass what their receiver waits for from others', () => {
    expect(
      extracted(`network N {
  process P { send 1 to Q  send 2 to T }
  process Q { receive d from T  receive b from P }
  process T { receive c from P  send 3 to Q }
}`),
    ).toContain('P.1 -> Q.b');
    // Not what comes from the same one, nor what sets the same variable.
    expect(
      refused(`network N {
  process P { send 1 to Q: b  send 2 to Q: c }
  process Q { receive x from P: c  receive y from P: b }
}`).message,
    ).toContain('nobody can go on');
  });
  it('let who chooses send first', () => {
    expect(
      extracted(`network N {
  process A { send to B: a  receive from B { x { } y { } } }
  process B { choice { send to A: x } or { send to A: y }  receive from A: a }
}`),
    ).toBe(`choreography NProtocol(A, B) {
  choice at B {
    B -> A: x
  } or {
    B -> A: y
  }
  A -> B: a
}
`);
  });
});

describe('the text', () => {
  it('has no choice that makes no difference', () => {
    expect(
      extracted(
        'network N {\n  process A { choice { send 1 to B } or { send 1 to B } }\n  process B { choice { receive x from A } or { receive x from A } }\n}',
      ),
    ).toBe('choreography NProtocol(A, B) {\n  A.1 -> B.x\n}\n');
  });
  it('writes the first round of a loop once, where it tells which branch was taken', () => {
    expect(
      extracted(`network N {
  process A { send to B: m  choice { send to B: m  rec X { send to B: m  continue X } } or { send to B: n } }
  process B { receive from A: m  receive from A { m { rec X { receive from A: m  continue X } } n { } } }
}`),
    ).toContain('choice at A {\n    rec X {\n      A -> B: m\n      continue X\n    }\n  } or {\n    A -> B: n\n  }');
  });
});

describe('parts', () => {
  /** What is written in parts, which the network was found to implement. */
  const inParts = (text: string): string => {
    const { file, scope } = read(text);
    const network = networkOf(file);
    const types: Readonly<Record<string, string>> = { 'A.x': 'int', 'B.y': 'int' };
    const found = createExtractor(
      network,
      scope,
      (_, role, variable) => types[`${role}.${variable}`],
    )({ values: 'none', crossing: true, strategy: 'patient', style: 'parts' });
    if (found.kind === 'failed') return found.message;
    const workspace = new Workspace();
    workspace.set(uri, text);
    expect(conformance(workspace, text, { ...found, network, edits: [] })).toEqual([]);
    return found.texts.join('\n');
  };
  it('are choreographies of those that take part, with what they still need as inputs', () => {
    expect(
      inParts(`network N {
  process A(n: int) { x = n  send x to C  rec L { send x to B  receive x from B  choice { send to B: more  continue L } or { send to B: done } } }
  process B { rec M { receive y from A  send y + 1 to A  receive from A { more { continue M } done { z = y } } } }
  process C { receive _z from A }
}`),
    ).toBe(`choreography NProtocol(A(n: int), B, C) {
  A.x = n
  A.x -> C._z
  do NProtocol2(A(x), B)
}

choreography NProtocol2(A(x: int), B) {
  A.x -> B.y
  B.y + 1 -> A.x
  choice at A {
    A -> B: more
    do NProtocol2(A(x), B)
  } or {
    A -> B: done
    B.z = y
  }
}
`);
  });
  it('are not found where a type is not known, or a result has to be carried through', () => {
    expect(
      inParts(
        'network N {\n  process A { receive z from B  rec L { send z to B  continue L } }\n  process B { send 1 to A  rec L { receive _x from A  continue L } }\n}',
      ),
    ).toContain('The type of `A.z` is not known');
    expect(
      inParts('network N {\n  process A: int { receive x from B  return x }\n  process B { send 1 to A }\n}'),
    ).toContain('result');
  });
  it('are taken where states lead to each other in so many ways that much would be written twice', () => {
    const states = [0, 1, 2, 3, 4];
    const transitions = (way: string, peer: string): unknown[] =>
      states.flatMap((i) => states.map((j) => [`${i}`, way, peer, `l${i}${j}`, `${j}`]));
    const system = {
      roles: ['A', 'B'],
      machines: {
        A: { initial: '0', transitions: transitions('!', 'B') },
        B: { initial: '0', transitions: transitions('?', 'A') },
      },
    };
    const imported = importText(JSON.stringify(system), 'kmc', 'N');
    if ('errors' in imported) throw new Error(JSON.stringify(imported.errors));
    const text = extracted(imported.text);
    expect(text.match(/^choreography/gm)).toHaveLength(6);
    expect(text.split('\n').length).toBeLessThan(110);
  });
});

describe('calls', () => {
  const called = (process: string, before = ''): string => `network N {
  process A { send 1 to B ${before} do H(B, A(${process})) }
  process B { receive x: int from A use(x) do H(B, A) }
}
network H { process P { log("p") } process Q(a: int) {} }
extern use(n: int)
extern ask(): int
extern log(s: string)
`;
  it('keep the host functions in their inputs', () => {
    const text = extracted(called('ask()'));
    expect(text).toContain('do HProtocol(B, A(ask()))');
    expect(text).toContain('choreography HProtocol(P, Q(a: int)) {');
  });
  it('keep them where the process comes to the call last', () => {
    expect(extracted(called('ask() + 1', 'y = ask() use(y)'))).toContain('do HProtocol(B, A(ask() + 1))');
  });
  it('have no inputs that nobody uses', () => {
    expect(extracted(called('1'))).toContain('do HProtocol(B, A)\n');
  });
});

describe('loops that count', () => {
  it('are told not to have been followed, and not to have no choreography', () => {
    const { result } = answer(`network N {
  process A { n = 0 while n < 2 { send n to B n = n + 1 } }
  process B { n = 0 while n < 2 { receive x: int from A use(x) n = n + 1 } }
}
extern use(n: int)
`);
    if (result.kind === 'failed') {
      expect(result.message).toMatch(
        /^No choreography was found: nobody can go on from here\. .* Perhaps no run comes here: values may rule it out/,
      );
    }
  });
});

describe('there is no choreography', () => {
  it('is only said where the network goes wrong', () => {
    expect(
      refused(
        'network N {\n  process A { receive x from B  send 1 to B }\n  process B { receive y from A  send 2 to A }\n}',
      ).message,
    ).toMatch(/^There is no choreography: /);
  });
  it('where nobody can go on', () => {
    const { message, at } = refused(
      'network N {\n  process A { receive x from B  send 1 to B }\n  process B { receive y from A  send 2 to A }\n}',
    );
    expect(message).toContain('nobody can go on from here');
    expect(message).toContain('A waits for a message from B; B waits for a message from A');
    expect(at).toBe('receive x from B');
  });
  it('for crossing messages without queues', () => {
    expect(
      refused(
        'network N sync {\n  process A { send 1 to B  receive x from B }\n  process B { send 2 to A  receive y from A }\n}',
      ).message,
    ).toContain('nobody can go on');
  });
  it('where what is sent first depends on what crosses it', () => {
    expect(
      refused(
        'network N {\n  process A(x: int) { send x to B  receive x from B }\n  process B(y: int) { send y to A  receive y from A }\n}',
      ).message,
    ).toContain('nobody can go on');
  });
  it('where others go on for ever without a process', () => {
    const { message, at } = refused(`network N {
  process A { rec L { send 1 to B  continue L } }
  process B { rec L { receive x from A  continue L } }
  process C { receive y from A }
}`);
    expect(message).toContain('C never gets past this');
    expect(at).toBe('receive y from A');
  });
  it('where the same question has different answers, as values differ', () => {
    // Each has a value of its own, so they may go different ways.
    expect(
      refused(`network N {
  process A(ok: bool) { if ok { send 1 to B } else { receive x from B } }
  process B(ok: bool) { if ok { receive x from A } else { send 1 to A } }
}`).message,
    ).toContain('nobody can go on');
  });
  it('where a host function answers, which may do so differently each time', () => {
    expect(
      refused(`extern ok(): bool
network N {
  process A { if ok() { send 1 to B } else { receive x from B } }
  process B { if ok() { receive x from A } else { send 1 to A } }
}`).message,
    ).toContain('nobody can go on');
  });
});

describe('the law', () => {
  it('a projection implements the choreography that is extracted from it, and one is found nearly always', () => {
    const counts = { extracted: 0, refused: 0 };
    const source = 'file:///a/source.chor';
    fc.assert(
      fc.property(programs(8), ({ text }) => {
        const workspace = new Workspace();
        workspace.set(source, text);
        const analysis = workspace.analyze(source);
        fc.pre(analysis !== undefined && !analysis.findings.some((f) => f.severity === 'error'));
        // As if they had been written without it.
        const projection = (projectionFile(workspace, source, 'Main')?.text ?? '').replace(/ implements \w+/g, '');
        const { workspace: there, result } = answer(projection, 'Main_Network', { [source]: text });
        if (result.kind === 'failed') {
          counts.refused++;
          // It may be that none is found that projects, or that values rule out where nobody could go on, further than
          // they are followed; but never that something is wrong with the network for sure.
          expect(result.message).toMatch(/No choreography was found that checks|Perhaps no run comes here/);
          return;
        }
        counts.extracted++;
        const errors = conformance(there, projection, result);
        if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${result.texts.join('\n')}\n${projection}`);
      }),
      { numRuns: runsOf(80) },
    );
    expect(counts.extracted).toBeGreaterThan(19 * counts.refused);
  });
  it('a network that was written without a choreography, with messages that cross and loops, implements what is extracted from it', () => {
    const counts = { extracted: 0, refused: 0, crossed: 0, reordered: 0 };
    fc.assert(
      fc.property(networks, (text) => {
        const { workspace, result } = answer(text);
        if (result.kind === 'failed') {
          counts.refused++;
          expect(result.message).toContain('No choreography was found that checks');
          return;
        }
        counts.extracted++;
        const errors = conformance(workspace, text, result);
        if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${result.texts.join('\n')}\n${text}`);
        if (reordered(workspace, text, result)) counts.reordered++;
        if (result.texts.some((each) => /^ *par \{/m.test(each))) counts.crossed++;
      }),
      { numRuns: runsOf(100) },
    );
    // About one in twenty is refused; of a hundred that are drawn, it may be twice as many.
    expect(counts.extracted).toBeGreaterThan(8 * counts.refused);
    expect(counts.crossed).toBeGreaterThan(10);
    expect(counts.crossed).toBeGreaterThan(4 * counts.reordered);
  });
  it('nothing is extracted from a network that goes wrong', () => {
    const counts = { wrong: 0, right: 0 };
    fc.assert(
      fc.property(networks, fc.nat(1000), (text, place) => {
        const lines = text.split('\n');
        const places = lines.flatMap((line, i) => (/^(send|receive)[^{]*$/.test(line) ? [i] : []));
        const at = places[place % Math.max(1, places.length)];
        fc.pre(at !== undefined);
        lines.splice(at ?? 0, 1);
        const { workspace, result } = answer(lines.join('\n'));
        const refuted = workspace.analyze(uri)?.verdicts.some((v) => v.verdict === 'refuted') === true;
        counts[refuted ? 'wrong' : 'right']++;
        if (refuted) expect(result.kind).toBe('failed');
      }),
      { numRuns: runsOf(100) },
    );
    expect(counts.wrong).toBeGreaterThan(50);
  });
});

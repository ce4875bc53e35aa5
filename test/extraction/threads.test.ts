// Extraction from networks whose processes have threads: which belong together, and why none are found.
import { describe, expect, it } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { threadedChoreographies } from '../generators/threads.js';
import { holds, runsOf } from '../property.js';
import { answer, conformance, extracted, isProved, refused } from './helpers.js';

describe('threads of processes', () => {
  it('are put together by whom they talk to and with which labels, and go on with what follows', () => {
    expect(
      extracted(`network N {
  process A(n: int) { par { send n to B: one  receive x from C: two } and { send n + 1 to C: three } send x to B }
  process B { receive y from A: one  send y to C: four  receive z from A }
  process C { par { receive v from A: three } and { receive w from B: four  send w to A: two } }
}`),
    ).toBe(`choreography NProtocol(A(n: int), B, C) {
  par {
    A.n -> B.y: one
    B.y -> C.w: four
    C.w -> A.x: two
  } and {
    A.n + 1 -> C.v: three
  }
  A.x -> B.z
}
`);
  });
  it('keep what is one step, and leave it out where no thread could come between', () => {
    expect(
      extracted(`network N {
  process Bank(amount: int): int {
    at { paid = 0  wanted = 0 }
    par { receive paid from One: paid  at { amount = amount + paid  paid = 0 } }
    and { receive wanted from Two: wanted  at { if wanted <= amount { amount = amount - wanted } } }
    return amount
  }
  process One(in: int) { send in to Bank: paid }
  process Two(out: int) { send out to Bank: wanted }
}`),
    ).toBe(`choreography NProtocol(Bank(amount: int), One(in: int), Two(out: int)): int@Bank {
  Bank.paid = 0
  Bank.wanted = 0
  par {
    One.in -> Bank.paid: paid
    at Bank {
      amount = amount + paid
      paid = 0
    }
  } and {
    Two.out -> Bank.wanted: wanted
    at Bank {
      if wanted <= amount {
        amount = amount - wanted
      }
    }
  }
  return Bank.amount
}
`);
  });
  it('may hold others, a process taking part in one or in both of these', () => {
    expect(
      extracted(`network N {
  process A(n: int) { par { par { send n to B: a } and { send n to B: b } send n to C: c } and { send n to C: d } }
  process B { par { receive x from A: a } and { receive y from A: b } }
  process C { par { receive x from A: c } and { receive y from A: d } }
}`),
    ).toBe(`choreography NProtocol(A(n: int), B, C) {
  par {
    par {
      A.n -> B.x: a
    } and {
      A.n -> B.y: b
    }
    A.n -> C.x: c
  } and {
    A.n -> C.y: d
  }
}
`);
  });
  it('are waited for as a whole where others wait for what comes after them', () => {
    expect(
      extracted(`network N {
  process A(n: int) { par { send n to B: a  receive x from B: b } and { send n to C: c } }
  process B { par { receive y from A: a } and { z = 1 } send z to A: b }
  process C { receive x from A: c }
}`),
    ).toBe(`choreography NProtocol(A(n: int), B, C) {
  par {
    par {
      A.n -> B.y: a
    } and {
      B.z = 1
    }
    B.z -> A.x: b
  } and {
    A.n -> C.x: c
  }
}
`);
  });
  it('stand in loops and decisions, and have their own', () => {
    const text = extracted(`network N {
  process A(n: int) {
    rec L {
      par { send n to B: a  receive x from B: b }
      and { send n to C: c  rec M { choice { send to C: m  continue M } or { send to C: e } } }
      if n > 1 { send to B: more  send to C: more  continue L } else { send to B: stop  send to C: stop }
    }
  }
  process B { rec L { receive y from A: a  send y + 1 to A: b  receive from A { more { continue L } stop {} } } }
  process C { rec L { receive y from A: c  rec M { receive from A { m { continue M } e {} } } receive from A { more { continue L } stop {} } } }
}`);
    expect(text).toContain(`  rec X {
    par {
      A.n -> B.y: a
      B.y + 1 -> A.x: b
    } and {
      A.n -> C.y: c
      rec Y {
        choice at A {
          A -> C: m
          continue Y
        } or {
          A -> C: e
        }
      }
    }
    if A.n > 1 {`);
  });
  it('may go on for ever', () => {
    expect(
      extracted(`network N {
  process A { par { rec L { send 1 to B: a  continue L } } and { rec L { receive y from C: c  continue L } } }
  process B { rec L { receive y from A: a  continue L } }
  process C { rec L { send 1 to A: c  continue L } }
}`),
    ).toContain('par {\n    rec X {\n      A.1 -> B.y: a\n      continue X\n    }\n  } and {\n    rec X {');
  });
  it('call what all of them that take part come to', () => {
    expect(
      extracted(`network N {
  process A(n: int) { par { do Sub(A(n), B) } and { send n to B: b } }
  process B { par { do Sub(A, B) } and { receive x from A: b } }
}
network Sub {
  process P(n: int) { send n to Q: a }
  process Q { receive m from P: a }
}`),
    ).toContain('par {\n    do SubProtocol(A(n), B)\n  } and {\n    A.n -> B.x: b\n  }');
  });
  it('decide by copies of one value, as long as no other thread sets it', () => {
    const network = (other: string): string => `network N {
  process A(ok: bool, no: bool) { par { send ok to B: a  if ok { send 1 to B: p } else { receive x from B: q } } and { send 1 to C: d  ${other} } }
  process B { receive k from A: a  if k { receive x from A: p } else { send 2 to A: q } }
  process C { receive z from A: d }
}`;
    expect(extracted(network('no = true'))).toContain('A.ok -> B.k: a\n    if A.ok, B.k {');
    expect(refused(network('ok = no')).message).toContain('nobody can go on from here');
  });
  it('go on at the same time for one who sends first and takes what comes later, in order', () => {
    expect(
      extracted(`network N {
  process A { par { send 1 to B: a } and { receive x from B: b } }
  process B { send 2 to A: b  receive y from A: a }
}`),
    ).toBe(`choreography NProtocol(A, B) {
  par {
    A.1 -> B.y: a
  } and {
    B.2 -> A.x: b
  }
}
`);
  });
});

describe('none is found', () => {
  it('where each thread belongs to all others', () => {
    const { message, at } = refused(`network N {
  process A { par { send 1 to B: a  receive x from B: b } and { send 2 to B: c  receive y from B: d } }
  process B { par { receive x from A: a  send 4 to A: d } and { receive y from A: c  send 3 to A: b } }
}`);
    expect(message).toBe(
      'No choreography was found: A and B do several things at the same time, and which of them belong together can’t be told by their messages: each leads to all others.',
    );
    expect(at).toMatch(/^par \{ send 1 to B: a/);
  });
  it('where one thread waits for what another process does in another order', () => {
    const { message, at } = refused(`network N sync {
  process A { par { send 1 to B: a } and { receive x from B: b } }
  process B { send 2 to A: b  receive y from A: a }
}`);
    expect(message).toMatch(/^No choreography was found: A does several things at the same time, .*nobody can go on/);
    expect(at).toContain('send');
  });
  it('where a process goes on in several ways', () => {
    expect(
      refused(`network N {
  process A { par { choice { send to B: p } or { send to B: q } } and { send to C: d }  receive from B { r {} s {} } }
  process B { receive from A { p { send to A: r } q { send to A: s } } }
  process C { receive from A: d }
}`).message,
    ).toContain('what B does after the `par` depends on what was decided within it');
  });
  it('in a network that goes wrong', () => {
    expect(
      refused(`network N {
  process A(n: int) { par { receive x from B: a  send x to C: b } and { send n to C: c } }
  process B { receive q from C: d  send 1 to A: a }
  process C { par { receive x from A: b  send x to B: d } and { receive y from A: c } }
}`).message,
    ).toMatch(/^There is no choreography: /);
  });
});

it('a projection with threads implements the choreography that is extracted from it, and one is found nearly always', async () => {
  const counts = { extracted: 0, refused: 0, threads: 0, proved: 0 };
  const source = 'file:///a/source.chor';
  await holds(
    [threadedChoreographies],
    (text) => {
      const workspace = new Workspace({ limits: { states: 500, buffer: 2 } });
      workspace.set(source, text);
      const analysis = workspace.analyze(source);
      if (!analysis || analysis.findings.some((f) => f.severity === 'error')) return;
      // As if they had been written without it.
      const projection = (projectionFile(workspace, source, 'Main')?.text ?? '').replace(/ implements \w+/g, '');
      const { workspace: there, result } = answer(
        projection,
        'Main_Network',
        { [source]: text },
        new Workspace({ limits: { states: 500, buffer: 2 } }),
      );
      if (result.kind === 'failed') {
        counts.refused++;
        expect(result.message, projection).toMatch(/^No choreography was found/);
        return;
      }
      counts.extracted++;
      if (projection.includes('par {')) {
        counts.threads++;
        expect(result.texts.join('\n'), projection).toContain('par {');
      }
      expect(conformance(there, projection, result), `${result.texts.join('\n')}\n${projection}`).toEqual([]);
      if (isProved(there, projection, result)) counts.proved++;
    },
    { numRuns: runsOf(40) },
  );
  expect(counts.threads).toBeGreaterThan(20);
  expect(counts.extracted).toBeGreaterThan(9 * counts.refused);
  // To the letter, as far as calls of other networks let that be told.
  expect(counts.proved).toBeGreaterThan(0.7 * counts.extracted);
}, 240_000);

// Extraction: the choreography of a network, and why there is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extraction } from '../../language/features/extract.js';
import type { ExtractionAnswer } from '../../language/features/extract.js';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { networkOf } from './helpers.js';

const uri = 'file:///a/net.chor';

function answer(text: string, name?: string, others: Readonly<Record<string, string>> = {}): { workspace: Workspace; result: ExtractionAnswer } {
  const workspace = new Workspace();
  for (const [other, content] of Object.entries(others)) workspace.set(other, content);
  workspace.set(uri, text);
  const file = workspace.file(uri);
  if (!file) throw new Error('no file');
  const result = extraction(workspace, uri, networkOf(file, name));
  if (!result) throw new Error('no answer');
  return { workspace, result };
}

/** The text of the choreography, which the network was found to implement. */
function extracted(text: string): string {
  const { workspace, result } = answer(text);
  if (result.kind === 'failed') throw new Error(result.message);
  expect(conformance(workspace, text, result)).toEqual([]);
  return result.texts.join('\n');
}

/** The errors of the network when it implements what was extracted from it. */
function conformance(workspace: Workspace, text: string, result: Extract<ExtractionAnswer, { kind: 'extracted' }>): string[] {
  const trial = workspace.fork();
  const at = result.network.name.origin.end;
  trial.set(uri, `${text.slice(0, at)} implements ${result.name}${text.slice(at)}\n${result.texts.join('\n')}`);
  return (trial.analyze(uri)?.findings ?? []).filter((f) => f.severity === 'error').map((f) => `${f.code}: ${f.message}`);
}

/** Why there is none, and the text of the place. */
function refused(text: string): { message: string; at: string } {
  const { result } = answer(text);
  if (result.kind === 'extracted') throw new Error(result.texts.join('\n'));
  return { message: result.message, at: text.slice(result.origin.start, result.origin.end) };
}

describe('extraction finds', () => {
  it('messages with their values, variables and labels, inputs and the result', () => {
    expect(extracted(`network N {
  process A(n: int): int { send n + 1 to B: more  receive r from B  return r }
  process B { receive x from A: more  y = x * 2  send y to A }
}`)).toBe(`choreography NProtocol(A(n: int), B): int@A {
  A.n + 1 -> B.x: more
  B.y = x * 2
  B.y -> A.r
  return A.r
}
`);
  });
  it('a decision with its labels, and what follows both branches once', () => {
    expect(extracted(`network N {
  process A(ok: bool) { if ok { send to B: yes } else { send to B: no } send 1 to B }
  process B { receive from A { yes {} no {} } receive x from A }
}`)).toBe(`choreography NProtocol(A(ok: bool), B) {
  if A.ok {
    A -> B: yes
  } else {
    A -> B: no
  }
  A.1 -> B.x
}
`);
  });
  it('a loop, and what follows it', () => {
    expect(extracted(`network N {
  process A { rec L { choice { send to B: more  receive x from B  continue L } or { send to B: done } } send 1 to B }
  process B { rec M { receive from A { more { send 2 to A  continue M } done {} } } receive y from A }
}`)).toBe(`choreography NProtocol(A, B) {
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
  it('a crosswise exchange, one message before the other', () => {
    expect(extracted(`network N {
  process A { send 1 to B  receive x from B }
  process B { send 2 to A  receive y from A }
}`)).toBe(`choreography NProtocol(A, B) {
  A.1 -> B.y
  B.2 -> A.x
}
`);
  });
  it('a crosswise exchange that goes on for ever (the alternating bit)', () => {
    expect(extracted(`network N {
  process A { send 0 to B  send 1 to B  rec L { receive x from B  send 0 to B  receive x from B  send 1 to B  continue L } }
  process B { rec L { receive x from A  send 2 to A  receive x from A  send 3 to A  continue L } }
}`)).toContain('rec X {');
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
    expect(extracted(`network N {
  process A { do Sub(A(1), B) }
  process B { do Sub(A, B) }
}
network Sub {
  process X(n: int) { send n to Y }
  process Y { receive m from X }
}`)).toBe(`choreography NProtocol(A, B) {
  do SubProtocol(A(1), B)
}

choreography SubProtocol(X(n: int), Y) {
  X.n -> Y.m
}
`);
  });
});

describe('there is no choreography', () => {
  it('where nobody can go on', () => {
    const { message, at } = refused('network N {\n  process A { receive x from B  send 1 to B }\n  process B { receive y from A  send 2 to A }\n}');
    expect(message).toContain('nobody can go on from here');
    expect(message).toContain('A waits for a message from B; B waits for a message from A');
    expect(at).toBe('receive x from B');
  });
  it('for crossing messages without queues', () => {
    expect(refused('network N sync {\n  process A { send 1 to B  receive x from B }\n  process B { send 2 to A  receive y from A }\n}').message).toContain('nobody can go on');
  });
  it('where what is sent first depends on what crosses it', () => {
    expect(refused('network N {\n  process A(x: int) { send x to B  receive x from B }\n  process B(y: int) { send y to A  receive y from A }\n}').message).toContain('nobody can go on');
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
  it('that would hold decisions by copies, which is said', () => {
    expect(refused(`network N {
  process A(ok: bool) { send ok to B  if ok { send 1 to B } else { receive x from B } }
  process B { receive ok from A  if ok { receive x from A } else { send 1 to A } }
}`).message).toContain('copies of one value');
  });
});

describe('the law', () => {
  it('a projection implements the choreography that is extracted from it, and one is found for nine in ten at least', () => {
    const counts = { extracted: 0, refused: 0 };
    const source = 'file:///a/source.chor';
    fc.assert(fc.property(programs(8), ({ text }) => {
      const workspace = new Workspace();
      workspace.set(source, text);
      const analysis = workspace.analyze(source);
      fc.pre(analysis !== undefined && !analysis.findings.some((f) => f.severity === 'error'));
      // Several guards at once are not followed.
      fc.pre(!/^\s*(if|while|match) [^\n{]*[^\n{>-], [A-Z]\./m.test(text));
      const projection = projectionFile(workspace, source, 'Main')?.text ?? '';
      const { workspace: there, result } = answer(projection, 'Main', { [source]: text });
      if (result.kind === 'failed') {
        counts.refused++;
        // It may be that none is found that projects; but never that something is wrong with the network.
        expect(result.message).toContain('No choreography was found that checks');
        return;
      }
      counts.extracted++;
      const errors = conformance(there, projection, result);
      if (errors.length > 0) throw new Error(`${errors.join('\n')}\n${result.texts.join('\n')}\n${projection}`);
    }), { numRuns: 80 });
    expect(counts.extracted).toBeGreaterThan(9 * counts.refused);
  });
});

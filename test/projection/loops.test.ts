// Loops and calls that do nothing, never end, or tell what nobody needs to know; and labels that are none.
import { describe, expect, it } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { uri } from './helpers.js';
import { inWords } from '../in-words.js';

function found(text: string, ...codes: string[]): string[] {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return (workspace.analyze(uri)?.findings ?? [])
    .filter((f) => codes.includes(f.code))
    .map((f) => text.slice(f.origin.start, f.origin.end));
}

describe('what is redundant in loops', () => {
  const loop = (again: string, stop: string, rest = ''): string =>
    `extern more(): bool\nchoreography R(A, B, C) {\n  rec Try {\n    if A.more() {\n      A -> B: again\n${again}      continue Try\n    } else {\n      A -> B: stop\n${stop}    }\n  }\n${rest}}\n`;
  it('is to be told that it goes round, where the end is told', () => {
    expect(found(loop('      B -> C: again\n', '      B -> C: stop\n'), 'redundant-selection')).toEqual([
      'B -> C: again',
    ]);
    expect(found(loop('      A -> C: again\n', '      A -> C: stop\n'), 'redundant-selection')).toEqual([
      'A -> B: again',
      'A -> C: again',
    ]);
  });
  it('is to be told that it goes round, where what follows the loop tells', () => {
    expect(found(loop('      B -> C: again\n', '', '  B -> C: bye\n'), 'redundant-selection')).toEqual([
      'B -> C: again',
    ]);
  });
  it('is not what the role needs to go on', () => {
    expect(
      found(loop('      B -> C: again\n      C -> B: fine\n', '      B -> C: stop\n'), 'redundant-selection'),
    ).toEqual([]);
    expect(found(loop('      B -> C: again\n', ''), 'redundant-selection')).toEqual([]);
  });
  it('is not what the loop is about', () => {
    expect(
      found(
        'extern more(): bool\nchoreography R(A, B) {\n  rec Try {\n    if A.more() {\n      A -> B: again\n      continue Try\n    } else {\n      A -> B: stop\n    }\n  }\n}\n',
        'redundant-selection',
      ),
    ).toEqual([]);
  });
  it('is not what brings a value', () => {
    expect(found(loop('      B.1 -> C.n: again\n', '      B -> C: stop\n'), 'redundant-selection')).toEqual([]);
  });
});

describe('what is unreachable', () => {
  const endless =
    'choreography Forever(A, B) { rec X { A -> B: tick; continue X } }\nchoreography Deeper(A, B) { do Forever(A, B) }\n';
  it.each([
    ['a call that never returns', 'do Forever(A, B)\n  B -> A: never', 'B -> A: never'],
    [
      'a call of one that calls such',
      'do Deeper(A, B)\n  B -> A: never\n  A -> B: nor',
      'B -> A: never\n  A -> B: nor',
    ],
    [
      'a decision that only leads to such',
      'if A.c -> B { do Forever(A, B) } else { do Deeper(A, B) }\n  B -> A: never',
      'B -> A: never',
    ],
    ['a loop that is never left', 'rec X { A -> B: tick; continue X }\n  B -> A: never', 'B -> A: never'],
    ['a loop around such a call', 'rec X { A -> B: tick; do Forever(A, B) }\n  B -> A: never', 'B -> A: never'],
  ])('is what follows %s', (_, body, range) => {
    expect(found(`${endless}choreography M(A(c: bool), B) {\n  ${body}\n}\n`, 'unreachable')).toEqual([range]);
  });
  it('is not what follows a call that may return', () => {
    expect(
      found(
        'choreography May(A(c: bool), B) { if A.c -> B { do May(A(c), B) } }\nchoreography M(A(c: bool), B) {\n  do May(A(c), B)\n  B -> A: then\n}\n',
        'unreachable',
      ),
    ).toEqual([]);
  });
});

describe('a loop that does nothing', () => {
  it.each([
    ['but call what does nothing', 'rec X { do Nothing(A, B); continue X }'],
    ['but call what calls what does nothing', 'rec X { do Nothing2(A, B); continue X }'],
    ['but call what may do nothing', 'rec X { do Maybe(A(true), B); continue X }'],
  ])('%s is unguarded', (_, body) => {
    const text = `choreography Nothing(A, B) {}\nchoreography Nothing2(A, B) { do Nothing(B, A); do Nothing(A, B) }\nchoreography Maybe(A(c: bool), B) { if A.c { A -> B: hi } }\nchoreography M(A, B) {\n  ${body}\n}\n`;
    expect(found(text, 'unguarded-recursion')).toEqual(['continue X']);
  });
  it('is unguarded in a process', () => {
    expect(
      found(
        'network N {\n  process A { rec X { do Nothing(A, B) continue X } }\n  process B { send to A: hi }\n}\nnetwork Nothing { process A {} process B {} }\n',
        'unguarded-recursion',
      ),
    ).toEqual(['continue X']);
  });
  it('is unguarded recursion by calls, also behind calls that do nothing', () => {
    expect(
      found(
        'choreography Nothing(A, B) {}\nchoreography M(A, B) {\n  do Nothing(A, B)\n  do M(A, B)\n}\n',
        'unguarded-recursion',
      ),
    ).toEqual(['do M(A, B)']);
  });
  it.each([
    'rec X { do Something(A, B); continue X }',
    'rec X { if A.ready() -> B { continue X } else { A -> B: go } }',
    'rec X { if A.ready() { continue X } else { A -> B: go } }',
    'rec X { do Takes(A(ask()), B); continue X }',
  ])('is another thing than `%s`', (body) => {
    expect(
      found(
        `extern ready(): bool\nextern ask(): int\nchoreography Something(A, B) { A -> B: hi }\nchoreography Takes(A(n: int), B) {}\nchoreography M(A, B) {\n  ${body}\n}\n`,
        'unguarded-recursion',
      ),
    ).toEqual([]);
  });
  it('may wait for a host function in a process too', () => {
    expect(
      found(
        'extern ready(): bool\nnetwork N {\n  process A { rec X { if ready() { continue X } } send to B: go }\n  process B { receive from A: go }\n}\n',
        'unguarded-recursion',
      ),
    ).toEqual([]);
  });
  it('takes no time that doubles with the calls in it', () => {
    const chain = Array.from(
      { length: 40 },
      (_, i) => `choreography C${i}(A, B) { ${i === 39 ? '' : `do C${i + 1}(A, B); do C${i + 1}(A, B)`} }`,
    ).join('\n');
    expect(
      found(`${chain}\nchoreography M(A, B) { rec X { do C0(A, B); continue X } }\n`, 'unguarded-recursion'),
    ).toEqual(['continue X']);
  });
});

describe('the label `_`', () => {
  it('is that of a message without one', () => {
    const text =
      'choreography U(A(c: bool), B) {\n  if A.c {\n    A.1 -> B.x: _\n    A -> B: one\n  } else {\n    A.2 -> B.x\n    A -> B: two\n  }\n}\nnetwork N implements U {\n  process B {\n    receive x: int from A: _\n    receive from A { one {} two {} }\n  }\n}\nnetwork V {\n  process A { send 1 to B: _ }\n  process B { receive from A { _(n) {} } }\n}\n';
    const workspace = new Workspace();
    workspace.set(uri, text);
    expect(workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error')).toEqual([]);
    const projected = projectionFile(workspace, uri, 'U')?.text ?? '';
    expect(projected).toContain('receive x from A\n');
    workspace.set('file:///beside.chor', projected);
    expect(workspace.analyze('file:///beside.chor')?.verdicts.map((v) => v.verdict)).toEqual(['proved']);
  });
  it('has its types in a sketch', () => {
    const text =
      'choreography S(A, B) {\n  A -> B: _(int, string)\n  choice at A { A -> B: _(int) } or { A -> B: other }\n}\n';
    const workspace = new Workspace();
    workspace.set(uri, text);
    expect(workspace.analyze(uri)?.findings.filter((f) => f.severity === 'error')).toEqual([]);
    const projected = projectionFile(workspace, uri, 'S')?.text ?? '';
    workspace.set('file:///beside.chor', projected);
    expect(
      workspace
        .analyze('file:///beside.chor')
        ?.findings.filter((f) => f.severity === 'error')
        .map((f) => inWords(f, workspace).message),
      projected,
    ).toEqual([]);
    expect(workspace.analyze('file:///beside.chor')?.verdicts.map((v) => v.verdict)).toEqual(['proved']);
  });
});

it('what tells of a round comes before what tells of the end, also where the loop is one of several things that may come', () => {
  const text = `extern ok(): bool
extern more(): bool
extern show(n: int)
choreography C(A, B) {
  if A.ok() {
    while A.more() -> B {
      A.1 -> B.x
      B.show(x)
    }
  } else {
    A -> B: close
  }
}
`;
  const workspace = new Workspace();
  workspace.set(uri, text);
  const projected = projectionFile(workspace, uri, 'C', { role: 'B' })?.text ?? '';
  expect([...projected.matchAll(/^ +(again|done|close) \{/gm)].map((m) => m[1])).toEqual([
    'again',
    'again',
    'done',
    'done',
    'close',
  ]);
});

// Values that all know: where they may be used, what is told, how they come to processes, and what is explored.
import { describe, expect, test } from 'vitest';
import { declaredAt, declaredRoles, sizedScope } from '../../language/families/sized.js';
import type { Choreography } from '../../language/ir/choreography.js';
import { forSizes } from '../../language/network/verdict/verdict.js';
import { givenScope, withGiven } from '../../language/parameters/scope.js';
import { projectionFile } from '../../language/projection/file.js';
import { printNetwork } from '../../language/projection/print.js';
import { project } from '../../language/projection/project.js';
import { Workspace } from '../../language/workspace.js';
import { inWords } from '../in-words.js';

const uri = 'file:///t/main.chor';
const beside = 'file:///t/projected.chor';

function workspaceOf(text: string): Workspace {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return workspace;
}

function told(text: string): string[] {
  return (workspaceOf(text).analyze(uri)?.findings ?? [])
    .filter(({ severity }) => severity !== 'hint')
    .map((each) => `${each.code}: ${text.slice(each.origin.start, each.origin.end)}`);
}

function messages(text: string): string {
  return (workspaceOf(text).analyze(uri)?.findings ?? []).map((each) => inWords(each).message).join('\n');
}

function projected(text: string, name: string | string[]): string {
  const workspace = workspaceOf(text);
  const file = projectionFile(workspace, uri, name);
  expect(file?.holes).toEqual([]);
  workspace.set(beside, file?.text ?? '');
  const analysis = workspace.analyze(beside);
  expect(analysis?.findings.map((each) => inWords(each).message)).toEqual([]);
  expect(analysis?.verdicts.map(({ name: own, verdict }) => `${own} ${verdict}`)).toEqual(
    analysis?.verdicts.map(({ name: own }) => `${own} proved`),
  );
  return file?.text ?? '';
}

const quiz = `extern answer(n: int): int
extern note(n: int)
const most = 4
choreography Quiz(Teacher, Pupil, Log, rounds: int, strict: bool) {
  for i in 0 until rounds {
    Teacher.i * rounds -> Pupil.question
    Pupil.answer(question) -> Teacher.reply
    if Teacher.strict, Log.strict {
      Teacher.reply -> Log.entry
      Log.note(entry + rounds)
    }
  }
}
`;

describe('where a value stands', () => {
  test('every role may use it, and decide by it without being told', () => {
    expect(told(quiz)).toEqual([]);
    const text = projected(
      `${quiz}choreography Course(T, P, L, n: int) {\n  do Quiz(T, P, L, n + 1, true)\n  do Quiz(T, P, L, most, n > 3)\n}\n`,
      'Course',
    );
    expect(text).toContain('network Quiz_Network implements Quiz {');
    expect(text).toContain('do Quiz_Network(T, P, L, n + 1, true)');
    expect(text).toContain('if strict {\n        receive entry from Teacher');
    expect(text).toContain('send i * rounds to Pupil');
  });

  test('who does not decide by it has to be told', () => {
    expect(told('choreography C(A, B, strict: bool) {\n  if A.strict { A -> B: go }\n}\n')).toEqual([
      'knowledge-of-choice: if A.strict',
    ]);
    expect(told('choreography C(A, B, n: int) {\n  if A.n > 2, B.n > 2 { A -> B: go }\n}\n')).toEqual([]);
    expect(told('choreography C(A, B, n: int) {\n  if A.n > 2, B.2 < n { A -> B: go }\n}\n')).toEqual([]);
    expect(told('choreography C(A, B, n: int) {\n  if A.n > 2, B.n > 3 { A -> B: go }\n}\n')).toEqual([
      'guards-may-differ: B.n > 3',
    ]);
    expect(
      told('choreography C(A, B, n: int) {\n  for i in 0 until n { if A.i > 0, B.i > 1 { A -> B: go } }\n}\n'),
    ).toEqual(['guards-may-differ: B.i > 1']);
  });

  test('a network that no choreography gives it has it in its header', () => {
    const text =
      'extern note(n: int)\nnetwork N(rounds: int) {\n  process A {\n    for i in 0 until rounds { send i to B }\n  }\n  process B {\n    for i in 0 until rounds {\n      receive x from A\n      note(x + rounds)\n    }\n  }\n}\n' +
      'network M(k: int) {\n  process A { do N(A, B, k + 1) }\n  process B { do N(A, B, k + 1) }\n}\n';
    expect(told(text)).toEqual([]);
    const verdicts = workspaceOf(text).analyze(uri)?.verdicts ?? [];
    expect(verdicts.map((each) => `${each.name} ${each.verdict}${forSizes(each)}`)).toEqual([
      'N proved with `rounds` 2 and 3',
      'M proved with `k` 2 and 3',
    ]);
  });

  test('in what is explored it is one value, the same at all', () => {
    const network = (other: string): string =>
      `network N(n: int) {\n  process A { if n > 2 { send 1 to B: go } else { send to B: stop } }\n  process B { if ${other} { receive x: int from A: go } else { receive from A: stop } }\n}\n`;
    expect(told(network('n > 2'))).toEqual([]);
    expect(told(network('not (n <= 2)'))).toEqual([]);
    expect(told(network('n > 3')).map((each) => each.split(':')[0])).toEqual(['label-mismatch']);
  });

  test('a run with the wrong number of rounds is found at a size', () => {
    const text =
      'network N(rounds: int) {\n  process A { for i in 0 until rounds { send i to B } }\n  process B { for i in 0 until rounds - 1 { receive _: int from A } }\n}\n'.replace(
        'receive _: int',
        'receive',
      );
    expect(told(text).map((each) => each.split(':')[0])).toEqual(['unmatched-send']);
  });
});

describe('what is told', () => {
  const main = (line: string): string =>
    `extern ask(): int\n${quiz}choreography Main(A(start: int), B, C, n: int, s: string) {\n  ${line}\n  A.start + n -> B.x\n  B.note(x + length(s))\n  C.note(n)\n}\n`;

  test.each([
    ['do Quiz(A, B, C, start, true)', 'not-shared: start', '`start` is A’s alone'],
    ['do Quiz(A, B, C, ask(), true)', 'not-shared: ask()', 'asks a host function'],
    ['do Quiz(A, B, C, B, true)', 'not-shared: B', 'B is a role'],
    ['do Quiz(A, B, C, nn, true)', 'not-shared: nn', 'Did you mean `n`?'],
    ['do Quiz(A, B, C, s, true)', 'type-mismatch: s', 'an `int`'],
    ['do Quiz(A, B, C, 1)', 'wrong-arguments: do Quiz(A, B, C, 1)', 'takes 5 arguments'],
    ['A.n = 3', 'duplicate-name: n', 'There is already a shared value `n`'],
    ['A.1 -> B.n', 'duplicate-name: n', 'There is already a shared value `n`'],
    ['for n in 0 until 2 { A.n -> B.y  B.note(y) }', 'duplicate-name: n', ''],
    ['for i in 0 until s { A.i -> B.y  B.note(y) }', 'type-mismatch: s', 'an index is an `int`'],
  ])('%s', (line, found, message) => {
    expect(told(main(line))).toEqual([found]);
    expect(messages(main(line))).toContain(message);
  });

  test('two of one name, or of a role, an input or a size', () => {
    expect(told('choreography C(A, B, n: int, n: int) { A -> B: x }\n')).toEqual(['duplicate-name: n']);
    expect(told('choreography C(A, B, A: int) { A -> B: x }\n')).toEqual(['duplicate-name: A']);
    expect(told('choreography C(A(n: int), B, n: int) { A.n -> B.x  B.show(x) }\nextern show(x: int)\n')).toEqual([
      'duplicate-name: n',
    ]);
    expect(told('choreography C(A[n], B, n: int) { A -> B: x }\n')).toEqual(['duplicate-name: n']);
  });

  test('an index that it may lead out of the family', () => {
    expect(told('choreography C(A, Node[n], k: int) { A -> Node[k]: x }\n')).toEqual(['index-out-of-range: k']);
    expect(told('choreography C(A, Node[n], k: int) { for i in 0 until k { A -> Node[i]: x } }\n')).toEqual([
      'index-out-of-range: i',
    ]);
  });

  test('a process gives what all know, too', () => {
    const network = (value: string): string =>
      `network N(k: int) {\n  process A { send k to B }\n  process B { receive x from A\n    note(x) }\n}\nnetwork M(n: int) {\n  process A(own: int) { do N(A, B, ${value}) }\n  process B { do N(A, B, ${value}) }\n}\nextern note(x: int)\n`;
    expect(told(network('n + 1'))).toEqual([]);
    expect(told(network('own'))).toEqual(['not-shared: own', 'not-shared: own']);
  });
});

describe('for any value', () => {
  test.each([
    'for r in 0 until k { A.r -> Node.x  Node.x -> A.xs }',
    'for r in 0 until k { for i in Node { Node[i].r -> Node[(i + 1) % n].x } }',
    'for r in 1 until k { A.r -> Node[0].x  if A.r > 1, Node.r > 1 { Node.v -> A.vs } }',
    'for r in 0 until k { for i in 0 until n - 1 { Node[i].v -> Node[i + 1].v } }',
    'for r in k until k + 2 { A.r -> Node[n - 1].x }',
  ])('the projection is that of each: %s', (line) => {
    const text = `choreography C(A(w: int), Node[n >= 2](v: int), k: int) {\n  ${line}\n}\n`;
    const analysis = workspaceOf(text).analyze(uri);
    const declaration = analysis?.file.declarations[0];
    if (!analysis || declaration?.kind !== 'choreography') throw new Error('no choreography');
    expect(analysis.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const scope = sizedScope(givenScope(analysis.scope));
    const choreography: Choreography = withGiven(declaration, scope);
    const any = project(choreography, scope).network;
    expect(declaredRoles(choreography, scope).map(({ name }) => name.text)).toEqual(['A', 'Node', 'k']);
    for (const n of [2, 3, 4])
      for (const k of [0, 1, 2, 3]) {
        const sizes = new Map([
          ['Node', n],
          ['k', k],
        ]);
        const [whole, sized] = [
          declaredAt(choreography, sizes, scope),
          declaredAt({ ...any, implements: undefined }, sizes, scope),
        ];
        if (!whole || !sized) throw new Error('too long');
        expect(printNetwork(sized, 'N').text).toBe(printNetwork(project(whole, scope).network, 'N').text);
      }
  });

  test('of one that calls itself with other values, not all is explored', () => {
    const text =
      'choreography Down(A, B, left: int) {\n  A -> B: next\n  for i in 0 until left { A.i -> B.x }\n  if A.left > 0, B.left > 0 { do Down(A, B, left - 1) }\n}\n';
    const workspace = workspaceOf(text);
    expect(workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    workspace.set(beside, projectionFile(workspace, uri, 'Down')?.text ?? '');
    expect(workspace.analyze(beside)?.verdicts.map((each) => `${each.verdict}${forSizes(each)}`)).toEqual([
      'bounded with `left` 2 and 3',
    ]);
  });

  test('of one that calls itself with other values, what is written as it is projected is right', () => {
    const count = `choreography Count(A, B, left: int) {
  A -> B: start
  if A.left > 0, B.left > 0 { do Count(A, B, left - 1) } else { A -> B: over }
}
`;
    const text = `${count}choreography Main(A(go: bool), B, n: int) {
  if A.go { do Count(A, B, n) } else { A -> B: bye }
}
`;
    expect(projected(text, ['Count', 'Main'])).toContain(`      start {
        if n > 0 {
          do Count_Network(A, B, n - 1)`);
  });

  test('where a call is written in place of itself, it stands where it is used', () => {
    const text = `choreography Follow(A, B, loud: bool) {
  A -> B: start
  if A.loud, B.loud { do Say(A, B, loud) } else { A -> B: terse }
}
choreography Say(A, B, really: bool) {
  if A.really, B.really { A -> B: chatty } else { A -> B: stopped }
}
choreography Main(A(go: bool), B, strict: bool) {
  if A.go { do Follow(A, B, not strict) } else { A -> B: bye }
}
`;
    expect(told(text)).toEqual([]);
    expect(projected(text, 'Main')).toContain(`      start {
        if not strict {
          do Say_Network(A, B, not strict)`);
  });

  test('round a loop that stands for the call, it is a variable of the role, where it needs it', () => {
    const text = (guard: string): string => `extern more(): bool
extern note(x: int)
choreography Inner(A, B, left: int) {
  A.left -> B.x: item
  B.note(x)
${guard}  if A.more() { do Inner(A, B, left - 1) } else { A -> B: over }
}
`;
    expect(projected(text(''), 'Inner')).toContain(`  process B {
    receive x from A: item
    note(x)
    rec Inner {
      receive from A {
        item(x) {
          note(x)
          continue Inner
        }`);
    expect(projected(text('  if A.left > 3, B.left > 3 { A -> B: big }\n'), 'Inner')).toContain(`      item(x2) {
        left2 = left - 1
        rec Inner {
          note(x2)
          if left2 > 3 {
            receive from A: big
          }
          receive from A {
            item(x2) {
              left2 = left2 - 1
              continue Inner
            }`);
  });

  test('nor is it followed for ever with ever more', () => {
    const text =
      'choreography Up(A, B, n: int) {\n  for i in 0 until n { A.i -> B.x }\n  A -> B: more\n  do Up(A, B, n + 1)\n}\n';
    const workspace = workspaceOf(text);
    workspace.set(beside, projectionFile(workspace, uri, 'Up')?.text ?? '');
    expect(workspace.analyze(beside)?.verdicts.map(({ verdict }) => verdict)).toEqual(['bounded']);
  });
});

// Messages of several senders in one statement, and quorums.
import { describe, expect, test } from 'vitest';
import { shortVerdict } from '../../language/features/words.js';
import { hover } from '../../language/features/hover.js';
import { fixesFor } from '../../language/fixes/try.js';
import { projectionFile } from '../../language/projection/file.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { uri, workspaceOf } from '../typing/helpers.js';

const found = (text: string): string[] =>
  diagnosticsIn(workspaceOf(text), uri)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code, message }) => `${code}: ${message}`);
const verdicts = (text: string): string[] =>
  (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);

/**
 * The projections of a choreography, after which they are checked as a network; `byHand`: without what it implements,
 * so that they are explored.
 */
function projected(text: string, name: string, byHand = ''): string {
  const workspace = workspaceOf(text);
  const file = projectionFile(workspace, uri, name);
  expect(file?.holes).toEqual([]);
  const beside = uri.replace('main', 'projected');
  for (const code of [
    file?.text ?? '',
    ...(byHand ? [(file?.text ?? '').replace(` implements ${name}`, byHand === '()' ? '' : byHand)] : []),
  ]) {
    workspace.set(beside, code);
    const analysis = workspace.analyze(beside);
    expect(analysis?.findings.filter(({ severity }) => severity === 'error' || severity === 'warning')).toEqual([]);
    expect(analysis?.verdicts.map(({ verdict }) => verdict)).toEqual(analysis?.verdicts.map(() => 'proved'));
  }
  return file?.text ?? '';
}

describe('several senders in one statement', () => {
  const both = (rest: string): string =>
    `choreography Both(One(n: int), Two(m: int), A): int@A {\n  One.n, Two.m -> A.got${rest}\n  return A.fold(got, 0, (a, b) => a + b)\n}\n`;
  test('are sends at these, and one receive of all', () => {
    const text = projected(both(': number'), 'Both', '()');
    expect(text).toContain('  process One(n: int) {\n    send n to A: number\n  }');
    expect(text).toContain('    receive got from One, Two: number\n');
  });
  test('may be waited for the first of them', () => {
    expect(projected(both(' any 1 by who'), 'Both', '()')).toContain('    receive got from One, Two any 1 by who\n');
    expect(projected(both(' any majority: number'), 'Both', '()')).toContain(
      '    receive got from One, Two any majority: number\n',
    );
  });
  test('send values of one type', () => {
    expect(found('choreography Both(One(n: int), Two(m: string), A) {\n  One.n, Two.m -> A.got\n}\n')).toEqual([
      'type-mismatch: `m` is a `string` here, but One, whose value goes into the same list, sends an `int`.',
    ]);
    expect(
      found('choreography Both(One(n: int), Two, A) {\n  One.n, Two -> A.got\n}\n').map((each) => each.split(':')[0]),
    ).toEqual(['type-mismatch']);
    expect(
      found('choreography Both(One, Two, A) {\n  One, Two -> A.got: ok\n}\n').map((each) => each.split(':')[0]),
    ).toEqual(['type-mismatch']);
    expect(found('choreography Both(One, Two, A) {\n  One, Two -> A any 1: ok\n}\n')).toEqual([]);
    expect(
      found('choreography Both(One(n: int), Two, A) {\n  One.n, Two.n -> A.got\n}\n').map((each) => each.split(':')[0]),
    ).toEqual(['not-located-here']);
  });
  test('give lists, and numbers', () => {
    expect(
      found(
        'choreography Both(One(n: int), Two(m: int), A): string@A {\n  One.n, Two.m -> A.got any 1 by who\n  return A.got\n}\n',
      ).map((each) => each.split(':')[0]),
    ).toEqual(['type-mismatch']);
    expect(
      found(
        'choreography Both(One(n: int), Two(m: int), A): int@A {\n  One.n, Two.m -> A.got any 1 by who\n  return A.first(who) + first(got)\n}\n',
      ),
    ).toEqual([]);
  });
  test('go to one other role', () => {
    const codes = (line: string): string[] =>
      found(
        `choreography Both(One(n: int), Two(m: int), A, B, Node[k = 2]) {\n  ${line}\n  B -> A: m\n  B -> Node: m\n}\n`,
      ).map((each) => each.split(':')[0] ?? '');
    expect(codes('One.n, Two.m -> A.x, B.x')).toEqual(['syntax-error']);
    expect(codes('One.n, Two.m -> A.x[0]')).toEqual(['syntax-error']);
    expect(codes('One.n, Two.m -> One.x')).toEqual(['self-communication']);
    expect(codes('One.n, Two.m -> Node.x')).toEqual(['wrong-members']);
    expect(codes('One.n, Tow.m -> A.x')).toEqual(['unknown-role']);
    expect(codes('One.n, One.n -> A.x')).toEqual(['unused-role', 'duplicate-name']);
    expect(found('choreography C(A, Node[n >= 2](x: int)) {\n  Node[0].x, Node[1 until n].x -> A.xs\n}\n')).toEqual([]);
    expect(
      found('choreography C(A, Node[n >= 2](x: int)) {\n  Node[0].x, Node.x -> A.xs\n}\n').map(
        (each) => each.split(':')[0],
      ),
    ).toEqual(['duplicate-name']);
    expect(codes('One.n, Two.m -> A.x any')).toEqual(['syntax-error']);
  });
  test('a role called `any` is one', () => {
    expect(
      found(
        'choreography C(A(n: int), B, any(x: int), by(y: int)) {\n  A.n -> B.n\n  any.x -> B.x\n  A.n, by.y -> any.zs\n  by.y -> B.y\n}\n',
      ),
    ).toEqual([]);
  });
});

describe('quorums of families', () => {
  const read = (header: string, quorum: string): string =>
    `choreography Read(Client, Replica${header}(value: int)): int@Client {\n  Replica.value -> Client.values ${quorum}: answer\n  return Client.length(values)\n}\n`;
  test('are one text for any number of members', () => {
    const text = projected(read('[n >= 1]', 'any majority by who'), 'Read', '(Replica[n >= 1])');
    expect(text).toContain('    receive values from Replica any majority by who: answer\n');
    expect(text).toContain('  process Replica[i](value: int) {\n    send value to Client: answer\n  }');
  });
  test.each([
    [
      '[n]',
      'any majority',
      'Where `n` is 0, 1 message is waited for, and there is nobody to send one. If there are always more, say so in the header: `[n >= 1]`.',
    ],
    [
      '[n >= 1]',
      'any 3',
      'Where `n` is 1, 3 messages are waited for, and only one is sent by Replica. If there are always more, say so in the header: `[n >= 3]`.',
    ],
    ['[n >= 1]', 'any n + 1', 'Where `n` is 1, 2 messages are waited for, and only one is sent by Replica.'],
    [
      '[n >= 1]',
      'any n - 1',
      'Where `n` is 1, this waits for 0 messages: a quorum is one message at least. If there are always more, say so in the header: `[n >= 2]`.',
    ],
    ['[2]', 'any 0', 'This waits for 0 messages: a quorum is one message at least.'],
    ['[2]', 'any 3', '3 messages are waited for, and only 2 are sent by Replica.'],
  ])('%s, %s', (header, quorum, message) => {
    const [first, ...others] = found(read(header, quorum));
    expect(others).toEqual([]);
    expect(first?.startsWith(`quorum-too-large: ${message.split(' a quorum')[0] ?? ''}`), first).toBe(true);
  });
  test('get as many members as they need by the fix', () => {
    const text = read('[n >= 1]', 'any 3');
    const workspace = workspaceOf(text);
    const finding = workspace.analyze(uri)?.findings.find(({ code }) => code === 'quorum-too-large');
    expect(finding && fixesFor(workspace, finding).map(({ title }) => title)).toContain('At least 3: `[n >= 3]`');
  });
  test('a count is a sum of sizes', () => {
    expect(found(read('[n >= 1]', 'any m')).map((each) => each.split(':')[0])).toContain('wrong-members');
  });
});

test('what nobody reads is taken out by its fix', () => {
  const titles = (text: string): string[] => {
    const workspace = workspaceOf(text);
    return (workspace.analyze(uri)?.findings ?? [])
      .filter(({ code }) => code === 'unused-variable')
      .flatMap((finding) =>
        fixesFor(workspace, finding).flatMap(({ title, edits }) =>
          edits.map(({ start, end }) => `${title}: ${text.slice(start, end)}`),
        ),
      );
  };
  expect(titles('choreography C(A(n: int), B(m: int), R) {\n  A.n, B.m -> R.got any 1 by who: value\n}\n')).toEqual([
    'Remove `R.got`: .got',
    'Remove `R.who`:  by who',
  ]);
  expect(
    titles(
      'network N {\n  process R { receive got: int from A, B any majority by who }\n  process A { send 1 to R }\n  process B { send 1 to R }\n}\n',
    ),
  ).toEqual(['Remove `R.got`: got: int ', 'Remove `R.who`:  by who']);
});

describe('networks', () => {
  const network = (kind: string, ...bodies: string[]): string =>
    `network N ${kind} {\n${['A', 'B', 'C'].map((role, i) => `  process ${role} { ${bodies[i] ?? ''} }`).join('\n')}\n}\n`;
  test.each(['', 'sync', 'buffer 1'])('%s: what comes too late is dropped, at any time', (kind) => {
    expect(verdicts(network(kind, 'receive from B, C any 1: ok', 'send to A: ok', 'send to A: ok'))).toEqual([
      'N: proved free of deadlock',
    ]);
    expect(
      verdicts(
        network(
          kind,
          'receive from B, C any 1: ok receive from B: more receive from C: more',
          'send to A: ok send to A: more',
          'send to A: ok send to A: more',
        ),
      ),
    ).toEqual(['N: proved free of deadlock']);
    // One of them may be asked before the other has answered.
    expect(
      verdicts(
        network(
          kind,
          'receive from B, C any 1: ok send to B: go send to C: go',
          'send to A: ok receive from A: go',
          'send to A: ok receive from A: go',
        ),
      ),
    ).toEqual(['N: proved free of deadlock']);
  });
  test('only what was sent is dropped', () => {
    expect(found(network('', 'receive from B, C any 1: ok', 'send to A: ok', 'send to A: nok'))).toHaveLength(1);
    expect(
      found(network('', 'receive from B, C any 1: ok', 'send to A: ok', 'send to A: ok send to A: ok'))[0],
    ).toContain('unmatched-send');
    expect(found(network('', 'receive from B, C any 2: ok', 'send to A: ok', ''))[0]).toContain('unmatched-receive');
  });
  test('a run says what was dropped', () => {
    const [verdict] =
      workspaceOf(
        network(
          '',
          'receive from B, C any 1: ok receive from C: more receive from C: more',
          'send to A: ok',
          'send to A: ok send to A: more',
        ),
      ).analyze(uri)?.verdicts ?? [];
    expect(verdict?.verdict).toBe('refuted');
    expect(
      verdict?.run
        .map(({ text }) => text)
        .some(
          (text) =>
            text === 'A drops ok from C, which it does not wait for any more' || text === 'A receives ok from C',
        ),
    ).toBe(true);
  });
  test('who came first is known, and its value', () => {
    const text = (answer: number): string =>
      network(
        '',
        `receive got from B, C any 1 by who: ok if first(got) == first(who) + ${answer} { send to B: yes } else { send to B: no }`,
        'send 1 to A: ok receive from A { yes {} }',
        'send 2 to A: ok',
      );
    expect(verdicts(text(1))).toEqual(['N: proved free of deadlock']);
    expect(verdicts(text(2))).toEqual(['N: refuted']);
  });
  test('labels and branches do not go together with several', () => {
    expect(
      found(network('', 'receive from B, C any 1 { ok {} }', 'send to A: ok', 'send to A: ok')).map(
        (each) => each.split(':')[0],
      ),
    ).toEqual(['syntax-error']);
    expect(
      found(network('', 'receive from B, C { ok {} }', 'send to A: ok', 'send to A: ok')).map(
        (each) => each.split(':')[0],
      ),
    ).toEqual(['syntax-error']);
  });
  test('a process conforms where it waits for as many', () => {
    const design = 'choreography D(A, B, C) {\n  B, C -> A any 1: ok\n}\n';
    const byHand = (body: string): string[] =>
      found(`${design}network N implements D {\n  process A { ${body} }\n}\n`).map((each) => each.split(':')[0] ?? '');
    expect(byHand('receive from C, B any 1: ok')).toEqual([]);
    expect(byHand('receive from B, C: ok')).toContain('not-conformant');
    expect(byHand('receive { ok from B {} ok from C {} }')).not.toEqual([]);
  });
});

test('a role that gets a quorum in one branch and something else in the other has to be told', () => {
  const text = (more: string): string =>
    `choreography C(P(b: bool), A, B, R) {\n  if P.b -> A, B${more} {\n    A, B -> R any 1: ok\n  } else {\n    A -> R: no\n  }\n}\n`;
  expect(found(text(''))).toEqual([
    expect.stringContaining(
      'R can’t tell whether `b` holds at P: it gets `ok` from the first of A and B in one branch and `no` from A in the other.',
    ),
  ]);
  expect(found(text(', R'))).toEqual([]);
});

test('a hover shows what each does', () => {
  const text =
    'choreography C(A(n: int), B(m: int), R): int@R {\n  A.n, B.m -> R.got any 1 by who: value\n  return R.first(got) + first(who)\n}\n';
  const at = (piece: string): string => hover(workspaceOf(text), uri, text.indexOf(piece) + 1)?.markdown ?? '';
  expect(at(', B.m')).toContain('receive got: list<int> from A, B any 1 by who: value');
  expect(at('any 1')).toContain('first `k` messages');
  expect(at('by who')).toContain('who sent what came');
});

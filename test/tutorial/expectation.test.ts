// What a chapter expects, as data: what is wrong with it is told; and what each kind finds missing, where the chapters
// have no such answer.
import { expect, test } from 'vitest';
import { readChapter } from '../../language/tutorial/chapter.js';
import { checkAnswer } from '../../language/tutorial/check.js';
import type { Exercise } from '../../language/tutorial/check.js';
import { readExpectations } from '../../language/tutorial/expectation.js';

const expecting = (...expect: object[]): Exercise => ({
  expectations: readExpectations(JSON.stringify({ expect })),
  solution: 'choreography Ping(A, B) {\n  A -> B: ping\n}\n',
});
const ping = 'choreography Ping(A, B) {\n  A -> B: ping\n}\n';
const notYet = (text: string, ...expected: object[]): readonly string[] =>
  checkAnswer(text, expecting(...expected)).notYet;

test.each([
  ['{}', 'What is expected is a list `expect` with something in it.'],
  ['{"expect": []}', 'What is expected is a list `expect` with something in it.'],
  ['{"expect": [{"name": "a"}]}', 'Expectation 1: it has no `kind`.'],
  ['{"expect": [{"kind": "decides"}, {"kind": "magic"}]}', 'Expectation 2: there is no kind `magic`.'],
  ['{"expect": [{"kind": "uses", "in": "A"}]}', 'Expectation 1: `name` is missing.'],
  ['{"expect": [{"kind": "proved", "in": "A", "most": 3}]}', 'Expectation 1: `proved` has no `most`.'],
  ['{"expect": [{"kind": "messages", "most": "3"}]}', 'Expectation 1: `most` is no number.'],
  ['{"expect": [{"kind": "network", "name": "A", "roles": [1]}]}', 'Expectation 1: `roles` is no list of texts.'],
])('%s is told as wrong', (json, message) => {
  expect(() => readExpectations(json)).toThrow(message);
});

test.each([
  ['no title', 'text\n```chor exercise\nx\n```\n', 'The page of the chapter has no title.'],
  ['no exercise', '# One\n```chor\nx\n```\n', 'The page “One” has no exercise.'],
  [
    'two exercises',
    '# One\n```chor exercise\nx\n```\n```chor exercise\ny\n```\n',
    'The page “One” has more than one exercise.',
  ],
])('a page with %s is told as wrong', (_, page, message) => {
  expect(() => readChapter(page)).toThrow(message);
});

test('a page with other line ends reads as well', () => {
  expect(readChapter('# One\r\n\r\n```chor exercise\r\nx\r\n```\r\n\r\nend\r\n')).toEqual({
    title: 'One',
    start: 'x\n',
    page: '# One\n\n\nend\n',
  });
});

test('errors come first, with their lines, and no more than three', () => {
  const [first, second, third, more, ...others] = notYet(
    'choreography C(A, B) {\n  A.a -> B.x\n  A.b -> B.x\n  A.c -> B.x\n  A.d -> B.x\n}\n',
    { kind: 'choreography', name: 'D' },
  );
  expect([first, second, third].map((each) => each?.slice(0, 8))).toEqual(['Line 2: ', 'Line 3: ', 'Line 4: ']);
  expect(more).toBe('And 1 more error.');
  expect(others).toEqual([]);
});

test('a warning is told after what is missing', () => {
  expect(
    notYet('choreography Ping(A, B, C) {\n  A -> B: ping\n}\n', { kind: 'messages', in: 'Ping', least: 2 }),
  ).toEqual([
    '`Ping` takes 1 message on its longest way; it should be 2 at least.',
    'Line 1: C takes part in nothing in `Ping`. Take it out of the header, or give it something to do.',
  ]);
});

test('what is too long is no answer', () => {
  expect(notYet(`${ping}${'// '.repeat(30_000)}`, { kind: 'decides' })[0]).toMatch(
    /^The text has \d+ characters; an answer has 50000 at most\.$/,
  );
});

test('of what is not declared, one sentence tells', () => {
  expect(
    notYet(
      ping,
      { kind: 'network', name: 'N', roles: ['A'] },
      { kind: 'proved', in: 'N' },
      { kind: 'sends', in: 'N', role: 'A' },
    ),
  ).toEqual(['There is no network `N` yet.']);
  expect(notYet(ping, { kind: 'choreography', name: 'Pong' })).toEqual([
    'There is no choreography `Pong` yet, only `Ping`.',
  ]);
});

test('expectations that name no choreography are met by one that meets them all', () => {
  const long =
    'choreography Long(A, B) {\n  A -> B: a\n  B -> A: b\n}\nchoreography Wide(A, B, C) {\n  A -> B: a\n  B -> C: b\n}\n';
  expect(checkAnswer(long, expecting({ kind: 'messages', least: 2 }, { kind: 'roles', least: 3 }))).toEqual({
    solved: true,
    notYet: [],
  });
  expect(notYet(long, { kind: 'messages', least: 3 }, { kind: 'roles', least: 3 })).toEqual([
    '`Wide` takes 2 messages on its longest way; it should be 3 at least.',
  ]);
});

test('why it is asked for follows', () => {
  expect(notYet(ping, { kind: 'sends', in: 'Ping', role: 'B', why: 'It should answer.' })).toEqual([
    '`B` does not send. It should answer.',
  ]);
  expect(notYet(ping, { kind: 'sends', in: 'Ping', role: 'A', with: 'B', label: 'ping', most: 0 })).toEqual([
    '`A` should not send `ping` to `B`.',
  ]);
  expect(notYet(ping, { kind: 'receives', in: 'Ping', role: 'B', with: 'A', least: 2 })).toEqual([
    '`B` should receive from `A` twice, and does so once.',
  ]);
});

test('roles that are too many or too few differ from what is asked for', () => {
  expect(notYet('choreography Ping(A, C) {\n  A -> C: ping\n}\n', { kind: 'behaves', in: 'Ping', as: 'Ping' })).toEqual(
    ['`Ping` has no role `B`.'],
  );
  expect(
    notYet('choreography Ping(A, B, C) {\n  A -> B: ping\n  B -> C: ping\n}\n', {
      kind: 'behaves',
      in: 'Ping',
      as: 'Ping',
    }),
  ).toEqual(['`Ping` has `C` too much: `A` and `B` are all that is asked for.']);
});

test('who does less than is asked for is told so, as who does more', () => {
  const exercise = (solution: string): Exercise => ({
    ...expecting({ kind: 'behaves', in: 'Ping', as: 'Ping' }),
    solution,
  });
  const choice = 'choreography Ping(A, B) {\n  choice at A {\n    A -> B: ping\n  } or {\n    A -> B: pong\n  }\n}\n';
  expect(checkAnswer(ping, exercise(choice)).notYet).toHaveLength(1);
  expect(checkAnswer(choice, exercise(ping)).notYet).toHaveLength(1);
  expect(checkAnswer(choice, exercise(choice))).toEqual({ solved: true, notYet: [] });
});

test('a value is computed as the language has it', () => {
  const twice = 'function twice(x: int): int = x * 2\n';
  expect(checkAnswer(twice, expecting({ kind: 'equals', expression: 'twice(21)', value: '42' }))).toEqual({
    solved: true,
    notYet: [],
  });
  expect(
    notYet('function twice(x: int): int = x + 2\n', { kind: 'equals', expression: 'twice(21)', value: '42' }),
  ).toEqual(['`twice(21)` should be `42`, and is not.']);
  expect(notYet('extern twice(x: int): int\n', { kind: 'equals', expression: 'twice(21)', value: '42' })).toEqual([
    '`twice(21)` should be `42`, and is not.',
  ]);
  expect(notYet('', { kind: 'equals', expression: 'twice(21)', value: '42' })).toEqual([
    '`twice(21)` should be `42`, and is not.',
  ]);
});

// chor learn: the chapters, the start of an exercise, and answers.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sandbox } from './helpers.js';

const solution = readFileSync('docs/tutorial/02-one-text.solution.chor', 'utf8');

test('lists the chapters and shows one', async () => {
  const { chor } = sandbox({});
  const list = await chor('learn');
  expect(list).toMatchObject({ code: 0, err: '' });
  expect(list.out).toMatch(/^ 1\. Two programs that wait\n[\s\S]*^10\. A protocol of your own\n/m);
  const page = await chor('learn', '2');
  expect(page.out).toMatch(/^# One text for both\n[\s\S]*Begin with `chor learn 2 -o answer\.chor`/);
});

test('writes what an exercise starts with, and never over what is there', async () => {
  const { chor, read } = sandbox({ 'mine.chor': solution });
  expect(await chor('learn', '2', '-o', 'answer.chor')).toEqual({ code: 0, out: '', err: '' });
  expect(read('answer.chor')).toMatch(/^\/\/ Tutorial, chapter 2: One text for both\nchoreography Greeting/);
  expect(await chor('learn', '2', '-o', 'mine.chor')).toEqual({
    code: 2,
    out: '',
    err: 'chor: mine.chor is there already; name another file, or remove it to start anew\n',
  });
  expect(read('mine.chor')).toBe(solution);
});

test('checks an answer, also from standard input', async () => {
  const { chor, pipe } = sandbox({
    'right.chor': solution,
    'wrong.chor': solution.replace('  Alice.print(reply)\n', ''),
  });
  expect(await chor('learn', 'right.chor')).toEqual({
    code: 0,
    out: 'Solved. Next: `chor learn 3`, What each does alone.\n',
    err: '',
  });
  expect(await pipe(solution, 'learn', '-')).toMatchObject({ code: 0 });
  const wrong = await chor('learn', 'wrong.chor');
  expect(wrong).toMatchObject({ code: 1, err: '' });
  expect(wrong.out).toBe('Not yet:\n- `Alice` does not use `print`. She should print the answer: `Alice.print(…)`.\n');
});

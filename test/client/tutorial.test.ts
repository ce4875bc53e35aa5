// What stands above an answer to an exercise of the tutorial.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerText, chapterIn, lensesFor } from '../../client/tutorial-text.js';
import { headOf } from '../../language/tutorial/chapter.js';

const chapters = [
  { name: '01-a', title: 'One' },
  { name: '02-b', title: 'Two' },
];

test('an answer belongs to the chapter that its first line names, where there is one', () => {
  expect(chapterIn(`${headOf(2, 'Two')}\nchoreography C(A, B) {}\n`, chapters)).toBe(2);
  expect(
    [
      '',
      'choreography C(A, B) {}',
      `\n${headOf(2, 'Two')}`,
      headOf(3, 'Three'),
      headOf(0, 'None'),
      '// Chapter 2: Two',
    ].map((text) => chapterIn(text, chapters)),
  ).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
});

test('what is not there yet stands above it, in a line, and leads to all of it', () => {
  const answer = { solved: false, notYet: [`Line 3: ${'very '.repeat(40)}long.`, 'And more.'] };
  const [state, page, all] = lensesFor(1, chapters, 'file:///a.chor', answer);
  expect(state?.title).toMatch(/^\$\(circle-outline\) Not yet: Line 3: very .*… \(and 1 more\)$/);
  expect(state?.title.length).toBeLessThan(110);
  expect(state).toMatchObject({
    tooltip: answer.notYet.join('\n'),
    command: 'chor.checkExercise',
    arguments: ['file:///a.chor'],
  });
  expect(page).toMatchObject({ command: 'chor.openTutorial', arguments: [1, 'file:///a.chor'] });
  expect(all).toMatchObject({ command: 'chor.openTutorial', arguments: [] });
  expect(answerText(answer)).toEqual({ message: 'Not yet', detail: `Line 3: ${'very '.repeat(40)}long.\n\nAnd more.` });
  expect(answerText({ solved: true, notYet: [] })).toEqual({ message: 'Solved', detail: '' });
});

test('where it is solved, the next chapter follows, and after the last none', () => {
  const solved = { solved: true, notYet: [] };
  expect(lensesFor(1, chapters, 'a', solved)[0]).toEqual({
    title: '$(pass-filled) Solved: on to “Two”',
    command: 'chor.openTutorial',
    arguments: [2],
  });
  expect(lensesFor(2, chapters, 'a', solved)[0]).toEqual({
    title: '$(pass-filled) Solved: that was the last chapter',
    command: 'chor.openTutorial',
    arguments: [],
  });
  expect(lensesFor(1, chapters, 'a', undefined)[0]?.title).toBe('$(circle-outline) Check');
});

test('the package carries the tutorial', () => {
  const carried = readFileSync('.vscodeignore', 'utf8').split('\n');
  expect(carried).toEqual(
    expect.arrayContaining([
      '!docs/tutorial/*.md',
      '!docs/tutorial/*.json',
      '!docs/tutorial/*.chor',
      '!docs/coming-from/*.md',
    ]),
  );
});

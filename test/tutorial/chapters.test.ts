// The tutorial: its files fit together, each solution solves, each start does not, and wrong answers are told what is
// missing.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chapterOf, checkEnding, headOf, readChapter, solutionEnding } from '../../language/tutorial/chapter.js';
import { checkAnswer } from '../../language/tutorial/check.js';
import { readExpectations } from '../../language/tutorial/expectation.js';
import { roleViews } from '../../language/features/projections.js';
import { Workspace } from '../../language/workspace.js';
import { answers } from './answers.js';

const folder = 'docs/tutorial';
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const chapters = JSON.parse(read('chapters.json')) as { name: string; title: string }[];
const exerciseOf = (name: string): Parameters<typeof checkAnswer>[1] => ({
  expectations: readExpectations(read(name + checkEnding)),
  solution: read(name + solutionEnding),
});

test('there are ten chapters, each with its three files, and no other', () => {
  expect(chapters).toHaveLength(10);
  expect(globSync('*.*', { cwd: folder }).sort()).toEqual(
    [
      'README.md',
      'chapters.json',
      ...chapters.flatMap(({ name }) => [`${name}.md`, name + checkEnding, name + solutionEnding]),
    ].sort(),
  );
});

describe.each(chapters.map(({ name, title }, i) => ({ name, title, number: i + 1 })))(
  '$number. $title',
  ({ name, title, number }) => {
    const chapter = readChapter(read(`${name}.md`));

    test('has the title that is listed, in its page and its exercise', () => {
      expect(chapter.title).toBe(title);
      for (const text of [chapter.start, read(name + solutionEnding)]) {
        expect(text.split('\n')[0]).toBe(headOf(number, title));
        expect(chapterOf(text)).toBe(number);
      }
      expect(chapter.page).not.toContain('```chor exercise');
      // With its idea, which the playground’s list shows.
      expect(read('README.md')).toMatch(new RegExp(`^${number}\\. \\[${title}\\]\\(${name}\\.md\\): .`, 'm'));
    });

    test('shows projections as they are', () => {
      let example = '';
      for (const [, info, text = ''] of read(`${name}.md`).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
        if (info?.startsWith('chor')) example = text;
        if (info !== '' || !text.startsWith('process ')) continue;
        const workspace = new Workspace();
        workspace.set('memory:/a.chor', example);
        expect(
          workspace
            .analyze('memory:/a.chor')
            ?.projections.flatMap((projected) => roleViews(projected).map((view) => view.text)),
        ).toContain(text);
      }
    });

    test('its solution solves it', () => {
      expect(checkAnswer(read(name + solutionEnding), exerciseOf(name))).toEqual({ solved: true, notYet: [] });
    });

    const given = answers.find((each) => each.chapter === name);

    test('its start does not, and says why', () => {
      expect(checkAnswer(chapter.start, exerciseOf(name))).toEqual({ solved: false, notYet: given?.start });
    });

    test('there are two wrong answers at least', () => {
      expect(given?.wrong.length).toBeGreaterThanOrEqual(2);
    });

    test.each(given?.wrong ?? [])('$what', ({ from, changes, notYet }) => {
      let text = from === 'start' ? chapter.start : read(name + solutionEnding);
      for (const [before, after] of changes) {
        expect(text).toContain(before);
        text = text.replace(before, after);
      }
      expect(checkAnswer(text, exerciseOf(name))).toEqual({ solved: false, notYet });
    });

    test.each(given?.right ?? [])('also right: $what', ({ from, changes }) => {
      let text = from === 'start' ? chapter.start : read(name + solutionEnding);
      for (const [before, after] of changes) {
        expect(text).toContain(before);
        text = text.replace(before, after);
      }
      expect(checkAnswer(text, exerciseOf(name))).toEqual({ solved: true, notYet: [] });
    });
  },
);

// chor learn: the chapters of the tutorial, their pages and exercises, and whether an answer solves one.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chapterOf, checkEnding, readChapter, solutionEnding } from '../language/tutorial/chapter.js';
import { checkAnswer } from '../language/tutorial/check.js';
import { readExpectations } from '../language/tutorial/expectation.js';
import { Failure } from './failure.js';
import { readInputs, writeOutput } from './files.js';
import type { Io } from './io.js';
import { manualFolder } from './manual.js';

export interface LearnOptions {
  /** Where the text goes that the exercise starts with. */
  readonly output?: string;
}

interface Listed {
  readonly name: string;
  readonly title: string;
}

/**
 * @param what the number of a chapter, or the file of an answer; without it, the chapters are listed
 * @returns the exit code: 1 where an exercise is not solved yet
 */
export function learn(what: string | undefined, { output }: LearnOptions, io: Io): number {
  const folder = manualFolder();
  if (folder === undefined || !existsSync(join(folder, 'tutorial')))
    throw new Failure('the tutorial is not there: it was left out of this installation');
  const read = (name: string): string => readFileSync(join(folder, 'tutorial', name), 'utf8');
  const chapters = JSON.parse(read('chapters.json')) as readonly Listed[];
  if (what === undefined) {
    if (output !== undefined)
      throw new Failure('which chapter? `chor learn 1 -o FILE` writes what the first exercise starts with');
    io.out(
      `${chapters.map(({ title }, i) => `${String(i + 1).padStart(2)}. ${title}`).join('\n')}\n\nRead a chapter with \`chor learn 1\`, begin its exercise with \`chor learn 1 -o answer.chor\`, and check it with \`chor learn answer.chor\`.\n`,
    );
    return 0;
  }
  if (/^\d+$/.test(what)) {
    const chapter = chapters[Number(what) - 1];
    if (!chapter) throw new Failure(`there is no chapter ${what}; there are ${chapters.length}`);
    const page = read(`${chapter.name}.md`);
    if (output === undefined) {
      io.out(
        `${page.trimEnd()}\n\nBegin with \`chor learn ${what} -o answer.chor\`, and check it with \`chor learn answer.chor\`.\n`,
      );
      return 0;
    }
    // What somebody wrote is worth more than where it started.
    if (existsSync(resolve(io.cwd, output)))
      throw new Failure(`${output} is there already; name another file, or remove it to start anew`);
    writeOutput(output, readChapter(page).start, [], io);
    return 0;
  }
  if (output !== undefined) throw new Failure('only the start of a chapter is written: `chor learn 1 -o FILE`');
  const [input, another] = readInputs([what], io);
  if (!input || another) throw new Failure(`one answer at a time, please: ${what} is several files`);
  const number = chapterOf(input.text);
  const chapter = number === undefined ? undefined : chapters[number - 1];
  if (number === undefined || !chapter)
    throw new Failure(
      `${input.path} is no exercise of the tutorial: its first line would name the chapter, as \`chor learn 1 -o FILE\` writes it`,
    );
  const { solved, notYet } = checkAnswer(input.text, {
    expectations: readExpectations(read(chapter.name + checkEnding)),
    solution: read(chapter.name + solutionEnding),
  });
  if (!solved) io.out(`Not yet:\n${notYet.map((each) => `- ${each}\n`).join('')}`);
  else
    io.out(
      `Solved.${chapters[number] ? ` Next: \`chor learn ${number + 1}\`, ${chapters[number].title}.` : ' That was the last chapter.'}\n`,
    );
  return solved ? 0 : 1;
}

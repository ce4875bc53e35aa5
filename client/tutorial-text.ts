// What the tutorial says in the editor. It knows no VS Code.
import { chapterOf } from '../language/tutorial/chapter.js';
import type { Answer } from '../protocol/tutorial.js';
import { english } from './wording.js';
import type { Wording } from './wording.js';

/** A line of `docs/tutorial/chapters.json`. */
export interface Listed {
  readonly name: string;
  readonly title: string;
}

/** How much of a sentence stands above a line. */
const longest = 48;

/** A lens above the first line of an answer. */
export interface TutorialLens {
  readonly title: string;
  /** All of it, for who stays over it. */
  readonly tooltip?: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

export const openCommand = 'chor.openTutorial';
export const answerCommand = 'chor.checkExercise';

/** The chapter that a text belongs to, counted from 1; undefined where there is none. */
export function chapterIn(text: string, chapters: readonly Listed[]): number | undefined {
  const number = chapterOf(text);
  return number !== undefined && chapters[number - 1] ? number : undefined;
}

/**
 * What stands above an answer.
 * @param uri the document
 * @param answer undefined where it is not known yet
 * @param t says it in the reader's language
 */
export function lensesFor(
  number: number,
  chapters: readonly Listed[],
  uri: string,
  answer: Answer | undefined,
  t: Wording = english,
): readonly TutorialLens[] {
  const last = number >= chapters.length;
  const [first = '', ...more] = answer?.notYet ?? [];
  const state: TutorialLens = !answer
    ? { title: `$(circle-outline) ${t('Check')}`, command: answerCommand, arguments: [uri] }
    : !answer.solved
      ? {
          title: `$(circle-outline) ${more.length > 0 ? t('Not yet: {0} (and {1} more)', shortened(first), more.length) : t('Not yet: {0}', shortened(first))}`,
          tooltip: answer.notYet.join('\n'),
          command: answerCommand,
          arguments: [uri],
        }
      : last
        ? { title: `$(pass-filled) ${t('Solved: that was the last chapter')}`, command: openCommand, arguments: [] }
        : {
            title: `$(pass-filled) ${t('Solved: on to “{0}”', chapters[number]?.title ?? '')}`,
            command: openCommand,
            arguments: [number + 1],
          };
  return [
    state,
    { title: t('Chapter'), command: openCommand, arguments: [number, uri] },
    { title: t('All chapters'), command: openCommand, arguments: [] },
  ];
}

function shortened(sentence: string): string {
  const line = sentence.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** All that is said of an answer: in a word, and in lines. */
export function answerText(
  { solved, notYet }: Answer,
  t: Wording = english,
): { readonly message: string; readonly detail: string } {
  return { message: solved ? t('Solved') : t('Not yet'), detail: notYet.join('\n\n') };
}

// A chapter of the tutorial as its page has it: a title, what is told, and the text that its exercise starts with.
// Imports nothing.

export interface Chapter {
  readonly title: string;
  /** The page in Markdown, without the text that the exercise starts with. */
  readonly page: string;
  /** What the exercise starts with: a file of its own, whose first line names the chapter. */
  readonly start: string;
}

/** Files beside a chapter's page `NN-name.md`: what is expected of an answer, and one that does. */
export const checkEnding = '.check.json';
export const solutionEnding = '.solution.chor';

/**
 * Reads the page of a chapter.
 * @throws Error where it has no title or no exercise, or more than one of these
 */
export function readChapter(markdown: string): Chapter {
  const text = markdown.replaceAll('\r\n', '\n');
  const title = /^# (.+)$/m.exec(text)?.[1];
  const [exercise, another] = [...text.matchAll(/^```chor exercise\n([\s\S]*?)^```\n?/gm)];
  if (title === undefined) throw new Error('The page of the chapter has no title.');
  if (exercise?.[1] === undefined || another)
    throw new Error(`The page “${title}” has ${another ? 'more than one exercise' : 'no exercise'}.`);
  return { title, page: text.replace(exercise[0], ''), start: exercise[1] };
}

/**
 * The first line of a text that belongs to a chapter, as every exercise starts with it: `// Tutorial, chapter 3: What
 * each does alone`.
 */
export function headOf(number: number, title: string): string {
  return `// Tutorial, chapter ${number}: ${title}`;
}

/** The number of the chapter that a text belongs to, by its first line; undefined for any other text. */
export function chapterOf(text: string): number | undefined {
  const found = /^\/\/ Tutorial, chapter (\d{1,3}):/.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

// The manual by sections, as assistants read it: a page of a code, a section of a chapter, or the list of all.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manualPages } from '../../language/rules/manual.js';
import { rules } from '../../language/rules/index.js';
import { Failure } from '../failure.js';
import { manualFolder } from '../manual.js';

export interface Page {
  /** `language/calls`, `codes/deadlock`, `for-agents`. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** The longest that one answer is, in characters. */
const longest = 12_000;

let known: readonly Page[] | undefined;

/** All pages. Read once. */
export function pages(): readonly Page[] {
  known ??= [...chapters(), ...codes()];
  return known;
}

function chapters(): Page[] {
  const docs = manualFolder();
  if (docs === undefined) return [];
  return readdirSync(docs)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((file) => sectionsOf(file.slice(0, -'.md'.length), readFileSync(join(docs, file), 'utf8')));
}

/** A chapter as its sections: what stands before the first is the chapter's own; a short chapter is one. */
function sectionsOf(chapter: string, source: string): Page[] {
  const text = source.replace(/^<!--.*-->\n|^\n\[Open in playground\]\(.*\)\n/gm, '');
  const title = /^# (.*)/.exec(text)?.[1] ?? chapter;
  if (text.length <= longest) return [{ name: chapter, title, text: text.trim() }];
  // Signs at the start of a line in a block of code are no headings.
  const starts = [...text.matchAll(/^```[\s\S]*?^```$|^##+ (.*)$/gm)].filter((match) => match[1] !== undefined);
  const names = new Set<string>();
  const sections = starts.map((match, i): Page => {
    const heading = (match[1] ?? '').replace(/^[\d.]+ /, '');
    const base = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    let name = `${chapter}/${base}`;
    for (let number = 2; names.has(name); number++) name = `${chapter}/${base}-${number}`;
    names.add(name);
    return { name, title: heading, text: text.slice(match.index, starts[i + 1]?.index).trim() };
  });
  const intro = text.slice(0, starts[0]?.index).trim();
  return [
    { name: chapter, title, text: `${intro}\n\nSections: ${sections.map(({ name }) => name).join(', ')}` },
    ...sections,
  ];
}

function codes(): Page[] {
  const written = manualPages();
  return rules.map(({ code, summary }) => ({
    name: `codes/${code}`,
    title: summary,
    text: (written.get(`${code}.md`) ?? '').trim(),
  }));
}

/** The names of all pages, with what they are about. */
export function listOfPages(): string {
  return pages()
    .map(({ name, title }) => `${name}: ${title}`)
    .join('\n');
}

/**
 * A page by its name.
 * @throws Failure where there is none
 */
export function pageNamed(name: string): string {
  const found = pages().find((page) => page.name === name);
  if (!found) throw new Failure(`the manual has no page ${name}`);
  return cut(found.text);
}

/**
 * A page by its name, a code or words.
 * @throws Failure where nothing is about it
 */
export function findPage(topic: string): string {
  const wanted = topic.trim().toLowerCase();
  const all = pages();
  const exact =
    all.find(({ name }) => name === wanted) ?? all.find(({ name }) => name.endsWith(`/${wanted.replace(/\s+/g, '-')}`));
  if (exact) return cut(exact.text);
  const words = wanted.split(/[^\p{L}\p{N}_-]+/u).filter((word) => word !== '');
  const scored = all
    .map((page) => ({ page, score: scoreOf(page, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const [first, ...others] = scored;
  if (!first) throw new Failure(`nothing in the manual is about ${topic}; without a topic, \`docs\` lists all pages`);
  return `${cut(first.page.text)}${
    others.length > 0
      ? `\n\nSee also: ${others
          .slice(0, 5)
          .map(({ page }) => page.name)
          .join(', ')}`
      : ''
  }`;
}

/** How much a page is about words: more of them count before more often. */
function scoreOf({ name, title, text }: Page, words: readonly string[]): number {
  const whole = text.toLowerCase();
  return words.reduce((score, word) => {
    const times = whole.split(word).length - 1;
    const named = `${name} ${title}`.toLowerCase().includes(word);
    return times === 0 && !named ? score : score + 20 + Math.min(times, 5) + (named ? 10 : 0);
  }, 0);
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}\n… (${text.length - longest} characters more)`;
}

// What the playground has to open: the examples with what they import, and the chapters of the tutorial.
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { proseOf } from './markdown.mjs';

/** Groups of examples, by the folder that they are in. */
const groups = [
  ['lecture', 'First steps'],
  ['shop', 'A shop'],
  ['.', 'Protocols'],
  ['auth', 'Who may'],
  ['families', 'Any number of roles'],
  ['wrong', 'What goes wrong, and how it is told'],
];

/** The data of the site, as playground/site.ts has its type. */
export async function siteData() {
  const listed = [...read('examples/README.md').matchAll(/^\| \[([\w/.-]+\.chor)\]\([^)]*\) \| (.*) \|$/gm)].map(
    ([, path, says]) => ({ path, title: titleOf(path), says: capital(says) }),
  );
  const wrong = [...read('docs/codes/README.md').matchAll(/^\| \[`([a-z-]+)`\]\([^)]*\) \| (.*) \|$/gm)]
    .map(([, code, says]) => ({ path: `wrong/${code}.chor`, title: code, says }))
    .filter(({ path }) => existsSync(join('examples', path)));
  const all = [...listed, ...wrong];
  return {
    examples: groups
      .map(([folder, title]) => ({ title, entries: all.filter(({ path }) => posix.dirname(path) === folder) }))
      .filter(({ entries }) => entries.length > 0),
    files: Object.fromEntries(all.map(({ path }) => [path, filesOf(path)])),
    chapters: await chapters(),
  };
}

/** An example and all that it imports; in the folder that it stands in, if they all do. */
function filesOf(first) {
  const found = new Map();
  const add = (path) => {
    if (found.has(path) || !existsSync(join('examples', path))) return;
    // What tests want of an example is of no use to who reads it.
    const text = read(join('examples', path)).replace(/^\/\/ expect: .*\r?\n/, '');
    found.set(path, text);
    for (const [, imported] of text.matchAll(/^import\b[^"\n]*"([^"\n]+)"/gm))
      add(posix.normalize(posix.join(posix.dirname(path), imported)));
  };
  add(first);
  const folder = posix.dirname(first);
  const inside = folder !== '.' && [...found.keys()].every((path) => path.startsWith(`${folder}/`));
  return [...found].map(([path, text]) => ({ name: inside ? path.slice(folder.length + 1) : path, text }));
}

/** The chapters of the tutorial; none where there is none. */
async function chapters() {
  const folder = 'docs/tutorial';
  if (!existsSync(join(folder, 'chapters.json'))) return [];
  const { checkEnding, readChapter, solutionEnding } = await import('../../language/tutorial/chapter.ts');
  return Promise.all(
    JSON.parse(read(join(folder, 'chapters.json'))).map(async ({ name, title }) => {
      const { page, start } = readChapter(read(join(folder, `${name}.md`)));
      return {
        path: name,
        title,
        says: ideaOf(name),
        start,
        check: read(join(folder, name + checkEnding)),
        solution: read(join(folder, name + solutionEnding)),
        prose: await proseOf(page, `tutorial/${name}.md`, 'manual/'),
      };
    }),
  );
}

/** What a chapter is about, as the list of chapters has it. */
function ideaOf(name) {
  return capital(new RegExp(`\\]\\(${name}\\.md\\): (.*)$`, 'm').exec(read('docs/tutorial/README.md'))?.[1] ?? '');
}

function titleOf(path) {
  return capital(posix.basename(path, '.chor').replaceAll('-', ' '));
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function read(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

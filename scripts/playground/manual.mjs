// Writes the manual into the site: a page for each of docs/, with what leads from one to the next.
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { escaped, proseOf } from './markdown.mjs';

/** What stands in the list of pages first, in this order; what is not here follows. */
const first = [
  'tutorial/README.md',
  'language.md',
  'library.md',
  'checking.md',
  'diagrams.md',
  'playground.md',
  'editor.md',
  'cli.md',
  'codes/README.md',
];

/**
 * Writes the pages.
 * @param {string} out the folder that they go into
 * @param {string} repository where what the site does not have can be read
 */
export async function writeManual(out, repository) {
  const paths = globSync('docs/**/*.md')
    .map((path) => path.split(sep).slice(1).join('/'))
    .sort();
  const pages = paths
    .map((path) => ({ path, markdown: readFileSync(join('docs', path), 'utf8').replaceAll('\r\n', '\n') }))
    .map((page) => ({ ...page, title: /^# (.+)$/m.exec(page.markdown)?.[1] ?? page.path }));
  const rank = ({ path }) => (first.includes(path) ? first.indexOf(path) : first.length);
  const top = pages
    .filter(({ path }) => !path.includes('/') || path.endsWith('/README.md') || path.startsWith('coming-from/'))
    .sort((a, b) => rank(a) - rank(b));
  for (const { path, markdown, title } of pages) {
    const base = path.includes('/') ? '../' : '';
    const name = nameOf(path);
    const prose = await proseOf(markdown, path, base, repository);
    write(join(out, name), page(title, base, top, name, prose));
  }
  if (!existsSync(join(out, 'index.html')))
    write(
      join(out, 'index.html'),
      page(
        'The manual of Chor',
        '',
        top,
        'index.html',
        `<h1>The manual of Chor</h1>\n<ul>${top.map(({ path, title }) => `<li><a href="${nameOf(path)}">${escaped(title)}</a></li>`).join('\n')}</ul>`,
      ),
    );
}

function nameOf(path) {
  return path.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html');
}

function page(title, base, top, current, prose) {
  const links = top
    .map(
      ({ path, title: other }) =>
        `<li><a href="${base}${nameOf(path)}"${nameOf(path) === current ? ' aria-current="page"' : ''}>${escaped(other)}</a></li>`,
    )
    .join('');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Chor</title>
<link rel="icon" href="${posix.join(base, '../icon.svg')}">
<link rel="stylesheet" href="${base}manual.css">
</head>
<body>
<header><a href="${base}../index.html">Chor playground</a></header>
<nav aria-label="Manual"><ul>${links}</ul></nav>
<main>
${prose}</main>
</body>
</html>
`;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

// In the site of the playground, each example of the manual has the link that opens it there: the one that is checked,
// and all of it.
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeLink } from '../../playground/work/share.js';
import { proseOf } from '../../scripts/playground/markdown.mjs';
import { snippetsOf } from '../../scripts/snippets.mjs';

const pages = globSync('docs/**/*.md')
  .map((path) => path.split(sep).slice(1).join('/'))
  .sort();

describe('examples of the manual open in the playground', () => {
  const all = pages
    .map((path) => ({ path, markdown: readFileSync(`docs/${path}`, 'utf8') }))
    .map((page) => ({ ...page, snippets: snippetsOf(page.markdown) }))
    .filter(({ snippets }) => snippets.length > 0);
  test('there are such pages', () => {
    expect(all.length).toBeGreaterThan(50);
  });
  test.each(all)('$path', async ({ path, markdown, snippets }) => {
    const base = path.includes('/') ? '../' : '';
    const html = await proseOf(markdown, path, base);
    const links = [...html.matchAll(/<a class="try" href="([^"#]*)#(v1,[^"]*)">/g)];
    expect(new Set(links.map(([, page]) => page))).toEqual(new Set([`${base}../index.html`]));
    const opened = await Promise.all(links.map(([, , hash = '']) => decodeLink(`#${hash}`)));
    expect(opened.map((each) => (each.kind === 'shared' ? each.shared.files[0]?.text : each.kind))).toEqual(
      snippets.map(({ text }) => text),
    );
    for (const each of opened) {
      if (each.kind !== 'shared') continue;
      const imported = [...(each.shared.files[0]?.text ?? '').matchAll(/^import .*"\.\/([\w.-]+)"/gm)].map(
        ([, name]) => name,
      );
      expect(
        each.shared.files.slice(1).map(({ name }) => name),
        path,
      ).toEqual(expect.arrayContaining(imported.filter((name) => name === 'bookseller.chor')));
    }
  });
});

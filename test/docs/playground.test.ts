// In the site of the playground, each example of the manual has the link that opens it there: the one that is checked,
// and all of it.
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink } from '../../playground/work/share.js';
import { proseOf } from '../../scripts/playground/markdown.mjs';
import { besideSnippets, snippetsOf, withLinks, withoutLinks } from '../../scripts/snippets.mjs';

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

describe('where it is known where a playground is, examples of the repository’s pages open there', () => {
  const beside = besideSnippets(readFileSync('docs/language.md', 'utf8'));
  const share = { encodeLink, decodeLink };
  const [here, there] = ['https://example.org/chor/', 'https://example.net/'];
  const all = ['../README.md', ...pages].map((path) => ({ path, markdown: readFileSync(`docs/${path}`, 'utf8') }));

  test.each(all)('$path', async ({ path, markdown }) => {
    const plain = withoutLinks(markdown);
    const linked = await withLinks(plain, path, beside, here, share);
    const links = [...linked.matchAll(/^\[Open in playground\]\((.*)#(.*)\)$/gm)];
    expect(links.map(([, page]) => page)).toEqual(links.map(() => here));
    const opened = await Promise.all(links.map(([, , fragment = '']) => decodeLink(fragment)));
    expect(opened.flatMap((each) => (each.kind === 'shared' ? [each.shared.files[0]?.text] : []))).toEqual(
      snippetsOf(plain).map(({ text }) => text),
    );
    expect(opened.filter(({ kind }) => kind !== 'shared')).toEqual(
      plain.includes('```chor exercise') ? [{ kind: 'chapter', path: path.replace(/^.*\/|\.md$/g, '') }] : [],
    );
    // They are written once, follow the playground, and go with it.
    expect(await withLinks(linked, path, beside, here, share)).toBe(linked);
    expect(await withLinks(linked, path, beside, there, share)).toBe(linked.replaceAll(`](${here}#`, `](${there}#`));
    expect(withoutLinks(linked)).toBe(plain);
    expect(snippetsOf(linked).map(({ text }) => text)).toEqual(snippetsOf(plain).map(({ text }) => text));
  });

  test('a link that opens the same stays as it is, one of another text does not', async () => {
    const page = (text: string, link: string): string =>
      `\`\`\`chor\n${text}\n\`\`\`\n\n[Open in playground](${link})\n\nMore.\n`;
    const own = await withLinks(page('// a', 'x'), 'a.md', beside, here, share);
    // Stored, not compressed: the same text in other letters.
    const json = JSON.stringify({ f: [['example.chor', '// a\n']] });
    const stored = Buffer.from([1, json.length, 0, 255 - json.length, 255, ...Buffer.from(json)]).toString('base64url');
    const other = page('// a', `${here}#v1,${stored}`);
    expect(other).not.toBe(own);
    expect(await withLinks(other, 'a.md', beside, here, share)).toBe(other);
    expect(await withLinks(other.replace('// a', '// b'), 'a.md', beside, here, share)).toBe(
      await withLinks(page('// b', 'x'), 'a.md', beside, here, share),
    );
  });
});

// Pages of the manual as HTML: with links that lead to pages of the site, code in its colours, and examples that open
// in the playground.
import { posix } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { Marked } from 'marked';
import { besideSnippets, openedBy, withoutLinks } from '../snippets.mjs';

/** The view’s colours and the links’ form are TypeScript: bundled in memory, and imported from there. */
async function load() {
  const { outputFiles } = await build({
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    stdin: {
      contents:
        "export { spansByLine } from './client/view/tokens.js'; export { encodeLink } from './playground/work/share.js';",
      resolveDir: '.',
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
let loaded;

/** Where a page stands whose Markdown is in docs/; undefined for what the site does not have. */
function pageOf(path) {
  if (path.startsWith('..') || !path.endsWith('.md') || !existsSync(posix.join('docs', path))) return undefined;
  return path.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html');
}

/**
 * The HTML of a page.
 * @param markdown its text
 * @param path the page, as seen from docs/: `codes/deadlock.md`
 * @param base what leads from where the HTML stands to the folder of pages: `../` or empty, or `manual/` from the
 *   playground
 * @param repository where what the site does not have can be read
 */
export async function proseOf(markdown, path, base, repository = '') {
  loaded ??= load();
  const { spansByLine, encodeLink } = await loaded;
  const beside = besideSnippets(readFileSync('docs/language.md', 'utf8'));
  const playground = base === 'manual/' ? '' : `${base}../index.html`;
  const links = new Map();
  const marked = new Marked({
    async: true,
    gfm: true,
    async walkTokens(token) {
      if (token.type !== 'code' || !/^chor\b/.test(token.lang ?? '')) return;
      const snippet = { info: token.lang.slice('chor'.length).trim(), text: `${token.text}\n` };
      const opened = openedBy(snippet, path, beside);
      links.set(token, 'chapter' in opened ? `chapter=${opened.chapter}` : await encodeLink(opened));
    },
    renderer: {
      heading({ tokens, depth, text }) {
        const id = text
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replace(/\s/g, '-');
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = addressOf(href, path, base, playground, repository);
        const outside = /^[a-z]+:/.test(address);
        return `<a href="${escaped(address)}"${outside || base === 'manual/' ? ' target="_blank" rel="noopener"' : ''}>${text}</a>`;
      },
      // A picture weighs as much as half of the manual, and what it shows can be tried here.
      image({ text }) {
        return `<em class="picture">${escaped(text)}</em>`;
      },
      code(token) {
        const { text, lang = '' } = token;
        const coloured = /^chor\b/.test(lang) || /^(process|network|choreography) /.test(text);
        const code = coloured
          ? spansByLine(text, new Set())
              .map((line) =>
                line
                  .map((span) =>
                    span.class === 'plain'
                      ? escaped(span.text)
                      : `<span class="t-${span.class}">${escaped(span.text)}</span>`,
                  )
                  .join(''),
              )
              .join('\n')
          : escaped(text);
        const link = links.get(token);
        return `<div class="code"><pre tabindex="0"><code>${code}</code></pre>${link === undefined ? '' : `<a class="try" href="${playground}#${link}">${base === 'manual/' ? 'Open it in the editor' : 'Open in playground'}</a>`}</div>\n`;
      },
      table(token) {
        const row = (cells, tag) =>
          `<tr>${cells
            .map((cell) => [cell, cell.tokens.length === 0 ? 'td' : tag])
            .map(([cell, own]) => `<${own}>${this.parser.parseInline(cell.tokens)}</${own}>`)
            .join('')}</tr>`;
        return `<div class="table" tabindex="0"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(withoutLinks(markdown).replace(/<!--[\s\S]*?-->\n?/g, ''));
}

function addressOf(href, path, base, playground, repository) {
  if (/^([a-z]+:|#)/.test(href)) return href;
  const [target = '', section] = href.split('#');
  const file = posix.normalize(posix.join(posix.dirname(path), target));
  const hash = section === undefined ? '' : `#${section}`;
  const page = pageOf(file);
  if (page !== undefined) return base + page + hash;
  const example = /^\.\.\/examples\/(.+\.chor)$/.exec(file)?.[1];
  if (example !== undefined) return `${playground}#example=${example}`;
  return `${repository}/blob/main/${posix.normalize(posix.join('docs', file))}${hash}`;
}

export function escaped(text) {
  return text.replace(
    /[&<>"]/g,
    (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? letter,
  );
}

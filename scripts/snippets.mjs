// The examples of the manual: blocks marked `chor`, with what else their first line says: nothing, `expect=code,…` or
// `part`. The tests check them, and the playground opens them: by links in the pages of its site, and in those of the
// repository where it is known where there is a playground.
import { posix } from 'node:path';

/**
 * The examples of a page.
 * @param {string} source its Markdown
 * @returns each with the line that it starts at, from 1; `info` is what stands after `chor`. The exercises of the
 *   tutorial are none: they have tests of their own.
 */
export function snippetsOf(source) {
  return [...source.matchAll(/^```chor *(.*)\n([\s\S]*?)^```$/gm)]
    .map((match) => ({ info: match[1], text: match[2], line: source.slice(0, match.index).split('\n').length }))
    .filter(({ info }) => info !== 'exercise');
}

/**
 * What the examples import, as a file beside them.
 * @param {string} reference the Markdown of the language's reference
 */
export function besideSnippets(reference) {
  return {
    name: 'bookseller.chor',
    text: snippetsOf(reference).find(({ text }) => text.includes('choreography Bookseller('))?.text ?? '',
  };
}

/**
 * What the playground opens for an example.
 * @param {{ info: string, text: string }} snippet
 * @param {string} path the page, as seen from docs/
 * @param {{ name: string, text: string }} beside what examples import
 * @returns {{ chapter: string } | { files: { name: string, text: string }[] }} an exercise is that of its chapter
 */
export function openedBy({ info, text }, path, beside) {
  if (info === 'exercise') return { chapter: posix.basename(path, '.md') };
  return { files: [{ name: 'example.chor', text }, ...(text.includes(`"./${beside.name}"`) ? [beside] : [])] };
}

const block = /^```chor *(.*)\n([\s\S]*?)^```\n(?:\n\[Open in playground\]\(([^()\s]*)\)\n)?/gm;

/** A page without links to a playground. */
export function withoutLinks(markdown) {
  return markdown.replace(block, (whole, ...[, , link]) =>
    link === undefined ? whole : whole.slice(0, whole.lastIndexOf('\n[')),
  );
}

/**
 * A page with a link below each example. One that is there and opens the same stays as it is: there is more than one
 * way to compress a text.
 * @param {string} markdown
 * @param {string} path the page, as seen from docs/
 * @param {{ name: string, text: string }} beside what examples import
 * @param {string} address that of the playground
 * @param {typeof import('../playground/work/share.js')} share how links are written and read
 */
export async function withLinks(markdown, path, beside, address, { encodeLink, decodeLink }) {
  const found = [...markdown.matchAll(block)];
  const links = await Promise.all(
    found.map(async ([, info, text, link]) => {
      const opened = openedBy({ info, text }, path, beside);
      if ('chapter' in opened) return `${address}#chapter=${opened.chapter}`;
      const [own, fragment] = link?.split('#') ?? [];
      const before = own === address ? await decodeLink(fragment ?? '') : undefined;
      return before?.kind === 'shared' && JSON.stringify(before.shared.files) === JSON.stringify(opened.files)
        ? link
        : `${address}#${await encodeLink(opened)}`;
    }),
  );
  let next = 0;
  return withoutLinks(markdown).replace(block, (whole) => `${whole}\n[Open in playground](${links[next++]})\n`);
}

// The examples of the manual: blocks marked `chor`, with what else their first line says: nothing, `expect=code,…` or
// `part`. The tests check them, and the site of the playground opens them.

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

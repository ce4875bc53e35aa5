// The manual's page about the standard library, made from its table.
import { library, showLibraryFunction } from './library.js';

/** docs/library.md, in Markdown. */
export function libraryPage(): string {
  const entries = [...library.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const types = showLibraryFunction(entry)
        .split('\n')
        .map((line) => `\`${line.replaceAll('|', '\\|')}\``)
        .join('<br>');
      return `| ${types} | ${entry.doc} |\n`;
    });
  return `# The library

These functions can be called in every expression, without an import. They compute at one role alone, and change nothing. \`A\` and \`B\` stand for
any type, \`K\` and \`V\` for those of a map’s keys and values, \`N\` for \`int\` or \`float\`, \`O\` for these or \`string\`. Where one function has several types, the arguments say which is
meant. A declaration of the file with the same name takes precedence; the case of an enum, where it is called with as many arguments as it has. The page is written by \`npm run docs\`.

| function | what it gives |
| --- | --- |
${entries.join('')}`;
}

// Writes language/syntax/generated/confusables.ts: which characters of names look like others, from Unicode's data.
// node scripts/confusables.mjs FOLDER, where FOLDER has confusables.txt (of UTS #39) and UnicodeData.txt.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node scripts/confusables.mjs FOLDER');
const fields = (name) =>
  readFileSync(join(folder, name), 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) =>
      line
        .replace(/#.*/, '')
        .split(';')
        .map((field) => field.trim()),
    );
const characters = (codes) => String.fromCodePoint(...codes.split(' ').map((code) => parseInt(code, 16)));
const names = new Map(fields('UnicodeData.txt').map(([code, name]) => [code, name]));
const version = /Version: (\S+)/.exec(readFileSync(join(folder, 'confusables.txt'), 'utf8'))?.[1] ?? '';

/**
 * The sources of each prototype. Compatibility forms are told by NFKC; within Han and Arabic, what looks alike is no
 * mix of scripts.
 */
const bySkeleton = new Map();
for (const [source, target] of fields('confusables.txt')) {
  if (!source || !target || source.includes(' ')) continue;
  const [from, to] = [characters(source), characters(target)];
  if (!/^\p{XID_Continue}$/u.test(from) || !/^\p{XID_Continue}+$/u.test(to) || from.normalize('NFC') !== from) continue;
  if (/\p{Script=Han}|\p{Script=Arabic}/u.test(from) || (from.normalize('NFKC') === to && from !== to)) continue;
  bySkeleton.set(target, [...(bySkeleton.get(target) ?? []), source]);
}
const lines = [...bySkeleton].map(([target, sources]) => {
  const ascii = /^[ -~]+$/.test(characters(target));
  // What looks like ASCII is what is met: only these are told by their names.
  return `${target}:${sources.map((source) => (ascii && parseInt(source, 16) > 127 ? `${source} ${names.get(source)}` : source)).join(',')}`;
});
const rows = [];
for (const line of lines) {
  if (rows.length > 0 && rows.at(-1).length + line.length < 160) rows[rows.length - 1] += `;${line}`;
  else rows.push(line);
}
writeFileSync(
  'language/syntax/generated/confusables.ts',
  `// Made by scripts/confusables.mjs from Unicode's confusables.txt, version ${version} (© Unicode, Inc.; Unicode License v3): do not edit.
// A prototype, and the characters that look like it, in hexadecimal; with their names where the prototype is ASCII.
export const confusables = \`
${rows.join(';\n')}\`;
`,
);

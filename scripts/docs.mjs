// `npm run docs`: writes the manual's page of every code, and their index, from the rules; the library's page; what the
// server and its clients say to each other, from protocol/ (under comments `<!-- protocol … -->`); and what commands
// answer, where a page shows it (a block under a comment `<!-- chor … -->`). `--check` only compares. Where there is a
// playground, whose address `playground` in package.json says, or `--playground=ADDRESS`, each example has its link.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { besideSnippets, withLinks, withoutLinks } from './snippets.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs', 'codes');

/** The rules are TypeScript: bundled in memory, and imported from there. */
async function load() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'error',
    stdin: {
      contents:
        "export { manualPages } from './language/rules/manual.js'; export { libraryPage } from './language/typing/manual.js'; export { messageTable } from './protocol/table.js'; export { decodeLink, encodeLink } from './playground/work/share.js';",
      resolveDir: root,
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const { manualPages, libraryPage, messageTable, ...share } = await load();
const wanted = manualPages();
const check = process.argv.includes('--check');
const address = playground();
const beside = besideSnippets(readFileSync(join(root, 'docs', 'language.md'), 'utf8'));
const stale = [];
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) {
  if (wanted.has(name)) continue;
  stale.push(name);
  if (!check) rmSync(join(folder, name));
}
const made = new Map([...wanted, ['../library.md', libraryPage()]].map(([name, text]) => [join(folder, name), text]));
for (const name of ['README.md', ...globSync('docs/**/*.md', { cwd: root })]) {
  const path = join(root, name);
  const before = readFileSync(path, 'utf8');
  const after = await linked(path, before, made.get(path) ?? before);
  made.delete(path);
  if (before === after) continue;
  stale.push(name);
  if (!check) writeFileSync(path, after);
}
for (const [path, text] of made) {
  stale.push(path);
  if (!check) writeFileSync(path, await linked(path, '', text));
}
if (check && stale.length > 0) {
  console.error(`The manual is not up to date (${stale.join(', ')}): run \`npm run docs\`.`);
  process.exitCode = 1;
}

/** Where the playground is, if there is one. */
function playground() {
  const given = process.argv.find((argument) => argument.startsWith('--playground='));
  const own = given?.slice('--playground='.length) ?? JSON.parse(readFileSync(join(root, 'package.json'))).playground;
  if (!own) return undefined;
  if (!/^https?:\/\/[^\s()#]+$/.test(own)) {
    console.error(`The playground's address has to be one that begins with https:// and has no #, not ${own}.`);
    process.exit(2);
  }
  return /(\/|\.html)$/.test(own) ? own : `${own}/`;
}

/** A page as it is to be: what is made of it, and its links to the playground. */
async function linked(path, before, text) {
  const filled = withoutLinks(text)
    .replace(
      /(<!-- chor (.*) -->\n```\w*.*\n)[\s\S]*?(^```$)/gm,
      (_, head, args, end) => head + answer(args.split(' ')) + end,
    )
    .replace(/(<!-- protocol table -->\n)[\s\S]*?(?=\n\n)/g, (_, head) => head + messageTable())
    .replace(
      /(<!-- protocol (\w+) ([\w ]+) -->\n```ts\n)[\s\S]*?(^```$)/gm,
      (_, head, file, names, end) => head + declarations(file, names.split(' ')) + end,
    );
  if (address === undefined) return filled;
  const name = relative(join(root, 'docs'), path).split(sep).join('/');
  // Links that are there may stay.
  const old = withoutLinks(before) === filled ? before : filled;
  return withLinks(old, name, beside, address, share);
}

/** Types of protocol/ as a client's author needs them. */
function declarations(file, names) {
  const text = readFileSync(join(root, 'protocol', `${file}.ts`), 'utf8');
  return names
    .map((name) => {
      const found = new RegExp(
        `^(?:/\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?export (?:interface ${name}\\b[\\s\\S]*?^}|type ${name} =[\\s\\S]*?;$)`,
        'm',
      ).exec(text);
      if (!found) throw new Error(`protocol/${file}.ts has no type ${name}.`);
      return found[0].replace(/^export /m, '').replaceAll('readonly ', '') + '\n';
    })
    .join('\n');
}

/** What the command prints, without what npm would add. */
function answer(args) {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'chor.mjs'), ...args, '--no-color'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, npm_lifecycle_event: '' },
  });
  if (stderr) throw new Error(stderr);
  return stdout;
}

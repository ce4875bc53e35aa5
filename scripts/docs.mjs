// `npm run docs`: writes the manual's page of every code, and their index, from the rules; the library's page; what the
// server and its clients say to each other, from protocol/ (under comments `<!-- protocol … -->`); and what commands
// answer, where a page shows it (a block under a comment `<!-- chor … -->`). `--check` only compares.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
        "export { manualPages } from './language/rules/manual.js'; export { libraryPage } from './language/typing/manual.js'; export { messageTable } from './protocol/table.js';",
      resolveDir: root,
    },
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

const { manualPages, libraryPage, messageTable } = await load();
const wanted = manualPages();
const check = process.argv.includes('--check');
const stale = [];
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) {
  if (wanted.has(name)) continue;
  stale.push(name);
  if (!check) rmSync(join(folder, name));
}
for (const [name, text] of [...wanted, ['../library.md', libraryPage()]]) {
  const path = join(folder, name);
  if (readExisting(path) === text) continue;
  stale.push(name);
  if (!check) writeFileSync(path, text);
}
for (const name of [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]) {
  const path = join(root, name);
  const before = readFileSync(path, 'utf8');
  const after = before
    .replace(
      /(<!-- chor (.*) -->\n```\w*.*\n)[\s\S]*?(^```$)/gm,
      (_, head, args, end) => head + answer(args.split(' ')) + end,
    )
    .replace(/(<!-- protocol table -->\n)[\s\S]*?(?=\n\n)/g, (_, head) => head + messageTable())
    .replace(
      /(<!-- protocol (\w+) ([\w ]+) -->\n```ts\n)[\s\S]*?(^```$)/gm,
      (_, head, file, names, end) => head + declarations(file, names.split(' ')) + end,
    );
  if (before === after) continue;
  stale.push(name);
  if (!check) writeFileSync(path, after);
}
if (check && stale.length > 0) {
  console.error(`The manual is not up to date (${stale.join(', ')}): run \`npm run docs\`.`);
  process.exitCode = 1;
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

function readExisting(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

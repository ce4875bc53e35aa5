// The manual's examples are checked, and its links lead somewhere.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../cli/main.js';
import { Workspace } from '../../language/workspace.js';
import { besideSnippets, snippetsOf } from '../../scripts/snippets.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'examples/README.md',
  ...globSync(['docs/*.md', 'docs/tutorial/*.md', 'docs/coming-from/*.md'], { cwd: root }).sort(),
].filter((page) => existsSync(join(root, page)));

interface Example {
  readonly page: string;
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

/** The same that the playground’s pages of the manual open. */
function examplesOf(page: string): Example[] {
  return snippetsOf(readFileSync(join(root, page), 'utf8')).map((snippet) => ({ ...snippet, page }));
}

/** What the examples import: the bookseller of the language's reference. */
const beside = (): string => besideSnippets(readFileSync(join(root, 'docs/language.md'), 'utf8')).text;

function codesOf(text: string): string[] {
  const uri = 'file:///manual/example.chor';
  const workspace = new Workspace({
    read: (other) => (other === 'file:///manual/bookseller.chor' ? beside() : undefined),
  });
  workspace.set(uri, text);
  return [
    ...new Set(
      (workspace.analyze(uri)?.findings ?? [])
        .filter((f) => f.severity === 'error' || f.severity === 'warning')
        .map((f) => f.code),
    ),
  ].sort();
}

describe('examples of the manual', () => {
  const examples = pages.flatMap(examplesOf);
  test.each(examples)('$page:$line $info', ({ info, text }) => {
    if (info === 'part') return expect(codesOf(text)).not.toContain('syntax-error');
    return expect(codesOf(text)).toEqual(info === '' ? [] : info.replace('expect=', '').split(',').sort());
  });
});

/** The names by which the headings of a page are led to. */
function sectionsOf(page: string): Set<string> {
  const source = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
  return new Set(
    [...source.matchAll(/^#+ (.*)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/\s/g, '-'),
    ),
  );
}

describe('links of the manual', () => {
  test.each(pages)('%s', (page) => {
    const source = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...source.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });

  test.each(pages)('%s, to sections', (page) => {
    const source = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...source.matchAll(/\]\(([^)#\s]*)#([^)]+)\)/g)].filter(
      ([, file = '']) => !/^[a-z]+:/.test(file) && (file === '' || file.endsWith('.md')),
    );
    const wrong = targets.filter(
      ([, file = '', section = '']) => !sectionsOf(file === '' ? page : join(dirname(page), file)).has(section),
    );
    expect(wrong.map(([link]) => link)).toEqual([]);
  });
});

describe('what commands answer, as the manual shows it (npm run docs)', () => {
  const shown = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/<!-- chor (.*) -->\n```\w*.*\n([\s\S]*?)^```$/gm)].map(
      (match) => ({ page, args: match[1] ?? '', text: match[2] ?? '' }),
    ),
  );
  test.each(shown)('$page: chor $args', async ({ args, text }) => {
    let out = '';
    await run(args.split(' '), {
      cwd: root,
      env: {},
      terminal: false,
      out: (part) => {
        out += part;
      },
      err: (part) => {
        out += part;
      },
      input: () => new Uint8Array(),
    });
    expect(text).toBe(out);
  });
});

describe('the commands of the README do what they are to, on the first try', () => {
  const lines = [
    ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^npm run --silent chor -- ((?:'[^']*'|[^#'\n])*)/gm),
  ].map(([, args = '']) => args.trim());
  test('there are such commands', () => expect(lines.length).toBeGreaterThan(7));
  // That one imports a file of the reader's own.
  test.each(lines.filter((line) => !line.includes('your-')))('%s', async (line) => {
    const folder = mkdtempSync(join(tmpdir(), 'chor-readme-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const args = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    let [out, err] = ['', ''];
    const code = await run(
      args.map((each, i) => (args[i - 1] === '-o' ? join(folder, each) : each)),
      {
        cwd: root,
        env: {},
        terminal: false,
        out: (part) => {
          out += part;
        },
        err: (part) => {
          err += part;
        },
        input: () => new Uint8Array(),
      },
    );
    expect({ code: code ?? 0, err: args.includes('--dry-run') ? '' : err }).toEqual({ code: 0, err: '' });
    if (args[0] === 'check') expect(out).toMatch(/\d+ files: (no errors|\d+ hints?)/);
  });
});

test('the theory names tests that there are', () => {
  const text = readFileSync(join(root, 'docs/theory.md'), 'utf8');
  const files = [...new Set([...text.matchAll(/`(test\/[\w./-]+\.ts)`/g)].map((match) => match[1] ?? ''))];
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  const all = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const titles = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => [...(line.split(' | ')[2] ?? '').matchAll(/\*([^*]+)\*/g)].map((match) => match[1] ?? ''));
  expect(titles.length).toBeGreaterThan(5);
  expect(titles.filter((title) => !all.includes(`'${title}'`))).toEqual([]);
});

// The manual's examples are checked, and its links lead somewhere.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/main.js';
import { Workspace } from '../../language/workspace.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md', ...globSync('docs/*.md', { cwd: root }).sort()].filter((page) => existsSync(join(root, page)));

interface Example { readonly page: string; readonly line: number; readonly info: string; readonly text: string }

/** Blocks marked `chor`, with what else their first line says: nothing, `expect=code,…` or `part`. */
function examplesOf(page: string): Example[] {
  const source = readFileSync(join(root, page), 'utf8');
  return [...source.matchAll(/^```chor *(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    page, info: match[1] ?? '', text: match[2] ?? '', line: source.slice(0, match.index).split('\n').length,
  }));
}

/** What the examples import: the bookseller of the language's reference. */
const beside = (): string => {
  const found = examplesOf('docs/language.md').find((example) => example.text.includes('choreography Bookseller('));
  return found?.text ?? '';
};

function codesOf(text: string): string[] {
  const uri = 'file:///manual/example.chor';
  const workspace = new Workspace({ read: (other) => (other === 'file:///manual/bookseller.chor' ? beside() : undefined) });
  workspace.set(uri, text);
  return [...new Set((workspace.analyze(uri)?.findings ?? []).filter((f) => f.severity === 'error' || f.severity === 'warning').map((f) => f.code))].sort();
}

describe('examples of the manual', () => {
  const examples = pages.flatMap(examplesOf);
  test.each(examples)('$page:$line $info', ({ info, text }) => {
    if (info === 'part') return expect(codesOf(text)).not.toContain('syntax-error');
    return expect(codesOf(text)).toEqual(info === '' ? [] : info.replace('expect=', '').split(',').sort());
  });
});

describe('links of the manual', () => {
  test.each(pages)('%s', (page) => {
    const source = readFileSync(join(root, page), 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
    const targets = [...source.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '').filter((target) => !/^[a-z]+:/.test(target));
    expect(targets.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
  });
});

describe('what commands answer, as the manual shows it (npm run docs)', () => {
  const shown = pages.flatMap((page) => [...readFileSync(join(root, page), 'utf8').matchAll(/<!-- chor (.*) -->\n```\w*.*\n([\s\S]*?)^```$/gm)].map((match) => ({ page, args: match[1] ?? '', text: match[2] ?? '' })));
  test.each(shown)('$page: chor $args', async ({ args, text }) => {
    let out = '';
    await run(args.split(' '), { cwd: root, env: {}, terminal: false, out: (part) => { out += part; }, err: (part) => { out += part; }, input: () => new Uint8Array() });
    expect(text).toBe(out);
  });
});

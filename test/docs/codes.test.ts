// The manual's pages about codes are what the rules say.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { manualPages } from '../../language/rules/manual.js';
import { withoutLinks } from '../../scripts/snippets.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'codes');
const pages = manualPages();

test('there is a page for each code, and no other (npm run docs)', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
});

test.each([...pages])('docs/codes/%s is up to date (npm run docs)', (name, text) => {
  expect(withoutLinks(readFileSync(join(folder, name), 'utf8'))).toBe(text);
});

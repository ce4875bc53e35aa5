// The grammar has one way to read each text: Langium's own parser, with its validations on, finds no ambiguity in it.
import { globSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { parse } from '../../language/syntax/parse.js';
import { samples } from './samples.js';
import { createStockParser } from './stock-parser.js';

test('no choice is ambiguous on any sample or example', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const parser = createStockParser('development');
    for (const text of [...samples, ...globSync('examples/**/*.chor').map((path) => readFileSync(path, 'utf8'))]) {
      for (const segment of parse(text)) {
        if (segment.issues.length === 0) expect(parser.parse(segment.text).parserErrors).toEqual([]);
      }
    }
    expect(log.mock.calls.flat().map(String)).toEqual([]);
  } finally {
    log.mockRestore();
  }
});

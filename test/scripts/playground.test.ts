// What is left out of the playground's editor: parts of its program, and letters of its font of icons.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { iconsUsed, notMet, stubs, withoutUnused } from '../../scripts/playground/editor.mjs';
import { draws, withLetters } from '../../scripts/playground/font.mjs';

const vs = 'node_modules/monaco-editor/esm/vs';
const namesIn = (text: string): string[] =>
  [
    ...text.matchAll(/^export (?:class|const|function) (\w+)/gm),
    ...[...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) => [...names.matchAll(/(\w+)\s*(?:,|$)/g)]),
  ].map(([, name = '']) => name);

describe('what is left out of the editor', () => {
  test.each(Object.entries(stubs))('%s exports what stands in its place', (path, stub) => {
    expect(namesIn(readFileSync(join(vs, path), 'utf8'))).toEqual(expect.arrayContaining(namesIn(stub)));
  });

  test('is out of a bundle, with the icons that nothing names; what is not met any more is told', async () => {
    const { metafile, outputFiles } = await build({
      stdin: {
        contents: `export { findSectionHeaders } from 'monaco-editor/editor/common/services/findSectionHeaders.js';
          export { Codicon } from './${vs}/base/common/codicons.js';
          export { AmbiguousCharacters } from './${vs}/base/common/strings.js';`,
        resolveDir: '.',
      },
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      plugins: [withoutUnused(new Set(['add', 'warning']))],
      logLevel: 'silent',
    });
    const [{ text } = { text: '' }] = outputFiles;
    expect(text).toContain('register("add"');
    expect(text).not.toContain('register("zoom-in"');
    expect(text).not.toContain('8232,32,8233');
    expect(notMet([metafile])).toEqual(Object.keys(stubs).filter((path) => !path.endsWith('findSectionHeaders.js')));
    const { ids, letters } = iconsUsed(metafile);
    // What codicons.ts derives its own from.
    expect([...ids]).toEqual(expect.arrayContaining(['error', 'chevron-down']));
    expect(ids.has('zoom-in')).toBe(false);
    expect([...letters]).toEqual(expect.arrayContaining([0xeab4, 0xea87]));
  });
});

describe('a font with some of its letters', () => {
  const font = readFileSync(join(vs, 'base/browser/ui/codicons/codicon/codicon.ttf'));
  const [add, warning, trash] = [0xea60, 0xea6c, 0xea81];
  const small = withLetters(font, new Set([add, warning]));

  test('draws these, and no others', () => {
    expect([add, warning, trash].map((letter) => draws(font, letter))).toEqual([true, true, true]);
    expect([add, warning, trash].map((letter) => draws(small, letter))).toEqual([true, true, false]);
    expect(draws(font, 0x41)).toBe(false);
    expect(small.length).toBeLessThan(font.length / 5);
  });

  test('has the sums that its format asks for', () => {
    const sum = (bytes: Buffer): number => {
      let all = 0;
      for (let at = 0; at < bytes.length; at += 4) all = (all + bytes.readUInt32BE(at)) >>> 0;
      return all;
    };
    expect(small.length % 4).toBe(0);
    expect(sum(small)).toBe(0xb1b0_afba);
  });
});

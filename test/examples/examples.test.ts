// Every example is checked: it has exactly the errors and warnings that its first comments announce, and most announce
// none.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../cli/positions.js';
import { rules } from '../../language/rules/index.js';
import { format } from '../../language/syntax/format.js';
import { Workspace } from '../../language/workspace.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'examples');
const files = globSync('**/*.chor', { cwd: root }).sort();

function workspace(): Workspace {
  return new Workspace({
    read: (uri) => {
      try {
        return readFileSync(fileURLToPath(uri), 'utf8');
      } catch {
        return undefined;
      }
    },
  });
}

/** `// expect: deadlock at 10:5`, lines and columns counted from 1; hints are found too, where they are announced. */
function expected(text: string): string[] {
  return [...text.matchAll(/^\/\/ expect: ([\w-]+) at (\d+:\d+)$/gm)]
    .map((match) => `${match[1]} at ${match[2]}`)
    .sort();
}

function found(file: string, text: string): string[] {
  const analysis = workspace().analyze(pathToFileURL(join(root, file)).toString());
  const announced = new Set(expected(text).map((line) => line.split(' ')[0]));
  const lines = linesOf(text);
  return (analysis?.findings ?? [])
    .filter((f) => f.severity === 'error' || f.severity === 'warning' || announced.has(f.code))
    .map((f) => {
      const { line, character } = lines.position(f.origin.start);
      return `${f.code} at ${line + 1}:${character + 1}`;
    })
    .sort();
}

describe('the examples', () => {
  test.each(files)('%s has the findings that it announces', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(found(file, text)).toEqual(expected(text));
  });

  test.each(files.filter((file) => file.startsWith('wrong/') || file === 'lecture/send-struck-out.chor'))(
    '%s announces something',
    (file) => {
      expect(expected(readFileSync(join(root, file), 'utf8'))).not.toEqual([]);
    },
  );

  test.each(files)('%s says what it teaches', (file) => {
    expect(readFileSync(join(root, file), 'utf8')).toMatch(/\/\*\*[\s\S]{20,}?\*\/|^\/\/ (?!expect)/m);
  });

  test.each(files)('%s is laid out as the formatter would', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(format(text)).toBe(text);
  });

  test('the list names each of them', () => {
    const list = readFileSync(join(root, 'README.md'), 'utf8');
    expect(files.filter((file) => !file.startsWith('wrong/') && !list.includes(`](${file})`))).toEqual([]);
  });

  test('the numbers of lines beside the originals are right', () => {
    const list = readFileSync(join(root, 'README.md'), 'utf8');
    const told = [...list.matchAll(/^\| \[[^\]]*\]\(([^)]*\.chor)\) \| (\d+) \|/gm)].map(([, file = '', lines]) => [
      file,
      Number(lines),
    ]);
    const lines = (file: string): number =>
      readFileSync(join(root, file), 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('import')).length;
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual(told.map(([file]) => [file, lines(String(file))]));
  });

  test('there is a wrong one for every code', () => {
    const codes = new Set(
      files
        .filter((file) => file.startsWith('wrong/'))
        .flatMap((file) => expected(readFileSync(join(root, file), 'utf8')).map((line) => line.split(' ')[0])),
    );
    expect(rules.map((rule) => rule.code).filter((code) => !codes.has(code))).toEqual([]);
  });
});

// The unified diff says what changed, and nothing else: applying it gives the new text.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../cli/diff.js';
import { sandbox } from './helpers.js';

test('shows three lines of context', () => {
  const before = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
  expect(unifiedDiff('a.chor', before, before.replace('5\n', 'five\n'))).toBe(
    '--- a/a.chor\n+++ b/a.chor\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
  );
});

test('nothing for equal texts', () => {
  expect(unifiedDiff('a.chor', 'x\n', 'x\n')).toBe('');
});

/** What a diff says of the two texts. */
function sides(diff: string, before: string): { before: string; after: string } {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  const source: string[] = [];
  let at = 0;
  let last: string[][] = [];
  for (const line of diff.split('\n').slice(2, -1)) {
    const header = /^@@ -(\d+),(\d+)/.exec(line);
    if (header) {
      const to = Number(header[1]) - (header[2] === '0' ? 0 : 1);
      for (; at < to; at++) {
        result.push(old[at] ?? '');
        source.push(old[at] ?? '');
      }
    } else if (line.startsWith('\\')) {
      for (const side of last) side.push((side.pop() ?? '').slice(0, -1));
    } else {
      last = line.startsWith(' ') ? [result, source] : line.startsWith('+') ? [result] : [source];
      for (const side of last) side.push(`${line.slice(1)}\n`);
      if (!line.startsWith('+')) at++;
    }
  }
  const rest = old.slice(at);
  return { before: [...source, ...rest].join(''), after: [...result, ...rest].join('') };
}

const text = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''));

test('holds both texts', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      fc.pre(before !== after);
      expect(sides(unifiedDiff('x', before, after), before)).toEqual({ before, after });
    }),
    { numRuns: 500 },
  );
});

test.skipIf(spawnSync('patch', ['--version']).status !== 0)('is taken by patch', () => {
  const [before, after] = ['a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n', 'a\nb\nX\nd\ne\nf\ng\nh\ni\nk\nl'];
  const { folder, read } = sandbox({ 'a.chor': before });
  spawnSync('patch', ['-p1'], { cwd: folder, input: unifiedDiff('a.chor', before, after) });
  expect(read('a.chor')).toBe(after);
});

// Whatever the text, names and types are worked out without failing, and what they say is in order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rules } from '../../language/rules/index.js';
import { checkNames } from '../../language/typing/check.js';
import { lowerFile } from '../../language/lowering/source.js';
import { scopeOf } from '../../language/scoping/scope.js';
import { uri } from './helpers.js';
import { inWords } from '../in-words.js';

const samples = rules.flatMap((rule) => [rule.bad, rule.good]);
const words = [
  'A',
  'Buyer',
  'x',
  'do',
  'rec X {',
  '}',
  '{',
  '(',
  ')',
  '->',
  '.',
  ':',
  'if',
  'match',
  'case',
  'some(x)',
  'none',
  '=',
  '"s"',
  '1',
  '+',
  ', ',
  'continue X',
  'return',
  'send',
  'receive',
  'from',
  '=>',
  'with',
  '[',
  ']',
];

/** A sample with some pieces taken out, doubled or put in. */
const text = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.nat(), fc.nat(20), fc.constantFrom('', ...words)), { maxLength: 4 }),
  )
  .map(([sample, changes]) =>
    changes.reduce((current, [at, size, word]) => {
      const from = at % (current.length + 1);
      return `${current.slice(0, from)} ${word} ${current.slice(from + (word === '' ? size : 0))}`;
    }, sample),
  );

describe('any text', () => {
  it('is worked out; occurrences are in order, within the text, and do not overlap', () => {
    fc.assert(
      fc.property(text, (source) => {
        const file = lowerFile(uri, source);
        const names = checkNames(scopeOf(file, { file: () => undefined }), { file: () => undefined });
        let end = 0;
        for (const { origin, symbol } of names.occurrences) {
          expect(origin.start).toBeGreaterThanOrEqual(end);
          expect(origin.end).toBeLessThanOrEqual(source.length);
          expect(source.slice(origin.start, origin.end).replace(/^\^/, '')).toBe(symbol.name);
          end = origin.end;
        }
        for (const finding of names.findings) {
          expect(finding.origin.end).toBeLessThanOrEqual(source.length);
          expect(inWords(finding).message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing of a declaration that does not read', () => {
    fc.assert(
      fc.property(text, (source) => {
        const file = lowerFile(uri, source);
        const broken = file.declarations.filter((d) => d.broken);
        const { findings } = checkNames(scopeOf(file, { file: () => undefined }), { file: () => undefined });
        for (const finding of findings)
          expect(
            broken.some(
              (d) =>
                d.origin.start <= finding.origin.start &&
                finding.origin.end <= d.origin.end &&
                finding.code !== 'duplicate-name',
            ),
          ).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('large files', () => {
  it('take time in proportion to their length', () => {
    const lines = (n: number): string =>
      `choreography Big(A(n: int), B, C) {\n${Array.from({ length: n / 5 }, (_, i) => `  A.n + ${i} -> B.x${i}\n  if A.n > ${i} -> B, C {\n    B.x${i} * 2 -> C.y${i}: label${i % 7}\n    C.y${i} -> A.z\n  }\n`).join('')}}\n`;
    const time = (n: number): number => {
      const file = lowerFile(uri, lines(n));
      const scope = scopeOf(file, { file: () => undefined });
      const runs = Array.from({ length: 6 }, () => {
        const start = performance.now();
        checkNames(scope, { file: () => undefined });
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    time(2000);
    const [small, large] = [time(2000), time(16000)];
    // Eight times the text; if the time grew with its square, this would be 64.
    expect(large / small).toBeLessThan(45);
  });
});

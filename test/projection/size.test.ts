// A role's code does not grow faster than the choreography: where it would, that is said instead.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printProcess } from '../../language/projection/print.js';
import { programs } from '../generators/choreographies.js';
import { projectText } from './helpers.js';
import { inWords } from '../in-words.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const runs = Number(process.env['CHOR_RUNS'] ?? 100);
const linesOf = (text: string): number => text.split('\n').length;

/** The lines of each role's code of the last choreography, and the errors. */
function look(text: string): { lines: Record<string, number>; errors: string[] } {
  const projected = projectText(text).at(-1);
  return {
    lines: Object.fromEntries(
      projected?.network.processes.map((process) => [process.name.text, linesOf(printProcess(process).text)]) ?? [],
    ),
    errors: projected?.findings.filter((f) => f.severity === 'error').map((f) => inWords(f).message) ?? [],
  };
}

const chain = (count: number, one: (i: number) => string): string =>
  `extern c(i: int): bool\nchoreography S(A, Z) {\n${Array.from({ length: count }, (_, i) => `  ${one(i)}\n`).join('')}  A -> Z: end\n}\n`;

describe(`the size of projections (CHOR_SEED=${seed})`, () => {
  const kinds: readonly [string, (i: number) => string][] = [
    ['messages that may not come', (i) => `if A.c(${i}) { A -> Z: l${i} }`],
    ['values that may not come', (i) => `if A.c(${i}) { A.${i} -> Z.x${i}: l${i} }`],
    ['messages of which there are two or none', (i) => `if A.c(${i}) { A -> Z: l${i}; A -> Z: m${i} }`],
    [
      'messages in a branch of three',
      (i) => `match A.${i} { case 1 { A -> Z: l${i} } case 2 { A -> Z: m${i} } else {} }`,
    ],
    ['loops', (i) => `while A.c(${i}) { A -> Z: l${i} }`],
  ];
  it.each(kinds)('is not doubled by %s', (_, one) => {
    for (let count = 1; count <= 16; count++) {
      const text = chain(count, one);
      const {
        lines: { A = 0, Z = 0 },
        errors,
      } = look(text);
      expect(A).toBeLessThan(12 * count + 20);
      expect(Z, text).toBeLessThan(14 * count + 120);
      // Either it is all there, or it is said why not.
      if (errors.length > 0) expect(errors.join('\n'), text).toContain('would be too large to write out');
      if (count <= 3) expect(errors).toEqual([]);
    }
  });
  it.each([
    ['told each time', (i: number) => `if A.c(${i}) -> Z { A -> Z: l${i} }`],
    ['told each time by a label', (i: number) => `if A.c(${i}) { A -> Z: l${i} } else { A -> Z: m${i} }`],
  ] as readonly [string, (i: number) => string][])('is linear where a role is %s', (_, one) => {
    for (const count of [10, 20, 40, 80]) {
      const {
        lines: { Z = 0 },
        errors,
      } = look(chain(count, one));
      expect(errors).toEqual([]);
      expect(Z).toBeLessThan(7 * count + 10);
    }
  });
  it('is in proportion to the choreography, whatever it is', { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(fc.oneof(programs(14), programs(14, true)), ({ text }) => {
        for (const [role, lines] of Object.entries(look(text).lines))
          expect(lines, `${role}\n${text}`).toBeLessThan(6 * linesOf(text) + 150);
      }),
      { seed, numRuns: runs },
    );
  });
});

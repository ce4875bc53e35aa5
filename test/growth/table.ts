// A table of constructs, nested or repeated, through every pass and request: none grows much faster than its text.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileOf, salted } from './constructs.js';
import { growthOf } from './growth.js';
import type { Growth, Row } from './growth.js';
import { startRunner } from './runner.js';
import type { Runner } from './runner.js';

/** One test for each row. The table is shown at the end. */
export function testGrowth(rows: readonly Row[]): void {
  let runner: Runner;
  const measured: Growth[] = [];
  beforeAll(async () => {
    runner = await startRunner();
    // The first texts are slow: the grammar and the passes are compiled.
    for (let i = 0; i < 5; i++) await runner.measure(salted(fileOf('statements', 'A.x -> B.y: m'), -1 - i), 60_000);
  });
  afterAll(async () => {
    await runner.stop();
    const width = Math.max(...measured.map(({ row }) => row.length));
    const line = ({ row, small, large, longer }: Growth): string =>
      `${row.padEnd(width)} ${small.toFixed(0).padStart(5)} ms ${large.toFixed(0).padStart(5)} ms ${(large / small).toFixed(1).padStart(5)}${longer > 5 ? `  for ${longer.toFixed(1)} times the text` : ''}`;
    console.log(`${'construct'.padEnd(width)}    once  4 times as much\n${measured.map(line).join('\n')}`);
  });

  test.each(rows.map((row) => [row.name, row] as const))(
    '%s',
    async (_, row) => {
      const growth = await growthOf(row, runner);
      measured.push(growth);
      expect(growth.wrong).toBeUndefined();
    },
    240_000,
  );
}

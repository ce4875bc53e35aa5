// The benchmark's networks at small sizes: their verdicts, and that without reduction the checker has the states of
// SPIN.
import { describe, expect, it } from 'vitest';
import { models } from '../../bench/models.js';
import { fastPromela } from '../../bench/promela.js';
import { search } from '../../bench/spin.js';
import { Workspace } from '../../language/workspace.js';
import { componentsSearched } from './components.js';
import { networkOf, read } from './helpers.js';
import { spinIsMissing } from './spin.js';

const missing = spinIsMissing();
const limits = { states: 100_000, buffer: 64 };
const sizes = models.flatMap((model) =>
  Object.entries(model.configurations).map(([size, count]) => ({ model, name: model.name, size: Number(size), count })),
);

describe('the networks of the benchmark', () => {
  it.each(sizes)('$name, $size: $count configurations', ({ model, size, count }) => {
    for (const reduce of [false, true]) {
      const results = componentsSearched(model.text(size), limits, reduce);
      expect(results.map((r) => r.cuts.size)).toEqual(results.map(() => 0));
      expect(results.some((r) => r.wrong.length > 0)).toBe(model.verdict === 'refuted');
      const configurations = results.reduce((sum, r) => sum + r.configurations, 0);
      if (reduce) expect(configurations).toBeLessThanOrEqual(count);
      else expect(configurations).toBe(count);
    }
  });
  it.each(models)('$name is a network without other errors', (model) => {
    const workspace = new Workspace({ limits });
    workspace.set('file:///model.chor', model.text(3));
    const analysis = workspace.analyze('file:///model.chor');
    expect(analysis?.verdicts.map((v) => v.verdict)).toEqual([model.verdict]);
    expect(new Set(analysis?.findings.filter((f) => f.severity === 'error').map((f) => f.code))).toEqual(
      new Set(model.verdict === 'refuted' ? ['deadlock'] : []),
    );
  });
  it.skipIf(missing !== undefined).each(sizes.filter(({ size }) => size === 3))(
    '$name, $size: as many states in SPIN',
    { timeout: 60_000 },
    ({ model, size, count }) => {
      const found = search(
        fastPromela(networkOf(read(model.text(size)).file)),
        { name: '', flags: ['-DNOREDUCE'], reduced: false },
        count,
        { optimise: '-O0' },
      );
      expect(found?.states).toBe(count);
      expect((found?.errors ?? 0) > 0).toBe(model.verdict === 'refuted');
    },
  );
});

// Random choreographies with branches that go on at the same time: what their roles do goes right in whatever order, and is what they are projected to.
import { expect, test } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { threadedChoreographies } from '../generators/threads.js';
import { holds } from '../property.js';
import { uri } from '../typing/helpers.js';
import { Workspace } from '../../language/workspace.js';

test('projections of choreographies without errors go right, explored as networks by hand', async () => {
  let [right, wrong, proved, threads] = [0, 0, 0, 0];
  await holds([threadedChoreographies], (text) => {
    const workspace = new Workspace({ limits: { states: 10_000, buffer: 3 } });
    workspace.set(uri, text);
    const errors = workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error') ?? [];
    if (errors.length > 0) {
      // Nothing else is drawn wrong.
      for (const { code } of errors) expect(['race', 'knowledge-of-choice'], text).toContain(code);
      wrong++;
      return;
    }
    right++;
    const file = projectionFile(workspace, uri, 'Main');
    expect(file?.holes, text).toEqual([]);
    const network = file?.text ?? '';
    if (network.includes('par {')) threads++;
    const beside = uri.replace('main', 'projected');
    for (const [code, byHand] of [[network, false], ...['', ' sync', ' buffer 1'].map((channels) => [network.replace(' implements Main', channels), true] as const)] as const) {
      workspace.set(beside, code);
      const analysis = workspace.analyze(beside);
      expect(analysis?.findings.filter(({ severity }) => severity === 'error').map(({ code: each }) => each), `${text}\n${code}`).toEqual([]);
      const [verdict] = analysis?.verdicts ?? [];
      if (byHand) proved += verdict?.verdict === 'proved' ? 1 : 0;
      else expect(verdict?.verdict, `${text}\n${code}`).toBe('proved');
    }
  }, { numRuns: 40 });
  expect(right).toBeGreaterThan(12);
  expect(threads).toBeGreaterThan(8);
  expect(proved).toBeGreaterThan(right);
  expect(wrong).toBeLessThan(28);
}, 240_000);

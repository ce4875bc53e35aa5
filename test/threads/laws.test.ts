// Random choreographies with branches that go on at the same time: what their roles do goes right in whatever order,
// and is what they are projected to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { threadedChoreographies } from '../generators/threads.js';
import { holds, runsOf } from '../property.js';
import { uri } from '../typing/helpers.js';
import { Workspace } from '../../language/workspace.js';
import { queuesOf } from './queues.js';

test('projections of choreographies without errors go right, explored as networks by hand', async () => {
  let [right, wrong, proved, threads] = [0, 0, 0, 0];
  await holds(
    [threadedChoreographies],
    (text) => {
      const workspace = new Workspace({ limits: { states: 2_000, buffer: 3 } });
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
      for (const [code, byHand] of [
        [network, false],
        ...queuesOf(workspace, 'Main').map(
          (channels) => [network.replace(' implements Main', channels), true] as const,
        ),
      ] as const) {
        workspace.set(beside, code);
        const analysis = workspace.analyze(beside);
        expect(
          analysis?.findings.filter(({ severity }) => severity === 'error').map(({ code: each }) => each),
          `${text}\n${code}`,
        ).toEqual([]);
        const [verdict] = analysis?.verdicts ?? [];
        if (byHand) proved += verdict?.verdict === 'proved' ? 1 : 0;
        else expect(verdict?.verdict, `${text}\n${code}`).toBe('proved');
      }
    },
    { numRuns: runsOf(40) },
  );
  expect(right).toBeGreaterThan(12);
  expect(threads).toBeGreaterThan(8);
  expect(proved).toBeGreaterThan(right);
  expect(wrong).toBeLessThan(0.7 * (right + wrong));
}, 3_600_000);

test('a projection has no hole without an error, also where some messages are dropped', async () => {
  let [holes, clean] = [0, 0];
  await holds(
    [threadedChoreographies, fc.array(fc.nat(), { minLength: 1, maxLength: 4 })],
    (whole, dropped) => {
      const lines = whole.split('\n');
      for (const each of dropped) {
        const messages = lines.flatMap((line, i) => (/^\s*\w+(\.[^>]*)? -> .*$/.test(line) ? [i] : []));
        if (messages.length > 0) lines.splice(messages[each % messages.length] ?? 0, 1);
      }
      const workspace = new Workspace({ limits: { states: 100, buffer: 1 } });
      workspace.set(uri, lines.join('\n'));
      const errors = workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error') ?? [];
      const file = projectionFile(workspace, uri, 'Main');
      if (errors.length === 0) expect(file?.holes, lines.join('\n')).toEqual([]);
      if (errors.length === 0) clean++;
      if (file && file.holes.length > 0) holes++;
    },
    { numRuns: runsOf(200) },
  );
  expect(clean).toBeGreaterThan(30);
  expect(holes).toBeGreaterThan(30);
});

// Random choreographies with families: the projection for any size, at some sizes, is that of the choreography at these
// sizes.
import type fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  callingChoreographies,
  familyChoreographies,
  lateChoreographies,
  pairedChoreographies,
  pickChoreographies,
  pickSomeChoreographies,
  threadChoreographies,
} from '../generators/families.js';
import { holds, runsOf } from '../property.js';
import { projectionFile } from '../../language/projection/file.js';
import { uri, workspaceOf } from '../typing/helpers.js';
import { queuesOf } from '../threads/queues.js';
import { atSize, read } from './helpers.js';

test.each<[string, fc.Arbitrary<string>, number, most?: number, more?: boolean]>([
  ['what a member does', familyChoreographies, 60],
  ['what is done with a member that was picked', pickChoreographies, 200],
  ['what is done with several members that were picked', pickSomeChoreographies, 120, 4],
  ['what members of two families of one size do', pairedChoreographies, 60],
  ['what members do in calls', callingChoreographies, 60],
  ['what members do at the same time', threadChoreographies, 150],
  ['what members do that find out late how a decision went', lateChoreographies, 150, 5, true],
])('%s, at some sizes from 2 on', async (_, texts, numRuns, most = 5, more = false) => {
  let right = 0;
  await holds(
    [texts],
    (text) => {
      const whole = read(text);
      const wrong = whole.projected.findings.some(({ severity }) => severity === 'error');
      for (let size = 2; size <= most; size++) {
        const found = atSize(whole, size, more);
        // What projects for every size projects for each; the other way round, sizes may be right by chance.
        if (wrong) continue;
        right++;
        expect(found.wrong, text).toBe(false);
        if (!found.same) expect(found.own, text).toBe(found.unrolled);
      }
    },
    { numRuns: runsOf(numRuns) },
  );
  expect(right).toBeGreaterThan(50);
});

test.each([
  ['in which a member is picked', pickChoreographies, /picked\[/, 60],
  ['in which several members are picked', pickSomeChoreographies, /picked\[/, 60],
  ['in which members do something at the same time', threadChoreographies, /par \{/, 60],
  ['in which members find out late', lateChoreographies, /receive from \w+ \{/, 100],
] as const)(
  'networks %s go right, explored as written by hand',
  async (_, texts, pattern, numRuns) => {
    let [right, told] = [0, 0];
    await holds(
      [texts],
      (choreography) => {
        const text = `extern f(): int\nextern fs(): list<int>\nextern o(): option<int>\nextern b(): bool\nextern g()\nextern h(ks: list<int>)\n${choreography}\n`;
        const workspace = workspaceOf(text);
        const errors = workspace.analyze(uri)?.findings.filter(({ severity }) => severity === 'error') ?? [];
        for (const { code } of errors)
          expect(['knowledge-of-choice', 'not-located-here', 'maybe-unassigned'], text).toContain(code);
        if (errors.length > 0) return;
        right++;
        const file = projectionFile(workspace, uri, 'Any');
        expect(file?.holes, text).toEqual([]);
        const network = file?.text ?? '';
        if (pattern.test(network)) told++;
        const beside = uri.replace('main', 'projected');
        for (const channels of queuesOf(workspace, 'Any')) {
          const code = network.replace(' implements Any', `(Node[n >= 2])${channels}`);
          workspace.set(beside, code);
          const analysis = workspace.analyze(beside);
          expect(
            analysis?.findings.filter(({ severity }) => severity === 'error').map((found) => found.code),
            `${text}\n${code}`,
          ).toEqual([]);
          expect(
            analysis?.verdicts.map(({ verdict }) => verdict),
            `${text}\n${code}`,
          ).toEqual(['proved']);
        }
      },
      { numRuns: runsOf(numRuns) },
    );
    expect(right).toBeGreaterThan(10);
    expect(told).toBeGreaterThan(3);
  },
  3_600_000,
);

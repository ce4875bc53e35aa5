// Random choreographies with families: the projection for any size, at some sizes, is that of the choreography at these sizes.
import { expect, test } from 'vitest';
import { familyChoreographies, pickChoreographies } from '../generators/families.js';
import { holds } from '../property.js';
import { atSize, read } from './helpers.js';

test.each([['what a member does', familyChoreographies, 60], ['what is done with a member that was picked', pickChoreographies, 200]] as const)('%s, at sizes 2 to 5', async (_, texts, numRuns) => {
  let right = 0;
  await holds([texts], (text) => {
    const whole = read(text);
    const wrong = whole.projected.findings.some(({ severity }) => severity === 'error');
    for (let size = 2; size <= 5; size++) {
      const found = atSize(whole, size);
      // What projects for every size projects for each; the other way round, sizes may be right by chance.
      if (wrong) continue;
      right++;
      expect(found.wrong, text).toBe(false);
      if (!found.same) expect(found.own, text).toBe(found.unrolled);
    }
  }, { numRuns });
  expect(right).toBeGreaterThan(50);
});

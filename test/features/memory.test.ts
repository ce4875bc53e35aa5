// What is kept of a file does not hold on to the states that it was in before.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createViewHistory } from '../../language/features/projections.js';
import { Workspace } from '../../language/workspace.js';
import { coinsNetwork } from '../generators/slow.js';

const uri = 'file:///a.chor';
const text = (n: number): string =>
  `choreography First(A, B) {\n  A.${n} -> B.n\n}\nchoreography Second(A, B) {\n  A.1 -> B.n\n}\n${coinsNetwork('Pending', 8, '', false)}`;

function collectGarbage(): void {
  setFlagsFromString('--expose_gc');
  (runInNewContext('gc') as () => void)();
}

test('the views of a file, and what is pending, let the analyses of older texts go', async () => {
  const workspace = new Workspace({ timeout: 10, background: { each: 1, total: 1, deferred: () => undefined } });
  const history = createViewHistory();
  const old: WeakRef<object>[] = [];
  for (let version = 0; version < 6; version++) {
    workspace.set(uri, text(version));
    const analysis = workspace.analyze(uri);
    if (!analysis) throw new Error('no analysis');
    history.update(analysis, version);
    for (const view of history.views()) view.roles();
    old.push(new WeakRef(analysis));
  }
  // What was looked at through a weak reference lives until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
  collectGarbage();
  expect(old.slice(0, -1).filter((ref) => ref.deref() !== undefined).length).toBe(0);
  expect(workspace.pending().length).toBe(1);
  expect(history.views().length).toBe(2);
});

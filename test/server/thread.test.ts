// The thread's side of explorations, run here: jobs in, answers out.
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../language/workspace.js';
import type { Finding } from '../../language/findings/finding.js';
import type { ExplorationTask } from '../../language/network/verdict/cache.js';
import { shared } from '../../server/exploration/messages.js';
import type { FromThread } from '../../server/exploration/messages.js';
import { createThread } from '../../server/exploration/thread.js';
import { coinsNetwork } from '../generators/slow.js';

const uri = 'file:///a.chor';

/** The task that a workspace makes of a text's network. */
function taskOf(text: string): ExplorationTask {
  const workspace = new Workspace({ background: { each: 0, total: 0, deferred: () => undefined } });
  workspace.set(uri, text);
  workspace.analyze(uri);
  const [pending] = workspace.pending();
  if (!pending) throw new Error('nothing is pending');
  return pending.task;
}

function start(memory?: Int32Array): {
  readonly told: FromThread[];
  explore(id: number, task: ExplorationTask, timeout?: number, finding?: Finding): FromThread | undefined;
} {
  const told: FromThread[] = [];
  const take = createThread((message) => void told.push(structuredClone(message)));
  take({ kind: 'start', shared: memory });
  return {
    told,
    explore(id, task, timeout = 60_000, finding = undefined) {
      take({ kind: 'do', job: { id, task, timeout, finding } });
      return told.at(-1);
    },
  };
}

describe('the thread', () => {
  test('says that it is there, and answers with plain data', () => {
    const { told, explore } = start();
    expect(told).toEqual([{ kind: 'ready' }]);
    expect(explore(1, taskOf(coinsNetwork('N', 6, 'receive from A: yes')))).toMatchObject({
      kind: 'done',
      id: 1,
      stopped: false,
      result: { verdict: { name: 'N', verdict: 'refuted' }, findings: [{ code: 'unmatched-receive', uri }] },
    });
  });

  test('tries the fixes of a finding, and tells of each that helps', () => {
    const task = taskOf(coinsNetwork('N', 4, 'receive from A: yes'));
    const { told, explore } = start();
    const done = explore(1, task);
    const [finding] = done?.kind === 'done' ? done.result.findings : [];
    expect(explore(2, task, 60_000, finding)).toMatchObject({
      kind: 'tried',
      id: 2,
      done: true,
      fixes: [{ title: 'Add `send to B: yes` to A, at its end' }, { title: 'Remove this `receive` from B' }],
    });
    expect(told.flatMap((m) => (m.kind === 'tried' ? [[m.fixes.length, m.done]] : []))).toEqual([
      [1, false],
      [2, false],
      [2, true],
    ]);
    expect(explore(3, task, 60_000, finding && { ...finding, origin: { start: 0, end: 1 } })).toEqual({
      kind: 'tried',
      id: 3,
      fixes: [],
      done: true,
    });
  });

  test('trusts no fix that it was stopped at, and tries all of them the next time', () => {
    const task = taskOf(coinsNetwork('N', 6, 'receive from A: yes'));
    const memory = Int32Array.of(0, 0);
    const { told, explore } = start(memory);
    const done = explore(1, task);
    const [finding] = done?.kind === 'done' ? done.result.findings : [];
    memory[shared.stop] = 2;
    expect(explore(2, task, 60_000, finding)).toEqual({ kind: 'tried', id: 2, fixes: [], done: true });
    expect(explore(3, task, 60_000, finding)).toMatchObject({
      kind: 'tried',
      id: 3,
      done: true,
      fixes: [{ title: 'Add `send to B: yes` to A, at its end' }, { title: 'Remove this `receive` from B' }],
    });
    expect(told.filter((m) => m.kind === 'failed')).toEqual([]);
  });

  test('tells how far it is, and ends when its time is up', () => {
    const { told, explore } = start();
    expect(explore(1, taskOf(coinsNetwork('N', 30)), 400)).toMatchObject({
      kind: 'done',
      id: 1,
      stopped: false,
      result: { verdict: { verdict: 'bounded', undecided: { reason: 'time' } } },
    });
    expect(told).toContainEqual({ kind: 'progress', id: 1, states: expect.any(Number) as number });
  });

  test('stops the job that it is told to stop, and not the next one', () => {
    const { explore } = start(Int32Array.of(7, 0));
    expect(explore(7, taskOf(coinsNetwork('N', 30)))).toMatchObject({
      kind: 'done',
      id: 7,
      stopped: true,
      result: { verdict: { verdict: 'bounded', undecided: { reason: 'stopped' } } },
    });
    expect(explore(8, taskOf(coinsNetwork('N', 5)))).toMatchObject({
      kind: 'done',
      id: 8,
      stopped: false,
      result: { verdict: { verdict: 'proved' } },
    });
  });

  test('waits when it is told to, which is no time of the job’s', () => {
    const memory = new Int32Array(new SharedArrayBuffer(4 * shared.length));
    memory[shared.pause] = 1;
    const { explore } = start(memory);
    const begun = Date.now();
    // It goes on for a moment now and then, whatever became of who told it.
    expect(explore(1, taskOf(coinsNetwork('N', 4)), 60_000)).toMatchObject({
      kind: 'done',
      result: { verdict: { verdict: 'proved' } },
    });
    expect(Date.now() - begun).toBeGreaterThan(400);
  });

  test('says what failed, and lives on', () => {
    const { explore } = start();
    const task = taskOf(coinsNetwork('N', 4));
    expect(explore(1, { ...task, start: 3 })).toEqual({
      kind: 'failed',
      id: 1,
      message: 'There is no such network.',
      size: false,
    });
    expect(explore(2, { ...task, files: undefined as never })).toMatchObject({ kind: 'failed', id: 2, size: false });
    expect(explore(3, task)).toMatchObject({ kind: 'done', id: 3 });
  });
});

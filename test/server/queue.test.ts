// Which network is explored when: with threads that do as the test says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Pending } from '../../language/network/verdict/cache.js';
import type { NetworkResult } from '../../language/network/verdict/verdict.js';
import { createQueue } from '../../server/exploration/queue.js';
import type { Queue, Thread, ThreadEvents, Wanted } from '../../server/exploration/queue.js';
import type { Job } from '../../server/exploration/messages.js';
import { finding } from '../../language/findings/finding.js';

interface FakeThread {
  readonly events: ThreadEvents;
  readonly jobs: Job[];
  readonly memory?: Int32Array;
  ended: boolean;
}

const pending = (key: string, states = 1000): Pending => ({
  key,
  name: `N${key}`,
  uri: 'file:///a.chor',
  origin: { start: 0, end: 1 },
  turn: 1,
  task: { uri: 'file:///a.chor', start: 0, files: [], limits: { states, buffer: 4 } },
});
const trial = (key: string): Wanted => ({
  ...pending(key),
  finding: finding(
    'type-is-recursive',
    'file:///a.chor',
    { start: 2, end: 3 },
    { name: 'T', kind: 'alias', type: { start: 2, end: 3 } },
  ),
});
const result: NetworkResult = {
  verdict: {
    name: 'N',
    subject: 'network',
    uri: 'file:///a.chor',
    origin: { start: 0, end: 1 },
    verdict: 'proved',
    states: 1,
    buffer: 0,
    run: [],
  },
  findings: [],
};

let threads: FakeThread[];
let log: string[];
/** Threads can't be started, or end before they say anything. */
let refuse = false;
let mute = false;

/** A queue that notes what it tells. */
function create(options: { threads?: number; shared?: boolean } = {}): Queue {
  return createQueue({
    threads: options.threads ?? 1,
    timeout: () => 1000,
    start(events): Thread {
      if (refuse) throw new Error('no threads here');
      const thread: FakeThread = {
        events,
        jobs: [],
        ended: false,
        ...(options.shared === false ? {} : { memory: new Int32Array(2) }),
      };
      threads.push(thread);
      return {
        post: (message) => {
          if (message.kind === 'do') thread.jobs.push(message.job);
          else if (!mute) events.told({ kind: 'ready' });
        },
        ...(thread.memory ? { memory: thread.memory } : {}),
        end: () => void (thread.ended = true),
      };
    },
    done: (key, _, milliseconds) => void log.push(`done ${key} ${milliseconds}`),
    tried: (key, fixes, done) =>
      void log.push(`${done ? 'tried' : 'trying'} ${key}: ${fixes.map((fix) => fix.title).join()}`),
    gaveUp: (key, reason, states) => void log.push(`gave up ${key}: ${reason}, ${states}`),
    changed: () => undefined,
    unavailable: () => void log.push('unavailable'),
    log: () => undefined,
  });
}

const thread = (index = threads.length - 1): FakeThread => threads[index] as FakeThread;
const job = (index?: number): Job => thread(index).jobs.at(-1) as Job;
const finish = (of: Job, stopped = false, at = thread()): void =>
  at.events.told({ kind: 'done', id: of.id, result, milliseconds: 5, stopped });
const names = (queue: Queue): string[] => queue.state().exploring.map((e) => e.name);

beforeEach(() => {
  vi.useFakeTimers();
  threads = [];
  log = [];
  refuse = mute = false;
});
afterEach(() => void vi.useRealTimers());

describe('the queue', () => {
  test('explores what is wanted in its order, one after the other, in one thread', () => {
    const queue = create();
    queue.want([pending('a'), pending('b')]);
    expect(threads.length).toBe(1);
    expect(names(queue)).toEqual(['Na']);
    expect(queue.state().waiting).toBe(1);
    finish(job());
    expect(names(queue)).toEqual(['Nb']);
    finish(job());
    expect(queue.state()).toEqual({ exploring: [], waiting: 0 });
    expect(log).toEqual(['done a 5', 'done b 5']);
    expect(thread().jobs.length).toBe(2);
  });

  test('wants nothing twice: what is under way goes on', () => {
    const queue = create();
    queue.want([pending('a')]);
    queue.want([pending('a'), pending('b')]);
    queue.want([pending('a'), pending('b')]);
    expect(thread().jobs.length).toBe(1);
    thread().events.told({ kind: 'progress', id: job().id, states: 77 });
    expect(queue.state().exploring).toMatchObject([{ name: 'Na', states: 77, uri: 'file:///a.chor' }]);
  });

  test('stops what is not wanted any more, and drops its result', () => {
    const queue = create();
    queue.want([pending('old')]);
    const old = job();
    queue.want([pending('new')]);
    expect(thread().memory?.[0]).toBe(old.id);
    // It is told to end, and has not ended yet.
    expect(thread().jobs.length).toBe(1);
    expect(names(queue)).toEqual([]);
    finish(old, true);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(names(queue)).toEqual(['Nnew']);
    // What an older job says is not heard.
    thread().events.told({ kind: 'progress', id: old.id, states: 9 });
    finish(old);
    expect(queue.state().exploring).toMatchObject([{ name: 'Nnew', states: 0 }]);
    finish(job());
    expect(log).toEqual(['done new 5']);
  });

  test('waits for whoever edits what is explored to come to rest', () => {
    const queue = create();
    queue.want([pending('0')]);
    expect(names(queue)).toEqual(['N0']);
    for (let i = 1; i < 10; i++) {
      queue.want([pending(String(i)), pending('other')]);
      if (i === 1) finish(job(), true);
      vi.advanceTimersByTime(40);
      expect(names(queue)).toEqual([]);
      expect(queue.state().waiting).toBe(2);
    }
    vi.advanceTimersByTime(160);
    expect(names(queue)).toEqual(['N9']);
    expect(thread().jobs.length).toBe(2);
    // What is only less urgent now is no reason to wait.
    queue.want([pending('urgent'), pending('9'), pending('other')]);
    finish(job(), true);
    expect(names(queue)).toEqual(['Nurgent']);
  });

  test('takes a result that was whole before the thread was stopped', () => {
    const queue = create();
    queue.want([pending('old')]);
    queue.want([pending('new')]);
    finish(job(), false);
    expect(log).toEqual(['done old 5']);
  });

  test('ends a thread that does not stop when it is told to', () => {
    const queue = create();
    queue.want([pending('old')]);
    queue.want([pending('new')]);
    vi.advanceTimersByTime(600);
    expect(thread(0).ended).toBe(true);
    expect(threads.length).toBe(2);
    expect(names(queue)).toEqual(['Nnew']);
    expect(log).toEqual([]);
    // The old thread is not heard any more.
    thread(0).events.ended('late');
    thread(0).events.told({ kind: 'done', id: thread(0).jobs[0]?.id ?? 0, result, milliseconds: 1, stopped: false });
    expect(log).toEqual([]);
    expect(threads.length).toBe(2);
  });

  test('ends the thread at once where nothing is shared with it', () => {
    const queue = create({ shared: false });
    queue.want([pending('old')]);
    queue.want([pending('new'), pending('old')]);
    expect(thread(0).ended).toBe(true);
    expect(names(queue)).toEqual(['Nnew']);
    finish(job());
    expect(names(queue)).toEqual(['Nold']);
    expect(log).toEqual(['done new 5']);
  });

  test('explores as many at a time as there are threads', () => {
    const queue = create({ threads: 2 });
    queue.want([pending('a'), pending('b'), pending('c')]);
    expect(names(queue)).toEqual(['Na', 'Nb']);
    // What is more urgent takes the place of the least urgent.
    queue.want([pending('d'), pending('a'), pending('b'), pending('c')]);
    expect(thread(1).memory?.[0]).toBe(job(1).id);
    finish(job(1), true, thread(1));
    expect(names(queue).sort()).toEqual(['Na', 'Nd']);
    finish(job(0), false, thread(0));
    expect(names(queue).sort()).toEqual(['Nb', 'Nd']);
  });
});

describe('fixes that are tried', () => {
  const fixes = [
    { title: 'First', edits: [] },
    { title: 'Second', edits: [] },
  ];
  const tell = (of: Job, count: number, done: boolean): void =>
    thread().events.told({ kind: 'tried', id: of.id, fixes: fixes.slice(0, count), done });

  test('are told one by one, and what waits comes after the last', () => {
    const queue = create();
    queue.want([trial('a'), trial('b')]);
    expect(job()).toMatchObject({ finding: { code: 'type-is-recursive' } });
    expect(queue.state()).toMatchObject({ exploring: [{ name: 'Na', fixes: true }], waiting: 0 });
    tell(job(), 1, false);
    tell(job(), 2, true);
    expect(log).toEqual(['trying a: First', 'tried a: First,Second']);
    expect(names(queue)).toEqual(['Nb']);
  });

  test('make way for what is to be explored, at once, and begin anew', () => {
    const queue = create();
    queue.want([trial('a')]);
    const first = job();
    queue.want([pending('b'), trial('a')]);
    expect(thread().memory?.[0]).toBe(first.id);
    tell(first, 1, false);
    tell(first, 1, true);
    expect(log).toEqual([]);
    expect(queue.state()).toMatchObject({ exploring: [{ name: 'Nb', fixes: false }], waiting: 0 });
    finish(job());
    expect(job()).toMatchObject({ finding: {} });
    tell(job(), 0, true);
    expect(log).toEqual(['done b 5', 'tried a: ']);
  });

  test('that nobody wants any more make nobody wait', () => {
    const queue = create();
    queue.want([trial('a')]);
    const first = job();
    queue.want([pending('b')]);
    tell(first, 0, true);
    expect(names(queue)).toEqual(['Nb']);
  });

  test('are dropped when all is stopped', () => {
    const queue = create({ threads: 2 });
    queue.want([pending('a'), trial('b'), trial('c')]);
    queue.stop();
    tell(job(1), 1, true);
    finish(job(0), true, thread(0));
    vi.advanceTimersByTime(1000);
    expect(log).toEqual(['done a 5']);
    expect(queue.state()).toEqual({ exploring: [], waiting: 0 });
    expect(threads.flatMap(({ jobs }) => jobs).length).toBe(2);
  });

  test('are given up where they crash the thread again and again', () => {
    const queue = create();
    queue.want([trial('a')]);
    for (let i = 0; i < 2; i++) thread().events.ended('crash');
    expect(log).toEqual(['gave up a: exploring it failed twice, 0']);
    expect(queue.state().exploring).toEqual([]);
  });
});

describe('a pause', () => {
  test('lasts until the end is told, or a second', () => {
    const queue = create({ threads: 2 });
    queue.want([pending('a'), pending('b')]);
    const paused = (): (number | undefined)[] => threads.map((t) => t.memory?.[1]);
    queue.pause();
    expect(paused()).toEqual([1, 1]);
    queue.resume();
    expect(paused()).toEqual([0, 0]);
    queue.pause();
    vi.advanceTimersByTime(900);
    queue.pause();
    vi.advanceTimersByTime(900);
    expect(paused()).toEqual([1, 1]);
    vi.advanceTimersByTime(200);
    expect(paused()).toEqual([0, 0]);
  });

  test('is no time of the job’s: it is not taken for stuck', () => {
    const queue = create();
    queue.want([pending('a')]);
    for (let i = 0; i < 40; i++) {
      queue.pause();
      vi.advanceTimersByTime(500);
    }
    queue.resume();
    vi.advanceTimersByTime(10_000);
    expect(log).toEqual([]);
    vi.advanceTimersByTime(2000);
    expect(log).toEqual(['gave up a: it took too long, 0']);
  });

  test('is none where nothing is shared', () => {
    const queue = create({ shared: false });
    queue.want([pending('a')]);
    queue.pause();
    queue.resume();
    finish(job());
    expect(log).toEqual(['done a 5']);
  });
});

describe('what goes wrong', () => {
  test('a thread that crashes is started again, and the network is tried once more, with less', () => {
    const queue = create();
    queue.want([pending('a', 1000), pending('b')]);
    thread().events.told({ kind: 'progress', id: job().id, states: 400 });
    thread().events.ended('out of memory');
    expect(threads.length).toBe(2);
    expect(job().task.limits).toEqual({ states: 200, buffer: 4 });
    finish(job());
    expect(log).toEqual(['done a 5']);
    expect(names(queue)).toEqual(['Nb']);
    expect(job().task.limits.states).toBe(1000);
  });

  test('a network that no thread survives is given up, and the others go on', () => {
    const queue = create();
    queue.want([pending('bad'), pending('good')]);
    thread().events.told({ kind: 'progress', id: job().id, states: 400 });
    thread().events.ended('crash');
    thread().events.told({ kind: 'progress', id: job().id, states: 100 });
    thread().events.ended('crash');
    expect(log).toEqual(['gave up bad: exploring it failed twice, 100']);
    expect(names(queue)).toEqual(['Ngood']);
    finish(job());
    expect(log.at(-1)).toBe('done good 5');
  });

  test('networks that crash every thread at once do not stop the others', () => {
    const queue = create();
    queue.want(['a', 'b', 'c', 'd'].map((key) => pending(key)));
    for (let i = 0; i < 6; i++) thread().events.ended('crash');
    expect(log).toEqual(['a', 'b', 'c'].map((key) => `gave up ${key}: exploring it failed twice, 0`));
    finish(job());
    expect(log.at(-1)).toBe('done d 5');
  });

  test('where no thread ever says a word, there are none to be had', () => {
    mute = true;
    const queue = create();
    queue.want(['a', 'b', 'c'].map((key) => pending(key)));
    for (let i = 0; i < 3; i++) thread().events.ended('no such file');
    expect(log).toEqual(['unavailable']);
    expect(queue.state()).toEqual({ exploring: [], waiting: 0 });
    queue.want([pending('d')]);
    expect(threads.length).toBe(3);
  });

  test('threads that can’t even be started neither', () => {
    refuse = true;
    const queue = create();
    queue.want([pending('a'), pending('b')]);
    expect(log).toEqual(['unavailable']);
    expect(queue.state().exploring).toEqual([]);
  });

  test('an error of ours gives the network up, one of size tries it with less', () => {
    const queue = create();
    queue.want([pending('a'), pending('b')]);
    thread().events.told({ kind: 'failed', id: job().id, message: 'undefined is not a function', size: false });
    expect(log).toEqual(['gave up a: exploring it failed, 0']);
    thread().events.told({ kind: 'progress', id: job().id, states: 900 });
    thread().events.told({ kind: 'failed', id: job().id, message: 'Array buffer allocation failed', size: true });
    expect(job().task.limits.states).toBe(450);
    thread().events.told({ kind: 'failed', id: job().id, message: 'Array buffer allocation failed', size: true });
    expect(log.at(-1)).toBe('gave up b: it is too large to be explored, 0');
    expect(names(queue)).toEqual([]);
    expect(threads.length).toBe(1);
  });

  test('a job that goes on for ever is ended, and given up', () => {
    const queue = create();
    queue.want([pending('a'), pending('b')]);
    vi.advanceTimersByTime(12_000);
    expect(log).toEqual(['gave up a: it took too long, 0']);
    expect(thread(0).ended).toBe(true);
    expect(names(queue)).toEqual(['Nb']);
  });
});

describe('stopping', () => {
  test('keeps what was found until then, and gives up what waits', () => {
    const queue = create();
    queue.want([pending('a'), pending('b')]);
    queue.stop();
    expect(log).toEqual(['gave up b: it was stopped, 0']);
    expect(names(queue)).toEqual(['Na']);
    finish(job(), true);
    expect(log.at(-1)).toBe('done a 5');
    expect(queue.state()).toEqual({ exploring: [], waiting: 0 });
    queue.stop();
    expect(log.length).toBe(2);
  });

  test('gives up what was under way where nothing is shared with the thread', () => {
    const queue = create({ shared: false });
    queue.want([pending('a')]);
    thread().events.told({ kind: 'progress', id: job().id, states: 30 });
    queue.stop();
    expect(log).toEqual(['gave up a: it was stopped, 30']);
  });

  test('for good ends the threads', () => {
    const queue = create({ threads: 2 });
    queue.want([pending('a'), pending('b')]);
    queue.dispose();
    expect(threads.every((t) => t.ended)).toBe(true);
    thread(0).events.ended('exit code 1');
    vi.advanceTimersByTime(60_000);
    expect(log).toEqual([]);
    expect(threads.length).toBe(2);
  });
});

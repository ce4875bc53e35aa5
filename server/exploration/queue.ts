// Which network is explored when, and in which thread: what is wanted most comes first, what is not wanted any more is stopped,
// a thread that crashes is started again, and a network that is too much for it is given up. It knows nothing of how threads are made.
import type { Pending } from '../../language/network/cache.js';
import type { PlainResult } from '../../language/network/kept.js';
import type { FromThread, ToThread } from './messages.js';

/** A thread that explores. */
export interface Thread {
  post(message: ToThread): void;
  /** Where the number of a job to stop is put; without it, a job is stopped by ending the thread. */
  readonly stop?: Int32Array;
  /** Ends the thread, whatever it is doing. `ended` need not be told of it. */
  end(): void;
}

export interface ThreadEvents {
  told(message: FromThread): void;
  /** It is gone; `reason` is for the log. */
  ended(reason: string): void;
}

/** Starts a thread; it may throw. */
export type StartThread = (events: ThreadEvents) => Thread;

export interface QueueOptions {
  readonly start: StartThread;
  /** How many networks may be explored at the same time. */
  readonly threads: number;
  /** How long one network may be explored, in milliseconds. */
  patience(): number;
  done(key: string, result: PlainResult, milliseconds: number): void;
  /** There will be no result: why, in words for the user, and how many states were made. */
  gaveUp(key: string, reason: string, states: number): void;
  /** Something is to be said of `state()`. */
  changed(): void;
  /** No thread can be had: nothing more will come. */
  unavailable(): void;
  log(message: string): void;
}

export interface QueueState {
  readonly exploring: readonly { readonly uri: string; readonly name: string; readonly states: number; readonly since: number }[];
  readonly waiting: number;
}

export interface Queue {
  /** What is to be explored from now on, the most urgent first. What is under way and not in it is stopped, and its result dropped. */
  want(list: readonly Pending[]): void;
  /** Ends what is under way, with the result that it has until then, and gives up what waits. */
  stop(): void;
  state(): QueueState;
  dispose(): void;
}

/** A job that does not end when it is told to is ended with its thread, after so many milliseconds. */
const grace = 500;
/** A job that goes on for so much longer than it may is stuck. */
const stuckAfter = 10_000;
/** So many threads in a row that end before they say anything: there are none to be had. */
const mostStillborn = 3;

interface Running {
  readonly pending: Pending;
  readonly id: number;
  readonly since: number;
  states: number;
  /** It was told to end: its result is dropped, or kept as far as it came. */
  ending?: 'drop' | 'keep';
  timer: ReturnType<typeof setTimeout>;
}

interface Slot {
  thread?: Thread;
  /** The thread has said something. */
  alive: boolean;
  job?: Running;
}

/** Creates a queue; threads are started when they are needed. */
export function createQueue(options: QueueOptions): Queue {
  const slots: Slot[] = Array.from({ length: options.threads }, () => ({ alive: false }));
  let wanted: readonly Pending[] = [];
  /** Those that a thread did not survive, with the states that may be made at the second try. */
  const crashed = new Map<string, number | undefined>();
  let ids = 0;
  let stillborn = 0;
  let closed = false;

  const forget = (key: string): void => {
    wanted = wanted.filter((p) => p.key !== key);
    crashed.delete(key);
  };
  const giveUp = (key: string, reason: string, states: number): void => {
    forget(key);
    options.gaveUp(key, reason, states);
  };
  /** Takes the job out of its slot. */
  const release = (slot: Slot): Running | undefined => {
    const { job } = slot;
    if (job) clearTimeout(job.timer);
    slot.job = undefined;
    return job;
  };

  /** What follows where a job did not survive: once more with less, then never again. */
  const failed = (job: Running, reason: string): void => {
    if (job.ending === 'drop') return;
    const { key } = job.pending;
    if (job.ending === 'keep' || crashed.has(key)) {
      giveUp(key, job.ending === 'keep' ? 'it was stopped' : reason, job.states);
      return;
    }
    crashed.set(key, job.states > 0 ? Math.max(1, Math.floor(job.states / 2)) : undefined);
  };
  const kill = (slot: Slot): void => {
    const { thread } = slot;
    slot.thread = undefined;
    thread?.end();
  };

  const told = (slot: Slot, message: FromThread): void => {
    stillborn = 0;
    slot.alive = true;
    const { job } = slot;
    if (message.kind === 'ready' || job?.id !== message.id) return;
    switch (message.kind) {
      case 'progress':
        job.states = message.states;
        options.changed();
        return;
      case 'done': {
        release(slot);
        if (!message.stopped || job.ending === 'keep') {
          forget(job.pending.key);
          options.done(job.pending.key, message.result, message.milliseconds);
        }
        break;
      }
      case 'failed':
        release(slot);
        options.log(`${job.pending.name} could not be explored: ${message.message}`);
        if (message.size) failed(job, 'it is too large to be explored');
        else giveUp(job.pending.key, 'exploring it failed', job.states);
    }
    settle();
  };
  const ended = (slot: Slot, reason: string): void => {
    slot.thread = undefined;
    options.log(`The thread that explores networks ended: ${reason}`);
    const job = release(slot);
    // What no thread was there for is no crash of it.
    if (!slot.alive) stillborn++;
    else if (job) failed(job, 'exploring it failed twice');
    if (stillborn >= mostStillborn && !closed) {
      close();
      options.unavailable();
    }
    settle();
  };

  const startThread = (slot: Slot): void => {
    slot.alive = false;
    const started = options.start({
      told: (message) => {
        if (slot.thread === started) told(slot, message);
      },
      ended: (reason) => {
        if (slot.thread === started) ended(slot, reason);
      },
    });
    slot.thread = started;
    started.post({ kind: 'start', stop: started.stop });
  };

  const run = (slot: Slot, pending: Pending): void => {
    try {
      if (!slot.thread) startThread(slot);
      const patience = options.patience();
      const { task } = pending;
      const states = Math.min(task.limits.states, crashed.get(pending.key) ?? Infinity);
      const id = ++ids;
      slot.job = { pending, id, since: Date.now(), states: 0, timer: setTimeout(() => stuck(slot), patience + stuckAfter) };
      slot.thread?.post({ kind: 'explore', job: { id, patience, task: { ...task, limits: { ...task.limits, states } } } });
    } catch (error) {
      ended(slot, error instanceof Error ? error.message : String(error));
    }
  };
  const stuck = (slot: Slot): void => {
    kill(slot);
    const job = release(slot);
    if (job && job.ending !== 'drop') giveUp(job.pending.key, 'it took too long', job.states);
    settle();
  };
  const stopJob = (slot: Slot, job: Running, how: 'drop' | 'keep'): void => {
    job.ending = how;
    const end = (): void => {
      kill(slot);
      release(slot);
      failed(job, 'it was stopped');
      settle();
    };
    const stop = slot.thread?.stop;
    if (!stop) {
      end();
      return;
    }
    Atomics.store(stop, 0, job.id);
    clearTimeout(job.timer);
    job.timer = setTimeout(end, grace);
  };

  /** Brings what is under way in line with what is wanted. */
  const settle = (): void => {
    if (!closed) {
      const first = wanted.slice(0, slots.length);
      for (const slot of slots) {
        const { job } = slot;
        if (job && !job.ending && !first.some((p) => p.key === job.pending.key)) stopJob(slot, job, 'drop');
      }
      for (const pending of first) {
        if (slots.some(({ job }) => job?.pending.key === pending.key)) continue;
        const free = slots.find(({ job }) => !job);
        if (free) run(free, pending);
      }
    }
    options.changed();
  };

  const close = (): void => {
    closed = true;
    wanted = [];
    for (const slot of slots) {
      kill(slot);
      release(slot);
    }
  };

  return {
    want(list) {
      wanted = closed ? [] : list;
      for (const key of crashed.keys()) if (!list.some((p) => p.key === key)) crashed.delete(key);
      settle();
    },
    stop() {
      const running = slots.flatMap(({ job }) => (job && job.ending !== 'drop' ? [job.pending.key] : []));
      for (const { key } of wanted.filter((p) => !running.includes(p.key))) giveUp(key, 'it was stopped', 0);
      for (const slot of slots) if (slot.job && !slot.job.ending) stopJob(slot, slot.job, 'keep');
      options.changed();
    },
    state() {
      const running = slots.flatMap(({ job }) => (job && job.ending !== 'drop' ? [job] : []));
      return {
        exploring: running.map(({ pending: { uri, name }, states, since }) => ({ uri, name, states, since })),
        waiting: wanted.filter((p) => !running.some((job) => job.pending.key === p.key)).length,
      };
    },
    dispose: close,
  };
}

// Which network is explored when, and in which thread: what is wanted most comes first, what is not wanted any more is
// stopped, a thread that crashes is started again, and a network that is too much for it is given up. It knows nothing
// of how threads are made.
import type { Finding } from '../../language/findings/finding.js';
import type { Pending } from '../../language/network/verdict/cache.js';
import type { NetworkResult } from '../../language/network/verdict/verdict.js';
import { shared } from './messages.js';
import type { FromThread, ToThread } from './messages.js';
import { createPause } from './pause.js';
import type { Fix } from '../../language/edits/fix.js';

/** A network that is to be explored, or, with a finding of it, the fixes of that which are to be tried. */
export interface Wanted extends Pick<Pending, 'key' | 'name' | 'uri' | 'task'> {
  readonly finding?: Finding;
}

/** A thread that explores. */
export interface Thread {
  post(message: ToThread): void;
  /**
   * Memory that the thread looks at, see `shared`; without it, a job is stopped by ending the thread, and none can be
   * paused.
   */
  readonly memory?: Int32Array;
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
  timeout(): number;
  done(key: string, result: NetworkResult, milliseconds: number): void;
  /** The fixes that help so far; `done`: there are no more. */
  tried(key: string, fixes: readonly Fix[], done: boolean): void;
  /** There will be no result: why, in words for the user, and how many states were made. */
  gaveUp(key: string, reason: string, states: number): void;
  /** Something is to be said of `state()`. */
  changed(): void;
  /** No thread can be had: nothing more will come. */
  unavailable(): void;
  log(message: string): void;
}

export interface QueueState {
  /** `fixes`: it comes of fixes that are being tried. */
  readonly exploring: readonly {
    readonly uri: string;
    readonly name: string;
    readonly states: number;
    readonly since: number;
    readonly fixes: boolean;
  }[];
  /** How many networks wait to be explored; what is tried waits for them all. */
  readonly waiting: number;
}

export interface Queue {
  /**
   * What is to be done from now on, the most urgent first. What is under way and not in it is stopped, and its result
   * dropped.
   */
  want(list: readonly Wanted[]): void;
  /** Somebody types: the processors are theirs until `resume`, which comes by itself after a second. */
  pause(): void;
  resume(): void;
  /**
   * Ends what is explored, with the result that it has until then, gives up what waits to be, and drops what is tried.
   */
  stop(): void;
  state(): QueueState;
  dispose(): void;
}

/** A job that does not end when it is told to is ended with its thread, after so many milliseconds. */
const grace = 500;
/** A job that goes on for so much longer than it may is stuck. */
const stuckAfter = 10_000;
/**
 * Where somebody edits what is explored, the next text waits for so long, in milliseconds: it may be as short-lived.
 */
const rest = 150;
/** So many threads in a row that end before they say anything: there are none to be had. */
const mostStillborn = 3;

interface Running {
  readonly pending: Wanted;
  readonly id: number;
  readonly since: number;
  /** The pauses that there were before it. */
  readonly pausedBefore: number;
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
  let wanted: readonly Wanted[] = [];
  /** Those that a thread did not survive, with the states that may be made at the second try. */
  const crashed = new Map<string, number | undefined>();
  let ids = 0;
  let stillborn = 0;
  let closed = false;
  let restUntil = 0;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const pause = createPause((paused) => {
    for (const { thread } of slots) {
      if (!thread?.memory) continue;
      Atomics.store(thread.memory, shared.pause, paused ? 1 : 0);
      if (!paused) Atomics.notify(thread.memory, shared.pause);
    }
  });

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
      case 'tried': {
        const {
          pending: { key },
          ending,
        } = job;
        if (message.done) release(slot);
        if (message.done && !ending) forget(key);
        if (!ending) options.tried(key, message.fixes, message.done);
        if (!message.done) return;
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
    started.post({ kind: 'start', shared: started.memory });
  };

  const run = (slot: Slot, pending: Wanted): void => {
    try {
      if (!slot.thread) startThread(slot);
      const timeout = options.timeout();
      const { task, finding } = pending;
      const states = Math.min(task.limits.states, crashed.get(pending.key) ?? Infinity);
      const id = ++ids;
      // Before fixes are tried, the network may have to be explored once more.
      const limit = (finding ? 2 : 1) * timeout + stuckAfter;
      slot.job = {
        pending,
        id,
        since: Date.now(),
        pausedBefore: pause.total(),
        states: 0,
        timer: setTimeout(() => stuck(slot, limit), limit),
      };
      slot.thread?.post({
        kind: 'do',
        job: { id, timeout, task: { ...task, limits: { ...task.limits, states } }, finding },
      });
    } catch (error) {
      ended(slot, error instanceof Error ? error.message : String(error));
    }
  };
  const stuck = (slot: Slot, limit: number): void => {
    const running = slot.job ? Date.now() - slot.job.since - (pause.total() - slot.job.pausedBefore) : limit;
    if (slot.job && running < limit) {
      slot.job.timer = setTimeout(() => stuck(slot, limit), limit - running);
      return;
    }
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
    const memory = slot.thread?.memory;
    if (!memory) {
      end();
      return;
    }
    Atomics.store(memory, shared.stop, job.id);
    // Whoever waits must see it.
    Atomics.notify(memory, shared.pause);
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
      const left = restUntil - Date.now();
      if (left > 0) {
        resting ??= setTimeout(() => {
          resting = undefined;
          settle();
        }, left);
      }
      for (const pending of left > 0 ? [] : first) {
        if (slots.some(({ job }) => job?.pending.key === pending.key)) continue;
        const free = slots.find(({ job }) => !job);
        if (free) run(free, pending);
      }
    }
    options.changed();
  };

  const close = (): void => {
    closed = true;
    pause.dispose();
    wanted = [];
    clearTimeout(resting);
    for (const slot of slots) {
      kill(slot);
      release(slot);
    }
  };

  return {
    want(list) {
      const keys = new Set(list.map(({ key }) => key));
      if (wanted.some((p) => !p.finding && !keys.has(p.key))) restUntil = Date.now() + rest;
      wanted = closed ? [] : list;
      for (const key of crashed.keys()) if (!keys.has(key)) crashed.delete(key);
      settle();
    },
    pause() {
      if (!closed) pause.begin();
    },
    resume: pause.end,
    stop() {
      wanted = wanted.filter((p) => !p.finding);
      const running = slots.flatMap(({ job }) => (job && job.ending !== 'drop' ? [job.pending.key] : []));
      for (const { key } of wanted.filter((p) => !running.includes(p.key))) giveUp(key, 'it was stopped', 0);
      for (const slot of slots)
        if (slot.job && !slot.job.ending) stopJob(slot, slot.job, slot.job.pending.finding ? 'drop' : 'keep');
      options.changed();
    },
    state() {
      const running = slots.flatMap(({ job }) => (job && job.ending !== 'drop' ? [job] : []));
      return {
        exploring: running.map(({ pending: { uri, name, finding }, states, since }) => ({
          uri,
          name,
          states,
          since,
          fixes: finding !== undefined,
        })),
        waiting: wanted.filter((p) => !p.finding && !running.some((job) => job.pending.key === p.key)).length,
      };
    },
    dispose: close,
  };
}

// What comes of exploring a system, in terms of its text.
import type { LocalState } from './system.js';
import type { NodeId, ControlFlowGraph } from './control-flow.js';

/** One thing that happens, by one machine; `before` is where the machine stood. */
export type Event =
  | { readonly kind: 'send'; readonly before: LocalState; readonly channel: number; readonly to: number }
  /** `sender` is where the message was sent; in a rendezvous the send is an event of its own, just before. */
  | {
      readonly kind: 'receive';
      readonly before: LocalState;
      readonly channel: number;
      readonly from: number;
      readonly option: number;
      readonly sender: Site;
    }
  /** The message is not waited for any more. */
  | {
      readonly kind: 'drop';
      readonly before: LocalState;
      readonly channel: number;
      readonly from: number;
      readonly sender: Site;
    }
  /** A step of a thread that touches what other threads do as well. */
  | { readonly kind: 'step'; readonly before: LocalState }
  | { readonly kind: 'decide'; readonly before: LocalState; readonly answer: boolean }
  /** `branch` counts the cases of a `match`, its `else` coming last, or the branches of a `choice`. */
  | { readonly kind: 'branch'; readonly before: LocalState; readonly branch: number };

/** A place of a process's text, whoever runs it. */
export interface Site {
  readonly cfg: ControlFlowGraph;
  readonly node: NodeId;
}

/**
 * Something wrong that was reached, and that nothing that comes after can put right. Who waits is told by the place of
 * the thread that does.
 */
export type Problem =
  /**
   * Nobody can move: `waiting` in the order of the roles, each with the machine it waits for; `cycle` those of them
   * that wait in a circle, each for the next.
   */
  | { readonly kind: 'deadlock'; readonly waiting: readonly Waiting[]; readonly cycle: readonly Waiting[] }
  /**
   * The message that `receiver` waits for can't come any more; `circle`, where its sender waits for it in turn: all of
   * these, it being the first.
   */
  | {
      readonly kind: 'unmatched-receive';
      readonly receiver: LocalState;
      readonly from: number;
      readonly sender: LocalState;
      readonly others: readonly LocalState[];
      readonly circle: readonly Waiting[];
    }
  /** A message that `receiver` will never take. */
  | {
      readonly kind: 'unmatched-send';
      readonly sender: number;
      readonly site: Site;
      readonly receiver: LocalState;
      readonly delivered: boolean;
    }
  /** The next message from `sender` is none that `receiver` takes. */
  | { readonly kind: 'label-mismatch'; readonly sender: number; readonly site: Site; readonly receiver: LocalState };

export interface Waiting {
  readonly state: LocalState;
  readonly on: number;
}

export interface Reached {
  readonly problem: Problem;
  /** The events that lead to it. */
  run(): readonly Event[];
  /** What is the same to a reader, at the same place of the text, with the runs that lead there. */
  readonly others: readonly Omit<Reached, 'others'>[];
}

/**
 * A machine that waits from a configuration on, while the active ones go on for ever: `fair`, whatever they choose;
 * else only if they never leave a loop that they could leave.
 */
export interface Starving {
  readonly fair: boolean;
  /** Where it waits, or its thread. */
  readonly state: LocalState;
  readonly active: readonly number[];
  /** The events that lead to where it begins to wait. */
  run(): readonly Event[];
}

/** A send, and a receive that takes what it sends, on one of its ways. */
export interface Pair {
  readonly sender: Site;
  readonly receiver: Site;
  readonly option: number;
}

/** A message that is the next that `receiver` takes; in a rendezvous, its sender is about to send it. */
export interface Meeting {
  readonly sender: number;
  readonly site: Site;
  readonly receiver: LocalState;
  /** The events that lead there. */
  run(): readonly Event[];
}

/** Why an exploration is not the whole truth. */
export type Cut = 'states' | 'buffer' | 'unknown' | 'interrupted';

/** What one machine exchanges in what was explored, whatever the others do meanwhile. */
export interface Exchanges {
  readonly starts: readonly number[];
  /**
   * The ways on from a configuration, with the message where the machine sends or receives one; none where all is over.
   * Cost: that of following it once more
   */
  from(configuration: number): readonly {
    readonly to: number;
    readonly message?: { readonly kind: 'send' | 'receive'; readonly peer: string; readonly label: string };
  }[];
}

export interface Exploration {
  /** The machines that ran. */
  readonly machines: readonly number[];
  readonly configurations: number;
  /** The messages that a queue could hold in what was explored. */
  readonly buffer: number;
  /** The channels whose queues would have held more. */
  readonly full: readonly number[];
  /** Bytes that the configurations and the ways between them hold. */
  readonly bytes: number;
  /** Empty: every behaviour was explored, whatever the queues hold. */
  readonly cuts: ReadonlySet<Cut>;
  /** In the order in which they were reached, shortest first; each kind once for each place. */
  readonly problems: readonly Reached[];
  /**
   * Those that may come to wait for ever, though nothing is wrong: told only of a complete exploration without
   * problems.
   */
  readonly starving: readonly Starving[];
  /** The places that some run reaches. */
  readonly visited: ReadonlyMap<ControlFlowGraph, ReadonlySet<NodeId>>;
  /** The ways on that some run takes from places that receive, as `node:option`. */
  readonly taken: ReadonlyMap<ControlFlowGraph, ReadonlySet<string>>;
  /** Which sends were received where. */
  readonly pairs: readonly Pair[];
  /**
   * Where these pairs first come together, in their order; undefined for those that do not. Cost: linear in the
   * configurations and the pairs
   */
  meetings(pairs: readonly Pair[]): readonly (Meeting | undefined)[];
  /**
   * What a machine exchanges: each machine’s own order of messages is kept by every reduction, but for threads; where
   * these were not looked at without one, it is not known. Cost: where there are quorums, that of exploring once more
   */
  exchanges(machine: number): Exchanges | undefined;
}

/** Bounds of the exploration. */
export interface ExplorationLimits {
  readonly states: number;
  /** Messages a queue may hold before its sender is not followed further. */
  readonly buffer: number;
  /** Take the messages of a quorum one after the other: what tests compare with. */
  readonly stepwise?: boolean;
}

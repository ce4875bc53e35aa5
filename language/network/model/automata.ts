// What is explored: communicating automata, one for each role, as Brand and Zafiropulo define them (J. ACM 30(2),
// 1983). The states of a machine are made when they are first reached, and numbered from 0, which is the state that it
// begins in unless it computes first.
import type { Channels } from '../../ir/process.js';

export interface Move {
  /** `local`: a step that concerns nobody else, and that the machine can always take. */
  readonly kind: 'send' | 'receive' | 'local';
  /** Its place among the moves of its state. */
  readonly index: number;
  /** See `channelOf`. */
  readonly channel: number;
  /** The machine at the other end. */
  readonly peer: number;
  /** What the receiver tells messages apart by. */
  readonly label: number;
  /** Of a send: what is put into the queue, a number among the messages of its channel. */
  readonly message: number;
  /** Who moves: the machine, or one of its threads, which have numbers beyond those of all machines. */
  readonly actor: number;
  /** Of a receive: the labels of the messages that it leaves where they are, taking what lies behind. */
  readonly passes?: ReadonlySet<number>;
}

/**
 * A move that leads from one configuration to the next, on one of its ways; a rendezvous is a send and then a receive,
 * and a quorum one receive after the other.
 */
export interface Step {
  readonly state: State;
  readonly move: Move;
  readonly data: number;
  readonly message: number;
  /** Where the message was in its queue, 0 for the oldest. */
  readonly position: number;
  readonly way: number;
}

/** The first messages that come are taken, whoever of several they are from. */
export interface Quorum {
  /** How many are still to be taken. */
  readonly needed: number;
  /** Whether the order makes a difference to what is kept of values. */
  readonly ordered: boolean;
}

/** What one thread of a machine does next; of a machine without threads, what it does. */
export interface Part {
  readonly kind: State['kind'];
  readonly actor: number;
  readonly moves: readonly Move[];
  /** See `State`. */
  readonly rests: boolean;
  readonly senders: readonly number[];
  /** Of one that takes a quorum, each message of a sender of its own: what is left of it. */
  readonly quorum?: Quorum;
  /** By sender, the labels of the messages that other threads take, and this one does not. */
  passes(sender: number): ReadonlySet<number> | undefined;
  /** Whether another thread beside it takes messages of a sender with this label somewhere. */
  isShared(sender: number, label: number): boolean;
  /** Whether a message of a sender is to be dropped before it takes one. */
  owes(sender: number): boolean;
  /**
   * Of a thread: whether what it does next makes no difference to those beside it, whatever they do before, nor these
   * to it.
   */
  readonly alone: boolean;
  /** Whether it looks at variables that those beside it change, or changes some that they look at. */
  readonly contended: boolean;
  /** The same for the same at the same place. */
  readonly key: string;
}

export interface State {
  readonly machine: number;
  /** Its number among the states of its machine. */
  readonly index: number;
  /** `end`: nothing more to do. `unknown`: nobody knows what comes here. `mixed`: it may send, and it may receive. */
  readonly kind: 'end' | 'unknown' | 'local' | 'send' | 'receive' | 'mixed';
  readonly moves: readonly Move[];
  /**
   * Receives of messages that nobody waits for any more, each possible whatever the machine does besides: what comes is
   * dropped.
   */
  readonly drops: readonly Move[];
  /** Whether no thread may take what is to be dropped instead. */
  readonly dropsAlone: boolean;
  /** How many messages of one sender it is still to drop, at most. */
  readonly owed: number;
  /** It receives, and nothing is wrong where no message ever comes: that of a server. */
  readonly rests: boolean;
  /** The machines that it receives from, each once. */
  readonly senders: readonly number[];
  /**
   * Those that go on at the same time and have not come to their ends; the machine itself where it is one. None at the
   * end.
   */
  readonly parts: readonly Part[];
  /** Whether there are several such, those that have come to their ends too. */
  readonly threads: boolean;
  /** For each machine: whether this one may send to it, now or later. 1 or 0 */
  readonly sendsTo: Uint8Array;
  /** The same for receiving from it. */
  readonly receivesFrom: Uint8Array;
  /**
   * Whether it may send a message to a machine whose label is none of these, or receive one with this label, now or
   * later; labels are told apart only where there are threads.
   */
  maySendBut(to: number, labels: ReadonlySet<number>): boolean;
  mayReceive(from: number, label: number): boolean;
}

export interface Start {
  /** The index of the state of each machine. */
  readonly states: readonly number[];
  readonly data: number;
}

export interface Automata {
  /** How many machines there are. */
  readonly size: number;
  /** What kind of channels lead from each to each other. */
  readonly channels: Channels;
  /** Whether messages are dropped anywhere. */
  readonly dropping: boolean;
  /** Whether machines have threads anywhere. */
  readonly threaded: boolean;
  /** The machine that an actor belongs to. */
  machineOf(actor: number): number;
  /** Whether anything is kept track of: if not, `data` is always 0. */
  readonly keepsData: boolean;
  state(machine: number, index: number): State;
  /** Where things can begin, when only some machines run. */
  starts(machines: readonly number[]): readonly Start[];
  /**
   * Where a move leads: pairs of the index of a state and the data then, one after the other in one array. A machine
   * that has chosen in its next state already, or computes on its own, has several. `data` is what is known of values,
   * by number: 0 where nothing is kept track of.
   * @param message the message that is received; anything for other moves
   * @param position where in its queue it is, 0 being the first; anything for other moves
   */
  follow(state: State, move: Move, data: number, message: number, position: number): Int32Array;
  /** The label of a message of a channel. */
  label(channel: number, message: number): number;
  /** Why some of the ways that moves lead were left out, if any were. */
  leftOut(): 'interrupted' | 'states' | undefined;
  /** What keeping track of values has cost so far, in characters. */
  work(): number;
}

/** Whether a send waits for its receiver. */
export function isRendezvous(channels: Channels): boolean {
  return channels.kind === 'sync' || (channels.kind === 'buffer' && channels.size <= 0);
}

/** Whether a state receives, and from one machine only: what it does next is then not a matter of who is faster. */
export function isDirected(state: State): boolean {
  return state.kind === 'receive' && state.senders.length === 1;
}

/**
 * Machines grouped by who has to do with whom, directly or not.
 * @param others for each machine, those that it may ever send to or receive from
 */
export function groupsBy(size: number, others: (machine: number) => Iterable<number>): number[][] {
  const group = Array.from({ length: size }, (_, machine) => machine);
  for (let machine = 0; machine < size; machine++) {
    for (const other of others(machine)) {
      const [from, to] = [group[other], group[machine]];
      if (from !== to && to !== undefined)
        group.forEach((g, i) => {
          if (g === from) group[i] = to;
        });
    }
  }
  return [...new Set(group)].map((g) => group.flatMap((own, machine) => (own === g ? [machine] : [])));
}

// What depends on a move: what happens because of it, in Lamport's order (CACM 21(7), 1978), where a machine's steps
// stand in their order, and the send of a message stands before its receive. Each set of machines and messages that
// depend is kept once, and known by a number.
import { channelOf, receiverOf } from '../model/channel.js';

/**
 * Sets of machines that have seen a move, and of messages on their way that were sent by those. Messages to a machine
 * that has seen it are left out.
 */
export interface Dependences {
  /** When nobody but the machine that made the move has seen it. */
  after(machine: number): number;
  hasSeen(set: number, machine: number): boolean;
  /** What depends once a machine has sent over a channel. */
  sent(set: number, machine: number, channel: number): number;
  /** What depends once a machine has taken the oldest of so many messages from a channel. */
  received(set: number, machine: number, channel: number, messages: number): number;
  /** Whether all that depends in the first set does so in the second. */
  isWithin(less: number, more: number): boolean;
}

/**
 * Creates the table.
 * @param size how many machines there are; channels are numbered as by `channelOf`
 * Cost: each call quadratic in `size` the first time, and constant when it is repeated
 */
export function createDependences(size: number): Dependences {
  /**
   * For each machine 1 if it has seen the move; then for each channel the messages, at the end of its queue, that
   * depend on it.
   */
  const sets: Uint16Array[] = [];
  const known = new Map<string, number>();
  const intern = (set: Uint16Array): number => {
    const key = set.join();
    const own = known.get(key) ?? sets.push(set) - 1;
    known.set(key, own);
    return own;
  };
  const see = (set: Uint16Array, machine: number): Uint16Array => {
    set[machine] = 1;
    for (let from = 0; from < size; from++) set[size + channelOf(from, machine, size)] = 0;
    return set;
  };
  const once = <T>(answers: Map<number, T>, key: number, find: () => T): T => {
    const own = answers.get(key) ?? find();
    answers.set(key, own);
    return own;
  };
  const afterSend = new Map<number, number>();
  const afterReceive = new Map<number, number>();
  const within = new Map<number, boolean>();
  const hasSeen = (set: number, machine: number): boolean => sets[set]?.[machine] === 1;
  const waiting = (set: number, channel: number): number => sets[set]?.[size + channel] ?? 0;
  const copy = (set: number): Uint16Array => (sets[set] as Uint16Array).slice();
  return {
    after: (machine) => intern(see(new Uint16Array(size + size * size), machine)),
    hasSeen,
    sent(set, machine, channel) {
      if (!hasSeen(set, machine) || hasSeen(set, receiverOf(channel, size))) return set;
      return once(afterSend, set * size * size + channel, () => {
        const next = copy(set);
        next[size + channel] = waiting(set, channel) + 1;
        return intern(next);
      });
    },
    received(set, machine, channel, messages) {
      // The oldest depends on the move only if all do.
      if (hasSeen(set, machine) || waiting(set, channel) < messages) return set;
      return once(afterReceive, set * size + machine, () => intern(see(copy(set), machine)));
    },
    isWithin: (less, more) =>
      less === more ||
      once(within, less * 2 ** 26 + more, () => {
        const all = sets[more] as Uint16Array;
        return (sets[less] as Uint16Array).every(
          (one, at) => one <= (all[at] as number) || (at >= size && all[(at - size) % size] === 1),
        );
      }),
  };
}

// Which steps a search follows first, where there are threads, and whether those that the bound holds back could have
// made a difference.
import type { Move, Part } from '../model/automata.js';
import { channelOf } from '../model/channel.js';
import { blocked, limited } from './configuration.js';
import type { Assessment, Configuration } from './configuration.js';

/** A thread that is followed alone. */
interface ThreadChosen {
  readonly machine: number;
  readonly moves: readonly Move[];
  readonly rank: number;
}

/** A thread whose moves alone are enough; those that empty queues come first. */
export function bestThread(current: Configuration, machines: readonly number[]): ThreadChosen | undefined {
  let best: ThreadChosen | undefined;
  for (const machine of machines) {
    for (const part of current.state(machine).threads ? current.state(machine).parts : []) {
      const rank = current.rankOf(part, machine);
      if (rank < (best?.rank ?? Infinity)) best = { machine, moves: part.moves, rank };
    }
  }
  return best;
}

/**
 * Whether machines that are held back, or that these may wake, can give a machine another way to go on before it moves:
 * by a message on a channel that it looks at, and that has none for it; or, to a thread, by room on a channel that is
 * full.
 */
export function isDisturbed(
  current: Configuration,
  machines: readonly number[],
  machine: number,
  size: number,
): boolean {
  const state = current.state(machine);
  if (state.kind === 'send') return true;
  const isAll = (part: Part, readiness: Assessment): boolean =>
    part.moves.every((move) => current.readinessOf(move) === readiness);
  const isHeldBack = (one: number): boolean =>
    current.readiness(one) === limited ||
    (current.state(one).threads &&
      current.state(one).parts.some((part) => part.moves.length > 0 && isAll(part, limited)));
  const waitsFor = (one: number, from: number): boolean =>
    current.state(one).threads
      ? current.state(one).parts.some((part) => part.senders.includes(from) && isAll(part, blocked))
      : current.readiness(one) === blocked;
  const awake = new Set(machines.filter(isHeldBack));
  for (const one of awake) {
    const { sendsTo } = current.state(one);
    for (const other of machines) if (sendsTo[other] === 1 && waitsFor(other, one)) awake.add(other);
  }
  const mayBring = (from: number): boolean => awake.has(from) && current.state(from).sendsTo[machine] === 1;
  if (!state.threads)
    return state.senders.some((from) => mayBring(from) && current.head(channelOf(from, machine, size)) < 0);
  return state.parts.some(
    (part) =>
      part.senders.some((from) => mayBring(from) && !current.next(channelOf(from, machine, size), part.passes(from))) ||
      (part.kind === 'send' && part.moves.some(({ peer }) => awake.has(peer)) && isAll(part, blocked)),
  );
}

// Quorums as one step: a machine that waits for the first k messages of several takes them all at once, for each set of
// k senders, instead of one after the other in each order. See docs/checking.md for why nothing is missed.
import type { Automata, Move, Part, Quorum, Step } from '../model/automata.js';
import { channelOf } from '../model/channel.js';
import { ready } from './configuration.js';
import type { Configuration } from './configuration.js';

/**
 * What a machine does at a quorum. `whole`: it can take all that it needs at once. `waits`: some of it has come, and
 * enough may still come; until then it makes no difference to anybody whether these are taken. `steps`: one message
 * after the other.
 */
type AtQuorum = 'whole' | 'waits' | 'steps';

/** A machine that is one thing alone, at a quorum of more than one message. */
function quorumOf(
  current: Configuration,
  machine: number,
): { readonly part: Part; readonly quorum: Quorum } | undefined {
  const { threads, parts } = current.state(machine);
  const [part] = parts;
  return !threads && part?.quorum && part.quorum.needed > 1 ? { part, quorum: part.quorum } : undefined;
}

/** How a machine goes on; undefined where it is not at a quorum, or nothing of it has come. */
export function atQuorum(automata: Automata, current: Configuration, machine: number): AtQuorum | undefined {
  const found = quorumOf(current, machine);
  if (!found) return undefined;
  const { part, quorum } = found;
  const come = part.moves.filter((move) => current.readinessOf(move) === ready);
  if (come.length === 0) return undefined;
  // To take a message makes room for the next one of its sender.
  if (come.some((move) => isHeld(current, move))) return 'steps';
  if (come.length >= quorum.needed) return 'whole';
  const mayCome = part.senders.filter(
    (sender) =>
      !come.some(({ peer }) => peer === sender) &&
      (part.owes(sender) || current.head(channelOf(sender, machine, automata.size)) < 0) &&
      current.state(sender).sendsTo[machine] === 1,
  );
  const isWrong = come.length + mayCome.length < quorum.needed || come.some((move) => isLost(automata, current, move));
  return isWrong ? 'steps' : 'waits';
}

/** Whether the sender of a message waits for room behind it. */
function isHeld(current: Configuration, { peer, channel }: Move): boolean {
  return current
    .state(peer)
    .moves.some((move) => move.kind === 'send' && move.channel === channel && current.readinessOf(move) !== ready);
}

/** Whether there is a message behind the one that is taken which is not received any more. */
function isLost(automata: Automata, current: Configuration, move: Move): boolean {
  const { channel, peer } = move;
  if (current.length(channel) < 2) return false;
  const state = current.state(automata.machineOf(move.actor));
  const [next] = automata.follow(state, move, current.row[current.data] as number, current.first(channel), 0);
  return next !== undefined && automata.state(state.machine, next).receivesFrom[peer] === 0;
}

/**
 * Takes the messages that a machine needs, of each set of senders; in each order where that makes a difference to what
 * is kept. `row` of the configuration is changed, and as before when it returns.
 * @param arrive told each way, with its steps, while `row` holds what comes of them
 */
export function takeQuorum(
  automata: Automata,
  current: Configuration,
  machine: number,
  arrive: (steps: readonly Step[]) => void,
): void {
  const { row } = current;
  /** What was reached with messages left to be taken. */
  const known = new Set<string>();
  const take = (from: readonly number[], steps: readonly Step[]): void => {
    const state = automata.state(machine, row[machine] as number);
    const data = row[current.data] as number;
    const { quorum, moves } = state.parts[0] as Part;
    const { needed, ordered } = quorum as Quorum;
    from.forEach((peer, i) => {
      if (!ordered && from.length - i < needed) return;
      const move = moves.find((each) => each.peer === peer) as Move;
      const { field, queues } = current.use(move.channel);
      const queue = row[field] as number;
      const message = queues.at(queue, 0);
      row[field] = queues.without(queue, 0);
      const ways = automata.follow(state, move, data, message, 0);
      for (let way = 0; way < ways.length; way += 2) {
        row[machine] = ways[way] as number;
        row[current.data] = ways[way + 1] as number;
        const now = [...steps, { state, move, data, message, position: 0, way: way / 2 }];
        if (needed === 1) {
          arrive(now);
          continue;
        }
        const left = ordered ? from.filter((each) => each !== peer) : from.slice(i + 1);
        const key = `${row[machine]} ${row[current.data]} ${left.join()}`;
        if (known.has(key)) continue;
        known.add(key);
        take(left, now);
      }
      row[field] = queue;
    });
    row[machine] = state.index;
    row[current.data] = data;
  };
  const { part } = quorumOf(current, machine) ?? {};
  const come = part?.moves.filter((move) => current.readinessOf(move) === ready) ?? [];
  take(
    come.map(({ peer }) => peer),
    [],
  );
}

/** Whether all that a machine can drop may be dropped at once: where no thread of it takes any of that instead. */
export function dropsAtOnce(current: Configuration, machine: number): boolean {
  return current.state(machine).dropsAlone && current.dropping(machine) !== undefined;
}

/** Drops all messages that a machine can, in the order of its drops; for the rest see `takeQuorum`. */
export function dropAll(
  automata: Automata,
  current: Configuration,
  machine: number,
  arrive: (steps: readonly Step[]) => void,
): void {
  const { row } = current;
  const before = row.slice();
  const steps: Step[] = [];
  for (;;) {
    const state = automata.state(machine, row[machine] as number);
    const move = state.drops.find((each) => current.readinessOf(each) === ready);
    if (!move) break;
    const { field, queues } = current.use(move.channel);
    const queue = row[field] as number;
    const position = current.position(move);
    const message = queues.at(queue, position);
    const data = row[current.data] as number;
    row[field] = queues.without(queue, position);
    const ways = automata.follow(state, move, data, message, position);
    if (ways.length === 0) break;
    row[machine] = ways[0] as number;
    row[current.data] = ways[1] as number;
    steps.push({ state, move, data, message, position, way: 0 });
  }
  if (steps.length > 0) arrive(steps);
  row.set(before);
}

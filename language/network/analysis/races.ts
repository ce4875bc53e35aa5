// Whether it is open whose message a machine takes first: input bound independence, of which this asks the chained form
// (k-CIBI; Lange and Yoshida, CAV 2019, definitions 10 and 11, lemma 1). A machine that can take a message must not be
// able to take one from somebody else instead, neither now nor, had it waited, later: what can still be sent to it must
// be sent because it went on.
//
// Because of it means: after it in Lamport's order. The paper's tool takes any receive for one that depends on what was
// sent before over the same channel, if that is empty in the end. Then there may be a chain only because the bound
// makes a machine take an old message late, and with longer queues there is a race.
import type { Move, State } from '../model/automata.js';
import { createDependences } from './dependence.js';
import type { Dependences } from './dependence.js';
import { receives } from '../search/moves.js';
import type { Moves } from '../search/moves.js';
import type { Search } from '../search/search.js';
import { senderOf } from '../model/channel.js';
import { mostRaceSteps } from '../limits.js';

/**
 * A machine that waits in a state, and could take a message over this channel, which is empty, instead of the one that
 * it takes.
 */
interface Rival {
  readonly state: State;
  readonly channel: number;
  /** The configurations after it took that one. */
  readonly after: number[];
}

/**
 * Checks whether some machine has a choice of senders within the bound, or would have had one, had it waited.
 * @param size how many machines there are in all
 * @param found a search that left out nothing but what does not fit into the queues
 * @param most how many steps to look for what comes later; beyond them, there counts as being a race
 * Cost: a pass over all moves for each state and each of its channels; where messages come later, as many again as
 * there are sets of machines and messages that depend on a move, up to a limit
 */
export function isRace(
  size: number,
  machines: readonly number[],
  found: Search,
  moves: Moves,
  most = mostRaceSteps,
): boolean {
  const rivals = rivalsOf(machines, found, moves);
  if (!rivals) return true;
  const dependences = createDependences(size);
  let steps = 0;
  return rivals.some((rival) => comesAnyway(size, rival, found, moves, dependences, () => ++steps > most));
}

/** Undefined where a machine has a choice of senders within the bound. */
function rivalsOf(machines: readonly number[], found: Search, moves: Moves): Rival[] | undefined {
  const rivals = new Map<string, Rival>();
  for (let id = 0; id < found.graph.count(); id++) {
    const view = found.view(id);
    for (const machine of machines) {
      const state = view.state(machine);
      if (state.kind !== 'receive' || state.senders.length < 2) continue;
      const [taken, other] = state.moves.filter(found.isReady);
      if (other) return undefined;
      if (!taken) continue;
      // What lies in another queue, and can't be taken now, can't be taken here in any run.
      for (const channel of new Set(state.moves.map((move) => move.channel))) {
        if (view.length(channel) > 0) continue;
        const key = `${machine} ${state.index} ${channel}`;
        const rival = rivals.get(key) ?? { state, channel, after: [] };
        rivals.set(key, rival);
        rival.after.push(whereTo(id, machine, taken, moves));
      }
    }
  }
  return [...rivals.values()];
}

/** Where a receive leads. */
function whereTo(id: number, machine: number, { channel }: Move, moves: Moves): number {
  let move = moves.first[id] as number;
  while (moves.mover[move] !== machine || moves.channel[move] !== channel) move++;
  return moves.to[move] as number;
}

/**
 * Whether the next message over the rival's channel can be one that its state takes, and that was not sent because its
 * machine went on.
 */
function comesAnyway(
  size: number,
  { state, channel, after }: Rival,
  found: Search,
  moves: Moves,
  dependences: Dependences,
  isTooMuch: () => boolean,
): boolean {
  const sender = senderOf(channel, size);
  const labels = new Set(state.moves.flatMap((move) => (move.channel === channel ? [move.label] : [])));
  const sending = new Uint8Array(found.graph.count());
  for (let id = 0; id < sending.length; id++) {
    if (
      found
        .view(id)
        .state(sender)
        .moves.some((move) => move.kind === 'send' && move.channel === channel && labels.has(move.label))
    )
      sending[id] = 1;
  }
  const isBefore = (move: number): boolean => moves.channel[move] !== channel;
  const reach = moves.reaching(sending, isBefore);

  /** For each configuration, what depended there; without what lies within another. */
  const known = new Map<number, readonly number[]>();
  const work: [id: number, depending: number][] = [];
  const visit = (id: number, depending: number): void => {
    if (reach[id] === 0 || dependences.hasSeen(depending, sender)) return;
    const before = known.get(id) ?? [];
    if (before.some((less) => dependences.isWithin(less, depending))) return;
    known.set(id, [...before.filter((more) => !dependences.isWithin(depending, more)), depending]);
    work.push([id, depending]);
  };
  const first = dependences.after(state.machine);
  for (const id of after) visit(id, first);
  for (let next = work.pop(); next; next = work.pop()) {
    const [id, depending] = next;
    if (sending[id] === 1 || isTooMuch()) return true;
    const view = found.view(id);
    for (let move = moves.first[id] as number; move < (moves.first[id + 1] as number); move++) {
      if (!isBefore(move)) continue;
      const [mover, over] = [moves.mover[move] as number, moves.channel[move] as number];
      visit(
        moves.to[move] as number,
        moves.kind[move] === receives
          ? dependences.received(depending, mover, over, view.length(over))
          : dependences.sent(depending, mover, over),
      );
    }
  }
  return false;
}

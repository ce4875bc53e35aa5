// Whether what holds with queues of k messages holds with queues of any size: k-multiparty compatibility (Lange and
// Yoshida, CAV 2019). It is asked where senders race for a receiver, so that the order of steps matters and a bound may
// hide one.
//
// Why the conditions suffice. Every run can be caught up with within k: by a run in which each machine does all that it
// does there, and perhaps more. Take the first step of the run that is not made yet. If it is a receive, or a send that
// finds room, it can be made now. If it finds none, the others can make some. They follow the run as well, as far as it
// goes: where one of them would send something else, nothing holds it back from sending what it does in the run; where
// it would take something else, there is a race, as what it takes in the run is sent there, and not because of what it
// would take. So from each configuration there is a way to one within k, and from there on what lies in a queue can be
// taken, and who waits can go on.
import type { Automata, State } from '../model/automata.js';
import { movesOf, receives, sendsInstead } from '../search/moves.js';
import type { Moves } from '../search/moves.js';
import { isRace } from './races.js';
import type { Search } from '../search/search.js';
import { receiverOf } from '../model/channel.js';

/**
 * What is missing for the proof. `form`: a machine sends and receives in one state, or goes two ways on one message.
 * `outputs`: a send finds room only after somebody who is held back in some of its ways to send took another one.
 * `race`: it is open whose message a machine takes first. `held-back`: a send stays out of reach within the bound,
 * whatever the others do. `unsafe`: within the bound, a message can't be taken any more, or a machine that waits can't
 * go on any more.
 */
export type Missing = 'form' | 'outputs' | 'race' | 'held-back' | 'unsafe';

/**
 * Checks the conditions on all configurations with at most k messages a queue.
 * @param found a search that left out nothing but what does not fit into the queues, and found nothing wrong
 * @returns undefined if the system is safe for every size of the queues
 * Cost: a pass over all moves backwards for each pair of machines that talk; see `isRace`
 */
export function missingForProof(automata: Automata, machines: readonly number[], found: Search): Missing | undefined {
  const isFit = (state: State): boolean =>
    state.kind !== 'mixed' &&
    state.drops.length === 0 &&
    state.moves.every((move) => automata.follow(state, move, 0, move.message, 0).length <= 2);
  if (![...statesOf(machines, found)].every(isFit)) return 'form';
  const moves = movesOf(found);
  for (const machine of machines) {
    const lacks = heldBack(machine, found, moves);
    if (lacks) return lacks;
  }
  if (isRace(automata.size, machines, found, moves)) return 'race';
  return isSafe(automata, machines, found, moves) ? undefined : 'unsafe';
}

/**
 * k-exhaustivity, and as much of k-output bound independence as the proof needs. Whoever wants to send will find room
 * without moving first, if the others go the right way; and where one of them sends on this way, nothing holds it back
 * from sending anything else that it could. In the paper, no machine may be held back in some of its sends only, on
 * whatever way.
 */
function heldBack(machine: number, found: Search, moves: Moves): Missing | undefined {
  const count = found.graph.count();
  /** For each channel, 1 for the configurations where the machine wants to send over it, and 2 where that fits. */
  const wanted = new Map<number, Uint8Array>();
  for (let id = 0; id < count; id++) {
    for (const move of found.view(id).state(machine).moves) {
      if (move.kind !== 'send') continue;
      const wants = wanted.get(move.channel) ?? new Uint8Array(count);
      wanted.set(move.channel, wants);
      wants[id] = found.isReady(move) ? 2 : 1;
    }
  }
  for (const wants of wanted.values()) {
    const fits = wants.map((want) => (want === 2 ? 1 : 0));
    const isHeld = (allowed: (move: number) => boolean): boolean => {
      const reach = moves.reaching(fits, (move) => moves.mover[move] !== machine && allowed(move));
      return wants.some((want, id) => want > 0 && reach[id] === 0);
    };
    if (isHeld((move) => moves.kind[move] !== sendsInstead)) return isHeld(() => true) ? 'held-back' : 'outputs';
  }
  return undefined;
}

/**
 * k-safety: from everywhere, each message that is first in its queue can still be taken, and each machine that waits
 * can still go on.
 */
function isSafe({ size }: Automata, machines: readonly number[], found: Search, moves: Moves): boolean {
  const count = found.graph.count();
  /** 1 for the configurations with a move that is wanted, or from which one is reached. */
  const reaching = (isWanted: (move: number) => boolean): Uint8Array => {
    const marked = new Uint8Array(count);
    for (let id = 0; id < count; id++) {
      for (let move = moves.first[id] as number; move < (moves.first[id + 1] as number); move++)
        if (isWanted(move)) marked[id] = 1;
    }
    return moves.reaching(marked);
  };
  for (const machine of machines) {
    const goesOn = reaching((move) => moves.mover[move] === machine);
    for (let id = 0; id < count; id++)
      if (goesOn[id] === 0 && found.view(id).state(machine).kind === 'receive') return false;
  }
  for (const channel of found.view(0).used) {
    const taken = reaching(
      (move) =>
        moves.kind[move] === receives &&
        moves.channel[move] === channel &&
        moves.mover[move] === receiverOf(channel, size),
    );
    for (let id = 0; id < count; id++) if (taken[id] === 0 && found.view(id).length(channel) > 0) return false;
  }
  return true;
}

/** The states that were met. */
function statesOf(machines: readonly number[], found: Search): Set<State> {
  const states = new Set<State>();
  for (let id = 0; id < found.graph.count(); id++) {
    const view = found.view(id);
    for (const machine of machines) states.add(view.state(machine));
  }
  return states;
}

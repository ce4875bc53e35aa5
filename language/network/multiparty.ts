// Whether what holds with queues of k messages holds with queues of any size: k-multiparty compatibility (Lange and Yoshida, CAV
// 2019). It is asked where senders race for a receiver, so that the order of steps matters and a bound may hide one.
import type { Automata, State } from './automata.js';
import type { Graph } from './graph.js';
import type { Search } from './search.js';

/**
 * What is missing for the proof. `form`: a machine sends and receives in one state, or goes two ways on one message. `outputs`:
 * somebody who can send in several ways is held back in some of them. `race`: it is open whose message a machine takes first.
 * `held-back`: a send stays out of reach within the bound, whatever the others do. `unsafe`: within the bound, a message
 * can't be taken any more, or a machine that waits can't go on any more.
 */
export type Missing = 'form' | 'outputs' | 'race' | 'held-back' | 'unsafe';

/**
 * Checks the conditions on all configurations with at most k messages a queue.
 * @param found a search that left out nothing but what does not fit into the queues, and found nothing wrong
 * @returns undefined if the system is safe for every size of the queues
 * Cost: a pass over all moves backwards for each pair of machines that talk
 */
export function missingForProof(automata: Automata, machines: readonly number[], found: Search): Missing | undefined {
  const { graph } = found;
  const count = graph.count();
  const backwards = reversed(graph);
  for (let id = 0; id < count; id++) {
    const view = found.view(id);
    for (const machine of machines) {
      const state = view.state(machine);
      if (state.kind === 'mixed' || state.moves.some((move) => automata.follow(state, move, 0, move.message).length > 2)) return 'form';
      if (state.kind === 'send') {
        const held = state.moves.filter((move) => !found.isReady(move)).length;
        if (held > 0 && held < state.moves.length) return 'outputs';
      }
      const takable = new Set(state.moves.filter((move) => move.kind === 'receive' && found.isReady(move)).map((move) => move.channel));
      if (takable.size > 1) return 'race';
    }
  }
  return raceAhead(machines, found, backwards) ?? heldBack(machines, found, backwards) ?? unsafe(automata, machines, found, backwards);
}

/** Whether a machine that can take a message could, going on from there, be sent another one that it could take instead now. */
function raceAhead(machines: readonly number[], found: Search, backwards: Backwards): Missing | undefined {
  const { graph } = found;
  for (const machine of machines) {
    // Channels that stand beside others in a state of this machine.
    const rivals = new Set<number>();
    eachState(found, machine, (state) => {
      if (state.kind === 'receive' && state.senders.length > 1) for (const move of state.moves) rivals.add(move.channel);
    });
    for (const channel of rivals) {
      const sending = marks(graph, (id, tell) => {
        const before = found.view(id).length(channel);
        tell((to, mover) => mover !== machine && found.view(to).length(channel) > before);
      });
      const reach = backwards.from(sending, () => true);
      for (let id = 0; id < reach.length; id++) {
        if (reach[id] === 0) continue;
        const state = found.view(id).state(machine);
        if (state.kind !== 'receive' || state.senders.length < 2 || !state.moves.some((m) => m.channel === channel)) continue;
        if (state.moves.some((m) => m.channel !== channel && found.isReady(m))) return 'race';
      }
    }
  }
  return undefined;
}

/** k-exhaustivity: whoever wants to send will find room without moving first, if the others go the right way. */
function heldBack(machines: readonly number[], found: Search, backwards: Backwards): Missing | undefined {
  const count = found.graph.count();
  for (const machine of machines) {
    const channels = new Set<number>();
    eachState(found, machine, (state) => { for (const move of state.moves) if (move.kind === 'send') channels.add(move.channel); });
    for (const channel of channels) {
      const wants = new Uint8Array(count);
      const fits = new Uint8Array(count);
      for (let id = 0; id < count; id++) {
        const move = found.view(id).state(machine).moves.find((m) => m.kind === 'send' && m.channel === channel);
        if (!move) continue;
        wants[id] = 1;
        if (found.isReady(move)) fits[id] = 1;
      }
      const reach = backwards.from(fits, (mover) => mover !== machine);
      if (wants.some((want, id) => want === 1 && reach[id] === 0)) return 'held-back';
    }
  }
  return undefined;
}

/** k-safety: from everywhere, each message that is first in its queue can still be taken, and each machine that waits can still go on. */
function unsafe({ size }: Automata, machines: readonly number[], found: Search, backwards: Backwards): Missing | undefined {
  const { graph } = found;
  const count = graph.count();
  for (const machine of machines) {
    const moves = backwards.from(marks(graph, (_id, tell) => { tell((_to, mover) => mover === machine); }), () => true);
    for (let id = 0; id < count; id++) if (moves[id] === 0 && found.view(id).state(machine).kind === 'receive') return 'unsafe';
  }
  for (const channel of found.view(0).used) {
    const receiver = channel % size;
    const taken = backwards.from(marks(graph, (id, tell) => {
      const before = found.view(id).length(channel);
      if (before > 0) tell((to, mover) => mover === receiver && found.view(to).length(channel) < before);
    }), () => true);
    for (let id = 0; id < count; id++) if (taken[id] === 0 && found.view(id).length(channel) > 0) return 'unsafe';
  }
  return undefined;
}

function eachState(found: Search, machine: number, tell: (state: State) => void): void {
  const seen = new Set<State>();
  for (let id = 0; id < found.graph.count(); id++) {
    const state = found.view(id).state(machine);
    if (seen.has(state)) continue;
    seen.add(state);
    tell(state);
  }
}

/** 1 for the configurations with a move that is wanted. */
function marks(graph: Graph, look: (id: number, tell: (wanted: (to: number, mover: number) => boolean) => void) => void): Uint8Array {
  const result = new Uint8Array(graph.count());
  for (let id = 0; id < result.length; id++) {
    const moves: [number, number][] = [];
    graph.each(id, (to, mover) => void moves.push([to, mover]));
    look(id, (wanted) => { if (moves.some(([to, mover]) => wanted(to, mover))) result[id] = 1; });
  }
  return result;
}

interface Backwards {
  /** 1 for the configurations from which a marked one is reached by moves of the machines that are allowed. */
  from(marked: Uint8Array, allowed: (mover: number) => boolean): Uint8Array;
}

function reversed(graph: Graph): Backwards {
  const count = graph.count();
  const first = new Int32Array(count + 1);
  for (let id = 0; id < count; id++) graph.each(id, (to) => { first[to + 1] = (first[to + 1] as number) + 1; });
  for (let id = 0; id < count; id++) first[id + 1] = (first[id + 1] as number) + (first[id] as number);
  const from = new Int32Array(first[count] as number);
  const by = new Uint16Array(from.length);
  const next = first.slice();
  for (let id = 0; id < count; id++) {
    graph.each(id, (to, mover) => {
      const at = next[to] as number;
      next[to] = at + 1;
      from[at] = id;
      by[at] = mover;
    });
  }
  return {
    from(marked, allowed) {
      const result = marked.slice();
      const work: number[] = [];
      marked.forEach((mark, id) => { if (mark === 1) work.push(id); });
      for (let id = work.pop(); id !== undefined; id = work.pop()) {
        for (let edge = first[id] as number; edge < (first[id + 1] as number); edge++) {
          const before = from[edge] as number;
          if (result[before] === 1 || !allowed(by[edge] as number)) continue;
          result[before] = 1;
          work.push(before);
        }
      }
      return result;
    },
  };
}

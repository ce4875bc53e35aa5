// What a complete search says of runs that never end: who waits for ever, and which messages nobody ever takes.
import type { Automata, State } from '../model/automata.js';
import type { Search } from '../search/search.js';
import { receiverOf } from '../model/channel.js';
import { isResting } from '../search/violations.js';

/** A machine that waits from a configuration on, while the active ones go on for ever. */
export interface StarvingMachine {
  readonly state: State;
  readonly active: readonly number[];
  readonly configuration: number;
}

/** A message that is first in its queue from a configuration on, for ever, while the active ones go on. */
interface Untaken {
  readonly channel: number;
  readonly message: number;
  readonly receiver: State;
  readonly configuration: number;
}

/** Beyond so many configurations, times machines, the unfair reading is not looked at: it costs a pass over all moves for each machine. */
const mostWork = 2_000_000;

/**
 * Those that can never go on again, whatever the others choose, while these go on for ever; each state once. And the messages that can never be taken, in the same sense.
 * Both are the failing of what Lange and Yoshida call progress and eventual reception (CAV 2019): AG EF, so that a loop that can be left is taken to be left.
 * @param found a complete search without problems
 * Cost: linear in the configurations and moves
 */
export function fairStarvation(automata: Automata, machines: readonly number[], found: Search): { readonly starving: readonly StarvingMachine[]; readonly untaken: readonly Untaken[] } {
  const starving = new Map<State, StarvingMachine>();
  const untaken = new Map<string, Untaken>();
  for (const { members, moved } of found.graph.lasting()) {
    const [configuration] = members;
    if (configuration === undefined || moved.size === 0) continue;
    const view = found.view(configuration);
    const active = [...moved].sort((a, b) => a - b);
    for (const machine of machines) {
      const state = view.state(machine);
      if (moved.has(machine) || !waits(state) || isResting(automata.size, view, state) || starving.has(state)) continue;
      starving.set(state, { state, active, configuration });
    }
    let channels = view.used.filter((channel) => view.length(channel) > 0);
    for (const member of members) {
      if (channels.length === 0) break;
      const here = found.view(member);
      channels = channels.filter((channel) => here.length(channel) > 0);
    }
    for (const channel of channels) {
      if (isTaken(automata, found, members, channel)) continue;
      const here = found.view(configuration);
      const message = here.first(channel);
      const key = `${channel} ${message}`;
      if (!untaken.has(key)) untaken.set(key, { channel, message, receiver: here.state(channel % automata.size), configuration });
    }
  }
  return { starving: [...starving.values()], untaken: [...untaken.values()] };
}

/** Whether a message is taken from a channel on some move between the members: its receiver alone makes a queue shorter. */
function isTaken({ size }: Automata, found: Search, members: readonly number[], channel: number): boolean {
  const receiver = receiverOf(channel, size);
  return members.some((member) => {
    const moves: number[] = [];
    found.graph.each(member, (to, mover) => { if (mover === receiver) moves.push(to); });
    if (moves.length === 0) return false;
    const before = found.view(member).length(channel);
    return moves.some((to) => found.view(to).length(channel) < before);
  });
}

/**
 * Those that wait for ever if others never leave a loop that they could leave: what the unfair reading calls starvation. Every machine that can move does so at some time.
 * @param but the states that are told already
 * Cost: for each machine, linear in the moves; none is found where there are too many
 */
export function unfairStarvation({ size }: Automata, machines: readonly number[], found: Search, but: ReadonlySet<State>): readonly StarvingMachine[] {
  const { graph } = found;
  const states = new Map<State, StarvingMachine>();
  const count = graph.count();
  if (count * machines.length > mostWork) return [];
  // 1 where a machine can't move, in the order of the machines.
  const blocked = machines.map(() => new Uint8Array(count));
  const waiting = machines.map(() => new Uint8Array(count));
  for (let id = 0; id < count; id++) {
    const view = found.view(id);
    machines.forEach((machine, i) => {
      if (found.isAble(machine)) return;
      (blocked[i] as Uint8Array)[id] = 1;
      const state = view.state(machine);
      if (waits(state) && !isResting(size, view, state)) (waiting[i] as Uint8Array)[id] = 1;
    });
  }
  machines.forEach((machine, own) => {
    const there = waiting[own] as Uint8Array;
    if (!there.includes(1)) return;
    for (const { members, moved } of graph.rounds(machine, there.map((waits) => 1 - waits))) {
      const [configuration] = members;
      if (configuration === undefined) continue;
      const state = found.view(configuration).state(machine);
      if (but.has(state) || states.has(state)) continue;
      // Somebody who could go on all the time does so at some time, and then things may look different.
      const putOff = machines.some((other, i) => other !== machine && !moved.has(other) && members.every((id) => blocked[i]?.[id] === 0));
      if (!putOff) states.set(state, { state, active: [...moved].sort((a, b) => a - b), configuration });
    }
  });
  return [...states.values()];
}

function waits(state: State): boolean {
  return state.kind === 'receive' || state.kind === 'send' || state.kind === 'mixed';
}

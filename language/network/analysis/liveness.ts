// What a complete search says of runs that never end: who waits for ever, and which messages nobody ever takes.
import type { Automata, Part, State } from '../model/automata.js';
import type { Search } from '../search/search.js';
import { receiverOf } from '../model/channel.js';
import { isPartResting } from '../search/violations.js';
import { mostLivenessWork } from '../limits.js';

/** A machine, or one of its threads, that waits from a configuration on, while the active machines go on for ever. */
export interface StarvingMachine {
  readonly machine: number;
  readonly part: Part;
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

/**
 * Those that can never go on again, whatever the others choose, while these go on for ever; each place once. And the
 * messages that can never be taken, in the same sense. Both are the failing of what Lange and Yoshida call progress and
 * eventual reception (CAV 2019): AG EF, so that a loop that can be left is taken to be left.
 * @param found a complete search without problems
 * Cost: linear in the configurations and moves
 */
export function fairStarvation(
  automata: Automata,
  machines: readonly number[],
  found: Search,
): { readonly starving: readonly StarvingMachine[]; readonly untaken: readonly Untaken[] } {
  const starving = new Map<string, StarvingMachine>();
  const untaken = new Map<string, Untaken>();
  for (const { members, moved } of found.graph.lasting()) {
    const [configuration] = members;
    if (configuration === undefined || moved.size === 0) continue;
    const view = found.view(configuration);
    for (const machine of machines) {
      for (const part of view.state(machine).parts) {
        if (
          moved.has(part.actor) ||
          !waits(part) ||
          isPartResting(automata.size, view, machine, part) ||
          starving.has(part.key)
        )
          continue;
        starving.set(part.key, { machine, part, active: activeIn(automata, moved), configuration });
      }
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
      if (!untaken.has(key))
        untaken.set(key, { channel, message, receiver: here.state(channel % automata.size), configuration });
    }
  }
  return { starving: [...starving.values()], untaken: [...untaken.values()] };
}

/** The machines that move, or whose threads do, in order. */
function activeIn(automata: Automata, moved: ReadonlySet<number>): readonly number[] {
  return [...new Set([...moved].map((actor) => automata.machineOf(actor)))].sort((a, b) => a - b);
}

/**
 * Whether the first message is taken from a channel on some move between the members; threads may take what lies behind
 * it.
 */
function isTaken(automata: Automata, found: Search, members: readonly number[], channel: number): boolean {
  const receiver = receiverOf(channel, automata.size);
  return members.some((member) => {
    const moves: number[] = [];
    found.graph.each(member, (to, actor) => {
      if (automata.machineOf(actor) === receiver) moves.push(to);
    });
    if (moves.length === 0) return false;
    const left = found.view(member).rest(channel);
    return moves.some((to) => found.view(to).queue(channel) === left);
  });
}

/**
 * Those that wait for ever if others never leave a loop that they could leave: what the unfair reading calls
 * starvation. Every machine that can move does so at some time, and so does every thread.
 * @param but those that are told already, by the keys of their parts
 * Cost: for each machine and each thread, linear in the moves; none is found where there are too many
 */
export function unfairStarvation(
  automata: Automata,
  machines: readonly number[],
  found: Search,
  but: ReadonlySet<string>,
): readonly StarvingMachine[] {
  const { graph } = found;
  const starving = new Map<string, StarvingMachine>();
  const count = graph.count();
  if (count * machines.length > mostLivenessWork) return [];
  /** For each actor, 0 where it can move, and where it waits; elsewhere it may not even be there. */
  const actors = new Map<number, { readonly blocked: Uint8Array; readonly waiting: Uint8Array }>();
  const of = (actor: number): { readonly blocked: Uint8Array; readonly waiting: Uint8Array } => {
    const known = actors.get(actor) ?? { blocked: new Uint8Array(count).fill(1), waiting: new Uint8Array(count) };
    actors.set(actor, known);
    return known;
  };
  for (let id = 0; id < count; id++) {
    const view = found.view(id);
    for (const machine of machines) {
      const { parts } = view.state(machine);
      // What has ended may still drop messages.
      if (parts.length === 0 && found.isAble(machine)) of(machine).blocked[id] = 0;
      for (const part of parts) {
        if (found.isPartAble(part, machine)) of(part.actor).blocked[id] = 0;
        else if (waits(part) && !isPartResting(automata.size, view, machine, part)) of(part.actor).waiting[id] = 1;
      }
    }
  }
  if (count * actors.size > mostLivenessWork) return [];
  for (const [actor, { waiting }] of [...actors].sort(([a], [b]) => a - b)) {
    if (!waiting.includes(1)) continue;
    for (const { members, moved } of graph.rounds(
      actor,
      waiting.map((waits) => 1 - waits),
    )) {
      const [configuration] = members;
      if (configuration === undefined) continue;
      const machine = automata.machineOf(actor);
      const part = found
        .view(configuration)
        .state(machine)
        .parts.find((each) => each.actor === actor);
      if (!part || but.has(part.key) || starving.has(part.key)) continue;
      // Somebody who could go on all the time does so at some time, and then things may look different.
      const putOff = [...actors].some(
        ([other, { blocked }]) => other !== actor && !moved.has(other) && members.every((id) => blocked[id] === 0),
      );
      if (!putOff) starving.set(part.key, { machine, part, active: activeIn(automata, moved), configuration });
    }
  }
  return [...starving.values()];
}

function waits({ kind }: Part): boolean {
  return kind === 'receive' || kind === 'send' || kind === 'mixed';
}

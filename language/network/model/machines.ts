// Machines as other tools write them, as communicating automata: nothing is known of them but what they send and
// receive.
import type { Automaton, Transition } from '../../import/automaton.js';
import type { Channels } from '../../ir/process.js';
import { groupsBy } from './automata.js';
import type { Automata, Move, State } from './automata.js';
import { channelOf } from './channel.js';

export interface Machines extends Automata {
  readonly names: readonly string[];
  /** What a move is, in words: `A sends x to B`. */
  words(state: State, move: Move): string;
  labelText(label: number): string;
  /** Where a state stands in the text that the machines were read from: its first transition, or the machine. */
  at(state: State): number;
}

interface Known extends State {
  /** For each move, the states that it leads to. */
  readonly leads: readonly Int32Array[];
  readonly at: number;
}

/**
 * The automata of a system.
 * @param system one machine a role; a peer that is none of them makes its transitions impossible
 * Cost: linear in the transitions, times the machines for what lies ahead
 */
export function machinesOf(system: readonly Automaton[], channels: Channels): Machines {
  const names = system.map((a) => a.role);
  const size = names.length;
  const labels: string[] = [];
  const labelId = (label: string): number => {
    const known = labels.indexOf(label);
    return known < 0 ? labels.push(label) - 1 : known;
  };
  const machines = system.map((automaton, machine) => statesOf(automaton, machine, names, labelId));
  return {
    size,
    channels,
    names,
    keepsData: false,
    dropping: false,
    threaded: false,
    machineOf: (actor) => actor,
    state: (machine, index) => machines[machine]?.[index] as State,
    starts: () => [{ states: names.map(() => 0), data: 0 }],
    follow: (state, move) => (state as Known).leads[move.index] as Int32Array,
    // What is sent is told apart by its label alone.
    label: (_channel, message) => message,
    work: () => 0,
    leftOut: () => undefined,
    at: (state) => (state as Known).at,
    labelText: (label) => labels[label] ?? '',
    words: ({ machine }, { kind, peer, label }) =>
      kind === 'send'
        ? `${names[machine]} sends ${labels[label]} to ${names[peer]}`
        : `${names[machine]} receives ${labels[label]} from ${names[peer]}`,
  };
}

function statesOf(
  { initial, transitions, at: place }: Automaton,
  machine: number,
  names: readonly string[],
  labelId: (label: string) => number,
): Known[] {
  const size = names.length;
  const indices = new Map<string, number>([[initial, 0]]);
  const own: Transition[][] = [[]];
  /** The states with transitions that nobody is there for. */
  const lost = new Set<number>();
  for (const transition of transitions) {
    for (const state of [transition.from, transition.to]) {
      if (indices.has(state)) continue;
      indices.set(state, own.length);
      own.push([]);
    }
    const from = indices.get(transition.from) as number;
    if (names.includes(transition.peer)) own[from]?.push(transition);
    else lost.add(from);
  }
  const ahead = own.map(() => ({ sends: new Uint8Array(size), receives: new Uint8Array(size) }));
  const successors = own.map((list) => list.map((t) => indices.get(t.to) as number));
  own.forEach((list, state) => {
    for (const t of list)
      (t.way === 'send' ? ahead[state]?.sends : ahead[state]?.receives)?.fill(
        1,
        names.indexOf(t.peer),
        names.indexOf(t.peer) + 1,
      );
  });
  for (let changed = true; changed;) {
    changed = false;
    successors.forEach((list, state) => {
      for (const next of list) {
        for (const which of ['sends', 'receives'] as const) {
          const here = ahead[state]?.[which] as Uint8Array;
          ahead[next]?.[which].forEach((may, m) => {
            if (may === 0 || here[m] === 1) return;
            here[m] = 1;
            changed = true;
          });
        }
      }
    });
  }
  return own.map((list, index): Known => {
    const moves: Move[] = [];
    const leads: number[][] = [];
    for (const { way, peer: name, label: text, to } of list) {
      const peer = names.indexOf(name);
      const label = labelId(text);
      const channel = way === 'send' ? channelOf(machine, peer, size) : channelOf(peer, machine, size);
      const target = indices.get(to) as number;
      // Two ways on one message are one move.
      let at = moves.findIndex((m) => m.kind === way && m.channel === channel && m.label === label);
      if (at < 0) {
        at =
          moves.push({
            kind: way,
            index: moves.length,
            channel,
            peer,
            label,
            message: way === 'send' ? label : -1,
            actor: machine,
          }) - 1;
        leads.push([]);
      }
      leads[at]?.push(target, 0);
    }
    const sends = moves.some((m) => m.kind === 'send');
    const receives = moves.some((m) => m.kind === 'receive');
    const kind =
      sends && receives ? 'mixed' : sends ? 'send' : receives ? 'receive' : lost.has(index) ? 'unknown' : 'end';
    const senders = [...new Set(moves.filter((m) => m.kind === 'receive').map((m) => m.peer))];
    const { sends: sendsTo, receives: receivesFrom } = ahead[index] as (typeof ahead)[number];
    return {
      machine,
      index,
      kind,
      moves,
      drops: [],
      dropsAlone: true,
      owed: 0,
      threads: false,
      rests: false,
      senders,
      at: list[0]?.at ?? place,
      leads: leads.map((l) => Int32Array.from(l)),
      sendsTo,
      receivesFrom,
      maySendBut: (to) => sendsTo[to] === 1,
      mayReceive: (from) => receivesFrom[from] === 1,
      parts:
        kind === 'end'
          ? []
          : [
              {
                kind,
                actor: machine,
                moves,
                rests: false,
                senders,
                passes: () => undefined,
                isShared: () => false,
                owes: () => false,
                alone: false,
                contended: false,
                key: `${machine}.${index}`,
              },
            ],
    };
  });
}

/** The machines grouped by who may ever talk to whom. */
export function groupsOf({ size, state }: Automata): number[][] {
  return groupsBy(size, (machine) => {
    const { sendsTo, receivesFrom } = state(machine, 0);
    return [...sendsTo.keys()].filter((other) => sendsTo[other] === 1 || receivesFrom[other] === 1);
  });
}

// A configuration unpacked: where each machine stands, what is in each queue, and who can move. A search looks at one after the
// other, so that what is asked of each of them is worked out for each state once.
import { isDirected, isRendezvous } from './automata.js';
import type { Automata, Move, State } from './automata.js';
import { Queues } from './queues.js';
import { createStore } from './store.js';
import type { Store } from './store.js';

/** What is read of a configuration. */
export interface View {
  state(machine: number): State;
  /** The channels that something was ever sent over. */
  readonly used: readonly number[];
  /** Of these channels, those to a machine that it does not receive from any more. */
  deaf(machine: number): readonly number[];
  /** The label of the oldest message of a channel; -1 where its queue is empty. */
  head(channel: number): number;
  /** The oldest message itself. */
  first(channel: number): number;
  length(channel: number): number;
  /** Whether a machine can move by itself. */
  readiness(machine: number): Readiness;
  readinessOf(move: Move): Readiness;
}

/** `blocked`: not now. `limited`: yes, were there no bound on what is explored. */
export type Readiness = typeof blocked | typeof limited | typeof ready;
export const blocked = 0;
export const limited = 1;
export const ready = 2;

export interface Channel {
  readonly index: number;
  /** Where its queue stands in a row; that of an empty queue while nothing was sent over it. */
  field: number;
  readonly queues: Queues;
  /** Whether there are states of the one end that were met and have nothing more to do with the channel. */
  silent: boolean;
  deaf: boolean;
}

/** A state, with what is asked of it in each configuration. */
interface Known {
  readonly state: State;
  /** How its readiness is found out. */
  readonly way: typeof never | typeof always | typeof sending | typeof receiving | typeof meeting | typeof otherwise;
  /** The one channel of its moves. */
  readonly channel: Channel;
  /** For each label, the number of the move that receives it from this channel, -1 for none. */
  readonly takes: Int32Array;
  /** Of its one move: the label. */
  readonly label: number;
  readonly peer: number;
  /** Of the channels that something was sent over, those to its machine that it never receives from; asked again when there are more channels. */
  deaf: { readonly known: number; readonly channels: readonly number[] };
}

const never = 0;
const always = 1;
/** All moves send over one channel, and wait for nobody. */
const sending = 2;
/** All moves receive from one channel. */
const receiving = 3;
/** The one move sends, and waits for its receiver. */
const meeting = 4;
const otherwise = 5;

const nobody: readonly number[] = [];

export interface Situation extends View {
  readonly store: Store;
  /** The numbers that make up the configuration that is looked at: the state of each machine, the data at `data`, and the queues. */
  readonly row: Int32Array;
  readonly data: number;
  load(configuration: number): void;
  channel(channel: number): Channel;
  /** The channel, with a place of its own for its queue. */
  use(channel: number): Channel;
  /** The receive that a machine is ready to do for a message of this label in a rendezvous. */
  taking(machine: number, channel: number, label: number): Move | undefined;
  /**
   * Which of the machines that are ready to follow first: those that empty queues, then those whose queue is the shortest. Infinity:
   * its moves alone are not enough, as others may do something that makes more moves possible for it, or takes some away.
   */
  rank(machine: number): number;
  /** After `readiness`: whether a machine that is ready is limited in some of its moves. */
  isPartly(): boolean;
  /** Whether something may be wrong with what a machine waits for that can't move, or it is not known. Where this says no, nothing is wrong. */
  isDoubtful(machine: number): boolean;
  /** Whether there may be messages for machines that take none any more. */
  isSomebodyDeaf(): boolean;
}

/**
 * What a search looks at its configurations through.
 * @param buffer the most messages that a queue may hold in what is explored
 */
export function createSituation(automata: Automata, buffer: number): Situation {
  const { size } = automata;
  const rendezvous = isRendezvous(automata.channels);
  const capacity = automata.channels.kind === 'buffer' ? automata.channels.size : Infinity;
  const data = size;
  /** Where there is always an empty queue. */
  const empty = size + 1;
  const store = createStore(size + 2);
  const row = new Int32Array(size + 2 + size * size);
  const channels: (Channel | undefined)[] = [];
  const made: Channel[] = [];
  const used: number[] = [];
  /** The states that were met, by machine and number. */
  const met: (Known | undefined)[][] = Array.from({ length: size }, () => []);
  const known: Known[] = [];

  const isSilent = ({ machine, sendsTo }: State, channel: number): boolean => Math.floor(channel / size) === machine && sendsTo[channel % size] === 0;
  const isDeaf = ({ machine, receivesFrom }: State, channel: number): boolean => channel % size === machine && receivesFrom[Math.floor(channel / size)] === 0;
  const isAny = (is: (state: State, channel: number) => boolean, channel: number): boolean => met.some((own) => own.some((one) => one !== undefined && is(one.state, channel)));
  const channelOf = (index: number): Channel => {
    let channel = channels[index];
    if (!channel) {
      channel = { index, field: empty, queues: new Queues((message) => automata.label(index, message)), silent: isAny(isSilent, index), deaf: isAny(isDeaf, index) };
      channels[index] = channel;
      made.push(channel);
    }
    return channel;
  };
  const none: Channel = { index: -1, field: empty, queues: new Queues(() => -1), silent: true, deaf: true };
  /** Whether a channel that was used is deaf. */
  let someDeaf = false;

  const meet = (machine: number, index: number): Known => {
    const state = automata.state(machine, index);
    for (const channel of made) {
      channel.silent ||= isSilent(state, channel.index);
      channel.deaf ||= isDeaf(state, channel.index);
      someDeaf ||= channel.deaf && channel.field !== empty;
    }
    const { kind, moves } = state;
    const [first] = moves;
    const single = first !== undefined && moves.every((move) => move.channel === first.channel && move.kind === first.kind);
    const way = kind === 'end' || (rendezvous && kind === 'receive') ? never
      : !single ? (moves.length === 0 ? never : otherwise)
        : kind === 'local' ? always
          : kind === 'receive' ? receiving
            : kind !== 'send' ? otherwise : !rendezvous ? sending : moves.length === 1 ? meeting : otherwise;
    const takes = new Int32Array(Math.max(0, ...moves.map((move) => move.label + 1))).fill(-1);
    // The first of several is the one that counts.
    if (single && kind === 'receive') [...moves].reverse().forEach((move) => { takes[move.label] = move.index; });
    const found = { state, way, channel: single && first.channel >= 0 ? channelOf(first.channel) : none, takes, label: first?.label ?? -1, peer: first?.peer ?? -1, deaf: { known: 0, channels: nobody } } satisfies Known;
    (met[machine] as Known[])[index] = found;
    return found;
  };

  const queueOf = (channel: number): number => row[channels[channel]?.field ?? empty] as number;
  const head = (channel: number): number => channels[channel]?.queues.labels[queueOf(channel)] ?? -1;
  const length = (channel: number): number => channels[channel]?.queues.lengths[queueOf(channel)] ?? 0;
  const isTaken = ({ takes }: Known, label: number): boolean => label >= 0 && label < takes.length && (takes[label] as number) >= 0;
  const taking = (machine: number, channel: number, label: number): Move | undefined => {
    const one = known[machine] as Known;
    if (one.channel.index === channel) return isTaken(one, label) ? one.state.moves[one.takes[label] as number] : undefined;
    for (const move of one.state.moves) if (move.kind === 'receive' && move.channel === channel && move.label === label) return move;
    return undefined;
  };
  const readinessOf = (move: Move): Readiness => {
    switch (move.kind) {
      case 'local': return ready;
      case 'receive': return !rendezvous && head(move.channel) === move.label ? ready : blocked;
      case 'send': {
        if (rendezvous) return taking(move.peer, move.channel, move.label) ? ready : blocked;
        const now = length(move.channel);
        return now >= capacity ? blocked : now >= buffer ? limited : ready;
      }
    }
  };
  let partly = false;
  /** Where the moves of a state are not all alike; with some moves limited and none ready, it counts as limited. */
  const bestOf = (moves: readonly Move[]): Readiness => {
    let best: Readiness = blocked;
    let held = false;
    for (const move of moves) {
      const one = readinessOf(move);
      if (one === ready) best = ready;
      else if (one === limited) held = true;
    }
    partly = held && best === ready;
    return best === blocked && held ? limited : best;
  };
  /** The rank of a choice between channels. */
  const shortest = (moves: readonly Move[]): number => {
    const lengths = moves.map((move) => length(move.channel));
    return lengths.some((now) => now >= capacity) ? Infinity : 2 + Math.min(...lengths);
  };
  const readiness = (machine: number): Readiness => {
    const one = known[machine] as Known;
    partly = false;
    switch (one.way) {
      case never: return blocked;
      case always: return ready;
      case sending: {
        const now = one.channel.queues.lengths[row[one.channel.field] as number] as number;
        return now >= capacity ? blocked : now >= buffer ? limited : ready;
      }
      case receiving: {
        const queue = row[one.channel.field] as number;
        return queue !== 0 && isTaken(one, one.channel.queues.labels[queue] as number) ? ready : blocked;
      }
      case meeting: {
        const other = known[one.peer] as Known;
        return (other.channel === one.channel || other.channel === none) && taking(one.peer, one.channel.index, one.label) ? ready : blocked;
      }
      default: return bestOf(one.state.moves);
    }
  };

  return {
    store, row, data, used, head, length, taking, readiness, readinessOf, channel: channelOf,
    isPartly: () => partly,
    isSomebodyDeaf: () => someDeaf,
    state: (machine) => (known[machine] as Known).state,
    first: (channel) => channels[channel]?.queues.heads[queueOf(channel)] ?? -1,
    load(configuration) {
      store.read(configuration, row);
      for (let machine = 0; machine < size; machine++) {
        const index = row[machine] as number;
        known[machine] = (met[machine] as (Known | undefined)[])[index] ?? meet(machine, index);
      }
    },
    use(index) {
      const channel = channelOf(index);
      if (channel.field === empty) {
        channel.field = store.addField();
        used.push(index);
        someDeaf ||= channel.deaf;
      }
      return channel;
    },
    rank(machine) {
      const { way, state, channel, peer } = known[machine] as Known;
      switch (way) {
        case always: return 1e6;
        case receiving: return 0;
        case sending: return 2 + (channel.queues.lengths[row[channel.field] as number] as number);
        // In a rendezvous both move: the receiver must be waiting for this sender alone, and the sender for it.
        case meeting: return isDirected((known[peer] as Known).state) ? 2 : Infinity;
        default: return state.kind === 'send' && !rendezvous ? shortest(state.moves) : Infinity;
      }
    },
    isDoubtful(machine) {
      const { state, way, channel, label, peer } = known[machine] as Known;
      switch (state.kind) {
        case 'receive':
          if (channel === none || (row[channel.field] as number) !== 0) return true;
          return channel.silent && (known[peer] as Known).state.sendsTo[machine] === 0;
        case 'send': {
          if (way !== meeting) return false;
          const other = known[peer] as Known;
          return (channel.deaf && other.state.receivesFrom[machine] === 0) || (other.channel === channel && !isTaken(other, label));
        }
        default: return state.kind === 'unknown';
      }
    },
    deaf(machine) {
      if (!someDeaf) return nobody;
      const one = known[machine] as Known;
      if (one.deaf.known !== used.length) one.deaf = { known: used.length, channels: used.filter((channel) => isDeaf(one.state, channel)) };
      return one.deaf.channels;
    },
  };
}

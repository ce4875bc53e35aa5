// A configuration unpacked: where each machine stands, what is in each queue, and who can move. A search looks at one
// after the other, so that what is asked of each of them is worked out for each state once.
import { isDirected, isRendezvous } from '../model/automata.js';
import type { Automata, Move, Part, State } from '../model/automata.js';
import { Queues } from './queues.js';
import { createStore } from './store.js';
import type { Store } from './store.js';
import { senderOf, receiverOf } from '../model/channel.js';

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
  /** The messages of a channel, oldest first, by number: the same for the same; and what is left without the oldest. */
  queue(channel: number): number;
  rest(channel: number): number;
  /** The first message of a channel that is not passed over, and its label; undefined where there is none. */
  next(
    channel: number,
    passes: ReadonlySet<number> | undefined,
  ): { readonly message: number; readonly label: number } | undefined;
  /** Whether a machine can move by itself. */
  readiness(machine: number): Readiness;
  /** Whether a thread of a machine can. */
  isReady(part: Part): boolean;
}

/** `blocked`: not now. `limited`: yes, were there no bound on what is explored. */
export type Readiness = typeof blocked | typeof limited | typeof ready;
export const blocked = 0;
export const limited = 1;
export const ready = 2;

/**
 * The same, with what a search looks at more closely. `partly`: ready, and limited in some of its moves. `doubtful`:
 * blocked, and something may be wrong with what it waits for, or it is not known.
 */
export type Assessment = Readiness | typeof partly | typeof doubtful;
export const partly = 3;
export const doubtful = 4;

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
  readonly way:
    | typeof over
    | typeof lost
    | typeof always
    | typeof sending
    | typeof receiving
    | typeof meeting
    | typeof awaiting
    | typeof otherwise
    | typeof owing;
  /** The one channel of its moves. */
  readonly channel: Channel;
  /** For each label, the number of the move that receives it from this channel, -1 for none. */
  readonly takes: Int32Array;
  /** Of its one move: the label. */
  readonly label: number;
  readonly peer: number;
  /**
   * Of the channels that something was sent over, those to its machine that it never receives from; asked again when
   * there are more channels.
   */
  deaf: { readonly known: number; readonly channels: readonly number[] };
}

const over = 0;
/** Nobody knows what comes. */
const lost = 1;
const always = 2;
/** All moves send over one channel, and wait for nobody. */
const sending = 3;
/** All moves receive from one channel. */
const receiving = 4;
/** The one move sends, and waits for its receiver. */
const meeting = 5;
/** It receives, and the senders move for it. */
const awaiting = 6;
const otherwise = 7;
/** There are messages to drop, besides. */
const owing = 8;

const nobody: readonly number[] = [];
const none: readonly Move[] = [];

export interface Configuration extends View {
  readonly store: Store;
  /**
   * The numbers that make up the configuration that is looked at: the state of each machine, the data at `data`, and
   * the queues.
   */
  readonly row: Int32Array;
  readonly data: number;
  load(configuration: number): void;
  /** The channel, with a place of its own for its queue. */
  use(channel: number): Channel;
  /**
   * The receives that a machine is ready to do for a message of this label in a rendezvous: one at most, but for
   * threads.
   */
  taking(machine: number, channel: number, label: number): readonly Move[];
  /** Where the message of a receive stands in its queue, 0 for the oldest; -1 where there is none. */
  position(move: Move): number;
  /**
   * A message to be dropped that has come to a machine: the move that does it. Where there are threads, others may take
   * it.
   */
  dropping(machine: number): Move | undefined;
  /** The same of a thread: its moves alone are enough where what it does makes no difference to those beside it. */
  rankOf(part: Part, machine: number): number;
  /**
   * Whether some thread of a machine is held back by the bound alone, and what it sends may depend on what those beside
   * it do meanwhile.
   */
  isHeldBack(machine: number): boolean;
  /**
   * Which of the machines that are ready to follow first: those that empty queues, then those whose queue is the
   * shortest. Infinity: its moves alone are not enough, as others may do something that makes more moves possible for
   * it, or takes some away.
   */
  rank(machine: number): number;
  assess(machine: number): Assessment;
  readinessOf(move: Move): Readiness;
  /** Whether there may be messages for machines that take none any more. */
  isSomebodyDeaf(): boolean;
}

/**
 * What a search looks at its configurations through.
 * @param buffer the most messages that a queue may hold in what is explored
 */
export function createConfiguration(automata: Automata, buffer: number): Configuration {
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

  const isSilent = ({ machine, sendsTo }: State, channel: number): boolean =>
    senderOf(channel, size) === machine && sendsTo[receiverOf(channel, size)] === 0;
  const isDeaf = ({ machine, receivesFrom }: State, channel: number): boolean =>
    receiverOf(channel, size) === machine && receivesFrom[senderOf(channel, size)] === 0;
  const isAny = (is: (state: State, channel: number) => boolean, channel: number): boolean =>
    met.some((own) => own.some((one) => one !== undefined && is(one.state, channel)));
  const channelOf = (index: number): Channel => {
    let channel = channels[index];
    if (!channel) {
      channel = {
        index,
        field: empty,
        queues: new Queues((message) => automata.label(index, message)),
        silent: isAny(isSilent, index),
        deaf: isAny(isDeaf, index),
      };
      channels[index] = channel;
      made.push(channel);
    }
    return channel;
  };
  const unused: Channel = { index: -1, field: empty, queues: new Queues(() => -1), silent: true, deaf: true };
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
    const single =
      first !== undefined &&
      moves.every((move) => move.channel === first.channel && move.kind === first.kind && !move.passes);
    const owes = state.drops.length > 0;
    const way = owes ? owing : wayOf(state, single, rendezvous);
    const takes = new Int32Array(Math.max(0, ...moves.map((move) => move.label + 1))).fill(-1);
    // The first of several is the one that counts.
    if (single && kind === 'receive')
      [...moves].reverse().forEach((move) => {
        takes[move.label] = move.index;
      });
    const found = {
      state,
      way,
      channel: single && !owes && first.channel >= 0 ? channelOf(first.channel) : unused,
      takes,
      label: first?.label ?? -1,
      peer: first?.peer ?? -1,
      deaf: { known: 0, channels: nobody },
    } satisfies Known;
    (met[machine] as Known[])[index] = found;
    return found;
  };

  const queueOf = (channel: number): number => row[channels[channel]?.field ?? empty] as number;
  const head = (channel: number): number => channels[channel]?.queues.labels[queueOf(channel)] ?? -1;
  const length = (channel: number): number => channels[channel]?.queues.lengths[queueOf(channel)] ?? 0;
  const isAmong = (takes: Int32Array, label: number): boolean =>
    label >= 0 && label < takes.length && (takes[label] as number) >= 0;
  const taking = (machine: number, channel: number, label: number): readonly Move[] => {
    const { state, takes, channel: single } = known[machine] as Known;
    const { threads } = state;
    if (single.index === channel && !threads)
      return isAmong(takes, label) ? [state.moves[takes[label] as number] as Move] : none;
    const found = [...state.moves, ...state.drops].filter(
      (move) => move.kind === 'receive' && move.channel === channel && move.label === label,
    );
    return threads ? found : found.slice(0, 1);
  };
  const position = ({ channel, passes }: Move): number =>
    channels[channel]?.queues.position(queueOf(channel), passes) ?? -1;
  const next: View['next'] = (channel, passes) => {
    const queue = queueOf(channel);
    const queues = channels[channel]?.queues;
    const at = queues?.position(queue, passes) ?? -1;
    if (!queues || at < 0) return undefined;
    const message = queues.at(queue, at);
    return { message, label: automata.label(channel, message) };
  };
  const dropping = (machine: number): Move | undefined => {
    const { drops } = (known[machine] as Known).state;
    return rendezvous ? undefined : drops.find((move) => readinessOf(move) === ready);
  };
  const readinessOf = (move: Move): Readiness => {
    switch (move.kind) {
      case 'local':
        return ready;
      case 'receive':
        return !rendezvous && (move.passes ? next(move.channel, move.passes)?.label : head(move.channel)) === move.label
          ? ready
          : blocked;
      case 'send': {
        if (rendezvous) return taking(move.peer, move.channel, move.label).length > 0 ? ready : blocked;
        const now = length(move.channel);
        return now >= capacity ? blocked : now >= buffer ? limited : ready;
      }
    }
  };
  /** Where the moves of a state are not all alike. */
  const bestOf = (moves: readonly Move[]): Assessment => {
    let best: Readiness = blocked;
    let held = false;
    for (const move of moves) {
      const one = readinessOf(move);
      if (one === ready) best = ready;
      else if (one === limited) held = true;
    }
    return best === ready ? (held ? partly : ready) : held ? limited : doubtful;
  };
  /** The rank of a choice between channels. */
  const shortest = (moves: readonly Move[]): number => {
    const lengths = moves.map((move) => length(move.channel));
    return lengths.some((now) => now >= capacity) ? Infinity : 2 + Math.min(...lengths);
  };
  /** The rank of a machine by its moves, where it has messages to drop besides. */
  const rankBesides = ({ kind, moves, threads, dropsAlone }: State): number => {
    const [first] = moves;
    // Another thread may take what is to be dropped; and what one owes keeps it from more than what its moves say.
    if (threads && (kind === 'receive' || !dropsAlone)) return Infinity;
    if (kind === 'local') return 1e6;
    if (!first || rendezvous || (kind !== 'receive' && kind !== 'send')) return Infinity;
    const single = moves.every((move) => move.channel === first.channel);
    return kind === 'send' ? shortest(moves) : single ? 0 : Infinity;
  };
  /**
   * Whether who takes a message in a rendezvous waits for nobody but its sender: a machine, or a thread of one, that
   * others beside it don’t stand in for.
   */
  const isMet = ({ peer, channel, label }: Move): boolean => {
    const { state } = known[peer] as Known;
    if (!state.threads) return isDirected(state);
    const takers = state.parts.filter(({ moves }) =>
      moves.some((move) => move.kind === 'receive' && move.channel === channel && move.label === label),
    );
    const [part] = takers;
    return state.dropsAlone && takers.length === 1 && part?.alone === true && part.senders.length === 1;
  };
  const rankOf = (part: Part, machine: number): number => {
    const [first] = part.moves;
    if (
      !first ||
      !part.alone ||
      !(known[machine] as Known).state.dropsAlone ||
      !part.moves.some((move) => readinessOf(move) === ready)
    )
      return Infinity;
    if (part.kind === 'receive') return part.senders.length === 1 ? 0 : Infinity;
    return rendezvous ? (isMet(first) ? 2 : Infinity) : 2 + length(first.channel);
  };
  const assess = (machine: number): Assessment => {
    const { state, way, channel, takes, label, peer } = known[machine] as Known;
    switch (way) {
      case over:
        return blocked;
      case lost:
        return doubtful;
      case always:
        return ready;
      case sending: {
        const now = channel.queues.lengths[row[channel.field] as number] as number;
        return now >= capacity ? blocked : now >= buffer ? limited : ready;
      }
      case receiving: {
        const queue = row[channel.field] as number;
        if (queue === 0)
          return channel.silent && (known[peer] as Known).state.sendsTo[machine] === 0 ? doubtful : blocked;
        return isAmong(takes, channel.queues.labels[queue] as number) ? ready : doubtful;
      }
      case meeting: {
        const other = known[peer] as Known;
        if (other.channel === channel) return isAmong(other.takes, label) ? ready : doubtful;
        if (other.channel === unused && taking(peer, channel.index, label).length > 0) return ready;
        return channel.deaf && other.state.receivesFrom[machine] === 0 ? doubtful : blocked;
      }
      case awaiting:
        return channel === unused || (channel.silent && (known[peer] as Known).state.sendsTo[machine] === 0)
          ? doubtful
          : blocked;
      case otherwise:
        return bestOf(state.moves);
      case owing:
        return dropping(machine) ? ready : bestOf(state.moves);
    }
  };

  return {
    store,
    row,
    data,
    used,
    head,
    length,
    taking,
    dropping,
    assess,
    readinessOf,
    position,
    next,
    rankOf,
    isHeldBack: (machine) =>
      (known[machine] as Known).state.parts.some(
        (part) => part.contended && part.moves.some((move) => readinessOf(move) === limited),
      ),
    isReady: (part) => part.moves.some((move) => readinessOf(move) === ready),
    queue: queueOf,
    rest: (channel) => channels[channel]?.queues.tails[queueOf(channel)] ?? 0,
    readiness(machine) {
      const found = assess(machine);
      return found === doubtful ? blocked : found === partly ? ready : found;
    },
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
        case always:
          return 1e6;
        case receiving:
          return 0;
        case sending:
          return 2 + (channel.queues.lengths[row[channel.field] as number] as number);
        // In a rendezvous both move: the receiver must be waiting for this sender alone, and the sender for it.
        case meeting:
          return isMet(state.moves[0] as Move) ||
            (known[peer] as Known).state.drops.some(
              (move) => move.channel === channel.index && move.label === state.moves[0]?.label,
            )
            ? 2
            : Infinity;
        // What is dropped besides makes no difference to its moves, nor these to that.
        case owing:
          return rankBesides(state);
        // All threads send, and each can do so whatever others do.
        case over:
        case lost:
        case awaiting:
        case otherwise:
          return state.kind === 'send' && !rendezvous
            ? shortest(state.moves)
            : isAlone(state) && !rendezvous
              ? 0
              : Infinity;
      }
    },
    deaf(machine) {
      if (!someDeaf) return nobody;
      const one = known[machine] as Known;
      if (one.deaf.known !== used.length)
        one.deaf = { known: used.length, channels: used.filter((channel) => isDeaf(one.state, channel)) };
      return one.deaf.channels;
    },
  };
}

/**
 * Whether only one thread is left, and takes messages of one sender, those behind others that are for threads which
 * have come to their ends.
 */
function isAlone({ kind, senders, parts, drops }: State): boolean {
  return kind === 'receive' && senders.length === 1 && parts.length === 1 && drops.length === 0;
}

function wayOf({ kind, moves }: State, single: boolean, rendezvous: boolean): Known['way'] {
  switch (kind) {
    case 'end':
      return over;
    case 'unknown':
      return lost;
    case 'local':
      return always;
    case 'receive':
      return rendezvous ? awaiting : single ? receiving : otherwise;
    case 'send':
      return !single ? otherwise : !rendezvous ? sending : moves.length === 1 ? meeting : otherwise;
    case 'mixed':
      return otherwise;
  }
}

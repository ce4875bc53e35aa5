// The search: breadth first over the configurations of communicating automata, each made once. Where a machine waits on one
// channel at a time, steps of different machines commute, so it is enough to follow one machine's steps from a configuration
// (persistent sets: Godefroid, LNCS 1032, 1996), as long as no machine is put off for ever. What is wrong for good is reached all
// the same, and queues stay short, so that many loops are proved whatever their queues could hold.
import { isDirected, isRendezvous } from './automata.js';
import type { Automata, Move, State } from './automata.js';
import type { Cut } from './engine.js';
import { createGraph } from './graph.js';
import type { Graph } from './graph.js';
import { problemsAt, stuckAt } from './problems.js';
import type { Wrong } from './problems.js';
import { createQueues } from './queues.js';
import type { Queues } from './queues.js';
import { createStore } from './store.js';

interface SearchOptions {
  readonly states: number;
  /** The most messages that a queue may hold in what is explored. */
  readonly buffer: number;
  /** Leave out the interleavings that make no difference. */
  readonly reduce: boolean;
  /** Leave out the moves between configurations: nothing is then known of runs that never end, and nothing can be reduced. */
  readonly safetyOnly?: boolean;
  /** Go on to the end where something is wrong. */
  readonly toTheEnd?: boolean;
  /** Asked now and then, with the configurations so far; true ends the search, and the result says so. */
  readonly interrupted?: (states: number) => boolean;
}

/** A configuration unpacked: the state of each machine, and what is in each queue. */
export interface View {
  state(machine: number): State;
  /** The channels that something was ever sent over. */
  readonly used: readonly number[];
  /** Whether a machine can move by itself, of the configuration that is being followed. */
  isReady(machine: number): boolean;
  /** Of these channels, those to a machine that it does not receive from any more. */
  deaf(machine: number): readonly number[];
  /** The label of the oldest message of a channel; -1 where its queue is empty. */
  head(channel: number): number;
  /** The oldest message itself. */
  first(channel: number): number;
  length(channel: number): number;
}

/** A move that leads from one configuration to the next, on one of its ways; a rendezvous is a send and then a receive. */
export interface Step {
  readonly state: State;
  readonly move: Move;
  readonly data: number;
  readonly message: number;
  readonly way: number;
}

export interface Search {
  readonly cuts: ReadonlySet<Cut>;
  /** In the order in which they were reached; each kind once for each place. */
  readonly wrong: readonly { readonly problem: Wrong; readonly configuration: number }[];
  readonly graph: Graph;
  /** Whether the bound ever held somebody back; if not, a larger one makes no difference. */
  readonly bounded: boolean;
  /** The channels whose queues would have grown beyond the bound. */
  readonly full: ReadonlySet<number>;
  /** Looks at a configuration; what is seen is true until the next call. */
  view(configuration: number): View;
  /** Whether a machine can move in the configuration that is looked at. */
  readiness(machine: number): Readiness;
  /** Whether a machine can move there, or be moved: in a rendezvous, its sender acts for both. */
  isAble(machine: number): boolean;
  /** Whether a move of one of its states can be made there. */
  isReady(move: Move): boolean;
  /** The steps that lead to a configuration, and the start that they begin in. */
  run(configuration: number): { readonly start: number; readonly steps: readonly Step[] };
  /** Bytes that the configurations and the ways between them hold. */
  bytes(): number;
}

/** `blocked`: the machine can't move now. `limited`: it could, were there no bound on what is explored. */
type Readiness = 'blocked' | 'limited' | 'ready';

const none: readonly number[] = [];

/** Problems told of one system; more are consequences, or a second look. */
const mostProblems = 20;

/** Once something is found to be wrong, so many more configurations, and as many again as it took, are looked at for other mistakes. */
const secondLook = 20_000;

/** What keeping track of values may cost, in characters, before configurations count as too many: so much, and so much more for each that is allowed. */
const characters = 2_000_000;
const charactersPerState = 20;

/**
 * Explores automata.
 * @param machines the machines to let run; the others stay where they are, and must have nothing to do with these
 * @param options the bounds
 * Cost: linear in the configurations and the moves between them; `interrupted` is asked every 256 of them
 */
export function search(automata: Automata, machines: readonly number[], options: SearchOptions): Search {
  const { size, channels } = automata;
  const { buffer, reduce } = options;
  const rendezvous = isRendezvous(channels);
  const capacity = channels.kind === 'buffer' ? channels.size : Infinity;
  const store = createStore(size + 1);
  const dataField = size;
  /** The field of the data, where there is any. */
  const changingData = automata.keepsData ? dataField : -1;
  const graph = createGraph(size, options.safetyOnly !== true);
  /** Where each channel's queue stands in a row; -1 while nothing was sent over it. Behind the states stands the data. */
  const fieldOf = new Int32Array(size * size).fill(-1);
  const queuesOf: Queues[] = [];
  let row = new Int32Array(size + 1);
  const cuts = new Set<Cut>();
  const full = new Set<number>();
  const wrong = new Map<string, { problem: Wrong; configuration: number }>();
  let bound = options.states;
  let bounded = false;

  const queueOf = (channel: number): number => {
    const field = fieldOf[channel] as number;
    return field < 0 ? 0 : row[field] as number;
  };
  const current: State[] = [];
  /** What each machine can do in the configuration that is being followed: 0 nothing, 1 what the bound forbids, 2 something. */
  const status = new Uint8Array(size);
  const used: number[] = [];
  /** Whether a state receives no more from a channel to its machine. */
  const isDeaf = ({ machine, receivesFrom }: State, channel: number): boolean => channel % size === machine && receivesFrom[Math.floor(channel / size)] === 0;
  /** Whether there is such a state among those that were met, for a channel that was used. */
  let someDeaf = false;
  /** The states that were met, by machine and number. */
  const met: (State | undefined)[][] = Array.from({ length: size }, () => []);
  const load = (id: number): void => {
    store.read(id, row);
    for (let m = 0; m < size; m++) {
      const own = met[m] as (State | undefined)[];
      const index = row[m] as number;
      let state = own[index];
      if (!state) {
        state = own[index] = automata.state(m, index);
        someDeaf ||= used.some((channel) => isDeaf(state as State, channel));
      }
      current[m] = state;
    }
  };
  /** For each state, the channels to its machine that something was sent over and that it never receives from; asked again when there are more channels. */
  const deaf: { known: number; channels: number[] }[][] = Array.from({ length: size }, () => []);
  const view: View = {
    used,
    state: (machine) => current[machine] as State,
    isReady: (machine) => status[machine] === 2,
    deaf: (machine) => {
      if (!someDeaf) return none;
      const state = current[machine] as State;
      const { index } = state;
      const own = deaf[machine] as { known: number; channels: number[] }[];
      const known = own[index];
      if (known?.known === used.length) return known.channels;
      const channels = used.filter((channel) => isDeaf(state, channel));
      own[index] = { known: used.length, channels };
      return channels;
    },
    first: (channel) => (queuesOf[channel] as Queues).head(queueOf(channel)),
    head: (channel) => {
      const queue = queueOf(channel);
      return queue === 0 ? -1 : (queuesOf[channel] as Queues).label(queue);
    },
    length: (channel) => {
      const queue = queueOf(channel);
      return queue === 0 ? 0 : (queuesOf[channel] as Queues).length(queue);
    },
  };

  /** The receive that a machine is ready to do for a message of this label in a rendezvous. */
  const taking = (machine: number, channel: number, label: number): Move | undefined => {
    for (const move of (current[machine] as State).moves) if (move.kind === 'receive' && move.channel === channel && move.label === label) return move;
    return undefined;
  };
  const readinessOf = (move: Move): Readiness => {
    switch (move.kind) {
      case 'local': return 'ready';
      case 'receive': return !rendezvous && view.head(move.channel) === move.label ? 'ready' : 'blocked';
      case 'send': {
        if (rendezvous) return taking(move.peer, move.channel, move.label) ? 'ready' : 'blocked';
        const length = view.length(move.channel);
        return length >= capacity ? 'blocked' : length >= buffer ? 'limited' : 'ready';
      }
    }
  };
  /** What a machine can do now; where it is limited in some of its moves only, it counts as limited for the others, too. */
  let partly = false;
  const machineReadiness = (machine: number): Readiness => {
    const { kind, moves } = current[machine] as State;
    partly = false;
    if (kind === 'end' || (rendezvous && kind === 'receive')) return 'blocked';
    if (moves.length === 1) return readinessOf(moves[0] as Move);
    let result: Readiness = 'blocked';
    let limited = false;
    for (const move of moves) {
      const one = readinessOf(move);
      if (one === 'ready') result = 'ready';
      else if (one === 'limited') limited = true;
    }
    partly = limited && result === 'ready';
    return result === 'blocked' && limited ? 'limited' : result;
  };

  /**
   * Which machine to follow first: those that empty queues, then those whose queue is the shortest. Infinity: its moves alone are
   * not enough, as others may do something that makes more moves possible for it, or takes some away.
   */
  const rankOf = (machine: number): number => {
    const state = current[machine] as State;
    switch (state.kind) {
      case 'local': return 1e6;
      case 'receive': return isDirected(state) ? 0 : Infinity;
      case 'send': {
        // In a rendezvous both move: the receiver must be waiting for this sender alone, and the sender for it.
        if (rendezvous) return state.moves.length === 1 && isDirected(current[state.moves[0]?.peer ?? machine] as State) ? 2 : Infinity;
        let shortest = Infinity;
        for (const move of state.moves) {
          const length = view.length(move.channel);
          if (length >= capacity) return Infinity;
          shortest = Math.min(shortest, length);
        }
        return 2 + shortest;
      }
      default: return Infinity;
    }
  };

  /** Interns what `row` holds now, as coming from a configuration by a machine's step, in a rendezvous with another one; `field` is that of the channel, or of the other machine. */
  const arrive = (from: number, machine: number, field: number, other: number): number => {
    const before = graph.count();
    const to = store.internNear(from, row, machine, field, changingData);
    if (to === before) graph.add(from, machine);
    graph.connect(to, machine);
    if (other >= 0) graph.connect(to, other);
    return to;
  };

  type Visit = (to: number, state: State, move: Move, data: number, message: number, way: number, second?: { state: State; move: Move; data: number; way: number }) => void;
  /** Where the queue of a channel stands in a row, from now on. */
  const fieldFor = (channel: number): number => {
    if ((fieldOf[channel] as number) < 0) {
      queuesOf[channel] = createQueues((message) => automata.label(channel, message));
      fieldOf[channel] = store.addField();
      used.push(channel);
      someDeaf ||= met.some((own) => own.some((state) => state !== undefined && isDeaf(state, channel)));
      const wider = new Int32Array(row.length + 1);
      wider.set(row);
      row = wider;
    }
    return fieldOf[channel] as number;
  };
  /**
   * Does all that one machine can do in the configuration that is loaded; `row` is as before when it returns.
   * @param trace told each step, instead of the graph
   * @returns whether it came anywhere else: computing on one's own for ever changes nothing
   */
  const moveAll = (id: number, machine: number, trace?: Visit): boolean => {
    let away = false;
    const state = current[machine] as State;
    const own = row[machine] as number;
    const data = row[dataField] as number;
    const single = state.moves.length === 1;
    for (const move of state.moves) {
      // A machine that is followed is ready in one move at least.
      if (!single && readinessOf(move) !== 'ready') continue;
      if (move.kind === 'send' && rendezvous) {
        const other = current[move.peer] as State;
        const there = row[move.peer] as number;
        const taken = taking(move.peer, move.channel, move.label) as Move;
        const first = automata.follow(state, move, data, -1);
        for (let i = 0; i < first.length; i += 2) {
          const between = first[i + 1] as number;
          const second = automata.follow(other, taken, between, move.message);
          for (let j = 0; j < second.length; j += 2) {
            row[machine] = first[i] as number;
            row[move.peer] = second[j] as number;
            row[dataField] = second[j + 1] as number;
            const to = trace ? store.internNear(id, row, machine, move.peer, dataField) : arrive(id, machine, move.peer, move.peer);
            if (to !== id) away = true;
            trace?.(to, state, move, data, move.message, i / 2, { state: other, move: taken, data: between, way: j / 2 });
          }
        }
        row[move.peer] = there;
      } else {
        let field = -1;
        let queue = 0;
        let message = move.message;
        if (move.kind === 'send') {
          field = fieldFor(move.channel);
          queue = row[field] as number;
        } else if (move.kind === 'receive') {
          field = fieldOf[move.channel] as number;
          queue = row[field] as number;
          message = (queuesOf[move.channel] as Queues).head(queue);
        }
        const ways = automata.follow(state, move, data, message);
        if (move.kind === 'send') row[field] = (queuesOf[move.channel] as Queues).push(queue, move.message);
        else if (move.kind === 'receive') row[field] = (queuesOf[move.channel] as Queues).tail(queue);
        for (let i = 0; i < ways.length; i += 2) {
          row[machine] = ways[i] as number;
          row[dataField] = ways[i + 1] as number;
          const to = trace ? store.internNear(id, row, machine, field, dataField) : arrive(id, machine, field, -1);
          if (to !== id) away = true;
          trace?.(to, state, move, data, message, i / 2);
        }
        if (field >= 0) row[field] = queue;
      }
      row[machine] = own;
      row[dataField] = data;
    }
    return away;
  };

  const report = (problem: Wrong, configuration: number): void => {
    if (wrong.size === 0 && options.toTheEnd !== true) bound = Math.min(bound, 2 * store.count() + secondLook);
    if (!wrong.has(problem.key) && wrong.size < mostProblems) wrong.set(problem.key, { problem, configuration });
  };

  const expand = (id: number): void => {
    load(id);
    graph.open(id);
    let held = false;
    let ready = 0;
    for (const machine of machines) {
      const now = machineReadiness(machine);
      status[machine] = now === 'ready' ? 2 : now === 'limited' ? 1 : 0;
      if (now === 'ready') ready++;
      else if (now === 'blocked' && (current[machine] as State).kind === 'unknown') cuts.add('unknown');
      if (now === 'limited' || partly) {
        held = bounded = true;
        if (partly || options.safetyOnly === true) noteFull(machine);
      }
    }
    const found = problemsAt(automata, view, machines);
    if (found.length > 0) {
      for (const problem of found) report(problem, id);
      graph.stop(id);
      return;
    }
    if (ready === 0 && !held) {
      const problem = stuckAt(view, machines);
      if (problem) report(problem, id);
      graph.stop(id);
      return;
    }
    if (!reduce) {
      for (const machine of machines) if (status[machine] === 2) moveAll(id, machine);
      return;
    }
    const mover = graph.mover(id);
    for (; ready > 0; ready--) {
      let best = -1;
      let rank = Infinity;
      let turn = 0;
      for (const machine of machines) {
        if (status[machine] !== 2) continue;
        const own = rankOf(machine);
        const later = (machine - mover - 1 + size) % size;
        if (best < 0 || own < rank || (own === rank && later < turn)) {
          best = machine;
          rank = own;
          turn = later;
        }
      }
      status[best] = 0;
      const away = moveAll(id, best);
      // All that a machine can do, and nobody else can meddle with.
      if (away && rank < Infinity) return;
      // Somebody who is held back might have come first, and made a difference.
      if (away && held && isDisturbed(best)) {
        for (const machine of machines) if (machineReadiness(machine) === 'limited') noteFull(machine);
        cuts.add('buffer');
      }
    }
  };
  /**
   * Whether machines that are held back, or that these may wake, can give a machine another way to go on before it moves: by a message
   * on a channel that it looks at, and that is empty.
   */
  const isDisturbed = (machine: number): boolean => {
    const state = current[machine] as State;
    if (state.kind === 'send') return true;
    const awake = new Set(machines.filter((m) => machineReadiness(m) === 'limited'));
    for (const one of awake) {
      const { sendsTo } = current[one] as State;
      for (const other of machines) if (sendsTo[other] === 1 && machineReadiness(other) === 'blocked') awake.add(other);
    }
    return state.senders.some((from) => awake.has(from) && (current[from] as State).sendsTo[machine] === 1 && view.head(from * size + machine) < 0);
  };
  const noteFull = (machine: number): void => {
    for (const move of (current[machine] as State).moves) {
      if (readinessOf(move) !== 'limited') continue;
      full.add(move.channel);
      if (partly || options.safetyOnly === true) cuts.add('buffer');
    }
  };

  const starts = automata.starts(machines);
  const startOf = new Map<number, number>();
  starts.forEach(({ states, data }, start) => {
    row.fill(0);
    states.forEach((index, machine) => { row[machine] = index; });
    row[dataField] = data;
    const before = store.count();
    const id = store.intern(row);
    if (id === before) {
      graph.add(-1, size - 1);
      startOf.set(id, start);
    }
  });

  const result: Search = {
    cuts, full, graph,
    get bounded() { return bounded; },
    get wrong() { return [...wrong.values()]; },
    view(configuration) {
      load(configuration);
      return view;
    },
    readiness: machineReadiness,
    isAble: (machine) => machineReadiness(machine) !== 'blocked'
      || (rendezvous && machines.some((m) => (current[m] as State).moves.some((move) => move.kind === 'send' && move.peer === machine && readinessOf(move) === 'ready'))),
    isReady: (move) => readinessOf(move) === 'ready',
    run(configuration) {
      const path: number[] = [];
      for (let id = configuration; id >= 0; id = graph.parent(id)) path.push(id);
      path.reverse();
      const steps: Step[] = [];
      for (let i = 0; i + 1 < path.length; i++) {
        const [from, to] = [path[i] as number, path[i + 1] as number];
        load(from);
        let found = false;
        moveAll(from, graph.mover(to), (at, state, move, data, message, way, second) => {
          if (at !== to || found) return;
          found = true;
          steps.push({ state, move, data, message, way });
          if (second) steps.push({ ...second, message });
        });
      }
      return { start: startOf.get(path[0] as number) ?? 0, steps };
    },
    bytes: () => store.bytes() + graph.bytes(),
  };

  for (let id = 0; ;) {
    for (; id < store.count(); id++) {
      if (store.count() >= bound || automata.work() > characters + options.states * charactersPerState) cuts.add('states');
      const leftOut = automata.leftOut();
      if (leftOut) cuts.add(leftOut);
      if ((id & 255) === 255 && options.interrupted?.(store.count()) === true) cuts.add('interrupted');
      if (cuts.has('states') || cuts.has('interrupted')) break;
      expand(id);
    }
    const leftOut = automata.leftOut();
    if (leftOut) cuts.add(leftOut);
    if (id < store.count() || leftOut || options.safetyOnly === true) break;
    // Whoever could move, and was put off in favour of others that go round for ever, moves now.
    let more = false;
    for (const { at, machine } of putOff(machines, result)) {
      load(at);
      if (machineReadiness(machine) === 'limited') {
        cuts.add('buffer');
        noteFull(machine);
        continue;
      }
      more = true;
      graph.reopen(at);
      moveAll(at, machine);
    }
    if (!more) break;
  }
  return result;
}

/** The machines that could move and never do, though the others can go on for ever (Valmari, LNCS 1491, 1998, on ignoring). */
function putOff(machines: readonly number[], { graph, view, readiness }: Search): { at: number; machine: number }[] {
  return graph.lasting().flatMap(({ members, moved }) => {
    const rest = machines.filter((m) => !moved.has(m));
    const found = new Map<number, number>();
    const held = new Map<number, number>();
    for (const at of members) {
      if (rest.length === found.size) break;
      if (graph.isStopped(at)) continue;
      view(at);
      for (const machine of rest) {
        const now = found.has(machine) ? 'blocked' : readiness(machine);
        if (now === 'ready') found.set(machine, at);
        else if (now === 'limited' && !held.has(machine)) held.set(machine, at);
      }
    }
    return [...new Map([...held, ...found])].map(([machine, at]) => ({ at, machine }));
  });
}

// The search: breadth first over the configurations of communicating automata, each made once. Where a machine waits on
// one channel at a time, steps of different machines commute, so it is enough to follow one machine's steps from a
// configuration (persistent sets: Godefroid, LNCS 1032, 1996), as long as no machine is put off for ever. What is wrong
// for good is reached all the same, and queues stay short, so that many loops are proved whatever their queues could
// hold.
//
// Threads. A thread whose next step makes no difference to those beside it, whatever they do before, counts as a
// machine of its own: it takes messages of one sender that none of the others takes, or sends to somebody that none of
// them sends to, and touches no variable that they change. Others of its machine then commute with it: they take other
// messages of the same queue, wherever these stand in it, and the last one to come to its end goes on behind all of
// them, whichever that is. All other threads of a machine are followed together, and with them everybody who can move.
import { isRendezvous } from '../model/automata.js';
import type { Automata, Move, Part, Step } from '../model/automata.js';
import type { Cut } from '../model/exploration.js';
import { createGraph } from './graph.js';
import type { Graph } from './graph.js';
import { problemsAt, stuckAt } from './violations.js';
import type { Violation } from './violations.js';
import { blocked, createConfiguration, doubtful, limited, partly, ready } from './configuration.js';
import type { Assessment, View } from './configuration.js';
import { bestThread, isDisturbed } from './order.js';
import { putOff } from './put-off.js';
import { atQuorum, dropAll, dropsAtOnce, takeQuorum } from './quorums.js';
import {
  mostProblems,
  mostConfigurationsEach,
  mostAfterProblem,
  mostCharacters,
  mostCharactersPerState,
} from '../limits.js';

interface SearchOptions {
  readonly states: number;
  /** The most messages that a queue may hold in what is explored. */
  readonly buffer: number;
  /** Leave out the interleavings that make no difference. */
  readonly reduce: boolean;
  /** Take the messages of a quorum one after the other, where it is reduced too. */
  readonly stepwise?: boolean;
  /**
   * Leave out the moves between configurations: nothing is then known of runs that never end, and nothing can be
   * reduced.
   */
  readonly safetyOnly?: boolean;
  /** Go on to the end where something is wrong. */
  readonly toTheEnd?: boolean;
  /** Asked now and then, with the configurations so far; true ends the search, and the result says so. */
  readonly interrupted?: (states: number) => boolean;
}

interface Found {
  readonly problem: Violation;
  readonly configuration: number;
  readonly others: readonly Omit<Found, 'others'>[];
}

export interface Search {
  readonly cuts: ReadonlySet<Cut>;
  /**
   * In the order in which they were reached; each kind once for each place. `others` are more configurations in which
   * the same is wrong.
   */
  readonly wrong: readonly Found[];
  readonly graph: Graph;
  /** Whether the bound ever held somebody back; if not, a larger one makes no difference. */
  readonly bounded: boolean;
  /** The channels whose queues would have grown beyond the bound. */
  readonly full: ReadonlySet<number>;
  /** Looks at a configuration; what is seen is true until the next call. */
  view(configuration: number): View;
  /** Whether a machine can move there, or be moved: in a rendezvous, its sender acts for both. */
  isAble(machine: number): boolean;
  /** The same of a thread. */
  isPartAble(part: Part, machine: number): boolean;
  /** Whether a move of one of its states can be made there; whether the bound alone holds it back. */
  isReady(move: Move): boolean;
  isHeld(move: Move): boolean;
  /** The steps that lead to a configuration, and the start that they begin in. */
  run(configuration: number): { readonly start: number; readonly steps: readonly Step[] };
  /** The configurations that it began with. */
  starts(): readonly number[];
  /**
   * What is done in a configuration, as far as it was followed: the steps, and where they lead.
   * Cost: that of following it once more
   */
  moves(configuration: number): readonly { readonly to: number; readonly steps: readonly Step[] }[];
  /** Bytes that the configurations and the ways between them hold. */
  bytes(): number;
}

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
  /** Whether quorums are one step. */
  const quorums = reduce && !rendezvous && options.stepwise !== true;
  const current = createConfiguration(automata, buffer);
  const { store, row } = current;
  const dataField = current.data;
  /** The field of the data, where there is any. */
  const changingData = automata.keepsData ? dataField : -1;
  const graph = createGraph(size, options.safetyOnly !== true, automata.threaded);
  /** What each machine can do in the configuration that is being followed, and has not done yet. */
  const status: Assessment[] = new Array<Assessment>(size).fill(blocked);
  const cuts = new Set<Cut>();
  const full = new Set<number>();
  const wrong = new Map<string, Found & { readonly others: Found['others'][0][] }>();
  let bound = options.states;
  let bounded = false;

  /**
   * Interns what `row` holds now, as coming from a configuration by a machine's step, in a rendezvous with another one;
   * `field` is that of the channel, or of the other machine.
   */
  const arrive = (from: number, machine: number, field: number, move: Move, other?: Move): number => {
    const before = graph.count();
    return reached(store.internNear(from, row, machine, field, changingData), before, from, machine, move, other);
  };
  let arrivals = 0;
  const reached = (to: number, before: number, from: number, machine: number, move: Move, other?: Move): number => {
    arrivals++;
    if (to === before) graph.add(from, machine);
    graph.connect(to, move.actor);
    if (other) graph.connect(to, other.actor);
    return to;
  };

  type Visit = (to: number, ...steps: readonly Step[]) => void;
  /**
   * Does all that one machine can do in the configuration that is loaded; `row` is as before when it returns.
   * @param trace told each step, instead of the graph
   * @returns whether it came anywhere else: computing on one's own for ever changes nothing
   */
  const moveAll = (id: number, machine: number, trace?: Visit, only?: readonly Move[]): boolean => {
    let away = false;
    const state = current.state(machine);
    const own = row[machine] as number;
    const data = row[dataField] as number;
    const moves = only ?? (state.drops.length > 0 ? [...state.moves, ...state.drops] : state.moves);
    const single = moves.length === 1 && state.drops.length === 0;
    const several = quorums && !only ? severalAt(machine) : undefined;
    several?.(automata, current, machine, (steps) => {
      if (owesTooMuch(machine, row[machine] as number)) return;
      const before = store.count();
      const to = store.intern(row);
      if (!trace) reached(to, before, id, machine, steps[0]?.move as Move);
      away = true;
      trace?.(to, ...steps);
    });
    for (const move of several ? [] : moves) {
      // A machine that is followed is ready in one move at least.
      if (!single && current.readinessOf(move) !== ready) continue;
      if (move.kind === 'send' && rendezvous) {
        const other = current.state(move.peer);
        const there = row[move.peer] as number;
        const first = automata.follow(state, move, data, -1, 0);
        for (const taken of current.taking(move.peer, move.channel, move.label)) {
          for (let i = 0; i < first.length; i += 2) {
            const between = first[i + 1] as number;
            const second = automata.follow(other, taken, between, move.message, 0);
            for (let j = 0; j < second.length; j += 2) {
              row[machine] = first[i] as number;
              row[move.peer] = second[j] as number;
              row[dataField] = second[j + 1] as number;
              if (
                automata.dropping &&
                (owesTooMuch(machine, first[i] as number) || owesTooMuch(move.peer, second[j] as number))
              )
                continue;
              const to = trace
                ? store.internNear(id, row, machine, move.peer, dataField)
                : arrive(id, machine, move.peer, move, taken);
              if (to !== id) away = true;
              trace?.(
                to,
                { state, move, data, message: move.message, position: 0, way: i / 2 },
                { state: other, move: taken, data: between, message: move.message, position: 0, way: j / 2 },
              );
            }
          }
        }
        row[move.peer] = there;
      } else {
        let field = -1;
        let queue = 0;
        let message = move.message;
        let position = 0;
        if (move.kind !== 'local') {
          const { field: own, queues } = current.use(move.channel);
          field = own;
          queue = row[field] as number;
          if (move.kind === 'send') row[field] = queues.push(queue, message);
          else {
            if (move.passes) position = current.position(move);
            message = queues.at(queue, position);
            row[field] = queues.without(queue, position);
          }
        }
        const ways = automata.follow(state, move, data, message, position);
        for (let i = 0; i < ways.length; i += 2) {
          row[machine] = ways[i] as number;
          row[dataField] = ways[i + 1] as number;
          if (automata.dropping && owesTooMuch(machine, ways[i] as number)) continue;
          const to = trace ? store.internNear(id, row, machine, field, dataField) : arrive(id, machine, field, move);
          if (to !== id) away = true;
          trace?.(to, { state, move, data, message, position, way: i / 2 });
        }
        if (field >= 0) row[field] = queue;
      }
      row[machine] = own;
      row[dataField] = data;
    }
    return away;
  };

  /** What a machine does in one move though it is several: it drops all that it can, or takes a quorum. */
  const severalAt = (machine: number): typeof takeQuorum | undefined => {
    if (automata.dropping && dropsAtOnce(current, machine)) return dropAll;
    return atQuorum(automata, current, machine) === 'whole' ? takeQuorum : undefined;
  };

  /** Whether a machine is to drop more than a queue may hold: then it is not followed further. */
  const owesTooMuch = (machine: number, index: number): boolean => {
    const { owed, drops } = automata.state(machine, index);
    if (owed <= buffer) return false;
    bounded = true;
    cuts.add('buffer');
    for (const { channel } of drops) full.add(channel);
    return true;
  };

  const report = (problem: Violation, configuration: number): void => {
    if (wrong.size === 0 && options.toTheEnd !== true) bound = Math.min(bound, 2 * store.count() + mostAfterProblem);
    const known = wrong.get(problem.key);
    if (known) {
      if (known.others.length < mostConfigurationsEach && automata.keepsData)
        known.others.push({ problem, configuration });
    } else if (wrong.size < mostProblems) wrong.set(problem.key, { problem, configuration, others: [] });
  };

  const expand = (id: number): void => {
    current.load(id);
    graph.open(id);
    let held = false;
    let able = 0;
    let doubt = current.isSomebodyDeaf();
    for (const machine of machines) {
      const now = current.assess(machine);
      status[machine] = now === partly ? ready : now;
      if (now === ready || now === partly) able++;
      const { threads } = current.state(machine);
      // Of several threads, one may have come to where something is wrong though others go on.
      if (now === doubtful || threads) doubt = true;
      if (now === limited || now === partly) {
        held = bounded = true;
        // A thread may be put off as a machine may: its queue is full for those beside it as well, and what else these
        // do can be exchanged with its send.
        if ((now === partly && (!threads || current.isHeldBack(machine))) || options.safetyOnly === true)
          cutAt(machine);
      }
    }
    if (doubt && machines.some((machine) => current.state(machine).kind === 'unknown')) cuts.add('unknown');
    const found = doubt ? problemsAt(automata, current, machines) : [];
    if (found.length > 0) {
      for (const problem of found) report(problem, id);
      graph.stop(id);
      return;
    }
    if (able === 0 && !held) {
      const problem = stuckAt(automata, current, machines);
      if (problem) report(problem, id);
      graph.stop(id);
      return;
    }
    if (!reduce) {
      for (const machine of machines) if (status[machine] === ready) moveAll(id, machine);
      return;
    }
    // To drop a message makes no difference to what anybody else does, and nobody can keep a machine from it; but for a
    // thread that may take it.
    const dropper = automata.dropping ? machines.find((machine) => dropsAtOnce(current, machine)) : undefined;
    if (dropper !== undefined) {
      moveAll(id, dropper, undefined, quorums ? undefined : [current.dropping(dropper) as Move]);
      return;
    }
    if (quorums) {
      // Of a quorum that has not come as a whole, nothing is taken as long as others can move.
      const waiting = machines.filter(
        (machine) => status[machine] === ready && atQuorum(automata, current, machine) === 'waits',
      );
      const [first] = waiting;
      if (waiting.length < able) {
        for (const machine of waiting) status[machine] = blocked;
        able -= waiting.length;
      } else if (first !== undefined && !held) {
        // Nobody brings more: the orders make no difference.
        moveAll(
          id,
          first,
          undefined,
          current
            .state(first)
            .moves.filter((move) => current.readinessOf(move) === ready)
            .slice(0, 1),
        );
        return;
      }
    }
    const mover = graph.mover(id);
    const thread = automata.threaded ? bestThread(current, machines) : undefined;
    for (; able > 0; able--) {
      let best = -1;
      let rank = Infinity;
      let turn = 0;
      for (const machine of machines) {
        if (status[machine] !== ready) continue;
        const own = current.rank(machine);
        // Of several, whoever moved last: what it began comes to its end, and the ways that it goes meet again, before
        // others begin.
        const later = machine >= mover ? machine - mover : machine - mover + size;
        if (best < 0 || own < rank || (own === rank && later < turn)) {
          best = machine;
          rank = own;
          turn = later;
        }
      }
      if (
        thread &&
        thread.rank <= rank &&
        thread.rank < Infinity &&
        moveAll(id, thread.machine, undefined, thread.moves)
      )
        return;
      status[best] = blocked;
      const away = moveAll(id, best);
      // All that a machine can do, and nobody else can meddle with.
      if (away && rank < Infinity) return;
      // Somebody who is held back might have come first, and made a difference.
      if (away && held && isDisturbed(current, machines, best, size))
        for (const machine of machines) if (current.readiness(machine) === limited) cutAt(machine);
    }
  };
  /** The bound hides what a machine would do. */
  const cutAt = (machine: number): void => {
    cuts.add('buffer');
    for (const move of current.state(machine).moves) {
      if (current.readinessOf(move) === limited) full.add(move.channel);
    }
  };

  const starts = automata.starts(machines);
  const startOf = new Map<number, number>();
  starts.forEach(({ states, data }, start) => {
    row.fill(0);
    states.forEach((index, machine) => {
      row[machine] = index;
    });
    row[dataField] = data;
    const before = store.count();
    const id = store.intern(row);
    if (id === before) {
      graph.add(-1, size - 1);
      startOf.set(id, start);
    }
  });

  const result: Search = {
    cuts,
    full,
    graph,
    get bounded() {
      return bounded;
    },
    get wrong() {
      return [...wrong.values()];
    },
    view(configuration) {
      current.load(configuration);
      return current;
    },
    isAble: (machine) =>
      current.readiness(machine) !== blocked ||
      (rendezvous &&
        machines.some((m) =>
          current
            .state(m)
            .moves.some((move) => move.kind === 'send' && move.peer === machine && current.readinessOf(move) === ready),
        )),
    isPartAble: (part, machine) =>
      part.moves.some(
        (move) =>
          current.readinessOf(move) !== blocked ||
          (rendezvous &&
            move.kind === 'receive' &&
            current
              .state(move.peer)
              .moves.some(
                (sent) => sent.kind === 'send' && sent.channel === move.channel && sent.label === move.label,
              )),
      ) ||
      (current.state(machine).parts.length === 1 && result.isAble(machine)),
    isReady: (move) => current.readinessOf(move) === ready,
    isHeld: (move) => current.readinessOf(move) === limited,
    run(configuration) {
      const path: number[] = [];
      for (let id = configuration; id >= 0; id = graph.parent(id)) path.push(id);
      path.reverse();
      const steps: Step[] = [];
      for (let i = 0; i + 1 < path.length; i++) {
        const [from, to] = [path[i] as number, path[i + 1] as number];
        current.load(from);
        let found = false;
        moveAll(from, graph.mover(to), (at, ...way) => {
          if (at !== to || found) return;
          found = true;
          steps.push(...way);
        });
      }
      return { start: startOf.get(path[0] as number) ?? 0, steps };
    },
    starts: () => [...startOf.keys()],
    moves(configuration) {
      const movers = new Set<number>();
      const targets = new Set<number>();
      graph.each(configuration, (to, actor) => {
        movers.add(automata.machineOf(actor));
        targets.add(to);
      });
      current.load(configuration);
      const moves: { to: number; steps: readonly Step[] }[] = [];
      for (const mover of movers) {
        // In a rendezvous, the sender acts for both.
        if (current.readiness(mover) !== ready) continue;
        moveAll(configuration, mover, (to, ...steps) => {
          if (targets.has(to)) moves.push({ to, steps });
        });
      }
      return moves;
    },
    bytes: () => store.bytes() + graph.bytes(),
  };

  for (let id = 0; ;) {
    for (; id < store.count(); id++) {
      if (store.count() >= bound || automata.work() > mostCharacters + options.states * mostCharactersPerState)
        cuts.add('states');
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
    for (const { at, machine } of putOff(automata, machines, result)) {
      current.load(at);
      const { threads, parts } = current.state(machine);
      if (
        current.readiness(machine) === limited ||
        (threads && parts.every((part) => !part.moves.some((move) => current.readinessOf(move) === ready)))
      ) {
        cutAt(machine);
        continue;
      }
      graph.reopen(at);
      const before = arrivals;
      moveAll(at, machine);
      // Where it came nowhere, a bound holds it back.
      more ||= arrivals > before;
    }
    if (!more) break;
  }
  return result;
}

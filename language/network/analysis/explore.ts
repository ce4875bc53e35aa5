// Explores a network's system: finds what its automata do, and says it in terms of the text again.
import { lookAgain } from '../search/unreduced.js';
import { isRendezvous } from '../model/automata.js';
import type {
  Event,
  Exchanges,
  Exploration,
  Problem,
  Reached,
  Starving,
  Waiting,
  ExplorationLimits,
} from '../model/exploration.js';
import { unfairStarvation, fairStarvation } from './liveness.js';
import type { StarvingMachine } from './liveness.js';
import { meetingsOf } from './meetings.js';
import type { Violation, WaitingState } from '../search/violations.js';
import { processesOf } from '../model/processes.js';
import type { Processes } from '../model/processes.js';
import { search } from '../search/search.js';
import type { Search } from '../search/search.js';
import type { Precision } from '../model/widening.js';
import type { LocalState, System } from '../model/system.js';
import { originOf } from '../trace/run.js';

/**
 * Explores some machines of a system: with queues of one message first, then of two, three, …, until no queue would
 * have held more, something is found to be wrong, or the bound is reached.
 * @param machines the machines to let run; the others stay where they are, and must have nothing to do with these
 * @param limits the bounds
 * @param interrupted asked now and then, with the configurations so far; true ends the exploration, and the result says
 *   so
 * @param precision how many values that are computed are told apart
 * Cost: see `search`; the searches with smaller queues are repeated
 */
function explore(
  system: System,
  machines: readonly number[],
  limits: ExplorationLimits,
  interrupted?: (states: number) => boolean,
  precision: Precision = 'coarse',
): Exploration {
  let states = 0;
  const options = {
    states: limits.states,
    ...(interrupted ? { interrupted: (now: number) => interrupted((states = now)) } : {}),
  };
  const look = (by: (processes: Processes) => Search): Look => {
    const processes = processesOf(system, interrupted && (() => interrupted(states)), precision);
    return { processes, found: by(processes) };
  };
  let refuted: Look | undefined;
  for (let buffer = 1; ;) {
    const reduced = (stepwise: boolean): Look =>
      look((processes) => search(processes, machines, { ...options, buffer, reduce: true, stepwise }));
    const searched = reduced(limits.stepwise === true);
    // What was found to be wrong stays so, also where time ends the search with longer queues.
    if (searched.found.wrong.length > 0) refuted = searched;
    const first = refuted ?? searched;
    const { found } = first;
    const wrong = refuted !== undefined;
    const more = wrong ? found.bounded : found.cuts.has('buffer') && found.cuts.size === 1;
    if (!more || buffer >= limits.buffer) {
      const again =
        wrong || found.cuts.size === 0
          ? look((processes) => lookAgain(processes, machines, found, { ...options, buffer: limits.buffer }))
          : first;
      return told(system, machines, first, again, buffer, () => reduced(true));
    }
    // What is wrong with short queues need not be all that is wrong.
    buffer = wrong ? limits.buffer : Math.min(limits.buffer, buffer < 4 ? buffer + 1 : buffer * 2);
  }
}

/** The engine that checks use. */
export const engine = { explore };

interface Look {
  readonly processes: Processes;
  readonly found: Search;
}

/**
 * @param again the same without any reduction, as far as it went
 * @param stepwise the same as `first`, with the messages of quorums one after the other
 */
function told(
  system: System,
  machines: readonly number[],
  first: Look,
  again: Look,
  buffer: number,
  stepwise: () => Look,
): Exploration {
  const { processes, found } = first;
  const problems = new Map<string, Reached & { readonly others: Reached['others'][0][] }>();
  const tell = (problem: Problem, run: Reached['run'], others: Reached['others'] = []): void => {
    const key = keyOf(system, problem);
    const known = problems.get(key);
    if (known) known.others.push({ problem, run }, ...others);
    else problems.set(key, { problem, run, others: [...others] });
  };
  // Each by its shortest run, which a reduction may leave out; and what is wrong besides.
  for (const look of [again, first])
    for (const { problem, configuration, others } of look.found.wrong) {
      tell(
        problemOf(system, look.processes, problem),
        () => eventsOf(system, look, configuration),
        others.map((other) => ({
          problem: problemOf(system, look.processes, other.problem),
          run: () => eventsOf(system, look, other.configuration),
        })),
      );
    }
  const complete = found.cuts.size === 0 && problems.size === 0;
  const last = again.found.cuts.size === 0 ? again : first;
  const { starving, untaken } = complete
    ? fairStarvation(last.processes, machines, last.found)
    : { starving: [], untaken: [] };
  for (const { channel, message, receiver, configuration } of untaken) {
    tell(
      {
        kind: 'unmatched-send',
        sender: Math.floor(channel / system.names.length),
        site: last.processes.site(channel, message),
        receiver: last.processes.place(receiver),
        delivered: true,
      },
      () => eventsOf(system, last, configuration),
    );
  }
  const unfair =
    complete && untaken.length === 0
      ? unfairStarvation(last.processes, machines, last.found, new Set(starving.map((s) => s.part.key)))
      : [];
  const inText = (all: readonly StarvingMachine[], fair: boolean): Starving[] =>
    all.map(({ part, active, configuration }) => ({
      state: last.processes.placeOf(part),
      active,
      fair,
      run: () => eventsOf(system, last, configuration),
    }));
  return {
    machines,
    configurations: found.graph.count(),
    cuts: found.cuts,
    buffer,
    problems: [...problems.values()],
    visited: processes.visited,
    taken: processes.taken,
    pairs: processes.pairs(),
    full: [...found.full],
    bytes: found.bytes(),
    starving: [...inText(starving, true), ...inText(unfair, false)],
    meetings: (pairs) =>
      meetingsOf(system, machines, last, pairs, (configuration) => eventsOf(system, last, configuration)),
    exchanges(machine) {
      const complete = again.found.cuts.size === 0 ? again : undefined;
      const whole = system.threaded ? complete : system.gathering ? (complete ?? stepwise()) : first;
      return whole && exchangesOf(system, whole, machine);
    },
  };
}

function exchangesOf(system: System, { processes, found }: Look, machine: number): Exchanges {
  return {
    starts: found.starts(),
    from: (configuration) =>
      found.moves(configuration).map(({ to, steps }) => {
        for (const { state, move, data, message, position, way } of steps) {
          const event = processes.events(state, move, data, message, position, way).find(({ kind }) => kind !== 'step');
          if (!event || event.before.machine !== machine) continue;
          const { node } = event.before;
          if (event.kind === 'send' && node.kind === 'send')
            return { to, message: { kind: 'send', peer: system.names[event.to] ?? '', label: node.label } };
          if (event.kind === 'receive' && node.kind === 'receive')
            return {
              to,
              message: {
                kind: 'receive',
                peer: system.names[event.from] ?? '',
                label: node.options[event.option]?.label ?? '',
              },
            };
        }
        return { to };
      }),
  };
}

/** The events that lead to a configuration. */
function eventsOf(system: System, { processes, found }: Look, configuration: number): Event[] {
  const { start, steps } = found.run(configuration);
  const events: Event[] = [...processes.startEvents(start)];
  // A message that is taken at once is told so, and what both compute then comes after it.
  let sent: readonly Event[] = [];
  for (const { state, move, data, message, position, way } of steps) {
    const [first, ...others] = processes.events(state, move, data, message, position, way);
    if (first) events.push(first);
    if (move.kind === 'send' && isRendezvous(system.channels)) sent = others;
    else {
      events.push(...sent, ...others);
      sent = [];
    }
  }
  return events;
}

function problemOf(system: System, processes: Processes, problem: Violation): Problem {
  const sender = (channel: number): number => Math.floor(channel / system.names.length);
  const waiting = (all: readonly WaitingState[]): Waiting[] =>
    all.map(({ part, on }) => ({ state: processes.placeOf(part), on }));
  switch (problem.kind) {
    case 'deadlock': {
      const all = waiting(problem.waiting);
      return {
        kind: problem.kind,
        waiting: all,
        cycle: problem.cycle.flatMap((one) => all[problem.waiting.indexOf(one)] ?? []),
      };
    }
    case 'unmatched-receive':
      return {
        kind: problem.kind,
        from: problem.from,
        receiver: processes.placeOf(problem.receiver),
        sender: processes.place(problem.sender),
        others: problem.others.map((other) => processes.place(other)),
        circle: waiting(problem.circle),
      };
    case 'unmatched-send':
      return {
        kind: problem.kind,
        sender: sender(problem.channel),
        site: processes.site(problem.channel, problem.message),
        receiver: processes.place(problem.receiver),
        delivered: problem.delivered,
      };
    case 'label-mismatch':
      return {
        kind: problem.kind,
        sender: sender(problem.channel),
        site: processes.site(problem.channel, problem.message),
        receiver: processes.placeOf(problem.receiver),
      };
  }
}

/** The same for problems that are one to the reader: of one kind at one place. */
function keyOf(system: System, problem: Problem): string {
  const site = ({ cfg, node }: { cfg: LocalState['instance']['cfg']; node: number }): string =>
    `${system.cfgs.indexOf(cfg)}.${node}`;
  const at = (state: LocalState): string => site({ cfg: state.instance.cfg, node: state.nodeId });
  switch (problem.kind) {
    case 'deadlock': {
      const circle = problem.waiting.filter((w) => problem.cycle.includes(w));
      return `deadlock ${(circle.length > 0 ? circle : problem.waiting).map((w) => at(w.state)).join(' ')}`;
    }
    case 'unmatched-receive':
      // Of a quorum, whoever has answered before.
      return `${problem.kind} ${system.cfgs.indexOf(problem.receiver.instance.cfg)} ${originOf(problem.receiver).start}`;
    case 'unmatched-send':
      return `${problem.kind} ${site(problem.site)}`;
    case 'label-mismatch':
      return `${problem.kind} ${site(problem.site)} ${at(problem.receiver)}`;
  }
}

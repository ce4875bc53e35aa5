// Explores a network's system: finds what its automata do, and says it in terms of the text again.
import { isRendezvous } from './automata.js';
import type { Event, Exploration, Problem, Reached, Starving } from './engine.js';
import { leftWaiting, lingering } from './liveness.js';
import type { Lingering } from './liveness.js';
import { meetingsOf } from './meetings.js';
import type { Wrong } from './problems.js';
import { processesOf } from './processes.js';
import type { Processes } from './processes.js';
import { search } from './search.js';
import type { Search } from './search.js';
import type { LocalState, System } from './system.js';
import type { ExplorationLimits } from './verdict.js';

/**
 * Explores some machines of a system: with queues of one message first, then of two, three, …, until no queue would have held
 * more, something is found to be wrong, or the bound is reached.
 * @param machines the machines to let run; the others stay where they are, and must have nothing to do with these
 * @param limits the bounds
 * @param interrupted asked now and then, with the configurations so far; true ends the exploration, and the result says so
 * Cost: see `search`; the searches with smaller queues are repeated
 */
function explore(system: System, machines: readonly number[], limits: ExplorationLimits, interrupted?: (states: number) => boolean): Exploration {
  let states = 0;
  const asked = interrupted && ((now: number) => interrupted(states = now));
  for (let buffer = 1; ;) {
    const processes = processesOf(system, interrupted && (() => interrupted(states)));
    const found = search(processes, machines, { states: limits.states, buffer, reduce: true, ...(asked ? { interrupted: asked } : {}) });
    const wrong = found.wrong.length > 0;
    const more = wrong ? found.bounded : found.cuts.has('buffer') && found.cuts.size === 1;
    if (!more || buffer >= limits.buffer) return told(system, machines, processes, found, buffer);
    // What is wrong with short queues need not be all that is wrong.
    buffer = wrong ? limits.buffer : Math.min(limits.buffer, buffer < 4 ? buffer + 1 : buffer * 2);
  }
}

/** The engine that checks use. */
export const engine = { explore };

function told(system: System, machines: readonly number[], processes: Processes, found: Search, buffer: number): Exploration {
  const problems: Reached[] = [];
  const known = new Set<string>();
  const tell = (problem: Problem, configuration: number): void => {
    const key = keyOf(system, problem);
    if (!known.has(key)) problems.push({ problem, configuration });
    known.add(key);
  };
  for (const { problem, configuration } of found.wrong) tell(problemOf(system, processes, problem), configuration);
  const complete = found.cuts.size === 0 && problems.length === 0;
  const { starving, untaken } = complete ? lingering(processes, machines, found) : { starving: [], untaken: [] };
  for (const { channel, message, receiver, configuration } of untaken) {
    tell({ kind: 'unmatched-send', sender: Math.floor(channel / system.names.length), site: processes.site(channel, message), receiver: processes.place(receiver), delivered: true }, configuration);
  }
  const unfair = complete && untaken.length === 0 ? leftWaiting(machines, found, new Set(starving.map((s) => s.state))) : [];
  const inText = (all: readonly Lingering[], fair: boolean): Starving[] => all.map(({ state, active, configuration }) => ({ state: processes.place(state), active, configuration, fair }));
  return {
    configurations: found.graph.count(), cuts: found.cuts, buffer, problems, visited: processes.visited, taken: processes.taken, pairs: processes.pairs(),
    full: [...found.full], bytes: found.bytes(),
    starving: [...inText(starving, true), ...inText(unfair, false)],
    meetings: (pairs) => meetingsOf(system, machines, processes, found, pairs),
    run(configuration) {
      const { start, steps } = found.run(configuration);
      const events: Event[] = [...processes.startEvents(start)];
      // A message that is taken at once is told so, and what both compute then comes after it.
      let sent: readonly Event[] = [];
      for (const { state, move, data, message, way } of steps) {
        const [first, ...others] = processes.events(state, move, data, message, way);
        if (first) events.push(first);
        if (move.kind === 'send' && isRendezvous(system.channels)) sent = others;
        else {
          events.push(...sent, ...others);
          sent = [];
        }
      }
      return events;
    },
  };
}

function problemOf(system: System, processes: Processes, problem: Wrong): Problem {
  const sender = (channel: number): number => Math.floor(channel / system.names.length);
  switch (problem.kind) {
    case 'deadlock':
      return { kind: problem.kind, cycle: problem.cycle, waiting: problem.waiting.map(({ state, on }) => ({ state: processes.place(state), on })) };
    case 'unmatched-receive':
      return { kind: problem.kind, from: problem.from, receiver: processes.place(problem.receiver), sender: processes.place(problem.sender) };
    case 'unmatched-send':
      return { kind: problem.kind, sender: sender(problem.channel), site: processes.site(problem.channel, problem.message), receiver: processes.place(problem.receiver), delivered: problem.delivered };
    case 'label-mismatch':
      return { kind: problem.kind, sender: sender(problem.channel), site: processes.site(problem.channel, problem.message), receiver: processes.place(problem.receiver) };
  }
}

/** The same for problems that are one to the reader: of one kind at one place. */
function keyOf(system: System, problem: Problem): string {
  const site = ({ template, node }: { template: LocalState['instance']['template']; node: number }): string => `${system.templates.indexOf(template)}.${node}`;
  const at = (state: LocalState): string => site({ template: state.instance.template, node: state.nodeId });
  switch (problem.kind) {
    case 'deadlock': {
      const circle = problem.waiting.filter((w) => problem.cycle.includes(w.state.machine));
      return `deadlock ${(circle.length > 0 ? circle : problem.waiting).map((w) => at(w.state)).join(' ')}`;
    }
    case 'unmatched-receive': return `${problem.kind} ${at(problem.receiver)}`;
    case 'unmatched-send': return `${problem.kind} ${site(problem.site)}`;
    case 'label-mismatch': return `${problem.kind} ${site(problem.site)} ${at(problem.receiver)}`;
  }
}

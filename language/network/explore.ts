// The engine: breadth first over configurations, each made once. Where each machine waits on one channel at a time, steps of
// different machines commute, so it is enough to follow one machine's steps from a configuration (persistent sets: Godefroid,
// LNCS 1032, 1996), as long as no machine is put off for ever. What is wrong for good is reached all the same, and queues stay
// short, so that many loops are proved whatever their queues could hold.
import type { Cut, Engine, Event, Exploration, Problem, Reached, Site, Starving } from './engine.js';
import { deadlockOf, problemsOf } from './problems.js';
import { stepperOf } from './step.js';
import type { Configuration, Outcome } from './step.js';
import type { LocalState, System } from './system.js';
import type { NodeId, Template } from './template.js';

/** Problems told of one system; more are consequences, or a second look. */
const mostProblems = 20;

/** A configuration that keeps much track of values counts for more than one. */
const charactersPerState = 100;

interface Entry {
  readonly configuration: Configuration;
  readonly parent: number;
  /** The machine that moved last. */
  readonly mover: number;
  readonly events: readonly Event[];
  readonly next: { readonly machine: number; readonly to: number }[];
  /** The machines that could move, and were not followed from here. */
  readonly open: { readonly machine: number; readonly limited: boolean }[];
  /** The machines that compute on their own for ever. */
  readonly spinning: number[];
}

/** The engine that is used. Cost: linear in the configurations that it makes; `interrupted` is asked every 256 of them. */
export const engine: Engine = {
  explore: (system, machines, limits, interrupted) => explore(system, machines, limits, { reduce: true, interrupted }),
};

/**
 * Explores a system. See `Engine`.
 * @param options `reduce`: leave out the interleavings that make no difference
 */
export function explore(
  system: System, machines: readonly number[], limits: { readonly states: number; readonly buffer: number },
  options: { readonly reduce: boolean; readonly interrupted?: (states: number) => boolean },
): Exploration {
  const visited = new Map<Template, Set<NodeId>>(system.templates.map((t) => [t, new Set()]));
  const taken = new Map<Template, Set<string>>(system.templates.map((t) => [t, new Set()]));
  const pairs = new Map<string, Exploration['pairs'][number]>();
  const cuts = new Set<Cut>();
  const reach = (state: LocalState): void => {
    visited.get(state.instance.template)?.add(state.nodeId);
    if (state.node.kind === 'hole') cuts.add('unknown');
  };
  const stepper = stepperOf(system, limits.buffer, reach);
  const entries: Entry[] = [];
  const ids = new Map<string, number>();
  const problems = new Map<string, Reached>();

  const add = (outcome: Outcome, parent: number, mover: number): number => {
    const key = stepper.key(outcome.configuration);
    let id = ids.get(key);
    if (id === undefined) {
      id = entries.length;
      ids.set(key, id);
      entries.push({ configuration: outcome.configuration, parent, mover, events: outcome.events, next: [], open: [], spinning: [] });
      for (const state of outcome.configuration.states) reach(state);
    }
    for (const event of outcome.events) if (event.kind === 'receive') pair(event, id);
    return id;
  };
  const pair = (event: Extract<Event, { kind: 'receive' }>, configuration: number): void => {
    const { instance: { template }, nodeId } = event.before;
    taken.get(template)?.add(`${nodeId}:${event.option}`);
    const key = `${siteKey(system, event.sender)} ${siteKey(system, { template, node: nodeId })} ${event.option}`;
    if (!pairs.has(key)) pairs.set(key, { sender: event.sender, receiver: { template, node: nodeId }, option: event.option, configuration });
  };
  const report = (problem: Problem, configuration: number): void => {
    const key = problemKey(system, problem);
    if (!problems.has(key) && problems.size < mostProblems) problems.set(key, { problem, configuration });
  };

  /** What was found to be possible in a configuration, for those that were looked at. */
  const expand = (current: number): void => {
    const entry = entries[current] as Entry;
    const { configuration } = entry;
    const wrong = problemsOf(system, stepper, configuration, machines);
    if (wrong.length > 0) {
      for (const problem of wrong) report(problem, current);
      return;
    }
    const waiting: Candidate[] = [];
    let alive = false;
    for (const machine of machines) {
      const now = stepper.ready(configuration, machine);
      if (now === 'blocked') continue;
      alive = true;
      if (now === 'limited') entry.open.push({ machine, limited: true });
      else waiting.push({ machine, rank: rankOf(system, configuration, machine) });
    }
    if (!alive) {
      const problem = deadlockOf(system, configuration, machines);
      if (problem) report(problem, current);
      return;
    }
    inTurn(waiting, entry.mover, system.names.length);
    while (waiting.length > 0) {
      const { machine, rank } = waiting.shift() as Candidate;
      // Computing on one's own for ever changes nothing.
      const away = stepper.moves(configuration, machine).filter((m) => ids.get(stepper.key(m.configuration)) !== current);
      if (away.length === 0) entry.spinning.push(machine);
      for (const outcome of away) entry.next.push({ machine, to: add(outcome, current, machine) });
      if (!options.reduce || away.length === 0 || rank === Infinity) continue;
      for (const other of waiting) entry.open.push({ machine: other.machine, limited: false });
      return;
    }
  };

  for (const outcome of stepper.initial(machines)) add(outcome, -1, -1);
  for (let current = 0; ;) {
    for (; current < entries.length; current++) {
      if (entries.length >= limits.states || stepper.work() > limits.states * charactersPerState) cuts.add('states');
      if ((current & 255) === 255 && options.interrupted?.(entries.length)) cuts.add('interrupted');
      if (cuts.has('states') || cuts.has('interrupted')) break;
      expand(current);
    }
    if (current < entries.length) break;
    // Whoever could move, and was put off in favour of others that go round for ever, moves now.
    let more = false;
    for (const { at, machine } of putOff(lasting(entries), entries)) {
      const entry = entries[at] as Entry;
      if (stepper.ready(entry.configuration, machine) === 'limited') {
        cuts.add('buffer');
        continue;
      }
      more = true;
      entry.open.splice(entry.open.findIndex((o) => o.machine === machine), 1);
      for (const outcome of stepper.moves(entry.configuration, machine)) entry.next.push({ machine, to: add(outcome, at, machine) });
    }
    if (!more) break;
  }

  return {
    configurations: entries.length, cuts, visited, taken,
    problems: [...problems.values()],
    starving: cuts.size === 0 && problems.size === 0 ? starvingIn(entries, machines) : [],
    pairs: [...pairs.values()],
    run(configuration) {
      const events: (readonly Event[])[] = [];
      for (let id = configuration; id >= 0; id = entries[id]?.parent ?? -1) events.push(entries[id]?.events ?? []);
      return events.reverse().flat();
    },
  };
}

interface Candidate {
  readonly machine: number;
  readonly rank: number;
}

/** Sorts by rank, and among equals by whose turn it is after the last that moved. */
function inTurn(candidates: Candidate[], mover: number, size: number): void {
  const turn = ({ machine }: Candidate): number => (machine - mover - 1 + size) % size;
  if (candidates.length > 1) candidates.sort((a, b) => (a.rank === b.rank ? turn(a) - turn(b) : a.rank - b.rank));
}

/** Configurations that lead to each other and nowhere else, with the machines that move among them. */
interface Lasting {
  readonly members: readonly number[];
  readonly moved: ReadonlySet<number>;
}

/**
 * The strongly connected components that are not left again: what goes on for ever, ends, or is stuck.
 * Cost: linear in the graph (Tarjan, SIAM J. Comput. 1(2), 1972)
 */
function lasting(entries: readonly Entry[]): Lasting[] {
  const index = new Int32Array(entries.length).fill(-1);
  const low = new Int32Array(entries.length);
  const done = new Uint8Array(entries.length);
  const stack: number[] = [];
  const result: Lasting[] = [];
  let count = 0;
  for (let root = 0; root < entries.length; root++) {
    if (index[root] !== -1) continue;
    const path: { at: number; edge: number }[] = [];
    const enter = (at: number): void => {
      index[at] = low[at] = count++;
      stack.push(at);
      path.push({ at, edge: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { at } = top;
      const edge = entries[at]?.next[top.edge++];
      if (edge) {
        if (index[edge.to] === -1) enter(edge.to);
        else if (!done[edge.to]) low[at] = Math.min(low[at] ?? 0, index[edge.to] ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) low[above.at] = Math.min(low[above.at] ?? 0, low[at] ?? 0);
      if (low[at] !== index[at]) continue;
      const members = stack.splice(stack.lastIndexOf(at));
      for (const member of members) done[member] = 1;
      const inside = new Set(members);
      const edges = members.flatMap((member) => entries[member]?.next ?? []);
      if (edges.every(({ to }) => inside.has(to))) result.push({ members, moved: new Set(edges.map((e) => e.machine)) });
    }
  }
  return result;
}

/** The machines that could move and never do, though the others can go on for ever (Valmari, LNCS 1491, 1998, on ignoring). */
function putOff(components: readonly Lasting[], entries: readonly Entry[]): { at: number; machine: number }[] {
  return components.flatMap(({ members, moved }) => {
    const found = new Map<number, number>();
    for (const limited of [false, true]) {
      for (const at of members) {
        for (const one of entries[at]?.open ?? []) {
          if (one.limited === limited && !moved.has(one.machine) && !found.has(one.machine)) found.set(one.machine, at);
        }
      }
    }
    return [...found].map(([machine, at]) => ({ at, machine }));
  });
}

/** Those that wait for ever while others go on for ever; each place once. */
function starvingIn(entries: readonly Entry[], machines: readonly number[]): Starving[] {
  const found = new Map<LocalState, Starving>();
  for (const { members, moved } of lasting(entries)) {
    const [configuration] = [...members].sort((a, b) => a - b);
    const entry = configuration === undefined ? undefined : entries[configuration];
    if (!entry || configuration === undefined) continue;
    const active = [...moved, ...entry.spinning];
    if (active.length === 0) continue;
    for (const machine of machines) {
      const state = entry.configuration.states[machine];
      if (!state || active.includes(machine) || (state.node.kind !== 'receive' && state.node.kind !== 'send') || found.has(state)) continue;
      found.set(state, { state, active, configuration });
    }
  }
  return [...found.values()];
}

/** Which machine to follow first: those that empty queues, then those whose queue is the shortest. Infinity: not alone. */
function rankOf(system: System, c: Configuration, machine: number): number {
  const state = c.states[machine] as LocalState;
  const { node } = state;
  if (node.kind === 'receive') return single(state) ? 0 : Infinity;
  if (node.kind !== 'send') return 1e6;
  const to = system.peer(state, node.peer);
  if (to === undefined) return Infinity;
  const length = c.queues.get(machine * system.names.length + to)?.length ?? 0;
  const other = c.states[to];
  // In a rendezvous both move: the receiver must be waiting for this sender alone.
  return other?.node.kind === 'receive' && !single(other) && system.channels.kind !== 'fifo' ? Infinity : 2 + length;
}

function single(state: LocalState): boolean {
  if (state.node.kind !== 'receive') return false;
  const [first] = state.node.options;
  return state.node.options.every((o) => o.peer === first?.peer);
}

function siteKey(system: System, site: Site): string {
  return `${system.templates.indexOf(site.template)}.${site.node}`;
}

/** The same for problems that are one to the reader: of one kind at one place. */
function problemKey(system: System, problem: Problem): string {
  const at = (state: LocalState): string => siteKey(system, { template: state.instance.template, node: state.nodeId });
  switch (problem.kind) {
    case 'deadlock': {
      const circle = problem.waiting.filter((w) => problem.cycle.includes(w.state.machine));
      return `deadlock ${(circle.length > 0 ? circle : problem.waiting).map((w) => at(w.state)).join(' ')}`;
    }
    case 'unmatched-receive': return `${problem.kind} ${at(problem.receiver)}`;
    case 'unmatched-send': return `${problem.kind} ${siteKey(system, problem.site)}`;
    case 'label-mismatch': return `${problem.kind} ${siteKey(system, problem.site)} ${at(problem.receiver)}`;
  }
}


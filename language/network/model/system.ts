// A network as a system of machines: each has its process, and the processes that it calls. The states of a machine are
// made when they are first reached, so that recursion costs only what is explored of it.
import { groupsBy } from './automata.js';
import type { Choreography } from '../../ir/choreography.js';
import type { Channels, LocalCall, Network } from '../../ir/process.js';
import { valuesIn } from '../../parameters/network.js';
import { withGiven } from '../../parameters/scope.js';
import { namesOfTarget } from '../../ir/target.js';
import type { Target } from '../../ir/target.js';
import { scopeOfProjection } from '../../projection/project.js';
import type { Projected } from '../../projection/project.js';
import { cyclesOf } from '../../scoping/cycles.js';
import type { Scope } from '../../scoping/scope.js';
import { printTarget } from '../../syntax/print.js';
import { contentionIn } from './contention.js';
import { peersAhead } from './peers.js';
import type { Instance, LocalState, RunningThread } from './places.js';
import { joined, messagesIn, threadsOf } from './running-threads.js';
import { liveVariables, relevanceOf, cfgOf } from './control-flow.js';
import type { CalleeOf, NodeId, Relevance, ControlFlowGraph } from './control-flow.js';
import { deepestSelfCalls } from '../limits.js';

export type { Instance, LocalState, RunningThread };

/** What a machine can still do from a state on, as far as its text tells. */
export interface Future {
  readonly sends: ReadonlySet<number>;
  readonly receives: ReadonlySet<number>;
  /** The same by machine, with the labels: where some process has threads. */
  readonly sent: ReadonlyMap<number, ReadonlySet<string>>;
  readonly taken: ReadonlyMap<number, ReadonlySet<string>>;
  /** Something unknown may come: a hole. */
  readonly unknown: boolean;
}

export interface System {
  /** The roles, by machine. */
  readonly names: readonly string[];
  readonly channels: Channels;
  readonly roots: readonly LocalState[];
  readonly cfgs: readonly ControlFlowGraph[];
  readonly relevance: Relevance;
  state(id: number): LocalState;
  /** The state at another place of the same process. */
  goto(state: LocalState, node: NodeId): LocalState;
  /** Whether some process has threads. */
  readonly threaded: boolean;
  /** Whether some process waits for a quorum. */
  readonly gathering: boolean;
  /** The place where the threads of a fork are where they are. */
  compose(fork: LocalState, threads: readonly LocalState[]): LocalState;
  /** The innermost thread that a place belongs to; undefined where that is the machine itself. */
  thread(state: LocalState): RunningThread | undefined;
  /**
   * Whether the step that begins at a place is one of its own: what other threads do before it makes a difference, by
   * variables that they share.
   */
  isStep(state: LocalState): boolean;
  /** Whether a place is inside of an `at`, behind its beginning: what is left of it is done at once. */
  isInside(state: LocalState): boolean;
  /** The process that a call runs; undefined where it is not to be found. */
  callee(state: LocalState, call: LocalCall): ControlFlowGraph | undefined;
  /**
   * The first state of the process that a call runs; undefined where it is not to be found, or the calls nest too deep.
   */
  enter(state: LocalState, call: LocalCall, next: NodeId): LocalState | undefined;
  /** The state of a machine of which nothing more is known. */
  lost(state: LocalState): LocalState;
  /** The machine at the other end, undefined where there is none. */
  peer(state: LocalState, role: string): number | undefined;
  future(state: LocalState): Future;
  /** The relevant variables that are needed from a state on, those of callers included, as slots, in a fixed order. */
  slots(state: LocalState): readonly string[];
  /** The groups of machines that have to do with each other. */
  readonly components: readonly (readonly number[])[];
}

/** Where the processes of called networks and choreographies come from. */
export interface Library {
  /** The processes for the roles of a network or choreography, in the order in which a call gives them. */
  roles(name: string, scope: Scope): readonly ControlFlowGraph[] | undefined;
  /** The same for a declaration, `scope` being that of its file. */
  rolesOf(declaration: Network | Choreography, scope: Scope): readonly ControlFlowGraph[];
  /** Of a process that a network writes for a choreography which it implements: what it belongs to. */
  designOf(process: ControlFlowGraph): Designed | undefined;
}

/**
 * The processes of a network, and the projections of what it implements, in the same order; those that it does not
 * write are projections.
 */
export interface Designed {
  readonly roles: readonly ControlFlowGraph[];
  readonly designs: readonly ControlFlowGraph[];
}

export function slotOf(instance: Instance, variable: string): string {
  return `${instance.id}.${variable}`;
}

/**
 * The control-flow graphs of called networks and choreographies, made once each.
 * @param root the network that is checked: its processes are the written ones
 * @param projectOf the projection of a choreography
 */
export function libraryOf(root: Network, projectOf: (choreography: Choreography, scope: Scope) => Projected): Library {
  const made = new Map<Network | Choreography, readonly ControlFlowGraph[]>();
  const designed = new Map<ControlFlowGraph, Designed>();
  const rolesOf = (declaration: Network | Choreography, scope: Scope): readonly ControlFlowGraph[] => {
    const known = made.get(declaration);
    if (known) return known;
    let cfgs: ControlFlowGraph[];
    if (declaration.kind === 'choreography') {
      const projected = projectOf(declaration, scope);
      const { network } = projected;
      const own = scopeOfProjection(projected, scope);
      const places = network.processes.map((p) => p.name.text);
      cfgs = network.processes.map((p) =>
        cfgOf(p, { values: network.values, uri: scope.file.uri, scope: own, places, written: false }),
      );
    } else {
      const design = declaration.implements && scope.lookup(declaration.implements.text);
      const from = design?.declaration.kind === 'choreography' ? scope.at(design.uri) : undefined;
      const others =
        design?.declaration.kind === 'choreography' && from
          ? design.declaration.broken
            ? unknownRoles(design.declaration, from)
            : rolesOf(design.declaration, from)
          : [];
      const own = declaration.processes.map((p) => p.name.text);
      const places = others.length > 0 ? others.map((t) => t.name) : own;
      // What the choreography says of a role holds for its process.
      const servers = new Set(others.flatMap((each) => (each.server ? [each.name] : [])));
      const { values } = valuesIn(declaration, scope);
      cfgs = withGiven(declaration, scope).processes.map((p) =>
        cfgOf(p, {
          values,
          uri: scope.file.uri,
          scope,
          places,
          written: declaration === root,
          server: servers.has(p.name.text),
        }),
      );
      if (others.length > 0) {
        const inOrder = places.map((name, i) => cfgs.find((t) => t.name === name) ?? (others[i] as ControlFlowGraph));
        cfgs = [...inOrder, ...cfgs.filter((t) => !places.includes(t.name))];
        for (const cfg of cfgs) if (!others.includes(cfg)) designed.set(cfg, { roles: cfgs, designs: others });
      }
    }
    made.set(declaration, cfgs);
    return cfgs;
  };
  return {
    rolesOf,
    designOf: (process) => designed.get(process),
    roles(name, scope) {
      const found = scope.lookup(name);
      if (!found || (found.declaration.kind !== 'network' && found.declaration.kind !== 'choreography'))
        return undefined;
      // Of a declaration that does not read, nothing is known.
      if (found.declaration.broken) return undefined;
      if (found.declaration === root) return rolesOf(root, scope);
      const there = scope.at(found.uri) ?? scope;
      return rolesOf(found.declaration, there);
    },
  };
}

/** Processes of which nothing is known but their names. */
function unknownRoles(choreography: Choreography, scope: Scope): ControlFlowGraph[] {
  const places = choreography.roles.map((role) => role.name.text);
  return choreography.roles.map(({ name, params, server, origin }) => {
    const process = { name, params, body: { actions: [], origin }, origin };
    return {
      name: name.text,
      uri: scope.file.uri,
      scope,
      process,
      places,
      nodes: [{ kind: 'hole' }],
      start: 0,
      variables: new Set(params.map((p) => p.name.text)),
      shared: new Set(),
      server: server === true,
      written: false,
    };
  });
}

/**
 * The process that a call runs: the one for the place that the caller stands in itself. What is known is asked for
 * once.
 */
function calleesOf(library: Library): CalleeOf {
  const known = new Map<ControlFlowGraph, Map<LocalCall, ControlFlowGraph | undefined>>();
  return (cfg, call) => {
    let own = known.get(cfg);
    if (!own) known.set(cfg, (own = new Map()));
    if (own.has(call)) return own.get(call);
    const place = call.args.findIndex((a) => a.role.key === cfg.name);
    const roles = library.roles(call.callee.text, cfg.scope);
    const callee = roles && place >= 0 && roles.length === call.args.length ? roles[place] : undefined;
    own.set(call, callee);
    return callee;
  };
}

/** The processes that a process calls. */
function calledBy(cfg: ControlFlowGraph, calleeOf: CalleeOf): ControlFlowGraph[] {
  return cfg.nodes.flatMap((node) => (node.kind === 'call' ? (calleeOf(cfg, node.action) ?? []) : []));
}

/** All processes that take part: the given ones and those that they call, directly or not. */
function closureOf(roots: readonly ControlFlowGraph[], calleeOf: CalleeOf): ControlFlowGraph[] {
  const all = new Set(roots);
  for (const cfg of all) for (const callee of calledBy(cfg, calleeOf)) all.add(callee);
  return [...all];
}

/**
 * The system of a network's processes.
 * @param roots one process for each role
 * @param channels what the channels are like
 * @param library where calls lead
 * Cost: linear in the processes and what they call, times the roles, but for loops in loops
 */
export function systemOf(roots: readonly ControlFlowGraph[], channels: Channels, library: Library): System {
  const names = roots.map((t) => t.name);
  const calleeOf = calleesOf(library);
  const cfgs = closureOf(roots, calleeOf);
  const numbers = new Map(cfgs.map((t, i) => [t, i]));
  /** Those that may be called within themselves. */
  const recursive = cyclesOf(cfgs, (t) => calledBy(t, calleeOf));
  const relevance = relevanceOf(cfgs, calleeOf);
  const contention = new Map(cfgs.map((t) => [t, contentionIn(t, relevance)]));
  const live = new Map(
    cfgs.map((t) => [t, liveVariables(t, relevance, (place) => contention.get(t)?.kept(place) ?? [])]),
  );
  const threaded = cfgs.some(({ threads }) => threads);
  const ahead = peersAhead(cfgs, calleeOf, threaded);
  const states: LocalState[] = [];
  const byInstance: Map<NodeId, LocalState>[] = [];
  const instances = new Map<string, Instance>();

  const instanceOf = (
    machine: number,
    cfg: ControlFlowGraph,
    players: ReadonlyMap<string, number>,
    caller?: LocalState,
    into?: Target,
  ): Instance => {
    let key = `${machine} ${numbers.get(cfg) ?? ''} ${caller?.id ?? ''} ${into ? printTarget(into) : ''}`;
    for (const [place, player] of players) key += ` ${place} ${player}`;
    let known = instances.get(key);
    if (!known) {
      known = { id: instances.size, machine, cfg, players, caller, into };
      instances.set(key, known);
      byInstance.push(new Map());
    }
    return known;
  };
  const stateAt = (instance: Instance, nodeId: NodeId): LocalState => {
    const known = byInstance[instance.id]?.get(nodeId);
    if (known) return known;
    const node = instance.cfg.nodes[nodeId] ?? { kind: 'hole' };
    const state: LocalState = { id: states.length, machine: instance.machine, instance, nodeId, node };
    states.push(state);
    byInstance[instance.id]?.set(nodeId, state);
    return state;
  };

  const rootStates = roots.map((cfg, machine) => {
    const players = new Map(names.map((name, i): [string, number] => [name, i]));
    return stateAt(instanceOf(machine, cfg, players), cfg.start);
  });

  const composed = new Map<string, LocalState>();
  const compose = ({ instance, machine, nodeId, node }: LocalState, threads: readonly LocalState[]): LocalState => {
    const key = `${instance.id} ${nodeId} ${threads.map(({ id }) => id).join(' ')}`;
    let known = composed.get(key);
    if (!known) {
      composed.set(key, (known = { id: states.length, machine, instance, nodeId, node, threads }));
      states.push(known);
    }
    return known;
  };

  const futures = new Map<number, Future>();
  const future = (state: LocalState): Future => {
    const known = futures.get(state.id);
    if (known) return known;
    const here = state.threads ? undefined : ahead.get(state.instance.cfg)?.[state.nodeId];
    // What each thread leads to includes what follows all of them.
    const parts = state.threads?.map(future) ?? [...(state.instance.caller ? [future(state.instance.caller)] : [])];
    const machines = (roles: Iterable<string>): number[] =>
      [...roles].flatMap((r) => state.instance.players.get(r) ?? []);
    const made: Future = {
      sends: new Set([...machines(here?.sends ?? []), ...parts.flatMap(({ sends }) => [...sends])]),
      receives: new Set([...machines(here?.receives ?? []), ...parts.flatMap(({ receives }) => [...receives])]),
      sent: joined([messagesIn(state.instance, here?.sent ?? []), ...parts.map(({ sent }) => sent)]),
      taken: joined([messagesIn(state.instance, here?.taken ?? []), ...parts.map(({ taken }) => taken)]),
      unknown: (state.threads === undefined && (here?.unknown ?? true)) || parts.some(({ unknown }) => unknown),
    };
    futures.set(state.id, made);
    return made;
  };
  const threadOf = threadsOf(cfgs, calleeOf, ahead);

  const slots = new Map<number, readonly string[]>();
  const slotsOf = (state: LocalState): readonly string[] => {
    const known = slots.get(state.id);
    if (known) return known;
    const { caller, into } = state.instance;
    const made = ((): readonly string[] => {
      if (state.threads) return [...new Set(state.threads.flatMap(slotsOf))].sort();
      const own = [...(live.get(state.instance.cfg)?.[state.nodeId] ?? [])].map((v) => slotOf(state.instance, v));
      const results = caller ? namesOfTarget(into).map(({ text }) => slotOf(caller.instance, text)) : [];
      return [...own.sort(), ...(caller ? slotsOf(caller).filter((s) => !results.includes(s)) : [])];
    })();
    slots.set(state.id, made);
    return made;
  };

  const entered = new Map<LocalState, LocalState | undefined>();
  const enter = (state: LocalState, call: LocalCall, next: NodeId): LocalState | undefined => {
    const callee = calleeOf(state.instance.cfg, call);
    if (!callee) return undefined;
    const players = new Map<string, number>();
    callee.places.forEach((place, i) => {
      const machine = state.instance.players.get(call.args[i]?.role.key ?? '');
      if (machine !== undefined) players.set(place, machine);
    });
    // A call in tail position goes back to where its caller would: tail recursion needs no more room.
    let back: LocalState | undefined = stateAt(state.instance, next);
    let { into } = call;
    while (back && isDone(back)) {
      into = undefined;
      back = back.instance.caller;
    }
    if (recursive.has(callee) && nesting(back, callee) >= deepestSelfCalls) return undefined;
    return stateAt(instanceOf(state.machine, callee, players, back, back && into), callee.start);
  };

  return {
    names,
    channels,
    roots: rootStates,
    cfgs,
    relevance,
    future,
    threaded,
    gathering: cfgs.some(({ nodes }) => nodes.some((node) => node.kind === 'receive' && node.needed !== undefined)),
    compose,
    thread: threadOf,
    isInside: ({ instance, nodeId }) => contention.get(instance.cfg)?.isInside(nodeId) === true,
    isStep: ({ instance, nodeId, threads }) =>
      threads === undefined && contention.get(instance.cfg)?.isStep(nodeId) === true,
    slots: slotsOf,
    components: componentsOf(rootStates, future),
    state: (id) => states[id] as LocalState,
    goto: (state, node) => stateAt(state.instance, node),
    lost: (state) => stateAt(state.instance, -1),
    peer: (state, role) => state.instance.players.get(role),
    callee: (state, call) => calleeOf(state.instance.cfg, call),
    enter(state, call, next) {
      const known = entered.get(state);
      if (known || entered.has(state)) return known;
      const first = enter(state, call, next);
      entered.set(state, first);
      return first;
    },
  };
}

/** How many calls of a process are waited for. */
function nesting(state: LocalState | undefined, cfg: ControlFlowGraph): number {
  let count = 0;
  for (let at = state; at; at = at.instance.caller) if (at.instance.cfg === cfg) count++;
  return count;
}

/** Whether a process is at its end, with no result to hand over that its caller wants. */
function isDone(state: LocalState): boolean {
  return state.node.kind === 'end' && (state.instance.into === undefined || state.node.returns === undefined);
}

/** Machines grouped by who may talk to whom. */
function componentsOf(roots: readonly LocalState[], future: (state: LocalState) => Future): number[][] {
  return groupsBy(roots.length, (machine) => {
    const { sends, receives, unknown } = future(roots[machine] as LocalState);
    return unknown ? roots.keys() : [...sends, ...receives];
  });
}

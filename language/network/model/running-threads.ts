// The threads of machines: which messages each takes, and which it leaves to those beside it.
import type { CalleeOf, ControlFlowGraph, Thread } from './control-flow.js';
import { messageName, partsOfMessage, peersOfCall } from './peers.js';
import type { Peers } from './peers.js';
import type { Instance, LocalState, RunningThread } from './places.js';

/** Labels by machine. */
type Messages = ReadonlyMap<number, ReadonlySet<string>>;

/** All that is in some of these. */
export function joined(all: readonly Messages[]): Messages {
  const made = new Map<number, Set<string>>();
  for (const each of all) {
    for (const [machine, labels] of each) {
      const known = made.get(machine) ?? new Set();
      made.set(machine, known);
      for (const label of labels) known.add(label);
    }
  }
  return made;
}

function without(all: Messages, those: Messages): Messages {
  return new Map(
    [...all].map(([machine, labels]) => [
      machine,
      new Set([...labels].filter((label) => those.get(machine)?.has(label) !== true)),
    ]),
  );
}

/** Messages by the machines that play their roles. */
export function messagesIn({ players }: Instance, messages: Iterable<string>): Messages {
  const made = new Map<number, Set<string>>();
  for (const message of messages) {
    const { label, role } = partsOfMessage(message);
    const machine = players.get(role);
    if (machine === undefined) continue;
    const known = made.get(machine) ?? new Set();
    made.set(machine, known);
    known.add(label);
  }
  return made;
}

/**
 * Finds threads by the places that belong to them. A thread may take all that its text receives somewhere, and that of
 * what it calls.
 * @param ahead what a process may take from each of its places on
 * Cost: each thread once: linear in the places of the process, times the threads beside it
 */
export function threadsOf(
  cfgs: readonly ControlFlowGraph[],
  calleeOf: CalleeOf,
  ahead: ReadonlyMap<ControlFlowGraph, readonly Peers[]>,
): (state: LocalState) => RunningThread | undefined {
  const doing = new Map(cfgs.map((cfg) => [cfg, cfg.threads ? doneIn(cfg, calleeOf, ahead) : undefined]));
  const known = new Map<string, RunningThread>();
  const none: Messages = new Map();
  const running = (instance: Instance, thread: Thread): RunningThread => {
    const fork = `${instance.id} ${thread.fork}`;
    const key = `${fork} ${thread.index}`;
    const found = known.get(key);
    if (found) return found;
    const outer = thread.outer ? running(instance, thread.outer) : instance.caller && threadOf(instance.caller);
    const all = doing.get(instance.cfg);
    const takes = (one: Thread): Messages => messagesIn(instance, all?.get(one)?.taken ?? []);
    const others = [...(all?.keys() ?? [])].filter((other) => other.fork === thread.fork && other !== thread);
    const beside = joined(others.map(takes));
    const sends = others.flatMap((other) =>
      [...(all?.get(other)?.sends ?? [])].flatMap((role) => instance.players.get(role) ?? []),
    );
    const made: RunningThread = {
      id: known.size + 1,
      machine: instance.machine,
      fork,
      ...(outer ? { outer } : {}),
      passes: joined([without(beside, takes(thread)), outer?.passes ?? none]),
      beside: joined([beside, outer?.beside ?? none]),
      sendsBeside: new Set([...sends, ...(outer?.sendsBeside ?? [])]),
    };
    known.set(key, made);
    return made;
  };
  const threadOf = ({ instance, nodeId }: LocalState): RunningThread | undefined => {
    const thread = instance.cfg.threads?.of[nodeId];
    return thread ? running(instance, thread) : instance.caller && threadOf(instance.caller);
  };
  return threadOf;
}

/** What each thread of a process takes, and whom it sends to. */
function doneIn(
  cfg: ControlFlowGraph,
  calleeOf: CalleeOf,
  ahead: ReadonlyMap<ControlFlowGraph, readonly Peers[]>,
): ReadonlyMap<Thread, { readonly taken: ReadonlySet<string>; readonly sends: ReadonlySet<string> }> {
  const all = new Map<Thread, { readonly taken: Set<string>; readonly sends: Set<string> }>();
  cfg.nodes.forEach((node, place) => {
    const taken: string[] = [];
    const sends: string[] = [];
    if (node.kind === 'receive') for (const { label, peer } of node.options) taken.push(messageName(label, peer));
    if (node.kind === 'send') sends.push(node.peer);
    const callee = node.kind === 'call' ? calleeOf(cfg, node.action) : undefined;
    const inside = callee && ahead.get(callee)?.[callee.start];
    if (node.kind === 'call' && callee && inside) {
      const there = peersOfCall(node.action, callee, inside);
      taken.push(...there.taken);
      sends.push(...there.sends);
    }
    for (let thread = cfg.threads?.of[place]; thread; thread = thread.outer) {
      const known = all.get(thread) ?? { taken: new Set(), sends: new Set() };
      all.set(thread, known);
      for (const message of taken) known.taken.add(message);
      for (const role of sends) known.sends.add(role);
    }
  });
  return all;
}

/** A thread and those that it is a part of, innermost first. */
function chainOf(thread: RunningThread | undefined): readonly RunningThread[] {
  const chain: RunningThread[] = [];
  for (let at = thread; at; at = at.outer) chain.push(at);
  return chain;
}

/** Whether two threads, or what they are parts of, go on beside each other. */
export function areBeside(one: RunningThread | undefined, other: RunningThread | undefined): boolean {
  const others = chainOf(other);
  return chainOf(one).some((a) => others.some((b) => a !== b && a.fork === b.fork));
}

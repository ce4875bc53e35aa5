// Which roles a process may still send to or receive from, at each of its places, by its text and that of what it
// calls.
import type { LocalCall } from '../../ir/process.js';
import { successorsOf } from './control-flow.js';
import type { CalleeOf, NodeId, ControlFlowGraph } from './control-flow.js';

export interface Peers {
  readonly sends: ReadonlySet<string>;
  readonly receives: ReadonlySet<string>;
  /** The same with the label, see `messageName`; empty where labels are not asked for. */
  readonly sent: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  /** Something unknown may come: a hole. */
  readonly unknown: boolean;
}

/** A message by its label, and by the role at its other end. */
export function messageName(label: string, role: string): string {
  return `${label} ${role}`;
}

/** The two again. */
export function partsOfMessage(message: string): { readonly label: string; readonly role: string } {
  const at = message.indexOf(' ');
  return { label: message.slice(0, at), role: message.slice(at + 1) };
}

interface Place {
  readonly cfg: ControlFlowGraph;
  readonly id: NodeId;
  readonly sends: Set<string>;
  readonly receives: Set<string>;
  readonly sent: Set<string>;
  readonly taken: Set<string>;
  unknown: boolean;
  /** The places that this one tells: the ones before it, and where its process is called, if it is the first. */
  readonly before: Place[];
}

/**
 * @param cfgs all processes that take part, those that are called too
 * @param calleeOf the process that a call runs
 * @param byLabel whether labels are asked for
 * Cost: a place is looked at again only where what follows it has become more: linear in the places, times the roles,
 * and times the labels where these are asked for
 */
export function peersAhead(
  cfgs: readonly ControlFlowGraph[],
  calleeOf: CalleeOf,
  byLabel = false,
): ReadonlyMap<ControlFlowGraph, readonly Peers[]> {
  const ahead = new Map(
    cfgs.map((cfg): [ControlFlowGraph, Place[]] => [
      cfg,
      cfg.nodes.map((_, id) => ({
        cfg,
        id,
        sends: new Set(),
        receives: new Set(),
        sent: new Set(),
        taken: new Set(),
        unknown: false,
        before: [],
      })),
    ]),
  );
  const placeOf = (cfg: ControlFlowGraph, id: NodeId): Place | undefined => ahead.get(cfg)?.[id];
  const work: Place[] = [];
  for (const place of [...ahead.values()].flat()) {
    const { cfg, id } = place;
    const node = cfg.nodes[id];
    if (!node) continue;
    for (const next of successorsOf(node)) placeOf(cfg, next)?.before.push(place);
    const callee = node.kind === 'call' ? calleeOf(cfg, node.action) : undefined;
    if (callee) placeOf(callee, callee.start)?.before.push(place);
    work.push(place);
  }
  /** Brings a place in line with what follows it; true where it has become more. */
  const look = (here: Place): boolean => {
    const { cfg, id, sends, receives, sent, taken } = here;
    const node = cfg.nodes[id];
    if (!node) return false;
    const count = (): number => sends.size + receives.size + sent.size + taken.size + Number(here.unknown);
    const size = count();
    const add = (peers: Peers | undefined): void => {
      if (!peers) return;
      for (const role of peers.sends) sends.add(role);
      for (const role of peers.receives) receives.add(role);
      for (const message of peers.sent) sent.add(message);
      for (const message of peers.taken) taken.add(message);
      here.unknown ||= peers.unknown;
    };
    for (const next of successorsOf(node)) add(placeOf(cfg, next));
    if (node.kind === 'send') {
      sends.add(node.peer);
      if (byLabel) sent.add(messageName(node.label, node.peer));
    }
    if (node.kind === 'receive') {
      for (const { peer, label } of node.options) {
        receives.add(peer);
        if (byLabel) taken.add(messageName(label, peer));
      }
    }
    if (node.kind === 'hole') here.unknown = true;
    if (node.kind === 'call') {
      const callee = calleeOf(cfg, node.action);
      const inside = callee && placeOf(callee, callee.start);
      if (callee && inside) add(peersOfCall(node.action, callee, inside));
      else here.unknown = true;
    }
    return count() > size;
  };
  const waiting = new Set(work);
  // It grows while it is gone through.
  for (let i = 0; i < work.length; i++) {
    const place = work[i] as Place;
    waiting.delete(place);
    if (!look(place)) continue;
    for (const each of place.before) {
      if (waiting.has(each)) continue;
      waiting.add(each);
      work.push(each);
    }
  }
  return ahead;
}

/** What a process does, in terms of the roles of who calls it. */
export function peersOfCall(call: LocalCall, callee: ControlFlowGraph, inside: Peers): Peers {
  const named = (role: string): string[] => {
    const arg = call.args[callee.places.indexOf(role)];
    return arg ? [arg.role.key] : [];
  };
  const messages = (all: ReadonlySet<string>): Set<string> =>
    new Set(
      [...all].flatMap((message) => {
        const { label, role } = partsOfMessage(message);
        return named(role).map((to) => messageName(label, to));
      }),
    );
  return {
    sends: new Set([...inside.sends].flatMap(named)),
    receives: new Set([...inside.receives].flatMap(named)),
    sent: messages(inside.sent),
    taken: messages(inside.taken),
    unknown: inside.unknown,
  };
}

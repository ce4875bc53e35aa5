// Which roles a process may still send to or receive from, at each of its places, by its text and that of what it calls.
import { successorsOf } from './control-flow.js';
import type { CalleeOf, NodeId, ControlFlowGraph } from './control-flow.js';

export interface Peers {
  readonly sends: ReadonlySet<string>;
  readonly receives: ReadonlySet<string>;
  /** Something unknown may come: a hole. */
  readonly unknown: boolean;
}

interface Place {
  readonly cfg: ControlFlowGraph;
  readonly id: NodeId;
  readonly sends: Set<string>;
  readonly receives: Set<string>;
  unknown: boolean;
  /** The places that this one tells: the ones before it, and where its process is called, if it is the first. */
  readonly before: Place[];
}

/**
 * @param cfgs all processes that take part, those that are called too
 * @param calleeOf the process that a call runs
 * Cost: a place is looked at again only where what follows it has become more: linear in the places, times the roles
 */
export function peersAhead(cfgs: readonly ControlFlowGraph[], calleeOf: CalleeOf): ReadonlyMap<ControlFlowGraph, readonly Peers[]> {
  const ahead = new Map(cfgs.map((cfg): [ControlFlowGraph, Place[]] => [cfg, cfg.nodes.map((_, id) => ({ cfg, id, sends: new Set(), receives: new Set(), unknown: false, before: [] }))]));
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
    const { cfg, id, sends, receives } = here;
    const node = cfg.nodes[id];
    if (!node) return false;
    const size = sends.size + receives.size + Number(here.unknown);
    const add = (peers: Peers | undefined): void => {
      if (!peers) return;
      for (const role of peers.sends) sends.add(role);
      for (const role of peers.receives) receives.add(role);
      here.unknown ||= peers.unknown;
    };
    for (const next of successorsOf(node)) add(placeOf(cfg, next));
    if (node.kind === 'send') sends.add(node.peer);
    if (node.kind === 'receive') for (const option of node.options) receives.add(option.peer);
    if (node.kind === 'hole') here.unknown = true;
    if (node.kind === 'call') {
      const callee = calleeOf(cfg, node.action);
      const inside = callee && placeOf(callee, callee.start);
      if (callee && inside) {
        const named = (role: string): string[] => {
          const arg = node.action.args[callee.places.indexOf(role)];
          return arg ? [arg.role.key] : [];
        };
        add({ sends: new Set([...inside.sends].flatMap(named)), receives: new Set([...inside.receives].flatMap(named)), unknown: inside.unknown });
      } else here.unknown = true;
    }
    return sends.size + receives.size + Number(here.unknown) > size;
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

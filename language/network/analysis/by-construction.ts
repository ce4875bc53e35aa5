// Networks that are right by construction: their processes do what projections do, however deep their calls nest.
import { mapActions } from '../../ir/process.js';
import { printProcess } from '../../projection/print.js';
import { compare } from './conformance.js';
import type { CallName } from './conformance.js';
import { systemOf } from '../model/system.js';
import type { Designed, Library, System } from '../model/system.js';
import { successorsOf } from '../model/control-flow.js';
import type { GraphNode, NodeId, ControlFlowGraph } from '../model/control-flow.js';

/** Whether a process is its projection, letter for letter, and so is what it calls, whatever that is called. */
export function isCopy(process: ControlFlowGraph, design: ControlFlowGraph, library: Library): boolean {
  const callees = ({ nodes, scope }: ControlFlowGraph): (readonly ControlFlowGraph[] | undefined)[] =>
    nodes.flatMap((node) => (node.kind === 'call' ? [library.roles(node.action.callee.text, scope)] : []));
  const pairs = [[process, design] as const];
  const seen = new Set<ControlFlowGraph>();
  for (const [own, wanted] of pairs) {
    if (own === wanted || seen.has(own)) continue;
    seen.add(own);
    if (codeOf(own) !== codeOf(wanted)) return false;
    const designed = callees(wanted);
    for (const [i, called] of callees(own).entries()) {
      const roles = designed[i];
      if (called === undefined || roles?.length !== called.length) return false;
      pairs.push(...called.flatMap((role, k) => (roles[k] ? [[role, roles[k]] as const] : [])));
    }
  }
  return true;
}

/** A process as text, but for the names of what it calls. */
function codeOf({ process }: ControlFlowGraph): string {
  const body = mapActions(process.body, (action) =>
    action.kind === 'call' ? { ...action, callee: { ...action.callee, text: '' } } : action,
  );
  return printProcess({ ...process, params: [], body }).text;
}

/**
 * Whether each process does just what its projection does, calls being steps of both; and so in the networks that are
 * called for what they implement. If so, the network is free of deadlock, lost messages and wrong labels as its
 * choreography is, for channels of any kind and size.
 * @param designs the projections of the choreography that it implements, which must have no errors, nor those that it
 *   calls
 * @param valuesMatter whether several roles decide by copies of one value somewhere: what is not a copy may decide by
 *   another value
 * @returns false where it is not so, or not known
 * Cost: that of comparing each process once, see `compare`
 */
export function isDesigned(
  { roots, cfgs, channels }: System,
  designs: readonly ControlFlowGraph[],
  library: Library,
  valuesMatter: boolean,
): boolean {
  if (cfgs.some(hasHole)) return false;
  const started = roots.map((root) => root.instance.cfg);
  const own: Designed = { roles: started, designs };
  const work = new Set(started);
  const callees: ControlFlowGraph[] = [];
  const callName: CallName = (callee) => {
    const called = library.designOf(callee);
    if (called) work.add(callee);
    // By the projection that it stands for, if it does.
    const known = called?.designs[called.roles.indexOf(callee)] ?? callee;
    if (!callees.includes(known)) callees.push(known);
    return String(callees.indexOf(known));
  };
  const systems = new Map<readonly ControlFlowGraph[], System>();
  const of = (roles: readonly ControlFlowGraph[]): System => {
    const known = systems.get(roles) ?? systemOf(roles, channels, library);
    systems.set(roles, known);
    return known;
  };
  for (const process of work) {
    const { roles, designs: wanted } = library.designOf(process) ?? own;
    const at = roles.indexOf(process);
    const [actual, expected] = [of(roles), of(wanted)];
    const [root, design] = [actual.roots[at], expected.roots[at]];
    if (!root || !design || design.instance.cfg.name !== process.name || expected.cfgs.some(hasHole)) return false;
    if (isCopy(process, design.instance.cfg, library)) continue;
    if (valuesMatter || computesForEver(process) || compare(actual, root, expected, design, callName).kind !== 'same')
      return false;
  }
  return true;
}

function hasHole({ nodes }: ControlFlowGraph): boolean {
  return nodes.some((node) => node.kind === 'hole');
}

/** Whether a process has a loop without any message, call or way out. */
function computesForEver({ nodes }: ControlFlowGraph): boolean {
  const leaves = ({ kind }: GraphNode): boolean =>
    kind === 'send' || kind === 'receive' || kind === 'call' || kind === 'end';
  return nodes.some((_, id) => {
    const seen = new Set<NodeId>([id]);
    for (const at of seen) {
      const node = nodes[at];
      if (!node || leaves(node)) return false;
      for (const next of successorsOf(node)) seen.add(next);
    }
    return true;
  });
}

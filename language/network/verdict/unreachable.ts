// The code that no run reaches: only told where all behaviours were explored and nothing is wrong.
import type { Action, LocalBlock } from '../../ir/process.js';
import { localBlocksOf } from '../../ir/process.js';
import type { Exploration } from '../model/exploration.js';
import { actionOf } from '../model/control-flow.js';
import type { NodeId, ControlFlowGraph } from '../model/control-flow.js';
import { finding } from '../../findings/finding.js';
import type { Finding } from '../../findings/finding.js';

/**
 * Finds the outermost code of a process that was never reached.
 * @param explorations complete ones, for all machines of the system
 * Cost: linear in the process
 */
export function unreachedIn(cfg: ControlFlowGraph, explorations: readonly Exploration[]): Finding[] {
  const visited = new Set<NodeId>(explorations.flatMap((e) => [...(e.visited.get(cfg) ?? [])]));
  const taken = new Set<string>(explorations.flatMap((e) => [...(e.taken.get(cfg) ?? [])]));
  const nodes = new Map<Action, NodeId>();
  // What stands once in the text may be there several times: in rounds of a loop, or for each member that may be
  // picked.
  const reached = new Set<number>();
  cfg.nodes.forEach((node, id) => {
    const action = actionOf(node);
    if (!action) return;
    const source = sourceOf(cfg, action);
    nodes.set(source, id);
    if (visited.has(id) && source.origins[0]) reached.add(source.origins[0].start);
    if (source.kind === 'receive')
      source.branches.forEach(({ origins: [origin] }, option) => {
        if (origin && taken.has(`${id}:${option}`)) reached.add(origin.start);
      });
  });
  const found: Finding[] = [];
  const role = cfg.name;
  const report = (
    what: 'branch' | 'way' | 'code',
    range: { start: number; end: number },
    label = '',
    from = '',
  ): void => {
    if (!reached.has(range.start)) found.push(finding('unreachable', cfg.uri, range, { role, what, label, from }));
  };
  const visit = (block: LocalBlock, what: 'way' | 'code'): void => {
    for (const [index, action] of block.actions.entries()) {
      const id = nodes.get(action);
      if (id === undefined || !visited.has(id)) {
        const [start, end] = [action.origins[0]?.start, block.actions.at(-1)?.origins[0]?.end];
        if (id !== undefined && start !== undefined && end !== undefined)
          report(index === 0 ? what : 'code', { start, end });
        return;
      }
      if (action.kind === 'receive') {
        action.branches.forEach((branch, option) => {
          const [origin] = branch.origins;
          if (taken.has(`${id}:${option}`)) visit(branch.body, 'code');
          else if (origin && action.form === 'branching')
            report('branch', origin, branch.label?.text ?? '', branch.sender.key);
        });
      } else {
        for (const inner of localBlocksOf(action)) visit(inner, 'way');
      }
    }
  };
  visit(cfg.process.body, 'code');
  return found;
}

/** The action that stands in the text. */
function sourceOf({ sources }: ControlFlowGraph, action: Action): Action {
  return sources?.get(action) ?? action;
}

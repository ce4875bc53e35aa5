// What threads do to variables that they share: where one touches what another one may change or look at meanwhile, its
// step is one of its own; all other steps make no difference to anybody else, and belong to the move before them.
import type { Expr } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import { namesOfTarget } from '../../ir/target.js';
import { bindersOf } from '../../scoping/cases.js';
import type { ControlFlowGraph, GraphNode, NodeId, Relevance, Thread } from './control-flow.js';

export interface Contention {
  /** Whether a place is a step of its own, before which another thread may do something that makes a difference. */
  isStep(place: NodeId): boolean;
  /** Whether a place is inside of an `at`, behind its beginning. */
  isInside(place: NodeId): boolean;
  /** The variables whose values are needed at a place since another thread looks at them. */
  kept(place: NodeId): Iterable<string>;
}

/** What is done to variables. */
interface Touched {
  readonly reads: Set<string>;
  readonly writes: Set<string>;
}

const nothing: Contention = { isStep: () => false, isInside: () => false, kept: () => [] };

/**
 * Where the threads of a process meet in variables of which values are kept.
 * Cost: linear in the process, times how deep threads stand in threads, and times the threads that stand beside each
 * other
 */
export function contentionIn(cfg: ControlFlowGraph, relevance: Relevance): Contention {
  const { threads, nodes } = cfg;
  if (!threads) return nothing;
  const all = new Map<Thread, Touched>();
  const own = nodes.map((node) => touchedBy(cfg, node, relevance));
  nodes.forEach((_, place) => {
    for (let thread = threads.of[place]; thread; thread = thread.outer) {
      const known = all.get(thread) ?? { reads: new Set(), writes: new Set() };
      all.set(thread, known);
      join(known, own[place]);
    }
  });
  /** What goes on beside a thread. */
  const beside = new Map<Thread, Touched>();
  const others = (thread: Thread): Touched => {
    let known = beside.get(thread);
    if (known) return known;
    beside.set(thread, (known = { reads: new Set(), writes: new Set() }));
    for (const [other, touched] of all) if (other.fork === thread.fork && other !== thread) join(known, touched);
    if (thread.outer) join(known, others(thread.outer));
    return known;
  };
  const steps = new Set<NodeId>();
  const inside = new Set([...threads.atomic.values()].flat());
  nodes.forEach((_, place) => {
    const thread = threads.of[place];
    if (!thread || inside.has(place)) return;
    const other = others(thread);
    const meets = (at: NodeId): boolean =>
      [...(own[at]?.reads ?? [])].some((v) => other.writes.has(v)) ||
      [...(own[at]?.writes ?? [])].some((v) => other.writes.has(v) || other.reads.has(v));
    if ([place, ...(threads.atomic.get(place) ?? [])].some(meets)) steps.add(place);
  });
  const kept = new Map(
    [...all].map(([thread, { writes }]): [Thread, readonly string[]] => [
      thread,
      [...writes].filter((v) => others(thread).reads.has(v)),
    ]),
  );
  return {
    isStep: (place) => steps.has(place),
    isInside: (place) => inside.has(place),
    kept: (place) => {
      const thread = threads.of[place];
      return (thread && kept.get(thread)) ?? [];
    },
  };
}

function join(into: Touched, from: Touched | undefined): void {
  for (const v of from?.reads ?? []) into.reads.add(v);
  for (const v of from?.writes ?? []) into.writes.add(v);
}

/** The variables that a place looks at and gives values to, as far as these are kept. */
function touchedBy(cfg: ControlFlowGraph, node: GraphNode, relevance: Relevance): Touched {
  const reads = new Set<string>();
  const writes = new Set<string>();
  const read = (expr: Expr | undefined): void => {
    if (expr)
      walkExpr(expr, (e) => {
        if (e.kind === 'name' && cfg.variables.has(e.name.text) && relevance.isRelevant(cfg, e.name.text))
          reads.add(e.name.text);
      });
  };
  const write = (name: string): void => {
    if (relevance.isRelevant(cfg, name)) writes.add(name);
  };
  switch (node.kind) {
    case 'send':
      read(node.action.value);
      break;
    case 'receive':
      for (const { branch } of node.options) for (const { text } of namesOfTarget(branch.into)) write(text);
      break;
    case 'assign':
      read(node.action.value);
      for (const { text } of namesOfTarget(node.action.into)) write(text);
      break;
    case 'decide':
      read(node.action.condition);
      break;
    case 'match':
      read(node.action.value);
      for (const { pattern } of node.cases) bindersOf(pattern, cfg.scope).forEach(write);
      break;
    case 'call':
      for (const arg of node.action.args) if (arg.role.key === cfg.name) arg.inputs.forEach(read);
      for (const { text } of namesOfTarget(node.action.into)) write(text);
      break;
    case 'choice':
    case 'end':
    case 'fork':
    case 'hole':
    case 'join':
    case 'owe':
    case 'skip':
  }
  return { reads, writes };
}

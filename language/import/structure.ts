// From an automaton to structured code: loops become `rec`, ways that meet again go on after the choice, and only where
// they don't is code written twice.
import { mostStatements, deepestCode, mostWaysOn } from './limits.js';

/** One way on from a state; what happens on it is the caller's. */
export interface Edge {
  readonly from: string;
  readonly to: string;
}

export type Code<T extends Edge> =
  | { readonly kind: 'act'; readonly transition: T }
  | {
      readonly kind: 'branch';
      readonly branches: readonly { readonly transition: T; readonly body: readonly Code<T>[] }[];
    }
  | { readonly kind: 'rec'; readonly name: string; readonly body: readonly Code<T>[] }
  | { readonly kind: 'continue'; readonly name: string };

/** Thrown where the code would be longer or deeper than anybody reads. */
export class TooLarge extends Error {}

interface Graph<T extends Edge> {
  out(state: string): readonly T[];
  readonly names: Map<string, string>;
  /** The states that lead back to themselves. */
  readonly cyclic: ReadonlySet<string>;
  size: number;
  work: number;
}

/** The loops that are open, whose head is reached by `continue`. */
type Heads = ReadonlySet<string>;

/**
 * Structures an automaton. A state with several ways on becomes a branch of one kind, so they all have to be: all are
 * sent, or all received.
 * @returns the code of its process
 * @throws TooLarge
 * Cost: quadratic in the automaton for each state that branches; the code may be longer than the automaton, up to a
 * limit.
 */
export function structure<T extends Edge>({
  initial,
  transitions,
}: {
  readonly initial: string;
  readonly transitions: readonly T[];
}): Code<T>[] {
  const states = new Map<string, T[]>();
  for (const transition of transitions) {
    const own = states.get(transition.from);
    if (own) own.push(transition);
    else states.set(transition.from, [transition]);
  }
  const graph: Graph<T> = {
    out(state) {
      const own = states.get(state) ?? [];
      if ((graph.work += own.length) > mostWaysOn) throw new TooLarge();
      return own;
    },
    names: new Map(),
    size: 0,
    work: 0,
    cyclic: cyclicStates(initial, states),
  };
  return sequence(initial, undefined, new Set(), 0, graph);
}

/** The code from a state up to `stop`, where what follows goes on. */
function sequence<T extends Edge>(
  from: string,
  stop: string | undefined,
  heads: Heads,
  depth: number,
  graph: Graph<T>,
): Code<T>[] {
  const code: Code<T>[] = [];
  let state: string | undefined = from;
  while (state !== undefined && state !== stop) {
    if (depth > deepestCode || ++graph.size > mostStatements) throw new TooLarge();
    if (heads.has(state)) {
      code.push({ kind: 'continue', name: nameOf(state, graph) });
      break;
    }
    if (graph.out(state).length === 0) break;
    if (graph.cyclic.has(state) && comesTo(state, state, stop, heads, graph)) {
      const exit = meeting(state, stop, heads, graph, true);
      const inside = new Set([...heads, state]);
      const name = nameOf(state, graph);
      const body: Code<T>[] = [];
      const next = step(state, exit ?? stop, inside, depth + 1, graph, body);
      if (next !== undefined) body.push(...sequence(next, exit ?? stop, inside, depth + 1, graph));
      code.push({ kind: 'rec', name, body });
      state = exit;
    } else state = step(state, stop, heads, depth, graph, code);
  }
  return code;
}

/** Writes what one state does; the result is where it goes on, undefined where nothing follows. */
function step<T extends Edge>(
  state: string,
  stop: string | undefined,
  heads: Heads,
  depth: number,
  graph: Graph<T>,
  code: Code<T>[],
): string | undefined {
  const own = graph.out(state);
  const [only] = own;
  if (only && own.length === 1) {
    code.push({ kind: 'act', transition: only });
    return only.to;
  }
  const meet = meeting(state, stop, heads, graph);
  code.push({
    kind: 'branch',
    branches: own.map((transition) => ({
      transition,
      body: sequence(transition.to, meet ?? stop, heads, depth + 1, graph),
    })),
  });
  return meet;
}

function nameOf(state: string, { names }: Pick<Graph<Edge>, 'names'>): string {
  let name = names.get(state);
  if (name === undefined) {
    name = 'XYZ'[names.size] ?? `X${names.size - 1}`;
    names.set(state, name);
  }
  return name;
}

/**
 * The states that are on a cycle (Tarjan, "Depth-first search and linear graph algorithms", 1972, without recursion).
 */
function cyclicStates(initial: string, states: ReadonlyMap<string, readonly Edge[]>): ReadonlySet<string> {
  const cyclic = new Set<string>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const stack: { readonly state: string; next: number }[] = [];
  const visit = (state: string): void => {
    index.set(state, index.size);
    low.set(state, index.size - 1);
    open.push(state);
    isOpen.add(state);
    stack.push({ state, next: 0 });
  };
  const lower = (state: string, to: number): void => {
    if (to < (low.get(state) ?? 0)) low.set(state, to);
  };
  visit(initial);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { state } = top;
    const edge = states.get(state)?.[top.next++];
    if (edge) {
      if (edge.to === state) cyclic.add(state);
      if (!index.has(edge.to)) visit(edge.to);
      else if (isOpen.has(edge.to)) lower(state, index.get(edge.to) ?? 0);
      continue;
    }
    stack.pop();
    const above = stack.at(-1);
    if (above) lower(above.state, low.get(state) ?? 0);
    if (low.get(state) !== index.get(state)) continue;
    const group = open.splice(open.lastIndexOf(state));
    for (const member of group) {
      isOpen.delete(member);
      if (group.length > 1) cyclic.add(member);
    }
  }
  return cyclic;
}

/** Whether a state is reached from another's successors without passing an open loop's head or what follows. */
function comesTo(state: string, from: string, stop: string | undefined, heads: Heads, graph: Graph<Edge>): boolean {
  const seen = new Set<string>();
  const open = graph.out(from).map((t) => t.to);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === state) return true;
    if (seen.has(next) || next === stop || heads.has(next)) continue;
    seen.add(next);
    open.push(...graph.out(next).map((t) => t.to));
  }
  return false;
}

/**
 * The nearest state that all ways from a state come to, more than one way among them, so that it can be written once,
 * behind. No way may end before, or go back to an open loop: `continue` has to stand last. With `leaving`, it is behind
 * a loop of that state: no way leads back.
 */
function meeting(
  state: string,
  stop: string | undefined,
  heads: Heads,
  graph: Graph<Edge>,
  leaving = false,
): string | undefined {
  let best: { readonly at: string; readonly size: number } | undefined;
  for (const at of reached(state, graph)) {
    if (at === state || heads.has(at) || at === stop) continue;
    const region = new Set([state]);
    const open = [state];
    let ways = 0;
    let good = true;
    for (let next = open.pop(); next !== undefined && good; next = open.pop()) {
      const own = graph.out(next);
      good = own.length > 0;
      for (const { to } of own) {
        if (to === at) ways++;
        else if (to === stop || heads.has(to)) good = false;
        else if (!region.has(to)) {
          region.add(to);
          open.push(to);
        }
      }
    }
    if (good && ways > 1 && (!best || region.size < best.size) && !(leaving && comesTo(state, at, stop, heads, graph)))
      best = { at, size: region.size };
  }
  return best?.at;
}

function reached(state: string, graph: Graph<Edge>): Set<string> {
  const seen = new Set([state]);
  for (const each of seen) for (const { to } of graph.out(each)) seen.add(to);
  return seen;
}

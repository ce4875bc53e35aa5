// A graph of statements as several choreographies that call each other: one for each place that is reached on several
// ways, so that nothing is written twice. For networks whose loops go into each other.
import type { TextRange } from '../ir/expression.js';
import { writeName } from '../syntax/names.js';
import type { Node, Variable } from './state.js';
import { Unextractable } from './terms.js';
import { decision, indented, linesOf, walk } from './text.js';
import { mostRepeated } from './limits.js';

export interface Parts {
  /** The statements of the choreography itself, without indentation around them. */
  readonly lines: readonly string[];
  /** The other choreographies, whole. */
  readonly texts: readonly string[];
}

/** What the choreographies need to know of the network. */
export interface PartsOf {
  readonly names: readonly string[];
  /** A name for another choreography. */
  fresh(): string;
  /** The type of a variable, as it is written; undefined where it is not known. */
  typeOf(role: string, variable: string): string | undefined;
}

/**
 * Writes a graph.
 * @param place where to tell that a variable's type is not known
 * @throws Unextractable where a choreography needs an input whose type is not known
 * Cost: linear in the graph, times the variables
 */
export function writeParts(root: Node, network: PartsOf, place: TextRange): Parts {
  const { heads, order } = walk(root);
  const ways = new Map<Node, number>();
  for (const node of order) for (const next of node.next) ways.set(next, (ways.get(next) ?? 0) + 1);
  const own = order.filter((node) => node.step && (heads.has(node) || ((ways.get(node) ?? 0) > 1 && !isShort(node))));
  const named = new Map(own.reverse().map((node) => [node, network.fresh()]));
  const live = liveIn(order);
  const roles = rolesFrom(order);

  const call = (node: Node): string =>
    `do ${writeName(named.get(node) ?? '')}(${[...(roles.get(node) ?? [])]
      .sort((a, b) => a - b)
      .map((p) => {
        const inputs = inputsOf(node, p);
        return `${writeName(network.names[p] ?? '')}${inputs.length > 0 ? `(${inputs.map(writeName).join(', ')})` : ''}`;
      })
      .join(', ')})`;
  const inputsOf = (node: Node, p: number): string[] =>
    [...(live.get(node) ?? [])]
      .map(variableOf)
      .filter(([q]) => q === p)
      .map(([, name]) => name)
      .sort();
  const header = (node: Node): string =>
    [...(roles.get(node) ?? [])]
      .sort((a, b) => a - b)
      .map((p) => {
        const role = network.names[p] ?? '';
        const params = inputsOf(node, p).map((name) => {
          const type = network.typeOf(role, name);
          if (type === undefined)
            throw new Unextractable(
              `The type of \`${role}.${name}\` is not known, which a choreography of its own would need.`,
              place,
              'style',
            );
          return `${writeName(name)}: ${type}`;
        });
        return `${writeName(role)}${params.length > 0 ? `(${params.join(', ')})` : ''}`;
      })
      .join(', ');
  const block = (from: Node | undefined, entered?: Node): string[] => {
    const lines: string[] = [];
    let inside = entered;
    for (let node = from; node?.step; node = node.next[0]) {
      if (named.has(node) && node !== inside) return [...lines, call(node)];
      inside = undefined;
      const { step } = node;
      if (step.form !== 'line')
        return [
          ...lines,
          ...decision(
            step.form,
            step.text,
            step.heads,
            node.next.map((next) => block(next)),
          ),
        ];
      lines.push(...linesOf(step, 'joined', place, 0));
    }
    return lines;
  };
  return {
    lines: block(root),
    texts: [...named].map(
      ([node, name]) =>
        `choreography ${writeName(name)}(${header(node)}) {\n${block(node, node).map(indented).join('\n')}\n}\n`,
    ),
  };
}

/** Whether only a few statements follow, one after the other, to the end. */
function isShort(from: Node): boolean {
  let node: Node | undefined = from;
  for (let i = 0; i <= mostRepeated; i++) {
    if (!node?.step) return true;
    if (node.step.form !== 'line') return false;
    [node] = node.next;
  }
  return false;
}

const keyOf = ([p, name]: Variable): string => `${p} ${name}`;

function variableOf(key: string): Variable {
  const space = key.indexOf(' ');
  return [Number(key.slice(0, space)), key.slice(space + 1)];
}

/** The variables that are read from a node on before they get a value. */
export function readFrom(root: Node): readonly Variable[] {
  return [...(liveIn(walk(root).order).get(root) ?? [])].map(variableOf);
}

/** The variables that are read from each node on before they get a value: backwards, until nothing changes. */
function liveIn(order: readonly Node[]): ReadonlyMap<Node, ReadonlySet<string>> {
  return settled(order, (node, of) => {
    const live = new Set(node.next.flatMap((next) => [...of(next)]));
    for (const variable of node.step?.writes ?? []) live.delete(keyOf(variable));
    for (const variable of node.step?.reads ?? []) live.add(keyOf(variable));
    return live;
  });
}

/** Who takes part from each node on. */
function rolesFrom(order: readonly Node[]): ReadonlyMap<Node, ReadonlySet<number>> {
  return settled(
    order,
    (node, of) => new Set([...(node.step?.roles ?? []), ...node.next.flatMap((next) => [...of(next)])]),
  );
}

/** The least solution of an equation for each node, whose sets only grow. */
function settled<T>(
  order: readonly Node[],
  equation: (node: Node, of: (other: Node) => ReadonlySet<T>) => ReadonlySet<T>,
): ReadonlyMap<Node, ReadonlySet<T>> {
  const found = new Map<Node, ReadonlySet<T>>(order.map((node) => [node, new Set()]));
  const of = (node: Node): ReadonlySet<T> => found.get(node) ?? new Set();
  for (let changed = true; changed;) {
    changed = false;
    for (const node of order) {
      const next = equation(node, of);
      if (next.size === of(node).size) continue;
      found.set(node, next);
      changed = true;
    }
  }
  return found;
}

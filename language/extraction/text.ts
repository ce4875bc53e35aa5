// A graph of statements as structured text: loops where it comes back, and what both branches of a decision lead to
// after it.
import type { TextRange } from '../ir/expression.js';
import type { Node, Step } from './state.js';
import { Unextractable } from './terms.js';
import { mostLines } from './limits.js';

/**
 * How much of what follows a decision or a loop stands after it: what comes after the message that tells of it, only
 * what follows decisions, all that can, or nothing, so that each branch holds all that comes after it. The first reads
 * best; where it does not project, another may. In the last two, which are else the first and the fourth, loops start
 * at decisions: what comes before one stands before the loop and at the end of a round, so that who is told of the
 * decision is told in both branches.
 */
export type Style = 'joined' | 'looped' | 'parted' | 'expanded' | 'turned' | 'spread';
export const styles: readonly Style[] = ['joined', 'looped', 'parted', 'expanded', 'turned', 'spread'];

/**
 * Writes a graph as the statements of a choreography's body, without indentation around them.
 * What is reached on several ways, and not by all of them, is written on each.
 * @param place where to tell that this would be too long
 * @param around how many loops are around it
 * Cost: the length of the text, times the nodes for each decision
 */
export function write(root: Node, manner: Style, place: TextRange, around = 0): string[] {
  const style = manner === 'turned' ? 'joined' : manner === 'spread' ? 'expanded' : manner;
  const walked = walk(root);
  const { order } = walked;
  const heads = style === manner ? walked.heads : decidingHeads(order, walked.heads);
  const after = joins(order);
  const ends = reachesEnd(order);
  const decided = new Set(order.flatMap((node) => (node.next.length > 1 ? node.next : [])));
  let count = 0;
  let loops = around;
  const written = (step: Step): readonly string[] => {
    const lines = linesOf(step, manner, place, loops);
    count += Math.max(1, lines.length);
    return lines;
  };

  /** Whether all between two nodes can be written apart: nothing in it goes back to a loop around, or on for ever. */
  const separable = (from: Node, to: Node, active: ReadonlyMap<Node, { name: string }>): boolean => {
    const seen = new Set<Node>([from]);
    for (const node of seen) {
      if (active.has(node) || !ends.has(node) || !node.step) return false;
      for (const next of node.next) if (next !== to) seen.add(next);
    }
    return true;
  };
  const exitOf = (
    head: Node,
    stop: Node | undefined,
    active: ReadonlyMap<Node, { name: string }>,
  ): Node | undefined => {
    if (style !== 'joined' && style !== 'parted') return undefined;
    for (let exit = after.get(head); exit && exit !== stop; exit = after.get(exit)) {
      // A branch that leaves the loop keeps the message that tells so.
      if (style === 'joined' && decided.has(exit) && exit.step) continue;
      if (!reaches(exit, head, active)) return separable(head, exit, active) ? exit : undefined;
    }
    return undefined;
  };
  /** Where two loops start at the same node: what follows the inner one, within the outer one. */
  const innerExitOf = (
    head: Node,
    outer: Node | undefined,
    active: ReadonlyMap<Node, { name: string }>,
  ): Node | undefined => {
    if (style !== 'joined' && style !== 'parted') return undefined;
    for (let exit = after.get(head); exit && exit !== outer; exit = after.get(exit)) {
      if ((style === 'joined' && decided.has(exit) && exit.step) || !reaches(exit, head, active)) continue;
      if (!separable(head, exit, active)) return undefined;
      if (head.next.some((next) => next !== exit && reaches(next, head, new Map([[exit, undefined]])))) return exit;
    }
    return undefined;
  };
  const block = (
    from: Node,
    stop: Node | undefined,
    active: ReadonlyMap<Node, { name: string; used: boolean }>,
    entered?: Node,
  ): string[] => {
    const lines: string[] = [];
    for (let node: Node | undefined = from; node && node !== stop && node.step;) {
      const loop = active.get(node);
      if (loop && node !== entered) {
        loop.used = true;
        lines.push(`continue ${loop.name}`);
        return lines;
      }
      if (heads.has(node) && node !== entered) {
        const own = { name: loopName(loops), used: false };
        loops++;
        const exit = exitOf(node, stop, active);
        const inner = innerExitOf(node, exit ?? stop, active);
        const body: string[] = [];
        if (inner) {
          const nested = { name: loopName(loops++), used: false };
          const again = block(node, inner, new Map([...active, [node, nested]]), node);
          body.push(
            `rec ${nested.name} {`,
            ...again.map(indented),
            '}',
            ...block(inner, exit ?? stop, new Map([...active, [node, own]])),
          );
        } else body.push(...block(node, exit ?? stop, new Map([...active, [node, own]]), node));
        if (own.used) lines.push(`rec ${own.name} {`, ...body.map(indented), '}');
        else {
          loops--;
          lines.push(...body);
        }
        if (!exit) return lines;
        node = exit;
        continue;
      }
      entered = undefined;
      if (count > mostLines)
        throw new Unextractable(
          `The choreography would have more than ${mostLines} lines: its branches have too little in common.`,
          place,
          'style',
        );
      const { step, next }: Node = node;
      if (step.form === 'line') {
        lines.push(...written(step));
        node = next[0];
        continue;
      }
      count++;
      const join = after.get(node);
      const joined = style !== 'expanded' && join && join !== stop && separable(node, join, active) ? join : undefined;
      const end = joined ?? stop;
      // The message that tells of the decision stands before a loop that starts with it.
      const bodies = next.map((branch) => {
        const [onward] = branch.next;
        if (
          style === manner ||
          branch === end ||
          active.has(branch) ||
          !heads.has(branch) ||
          branch.step?.form !== 'line' ||
          !onward
        )
          return block(branch, end, active);
        return [...written(branch.step), ...block(onward, end, active)];
      });
      const shared = manner === 'joined' && !joined ? commonEnd(bodies, step.form !== 'choice') : [];
      lines.push(
        ...decision(
          step.form,
          step.text,
          step.heads,
          bodies.map((body) => body.slice(0, body.length - shared.length)),
        ),
        ...shared,
      );
      if (!joined) return lines;
      node = joined;
    }
    return lines;
  };
  return block(root, undefined, new Map());
}

/**
 * The statements that all branches end with, as lines; a branch may be left without any only where that says nothing
 * less.
 */
function commonEnd(bodies: readonly (readonly string[])[], mayBeEmpty: boolean): readonly string[] {
  const [first = [], ...others] = bodies;
  let shared: readonly string[] = [];
  for (let start = first.length - 1; start >= 0; start--) {
    const end = first.slice(start);
    if (
      !others.every(
        (body) => body.length >= end.length && end.every((line, i) => line === body[body.length - end.length + i]),
      )
    )
      break;
    if (!mayBeEmpty && bodies.some((body) => body.length === end.length)) break;
    // A statement starts here, and is not within another.
    if (/^[^\s}]/.test(first[start] ?? '') && !/^case |^else \{/.test(first[start] ?? '')) shared = end;
  }
  return shared;
}

/** A decision with its branches, as lines. */
export function decision(
  form: 'if' | 'match' | 'choice',
  text: string,
  heads: readonly string[],
  bodies: readonly (readonly string[])[],
): string[] {
  if (form === 'match') {
    return [
      `${text} {`,
      ...bodies.flatMap((body, i) => [`${heads[i] ?? ''} {`, ...body.map(indented), '}']).map(indented),
      '}',
    ];
  }
  const [first = [], ...others] = bodies;
  const lines = [`${text} {`, ...first.map(indented)];
  others.forEach((body, i) => {
    if (form === 'if' && body.length === 0) return;
    lines.push(`} ${heads[i + 1] ?? ''} {`, ...body.map(indented));
  });
  return [...lines, '}'];
}

/**
 * The lines of a statement that leads on in one way.
 * @param style in which the branches of what goes on at the same time are written, in `around` loops
 */
export function linesOf(
  { text, together }: Pick<Step, 'text' | 'together'>,
  style: Style,
  place: TextRange,
  around: number,
): readonly string[] {
  if (!together) return text.split('\n');
  const bodies = together.map((node) => write(node, style, place, around)).filter((body) => body.length > 0);
  const [first, ...others] = bodies;
  if (!first || others.length === 0) return first ?? [];
  return ['par {', ...first.map(indented), ...others.flatMap((body) => ['} and {', ...body.map(indented)]), '}'];
}

export function indented(line: string): string {
  return `  ${line}`;
}

function loopName(index: number): string {
  const letter = 'XYZ'[index % 3] ?? 'X';
  return index < 3 ? letter : `${letter}${Math.floor(index / 3)}`;
}

/** Whether one node leads to another without going round a loop that is written around both. */
function reaches(from: Node, to: Node, around: ReadonlyMap<Node, unknown>): boolean {
  const seen = new Set<Node>([from]);
  for (const node of seen) if (!around.has(node)) for (const next of node.next) seen.add(next);
  return seen.has(to);
}

/** Depth first: the nodes in postorder, and those that a cycle comes back to. */
export function walk(root: Node): { heads: ReadonlySet<Node>; order: readonly Node[] } {
  const heads = new Set<Node>();
  const order: Node[] = [];
  const open = new Set<Node>([root]);
  const seen = new Set<Node>([root]);
  const stack = [{ node: root, index: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.node.next[top.index++];
    if (!next) {
      open.delete(top.node);
      order.push(top.node);
      stack.pop();
    } else if (open.has(next)) heads.add(next);
    else if (!seen.has(next)) {
      seen.add(next);
      open.add(next);
      stack.push({ node: next, index: 0 });
    }
  }
  return { heads, order };
}

/** The decisions that lead back to themselves, and the heads of loops without any. */
function decidingHeads(nodes: readonly Node[], heads: ReadonlySet<Node>): ReadonlySet<Node> {
  const found = new Set(
    nodes.filter(
      (node) => node.next.length > 1 && node.next.some((next) => next === node || reaches(next, node, new Map())),
    ),
  );
  const around = new Map([...found].map((node) => [node, undefined]));
  for (const head of heads)
    if (
      head.next.length === 1 &&
      head.next.some((next) => next === head || (!found.has(next) && reaches(next, head, around)))
    )
      found.add(head);
  return found;
}

function reachesEnd(nodes: readonly Node[]): ReadonlySet<Node> {
  const previous = previousOf(nodes);
  const good = new Set(nodes.filter((node) => !node.step));
  for (const node of good) for (const before of previous.get(node) ?? []) good.add(before);
  return good;
}

function previousOf(nodes: readonly Node[]): Map<Node, Node[]> {
  const previous = new Map<Node, Node[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) for (const next of node.next) previous.get(next)?.push(node);
  return previous;
}

/** The next node that every way to the end passes (Cooper, Harvey and Kennedy, on the graph turned round). */
function joins(nodes: readonly Node[]): ReadonlyMap<Node, Node> {
  const end = nodes.find((node) => !node.step);
  const result = new Map<Node, Node>();
  if (!end) return result;
  const previous = previousOf(nodes);
  const rank = new Map<Node, number>();
  const order: Node[] = [];
  const seen = new Set<Node>([end]);
  const stack = [{ node: end, index: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const before = previous.get(top.node)?.[top.index++];
    if (!before) {
      rank.set(top.node, order.length);
      order.push(top.node);
      stack.pop();
    } else if (!seen.has(before)) {
      seen.add(before);
      stack.push({ node: before, index: 0 });
    }
  }
  order.reverse();
  const of = (node: Node): number => rank.get(node) ?? -1;
  result.set(end, end);
  for (let changed = true; changed;) {
    changed = false;
    for (const node of order) {
      if (node === end) continue;
      let join: Node | undefined;
      for (const next of node.next) {
        if (!result.has(next)) continue;
        let a: Node = next;
        let b: Node = join ?? next;
        while (a !== b) {
          if (of(a) < of(b)) a = result.get(a) ?? end;
          else b = result.get(b) ?? end;
        }
        join = a;
      }
      if (join && result.get(node) !== join) {
        result.set(node, join);
        changed = true;
      }
    }
  }
  result.delete(end);
  return result;
}

// What one role does, while it is being projected: linked lists that share their ends, so that a continuation can be
// taken into many branches without a copy, and that are compared in constant time, origins left aside.
import type { Expr, Name, TextRange, Pattern, TypeExpr } from '../ir/expression.js';
import type { Hole, LocalAssignment, LocalCall, LocalEffect, LocalGather, Send } from '../ir/process.js';
import type { MemberRange, Picked } from '../ir/choreography.js';
import { staticKey } from '../ir/static.js';
import { printMany, printRole, printExpr, printPattern, printQuorum, printTarget, printType } from '../syntax/print.js';
import type { RoleRef } from '../ir/role.js';
import type { Target } from '../ir/target.js';

/** A list of actions; undefined is the empty one. */
export type List = Cell | undefined;

export interface Cell {
  readonly node: Node;
  readonly rest: List;
  readonly length: number;
  /** The lines that it takes to print it, shared parts counted as often as they would be printed. */
  readonly size: number;
  /** Whether its end can be reached: false where every way through ends in `continue`. */
  readonly falls: boolean;
  /** Whether there is something in it that numbers of members decide: a loop over them, a `when`. */
  readonly counts: boolean;
  /** See `idOf`: the number, and in which table it is that; 0 until it is asked for. */
  id: number;
  table?: object;
}

/** A loop. What is printed of it is a name that no loop around has (emit.ts). */
export interface Loop {
  /** What it is to be called: by the source, or `Loop`. */
  readonly name: Name;
  /**
   * Whether it is one of the source's loops, or was found on an automaton (restructure.ts); and what tells it from
   * others of that name.
   */
  readonly from: 'source' | 'automaton';
  readonly number: number;
}

/** Goes round a loop again. */
export interface Again {
  readonly kind: 'continue';
  readonly loop: Loop;
  readonly origins: readonly TextRange[];
}

export type LeafAction = Send | LocalGather | LocalAssignment | LocalEffect | LocalCall | Again | Hole;

export interface Leaf {
  readonly kind: 'leaf';
  readonly action: LeafAction;
}

/** One branch without a body is a plain `receive`. */
export interface ReceiveNode {
  readonly kind: 'receive';
  readonly arms: readonly Arm[];
  readonly origins: readonly TextRange[];
}

export interface Arm {
  readonly sender: RoleRef;
  readonly label?: Name;
  /** The number in the label is that of the member that was picked: the body may name it. */
  readonly pick?: Picked;
  readonly into?: Target;
  readonly types: readonly TypeExpr[];
  /** Whether the message brings a value. */
  readonly carries: boolean;
  readonly body: List;
  readonly origins: readonly TextRange[];
}

/**
 * A decision of the role's own; `when`, by what all know without being told; `pick`, with one body for whichever member
 * was picked.
 */
export interface Fork {
  readonly kind: 'fork';
  readonly form: 'if' | 'match' | 'choice' | 'when' | 'pick';
  readonly pick?: Picked;
  readonly value?: Expr;
  /** Of `match` only, one a branch; undefined for `else`. */
  readonly patterns: readonly (Pattern | undefined)[];
  readonly bodies: readonly List[];
  readonly origins: readonly TextRange[];
}

export interface WhileNode {
  readonly kind: 'while';
  readonly condition: Expr;
  readonly body: List;
  readonly origins: readonly TextRange[];
}

export interface RecNode {
  readonly kind: 'rec';
  readonly loop: Loop;
  readonly body: List;
  readonly origins: readonly TextRange[];
}

/** Threads of the role. */
export interface ParNode {
  readonly kind: 'par';
  readonly bodies: readonly List[];
  readonly origins: readonly TextRange[];
}

/** One step. */
export interface AtNode {
  readonly kind: 'at';
  readonly body: List;
  readonly origins: readonly TextRange[];
}

/** Once for each member that is gone through, one after the other or at the same time. */
export interface ForNode {
  readonly kind: 'for';
  readonly parallel?: boolean;
  readonly index: Name;
  readonly range: MemberRange;
  readonly body: List;
  readonly origins: readonly TextRange[];
}

export type Node = Leaf | ReceiveNode | Fork | WhileNode | RecNode | ForNode | ParNode | AtNode;

export function sameLoop(left: Loop, right: Loop): boolean {
  return left.number === right.number && left.from === right.from && left.name.text === right.name.text;
}

/** Stands for a loop, where it is to be looked up. */
export function loopKey({ name, from, number }: Loop): string {
  return `${name.text} ${from} ${number}`;
}

/** Whether all that a behaviour does is to go round a loop again. */
export function isJump(list: List, loop: Loop): boolean {
  return (
    list?.length === 1 &&
    list.node.kind === 'leaf' &&
    list.node.action.kind === 'continue' &&
    sameLoop(list.node.action.loop, loop)
  );
}

export function falls(list: List): boolean {
  return list === undefined || list.falls;
}

/** Whether there is something in a behaviour that numbers of members decide. */
function counts(list: List): boolean {
  return list?.counts === true;
}

export function sizeOf(list: List): number {
  return list?.size ?? 0;
}

export function lengthOf(list: List): number {
  return list?.length ?? 0;
}

/** The lists directly inside a node. */
export function bodiesOf(node: Node): readonly List[] {
  switch (node.kind) {
    case 'leaf':
      return [];
    case 'receive':
      return node.arms.map((arm) => arm.body);
    case 'fork':
    case 'par':
      return node.bodies;
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
      return [node.body];
  }
}

/** The node with other lists inside, in the order of `bodiesOf`. */
export function withBodies(node: Node, bodies: readonly List[]): Node {
  switch (node.kind) {
    case 'leaf':
      return node;
    case 'receive':
      return { ...node, arms: node.arms.map((arm, i) => ({ ...arm, body: bodies[i] })) };
    case 'fork':
    case 'par':
      return { ...node, bodies };
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
      return { ...node, body: bodies[0] };
  }
}

function nodeFalls(node: Node): boolean {
  switch (node.kind) {
    case 'leaf':
      return node.action.kind !== 'continue';
    case 'while':
    case 'for':
    case 'at':
      return true;
    case 'par':
      return node.bodies.every(falls);
    case 'receive':
      return node.arms.some((arm) => falls(arm.body));
    case 'fork':
      return node.bodies.some(falls);
    case 'rec':
      return falls(node.body);
  }
}

function nodeCounts(node: Node): boolean {
  switch (node.kind) {
    case 'leaf':
      return false;
    case 'for':
      return true;
    case 'while':
    case 'rec':
    case 'at':
      return counts(node.body);
    case 'par':
      return node.bodies.some(counts);
    case 'receive':
      return node.arms.some((arm) => counts(arm.body));
    case 'fork':
      return node.form === 'when' || node.bodies.some(counts);
  }
}

/** The lines that a node takes, its braces included. */
function linesOf(node: Node): number {
  const block = (body: List): number => (body ? 2 + body.size : 1);
  switch (node.kind) {
    case 'leaf':
      return 1;
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
      return block(node.body);
    case 'par':
      return node.bodies.reduce((sum, body) => sum + block(body), 1 - node.bodies.length);
    case 'receive':
      return node.arms.length === 1 && !node.arms[0]?.body
        ? 1
        : node.arms.reduce((sum, arm) => sum + block(arm.body), 2);
    case 'fork':
      return node.bodies.reduce((sum, body) => sum + block(body), node.form === 'match' ? 2 : 1 - node.bodies.length);
  }
}

/** A node before a list. What stands after a node that never ends is left out. */
export function cons(node: Node, rest: List): Cell {
  const goesOn = nodeFalls(node);
  const after = goesOn ? rest : undefined;
  return {
    node,
    rest: after,
    length: 1 + lengthOf(after),
    size: linesOf(node) + sizeOf(after),
    falls: goesOn && falls(after),
    counts: nodeCounts(node) || counts(after),
    id: 0,
    table: undefined,
  };
}

/** The nodes before a list. Cost: linear in `nodes`. */
export function prepend(nodes: readonly Node[], rest: List): List {
  return nodes.reduceRight<List>((list, node) => cons(node, list), rest);
}

/** The nodes of a list. */
export function nodesOf(list: List): Node[] {
  const nodes: Node[] = [];
  for (let cell = list; cell; cell = cell.rest) nodes.push(cell.node);
  return nodes;
}

/** Whether some ways through a node end in `continue` and others don't: nothing may stand after it. */
function isMixed(node: Node): boolean {
  if (node.kind === 'rec') return nodeFalls(node) && jumpsOut(node.body, [node.loop]);
  return (
    (node.kind === 'receive' || node.kind === 'fork') &&
    nodeFalls(node) &&
    bodiesOf(node).some((body) => !isPlain(body))
  );
}

/** Whether some `continue` in a list goes to another loop than these, or those in the list. */
function jumpsOut(list: List, loops: readonly Loop[]): boolean {
  return nodesOf(list).some((node) => {
    if (node.kind === 'leaf') {
      const { action } = node;
      return action.kind === 'continue' && !loops.some((loop) => sameLoop(loop, action.loop));
    }
    const inside = node.kind === 'rec' ? [...loops, node.loop] : loops;
    return bodiesOf(node).some((body) => jumpsOut(body, inside));
  });
}

/** Whether no way through the list ends in `continue` to a loop around it. */
function isPlain(list: List): boolean {
  if (!falls(list)) return false;
  const last = lastOf(list);
  return !last || !isMixed(last);
}

function lastOf(list: List): Node | undefined {
  let cell = list;
  while (cell?.rest) cell = cell.rest;
  return cell?.node;
}

/**
 * A list and then another. `second` is shared, not copied; where the first ends in a node that only some ways leave, it
 * goes into those, so that `continue` stays last. Cost: linear in `first`.
 */
export function append(first: List, second: List): List {
  if (!second || !falls(first)) return first;
  if (!first) return second;
  const nodes = nodesOf(first);
  const last = nodes.at(-1);
  if (last && isMixed(last)) {
    nodes.pop();
    return prepend(
      nodes,
      cons(
        withBodies(
          last,
          bodiesOf(last).map((body) => append(body, second)),
        ),
        undefined,
      ),
    );
  }
  return prepend(nodes, second);
}

/** The first `count` nodes of a list. */
export function take(list: List, count: number): List {
  const nodes: Node[] = [];
  for (let cell = list; cell && nodes.length < count; cell = cell.rest) nodes.push(cell.node);
  return prepend(nodes, undefined);
}

/** The list without its first `count` nodes. */
export function drop(list: List, count: number): List {
  let cell = list;
  for (let i = 0; i < count && cell; i++) cell = cell.rest;
  return cell;
}

/** Gives equal lists equal numbers: hash consing. One table a projection; lists may outlive it. */
export class Table {
  private readonly own = {};
  private readonly ids = new Map<string, number>();

  /** A number that two lists share exactly if they are equal but for origins. Cost: linear once, then constant. */
  idOf(list: List): number {
    const cells: Cell[] = [];
    let cell = list;
    for (; cell && cell.table !== this.own; cell = cell.rest) cells.push(cell);
    let id = cell?.id ?? 0;
    for (let i = cells.length - 1; i >= 0; i--) {
      const current = cells[i] as Cell;
      id = current.id = this.intern(`${this.keyOf(current.node)}\n${id}`);
      current.table = this.own;
    }
    return id;
  }

  equal(left: List, right: List): boolean {
    return (
      left === right ||
      (lengthOf(left) === lengthOf(right) && sizeOf(left) === sizeOf(right) && this.idOf(left) === this.idOf(right))
    );
  }

  /** The longest end that all lists share, taken from the first. Cost: linear in the unshared parts. */
  commonEnd(lists: readonly List[]): List {
    let end = lists[0];
    for (const list of lists.slice(1)) {
      let other = list;
      end = drop(end, lengthOf(end) - lengthOf(other));
      other = drop(other, lengthOf(other) - lengthOf(end));
      while (end && end !== other && (end.size !== other?.size || this.idOf(end) !== this.idOf(other))) {
        end = end.rest;
        other = other?.rest;
      }
      if (!end) return undefined;
    }
    return end;
  }

  private intern(key: string): number {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.ids.size + 1;
    this.ids.set(key, id);
    return id;
  }

  keyOf(node: Node): string {
    switch (node.kind) {
      case 'leaf':
        return leafKey(node.action);
      case 'receive':
        return `receive ${node.arms.map((arm) => `${armKey(arm)}${this.idOf(arm.body)}`).join(';')}`;
      case 'fork':
        return `${forkKey(node)} ${node.bodies.map((body) => this.idOf(body)).join(';')}`;
      case 'while':
        return `while ${printExpr(node.condition)} ${this.idOf(node.body)}`;
      case 'par':
        return `par ${node.bodies.map((body) => this.idOf(body)).join(';')}`;
      case 'at':
        return `at ${this.idOf(node.body)}`;
      case 'for':
        return `${node.parallel === true ? 'par' : 'for'} ${node.index.text} in ${rangeKey(node.range)} ${this.idOf(node.body)}`;
      case 'rec':
        return `rec ${loopKey(node.loop)} ${this.idOf(node.body)}`;
    }
  }
}

/** What two ranges share if they are the same. */
export function rangeKey(range: MemberRange): string {
  return range.kind === 'members' ? range.of.key : `${staticKey(range.from)} until ${staticKey(range.until)}`;
}

/** What two leaves share if they are equal but for origins. */
export function leafKey(action: LeafAction): string {
  switch (action.kind) {
    case 'send': {
      const label = action.label ? `${nameKey(action.label.name)}(${action.label.types.map(printType).join()})` : '';
      return `send ${action.value ? printExpr(action.value) : ''} to ${action.receiver.key}:${label}`;
    }
    case 'gather':
      return `gather ${action.variable?.text ?? ''}${action.types.map(printType).join()} from ${action.senders.map(({ key }) => key).join()} ${action.quorum ? printQuorum(action.quorum) : ''}:${nameKey(action.label)}`;
    case 'assignment':
      return `set ${printTarget(action.into)} = ${printExpr(action.value)}`;
    case 'effect':
      return `do ${printExpr(action.value)}`;
    case 'call': {
      const args = action.args
        .map((arg) => `${printRole(arg.role)}(${arg.inputs.map((input) => printExpr(input)).join()})`)
        .join();
      return `call ${action.into ? printTarget(action.into) : ''} = ${action.callee.text}(${args};${(action.values ?? []).map((value) => printExpr(value)).join()})`;
    }
    case 'continue':
      return `continue ${loopKey(action.loop)}`;
    case 'hole':
      return 'hole';
  }
}

/** What two labels share if they are the same. */
function nameKey(label: Name | undefined): string {
  return `${label?.text ?? ''}${label?.rounds ? `[${label.rounds.map(staticKey).join()}]` : ''}`;
}

/** What the label and payload of two branches of a receive share if they are the same. */
/** By what a role tells a message from others: its sender and its label. */
export function messageKey({ sender, label, pick }: Pick<Arm, 'sender' | 'label' | 'pick'>): string {
  // Whichever member was picked, and whatever its number is called.
  const name =
    label && pick
      ? `${label.text}[${pick.many ? '**' : '*'}${(label.rounds ?? [])
          .slice(1)
          .map((each) => `,${staticKey(each)}`)
          .join('')}]`
      : nameKey(label);
  return `${sender.key} ${name}`;
}

export function armKey(arm: Arm): string {
  return `${messageKey(arm)}:${payloadKey(arm)}`;
}

export function payloadKey({ carries, into, types, pick }: Arm): string {
  return `${carries ? '!' : ''}${into ? printTarget(into) : ''}(${types.map(printType).join()})${pick ? pickKey(pick) : ''}`;
}

/** What two picks share if they are of the same members, by the same name. */
function pickKey(pick: Picked): string {
  return ` ${printMany(pick)}${pick.index.text} in ${pick.of.key}`;
}

/** What two decisions share that branch on the same. */
export function forkKey(fork: Fork): string {
  const patterns = fork.patterns.map((pattern) => (pattern ? printPattern(pattern) : 'else')).join('|');
  return `${fork.form}${fork.pick ? pickKey(fork.pick) : ''} ${fork.value ? printExpr(fork.value) : ''} ${patterns} ${fork.bodies.length}`;
}

/**
 * The list with what goes round one loop going round another; loops inside that are the same as the one keep theirs.
 */
export function otherLoop(list: List, from: Loop, to: Loop): List {
  if (!list) return list;
  return prepend(
    nodesOf(list).map((node): Node => {
      if (node.kind === 'leaf') {
        return node.action.kind === 'continue' && sameLoop(node.action.loop, from)
          ? { ...node, action: { ...node.action, loop: to } }
          : node;
      }
      if (node.kind === 'rec' && sameLoop(node.loop, from)) return node;
      return withBodies(
        node,
        bodiesOf(node).map((body) => otherLoop(body, from, to)),
      );
    }),
    undefined,
  );
}

/** Whether a list goes round a loop around it. */
export function continues(list: List, loop: Loop): boolean {
  for (let cell = list; cell; cell = cell.rest) {
    const { node } = cell;
    if (node.kind === 'leaf') {
      if (node.action.kind === 'continue' && sameLoop(node.action.loop, loop)) return true;
    } else if (
      !(node.kind === 'rec' && sameLoop(node.loop, loop)) &&
      bodiesOf(node).some((body) => continues(body, loop))
    )
      return true;
  }
  return false;
}

/** The origins of both, without doubles. */
export function bothOrigins(left: readonly TextRange[], right: readonly TextRange[]): readonly TextRange[] {
  if (left === right) return left;
  const more = right.filter((o) => !left.some((l) => l.start === o.start && l.end === o.end));
  return more.length === 0 ? left : [...left, ...more];
}

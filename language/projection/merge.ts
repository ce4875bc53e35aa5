// Merging: what a role does that does not know which of two ways was taken, as far as it can find out by what it
// receives. The full merge of the literature (Carbone, Honda, Yoshida; Cruz-Filipe, Montesi), which also takes into the
// branches what follows them, where they alone don't merge.
import { negation } from '../families/specialise.js';
import type { Expr, Name } from '../ir/expression.js';
import {
  append,
  armKey,
  bodiesOf,
  bothOrigins,
  cons,
  continues,
  forkKey,
  isJump,
  leafKey,
  lengthOf,
  loopKey,
  messageKey,
  nodesOf,
  otherLoop,
  payloadKey,
  prepend,
  rangeKey,
  sameLoop,
  sizeOf,
  take,
  withBodies,
} from './behaviour.js';
import type { Arm, Cell, Leaf, List, Loop, Node, ReceiveNode, Table } from './behaviour.js';
import type { RoleRef } from '../ir/role.js';
import type { Target } from '../ir/target.js';
import { distinctRoles, sameRole } from '../ir/role.js';
import { mentions, substituted } from './settle.js';
import { printMany } from '../syntax/print.js';
import { fewLines, mostMergeSteps } from './limits.js';

export interface Overtaking {
  readonly first: Arm;
  readonly other: Arm;
}

/** Where two behaviours part; undefined is the end. */
export interface MergeConflict {
  readonly left: Node | undefined;
  readonly right: Node | undefined;
  /**
   * `payload`: the same message, but with another payload or variable. `size`: it would become too large to write out.
   */
  readonly reason: 'different' | 'payload' | 'size';
  /** The message received last before, the same on both sides. */
  readonly after?: { readonly label?: Name; readonly into?: Target; readonly sender: RoleRef };
  /** A message that may come before one that the role should get first: its sender can't know that it got that. */
  readonly overtaking?: Overtaking;
  /** A call that could not be gone into, and what was in the way. */
  readonly obstacle?: { readonly callee: string; readonly reason: string };
}

/**
 * `rests`: the behaviours are all that is left for a role that may wait for ever; where one ends and the other waits
 * for a message, it waits. `senders`: it may wait for whoever of several sends.
 */
export interface Allowed {
  readonly rests: boolean;
  readonly senders: boolean;
  /**
   * The loop at whose head the behaviours stand: where one of them only goes round again, and the other waits for a
   * message, it is as the other.
   */
  readonly again?: Loop;
}

const nothingMore: Allowed = { rests: false, senders: false };

export type Merged =
  { readonly ok: true; readonly list: List } | { readonly ok: false; readonly conflict: MergeConflict };

/** What is known of sizes and numbers of members at a place. */
export interface Numbers {
  /** Stands for all that is known. */
  context(): string;
  /** A behaviour where a condition holds as well. */
  assume(list: List, condition: Expr): List;
  /** Does something in a body of a node, where more may be known. */
  inside<T>(node: Node, body: number, make: () => T): T;
  /** Does something where a condition holds as well; undefined where it never does. */
  under<T>(condition: Expr, make: () => T): T | undefined;
}

/** The heads of two behaviours, merged. */
type Headed = { readonly ok: true; readonly node: Node } | Extract<Merged, { ok: false }>;

export class Merging {
  private readonly known = new Map<string, Merged>();
  private steps = 0;

  /**
   * @param maximumSize how many lines a behaviour may have: beyond, code of a size that nobody reads would come out
   * @param numbers what is known of numbers of members where something is merged
   * @param both whether the role may wait for either of two messages of different senders
   */
  constructor(
    private readonly table: Table,
    private readonly maximumSize: () => number,
    private readonly numbers: Numbers = {
      context: () => '',
      assume: (list) => list,
      inside: (_, __, make) => make(),
      under: (_, make) => make(),
    },
    private readonly both: (one: Arm, two: Arm) => boolean = () => false,
  ) {}

  /**
   * Merges two behaviours.
   * @param allowed what may be done besides the full merge
   * @returns the behaviour that does either, depending on what it receives; or where they part.
   * Cost: linear in the parts that are not shared, for behaviours that differ in few places; bounded in any case
   */
  merge(left: List, right: List, allowed: Allowed = nothingMore): Merged {
    this.steps = 0;
    const merged = this.lists(left, right, allowed);
    if (merged.ok && !this.fits(merged.list)) return conflict(left?.node, right?.node, 'size');
    return merged;
  }

  /** Whether a behaviour is small enough to be written out. */
  fits(list: List): boolean {
    return sizeOf(list) <= fewLines || sizeOf(list) <= this.maximumSize();
  }

  private lists(left: List, right: List, allowed: Allowed): Merged {
    if (left === right) return { ok: true, list: left };
    if (allowed.again && isJump(left, allowed.again) && waitsFirst(right, allowed.again))
      return { ok: true, list: right };
    if (allowed.again && isJump(right, allowed.again) && waitsFirst(left, allowed.again))
      return { ok: true, list: left };
    if (!left || !right) return this.numbered(left, right, allowed) ?? this.oneEnded(left, right, allowed);
    // Small ones are merged again sooner than they are looked up.
    if (left.size + right.size < 24) return this.walk(left, right, allowed);
    const key = `${allowed.rests ? 'rests ' : ''}${allowed.senders ? 'senders ' : ''}${allowed.again ? `again ${loopKey(allowed.again)} ` : ''}${this.table.idOf(left)} ${this.table.idOf(right)}${this.numbers.context()}`;
    const known = this.known.get(key);
    if (known) return known;
    const merged = this.walk(left, right, allowed);
    this.known.set(key, merged);
    return merged;
  }

  private oneEnded(left: List, right: List, allowed: Allowed): Merged {
    if (allowed.rests && waits(left ?? right)) return { ok: true, list: left ?? right };
    const hole = isHole(left?.node) ? left : isHole(right?.node) ? right : undefined;
    return hole ? { ok: true, list: hole } : conflict(left?.node, right?.node, 'different');
  }

  private walk(left: List, right: List, allowed: Allowed): Merged {
    const done: Node[] = [];
    let after: MergeConflict['after'];
    const finish = (merged: Merged): Merged => {
      if (merged.ok) return { ok: true, list: prepend(done, merged.list) };
      return merged.conflict.after || !after ? merged : { ok: false, conflict: { ...merged.conflict, after } };
    };
    for (let at = allowed; ; at = behind(at)) {
      if (++this.steps > mostMergeSteps) return finish(conflict(left?.node, right?.node, 'size'));
      if (left === right) return finish({ ok: true, list: left });
      if (!left || !right) return finish(this.numbered(left, right, at) ?? this.oneEnded(left, right, at));
      if (isHole(left.node)) return finish({ ok: true, list: left });
      if (isHole(right.node)) return finish({ ok: true, list: right });
      // What depends on numbers is the same on both sides, or looked at for each way, with what follows it.
      if (isNumbered(left.node) || isNumbered(right.node)) {
        const numbered = this.table.equal(take(left, 1), take(right, 1)) ? undefined : this.numbered(left, right, at);
        if (numbered) return finish(numbered);
      }
      const simple = this.simple(left.node, right.node);
      if (simple?.kind === 'receive') [after] = simple.arms;
      // First what follows stays behind the heads; where that does not do, it is taken into their branches.
      const straight: Headed = simple
        ? { ok: true, node: simple }
        : this.straight(left, right, left.rest || right.rest ? { ...behind(at), rests: false } : behind(at));
      if (!straight.ok) {
        const taken = this.heads(takeIn(left), takeIn(right), behind(at));
        return finish(taken.ok ? { ok: true, list: this.factor(taken.node) } : taken);
      }
      done.push(straight.node);
      left = left.rest;
      right = right.rest;
    }
  }

  /** Where one of them depends on the number of a member: merged for each way. Undefined where neither does. */
  private numbered(left: List, right: List, allowed: Allowed): Merged | undefined {
    const first = isNumbered(left?.node);
    const [own, other] = first ? [left, right] : [right, left];
    if (!own || !isNumbered(own.node) || own.node.kind !== 'fork' || !own.node.value) return undefined;
    const { node, rest } = own;
    const bodies: List[] = [];
    for (const [i, condition] of [own.node.value, negation(own.node.value)].entries()) {
      const merged = this.numbers.under(condition, () => {
        const [there, beside] = [
          append(node.bodies[i], this.numbers.assume(rest, condition)),
          this.numbers.assume(other, condition),
        ];
        return first ? this.lists(there, beside, allowed) : this.lists(beside, there, allowed);
      });
      if (merged?.ok === false) return merged;
      if (merged) bodies.push(merged.list);
    }
    return { ok: true, list: bodies.length < 2 ? bodies[0] : this.factor({ ...node, bodies }) };
  }

  /** Equal steps, and receives of the same single message. */
  private simple(left: Node, right: Node): Node | undefined {
    if (left.kind === 'leaf' && right.kind === 'leaf') {
      return leafKey(left.action) === leafKey(right.action) ? sameLeaf(left, right) : undefined;
    }
    if (left.kind !== 'receive' || right.kind !== 'receive') return undefined;
    const [one, two] = [left.arms[0], right.arms[0]];
    // What stands behind a label with a number may name it.
    if (
      one?.pick ||
      two?.pick ||
      !one ||
      !two ||
      left.arms.length > 1 ||
      right.arms.length > 1 ||
      armKey(one) !== armKey(two)
    )
      return undefined;
    return {
      ...left,
      arms: [{ ...one, origins: bothOrigins(one.origins, two.origins) }],
      origins: bothOrigins(left.origins, right.origins),
    };
  }

  /**
   * Heads with branches, merged without what follows: only where that is the same, or to be merged, whatever is
   * received.
   */
  private straight(left: Cell, right: Cell, allowed: Allowed): Headed {
    const [one, two] = [left.node, right.node];
    if (
      one.kind === 'receive' &&
      two.kind === 'receive' &&
      !sameLabels(one, two) &&
      !this.table.equal(left.rest, right.rest)
    )
      return conflict(one, two, 'different');
    return this.heads(one, two, allowed);
  }

  private heads(left: Node, right: Node, allowed: Allowed): Headed {
    if (
      left.kind === 'receive' &&
      right.kind === 'receive' &&
      (sameSenders(left, right) || (allowed.senders && this.all(left, right)))
    )
      return this.receives(left, right, allowed);
    const origins = 'origins' in left && 'origins' in right ? bothOrigins(left.origins, right.origins) : [];
    if (left.kind === 'rec' && right.kind === 'rec') {
      const { loop } = left;
      const same = sameLoop(left.loop, right.loop);
      if (!same && continues(right.body, loop)) return conflict(left, right, 'different');
      const body = this.lists(left.body, same ? right.body : otherLoop(right.body, right.loop, loop), allowed);
      return body.ok ? { ok: true, node: { ...left, body: body.list, origins } } : body;
    }
    const same =
      (left.kind === 'fork' && right.kind === 'fork' && forkKey(left) === forkKey(right)) ||
      (left.kind === 'par' && right.kind === 'par' && left.bodies.length === right.bodies.length) ||
      (left.kind === 'at' && right.kind === 'at') ||
      (left.kind === 'for' &&
        right.kind === 'for' &&
        left.parallel === right.parallel &&
        left.index.text === right.index.text &&
        rangeKey(left.range) === rangeKey(right.range)) ||
      (left.kind === 'while' &&
        right.kind === 'while' &&
        this.table.keyOf({ ...left, body: undefined }) === this.table.keyOf({ ...right, body: undefined }));
    if (!same) return conflict(left, right, 'different');
    const others = bodiesOf(right);
    const bodies: List[] = [];
    for (const [i, body] of bodiesOf(left).entries()) {
      // What a round ends with, another follows.
      const merged = this.numbers.inside(left, i, () =>
        this.lists(body, others[i], left.kind === 'fork' ? allowed : { ...allowed, rests: false }),
      );
      if (!merged.ok) return merged;
      bodies.push(merged.list);
    }
    return { ok: true, node: { ...withBodies(left, bodies), origins } as Node };
  }

  /** Whether the role may wait for all messages of both, whoever sends first. */
  private all(left: ReceiveNode, right: ReceiveNode): boolean {
    return left.arms.every((one) => right.arms.every((two) => sameRole(one.sender, two.sender) || this.both(one, two)));
  }

  private receives(left: ReceiveNode, right: ReceiveNode, allowed: Allowed): Headed {
    const arms: Arm[] = [];
    for (const [i, arm] of left.arms.entries()) {
      const found = right.arms.find((candidate) => messageKey(candidate) === messageKey(arm));
      const other = found && withIndexOf(arm, found);
      if (!other) {
        arms.push(arm);
        continue;
      }
      if (payloadKey(arm) !== payloadKey(other))
        return conflict({ ...left, arms: [arm] }, { ...right, arms: [other] }, 'payload');
      const body = this.numbers.inside(left, i, () => this.lists(arm.body, other.body, allowed));
      if (!body.ok) return { ok: false, conflict: { ...body.conflict, after: body.conflict.after ?? arm } };
      arms.push({ ...arm, body: body.list, origins: bothOrigins(arm.origins, other.origins) });
    }
    arms.push(...right.arms.filter((arm) => !left.arms.some((other) => messageKey(other) === messageKey(arm))));
    return { ok: true, node: { ...left, arms, origins: bothOrigins(left.origins, right.origins) } };
  }

  /** The node with the end that all of its branches share behind it again. */
  factor(node: Node): List {
    if (node.kind !== 'receive' && node.kind !== 'fork') return cons(node, undefined);
    const bodies = bodiesOf(node);
    const end = beyond(node, this.table.commonEnd(bodies));
    if (!end) return cons(node, undefined);
    return cons(
      withBodies(
        node,
        bodies.map((body) => take(body, lengthOf(body) - lengthOf(end))),
      ),
      end,
    );
  }

  /**
   * A loop with what all ways out of it share behind it instead of inside. Two lists: what is left of the body, and the
   * end.
   */
  factorLoop(body: List, loop: Loop): { body: List; end: List } {
    const exits: List[] = [];
    collectExits(body, loop, exits);
    const end = exits.length > 0 ? this.table.commonEnd(exits) : undefined;
    return end ? { body: cutExits(body, loop, lengthOf(end)), end } : { body, end: undefined };
  }
}

/** A branch with the number of the member that was picked under the name that it has in another one. */
function withIndexOf({ pick }: Arm, other: Arm): Arm {
  if (
    !pick ||
    !other.pick ||
    other.pick.index.text === pick.index.text ||
    other.pick.of.key !== pick.of.key ||
    printMany(other.pick) !== printMany(pick)
  )
    return other;
  const { index } = pick;
  const name: Expr = { kind: 'name', name: index, origin: index.origin };
  return {
    ...other,
    pick,
    ...(other.label ? { label: { ...other.label, rounds: [name, ...(other.label.rounds ?? []).slice(1)] } } : {}),
    body: substituted(other.body, other.pick.index.text, name),
  };
}

/** Of what all branches of a node end with, that in which nothing names a number that is known inside of them alone. */
function beyond(node: Node, end: List): List {
  const names =
    node.kind === 'receive'
      ? node.arms.flatMap(({ pick }) => pick ?? [])
      : node.kind === 'fork' && node.pick
        ? [node.pick]
        : [];
  let rest = end;
  while (rest && names.some(({ index }) => mentions(rest, index.text))) rest = rest.rest;
  return rest;
}

/** The lists by which the body of a loop is left, whatever comes then. */
function collectExits(list: List, loop: Loop, exits: List[]): void {
  if (!continues(list, loop)) {
    exits.push(list);
    return;
  }
  const last = nodesOf(list).at(-1);
  if (last?.kind === 'receive' || last?.kind === 'fork')
    for (const body of bodiesOf(last)) collectExits(body, loop, exits);
  // It goes on from inside another loop: nothing is shared with that.
  else if (last?.kind === 'rec') exits.push(undefined);
}

function cutExits(list: List, loop: Loop, count: number): List {
  if (!continues(list, loop)) return take(list, lengthOf(list) - count);
  const nodes = nodesOf(list);
  const last = nodes.pop();
  if (!last || (last.kind !== 'receive' && last.kind !== 'fork')) return list;
  return prepend(
    nodes,
    cons(
      withBodies(
        last,
        bodiesOf(last).map((body) => cutExits(body, loop, count)),
      ),
      undefined,
    ),
  );
}

/** The head of a list with what follows it taken into its branches; a loop or a step that has none stays as it is. */
function takeIn(cell: Cell): Node {
  const { node, rest } = cell;
  if (
    node.kind === 'leaf' ||
    node.kind === 'while' ||
    node.kind === 'for' ||
    node.kind === 'par' ||
    node.kind === 'at' ||
    !rest
  )
    return node;
  return withBodies(
    node,
    bodiesOf(node).map((body) => append(body, rest)),
  );
}

/** Whether all messages of both come from one role. */
function sameSenders(left: ReceiveNode, right: ReceiveNode): boolean {
  return distinctRoles([...left.arms, ...right.arms].map(({ sender }) => sender)).length === 1;
}

function sameLabels(left: ReceiveNode, right: ReceiveNode): boolean {
  return (
    left.arms.length === right.arms.length &&
    left.arms.every((arm) => right.arms.some((other) => messageKey(other) === messageKey(arm)))
  );
}

function sameLeaf(left: Leaf, right: Leaf): Leaf {
  return { ...left, action: { ...left.action, origins: bothOrigins(left.action.origins, right.action.origins) } };
}

/** What is allowed behind the first step. */
function behind(allowed: Allowed): Allowed {
  return allowed.again ? { rests: allowed.rests, senders: allowed.senders } : allowed;
}

/** Whether a node depends on the number of a member. */
function isNumbered(node: Node | undefined): boolean {
  return node?.kind === 'fork' && node.form === 'when';
}

/** Whether the first thing that a behaviour does is to wait for a message. */
function waits(list: List): boolean {
  return list?.node.kind === 'receive' || (list?.node.kind === 'rec' && waits(list.node.body));
}

function isHole(node: Node | undefined): boolean {
  return node?.kind === 'leaf' && node.action.kind === 'hole';
}

function conflict(
  left: Node | undefined,
  right: Node | undefined,
  reason: MergeConflict['reason'],
): Extract<Merged, { ok: false }> {
  return { ok: false, conflict: { left, right, reason } };
}

/**
 * Whether a behaviour waits for a message before it does anything else, whichever member it is of, or only goes round a
 * loop. Cost: linear in what comes first
 */
function waitsFirst(list: List, loop: Loop): boolean {
  if (!list) return false;
  const { node } = list;
  const rest = (): boolean => waitsFirst(list.rest, loop);
  switch (node.kind) {
    case 'receive':
      return true;
    case 'leaf':
      return isJump(take(list, 1), loop);
    case 'rec':
      return waitsFirst(node.body, loop);
    case 'par':
      return node.bodies.every((body) => waitsFirst(body, loop));
    case 'fork':
      return node.form === 'when' && node.bodies.every((body) => (body ? waitsFirst(body, loop) : rest()));
    // Where there are no rounds, or a member has no part in one, what follows comes first.
    case 'for':
      return waitsInRounds(node.body, loop) && rest();
    case 'while':
    case 'at':
      return false;
  }
}

function waitsInRounds(body: List, loop: Loop): boolean {
  if (body?.node.kind !== 'fork' || body.node.form !== 'when') return waitsFirst(body, loop);
  return body.node.bodies.every((inner) => !inner || waitsInRounds(inner, loop));
}

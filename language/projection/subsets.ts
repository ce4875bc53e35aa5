// The subset construction on a role's automaton: a place is the set of all states that the role may be in as far as it
// knows. It can go on only if the same is to be done in all of them, or all wait for messages of one sender.
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { namesOfTarget, valueOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { printExpr, printTarget, printType } from '../syntax/print.js';
import type { Automaton } from './automaton.js';
import { bothOrigins, forkKey, leafKey, messageKey } from './behaviour.js';
import type { Arm, Leaf, LeafAction, Node } from './behaviour.js';
import type { MergeConflict } from './merge.js';
import { closureOf } from './states.js';
import type { Deciding, Head, State, Taking } from './states.js';
import { sameRole } from '../ir/role.js';
import { mostCallsUnfolded } from './limits.js';

export interface Place {
  readonly key: string;
  readonly heads: readonly Head[];
  /** The loops of the source that begin here. */
  readonly loop: Name | undefined;
  /** The choreography that begins here. */
  readonly entered: Name | undefined;
  /** The heads of the decisions of others that lead here. */
  readonly decisions: readonly TextRange[];
  /** What is done; found when it is asked for. */
  move?: Move;
}

export interface Way {
  readonly arm: Arm;
  /** Assignments that give the message its other names. */
  readonly copies: readonly Leaf[];
  /** Where the message stands in the source; of a called choreography, where the call does. */
  readonly position: number;
  readonly to: Place;
}

export type Move =
  | { readonly kind: 'end' }
  | { readonly kind: 'gap'; readonly action: LeafAction }
  | { readonly kind: 'do'; readonly leaf: Leaf; readonly to: Place }
  | { readonly kind: 'receive'; readonly ways: readonly Way[]; readonly origins: readonly TextRange[] }
  | {
      readonly kind: 'decide';
      readonly decision: Deciding;
      readonly origins: readonly TextRange[];
      readonly to: readonly Place[];
    }
  | { readonly kind: 'failed'; readonly pair: Pair };

/** Two states that don't go together. */
export interface Pair {
  readonly left: Head;
  readonly right: Head;
  readonly reason: MergeConflict['reason'];
}

export class Subsets {
  private readonly places = new Map<string, Place>();
  /** States that were looked at. */
  work = 0;
  /** The next number that no loop has. */
  unique = 1;

  constructor(private readonly automaton: Automaton) {}

  /** Forgets all places: the automaton has changed. */
  forget(): void {
    this.places.clear();
  }

  /** The place of a role that is in one of these states, or where these lead to without its knowing. */
  placeOf(states: readonly State[]): Place {
    let closure = closureOf(states);
    this.work += closure.passed.size + closure.heads.length;
    // Calls that are not all that there is are gone into, as often as it takes to see something that is done; what
    // makes no difference is passed.
    const through = new Map<State, State>();
    while (
      through.size < mostCallsUnfolded &&
      (this.pass(closure.heads, through) || this.unfold(closure.heads, through))
    ) {
      closure = closureOf(states, undefined, through);
      this.work += closure.passed.size + closure.heads.length;
    }
    const silent = [...closure.passed].filter((state) => state.kind === 'silent');
    // Where others go on for ever without it, the role has ended.
    const all = closure.idle
      ? [...new Set([...closure.heads, this.automaton.end])].sort((a, b) => a.id - b.id)
      : closure.heads;
    // Who may wait for ever waits where the end may be.
    const heads =
      this.automaton.server && all.some((head) => head.kind === 'receive')
        ? all.filter((head) => head.kind !== 'end')
        : all;
    const key = heads.map((head) => head.id).join();
    let place = this.places.get(key);
    if (!place) {
      const decisions = [...closure.passed].flatMap((state) =>
        state.kind === 'silent' && state.decision ? [state.decision] : [],
      );
      this.places.set(
        key,
        (place = {
          key,
          heads,
          decisions,
          loop: silent.find((state) => state.loop)?.loop,
          entered: silent.find((state) => state.entered)?.entered,
        }),
      );
    }
    return place;
  }

  /** Adds the steps that only set what nobody reads, where not all do the same; true if there were any. */
  private pass(heads: readonly Head[], through: Map<State, State>): boolean {
    const before = through.size;
    if (!areTogether(heads, this.automaton)) {
      for (const head of heads) {
        const to = this.automaton.liveness.passable(head);
        if (to) through.set(head, to);
      }
    }
    return through.size > before;
  }

  /** Adds what the calls lead to, where they are not all the same or can’t stay; true if there were any. */
  private unfold(heads: readonly Head[], through: Map<State, State>): boolean {
    const { automaton } = this;
    if (areTogether(heads, automaton) && !heads.some((head) => head.kind === 'call' && automaton.changes(head)))
      return false;
    const before = through.size;
    for (const head of heads) {
      const inside = head.kind === 'call' ? automaton.unfold(head) : undefined;
      if (inside) through.set(head, inside);
    }
    return through.size > before;
  }

  moveOf(place: Place): Move {
    return (place.move ??= this.find(place.heads));
  }

  private find(heads: readonly Head[]): Move {
    const gap = heads.find((head) => head.kind === 'gap');
    if (gap) return { kind: 'gap', action: gap.action };
    const [first] = heads;
    if (!first || first.kind === 'gap') return { kind: 'end' };
    const left = heads.find((head) => head.kind === 'call' && this.automaton.changes(head));
    const pair: Pair | undefined = left ? { left, right: left, reason: 'different' } : this.parted(heads);
    if (pair) return { kind: 'failed', pair };
    switch (first.kind) {
      case 'end':
        return { kind: 'end' };
      case 'do':
      case 'call': {
        const own = heads.filter((head) => head.kind === 'do' || head.kind === 'call');
        const origins = joined(own.map((head) => head.leaf.action.origins));
        return {
          kind: 'do',
          leaf: { ...first.leaf, action: { ...first.leaf.action, origins } },
          to: this.placeOf(own.map((head) => head.next)),
        };
      }
      case 'decide': {
        const own = heads.filter((head) => head.kind === 'decide');
        return {
          kind: 'decide',
          decision: first,
          origins: joined(own.map((head) => head.origins)),
          to: first.next.map((_, i) => this.placeOf(own.flatMap((head) => head.next[i] ?? []))),
        };
      }
      case 'receive': {
        const own = heads.filter((head) => head.kind === 'receive');
        const ways = byLabel(own)
          .map((group) => this.way(group))
          .sort((a, b) => a.position - b.position || placeOf(a.arm) - placeOf(b.arm));
        return { kind: 'receive', ways, origins: joined(ways.map((way) => way.arm.origins)) };
      }
    }
  }

  /** The first two states that don't go together. Cost: quadratic at worst, linear where they do */
  private parted(heads: readonly Head[]): Pair | undefined {
    const apart = firstApart(heads, this.automaton);
    if (apart) return { left: apart[0], right: apart[1], reason: 'different' };
    for (const group of byLabel(heads.filter((head) => head.kind === 'receive'))) {
      for (const [i, one] of group.entries()) {
        const two = group.slice(0, i).find((before) => !this.sameMessage(before, one));
        if (two) return { left: two, right: one, reason: 'payload' };
      }
    }
    return undefined;
  }

  /** Whether what one message brings can be received without knowing which of the two it is. */
  private sameMessage(one: Taking, two: Taking): boolean {
    if (
      one.arm.carries !== two.arm.carries ||
      one.arm.types.map(printType).join() !== two.arm.types.map(printType).join()
    )
      return false;
    const [x, y] = [one.arm.into, two.arm.into];
    if (targetKey(x) === targetKey(y)) return true;
    // One takes the whole, or so much that the other can be set from it.
    if (x && y && !valueOfTarget(x) && !valueOfTarget(y)) return false;
    // Each is given both names: what these held before must not be needed any more.
    const isFree = (after: Taking, into: Target | undefined): boolean =>
      namesOfTarget(into).every(({ text }) => !this.automaton.liveness.isLive(after.next, text));
    const own = new Set(namesOfTarget(x).map(({ text }) => text));
    return (
      sameType(one, two) && !namesOfTarget(y).some(({ text }) => own.has(text)) && isFree(one, y) && isFree(two, x)
    );
  }

  private way(group: readonly Taking[]): Way {
    const ordered = [...group].sort((a, b) => placeOf(a.arm) - placeOf(b.arm));
    const named =
      ordered.find(({ arm }) => valueOfTarget(arm.into)) ?? ordered.find(({ arm }) => arm.into) ?? ordered[0];
    const arm = { ...(named as Taking).arm, origins: joined(ordered.map((taking) => taking.arm.origins)) };
    const value = valueOfTarget(arm.into);
    const others = new Map(
      ordered.flatMap(({ arm: { into, origins } }) =>
        into && targetKey(into) !== targetKey(arm.into) ? [[targetKey(into), { into, origins }] as const] : [],
      ),
    );
    const copies = !value
      ? []
      : [...others.values()].map(({ into, origins }): Leaf => ({
          kind: 'leaf',
          action: { kind: 'assignment', into, value, origins },
        }));
    const position = Math.min(...group.map((taking) => taking.frame.place ?? placeOf(taking.arm)));
    return { arm, copies, position, to: this.placeOf(group.map((taking) => taking.next)) };
  }
}

/**
 * Whether a role that may be in either state does the same, or finds out by what it receives; labels with the same name
 * aside.
 */
export function together(one: Head, two: Head, automaton: Automaton): boolean {
  if (one === two) return true;
  switch (one.kind) {
    case 'do':
    case 'call':
      return two.kind === one.kind && leafKey(one.leaf.action) === leafKey(two.leaf.action);
    case 'receive':
      return two.kind === 'receive' && (sameRole(one.arm.sender, two.arm.sender) || automaton.both(one, two));
    case 'decide':
      return two.kind === 'decide' && decisionKey(one) === decisionKey(two);
    case 'end':
      return two.kind === 'end';
    case 'gap':
      return true;
  }
}

function areTogether(heads: readonly Head[], automaton: Automaton): boolean {
  return firstApart(heads, automaton) === undefined;
}

/** Two states that don't go together. Cost: linear where the role does the same in all, or all wait for one sender */
function firstApart(heads: readonly Head[], automaton: Automaton): readonly [Head, Head] | undefined {
  const [first] = heads;
  const other = first && heads.find((head) => !together(first, head, automaton));
  if (first && other) return [first, other];
  const takings = heads.filter((head) => head.kind === 'receive');
  if (takings.every(({ arm }) => sameRole(arm.sender, (takings[0] as Taking).arm.sender))) return undefined;
  for (const [i, one] of takings.entries()) {
    const two = takings.slice(0, i).find((before) => !together(before, one, automaton));
    if (two) return [two, one];
  }
  return undefined;
}

export function decisionKey(decision: Deciding): string {
  if (decision.form === 'while') return `while ${decision.value ? printExpr(decision.value) : ''}`;
  return forkKey({
    kind: 'fork',
    form: decision.form,
    value: decision.value,
    patterns: decision.patterns,
    bodies: decision.next.map(() => undefined),
    origins: [],
  });
}

function targetKey(into: Target | undefined): string {
  return into ? printTarget(into) : '';
}

/** Where a message stands in the source: branches are in its order. */
function placeOf(arm: Arm): number {
  return arm.origins[0]?.start ?? 0;
}

function byLabel(takings: readonly Taking[]): Taking[][] {
  const groups = new Map<string, Taking[]>();
  for (const taking of takings) {
    const label = messageKey(taking.arm);
    const group = groups.get(label);
    if (group) group.push(taking);
    else groups.set(label, [taking]);
  }
  return [...groups.values()];
}

function joined(all: readonly (readonly TextRange[])[]): readonly TextRange[] {
  return all.reduce<readonly TextRange[]>((left, right) => bothOrigins(left, right), []);
}

/** Whether two values that one role sends have the same type, as far as can be seen without types. */
function sameType({ sent: one, frame }: Taking, { sent: two, frame: other }: Taking): boolean {
  if (!one || !two) return one === two;
  // The same variables.
  if (frame.choreography === other.choreography && printExpr(one) === printExpr(two)) return true;
  const kind = shapeOf(one);
  return kind !== undefined && kind === shapeOf(two);
}

function shapeOf(expr: Expr): string | undefined {
  switch (expr.kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
      return expr.kind;
    case 'unary':
      return expr.operator === 'not' ? 'bool' : shapeOf(expr.operand);
    case 'binary': {
      if (['or', 'and', '==', '!=', '<', '<=', '>', '>='].includes(expr.operator)) return 'bool';
      return shapeOf(expr.left) ?? shapeOf(expr.right);
    }
    case 'let':
      return shapeOf(expr.body);
    case 'call':
    case 'field':
    case 'if':
    case 'index':
    case 'lambda':
    case 'list':
    case 'match':
    case 'name':
    case 'none':
    case 'tuple':
    case 'update':
      return undefined;
  }
}

/** What is done in a state, as it is told. */
export function nodeOf(head: Head): Node | undefined {
  switch (head.kind) {
    case 'do':
    case 'call':
      return head.leaf;
    case 'receive':
      return { kind: 'receive', arms: [head.arm], origins: head.arm.origins };
    case 'decide': {
      if (head.form === 'while' && head.value)
        return { kind: 'while', condition: head.value, body: undefined, origins: head.origins };
      const form = head.form === 'while' ? 'if' : head.form;
      return {
        kind: 'fork',
        form,
        value: head.value,
        patterns: head.patterns,
        bodies: head.next.map(() => undefined),
        origins: head.origins,
      };
    }
    case 'gap':
      return { kind: 'leaf', action: head.action };
    case 'end':
      return undefined;
  }
}

// The states of one role's automaton: what it does in them, where they lead to, and what it knows of where it is.
import type { Call, Choreography, Decision } from '../ir/choreography.js';
import type { Expr, Name, TextRange, Pattern } from '../ir/expression.js';
import { walkExpr } from '../ir/expression.js';
import type { Hole } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import type { Scope } from '../scoping/scope.js';
import type { Arm, Leaf } from './behaviour.js';
import type { Renaming } from './messages.js';
import { variablesGathered } from '../ir/process.js';

/**
 * One that leads nowhere is a way on which the role never does anything again. `decision` is the head of what others
 * decide there, `entered` the choreography that begins there.
 */
export interface Silent {
  readonly kind: 'silent';
  readonly id: number;
  next: readonly State[];
  readonly loop?: Name;
  readonly entered?: Name;
  readonly decision?: TextRange;
}
/** A send or a local step; a pure one does nothing but give a variable its value. */
export interface Doing {
  readonly kind: 'do';
  readonly id: number;
  readonly leaf: Leaf;
  readonly pure: boolean;
  readonly next: State;
}
/** `sent` is what the sender computes, in the names of the choreography that the message stands in. */
export interface Taking {
  readonly kind: 'receive';
  readonly id: number;
  readonly arm: Arm;
  readonly sent?: Expr;
  readonly frame: Frame;
  readonly next: State;
}
/** A decision of the role's own. */
export interface Deciding {
  readonly kind: 'decide';
  readonly id: number;
  readonly form: Decision['form'] | 'while';
  readonly value?: Expr;
  readonly patterns: readonly (Pattern | undefined)[];
  readonly origins: readonly TextRange[];
  readonly pure: boolean;
  next: readonly State[];
}
export interface Calling {
  readonly kind: 'call';
  readonly id: number;
  readonly leaf: Leaf;
  readonly call: Call;
  readonly frame: Frame;
  readonly next: State;
}
export interface End {
  readonly kind: 'end';
  readonly id: number;
  readonly returns?: Expr;
}
/**
 * A place that was not projected, and is told; or, with `beyond`, one where the role does several things at the same
 * time, or what depends on numbers: that is no error, but nothing merges with it here.
 */
export interface Gap {
  readonly kind: 'gap';
  readonly id: number;
  readonly action: Hole;
  readonly beyond?: true;
}

/** A state in which something is done, or that is the end. */
export type Head = Doing | Taking | Deciding | Calling | End | Gap;
export type State = Silent | Head;

/** A choreography that the role is in: the outermost, or a called one with what its names are there. */
export interface Frame {
  readonly choreography: Choreography;
  readonly scope: Scope;
  /** The role's name in it. */
  readonly role: string;
  readonly renaming?: Renaming;
  /** Where the call stands in the outermost choreography that leads to it. */
  readonly place?: number;
}

/** Where a decision of others, or their loop, begins and goes on; the ways through it are `starts`. */
export interface Fork {
  readonly head: Silent;
  readonly starts: readonly State[];
  readonly follow: State;
}

/** Whether an expression uses a variable. */
export function reads(expr: Expr, variable: string): boolean {
  let found = false;
  walkExpr(expr, (inner) => {
    found ||= inner.kind === 'name' && inner.name.text === variable;
  });
  return found;
}

/** The states that one leads to. */
export function nextOf(state: State): readonly State[] {
  switch (state.kind) {
    case 'silent':
    case 'decide':
      return state.next;
    case 'do':
    case 'receive':
    case 'call':
      return [state.next];
    case 'end':
    case 'gap':
      return [];
  }
}

/** What is read in a state, and the variables that are given values. */
export function usesOf(state: State): { readonly reads: readonly Expr[]; readonly writes: readonly string[] } {
  switch (state.kind) {
    case 'silent':
    case 'gap':
      return { reads: [], writes: [] };
    case 'end':
      return { reads: state.returns ? [state.returns] : [], writes: [] };
    case 'decide':
      return { reads: state.value ? [state.value] : [], writes: [] };
    case 'receive':
      return { reads: [], writes: writtenBy(state.arm.into) };
    case 'do':
    case 'call': {
      const { action } = state.leaf;
      switch (action.kind) {
        case 'gather':
          return { reads: [], writes: variablesGathered(action).map(({ text }) => text) };
        case 'assignment':
          return { reads: [action.value], writes: writtenBy(action.into) };
        case 'send':
        case 'effect':
          return { reads: action.value ? [action.value] : [], writes: [] };
        case 'call':
          return { reads: action.args.flatMap((arg) => arg.inputs), writes: writtenBy(action.into) };
        case 'continue':
        case 'hole':
          return { reads: [], writes: [] };
      }
    }
  }
}

function writtenBy(into: Target | undefined): readonly string[] {
  return namesOfTarget(into).map(({ text }) => text);
}

/** Where a state leads to without a decision. */
export function resolve(state: State): State {
  const seen = new Set<State>();
  let at = state;
  while (at.kind === 'silent' && at.next.length === 1 && !seen.has(at)) {
    seen.add(at);
    at = at.next[0] ?? at;
  }
  return at;
}

/** Where some states lead to by what others do. */
export interface Closure {
  readonly heads: readonly Head[];
  /** Whether a way leads to where the role never does anything again. */
  readonly idle: boolean;
  readonly passed: ReadonlySet<State>;
}

/**
 * Follows the silent steps from some states.
 * @param except is not passed
 * @param through states that are passed as well, with what they lead to: calls that are gone into, and steps of no
 *   consequence
 * Cost: linear in the silent steps
 */
export function closureOf(starts: readonly State[], except?: Silent, through?: ReadonlyMap<State, State>): Closure {
  const heads = new Set<Head>();
  const passed = new Set<State>();
  const open: State[] = [];
  const acting: State[] = [];
  const before = new Map<State, State[]>();
  const visit = (state: State, from?: State): void => {
    if (state === except || !(state.kind === 'silent' || through?.has(state))) {
      if (state.kind !== 'silent') heads.add(state);
      if (from) acting.push(from);
      return;
    }
    if (from) {
      const known = before.get(state);
      if (known) known.push(from);
      else before.set(state, [from]);
    }
    if (passed.has(state)) return;
    passed.add(state);
    open.push(state);
  };
  starts.forEach((start) => visit(start));
  for (let state = open.pop(); state; state = open.pop()) {
    const to = through?.get(state);
    for (const next of to ? [to] : nextOf(state)) visit(next, state);
  }
  const good = new Set(acting);
  for (const state of good) before.get(state)?.forEach((other) => good.add(other));
  return { heads: [...heads].sort((a, b) => a.id - b.id), idle: good.size < passed.size, passed };
}

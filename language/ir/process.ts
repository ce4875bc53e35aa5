// The local view: what one role does alone. Processes written by hand and projections are the same thing.
import type { Expr, Name, TextRange, Param, Pattern, TypeExpr } from './expression.js';
import type { Label, MemberRange, Picked, Quorum, ValueParameter } from './choreography.js';
import type { Family, RoleRef } from './role.js';
import { distinctRoles } from './role.js';
import { variableTarget } from './target.js';
import type { Target } from './target.js';

export type Channels =
  { readonly kind: 'fifo' } | { readonly kind: 'sync' } | { readonly kind: 'buffer'; readonly size: number };

export interface Network {
  readonly kind: 'network';
  readonly name: Name;
  readonly channels: Channels;
  /** The choreography that it implements. */
  readonly implements?: Name;
  /** The families whose sizes are given here, and not by the choreography that it implements. */
  readonly families: readonly { readonly name: Name; readonly family: Family; readonly origin: TextRange }[];
  /** The values that all processes know and that are given here. */
  readonly values: readonly ValueParameter[];
  readonly processes: readonly Process[];
  /** The whole declaration, without its documentation comment. For a projection: the choreography's. */
  readonly origin: TextRange;
  readonly doc?: string;
  readonly broken: boolean;
}

/** Which members of a family a process is: all, some, or one. */
export type Members =
  | { readonly kind: 'all'; readonly index: Name }
  | { readonly kind: 'part'; readonly index: Name; readonly from: Expr; readonly until: Expr }
  | { readonly kind: 'one'; readonly at: Expr };

export interface Process {
  readonly name: Name;
  readonly members?: Members;
  /** It may wait for ever where nothing has come for it. */
  readonly server?: boolean;
  readonly params: readonly Param[];
  readonly result?: TypeExpr;
  readonly body: LocalBlock;
  readonly returns?: Expr;
  readonly origin: TextRange;
  readonly doc?: string;
}

/** Actions between braces; the origin includes the braces. */
export interface LocalBlock {
  readonly actions: readonly Action[];
  readonly origin: TextRange;
}

/**
 * What every action has. In a hand-written process `origins` is the action's own range; in a projection, the ranges of
 * the choreography that it comes from (several after a merge), the first being the one to show.
 */
interface Placed {
  readonly origins: readonly TextRange[];
}

/** `send e to q: label`. Several receivers of a multicast are several sends. */
export interface Send extends Placed {
  readonly kind: 'send';
  readonly value?: Expr;
  readonly receiver: RoleRef;
  readonly label?: Label;
}

/**
 * `receive x from p: label` (one branch, whose body is empty), `receive from p { … }`, and `receive { a from p { … } b
 * from q { … } }`, which takes what comes first: others decided who sends.
 */
export interface Receive extends Placed {
  readonly kind: 'receive';
  readonly form: 'single' | 'branching';
  /** Whom all branches are from, where it is said once. */
  readonly from?: RoleRef;
  readonly branches: readonly ReceiveBranch[];
}

export interface ReceiveBranch {
  /** Whose message it takes. */
  readonly sender: RoleRef;
  /** Undefined for the anonymous label, which a branch writes `_`. */
  readonly label?: Name;
  /**
   * `picked[k in Node]`: the number that the label carries is that of the member that was picked, and has a name in the
   * branch.
   */
  readonly pick?: Picked;
  /** What takes the payload; absent where nothing is bound. */
  readonly into?: Target;
  /**
   * The payload's types where they are written: one for `x: T`, several for those of a tuple, `x: (T, U)`, `label(x: T,
   * y: U)`, and of a sketch, `label(_: T, _: U)`.
   */
  readonly types: readonly TypeExpr[];
  readonly body: LocalBlock;
  readonly origins: readonly TextRange[];
}

/**
 * `receive x from p, q any 1 by who: label`: a message of each sender, or the first of them, as a list. A family alone
 * is one only with a quorum.
 */
export interface LocalGather extends Placed {
  readonly kind: 'gather';
  readonly senders: readonly RoleRef[];
  readonly variable?: Name;
  /** The type of what each sends, where it is written. */
  readonly types: readonly TypeExpr[];
  readonly quorum?: Quorum;
  readonly label?: Name;
}

export interface LocalAssignment extends Placed {
  readonly kind: 'assignment';
  readonly into: Target;
  readonly value: Expr;
}

export interface LocalEffect extends Placed {
  readonly kind: 'effect';
  readonly value: Expr;
}

export interface LocalArg {
  readonly role: RoleRef;
  readonly inputs: readonly Expr[];
  readonly value?: Expr;
}

/** `do N(q, p(x), r)`; the process stands in the arguments itself, and its place says which role of N it plays. */
export interface LocalCall extends Placed {
  readonly kind: 'call';
  readonly callee: Name;
  /** As written, all that it gives: which of them are no roles depends on the callee. */
  readonly args: readonly LocalArg[];
  /** The values that all know, where they stand apart. */
  readonly values?: readonly Expr[];
  readonly into?: Target;
}

export interface LocalIf extends Placed {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly then: LocalBlock;
  readonly else: LocalBlock;
}

export interface LocalMatch extends Placed {
  readonly kind: 'match';
  readonly value: Expr;
  readonly cases: readonly { readonly pattern: Pattern; readonly body: LocalBlock }[];
  readonly else?: LocalBlock;
}

/** `choice { … } or { … }`: decided here, by means that are not stated. */
export interface LocalChoice extends Placed {
  readonly kind: 'choice';
  readonly branches: readonly LocalBlock[];
}

export interface LocalWhile extends Placed {
  readonly kind: 'while';
  readonly condition: Expr;
  readonly body: LocalBlock;
}

export interface LocalRec extends Placed {
  readonly kind: 'rec';
  readonly name: Name;
  readonly body: LocalBlock;
}

export interface LocalContinue extends Placed {
  readonly kind: 'continue';
  readonly name: Name;
}

/** `for i in Node { … }`: once for each, in order; `par i in Node { … }`: all at the same time. */
export interface LocalFor extends Placed {
  readonly kind: 'for';
  readonly parallel?: boolean;
  readonly index: Name;
  readonly range: MemberRange;
  readonly body: LocalBlock;
}

/** `par { … } and { … }`: threads of one process, and what follows when all are over. */
export interface LocalPar extends Placed {
  readonly kind: 'par';
  readonly branches: readonly LocalBlock[];
}

/** `at { … }`: assignments, effects and decisions that are one step. */
export interface LocalAt extends Placed {
  readonly kind: 'at';
  readonly body: LocalBlock;
}

/** `pick k in Node by e { … }`: goes on with the member whose number was computed. */
export interface LocalPick extends Placed, Picked {
  readonly kind: 'pick';
  readonly value: Expr;
  readonly body: LocalBlock;
}

/** `when i > 0 { … } else { … }`: what depends on sizes and numbers of members alone. */
export interface LocalWhen extends Placed {
  readonly kind: 'when';
  readonly condition: Expr;
  readonly then: LocalBlock;
  readonly else: LocalBlock;
}

/** `leave X`; projections have none, as what follows the loop stands in its place. */
export interface LocalLeave extends Placed {
  readonly kind: 'leave';
  readonly name: Name;
}

/** A place of a projection that could not be projected. Prints as a comment; `code` is the error there. */
export interface Hole extends Placed {
  readonly kind: 'hole';
  readonly code: string;
  readonly message: string;
}

export type Action =
  | Send
  | Receive
  | LocalGather
  | LocalAssignment
  | LocalEffect
  | LocalCall
  | LocalIf
  | LocalMatch
  | LocalChoice
  | LocalWhile
  | LocalRec
  | LocalContinue
  | LocalLeave
  | LocalFor
  | LocalPar
  | LocalAt
  | LocalWhen
  | LocalPick
  | Hole;

/** Those that a receive takes messages from, each once. */
export function sendersOf({ from, branches }: Pick<Receive, 'from' | 'branches'>): readonly RoleRef[] {
  return from ? [from] : distinctRoles(branches.map(({ sender }) => sender));
}

/** The variables to which a gather gives values. */
export function variablesGathered({ variable, quorum }: LocalGather): readonly Name[] {
  return [variable, quorum?.by].flatMap((name) => name ?? []);
}

/** The blocks directly inside an action. */
export function localBlocksOf(action: Action): readonly LocalBlock[] {
  switch (action.kind) {
    case 'receive':
      return action.branches.map((branch) => branch.body);
    case 'if':
    case 'when':
      return [action.then, action.else];
    case 'match':
      return [...action.cases.map((c) => c.body), ...(action.else ? [action.else] : [])];
    case 'choice':
    case 'par':
      return action.branches;
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
    case 'pick':
      return [action.body];
    case 'assignment':
    case 'call':
    case 'continue':
    case 'leave':
    case 'effect':
    case 'gather':
    case 'hole':
    case 'send':
      return [];
  }
}

/** A block with each of its actions, inner ones first, in place of which `change` gives another. */
export function mapActions({ actions, origin }: LocalBlock, change: (action: Action) => Action): LocalBlock {
  const inner = (block: LocalBlock): LocalBlock => mapActions(block, change);
  const within = (action: Action): Action => {
    switch (action.kind) {
      case 'receive':
        return { ...action, branches: action.branches.map((branch) => ({ ...branch, body: inner(branch.body) })) };
      case 'if':
      case 'when':
        return { ...action, then: inner(action.then), else: inner(action.else) };
      case 'match':
        return {
          ...action,
          cases: action.cases.map((c) => ({ ...c, body: inner(c.body) })),
          else: action.else && inner(action.else),
        };
      case 'choice':
      case 'par':
        return { ...action, branches: action.branches.map(inner) };
      case 'while':
      case 'rec':
      case 'for':
      case 'at':
      case 'pick':
        return { ...action, body: inner(action.body) };
      case 'assignment':
      case 'call':
      case 'continue':
      case 'leave':
      case 'effect':
      case 'gather':
      case 'hole':
      case 'send':
        return action;
    }
  };
  return { origin, actions: actions.map((action) => change(within(action))) };
}

/** Calls `visit` for every action in the block and below, parents first. */
export function walkActions(actions: readonly Action[], visit: (action: Action) => void): void {
  for (const action of actions) {
    visit(action);
    for (const block of localBlocksOf(action)) walkActions(block.actions, visit);
  }
}

/** The expressions of an action itself. */
export function expressionsOf(action: Action): Expr[] {
  switch (action.kind) {
    case 'send':
      return action.value ? [action.value] : [];
    case 'assignment':
    case 'effect':
      return [action.value];
    case 'if':
    case 'while':
    case 'when':
      return [action.condition];
    case 'match':
    case 'pick':
      return [action.value];
    case 'call':
      return action.args.flatMap((arg) => arg.inputs);
    case 'choice':
    case 'continue':
    case 'leave':
    case 'hole':
    case 'rec':
    case 'receive':
    case 'gather':
    case 'for':
    case 'par':
    case 'at':
      return [];
  }
}

/** What takes values in an action, not in its blocks. */
export function targetsIn(action: Action): readonly Target[] {
  switch (action.kind) {
    case 'receive':
      return action.branches.flatMap(({ into }) => into ?? []);
    case 'assignment':
      return [action.into];
    case 'gather':
      return variablesGathered(action).map((name) => variableTarget(name));
    case 'call':
      return action.into ? [action.into] : [];
    case 'send':
    case 'effect':
    case 'if':
    case 'match':
    case 'choice':
    case 'while':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'pick':
    case 'hole':
      return [];
  }
}

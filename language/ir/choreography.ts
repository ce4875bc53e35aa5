// The global view as a small core: what a choreography does, statement by statement, each with its origin.
import type { Expr, Name, TextRange, Param, Pattern, TypeExpr } from './expression.js';
import { membersOf } from './role.js';
import type { Family, Located, RoleRef } from './role.js';
import { variableTarget } from './target.js';
import type { Target } from './target.js';

export interface Choreography {
  readonly kind: 'choreography';
  readonly name: Name;
  readonly roles: readonly Role[];
  /** What it is given besides, in the order of the header. */
  readonly parameters: readonly Parameter[];
  /** `: int@Left, string@Right`: each of another role. */
  readonly results: readonly Result[];
  readonly body: Block;
  /** `return Left.a, Right.b`; none where nothing is returned. */
  readonly returns: readonly Located[];
  /** The whole declaration, without its documentation comment. */
  readonly origin: TextRange;
  readonly doc?: string;
  /** It has syntax errors: it stands for what could be read of it, and nothing semantic should be said of it. */
  readonly broken: boolean;
}

/** What a role has at the end, and gives to who called: `int@Left`. */
export interface Result {
  readonly type: TypeExpr;
  readonly role: RoleRef;
}

export interface Role {
  readonly name: Name;
  /** It stands for several roles, its members, which do the same. */
  readonly family?: Family;
  /** It need not find out that the conversation is over: it may wait for ever. */
  readonly server?: boolean;
  readonly params: readonly Param[];
  readonly origin: TextRange;
  readonly doc?: string;
}

/** What a call gives back, and at which role. */
export interface Result {
  readonly type: TypeExpr;
  readonly role: RoleRef;
}

/** What a choreography is given besides its roles, and all of these know: a value, or a choreography to call. */
export type Parameter = ValueParameter | ChoreographyParameter;

/** `rounds: int`: a value that all roles know from the start, and nobody assigns. */
export interface ValueParameter {
  readonly kind: 'value';
  readonly name: Name;
  readonly type: TypeExpr;
  readonly origin: TextRange;
  readonly doc?: string;
}

/** What a choreography takes and gives, whatever it does: `choreography(Buyer): bool@Buyer`. */
export interface Signature {
  readonly roles: readonly Role[];
  readonly parameters: readonly Parameter[];
  readonly results: readonly Result[];
}

/** `decide: choreography(Buyer): bool@Buyer`. */
export interface ChoreographyParameter extends Signature {
  readonly kind: 'choreography';
  readonly name: Name;
  readonly origin: TextRange;
  readonly doc?: string;
}

/** The values among what is given. */
export function valuesOf(parameters: readonly Parameter[]): readonly ValueParameter[] {
  return parameters.filter((each) => each.kind === 'value');
}

/** The choreographies among what is given. */
export function choreographiesOf(parameters: readonly Parameter[]): readonly ChoreographyParameter[] {
  return parameters.filter((each) => each.kind === 'choreography');
}

/** Statements between braces; the origin includes the braces. */
export interface Block {
  readonly statements: readonly Statement[];
  readonly origin: TextRange;
}

/** The label of a message; with `types`, the payload is known by its types only (a protocol sketch). */
export interface Label {
  readonly name: Name;
  readonly types: readonly TypeExpr[];
  readonly origin: TextRange;
}

/** What tells messages apart; undefined for those without a label. */
export function labelName(label: Label | undefined): Name | undefined {
  return label && (label.name.text !== '' || label.name.rounds) ? label.name : undefined;
}

export interface Receiver {
  readonly role: RoleRef;
  readonly into?: Target;
  readonly origin: TextRange;
}

/** `p.e -> q.x, r.y: label`: one message from the sender to each receiver, in order. */
export interface Communication {
  readonly kind: 'communication';
  readonly sender: RoleRef;
  readonly value?: Expr;
  readonly receivers: readonly Receiver[];
  readonly label?: Label;
  /** It comes from the arrow list of a decision or loop (`if p.e -> q`), and stands at the head of a branch. */
  readonly implied?: boolean;
  readonly origin: TextRange;
}

/**
 * How many of the messages of several senders are waited for: the first that come. Of the others, each is dropped when
 * it comes.
 */
export interface Quorum {
  /** Without it, a majority. */
  readonly count?: Expr;
  /**
   * Where it is kept who sent what came: numbers of members, or of senders as they are listed, in the order of arrival.
   */
  readonly by?: Name;
  /**
   * What `by` calls each sender; their places in the list, where this is not here. Made where families are taken apart.
   */
  readonly numbers?: readonly number[];
  readonly origin: TextRange;
}

/** Who sends, in a statement with several senders. */
export interface Sender {
  readonly role: RoleRef;
  readonly value?: Expr;
  readonly origin: TextRange;
}

/**
 * `p.e, q.f -> r.x any 1 by who: label`: a message from each sender to one receiver, which has all, or the first, as a
 * list. A family alone is one only with a quorum.
 */
export interface Gather {
  readonly kind: 'gather';
  readonly senders: readonly Sender[];
  readonly receiver: Receiver;
  readonly quorum?: Quorum;
  readonly label?: Label;
  readonly origin: TextRange;
}

/** `p.x = e`, `p.x[i] = e`, `p.(x, y) = e`. */
export interface Assignment {
  readonly kind: 'assignment';
  readonly role: RoleRef;
  readonly into: Target;
  readonly value: Expr;
  /**
   * It comes from an arrow to a variable (`match p.e -> q.x`), and stands at the head of a branch, behind the message
   * of `by`.
   */
  readonly implied?: { readonly by: RoleRef };
  readonly origin: TextRange;
}

/** `p.f(e)`: computed for its effect alone. */
export interface Effect {
  readonly kind: 'effect';
  readonly role: RoleRef;
  readonly value: Expr;
  readonly origin: TextRange;
}

/** `do C(p, q(e), 3)`, `p.x, q.y = do C(p, q(e))`. */
export interface Call {
  readonly kind: 'call';
  readonly callee: Name;
  /**
   * As written, all that it gives: which of them are no roles depends on the callee. What parameters/ makes has roles
   * only.
   */
  readonly args: readonly RoleArg[];
  /** The values that all know, made by parameters/. */
  readonly values?: readonly Expr[];
  /** Who takes its results, each role what is its own. */
  readonly takers: readonly Taker[];
  readonly origin: TextRange;
}

export interface Taker {
  readonly role: RoleRef;
  readonly into: Target;
  readonly origin: TextRange;
}

export interface RoleArg {
  /** With an empty name where what is written can be no role. */
  readonly role: RoleRef;
  readonly inputs: readonly Expr[];
  /** What is written, where that is more than a role, a member or a role with inputs. */
  readonly value?: Expr;
  readonly origin: TextRange;
}

/** Which member of a family is picked, or which members: its number, or the list of theirs, has a name in the branch. */
export interface Picked {
  readonly index: Name;
  /** Several are picked, or nobody, `pick some ks in …`; with a count just so many, `pick 3 ks in …`. */
  readonly many?: { readonly count?: number };
  /** The family, or the part of one, that it is of. */
  readonly of: RoleRef;
}

/**
 * `if`, `match`, `choice at` and `pick`. `if` and `match` have one guard or more, each of another role, that decide
 * together; `choice` has none, and its decider is `decider`; `pick` has one, and one branch that stands for as many as
 * there are members. The arrow list is already spelled out: each branch starts with an implied message for each of
 * `informs`, a selection or the case of the value.
 */
export interface Decision {
  readonly kind: 'decision';
  readonly form: 'if' | 'match' | 'choice' | 'pick';
  readonly guards: readonly Located[];
  /** The role of the first guard, or the one after `choice at`. */
  readonly decider: RoleRef;
  /** Who is told; each stands for the whole of its place in the arrow list, with its variable. */
  readonly informs: readonly RoleRef[];
  /**
   * Those of `informs` that are sent the value itself, and where each keeps it, where it does: `match p.e -> q.x`. The
   * messages, with the case for a label and its fields for a payload, and the assignments stand at the heads of the
   * branches; `_` in the patterns has become a name.
   */
  readonly sent?: readonly Receiver[];
  readonly branches: readonly Branch[];
  /** Of `pick` only. */
  readonly pick?: Picked;
  /** The head: from the keyword to before the first brace. */
  readonly head: TextRange;
  readonly origin: TextRange;
}

export interface Branch {
  /**
   * The label by which an arrow list tells this branch: `yes`, `no`, the constructor's name, `otherwise`, `first`,
   * `second` …, `picked` with the number or numbers; unique in its decision.
   */
  readonly label: string;
  /** Of `match` only; the branch without one is its `else`. */
  readonly pattern?: Pattern;
  readonly body: Block;
  /** True for an `else` that is not written; `body.origin` is then the empty range where it would stand. */
  readonly absent?: boolean;
  /** The part of the source that is this branch, keyword included. */
  readonly origin: TextRange;
}

/**
 * `while p.e -> q { … }`: `body` starts with the implied selections `again`; `exit` is the implied selections `done`.
 */
export interface While {
  readonly kind: 'while';
  readonly guards: readonly Located[];
  readonly informs: readonly RoleRef[];
  readonly body: Block;
  readonly exit: readonly Communication[];
  readonly head: TextRange;
  readonly origin: TextRange;
}

export interface Rec {
  readonly kind: 'rec';
  readonly name: Name;
  readonly body: Block;
  readonly origin: TextRange;
}

export interface Continue {
  readonly kind: 'continue';
  readonly name: Name;
  readonly origin: TextRange;
}

/** `leave X`: goes on behind the loop `rec X` around it. */
export interface Leave {
  readonly kind: 'leave';
  readonly name: Name;
  readonly origin: TextRange;
}

/** What a loop goes through: a family or a part of one, or the numbers from one up to, and without, another. */
export type MemberRange =
  | { readonly kind: 'members'; readonly of: RoleRef }
  | { readonly kind: 'numbers'; readonly from: Expr; readonly until: Expr };

/**
 * `for i in Node { … }`, `for i in 0 until n { … }`: once for each, in order; `par i in Node { … }`: all at the same
 * time.
 */
export interface For {
  readonly kind: 'for';
  readonly parallel?: boolean;
  readonly index: Name;
  readonly range: MemberRange;
  readonly body: Block;
  readonly head: TextRange;
  readonly origin: TextRange;
}

/** `par { … } and { … }`: branches that go on at the same time; what follows begins when all are over. */
export interface Par {
  readonly kind: 'par';
  readonly branches: readonly Block[];
  readonly origin: TextRange;
}

/** `at p { … }`: assignments, effects and decisions of one role that are one step. */
export interface At {
  readonly kind: 'at';
  readonly role: RoleRef;
  readonly body: Block;
  readonly origin: TextRange;
}

/**
 * What is to be done depends on sizes and numbers of members alone. Made where families are taken apart, and nowhere
 * written.
 */
export interface When {
  readonly kind: 'when';
  readonly condition: Expr;
  readonly then: Block;
  readonly else: Block;
  readonly origin: TextRange;
}

export type Statement =
  | Communication
  | Gather
  | Assignment
  | Effect
  | Call
  | Decision
  | While
  | Rec
  | Continue
  | Leave
  | For
  | Par
  | At
  | When;

/** A statement without blocks behind which the next one follows, whatever happens. */
export type Step = Communication | Gather | Assignment | Effect;

export function isStep(statement: Statement): statement is Step {
  return (
    statement.kind === 'communication' ||
    statement.kind === 'gather' ||
    statement.kind === 'assignment' ||
    statement.kind === 'effect'
  );
}

/** Whether a statement stands at the head of a branch only because an arrow list says so. */
export function isImplied(statement: Statement): boolean {
  return (
    (statement.kind === 'communication' && statement.implied === true) ||
    (statement.kind === 'assignment' && statement.implied !== undefined)
  );
}

/** Calls `visit` for every statement in the block and below, implied ones included, parents first. */
export function walkBlock(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement);
    for (const block of blocksOf(statement)) walkBlock(block, visit);
  }
}

/** The messages of a gather, as what they are to everybody but the receiver. */
export function messagesIn({ senders, receiver, label, origin }: Gather): readonly Communication[] {
  const { into: _, ...to } = receiver;
  return senders.map(({ role, value }) => ({
    kind: 'communication',
    sender: role,
    receivers: [to],
    origin,
    ...(value ? { value } : {}),
    ...(label ? { label } : {}),
  }));
}

/** The statements directly inside a statement, block by block, with what is said to those who wait for a loop's end. */
export function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  const bodies = bodiesOf(statement).map(({ statements }) => statements);
  return statement.kind === 'while' ? [...bodies, statement.exit] : bodies;
}

/** The blocks directly inside a statement. */
export function bodiesOf(statement: Statement): readonly Block[] {
  switch (statement.kind) {
    case 'decision':
      return statement.branches.map((branch) => branch.body);
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
      return [statement.body];
    case 'par':
      return statement.branches;
    case 'when':
      return [statement.then, statement.else];
    case 'assignment':
    case 'call':
    case 'communication':
    case 'continue':
    case 'leave':
    case 'effect':
    case 'gather':
      return [];
  }
}

/**
 * A statement with other blocks inside; the same statement where none is another. What is said to those who wait for a
 * loop's end stays.
 */
export function mapBodies<S extends Statement>(statement: S, change: (body: Block, index: number) => Block): S;
export function mapBodies(statement: Statement, change: (body: Block, index: number) => Block): Statement {
  const before = bodiesOf(statement);
  const after = before.map(change);
  if (after.every((body, i) => body === before[i])) return statement;
  const at = (index: number): Block => after[index] as Block;
  switch (statement.kind) {
    case 'decision':
      return { ...statement, branches: statement.branches.map((branch, i) => ({ ...branch, body: at(i) })) };
    case 'while':
    case 'rec':
    case 'for':
    case 'at':
      return { ...statement, body: at(0) };
    case 'par':
      return { ...statement, branches: after };
    case 'when':
      return { ...statement, then: at(0), else: at(1) };
    case 'assignment':
    case 'call':
    case 'communication':
    case 'continue':
    case 'leave':
    case 'effect':
    case 'gather':
      return statement;
  }
}

/** The roles that a statement names itself, not in its blocks. */
export function rolesNamed(statement: Statement): readonly RoleRef[] {
  switch (statement.kind) {
    case 'communication':
      return [statement.sender, ...statement.receivers.map(({ role }) => role)];
    case 'gather':
      return [...statement.senders.map(({ role }) => role), statement.receiver.role];
    case 'assignment':
    case 'effect':
    case 'at':
      return [statement.role];
    case 'call':
      return [...statement.args.map(({ role }) => role), ...statement.takers.map(({ role }) => role)];
    case 'decision':
      return [
        ...(statement.pick ? [statement.pick.of] : []),
        statement.decider,
        ...statement.guards.map(({ role }) => role),
        ...statement.informs,
      ];
    case 'while':
      return [...statement.guards.map(({ role }) => role), ...statement.informs];
    case 'for':
      return statement.range.kind === 'members' ? [statement.range.of] : [];
    case 'rec':
    case 'continue':
    case 'leave':
    case 'when':
    case 'par':
      return [];
  }
}

/** What takes a value in a statement, not in its blocks: receivers, assignments and who takes the results of a call. */
export function takersIn(statement: Statement): readonly Taker[] {
  switch (statement.kind) {
    case 'communication':
      return statement.receivers.flatMap(({ role, into, origin }) => (into ? [{ role, into, origin }] : []));
    case 'assignment':
      return [{ role: statement.role, into: statement.into, origin: statement.origin }];
    case 'call':
      return statement.takers;
    case 'gather': {
      const {
        receiver: { role, into, origin },
        quorum,
      } = statement;
      return [
        ...(into ? [{ role, into, origin }] : []),
        ...(quorum?.by ? [{ role, into: variableTarget(quorum.by), origin: quorum.by.origin }] : []),
      ];
    }
    case 'decision':
    case 'while':
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'effect':
    case 'continue':
    case 'leave':
      return [];
  }
}

/** Who has a role of a callee's in a call; undefined for a member of a part, as which one that is depends on sizes. */
export function standingFor(
  callee: Pick<Choreography, 'roles'>,
  args: readonly { readonly role: RoleRef }[],
  { name, index }: RoleRef,
): RoleRef | undefined {
  const given = args[callee.roles.findIndex((role) => role.name.text === name.text)]?.role;
  if (!given || !index) return given;
  return index.kind === 'member' && index.at.kind === 'int' && !given.index
    ? membersOf(given.name, index, given.origin)
    : undefined;
}

/** The result that a call gives to a role or family of its caller: that of the place where it stands. */
export function resultAt(
  callee: Pick<Choreography, 'roles' | 'results'>,
  args: readonly { readonly role: RoleRef }[],
  role: RoleRef,
): Result | undefined {
  return callee.results.find((result) => standingFor(callee, args, result.role)?.key === role.key);
}

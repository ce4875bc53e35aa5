// What one role sees of a statement: read once for all that code is made of, statement by statement (role.ts) or by way
// of an automaton (automaton.ts).
import { messagesIn } from '../ir/choreography.js';
import type { Block, Call, Communication, Decision, Statement, While } from '../ir/choreography.js';
import type { Expr, Pattern, TextRange } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';
import type { LocalCall } from '../ir/process.js';
import type { Leaf, LeafAction, ReceiveNode } from './behaviour.js';
import { takesPart } from './involvement.js';
import { gatherOf, messagesOf } from './messages.js';

/** Who looks at a statement. */
interface Viewer {
  readonly role: string;
  readonly scope: Scope;
  /** Communications to leave out. */
  readonly without?: ReadonlySet<Communication> | undefined;
  /** Gives a name that no variable has. */
  freshVariable(): string;
}

/** What it does itself, one after the other: nothing where it has no part. */
interface Steps {
  readonly kind: 'steps';
  readonly steps: readonly (Leaf | ReceiveNode)[];
  /** What the sender computes of what is received. */
  readonly sent?: Expr | undefined;
}

/** A block in the place of the statement. */
interface Inside {
  readonly kind: 'inside';
  readonly statements: readonly Statement[];
}

/** What it does at the same time, in two branches or more. */
export interface Threads {
  readonly kind: 'threads';
  readonly branches: readonly Block[];
  readonly origin: TextRange;
}

/** What is none of these is the statement itself. */
export type LocalView =
  | Steps
  | Inside
  | Threads
  | Extract<Statement, { kind: 'at' | 'call' | 'continue' | 'decision' | 'for' | 'leave' | 'rec' | 'when' | 'while' }>;

const noSteps: Steps = { kind: 'steps', steps: [] };

/** What a role sees of a statement. */
export function localView(statement: Statement, viewer: Viewer): LocalView {
  const { role, scope, without } = viewer;
  const messages = (message: Communication): Steps['steps'] =>
    messagesOf(message, role, scope, () => viewer.freshVariable());
  switch (statement.kind) {
    case 'communication':
      return without?.has(statement) ? noSteps : { kind: 'steps', steps: messages(statement), sent: statement.value };
    case 'gather':
      return statement.receiver.role.key === role
        ? step(gatherOf(statement))
        : { kind: 'steps', steps: messagesIn(statement).flatMap(messages) };
    case 'assignment':
      return statement.role.key === role
        ? step({ kind: 'assignment', into: statement.into, value: statement.value, origins: [statement.origin] })
        : noSteps;
    case 'effect':
      return statement.role.key === role
        ? step({ kind: 'effect', value: statement.value, origins: [statement.origin] })
        : noSteps;
    case 'at':
      return statement.role.key === role ? statement : noSteps;
    case 'par': {
      const own = statement.branches.filter(({ statements }) => takesPart(statements, role));
      const [only] = own;
      if (!only) return noSteps;
      return own.length === 1
        ? { kind: 'inside', statements: only.statements }
        : { kind: 'threads', branches: own, origin: statement.origin };
    }
    case 'call':
    case 'continue':
    case 'decision':
    case 'for':
    case 'leave':
    case 'rec':
    case 'when':
    case 'while':
      return statement;
  }
}

function step(action: LeafAction): Steps {
  return { kind: 'steps', steps: [{ kind: 'leaf', action }] };
}

/** What a role decides by. */
export interface OwnDecision {
  /** Nothing where it chooses freely. */
  readonly value: Expr | undefined;
  readonly patterns: readonly (Pattern | undefined)[];
}

/** What a role decides by; undefined where it does not decide. */
export function decidingOf(statement: Decision | While, role: string): OwnDecision | undefined {
  const guard = statement.guards.find((each) => each.role.key === role);
  if (statement.kind === 'while') return guard && { value: guard.value, patterns: [] };
  if (!guard && !(statement.form === 'choice' && statement.decider.key === role)) return undefined;
  return {
    value: guard?.value,
    patterns: statement.form === 'match' ? statement.branches.map(({ pattern }) => pattern) : [],
  };
}

/** A call as one of those who take part in it makes it: it gives its own inputs, and takes its own result. */
export function callOf({ callee, args, values, takers, origin }: Call, role: string): LocalCall {
  return {
    kind: 'call',
    callee,
    origins: [origin],
    into: takers.find((taker) => taker.role.key === role)?.into,
    args: args.map((arg) => ({ role: arg.role, inputs: arg.role.key === role ? arg.inputs : [] })),
    ...(values && values.length > 0 ? { values } : {}),
  };
}

// What is known of the roles of a choreography while it is checked.
import type { Type } from './types.js';
import type { Variable } from './context.js';
import type { Flow, Reason } from './flow.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import type { Assignable } from './written.js';
import type { Members } from './members.js';
import type { RoleRef } from '../ir/role.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { Env } from './env.js';

/** The types that were met, numbered. */
export type Met = Map<Type, number>;

/** What a passage asks and does while it is checked. */
export interface Trace {
  readonly variables: Map<
    string,
    {
      readonly role: string;
      readonly name: string;
      readonly variable: Variable | undefined;
      readonly type: string | undefined;
      readonly before: boolean;
      readonly used: boolean;
      readonly reason: Reason | undefined;
    }
  >;
  readonly roles: Set<string>;
  readonly met: Met;
  /** What was found depends on more than is noted here. */
  open: boolean;
}

export interface RoleState {
  readonly symbol: ChorSymbol;
  /** Inputs and variables. */
  readonly variables: Map<string, Variable>;
  /** Names bound by the patterns around, innermost last. */
  readonly locals: ReadonlyMap<string, Variable>[];
  readonly env: Env;
  /** It takes part in something. */
  active: boolean;
}

export interface Roles {
  readonly all: ReadonlyMap<string, RoleState>;
  readonly flow: Flow<Assignable>;
  /** What is known of families. */
  readonly members: Members;
  /** Names stand where a role should that are none. */
  readonly unknown: boolean;
  /** Notes what is asked, while a passage is checked. */
  trace?: Trace;
  /**
   * Resolves a role's name where it takes part in something.
   * @param speaker who speaks to it, if anybody does
   * @param item see `NoSpeaker`
   */
  use(role: RoleRef, speaker?: RoleRef, item?: TextRange, line?: true): RoleState | undefined;
  /** Goes through what is done at a role that is written once for all of it, in `item`. */
  at(role: RoleRef, item: TextRange, run: () => void): void;
  /** Creates a variable at its first write, before anything is checked. */
  declare(role: RoleRef, name: Name): void;
  /**
   * Resolves the target of a write; the variable has a value after it.
   * @param speaks who sends it, and `place` where in a list it goes
   */
  write(role: RoleRef, name: Name, speaks?: RoleRef, place?: Expr): Type;
  /** Where an expression stands: at a role, or at something that is none. */
  env(role: RoleRef): Env;
}

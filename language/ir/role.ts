// Who takes part: a role where it is meant.
import type { Expr, Name, TextRange } from './expression.js';

/** A role where it is meant. Whoever compares roles, or keeps something by role, does so by `key`; whoever looks for its declaration, by `name`. */
export interface RoleRef {
  /** The role's name as the header has it, where it stands. */
  readonly name: Name;
  /** The same text exactly for the same role. */
  readonly key: string;
  readonly origin: TextRange;
}

/** The role of a name. */
export function roleOf(name: Name): RoleRef {
  return { name, key: name.text, origin: name.origin };
}

export function sameRole(left: RoleRef, right: RoleRef): boolean {
  return left.key === right.key;
}

/** An expression of one role. */
export interface Located {
  readonly role: RoleRef;
  readonly value: Expr;
  readonly origin: TextRange;
}

// Who takes part: a role where it is meant, and families of roles, whose members do the same.
import type { Expr, Name, TextRange } from './expression.js';
import { staticKey } from './static.js';

/**
 * Which members of a family: one, those from a number up to another, all but the one that speaks, or those whose
 * numbers are in a list that was picked.
 */
export type RoleIndex =
  | { readonly kind: 'member'; readonly at: Expr }
  | { readonly kind: 'part'; readonly from: Expr; readonly until: Expr }
  | { readonly kind: 'others' }
  | {
      readonly kind: 'picked';
      /** The name of the list. */
      readonly list: Expr;
      /** Of which part of the family they are, where that is not all of it, and how many, where that is said. */
      readonly part?: { readonly from: Expr; readonly until: Expr };
      readonly count?: number;
    };

/**
 * A role where it is meant. Whoever compares roles, or keeps something by role, does so by `key`; whoever looks for its
 * declaration, by `name`.
 */
export interface RoleRef {
  /** The role's name as the header has it, where it stands. */
  readonly name: Name;
  /** Of a family: which members. Without it, a family's name means all of them. */
  readonly index?: RoleIndex;
  /** The same text exactly for the same role. */
  readonly key: string;
  readonly origin: TextRange;
}

/** The sizes that a family may have. */
export interface Family {
  /** The name of its size; none where it always has the same. */
  readonly size?: Name;
  /** The least size, and that which it has where none is given. */
  readonly least: number;
  readonly usual?: number;
  readonly origin: TextRange;
  /** Where its size is declared, by a family before it in the header that is of the same. */
  readonly first?: TextRange;
  /** It says more of the size than its name, though another one has declared it. */
  readonly redeclares?: boolean;
}

/** The role of a name: all members, where it is a family. */
export function roleOf(name: Name): RoleRef {
  return { name, key: name.text, origin: name.origin };
}

/** Some members of a family. */
export function membersOf(name: Name, index: RoleIndex, origin: TextRange): RoleRef {
  return { name, index, key: keyOf(name.text, index), origin };
}

function keyOf(family: string, index: RoleIndex): string {
  switch (index.kind) {
    case 'member':
      return `${family}[${staticKey(index.at)}]`;
    case 'part':
      return `${family}[${staticKey(index.from)} until ${staticKey(index.until)}]`;
    case 'others':
      return `others ${family}`;
    case 'picked':
      return `${family}[${staticKey(index.list)}]`;
  }
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

/** Roles, each once. Cost: linear */
export function distinctRoles(roles: readonly RoleRef[]): readonly RoleRef[] {
  return [...new Map([...roles].reverse().map((role) => [role.key, role])).values()].reverse();
}

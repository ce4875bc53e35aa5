// What is known of a choreography while it is checked.
import type { Choreography } from '../../ir/choreography.js';
import type { ByMessage } from '../../ir/message.js';
import type { RoleRef } from '../../ir/role.js';
import type { OpenSymbol } from '../context.js';
import type { Roles } from '../role-state.js';
import type { Fields } from '../sent.js';
import type { TailState } from '../tail.js';
import type { Owner } from '../targets.js';
import type { Type } from '../types.js';
import type { Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';

/** The choreography, and what was found so far. */
export interface ChoreographyState extends TailState {
  /**
   * Checks the statements of a block.
   * @param anchor where something is to be added that stands before it; else before each statement
   */
  block(statements: readonly Statement[], anchor?: TextRange): void;
  readonly choreography: Choreography;
  readonly roles: Roles;
  readonly labels: Map<string, OpenSymbol>;
  readonly payloads: ByMessage<Type[]>;
  readonly fields: Fields;
}

/** A role as one that takes values, from another one where that is told. */
export function ownerOf({ members, ...roles }: Roles, role: RoleRef, speaks?: RoleRef): Owner {
  return {
    env: roles.env(role),
    prefix: `${role.key}.`,
    write: (name, place) => roles.write(role, name, speaks, place),
    isStatic: (place) => members.isStatic(place, 'place'),
  };
}

// What is no part of a role's automaton, since it depends on numbers of members.
import type { Statement } from '../ir/choreography.js';
import { hasFamilies } from '../families/sizes.js';
import type { RoleRef } from '../ir/role.js';
import { calleeOf } from './callee.js';
import { takesPart } from './involvement.js';
import type { Frame } from './states.js';

/**
 * Whether what a role does in a statement depends on numbers of members: in loops over them, where one is picked, where
 * it gets something of several or of one that is computed, and in calls of choreographies with families.
 * @param known whether a role that sends it something is one role, and always the same
 */
export function isNumbered(
  statement: Statement,
  { role, scope, renaming }: Frame,
  known: { isOne(sender: RoleRef): boolean },
): boolean {
  // Of a choreography that was gone into, which has no families, the roles are single ones.
  const isOne = (sender: RoleRef): boolean => !!renaming || known.isOne(sender);
  switch (statement.kind) {
    case 'for':
    case 'when':
      return takesPart([statement], role);
    case 'decision':
      return (
        statement.pick !== undefined &&
        (takesPart([statement], role) || statement.informs.some(({ key }) => key === role))
      );
    case 'communication':
      return statement.receivers.some((each) => each.role.key === role) && !isOne(statement.sender);
    case 'gather':
      return statement.receiver.role.key === role && !statement.senders.every((each) => isOne(each.role));
    case 'call': {
      const callee = calleeOf(statement.callee.text, scope);
      return !!callee && hasFamilies(callee.choreography.roles) && takesPart([statement], role);
    }
    case 'assignment':
    case 'effect':
    case 'at':
    case 'continue':
    case 'leave':
    case 'par':
    case 'rec':
    case 'while':
      return false;
  }
}

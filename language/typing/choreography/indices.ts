// Names for numbers of members.
import type { Name } from '../../ir/expression.js';
import { occur, report } from '../context.js';
import type { Context } from '../context.js';
import type { Roles } from '../role-state.js';

/** A name for a number that is no variable of any role. */
export function checkNewIndex(context: Context, roles: Roles, index: Name): void {
  const first =
    [...roles.all.values()].flatMap((role) => role.variables.get(index.text) ?? [])[0] ??
    roles.members.find(index.text);
  if (first)
    report(context, 'duplicate-name', index.origin, {
      name: index,
      what: 'index',
      ...(first.symbol.origin ? { first: { uri: context.uri, origin: first.symbol.origin } } : {}),
    });
}

/** Where the index of a loop, or of one who is picked, is declared. */
export function declareIndex(context: Context, roles: Roles, index: Name): void {
  const found = roles.members.find(index.text);
  if (found) occur(context, found.symbol, index.origin, 'definition');
}

// What the header of a choreography declares: roles with their inputs, sizes of families, and what all are given.
import type { Choreography } from '../../ir/choreography.js';
import { printType } from '../../syntax/print.js';
import { occur, report } from '../context.js';
import type { Context, Variable } from '../context.js';
import { checkDistinct, checkType } from '../declarations.js';
import { checkParameters } from '../given.js';
import { checkFamily } from '../family-members.js';
import type { Roles } from '../role-state.js';
import type { ChoreographyState } from './state.js';

/** Declares what the header does. */
export function checkHeader(context: Context, { choreography, roles }: ChoreographyState): void {
  checkDistinct(context, choreography.roles, 'role');
  checkSizes(context, roles, choreography);
  checkParameters(context, choreography, roles, (name, what, first) => {
    report(context, 'duplicate-name', name.origin, {
      name,
      what: whatIs(what),
      ...(first ? { first: { uri: context.uri, origin: first } } : {}),
    });
  });
  for (const role of choreography.roles) {
    const state = roles.all.get(role.name.text);
    if (!state) continue;
    occur(context, state.symbol, role.name.origin, 'definition');
    checkDistinct(context, role.params, 'input');
    for (const param of role.params) {
      const shared = roles.members.find(param.name.text)?.symbol;
      if (shared)
        report(context, 'duplicate-name', param.name.origin, {
          name: param.name,
          what: whatIs(shared.kind),
          ...(shared.origin ? { first: { uri: context.uri, origin: shared.origin } } : {}),
        });
      const type = checkType(context, param.type);
      const input: Variable = {
        symbol: {
          id: `${state.symbol.id}.${param.name.text}`,
          kind: 'input',
          name: param.name.text,
          uri: context.uri,
          origin: param.name.origin,
          role: role.name.text,
          container: choreography.name.text,
          detail: `${role.name.text}.${param.name.text}: ${printType(param.type)}`,
          doc: param.doc,
        },
        type,
        used: false,
      };
      occur(context, input.symbol, param.name.origin, 'definition');
      if (!state.variables.has(param.name.text)) state.variables.set(param.name.text, input);
      roles.flow.assign(input);
    }
  }
}

/** The sizes of families: names that all know. */
function checkSizes(context: Context, { members, all }: Roles, choreography: Choreography): void {
  for (const { name, family } of choreography.roles) {
    if (!family) continue;
    if (family.size) {
      const { size } = family;
      const first = members.find(size.text) ?? all.get(size.text);
      if (family.first && first && !family.redeclares) {
        occur(context, first.symbol, size.origin, 'read');
        continue;
      }
      if (first)
        report(context, 'duplicate-name', size.origin, {
          name: size,
          what: 'size',
          ...(family.redeclares ? { sizes: family.origin } : {}),
          ...(first.symbol.origin ? { first: { uri: context.uri, origin: first.symbol.origin } } : {}),
        });
      occur(context, members.declare(size, 'size').symbol, size.origin, 'definition');
    }
    checkFamily(context, { name, family });
  }
}

/** What a header names, in the words of messages. */
function whatIs(kind: string): string {
  return kind === 'parameter' ? 'shared value' : kind;
}

// Arguments of calls: what they are, roles with inputs or values, depends on the callee.
import type { RoleArg } from './choreography.js';
import type { Expr, TextRange } from './expression.js';
import type { LocalArg } from './process.js';
import { membersOf, roleOf } from './role.js';
import type { RoleRef } from './role.js';

/**
 * An argument that is written as an expression: it may be a role, with its inputs, a member of a family, or something
 * else.
 */
export function argumentOf(value: Expr): RoleArg {
  const { origin } = value;
  if (value.kind === 'name') return { role: roleOf(value.name), inputs: [], origin };
  if (value.kind === 'index' && value.receiver.kind === 'name')
    return { role: membersOf(value.receiver.name, { kind: 'member', at: value.index }, origin), inputs: [], origin };
  if (value.kind !== 'call') return { role: noRole(origin), inputs: [], value, origin };
  const plain = value.args.length > 0 && value.args.every(({ name }) => !name);
  return {
    role: roleOf(value.callee),
    inputs: value.args.map((arg) => arg.value),
    ...(plain ? {} : { value }),
    origin,
  };
}

/** What stands where a role may, and can be none. */
export function noRole(origin: TextRange): RoleRef {
  return roleOf({ text: '', origin });
}

/** An argument as an expression; undefined where it can be none. */
export function valueOfArgument(arg: RoleArg | LocalArg): Expr | undefined {
  if (arg.value) return arg.value;
  const {
    role: { name, index, origin: place },
    inputs,
  } = arg;
  const origin = 'origin' in arg ? arg.origin : place;
  if (name.text === '') return undefined;
  if (index)
    return index.kind === 'member' && inputs.length === 0
      ? { kind: 'index', receiver: { kind: 'name', name, origin: name.origin }, index: index.at, origin }
      : undefined;
  return inputs.length > 0
    ? { kind: 'call', callee: name, args: inputs.map((value) => ({ value })), origin }
    : { kind: 'name', name, origin };
}

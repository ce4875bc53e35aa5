// Names in expressions replaced by what they stand for.
import type { Arm, Expr, Pattern, TextRange } from '../ir/expression.js';
import { membersOf } from '../ir/role.js';
import type { RoleRef } from '../ir/role.js';

/**
 * An expression with other expressions in the place of names. Names that lambdas and patterns bind stay.
 * @param by what a name is to be; undefined where it stays
 * Cost: linear in the expression
 */
export function replaceNames(expr: Expr, by: (name: string, origin: TextRange) => Expr | undefined): Expr {
  const all = (items: readonly Expr[]): Expr[] => items.map((item) => replaceNames(item, by));
  const without = (bound: ReadonlySet<string>): typeof by =>
    bound.size === 0 ? by : (name, origin) => (bound.has(name) ? undefined : by(name, origin));
  switch (expr.kind) {
    case 'name':
      return by(expr.name.text, expr.origin) ?? expr;
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
    case 'none':
      return expr;
    case 'list':
    case 'tuple':
      return { ...expr, items: all(expr.items) };
    case 'call':
      return { ...expr, args: expr.args.map((arg) => ({ ...arg, value: replaceNames(arg.value, by) })) };
    case 'field':
      return { ...expr, receiver: replaceNames(expr.receiver, by) };
    case 'index':
      return { ...expr, receiver: replaceNames(expr.receiver, by), index: replaceNames(expr.index, by) };
    case 'update':
      return {
        ...expr,
        receiver: replaceNames(expr.receiver, by),
        fields: expr.fields.map((field) => ({ ...field, value: replaceNames(field.value, by) })),
      };
    case 'unary':
      return { ...expr, operand: replaceNames(expr.operand, by) };
    case 'binary':
      return { ...expr, left: replaceNames(expr.left, by), right: replaceNames(expr.right, by) };
    case 'lambda':
      return { ...expr, body: replaceNames(expr.body, without(new Set(expr.params.map((param) => param.text)))) };
    case 'let':
      return {
        ...expr,
        value: replaceNames(expr.value, by),
        body: replaceNames(expr.body, without(boundBy(expr.pattern))),
      };
    case 'if':
      return {
        ...expr,
        condition: replaceNames(expr.condition, by),
        then: replaceNames(expr.then, by),
        else: replaceNames(expr.else, by),
      };
    case 'match':
      return {
        ...expr,
        value: replaceNames(expr.value, by),
        else: expr.else && replaceNames(expr.else, by),
        arms: expr.arms.map((arm): Arm => ({ ...arm, body: replaceNames(arm.body, without(boundBy(arm.pattern))) })),
      };
  }
}

/** A role with other expressions in its index. */
export function withNames(role: RoleRef, rename: (expr: Expr) => Expr): RoleRef {
  const { name, index, origin } = role;
  if (!index || index.kind === 'others') return role;
  if (index.kind === 'picked') {
    const { part } = index;
    return membersOf(
      name,
      {
        ...index,
        list: rename(index.list),
        ...(part ? { part: { from: rename(part.from), until: rename(part.until) } } : {}),
      },
      origin,
    );
  }
  return membersOf(
    name,
    index.kind === 'member'
      ? { kind: 'member', at: rename(index.at) }
      : { kind: 'part', from: rename(index.from), until: rename(index.until) },
    origin,
  );
}

/** The names that a pattern may bind; cases of enums among them are no variables anyway. */
function boundBy(pattern: Pattern, names = new Set<string>()): ReadonlySet<string> {
  if (pattern.kind === 'tuple') pattern.items.forEach((item) => boundBy(item, names));
  if (pattern.kind !== 'constructor') return names;
  if (pattern.args) pattern.args.forEach((arg) => boundBy(arg, names));
  else names.add(pattern.name.text);
  return names;
}

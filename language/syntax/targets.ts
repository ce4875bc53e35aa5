// What stands on the left of `=` is read as an expression, since it is known only at the `=` what it is: which of these
// are targets.
import type * as ast from '../grammar/generated/ast.js';

/**
 * The part of an expression on the left of `=` that can't take a value, or a part of one: anything but a variable, a
 * place of a list and, in brackets, patterns.
 * @returns undefined where the whole is a target
 */
export function noTarget(value: ast.Expression): ast.Expression | undefined {
  if (value.$type === 'Index') return value.receiver.$type === 'Reference' ? undefined : value;
  return value.$type === 'Reference' || value.$type === 'Paren' || value.$type === 'Call' ? noPattern(value) : value;
}

function noPattern(value: ast.Expression): ast.Expression | undefined {
  switch (value.$type) {
    case 'Reference':
    case 'IntLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
    case 'BoolLiteral':
    case 'NoneLiteral':
      return undefined;
    case 'Paren':
      return first(value.items);
    case 'Call':
      return value.args.length === 0 || value.args.some(({ name }) => name)
        ? value
        : first(value.args.map((arg) => arg.value));
    case 'Unary':
      return value.operator === '-' && (value.operand.$type === 'IntLiteral' || value.operand.$type === 'FloatLiteral')
        ? undefined
        : value;
    case 'Arithmetic':
    case 'Binary':
    case 'Field':
    case 'IfExpression':
    case 'Index':
    case 'Lambda':
    case 'LetExpression':
    case 'ListLiteral':
    case 'MatchExpression':
    case 'Update':
      return value;
  }
}

function first(items: readonly ast.Expression[]): ast.Expression | undefined {
  for (const item of items) {
    const found = noPattern(item);
    if (found) return found;
  }
  return undefined;
}

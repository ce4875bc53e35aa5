// Called choreographies as seen by one role of the caller: whether what that role does in them can stand in its own code, and
// with which variables.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import { walkExpr } from '../ir/expression.js';
import type { Expr, TypeExpr } from '../ir/expression.js';
import { bindersOf, enumsByCase } from '../scoping/cases.js';
import type { Scope } from '../scoping/scope.js';
import type { Callee } from './callee.js';

/** The names of all variables and inputs, of every role. */
export function variablesOf(choreography: Choreography): ReadonlySet<string> {
  return new Set(choreography.roles.flatMap((role) => [...ownVariables(choreography, role.name.text)]));
}

/** The names of the variables and inputs of one role. Cost: linear. */
export function ownVariables(choreography: Choreography, role: string): ReadonlySet<string> {
  const names = new Set(choreography.roles.find((r) => r.name.text === role)?.params.map((param) => param.name.text));
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind === 'communication') for (const receiver of statement.receivers) if (receiver.variable && receiver.role.text === role) names.add(receiver.variable.text);
    if (statement.kind === 'assignment' && statement.role.text === role) names.add(statement.variable.text);
    if (statement.kind === 'call' && statement.target?.role.text === role) names.add(statement.target.variable.text);
  });
  return names;
}

/**
 * Whether the code of one place of a callee means the same in the caller's file, and binds no names inside of expressions
 * and patterns that other names could get caught by.
 */
export function canStandIn(callee: Callee, place: string, scope: Scope): boolean {
  const { choreography } = callee;
  const variables = ownVariables(choreography, place);
  const elsewhere = callee.uri !== scope.file.uri;
  let good = true;
  const name = (text: string): void => {
    if (variables.has(text) || !elsewhere) return;
    const [there, here] = [callee.scope.lookup(text)?.declaration, scope.lookup(text)?.declaration];
    good &&= there === here && (there !== undefined || !enumsByCase(callee.scope).has(text));
  };
  const type = (t: TypeExpr): void => {
    if (t.kind === 'named') name(t.name.text);
    (t.kind === 'named' ? t.args : t.items).forEach(type);
  };
  const value = (expr: Expr): void => walkExpr(expr, (inner) => {
    if (inner.kind === 'lambda' || inner.kind === 'match') good = false;
    if (inner.kind === 'name') name(inner.name.text);
    if (inner.kind === 'call') name(inner.callee.text);
  });
  walkBlock(choreography.body.statements, (statement) => {
    switch (statement.kind) {
      case 'communication':
        if (statement.sender.text !== place && !statement.receivers.some((r) => r.role.text === place)) return;
        statement.label?.types.forEach(type);
        if (statement.value && statement.sender.text === place) value(statement.value);
        return;
      case 'assignment': case 'effect':
        if (statement.role.text === place) value(statement.value);
        return;
      case 'call':
        if (!statement.args.some((arg) => arg.role.text === place)) return;
        name(statement.callee.text);
        statement.args.forEach((arg) => arg.role.text === place && arg.inputs.forEach(value));
        return;
      case 'decision': case 'while': {
        const guard = statement.guards.find((g) => g.role.text === place);
        if (guard) value(guard.value);
        if (guard && statement.kind === 'decision') good &&= statement.branches.every((branch) => !branch.pattern || bindersOf(branch.pattern, callee.scope).length === 0 && (!elsewhere || branch.pattern.kind === 'literal'));
        return;
      }
      default: return;
    }
  });
  if (choreography.returns?.role.text === place) value(choreography.returns.value);
  return good;
}

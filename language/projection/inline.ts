// Called choreographies as seen by one role of the caller: with which names what that role does in them can stand in
// its own code, and where it can't.
import { rolesNamed, takersIn, valuesOf, walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import { childrenOf, freeNames, walkExpr } from '../ir/expression.js';
import { readingsOf } from '../ir/readings.js';
import type { Expr, Pattern, TypeExpr } from '../ir/expression.js';
import { namesOfTarget } from '../ir/target.js';
import { bindersOf, enumsByCase } from '../scoping/cases.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { library } from '../typing/library.js';
import { calleeOf } from './callee.js';
import { isOpenItself } from '../parameters/closure.js';
import { goesThroughNumbers } from './numbers.js';
import type { Callee } from './callee.js';

/** The names of all variables and inputs, of every role. */
export function variablesOf(choreography: Choreography, scope: Scope): ReadonlySet<string> {
  return new Set(choreography.roles.flatMap((role) => [...ownVariables(choreography, role.name.text, scope)]));
}

/** The names of the variables and inputs of one role, and of what its patterns bind. Cost: linear. */
export function ownVariables(choreography: Choreography, role: string, scope: Scope): ReadonlySet<string> {
  const params = [
    ...(choreography.roles.find((r) => r.name.text === role)?.params ?? []),
    ...valuesOf(choreography.parameters),
  ].map((param) => param.name.text);
  return new Set([...params, ...setVariables(choreography, role, scope)]);
}

/** The names that a role gives values to after the start. Cost: linear. */
export function setVariables(choreography: Choreography, role: string, scope: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  walkBlock(choreography.body.statements, (statement) => {
    for (const taker of takersIn(statement))
      if (taker.role.key === role) for (const { text } of namesOfTarget(taker.into)) names.add(text);
    if (statement.kind !== 'decision' || !statement.guards.some((guard) => guard.role.key === role)) return;
    for (const { pattern } of statement.branches)
      if (pattern) bindersOf(pattern, scope).forEach((name) => names.add(name));
  });
  return names;
}

/**
 * The values that all know which a role needs: to compute and decide by, or to hand on to others than the choreography
 * itself. Cost: linear
 */
export function valuesNeeded(choreography: Choreography, role: string): ReadonlySet<string> {
  const values = new Set(valuesOf(choreography.parameters).map(({ name }) => name.text));
  if (values.size === 0) return values;
  const needed = new Set<string>();
  const reads = (expr: Expr): void => {
    for (const name of freeNames(expr)) if (values.has(name)) needed.add(name);
  };
  for (const reading of readingsOf(choreography)) if (reading.role.key === role) reads(reading.value);
  walkBlock(choreography.body.statements, (statement) => {
    if (statement.kind !== 'call') return;
    // What is handed on in another place is needed there, if it is.
    const isSelf =
      statement.callee.text === choreography.name.text &&
      statement.args.every((arg, i) => arg.role.key !== role || choreography.roles[i]?.name.text === role);
    statement.values?.forEach((value, i) => {
      const own = isSelf ? valuesOf(choreography.parameters)[i]?.name.text : undefined;
      for (const name of freeNames(value)) if (values.has(name) && name !== own) needed.add(name);
    });
  });
  return needed;
}

/** Whether a choreography calls itself, directly or by way of others. Cost: linear in those that it reaches. */
export function callsItself(callee: Callee): boolean {
  const seen = new Set<Choreography>();
  const open: Callee[] = [callee];
  let found = false;
  for (let at = open.pop(); at && !found; at = open.pop()) {
    const { choreography, scope } = at;
    walkBlock(choreography.body.statements, (statement) => {
      const to = statement.kind === 'call' ? calleeOf(statement.callee.text, scope) : undefined;
      found ||= to?.choreography === callee.choreography;
      if (!to || seen.has(to.choreography)) return;
      seen.add(to.choreography);
      open.push(to);
    });
  }
  return found;
}

/** What code of a callee needs to stand somewhere else. */
export interface Standing {
  /** Names of declarations that the caller's file does not have, with the files that do. */
  readonly foreign: ReadonlyMap<string, string>;
  /** The names that its expressions use without being variables, or bind themselves: no variable may get these. */
  readonly fixed: ReadonlySet<string>;
}

/**
 * Whether the code of one place of a callee can mean the same in the code of its caller, and with which names.
 * @param scope the names of the caller's code
 * @param held the variables of the caller's code, and what its expressions bind
 * @returns what it needs; or in words what is in the way
 * Cost: linear in the callee
 */
export function standIn(
  callee: Callee,
  place: string,
  scope: Scope,
  held: ReadonlySet<string>,
): Standing | { readonly obstacle: string } {
  const { choreography } = callee;
  if (isOpenItself(choreography.name.text)) return { obstacle: 'which choreography is given there is not known' };
  if (goesThroughNumbers(choreography)) return { obstacle: 'it goes through numbers' };
  const variables = ownVariables(choreography, place, callee.scope);
  const foreign = new Map<string, string>();
  const fixed = new Set<string>();
  const obstacles: string[] = [];
  const differs = (name: string): void =>
    void obstacles.push(`\`${name}\` means something else in the file of the call`);
  const casesOf = (name: string, from: Scope): readonly Resolved[] => enumsByCase(from).get(name) ?? [];
  const needs = ({ declaration, uri }: Resolved): void => {
    const name = declaration.name.text;
    const here = scope.lookup(name)?.declaration;
    if (here === declaration) return;
    // A name that is lost may be anything, and one of the library's is used as such.
    if (
      here ||
      scope.isLost(name) ||
      library.has(name) ||
      casesOf(name, scope).length > 0 ||
      (foreign.get(name) ?? uri) !== uri
    )
      return differs(name);
    if (declaration.kind === 'enum')
      for (const one of declaration.cases)
        if (held.has(one.name.text) || scope.lookup(one.name.text) || library.has(one.name.text))
          differs(one.name.text);
    foreign.set(name, uri);
  };
  const named = (name: string): void => {
    if (callee.uri === scope.file.uri) return;
    const there = callee.scope.lookup(name);
    const cases = there ? [there] : casesOf(name, callee.scope);
    if (cases.length === 0 ? scope.lookup(name) !== undefined || casesOf(name, scope).length > 0 : false)
      return differs(name);
    cases.forEach(needs);
    if (!there && casesOf(name, scope).some((one) => !cases.some((other) => other.declaration === one.declaration)))
      differs(name);
  };
  const type = (t: TypeExpr): void => {
    if (t.kind === 'named') named(t.name.text);
    (t.kind === 'named' ? t.args : t.items).forEach(type);
  };
  const pattern = (p: Pattern): void => {
    if (p.kind === 'tuple') p.items.forEach(pattern);
    if (p.kind !== 'constructor') return;
    p.args?.forEach(pattern);
    const binds = !p.args && bindersOf(p, callee.scope).length > 0;
    if (binds && casesOf(p.name.text, scope).length > 0) differs(p.name.text);
    if (!binds && p.name.text !== '_' && p.name.text !== 'some') named(p.name.text);
  };
  const value = (expr: Expr, bound: ReadonlySet<string> = none): void => {
    const within = (names: readonly string[], inner: Expr): void => {
      names.forEach((name) => fixed.add(name));
      value(inner, new Set([...bound, ...names]));
    };
    switch (expr.kind) {
      case 'lambda':
        return within(
          expr.params.map((param) => param.text),
          expr.body,
        );
      case 'let':
        value(expr.value, bound);
        pattern(expr.pattern);
        return within(bindersOf(expr.pattern, callee.scope), expr.body);
      case 'match':
        value(expr.value, bound);
        for (const arm of expr.arms) {
          pattern(arm.pattern);
          within(bindersOf(arm.pattern, callee.scope), arm.body);
        }
        if (expr.else) value(expr.else, bound);
        return;
      case 'name': {
        const { text } = expr.name;
        if (variables.has(text) || bound.has(text)) return;
        fixed.add(text);
        named(text);
        if (held.has(text)) obstacles.push(`\`${text}\` is a variable where the call stands`);
        return;
      }
      case 'call':
        if (!bound.has(expr.callee.text)) named(expr.callee.text);
        break;
      case 'binary':
      case 'bool':
      case 'field':
      case 'float':
      case 'if':
      case 'index':
      case 'int':
      case 'list':
      case 'none':
      case 'string':
      case 'tuple':
      case 'unary':
      case 'update':
        break;
    }
    childrenOf(expr).forEach((child) => value(child, bound));
  };
  /** The records and cases that a target names. */
  const target = (p: Pattern): void => {
    if (p.kind === 'tuple') p.items.forEach(target);
    if (p.kind !== 'constructor' || !p.args) return;
    if (p.name.text !== 'some') named(p.name.text);
    p.args.forEach(target);
  };
  walkBlock(choreography.body.statements, (statement) => {
    for (const { role, into } of takersIn(statement))
      if (role.key === place && into.kind === 'pattern') target(into.pattern);
    switch (statement.kind) {
      case 'communication':
        if (statement.sender.key !== place && !statement.receivers.some((r) => r.role.key === place)) return;
        statement.label?.types.forEach(type);
        if (statement.value && statement.sender.key === place) value(statement.value);
        return;
      case 'gather':
        if (!rolesNamed(statement).some((role) => role.key === place)) return;
        statement.label?.types.forEach(type);
        for (const sender of statement.senders) if (sender.value && sender.role.key === place) value(sender.value);
        return;
      case 'assignment':
      case 'effect':
        if (statement.role.key === place) value(statement.value);
        return;
      case 'call':
        if (!statement.args.some((arg) => arg.role.key === place)) return;
        named(statement.callee.text);
        statement.args.forEach((arg) => arg.role.key === place && arg.inputs.forEach((input) => value(input)));
        statement.values?.forEach((each) => {
          value(each);
        });
        return;
      case 'decision':
      case 'while': {
        const guard = statement.guards.find((g) => g.role.key === place);
        if (guard) value(guard.value);
        if (guard && statement.kind === 'decision')
          statement.branches.forEach((branch) => branch.pattern && pattern(branch.pattern));
        return;
      }
      case 'continue':
      case 'leave':
      case 'rec':
      case 'for':
      case 'par':
      case 'at':
      case 'when':
        return;
    }
  });
  for (const returned of choreography.returns) if (returned.role.key === place) value(returned.value);
  const [obstacle] = obstacles;
  return obstacle === undefined ? { foreign, fixed } : { obstacle };
}

const none: ReadonlySet<string> = new Set();

/** The names that the expressions of one role bind themselves. Cost: linear. */
export function boundInside(choreography: Choreography, role: string, scope: Scope): ReadonlySet<string> {
  const names = new Set<string>();
  const value = (expr: Expr): void =>
    walkExpr(expr, (inner) => {
      if (inner.kind === 'lambda') inner.params.forEach((param) => names.add(param.text));
      if (inner.kind === 'let') bindersOf(inner.pattern, scope).forEach((name) => names.add(name));
      if (inner.kind === 'match')
        inner.arms.forEach((arm) => bindersOf(arm.pattern, scope).forEach((name) => names.add(name)));
    });
  walkBlock(choreography.body.statements, (statement) => {
    switch (statement.kind) {
      case 'communication':
        return statement.value && statement.sender.key === role ? value(statement.value) : undefined;
      case 'gather':
        return statement.senders.forEach((sender) => sender.value && sender.role.key === role && value(sender.value));
      case 'assignment':
      case 'effect':
        return statement.role.key === role ? value(statement.value) : undefined;
      case 'call':
        return statement.args.forEach((arg) => arg.role.key === role && arg.inputs.forEach(value));
      case 'decision':
      case 'while':
        return statement.guards.forEach((guard) => guard.role.key === role && value(guard.value));
      case 'continue':
      case 'leave':
      case 'rec':
      case 'for':
      case 'par':
      case 'at':
      case 'when':
        return undefined;
    }
  });
  return names;
}

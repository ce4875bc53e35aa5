// What is given to a choreography where it is called: other choreographies, perhaps with roles and values of the
// caller's own.
import type { Choreography, RoleArg } from '../ir/choreography.js';
import { argumentOf, valueOfArgument } from '../ir/argument.js';
import { printExpr } from '../syntax/print.js';
import type { Expr } from '../ir/expression.js';
import type { Resolved } from '../scoping/scope.js';
import { isPlace } from './arguments.js';
import type { Closure, ClosureArg } from './closure.js';

/** A choreography that is given, in terms of who gives it; or a parameter of which nothing is known. */
export type Bound =
  | { readonly kind: 'choreography'; readonly uri: string; readonly name: string; readonly args?: readonly BoundArg[] }
  | { readonly kind: 'open'; readonly uri: string; readonly of: string; readonly parameter: string };

/** What one place or parameter of it gets; `free` is given by whoever calls it. */
export type BoundArg =
  | { readonly kind: 'free' }
  | { readonly kind: 'role'; readonly arg: RoleArg }
  | { readonly kind: 'value'; readonly value: Expr }
  | Bound;

/** Where the choreographies are found that are given: by name, and by the parameters of who gives them. */
export interface Giving {
  lookup(name: string): (Resolved & { readonly declaration: Choreography }) | undefined;
  readonly own: ReadonlyMap<string, Bound>;
}

/**
 * What an argument gives where a choreography is wanted; undefined where it names none.
 * @param inside of another that is given: there is no parameter, so that what is given never grows
 */
export function boundBy(given: RoleArg, giving: Giving, inside = false): Bound | undefined {
  const value = valueOfArgument(given);
  if (value?.kind === 'name') {
    const found = giving.own.get(value.name.text);
    if (found) return inside ? undefined : found;
    const named = giving.lookup(value.name.text);
    return named && { kind: 'choreography', uri: named.uri, name: named.declaration.name.text };
  }
  if (value?.kind !== 'call' || giving.own.has(value.callee.text)) return undefined;
  const named = giving.lookup(value.callee.text);
  if (!named) return undefined;
  const { roles, parameters } = named.declaration;
  const args = value.args.map((each, i): BoundArg | undefined => {
    if (isPlace(each.value)) return { kind: 'free' };
    const parameter = parameters[i - roles.length];
    if (!parameter) return { kind: 'role', arg: argumentOf(each.value) };
    return parameter.kind === 'value'
      ? { kind: 'value', value: each.value }
      : boundBy(argumentOf(each.value), giving, true);
  });
  return args.some((arg) => arg === undefined)
    ? undefined
    : {
        kind: 'choreography',
        uri: named.uri,
        name: named.declaration.name.text,
        args: args.flatMap((arg) => arg ?? []),
      };
}

/** A role of who gives, which comes to be a role of what is given something. */
export interface CapturedRole {
  readonly kind: 'role';
  /** Once for each place that it is given for. */
  readonly args: readonly RoleArg[];
}

export type Captured = CapturedRole | { readonly kind: 'value'; readonly value: Expr };

/** What is given, with its roles and values by numbers. */
export function captured(all: readonly Bound[]): {
  readonly closures: readonly Closure[];
  readonly captured: readonly Captured[];
} {
  const found: (Captured & { args?: RoleArg[] })[] = [];
  const number = (arg: Extract<BoundArg, { kind: 'role' | 'value' }>): number => {
    const known = found.findIndex((each) =>
      arg.kind === 'role'
        ? each.kind === 'role' && each.args[0]?.role.key === arg.arg.role.key
        : each.kind === 'value' && printExpr(each.value) === printExpr(arg.value),
    );
    const before = found[known];
    if (before?.kind === 'role' && arg.kind === 'role') before.args = [...before.args, arg.arg];
    if (before) return known;
    return found.push(arg.kind === 'role' ? { kind: 'role', args: [arg.arg] } : arg) - 1;
  };
  const closureArg = (arg: BoundArg): ClosureArg => {
    switch (arg.kind) {
      case 'free':
        return null;
      case 'role':
      case 'value':
        return number(arg);
      case 'choreography':
      case 'open':
        return closure(arg);
    }
  };
  const closure = (bound: Bound): Closure => {
    if (bound.kind === 'open') return { uri: bound.uri, of: bound.of, parameter: bound.parameter };
    return { uri: bound.uri, name: bound.name, ...(bound.args ? { args: bound.args.map(closureArg) } : {}) };
  };
  return { closures: all.map(closure), captured: found };
}

// What a call gives, by what it is given for: roles first, then what the header names behind them.
import type { Parameter } from '../ir/choreography.js';
import type { Expr } from '../ir/expression.js';

export interface Arguments<A> {
  readonly roles: readonly A[];
  /** What each parameter gets; undefined where that is missing. */
  readonly given: readonly { readonly parameter: Parameter; readonly arg: A | undefined }[];
}

/** The arguments of a call by what they are for; those that are too many are roles. Cost: linear */
export function argumentsOf<A>(
  args: readonly A[],
  { roles, parameters }: { readonly roles: readonly unknown[]; readonly parameters: readonly Parameter[] },
): Arguments<A> {
  const first = args.slice(0, roles.length);
  const extra = args.slice(roles.length + parameters.length);
  return {
    roles: [...first, ...extra],
    given: parameters.map((parameter, i) => ({ parameter, arg: args[roles.length + i] })),
  };
}

/** Whether an expression is the place that whoever calls gives something for: `_`. */
export function isPlace(value: Expr): boolean {
  return value.kind === 'name' && value.name.text === '_';
}

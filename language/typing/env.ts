// What an expression stands in, and what those who look at a part of it ask of inference.
import type { Because, Demand } from '../findings/typing.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { excerpt, report } from './context.js';
import type { Context, Variable } from './context.js';
import { showMeaning } from './types.js';
import type { Type } from './types.js';

/** What an expression stands in: which variables it can read. */
export interface Env {
  /** The id that ids of local names begin with. */
  readonly owner: string;
  find(name: string): Variable | undefined;
  /** Reports a name that means nothing here. */
  missing(name: Name): Type;
  /** Notes a read, for variables that may have no value yet. */
  read(variable: Variable, origin: TextRange): void;
  /** Reports `Bob.x` within an expression of another role; false where `Bob` is no role. */
  foreign?(role: Name, field: Name): boolean;
  /** The type that was shown last of each name in scope, for completion and did-you-mean. */
  names(): Iterable<string>;
}

/** An environment with more names in it. */
export function extend(env: Env, locals: ReadonlyMap<string, Variable>): Env {
  return {
    ...env,
    find: (name) => locals.get(name) ?? env.find(name),
    names: () => [...locals.keys(), ...env.names()],
  };
}

/** Who asks for a type, as it is shown. */
export type DemandOf = (type: string) => Demand;

/** Inference of expressions, for what is looked at apart: calls, patterns. */
export interface Typer {
  infer(context: Context, env: Env, expr: Expr, hint?: Type): Type;
  check(context: Context, env: Env, expr: Expr, type: Type, demand: DemandOf, because?: Because): Type;
}

/** Reports that an expression's type does not fit. */
export function mismatch(
  context: Context,
  origin: TextRange,
  actual: Type,
  demand: Demand,
  expected?: Type,
  because?: Because,
): void {
  // That a function is no value says all.
  const isTold = context.reported.some(({ code, origin: { start, end }, finding }) => {
    if (code !== 'type-mismatch' || start !== origin.start || end !== origin.end) return false;
    const told = finding();
    return told.code === 'type-mismatch' && told.args.kind === 'function';
  });
  if (isTold) return;
  report(context, 'type-mismatch', origin, {
    kind: 'demand',
    subject: excerpt(context, origin),
    actual: showMeaning(actual),
    ...(expected ? { expected: showMeaning(expected) } : {}),
    demand,
    ...(because ? { because } : {}),
  });
}

export const largestInt = 2n ** 63n - 1n;

/** Whether a literal with a minus before it is the least `int`, which has no positive counterpart. */
export function isLeast(text: string): boolean {
  return text.length >= 19 && BigInt(text) === largestInt + 1n;
}

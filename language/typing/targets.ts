// What takes values: the variables in a target get their types and, after that, have values.
import type { Expr, Name, Pattern, TextRange } from '../ir/expression.js';
import { originOfTarget } from '../ir/target.js';
import type { Target } from '../ir/target.js';
import { printTarget } from '../syntax/print.js';
import { report, typed } from './context.js';
import type { Context, Variable } from './context.js';
import { becauseOf, checkValue, infer, inferValue, typer } from './expressions.js';
import { mismatch } from './env.js';
import type { Env } from './env.js';
import { checkIrrefutable, checkPatternInto } from './patterns.js';
import { int, itemOf, listOf, showMeaning, tupleOf, unify, unknown, variable } from './types.js';
import type { Type } from './types.js';

/** Where the variables of a target live. */
export interface Owner {
  readonly env: Env;
  /** What messages put before a variable’s name: `Alice.`, in a process nothing. */
  readonly prefix: string;
  /** Resolves a variable that is written: it has a value after it. */
  write(name: Name, place?: Expr): Type;
  /** Whether an expression is made of sizes and numbers alone; told where it is not. */
  isStatic(place: Expr): boolean;
}

/** A target as messages call it. */
export function shownTarget({ prefix }: Pick<Owner, 'prefix'>, target: Target): string {
  return `${prefix}${target.kind === 'variable' ? target.name.text : printTarget(target)}`;
}

/** The place in a list that a value goes to: the number of a loop. */
function checkPlace(context: Context, { env, isStatic }: Owner, place: Expr | undefined): void {
  if (place && isStatic(place)) infer(context, env, place, int);
}

/**
 * Checks what is taken: what comes from elsewhere.
 * @param gathered each of several sends one: the names of a pattern get lists of the parts, a variable that of the
 *   whole
 * @returns the type that it has to have; whoever knows what it has makes it so, and then asks `checkFits`
 */
export function taken(context: Context, owner: Owner, target: Target, gathered = false): Type {
  if (target.kind === 'variable') {
    const type = owner.write(target.name, target.place);
    checkPlace(context, owner, target.place);
    return target.place ? itemOf(type) : type;
  }
  const whole = variable();
  into(context, owner, target.pattern, whole, gathered);
  return whole;
}

/** Reports a target that does not take every value of its type. */
export function checkFits(context: Context, target: Target, subject: TextRange, type: Type): void {
  if (target.kind === 'pattern') checkIrrefutable(context, target.pattern, subject, type);
}

/** Checks an assignment: the value is computed before anything is written. */
export function assign(context: Context, owner: Owner, target: Target, value: Expr): void {
  if (target.kind === 'variable') {
    const found = owner.env.find(target.name.text);
    const type = !found ? unknown() : target.place ? itemOf(found.type) : found.type;
    checkPlace(context, owner, target.place);
    checkValue(
      context,
      owner.env,
      value,
      type,
      (shown) => ({ by: 'variable', name: `${owner.prefix}${target.name.text}`, type: shown }),
      becauseOf(found),
    );
    owner.write(target.name, target.place);
    return;
  }
  const type = given(context, owner, target.pattern, value);
  settle(context, owner, target, taken(context, owner, target), type, value.origin);
}

/**
 * The type of a value that a pattern takes apart; of a tuple that is written out, each item is held against its part.
 */
function given(context: Context, owner: Owner, pattern: Pattern, value: Expr): Type {
  const { env, prefix } = owner;
  if (pattern.kind === 'tuple' && value.kind === 'tuple' && pattern.items.length === value.items.length) {
    const type = tupleOf(
      ...pattern.items.map((item, index) => given(context, owner, item, value.items[index] as Expr)),
    );
    typed(context, value.origin, type);
    return type;
  }
  const found = pattern.kind === 'constructor' && !pattern.args ? env.find(pattern.name.text) : undefined;
  if (!found) return inferValue(context, env, value);
  checkValue(
    context,
    env,
    value,
    found.type,
    (shown) => ({ by: 'variable', name: `${prefix}${found.symbol.name}`, type: shown }),
    becauseOf(found),
  );
  return found.type;
}

/** The names in a pattern take the parts of a value. */
function into(context: Context, owner: Owner, pattern: Pattern, type: Type, gathered: boolean): void {
  const seen = new Map<string, Name>();
  checkPatternInto(typer, context, owner.env, pattern, type, {
    always: true,
    bind: (name, part) => {
      const first = seen.get(name.text);
      if (first) {
        report(context, 'duplicate-name', name.origin, {
          name,
          what: 'name in this pattern',
          first: { uri: context.uri, origin: first.origin },
        });
        return;
      }
      seen.set(name.text, name);
      const found: Variable | undefined = owner.env.find(name.text);
      const own = owner.write(name);
      const wanted = gathered ? listOf(part) : part;
      if (!unify(own, wanted))
        mismatch(
          context,
          name.origin,
          wanted,
          { by: 'variable', name: `${owner.prefix}${name.text}`, type: showMeaning(own) },
          own,
          becauseOf(found),
        );
    },
  });
}

/** Reports that what comes does not fit what takes it; else that the target does not take every value of it. */
export function settle(
  context: Context,
  owner: Owner,
  target: Target,
  wanted: Type,
  got: Type,
  at: TextRange = originOfTarget(target),
): void {
  if (unify(wanted, got)) {
    checkFits(context, target, at, wanted);
    return;
  }
  const because = target.kind === 'variable' ? becauseOf(owner.env.find(target.name.text)) : undefined;
  mismatch(
    context,
    at,
    got,
    { by: 'variable', name: shownTarget(owner, target), type: showMeaning(wanted) },
    wanted,
    because,
  );
}

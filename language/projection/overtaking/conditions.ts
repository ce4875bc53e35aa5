// Conditions on the numbers of members, as far as what is known decides them.
import { number } from '../../families/specialise.js';
import { ask } from '../../families/solve.js';
import type { Known } from '../../families/solve.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import { exprOf, linearOf, staticKey } from '../../ir/static.js';

export const nowhere: TextRange = { start: 0, end: 0 };

export const zero = number(0, nowhere);

export const one = number(1, nowhere);

/** What names begin with of which nothing is known. */
export const unknownValue = '?';

/** A condition on numbers, or what it is whatever these are. */
export type Condition = Expr | boolean;

export function equal(left: Expr, right: Expr): Condition {
  return staticKey(left) === staticKey(right) ? true : compare('==', left, right);
}

export function both(left: Condition, right: Condition): Condition {
  if (left === false || right === false) return false;
  if (left === true) return right;
  return right === true ? left : all([left, right]);
}

export function not(condition: Condition): Condition {
  return typeof condition === 'boolean'
    ? !condition
    : { kind: 'unary', operator: 'not', operand: condition, origin: nowhere };
}

/** When a condition holds, by what is known. */
export function holds(condition: Condition, known: Known): ReturnType<typeof ask> {
  if (typeof condition !== 'boolean') return ask(known, condition);
  // Where nothing can be, it holds never.
  return condition &&
    (known.holds.length === 0 || ask(known, { kind: 'bool', value: true, origin: nowhere }) === 'always')
    ? 'always'
    : 'never';
}

export function compare(operator: '==' | '!=' | '<' | '<=' | '>=', left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator, left, right, origin: nowhere };
}

export function all(conditions: readonly Expr[]): Expr {
  return conditions.reduce((left, right) => ({ kind: 'binary', operator: 'and', left, right, origin: nowhere }));
}

export function either(left: Expr, right: Expr): Expr {
  return { kind: 'binary', operator: 'or', left, right, origin: nowhere };
}

export function sum(left: Expr, right: Expr): Expr {
  return left === zero ? normal(right) : normal({ kind: 'binary', operator: '+', left, right, origin: nowhere });
}

/** The same number, said in the usual way where there is one. */
export function normal(expr: Expr): Expr {
  const linear = linearOf(expr);
  return linear ? exprOf(linear, nowhere) : expr;
}

/** The number that has a name. */
export function nameOf(text: string): Expr {
  return { kind: 'name', name: { text, origin: nowhere }, origin: nowhere };
}

/** The name of a number. */
export function textOf(expr: Expr | undefined): string {
  return expr?.kind === 'name' ? expr.name.text : '';
}

/** A text that stands for what is known. */
export function textOfKnown({ sizes, indices, holds: conditions }: Known): string {
  return [
    ...sizes.map(({ name, least }) => `${name} ${least}`),
    ...indices.map(({ name, from, until }) => `${name} ${staticKey(from)} ${staticKey(until)}`),
    ...conditions.map(staticKey),
  ].join(';');
}

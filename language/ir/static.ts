// What all roles know without being told: sizes of families, numbers of members, and what is computed of them.
import type { Expr, TextRange } from './expression.js';

/**
 * A sum of names with whole factors and a constant: `n - 1`, `i + 1`. With `modulo`, a size or a whole number, what is
 * left of it: `(i + 1) % n`.
 */
export interface Linear {
  readonly constant: number;
  /** The factors, by name; none is 0. */
  readonly terms: ReadonlyMap<string, number>;
  readonly modulo?: Linear;
}

/** Values of sizes and numbers of members, by name; lists of numbers where several members were picked. */
export type Valuation = ReadonlyMap<string, number | readonly number[]>;

/** Values of sizes and numbers of members alone. */
export type Numbers = ReadonlyMap<string, number>;

/** The function that says which numbers are in a list, as one number; none of a text is called so. */
export const pickedNumbers = "picked'numbers";

/** The number that a name stands for; undefined where it has none, or stands for a list. */
function numberAt(valuation: Valuation, name: string): number | undefined {
  const value = valuation.get(name);
  return typeof value === 'number' ? value : undefined;
}

/** The numbers of the list that a name stands for. */
export function listAt(expr: Expr, valuation: Valuation): readonly number[] | undefined {
  const value = expr.kind === 'name' ? valuation.get(expr.name.text) : undefined;
  return typeof value === 'object' ? value : undefined;
}

/** Whether a member is among those that were picked, `contains(ks, i)`, taken apart. */
export function membershipIn(expr: Expr): { readonly list: Expr; readonly at: Expr } | undefined {
  if (expr.kind !== 'call' || expr.callee.text !== 'contains' || expr.args.length !== 2) return undefined;
  const [list, at] = expr.args;
  return list?.value.kind === 'name' && at ? { list: list.value, at: at.value } : undefined;
}

/** What an expression is as a sum; undefined where it is none. Cost: linear in it */
export function linearOf(expr: Expr): Linear | undefined {
  if (expr.kind === 'int') return { constant: Number(expr.text), terms: new Map() };
  if (expr.kind === 'name') return { constant: 0, terms: new Map([[expr.name.text, 1]]) };
  if (expr.kind === 'unary') {
    const operand = expr.operator === '-' ? linearOf(expr.operand) : undefined;
    return operand && operand.modulo === undefined ? times(operand, -1) : undefined;
  }
  if (expr.kind !== 'binary') return undefined;
  const left = linearOf(expr.left);
  if (!left || left.modulo !== undefined) return undefined;
  if (expr.operator === '%')
    return expr.right.kind === 'name' || (expr.right.kind === 'int' && Number(expr.right.text) > 0)
      ? { ...left, modulo: linearOf(expr.right) }
      : undefined;
  const right = linearOf(expr.right);
  if (!right || right.modulo !== undefined) return undefined;
  if (expr.operator === '+') return plus(left, right);
  if (expr.operator === '-') return plus(left, times(right, -1));
  if (expr.operator !== '*') return undefined;
  return left.terms.size === 0
    ? times(right, left.constant)
    : right.terms.size === 0
      ? times(left, right.constant)
      : undefined;
}

/** The sum of two; neither has a `modulo`. */
export function plus(left: Linear, right: Linear): Linear {
  const terms = new Map(left.terms);
  for (const [name, factor] of right.terms) {
    const sum = (terms.get(name) ?? 0) + factor;
    if (sum === 0) terms.delete(name);
    else terms.set(name, sum);
  }
  return { constant: left.constant + right.constant, terms };
}

export function times({ constant, terms }: Linear, factor: number): Linear {
  return factor === 0
    ? { constant: 0, terms: new Map() }
    : { constant: constant * factor, terms: new Map([...terms].map(([name, own]) => [name, own * factor])) };
}

/** The sum as an expression, names first as they came, what is taken away last: `n - 1`, `(i + 1) % n`. */
export function exprOf({ constant, terms, modulo }: Linear, origin: TextRange): Expr {
  const int = (value: number): Expr => ({ kind: 'int', text: String(value), origin });
  const name = (text: string): Expr => ({ kind: 'name', name: { text, origin }, origin });
  const all = [...terms];
  const parts = [
    ...all.filter(([, factor]) => factor > 0),
    ...(constant > 0 ? [['', constant] as const] : []),
    ...all.filter(([, factor]) => factor < 0),
    ...(constant < 0 ? [['', constant] as const] : []),
  ];
  let sum: Expr | undefined;
  for (const [text, factor] of parts) {
    const size = Math.abs(factor);
    const part: Expr =
      text === ''
        ? int(size)
        : size === 1
          ? name(text)
          : { kind: 'binary', operator: '*', left: int(size), right: name(text), origin };
    if (!sum)
      sum = factor < 0 ? (text === '' ? int(-size) : { kind: 'unary', operator: '-', operand: part, origin }) : part;
    else sum = { kind: 'binary', operator: factor < 0 ? '-' : '+', left: sum, right: part, origin };
  }
  const whole = sum ?? int(0);
  return modulo === undefined
    ? whole
    : { kind: 'binary', operator: '%', left: whole, right: exprOf(modulo, origin), origin };
}

/** The expression as a sum in its usual order; itself where it is none. */
export function summed(expr: Expr): Expr {
  const linear = linearOf(expr);
  return linear ? exprOf(linear, expr.origin) : expr;
}

/** What two expressions share if they are the same sum. */
export function staticKey(expr: Expr): string {
  return simpleKey(expr) ?? anyKey(expr);
}

/** Of what is nearly always asked, without a sum: `i`, `3`, `i + 1`. */
function simpleKey(expr: Expr): string | undefined {
  if (expr.kind === 'name') return expr.name.text;
  if (expr.kind === 'int') return String(Number(expr.text));
  if (expr.kind !== 'binary' || expr.left.kind !== 'name' || expr.right.kind !== 'int') return undefined;
  const right = Number(expr.right.text);
  if (!(right > 0) || (expr.operator !== '+' && expr.operator !== '-')) return undefined;
  return `${expr.left.name.text} ${expr.operator} ${right}`;
}

function anyKey(expr: Expr): string {
  const linear = linearOf(expr);
  return linear ? keyOf(linear) : JSON.stringify(expr, (key, value: unknown) => (key === 'origin' ? undefined : value));
}

/** The sum as it would be written, names in the order of the alphabet. */
function keyOf(linear: Linear): string {
  const parts: (readonly [factor: number, name: string])[] = [...linear.terms]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, factor]) => [factor, name]);
  if (linear.constant !== 0 || parts.length === 0) parts.push([linear.constant, '']);
  let sum = '';
  for (const [factor, name] of parts) {
    const size = Math.abs(factor);
    const sign = factor < 0 ? '-' : '+';
    const part = name === '' ? String(size) : size === 1 ? name : `${size} * ${name}`;
    sum += sum === '' ? (factor < 0 ? `-${part}` : part) : ` ${sign} ${part}`;
  }
  return linear.modulo === undefined ? sum : `(${sum}) % ${keyOf(linear.modulo)}`;
}

/**
 * What an expression of sizes, numbers of members and literals is.
 * @returns undefined where something in it has no value: a name that is not known, a division by 0
 * Cost: linear in it
 */
export function evaluate(expr: Expr, valuation: Valuation): number | boolean | undefined {
  if (expr.kind === 'int') return Number(expr.text);
  if (expr.kind === 'bool') return expr.value;
  if (expr.kind === 'name') return numberAt(valuation, expr.name.text);
  if (expr.kind === 'binary')
    return binary(expr.operator, evaluate(expr.left, valuation), evaluate(expr.right, valuation));
  const among = membershipIn(expr);
  if (among) {
    const at = evaluate(among.at, valuation);
    return typeof at === 'number' ? listAt(among.list, valuation)?.includes(at) : undefined;
  }
  if (expr.kind !== 'unary') return undefined;
  const operand = evaluate(expr.operand, valuation);
  if (expr.operator === 'not') return typeof operand === 'boolean' ? !operand : undefined;
  return typeof operand === 'number' ? -operand : undefined;
}

type Known = number | boolean | undefined;

function binary(operator: Extract<Expr, { kind: 'binary' }>['operator'], left: Known, right: Known): Known {
  if (operator === 'and')
    return left === false || right === false ? false : left === true && right === true ? true : undefined;
  if (operator === 'or')
    return left === true || right === true ? true : left === false && right === false ? false : undefined;
  if (left === undefined || right === undefined) return undefined;
  if (operator === '==') return left === right;
  if (operator === '!=') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
  }
}

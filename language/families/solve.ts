// What holds of sizes and numbers of members, whatever they are. Conditions are about differences of few numbers with small constants, so
// that small values show all there is to see: they are gone through.
import type { Expr } from '../ir/expression.js';
import { evaluate } from '../ir/static.js';
import type { Valuation } from '../ir/static.js';

/** What is known at a place. */
export interface Known {
  readonly sizes: readonly { readonly name: string; readonly least: number }[];
  /** Numbers of members that are in scope, outer ones first: from one up to, and without, another. */
  readonly indices: readonly { readonly name: string; readonly from: Expr; readonly until: Expr }[];
  /** Conditions that hold. */
  readonly holds: readonly Expr[];
}

/** How many cases are looked at for one question, at most. */
const mostCases = 20_000;

/**
 * All values of sizes and numbers that may be, the least sizes first; as many as can matter, and not more than `mostCases`.
 * @param constants how far the values have to go: the constants of the question
 */
function* cases({ sizes, indices, holds }: Known, constants: number): Iterable<Valuation> {
  const reach = Math.min(8, 1 + indices.length + constants);
  const combinations = sizes.reduce<number[][]>((all, { least }) => all.flatMap((before) => Array.from({ length: reach + 1 }, (_, i) => [...before, least + i])), [[]]);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  let looked = 0;
  for (const numbers of combinations.sort((a, b) => sum(a) - sum(b))) {
    const values = new Map(sizes.map(({ name }, i) => [name, numbers[i] ?? 0]));
    const inner = function* (depth: number): Iterable<Valuation> {
      const index = indices[depth];
      if (!index) {
        if (looked++ > mostCases) return;
        if (holds.every((condition) => evaluate(condition, values) === true)) yield values;
        return;
      }
      const [from, until] = [evaluate(index.from, values), evaluate(index.until, values)];
      if (typeof from !== 'number' || typeof until !== 'number') return;
      for (let i = from; i < until; i++) {
        values.set(index.name, i);
        yield* inner(depth + 1);
      }
      values.delete(index.name);
    };
    yield* inner(0);
    if (looked > mostCases) return;
  }
}

/** The sum of the constants in expressions, none counted beyond 4. */
function constantsIn(expressions: readonly Expr[]): number {
  let total = 0;
  const visit = (expr: Expr): void => {
    if (expr.kind === 'int') total += Math.min(4, Math.abs(Number(expr.text)));
    if (expr.kind === 'unary') visit(expr.operand);
    if (expr.kind !== 'binary') return;
    visit(expr.left);
    visit(expr.right);
  };
  expressions.forEach(visit);
  return total;
}

function reachOf({ indices, holds }: Known, asked: readonly Expr[]): number {
  return constantsIn([...asked, ...holds, ...indices.flatMap(({ from, until }) => [from, until])]);
}

/**
 * The smallest values for which a condition is not true; undefined where it always is.
 * Cost: bounded, see `mostCases`
 */
export function counterexample(known: Known, condition: Expr): Valuation | undefined {
  for (const values of cases(known, reachOf(known, [condition]))) if (evaluate(condition, values) !== true) return new Map(values);
  return undefined;
}

/**
 * Whether something is so for all small values.
 * @returns the first values for which it is not; undefined where there are none
 */
export function everywhere(known: Known, holds: (values: Valuation) => boolean): Valuation | undefined {
  for (const values of cases(known, reachOf(known, []))) if (!holds(values)) return new Map(values);
  return undefined;
}

/** Whether a condition holds always, never, or in some cases. Where nothing can be, it holds never. */
export function ask(known: Known, condition: Expr): 'always' | 'never' | 'sometimes' {
  let [yes, no] = [false, false];
  for (const values of cases(known, reachOf(known, [condition]))) {
    const answer = evaluate(condition, values);
    // Of what is not known here, either may be.
    if (answer !== false) yes = true;
    if (answer !== true) no = true;
    if (yes && no) return 'sometimes';
  }
  return yes ? 'always' : 'never';
}

/** Whether two conditions are the same wherever the known holds. */
export function equivalent(known: Known, one: Expr, other: Expr): boolean {
  for (const values of cases(known, reachOf(known, [one, other]))) if (evaluate(one, values) !== evaluate(other, values)) return false;
  return true;
}

// The evaluator of the expression language: what is known is computed, what is unknown is a term in a normal form that
// does not depend on the names of variables.
import type { Expr, Pattern } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';
import type { Type } from '../typing/types.js';
import type { Algebra } from './algebra.js';
import { decide } from './facts.js';
import type { Answer, Facts } from './facts.js';
import type { Target } from '../ir/target.js';
import { bindPattern, casesOf, fitsPattern, variablesIn } from './patterns.js';
import { createProgram } from './program.js';
import type { Frame } from './program.js';
import { createShapes } from './shapes.js';
import type { Shapes } from './shapes.js';
import type { Term } from './terms.js';
import { typedOf } from './types.js';
import { createAlgebra } from './normal-form.js';
import { mostStepsOfExpression } from './limits.js';

export interface Values {
  readonly algebra: Algebra;
  readonly shapes: Shapes;
  /**
   * The value of an expression. Cost: linear in the steps of computing it, `mostStepsOfExpression` at most
   * @param scope the names of the file that it stands in
   */
  evaluate(expr: Expr, scope: Scope, frame: Frame): Term;
  /** Answers a question, see `decide`. */
  decide(question: Term, facts: Facts): readonly Answer[];
  /** Whether a pattern of a file fits a value, as a question. */
  fits(pattern: Pattern, term: Term, scope: Scope): Term;
  /** The values that the names of a pattern stand for, where it fits. */
  bindings(pattern: Pattern, term: Term, scope: Scope): readonly (readonly [string, Term])[];
  /** The parts of a value that the variables of a target take. */
  parts(target: Target, term: Term, scope: Scope): readonly (readonly [string, Term])[];
  /** The type of an expression, where it is known. */
  typeOf(expr: Expr, scope: Scope): Type | undefined;
}

/** Creates an evaluator with terms of its own. */
export function createValues(): Values {
  const algebra = createAlgebra();
  const shapes = createShapes();
  const program = createProgram(algebra, shapes);
  const typeOf = (expr: Expr, scope: Scope): Type | undefined => typedOf(scope).typeOf(expr.origin);
  return {
    algebra,
    shapes,
    typeOf,
    evaluate: (expr, scope, frame) =>
      algebra.within(mostStepsOfExpression, () => program.code(expr, scope)(frame, undefined, 0)) ??
      frame.fresh(typeOf(expr, scope)),
    decide: (question, facts) =>
      algebra.within(mostStepsOfExpression, () => decide(algebra, question, facts)) ?? [
        { value: true, facts },
        { value: false, facts },
      ],
    fits: (pattern, term, scope) => fitsPattern(algebra, casesOf(algebra, shapes, scope), pattern, term),
    bindings: (pattern, term, scope) => bindPattern(algebra, casesOf(algebra, shapes, scope), pattern, term),
    parts: (target, term, scope) =>
      target.kind === 'variable'
        ? [[target.name.text, term]]
        : bindPattern(algebra, variablesIn(casesOf(algebra, shapes, scope)), target.pattern, term),
  };
}

// Patterns: the question whether one fits a value, and the parts of it that its names stand for.
import type { Name, Pattern } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';
import type { Algebra } from './algebra.js';
import { isMade, partOf } from './logic.js';
import type { Shapes } from './shapes.js';
import type { Shape, Term } from './terms.js';
import { typedOf } from './types.js';

/** What the names in the patterns of a file stand for. */
export interface Cases {
  /** What a pattern asks for by a name: a shape, or nothing, as it binds it. */
  shape(pattern: Extract<Pattern, { kind: 'constructor' }>): Shape | undefined;
  /** Whether an `int` that is written there is a `float`. */
  isFloat(pattern: Pattern): boolean;
}

/** What the patterns of a file mean. */
export function casesOf(algebra: Algebra, shapes: Shapes, scope: Scope): Cases {
  const recordOf = (name: Name, args: readonly Pattern[] | undefined): Shape | undefined => {
    const found = args && scope.lookup(name.text);
    return found?.declaration.kind === 'record' ? shapes.record(found.uri, found.declaration) : undefined;
  };
  return {
    shape: ({ name, args }) =>
      name.text === '_' && !args
        ? undefined
        : name.text === 'some' && args
          ? algebra.some
          : (recordOf(name, args) ?? shapes.case(name, scope)),
    isFloat: (pattern) => {
      const type = typedOf(scope).typeOf(pattern.origin);
      return type?.kind === 'basic' && type.name === 'float';
    },
  };
}

/** The same where every name without brackets is a variable, as in targets. */
export function variablesIn(cases: Cases): Cases {
  return { ...cases, shape: (pattern) => (pattern.args ? cases.shape(pattern) : undefined) };
}

/** Whether a pattern fits a value, as a question. */
export function fitsPattern(algebra: Algebra, cases: Cases, pattern: Pattern, term: Term): Term {
  const { terms } = algebra;
  switch (pattern.kind) {
    case 'none':
      return isMade(algebra, algebra.none, term);
    case 'literal':
      return algebra.op('==', term, literal(algebra, pattern, cases.isFloat(pattern)));
    case 'tuple':
      return algebra.op(
        'and',
        ...pattern.items.map((item, i) =>
          fitsPattern(algebra, cases, item, partOf(algebra, algebra.tuple(pattern.items.length), i, term)),
        ),
      );
    case 'constructor': {
      const shape = cases.shape(pattern);
      if (!shape) return terms.scalar(true);
      return algebra.op(
        'and',
        isMade(algebra, shape, term),
        ...(pattern.args ?? []).map((arg, i) => fitsPattern(algebra, cases, arg, partOf(algebra, shape, i, term))),
      );
    }
  }
}

/** The values that a pattern's names stand for, where it fits. */
export function bindPattern(
  algebra: Algebra,
  cases: Cases,
  pattern: Pattern,
  term: Term,
): readonly (readonly [string, Term])[] {
  switch (pattern.kind) {
    case 'none':
    case 'literal':
      return [];
    case 'tuple':
      return pattern.items.flatMap((item, i) =>
        bindPattern(algebra, cases, item, partOf(algebra, algebra.tuple(pattern.items.length), i, term)),
      );
    case 'constructor': {
      const shape = cases.shape(pattern);
      if (shape)
        return (pattern.args ?? []).flatMap((arg, i) =>
          bindPattern(algebra, cases, arg, partOf(algebra, shape, i, term)),
        );
      return !pattern.args && pattern.name.text !== '_' ? [[pattern.name.text, term]] : [];
    }
  }
}

function literal(
  { terms }: Algebra,
  { value, negative }: Extract<Pattern, { kind: 'literal' }>,
  isFloat: boolean,
): Term {
  switch (value.kind) {
    case 'int':
      return terms.scalar(
        isFloat ? Number(value.text) * (negative ? -1 : 1) : BigInt(value.text) * (negative ? -1n : 1n),
      );
    case 'float':
      return terms.scalar(Number(value.text) * (negative ? -1 : 1));
    case 'string':
    case 'bool':
      return terms.scalar(value.value);
  }
}

// Values as texts, for those who compare them and keep them in maps: equal values over equal unknowns have the same
// text.
import type { Expr } from '../ir/expression.js';
import type { Target } from '../ir/target.js';
import type { Scope } from '../scoping/scope.js';
import { isEffectful } from '../scoping/effects.js';
import { showValue } from './show.js';
import type { Term } from './terms.js';
import { createValues } from './values.js';
import type { Values } from './values.js';

interface Keys {
  readonly values: Values;
  /** The terms that texts were made of. */
  readonly terms: Map<string, Term>;
}

const known = new WeakMap<Scope, Keys>();

/**
 * The value of an expression of one file as a text: `#3` for an unknown, and what is made from it. Equal expressions
 * over equal values share it, whatever the variables are called.
 * @param variable the text of a variable's value; undefined for a name that is none
 * @returns undefined where it is not a function of the variables alone
 * Cost: see `Values.evaluate`
 */
export function keyOfExpr(
  expr: Expr,
  scope: Scope,
  variable: (name: string) => string | undefined,
): string | undefined {
  return keysOf(expr, scope, variable, (value) => [value])?.[0];
}

/** The same for the parts of the value that the variables of a target take, in order; `_` takes none. */
export function keysOfParts(
  into: Target,
  expr: Expr,
  scope: Scope,
  variable: (name: string) => string | undefined,
): readonly string[] | undefined {
  return keysOf(expr, scope, variable, (value, values) =>
    values.parts(into, value, scope).flatMap(([name, part]) => (name === '_' ? [] : [part])),
  );
}

function keysOf(
  expr: Expr,
  scope: Scope,
  variable: (name: string) => string | undefined,
  partsOf: (value: Term, values: Values) => readonly Term[],
): readonly string[] | undefined {
  if (isEffectful(expr, scope)) return undefined;
  let own = known.get(scope);
  if (!own) known.set(scope, (own = { values: createValues(), terms: new Map() }));
  const { values, terms } = own;
  const { algebra } = values;
  let asked = false;
  const unknown = (): Term => {
    asked = true;
    return algebra.terms.unknown(0);
  };
  const named = (text: string): Term => {
    const before = terms.get(text);
    if (before) return before;
    const number = /^#(\d+)$/.exec(text)?.[1];
    // Another text stands for one value as well.
    const term =
      number === undefined
        ? algebra.terms.asked(`text ${text}`, [algebra.terms.unknown(0)])
        : algebra.terms.unknown(Number(number));
    terms.set(text, term);
    return term;
  };
  const value = values.evaluate(expr, scope, {
    variable(name) {
      const text = variable(name);
      return text === undefined ? undefined : named(text);
    },
    fresh: unknown,
    // A name that means nothing is told elsewhere; it is the same wherever it stands.
    missing: (name) => algebra.terms.asked(`name ${name}`, [algebra.terms.unknown(0)]),
  });
  const parts = asked ? [] : partsOf(value, values);
  if (asked) return undefined;
  return parts.map((term) => {
    const text = keyOf(term);
    terms.set(text, term);
    return text;
  });
}

/** A term as a text. Cost: linear in it */
function keyOf(term: Term): string {
  const all = (): string => term.args.map(keyOf).join();
  switch (term.kind) {
    case 'scalar':
      return showValue(term).replaceAll('#', '\\u0023');
    case 'made':
      return `${term.shape.id.replaceAll('#', '.')}(${all()})`;
    case 'list':
      return `[${all()}]`;
    case 'map':
    case 'set':
      return `${term.kind}[${all()}]`;
    case 'unknown':
      return `#${term.index}`;
    case 'bound':
      return `%${term.binder}.${term.index}`;
    case 'function':
      return `\\${term.binder}.${all()}`;
    case 'asked':
      return term.op.startsWith('text ') ? term.op.slice(5) : `(${term.op.replaceAll('#', '.')} ${all()})`;
  }
}

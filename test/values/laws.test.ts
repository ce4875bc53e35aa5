// The evaluator against an interpreter that is obviously right. CHOR_RUNS says how many expressions, CHOR_SEED replays
// them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarations, expression, literal, typeNames, variables } from '../generators/expressions.js';
import type { T } from '../generators/expressions.js';
import type { Expr } from '../../language/ir/expression.js';
import type { Scope } from '../../language/scoping/scope.js';
import { simplified } from '../../language/values/facts.js';
import { showValue } from '../../language/values/show.js';
import { isKnown } from '../../language/values/terms.js';
import type { Term } from '../../language/values/terms.js';
import { createValues } from '../../language/values/values.js';
import type { Values } from '../../language/values/values.js';
import { read } from '../network/helpers.js';
import { Failure, interpret, written } from './interpreter.js';
import type { Declared, Value } from './interpreter.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 300);
const types = Object.keys(typeNames) as T[];

interface Sample {
  readonly scope: Scope;
  readonly exprs: readonly Expr[];
  readonly declared: Declared;
}

/** Expressions in a file that gives them their types. */
function sample(exprs: readonly string[], names: readonly (readonly [string, T])[] = variables): Sample {
  const params = names.map(([name, type]) => `${name}: ${typeNames[type]}`).join(', ');
  const { file, scope } = read(
    `${declarations}network N { process A(${params}) {\n${exprs.map((e, i) => `made${i} = ${e}`).join('\n')}\n} process B {} }`,
  );
  const fields = new Map<string, readonly string[]>();
  const constants = new Map<string, Expr>();
  const functions = new Map<string, { params: readonly string[]; body: Expr }>();
  let found: readonly Expr[] = [];
  for (const d of file.declarations) {
    if (d.kind === 'record')
      fields.set(
        d.name.text,
        d.fields.map((f) => f.name.text),
      );
    if (d.kind === 'enum')
      for (const c of d.cases)
        fields.set(
          c.name.text,
          c.fields.map((f) => f.name.text),
        );
    // A whole number that is stated to be a `float` is one.
    if (d.kind === 'const')
      constants.set(
        d.name.text,
        d.value.kind === 'int' && d.type ? { kind: 'float', text: d.value.text, origin: d.value.origin } : d.value,
      );
    if (d.kind === 'function') functions.set(d.name.text, { params: d.params.map((p) => p.name.text), body: d.body });
    if (d.kind === 'network')
      found = d.processes[0]?.body.actions.flatMap((a) => (a.kind === 'assignment' ? [a.value] : [])) ?? [];
  }
  expect(found.length).toBe(exprs.length);
  return { scope, exprs: found, declared: { fields, constants, functions } };
}

function evaluated(values: Values, { scope }: Sample, expr: Expr, env: ReadonlyMap<string, Term>): Term {
  const never = (): never => {
    throw new Error('nothing is unknown here');
  };
  return values.evaluate(expr, scope, {
    variable: (name) => env.get(name),
    fresh: () => values.algebra.terms.unknown(999),
    missing: never,
  });
}

function interpreted({ declared }: Sample, expr: Expr, env: ReadonlyMap<string, Value>): Value | undefined {
  try {
    return interpret(expr, env, declared);
  } catch (error) {
    if (error instanceof Failure || error instanceof RangeError) return undefined;
    throw error;
  }
}

const typed = fc.constantFrom(...types).chain((type) => expression(type, 3));
const inputs = fc.tuple(...variables.map(([, type]) => literal(type)));

describe('an expression', { timeout: 3_600_000 }, () => {
  it('has the value that the interpreter finds', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        typed,
        inputs,
        fc.array(fc.boolean(), { minLength: variables.length, maxLength: variables.length }),
        (text, given, isKept) => {
          const all = sample([text, ...given]);
          const [expr, ...literals] = all.exprs as [Expr, ...Expr[]];
          const concrete = new Map(
            variables.map(([name], i) => [name, interpret(literals[i] as Expr, new Map(), all.declared)]),
          );
          const wanted = interpreted(all, expr, concrete);
          const values = createValues();
          const { terms } = values.algebra;
          const exact = new Map(
            variables.map(([name], i) => [name, evaluated(values, all, literals[i] as Expr, new Map())]),
          );
          const own = evaluated(values, all, expr, exact);
          // What fails has no value; the evaluator need not find that out.
          if (!wanted) return;
          compared++;
          expect(isKnown(own), text).toBe(true);
          expect(showValue(own), text).toBe(written(wanted));
          // With some inputs unknown, it is a term that becomes the same once they are known.
          const unknowns = new Map(variables.map(([name], i) => [name, terms.unknown(i)]));
          const open = evaluated(
            values,
            all,
            expr,
            new Map(variables.map(([name], i) => [name, (isKept[i] === true ? exact : unknowns).get(name) as Term])),
          );
          const put = (term: Term): Term =>
            values.algebra.rewrite(term, (part) =>
              part.kind === 'unknown' ? exact.get(variables[part.index]?.[0] ?? '') : undefined,
            );
          expect(showValue(put(open)), text).toBe(written(wanted));
          if (wanted.kind !== 'bool') return;
          // Of the answers that there can be, one is that of these inputs, and what is known then is so.
          const answers = values.decide(open, new Map()).filter((a) => a.value === wanted.value);
          expect(
            answers.some(({ facts }) =>
              [...facts].every(([term, fact]) => {
                const value = put(term);
                const is = (other: Term): boolean => put(values.algebra.op('==', value, other)) === terms.scalar(true);
                const number = value.kind === 'scalar' && typeof value.value === 'bigint' ? value.value : 0n;
                return (
                  (!fact.is || is(fact.is)) &&
                  ![...fact.not].some(is) &&
                  (!fact.made || (value.kind === 'made' && value.shape.id === fact.made.id)) &&
                  ![...fact.notMade].some((shape) => value.kind === 'made' && value.shape.id === shape.id) &&
                  number >= (fact.low ?? number) &&
                  number <= (fact.high ?? number)
                );
              }),
            ),
            text,
          ).toBe(true);
          // And who asks again, knowing that, gets the same answer.
          for (const { value, facts } of answers)
            expect(
              simplified(values.algebra, open, facts).failing ||
                values.decide(open, facts).every((a) => a.value === value),
              text,
            ).toBe(true);
        },
      ),
      { numRuns: runs, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(runs / 3);
  });
  it('is the same whatever its variables are called', () => {
    const other = new Map(variables.map(([name], i) => [name, `renamed${variables.length - i}`]));
    const bound = new Map([
      ['vi', 'vOne'],
      ['vs', 'vi'],
      ['vb', 'vTwo'],
      ['wi', 'vs'],
      ['q', 'vPair'],
    ]);
    fc.assert(
      fc.property(typed, (text) => {
        const renamed = text.replace(/"[^"]*"|\b[a-z]+\b/g, (word) => other.get(word) ?? bound.get(word) ?? word);
        const names = variables.map(([name, type]): readonly [string, T] => [other.get(name) ?? name, type]);
        const values = createValues();
        const [one, two] = [sample([text]), sample([renamed], names)];
        const env = (list: readonly (readonly [string, T])[]): ReadonlyMap<string, Term> =>
          new Map(list.map(([name], i) => [name, values.algebra.terms.unknown(i)]));
        expect(evaluated(values, one, one.exprs[0] as Expr, env(variables)), `${text}\n${renamed}`).toBe(
          evaluated(values, two, two.exprs[0] as Expr, env(names)),
        );
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});

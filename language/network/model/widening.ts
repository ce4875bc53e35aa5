// Loops may compute endlessly many values. From some number on, those that one place computes are not told apart any
// more: they are unknown.
import type { Expr, Pattern } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import type { Declaration } from '../../ir/file.js';
import type { Scope } from '../../scoping/scope.js';
import type { Term } from '../../values/terms.js';
import type { ControlFlowGraph } from './control-flow.js';
import { mostValuesApart, deepestUnknown } from '../limits.js';

/**
 * How many values that one place computes are told apart: few, so that most loops come to an end, or as many as there
 * may be.
 */
export type Precision = 'coarse' | 'fine';

export interface Widening {
  /** The value that a place computes, or an unknown one. The same value is always the same. */
  widened(place: Expr, value: Term, fresh: () => Term): Term;
}

export function createWidening(precision: Precision): Widening {
  const seen = new Map<Expr, Set<Term>>();
  return {
    widened(place, value, fresh) {
      // What is only copied was computed elsewhere; and of some values there are few.
      if (
        place.kind === 'name' ||
        value.kind === 'unknown' ||
        (value.kind === 'made' && value.args.length === 0) ||
        (value.kind === 'scalar' && typeof value.value === 'boolean')
      )
        return value;
      if (value.unknowns && depthOf(value) > deepestUnknown) return fresh();
      let known = seen.get(place);
      if (!known) seen.set(place, (known = new Set()));
      if (known.has(value)) return value;
      // Of what is not known, there are as many as it has forms.
      if (known.size >= mostValuesApart[value.unknowns ? 'coarse' : precision]) return fresh();
      known.add(value);
      return value;
    },
  };
}

function depthOf(term: Term): number {
  return term.args.reduce((deep, arg) => Math.max(deep, 1 + depthOf(arg)), 1);
}

/** The whole numbers that stand in the processes, and in the constants that they name. Cost: linear in them */
export function constantsOf(cfgs: readonly ControlFlowGraph[]): ReadonlySet<bigint> {
  const found = new Set<bigint>();
  const pattern = (p: Pattern): void => {
    if (p.kind === 'literal' && p.value.kind === 'int') found.add(BigInt(p.value.text) * (p.negative ? -1n : 1n));
    if (p.kind === 'tuple') p.items.forEach(pattern);
    if (p.kind === 'constructor') p.args?.forEach(pattern);
  };
  const met = new Set<Declaration>();
  const visitIn = (expr: Expr | undefined, scope: Scope): void => {
    if (expr)
      walkExpr(expr, (e) => {
        const named = e.kind === 'name' ? scope.lookup(e.name.text) : undefined;
        if (named?.declaration.kind === 'const' && !met.has(named.declaration)) {
          met.add(named.declaration);
          visitIn(named.declaration.value, named.uri === scope.file.uri ? scope : (scope.at(named.uri) ?? scope));
        }
        if (e.kind === 'int') found.add(BigInt(e.text)).add(-BigInt(e.text));
        if (e.kind === 'match') for (const arm of e.arms) pattern(arm.pattern);
      });
  };
  for (const { nodes, scope } of cfgs) {
    const visit = (expr: Expr | undefined): void => {
      visitIn(expr, scope);
    };
    for (const node of nodes) {
      switch (node.kind) {
        case 'decide':
          visit(node.action.condition);
          break;
        case 'match':
          visit(node.action.value);
          for (const c of node.cases) pattern(c.pattern);
          break;
        case 'send':
        case 'assign':
          visit(node.action.value);
          break;
        case 'call':
          for (const arg of node.action.args)
            arg.inputs.forEach((input) => {
              visit(input);
            });
          break;
        case 'end':
          visit(node.returns);
          break;
        case 'choice':
        case 'fork':
        case 'hole':
        case 'join':
        case 'owe':
        case 'receive':
        case 'skip':
      }
    }
  }
  return found;
}

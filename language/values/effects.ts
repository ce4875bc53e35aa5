// Which expressions may do more than compute: those that call the host program.
import { childrenOf } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { Scope } from '../scoping/scope.js';

/**
 * Whether computing an expression twice, or not at all, may differ from computing it once: it calls an `extern`, itself or in
 * a function that it calls, or something that is not known.
 */
export function isEffectful(expr: Expr, scope: Scope, visited: ReadonlySet<string> = new Set()): boolean {
  // A function can be handed to another (`map(items, priceOf)`), so that its bare name counts as well.
  const name = expr.kind === 'call' ? expr.callee.text : expr.kind === 'name' ? expr.name.text : undefined;
  if (name !== undefined && !visited.has(name)) {
    const resolved = scope.lookup(name);
    const declaration = resolved?.declaration;
    if (declaration?.kind === 'extern-function' || (expr.kind === 'call' && scope.isLost(name))) return true;
    if (resolved && declaration?.kind === 'function') {
      const own = resolved.uri === scope.file.uri ? scope : scope.at(resolved.uri);
      if (!own || isEffectful(declaration.body, own, new Set(visited).add(name))) return true;
    }
  }
  return childrenOf(expr).some((child) => isEffectful(child, scope, visited));
}

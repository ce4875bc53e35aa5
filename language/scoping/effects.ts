// Which expressions may do more than compute: those that call the host program.
import { childrenOf } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { ConstantDeclaration, FunctionDeclaration } from '../ir/file.js';
import type { Scope } from './scope.js';

type Computed = ConstantDeclaration | FunctionDeclaration;

/** What is known of the functions that can be called in a file, and of its constants. */
const known = new WeakMap<Scope, Map<Computed, boolean>>();

/**
 * Whether computing an expression twice, or not at all, may differ from computing it once: it calls an `extern`, itself
 * or in a function that it calls, or something that is not known.
 * Cost: linear in the expression and, once for each file, in the functions that it leads to
 */
export function isEffectful(expr: Expr, scope: Scope): boolean {
  let answers = known.get(scope);
  if (!answers) known.set(scope, (answers = new Map()));
  const work: { readonly expr: Expr; readonly scope: Scope }[] = [{ expr, scope }];
  const met = new Set<Computed>();
  let effectful = false;
  for (let next = work.pop(); next && !effectful; next = work.pop()) {
    work.push(...childrenOf(next.expr).map((child) => ({ expr: child, scope: next.scope })));
    // A function can be handed to another (`map(items, priceOf)`), so that its bare name counts as well.
    const name =
      next.expr.kind === 'call' ? next.expr.callee.text : next.expr.kind === 'name' ? next.expr.name.text : undefined;
    if (name === undefined) continue;
    const resolved = next.scope.lookup(name);
    const declaration = resolved?.declaration;
    if (declaration?.kind === 'extern-function' || (next.expr.kind === 'call' && next.scope.isLost(name)))
      effectful = true;
    if (!resolved || (declaration?.kind !== 'function' && declaration?.kind !== 'const') || met.has(declaration))
      continue;
    met.add(declaration);
    const answer = answers.get(declaration);
    const own = resolved.uri === next.scope.file.uri ? next.scope : next.scope.at(resolved.uri);
    if (answer === true || !own) effectful = true;
    else if (answer === undefined)
      work.push({ expr: declaration.kind === 'const' ? declaration.value : declaration.body, scope: own });
  }
  // Where nothing has an effect, none of what was met has; where something does, it may be any of them.
  if (!effectful) for (const declaration of met) answers.set(declaration, false);
  return effectful;
}

// Constants: what they lead to, by the names in their values and in the functions that these call.
import { freeNames, walkExpr } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';
import type { ConstantDeclaration, FunctionDeclaration } from '../ir/file.js';
import { cyclesOf } from './cycles.js';
import type { Resolved, Scope } from './scope.js';

/** A constant or a function, and the scope that its names are looked up in. */
interface Node {
  readonly declaration: ConstantDeclaration | FunctionDeclaration;
  readonly scope: Scope;
}

/** The constants and functions that an expression names, but for the names that are its own. */
function namedIn(expr: Expr, scope: Scope, own: ReadonlySet<string>): Node[] {
  return [...freeNames(expr)].flatMap((name) => (own.has(name) ? [] : (nodeOf(scope.lookup(name), scope) ?? [])));
}

function nodeOf(resolved: Resolved | undefined, scope: Scope): Node | undefined {
  const declaration = resolved?.declaration;
  if (declaration?.kind !== 'const' && declaration?.kind !== 'function') return undefined;
  const there = resolved?.uri === scope.file.uri ? scope : scope.at(resolved?.uri ?? '');
  return there && { declaration, scope: there };
}

function leadsTo({ declaration, scope }: Node): Node[] {
  if (declaration.kind === 'const') return namedIn(declaration.value, scope, new Set());
  return namedIn(declaration.body, scope, new Set(declaration.params.map((param) => param.name.text)));
}

/** For each of them that was met, what leads back to it; nothing where it does not lead to itself. */
const circles = new WeakMap<Scope, Map<ConstantDeclaration | FunctionDeclaration, number | undefined>>();

/**
 * The way on which a constant leads back to itself.
 * @param scope the scope of the constant's file
 * @returns the names on the way, the last one its own; undefined where there is no such way. Cost: linear in what it
 *   leads to, once for a scope
 */
export function circleOf(constant: ConstantDeclaration, scope: Scope): readonly string[] | undefined {
  let known = circles.get(scope);
  if (!known) circles.set(scope, (known = new Map()));
  const all = known;
  if (!all.has(constant)) {
    const nodes = new Map<Node['declaration'], Node>([[constant, { declaration: constant, scope }]]);
    const next = (declaration: Node['declaration']): Node['declaration'][] => {
      const node = nodes.get(declaration);
      return (node ? leadsTo(node) : []).flatMap((other) => {
        if (all.has(other.declaration)) return [];
        nodes.set(other.declaration, other);
        return [other.declaration];
      });
    };
    const base = all.size;
    const found = cyclesOf([constant], next);
    for (const declaration of nodes.keys()) {
      const component = found.get(declaration);
      all.set(declaration, component === undefined ? undefined : base + component);
    }
  }
  const component = all.get(constant);
  if (component === undefined) return undefined;
  return wayBack({ declaration: constant, scope }, (other) => all.get(other) === component);
}

/** The shortest way from something back to it. */
function wayBack(start: Node, inside: (declaration: Node['declaration']) => boolean): readonly string[] {
  const met = new Set<Node['declaration']>();
  const open: { readonly node: Node; readonly way: readonly string[] }[] = [{ node: start, way: [] }];
  // It grows while it is gone through.
  for (const { node, way } of open) {
    for (const next of leadsTo(node)) {
      if (!inside(next.declaration) || met.has(next.declaration)) continue;
      met.add(next.declaration);
      const longer = [...way, next.declaration.name.text];
      if (next.declaration === start.declaration) return longer;
      open.push({ node: next, way: longer });
    }
  }
  return [start.declaration.name.text];
}

/**
 * The host functions that computing an expression may call, itself or in functions, in the order in which they are met.
 * Cost: linear in what it leads to
 */
export function hostFunctionsIn(expr: Expr, scope: Scope): readonly string[] {
  const found = new Set<string>();
  const met = new Set<Node['declaration']>();
  const look = (part: Expr, there: Scope): void => {
    walkExpr(part, (each) => {
      const name = each.kind === 'call' ? each.callee.text : each.kind === 'name' ? each.name.text : undefined;
      if (name !== undefined && there.lookup(name)?.declaration.kind === 'extern-function') found.add(name);
    });
  };
  look(expr, scope);
  const open = namedIn(expr, scope, new Set());
  // It grows while it is gone through.
  for (const node of open) {
    if (node.declaration.kind === 'const' || met.has(node.declaration)) continue;
    met.add(node.declaration);
    look(node.declaration.body, node.scope);
    open.push(...leadsTo(node));
  }
  return [...found];
}

// Functions are no values: nobody sends, keeps or decides by one.
import type { Expr, Pattern } from '../ir/expression.js';
import { report } from './context.js';
import type { Context } from './context.js';
import { library } from './library.js';

/** Whether a name stands for a variable in an expression. */
type IsVariable = (name: string) => boolean;

/**
 * Reports the functions that an expression gives as its value, or in it; true if there were any. They may be given to
 * functions that take them.
 */
export function refusesFunctions(context: Context, isVariable: IsVariable, expr: Expr): boolean {
  const found = functionsIn(context, isVariable, expr);
  for (const one of found) {
    const { origin } = one;
    // A part may have been looked at already.
    if (
      context.reported.some(
        (f) => f.code === 'type-mismatch' && f.origin.start === origin.start && f.origin.end === origin.end,
      )
    )
      continue;
    const name = one.kind === 'name' ? one.name.text : undefined;
    report(context, 'type-mismatch', origin, {
      kind: 'function',
      ...(name === undefined ? {} : { name }),
      library: name !== undefined && isOfLibrary(context, name),
    });
  }
  return found.length > 0;
}

function isOfLibrary(context: Context, name: string): boolean {
  return library.has(name) && !context.scope.lookup(name);
}

/** The functions among the parts of an expression that are, or become part of, its value. */
function functionsIn(context: Context, isVariable: IsVariable, expr: Expr): readonly Expr[] {
  const all = (exprs: readonly Expr[]): readonly Expr[] =>
    exprs.flatMap((inner) => functionsIn(context, isVariable, inner));
  switch (expr.kind) {
    case 'lambda':
      return [expr];
    case 'name':
      return !isVariable(expr.name.text) && isFunction(context, expr.name.text) ? [expr] : [];
    case 'let':
      return functionsIn(context, (name) => isVariable(name) || namesIn(expr.pattern).includes(name), expr.body);
    case 'if':
      return all([expr.then, expr.else]);
    case 'match':
      return [
        ...expr.arms.flatMap((arm) =>
          functionsIn(context, (name) => isVariable(name) || namesIn(arm.pattern).includes(name), arm.body),
        ),
        ...(expr.else ? all([expr.else]) : []),
      ];
    case 'list':
    case 'tuple':
      return all(expr.items);
    // What the library's functions take may be functions; no others do.
    case 'call':
      return isOfLibrary(context, expr.callee.text) && expr.callee.text !== 'some'
        ? []
        : all(expr.args.map((arg) => arg.value));
    case 'update':
      return all(expr.fields.map((field) => field.value));
    case 'binary':
      return all([expr.left, expr.right]);
    case 'unary':
      return all([expr.operand]);
    case 'bool':
    case 'field':
    case 'float':
    case 'index':
    case 'int':
    case 'none':
    case 'string':
      return [];
  }
}

/** The names in a pattern, which may be bound there. */
function namesIn(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'tuple') return pattern.items.flatMap(namesIn);
  return pattern.kind === 'constructor' ? [pattern.name.text, ...(pattern.args ?? []).flatMap(namesIn)] : [];
}

function isFunction(context: Context, name: string): boolean {
  const [one] = context.world.cases(name, context.uri);
  if (one) return context.world.caseSignature(one).params.length > 0;
  const resolved = context.scope.lookup(name);
  return resolved ? context.world.signature(resolved) !== undefined : library.has(name);
}

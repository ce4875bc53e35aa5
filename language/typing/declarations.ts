// Names and types of the declarations that say nothing of roles: imports, records, enums, aliases, functions.
import type { Name, TextRange, Param, TypeExpr } from '../ir/expression.js';
import type {
  ConstantDeclaration,
  EnumDeclaration,
  FunctionDeclaration,
  RecordDeclaration,
  TypeAlias,
} from '../ir/file.js';
import { circleOf, hostFunctionsIn } from '../scoping/constants.js';
import { caseSymbol, fieldSymbol, idOf, parameterSymbol } from '../scoping/declared.js';
import { isEffectful } from '../scoping/effects.js';
import { basicTypeSymbol, occur, report, similarNames, declaredAt } from './context.js';
import type { Context, Variable } from './context.js';
import { checkValue, infer, inferValue } from './expressions.js';
import { basicTypes, library } from './library.js';
import { prune, settled, unknown } from './types.js';
import type { Type, UnknownType } from './types.js';
import { writeType } from './write.js';
import type { Env } from './env.js';

/** Resolves the names of a type where it is written, and gives the type. */
export function checkType(context: Context, expr: TypeExpr): Type {
  visitType(context, expr);
  return context.world.type(expr, context.uri);
}

function visitType(context: Context, expr: TypeExpr): void {
  if (expr.kind === 'tuple') return expr.items.forEach((item) => visitType(context, item));
  const { name, args } = expr;
  const resolved = basicTypes.has(name.text) ? undefined : context.scope.lookup(name.text);
  const isType = resolved && ['record', 'enum', 'type', 'extern-type'].includes(resolved.declaration.kind);
  const symbol = resolved ? context.world.symbol(resolved) : basicTypeSymbol(name.text);
  if (symbol) occur(context, symbol, name.origin, 'read');
  args.forEach((arg) => visitType(context, arg));
  if (resolved ? !isType : !symbol) {
    if (context.scope.isLost(name.text)) return;
    const known = [...context.scope.all()]
      .filter(([, r]) => ['record', 'enum', 'type', 'extern-type'].includes(r.declaration.kind))
      .map(([n]) => n);
    report(context, 'unknown-name', name.origin, {
      name,
      wanted: 'type',
      found: symbol?.kind,
      similar: similarNames(context, 'type', name.text, () => [...known, ...basicTypes.keys()]),
    });
    return;
  }
  const arity = resolved ? 0 : (basicTypes.get(name.text)?.arity ?? 0);
  if (args.length !== arity) {
    report(context, 'wrong-arguments', expr.origin, {
      kind: 'type',
      type: name.text,
      holds: arity,
      ...declaredAt(resolved && context.world.symbol(resolved)),
    });
  }
}

/** Reports names that stand twice in a list. */
export function checkDistinct(
  context: Context,
  items: readonly { readonly name: Name; readonly type?: TypeExpr; readonly origin?: TextRange }[],
  what: string,
): void {
  const seen = new Map<string, Name>();
  for (const { name, type, origin } of items) {
    const first = seen.get(name.text);
    const item = origin ?? { start: name.origin.start, end: type?.origin.end ?? name.origin.end };
    if (first)
      report(context, 'duplicate-name', name.origin, {
        name,
        what,
        first: { uri: context.uri, origin: first.origin },
        taken: items.map((i) => i.name.text),
        item,
      });
    else seen.set(name.text, name);
  }
}

export function checkRecord(context: Context, declaration: RecordDeclaration): void {
  checkFields(context, declaration.name.text, declaration.fields, 'field');
  const own = context.world.endless().holder(idOf(context.uri, declaration));
  if (own)
    report(context, 'type-is-recursive', own.origin, { name: declaration.name.text, kind: 'record', type: own.origin });
}

function checkFields(context: Context, owner: string, fields: readonly Param[], what: string): void {
  checkDistinct(context, fields, what);
  for (const field of fields) {
    occur(context, fieldSymbol(context.uri, owner, field), field.name.origin, 'definition');
    checkType(context, field.type);
  }
}

export function checkEnum(context: Context, declaration: EnumDeclaration): void {
  checkDistinct(
    context,
    declaration.cases.map((c) => ({ name: c.name })),
    'case',
  );
  for (const c of declaration.cases) {
    occur(context, caseSymbol(context.uri, declaration, c), c.name.origin, 'definition');
    checkFields(context, `${declaration.name.text}.${c.name.text}`, c.fields, 'field');
  }
  const own = context.world.endless().holder(idOf(context.uri, declaration));
  if (own)
    report(context, 'type-is-recursive', own.origin, { name: declaration.name.text, kind: 'record', type: own.origin });
}

export function checkAlias(context: Context, declaration: TypeAlias): void {
  checkType(context, declaration.type);
  if (context.world.endless().isEndless(idOf(context.uri, declaration))) {
    report(context, 'type-is-recursive', declaration.name.origin, {
      name: declaration.name.text,
      kind: 'alias',
      type: declaration.type.origin,
    });
  }
}

/** Parameters with their occurrences, as variables. */
export function checkParams(context: Context, owner: string, params: readonly Param[]): Map<string, Variable> {
  checkDistinct(context, params, 'parameter');
  const variables = new Map<string, Variable>();
  for (const param of params) {
    const symbol = parameterSymbol(context.uri, owner, param);
    occur(context, symbol, param.name.origin, 'definition');
    const type = checkType(context, param.type);
    if (!variables.has(param.name.text)) variables.set(param.name.text, { symbol, type, used: false });
  }
  return variables;
}

/** What an expression stands in that sees nothing but parameters and what is declared. */
function closedEnv(context: Context, owner: string, params: ReadonlyMap<string, Variable>): Env {
  return {
    owner,
    find: (name) => params.get(name),
    missing(name) {
      const type = unknown();
      const similar = similarValues(context, owner, name.text, params.keys());
      report(context, 'unknown-variable', name.origin, () => ({
        name,
        similar: similar(type),
        type: writeType(type, 'string'),
      }));
      return type;
    },
    read: () => undefined,
    names: () => params.keys(),
  };
}

/** Finds the type of a function's body, and compares it with the result that is stated. */
export function checkFunction(context: Context, declaration: FunctionDeclaration): Type {
  const params = checkParams(context, declaration.name.text, declaration.params);
  const env = closedEnv(context, idOf(context.uri, declaration), params);
  if (!declaration.result) return infer(context, env, declaration.body);
  const result = checkType(context, declaration.result);
  checkValue(context, env, declaration.body, result, (shown) => ({
    by: 'body',
    of: declaration.name.text,
    type: shown,
  }));
  return result;
}

/** Finds the type of a constant's value, and compares it with the one that is stated. */
export function checkConstant(context: Context, declaration: ConstantDeclaration): Type {
  const owner = idOf(context.uri, declaration);
  const env = closedEnv(context, owner, new Map());
  const circle = circleOf(declaration, context.scope);
  if (circle)
    report(context, 'not-constant', declaration.name.origin, {
      kind: 'circle',
      name: declaration.name.text,
      by: circle,
    });
  const before = context.reports;
  const type = constantType(context, env, declaration);
  // What another constant asks is told there.
  const asked =
    context.reports === before && isEffectful(declaration.value, context.scope)
      ? hostFunctionsIn(declaration.value, context.scope)
      : [];
  if (asked.length > 0)
    report(context, 'not-constant', declaration.value.origin, { kind: 'host', name: declaration.name.text, by: asked });
  return type;
}

function constantType(context: Context, env: Env, declaration: ConstantDeclaration): Type {
  if (!declaration.type) return settled(inferValue(context, env, declaration.value));
  const stated = checkType(context, declaration.type);
  checkValue(context, env, declaration.value, stated, (shown) => ({
    by: 'constant',
    of: declaration.name.text,
    type: shown,
  }));
  return stated;
}

/**
 * What a name may mean that no variable has. Functions are meant where one is needed, and nowhere else.
 * @param space what is looked through
 * @returns tells the names, by what is known of the type once all was looked at
 */
export function similarValues(
  context: Context,
  space: string,
  name: string,
  variables: Iterable<string>,
): (type: UnknownType) => readonly string[] {
  const values = similarNames(context, space, name, () => [...variables, ...valueNames(context, false)]);
  return ({ guess }) =>
    guess && prune(guess).kind === 'function'
      ? similarNames(context, `${space} ()`, name, () => valueNames(context, true))
      : values;
}

/** What can stand for a value without being a variable: constants and enum cases, or functions. */
function* valueNames(context: Context, functions: boolean): Iterable<string> {
  for (const [name, { declaration }] of context.scope.all()) {
    if (functions && (declaration.kind === 'function' || declaration.kind === 'extern-function')) yield name;
    if (!functions && declaration.kind === 'const') yield name;
    if (!functions && declaration.kind === 'enum') for (const c of declaration.cases) yield c.name.text;
  }
  if (functions) yield* library.keys();
}

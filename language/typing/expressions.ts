// Inference for what one role computes alone: resolves the names of an expression and finds its type.
import type { BinaryOperator, Expr, Name, NamedArg, TextRange } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import { refusesFunctions } from './function-values.js';
import { fieldSymbol, parameterSymbol } from '../scoping/declared.js';
import { applyOverloads, applySignature, isMeantForLibrary } from './calls.js';
import {
  builtinSymbol,
  complete,
  createVariable,
  excerpt,
  localId,
  occur,
  report,
  similarNames,
  typed,
  after,
} from './context.js';
import type { Context, Variable } from './context.js';
import { instantiate, library } from './library.js';
import { checkCoverage, checkIrrefutable, checkPattern } from './patterns.js';
import {
  bool,
  fits,
  float,
  functionOf,
  int,
  isKnown,
  listOf,
  nothing,
  optionOf,
  prune,
  restrict,
  showMeaning,
  string,
  tupleOf,
  unify,
  unknown,
  variable,
  withoutName,
} from './types.js';
import type { Need, Type } from './types.js';
import type { EnumCase } from './world.js';
import type { Because } from '../findings/typing.js';
import { writeType } from './write.js';
import { extend, isLeast, mismatch, largestInt } from './env.js';
import type { Typer, DemandOf, Env } from './env.js';

/**
 * Finds the type of an expression.
 * @param hint the type that it should have, to tell cases of one name apart
 */
export function infer(context: Context, env: Env, expr: Expr, hint?: Type): Type {
  const type = inferPlain(context, env, expr, hint);
  typed(context, expr.origin, type);
  return type;
}

/**
 * Finds the type of an expression that has to be of a given one.
 * @param demand who asks for it, with the type as it is shown
 */
function check(context: Context, env: Env, expr: Expr, type: Type, demand: DemandOf, because?: Because): Type {
  const expected = prune(type);
  const within = (items: readonly Expr[], types: readonly Type[]): Type => {
    items.forEach((item, index) => check(context, env, item, types[index] as Type, demand, because));
    typed(context, expr.origin, expected);
    return expected;
  };
  if (expr.kind === 'list' && expected.kind === 'list')
    return within(
      expr.items,
      expr.items.map(() => expected.item),
    );
  if (expr.kind === 'tuple' && expected.kind === 'tuple' && expr.items.length === expected.items.length)
    return within(expr.items, expected.items);
  if (expr.kind === 'lambda' && expected.kind === 'function' && expr.params.length === expected.params.length) {
    const found = inferLambda(context, env, expr, expected.params, expected.result, demand);
    typed(context, expr.origin, found);
    return found;
  }
  if (expr.kind === 'if') {
    condition(context, env, expr.condition);
    return within([expr.then, expr.else], [expected, expected]);
  }
  if (expr.kind === 'let') {
    typed(context, expr.origin, expected);
    return inferLet(context, env, expr, (inner) => check(context, inner, expr.body, expected, demand, because));
  }
  const found = expected.kind === 'variable' ? inferValue(context, env, expr) : infer(context, env, expr, expected);
  if (!unify(expected, found)) mismatch(context, expr.origin, found, demand(showMeaning(expected)), expected, because);
  return found;
}

/** The same for what is kept, sent or decided by, which is no function. */
export function checkValue(
  context: Context,
  env: Env,
  expr: Expr,
  type: Type,
  demand: DemandOf,
  because?: Because,
): Type {
  if (!refusesFunctions(context, (name) => env.find(name) !== undefined, expr))
    return check(context, env, expr, type, demand, because);
  infer(context, env, expr);
  return unknown();
}

/** The first place that gave a variable its type. */
export function becauseOf(variable: Variable | undefined): Because | undefined {
  if (!variable) return undefined;
  const { symbol } = variable;
  return {
    uri: symbol.uri,
    ...(symbol.origin ? { origin: symbol.origin } : {}),
    why: 'typed',
    name: `${symbol.role ? `${symbol.role}.` : ''}${symbol.name}`,
  };
}

/** Finds the type of what is sent or kept: it has to give a value. */
export function inferValue(context: Context, env: Env, expr: Expr, hint?: Type): Type {
  const type = infer(context, env, expr, hint);
  if (refusesFunctions(context, (name) => env.find(name) !== undefined, expr)) return unknown();
  const found = prune(type);
  if (found.kind !== 'tuple' || found.items.length > 0) return type;
  mismatch(context, expr.origin, found, { by: 'value' });
  return unknown();
}

/** Looks at an expression that is there for its effect alone. */
export function effect(context: Context, env: Env, expr: Expr): void {
  const type = infer(context, env, expr);
  // A missing function gives nothing, as far as can be seen here.
  if (type.kind === 'unknown') unify(type, nothing);
}

/** A condition has to be a `bool`. */
export function condition(context: Context, env: Env, expr: Expr): void {
  checkValue(context, env, expr, bool, () => ({ by: 'condition' }));
}

function inferPlain(context: Context, env: Env, expr: Expr, hint?: Type): Type {
  switch (expr.kind) {
    case 'int':
      checkSize(context, expr.text, expr.origin);
      return variable('number');
    case 'float':
      return float;
    case 'string':
      return string;
    case 'bool':
      return bool;
    case 'none':
      return optionOf(variable());
    case 'list':
      return listOf(common(context, env, expr.items, 'items'));
    case 'tuple':
      return tupleOf(...expr.items.map((item) => infer(context, env, item)));
    case 'name':
      return inferName(context, env, expr.name, hint);
    case 'call':
      return inferCall(context, env, expr, hint);
    case 'field':
      return inferField(context, env, expr);
    case 'index':
      return inferIndex(context, env, expr);
    case 'update':
      return inferUpdate(context, env, expr.receiver, expr.fields);
    case 'unary': {
      if (expr.operator === 'not') {
        check(context, env, expr.operand, bool, () => ({ by: 'operator', operator: 'not', takes: 'a `bool`' }));
        return bool;
      }
      const type =
        expr.operand.kind === 'int' && isLeast(expr.operand.text)
          ? variable('number')
          : infer(context, env, expr.operand);
      return demandNeed(context, expr.operand.origin, type, 'number', '-');
    }
    case 'binary':
      return inferBinary(context, env, expr.operator, expr.left, expr.right);
    case 'lambda':
      return inferLambda(
        context,
        env,
        expr,
        expr.params.map(() => variable()),
      );
    case 'let':
      return inferLet(context, env, expr, (inner) => infer(context, inner, expr.body, hint));
    case 'if': {
      condition(context, env, expr.condition);
      return common(context, env, [expr.then, expr.else], 'then');
    }
    case 'match': {
      const value = infer(context, env, expr.value);
      const result = variable();
      for (const arm of expr.arms) {
        const locals = new Map<string, Variable>();
        checkPattern(typer, context, env, arm.pattern, value, locals);
        check(context, extend(env, locals), arm.body, result, (shown) => ({
          by: 'before',
          what: 'cases',
          type: shown,
        }));
        locals.forEach(complete);
      }
      if (!expr.else)
        checkCoverage(
          context,
          expr.value.origin,
          expr.arms.map((arm) => arm.pattern),
          value,
        );
      if (expr.else) check(context, env, expr.else, result, (shown) => ({ by: 'before', what: 'cases', type: shown }));
      return result;
    }
  }
}

/** Reports a literal that no `int` can hold. */
function checkSize(context: Context, text: string, origin: TextRange): void {
  if (text.length < 19 || BigInt(text) <= largestInt) return;
  report(context, 'type-mismatch', origin, { kind: 'number-too-large' });
}

/** The one type of several expressions. */
function common(context: Context, env: Env, items: readonly Expr[], what: 'items' | 'then'): Type {
  const type = variable();
  for (const item of items) check(context, env, item, type, (shown) => ({ by: 'before', what, type: shown }));
  return type;
}

function inferName(context: Context, env: Env, name: Name, hint?: Type): Type {
  const found = env.find(name.text);
  if (found) {
    found.used = true;
    occur(context, found.symbol, name.origin, 'read');
    env.read(found, name.origin);
    return found.type;
  }
  const enumCase = caseOf(context, name.text, hint);
  if (enumCase) {
    occur(context, enumCase.symbol, name.origin, 'read');
    const { params, result } = context.world.caseSignature(enumCase);
    return params.length === 0
      ? result
      : functionOf(
          params.map((p) => p.type),
          result,
        );
  }
  const resolved = context.scope.lookup(name.text);
  const signature = resolved && context.world.signature(resolved);
  if (resolved && signature) {
    occur(context, context.world.symbol(resolved), name.origin, 'read');
    return functionOf(
      signature.params.map((p) => p.type),
      signature.result,
    );
  }
  const constant = resolved && context.world.constant(resolved);
  if (resolved && constant) {
    occur(context, context.world.symbol(resolved), name.origin, 'read');
    return constant;
  }
  const entry = library.get(name.text);
  const builtin = builtinSymbol(name.text);
  if (entry && builtin) {
    occur(context, builtin, name.origin, 'read');
    const all = instantiate(entry).map(({ params, result }) =>
      functionOf(
        params.map((p) => p.type),
        result,
      ),
    );
    // Of several, the one that does here; where none does, any of them tells that it is a function.
    const possible = hint ? all.filter((type) => fits(type, hint)) : all;
    const [only = all[0], other] = possible;
    return only && !other ? only : unknown();
  }
  return context.scope.isLost(name.text) ? unknown() : env.missing(name);
}

/** Whether a name can be called without being a variable. */
function isCallable(context: Context, name: string): boolean {
  const resolved = context.scope.lookup(name);
  return (
    library.has(name) ||
    context.world.cases(name, context.uri).length > 0 ||
    (resolved !== undefined && context.world.signature(resolved) !== undefined)
  );
}

/** The enum case of a name: where several enums have it, that of the type that is needed here. */
function caseOf(context: Context, name: string, hint: Type | undefined): EnumCase | undefined {
  const cases = context.world.cases(name, context.uri);
  const wanted = hint && prune(hint);
  if (cases.length < 2 || wanted?.kind !== 'named') return cases[0];
  return context.world.casesOf(wanted).find((c) => c.symbol.name === name) ?? cases[0];
}

function inferCall(
  context: Context,
  env: Env,
  { callee, args, origin }: Extract<Expr, { kind: 'call' }>,
  hint?: Type,
): Type {
  const name = callee.text;
  const local = env.find(name);
  // `hash = hash(password)`: a variable that holds no function does not hide one.
  if (
    local &&
    ((local.symbol.kind === 'local' && ['function', 'variable'].includes(prune(local.type).kind)) ||
      !isCallable(context, name))
  ) {
    const type = prune(inferName(context, env, callee));
    if (type.kind === 'variable')
      unify(
        type,
        functionOf(
          args.map(() => variable()),
          variable(),
        ),
      );
    const fn = prune(type);
    if (fn.kind === 'function') {
      return applySignature(
        typer,
        context,
        env,
        { name, signature: { params: fn.params.map((p) => ({ name: '', type: p })), result: fn.result } },
        args,
        origin,
      );
    }
    if (fn.kind !== 'unknown') mismatch(context, callee.origin, fn, { by: 'call' });
    args.forEach((arg) => infer(context, env, arg.value));
    return unknown();
  }
  const enumCase = caseOf(context, name, hint);
  if (enumCase && !isMeantForLibrary(context, enumCase, args)) {
    occur(context, enumCase.symbol, callee.origin, 'read');
    const owner = `${enumCase.declaration.name.text}.${name}`;
    return applySignature(
      typer,
      context,
      env,
      {
        name,
        signature: context.world.caseSignature(enumCase),
        declared: enumCase.symbol,
        param: (index) => {
          const field = enumCase.declaration.cases[enumCase.index]?.fields[index];
          return field && fieldSymbol(enumCase.uri, owner, field);
        },
      },
      args,
      origin,
    );
  }
  const resolved = context.scope.lookup(name);
  const signature = resolved && context.world.signature(resolved);
  if (resolved && signature) {
    const { declaration, uri } = resolved;
    const symbol = context.world.symbol(resolved);
    occur(context, symbol, callee.origin, 'read');
    const params =
      declaration.kind === 'record'
        ? declaration.fields
        : declaration.kind === 'function' || declaration.kind === 'extern-function'
          ? declaration.params
          : [];
    return applySignature(
      typer,
      context,
      env,
      {
        name,
        signature,
        declared: symbol,
        broken: declaration.broken,
        param: (index) => {
          const param = params[index];
          if (!param) return undefined;
          return declaration.kind === 'record'
            ? fieldSymbol(uri, declaration.name.text, param)
            : parameterSymbol(uri, declaration.name.text, param);
        },
      },
      args,
      origin,
    );
  }
  const entry = library.get(name);
  const builtin = builtinSymbol(name);
  if (entry && builtin && !resolved) {
    occur(context, builtin, callee.origin, 'read');
    return applyOverloads(typer, context, env, entry, args, origin);
  }
  if (resolved) occur(context, context.world.symbol(resolved), callee.origin, 'read');
  const types = args.map((arg) => infer(context, env, arg.value));
  const result = unknown();
  if (!context.scope.isLost(name)) {
    const similar = similarNames(context, 'function', name, () => [
      ...namesOf(context, ['function', 'extern-function', 'record']),
      ...library.keys(),
    ]);
    // Called for its effect alone, it gives nothing; else it gives what it is used as.
    report(context, 'unknown-name', callee.origin, () => ({
      name: callee,
      wanted: 'function',
      found: resolved && context.world.symbol(resolved).kind,
      similar,
      call: {
        types: types.map((type) => writeType(type, 'string')),
        names: args.map((arg) => arg.name?.text ?? (arg.value.kind === 'name' ? arg.value.name.text : undefined)),
        result: writeType(result, 'string'),
      },
    }));
  }
  return result;
}

/** The names of declarations of some kinds. */
function namesOf(context: Context, kinds: readonly string[]): string[] {
  return [...context.scope.all()]
    .filter(([, { declaration }]) => kinds.includes(declaration.kind))
    .map(([name]) => name);
}

function inferField(context: Context, env: Env, expr: Extract<Expr, { kind: 'field' }>): Type {
  const { receiver, name } = expr;
  if (receiver.kind === 'name' && !env.find(receiver.name.text) && env.foreign?.(receiver.name, name)) return unknown();
  return fieldOf(context, infer(context, env, receiver), name, receiver.origin);
}

/** The type of a field of a record. */
function fieldOf(context: Context, type: Type, name: Name, receiver: TextRange): Type {
  const record = prune(type);
  if (record.kind === 'unknown' || record.kind === 'variable') {
    // What is open may become anything later; only a number can't become a record.
    if (record.kind === 'variable' && record.need)
      mismatch(context, receiver, record, { by: 'field', field: name.text });
    return unknown();
  }
  const found = record.kind === 'named' ? context.world.record(record) : undefined;
  if (!found) {
    mismatch(context, receiver, record, { by: 'field', field: name.text });
    return unknown();
  }
  const { declaration, uri } = found;
  const field = declaration.fields.find((f) => f.name.text === name.text);
  if (!field) {
    if (declaration.broken) return unknown();
    const result = unknown();
    const last = declaration.fields.at(-1);
    report(context, 'unknown-name', name.origin, () => ({
      name,
      wanted: 'field',
      owner: declaration.name.text,
      similar: closest(
        name.text,
        declaration.fields.map((f) => f.name.text),
      ),
      known: declaration.fields.map((f) => f.name.text),
      add: {
        uri,
        ...(last ? { at: after(last.type.origin) } : {}),
        type: writeType(result, 'string'),
        first: { start: declaration.origin.end - 1, end: declaration.origin.end - 1 },
      },
    }));
    return result;
  }
  occur(context, fieldSymbol(uri, declaration.name.text, field), name.origin, 'read');
  return context.world.type(field.type, uri);
}

function inferIndex(context: Context, env: Env, expr: Extract<Expr, { kind: 'index' }>): Type {
  const receiver = prune(infer(context, env, expr.receiver));
  if (receiver.kind === 'map') infer(context, env, expr.index);
  else check(context, env, expr.index, int, () => ({ by: 'index' }));
  if (receiver.kind === 'list') return receiver.item;
  if (receiver.kind === 'basic' && receiver.name === 'string') return string;
  if (receiver.kind === 'unknown') return unknown();
  const item = variable();
  if (receiver.kind === 'variable' && unify(receiver, listOf(item))) return item;
  mismatch(context, expr.receiver.origin, receiver, { by: 'indexing' });
  return unknown();
}

function inferUpdate(context: Context, env: Env, receiver: Expr, fields: readonly NamedArg[]): Type {
  const type = infer(context, env, receiver);
  for (const field of fields) {
    const wanted = fieldOf(context, type, field.name, receiver.origin);
    check(context, env, field.value, wanted, (shown) => ({ by: 'update', field: field.name.text, type: shown }));
    // A record that is none is told once.
    if (!isKnown(wanted) && prune(type).kind !== 'named') {
      fields.filter((f) => f !== field).forEach((f) => infer(context, env, f.value));
      return unknown();
    }
  }
  return type;
}

const operatorNeeds: Partial<Record<BinaryOperator, Need>> = {
  '+': 'addable',
  '-': 'number',
  '*': 'number',
  '/': 'number',
  '%': 'number',
  '<': 'ordered',
  '<=': 'ordered',
  '>': 'ordered',
  '>=': 'ordered',
};
const needsShown: Record<Need, string> = {
  number: 'numbers',
  ordered: 'numbers or `string`s',
  addable: 'numbers, `string`s or lists',
};

function inferBinary(context: Context, env: Env, operator: BinaryOperator, left: Expr, right: Expr): Type {
  if (operator === 'and' || operator === 'or') {
    for (const side of [left, right])
      check(context, env, side, bool, () => ({ by: 'operator', operator, takes: '`bool`s' }));
    return bool;
  }
  const need = operatorNeeds[operator];
  const arithmetic = need === 'number' || need === 'addable';
  const one = infer(context, env, left);
  if (need && !restrict(one, need)) {
    demandNeed(context, left.origin, one, need, operator);
    infer(context, env, right);
    return arithmetic ? unknown() : bool;
  }
  // A literal takes the type of the other side: in `1 + x` it is x that says whether this is about floats.
  const other = infer(context, env, right, one);
  if (!unify(one, other)) {
    mismatch(
      context,
      right.origin,
      other,
      { by: 'operand', other: excerpt(context, left.origin), operator, type: showMeaning(one) },
      one,
    );
    return arithmetic ? unknown() : bool;
  }
  return arithmetic ? withoutName(one) : bool;
}

function demandNeed(context: Context, origin: TextRange, type: Type, need: Need, operator: string): Type {
  if (restrict(type, need)) return withoutName(type);
  mismatch(context, origin, type, { by: 'operator', operator, takes: needsShown[need] });
  return unknown();
}

function inferLambda(
  context: Context,
  env: Env,
  expr: Extract<Expr, { kind: 'lambda' }>,
  params: readonly Type[],
  result?: Type,
  demand?: DemandOf,
): Type {
  const locals = new Map<string, Variable>();
  expr.params.forEach((param, index) => {
    const local = createVariable(
      { id: localId(env.owner, param), kind: 'local', name: param.text, uri: context.uri, origin: param.origin },
      params[index] ?? variable(),
    );
    occur(context, local.symbol, param.origin, 'definition');
    locals.set(param.text, local);
  });
  const inner = extend(env, locals);
  const body =
    result && demand
      ? check(context, inner, expr.body, result, (shown) => ({ by: 'function', type: shown }))
      : infer(context, inner, expr.body);
  locals.forEach(complete);
  return functionOf(params, result ?? body);
}

/** Finds the type of a `let`: that of its body, where the names of its pattern are known. */
function inferLet(context: Context, env: Env, expr: Extract<Expr, { kind: 'let' }>, body: (inner: Env) => Type): Type {
  const value = inferValue(context, env, expr.value);
  const locals = new Map<string, Variable>();
  const { length } = context.reported;
  checkPattern(typer, context, env, expr.pattern, value, locals);
  // Of a pattern that does not fit, that is told.
  if (context.reported.length === length) checkIrrefutable(context, expr.pattern, expr.value.origin, value);
  const type = body(extend(env, locals));
  locals.forEach(complete);
  return type;
}

/** Inference, for what stands around expressions. */
export const typer: Typer = { infer, check };

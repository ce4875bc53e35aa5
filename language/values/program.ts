// Expressions as functions of the values of their variables: names are resolved and types looked up once, then it is
// computed on terms.
import { walkExpr } from '../ir/expression.js';
import type { Arm, BinaryOperator, Expr, Name } from '../ir/expression.js';
import type { ConstantDeclaration, FunctionDeclaration } from '../ir/file.js';
import { idOf } from '../scoping/declared.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { library } from '../typing/library.js';
import { pickedNumbers } from '../ir/static.js';
import type { Type } from '../typing/types.js';
import { TooLong } from './algebra.js';
import type { Algebra } from './algebra.js';
import { isEffectful } from '../scoping/effects.js';
import { partOf } from './logic.js';
import { bindPattern, casesOf, fitsPattern } from './patterns.js';
import type { Shapes } from './shapes.js';
import type { Shape, Term } from './terms.js';
import { isKnown } from './terms.js';
import { typedOf } from './types.js';
import { mostStepsOfRecursion, deepestCalls } from './limits.js';

/** Where an expression's variables get their values. */
export interface Frame {
  /** The value of a variable; undefined for a name that is none. */
  variable(name: string): Term | undefined;
  /** A value of which nothing is known but its type: what a host function answers. */
  fresh(type: Type | undefined): Term;
  /** What a name stands for of which nothing is known. */
  missing(name: string, type: Type | undefined): Term;
}

/** An expression that was looked at once. */
export type Code = (frame: Frame, locals: Locals, depth: number) => Term;

/** The names that parts of an expression bind, innermost first. */
export type Locals = { readonly name: string; readonly value: Term; readonly outer: Locals } | undefined;

/** A function of some file; a constant is one of nothing. */
interface Definition {
  readonly id: string;
  readonly params: readonly string[];
  readonly body: Code;
  readonly effectful: boolean;
  readonly recursive: boolean;
}

/** What functions of the library are where their first argument is a map or a set, and does not show it by itself. */
const operations: ReadonlyMap<string, string> = new Map([
  ['map set', 'mapSet'],
  ['filter set', 'filterSet'],
  ['filter map', 'filterMap'],
]);

export interface Program {
  /** An expression of a file as a function of its variables. Cost: linear in it, the first time */
  code(expr: Expr, scope: Scope): Code;
}

/** Looks at expressions for an algebra. */
export function createProgram(algebra: Algebra, shapes: Shapes): Program {
  const codes = new Map<Scope, Map<Expr, Code>>();
  const definitions = new Map<ConstantDeclaration | FunctionDeclaration, Definition>();
  /** The values of constants. */
  const constants = new Map<Definition, Term>();
  /** What calls of functions that call themselves gave. */
  const results = new Map<Term, Term>();
  let attempting = false;

  const code = (expr: Expr, scope: Scope): Code => {
    let own = codes.get(scope);
    if (!own) codes.set(scope, (own = new Map()));
    let known = own.get(expr);
    if (!known) own.set(expr, (known = compile(expr, scope)));
    return known;
  };
  const definitionOf = (
    { declaration, uri }: { readonly declaration: ConstantDeclaration | FunctionDeclaration; readonly uri: string },
    scope: Scope,
  ): Definition | undefined => {
    const known = definitions.get(declaration);
    if (known) return known;
    const there = uri === scope.file.uri ? scope : scope.at(uri);
    if (!there) return undefined;
    let body: Code | undefined;
    const expr = bodyOf(declaration);
    const made: Definition = {
      id: idOf(uri, declaration),
      params: paramsOf(declaration),
      effectful: isEffectful(expr, there),
      recursive: isRecursive(declaration, there),
      body: (frame, locals, depth) => (body ??= code(expr, there))(frame, locals, depth),
    };
    definitions.set(declaration, made);
    return made;
  };
  /**
   * Calls a function of a file. One that calls itself is gone into as far as it takes few steps; else the call is a
   * value of its own.
   */
  const invoke = (fn: Definition, args: readonly Term[], frame: Frame, depth: number, type: Type | undefined): Term => {
    const run = (): Term => {
      algebra.spend(4);
      if (depth >= deepestCalls) throw new TooLong();
      const locals = fn.params.reduce<Locals>(
        (outer, name, i) => ({ name, value: args[i] ?? frame.fresh(undefined), outer }),
        undefined,
      );
      return fn.body({ ...frame, variable: () => undefined }, locals, depth + 1);
    };
    if (!fn.recursive) return run();
    const again = (given: readonly Term[]): Term | undefined =>
      given.every(isKnown) ? invoke(fn, given, frame, 0, type) : undefined;
    const call = algebra.terms.asked(`function ${fn.id}`, args, again);
    const known = fn.effectful ? undefined : results.get(call);
    if (known) return known;
    let result: Term;
    if (attempting) result = run();
    else {
      attempting = true;
      try {
        result = algebra.within(mostStepsOfRecursion, run) ?? (fn.effectful ? frame.fresh(type) : call);
      } finally {
        attempting = false;
      }
    }
    if (!fn.effectful) results.set(call, result);
    return result;
  };
  /** The value of a constant, computed once; one that is computed from itself has none. */
  const valueOf = (constant: Definition, frame: Frame, depth: number, type: Type | undefined): Term => {
    const known = constants.get(constant);
    if (known) return known;
    const value = invoke(constant, [], frame, depth, type);
    if (!constant.effectful) constants.set(constant, value);
    return value;
  };
  /** A function of the library as a rule of the algebra. */
  const builtin = (name: string, args: readonly Term[], type: Type | undefined): Term =>
    name === 'sum'
      ? algebra.apply('sum', args, type?.kind === 'basic' && type.name === 'float' ? 'float' : 'int')
      : algebra.op(name, ...args);
  const typeName = (type: Type | undefined): string | undefined => (type?.kind === 'basic' ? type.name : type?.kind);

  const compile = (expr: Expr, scope: Scope): Code => {
    const { terms } = algebra;
    const go = (e: Expr): Code => code(e, scope);
    const constant =
      (term: Term): Code =>
      () =>
        term;
    const typeOf = (e: Expr): Type | undefined => typedOf(scope).typeOf(e.origin);
    switch (expr.kind) {
      case 'int': {
        // `1` is a `float` where one is needed.
        const isFloat =
          typeName(typeOf(expr)) === 'float' && scope.file.text.slice(expr.origin.start, expr.origin.end) === expr.text;
        return constant(terms.scalar(isFloat ? Number(expr.text) : BigInt(expr.text)));
      }
      case 'float':
        return constant(terms.scalar(Number(expr.text)));
      case 'string':
      case 'bool':
        return constant(terms.scalar(expr.value));
      case 'none':
        return constant(terms.made(algebra.none, []));
      case 'list':
      case 'tuple': {
        const items = expr.items.map(go);
        return (frame, locals, depth) => {
          const values = items.map((item) => item(frame, locals, depth));
          return expr.kind === 'list' ? terms.list(values) : terms.made(algebra.tuple(values.length), values);
        };
      }
      case 'name':
        return compileName(expr, scope, typeOf(expr));
      case 'call':
        return compileCall(expr, scope, typeOf(expr));
      case 'field': {
        const [receiver, field] = [go(expr.receiver), expr.name.text];
        const type = typeOf(expr.receiver);
        const shape = type && shapes.ofType(type, scope)?.[0];
        const index = shape && shape.family.length === 1 ? shape.fields.indexOf(field) : -1;
        return (frame, locals, depth) => {
          const value = receiver(frame, locals, depth);
          return shape && index >= 0
            ? partOf(algebra, shape, index, value)
            : algebra.apply(`field ${field}`, [value], field);
        };
      }
      case 'index': {
        const [receiver, index] = [go(expr.receiver), go(expr.index)];
        return (frame, locals, depth) =>
          algebra.op('index', receiver(frame, locals, depth), index(frame, locals, depth));
      }
      case 'update': {
        const receiver = go(expr.receiver);
        const fields = expr.fields.map((f) => ({ name: f.name.text, value: go(f.value) }));
        const type = typeOf(expr.receiver);
        const shape = type && shapes.ofType(type, scope)?.[0];
        const known =
          shape?.family.length === 1 && fields.every((f) => shape.fields.includes(f.name)) ? shape : undefined;
        return (frame, locals, depth) => {
          const value = receiver(frame, locals, depth);
          const given = fields.map((f) => [f.name, f.value(frame, locals, depth)] as const);
          if (!known)
            return given.reduce((so, [name, field]) => algebra.apply(`with ${name}`, [so, field], name), value);
          const last = new Map(given);
          return terms.made(
            known,
            known.fields.map((name, i) => last.get(name) ?? partOf(algebra, known, i, value)),
          );
        };
      }
      case 'unary': {
        if (expr.operator === 'not') {
          const operand = go(expr.operand);
          return (frame, locals, depth) => algebra.op('not', operand(frame, locals, depth));
        }
        // The least `int` has no positive counterpart.
        const isFloat = typeName(typeOf(expr)) === 'float';
        if (expr.operand.kind === 'int' && !isFloat) return constant(terms.scalar(-BigInt(expr.operand.text)));
        const operand = go(expr.operand);
        return (frame, locals, depth) => algebra.op('negative', operand(frame, locals, depth));
      }
      case 'binary':
        return compileBinary(
          expr.operator,
          go(expr.left),
          go(expr.right),
          typeName(typeOf(expr.left)) ?? typeName(typeOf(expr.right)),
        );
      case 'lambda': {
        const body = go(expr.body);
        return (frame, locals, depth) =>
          algebra.lambda(expr.params.length, (params) =>
            body(
              frame,
              expr.params.reduce<Locals>((outer, p, i) => ({ name: p.text, value: params[i] as Term, outer }), locals),
              depth,
            ),
          );
      }
      case 'let': {
        const [value, body] = [go(expr.value), go(expr.body)];
        const cases = casesOf(algebra, shapes, scope);
        return (frame, locals, depth) =>
          body(
            frame,
            bindPattern(algebra, cases, expr.pattern, value(frame, locals, depth)).reduce<Locals>(
              (outer, [name, part]) => ({ name, value: part, outer }),
              locals,
            ),
            depth,
          );
      }
      case 'if': {
        const [condition, then, otherwise] = [go(expr.condition), go(expr.then), go(expr.else)];
        return (frame, locals, depth) =>
          branch(
            condition(frame, locals, depth),
            () => then(frame, locals, depth),
            () => otherwise(frame, locals, depth),
          );
      }
      case 'match':
        return compileMatch(expr.value, expr.arms, expr.else, scope);
    }
  };

  /** An `if` of which only what may be needed is computed. */
  const branch = (condition: Term, then: () => Term, otherwise: () => Term): Term => {
    if (condition.kind === 'scalar') return condition.value === true ? then() : otherwise();
    return condition.failing ? condition : algebra.op('if', condition, then(), otherwise());
  };

  const compileName = (expr: Extract<Expr, { kind: 'name' }>, scope: Scope, type: Type | undefined): Code => {
    const name = expr.name.text;
    const standing = (): Code => {
      const fn = functionNamed(expr.name, scope);
      if (!fn)
        return (frame) =>
          scope.lookup(name)?.declaration.kind === 'extern-function' ? frame.fresh(type) : frame.missing(name, type);
      // A case with nothing in it is a value; what takes arguments is a function.
      if (fn.arity === 0) return (frame, _, depth) => fn.call([], frame, depth, type);
      return (frame, _, depth) =>
        fn.effectful
          ? frame.fresh(type)
          : algebra.lambda(fn.arity, (params) => fn.call(params, frame, depth, undefined));
    };
    let global: Code | undefined;
    return (frame, locals, depth) =>
      find(locals, name) ?? frame.variable(name) ?? (global ??= standing())(frame, undefined, depth);
  };

  interface Callable {
    readonly arity: number;
    readonly effectful: boolean;
    readonly fields?: readonly string[];
    /** It is one of the library. */
    readonly isBuiltin?: true;
    call(args: readonly Term[], frame: Frame, depth: number, type: Type | undefined): Term;
  }
  const making = (shape: Shape): Callable => ({
    arity: shape.fields.length,
    effectful: false,
    fields: shape.fields,
    call: (args) => algebra.terms.made(shape, args),
  });
  /** What a name that is no variable can be called as; undefined for what nothing is known of. */
  const functionNamed = (name: Name, scope: Scope): Callable | undefined => {
    const enumCase = shapes.case(name, scope);
    if (enumCase) return making(enumCase);
    const resolved: Resolved | undefined = scope.lookup(name.text);
    const declaration = resolved?.declaration;
    if (declaration?.kind === 'record') return making(shapes.record(resolved?.uri ?? '', declaration));
    if (declaration?.kind === 'const') {
      const constant = definitionOf({ uri: resolved?.uri ?? '', declaration }, scope);
      return (
        constant && {
          arity: 0,
          effectful: constant.effectful,
          call: (_, frame, depth, type) => valueOf(constant, frame, depth, type),
        }
      );
    }
    if (declaration?.kind === 'function') {
      const fn = definitionOf({ uri: resolved?.uri ?? '', declaration }, scope);
      return (
        fn && {
          arity: fn.params.length,
          effectful: fn.effectful,
          fields: fn.params,
          call: (args, frame, depth, type) => invoke(fn, args, frame, depth, type),
        }
      );
    }
    const entry = resolved || scope.isLost(name.text) ? undefined : library.get(name.text);
    const first = entry?.overloads[0]?.();
    if (!entry || !first) return undefined;
    return {
      arity: first.params.length,
      effectful: false,
      fields: undefined,
      isBuiltin: true,
      call: (args, _, __, type) => builtin(entry.name, args, type),
    };
  };

  const compileCall = (expr: Extract<Expr, { kind: 'call' }>, scope: Scope, type: Type | undefined): Code => {
    const { callee, args } = expr;
    const values = args.map((arg) => code(arg.value, scope));
    const [picked] = values;
    if (callee.text === pickedNumbers && picked)
      return (frame, locals, depth) => algebra.op(pickedNumbers, picked(frame, locals, depth));
    // A function that asks the host is no function of its arguments.
    const isAsking =
      args.some((arg) => arg.value.kind === 'lambda' && isEffectful(arg.value, scope)) ||
      args.some((arg) => arg.value.kind === 'name' && functionNamed(arg.value.name, scope)?.effectful);
    const entry = functionNamed(callee, scope);
    const names =
      entry?.fields ??
      library
        .get(callee.text)
        ?.overloads.map((o) => o().params.map((p) => p.name))
        .find((all) => all.length === args.length && args.every(({ name }) => !name || all.includes(name.text)));
    // Arguments with names stand where the parameters do.
    const order = args.map((arg, i) => (arg.name && names ? names.indexOf(arg.name.text) : i));
    const first = args[order.indexOf(0)];
    const ofForm =
      entry?.isBuiltin && first
        ? operations.get(`${callee.text} ${typedOf(scope).typeOf(first.value.origin)?.kind ?? ''}`)
        : undefined;
    const symbol = typedOf(scope).symbol(callee.origin);
    // A call with too few or too many arguments has no value.
    const fits =
      entry?.isBuiltin === true
        ? library.get(callee.text)?.overloads.some((o) => o().params.length === args.length)
        : entry?.arity === args.length;
    const isLocal = symbol?.name === callee.text && ['local', 'parameter', 'variable', 'input'].includes(symbol.kind);
    return (frame, locals, depth) => {
      const given: Term[] = [];
      values.forEach((value, i) => {
        given[order[i] ?? i] = value(frame, locals, depth);
      });
      if (isAsking) return frame.fresh(type);
      const own = isLocal || !entry ? (find(locals, callee.text) ?? frame.variable(callee.text)) : undefined;
      if (own) return algebra.op('call', own, ...given);
      if (!entry || !fits || given.length !== args.length || order.includes(-1)) return frame.fresh(type);
      return ofForm === undefined ? entry.call(given, frame, depth, type) : algebra.op(ofForm, ...given);
    };
  };

  const compileMatch = (value: Expr, arms: readonly Arm[], otherwise: Expr | undefined, scope: Scope): Code => {
    const subject = code(value, scope);
    const cases = casesOf(algebra, shapes, scope);
    const bodies = arms.map((arm) => code(arm.body, scope));
    const last = otherwise && code(otherwise, scope);
    return (frame, locals, depth) => {
      const term = subject(frame, locals, depth);
      const from = (index: number): Term => {
        const arm = arms[index];
        if (!arm) return last ? last(frame, locals, depth) : algebra.terms.asked('nothing fits', [term]);
        const body = (): Term =>
          (bodies[index] as Code)(
            frame,
            bindPattern(algebra, cases, arm.pattern, term).reduce<Locals>(
              (outer, [name, part]) => ({ name, value: part, outer }),
              locals,
            ),
            depth,
          );
        const fits = fitsPattern(algebra, cases, arm.pattern, term);
        // Where nothing is left out, the last case takes what is left.
        if (index === arms.length - 1 && !last && fits.kind !== 'scalar') return body();
        return branch(fits, body, () => from(index + 1));
      };
      return from(0);
    };
  };

  const compileBinary = (operator: BinaryOperator, left: Code, right: Code, type: string | undefined): Code => {
    const op =
      (name: string): Code =>
      (frame, locals, depth) =>
        algebra.op(name, left(frame, locals, depth), right(frame, locals, depth));
    const not =
      (inner: Code): Code =>
      (frame, locals, depth) =>
        algebra.op('not', inner(frame, locals, depth));
    const flipped =
      (name: string): Code =>
      (frame, locals, depth) => {
        const [a, b] = [left(frame, locals, depth), right(frame, locals, depth)];
        return algebra.op(name, b, a);
      };
    const less = type === 'int' ? 'below' : type === 'float' || type === 'string' ? 'less' : '<';
    const number = (ints: string, floats: string, either: string): Code =>
      op(type === 'int' ? ints : type === 'float' ? floats : either);
    switch (operator) {
      case 'and':
        return (frame, locals, depth) =>
          branch(
            left(frame, locals, depth),
            () => right(frame, locals, depth),
            () => algebra.terms.scalar(false),
          );
      case 'or':
        return (frame, locals, depth) =>
          branch(
            left(frame, locals, depth),
            () => algebra.terms.scalar(true),
            () => right(frame, locals, depth),
          );
      case '==':
        return op('==');
      case '!=':
        return not(op('=='));
      case '<':
        return op(less);
      case '>':
        return flipped(less);
      case '<=':
        return not(flipped(less));
      case '>=':
        return not(op(less));
      case '+':
        return op(
          type === 'int'
            ? 'add'
            : type === 'float'
              ? 'fadd'
              : type === 'string'
                ? 'text'
                : type === 'list'
                  ? 'chain'
                  : 'plus',
        );
      case '-':
        return (frame, locals, depth) => {
          const [a, b] = [left(frame, locals, depth), right(frame, locals, depth)];
          if (type === 'int') return algebra.op('sub', a, b);
          return type === 'float'
            ? algebra.op('fadd', a, algebra.op('fmul', algebra.terms.scalar(-1), b))
            : algebra.op('minus', a, b);
        };
      case '*':
        return number('mul', 'fmul', 'times');
      case '/':
        return number('div', 'fdiv', 'over');
      case '%':
        return number('rem', 'frem', 'rest');
    }
  };

  return { code };
}

function bodyOf(declaration: ConstantDeclaration | FunctionDeclaration): Expr {
  return declaration.kind === 'const' ? declaration.value : declaration.body;
}

function paramsOf(declaration: ConstantDeclaration | FunctionDeclaration): readonly string[] {
  return declaration.kind === 'const' ? [] : declaration.params.map((p) => p.name.text);
}

/** Whether a function calls itself, or a constant is computed from itself, directly or not. */
function isRecursive(declaration: ConstantDeclaration | FunctionDeclaration, scope: Scope): boolean {
  const seen = new Set<ConstantDeclaration | FunctionDeclaration>();
  const reaches = (from: ConstantDeclaration | FunctionDeclaration, there: Scope): boolean => {
    let found = false;
    walkExpr(bodyOf(from), (e) => {
      const name = e.kind === 'call' ? e.callee.text : e.kind === 'name' ? e.name.text : undefined;
      const called = name === undefined || found ? undefined : there.lookup(name);
      if (called?.declaration.kind !== 'function' && called?.declaration.kind !== 'const') return;
      if (called.declaration === declaration) found = true;
      else if (!seen.has(called.declaration)) {
        seen.add(called.declaration);
        const next = called.uri === there.file.uri ? there : there.at(called.uri);
        if (next && reaches(called.declaration, next)) found = true;
      }
    });
    return found;
  };
  return reaches(declaration, scope);
}

function find(locals: Locals, name: string): Term | undefined {
  for (let at = locals; at; at = at.outer) if (at.name === name) return at.value;
  return undefined;
}

// Calls of functions, records and enum cases: which argument goes to which parameter, and whether it fits.
import type { Arg, Expr, TextRange } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { occur, report, declaredAt } from './context.js';
import type { Context } from './context.js';
import { instantiate, library } from './library.js';
import type { LibraryFunction, Signature } from './library.js';
import { fits, isKnown, showMeaning, showType, undo, unify, unknown } from './types.js';
import type { Trail, Type } from './types.js';
import type { Because, Demand } from '../findings/typing.js';
import type { Typer, Env } from './env.js';
import type { EnumCase } from './world.js';
import { mismatch } from './env.js';

/** What is called. */
export interface Callable {
  readonly name: string;
  readonly signature: Signature;
  /** Its declaration, for related places. */
  readonly declared?: ChorSymbol;
  /** Its declaration does not read: the number of its parameters is not known. */
  readonly broken?: boolean;
  /** The symbol of a parameter, for arguments by name. */
  readonly param?: (index: number) => ChorSymbol | undefined;
}

/** Checks the arguments of a call and gives its result's type. */
export function applySignature(
  typer: Typer,
  context: Context,
  env: Env,
  callable: Callable,
  args: readonly Arg[],
  origin: TextRange,
): Type {
  const { signature, name, broken } = callable;
  const places = placesOf(context, callable, args);
  const { declared } = callable;
  const because: Because | undefined = declared && {
    uri: declared.uri,
    ...(declared.origin ? { origin: declared.origin } : {}),
    why: 'declared',
    name,
  };
  const given = new Set(places);
  const missing = signature.params.filter((_, index) => !given.has(index));
  const extra = args.filter((_, index) => places[index] === undefined);
  const miscounted = missing.length > 0 || extra.length > 0;
  // An argument with a wrong name is meant for what is missing, and was told.
  if (!broken && miscounted && !extra.some((arg) => arg.name)) {
    report(context, 'wrong-arguments', origin, {
      kind: 'arguments',
      callee: name,
      parameters: signature.params.map((p) => ({ name: p.name, type: showType(p.type) })),
      given: args.length,
      ...(missing.length > 0 && args.some((arg) => arg.name) ? { missing: missing.map((p) => p.name) } : {}),
      ...declaredAt(callable.declared),
    });
  }
  // Functions last: what they are applied to is then known.
  for (const last of [false, true]) {
    args.forEach((arg, index) => {
      if ((arg.value.kind === 'lambda') !== last) return;
      const param = signature.params[places[index] ?? -1];
      // Where there are too few or too many, which parameter one without a name is for shows in its type alone.
      if (param && miscounted && !arg.name && !last) {
        const type = typer.infer(context, env, arg.value);
        if (fitsParam(type, param)) unify(param.type, type);
      } else if (param && !broken)
        typer.check(
          context,
          env,
          arg.value,
          param.type,
          (shown) => ({
            by: 'parameter',
            callee: name,
            ...(param.name && signature.params.length > 1 ? { parameter: param.name } : {}),
            type: shown,
          }),
          because,
        );
      else typer.infer(context, env, arg.value);
    });
  }
  return signature.result;
}

/** For each argument the index of its parameter, undefined where it has none; notes and reports names. */
function placesOf(context: Context, callable: Callable, args: readonly Arg[]): (number | undefined)[] {
  const { params } = callable.signature;
  return args.map((arg, index) => {
    const { name } = arg;
    if (!name) return index < params.length ? index : undefined;
    const place = params.findIndex((p) => p.name === name.text);
    const symbol = place >= 0 ? callable.param?.(place) : undefined;
    if (symbol) occur(context, symbol, name.origin, 'read');
    if (place >= 0) return place;
    if (!callable.broken) {
      const known = params.map((p) => p.name).filter((p) => p !== '');
      report(context, 'unknown-name', name.origin, {
        name,
        wanted: 'parameter',
        owner: callable.name,
        similar: closest(name.text, known),
        known,
      });
    }
    return undefined;
  });
}

/**
 * Whether a call of a name that is a case, too, is one of the library's function: it has as many arguments as that
 * takes, and the case does not. So `get(store, key)` works beside a request `get(key)`.
 */
export function isMeantForLibrary(context: Context, { declaration, index }: EnumCase, args: readonly Arg[]): boolean {
  const fields = declaration.cases[index]?.fields ?? [];
  const name = declaration.cases[index]?.name.text ?? '';
  if (declaration.broken || fields.length === args.length || context.scope.lookup(name)) return false;
  return instantiate(library.get(name)).some(({ params }) => params.length === args.length);
}

/** The parameter that an argument is for. */
function paramOf(signature: Signature, args: readonly Arg[], index: number): Signature['params'][number] | undefined {
  const name = args[index]?.name?.text;
  return name === undefined ? signature.params[index] : signature.params.find((param) => param.name === name);
}

/** Whether signatures give the same, whatever they take: one basic type, or what another argument says. */
function isSameResult(signatures: readonly Signature[]): boolean {
  const results = signatures.map(({ result }) =>
    result.kind === 'basic' ? result.name : result.kind === 'variable' ? 'variable' : undefined,
  );
  return results[0] !== undefined && results.every((result) => result === results[0]);
}

/** Whether a type can be that of a parameter. Neither is changed. */
function fitsParam(type: Type, param: Signature['params'][number] | undefined): boolean {
  return param !== undefined && fits(param.type, type);
}

/**
 * A call of a function of the library, which may have several types: the first argument says which of them is meant.
 */
export function applyOverloads(
  typer: Typer,
  context: Context,
  env: Env,
  entry: LibraryFunction,
  args: readonly Arg[],
  origin: TextRange,
): Type {
  const all = instantiate(entry);
  const [alone, another] = all;
  const [first, ...rest] = args;
  if (alone && !another)
    return applySignature(typer, context, env, { name: entry.name, signature: alone }, args, origin);
  const ofLength = all.filter((signature) => signature.params.length === args.length);
  const named = ofLength.filter((signature) => args.every((_, index) => paramOf(signature, args, index)));
  // A name that none of them has is told by the first.
  if (ofLength[0] && named.length === 0)
    return applySignature(typer, context, env, { name: entry.name, signature: ofLength[0] }, args, origin);
  const inferred = (arg: Arg): Type | undefined =>
    isFunction(context, env, arg.value) ? undefined : typer.infer(context, env, arg.value);
  const type = first && inferred(first);
  const fitting = named.filter((signature) => !type || fitsParam(type, paramOf(signature, args, 0)));
  const [chosen, second] = fitting;
  /** Looks at arguments as those of a signature, functions last: what they are applied to is then known. */
  const check = (signature: Signature, indices: readonly number[]): Type => {
    for (const last of [false, true])
      for (const index of indices) {
        const [arg, param] = [args[index], paramOf(signature, args, index)];
        if (!arg || !param || isFunction(context, env, arg.value) !== last) continue;
        typer.check(context, env, arg.value, param.type, (shown) => ({
          by: 'parameter',
          callee: entry.name,
          ...(!last && signature.params.length > 1 ? { parameter: param.name } : {}),
          type: shown,
        }));
      }
    return signature.result;
  };
  const indices = args.map((_, index) => index);
  if (chosen && !second) {
    if (type) unify(paramOf(chosen, args, 0)?.type ?? unknown(), type);
    return check(chosen, type ? indices.slice(1) : indices);
  }
  const types = [type, ...rest.map(inferred)];
  if (chosen) {
    const possible = fitting.filter((signature) => {
      const trail: Trail = [];
      const fitsAll = types.every(
        (each, index) => !each || unify(paramOf(signature, args, index)?.type ?? unknown(), each, trail),
      );
      undo(trail);
      return fitsAll;
    });
    const [only, other] = possible;
    // Which of them it is may stay open: all give the same then.
    if (only && (!other || isSameResult(possible))) {
      const isOpen = (index: number): boolean =>
        possible.some((each) => paramOf(each, args, index)?.type.kind !== paramOf(only, args, index)?.type.kind);
      types.forEach(
        (each, index) => each && !isOpen(index) && unify(paramOf(only, args, index)?.type ?? unknown(), each),
      );
      return check(
        only,
        indices.filter((index) => !types[index]),
      );
    }
  }
  args.forEach((arg, index) => types[index] ?? typer.infer(context, env, arg.value));
  if (!chosen) tellMisfit(context, entry.name, all, args, type, origin);
  return unknown();
}

/**
 * Whether an argument is a function, of which it is known what it takes once it is known what it is given to: the
 * library's may have several types as well.
 */
function isFunction(context: Context, env: Env, value: Expr): boolean {
  return (
    value.kind === 'lambda' ||
    (value.kind === 'name' &&
      library.has(value.name.text) &&
      !env.find(value.name.text) &&
      !context.scope.lookup(value.name.text))
  );
}

/**
 * Reports a call that no signature takes: too many or too few arguments for what the first one is, or a first one that
 * none of them takes.
 */
function tellMisfit(
  context: Context,
  callee: string,
  all: readonly Signature[],
  args: readonly Arg[],
  type: Type | undefined,
  origin: TextRange,
): void {
  const ofLength = all.filter((signature) => signature.params.length === args.length);
  const meant = all.filter((signature) => type && isKnown(type) && fitsParam(type, signature.params[0]));
  const [only, other] = meant;
  if (only && !other && !ofLength.includes(only)) {
    if (type) unify(only.params[0]?.type ?? unknown(), type);
    report(context, 'wrong-arguments', origin, {
      kind: 'arguments',
      callee,
      parameters: only.params.map((p) => ({ name: p.name, type: showMeaning(p.type) })),
      given: args.length,
    });
  } else if (ofLength.length === 0) {
    report(context, 'wrong-arguments', origin, {
      kind: 'overloads',
      callee,
      numbers: [...new Set(all.map((signature) => signature.params.length))].sort((a, b) => a - b),
      given: args.length,
    });
  } else if (type && args[0]) {
    const wanted = ofLength.map((signature) => paramOf(signature, args, 0)?.type ?? unknown());
    const [one, another] = wanted;
    const demand: Demand =
      one && !another
        ? {
            by: 'parameter',
            callee,
            ...(args.length > 1 ? { parameter: paramOf(ofLength[0] as Signature, args, 0)?.name ?? '' } : {}),
            type: showMeaning(one),
          }
        : {
            by: 'overloads',
            callee,
            types: [...new Set(wanted.map((each) => showMeaning(each).replace(/<\?(, \?)*>/, '')))],
          };
    mismatch(context, args[0].value.origin, type, demand, another ? undefined : one);
  }
}

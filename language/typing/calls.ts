// Calls of functions, records and enum cases: which argument goes to which parameter, and whether it fits.
import type { Arg, Expr, TextRange } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { occur, report, declaredAt } from './context.js';
import type { Context } from './context.js';
import { instantiate, library } from './library.js';
import type { LibraryFunction, Signature } from './library.js';
import { fits, showMeaning, showType, undo, unify, unknown } from './types.js';
import type { Trail, Type } from './types.js';
import type { Because, Demand } from '../findings/typing.js';
import type { Typer, Env } from './env.js';
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
export function applySignature(typer: Typer, context: Context, env: Env, callable: Callable, args: readonly Arg[], origin: TextRange): Type {
  const { signature, name, broken } = callable;
  const places = placesOf(context, callable, args);
  const { declared } = callable;
  const because: Because | undefined = declared && { uri: declared.uri, ...(declared.origin ? { origin: declared.origin } : {}), why: 'declared', name };
  const given = new Set(places);
  const missing = signature.params.filter((_, index) => !given.has(index));
  const extra = args.filter((_, index) => places[index] === undefined);
  // An argument with a wrong name is meant for what is missing, and was told.
  if (!broken && (missing.length > 0 || extra.length > 0) && !extra.some((arg) => arg.name)) {
    report(context, 'wrong-arguments', origin, {
      kind: 'arguments', callee: name, parameters: signature.params.map((p) => ({ name: p.name, type: showType(p.type) })), given: args.length,
      ...(missing.length > 0 && args.some((arg) => arg.name) ? { missing: missing.map((p) => p.name) } : {}), ...declaredAt(callable.declared),
    });
  }
  // Functions last: what they are applied to is then known.
  for (const last of [false, true]) {
    args.forEach((arg, index) => {
      if ((arg.value.kind === 'lambda') !== last) return;
      const param = signature.params[places[index] ?? -1];
      if (param && !broken) typer.check(context, env, arg.value, param.type, (shown) => ({ by: 'parameter', callee: name, ...(param.name && signature.params.length > 1 ? { parameter: param.name } : {}), type: shown }), because);
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
      report(context, 'unknown-name', name.origin, { name, wanted: 'parameter', owner: callable.name, similar: closest(name.text, known), known });
    }
    return undefined;
  });
}

/** The parameter that an argument is for. */
function paramOf(signature: Signature, args: readonly Arg[], index: number): Signature['params'][number] | undefined {
  const name = args[index]?.name?.text;
  return name === undefined ? signature.params[index] : signature.params.find((param) => param.name === name);
}

/** Whether signatures give the same, whatever they take: one basic type, or what another argument says. */
function isSameResult(signatures: readonly Signature[]): boolean {
  const results = signatures.map(({ result }) => (result.kind === 'basic' ? result.name : result.kind === 'variable' ? 'variable' : undefined));
  return results[0] !== undefined && results.every((result) => result === results[0]);
}

/** Whether a type can be that of a parameter. Neither is changed. */
function fitsParam(type: Type, param: Signature['params'][number] | undefined): boolean {
  return param !== undefined && fits(param.type, type);
}

/** A call of a function of the library, which may have several types. */
export function applyOverloads(typer: Typer, context: Context, env: Env, entry: LibraryFunction, args: readonly Arg[], origin: TextRange): Type {
  const all = instantiate(entry);
  const ofLength = all.filter((signature) => signature.params.length === args.length);
  const named = ofLength.filter((signature) => args.every((_, index) => paramOf(signature, args, index)));
  // A name that none of them has is told by the first.
  const fitting = named.length > 0 ? named : ofLength.slice(0, 1);
  const [only, other] = all.length === 1 ? all : fitting;
  if (only && !other) return applySignature(typer, context, env, { name: entry.name, signature: only }, args, origin);
  if (!only) {
    args.forEach((arg) => typer.infer(context, env, arg.value));
    const numbers = [...new Set(all.map((signature) => signature.params.length))].sort((a, b) => a - b);
    report(context, 'wrong-arguments', origin, { kind: 'overloads', callee: entry.name, numbers, given: args.length });
    return unknown();
  }
  // Of a function of the library, which may have several types as well, what it is given to says which.
  const isFunction = (value: Expr): boolean => value.kind === 'lambda' || (value.kind === 'name' && library.has(value.name.text) && !env.find(value.name.text) && !context.scope.lookup(value.name.text));
  const plain = args.map(({ value }): { value: Expr; type?: Type } => ({ value, type: isFunction(value) ? undefined : typer.infer(context, env, value) }));
  const possible = fitting.filter((signature) => {
    const trail: Trail = [];
    const fitsAll = plain.every(({ type }, index) => !type || unify(paramOf(signature, args, index)?.type ?? unknown(), type, trail));
    undo(trail);
    return fitsAll;
  });
  const demand = (signature: Signature, index: number, type: string): Demand => {
    const name = paramOf(signature, args, index)?.name;
    return { by: 'parameter', callee: entry.name, ...(name && signature.params.length > 1 ? { parameter: name } : {}), type };
  };
  /** What the call gives by one of the signatures; `isOpen` says for which arguments it is not known whether they are what that takes. */
  const by = (signature: Signature, isOpen: (index: number) => boolean): Type => {
    plain.forEach(({ value, type }, index) => {
      const param = paramOf(signature, args, index)?.type ?? unknown();
      if (type && !isOpen(index) && !unify(param, type)) mismatch(context, value.origin, type, demand(signature, index, showMeaning(param)), param);
    });
    plain.forEach(({ value, type }, index) => {
      if (!type) typer.check(context, env, value, paramOf(signature, args, index)?.type ?? unknown(), (shown) => ({ by: 'parameter', callee: entry.name, type: shown }));
    });
    return signature.result;
  };
  const [chosen, second] = possible;
  if (chosen && !second) return by(chosen, () => false);
  // Which of them it is stays open; all give the same.
  if (chosen && isSameResult(possible)) return by(chosen, (index) => possible.some((each) => paramOf(each, args, index)?.type.kind !== paramOf(chosen, args, index)?.type.kind));
  // The first argument says what is meant: another one is wrong.
  const [near, otherNear] = chosen ? [] : fitting.filter((signature) => plain[0]?.type && fitsParam(plain[0].type, paramOf(signature, args, 0)));
  if (near && !otherNear) return by(near, () => false);
  for (const { value, type } of plain) if (!type) typer.infer(context, env, value);
  if (!chosen) {
    const wrong = Math.max(0, plain.findIndex(({ type }, index) => type && fitting.every((signature) => !fitsParam(type, paramOf(signature, args, index)))));
    const at = plain[wrong];
    const wanted = [...new Set(fitting.map((signature) => showMeaning(paramOf(signature, args, wrong)?.type ?? unknown()).replace(/<\?(, \?)*>/, '')))];
    if (at?.type) mismatch(context, at.value.origin, at.type, { by: 'overloads', callee: entry.name, types: wanted });
  }
  return unknown();
}

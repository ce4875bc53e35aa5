// Calls of functions, records and enum cases: which argument goes to which parameter, and whether it fits.
import type { Arg, Expr, TextRange } from '../ir/expression.js';
import { closest } from '../syntax/closest.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { occur, report, declaredAt } from './context.js';
import type { Context } from './context.js';
import { instantiate } from './library.js';
import type { LibraryFunction, Signature } from './library.js';
import { showMeaning, showType, undo, unify, unknown } from './types.js';
import type { Trail, Type } from './types.js';
import type { Because } from '../findings/typing.js';
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

/** A call of a function of the library, which may have several types. */
export function applyOverloads(typer: Typer, context: Context, env: Env, entry: LibraryFunction, args: readonly Arg[], origin: TextRange): Type {
  const all = instantiate(entry);
  const fitting = all.filter((signature) => signature.params.length === args.length);
  const [only, other] = all.length === 1 ? all : fitting;
  if (only && !other) return applySignature(typer, context, env, { name: entry.name, signature: only }, args, origin);
  if (!only) {
    args.forEach((arg) => typer.infer(context, env, arg.value));
    const numbers = [...new Set(all.map((signature) => signature.params.length))].sort((a, b) => a - b);
    report(context, 'wrong-arguments', origin, { kind: 'overloads', callee: entry.name, numbers, given: args.length });
    return unknown();
  }
  const plain = args.map((arg): { value: Expr; type?: Type } => ({ value: arg.value, type: arg.value.kind === 'lambda' ? undefined : typer.infer(context, env, arg.value) }));
  const possible = fitting.filter((signature) => {
    const trail: Trail = [];
    const fits = plain.every(({ type }, index) => !type || unify(signature.params[index]?.type ?? unknown(), type, trail));
    undo(trail);
    return fits;
  });
  const [chosen, second] = possible;
  const functions = (signature?: Signature): void => plain.forEach(({ value, type }, index) => {
    const param = signature?.params[index];
    if (!type && param) typer.check(context, env, value, param.type, (shown) => ({ by: 'parameter', callee: entry.name, type: shown }));
    else if (!type) typer.infer(context, env, value);
  });
  if (chosen && !second) {
    plain.forEach(({ type }, index) => type && unify(chosen.params[index]?.type ?? unknown(), type));
    functions(chosen);
    return chosen.result;
  }
  functions();
  if (!chosen) {
    const wrong = plain.findIndex(({ type }, index) => type && fitting.every((signature) => {
      const trail: Trail = [];
      const fits = unify(signature.params[index]?.type ?? unknown(), type, trail);
      undo(trail);
      return !fits;
    }));
    const at = plain[Math.max(0, wrong)];
    const wanted = [...new Set(fitting.map((signature) => showMeaning(signature.params[Math.max(0, wrong)]?.type ?? unknown()).replace('<?>', '')))];
    if (at?.type) mismatch(context, at.value.origin, at.type, { by: 'overloads', callee: entry.name, types: wanted });
  }
  return unknown();
}

// Names and types: resolves every name of a file, infers the types of variables, and reports what does not fit.
import { duplicateName } from '../diagnostics/duplicate-name.js';
import type { Finding } from '../diagnostics/rule.js';
import { tooLarge } from '../diagnostics/too-large.js';
import type { Choreography } from '../ir/choreography.js';
import type { Origin } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { idOf, kindOf } from '../scoping/declared.js';
import type { Files, Resolved, Scope } from '../scoping/scope.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import { checkChoreography } from './choreography.js';
import type { ChoreographyTypes } from './choreography.js';
import { createContext, occur, report } from './context.js';
import type { Context, TypedRange } from './context.js';
import { checkAlias, checkEnum, checkFunction, checkParams, checkRecord, checkType } from './declarations.js';
import { checkImports, checkUnusedImports } from './imports.js';
import { basicTypes } from './library.js';
import { checkNetworkNames } from './network.js';
import { checkBinders } from './patterns.js';
import { isKnown, showType, unknown } from './types.js';
import type { Type } from './types.js';
import { createWorld } from './world.js';
import type { World } from './world.js';

export interface Names {
  readonly findings: readonly Finding[];
  /** Every name of the file with what it stands for, in source order. */
  readonly occurrences: readonly Occurrence[];
  /** The variables and inputs of a choreography or network: by its name, then by role. For completion and projection. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, readonly ChorSymbol[]>>;
  /** The innermost expression around an offset, with its type as it is shown; undefined where there is none, or its type is not known. */
  typeAt(offset: number): { readonly origin: Origin; readonly type: string } | undefined;
  /** The type of the expression that stands exactly there. */
  typeOf(origin: Origin): Type | undefined;
  /**
   * What the messages of a choreography or network carry, by its name and then by `channelKey(sender, receiver, label)`;
   * `unknown` where senders differ. For comparing what is received with what is sent.
   */
  readonly payloads: ReadonlyMap<string, ReadonlyMap<string, Type>>;
}

/**
 * Resolves and types a file.
 * @param scope the file with what it can name
 * @param files the files around it
 * @returns the findings of all declarations that read, and the occurrences of all. Cost: linear in the file, but for sorting
 */
export function checkNames(scope: Scope, files: Files): Names {
  const world = createWorld(scope, files, inferResult);
  const context = createContext(world, scope.file.uri);
  const variables = new Map<string, ReadonlyMap<string, readonly ChorSymbol[]>>();
  const payloads = new Map<string, ReadonlyMap<string, Type>>();
  const done = new Map<string, ChoreographyTypes>();
  const typesOf = (resolved: Resolved & { readonly declaration: Choreography }): ChoreographyTypes => {
    const id = idOf(resolved.uri, resolved.declaration);
    let known = done.get(id);
    if (!known) {
      known = checkChoreography(createContext(world, resolved.uri), resolved.declaration);
      done.set(id, known);
    }
    return known;
  };
  checkImports(context);
  const seen = new Map<string, Declaration>();
  for (const declaration of scope.file.declarations) {
    context.broken = false;
    const name = declaration.name.text;
    const first = seen.get(name);
    if (first) report(context, duplicateName, declaration.name.origin, { name: declaration.name, what: kindOf(first), first: { uri: context.uri, origin: first.name.origin }, taken: [...scope.all().keys()] });
    else seen.set(name, declaration);
    if (basicTypes.has(name) && ['record', 'enum', 'type', 'extern-type'].includes(declaration.kind)) report(context, duplicateName, declaration.name.origin, { name: declaration.name, what: 'built-in type', taken: [...scope.all().keys()] });
    context.broken = declaration.broken;
    const found = checkDeep(context, declaration, typesOf);
    checkBinders(context);
    if (!found || first) continue;
    variables.set(name, found.variables);
    payloads.set(name, found.payloads);
    if (declaration.kind === 'choreography') done.set(idOf(context.uri, declaration), found);
  }
  for (const lost of scope.file.lost) lostOccurrence(context, lost);
  context.broken = false;
  checkUnusedImports(context);
  context.occurrences.sort((a, b) => a.origin.start - b.origin.start);
  return { findings: context.findings, occurrences: context.occurrences, variables, payloads, ...typeIndex(context.types) };
}

function lostOccurrence(context: Context, name: { readonly text: string; readonly origin: Origin }): void {
  if (context.scope.lookup(name.text)) return;
  const symbol: ChorSymbol = { id: `${context.uri}#${name.text}`, kind: 'choreography', name: name.text, uri: context.uri, origin: name.origin, detail: name.text };
  occur(context, symbol, name.origin, 'definition');
}

/** A declaration for which the stack is too small is told, and the others are checked all the same. */
function checkDeep(...[context, declaration, typesOf]: Parameters<typeof checkDeclaration>): ChoreographyTypes | undefined {
  try {
    return checkDeclaration(context, declaration, typesOf);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    report(context, tooLarge, declaration.name.origin, { what: 'names', name: declaration.name.text });
    return undefined;
  }
}

function checkDeclaration(
  context: Context, declaration: Declaration, typesOf: (resolved: Resolved & { readonly declaration: Choreography }) => ChoreographyTypes,
): ChoreographyTypes | undefined {
  occur(context, context.world.symbol({ uri: context.uri, declaration }), declaration.name.origin, 'definition');
  context.anchor = undefined;
  switch (declaration.kind) {
    case 'choreography': return checkChoreography(context, declaration);
    case 'network': return checkNetworkNames(context, declaration, typesOf);
    case 'record': checkRecord(context, declaration); return undefined;
    case 'enum': checkEnum(context, declaration); return undefined;
    case 'type': checkAlias(context, declaration); return undefined;
    case 'function': checkFunction(context, declaration); return undefined;
    case 'extern-type': return undefined;
    case 'extern-function':
      checkParams(context, declaration.name.text, declaration.params);
      if (declaration.result) checkType(context, declaration.result);
      return undefined;
  }
}

/** The result of a function that does not state it; told by nobody but the function's own check. */
function inferResult(world: World, declaration: Parameters<typeof checkFunction>[1], uri: string): Type {
  return declaration.broken ? unknown() : checkFunction(createContext(world, uri), declaration);
}

/** Types by place. The index is built when it is first asked for. */
function typeIndex(types: readonly TypedRange[]): Pick<Names, 'typeAt' | 'typeOf'> {
  let sorted: TypedRange[] | undefined;
  let exact: Map<string, Type> | undefined;
  return {
    typeAt(offset) {
      sorted ??= [...types].sort((a, b) => a.origin.start - b.origin.start || b.origin.end - a.origin.end);
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle]?.origin.start ?? Infinity) <= offset) low = middle + 1;
        else high = middle;
      }
      // The innermost is the last that begins before; expressions that ended before are passed over.
      for (let i = low - 1; i >= 0; i--) {
        const { origin, type } = sorted[i] as TypedRange;
        if (origin.end >= offset) return isKnown(type) ? { origin, type: showType(type) } : undefined;
        if (offset - origin.start > 10_000) return undefined;
      }
      return undefined;
    },
    typeOf(origin) {
      exact ??= new Map(types.map((t) => [`${t.origin.start}:${t.origin.end}`, t.type]));
      return exact.get(`${origin.start}:${origin.end}`);
    },
  };
}


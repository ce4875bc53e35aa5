// What declarations mean across files: their symbols, their types and their signatures, each worked out once in a check.
import type { Name, TypeExpr } from '../ir/expression.js';
import { freeNames, namesIn } from '../ir/expression.js';
import type { EnumDeclaration, ExternFunction, FunctionDeclaration, RecordDeclaration, TypeAlias } from '../ir/file.js';
import { caseSymbol, declarationSymbol, idOf } from '../scoping/declared.js';
import { scopeOf } from '../scoping/scope.js';
import type { Files, Resolved, Scope } from '../scoping/scope.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { endlessTypes } from './endless.js';
import type { Endless } from './endless.js';
import { basicTypes } from './library.js';
import type { Signature } from './library.js';
import { createRecursive } from './recursive.js';
import { renewed } from './renewed.js';
import { symbolType } from './symbol-type.js';
import { bool, float, int, listOf, nothing, optionOf, string, tupleOf, underName, unknown } from './types.js';
import type { NamedType, Type } from './types.js';

/** A case of an enum where it is declared. */
export interface EnumCase {
  readonly uri: string;
  readonly declaration: EnumDeclaration;
  readonly index: number;
  readonly symbol: ChorSymbol;
}

export interface World {
  readonly files: Files;
  /** The file that it is made for. */
  readonly uri: string;
  scope(uri: string): Scope;
  symbol(resolved: Resolved): ChorSymbol;
  /** The type that an expression of types means in a file; unknown where it is wrong. */
  type(expr: TypeExpr, uri: string): Type;
  /** The type that a record, an enum, an alias or an `extern type` declares; undefined for other declarations. */
  declared(resolved: Resolved): Type | undefined;
  /** How a function is called, or a record is made; undefined for other declarations. */
  signature(resolved: Resolved): Signature | undefined;
  caseSignature(c: EnumCase): Signature;
  /** The enum cases of a name that can be used in a file. */
  cases(name: string, uri: string): readonly EnumCase[];
  /** All cases of an enum. */
  casesOf(type: NamedType): readonly EnumCase[];
  /** The types of the file that are made of themselves. */
  endless(): Endless;
  record(type: NamedType): { readonly uri: string; readonly declaration: RecordDeclaration } | undefined;
}

/**
 * @param scope the file that is checked
 * @param files the others
 * @param infer works out the result of a function that does not state it
 */
export function createWorld(
  scope: Scope, files: Files, infer: (world: World, declaration: FunctionDeclaration, uri: string) => Type,
): World {
  const scopes = new Map<string, Scope>([[scope.file.uri, scope]]);
  const symbols = new Map<string, ChorSymbol>();
  const aliases = createRecursive<Type>();
  const signatures = createRecursive<Signature>();
  /** The ids of what was worked out together with all that it leads to. */
  const ordered = new Set<string>();
  const named = new Map<string, Resolved>();
  const enumCases = new Map<string, readonly EnumCase[]>();
  const caseIndices = new Map<string, ReadonlyMap<string, readonly EnumCase[]>>();

  let endless: Endless | undefined;

  const world: World = {
    files, uri: scope.file.uri,
    scope(uri) {
      let known = scopes.get(uri);
      if (!known) {
        known = scopeOf(files.file(uri) ?? { uri, text: '', imports: [], declarations: [], lost: [], syntaxErrors: [] }, files);
        scopes.set(uri, known);
      }
      return known;
    },
    symbol(resolved) {
      const key = `${idOf(resolved.uri, resolved.declaration)}@${resolved.declaration.name.origin.start}`;
      let known = symbols.get(key);
      if (!known) {
        const open = resolved.declaration.kind === 'function' && !resolved.declaration.result;
        const result = open ? world.signature(resolved)?.result : undefined;
        known = declarationSymbol(resolved.uri, resolved.declaration, result && symbolType(result));
        symbols.set(key, known);
      }
      return known;
    },
    type(expr, uri) {
      if (expr.kind === 'tuple') return tupleOf(...expr.items.map((item) => world.type(item, uri)));
      const name = expr.name.text;
      // A declaration that takes the name of a basic type is an error, and does not hide it.
      const resolved = basicTypes.has(name) ? undefined : world.scope(uri).lookup(name);
      if (resolved) return world.declared(resolved) ?? unknown();
      const [item] = expr.args;
      const argument = (): Type => (item ? world.type(item, uri) : unknown());
      switch (name) {
        case 'int': return int;
        case 'float': return float;
        case 'bool': return bool;
        case 'string': return string;
        case 'list': return listOf(argument());
        case 'option': return optionOf(argument());
        default: return unknown();
      }
    },
    declared(resolved) {
      const { declaration, uri } = resolved;
      const id = idOf(uri, declaration);
      const make = (form: NamedType['form']): NamedType => {
        named.set(id, resolved);
        return { kind: 'named', form, name: declaration.name.text, id, uri };
      };
      switch (declaration.kind) {
        case 'record': case 'enum': return make(declaration.kind);
        case 'extern-type': return make('extern');
        case 'type':
          if (!ordered.has(id)) resolveAliases(resolved);
          return alias(resolved, declaration);
        case 'choreography': case 'extern-function': case 'function': case 'network': return undefined;
      }
    },
    signature(resolved) {
      const { declaration, uri } = resolved;
      if (declaration.kind !== 'function' && declaration.kind !== 'extern-function' && declaration.kind !== 'record') return undefined;
      if (declaration.kind !== 'function' || declaration.result) return signatures(idOf(uri, declaration), nobody, () => signatureOf(world, declaration, resolved));
      if (!ordered.has(idOf(uri, declaration))) resolveFunctions(resolved);
      const found = inferred(resolved, declaration);
      // What is open in an inferred result is each caller's own: one can't decide it for others.
      const result = renewed(found.result);
      return result === found.result ? found : { ...found, result };
    },
    caseSignature(c) {
      const declared = c.declaration.cases[c.index];
      return {
        params: (declared?.fields ?? []).map((f) => ({ name: f.name.text, type: world.type(f.type, c.uri) })),
        result: world.declared({ uri: c.uri, declaration: c.declaration }) ?? unknown(),
      };
    },
    cases(name, uri) {
      let index = caseIndices.get(uri);
      if (!index) {
        index = indexCases(world.scope(uri), (resolved) => casesOfEnum(resolved.uri, resolved.declaration as EnumDeclaration));
        caseIndices.set(uri, index);
      }
      return index.get(name) ?? [];
    },
    casesOf(type) {
      const resolved = named.get(type.id);
      return resolved?.declaration.kind === 'enum' ? casesOfEnum(resolved.uri, resolved.declaration) : [];
    },
    endless() {
      endless ??= endlessTypes(world.scope, scope.file.declarations.map((declaration) => ({ uri: scope.file.uri, declaration })));
      return endless;
    },
    record(type) {
      const resolved = named.get(type.id);
      return resolved?.declaration.kind === 'record' ? { uri: resolved.uri, declaration: resolved.declaration } : undefined;
    },
  };

  const nobody = (): Signature => ({ params: [], result: unknown() });

  /** An alias that leads back to itself is unknown on the way; `type-is-recursive` tells it. */
  function alias({ uri }: Resolved, declaration: TypeAlias): Type {
    return aliases(idOf(uri, declaration), unknown, () => underName(world.type(declaration.type, uri), declaration.name.text));
  }

  /** Works out an alias and all that it leads to. */
  function resolveAliases(first: Resolved): void {
    inOrder(first, (resolved) => {
      const { declaration, uri } = resolved;
      const id = idOf(uri, declaration);
      if (declaration.kind !== 'type' || ordered.has(id)) return undefined;
      ordered.add(id);
      return {
        before: namesIn(declaration.type).flatMap((name) => (basicTypes.has(name.text) ? [] : world.scope(uri).lookup(name.text) ?? [])),
        then: () => alias(resolved, declaration),
      };
    });
  }

  function inferred(resolved: Resolved, declaration: FunctionDeclaration): Signature {
    const made = (): Signature => signatureOf(world, declaration, resolved);
    return signatures(idOf(resolved.uri, declaration), made, () => ({ ...made(), result: infer(world, declaration, resolved.uri) }));
  }

  /** Works out the results of a function, and of all that it calls, which do not state theirs. */
  function resolveFunctions(first: Resolved): void {
    inOrder(first, (resolved) => {
      const { declaration, uri } = resolved;
      const id = idOf(uri, declaration);
      if (declaration.kind !== 'function' || declaration.result || ordered.has(id)) return undefined;
      ordered.add(id);
      const own = new Set(declaration.params.map((param) => param.name.text));
      return {
        before: [...freeNames(declaration.body)].flatMap((name) => (own.has(name) ? [] : world.scope(uri).lookup(name) ?? [])),
        then: () => inferred(resolved, declaration),
      };
    });
  }

  function casesOfEnum(uri: string, declaration: EnumDeclaration): readonly EnumCase[] {
    const id = idOf(uri, declaration);
    const known = enumCases.get(id);
    if (known) return known;
    const cases = declaration.cases.map((c, index) => ({ uri, declaration, index, symbol: caseSymbol(uri, declaration, c) }));
    enumCases.set(id, cases);
    return cases;
  }
  return world;
}

/**
 * Goes through what something leads to, the last ones first: a chain of declarations may be longer than the stack is deep.
 * @param enter called once for each; what has to be done before it, and what is done then. Undefined where nothing is to be done
 */
function inOrder<T>(first: T, enter: (item: T) => { readonly before: readonly T[]; then(): void } | undefined): void {
  const work: { readonly before: readonly T[]; next: number; then(): void }[] = [];
  const push = (item: T): void => {
    const entered = enter(item);
    if (entered) work.push({ before: entered.before, next: 0, then: () => { entered.then(); } });
  };
  push(first);
  for (let top = work.at(-1); top; top = work.at(-1)) {
    const item = top.before[top.next++];
    if (item !== undefined) push(item);
    else {
      work.pop();
      top.then();
    }
  }
}

function signatureOf(world: World, declaration: FunctionDeclaration | ExternFunction | RecordDeclaration, resolved: Resolved): Signature {
  const { uri } = resolved;
  const params = declaration.kind === 'record' ? declaration.fields : declaration.params;
  const typed = params.map((p) => ({ name: p.name.text, type: world.type(p.type, uri) }));
  if (declaration.kind === 'record') return { params: typed, result: world.declared(resolved) ?? unknown() };
  // While its own body is looked at, the result of a function that does not state it is unknown.
  const open = declaration.kind === 'function' ? unknown() : nothing;
  return { params: typed, result: declaration.result ? world.type(declaration.result, uri) : open };
}

function indexCases(scope: Scope, cases: (resolved: Resolved) => readonly EnumCase[]): ReadonlyMap<string, readonly EnumCase[]> {
  const index = new Map<string, EnumCase[]>();
  for (const resolved of scope.all().values()) {
    if (resolved.declaration.kind !== 'enum') continue;
    for (const c of cases(resolved)) {
      const list = index.get(c.symbol.name);
      if (list) list.push(c);
      else index.set(c.symbol.name, [c]);
    }
  }
  return index;
}

/** Whether a name is a type that needs no declaration. */
export function isBasicType(name: Name): boolean {
  return basicTypes.has(name.text);
}

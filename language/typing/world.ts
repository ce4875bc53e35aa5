// What declarations mean across files: their symbols, their types and their signatures, each worked out once in a
// check.
import type { Expr, TypeExpr } from '../ir/expression.js';
import { freeNames, namesIn } from '../ir/expression.js';
import type {
  ConstantDeclaration,
  Declaration,
  EnumDeclaration,
  ExternFunction,
  FunctionDeclaration,
  RecordDeclaration,
  TypeAlias,
} from '../ir/file.js';
import { componentsOf } from '../scoping/cycles.js';
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
import {
  bool,
  float,
  int,
  listOf,
  mapOf,
  nothing,
  optionOf,
  setOf,
  string,
  tupleOf,
  underName,
  unknown,
} from './types.js';
import type { NamedType, Type } from './types.js';
import { mostInferredTogether } from './limits.js';

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
  /** The type of a constant; undefined for other declarations. */
  constant(resolved: Resolved): Type | undefined;
  caseSignature(c: EnumCase): Signature;
  /** The enum cases of a name that can be used in a file. */
  cases(name: string, uri: string): readonly EnumCase[];
  /** All cases of an enum. */
  casesOf(type: NamedType): readonly EnumCase[];
  /** The types of the file that are made of themselves. */
  endless(): Endless;
  record(type: NamedType): { readonly uri: string; readonly declaration: RecordDeclaration } | undefined;
}

/** What may not state its type: then it is that of an expression. */
export type Inferred = ConstantDeclaration | FunctionDeclaration;

/** The type that it states, and the expression that it is of otherwise. */
function statedBy(declaration: Inferred): { readonly type: TypeExpr | undefined; readonly body: Expr } {
  return declaration.kind === 'const'
    ? { type: declaration.type, body: declaration.value }
    : { type: declaration.result, body: declaration.body };
}

/**
 * @param scope the file that is checked
 * @param files the others
 * @param infer works out the type of a constant, or of a function's result, that does not state it
 */
export function createWorld(
  scope: Scope,
  files: Files,
  infer: (world: World, declaration: Inferred, uri: string) => Type,
): World {
  const scopes = new Map<string, Scope>([[scope.file.uri, scope]]);
  const symbols = new Map<string, ChorSymbol>();
  const aliases = new Map<string, Type>();
  const signatures = createRecursive<Signature>();
  /** The ids of what was worked out together with all that it leads to. */
  const ordered = new Set<string>();
  /** The ids of those without a stated type of which so many lead to each other that none is worked out. */
  const inLargeRing = new Set<string>();
  const named = new Map<string, Resolved>();
  const enumCases = new Map<string, readonly EnumCase[]>();
  const caseIndices = new Map<string, ReadonlyMap<string, readonly EnumCase[]>>();

  let endless: Endless | undefined;

  const world: World = {
    files,
    uri: scope.file.uri,
    scope(uri) {
      let known = scopes.get(uri);
      if (!known) {
        known = scopeOf(
          files.file(uri) ?? { uri, text: '', imports: [], declarations: [], lost: [], syntaxErrors: [] },
          files,
        );
        scopes.set(uri, known);
      }
      return known;
    },
    symbol(resolved) {
      const key = `${idOf(resolved.uri, resolved.declaration)}@${resolved.declaration.name.origin.start}`;
      let known = symbols.get(key);
      if (!known) {
        const { declaration } = resolved;
        const result =
          declaration.kind === 'function' && !declaration.result
            ? world.signature(resolved)?.result
            : declaration.kind === 'const' && !declaration.type
              ? world.constant(resolved)
              : undefined;
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
      const argument = (index = 0): Type => {
        const written = expr.args[index];
        return written ? world.type(written, uri) : unknown();
      };
      switch (name) {
        case 'int':
          return int;
        case 'float':
          return float;
        case 'bool':
          return bool;
        case 'string':
          return string;
        case 'list':
          return listOf(argument());
        case 'map':
          return mapOf(argument(), argument(1));
        case 'option':
          return optionOf(argument());
        case 'set':
          return setOf(argument());
        default:
          return unknown();
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
        case 'record':
        case 'enum':
          return make(declaration.kind);
        case 'extern-type':
          return make('extern');
        case 'type':
          if (!aliases.has(id)) resolveAliases(resolved);
          return aliases.get(id);
        case 'choreography':
        case 'const':
        case 'extern-function':
        case 'function':
        case 'network':
          return undefined;
      }
    },
    signature(resolved) {
      const { declaration, uri } = resolved;
      if (declaration.kind !== 'function' && declaration.kind !== 'extern-function' && declaration.kind !== 'record')
        return undefined;
      if (declaration.kind !== 'function' || declaration.result)
        return signatures(idOf(uri, declaration), nobody, () => signatureOf(world, declaration, resolved));
      return inferredFor({ ...resolved, declaration });
    },
    constant(resolved) {
      const { declaration, uri } = resolved;
      if (declaration.kind !== 'const') return undefined;
      return declaration.type ? world.type(declaration.type, uri) : inferredFor({ ...resolved, declaration }).result;
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
        index = indexCases(world.scope(uri), (resolved) =>
          casesOfEnum(resolved.uri, resolved.declaration as EnumDeclaration),
        );
        caseIndices.set(uri, index);
      }
      return index.get(name) ?? [];
    },
    casesOf(type) {
      const resolved = named.get(type.id);
      return resolved?.declaration.kind === 'enum' ? casesOfEnum(resolved.uri, resolved.declaration) : [];
    },
    endless() {
      endless ??= endlessTypes(
        world.scope,
        scope.file.declarations.map((declaration) => ({ uri: scope.file.uri, declaration })),
      );
      return endless;
    },
    record(type) {
      const resolved = named.get(type.id);
      return resolved?.declaration.kind === 'record'
        ? { uri: resolved.uri, declaration: resolved.declaration }
        : undefined;
    },
  };

  const nobody = (): Signature => ({ params: [], result: unknown() });

  /** What is open in an inferred type is each user's own: one can't decide it for others. */
  function inferredFor(resolved: Resolved & { readonly declaration: Inferred }): Signature {
    if (!ordered.has(idOf(resolved.uri, resolved.declaration))) resolveInferred(resolved);
    const found = inferred(resolved, resolved.declaration);
    const result = renewed(found.result);
    return result === found.result ? found : { ...found, result };
  }

  /**
   * Works out an alias and all that it leads to. Those that lead back to themselves are unknown; `type-is-recursive`
   * tells them.
   */
  function resolveAliases(first: Resolved): void {
    const isOpen = (declaration: Declaration, id: string): declaration is TypeAlias =>
      declaration.kind === 'type' && !aliases.has(id);
    for (const { members, leadsBack } of groupsFrom(first, isOpen, ({ type }) =>
      namesIn(type).flatMap(({ text }) => (basicTypes.has(text) ? [] : text)),
    )) {
      for (const { id, uri, declaration } of members)
        aliases.set(id, leadsBack ? unknown() : underName(world.type(declaration.type, uri), declaration.name.text));
    }
  }

  function inferred(resolved: Resolved, declaration: Inferred): Signature {
    const made = (): Signature => signatureOf(world, declaration, resolved);
    const id = idOf(resolved.uri, declaration);
    return signatures(id, made, () =>
      inLargeRing.has(id) ? made() : { ...made(), result: infer(world, declaration, resolved.uri) },
    );
  }

  /**
   * Works out the type of a constant, or of a function's result, and of all that it leads to, which do not state
   * theirs.
   */
  function resolveInferred(first: Resolved): void {
    const isOpen = (declaration: Declaration, id: string): declaration is Inferred =>
      (declaration.kind === 'function' || declaration.kind === 'const') &&
      !statedBy(declaration).type &&
      !ordered.has(id);
    const calls = (declaration: Inferred): string[] => {
      const own = new Set(declaration.kind === 'function' ? declaration.params.map((param) => param.name.text) : []);
      return [...freeNames(statedBy(declaration).body)].filter((name) => !own.has(name));
    };
    for (const { members } of groupsFrom(first, isOpen, calls)) {
      for (const { id } of members) {
        ordered.add(id);
        if (members.length > mostInferredTogether) inLargeRing.add(id);
      }
      for (const { uri, declaration } of members) inferred({ uri, declaration }, declaration);
    }
  }

  /**
   * A declaration and those of its kind that it leads to, by the names in them: those together that lead to each other,
   * the last ones first.
   */
  function groupsFrom<D extends Declaration>(
    first: Resolved,
    isOpen: (declaration: Declaration, id: string) => declaration is D,
    namesOf: (declaration: D) => readonly string[],
  ): {
    readonly members: readonly { readonly id: string; readonly uri: string; readonly declaration: D }[];
    readonly leadsBack: boolean;
  }[] {
    const met = new Map<string, { readonly id: string; readonly uri: string; readonly declaration: D }>();
    const leadsToItself = new Set<string>();
    const meet = ({ uri, declaration }: Resolved): string[] => {
      const id = idOf(uri, declaration);
      if (!isOpen(declaration, id)) return [];
      if (!met.has(id)) met.set(id, { id, uri, declaration });
      return [id];
    };
    const next = (id: string): string[] => {
      const node = met.get(id);
      const others = node
        ? namesOf(node.declaration).flatMap((name) => {
            const resolved = world.scope(node.uri).lookup(name);
            return resolved ? meet(resolved) : [];
          })
        : [];
      if (others.includes(id)) leadsToItself.add(id);
      return others;
    };
    return componentsOf(meet(first), next).map((ids) => ({
      members: ids.flatMap((id) => met.get(id) ?? []),
      leadsBack: ids.length > 1 || ids.some((id) => leadsToItself.has(id)),
    }));
  }

  function casesOfEnum(uri: string, declaration: EnumDeclaration): readonly EnumCase[] {
    const id = idOf(uri, declaration);
    const known = enumCases.get(id);
    if (known) return known;
    const cases = declaration.cases.map((c, index) => ({
      uri,
      declaration,
      index,
      symbol: caseSymbol(uri, declaration, c),
    }));
    enumCases.set(id, cases);
    return cases;
  }
  return world;
}

function signatureOf(
  world: World,
  declaration: Inferred | ExternFunction | RecordDeclaration,
  resolved: Resolved,
): Signature {
  const { uri } = resolved;
  if (declaration.kind === 'const') return { params: [], result: unknown() };
  const params = declaration.kind === 'record' ? declaration.fields : declaration.params;
  const typed = params.map((p) => ({ name: p.name.text, type: world.type(p.type, uri) }));
  if (declaration.kind === 'record') return { params: typed, result: world.declared(resolved) ?? unknown() };
  // While its own body is looked at, the result of a function that does not state it is unknown.
  const open = declaration.kind === 'function' ? unknown() : nothing;
  return { params: typed, result: declaration.result ? world.type(declaration.result, uri) : open };
}

function indexCases(
  scope: Scope,
  cases: (resolved: Resolved) => readonly EnumCase[],
): ReadonlyMap<string, readonly EnumCase[]> {
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

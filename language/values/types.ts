// What the names and types of a file are, for its expressions: found once for a scope, when it is first asked for.
import type { TextRange, TypeExpr } from '../ir/expression.js';
import type { Files, Scope } from '../scoping/scope.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import { checkNames } from '../typing/check.js';
import type { TypingResult } from '../typing/check.js';
import { shortened } from '../typing/shortened.js';
import { prune, unknown } from '../typing/types.js';
import type { Type } from '../typing/types.js';
import { createWorld } from '../typing/world.js';

/** Names and types of what stands in a file. */
export interface Typed {
  /** What a name stands for. */
  symbol(origin: TextRange): ChorSymbol | undefined;
  /** The type of an expression; undefined where it is not known. */
  typeOf(origin: TextRange): Type | undefined;
  /** A type that is written in the file. */
  type(written: TypeExpr): Type | undefined;
}

interface Entry {
  names?: TypingResult;
  typed?: Typed;
}

const entries = new WeakMap<Scope, Entry>();

function entryOf(scope: Scope): Entry {
  let own = entries.get(scope);
  if (!own) entries.set(scope, (own = {}));
  return own;
}

/** Lets the names of a scope's file be known that were found already. */
export function rememberNames(scope: Scope, names: TypingResult): void {
  entryOf(scope.plain ?? scope).names ??= names;
}

/** The names and types of a scope's file. Cost: that of `checkNames`, where they are not known yet */
export function typedOf(scope: Scope): Typed {
  return (entryOf(scope).typed ??= createTyped(scope, () => namesOf(scope.plain ?? scope)));
}

function namesOf(scope: Scope): TypingResult {
  return (entryOf(scope).names ??= checkNames(scope, filesOf(scope)));
}

function filesOf(scope: Scope): Files {
  return { file: (uri) => (uri === scope.file.uri ? scope.file : scope.at(uri)?.file) };
}

function createTyped(scope: Scope, namesOf: () => TypingResult): Typed {
  // The types are found already: a type that stands in many others is the same in all.
  const shared: Shared = { byKey: new Map(), plain: new Map() };
  let symbols: Map<number, ChorSymbol> | undefined;
  let world: ReturnType<typeof createWorld> | undefined;
  return {
    symbol({ start }) {
      if (!symbols) {
        symbols = new Map();
        for (const { symbol, origin } of namesOf().occurrences) symbols.set(origin.start, symbol);
      }
      return symbols.get(start);
    },
    typeOf(origin) {
      const type = namesOf().typeOf(origin);
      return type && one(shared, type);
    },
    type: (written) =>
      one(shared, (world ??= createWorld(scope, filesOf(scope), unknown)).type(written, scope.file.uri)),
  };
}

interface Shared {
  readonly byKey: Map<string, Type>;
  /** Types, without variables that are bound. */
  readonly plain: Map<Type, Type>;
}

/** The same type as one object, without variables that are bound; undefined where nothing is known of it. */
function one({ byKey, plain: known }: Shared, type: Type): Type | undefined {
  const t = plain(type, known);
  if (t.kind === 'unknown') return undefined;
  const key = keyOf(t);
  const same = byKey.get(key);
  if (!same) byKey.set(key, t);
  return same ?? t;
}

/** Cost: linear in the parts of the type that are not `known` yet, as that of `keyOf` */
function plain(type: Type, known: Map<Type, Type>): Type {
  const visit = (of: Type): Type => {
    const t = prune(of);
    const now = known.get(t) ?? withoutVariables(t, visit);
    known.set(t, now);
    return now;
  };
  return visit(type);
}

function withoutVariables(t: Type, visit: (type: Type) => Type): Type {
  switch (t.kind) {
    case 'variable':
      return t.need === 'number' ? { kind: 'basic', name: 'int' } : { kind: 'unknown' };
    case 'list':
    case 'option':
    case 'set':
      return { kind: t.kind, item: visit(t.item) };
    case 'map':
      return { kind: 'map', key: visit(t.key), value: visit(t.value) };
    case 'tuple':
      return { kind: 'tuple', items: t.items.map(visit) };
    case 'function':
      return { kind: 'function', params: t.params.map(visit), result: visit(t.result) };
    case 'basic':
    case 'named':
    case 'unknown':
      return t;
  }
}

const keys = new WeakMap<Type, string>();

/** A text that is the same for the same types, which have no variables. */
export function keyOf(type: Type): string {
  const key = keys.get(type) ?? shortened(partsOf(type));
  keys.set(type, key);
  return key;
}

function partsOf(type: Type): string {
  switch (type.kind) {
    case 'basic':
      return type.name;
    case 'list':
    case 'option':
    case 'set':
      return `${type.kind}<${keyOf(type.item)}>`;
    case 'map':
      return `map<${keyOf(type.key)},${keyOf(type.value)}>`;
    case 'tuple':
      return `(${type.items.map(keyOf).join()})`;
    case 'function':
      return `(${type.params.map(keyOf).join()})=>${keyOf(type.result)}`;
    case 'named':
      return type.id;
    case 'variable':
    case 'unknown':
      return '?';
  }
}

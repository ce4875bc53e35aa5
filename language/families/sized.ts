// Declarations with families at sizes that are given, as names of a scope: `Vote[2, 3]` is what `Vote` means for two
// and three members.
import type { Choreography } from '../ir/choreography.js';
import type { Expr } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import type { Network } from '../ir/process.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { replaceNames } from './replace.js';
import { boundingIn, boundingValues } from './bounding.js';
import { hasFamilies } from './sizes.js';
import type { Declared, Sizes } from './sizes.js';
import type { Family } from '../ir/role.js';
import { nameAt, partsOfName, unrolledChoreography } from './unroll-choreography.js';
import { unrolledNetwork } from './unroll-network.js';
import { mostSizesAtOnce } from './limits.js';

const scopes = new WeakMap<Scope, Scope>();
const sized = new WeakMap<Declaration, Map<string, Choreography | Network | undefined>>();

/** The scope, with the names of declarations at sizes. */
export function sizedScope(scope: Scope): Scope {
  const known = scopes.get(scope);
  if (known) return known;
  const made: Scope = {
    ...scope,
    lookup(name) {
      const parts = partsOfName(name);
      if (!parts) return scope.lookup(name);
      const found = scope.lookup(parts.name);
      const declaration = found && atSizes(found, parts.sizes, scope);
      return found && declaration && { uri: found.uri, declaration };
    },
    at(uri) {
      const there = scope.at(uri);
      return there && sizedScope(there);
    },
  };
  scopes.set(scope, made);
  // What is made of it has it already.
  scopes.set(made, made);
  return made;
}

function atSizes(
  { declaration, uri }: Resolved,
  sizes: readonly number[],
  from: Scope,
): Choreography | Network | undefined {
  if (declaration.kind !== 'choreography' && declaration.kind !== 'network') return undefined;
  let known = sized.get(declaration);
  if (!known) sized.set(declaration, (known = new Map()));
  const key = sizes.join();
  if (known.has(key)) return known.get(key);
  // Where something calls itself with other sizes, there may be no end of them.
  if (known.size >= mostSizesAtOnce || sizes.some((size) => !Number.isInteger(size))) return undefined;
  const scope = uri === from.file.uri ? from : (from.at(uri) ?? from);
  const families = declaredRoles(declaration, scope).filter(({ family }) => family);
  const made = declaredAt(declaration, new Map(families.map(({ name }, i) => [name.text, sizes[i] ?? 0])), scope);
  known.set(key, made);
  return made;
}

/**
 * What may have a size in a declaration: the roles of a choreography, and its values that bound something; also of the
 * one that a network implements, or a network's own.
 */
export function declaredRoles(declaration: Choreography | Network, scope: Scope): readonly Declared[] {
  if (declaration.kind === 'choreography') return [...declaration.roles, ...boundingValues(declaration, scope)];
  const found = declaration.implements && scope.lookup(declaration.implements.text);
  const design = found?.declaration;
  if (design?.kind !== 'choreography') {
    const { families, processes } = declaration;
    // In the order in which a call gives them.
    const names = new Map([...processes, ...families].map(({ name }) => [name.text, name]));
    return [
      ...[...names.values()].map((name) => ({
        name,
        family: families.find((each) => each.name.text === name.text)?.family,
      })),
      ...boundingIn(declaration, scope),
    ];
  }
  return declaredRoles(design, found?.uri === scope.file.uri ? scope : (scope.at(found?.uri ?? '') ?? scope));
}

/**
 * What a reader can choose of a declaration: the size of a family by its name, or a value that all know and that says
 * how often something is done.
 */
export interface NamedSize {
  readonly name: string;
  readonly least: number;
  /** What it is where nothing is chosen. */
  readonly usual: number;
}

/** What can be chosen, in the order of the header. */
export function namedSizes(declaration: Choreography | Network, scope: Scope): readonly NamedSize[] {
  return declaredRoles(declaration, scope).flatMap(({ family }) =>
    family?.size && !family.first ? [{ name: family.size.text, least: family.least, usual: usualOf(family) }] : [],
  );
}

function usualOf({ size, least, usual }: Family): number {
  return size ? Math.max(usual ?? 2, least) : least;
}

/**
 * Sizes by the names that a header gives them.
 * @param wanted some of them; the others are what is usual
 * @returns the sizes of the families, by these, and how many members they have in all; undefined where a size is less
 *   than the least
 */
export function chosenSizes(
  declaration: Choreography | Network,
  scope: Scope,
  wanted: ReadonlyMap<string, number>,
): { readonly sizes: Sizes; readonly members: number } | undefined {
  const declared = declaredRoles(declaration, scope).flatMap(({ name, family, value }) =>
    family
      ? [
          {
            name: name.text,
            family,
            counts: value === undefined,
            size: (family.size && wanted.get(family.size.text)) ?? usualOf(family),
          },
        ]
      : [],
  );
  if (declared.some(({ size, family }) => size < family.least)) return undefined;
  return {
    sizes: new Map(declared.map(({ name, size }) => [name, size])),
    members: declared.reduce((sum, { size, counts }) => sum + (counts ? size : 0), 0),
  };
}

/** A declaration at sizes; undefined where it would be too long. */
export function declaredAt<D extends Choreography | Network>(declaration: D, sizes: Sizes, scope: Scope): D | undefined;
export function declaredAt(
  declaration: Choreography | Network,
  sizes: Sizes,
  scope: Scope,
): Choreography | Network | undefined {
  const placesOf = (name: string): readonly Declared[] => {
    const found = scope.lookup(name);
    const callee = found?.declaration;
    return callee?.kind === 'choreography' || callee?.kind === 'network'
      ? declaredRoles(callee, scope.at(found?.uri ?? '') ?? scope)
      : [];
  };
  if (declaration.kind === 'choreography') {
    return unrolledChoreography(declaration, declaredRoles(declaration, scope), sizes, placesOf, (expr) =>
      constantIn(expr, scope),
    );
  }
  const families = declaredRoles(declaration, scope);
  const network = unrolledNetwork(declaration, families, sizes, placesOf, (expr) => constantIn(expr, scope));
  const design = declaration.implements;
  if (!network || !design || !hasFamilies(families)) return network;
  const text = nameAt(
    design.text,
    families.flatMap(({ name, family }) => (family ? [sizes.get(name.text) ?? family.least] : [])),
  );
  // Without what it is compared with, there is nothing to say of it.
  return sizedScope(scope).lookup(text) ? { ...network, implements: { ...design, text } } : undefined;
}

/**
 * An expression with constants as what they are, as far as these are numbers, and made of such.
 * @param isOther whether a name means something else than a constant
 */
export function constantIn(
  expr: Expr,
  scope: Scope,
  isOther: (name: string) => boolean = () => false,
  deep = 20,
): Expr {
  return replaceNames(expr, (name) => {
    const found = isOther(name) ? undefined : scope.lookup(name);
    if (found?.declaration.kind !== 'const' || deep === 0) return undefined;
    return constantIn(
      found.declaration.value,
      found.uri === scope.file.uri ? scope : (scope.at(found.uri) ?? scope),
      undefined,
      deep - 1,
    );
  });
}

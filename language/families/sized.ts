// Declarations with families at sizes that are given, as names of a scope: `Vote[2, 3]` is what `Vote` means for two and three members.
import type { Choreography } from '../ir/choreography.js';
import type { Declaration } from '../ir/file.js';
import type { Network } from '../ir/process.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { hasFamilies } from './sizes.js';
import type { Declared, Sizes } from './sizes.js';
import { nameAt, partsOfName, unrolledChoreography } from './unroll-choreography.js';
import { unrolledNetwork } from './unroll-network.js';

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

function atSizes({ declaration, uri }: Resolved, sizes: readonly number[], from: Scope): Choreography | Network | undefined {
  if (declaration.kind !== 'choreography' && declaration.kind !== 'network') return undefined;
  let known = sized.get(declaration);
  if (!known) sized.set(declaration, known = new Map());
  const key = sizes.join();
  if (known.has(key)) return known.get(key);
  const scope = uri === from.file.uri ? from : from.at(uri) ?? from;
  const families = declaredRoles(declaration, scope).filter(({ family }) => family);
  const made = declaredAt(declaration, new Map(families.map(({ name }, i) => [name.text, sizes[i] ?? 0])), scope);
  known.set(key, made);
  return made;
}

/** What may be a family in a declaration: the roles of a choreography, also of the one that a network implements, or a network's own. */
export function declaredRoles(declaration: Choreography | Network, scope: Scope): readonly Declared[] {
  if (declaration.kind === 'choreography') return declaration.roles;
  const design = declaration.implements && scope.lookup(declaration.implements.text)?.declaration;
  return design?.kind === 'choreography' ? design.roles : declaration.families;
}

/** A declaration at sizes; undefined where it would be too long. */
export function declaredAt<D extends Choreography | Network>(declaration: D, sizes: Sizes, scope: Scope): D | undefined;
export function declaredAt(declaration: Choreography | Network, sizes: Sizes, scope: Scope): Choreography | Network | undefined {
  const placesOf = (name: string): readonly Declared[] => {
    const found = scope.lookup(name);
    const callee = found?.declaration;
    return callee?.kind === 'choreography' || callee?.kind === 'network' ? declaredRoles(callee, scope.at(found?.uri ?? '') ?? scope) : [];
  };
  if (declaration.kind === 'choreography') {
    return unrolledChoreography(declaration, sizes, (name) => {
      const callee = scope.lookup(name)?.declaration;
      return callee?.kind === 'choreography' ? callee : undefined;
    });
  }
  const families = declaredRoles(declaration, scope);
  const network = unrolledNetwork(declaration, families, sizes, placesOf);
  const design = declaration.implements;
  if (!network || !design || !hasFamilies(families)) return network;
  const text = nameAt(design.text, families.flatMap(({ name, family }) => (family ? [sizes.get(name.text) ?? family.least] : [])));
  // Without what it is compared with, there is nothing to say of it.
  return sizedScope(scope).lookup(text) ? { ...network, implements: { ...design, text } } : undefined;
}

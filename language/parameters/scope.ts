// Choreographies with what they are given, as names of a scope: `Buy` with `Alone` for its parameter is a choreography
// like any other.
import { choreographiesOf, walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { declaredAt, sizedScope } from '../families/sized.js';
import type { Sizes } from '../families/sizes.js';
import { isSized } from '../families/unroll-choreography.js';
import { contentOf, standFor } from '../lowering/lower.js';
import { identityOf } from '../scoping/dependencies.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { isInstance, partsOfInstance, plainName } from './closure.js';
import type { Closure } from './closure.js';
import { byItself, choreographyIn, instanceOf, openChoreography, scopeAt } from './instance.js';
import { mostInstances } from './limits.js';
import { withValuesApart } from './network.js';

const scopes = new WeakMap<Scope, Scope>();
/** The files of types that a choreography has from elsewhere. */
const foreign = new WeakMap<Choreography, ReadonlyMap<string, string>>();
/** What was made of choreographies, and is none of a text. */
const made = new WeakSet<Choreography>();

/** What was made of a choreography before, as long as all that it was made of is the same. */
const known = new WeakMap<
  Choreography,
  Map<string, { readonly identity: string; readonly choreography: Choreography }>
>();

/**
 * The scope, with choreographies as they are with what their calls give. What it leads to has it, too.
 * Cost of a look-up: linear in what is found, once
 */
export function givenScope(scope: Scope): Scope {
  const before = scopes.get(scope);
  if (before) return before;
  const answers = new Map<string, Resolved | undefined>();
  const counts = new Map<string, number>();
  const there: Scope = {
    ...scope,
    plain: scope,
    lookup(name) {
      if (answers.has(name)) return answers.get(name);
      const found = isInstance(name) && isTooMany(name, counts) ? undefined : lookUp(name, scope);
      answers.set(name, found);
      return found;
    },
    at(uri) {
      const other = scopeAt(scope, uri);
      return other && givenScope(other);
    },
  };
  scopes.set(scope, there);
  // What is made of it has it already.
  scopes.set(there, there);
  return there;
}

/**
 * A choreography or network of a file with what its calls give; the same object where they give nothing, and for one
 * that was made of such.
 */
export function withGiven<D extends Choreography | Network>(declaration: D, scope: Scope): D;
export function withGiven(declaration: Choreography | Network, scope: Scope): Choreography | Network {
  const plain = scope.plain ?? scope;
  if (isSized(declaration.name.text)) return declaration;
  if (declaration.kind === 'network') return withApart(declaration, plain);
  if (made.has(declaration) || !gives(declaration, plain)) return declaration;
  return remembered(declaration, '', plain, [], () => byItself(declaration, plain));
}

/** Networks with the values of their calls apart, once for a scope. */
const apart = new WeakMap<Scope, WeakMap<Network, Network>>();

function withApart(network: Network, scope: Scope): Network {
  let own = apart.get(scope);
  if (!own) apart.set(scope, (own = new WeakMap()));
  const before = own.get(network);
  if (before) return before;
  const found = withValuesApart(network, scope);
  own.set(network, found);
  // What is made of it is it.
  own.set(found, found);
  return found;
}

/**
 * A declaration of a file at sizes, with what its calls give, and the scope in which its names mean something.
 * @returns undefined where it would be too long
 */
export function givenAt<D extends Choreography | Network>(
  declaration: D,
  sizes: Sizes,
  scope: Scope,
): { readonly declaration: D; readonly scope: Scope } | undefined {
  const given = givenScope(scope);
  const there = sizedScope(given);
  const at = declaredAt(withGiven(declaration, given), sizes, there);
  return at && { declaration: at, scope: there };
}

/**
 * Whether a choreography is given something that its calls hand on, or calls what is. Cost: linear in the names that it
 * calls
 */
export function gives(choreography: Choreography, scope: Scope): boolean {
  if (choreographiesOf(choreography.parameters).length > 0) return true;
  return contentOf(choreography).calls.some(
    (name) => (choreographyIn(scope, name)?.declaration.parameters.length ?? 0) > 0,
  );
}

/**
 * The choreographies that one calls or gives to those that it calls, each once; undefined for what is none.
 * Cost: linear in it where something is given, else in the names that it calls
 */
export function calledFrom(
  choreography: Choreography,
  scope: Scope,
): readonly ((Resolved & { readonly declaration: Choreography }) | undefined)[] {
  if (!gives(choreography, scope)) return contentOf(choreography).calls.map((name) => choreographyIn(scope, name));
  const found = new Map<string, ReturnType<typeof choreographyIn>>();
  const add = (name: string, uri: string): void => {
    const there = scopeAt(scope, uri);
    found.set(`${uri}#${name}`, there && choreographyIn(there, name));
  };
  const give = (closure: Closure): void => {
    if ('of' in closure) return;
    add(closure.name, closure.uri);
    for (const arg of closure.args ?? []) if (typeof arg === 'object' && arg !== null) give(arg);
  };
  walkBlock(withGiven(choreography, scope).body.statements, (statement) => {
    if (statement.kind !== 'call') return;
    const { text } = statement.callee;
    const parts = partsOfInstance(text);
    if (!parts) add(text, scope.file.uri);
    else if (!('of' in parts)) {
      add(parts.name, parts.uri);
      parts.given.forEach(give);
    }
  });
  return [...found.values()];
}

/** The types of a made choreography's inputs that come from other files, with these. */
export function foreignOf(choreography: Choreography): ReadonlyMap<string, string> {
  return foreign.get(choreography) ?? new Map();
}

/**
 * Whether a choreography is given others in more ways than are looked at: each in the place of each other, there may be
 * a great many.
 */
function isTooMany(text: string, counts: Map<string, number>): boolean {
  const plain = plainName(text);
  const count = (counts.get(plain) ?? 0) + 1;
  counts.set(plain, count);
  return count > mostInstances;
}

function lookUp(name: string, scope: Scope): Resolved | undefined {
  const parts = partsOfInstance(name);
  if (!parts) {
    const found = scope.lookup(name);
    const there = found && scopeAt(scope, found.uri);
    return (found?.declaration.kind === 'choreography' || found?.declaration.kind === 'network') && there
      ? { uri: found.uri, declaration: withGiven(found.declaration, there) }
      : found;
  }
  const there = scopeAt(scope, parts.uri);
  const found = there && choreographyIn(there, 'of' in parts ? parts.of : parts.name);
  if (!found) return undefined;
  const { declaration, uri } = found;
  if ('of' in parts) {
    const parameter = choreographiesOf(declaration.parameters).find((each) => each.name.text === parts.parameter);
    return (
      parameter && {
        uri,
        declaration: remembered(declaration, name, there, [], () => openChoreography(declaration, parameter, parts)),
      }
    );
  }
  if (parts.given.length === 0) return { uri, declaration: withGiven(declaration, there) };
  return {
    uri,
    declaration: remembered(declaration, name, there, parts.given, () => {
      const instance = instanceOf(declaration, there, parts.given);
      foreign.set(instance.choreography, instance.foreign);
      return instance.choreography;
    }),
  };
}

function remembered(
  choreography: Choreography,
  key: string,
  scope: Scope,
  given: readonly Closure[],
  make: () => Choreography,
): Choreography {
  const identity = [identityOf(choreography, scope), ...given.flatMap((closure) => identitiesOf(closure, scope))].join(
    ' ',
  );
  let own = known.get(choreography);
  if (!own) known.set(choreography, (own = new Map()));
  const before = own.get(key);
  if (before?.identity === identity) return before.choreography;
  const found = make();
  own.set(key, { identity, choreography: found });
  if (found !== choreography) {
    made.add(found);
    standFor(found, choreography);
  }
  return found;
}

function identitiesOf(closure: Closure, scope: Scope): string[] {
  const there = scopeAt(scope, closure.uri);
  const found = there && choreographyIn(there, 'of' in closure ? closure.of : closure.name)?.declaration;
  return [
    found && there ? identityOf(found, there) : '',
    ...('of' in closure ? [] : (closure.args ?? [])).flatMap((arg) =>
      typeof arg === 'object' && arg !== null ? identitiesOf(arg, scope) : [],
    ),
  ];
}

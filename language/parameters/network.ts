// Networks whose processes call what is given values that all know: these stand apart from the roles then.
import { valueOfArgument } from '../ir/argument.js';
import type { ValueParameter } from '../ir/choreography.js';
import { choreographiesOf, valuesOf } from '../ir/choreography.js';
import { mapActions } from '../ir/process.js';
import type { Network } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import { scopeAt } from './instance.js';

/** What a call of a network or choreography gives. */
export interface Places {
  /** How many roles; undefined where these are not known. */
  readonly roles: number | undefined;
  /** The values that all know, besides. */
  readonly values: readonly ValueParameter[];
  /** The file of these. */
  readonly uri: string;
  /** The choreographies that it would have to be given. */
  readonly needs: readonly string[];
}

/** What a call of a name gives; undefined where it means neither a network nor a choreography. */
export function placesIn(from: Scope, name: string): Places | undefined {
  // As they stand in their files: who asks may be about to make something of them.
  const scope = from.plain ?? from;
  const found = scope.lookup(name);
  if (found?.declaration.kind === 'choreography') {
    const { roles, parameters } = found.declaration;
    return {
      roles: roles.length,
      values: valuesOf(parameters),
      uri: found.uri,
      needs: choreographiesOf(parameters).map((each) => each.name.text),
    };
  }
  if (found?.declaration.kind !== 'network') return undefined;
  const { implements: design, processes, values } = found.declaration;
  if (!design) return { roles: processes.length, values, uri: found.uri, needs: [] };
  const there = scopeAt(scope, found.uri);
  const designed = there?.lookup(design.text);
  if (!there || designed?.declaration.kind !== 'choreography') return undefined;
  return placesIn(there, design.text);
}

/**
 * The values that the processes of a network know, and the file that says so: those of the choreography that it
 * implements, else its own.
 */
export function valuesIn(
  { implements: design, values }: Network,
  scope: Scope,
): { readonly values: readonly ValueParameter[]; readonly uri: string } {
  const found = design && scope.lookup(design.text);
  return found?.declaration.kind === 'choreography'
    ? { values: valuesOf(found.declaration.parameters), uri: found.uri }
    : { values: design ? [] : values, uri: scope.file.uri };
}

/** A network in whose calls the values stand apart; the same object where they do. Cost: linear in it */
export function withValuesApart(network: Network, scope: Scope): Network {
  let any = false;
  const processes = network.processes.map((process) => ({
    ...process,
    body: mapActions(process.body, (action) => {
      const places = action.kind === 'call' && !action.values ? placesIn(scope, action.callee.text) : undefined;
      if (action.kind !== 'call' || !places || places.roles === undefined || places.values.length === 0) return action;
      any = true;
      const values = action.args
        .slice(places.roles, places.roles + places.values.length)
        .flatMap((arg) => valueOfArgument(arg) ?? []);
      return { ...action, args: action.args.slice(0, places.roles), values };
    }),
  }));
  return any ? { ...network, processes } : network;
}

// Which choreography a call means.
import type { Call, Choreography } from '../ir/choreography.js';
import { identityOf } from '../scoping/dependencies.js';
import type { Resolved, Scope } from '../scoping/scope.js';

/** A choreography with the scope of the file that it stands in. */
export interface Callee {
  readonly choreography: Choreography;
  readonly scope: Scope;
  readonly uri: string;
}

/** The choreography that a call means, or undefined where the name means none. */
export function calleeOf(name: string, scope: Scope): Callee | undefined {
  const resolved: Resolved | undefined = scope.lookup(name);
  if (resolved?.declaration.kind !== 'choreography') return undefined;
  const own = resolved.uri === scope.file.uri ? scope : scope.at(resolved.uri);
  return own && { choreography: resolved.declaration, scope: own, uri: resolved.uri };
}

/** The role that somebody plays in what a call leads to; undefined where that is none. */
export function placeIn({ choreography }: Callee, call: Call, role: string): string | undefined {
  return choreography.roles[call.args.findIndex((arg) => arg.role.key === role)]?.name.text;
}

/**
 * What is found out of roles of called choreographies, kept for as long as these, and all that they name, are the same.
 */
export class OfCallees<T> {
  private readonly known = new WeakMap<Choreography, { readonly identity: string; readonly answers: Map<string, T> }>();

  /** @param meanwhile the answer while it is being found out: for a choreography that calls itself */
  of({ choreography, scope }: Callee, role: string, meanwhile: T, find: () => T): T {
    const identity = identityOf(choreography, scope);
    let own = this.known.get(choreography);
    if (own?.identity !== identity) this.known.set(choreography, (own = { identity, answers: new Map() }));
    const before = own.answers.get(role);
    if (before !== undefined) return before;
    own.answers.set(role, meanwhile);
    const answer = find();
    own.answers.set(role, answer);
    return answer;
  }
}

// Which choreography a call means.
import type { Call, Choreography } from '../ir/choreography.js';
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

/** What is found out of roles of called choreographies, once for each scope. */
export class ByScope<T> {
  private readonly known = new WeakMap<Scope, WeakMap<Choreography, Map<string, T>>>();

  /** @param meanwhile the answer while it is being found out: for a choreography that calls itself */
  of({ choreography, scope }: Callee, role: string, meanwhile: T, find: () => T): T {
    let own = this.known.get(scope);
    if (!own) this.known.set(scope, own = new WeakMap());
    let answers = own.get(choreography);
    if (!answers) own.set(choreography, answers = new Map());
    const before = answers.get(role);
    if (before !== undefined) return before;
    answers.set(role, meanwhile);
    const answer = find();
    answers.set(role, answer);
    return answer;
  }
}

// Projections, kept while the choreography and all that it names are the same, unmoved declarations.
import type { Choreography } from '../ir/choreography.js';
import { identityOf } from '../scoping/dependencies.js';
import type { Scope } from '../scoping/scope.js';
import { project } from './project.js';
import type { Projected } from './project.js';

const entries = new WeakMap<Choreography, { readonly identity: string; readonly projected: Projected }>();

/** As `project`. Cost: linear in the words of the choreography and of all that it names, once for each scope, where the answer is known. */
export function projectAgain(choreography: Choreography, scope: Scope): Projected {
  const identity = identityOf(choreography, scope);
  const known = entries.get(choreography);
  if (known?.identity === identity) return known.projected;
  const projected = project(choreography, scope);
  entries.set(choreography, { identity, projected });
  return projected;
}

// Projections, kept while the choreography and all that it names are the same, unmoved declarations.
import type { Choreography } from '../ir/choreography.js';
import type { Declaration } from '../ir/file.js';
import { dependenciesOf } from '../scoping/dependencies.js';
import type { Dependencies } from '../scoping/dependencies.js';
import type { Scope } from '../scoping/scope.js';
import { project } from './project.js';
import type { Projected } from './project.js';

interface Entry {
  readonly all: readonly { readonly uri: string; readonly declaration: Declaration }[];
  readonly names: readonly string[];
  readonly projected: Projected;
}

const entries = new WeakMap<Choreography, Entry>();

/** As `project`. Cost: linear in the words of the choreography and of all that it names, where the answer is known. */
export function projectAgain(choreography: Choreography, scope: Scope): Projected {
  const now = dependenciesOf(choreography, scope);
  const known = entries.get(choreography);
  if (known && isSame(known, now)) return known.projected;
  const projected = project(choreography, scope);
  // The scopes are not kept: they hold on to whole files.
  entries.set(choreography, { all: now.all.map(({ uri, declaration }) => ({ uri, declaration })), names: now.names, projected });
  return projected;
}

function isSame({ all, names }: Entry, now: Dependencies): boolean {
  return all.length === now.all.length
    && all.every(({ uri, declaration }, i) => now.all[i]?.declaration === declaration && now.all[i].uri === uri)
    && names.every((meant, i) => now.names[i] === meant);
}

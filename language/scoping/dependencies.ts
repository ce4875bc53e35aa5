// What a declaration depends on: all that it names, directly or not. What follows from declarations alone is the same while
// these are the same.
import type { Declaration } from '../ir/file.js';
import { contentOf } from '../ir/lower.js';
import type { Resolved, Scope } from './scope.js';

export interface Dependency extends Resolved {
  /** The scope of its file. */
  readonly scope: Scope;
}

export interface Dependencies {
  /** The declaration itself, then all that is named, in the order in which it is met. */
  readonly all: readonly Dependency[];
  /** For each of them, what its words mean: numbers of others, and `?` for what may be declared but could not be read. */
  readonly names: readonly string[];
}

/**
 * The declarations that a declaration names, and those that these name. A word is taken for the name of a declaration and of
 * the cases of enums wherever it stands, so that there may be more than are needed.
 * @param scope the scope of the declaration's file
 * Cost: linear in the words of all of them
 */
export function dependenciesOf(declaration: Declaration, scope: Scope): Dependencies {
  const all: Dependency[] = [];
  const indices = new Map<string, Map<Declaration, number>>();
  const add = ({ uri, declaration: added }: Resolved, there: Scope): number => {
    let own = indices.get(uri);
    if (!own) indices.set(uri, own = new Map());
    let index = own.get(added);
    if (index === undefined) {
      own.set(added, index = all.length);
      all.push({ uri, declaration: added, scope: there });
    }
    return index;
  };
  add({ uri: scope.file.uri, declaration }, scope);
  const names: string[] = [];
  // It grows while it is gone through.
  for (const { uri, declaration: naming, scope: there } of all) {
    let meant = '';
    for (const word of contentOf(naming).words) {
      const resolved = there.lookup(word);
      const cases = enumsOf(there).get(word);
      if (there.isLost(word)) meant += '?';
      for (const one of cases ? [resolved, ...cases] : [resolved]) {
        if (one) meant += `${add(one, one.uri === uri ? there : there.at(one.uri) ?? there)} `;
      }
      meant += ',';
    }
    names.push(meant);
  }
  return { all, names };
}

type Enums = ReadonlyMap<string, readonly Resolved[]>;
const enums = new WeakMap<Scope, Enums>();

/** The enums that can be used in a file, by the names of their cases. */
function enumsOf(scope: Scope): Enums {
  let known = enums.get(scope);
  if (!known) {
    const made = new Map<string, Resolved[]>();
    for (const resolved of scope.all().values()) {
      if (resolved.declaration.kind !== 'enum') continue;
      for (const { name } of resolved.declaration.cases) {
        const list = made.get(name.text);
        if (list) list.push(resolved);
        else made.set(name.text, [resolved]);
      }
    }
    enums.set(scope, known = made);
  }
  return known;
}

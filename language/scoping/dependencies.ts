// What a declaration depends on: all that it names, directly or not. What follows from declarations alone is the same
// while these are the same.
import type { Declaration } from '../ir/file.js';
import { contentOf } from '../lowering/lower.js';
import { enumsByCase } from './cases.js';
import { componentsOf } from './cycles.js';
import type { Resolved, Scope } from './scope.js';

export interface Dependency extends Resolved {
  /** The scope of its file. */
  readonly scope: Scope;
}

export interface Dependencies {
  /** The declaration itself, then all that is named, in the order in which it is met. */
  readonly all: readonly Dependency[];
  /**
   * For each of them, what its words mean: numbers of others, and `?` for what may be declared but could not be read.
   */
  readonly names: readonly string[];
}

/**
 * The declarations that a declaration names, and those that these name. A word is taken for the name of a declaration
 * and of the cases of enums wherever it stands, so that there may be more than are needed.
 * @param scope the scope of the declaration's file
 * Cost: linear in the words of all of them
 */
export function dependenciesOf(declaration: Declaration, scope: Scope): Dependencies {
  const names: string[] = [];
  const all = [...dependencies(declaration, scope, names)];
  return { all, names: withMeaningsElsewhere(all, names) };
}

/**
 * The same one after the other, in the order in which they are met: whoever needs the first ones alone doesn't pay for
 * the rest.
 * @param names what the words of each mean is added here, after it was given out
 */
export function* dependencies(
  declaration: Declaration,
  scope: Scope,
  names: string[] = [],
): Generator<Dependency, void, undefined> {
  const all: Dependency[] = [];
  const indices = new Map<string, Map<Declaration, number>>();
  const add = ({ uri, declaration: added }: Resolved, there: Scope): number => {
    let own = indices.get(uri);
    if (!own) indices.set(uri, (own = new Map()));
    let index = own.get(added);
    if (index === undefined) {
      own.set(added, (index = all.length));
      all.push({ uri, declaration: added, scope: there });
    }
    return index;
  };
  add({ uri: scope.file.uri, declaration }, scope);
  // It grows while it is gone through.
  for (const dependency of all) {
    yield dependency;
    const { uri, declaration: naming, scope: there } = dependency;
    let meant = '';
    for (const word of contentOf(naming).words) {
      const resolved = there.lookup(word);
      const cases = enumsByCase(there).get(word);
      if (there.isLost(word)) meant += '?';
      for (const one of cases ? [resolved, ...cases] : [resolved]) {
        if (one) meant += `${add(one, one.uri === uri ? there : (there.at(one.uri) ?? there))} `;
      }
      meant += ',';
    }
    names.push(meant);
  }
}

/**
 * What the words of choreographies mean in the other files, which have calls of them: whether the same, something else,
 * or nothing.
 */
function withMeaningsElsewhere(all: readonly Dependency[], names: readonly string[]): readonly string[] {
  const scopes = new Map(
    all.flatMap(({ declaration, uri, scope }) => (declaration.kind === 'choreography' ? [[uri, scope] as const] : [])),
  );
  if (scopes.size < 2) return names;
  return names.map((meant, i) => {
    const { declaration, uri, scope } = all[i] as Dependency;
    if (declaration.kind !== 'choreography') return meant;
    const others = [...scopes]
      .filter(([other]) => other !== uri)
      .map(([, other]) =>
        contentOf(declaration)
          .words.map((word) => {
            const [here, there] = [other, scope].map((each) => {
              const found = each.lookup(word);
              return found ? [found] : (enumsByCase(each).get(word) ?? []);
            }) as [readonly Resolved[], readonly Resolved[]];
            if (other.isLost(word)) return '?';
            if (here.length === 0) return '-';
            return here.length === there.length && here.every((one, k) => one.declaration === there[k]?.declaration)
              ? '='
              : '!';
          })
          .join(''),
      );
    return `${meant};${others.join(';')}`;
  });
}

/** Tells declarations apart, with all that they name, by an object that stands for each. */
function createIdentifier(
  standIn: (declaration: Declaration) => object,
): (declaration: Declaration, scope: Scope) => string {
  const numbers = new WeakMap<object, number>();
  let numbered = 0;
  /** The identity of each component that begins with a declaration, with what it was made of. */
  const identities = new WeakMap<object, { readonly key: string; readonly identity: number }>();
  let made = 0;
  /** The identities that are known of the declarations that are seen from a scope. */
  const known = new WeakMap<Scope, Map<Declaration, string>>();
  const numberOf = (declaration: Declaration): number => {
    const object = standIn(declaration);
    let number = numbers.get(object);
    if (number === undefined) numbers.set(object, (number = numbered++));
    return number;
  };
  return (declaration, scope) => {
    let answers = known.get(scope);
    if (!answers) known.set(scope, (answers = new Map()));
    const answer = answers.get(declaration);
    if (answer !== undefined) return answer;
    const found = answers;
    const places = new Map<Declaration, { readonly uri: string; readonly scope: Scope }>([
      [declaration, { uri: scope.file.uri, scope }],
    ]);
    /** What the words of a declaration mean, in order. */
    const meanings = new Map<Declaration, readonly (Declaration | string)[]>();
    const components = componentsOf([declaration], (naming) => {
      const { uri, scope: there } = places.get(naming) ?? { uri: scope.file.uri, scope };
      const meant: (Declaration | string)[] = [uri];
      for (const word of contentOf(naming).words) {
        if (there.isLost(word)) meant.push('?');
        const resolved = there.lookup(word);
        for (const one of [resolved, ...(enumsByCase(there).get(word) ?? [])]) {
          if (!one) continue;
          meant.push(one.declaration);
          if (!places.has(one.declaration))
            places.set(one.declaration, {
              uri: one.uri,
              scope: one.uri === uri ? there : (there.at(one.uri) ?? there),
            });
        }
        meant.push(',');
      }
      meanings.set(naming, meant);
      return meant.filter((one): one is Declaration => typeof one !== 'string' && !found.has(one));
    });
    for (const component of components) {
      const inside = new Map(component.map((one, i) => [one, i]));
      const key = component
        .map(
          (one) =>
            `${numberOf(one)} ${(meanings.get(one) ?? [])
              .map((meant) => {
                if (typeof meant === 'string') return meant;
                const own = inside.get(meant);
                return own === undefined ? `#${found.get(meant) ?? ''}` : `@${own}`;
              })
              .join(' ')}`,
        )
        .join('\n');
      const first = standIn(component[0] ?? declaration);
      let entry = identities.get(first);
      if (entry?.key !== key) identities.set(first, (entry = { key, identity: made++ }));
      for (const [one, i] of inside) found.set(one, `${entry.identity}.${i}`);
    }
    return found.get(declaration) ?? '';
  };
}

/**
 * A text that stays the same exactly as long as a declaration, and all that it names, directly or not, are the same
 * unmoved objects, and every word in them means the same.
 * @param scope the scope of the declaration's file
 * Cost: linear in the words of all of them, once for each scope
 */
export const identityOf = createIdentifier((declaration) => declaration);

/** The same as long as they say the same, wherever they stand. */
export const meaningOf = createIdentifier((declaration) => contentOf(declaration).content);

// What was found out about a declaration, kept while it and all that it names say the same, wherever they stand: where
// they moved, the places in it move along.
import type { Finding } from '../findings/finding.js';
import { relocated } from '../findings/relocate.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { dependenciesOf, identityOf, meaningOf } from './dependencies.js';
import type { Scope } from './scope.js';

/** The state of the declarations that something was found out from. */
export interface Basis {
  /** What they say, and what they are where they stand. */
  readonly meaning: string;
  readonly identity: string;
  /**
   * Where there are findings: where they stand, in the order in which they are met; and all names in the scope, which
   * findings propose.
   */
  readonly places: readonly { readonly uri: string; readonly origin: TextRange }[];
  readonly vocabulary: string;
}

const vocabularies = new WeakMap<Scope, string>();

/**
 * All names in a scope, with what they are and the files they come from. Cost: linear in these, once for each scope.
 */
export function vocabularyOf(scope: Scope): string {
  let found = vocabularies.get(scope);
  if (found === undefined) {
    found = [...scope.all()]
      .map(
        ([name, { uri, declaration }]) =>
          `${name}:${declaration.kind}${uri === scope.file.uri ? '' : `@${uri}`}${declaration.kind === 'enum' ? `(${declaration.cases.map((c) => c.name.text).join(' ')})` : ''}`,
      )
      .join(' ');
    vocabularies.set(scope, found);
  }
  return found;
}

/** The basis of what was found out about a declaration, and told in `findings`. */
export function basisOf(declaration: Declaration, scope: Scope, findings: readonly Finding[]): Basis {
  const told = findings.length > 0;
  return {
    meaning: meaningOf(declaration, scope),
    identity: identityOf(declaration, scope),
    vocabulary: told ? vocabularyOf(scope) : '',
    places: told
      ? dependenciesOf(declaration, scope).all.map(({ uri, declaration: { origin } }) => ({ uri, origin }))
      : [],
  };
}

/** Whether all that something was found out from stands where it stood. */
export function isUnmoved(basis: Basis, declaration: Declaration, scope: Scope): boolean {
  return basis.identity === identityOf(declaration, scope);
}

/**
 * The findings where their declarations stand now.
 * @returns undefined where something that they depend on says something else
 */
export function again(
  basis: Basis,
  findings: readonly Finding[],
  declaration: Declaration,
  scope: Scope,
): readonly Finding[] | undefined {
  if (basis.meaning !== meaningOf(declaration, scope)) return undefined;
  if (findings.length === 0) return findings;
  if (basis.vocabulary !== vocabularyOf(scope)) return undefined;
  if (isUnmoved(basis, declaration, scope)) return findings;
  const { all } = dependenciesOf(declaration, scope);
  let lost = all.length !== basis.places.length;
  const place = (uri: string, { start, end }: TextRange): TextRange => {
    const i = basis.places.findIndex((old) => old.uri === uri && old.origin.start <= start && end <= old.origin.end);
    const by = (all[i]?.declaration.origin.start ?? NaN) - (basis.places[i]?.origin.start ?? NaN);
    lost ||= Number.isNaN(by);
    return { start: start + by, end: end + by };
  };
  const now = findings.map((found) => relocated(found, found.uri, place));
  return lost ? undefined : now;
}

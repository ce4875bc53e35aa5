// What was found out about a declaration, kept while it and all that it names say the same, wherever they stand: where
// they moved, the places in it move along.
import type { Finding } from '../findings/finding.js';
import { relocated } from '../findings/relocate.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { dependencies, identityOf, meaningOf } from './dependencies.js';
import type { Scope } from './scope.js';

/** The state of the declarations that something was found out from. */
export interface Basis {
  /** What they say, and what they are where they stand. */
  readonly meaning: string;
  readonly identity: string;
  /**
   * Where there are findings: where those stand that findings point into, and all that are met before them; and all
   * names in the scope, which findings propose.
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
    places: placesOf(declaration, scope, findings),
  };
}

/**
 * Where the declarations stand that findings point into, and those that are met before them. Cost: linear in the words
 * of these, so that the findings of a chain of calls don't cost the chain for each of its links.
 */
function placesOf(declaration: Declaration, scope: Scope, findings: readonly Finding[]): Basis['places'] {
  let missing: { readonly uri: string; readonly start: number; readonly end: number }[] = [];
  for (const found of findings)
    relocated(found, found.uri, (uri, range) => {
      missing.push({ uri, ...range });
      return range;
    });
  const places: { readonly uri: string; readonly origin: TextRange }[] = [];
  for (const { uri, declaration: met } of dependencies(declaration, scope)) {
    if (missing.length === 0) break;
    const { origin } = met;
    places.push({ uri, origin });
    missing = missing.filter((range) => range.uri !== uri || range.start < origin.start || origin.end < range.end);
  }
  return places;
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
  const now: (typeof basis.places)[number][] = [];
  // They mean the same, so that they are met in the same order.
  for (const { uri, declaration: met } of dependencies(declaration, scope)) {
    if (now.length === basis.places.length) break;
    now.push({ uri, origin: met.origin });
  }
  let lost = now.length !== basis.places.length;
  const place = (uri: string, { start, end }: TextRange): TextRange => {
    const i = basis.places.findIndex((old) => old.uri === uri && old.origin.start <= start && end <= old.origin.end);
    const by = (now[i]?.origin.start ?? NaN) - (basis.places[i]?.origin.start ?? NaN);
    lost ||= Number.isNaN(by);
    return { start: start + by, end: end + by };
  };
  const moved = findings.map((found) => relocated(found, found.uri, place));
  return lost ? undefined : moved;
}

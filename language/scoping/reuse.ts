// What was found out about a declaration, kept while it and all that it names say the same, wherever they stand: where they moved,
// the places in it move along.
import type { Finding, Fix, FixContext } from '../diagnostics/rule.js';
import type { Origin } from '../ir/expression.js';
import type { Declaration } from '../ir/file.js';
import { contentOf } from '../ir/lower.js';
import { dependenciesOf } from './dependencies.js';
import type { Dependencies } from './dependencies.js';
import type { Scope } from './scope.js';

/** A finding without its candidates for fixes, which hold on to all that they were made from. */
export type Plain = Omit<Finding, 'candidates'>;

/** The state of the declarations that something was found out from. */
export interface Basis {
  readonly contents: readonly object[];
  readonly names: readonly string[];
  readonly places: readonly { readonly uri: string; readonly origin: Origin }[];
  /** All names in the scope: findings propose others. */
  readonly vocabulary: string;
}

interface Known { readonly scope: Scope; readonly dependencies: Dependencies }
const known = new WeakMap<Declaration, Known>();

/** As `dependenciesOf`, worked out once for each scope. */
export function dependenciesIn(declaration: Declaration, scope: Scope): Dependencies {
  const before = known.get(declaration);
  if (before?.scope === scope) return before.dependencies;
  const dependencies = dependenciesOf(declaration, scope);
  known.set(declaration, { scope, dependencies });
  return dependencies;
}

const vocabularies = new WeakMap<Scope, string>();

function vocabularyOf(scope: Scope): string {
  let found = vocabularies.get(scope);
  if (found === undefined) {
    found = [...scope.all()].map(([name, { declaration }]) => (
      `${name}:${declaration.kind}${declaration.kind === 'enum' ? `(${declaration.cases.map((c) => c.name.text).join(' ')})` : ''}`
    )).join(' ');
    vocabularies.set(scope, found);
  }
  return found;
}

/** The basis of what was found out about a declaration, and told in `findings`. */
export function basisOf({ all, names }: Dependencies, scope: Scope, findings: readonly Plain[]): Basis {
  return {
    contents: all.map(({ declaration }) => contentOf(declaration).content), names,
    places: all.map(({ uri, declaration }) => ({ uri, origin: declaration.origin })),
    vocabulary: findings.length > 0 ? vocabularyOf(scope) : '',
  };
}

/** Whether all that something was found out from stands where it stood. */
export function isUnmoved({ places }: Basis, { all }: Dependencies): boolean {
  return all.every(({ declaration }, i) => declaration.origin.start === places[i]?.origin.start);
}

/**
 * The findings where their declarations stand now.
 * @returns undefined where something that they depend on says something else
 */
export function again(basis: Basis, findings: readonly Plain[], { all, names }: Dependencies, scope: Scope): readonly Plain[] | undefined {
  if (basis.contents.length !== all.length) return undefined;
  const same = all.every(({ uri, declaration }, i) => contentOf(declaration).content === basis.contents[i] && uri === basis.places[i]?.uri)
    && names.every((meant, i) => meant === basis.names[i]);
  if (!same) return undefined;
  if (findings.length === 0) return findings;
  if (basis.vocabulary !== vocabularyOf(scope)) return undefined;
  if (isUnmoved(basis, { all, names })) return findings;
  let lost = false;
  const moved = <T extends { readonly uri: string; readonly origin: Origin }>(place: T): T => {
    const { start, end } = place.origin;
    const i = basis.places.findIndex(({ uri, origin }) => uri === place.uri && origin.start <= start && end <= origin.end);
    const by = (all[i]?.declaration.origin.start ?? NaN) - (basis.places[i]?.origin.start ?? NaN);
    lost ||= Number.isNaN(by);
    return { ...place, origin: { start: start + by, end: end + by } };
  };
  const now = findings.map((finding) => ({ ...moved(finding), related: finding.related.map(moved) }));
  return lost ? undefined : now;
}

/** Findings as plain data, that can be kept. */
export function plain(findings: readonly Finding[]): Plain[] {
  return findings.map(({ candidates: _, ...finding }) => finding);
}

/** Findings that work out their candidates for fixes when they are asked for them. */
export function withCandidates(findings: readonly Plain[], fresh: () => readonly Finding[]): Finding[] {
  return findings.map((finding) => ({
    ...finding,
    candidates: (context: FixContext): readonly Fix[] => fresh().find((f) => (
      f.code === finding.code && f.message === finding.message && f.origin.start === finding.origin.start && f.origin.end === finding.origin.end
    ))?.candidates(context) ?? [],
  }));
}

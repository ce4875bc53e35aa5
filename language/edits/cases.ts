// The cases that a `match` leaves out, as its author would write them.
import { writeName } from '../syntax/names.js';
import type { Scope } from '../scoping/scope.js';

/** A pattern whose parts are left open, with the names that the fields of its case have, where these are known. */
export function withFields(pattern: string, scope: Scope | undefined): string {
  const [, name, parts] = /^([\p{L}_][\p{L}\p{Nd}_]*)\(_((?:, _)*)\)$/u.exec(pattern) ?? [];
  if (name === undefined) return pattern;
  const count = (parts ?? '').length / 3 + 1;
  for (const { declaration } of scope?.all().values() ?? []) {
    if (declaration.kind !== 'enum') continue;
    const fields = declaration.cases.find((c) => c.name.text === name)?.fields;
    if (fields?.length === count) return `${name}(${fields.map((f) => writeName(f.name.text)).join(', ')})`;
  }
  return pattern;
}

/** How a case is called. */
export function caseName(pattern: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(pattern)?.[0] ?? 'other';
}

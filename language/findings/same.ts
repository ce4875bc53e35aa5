// Which findings tell the same, or of one mistake, as far as they tell it by themselves.
import type { Finding } from './finding.js';

/** The role that has no value, and the variable; undefined for what tells of something else. */
export function lackingIn({
  code,
  args,
}: Finding): { readonly role: string | undefined; readonly name: string } | undefined {
  if (code === 'unknown-variable') return { role: args.role, name: args.name.text };
  if (code === 'maybe-unassigned') return args;
  return code === 'not-located-here' && (args.kind === 'variable' || args.kind === 'case')
    ? { role: args.here, name: args.name }
    : undefined;
}

/** The function that an argument does not fit, with the type that it has and the one that is needed. */
function misfit({
  code,
  args,
}: Finding): { readonly callee: string; readonly actual: string; readonly wanted: string } | undefined {
  return code === 'type-mismatch' && args.kind === 'demand' && args.demand.by === 'parameter'
    ? { callee: args.demand.callee, actual: args.actual, wanted: args.demand.type }
    : undefined;
}

/** Whether a type is one that is needed, of which parts may be open: `list<?>`. */
function fits(actual: string, wanted: string): boolean {
  const parts = wanted.split('?');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return parts.length === 1
    ? actual === wanted
    : actual.length >= wanted.length - (parts.length - 1) && actual.startsWith(first) && actual.endsWith(last);
}

/** Whether each of two arguments is of the type that is needed in the place of the other. */
export function areExchanged(one: Finding, other: Finding): boolean {
  const [a, b] = [misfit(one), misfit(other)];
  return (
    a !== undefined && b !== undefined && a.callee === b.callee && fits(a.actual, b.wanted) && fits(b.actual, a.wanted)
  );
}

/** The findings among those that follow from one that tell the same of other places. */
export function sameElsewhere(found: Finding): readonly Finding[] {
  const name = lackingIn(found)?.name;
  return (found.consequences ?? []).filter(
    (other) => other.code === found.code && lackingIn(other)?.name === name && !areExchanged(found, other),
  );
}

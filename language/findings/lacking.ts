// Who lacks which value, as far as a finding tells.
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

/** The findings among those that follow from one that tell the same of other places. */
export function sameElsewhere(found: Finding): readonly Finding[] {
  const name = lackingIn(found)?.name;
  return (found.consequences ?? []).filter((other) => other.code === found.code && lackingIn(other)?.name === name);
}

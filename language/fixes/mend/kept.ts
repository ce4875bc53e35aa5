// A variable that is kept under another name than it is read by, where a function has that one, or other ways give it.
import type { Choreography } from '../../ir/choreography.js';
import type { Network } from '../../ir/process.js';
import { readingsOf } from '../../ir/readings.js';
import { closest } from '../../syntax/closest.js';
import { givenOtherwise } from '../../edits/names.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import type { Finding } from '../../findings/finding.js';

/** The candidates for a name that is taken for a function, or has no value on some way: that a variable like it, which nobody reads, has it. */
export function keptMends({ code, origin }: Finding, around: Choreography | Network, context: FixContext): Fix[] {
  const name = context.text.slice(origin.start, origin.end);
  if ((code !== 'type-mismatch' && code !== 'maybe-unassigned') || !/^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name)) return [];
  const holds = (range: { readonly start: number; readonly end: number }): boolean =>
    range.start <= origin.start && origin.end <= range.end;
  const role =
    around.kind === 'network'
      ? around.processes.find((p) => holds(p.origin))?.name.text
      : readingsOf(around).find(({ value }) => holds(value.origin))?.role.name.text;
  const analysis = context.workspace.analyze(context.uri);
  if (role === undefined || !analysis) return [];
  const names = (analysis.names.variables.get(around.name.text)?.get(role) ?? []).map((v) => v.name);
  return givenOtherwise(
    context,
    { name, similar: closest(name, names), places: 1 },
    (symbol) =>
      (symbol.kind === 'variable' || symbol.kind === 'input') &&
      symbol.role === role &&
      symbol.container === around.name.text,
  );
}

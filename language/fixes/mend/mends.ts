// What else may put an error right, going by all of the declaration that it stands in.
import { argumentMends } from './arguments.js';
import { choreographyMends } from './choreography.js';
import { keptMends } from './kept.js';
import { literalMends } from './literals.js';
import { caseMends } from './missing-cases.js';
import { networkMends } from './network.js';
import { optionMends } from './options.js';
import { returnMends } from './returns.js';
import { syntaxMends } from './syntax.js';
import type { Finding } from '../../findings/finding.js';
import type { Fix, FixContext } from '../../edits/fix.js';

/** Candidates for the repair of an error, or of a case that is missing, besides those of its rule; none for other hints. */
export function mends(finding: Finding, context: FixContext): Fix[] {
  const around = context.workspace
    .file(context.uri)
    ?.declarations.find((d) => d.origin.start <= finding.origin.start && finding.origin.end <= d.origin.end);
  if (finding.code === 'missing-case')
    return around?.kind === 'choreography' ? caseMends(finding, around, context) : [];
  if (finding.severity !== 'error') return [];
  if (finding.code === 'syntax-error') return syntaxMends(finding, around, context);
  if (around?.kind !== 'choreography' && around?.kind !== 'network') return [];
  if (around.broken) return [];
  return [
    ...literalMends(finding, around, context),
    ...argumentMends(finding, around, context),
    ...returnMends(finding, around, context),
    ...keptMends(finding, around, context),
    ...optionMends(finding, context),
    ...(around.kind === 'network'
      ? networkMends(finding, around, context)
      : choreographyMends(finding, around, context)),
  ];
}

// What else may put an error right, going by all of the declaration that it stands in.
import { choreographyMends } from './choreography.js';
import { literalMends } from './literals.js';
import { networkMends } from './network.js';
import { syntaxMends } from './syntax.js';
import type { Finding } from '../../findings/finding.js';
import type { Fix, FixContext } from '../../edits/fix.js';

/** Candidates for the repair of an error, besides those of its rule; none for what is no error. */
export function mends(finding: Finding, context: FixContext): Fix[] {
  if (finding.severity !== 'error') return [];
  const around = context.workspace
    .file(context.uri)
    ?.declarations.find((d) => d.origin.start <= finding.origin.start && finding.origin.end <= d.origin.end);
  if (finding.code === 'syntax-error') return syntaxMends(finding, around, context);
  if (!around || around.broken) return [];
  if (around.kind === 'network')
    return [...literalMends(finding, around, context), ...networkMends(finding, around, context)];
  if (around.kind === 'choreography')
    return [...literalMends(finding, around, context), ...choreographyMends(finding, around, context)];
  return [];
}

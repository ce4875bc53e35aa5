// Selections that nobody needs: messages that could be saved.
import { redundantSelection } from '../diagnostics/redundant-selection.js';
import { finding } from '../diagnostics/rule.js';
import type { Finding } from '../diagnostics/rule.js';
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Communication, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import type { Involved } from './involvement.js';
import { projectRole } from './role.js';
import type { ProjectedRole, Unneeded } from './role.js';

/** Candidates that are tried for each role; what is beyond is not told before those are mended. */
const maximumTrials = 5;

/**
 * Reports the selections without which the role and the sender project as well as with them.
 * A selection that is all that a role gets is what the protocol is about, unless it only stands in an arrow list.
 * Cost: a projection of two roles for each candidate, of which there are few
 */
export function checkSelections(choreography: Choreography, scope: Scope, involved: ReadonlyMap<Statement, Involved>, projected: ProjectedRole): Finding[] {
  const findings: Finding[] = [];
  for (const candidate of projected.unneeded.slice(0, maximumTrials)) {
    const selections = selectionsOf(candidate, projected.role);
    const [first] = selections;
    if (!first || (candidate.silent && !first.implied)) continue;
    const without = new Set(selections);
    const fails = (role: string): number => projectRole(choreography, role, scope, involved, without).splits.length;
    if (fails(projected.role) > projected.splits.length) continue;
    const sender = first.sender.text;
    if (fails(sender) > projectRole(choreography, sender, scope, involved).splits.length) continue;
    const places = first.implied ? [first] : selections;
    for (const place of places) {
      findings.push(finding(redundantSelection, scope.file.uri, place.origin, { uri: scope.file.uri, decision: candidate.statement, selections, role: projected.role }));
    }
  }
  return findings;
}

/** The communications that were noted; none, if one of them goes to others as well. */
function selectionsOf({ statement, selections }: Unneeded, role: string): Communication[] {
  const found: Communication[] = [];
  walkBlock([statement], (inner) => {
    if (inner.kind !== 'communication' || inner.receivers[0]?.role.text !== role) return;
    if (selections.some((origin) => origin.start === inner.origin.start && origin.end === inner.origin.end)) found.push(inner);
  });
  return found.every((selection) => selection.receivers.length === 1) ? found : [];
}

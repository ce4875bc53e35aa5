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

/** How many statements may be projected again to make sure; what is beyond is not told before something else is mended. */
const maximumWork = 20_000;

/**
 * Reports the selections without which the role and the sender project as well as with them.
 * A selection that is all that a role gets is what the protocol is about, unless it only stands in an arrow list.
 * Cost: linear; where others depend on what the role gets, a projection of two roles for each candidate, within bounds
 */
export function checkSelections(
  choreography: Choreography, scope: Scope, involved: ReadonlyMap<Statement, Involved>, projected: ProjectedRole, all: readonly ProjectedRole[],
): Finding[] {
  const findings: Finding[] = [];
  let statements = 0;
  let work = 0;
  for (const candidate of projected.unneeded) {
    const selections = selectionsOf(candidate, projected.role);
    const [first] = selections;
    if (!first || (candidate.silent && !first.implied)) continue;
    const sender = all.find((other) => other.role === first.sender.text);
    if (candidate.round || !isLocal(candidate, projected, sender)) {
      if (statements === 0) walkBlock(choreography.body.statements, () => statements++);
      work += statements;
      if (work > maximumWork) continue;
      const without = new Set(selections);
      const fails = [projected, sender].some((role) => role && projectRole(choreography, role.role, scope, involved, without).splits.length > role.splits.length);
      if (fails) continue;
    }
    const places = first.implied ? [first] : selections;
    for (const place of places) {
      findings.push(finding(redundantSelection, scope.file.uri, place.origin, { uri: scope.file.uri, decision: candidate.statement, selections, role: projected.role }));
    }
  }
  return findings;
}

/** Whether nothing around the decision depends on what the two do in it. */
function isLocal({ statement }: Unneeded, projected: ProjectedRole, sender: ProjectedRole | undefined): boolean {
  return !!sender && statement.guards.some((guard) => guard.role.text === sender.role)
    && [projected, sender].every((role) => role.free.has(statement) && !role.looksAhead);
}

/** The communications that were noted; none, if one of them goes to others as well. */
function selectionsOf({ statement, selections, round }: Unneeded, role: string): Communication[] {
  const found: Communication[] = [];
  for (const block of statement.kind === 'while' ? [statement.body.statements, statement.exit] : statement.branches.map((branch) => branch.body.statements)) {
    const own = block.find((inner) => inner.kind === 'communication' && inner.receivers.some((receiver) => receiver.role.text === role)
      && selections.some((origin) => origin.start === inner.origin.start && origin.end === inner.origin.end));
    if (!own && round) continue;
    if (own?.kind !== 'communication' || own.receivers.length > 1) return [];
    // A message that is all that a round has is what the loop is about.
    if (round && (own.implied || !block.some((inner) => inner !== own && inner.kind !== 'continue'))) return [];
    found.push(own);
  }
  return found;
}

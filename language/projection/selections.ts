// Selections that nobody needs: messages that could be saved.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Scope } from '../scoping/scope.js';
import type { Involved } from './involvement.js';
import { selectionsOf } from './noted.js';
import type { Unneeded } from './noted.js';
import { projectRole } from './role.js';
import type { ProjectedRole } from './projected.js';
import { finding } from '../findings/finding.js';
import type { Finding } from '../findings/finding.js';
import { mostTriedForSelections } from './limits.js';

/**
 * Reports the selections without which the role and the sender project as well as with them.
 * @param involved what `involvement` says of the whole choreography
 * Cost: linear; where others depend on what the role gets, a projection of two roles for each candidate, within bounds
 */
export function checkSelections(
  choreography: Choreography,
  scope: Scope,
  involved: () => ReadonlyMap<Statement, Involved>,
  projected: ProjectedRole,
  all: readonly ProjectedRole[],
): Finding[] {
  const findings: Finding[] = [];
  let statements = 0;
  let work = 0;
  for (const candidate of projected.unneeded) {
    const selections = selectionsOf(candidate, projected.role);
    const [first] = selections;
    if (!first) continue;
    const sender = all.find((other) => other.role === first.sender.key);
    if (candidate.round || !isLocal(candidate, projected, sender)) {
      if (statements === 0) walkBlock(choreography.body.statements, () => statements++);
      work += statements;
      if (work > mostTriedForSelections) continue;
      const without = new Set(selections);
      const fails = [projected, sender].some(
        (role) =>
          role &&
          projectRole(choreography, role.role, scope, involved(), { without }).splits.length > role.splits.length,
      );
      if (fails) continue;
    }
    const places = first.implied ? [first] : selections;
    for (const place of places) {
      findings.push(
        finding('redundant-selection', scope.file.uri, place.origin, {
          role: projected.role,
          decision: candidate.statement.origin,
          selections: selections.map(({ origin }) => origin),
          implied: first.implied === true,
        }),
      );
    }
  }
  return findings;
}

/** Whether nothing around the decision depends on what the two do in it. */
function isLocal({ statement }: Unneeded, projected: ProjectedRole, sender: ProjectedRole | undefined): boolean {
  return (
    !!sender &&
    statement.guards.some((guard) => guard.role.key === sender.role) &&
    [projected, sender].every((role) => role.free.has(statement.origin.start) && !role.looksAhead)
  );
}

// Selections that a role could do without, going by one decision alone, as statements.
import type { Communication, Decision, While } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';

/** A decision of others whose selections the role could do without, going by the decision alone. */
export interface Unneeded {
  readonly statement: Decision | While;
  readonly selections: readonly TextRange[];
  /** Whether they are all that the role gets there. */
  readonly silent: boolean;
  /** The selection of one branch alone, after which the role only goes round a loop again. */
  readonly round?: boolean;
}

/** The communications that were noted; none, if one of them goes to others as well. */
export function selectionsOf({ statement, selections, round }: Unneeded, role: string): Communication[] {
  const found: Communication[] = [];
  for (const block of statement.kind === 'while'
    ? [statement.body.statements, statement.exit]
    : statement.branches.map((branch) => branch.body.statements)) {
    const own = block.find(
      (inner) =>
        inner.kind === 'communication' &&
        inner.receivers.some((receiver) => receiver.role.key === role) &&
        selections.some((origin) => origin.start === inner.origin.start && origin.end === inner.origin.end),
    );
    if (!own && round) continue;
    if (own?.kind !== 'communication' || own.receivers.length > 1) return [];
    // A message that is all that a round has is what the loop is about.
    if (round && (own.implied || !block.some((inner) => inner !== own && inner.kind !== 'continue'))) return [];
    found.push(own);
  }
  return found;
}

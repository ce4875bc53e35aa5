// What can be made of a place without changing what it does, each tried before it is offered.
import type { TextRange } from '../ir/expression.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import type { Workspace } from '../workspace.js';
import { actionsAt, declarationAt, processAt, statementsAt } from './cursor.js';
import { addRole } from './refactor/add-role.js';
import { asFamily } from './refactor/as-family.js';
import { extractPart } from './refactor/extract-part.js';
import { inlineCall } from './refactor/inline-call.js';
import { withMembersWrittenOut } from './refactor/members-written-out.js';
import { missingProcesses, networkOf } from './refactor/networks.js';
import { isSound } from './refactor/refactoring.js';
import type { Asked, Refactoring } from './refactor/refactoring.js';
import { asArrows, writtenOut } from './refactor/selections.js';
import { swapBranches, swapLocal } from './refactor/swap.js';
import { atTheSameTime, oneAfterTheOther } from './refactor/together.js';

export type { Refactoring } from './refactor/refactoring.js';

/**
 * The refactorings at a range, one at a time, so that the caller can let others have a turn; undefined for one that
 * does not do.
 * @param workspace may not change while this runs
 * @param longest for how many milliseconds they are tried, all together; what is not known until then is left out
 */
export function* refactorings(
  workspace: Workspace,
  uri: string,
  range: TextRange,
  longest: number,
): Generator<Refactoring | undefined> {
  const analysis = workspace.analyze(uri);
  if (!analysis) return;
  const until = workspace.watch.now() + longest;
  const asked: Asked = { workspace, uri, text: analysis.file.text, analysis, range };
  const declaration = declarationAt(analysis.file, range.start);
  if (!declaration || declaration.broken) return;
  const made =
    declaration.kind === 'choreography'
      ? ofChoreography(asked, declaration)
      : declaration.kind === 'network'
        ? ofNetwork(asked, declaration)
        : [];
  for (const each of made) {
    if (workspace.watch.now() > until) return;
    yield each && isSound(workspace, each, until) ? each : undefined;
  }
}

/** Whether a place is in the head of a declaration, before its brace. */
function inHead({ text, range }: Asked, { name }: Choreography | Network): boolean {
  const brace = text.indexOf('{', name.origin.end);
  return range.end <= (brace < 0 ? name.origin.end : brace);
}

function* ofChoreography(asked: Asked, choreography: Choreography): Generator<Refactoring | undefined> {
  const { range } = asked;
  if (range.end > range.start) yield extractPart(asked, choreography);
  yield atTheSameTime(asked, choreography);
  if (inHead(asked, choreography)) {
    yield networkOf(asked, choreography);
    yield addRole(asked, choreography);
    yield asFamily(asked, choreography);
    yield withMembersWrittenOut(asked, choreography);
    return;
  }
  const innermost = statementsAt(choreography, range.start).at(-1);
  if (!innermost) return;
  if (innermost.kind === 'par' || (innermost.kind === 'for' && innermost.parallel === true))
    yield oneAfterTheOther(asked, innermost);
  if (innermost.kind === 'call') yield inlineCall(asked, choreography, innermost);
  const deciding = statementsAt(choreography, range.start).findLast((s) => s.kind === 'decision' || s.kind === 'while');
  // Of what stands around the cursor, only that whose own words it is at, not what stands in it.
  if (!deciding || (innermost !== deciding && innermost.origin.start <= range.start)) return;
  yield writtenOut(asked, deciding);
  yield asArrows(asked, choreography, deciding);
  if (deciding.kind === 'decision') yield swapBranches(asked, deciding);
}

function* ofNetwork(asked: Asked, network: Network): Generator<Refactoring | undefined> {
  const process = processAt(network, asked.range.start);
  if (!process) {
    yield missingProcesses(asked, network);
    return;
  }
  const innermost = actionsAt(process, asked.range.start).at(-1);
  if (innermost?.kind === 'if' || innermost?.kind === 'choice') yield swapLocal(asked, innermost);
}

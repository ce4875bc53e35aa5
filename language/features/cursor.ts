// What stands at an offset of a file: the name, the declaration, the statements around it. Used by all features.
import { blocksOf, isImplied } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Declaration, SourceFile } from '../ir/file.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import type { Occurrence } from '../scoping/symbols.js';
import type { FileAnalysis } from '../workspace.js';

/** Whether an offset is in a range or directly after it, as a cursor is. */
export function touches(origin: TextRange, offset: number): boolean {
  return origin.start <= offset && offset <= origin.end;
}

export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function sameOrigin(left: TextRange, right: TextRange): boolean {
  return left.start === right.start && left.end === right.end;
}

/**
 * The name under the cursor; of two that touch it, the one that starts there. Cost: linear in the names of the file.
 */
export function occurrenceAt(analysis: FileAnalysis, offset: number): Occurrence | undefined {
  let best: Occurrence | undefined;
  for (const occurrence of analysis.occurrences) {
    if (!touches(occurrence.origin, offset)) continue;
    if (
      !best ||
      occurrence.origin.end - occurrence.origin.start < best.origin.end - best.origin.start ||
      best.origin.end === offset
    )
      best = occurrence;
  }
  return best;
}

export function declarationAt(file: SourceFile, offset: number): Declaration | undefined {
  return file.declarations.find((declaration) => touches(declaration.origin, offset));
}

/** The statements around an offset, outermost first. Implied ones are not among them. */
export function statementsAt(choreography: Choreography, offset: number): Statement[] {
  const path: Statement[] = [];
  let block: readonly Statement[] = choreography.body.statements;
  for (;;) {
    const found = block.find((s) => touches(s.origin, offset) && !isImplied(s));
    if (!found) return path;
    path.push(found);
    block = blocksOf(found).flat();
  }
}

export function processAt(network: Network, offset: number): Process | undefined {
  return network.processes.find((process) => touches(process.origin, offset));
}

/** The actions around an offset in a hand-written process, outermost first. */
export function actionsAt(process: Process, offset: number): Action[] {
  const path: Action[] = [];
  let block: readonly Action[] = process.body.actions;
  for (;;) {
    const found = block.find((action) => action.origins.some((origin) => touches(origin, offset)));
    if (!found) return path;
    path.push(found);
    block = localBlocksOf(found).flatMap((b) => b.actions);
  }
}

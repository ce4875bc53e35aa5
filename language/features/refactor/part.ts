// The statements of a choreography that are selected.
import { blocksOf, isImplied } from '../../ir/choreography.js';
import type { Choreography, Statement } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import type { Asked } from './refactoring.js';

export interface Part {
  readonly statements: readonly Statement[];
  readonly origin: TextRange;
  /** The outermost loop around it. */
  readonly loop?: TextRange;
}

/** The statements that a selection covers, all of one block, none of them in part. */
export function partOf({ text, range }: Asked, choreography: Choreography): Part | undefined {
  const selected = text.slice(range.start, range.end);
  const start = range.start + selected.length - selected.trimStart().length;
  const end = range.start + selected.trimEnd().length;
  if (end <= start) return undefined;
  const find = (block: readonly Statement[], loop: TextRange | undefined): Part | undefined => {
    const touched = block.filter((s) => !isImplied(s) && s.origin.start < end && start < s.origin.end);
    const [first] = touched;
    const last = touched.at(-1);
    if (!first || !last) return undefined;
    if (touched.every(({ origin }) => start <= origin.start && origin.end <= end))
      return { statements: touched, origin: { start: first.origin.start, end: last.origin.end }, loop };
    if (touched.length > 1 || start < first.origin.start || first.origin.end < end) return undefined;
    const around = loop ?? (first.kind === 'while' || first.kind === 'rec' ? first.origin : undefined);
    for (const inner of blocksOf(first)) {
      const found = find(inner, around);
      if (found) return found;
    }
    return undefined;
  };
  return find(choreography.body.statements, undefined);
}

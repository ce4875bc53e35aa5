// Statements in a row made the branches of a `par`, and whether they may be.
import type { Statement } from '../ir/choreography.js';
import { dedented, hasComment, indentAt, indented, linesOf } from './text.js';
import type { Edit } from './fix.js';

/**
 * Puts each of some statements, one after the other in a block, into a branch of its own, with their comments.
 * @returns undefined where they stand on one line with comments between them
 */
export function inBranches(uri: string, text: string, row: readonly Statement[]): Edit | undefined {
  const first = row[0] as Statement;
  const last = row.at(-1) as Statement;
  const lines = row.map(({ origin }) => linesOf(text, origin));
  const [from, to] = [lines[0], lines.at(-1)];
  if (from && to && lines.every((each) => each)) {
    // What stands between two statements goes with the second.
    const ends = lines.map((each) => each?.end ?? 0);
    const indent = indentAt(text, first.origin.start);
    const bodies = ends.map(
      (end, i) =>
        `\n${indent}  ${indented(dedented(text.slice(i === 0 ? from.start : ends[i - 1], end)), `${indent}  `)}\n`,
    );
    return {
      uri,
      start: from.start,
      end: to.end,
      newText: `${indent}par {${bodies.join(`${indent}} and {`)}${indent}}\n`,
    };
  }
  const place = { start: first.origin.start, end: last.origin.end };
  return hasComment(text, place)
    ? undefined
    : {
        uri,
        ...place,
        newText: `par { ${row.map(({ origin }) => text.slice(origin.start, origin.end)).join(' } and { ')} }`,
      };
}

/** What a statement gives a value, and all that it uses, that included, by names that are its own. */
export interface Uses {
  readonly written: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

/** Whether what one gives a value is used by none of the others. */
export function areIndependent(statements: readonly Uses[]): boolean {
  return statements.every(({ written }, i) =>
    statements.every(({ used }, k) => i === k || ![...written].some((name) => used.has(name))),
  );
}

// A unified diff of two texts, by lines.
import { formatPatch, OMIT_HEADERS, structuredPatch } from 'diff';

/**
 * What changed in a file, with three lines of context.
 * @returns the empty string where the texts are equal. Cost: the lines times the differences
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const patch = structuredPatch('', '', before, after, undefined, undefined, { context: 3 });
  // The names of files stand as they are: `formatPatch` would write letters beyond ASCII by their bytes.
  return `--- a/${path}\n+++ b/${path}\n${formatPatch(patch, OMIT_HEADERS)}`;
}

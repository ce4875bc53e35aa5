// Pieces of code in the titles of fixes.
import { longestStatement } from '../limits.js';

/** The first line of a statement, cut short. */
export function firstLine(text: string): string {
  const line = text.split('\n')[0]?.trim() ?? '';
  return line.length > longestStatement
    ? `${line.slice(0, longestStatement - 1)}…`
    : line.endsWith('{')
      ? `${line} … }`
      : line;
}

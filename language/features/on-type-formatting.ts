// Formatting while typing: the line that was just finished, and nothing around the cursor.
import { formatRange } from '../syntax/format.js';
import type { TextEdit } from '../syntax/format.js';

/**
 * The edits after a character was typed.
 * @param offset the cursor, behind the character
 * @param character `}` lays out its line; a line break lays out the line before it
 */
export function formatTyped(text: string, offset: number, character: string): TextEdit[] {
  const end = character === '\n' ? text.lastIndexOf('\n', offset - 1) : offset;
  if (end <= 0 || (character !== '\n' && character !== '}')) return [];
  const start = text.lastIndexOf('\n', end - 1) + 1;
  return formatRange(text, start, end).filter((edit) => edit.end <= end && edit.end >= start);
}

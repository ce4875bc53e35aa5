// Places in a text that has changed since: a position taken back to the version that a projection belongs to, and
// forth.
import type { Position } from '../protocol/places.js';

/** One edit: this part of the text before it, and where it ends after it. */
export interface Edited {
  readonly version: number;
  readonly start: Position;
  readonly oldEnd: Position;
  readonly newEnd: Position;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Where a position goes when the text from `start` to `from` becomes text from `start` to `to`. */
function shift(position: Position, start: Position, from: Position, to: Position): Position {
  if (isBefore(position, start)) return position;
  if (isBefore(position, from)) return isBefore(position, to) ? position : to;
  return position.line === from.line
    ? { line: to.line, character: to.character + position.character - from.character }
    : { line: position.line + to.line - from.line, character: position.character };
}

/** A position of the newest text, as it was at an older version. */
export function backTo(version: number, position: Position, edits: readonly Edited[]): Position {
  return edits
    .filter((edit) => edit.version > version)
    .reduceRight((at, edit) => shift(at, edit.start, edit.newEnd, edit.oldEnd), position);
}

/** A position of an older version, in the newest text. */
export function forthFrom(version: number, position: Position, edits: readonly Edited[]): Position {
  return edits
    .filter((edit) => edit.version > version)
    .reduce((at, edit) => shift(at, edit.start, edit.oldEnd, edit.newEnd), position);
}

/** Where a text that is put in at a position ends. */
export function endOf(start: Position, text: string): Position {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, character: start.character + last.length }
    : { line: start.line + lines.length - 1, character: last.length };
}

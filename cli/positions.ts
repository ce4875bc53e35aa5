// Offsets to lines and characters, counted as the language server protocol does: from 0, in UTF-16 units.

export interface Position {
  readonly line: number;
  readonly character: number;
}
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The lines of one text. */
export interface Lines {
  position(offset: number): Position;
  range(origin: { readonly start: number; readonly end: number }): Range;
  /** The text of a line, without its end. */
  line(index: number): string;
}

/** Cost: linear in the text once, then logarithmic a position. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  const position = (offset: number): Position => {
    const at = Math.max(0, Math.min(offset, text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (starts[low] ?? 0) };
  };
  return {
    position,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    line: (index) => text.slice(starts[index] ?? text.length, starts[index + 1] ?? text.length).replace(/[\r\n]+$/, ''),
  };
}

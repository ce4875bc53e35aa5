// Offsets to positions, for many ranges of one text at once.
import type { Position, Range } from 'vscode-languageserver';
import type { TextRange } from '../language/ir/expression.js';

export interface Lines {
  /** The range of two offsets. Cost: constant near the range asked for before, logarithmic in the lines otherwise. */
  range(origin: TextRange): Range;
}

/**
 * The lines of a text. A position never stands between the two characters of a line's end. Cost: linear in the text.
 */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const startOf = (line: number): number => starts[line] ?? Infinity;
  let last = 0;
  const position = (offset: number): Position => {
    if (offset < startOf(last) || offset >= startOf(last + 2)) {
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (startOf(middle) <= offset) low = middle;
        else high = middle;
      }
      last = low;
    } else if (offset >= startOf(last + 1)) last++;
    const within = text.charCodeAt(offset - 1) === 13 && text.charCodeAt(offset) === 10;
    return { line: last, character: offset - startOf(last) - (within ? 1 : 0) };
  };
  return { range: ({ start, end }) => ({ start: position(start), end: position(end) }) };
}

// Line ends: which ones a text has, and other texts with these.

export type LineEnd = '\n' | '\r\n' | '\r';

/** The line end of most lines; LF where there is none, or as many of another. Cost: linear. */
export function lineEndOf(text: string): LineEnd {
  if (!text.includes('\r')) return '\n';
  const counts = { '\n': 0, '\r\n': 0, '\r': 0 };
  for (const [end] of text.matchAll(/\r\n|\r|\n/g)) counts[end as LineEnd]++;
  if (counts['\r\n'] > counts['\n']) return counts['\r'] > counts['\r\n'] ? '\r' : '\r\n';
  return counts['\r'] > counts['\n'] ? '\r' : '\n';
}

/** A text with line ends of one kind. */
export function withLineEnds(text: string, end: LineEnd): string {
  return text.replace(/\r\n|\r|\n/g, end);
}

/**
 * A text with LF alone, and the way back.
 * @returns `origin`: where a character of it stands in the text that it was made from
 */
export function plainLines(text: string): { readonly plain: string; origin(offset: number): number } {
  // Where, in the plain text, the line ends of two characters are.
  const pairs: number[] = [];
  for (const { index } of text.matchAll(/\r\n/g)) pairs.push(index - pairs.length);
  return {
    plain: withLineEnds(text, '\n'),
    origin(offset) {
      let low = 0;
      let high = pairs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((pairs[middle] ?? 0) < offset) low = middle + 1;
        else high = middle;
      }
      return offset + low;
    },
  };
}

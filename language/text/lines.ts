// Lines of a text.

/**
 * The line of an offset, counted from 0. The lines are found once, when the first is asked for. Cost: logarithmic then
 */
export function lineIndex(text: string): (offset: number) => number {
  let ends: number[] | undefined;
  return (offset) => {
    ends ??= [...text.matchAll(/\n/g)].map(({ index }) => index);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** The line of an offset, counted from 1, where only one is asked for. Cost: linear in the text before it */
export function lineNumber(text: string, offset: number): number {
  let line = 1;
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

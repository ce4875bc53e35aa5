// What two rows have in common.

/**
 * The pairs of places at which two rows have the same, in order, and worth the most together: the longest common
 * subsequence, by the table (Wagner and Fischer).
 * @param worth what it is worth to have two in common, as a whole number: 0 where they are not the same
 * Cost: the product of the lengths, in time and memory
 */
export function commonPairs<T>(
  left: readonly T[],
  right: readonly T[],
  worth: (one: T, other: T) => number = (one, other) => (one === other ? 1 : 0),
): [number, number][] {
  const width = right.length + 1;
  const best = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => best[i * width + j] ?? 0;
  const worthAt = (i: number, j: number): number => worth(left[i] as T, right[j] as T);
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const own = worthAt(i, j);
      best[i * width + j] = Math.max(own > 0 ? at(i + 1, j + 1) + own : 0, at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const own = worthAt(i, j);
    if (own > 0 && at(i, j) === at(i + 1, j + 1) + own) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

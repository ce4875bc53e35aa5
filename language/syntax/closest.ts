// Which known names a misspelt one may mean.
import { looksLike } from '../syntax/look-alike.js';

/**
 * The number of single-character changes, and swaps of neighbours, between two words (Damerau and Levenshtein); gives
 * up above `limit`.
 */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}

/**
 * The names close to a misspelt one, best first, three at most. A name is close if a third of its letters are wrong at
 * most, or if it differs in case alone; what looks just like it comes first.
 */
export function closest(name: string, names: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  const found: { name: string; cost: number }[] = [];
  for (const other of new Set(names)) {
    if (other === name || other === '_') continue;
    if (looksLike(name, other)) {
      found.push({ name: other, cost: -1 });
      continue;
    }
    const cost = other.toLowerCase() === name.toLowerCase() ? 0 : distance(name, other, limit);
    // A word of one or two letters is close to every other.
    if (cost <= limit && cost < name.length) found.push({ name: other, cost });
  }
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 3)
    .map((entry) => entry.name);
}

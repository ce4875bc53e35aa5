// What would have to be so for a run to happen, in words.
import { listed } from '../../text/words.js';

/** `if A’s `x` and B’s `y` can both be true`. */
export function canBe(conditions: readonly string[]): string {
  const all = conditions.map((c) => (/ is true$/.test(c) ? c.slice(0, -' is true'.length) : undefined));
  if (all.every((c) => c !== undefined))
    return `if ${listed(all)} can ${all.length === 1 ? '' : all.length === 2 ? 'both ' : 'all '}be true`;
  return `if it can be that ${listed(conditions)}`;
}

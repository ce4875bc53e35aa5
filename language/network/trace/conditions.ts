// What would have to be so for a run to happen, in words.

/** `if A’s `x` and B’s `y` can both be true`. */
export function canBe(conditions: readonly string[]): string {
  const all = conditions.map((c) => / is true$/.test(c) ? c.slice(0, -' is true'.length) : undefined);
  if (all.every((c) => c !== undefined)) return `if ${joined(all)} can ${all.length === 1 ? '' : all.length === 2 ? 'both ' : 'all '}be true`;
  return `if it can be that ${joined(conditions)}`;
}

function joined(items: readonly (string | undefined)[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

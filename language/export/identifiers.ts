// Names for tools that take ASCII letters alone: one for each thing, all different.

/** The name of a thing: what is nearest to what is wished for. The same for the same thing. */
export type Identifiers = (thing: string, wish: string) => string;

/** @param taken words that are no names */
export function identifiers(taken: readonly string[]): Identifiers {
  const known = new Map<string, string>();
  const used = new Set(taken);
  return (thing, wish) => {
    const before = known.get(thing);
    if (before !== undefined) return before;
    const plain = wish.normalize('NFD').replace(/[^A-Za-z0-9_]/g, '');
    const base = /^[A-Za-z]/.test(plain) ? plain : `x${plain}`;
    let own = base;
    for (let count = 2; used.has(own); count++) own = `${base}_${count}`;
    used.add(own);
    known.set(thing, own);
    return own;
  };
}

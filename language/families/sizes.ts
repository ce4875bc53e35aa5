// Which sizes the families of a declaration have, and which of them are tried.
import type { Name } from '../ir/expression.js';
import type { Family } from '../ir/role.js';
import type { Valuation } from '../ir/static.js';

/** What has a family's name, and may be one. */
export interface Declared {
  readonly name: Name;
  readonly family?: Family;
  /** It is no family, but a value that all know, of which loops and indices are made: which of these values. */
  readonly value?: number;
}

/** The sizes of families, in the order of the header, by the families' names. */
export type Sizes = ReadonlyMap<string, number>;

/** Sizes that are tried where nothing else is said. */
const usual = [2, 3];

/**
 * The sizes that are tried: for each family those of `usual` that it may have, its least, where that is more, and what
 * its header says. All families go through theirs together, so that the number of tries is that of the longest list.
 */
export function triedSizes(declared: readonly Declared[]): readonly Sizes[] {
  const lists = declared.flatMap(({ name, family }) => (family ? [{ name: name.text, sizes: sizesOf(family) }] : []));
  if (lists.length === 0) return [new Map()];
  const most = Math.max(...lists.map((list) => list.sizes.length));
  return Array.from(
    { length: most },
    (_, i) => new Map(lists.map(({ name, sizes }) => [name, sizes[Math.min(i, sizes.length - 1)] ?? 0])),
  );
}

function sizesOf({ size, least, usual: own }: Family): number[] {
  if (!size) return [least];
  const sizes = new Set(usual.filter((n) => n >= least));
  if (sizes.size === 0) sizes.add(least);
  if (own !== undefined && own >= least) sizes.add(own);
  return [...sizes].sort((a, b) => a - b);
}

/** The values of the names of sizes. */
export function valuationOf(declared: readonly Declared[], sizes: Sizes): Valuation {
  return new Map(
    declared.flatMap(({ name, family }) =>
      family?.size ? [[family.size.text, sizes.get(name.text) ?? family.least] as const] : [],
    ),
  );
}

/** The sizes of families by their names, each once, with the least that it may be. */
export function sizesNamed(
  declared: readonly { readonly family?: Family }[],
): readonly { readonly name: string; readonly least: number }[] {
  const found = new Map(
    declared.flatMap(({ family }) => (family?.size ? [[family.size.text, family.least] as const] : [])),
  );
  return [...found].map(([name, least]) => ({ name, least }));
}

export function hasFamilies(declared: readonly Declared[]): boolean {
  return declared.some(({ family }) => family);
}

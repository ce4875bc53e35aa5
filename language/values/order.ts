// The order of all values that can be compared: that in which maps and sets are gone through.
import { compareTexts } from './terms.js';
import type { Shape, Term } from './terms.js';

/**
 * Which of two values of one type comes first: numbers and texts as by `<`, `false` before `true`, the cases of an enum
 * as they are declared, `none` before `some`, and what has parts by the first part that is different. Values of a
 * host's type have an order of the host's own.
 * @returns undefined where it is not known. Cost: linear in the parts that are the same
 */
export function compareValues(a: Term, b: Term): number | undefined {
  if (a === b) return 0;
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    const [x, y] = [a.value, b.value];
    if (typeof x === 'string' && typeof y === 'string') return compareTexts(x, y);
    if (typeof x === 'boolean' || typeof y === 'boolean') return Number(x) - Number(y);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (a.kind === 'made' && b.kind === 'made') {
    if (a.shape.id === b.shape.id) return compareParts(a.args, b.args);
    if (a.shape.family !== b.shape.family) return undefined;
    // Of an option, nothing comes first.
    const place = ({ id }: Shape): number =>
      id === 'none' ? -1 : a.shape.family.findIndex((shape) => shape.id === id);
    return place(a.shape) - place(b.shape);
  }
  if (a.kind === 'list' && b.kind === 'list') return compareParts(a.args, b.args);
  if ((a.kind === 'map' && b.kind === 'map') || (a.kind === 'set' && b.kind === 'set')) {
    const [one, other] = [a, b].map((term) => inOrder(entriesIn(term), ([key]) => key)?.flat());
    return one && other && compareParts(one, other);
  }
  return undefined;
}

function compareParts(a: readonly Term[], b: readonly Term[]): number | undefined {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const found = compareValues(a[i] as Term, b[i] as Term);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

/** The entries of a map, each a key with its value, or the items of a set. */
export function entriesIn(term: Term): (readonly [key: Term, ...value: Term[]])[] {
  if (term.kind !== 'map') return term.args.map((item) => [item]);
  return term.args.flatMap((key, i) => (i % 2 === 0 ? [[key, term.args[i + 1] as Term]] : []));
}

/** Things by the order of their keys; undefined where that is not known of some. */
export function inOrder<T>(all: readonly T[], keyOf: (one: T) => Term): readonly T[] | undefined {
  let isKnown = true;
  const sorted = [...all].sort((a, b) => {
    const found = compareValues(keyOf(a), keyOf(b));
    if (found === undefined) isKnown = false;
    return found ?? 0;
  });
  return isKnown ? sorted : undefined;
}

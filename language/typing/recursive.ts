// Answers that are worked out by way of each other, as the results of functions that call each other: each comes out
// the same whichever is asked for first.

interface Frame<T> {
  readonly key: string;
  readonly partial: T;
  low: number;
}

/**
 * Keeps answers by key. While an answer is worked out, whoever asks for it gets its partial one; an answer to which the
 * partial one of another has led holds only until that other one is there.
 * @returns gives the answer to a key: the kept one, else what `make` gives. Cost: each is made once, but for those that
 *   lead to each other: these are made together, once for each of them that is asked for from outside
 */
export function createRecursive<T>(): (key: string, partial: () => T, make: () => T) => T {
  const known = new Map<string, T>();
  /** Answers of those that lead to each other, each as it is when it is asked for first, with all of them. */
  const rings = new Map<string, { readonly value: T; readonly members: ReadonlySet<string> }>();
  const provisional = new Map<string, { readonly value: T; readonly low: number }>();
  const open: Frame<T>[] = [];
  const places = new Map<string, number>();
  const leadsTo = (low: number): void => {
    const top = open.at(-1);
    if (top) top.low = Math.min(top.low, low);
  };
  return (key, partial, make) => {
    if (known.has(key)) return known.get(key) as T;
    const place = places.get(key);
    if (place !== undefined) {
      leadsTo(place);
      return (open[place] as Frame<T>).partial;
    }
    const before = provisional.get(key);
    if (before) {
      leadsTo(before.low);
      return before.value;
    }
    const ring = rings.get(key);
    if (ring && !open.some((frame) => ring.members.has(frame.key))) return ring.value;
    const index = open.length;
    const frame: Frame<T> = { key, partial: partial(), low: index };
    open.push(frame);
    places.set(key, index);
    let value: T | undefined;
    const members = new Set<string>();
    try {
      value = make();
    } finally {
      open.pop();
      places.delete(key);
      if (frame.low >= index || value === undefined) {
        for (const [other, { low }] of provisional) {
          if (low < index) continue;
          members.add(other);
          provisional.delete(other);
        }
      }
    }
    if (frame.low < index) {
      provisional.set(key, { value, low: frame.low });
      leadsTo(frame.low);
    } else if (members.size === 0) known.set(key, value);
    else rings.set(key, { value, members: members.add(key) });
    return value;
  };
}

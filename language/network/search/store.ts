// Configurations, packed: each is a row of numbers, kept in as few bits as the numbers seen so far need, side by side
// in typed arrays, and found again by open addressing. Any count of numbers, of any size, goes in; one that outgrows
// its bits gets another place in all rows.

/** A set of rows of non-negative numbers below 2^31, numbered in the order in which they came. */
export interface Store {
  count(): number;
  /** Gives rows one more number, 0 in all that are there. */
  addField(): number;
  /**
   * The number of a row that is made if it is not there yet: then the answer is what `count` was before.
   * Cost: linear in the width; amortised over the growth of the tables
   */
  intern(row: Int32Array): number;
  /**
   * The same for a row that differs from one that is there in three fields at most (-1: none). Cost: linear in the
   * width of the packed row alone
   */
  internNear(id: number, row: Int32Array, first: number, second: number, third: number): number;
  /**
   * Writes a row into `into`, which has 0 in each field in which no row ever had anything else. Cost: linear in the
   * width
   */
  read(id: number, into: Int32Array): void;
  /** Bytes that rows and index hold. */
  bytes(): number;
}

/** How full the index may become before it grows: fourfold at first, then twofold. */
const fullest = 0.7;
const manyRows = 200_000;

/**
 * Creates an empty store.
 * @param fields how many numbers a row has at first
 */
export function createStore(fields: number): Store {
  /** Where each field stands in a packed row: its word, how far left in it, and the largest number that fits. */
  let word = new Int32Array(fields);
  let shift = new Uint8Array(fields);
  let mask = new Int32Array(fields);
  /**
   * The same of those fields that have bits, in one array: field, word, shift and mask. What a field without bits holds
   * is 0.
   */
  let places = new Int32Array(0);
  /** The bits of each word that are some field's. */
  let taken = [0];
  let stride = 1;
  let count = 0;
  let rows = new Int32Array(64);
  let packed = new Int32Array(1);
  let index = new Int32Array(256);
  // An entry of the index is the row's number + 1 in its lower bits, and some of the row's hash above, so that few rows
  // are compared in vain.
  let capacityBits = 8;

  const pack = (row: Int32Array): void => {
    packed.fill(0);
    for (let field = 0; field < mask.length; field++)
      packed[word[field] as number] =
        (packed[word[field] as number] as number) | ((row[field] as number) << (shift[field] as number));
  };

  const hashOf = (from: Int32Array, start: number): number => {
    let hash = 0x2545f491;
    for (let i = 0; i < stride; i++) {
      hash = Math.imul(hash ^ (from[start + i] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    return hash ^ (hash >>> 13);
  };

  const rebuild = (): void => {
    index = new Int32Array(1 << capacityBits);
    const last = index.length - 1;
    for (let id = 0; id < count; id++) {
      const hash = hashOf(rows, id * stride);
      let at = hash & last;
      while (index[at] !== 0) at = (at + 1) & last;
      index[at] = ((hash >>> capacityBits) << capacityBits) | (id + 1);
    }
  };

  const isFree = (at: number, left: number, size: number): boolean =>
    left + size <= 32 && ((taken[at] as number) & ((2 ** size - 1) << left)) === 0;
  /** So many bits that are free: where they are now, if they were only too few, else in any word. */
  const freePlace = (field: number, size: number): { at: number; left: number } | undefined => {
    if (mask[field] !== 0 && isFree(word[field] as number, shift[field] as number, size))
      return { at: word[field] as number, left: shift[field] as number };
    for (let at = 0; at < stride; at++)
      for (let left = 0; left + size <= 32; left++) if (isFree(at, left, size)) return { at, left };
    return undefined;
  };
  const widen = (): void => {
    const from = rows;
    rows = new Int32Array((from.length / stride) * (stride + 1));
    for (let id = 0; id < count; id++)
      for (let i = 0; i < stride; i++) rows[id * (stride + 1) + i] = from[id * stride + i] as number;
    taken = [...taken, 0];
    packed = new Int32Array(++stride);
  };
  /**
   * Finds a field a place for a number, with a bit more if it grows again and there is one: more of its kind will come.
   */
  const place = (field: number, value: number): void => {
    const [all, from, by, before] = [mask[field] as number, word[field] as number, shift[field] as number, stride];
    const needed = 32 - Math.clz32(value);
    const spare = all === 0 ? needed : Math.min(31, needed + 1);
    taken[from] = (taken[from] as number) & ~(all << by);
    let found = freePlace(field, spare);
    let size = found ? spare : needed;
    found ??= freePlace(field, needed);
    if (!found) {
      widen();
      [found, size] = [{ at: stride - 1, left: 0 }, spare];
    }
    const { at: to, left } = found;
    [word[field], shift[field], mask[field]] = [to, left, 2 ** size - 1];
    taken[to] = (taken[to] as number) | ((2 ** size - 1) << left);
    places = Int32Array.from(
      [...mask].flatMap((all, f) => (all === 0 ? [] : [f, word[f] as number, shift[f] as number, all])),
    );
    const moves = all !== 0 && (to !== from || left !== by);
    if (moves) {
      for (let row = 0; row < count * stride; row += stride) {
        const held = ((rows[row + from] as number) >>> by) & all;
        rows[row + from] = (rows[row + from] as number) & ~(all << by);
        rows[row + to] = (rows[row + to] as number) | (held << left);
      }
    }
    if (moves || stride !== before) rebuild();
  };
  const fit = (row: Int32Array): void => {
    for (let field = 0; field < mask.length; field++)
      if (((row[field] as number) & ~(mask[field] as number)) !== 0) place(field, row[field] as number);
  };

  /** Puts one number into the row that is packed; false where it does not fit. */
  const patch = (row: Int32Array, field: number): boolean => {
    if (field < 0) return true;
    const value = row[field] as number;
    const all = mask[field] as number;
    if ((value & ~all) !== 0) return false;
    const at = word[field] as number;
    const by = shift[field] as number;
    packed[at] = ((packed[at] as number) & ~(all << by)) | (value << by);
    return true;
  };

  /** The number of the row that is packed, which is made if it is not there yet. */
  const find = (): number => {
    const hash = hashOf(packed, 0);
    const last = index.length - 1;
    const tag = (hash >>> capacityBits) << capacityBits;
    let at = hash & last;
    for (let entry = index[at] as number; entry !== 0; entry = index[at] as number) {
      if ((entry & ~last) === tag) {
        const id = (entry & last) - 1;
        const start = id * stride;
        let i = 0;
        while (i < stride && rows[start + i] === packed[i]) i++;
        if (i === stride) return id;
      }
      at = (at + 1) & last;
    }
    const id = count++;
    if ((id + 1) * stride > rows.length) {
      const grown = new Int32Array(rows.length * 2);
      grown.set(rows);
      rows = grown;
    }
    rows.set(packed, id * stride);
    index[at] = tag | (id + 1);
    if (count > index.length * fullest) {
      capacityBits += count < manyRows ? 2 : 1;
      rebuild();
    }
    return id;
  };

  return {
    count: () => count,
    addField() {
      word = Int32Array.of(...word, 0);
      shift = Uint8Array.of(...shift, 0);
      mask = Int32Array.of(...mask, 0);
      return mask.length - 1;
    },
    intern(row) {
      fit(row);
      pack(row);
      return find();
    },
    internNear(id, row, first, second, third) {
      const start = id * stride;
      for (let i = 0; i < stride; i++) packed[i] = rows[start + i] as number;
      if (patch(row, first) && patch(row, second) && patch(row, third)) return find();
      fit(row);
      pack(row);
      return find();
    },
    read(id, into) {
      const start = id * stride;
      for (let at = 0; at < places.length; at += 4) {
        into[places[at] as number] =
          ((rows[start + (places[at + 1] as number)] as number) >>> (places[at + 2] as number)) &
          (places[at + 3] as number);
      }
    },
    bytes: () => count * stride * 4 + index.byteLength,
  };
}

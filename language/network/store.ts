// Configurations, packed: each is a row of numbers, kept in as few bits as the numbers seen so far need, side by side in typed
// arrays, and found again by open addressing. Any count of numbers, of any size, goes in; where one outgrows its bits, all rows
// are laid out anew.

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
  /** The same for a row that differs from one that is there in three fields at most (-1: none). Cost: linear in the width of the packed row alone */
  internNear(id: number, row: Int32Array, first: number, second: number, third: number): number;
  /** Writes a row into `into`. Cost: linear in the width */
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
  let stride = 1;
  let count = 0;
  let rows = new Int32Array(64);
  let packed = new Int32Array(1);
  let index = new Int32Array(256);
  // An entry of the index is the row's number + 1 in its lower bits, and some of the row's hash above, so that few rows are compared in vain.
  let capacityBits = 8;

  /** Finds each field a place of so many bits; what is left of a word goes to the fields in it. */
  const layOut = (bits: Uint8Array): void => {
    const words: { readonly fields: number[]; free: number }[] = [];
    word = new Int32Array(bits.length);
    shift = new Uint8Array(bits.length);
    mask = new Int32Array(bits.length);
    bits.forEach((size, field) => {
      if (size === 0) return;
      let at = words.findIndex(({ free }) => free >= size);
      if (at < 0) at = words.push({ fields: [], free: 32 }) - 1;
      const own = words[at] as (typeof words)[number];
      own.fields.push(field);
      own.free -= size;
      word[field] = at;
    });
    for (const { fields: own, free } of words) {
      let from = 0;
      own.forEach((field, i) => {
        const size = Math.min(31, (bits[field] as number) + Math.floor(free / own.length) + (i < free % own.length ? 1 : 0));
        shift[field] = from;
        mask[field] = 2 ** size - 1;
        from += size;
      });
    }
    stride = Math.max(1, words.length);
    packed = new Int32Array(stride);
  };

  const pack = (row: Int32Array): void => {
    packed.fill(0);
    for (let field = 0; field < mask.length; field++) packed[word[field] as number] = (packed[word[field] as number] as number) | ((row[field] as number) << (shift[field] as number));
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
      index[at] = (((hash >>> capacityBits) << capacityBits) | (id + 1));
    }
  };

  /** Lays all rows out anew, with a field more, or with room for a row. */
  const relay = (fields: number, row?: Int32Array): void => {
    const before = { word, shift, mask, stride, rows };
    const used = new Int32Array(stride);
    for (let at = 0; at < count * stride;) for (let i = 0; i < stride; i++) used[i] = (used[i] as number) | (rows[at++] as number);
    layOut(Uint8Array.from({ length: fields }, (_, field) => {
      const held = field < before.mask.length ? ((used[before.word[field] as number] as number) >>> (before.shift[field] as number)) & (before.mask[field] as number) : 0;
      return 32 - Math.clz32(held | (row?.[field] ?? 0));
    }));
    rows = new Int32Array(Math.max(64, (before.rows.length / before.stride) * stride));
    for (let field = 0; field < before.mask.length; field++) {
      const [all, from, to, by, left] = [before.mask[field] as number, before.word[field] as number, word[field] as number, before.shift[field] as number, shift[field] as number];
      if (all === 0) continue;
      for (let id = 0; id < count; id++) {
        const at = id * stride + to;
        rows[at] = (rows[at] as number) | ((((before.rows[id * before.stride + from] as number) >>> by) & all) << left);
      }
    }
    rebuild();
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

  layOut(new Uint8Array(fields));
  return {
    count: () => count,
    addField() {
      relay(mask.length + 1);
      return mask.length - 1;
    },
    intern(row) {
      for (let field = 0; field < mask.length; field++) {
        if (((row[field] as number) & ~(mask[field] as number)) !== 0) {
          relay(mask.length, row);
          break;
        }
      }
      pack(row);
      return find();
    },
    internNear(id, row, first, second, third) {
      const start = id * stride;
      for (let i = 0; i < stride; i++) packed[i] = rows[start + i] as number;
      if (patch(row, first) && patch(row, second) && patch(row, third)) return find();
      relay(mask.length, row);
      pack(row);
      return find();
    },
    read(id, into) {
      const start = id * stride;
      for (let field = 0; field < mask.length; field++) into[field] = ((rows[start + (word[field] as number)] as number) >>> (shift[field] as number)) & (mask[field] as number);
    },
    bytes: () => count * stride * 4 + index.byteLength,
  };
}

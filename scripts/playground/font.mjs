// A font with the outlines of some of its letters alone. The letters keep their numbers, so that all other tables stay
// as they are, but for the names of letters, which nobody reads.

/**
 * @param {Buffer} font in TrueType's format
 * @param {ReadonlySet<number>} letters those that stay, as Unicode has them
 * @returns {Buffer}
 */
export function withLetters(font, letters) {
  const tables = tablesOf(font);
  const { head, cmap, count, outline } = glyphsOf(tables);

  const kept = new Set([0]);
  const keep = (i) => {
    if (i >= count || kept.has(i)) return;
    kept.add(i);
    for (const part of partsOf(outline(i))) keep(part);
  };
  for (const letter of letters) keep(glyphOf(cmap, letter));

  const outlines = [];
  const places = Buffer.alloc(4 * (count + 1));
  let at = 0;
  for (let i = 0; i < count; i++) {
    places.writeUInt32BE(at, 4 * i);
    if (!kept.has(i)) continue;
    const own = outline(i);
    const padded = Buffer.concat([own, Buffer.alloc(-own.length & 3)]);
    outlines.push(padded);
    at += padded.length;
  }
  places.writeUInt32BE(at, 4 * count);
  const newHead = Buffer.from(head);
  newHead.writeInt16BE(1, 50);
  newHead.writeUInt32BE(0, 8);
  const post = Buffer.from(tables.get('post')?.subarray(0, 32) ?? Buffer.alloc(32));
  post.writeUInt32BE(0x0003_0000, 0);
  return written(
    new Map([...tables, ['head', newHead], ['loca', places], ['glyf', Buffer.concat(outlines)], ['post', post]]),
  );
}

/**
 * Whether a font draws anything for a letter.
 * @param {Buffer} font
 * @param {number} letter
 */
export function draws(font, letter) {
  const { cmap, outline } = glyphsOf(tablesOf(font));
  const glyph = glyphOf(cmap, letter);
  return glyph !== 0 && outline(glyph).length > 0;
}

function tablesOf(font) {
  const tables = new Map();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = 12 + 16 * i;
    const start = font.readUInt32BE(at + 8);
    tables.set(font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12)));
  }
  return tables;
}

function glyphsOf(tables) {
  const [head, maxp, loca, glyf, cmap] = ['head', 'maxp', 'loca', 'glyf', 'cmap'].map((name) => {
    const table = tables.get(name);
    if (!table) throw new Error(`The font has no table ${name}.`);
    return table;
  });
  const long = head.readInt16BE(50) === 1;
  const offset = (i) => (long ? loca.readUInt32BE(4 * i) : 2 * loca.readUInt16BE(2 * i));
  return { head, cmap, count: maxp.readUInt16BE(4), outline: (i) => glyf.subarray(offset(i), offset(i + 1)) };
}

/** The glyphs that one is put together of. */
function partsOf(outline) {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return [];
  const parts = [];
  for (let at = 10, more = true; more;) {
    const flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 64 ? 4 : flags & 128 ? 8 : 0);
    more = (flags & 32) !== 0;
  }
  return parts;
}

/** The glyph of a letter: 0 where there is none. */
function glyphOf(cmap, letter) {
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const at = cmap.readUInt32BE(4 + 8 * i + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 12) {
      for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
        const own = at + 16 + 12 * group;
        const [first, last] = [cmap.readUInt32BE(own), cmap.readUInt32BE(own + 4)];
        if (letter >= first && letter <= last) return cmap.readUInt32BE(own + 8) + letter - first;
      }
    } else if (format === 4) {
      const segments = cmap.readUInt16BE(at + 6) / 2;
      for (let segment = 0; segment < segments; segment++) {
        const own = at + 14 + 2 * segment;
        const last = cmap.readUInt16BE(own);
        const first = cmap.readUInt16BE(own + 2 * segments + 2);
        if (letter < first || letter > last) continue;
        const by = cmap.readInt16BE(own + 4 * segments + 2);
        const place = own + 6 * segments + 2;
        const range = cmap.readUInt16BE(place);
        const glyph = range === 0 ? letter : cmap.readUInt16BE(place + range + 2 * (letter - first));
        return range !== 0 && glyph === 0 ? 0 : (glyph + by) & 0xffff;
      }
    }
  }
  return 0;
}

function written(tables) {
  const names = [...tables.keys()].sort();
  const power = 2 ** Math.floor(Math.log2(names.length));
  const header = Buffer.alloc(12 + 16 * names.length);
  header.writeUInt32BE(0x0001_0000, 0);
  header.writeUInt16BE(names.length, 4);
  header.writeUInt16BE(16 * power, 6);
  header.writeUInt16BE(Math.log2(power), 8);
  header.writeUInt16BE(16 * (names.length - power), 10);
  const parts = [header];
  let at = header.length;
  let headAt = 0;
  names.forEach((name, i) => {
    const table = tables.get(name);
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    if (name === 'head') headAt = at;
    header.write(name, 12 + 16 * i, 'latin1');
    header.writeUInt32BE(sumOf(padded), 12 + 16 * i + 4);
    header.writeUInt32BE(at, 12 + 16 * i + 8);
    header.writeUInt32BE(table.length, 12 + 16 * i + 12);
    parts.push(padded);
    at += padded.length;
  });
  const whole = Buffer.concat(parts);
  whole.writeUInt32BE((0xb1b0_afba - sumOf(whole)) >>> 0, headAt + 8);
  return whole;
}

function sumOf(bytes) {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0;
  return sum;
}

// Moving pictures out of screenshots: PNGs taken apart, and put together as one that moves (APNG), in which each
// picture has only what changed.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/**
 * The pixels of a PNG with 8 bits a channel and no interlacing, as browsers write them.
 * @param {Buffer} png
 * @returns {{ width: number, height: number, pixels: Buffer }} three bytes a pixel
 */
export function pixelsOf(png) {
  let [width, height, channels] = [0, 0, 0];
  const data = [];
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const kind = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      channels = { 2: 3, 6: 4 }[body[9]] ?? 0;
      if (body[8] !== 8 || channels === 0 || body[12] !== 0)
        throw new Error('This PNG is of another kind than screenshots are.');
    }
    if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? lines[y * stride + x - channels] : 0;
      const above = y > 0 ? lines[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? lines[(y - 1) * stride + x - channels] : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      lines[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) lines.copy(pixels, i * 3, i * channels, i * channels + 3);
  return { width, height, pixels };
}

function paeth(left, above, corner) {
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/**
 * Puts pictures of one size together.
 * @param {{ png: Buffer, milliseconds: number }[]} pictures in order, each with how long it is shown
 * @returns {Buffer} an APNG that begins anew when it is through
 */
export function animated(pictures) {
  const frames = pictures.map(({ png, milliseconds }) => ({ ...pixelsOf(png), milliseconds }));
  const [{ width, height }] = frames;
  // 256 colours are enough for an editor, and half of the bytes.
  const palette = paletteOf(frames);
  const indexed = frames.map((frame) => ({ milliseconds: frame.milliseconds, index: palette.indexed(frame) }));
  const shown = [{ ...indexed[0], part: { x: 0, y: 0, width, height } }];
  for (let i = 1; i < indexed.length; i++) {
    const part = changed(indexed[i - 1].index, indexed[i].index, width, height);
    if (part) shown.push({ ...indexed[i], part });
    else shown.at(-1).milliseconds += indexed[i].milliseconds;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const control = Buffer.alloc(8);
  control.writeUInt32BE(shown.length, 0);
  let sequence = 0;
  const chunks = [chunk('IHDR', header), chunk('PLTE', palette.bytes), chunk('acTL', control)];
  shown.forEach(({ part, index, milliseconds }, i) => {
    const about = Buffer.alloc(26);
    [sequence++, part.width, part.height, part.x, part.y].forEach((value, at) => about.writeUInt32BE(value, at * 4));
    about.writeUInt16BE(Math.min(milliseconds, 65_535), 20);
    about.writeUInt16BE(1000, 22);
    chunks.push(chunk('fcTL', about));
    const data = deflated(index, part, width);
    if (i === 0) chunks.push(chunk('IDAT', data));
    else {
      const number = Buffer.alloc(4);
      number.writeUInt32BE(sequence++, 0);
      chunks.push(chunk('fdAT', Buffer.concat([number, data])));
    }
  });
  return Buffer.concat([signature, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

/**
 * The 256 colours that occur most, after similar ones were taken together, and for every other one the nearest of
 * these.
 */
function paletteOf(frames) {
  const counts = new Map();
  for (const { pixels } of frames) {
    for (let i = 0; i < pixels.length; i += 3) {
      const colour = (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const colours = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 256)
    .map(([colour]) => colour);
  const nearest = new Map(colours.map((colour, i) => [colour, i]));
  const find = (colour) => {
    const known = nearest.get(colour);
    if (known !== undefined) return known;
    let [best, least] = [0, Infinity];
    colours.forEach((each, i) => {
      const distance = [16, 8, 0].reduce(
        (sum, shift) => sum + (((each >> shift) & 255) - ((colour >> shift) & 255)) ** 2,
        0,
      );
      if (distance < least) [best, least] = [i, distance];
    });
    nearest.set(colour, best);
    return best;
  };
  return {
    bytes: Buffer.from(colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    indexed({ width, height, pixels }) {
      const index = Buffer.alloc(width * height);
      for (let i = 0; i < index.length; i++)
        index[i] = find((pixels[i * 3] << 16) | (pixels[i * 3 + 1] << 8) | pixels[i * 3 + 2]);
      return index;
    },
  };
}

/** The smallest rectangle in which two pictures differ; undefined where they do not. */
function changed(before, after, width, height) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (before[y * width + x] === after[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function deflated(index, { x, y, width, height }, stride) {
  const lines = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++)
    index.copy(lines, row * (width + 1) + 1, (y + row) * stride + x, (y + row) * stride + x + width);
  return deflateSync(lines, { level: 9 });
}

function chunk(kind, body) {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(kind, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])), 0);
  return Buffer.concat([head, body, tail]);
}

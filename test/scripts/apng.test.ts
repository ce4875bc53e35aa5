// Moving pictures: screenshots are read as they are, and only what changed is written again.
import { readFileSync, statSync } from 'node:fs';
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { animated, pixelsOf } from '../../scripts/apng.mjs';

type Colour = readonly [number, number, number];

function chunk(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(kind, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])), 0);
  return Buffer.concat([head, body, tail]);
}

/** A PNG of these lines, each filtered in another way. */
function png(lines: readonly (readonly Colour[])[]): Buffer {
  const width = lines[0]?.length ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const at = (y: number, x: number): number => (x < 0 || y < 0 ? 0 : (lines[y]?.[Math.floor(x / 3)]?.[x % 3] ?? 0));
  const raw = lines.flatMap((_, y) => {
    const filter = y % 5;
    return [
      filter,
      ...Array.from({ length: width * 3 }, (__, x) => {
        const [left, above, corner] = [at(y, x - 3), at(y - 1, x), x < 3 ? 0 : at(y - 1, x - 3)];
        const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
        const guess =
          [0, left, above, (left + above) >> 1, a <= b && a <= c ? left : b <= c ? above : corner][filter] ?? 0;
        return (at(y, x) - guess) & 255;
      }),
    ];
  });
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(raw))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunksOf(file: Buffer): { readonly kind: string; readonly body: Buffer }[] {
  const found = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    found.push({ kind: file.toString('latin1', at + 4, at + 8), body: file.subarray(at + 8, at + 8 + length) });
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)));
    at += length + 12;
  }
  return found;
}

const [red, blue, grey]: readonly [Colour, Colour, Colour] = [
  [200, 10, 20],
  [3, 4, 250],
  [120, 121, 122],
];
const picture = [
  [red, red, blue],
  [red, grey, blue],
  [blue, red, red],
  [grey, blue, red],
  [red, blue, grey],
  [blue, blue, red],
];

test('every filter is taken back', () => {
  expect([...pixelsOf(png(picture)).pixels]).toEqual(picture.flat(2));
});

test('what did not change is not written again, and what stays is shown for longer', () => {
  const other = picture.map((line, y) => line.map((colour, x) => (y === 3 && x > 0 ? grey : colour)));
  const chunks = chunksOf(
    animated([
      { png: png(picture), milliseconds: 100 },
      { png: png(other), milliseconds: 200 },
      { png: png(other), milliseconds: 300 },
    ]),
  );
  expect(chunks.map(({ kind }) => kind)).toEqual(['IHDR', 'PLTE', 'acTL', 'fcTL', 'IDAT', 'fcTL', 'fdAT', 'IEND']);
  const [first, second] = chunks
    .filter(({ kind }) => kind === 'fcTL')
    .map(({ body }) => ({
      part: [12, 16, 4, 8].map((at) => body.readUInt32BE(at)),
      milliseconds: body.readUInt16BE(20),
    }));
  expect(first).toEqual({ part: [0, 0, 3, 6], milliseconds: 100 });
  expect(second).toEqual({ part: [1, 3, 2, 1], milliseconds: 500 });
  const palette = chunks.find(({ kind }) => kind === 'PLTE')?.body ?? Buffer.alloc(0);
  const colours = (data: Buffer, width: number): Colour[] =>
    [...inflateSync(data)].flatMap((index, i) =>
      i % (width + 1) === 0
        ? []
        : [[palette[index * 3] ?? 0, palette[index * 3 + 1] ?? 0, palette[index * 3 + 2] ?? 0] as const],
    );
  expect(colours(chunks.find(({ kind }) => kind === 'IDAT')?.body ?? Buffer.alloc(0), 3)).toEqual(picture.flat());
  expect(colours((chunks.find(({ kind }) => kind === 'fdAT')?.body ?? Buffer.alloc(0)).subarray(4), 2)).toEqual([
    grey,
    grey,
  ]);
});

test('the README’s picture moves, and is small', () => {
  const path = /!\[[^\]]*\]\((docs\/images\/[^)]+)\)/.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  expect(statSync(path).size).toBeLessThan(500_000);
  expect(
    chunksOf(readFileSync(path))
      .find(({ kind }) => kind === 'acTL')
      ?.body.readUInt32BE(0),
  ).toBeGreaterThan(3);
});

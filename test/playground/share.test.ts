// Links that carry files: what goes in comes out, and what is no link is told and harms nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLink, encodeLink, longLink } from '../../playground/work/share.js';

const files = [
  { name: 'shop/order.chor', text: 'import "./types.chor"\n// “Zoë” 𝄞\n' },
  { name: 'shop/types.chor', text: '' },
];

describe('a link', () => {
  test('carries files, the one that is looked at, the tab, and a run', async () => {
    const shared = {
      files,
      open: 'shop/types.chor',
      tab: 'sequence',
      choreography: 'Order',
      run: { network: 'N', code: 'deadlock', message: 'They `wait`.' },
    } as const;
    const link = await encodeLink(shared);
    expect(link).toMatch(/^v1,[\w-]+$/);
    expect(await decodeLink(`#${link}`)).toEqual({ kind: 'shared', shared });
    // As some programs write it, and with what stands behind it in a sentence.
    expect(await decodeLink(`#${encodeURIComponent(link)}`)).toEqual({ kind: 'shared', shared });
    expect(await decodeLink(`#${link}.`)).toEqual({ kind: 'shared', shared });
  });

  test('of a usual example is short', async () => {
    const text = Array.from({ length: 200 }, (_, i) => `  Buyer.offer${i % 7} -> Seller.taken${i % 5}: step\n`).join(
      '',
    );
    expect(
      (await encodeLink({ files: [{ name: 'main.chor', text: `choreography Long(Buyer, Seller) {\n${text}}\n` }] }))
        .length,
    ).toBeLessThan(longLink / 4);
  });

  test('gives back any files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ name: fc.string(), text: fc.string({ unit: 'grapheme' }) }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (any) => {
          expect(await decodeLink(await encodeLink({ files: any }))).toMatchObject({
            kind: 'shared',
            shared: { files: any },
          });
        },
      ),
    );
  });
});

describe('what is no link', () => {
  test('an empty fragment is nothing', async () => {
    expect([await decodeLink(''), await decodeLink('#')]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
  });
  test('an example and a chapter are named', async () => {
    expect(await decodeLink('#example=shop/bookseller.chor')).toEqual({
      kind: 'example',
      path: 'shop/bookseller.chor',
    });
    expect(await decodeLink('#chapter=01-two-programs')).toEqual({ kind: 'chapter', path: '01-two-programs' });
  });
  test('one of a newer version is told as that', async () => {
    expect(await decodeLink('#v2,abc')).toEqual({ kind: 'broken', newer: true });
    expect(await decodeLink('#v17,{}')).toEqual({ kind: 'broken', newer: true });
  });
  test.each(['v1,', 'v1,abc', 'v1,!', 'v1', 'x', 'code/abc', '%E0%A4%A', 'v1,' + 'A'.repeat(5000)])(
    '%s is broken',
    async (fragment) => {
      expect(await decodeLink(`#${fragment}`)).toEqual({ kind: 'broken', newer: false });
    },
  );
  test('a link that was cut off anywhere is broken, or nothing is missing', async () => {
    const link = await encodeLink({ files });
    for (let length = 3; length < link.length; length++) {
      const opened = await decodeLink(link.slice(0, length));
      if (opened.kind === 'shared') expect(opened.shared.files).toEqual(files);
      else expect(opened).toEqual({ kind: 'broken', newer: false });
    }
  });
  test('with anything else in it than files is broken', async () => {
    for (const carried of [
      null,
      [],
      {},
      { f: [] },
      { f: [['a']] },
      { f: [['a', 1]] },
      { f: [['a', 'b']], t: 'other' },
      { f: [['a', 'b']], r: 'run' },
    ]) {
      expect(await decodeLink(`v1,${await packed(JSON.stringify(carried))}`)).toEqual({ kind: 'broken', newer: false });
    }
    expect(await decodeLink(`v1,${await packed('{"f":[["a","b"]]}')}`)).toMatchObject({ kind: 'shared' });
  });
  test('that becomes endlessly much is broken', async () => {
    const bomb = await packed(JSON.stringify({ f: [['a.chor', ' '.repeat(5 * 1024 * 1024)]] }));
    expect(bomb.length).toBeLessThan(10_000);
    expect(await decodeLink(`v1,${bomb}`)).toEqual({ kind: 'broken', newer: false });
  });
});

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString('base64url');
}

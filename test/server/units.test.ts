// The small parts of the server: addresses, settings, offsets at the edge of a text.
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { resolvePath } from '../../language/scoping/paths.js';
import { toOffset, toRange } from '../../server/convert.js';
import { linesOf } from '../../server/lines.js';
import { defaultSettings, readSettings } from '../../server/settings.js';
import { besideProjection, besideSource, canonical, forClients } from '../../server/uris.js';

describe('addresses', () => {
  test('of one file are one, however clients write them', () => {
    expect(canonical('file:///c%3A/My%20Files/a%28b%29.chor')).toBe(canonical('file:///C:/My Files/a(b).chor'));
    expect(canonical('file:///tmp/a%23b.chor')).toBe('file:///tmp/a%23b.chor');
    expect(canonical('file:///c%7C/a.chor')).toBe('file:///C:/a.chor');
    expect(canonical('file:///tmp/a%5Cb%0A.chor')).toBe('file:///tmp/a%5Cb%0A.chor');
  });
  test('are those that imports resolve to', () => {
    for (const name of ['a b.chor', 'a(b).chor', 'ü.chor', "a'b.chor", 'a+b.chor']) {
      expect(canonical(forClients(canonical(`file:///tmp/${name}`)))).toBe(
        resolvePath('file:///tmp/main.chor', `./${name}`),
      );
    }
  });
  test('that are not on disk, too', () => {
    for (const folder of [
      'vscode-vfs://github/me/it',
      'vscode-remote://ssh-remote%2Bhost/tmp',
      'vscode-remote://127.0.0.1:8080/tmp',
      'vscode-test-web://mount',
      'memfs:/it',
    ]) {
      for (const name of ['a b.chor', 'a(b).chor', 'ü.chor', 'a+b.chor']) {
        expect(canonical(forClients(`${folder}/${encodeURIComponent(name)}`))).toBe(
          resolvePath(canonical(`${folder}/main.chor`), `./${name}`),
        );
      }
    }
  });
  test('beside a projection mean what lies beside its source', () => {
    for (const uri of [
      'file:///tmp/lib/a.chor',
      'file:///C:/a%20b.chor',
      'vscode-vfs://github/me/it/a.chor',
      'vscode-remote://ssh-remote%2Bhost/tmp/a.chor',
      'vscode-remote://127.0.0.1:8080/a.chor',
      'memfs:/a.chor',
    ]) {
      const alias = besideProjection(canonical(uri)) ?? '';
      expect(alias).toMatch(/^chor-projection:/);
      expect(besideSource(alias)).toBe(canonical(uri));
      // As imports are resolved.
      expect(besideSource(resolvePath(canonical(alias.replace(/[^/]*$/, 'C_A.chor?source=x')), './other.chor'))).toBe(
        resolvePath(canonical(uri), './other.chor'),
      );
    }
  });
  test('that are strange have nothing beside them', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((end) => `file://${end}`),
          fc.string().map((end) => `chor-projection:${end}`),
        ),
        (uri) => {
          besideProjection(uri);
          besideSource(uri);
        },
      ),
    );
    expect(besideProjection('file:////a.chor')).toBeUndefined();
    expect(besideSource('chor-projection:////a.chor')).toBeUndefined();
  });
  test('stay what they are in canonical form, and strange ones are kept', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 4 }), (parts) => {
        const path = `/${parts.map(encodeURIComponent).join('/')}`;
        const once = canonical(`file://${path}`);
        expect(canonical(once)).toBe(once);
      }),
    );
    for (const strange of ['', 'not an address', 'untitled:Untitled-1', 'file:///%E0%A4%A'])
      expect(canonical(strange)).toBe(strange);
  });
});

describe('settings', () => {
  test('that do not fit are left at their defaults', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const settings = readSettings(value);
        expect(settings.exploration.states).toBeGreaterThan(0);
        expect(settings.exploration.seconds).toBeGreaterThan(0);
        expect(
          Object.values(settings.severity).every((s) => ['error', 'warning', 'information', 'hint', 'off'].includes(s)),
        ).toBe(true);
      }),
    );
    expect(
      readSettings({ exploration: { states: 'many', buffer: -3, seconds: null }, inlayHints: { types: 'no' } }),
    ).toEqual({ ...defaultSettings, exploration: { states: 1_000_000, buffer: 1, seconds: 10 } });
  });
  test('are read nested and with dots', () => {
    expect(
      readSettings({ diagnostics: { severity: { deadlock: 'warning', x: 'loud' } }, 'exploration.states': 50 }),
    ).toEqual({
      ...defaultSettings,
      severity: { deadlock: 'warning' },
      exploration: { states: 50, buffer: 8, seconds: 10 },
    });
  });
});

test('positions and offsets go there and back, and positions outside mean the nearest inside', () => {
  const texts = ['', 'a\nb', 'a\r\nb\r\n', '😀 -> é\n\n', 'a\rb'];
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(20), fc.nat(9), fc.nat(9), (text, offset, line, character) => {
      const document = TextDocument.create('', 'chor', 0, text);
      const { start } = toRange(document, { start: offset, end: offset });
      const back = toOffset(document, start);
      expect(back).toBeLessThanOrEqual(Math.min(offset, text.length));
      const outside = toOffset(document, { line, character });
      expect(outside >= 0 && outside <= text.length).toBe(true);
    }),
  );
});

describe('lines', () => {
  test('are those of the protocol, in whatever order ranges are asked for', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bc', 'ü', '\n', '\r', '\r\n'), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 12 }), (content, ranges) => {
        const document = TextDocument.create('', 'chor', 0, content);
        const lines = linesOf(content);
        for (const [from, length] of ranges) {
          const start = Math.min(from, content.length);
          const origin = { start, end: Math.min(start + length, content.length) };
          expect(lines.range(origin)).toEqual(toRange(document, origin));
        }
      }),
    );
  });
});

// The server and the disk: what it does not read, links, folders that come and go, strange names, line ends in its
// edits.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Diagnostic, TextEdit } from 'vscode-languageserver-protocol/node';
import { startClient } from './client.js';
import type { Client } from './client.js';

const base = mkdtempSync(join(realpathSync(tmpdir()), 'chor-disk-'));
let client: Client;
let folder: string;
let tests = 0;
const path = (name: string): string => join(folder, name);
const at = (name: string): string => pathToFileURL(path(name)).toString();

beforeAll(async () => {
  client = await startClient({ root: pathToFileURL(base).toString() });
}, 60_000);
afterAll(async () => {
  await client.stop();
  rmSync(base, { recursive: true, force: true });
});
beforeEach(() => {
  folder = join(base, `t${tests++}`);
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  }
}

/** Opens a file with the text that it has on disk. */
function open(name: string): void {
  client.open(at(name), readFileSync(path(name), 'utf8'));
}

/** Waits until what was published last for a file is as wanted. */
async function shows(
  name: string,
  wanted: (diagnostics: readonly Diagnostic[]) => boolean,
): Promise<readonly string[]> {
  for (let waited = 0; waited < 400; waited++) {
    const last = client.published.findLast((p) => p.uri === at(name));
    if (last && wanted(last.diagnostics)) return last.diagnostics.map((d) => String(d.message));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(
    `Not so: ${JSON.stringify(client.published.filter((p) => p.uri === at(name)).map((p) => p.diagnostics.map((d) => d.message)))}`,
  );
}
const errors = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter((d) => d.severity === 1);
const fine = (diagnostics: readonly Diagnostic[]): boolean => errors(diagnostics).length === 0;
const lacks = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((d) => d.code === 'import-not-found');
const told = (...changes: readonly [name: string, type: 1 | 2 | 3][]): void =>
  client.notify('workspace/didChangeWatchedFiles', {
    changes: changes.map(([name, type]) => ({ uri: at(name), type })),
  });
const symbols = async (query: string): Promise<string[]> =>
  (
    (await client.request<{ name: string; location: { uri: string } }[] | null>('workspace/symbol', { query })) ?? []
  ).map((s) => s.location.uri);

const types = 'extern mk(): int\n';
const main = (from: string): string =>
  `import { mk } from "${from}"\nchoreography G(A, B) {\n  A.mk() -> B.f\n  B.use(f)\n}\nextern use(n: int)\n`;

describe.skipIf(process.platform === 'win32')('what is no file that somebody wrote is not read', () => {
  test('at an import, by watch events, by links, by the scan', async () => {
    write({
      'main.chor': [
        '/dev/zero',
        './pipe.chor',
        './large.chor',
        './latin1.chor',
        '//host/share/a.chor',
        './zero.chor',
        '/proc/kmsg',
      ]
        .map((name) => `import "${name}"\n`)
        .join(''),
    });
    execFileSync('mkfifo', [path('pipe.chor')]);
    symlinkSync('/dev/zero', path('zero.chor'));
    writeFileSync(path('latin1.chor'), Buffer.from('// é\n', 'latin1'));
    writeFileSync(path('large.chor'), '');
    truncateSync(path('large.chor'), 1_900_000_000);
    open('main.chor');
    const messages = await shows('main.chor', lacks);
    expect(messages.filter((m) => m.includes('is not read'))).toEqual([
      '"/dev/zero" is not read: it is a device, not a file.',
      '"./pipe.chor" is not read: it is a pipe, not a file.',
      '"./large.chor" is not read: it is larger than 8 MiB.',
      '"./latin1.chor" is not read: it is not UTF-8 (line 1).',
      '"//host/share/a.chor" is not read: it is on another host, `host`.',
      '"./zero.chor" is not read: it is a device, not a file.',
    ]);
    told(['pipe.chor', 2], ['zero.chor', 1], ['large.chor', 2], ['pipe.chor', 1]);
    client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: at(''), name: 'x' }], removed: [] },
    });
    expect(await client.request('textDocument/documentSymbol', { textDocument: { uri: at('main.chor') } })).toEqual([]);
    // Once it is a file, it is one.
    unlinkSync(path('pipe.chor'));
    write({ 'pipe.chor': types });
    told(['pipe.chor', 1]);
    await shows('main.chor', (all) => !all.some((d) => String(d.message).includes('pipe')));
  });
  test('and an open document that is too large is told to be', async () => {
    const uri = 'untitled:large.chor';
    client.open(uri, `// ${'x'.repeat(9 * 1024 * 1024)}\nchoreography`);
    expect(await client.diagnostics(uri, 1)).toMatchObject([
      { severity: 2, message: 'This file is not checked: it is larger than 8 MiB.' },
    ]);
    expect(await client.request('textDocument/formatting', { textDocument: { uri }, options: {} })).toBeNull();
    client.change(uri, 2, [{ text: 'choreography' }]);
    expect(errors(await client.diagnostics(uri, 2)).map((d) => d.code)).toEqual(['syntax-error']);
    client.notify('textDocument/didClose', { textDocument: { uri } });
  });
});

describe('folders', () => {
  test('that are deleted are told as one event', async () => {
    write({ 'main.chor': main('./lib/types.chor'), 'lib/types.chor': 'extern mk(): int\nextern goneWithLib(): int\n' });
    told(['lib/types.chor', 1]);
    open('main.chor');
    await shows('main.chor', fine);
    expect(await symbols('goneWithLib')).toEqual([at('lib/types.chor')]);
    rmSync(path('lib'), { recursive: true });
    told(['lib', 3]);
    await shows('main.chor', lacks);
    expect(await symbols('goneWithLib')).toEqual([]);
  });
  test('that come are told as one event', async () => {
    write({
      'main.chor': main('./lib/types.chor'),
      'other/types.chor': 'extern mk(): int\nextern cameWithLib(): int\n',
      'other/deep/more.chor': 'extern cameDeep(): int\n',
    });
    open('main.chor');
    await shows('main.chor', lacks);
    renameSync(path('other'), path('lib'));
    told(['other', 3], ['lib', 1]);
    await shows('main.chor', fine);
    await expect
      .poll(() => symbols('came'), { timeout: 10_000 })
      .toEqual(expect.arrayContaining([at('lib/types.chor'), at('lib/deep/more.chor')]));
  });
  test('of the workspace are added and removed', async () => {
    const other = mkdtempSync(join(realpathSync(tmpdir()), 'chor-other-'));
    const event = (kind: 'added' | 'removed'): void =>
      client.notify('workspace/didChangeWorkspaceFolders', {
        event: { added: [], removed: [], [kind]: [{ uri: pathToFileURL(other).toString(), name: 'other' }] },
      });
    try {
      writeFileSync(join(other, 'a.chor'), 'extern ofTheOther(): int\n');
      event('added');
      await expect.poll(() => symbols('ofTheOther'), { timeout: 10_000 }).toHaveLength(1);
      write({ 'main.chor': `import "${join(other, 'a.chor')}"\n` });
      open('main.chor');
      await shows('main.chor', fine);
      client.notify('textDocument/didClose', { textDocument: { uri: at('main.chor') } });
      // Nothing of the workspace needs it any more.
      unlinkSync(path('main.chor'));
      told(['main.chor', 3]);
      event('removed');
      await expect.poll(() => symbols('ofTheOther'), { timeout: 10_000 }).toEqual([]);
    } finally {
      rmSync(other, { recursive: true });
    }
  });
});

describe.skipIf(process.platform === 'win32')('links', () => {
  const record = 'record Order { title: string }\n';
  const link = (): void => {
    write({
      'real/types.chor': record,
      'real/ops.chor': 'import { Order } from "./types.chor"\nextern make(): Order\n',
      'main.chor':
        'import { Order } from "./lib/types.chor"\nimport { make } from "./real/ops.chor"\nextern take(o: Order)\nchoreography G(A, B) {\n  A.make() -> B.o\n  B.take(o)\n}\n',
    });
    symlinkSync('real', path('lib'));
  };
  test('lead to one text and to one declaration', async () => {
    link();
    open('main.chor');
    await shows('main.chor', fine);
    client.open(at('real/types.chor'), record.replace('Order', 'Oder'));
    await shows('main.chor', lacks);
    client.change(at('real/types.chor'), 2, [{ text: record }]);
    await shows('main.chor', fine);
  });
  test('may be what is open', async () => {
    link();
    client.open(at('lib/types.chor'), record.replace('Order', 'Oder'));
    open('main.chor');
    await shows('main.chor', lacks);
    expect((await client.diagnostics(at('lib/types.chor'), 1)).filter((d) => d.severity === 1)).toEqual([]);
    const place = await client.request<{ uri: string }>('textDocument/definition', {
      textDocument: { uri: at('main.chor') },
      position: { line: 0, character: 30 },
    });
    expect(place.uri).toBe(at('lib/types.chor'));
    // The same file once more, under its other name: the client has two texts, and each is what its name means.
    client.open(at('real/types.chor'), record);
    expect(errors(await client.diagnostics(at('real/types.chor'), 1))).toEqual([]);
    client.notify('textDocument/didClose', { textDocument: { uri: at('real/types.chor') } });
    client.change(at('lib/types.chor'), 2, [{ text: record }]);
    await shows('main.chor', fine);
  });
  test('to a folder are followed by searches, once, and not in circles', async () => {
    const outside = mkdtempSync(join(realpathSync(tmpdir()), 'chor-outside-'));
    try {
      writeFileSync(join(outside, 'far.chor'), 'extern farAway(): int\n');
      write({ 'a.chor': 'extern closeBy(): int\n' });
      symlinkSync(outside, path('away'));
      symlinkSync('..', path('up'));
      symlinkSync('a.chor', path('again.chor'));
      told(['', 1]);
      await expect.poll(() => symbols('farAway'), { timeout: 10_000 }).toEqual([at('away/far.chor')]);
      expect(await symbols('closeBy')).toEqual([at('a.chor')]);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });
  test('may come to lead elsewhere', async () => {
    link();
    write({ 'other/types.chor': 'record Else { title: string }\n' });
    open('main.chor');
    await shows('main.chor', fine);
    unlinkSync(path('lib'));
    symlinkSync('other', path('lib'));
    told(['lib', 3], ['lib', 1]);
    await shows('main.chor', lacks);
  });
  test('of addresses are one: they are written in several ways', async () => {
    write({ 'b.chor': 'record A { x: int }\n', 'main.chor': 'import { A } from "./b.chor"\nextern f(a: A)\n' });
    client.open(at('b.chor').replace('/b.chor', '/%62.chor'), 'record B { x: int }\n');
    open('main.chor');
    await shows('main.chor', lacks);
  });
});

describe('names of files', () => {
  const names = [
    'types #1.chor',
    'a%b.chor',
    '50%25.chor',
    'what?.chor',
    'back\\slash.chor',
    'ü é.chor',
    ' .chor',
    'a&b=c+d;e,f.chor',
  ].filter((name) => process.platform !== 'win32' || !/[?\\]/.test(name));
  test.each(names)('are found as they are, completed, imported, and kept when they change: %s', async (name) => {
    const literal = JSON.stringify(`./${name}`);
    write({ 'main.chor': main('').replace('""', literal), [name]: `extern mk(): int\nextern only${tests}(): int\n` });
    told([name, 1]);
    open('main.chor');
    await shows('main.chor', fine);
    client.open(at('new.chor'), 'import ""\n');
    const { items } = await client.request<{ items: { textEdit: TextEdit }[] }>('textDocument/completion', {
      textDocument: { uri: at('new.chor') },
      position: { line: 0, character: 8 },
    });
    expect(items.map(({ textEdit }) => textEdit.newText)).toContain(literal.slice(1, -1));
    client.change(at('new.chor'), 2, [
      { text: `choreography G(A, B) {\n  A.only${tests}() -> B.x\n  B.f(x)\n}\nextern f(n: int)\n` },
    ]);
    const [unknown] = errors(await client.diagnostics(at('new.chor'), 2));
    const actions = await client.request<{ title: string }[]>('textDocument/codeAction', {
      textDocument: { uri: at('new.chor') },
      range: unknown?.range,
      context: { diagnostics: [unknown] },
    });
    expect(actions.map(({ title }) => title)).toContain(`Import \`only${tests}\` from ${literal}`);
    const moved = 'moved #2 50%?.chor';
    const edit = await client.request<{ documentChanges: { textDocument: { uri: string }; edits: TextEdit[] }[] }>(
      'workspace/willRenameFiles',
      { files: [{ oldUri: at(name), newUri: at(moved) }] },
    );
    expect(
      edit.documentChanges
        .find(({ textDocument }) => textDocument.uri === at('main.chor'))
        ?.edits.map(({ newText }) => newText),
    ).toEqual([JSON.stringify(`./${moved}`)]);
  });
});

test('edits have the line ends of their file', async () => {
  const text =
    'choreography Shop(Buyer, Seller(price: int)) {\n  Buyer -> Seller: ask\n  Buyer.show(price)\n}\n\nextern show(n: int)\n'.replaceAll(
      '\n',
      '\r\n',
    );
  write({ 'crlf.chor': text });
  open('crlf.chor');
  const found = errors(await client.diagnostics(at('crlf.chor'), 1));
  const textDocument = { uri: at('crlf.chor') };
  const actions = await client.request<{ edit?: { documentChanges: { edits: TextEdit[] }[] } }[]>(
    'textDocument/codeAction',
    { textDocument, range: found[0]?.range, context: { diagnostics: found } },
  );
  const added = actions
    .flatMap(({ edit }) => edit?.documentChanges ?? [])
    .flatMap(({ edits }) => edits)
    .map(({ newText }) => newText);
  expect(added.some((each) => each.includes('\n'))).toBe(true);
  expect(added.filter((each) => /(?<!\r)\n/.test(each))).toEqual([]);
  expect(await client.request('textDocument/formatting', { textDocument, options: {} })).toEqual([]);
});

test('a range ends before its end', async () => {
  write({ 'range.chor': 'choreography G(A, B) {\n      A -> B: one\n      A -> B: two\n}\n' });
  open('range.chor');
  const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', {
    textDocument: { uri: at('range.chor') },
    range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } },
    options: {},
  });
  expect(edits).toEqual([
    { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 6 } }, newText: '  ' },
  ]);
});

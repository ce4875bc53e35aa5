// What is said of a workspace's files that are not open: by clients that fetch it and those that are sent it, when
// files change on disk, and with files that are left out.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import type {
  Diagnostic,
  DocumentDiagnosticReport,
  RelatedFullDocumentDiagnosticReport,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { coinsNetwork } from '../generators/slow.js';
import { buildServer } from './bundle.js';
import type { Bundle } from './bundle.js';
import { startClient } from './client.js';
import type { Client } from './client.js';

const good = 'choreography Good(A, B) {\n  A.1 -> B.x\n  B.use(x)\n}\nextern use(n: int)\n';
const bad = 'choreography Bad(A, B) {\n  A.missing -> B.x\n  B.use(x)\n}\nextern use(n: int)\n';
const importing = (name: string): string =>
  `import { mk } from "./lib/types.chor"\nchoreography ${name}(A, B) {\n  A.mk() -> B.f\n  B.use(f)\n}\nextern use(n: int)\n`;
const types = 'extern mk(): int\n';

let bundle: Bundle;
let folder: string;
let client: Client;
const at = (name: string): string => pathToFileURL(join(folder, name)).toString();
const nameOf = (uri: string): string => decodeURIComponent(uri.slice(pathToFileURL(folder).toString().length + 1));

beforeAll(() => {
  bundle = buildServer();
}, 60_000);
afterAll(() => bundle.remove());
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'chor-workspace-'));
});
afterEach(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
const told = (...changes: readonly [name: string, type: 1 | 2 | 3][]): void =>
  client.notify('workspace/didChangeWatchedFiles', {
    changes: changes.map(([name, type]) => ({ uri: at(name), type })),
  });
const codes = (diagnostics: readonly Diagnostic[]): unknown[] =>
  diagnostics.filter((d) => d.severity === 1).map((d) => d.code);

describe('a client that is sent diagnostics', () => {
  /** The errors of each file that something was said of, as they were told last. */
  const errors = (): Record<string, unknown[]> =>
    Object.fromEntries(
      client.published
        .filter(({ uri }) => uri.startsWith(pathToFileURL(folder).toString()))
        .map(({ uri, diagnostics }) => [nameOf(uri), codes(diagnostics)]),
    );
  const shows = (wanted: Record<string, unknown[]>): Promise<void> =>
    expect.poll(errors, { timeout: 10_000 }).toEqual(wanted);
  const start = async (settings?: unknown): Promise<void> => {
    client = await startClient({ bundle, root: pathToFileURL(folder).toString(), settings });
  };

  test('has those of all files of the workspace, and of those that changed on disk, with those that import them', async () => {
    write({ 'good.chor': good, 'deep/bad.chor': bad, 'main.chor': importing('M'), 'lib/types.chor': types });
    await start();
    await shows({ 'good.chor': [], 'deep/bad.chor': ['unknown-variable'], 'main.chor': [], 'lib/types.chor': [] });
    // As a checkout of another state of the files does.
    write({ 'good.chor': bad, 'deep/bad.chor': good, 'new.chor': 'choreography' });
    unlinkSync(join(folder, 'lib/types.chor'));
    told(['good.chor', 2], ['deep/bad.chor', 2], ['new.chor', 1], ['lib/types.chor', 3]);
    await shows({
      'good.chor': ['unknown-variable'],
      'deep/bad.chor': [],
      'main.chor': ['import-not-found'],
      'lib/types.chor': [],
      'new.chor': ['syntax-error'],
    });
    write({ 'lib/types.chor': types });
    told(['lib', 1]);
    await expect.poll(() => errors()['main.chor'], { timeout: 10_000 }).toEqual([]);
  });
  test('has those of files that import what is edited, and keeps those of a document that is closed', async () => {
    write({ 'main.chor': importing('M'), 'lib/types.chor': types, 'bad.chor': bad });
    await start();
    await shows({ 'main.chor': [], 'lib/types.chor': [], 'bad.chor': ['unknown-variable'] });
    client.open(at('lib/types.chor'), types);
    client.change(at('lib/types.chor'), 2, [{ text: types.replace('mk', 'make') }]);
    await shows({ 'main.chor': ['import-not-found'], 'lib/types.chor': [], 'bad.chor': ['unknown-variable'] });
    // What was not saved is gone.
    client.notify('textDocument/didClose', { textDocument: { uri: at('lib/types.chor') } });
    await shows({ 'main.chor': [], 'lib/types.chor': [], 'bad.chor': ['unknown-variable'] });
    client.open(at('bad.chor'), bad);
    await client.diagnostics(at('bad.chor'), 1);
    client.change(at('bad.chor'), 2, [{ text: good }]);
    await shows({ 'main.chor': [], 'lib/types.chor': [], 'bad.chor': [] });
    write({ 'bad.chor': 'choreography' });
    client.notify('textDocument/didClose', { textDocument: { uri: at('bad.chor') } });
    await shows({ 'main.chor': [], 'lib/types.chor': [], 'bad.chor': ['syntax-error'] });
    client.open(at('bad.chor'), 'choreography');
    await client.diagnostics(at('bad.chor'), 1);
    unlinkSync(join(folder, 'bad.chor'));
    client.notify('textDocument/didClose', { textDocument: { uri: at('bad.chor') } });
    await shows({ 'main.chor': [], 'lib/types.chor': [], 'bad.chor': [] });
  });
  test('has those of a file as it is open while it is deleted on disk, and none once it is closed', async () => {
    write({ 'main.chor': importing('M'), 'lib/types.chor': types });
    await start();
    await shows({ 'main.chor': [], 'lib/types.chor': [] });
    client.open(at('lib/types.chor'), types);
    await client.diagnostics(at('lib/types.chor'), 1);
    rmSync(join(folder, 'lib'), { recursive: true });
    told(['lib/types.chor', 3], ['lib', 3]);
    client.change(at('lib/types.chor'), 2, [{ text: `${types}extern mk(): string\n` }]);
    await shows({ 'main.chor': [], 'lib/types.chor': ['duplicate-name'] });
    client.change(at('lib/types.chor'), 3, [{ text: types.replace('mk', 'make') }]);
    await shows({ 'main.chor': ['import-not-found'], 'lib/types.chor': [] });
    // It is saved again, and deleted again; then it is closed.
    write({ 'lib/types.chor': types });
    told(['lib', 1], ['lib/types.chor', 1]);
    client.change(at('lib/types.chor'), 4, [{ text: types }]);
    await shows({ 'main.chor': [], 'lib/types.chor': [] });
    rmSync(join(folder, 'lib'), { recursive: true });
    told(['lib', 3]);
    client.notify('textDocument/didClose', { textDocument: { uri: at('lib/types.chor') } });
    await shows({ 'main.chor': ['import-not-found'], 'lib/types.chor': [] });
  });
  test('has none of what is left out, and those of open files alone where it wants them', async () => {
    write({
      'node_modules/a.chor': bad,
      '.git/b.chor': bad,
      'drafts/deep/c.chor': bad,
      'generated/d.chor': bad,
      'e.tmp.chor': bad,
      'f.chor': bad,
    });
    const settings = {
      '**/generated': true,
      '**/*.tmp.chor': true,
      '**/f.chor': false,
      diagnostics: { exclude: ['drafts/'] },
    };
    await start(settings);
    await shows({ 'f.chor': ['unknown-variable'] });
    client.open(at('drafts/deep/c.chor'), bad);
    await shows({ 'f.chor': ['unknown-variable'], 'drafts/deep/c.chor': ['unknown-variable'] });
    client.settings = { diagnostics: { workspace: 'open' } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await shows({ 'f.chor': [], 'drafts/deep/c.chor': ['unknown-variable'] });
    client.settings = {
      diagnostics: { workspace: 'all', severity: { 'unknown-variable': 'off' } },
      drafts: true,
      '**/generated': true,
      '**/*.tmp.chor': true,
    };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    client.notify('textDocument/didClose', { textDocument: { uri: at('drafts/deep/c.chor') } });
    await shows({ 'f.chor': [], 'drafts/deep/c.chor': [] });
  });
  test('has the findings of networks that take long to be explored', async () => {
    write({ 'net.chor': coinsNetwork('N', 10, 'receive from A: yes') });
    await start();
    await expect.poll(errors, { timeout: 60_000 }).toEqual({ 'net.chor': ['unmatched-receive'] });
  });
});

describe('a client that fetches diagnostics', () => {
  const capabilities = {
    workspace: {
      configuration: true,
      diagnostics: { refreshSupport: true },
      didChangeConfiguration: { dynamicRegistration: true },
    },
    textDocument: { diagnostic: { relatedDocumentSupport: true } },
  };
  const start = async (more: object = {}, settings?: unknown): Promise<void> => {
    client = await startClient({
      bundle,
      root: pathToFileURL(folder).toString(),
      capabilities: { ...capabilities, ...more },
      settings,
    });
  };
  const fetchOne = (name: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.request('textDocument/diagnostic', { textDocument: { uri: at(name) }, previousResultId });
  const fetchAll = (previous: readonly WorkspaceDocumentDiagnosticReport[] = []): Promise<WorkspaceDiagnosticReport> =>
    client.request('workspace/diagnostic', {
      identifier: 'chor',
      previousResultIds: previous.flatMap(({ uri, resultId }) =>
        resultId === undefined ? [] : [{ uri, value: resultId }],
      ),
    });
  const said = (items: readonly WorkspaceDocumentDiagnosticReport[]): Record<string, unknown> =>
    Object.fromEntries(items.map((item) => [nameOf(item.uri), item.kind === 'full' ? codes(item.items) : item.kind]));

  test('is told so, and has those of a document by its id', async () => {
    write({ 'a.chor': bad });
    await start();
    expect(client.capabilities.diagnosticProvider).toEqual({
      identifier: 'chor',
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    client.open(at('a.chor'), bad);
    const first = await fetchOne('a.chor');
    expect(first.kind === 'full' && codes(first.items)).toEqual(['unknown-variable']);
    expect(await fetchOne('a.chor', first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.change(at('a.chor'), 2, [{ text: good }]);
    const second = await fetchOne('a.chor', first.resultId);
    expect(second).toMatchObject({ kind: 'full' });
    expect(second.resultId).not.toBe(first.resultId);
    client.change(at('a.chor'), 3, [{ text: `${good}// more\n` }]);
    expect((await fetchOne('a.chor', second.resultId)).kind).toBe('unchanged');
    expect(await fetchOne('nowhere.chor')).toEqual({ kind: 'full', items: [] });
    expect(client.published).toEqual([]);
  });
  test('has those of files that import the document along', async () => {
    write({ 'main.chor': importing('M'), 'lib/types.chor': types });
    await start();
    client.open(at('main.chor'), importing('M'));
    client.open(at('lib/types.chor'), types);
    await fetchOne('main.chor');
    expect(await fetchOne('lib/types.chor')).not.toHaveProperty('relatedDocuments');
    client.change(at('lib/types.chor'), 2, [{ text: 'extern make(): int\n' }]);
    const { relatedDocuments } = (await fetchOne('lib/types.chor')) as RelatedFullDocumentDiagnosticReport;
    const [[uri, related] = []] = Object.entries(relatedDocuments ?? {});
    expect(uri).toBe(at('main.chor'));
    expect(related?.kind === 'full' && codes(related.items)).toEqual(['import-not-found']);
    // And it is told to fetch what it did not ask for.
    await expect
      .poll(() => client.notified.filter(({ method }) => method === 'workspace/diagnostic/refresh').length)
      .toBeGreaterThan(0);
  });
  test('has those of all files of the workspace, once, and of those that changed on disk', async () => {
    write({
      'good.chor': good,
      'deep/bad.chor': bad,
      'main.chor': importing('M'),
      'lib/types.chor': types,
      'node_modules/x.chor': bad,
    });
    await start();
    const { items } = await fetchAll();
    expect(said(items)).toEqual({
      'good.chor': [],
      'deep/bad.chor': ['unknown-variable'],
      'main.chor': [],
      'lib/types.chor': [],
    });
    const again = await fetchAll(items);
    expect(new Set(Object.values(said(again.items)))).toEqual(new Set(['unchanged']));
    write({ 'deep/bad.chor': good });
    unlinkSync(join(folder, 'lib/types.chor'));
    told(['deep/bad.chor', 2], ['lib/types.chor', 3]);
    const third = await fetchAll(items);
    expect(said(third.items)).toEqual({
      'good.chor': 'unchanged',
      'deep/bad.chor': [],
      'main.chor': ['import-not-found'],
      'lib/types.chor': [],
    });
    // An open document is among them, with the version that it is of.
    client.open(at('good.chor'), bad, 7);
    expect((await fetchAll(items)).items.find(({ uri }) => uri === at('good.chor'))).toMatchObject({
      kind: 'full',
      version: 7,
    });
  });
  test('has them as a stream, and an answer that nothing is new only after a while, unless something is', async () => {
    write(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}.chor`, i % 2 === 0 ? good : bad])));
    await start();
    const chunks: WorkspaceDocumentDiagnosticReport[][] = [];
    client.connection.onNotification(
      '$/progress',
      ({ value }: { value: WorkspaceDiagnosticReport }) => void chunks.push(value.items),
    );
    const ask = (previous: readonly WorkspaceDocumentDiagnosticReport[]): Promise<WorkspaceDiagnosticReport> =>
      client.request('workspace/diagnostic', {
        partialResultToken: 'p',
        previousResultIds: previous.flatMap(({ uri, resultId }) =>
          resultId === undefined ? [] : [{ uri, value: resultId }],
        ),
      });
    expect(await ask([])).toEqual({ items: [] });
    const items = chunks.flat();
    expect(new Set(items.map(({ uri }) => uri)).size).toBe(60);
    expect(
      items.filter((item) => item.kind === 'full' && item.items.some(({ severity }) => severity === 1)).length,
    ).toBe(30);
    // At once, then after a second, or after something changed.
    await ask(items);
    const started = Date.now();
    await ask(items);
    expect(Date.now() - started).toBeGreaterThan(500);
    chunks.length = 0;
    const held = ask(items);
    write({ 'f0.chor': bad });
    told(['f0.chor', 2]);
    await held;
    expect(said(chunks.flat().filter(({ kind }) => kind === 'full'))).toEqual({ 'f0.chor': ['unknown-variable'] });
  });
  test('takes a request back', async () => {
    write({ 'a.chor': good });
    await start();
    const { items } = await fetchAll();
    const previousResultIds = items.map(({ uri, resultId = '' }) => ({ uri, value: resultId }));
    for (let i = 0; i < 3; i++)
      await client.request('workspace/diagnostic', { partialResultToken: 'p', previousResultIds });
    const source = new CancellationTokenSource();
    const held = client.connection.sendRequest(
      'workspace/diagnostic',
      { partialResultToken: 'p', previousResultIds },
      source.token,
    );
    source.cancel();
    await expect(held).rejects.toMatchObject({ code: -32800 });
  });
  test('is told to fetch what comes of an exploration', async () => {
    write({});
    await start();
    client.open(at('n.chor'), coinsNetwork('N', 10, 'receive from A: yes'));
    const early = await fetchOne('n.chor');
    expect(early.kind === 'full' && codes(early.items)).toEqual([]);
    await expect
      .poll(() => client.notified.map(({ method }) => method), { timeout: 60_000 })
      .toContain('workspace/diagnostic/refresh');
    const late = await fetchOne('n.chor', early.resultId);
    expect(late.kind === 'full' && codes(late.items)).toEqual(['unmatched-receive']);
  });
  test('may be told anew what it can fetch', async () => {
    write({ 'a.chor': bad });
    const registered: unknown[] = [];
    await start(
      { textDocument: { diagnostic: { dynamicRegistration: true } } },
      { diagnostics: { workspace: 'open' } },
    );
    expect(client.capabilities.diagnosticProvider).toBeUndefined();
    client.connection.onRequest(
      'client/registerCapability',
      (params: { registrations: { method: string; registerOptions: unknown }[] }) => {
        registered.push(
          ...params.registrations.flatMap(({ method, registerOptions }) =>
            method === 'textDocument/diagnostic' ? [registerOptions] : [],
          ),
        );
        return null;
      },
    );
    client.settings = { diagnostics: { workspace: 'all' } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(() => registered).toMatchObject([{ workspaceDiagnostics: true }]);
    expect(said((await fetchAll()).items)).toEqual({ 'a.chor': ['unknown-variable'] });
    client.settings = { diagnostics: { workspace: 'open' } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect
      .poll(() => registered)
      .toMatchObject([{ workspaceDiagnostics: true }, { workspaceDiagnostics: false }]);
    expect(said((await fetchAll()).items)).toEqual({});
  });
  test('is sent them where it could not be told to fetch them again', async () => {
    write({ 'a.chor': bad });
    await start({ workspace: {} });
    expect(client.capabilities.diagnosticProvider).toBeUndefined();
    await expect
      .poll(() => client.published.map(({ uri, diagnostics }) => [nameOf(uri), codes(diagnostics)]), {
        timeout: 10_000,
      })
      .toContainEqual(['a.chor', ['unknown-variable']]);
  });
});

describe('fixing all in the workspace', () => {
  interface Applied {
    readonly label: string;
    readonly edit: {
      readonly documentChanges: readonly {
        readonly textDocument: { readonly uri: string; readonly version: number | null };
        readonly edits: readonly TextEdit[];
      }[];
    };
  }
  const misspelt = (name: string): string => `choreography ${name}(Alice, Bob) {\n  Alice.1 -> Bbo.x\n}\n`;
  let applied: Applied[];
  const start = async (
    answer: object = { applied: true },
    workspace: object = { applyEdit: true, workspaceEdit: { documentChanges: true } },
    window = {},
  ): Promise<void> => {
    client = await startClient({ bundle, root: pathToFileURL(folder).toString(), capabilities: { workspace, window } });
    applied = [];
    client.connection.onRequest('workspace/applyEdit', (params: Applied) => {
      applied.push(params);
      return answer;
    });
    await expect.poll(() => client.published.length, { timeout: 10_000 }).toBeGreaterThan(2);
  };
  const fix = (): Promise<unknown> =>
    client.request('workspace/executeCommand', { command: 'chor.fixWorkspace', arguments: [] });
  const files = {
    'a.chor': misspelt('A'),
    'deep/b.chor': misspelt('B'),
    'c.chor': 'choreography C(A, B) {\n  A.quux -> B.x\n}\n',
    'node_modules/d.chor': misspelt('D'),
  };

  test('is one edit of all files, open or not', async () => {
    write(files);
    await start();
    client.open(at('a.chor'), misspelt('A'), 3);
    expect(await fix()).toBeNull();
    expect(
      applied.map(({ label, edit }) => [
        label,
        edit.documentChanges.map(({ textDocument, edits }) => [
          nameOf(textDocument.uri),
          textDocument.version,
          edits.map(({ newText }) => newText),
        ]),
      ]),
    ).toEqual([
      [
        'Fix all in workspace',
        [
          ['a.chor', 3, ['  Alice.1 -> Bob.x\n']],
          ['deep/b.chor', null, ['  Alice.1 -> Bob.x\n']],
        ],
      ],
    ]);
  });
  test('changes nothing where a file changed meanwhile, or the editor does not', async () => {
    write(files);
    await start({ applied: false, failureReason: 'it is read-only' });
    await expect(fix()).rejects.toThrow('The editor did not apply the fixes: it is read-only');
    await client.stop();
    await start(undefined, { applyEdit: true }, { workDoneProgress: true });
    client.connection.onRequest('window/workDoneProgress/create', () => {
      client.open(at('a.chor'), misspelt('Another'));
      return null;
    });
    await expect(fix()).rejects.toThrow('Files changed while fixes were looked for, so none was applied. Try again.');
    expect(applied).toEqual([]);
  });
  test('says so where there is nothing to fix, or the editor can’t', async () => {
    write({ 'a.chor': good, 'b.chor': good, 'c.chor': good });
    await start();
    expect(await fix()).toBeNull();
    expect(applied).toEqual([]);
    await expect
      .poll(() => client.notified.map(({ params }) => params))
      .toContainEqual({ type: 3, message: 'There is nothing to fix that is beyond doubt in 3 files.' });
    await client.stop();
    await start(undefined, {});
    await expect(fix()).rejects.toThrow('use `chor fix`');
  });
});

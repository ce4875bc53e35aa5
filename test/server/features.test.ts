// What a client is answered, over standard input and output, with files on disk around the open ones.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagram } from '../../protocol/diagrams.js';
import type { Answer } from '../../protocol/tutorial.js';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentSymbol,
  Hover,
  Location,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startClient } from './client.js';
import type { Client } from './client.js';
import { bookseller } from '../features/texts.js';

const folder = mkdtempSync(join(tmpdir(), 'chor-workspace-'));
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
const ping = 'choreography Ping(X, Y) {\n  X.1 -> Y.n\n}\n';
const user = 'import { Ping } from "./lib/ping.chor"\n\nchoreography Use(A, B) {\n  do Ping(A, B)\n}\n';

let client: Client;
beforeAll(async () => {
  mkdirSync(join(folder, 'lib'));
  mkdirSync(join(folder, 'node_modules'));
  writeFileSync(join(folder, 'lib/ping.chor'), ping);
  writeFileSync(
    join(folder, 'other.chor'),
    'import { Ping } from "./lib/ping.chor"\nchoreography Other(A, B) {\n  do Ping(B, A)\n}\n',
  );
  writeFileSync(
    join(folder, 'node_modules/no.chor'),
    'import { Ping } from "../lib/ping.chor"\nchoreography No(A, B) {\n  do Ping(B, A)\n}\n',
  );
  client = await startClient({ root: pathToFileURL(folder).toString() });
});
afterAll(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The position of a part of a text. */
function position(text: string, part: string): { line: number; character: number } {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe('files', () => {
  test('imports are read from disk, an open buffer wins, and importing files follow', async () => {
    const use = uriOf('use.chor');
    client.open(use, user);
    expect((await client.diagnostics(use, 1)).map((d) => d.code)).toEqual([]);
    client.open(uriOf('lib/ping.chor'), ping.replace('Ping', 'Pong'));
    await expect.poll(() => client.published.findLast((p) => p.uri === use)?.diagnostics.length).toBeGreaterThan(0);
    client.notify('textDocument/didClose', { textDocument: { uri: uriOf('lib/ping.chor') } });
    await expect.poll(() => client.published.findLast((p) => p.uri === use)?.diagnostics.length).toBe(0);
    writeFileSync(join(folder, 'lib/ping.chor'), ping.replace('Ping', 'Pong'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('lib/ping.chor'), type: 2 }] });
    await expect.poll(() => client.published.findLast((p) => p.uri === use)?.diagnostics.length).toBeGreaterThan(0);
    writeFileSync(join(folder, 'lib/ping.chor'), ping);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf('lib/ping.chor'), type: 2 }] });
    await expect.poll(() => client.published.findLast((p) => p.uri === use)?.diagnostics.length).toBe(0);
  });
  test('references and renaming go through the workspace, node_modules left out', async () => {
    const use = uriOf('use.chor');
    const at = { textDocument: { uri: use }, position: position(user, 'Ping(A') };
    const found = await client.request<Location[]>('textDocument/references', {
      ...at,
      context: { includeDeclaration: true },
    });
    expect([...new Set(found.map((l) => l.uri))].sort()).toEqual(
      [uriOf('lib/ping.chor'), uriOf('other.chor'), use].sort(),
    );
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...at, newName: 'Knock' });
    const versions = Object.fromEntries(
      (edit.documentChanges ?? []).flatMap((c) =>
        'textDocument' in c ? [[c.textDocument.uri, c.textDocument.version]] : [],
      ),
    );
    expect(versions).toEqual({ [use]: 1, [uriOf('lib/ping.chor')]: null, [uriOf('other.chor')]: null });
    await expect(
      client.request('textDocument/prepareRename', { ...at, position: { line: 3, character: 2 } }),
    ).rejects.toThrow('no name here');
  });
  test('renaming a file keeps imports right', async () => {
    const edit = await client.request<WorkspaceEdit>('workspace/willRenameFiles', {
      files: [{ oldUri: uriOf('lib'), newUri: uriOf('shared') }],
    });
    const texts = (edit.documentChanges ?? []).flatMap((c) =>
      'edits' in c ? c.edits.map((e) => (e as TextEdit).newText) : [],
    );
    expect(texts).toEqual(['"./shared/ping.chor"', '"./shared/ping.chor"']);
  });
});

describe('what stands on several lines', () => {
  const text = `network N {
  process A {
    send to B: maybe
  }
  process B {
    receive from A {
      yes {}
      no {}
    }
  }
}
`;
  test('is marked by its first line', async () => {
    const uri = uriOf('several.chor');
    client.open(uri, text);
    const [error] = (await client.diagnostics(uri, 1)).filter((d) => d.code === 'label-mismatch');
    expect(error?.range).toEqual({ start: { line: 5, character: 4 }, end: { line: 5, character: 18 } });
    // What can be done about it is offered on all of its lines.
    const inside = { start: { line: 7, character: 7 }, end: { line: 7, character: 7 } };
    // On a slow machine, fixes may be found after the answer.
    await vi.waitFor(
      async () => {
        const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: inside,
          context: { diagnostics: [error] },
        });
        expect(actions.map(({ diagnostics }) => diagnostics)).toContainEqual([error]);
      },
      { timeout: 20_000 },
    );
  });
  test('and needs not be there is marked from end to end', async () => {
    const uri = uriOf('unreachable.chor');
    client.open(
      uri,
      text
        .replace('yes {}', 'yes {\n        send to A: thanks\n        send to A: more\n      }')
        .replace('no {}', 'maybe {}'),
    );
    const [hint] = (await client.diagnostics(uri, 1)).filter((d) => d.code === 'unreachable');
    expect(hint?.range.end.line).toBeGreaterThan(hint?.range.start.line ?? 0);
  });
});

describe('repairs', () => {
  const uri = uriOf('shop.chor');
  const broken = bookseller.replace('    Seller -> Shipper: idle\n', '');
  test('an error carries its story, its page, and fixes that do repair it', async () => {
    client.open(uri, broken);
    const [error] = (await client.diagnostics(uri, 1)).filter((d) => d.code === 'knowledge-of-choice');
    expect(error?.codeDescription?.href).toMatch(/docs\/codes\/knowledge-of-choice\.md$/);
    expect(error?.relatedInformation?.length).toBeGreaterThanOrEqual(2);
    const range = error?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const all = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: error ? [error] : [] },
    });
    const actions = all.filter(({ kind }) => kind === 'quickfix');
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.every((a) => a.diagnostics?.[0]?.code === 'knowledge-of-choice')).toBe(true);
    expect(actions.filter((a) => a.isPreferred).length).toBe(1);
    const change = actions.find((a) => a.isPreferred)?.edit?.documentChanges?.[0];
    if (!change || !('edits' in change)) throw new Error('no edit');
    expect(change.textDocument.version).toBe(1);
    client.change(
      uri,
      2,
      change.edits.map((e) => ({ range: (e as TextEdit).range, text: (e as TextEdit).newText })),
    );
    expect((await client.diagnostics(uri, 2)).filter((d) => d.severity === 1)).toEqual([]);
  });
  test('only what was asked for is answered', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 30, character: 0 } };
    client.change(uri, 3, [{ text: broken }]);
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [], only: ['refactor'] },
    });
    expect(actions).toEqual([]);
  });
  test('refactorings are there for who asks, and not for a cursor that moves', async () => {
    const refactoring = uriOf('refactoring.chor');
    client.open(
      refactoring,
      'choreography C(A(x: bool), B) {\n  if A.x -> B {\n    A -> B: one\n  } else {\n    A -> B: two\n  }\n}\n',
    );
    const at = { line: 1, character: 3 };
    const ask = async (context: object): Promise<(string | undefined)[][]> =>
      (
        await client.request<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri: refactoring },
          range: { start: at, end: at },
          context: { diagnostics: [], ...context },
        })
      ).map(({ title, kind }) => [title, kind]);
    const wanted = [
      ['Write out the arrow list as messages', 'refactor.rewrite'],
      ['Swap the branches of this `if`', 'refactor.rewrite'],
    ];
    expect(await ask({ only: ['refactor.rewrite'] })).toEqual(wanted);
    expect(await ask({ triggerKind: 1 })).toEqual(wanted);
    expect(await ask({ only: ['refactor.inline'] })).toEqual([]);
    expect(await ask({ triggerKind: 2 })).toEqual([]);
  });
  test('the choreography of a network is put after it, or the reason why there is none is told', async () => {
    const net = uriOf('net.chor');
    const text = 'network N {\n  process A {\n    send 1 to B\n  }\n  process B {\n    receive x from A\n  }\n}\n';
    client.open(net, text);
    const ask = async (): Promise<CodeAction[]> =>
      client.request<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: net },
        range: { start: { line: 0, character: 9 }, end: { line: 0, character: 9 } },
        context: { diagnostics: [], only: ['refactor'] },
      });
    const [action] = await ask();
    expect(action).toMatchObject({ title: 'Extract choreography', kind: 'refactor.extract' });
    const change = action?.edit?.documentChanges?.[0];
    if (!change || !('edits' in change)) throw new Error('no edit');
    expect(change.edits).toEqual([
      {
        range: { start: { line: 7, character: 1 }, end: { line: 7, character: 1 } },
        newText: '\n\nchoreography NProtocol(A, B) {\n  A.1 -> B.x\n}',
      },
    ]);
    client.change(net, 2, [{ text: text.replace('send 1 to', 'receive y from') }]);
    expect((await ask())[0]?.disabled?.reason).toMatch(/^Line 3: There is no choreography/);
  });
  test('fix-all does what the command does: the preferred fixes of errors, and no others', async () => {
    const all = uriOf('all.chor');
    client.open(
      all,
      'import { Ping } from "./lib/ping.chor"\nchoreography C(A, B) {\n  A.1 -> A.x\n  A.x -> B.y\n  B.y -> A.z\n}\n',
    );
    const codes = (await client.diagnostics(all, 1)).map((d) => d.code);
    expect(codes).toContain('unused-import');
    expect(codes).toContain('self-communication');
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: all },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      context: { diagnostics: [], only: ['source.fixAll'] },
    });
    expect(actions.map((a) => a.kind)).toEqual(['source.fixAll.chor']);
    expect(JSON.stringify(actions[0]?.edit)).toContain('A.x = 1');
    expect(JSON.stringify(actions[0]?.edit)).not.toContain('import');
  });
});

describe('settings', () => {
  test('a code’s severity can be set, and it can be turned off', async () => {
    const uri = uriOf('settings.chor');
    client.open(uri, 'choreography C(A, B, Idle) {\n  A.1 -> B.x\n  B.x -> A.y\n}\n');
    const unused = (): number | undefined =>
      client.published.findLast((p) => p.uri === uri)?.diagnostics.find((d) => d.code === 'unused-role')?.severity;
    await client.diagnostics(uri, 1);
    client.settings = { diagnostics: { severity: { 'unused-role': 'error' } } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(unused).toBe(1);
    client.settings = { diagnostics: { severity: { 'unused-role': 'off' } }, exploration: { states: 10, buffer: 'x' } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(unused).toBe(undefined);
    client.settings = null;
  });
});

describe('a document', () => {
  const uri = uriOf('books.chor');
  beforeAll(async () => {
    client.open(uri, bookseller);
    await client.diagnostics(uri, 1);
  });
  const document = { textDocument: { uri } };

  test('says what it can do', () => {
    expect(client.capabilities).toMatchObject({
      codeActionProvider: {
        codeActionKinds: ['quickfix', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source.fixAll.chor'],
      },
      renameProvider: { prepareProvider: true },
      workspace: { textDocumentContent: { schemes: ['chor-projection'] } },
    });
  });
  test('hover previews the role’s projection', async () => {
    const hover = await client.request<Hover>('textDocument/hover', {
      ...document,
      position: position(bookseller, 'Shipper):'),
    });
    expect((hover.contents as { value: string }).value).toContain('process Shipper {');
  });
  test('completion replaces the word and sends documentation when asked', async () => {
    const text = bookseller.replace('  return', '  Seller.pri\n  return');
    client.change(uri, 2, [{ text }]);
    const at = position(text, 'Seller.pri\n');
    const list = await client.request<CompletionList>('textDocument/completion', {
      ...document,
      position: { line: at.line, character: at.character + 10 },
    });
    const item = list.items.find((i) => i.label === 'priceOf');
    expect(item?.textEdit).toMatchObject({
      range: { start: { character: at.character + 7 }, end: { character: at.character + 10 } },
    });
    const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
    expect(resolved.documentation).toMatchObject({ value: 'What a book costs.' });
    client.change(uri, 3, [{ text: bookseller }]);
  });
  test('formatting changes blanks only, and on a second time nothing', async () => {
    const messy = uriOf('messy.chor');
    client.open(messy, 'choreography C(A,B){\nA.1->B.x ;\n   B.x   -> A.y\n}\n');
    const edits = await client.request<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: messy },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits.length).toBeGreaterThan(1);
    client.change(
      messy,
      2,
      [...edits].reverse().map((e) => ({ range: e.range, text: e.newText })),
    );
    expect(
      await client.request('textDocument/formatting', {
        textDocument: { uri: messy },
        options: { tabSize: 2, insertSpaces: true },
      }),
    ).toEqual([]);
  });
  test('symbols, folds, links, lenses, highlights, hints', async () => {
    const symbols = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', document);
    expect(symbols.at(-1)).toMatchObject({
      name: 'Bookseller',
      children: [{ name: 'Buyer' }, { name: 'Seller' }, { name: 'Shipper' }],
    });
    expect(await client.request('textDocument/foldingRange', document)).toContainEqual({ startLine: 6, endLine: 18 });
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', document);
    expect(lenses.map((l) => l.command?.title)).toEqual(['3 roles · 7 messages · deadlock-free', 'Show projections']);
    expect(lenses[1]?.command?.arguments).toEqual([uri, 'Bookseller']);
    expect(
      await client.request('textDocument/documentLink', { textDocument: { uri: uriOf('use.chor') } }),
    ).toMatchObject([{ target: uriOf('lib/ping.chor') }]);
    expect(
      await client.request('textDocument/documentHighlight', { ...document, position: position(bookseller, 'when\n') }),
    ).toHaveLength(3);
    const hints = await client.request<{ label: string }[]>('textDocument/inlayHint', {
      ...document,
      range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
    });
    expect(hints.map((h) => h.label)).toContain(' ‹int›');
    expect(
      await client.request('textDocument/selectionRange', { ...document, positions: [{ line: 8, character: 4 }] }),
    ).toMatchObject([{ parent: { parent: {} } }]);
  });
  test('semantic tokens in full, in part, and as what changed', async () => {
    const full = await client.request<SemanticTokens>('textDocument/semanticTokens/full', document);
    expect(full.data.length % 5).toBe(0);
    const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
      ...document,
      range: { start: { line: 8, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(part.data.length).toBeLessThan(full.data.length);
    client.change(uri, 4, [{ text: `\n${bookseller}` }]);
    const delta = await client.request<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      ...document,
      previousResultId: full.resultId,
    });
    expect(delta.edits.flatMap((e) => e.data ?? []).length).toBeLessThan(10);
    client.change(uri, 5, [{ text: bookseller }]);
  });
  test('projections around a position, with ranges both ways and holes', async () => {
    const broken = bookseller.replace('    Seller -> Shipper: idle\n', '');
    client.change(uri, 6, [{ text: broken }]);
    const answer = await client.request<{
      choreographies: {
        roles: { role: string; text: string; map: { local: object; source: object }[]; holes: { code: string }[] }[];
      }[];
    }>('chor/projections', { ...document, position: position(broken, 'return') });
    const roles = answer.choreographies[0]?.roles ?? [];
    expect(roles.map((r) => r.role)).toEqual(['Buyer', 'Seller', 'Shipper']);
    expect(roles[1]?.map.length).toBeGreaterThan(0);
    expect(roles[2]?.holes.map((h) => h.code)).toEqual(['knowledge-of-choice']);
    client.change(uri, 7, [{ text: bookseller }]);
  });
  test('for sizes of families, each member by itself, and its diagrams too', async () => {
    const sized = uriOf('sized.chor');
    client.open(
      sized,
      'choreography Chain(Client(x: int), Node[n >= 2]) {\n  Client.x -> Node[0].x\n  for i in 0 until n - 1 {\n    Node[i].x -> Node[i + 1].x\n  }\n  Node[n - 1].x -> Client.y\n}\n',
    );
    const ask = async (sizes?: object) =>
      (
        await client.request<{
          choreographies: {
            sizes?: object[];
            roles: { role: string; members?: string; text: string; map: object[] }[];
          }[];
        }>('chor/projections', { textDocument: { uri: sized }, ...(sizes ? { sizes } : {}) })
      ).choreographies[0];
    const any = await ask();
    expect(any?.sizes).toEqual([{ name: 'n', least: 2, usual: 2 }]);
    expect(any?.roles.map(({ role }) => role)).toEqual(['Client', 'Node']);
    const three = await ask({ Chain: { n: 3 } });
    expect(three?.sizes).toEqual([{ name: 'n', least: 2, usual: 2, shown: 3 }]);
    expect(three?.roles.map(({ role }) => role)).toEqual(['Client', 'Node[0]', 'Node[1]', 'Node[2]']);
    expect(three?.roles[2]?.text).toBe('process Node[1] {\n  receive x from Node[0]\n  send x to Node[2]\n}\n');
    expect(three?.roles[2]?.map.length).toBeGreaterThan(0);
    // What is no size there is shown for any: too few, too many, none.
    for (const sizes of [{ Chain: { n: 1 } }, { Chain: { n: 100_000 } }, { Other: { n: 3 } }])
      expect((await ask(sizes))?.roles).toEqual(any?.roles);
    const drawn = await client.request<{ states: { roles: { role: string; states: object[] }[] } }>('chor/diagram', {
      textDocument: { uri: sized },
      name: 'Chain',
      kind: 'states',
      sizes: { n: 3 },
    });
    expect(drawn.states.roles.map(({ role, states }) => [role, states.length])).toEqual([
      ['Client', 3],
      ['Node[0]', 3],
      ['Node[1]', 3],
      ['Node[2]', 3],
    ]);
    const lanes = await client.request<{
      sequence: { main: string; sections: Record<string, { lanes: { role: string }[] }> };
    }>('chor/diagram', { textDocument: { uri: sized }, name: 'Chain', kind: 'sequence', sizes: { n: 3 } });
    expect(lanes.sequence.sections[lanes.sequence.main]?.lanes.map(({ role }) => role)).toEqual([
      'Client',
      'Node[0]',
      'Node[1]',
      'Node[2]',
    ]);
  });
  test('the processes of a network, and what the choreography of another file wants of them, each with its places', async () => {
    const net = uriOf('net.chor');
    const text =
      'import { Ping } from "./lib/ping.chor"\n\nnetwork Pinged implements Ping {\n  process X {\n    send 1 to Y\n  }\n}\n';
    client.open(net, text);
    interface Roles {
      role: string;
      text: string;
      map: { source: { start: { line: number } } }[];
    }
    const ask = () =>
      client.request<{
        choreographies: object[];
        networks: {
          name: string;
          implements?: string;
          stale: boolean;
          roles: Roles[];
          design?: { uri: string; name: string; roles: Roles[] };
        }[];
      }>('chor/projections', { textDocument: { uri: net } });
    const {
      choreographies,
      networks: [network],
    } = await ask();
    expect(choreographies).toEqual([]);
    expect(network).toMatchObject({
      name: 'Pinged',
      implements: 'Ping',
      stale: false,
      design: { uri: uriOf('lib/ping.chor'), name: 'Ping' },
    });
    expect(network?.roles.map(({ role, text: own }) => [role, own])).toEqual([
      ['X', 'process X {\n  send 1 to Y\n}\n'],
    ]);
    expect(network?.roles[0]?.map.some(({ source }) => source.start.line === 4)).toBe(true);
    expect(network?.design?.roles.length).toBe(2);
    expect(network?.design?.roles[0]?.map.length).toBeGreaterThan(0);
    client.change(net, 2, [{ text: text.replace('send 1 to Y', 'send 1 tto Y {') }]);
    expect((await ask()).networks[0]).toMatchObject({ stale: true, roles: network?.roles });
  });
});

describe('answers to exercises', () => {
  const file = uriOf('answer.chor');
  const ask = (check: string) =>
    client.request<Answer>('chor/checkAnswer', {
      textDocument: { uri: file },
      check,
      solution: 'choreography Ping(A, B) {\n  A -> B: ping\n}\n',
    });
  const behaves = '{"expect": [{"kind": "behaves", "in": "Ping", "as": "Ping"}]}';

  test('are checked as they are, also before they are saved', async () => {
    client.open(file, 'choreography Ping(A, B) {\n  B -> A: ping\n}\n');
    expect(await ask(behaves)).toEqual({
      solved: false,
      notYet: ['A first receives ping from B; asked for is that A first sends ping to B.'],
    });
    client.change(file, 2, [{ text: 'choreography Ping(A, B) {\n  A -> B: ping\n}\n' }]);
    expect(await ask(behaves)).toEqual({ solved: true, notYet: [] });
  });

  test('by expectations that can’t be read, are refused with the reason', async () => {
    await expect(ask('{"expect": [{"kind": "magic"}]}')).rejects.toThrow('Expectation 1: there is no kind `magic`.');
    await expect(ask('{')).rejects.toThrow('JSON');
  });
});

describe('diagrams', () => {
  const file = uriOf('drawn.chor');
  const text =
    'import { Ping } from "./lib/ping.chor"\n\nchoreography Twice(A, B) {\n  A -> B: first\n  do Ping(A, B)\n}\nnetwork Pinged implements Ping {\n  process X {\n    send 1 to Y\n  }\n}\nnetwork Alone {\n  process A { send to B }\n  process B { receive from A }\n}\n';
  const ask = (name: string, kind: string) =>
    client.request<Diagram | null>('chor/diagram', { textDocument: { uri: file }, name, kind });

  test('of a choreography, with what it calls in its own file; of a network, that of what it implements', async () => {
    client.open(file, text);
    const answer = await ask('Twice', 'sequence');
    const sections = Object.values(answer?.sequence?.sections ?? {});
    expect(sections.map(({ name, place }) => [name, place.uri])).toEqual([
      ['Twice', file],
      ['Ping', uriOf('lib/ping.chor')],
    ]);
    expect(sections[0]?.items).toMatchObject([
      { kind: 'message', text: 'first', place: { range: { start: { line: 3, character: 2 } } } },
      { kind: 'call', section: expect.stringContaining('#Ping') as string },
    ]);
    expect(answer?.states).toBeUndefined();
    const implemented = (await ask('Pinged', 'sequence'))?.sequence;
    expect(implemented?.sections[implemented.main]?.name).toBe('Ping');
    expect(await ask('Alone', 'sequence')).toMatchObject({ name: 'Alone', stale: false });
    expect((await ask('Alone', 'sequence'))?.sequence).toBeUndefined();
    expect(await ask('Nobody', 'sequence')).toBeNull();
  });

  test('of the states of roles, of processes too', async () => {
    expect(
      (await ask('Twice', 'states'))?.states?.roles.map(({ role, transitions }) => [
        role,
        transitions.map(({ text: each }) => each).slice(0, 1),
      ]),
    ).toEqual([
      ['A', ['B!first']],
      ['B', ['A?first']],
    ]);
    expect((await ask('Alone', 'states'))?.states?.roles[1]?.transitions).toMatchObject([
      { text: 'A?_', peer: 0, place: { uri: file, range: { start: { line: 13 } } } },
    ]);
  });

  test('are those of the last text that could be read, and say so', async () => {
    client.change(file, 2, [{ text: text.replace('A -> B: first', 'A -> B: first\n  A ->') }]);
    const answer = await ask('Twice', 'sequence');
    expect(answer).toMatchObject({ stale: true, version: 1, reason: expect.stringMatching(/^Line \d+: /) as string });
    expect(answer?.sequence?.sections[answer.sequence.main]?.items.length).toBe(2);
  });

  test('that nobody can mean are refused', async () => {
    await expect(ask('Twice', 'classes')).rejects.toThrow();
  });
});

describe('without snippets', () => {
  test('a client is offered words and names, never what stands at the cursor already', async () => {
    const plain = await startClient({ capabilities: {} });
    try {
      const open = (line: string): Promise<string[]> => {
        const file = `file:///plain/${encodeURIComponent(line)}.chor`;
        plain.open(file, `extern price(n: int): int\nchoreography C(A(n: int), B) {\n  ${line}\n}\n`);
        return plain
          .request<CompletionList>('textDocument/completion', {
            textDocument: { uri: file },
            position: { line: 2, character: 2 + line.length },
          })
          .then((list) => list.items.map((item) => (item.textEdit as TextEdit).newText));
      };
      expect(await open('i')).toEqual(expect.arrayContaining(['if', 'choice', 'A']));
      expect(await open('i')).not.toEqual(expect.arrayContaining(['msg']));
      expect(await open('if')).toEqual([]);
      expect(await open('A.pri')).toContain('price');
      expect(await open('A.price')).toEqual([]);
      expect(await open('A.n -> B.p')).toEqual([]);
    } finally {
      await plain.stop();
    }
  });
});

describe('projections as documents', () => {
  const source = uriOf('virtual.chor');
  const address = (role?: string): string =>
    `chor-projection:${new URL(uriOf('Bookseller.chor')).pathname}?${encodeURIComponent(
      new URLSearchParams({ source, choreography: 'Bookseller', ...(role ? { role } : {}) }).toString(),
    )}`;
  test('are whole files, follow the source, and say when they are old', async () => {
    client.open(source, bookseller);
    const ask = (): Promise<{ text: string }> =>
      client.request('workspace/textDocumentContent', { uri: address('Seller') });
    const good = (await ask()).text;
    expect(good).toContain('network Bookseller_Seller implements Bookseller {');
    expect(good).toContain('from "./virtual.chor"');
    client.change(source, 2, [{ text: bookseller.replace('-> Seller.wanted', '->') }]);
    await expect
      .poll(() => client.notified.some((n) => n.method === 'workspace/textDocumentContent/refresh'))
      .toBe(true);
    const [first, ...rest] = (await ask()).text.split('\n');
    expect(first).toMatch(/^\/\/ Of an older text: line \d+: /);
    expect(rest.join('\n')).toBe(good);
    await expect(client.request('workspace/textDocumentContent', { uri: 'chor-projection:/x' })).rejects.toThrow(
      'no address of a projection',
    );
    client.change(source, 3, [{ text: bookseller }]);
    expect((await ask()).text).toBe(good);
  });
  test('answer hovers when a client opens them, without diagnostics', async () => {
    const { text } = await client.request<{ text: string }>('workspace/textDocumentContent', {
      uri: address('Seller'),
    });
    client.open(address('Seller'), text);
    const hover = await client.request<Hover>('textDocument/hover', {
      textDocument: { uri: address('Seller') },
      position: position(text, 'priceOf('),
    });
    expect((hover.contents as { value: string }).value).toContain('extern priceOf(title: Title): int');
    const place = await client.request<Location>('textDocument/definition', {
      textDocument: { uri: address('Seller') },
      position: position(text, 'priceOf('),
    });
    expect(place.uri).toBe(source);
    expect(client.published.filter((p) => p.uri.startsWith('chor-projection'))).toEqual([]);
  });
});

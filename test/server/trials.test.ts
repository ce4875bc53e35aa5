// Fixes of networks that take long to be explored: they are tried in the threads, over standard input and output.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Workspace } from '../../language/workspace.js';
import type { Status } from '../../protocol/exploring.js';
import { coinsNetwork } from '../generators/slow.js';
import { startClient } from './client.js';
import type { Client } from './client.js';

/** B waits for what never comes, at the end of many ways. */
const late = (name: string): string => coinsNetwork(name, 9, 'receive from A: yes');
/**
 * Both wait at once, which is found at once; behind that there are many ways, with an error at their end or without.
 */
const early = (name: string, last = ''): string =>
  coinsNetwork(name, 8, last)
    .replace(/process A \{\n/, '$&    receive from B: go\n    send to B: start\n')
    .replace(/process B \{\n/, '$&    receive from A: start\n    send to A: go\n');
const added = 'Add `send to B: yes` to A, at its end';
const greeting = 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n}\n';

let client: Client;
let statuses: Status[];
beforeAll(async () => {
  client = await startClient({
    capabilities: {
      workspace: { configuration: true, workspaceEdit: { documentChanges: true }, executeCommand: {} },
      experimental: { chorStatus: true },
    },
    settings: { exploration: { states: 10_000_000 } },
  });
  statuses = [];
  client.connection.onNotification('chor/status', (status: Status) => void statuses.push(status));
}, 60_000);
afterAll(() => client.stop());

const soon = { timeout: 90_000, interval: 20 };
/** Asked for by hand, or by the editor by itself. */
const [byHand, byItself] = [1, 2];
const rangeOf = (text: string, place: string): object => {
  const at = TextDocument.create('', '', 1, text).positionAt(text.indexOf(place));
  return { start: at, end: at };
};
const fixesAt = async (uri: string, text: string, place: string, triggerKind = byHand): Promise<CodeAction[]> =>
  (
    (await client.request<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: rangeOf(text, place),
      context: { diagnostics: [], triggerKind },
    })) ?? []
  ).filter((action) => action.kind === 'quickfix');
const titlesAt = async (uri: string, text: string, place: string, triggerKind = byHand): Promise<string[]> =>
  (await fixesAt(uri, text, place, triggerKind)).map(({ title }) => title);
const codesOf = (uri: string): unknown[] =>
  client.published
    .findLast((p) => p.uri === uri)
    ?.diagnostics.filter((d) => d.severity === 1)
    .map((d) => d.code) ?? [];
const trying = (): string[] =>
  statuses
    .at(-1)
    ?.exploring.filter(({ fixes }) => fixes)
    .map(({ name }) => name) ?? [];
const close = (uri: string): void => client.notify('textDocument/didClose', { textDocument: { uri } });
const lastLine = 'receive from A: yes\n';

describe('the fixes of what a long exploration found', () => {
  const uri = 'file:///trials/late.chor';
  const text = late('Late');

  test('are offered when they were tried, and the editor is made to ask again', async () => {
    client.open(uri, text);
    await expect.poll(() => codesOf(uri), soon).toEqual(['unmatched-receive']);
    const published = client.published.length;
    const first = Date.now();
    const ready = await titlesAt(uri, text, lastLine, byItself);
    expect(Date.now() - first).toBeLessThan(10_000);
    if (!ready.includes(added)) {
      await expect.poll(() => client.published.length, soon).toBeGreaterThan(published);
      expect(client.published.at(-1)).toMatchObject({ uri, version: 1, diagnostics: [{ code: 'unmatched-receive' }] });
    }
    await expect.poll(() => titlesAt(uri, text, lastLine, byItself), soon).toContain(added);
    // Once tried, they are there for good.
    await expect.poll(trying, soon).toEqual([]);
    const all = await titlesAt(uri, text, lastLine);
    expect(all).toEqual(await titlesAt(uri, text, lastLine, byItself));
  });

  test('mend it', async () => {
    for (const action of await fixesAt(uri, text, lastLine)) {
      const edits = (action.edit?.documentChanges?.[0] as TextDocumentEdit | undefined)?.edits ?? [];
      const workspace = new Workspace();
      workspace.set(uri, TextDocument.applyEdits(TextDocument.create(uri, 'chor', 1, text), edits as never));
      expect(workspace.analyze(uri)?.verdicts, action.title).toMatchObject([{ verdict: 'proved' }]);
    }
  });

  test('are tried anew for a newer text, whose places they have', async () => {
    const moved = `\n\n${text}`;
    client.change(uri, 2, [{ text: moved }]);
    await expect.poll(() => titlesAt(uri, moved, lastLine), soon).toContain(added);
    const action = (await fixesAt(uri, moved, lastLine)).find(({ title }) => title === added);
    const [edit] = (action?.edit?.documentChanges?.[0] as TextDocumentEdit | undefined)?.edits ?? [];
    expect(TextDocument.applyEdits(TextDocument.create(uri, 'chor', 2, moved), edit ? [edit as never] : [])).toContain(
      'send to B: yes\n  }\n  process B',
    );
    close(uri);
  });
});

describe('fixes of what is found at once, which take long to be tried', () => {
  test('are tried in the threads too', async () => {
    const uri = 'file:///trials/early.chor';
    const text = early('Early');
    client.open(uri, text);
    await client.diagnostics(uri, 1);
    expect(codesOf(uri)).toEqual(['deadlock']);
    await expect
      .poll(() => titlesAt(uri, text, 'receive from B: go'), soon)
      .toContain('Let A send to B before it receives');
    close(uri);
  });

  test('are not offered where an error is found only later', async () => {
    const uri = 'file:///trials/deep.chor';
    const text = early('Deep', 'receive from A: yes');
    client.open(uri, text);
    await client.diagnostics(uri, 1);
    // It would only bring another error to the place of the one that there is.
    for (let i = 0; i < 3; i++) expect(await titlesAt(uri, text, 'receive from B: go')).toEqual([]);
    await expect.poll(trying, soon).toEqual([]);
    expect(await titlesAt(uri, text, 'receive from B: go')).toEqual([]);
    close(uri);
  });
});

describe('while fixes are tried', () => {
  const uri = 'file:///trials/while.chor';
  const start = greeting + coinsNetwork('While', 11, 'receive from A: yes');

  test('edits are told about at once, and end it', async () => {
    client.open(uri, start);
    await expect.poll(trying, soon).toEqual(['While']);
    let text = start;
    for (let version = 2; version < 8; version++) {
      text = text.replace('"hello', '"hello,');
      const asked = Date.now();
      client.change(uri, version, [{ text }]);
      await client.diagnostics(uri, version);
      expect(Date.now() - asked).toBeLessThan(10_000);
    }
    expect(codesOf(uri)).toEqual(['unmatched-receive']);
    // Nothing is tried unasked until nobody types.
    await expect.poll(trying, soon).toEqual([]);
    await expect.poll(trying, soon).toEqual(['While']);
  });

  test('it can be stopped, and goes on when it is asked for', async () => {
    client.notify('chor/stopExploration', undefined);
    await expect.poll(trying, soon).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(trying()).toEqual([]);
    const text = start.replace('"hello', '"hello,,,,,,');
    await expect.poll(() => titlesAt(uri, text, lastLine), soon).toContain(added);
    close(uri);
    await expect.poll(trying, soon).toEqual([]);
  });
});

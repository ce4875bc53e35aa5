// Explorations beside the typing, in the server over standard input and output, with real threads.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CodeLens, Hover } from 'vscode-languageserver-protocol';
import type { Status } from '../../protocol/exploring.js';
import { coinsNetwork } from '../generators/slow.js';
import { startClient } from './client.js';
import type { Client } from './client.js';

const greeting =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.greeting -> Bob.again\n}\n';
/** Takes a while, and waits for ever at the end. */
const wrong = coinsNetwork('Wrong', 11, 'receive from A: yes');
/** Takes for ever, as far as tests can tell. */
const endless = coinsNetwork('Endless', 24);

const capabilities = {
  workspace: { configuration: true, codeLens: { refreshSupport: true }, executeCommand: {} },
  experimental: { chorStatus: true },
  textDocument: { publishDiagnostics: { versionSupport: true } },
};

let client: Client;
let statuses: Status[];
beforeAll(async () => {
  client = await startClient({ capabilities, settings: { exploration: { states: 10_000_000 } } });
  statuses = [];
  client.connection.onNotification('chor/status', (status: Status) => void statuses.push(status));
}, 60_000);
afterAll(() => client.stop());

const codesOf = (uri: string): unknown[] =>
  client.published
    .findLast((p) => p.uri === uri)
    ?.diagnostics.filter((d) => d.severity === 1)
    .map((d) => d.code) ?? [];
const soon = { timeout: 20_000, interval: 20 };
const summaryOf = (uri: string): string | undefined => statuses.at(-1)?.documents.find((d) => d.uri === uri)?.summary;
const lensesOf = async (uri: string): Promise<string[]> =>
  (await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).map(
    (lens) => lens.command?.title ?? '',
  );
const close = (uri: string): void => client.notify('textDocument/didClose', { textDocument: { uri } });

describe('a network that takes its time', () => {
  const uri = 'file:///test/wrong.chor';
  test('keeps nobody waiting: what is known of the others is told at once, and its own findings follow for the same version', async () => {
    client.open(uri, greeting + wrong);
    await client.diagnostics(uri, 1);
    expect(codesOf(uri)).toEqual(['self-communication']);
    expect(await lensesOf(uri)).toContainEqual(expect.stringMatching(/2 processes · 33 sends · being explored/));
    const hover = await client.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: 4, character: 10 },
    });
    expect(JSON.stringify(hover.contents)).toContain('being explored');
    const refreshes = (): number => client.notified.filter((n) => n.method === 'workspace/codeLens/refresh').length;
    const before = refreshes();
    await expect.poll(() => codesOf(uri), soon).toEqual(['self-communication', 'unmatched-receive']);
    expect(client.published.findLast((p) => p.uri === uri)?.version).toBe(1);
    await expect.poll(refreshes, soon).toBeGreaterThan(before);
    expect(await lensesOf(uri)).toContainEqual(expect.stringMatching(/refuted/));
    await expect.poll(() => summaryOf(uri), soon).toBe('0 of 1 choreography proved · 1 network refuted');
  });

  test('is explored once: edits elsewhere and of its layout leave its findings where they are', async () => {
    const count = client.published.length;
    client.change(uri, 2, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '// Above.\n\n' },
    ]);
    await client.diagnostics(uri, 2);
    expect(codesOf(uri)).toEqual(['self-communication', 'unmatched-receive']);
    client.change(uri, 3, [
      { range: { start: { line: 6, character: 15 }, end: { line: 6, character: 15 } }, text: ' // In it.\n' },
    ]);
    await client.diagnostics(uri, 3);
    expect(
      client.published
        .slice(count)
        .filter((p) => p.uri === uri)
        .map((p) => p.diagnostics.filter((d) => d.severity === 1).length),
    ).toEqual([2, 2]);
  });

  test('loses its findings when it means something else, until the answer for that is there', async () => {
    client.change(uri, 4, [{ text: greeting + coinsNetwork('Wrong', 11) }]);
    await client.diagnostics(uri, 4);
    expect(codesOf(uri)).toEqual(['self-communication']);
    await expect.poll(() => summaryOf(uri), soon).toBe('0 of 1 choreography proved · 1 network proved');
    expect(codesOf(uri)).toEqual(['self-communication']);
    close(uri);
  });
});

describe('a network that takes for ever', () => {
  const uri = 'file:///test/endless.chor';
  test('is under way in the status, with the states so far', async () => {
    client.open(uri, endless + greeting);
    await expect.poll(() => statuses.at(-1)?.exploring, soon).toMatchObject([{ uri, name: 'Endless' }]);
    await expect.poll(() => summaryOf(uri), soon).toBe('0 of 1 choreography proved · 1 network being explored');
  });

  test('lets edits of others be told about at once, and goes on', async () => {
    const line = endless.split('\n').length;
    for (let version = 2; version < 12; version++) {
      client.change(uri, version, [
        { range: { start: { line, character: 8 }, end: { line, character: 8 } }, text: 'x' },
      ]);
      await client.diagnostics(uri, version);
    }
    expect(statuses.at(-1)?.exploring).toMatchObject([{ name: 'Endless' }]);
  });

  test('makes way for what is edited, and for what is opened', async () => {
    const other = 'file:///test/other.chor';
    client.open(other, wrong);
    await expect.poll(() => codesOf(other), soon).toEqual(['unmatched-receive']);
    client.change(uri, 12, [{ text: `${endless}${coinsNetwork('Quicker', 10, 'receive from A: yes')}` }]);
    await expect.poll(() => codesOf(uri), soon).toEqual(['unmatched-receive']);
    close(other);
  });

  test('is stopped when its text changes: what is explored is the newest text', async () => {
    await expect.poll(() => statuses.at(-1)?.exploring, soon).toMatchObject([{ name: 'Endless' }]);
    client.change(uri, 13, [{ text: endless.replaceAll('x1', 'y1').replace('Endless', 'Renamed') }]);
    await expect.poll(() => statuses.at(-1)?.exploring, soon).toMatchObject([{ name: 'Renamed' }]);
    client.change(uri, 14, [{ text: coinsNetwork('Endless', 9) }]);
    await expect.poll(() => summaryOf(uri), soon).toBe('1 network proved');
    expect(codesOf(uri)).toEqual([]);
  });

  test('can be stopped, and then says so', async () => {
    client.change(uri, 15, [{ text: `${endless}${endless.replace('Endless', 'Second').replaceAll('x1', 'y1')}` }]);
    await expect.poll(() => statuses.at(-1)?.exploring.length, soon).toBe(1);
    expect(statuses.at(-1)?.waiting).toBe(1);
    client.notify('chor/stopExploration', undefined);
    await expect.poll(() => statuses.at(-1)?.exploring, soon).toEqual([]);
    await expect.poll(() => summaryOf(uri), soon).not.toContain('being explored');
    expect(codesOf(uri)).toEqual([]);
    expect(await lensesOf(uri)).toContainEqual(expect.stringContaining('undecided: it was stopped'));
    expect(summaryOf(uri)).not.toContain('proved');
  });

  test('is explored again when that is asked for, by the lens or by the command', async () => {
    expect(client.capabilities.executeCommandProvider).toEqual({
      commands: ['chor.exploreAgain', 'chor.fixWorkspace'],
    });
    const offers = async (): Promise<number> =>
      (await lensesOf(uri)).filter((title) => title === 'Explore again').length;
    expect(await offers()).toBe(2);
    await client.request('workspace/executeCommand', { command: 'chor.exploreAgain' });
    await expect.poll(() => [statuses.at(-1)?.exploring.length, statuses.at(-1)?.waiting], soon).toEqual([1, 1]);
    expect(await offers()).toBe(0);
    await expect.poll(() => statuses.at(-1)?.exploring[0]?.states, soon).toBeGreaterThan(1000);
    client.notify('chor/stopExploration', undefined);
    await expect
      .poll(() => summaryOf(uri), soon)
      .toMatch(/^1 network holds up to [\d,]+ states \(stopped\), 1 undecided$/);
    expect(await offers()).toBe(2);
    const hovers = await Promise.all(
      [0, endless.split('\n').length - 1].map((line) =>
        client.request<Hover>('textDocument/hover', { textDocument: { uri }, position: { line, character: 10 } }),
      ),
    );
    expect(JSON.stringify(hovers)).toMatch(/as it was stopped after [\d,]+ states[\s\S]*Explore again/);
    await expect(client.request('workspace/executeCommand', { command: 'chor.nothing' })).rejects.toThrow(
      'There is no command chor.nothing',
    );
  });

  test('is not explored any more when its document is closed', async () => {
    client.change(uri, 16, [{ text: endless.replaceAll('x1', 'z1') }]);
    await expect.poll(() => statuses.at(-1)?.exploring.length, soon).toBe(1);
    close(uri);
    await expect.poll(() => statuses.at(-1)?.exploring, soon).toEqual([]);
  });
});

describe('a bound', () => {
  const uri = 'file:///test/bound.chor';
  test('of states ends an exploration, and a higher one starts it anew', async () => {
    client.settings = { exploration: { states: 500 } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    client.open(uri, coinsNetwork('Bound', 10));
    await expect.poll(() => summaryOf(uri), soon).toMatch(/^1 network holds up to [\d,]+ states$/);
    client.settings = { exploration: { states: 100_000 } };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await expect.poll(() => summaryOf(uri), soon).toBe('1 network proved');
    close(uri);
  });
});

describe('other clients', () => {
  const uri = 'file:///test/other-client.chor';
  test('see the protocol’s progress of what takes longer than a second, and can cancel it', async () => {
    const other = await startClient({
      capabilities: { window: { workDoneProgress: true } },
      settings: { exploration: { states: 10_000_000 } },
    });
    const progress: {
      token: unknown;
      value: { kind: string; title?: string; message?: string; cancellable?: boolean };
    }[] = [];
    other.connection.onUnhandledProgress((sent) => void progress.push(sent as (typeof progress)[number]));
    other.open(uri, wrong + endless);
    await expect
      .poll(
        () =>
          progress.find((p) => p.value.kind === 'report' && /^Endless: [\d,]{3,} states$/.test(p.value.message ?? '')),
        soon,
      )
      .toBeDefined();
    expect(progress[0]?.value).toMatchObject({ kind: 'begin', title: 'Exploring', cancellable: true });
    other.notify('window/workDoneProgress/cancel', { token: progress[0]?.token });
    await expect.poll(() => progress.at(-1)?.value.kind, soon).toBe('end');
    expect(other.notified.some((n) => n.method === 'chor/status')).toBe(false);
    const hover = await other.request<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: { line: wrong.split('\n').length - 1, character: 10 },
    });
    expect(JSON.stringify(hover.contents)).toMatch(/holds up to|Undecided/);
    await other.stop();
  });

  test('of a server that can have no threads are served all the same', async () => {
    const alone = await startClient({ threads: false });
    alone.open(uri, greeting + endless);
    await alone.diagnostics(uri, 1);
    const lenses = (): Promise<CodeLens[]> =>
      alone.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    await expect.poll(async () => JSON.stringify(await lenses()), soon).toMatch(/holds up to [\d,]+ states/);
    alone.change(uri, 2, [{ text: greeting }]);
    expect((await alone.diagnostics(uri, 2)).map((d) => d.code)).toContain('self-communication');
    await alone.stop();
  });
});

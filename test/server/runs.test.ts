// Runs over the protocol: asked for, opened by a code action, and told of when they change.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CodeAction, CodeLens, Location } from 'vscode-languageserver-protocol/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startClient } from './client.js';
import type { Client } from './client.js';
import { stuck } from '../generators/stuck.js';

interface Runs {
  readonly version: number;
  readonly runs: readonly {
    readonly network: string;
    readonly code: string;
    readonly severity: string;
    readonly range: object;
    readonly steps: readonly { readonly kind: string; readonly text: string; readonly location?: Location }[];
    readonly ends: readonly { readonly sentence: string; readonly location?: Location }[];
    readonly cycle: readonly string[];
    readonly mermaid: string;
    readonly text: string;
    readonly diagram: { readonly lanes: readonly object[]; readonly waits: readonly object[] };
  }[];
  readonly unchecked: readonly { readonly network: string; readonly reason: string }[];
}

const broken = stuck('Broken');
const folder = mkdtempSync(join(tmpdir(), 'chor-runs-'));
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).toString();
const range = (line: number, from: number, to: number): object => ({
  start: { line, character: from },
  end: { line, character: to },
});

let client: Client;
beforeAll(async () => {
  client = await startClient({
    root: uriOf(''),
    capabilities: {
      experimental: { commands: { commands: ['chor.showRun'] } },
      workspace: { workspaceEdit: { documentChanges: true } },
    },
  });
});
afterAll(async () => {
  await client.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (uri: string): Promise<Runs> => client.request<Runs>('chor/runs', { textDocument: { uri } });

describe('the runs of a file', () => {
  const uri = uriOf('broken.chor');

  test('come with the place of each step and of each role at the end', async () => {
    client.open(uri, broken);
    const { version, runs, unchecked } = await ask(uri);
    expect(version).toBe(1);
    expect(unchecked).toEqual([]);
    expect(runs).toMatchObject([
      { network: 'Broken', code: 'deadlock', severity: 'error', range: range(3, 4, 26), cycle: ['Alice', 'Bob'] },
    ]);
    expect(runs[0]?.steps).toMatchObject([
      { kind: 'send', text: 'Alice sends "hi" to Bob', location: { uri, range: range(2, 4, 20) } },
      { kind: 'receive', text: 'Bob receives x from Alice', location: { uri, range: range(7, 4, 24) } },
    ]);
    expect(runs[0]?.ends).toMatchObject([
      { sentence: 'Alice waits for `reply` from Bob', location: { uri, range: range(3, 4, 26) } },
      { sentence: 'Bob waits for `greeting` from Alice', location: { uri, range: range(8, 4, 31) } },
    ]);
    expect(runs[0]?.mermaid).toMatch(/^sequenceDiagram\n/);
    expect(runs[0]?.text).toMatch(/^1\. Alice sends "hi" to Bob\n/);
    expect(runs[0]?.diagram).toMatchObject({
      lanes: [
        { role: 'Alice', index: 0 },
        { role: 'Bob', index: 1 },
      ],
      waits: [{}, {}],
    });
  });

  test('move along with the text, and the client is told', async () => {
    client.change(uri, 2, [{ text: `\n\n${broken}` }]);
    const told = () => client.notified.findLast((n) => n.method === 'chor/runsChanged')?.params;
    await expect.poll(told).toEqual({ uri, version: 2 });
    expect((await ask(uri)).runs[0]?.steps[0]?.location?.range).toEqual(range(4, 4, 20));
  });

  test('are not known while the network can’t be read, and gone when it is right', async () => {
    client.change(uri, 3, [{ text: broken.replace('send "hi" to Alice', 'send "hi" to') }]);
    expect(await ask(uri)).toMatchObject({
      version: 3,
      runs: [],
      unchecked: [{ network: 'Broken', reason: expect.stringMatching(/^Line \d+: /) as string }],
    });
    client.change(uri, 4, [
      { text: broken.replace('    receive greeting from Alice\n', '').replace('    send reply to Bob\n', '') },
    ]);
    await expect.poll(() => ask(uri), { timeout: 20_000 }).toMatchObject({ version: 4, runs: [], unchecked: [] });
  });

  test('lead into the files of what is called', async () => {
    writeFileSync(
      join(folder, 'lib.chor'),
      'network Sub {\n  process P {\n    send 1 to Q\n  }\n  process Q {\n    receive x from P\n  }\n}\n',
    );
    const user = uriOf('user.chor');
    client.open(
      user,
      'import { Sub } from "./lib.chor"\nnetwork N {\n  process A {\n    do Sub(A, B)\n    receive y from B\n  }\n  process B {\n    do Sub(A, B)\n  }\n}\n',
    );
    const { runs } = await ask(user);
    expect(runs[0]?.steps.map((s) => [s.text, s.location?.uri, s.location?.range.start.line])).toEqual([
      ['A sends 1 to B', uriOf('lib.chor'), 2],
    ]);
    expect(runs[0]?.ends.map((e) => [e.sentence, e.location?.uri, e.location?.range.start.line])).toEqual([
      ['A waits for `y` from B', user, 4],
      ['B sends nothing more to A', uriOf('lib.chor'), 5],
    ]);
  });

  test('of a code that is turned off are not told', async () => {
    const off = uriOf('off.chor');
    client.settings = { diagnostics: { severity: { deadlock: 'off' } } };
    client.notify('workspace/didChangeConfiguration', { settings: { chor: client.settings } });
    client.open(off, broken);
    await expect.poll(async () => (await ask(off)).runs.length).toBe(0);
    client.notify('workspace/didChangeConfiguration', { settings: { chor: {} } });
    await expect.poll(async () => (await ask(off)).runs.length).toBe(1);
  });

  test('of no file are nothing, and of a wrong question an error', async () => {
    expect(await client.request('chor/runs', { textDocument: { uri: uriOf('none.chor') } })).toBe(null);
    await expect(client.request('chor/runs', {})).rejects.toThrow('a document');
  });
});

describe('opening a run', () => {
  const uri = uriOf('action.chor');
  const actionsOf = (of: Client, only?: string[]): Promise<CodeAction[]> =>
    of.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: range(3, 6, 6),
      context: { diagnostics: [], ...(only ? { only } : {}) },
    });

  test('is a code action of the error, behind its fixes', async () => {
    client.open(uri, broken);
    for (const only of [undefined, ['quickfix']]) {
      const last = (await actionsOf(client, only)).filter((a) => a.kind === 'quickfix').at(-1);
      expect(last).toMatchObject({
        title: 'Show the run that leads here',
        diagnostics: [{ code: 'deadlock' }],
        command: {
          command: 'chor.showRun',
          arguments: [uri, { network: 'Broken', code: 'deadlock', range: range(3, 4, 26) }],
        },
      });
    }
    expect((await actionsOf(client, ['refactor'])).filter((a) => a.command)).toEqual([]);
  });

  test('is a lens of a network that is refuted', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map((l) => l.command?.title)).toEqual(['2 processes · 3 sends · refuted', 'Show the run']);
    expect(lenses[1]?.command?.arguments).toEqual([uri, { network: 'Broken' }]);
  });

  test('is not offered to a client that can’t show one', async () => {
    const other = await startClient({ root: uriOf('') });
    try {
      other.open(uri, broken);
      expect((await actionsOf(other)).filter((a) => a.command)).toEqual([]);
      expect((await other.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } })).length).toBe(1);
    } finally {
      await other.stop();
    }
  });
});

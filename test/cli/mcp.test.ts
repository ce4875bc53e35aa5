// chor mcp, as an assistant uses it: the protocol's own client, over standard input and output.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Workspace } from '../../language/workspace.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'chor-mcp-'));
const inside = join(folder, 'in');

const ping =
  'network Ping {\n  process A {\n    send 1 to B\n  }\n  process B {\n    receive x from A\n    show(x)\n  }\n}\nextern show(n: int)\n';
const order =
  'choreography Order(Buyer(price: int), Seller, Shipper) {\n  if Buyer.price < 100 {\n    Buyer -> Seller: accept\n    Seller -> Shipper: ship\n  } else {\n    Buyer -> Seller: reject\n  }\n}\n';
const stuck =
  'network Stuck {\n  process A {\n    send 1 to B\n    receive x from B: late\n  }\n  process B {\n    receive y from A\n    receive z from A\n  }\n}\n';
const secret = 'choreography Secret(A, B) {\n  A -> B: hidden\n}\n';

const files: Readonly<Record<string, string>> = {
  'in/ping.chor': ping,
  'in/order.chor': order,
  'in/sub/stuck.chor': stuck,
  'in/notes.txt': 'a note\n',
  'in/user.chor':
    'import { Types } from "./types.chor"\nchoreography User(A(t: Types), B) {\n  A.t -> B.u\n  B.use(u)\n}\nextern use(t: Types)\n',
  'in/types.chor': 'type Types = int\n',
  'in/escape.chor': 'import { Secret } from "../out/secret.chor"\nchoreography C(A, B) { do Secret(A, B) }\n',
  'in/escape-by-link.chor': 'import { Secret } from "./link.chor"\nchoreography C(A, B) { do Secret(A, B) }\n',
  'out/secret.chor': secret,
};

let client: Client;

async function connect(...args: string[]): Promise<Client> {
  const made = new Client({ name: 'test', version: '1' });
  await made.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(root, 'scripts', 'chor.mjs'), 'mcp', ...args],
      stderr: 'inherit',
    }),
  );
  return made;
}

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(join(folder, 'out', 'secret.chor'), join(inside, 'link.chor'));
  symlinkSync(join(folder, 'out'), join(inside, 'linked'));
  client = await connect('--root', inside);
});
afterAll(async () => {
  await client.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Said {
  readonly texts: readonly string[];
  readonly failed: boolean;
}

async function call(name: string, args: Record<string, unknown>, from = client): Promise<Said> {
  const { content, isError } = await from.callTool({ name, arguments: args });
  return { texts: (content as { text: string }[]).map(({ text }) => text), failed: isError === true };
}

function errorsOf(text: string): string[] {
  const workspace = new Workspace();
  workspace.set('memory:/a.chor', text);
  return (workspace.analyze('memory:/a.chor')?.findings ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
}

test('says what it is, and which tools there are; none of them changes anything', async () => {
  expect(client.getServerVersion()?.name).toBe('chor');
  expect(client.getInstructions()).toContain('for-agents');
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['check', 'fix', 'project', 'explain', 'format', 'extract', 'docs']);
  expect(
    tools.every(({ annotations, description }) => annotations?.readOnlyHint === true && description !== undefined),
  ).toBe(true);
});

describe('check', () => {
  test('tells an error once, with its place, what belongs to it, and fixes', async () => {
    const {
      texts: [text = ''],
      failed,
    } = await call('check', { text: order });
    expect(failed).toBe(false);
    expect(text).toMatch(/^1 error; 0 of 0 proved\ntext\n2:3-23 error knowledge-of-choice: Shipper can’t tell/);
    expect(text.match(/knowledge-of-choice/g)).toHaveLength(1);
    expect(text).toContain('  4:5 Shipper gets `ship` from Seller in one branch.');
    expect(text).toContain('  fix: Tell Shipper (1 more message)');
  });
  test('tells what is proved', async () => {
    expect((await call('check', { path: 'ping.chor' })).texts).toEqual(['no errors; 1 of 1 proved: Ping']);
  });
  test('takes several files, and folders', async () => {
    const {
      texts: [text = ''],
    } = await call('check', { paths: ['ping.chor', 'sub'] });
    expect(text).toContain('sub/stuck.chor\n');
    expect(text).toContain('network Stuck: refuted, by a run of 1 step; `explain` tells it');
    expect(text).not.toContain('ping.chor');
  });
  test('takes a text in place of a file, whose imports then work', async () => {
    const text = (files['in/user.chor'] ?? '').replace('A.t', 'A.u');
    expect((await call('check', { text, path: 'user.chor' })).texts[0]).toMatch(/2:|3:.*u/);
    expect((await call('check', { text: files['in/user.chor'], path: 'sub/new.chor' })).texts[0]).toContain(
      'import-not-found',
    );
    expect((await call('check', { path: 'user.chor' })).texts[0]).toContain('no errors');
  });
  test('tells what many places have in common once', async () => {
    const lines = Array.from({ length: 30 }, () => '  A.1 -> C.x\n').join('');
    const {
      texts: [text = ''],
    } = await call('check', { text: `choreography Many(A, B) {\n  A.1 -> B.y\n${lines}}\n` });
    expect(text.match(/has no role C/g)).toHaveLength(1);
    const sums = Array.from({ length: 5 }, () => '  A.show(1 + true)\n').join('');
    const {
      texts: [same = ''],
    } = await call('check', { text: `choreography Same(A, B) {\n  A -> B: l\n${sums}}\nextern show(n: int)\n` });
    expect(same).toMatch(/^5 errors/);
    expect(same.match(/type-mismatch/g)).toHaveLength(1);
    expect(same).toMatch(/also at 4:\d+, 5:\d+, 6:\d+, 7:\d+/);
    const others = Array.from({ length: 30 }, (_, i) => `  A.1 -> C${i}.x\n`).join('');
    const {
      texts: [cut = ''],
    } = await call('check', { text: `choreography Many(A, B) {\n  A.1 -> B.y\n${others}}\n` });
    expect(cut).toContain('and 10 more: mend these, and check again');
  });
});

describe('fix', () => {
  test('applies what is beyond doubt, and gives the whole text', async () => {
    const { texts } = await call('fix', { text: ping.replace('to B', 'to Bb') });
    expect(texts).toEqual([expect.stringMatching(/^Applied:\n- 3:\d+ unknown-role: .*\nNo errors are left\.$/), ping]);
    expect((await call('fix', { text: ping })).texts).toEqual(['There is no fix to apply.\nNo errors are left.']);
  });
  test('applies the one that is named by line and title', async () => {
    const {
      texts: [said, text = ''],
    } = await call('fix', { text: order, line: 2, title: 'Tell Shipper (1 more message)' });
    expect(said).toBe('Applied:\n- 2:3 knowledge-of-choice: Tell Shipper (1 more message)\nNo errors are left.');
    expect(text).toContain('if Buyer.price < 100 -> Shipper {');
    expect(errorsOf(text)).toEqual([]);
  });
  test('of a file, gives a diff, and writes nothing', async () => {
    const {
      texts: [, diff],
    } = await call('fix', { path: 'order.chor', line: 2 });
    expect(diff).toMatch(/^--- a\/order\.chor\n\+\+\+ b\/order\.chor\n/);
    expect(readFileSync(join(inside, 'order.chor'), 'utf8')).toBe(order);
  });
  test('says what there is where something else is asked for', async () => {
    expect(await call('fix', { text: order, line: 2, title: 'Do magic' })).toMatchObject({
      failed: true,
      texts: [expect.stringContaining('`Tell Shipper (1 more message)`')],
    });
    expect(await call('fix', { text: order, line: 1 })).toEqual({ failed: true, texts: ['nothing is told at line 1'] });
    expect(await call('fix', { text: order, code: 'dead-lock' })).toEqual({
      failed: true,
      texts: ['there is no code dead-lock'],
    });
  });
});

test('project gives a network that checks, and what is wrong beside a hole', async () => {
  const { texts } = await call('project', { path: 'user.chor', role: 'B' });
  expect(texts).toEqual([
    'import { User, use } from "./user.chor"\n\nnetwork User_B implements User {\n  process B {\n    receive u from A\n    use(u)\n  }\n}\n',
  ]);
  expect((await call('project', { text: order })).texts[1]).toMatch(/^What is wrong there:\n- 2:3 knowledge-of-choice/);
  expect(await call('project', { text: order, role: 'Bank' })).toEqual({
    failed: true,
    texts: ['there is no role Bank in text; there is Buyer, Seller and Shipper'],
  });
});

test('explain tells the run, and otherwise the verdict', async () => {
  const {
    texts: [run, diagram = ''],
  } = await call('explain', { path: 'sub/stuck.chor', mermaid: true });
  expect(run).toContain('  1. A sends 1 to B (line 3)\nA waits in vain:\n  - A waits for `late` from B (line 4)\n');
  expect(run).toContain('  - in the queue from A to B: 1 (line 3)');
  expect(diagram).toContain('sequenceDiagram');
  expect((await call('explain', { path: 'ping.chor' })).texts).toEqual(['network Ping: proved for every buffer size']);
  expect((await call('explain', { path: 'ping.chor', network: 'Pong' })).failed).toBe(true);
});

test('format lays out, and leaves alone what can’t be read', async () => {
  expect((await call('format', { text: 'choreography A(B,C){\nB->C:x}' })).texts).toEqual([
    'choreography A(B, C) {\n  B -> C: x\n}\n',
  ]);
  expect((await call('format', { path: 'ping.chor' })).texts).toEqual(['It is laid out already.']);
  expect(await call('format', { text: 'choreography A(B, C) { B -> }' })).toMatchObject({
    failed: true,
    texts: [expect.stringContaining('left as it is')],
  });
});

test('extract gives the choreography, or why there is none', async () => {
  expect((await call('extract', { path: 'ping.chor' })).texts).toEqual([
    'choreography PingProtocol(A, B) {\n  A.1 -> B.x\n  B.show(x)\n}\n',
  ]);
  expect(await call('extract', { path: 'sub/stuck.chor' })).toMatchObject({
    failed: true,
    texts: [expect.stringContaining('Stuck: There is no choreography')],
  });
  expect(await call('extract', { text: order })).toEqual({ failed: true, texts: ['there is no network in it'] });
});

describe('docs', () => {
  test('has the language on one page, sections, codes, and words', async () => {
    expect((await call('docs', { topic: 'for-agents' })).texts[0]).toMatch(/^# Chor on one page/);
    expect((await call('docs', { topic: 'language/calls' })).texts[0]).toMatch(/^### Calls/);
    expect((await call('docs', { topic: 'deadlock' })).texts[0]).toMatch(/^# deadlock/);
    expect((await call('docs', { topic: 'rendezvous buffer queue' })).texts[0]).toMatch(/buffer/);
    expect((await call('docs', { topic: 'xyzzy' })).failed).toBe(true);
    for (const text of (await call('docs', {})).texts)
      expect(text).toContain('codes/deadlock: Processes wait for each other');
  });
  test('are resources, each of which can be read and is short', async () => {
    const { resources } = await client.listResources();
    expect(resources.length).toBeGreaterThan(50);
    for (const { uri } of resources) {
      const {
        contents: [found],
      } = await client.readResource({ uri });
      expect(found && 'text' in found ? found.text.length : 0, uri).toBeGreaterThan(10);
      expect(found && 'text' in found ? found.text.length : 0, uri).toBeLessThan(12_100);
    }
    await expect(client.readResource({ uri: 'chor://docs/no/such/page' })).rejects.toThrow(
      /the manual has no page no\/such\/page/,
    );
  });
});

describe('what lies outside of the root', () => {
  test.each([
    '../out/secret.chor',
    'link.chor',
    'linked/secret.chor',
    'linked',
    '..',
    'sub/../../out/secret.chor',
    '/etc/passwd',
    join(folder, 'out', 'secret.chor'),
    '../in/../out/secret.chor',
    'linked/new.chor',
  ])('is not read: %s', async (path) => {
    for (const [tool, args] of [
      ['check', { path }],
      ['check', { paths: ['ping.chor', path] }],
      ['project', { path }],
      ['format', { path }],
      ['check', { text: ping, path }],
    ] as const) {
      const { texts, failed } = await call(tool, args);
      expect(failed, tool).toBe(true);
      expect(texts.join('\n')).toMatch(/outside of the root folder|no `\.chor` file/);
      expect(texts.join('\n')).not.toContain('hidden');
    }
  });
  test('is not imported, and folders do not lead there', async () => {
    for (const path of ['escape.chor', 'escape-by-link.chor'])
      expect((await call('check', { path })).texts[0], path).toMatch(/import-not-found.*outside of the root folder/);
    expect((await call('check', { paths: ['.'] })).texts[0]).not.toMatch(/hidden|^link/m);
  });
  test('and neither is what is no `.chor` file, or not there', async () => {
    expect((await call('check', { path: 'notes.txt' })).texts).toEqual(['notes.txt is no `.chor` file']);
    expect((await call('check', { path: 'missing.chor' })).texts).toEqual([
      'can’t read missing.chor: there is no such file',
    ]);
    expect((await call('check', { path: 'a\0.chor' })).failed).toBe(true);
    expect((await call('check', {})).texts[0]).toMatch(/^give a `text`/);
  });
});

test('what takes too long is ended and told, and the next call is answered', async () => {
  const hasty = await connect('--root', inside, '--seconds', '1');
  onTestFinished(() => hasty.close());
  // Ever more decisions of many roles: more than is projected in a second.
  const roles = Array.from({ length: 400 }, (_, i) => `R${i}`);
  const body = Array.from(
    { length: 4000 },
    (_, i) =>
      `  R${i % 400}.${i} -> R${(i + 1) % 400}.x${i}\n  if R${i % 400}.c${i} {\n    R${i % 400} -> R${(i + 7) % 400}: a\n  } else {\n    R${i % 400} -> R${(i + 7) % 400}: b\n  }\n`,
  ).join('');
  expect(await call('check', { text: `choreography Big(${roles.join(', ')}) {\n${body}}\n` }, hasty)).toEqual({
    failed: true,
    texts: [expect.stringMatching(/longer than 1 seconds, and was ended/)],
  });
  expect((await call('check', { text: ping }, hasty)).texts).toEqual(['no errors; 1 of 1 proved: Ping']);
});

test('calls that come together are all answered, a cancelled one is not', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) => call(i % 2 === 0 ? 'check' : 'format', { path: 'ping.chor' })),
  );
  expect(answers.map(({ texts: [text] }) => text)).toEqual(
    Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? 'no errors; 1 of 1 proved: Ping' : 'It is laid out already.')),
  );
  const stop = new AbortController();
  const cancelled = client.callTool({ name: 'check', arguments: { path: 'ping.chor' } }, undefined, {
    signal: stop.signal,
  });
  stop.abort();
  await expect(cancelled).rejects.toThrow();
  expect((await call('check', { path: 'ping.chor' })).failed).toBe(false);
});

test('nothing was written', () => {
  expect(readdirSync(inside).sort()).toEqual(
    [
      ...Object.keys(files)
        .filter((name) => name.startsWith('in/'))
        .map((name) => name.split('/')[1]),
      'link.chor',
      'linked',
    ].sort(),
  );
});

test('docs/for-agents.md has ten mistakes, each with its code and the same put right', () => {
  const page = readFileSync(join(root, 'docs', 'for-agents.md'), 'utf8');
  const mistakes = page.split(/^### \d+\. /m).slice(1);
  expect(mistakes).toHaveLength(10);
  for (const mistake of mistakes) {
    const blocks = [...mistake.matchAll(/^```chor *(.*)\n([\s\S]*?)^```$/gm)];
    expect(
      blocks.map(([, info = '']) => info.replace(/=.*/, '')),
      mistake,
    ).toEqual(['expect', '']);
    // Hints, too: what is right is exemplary.
    const [, right] = blocks;
    expect(errorsOf(right?.[2] ?? ''), mistake).toEqual([]);
  }
});

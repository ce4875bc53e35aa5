// The server as a process: what it makes of bytes that are no messages and of messages at the wrong time, and when it
// ends.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from './bundle.js';
import type { Bundle } from './bundle.js';
import { initialize, startRaw } from './raw.js';
import type { Raw } from './raw.js';

let bundle: Bundle;
let server: Raw;
beforeAll(() => {
  bundle = buildServer();
}, 60_000);
afterAll(() => bundle.remove());
afterEach(() => void server.child.kill('SIGKILL'));
const start = (args?: readonly string[]): Raw => (server = startRaw(bundle.path, args));
const ask = { id: 2, method: 'workspace/symbol', params: { query: '' } };

describe('bytes that are no message', () => {
  const proper = (text: string): string => `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 9, method: 'workspace/symbol', params: { query: '' } });
  test.each([
    ['a header without a length', `Content-Type: x\r\n\r\n${body}`],
    ['a length that is no number', `Content-Length: many\r\n\r\n${body}`],
    ['a negative length', `Content-Length: -5\r\n\r\n${body}`],
    ['a length beyond all bounds', `Content-Length: 99999999999\r\n\r\n${body}`],
    ['a length that is too small', `Content-Length: 10\r\n\r\n${body}`],
    ['a length that is a little too large', `Content-Length: ${body.length + 20}\r\n\r\n${body}`],
    ['no header at all', `${body}\r\n`],
    ['a header without an empty line', `Content-Length: ${body.length}\r\n${body}`],
    ['no JSON', proper('{"jsonrpc": ')],
    ['no object', proper('null')],
    ['a list', proper(`[${body}]`)],
    ['noise', `${'\u0000\u0001ÿ: \r\n'.repeat(40)}\r\n\r\n`],
    ['a header without an end', 'x'.repeat(100_000)],
  ])('are skipped, and the server answers on: %s', async (_, bytes) => {
    const { message, send, answer, errors } = start();
    message(initialize);
    await answer(1);
    send(bytes);
    // Nobody hears nothing: it is answered, or said that it can't be.
    await Promise.race([answer(null), answer(9)]);
    message(ask);
    message({ ...ask, id: 3 });
    await answer(3);
    expect(errors()).toMatch(/^(?:chor: .* It is skipped\.\n)+$/);
  });
  test('may come in pieces, with other headers, and with LF alone', async () => {
    const { send, answer, errors } = start();
    const text = JSON.stringify({
      jsonrpc: '2.0',
      ...initialize,
      params: { ...initialize.params, clientInfo: { name: 'ü' } },
    });
    const bytes = Buffer.from(
      `Content-Type: application/vscode-jsonrpc; charset=utf-8\ncontent-length:${Buffer.byteLength(text)}\n\n${text}`,
    );
    for (let at = 0; at < bytes.length; at += 7) {
      send(bytes.subarray(at, at + 7));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await answer(1)).toMatchObject({ result: { capabilities: {} } });
    expect(errors()).toBe('');
  });
});

describe('the order of a session', () => {
  test('a request before `initialize` is told so, whatever it asks for', async () => {
    const { message, answer } = start();
    message(ask);
    message({ id: 3, method: 'no/such/request' });
    message({ id: 4, method: 'shutdown' });
    for (const id of [2, 3, 4]) expect(await answer(id)).toMatchObject({ error: { code: -32002 } });
    message({
      method: 'textDocument/didOpen',
      params: { textDocument: { uri: 'untitled:a.chor', languageId: 'chor', version: 1, text: 'choreography' } },
    });
    message(initialize);
    expect(await answer(1)).toMatchObject({ result: { capabilities: {} } });
  });
  test('a second `initialize`, and a request after `shutdown`, are invalid; then comes the end', async () => {
    const { message, answer, ended } = start();
    message(initialize);
    message({ ...initialize, id: 5 });
    expect(await answer(5)).toMatchObject({ error: { code: -32600 } });
    message({ id: 6, method: 'shutdown' });
    expect(await answer(6)).toMatchObject({ result: null });
    message({ ...ask, id: 7 });
    message({ id: 8, method: 'shutdown' });
    message({ ...initialize, id: 10 });
    for (const id of [7, 8, 10]) expect(await answer(id)).toMatchObject({ error: { code: -32600 } });
    message({ method: 'exit' });
    expect(await ended).toBe(0);
  });
  test('`exit` alone ends it, with another code', async () => {
    const { message, ended } = start();
    message({ method: 'exit' });
    expect(await ended).toBe(1);
  });
});

describe('the end', () => {
  test('comes with that of the input', async () => {
    const { child, message, answer, ended, errors } = start();
    message(initialize);
    await answer(1);
    child.stdin?.end();
    expect(await ended).toBe(1);
    expect(errors()).toBe('');
  });
  test('comes with that of the output', async () => {
    const { child, message, ended, errors } = start();
    child.stdout?.destroy();
    message(initialize);
    message(ask);
    expect(await ended).toBe(1);
    expect(errors()).toBe('');
  });
  test('comes with that of the process that the client says it is', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const { message, answer, ended } = start();
    message({ ...initialize, params: { ...initialize.params, processId: other.pid } });
    await answer(1);
    other.kill('SIGKILL');
    expect([1, 'SIGKILL']).toContain(await ended);
  });
  test.skipIf(process.platform === 'win32')('comes with that of the parent, also while it is busy', async () => {
    // A parent that starts a process which is busy for ever, as soon as it is looked after, and tells its number.
    const busy =
      'const { endWithParent } = require(process.argv[1]); endWithParent(); process.stdout.write(String(process.pid)); for (;;);';
    const folder = mkdtempSync(join(tmpdir(), 'chor-parent-'));
    try {
      const outfile = join(folder, 'parent.cjs');
      await build({
        entryPoints: [join(import.meta.dirname, '../../system/parent.ts')],
        outfile,
        bundle: true,
        platform: 'node',
        format: 'cjs',
      });
      const parent = spawn(
        process.execPath,
        [
          '-e',
          `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(busy)}, ${JSON.stringify(outfile)}], { stdio: ['ignore', 'inherit', 'inherit'] }); setInterval(() => {}, 1000)`,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const pid = Number(
        await new Promise<string>((resolve) => {
          parent.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString()));
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const isThere = (): boolean => !/^(?:Z|$)/.test(stateOf(pid));
      expect(isThere()).toBe(true);
      parent.kill('SIGKILL');
      for (let waited = 0; waited < 15_000 && isThere(); waited += 100)
        await new Promise((resolve) => setTimeout(resolve, 100));
      const survived = isThere();
      if (survived) process.kill(pid, 'SIGKILL');
      expect(survived).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** The state of a process as `ps` tells it; nothing where there is none. */
function stateOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'stat=', '-p', String(pid)])
      .toString()
      .trim();
  } catch {
    return '';
  }
}

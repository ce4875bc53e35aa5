// The server's bundle for a web worker, run where there is no Node: only what a worker has is in its reach.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';

interface Message { readonly id?: number; readonly method?: string; readonly result?: unknown; readonly params?: unknown }

const root = join(import.meta.dirname, '../..');
const uri = 'memory:///greeting.chor';

/** Bundles the worker and starts it in a context with a worker's globals alone. */
function startWorker(): { send(message: object): void; received(fits: (message: Message) => boolean): Promise<Message> } {
  const folder = mkdtempSync(join(tmpdir(), 'chor-worker-'));
  execFileSync(process.execPath, ['scripts/build.mjs', 'browser', `--out=${folder}`], { cwd: root, stdio: 'inherit' });
  const code = readFileSync(join(folder, 'server/browser.js'), 'utf8');
  rmSync(folder, { recursive: true, force: true });
  const messages: Message[] = [];
  const waiting: (() => void)[] = [];
  const worker: Record<string, unknown> & { onmessage?: (event: { data: object }) => void } = {
    postMessage: (message: Message) => {
      messages.push(structuredClone(message));
      waiting.splice(0).forEach((wake) => wake());
    },
    addEventListener: () => undefined,
    console, setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance, URL, TextEncoder, TextDecoder, structuredClone,
    MessageChannel, AbortController,
  };
  worker['self'] = worker;
  runInContext(code, createContext(worker));
  return {
    send: (message) => worker.onmessage?.({ data: { jsonrpc: '2.0', ...message } }),
    async received(fits) {
      for (;;) {
        const found = messages.find(fits);
        if (found) return found;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
  };
}

test('the server answers in a web worker', { timeout: 60_000 }, async () => {
  const { send, received } = startWorker();
  send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
  expect((await received((m) => m.id === 1)).result).toMatchObject({ capabilities: { hoverProvider: expect.anything() as unknown } });
  send({ method: 'initialized', params: {} });
  const text = 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.greeting -> Bob.again\n}\n';
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'chor', version: 1, text } } });
  const published = await received((m) => m.method === 'textDocument/publishDiagnostics');
  expect(published.params).toMatchObject({ uri, version: 1 });
  expect(JSON.stringify(published.params)).toContain('self-communication');
  send({ id: 2, method: 'chor/projections', params: { textDocument: { uri } } });
  expect((await received((m) => m.id === 2)).result).toMatchObject({ version: 1, choreographies: [{ name: 'Greeting', roles: [{ role: 'Alice' }, { role: 'Bob' }] }] });
});

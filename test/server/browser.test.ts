// The server's bundle for a web worker, run where there is no Node: only what a worker has is in its reach.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { coinsNetwork } from '../generators/slow.js';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: unknown;
}

const root = join(import.meta.dirname, '../..');
const uri = 'memory:///greeting.chor';

interface Scope {
  postMessage(message: Message): void;
  onmessage?: (event: { data: unknown }) => void;
  readonly [name: string]: unknown;
}

/** A context with what a worker has, and nothing else; it does not share memory. */
function runWorker(code: string, postMessage: (message: Message) => void, more: object): Scope {
  const scope: Record<string, unknown> & Scope = {
    postMessage: (message) => postMessage(structuredClone(message)),
    addEventListener: () => undefined,
    console,
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    queueMicrotask,
    performance,
    URL,
    TextEncoder,
    TextDecoder,
    structuredClone,
    MessageChannel,
    AbortController,
    ...more,
  };
  scope['self'] = scope;
  runInContext(code, createContext(scope));
  return scope;
}

interface Started {
  send(message: object): void;
  received(fits: (message: Message) => boolean): Promise<Message>;
  /** The workers that the worker made, and whether each was ended. */
  readonly workers: { readonly name: string; ended: boolean }[];
}

/**
 * Bundles the server and starts it in a context with a worker's globals alone.
 * @param nested whether a worker can have workers of its own
 */
function startWorker(nested: boolean): Started {
  const folder = mkdtempSync(join(tmpdir(), 'chor-worker-'));
  execFileSync(process.execPath, ['scripts/build.mjs', 'browser', `--out=${folder}`], { cwd: root, stdio: 'inherit' });
  const server = readFileSync(join(folder, 'server', 'browser.js'), 'utf8');
  rmSync(folder, { recursive: true, force: true });
  const messages: Message[] = [];
  const waiting: (() => void)[] = [];
  const workers: { name: string; ended: boolean }[] = [];
  const blobs: string[] = [];
  class TextBlob {
    constructor(readonly parts: readonly string[]) {}
  }
  class BlobUrl extends URL {
    static override createObjectURL(blob: object): string {
      return `blob:${blobs.push((blob as TextBlob).parts.join('')) - 1}`;
    }
  }
  class NestedWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    private readonly own: { name: string; ended: boolean };
    private readonly scope: Scope;
    constructor(url: string, { name }: { name: string }) {
      this.own = { name, ended: false };
      workers.push(this.own);
      this.scope = runWorker(
        blobs[Number(url.replace('blob:', ''))] ?? '',
        (message) =>
          setTimeout(() => {
            if (!this.own.ended) this.onmessage?.({ data: message });
          }, 0),
        {},
      );
    }
    postMessage(message: object): void {
      const data = structuredClone(message);
      // It has a turn of its own; a long exploration is one that never gets its turn here.
      setTimeout(() => {
        if (!this.own.ended && !JSON.stringify(data).includes('Endless')) this.scope.onmessage?.({ data });
      }, 0);
    }
    terminate(): void {
      this.own.ended = true;
    }
  }
  const worker = runWorker(
    server,
    (message) => {
      messages.push(message);
      waiting.splice(0).forEach((wake) => wake());
    },
    nested ? { Worker: NestedWorker, Blob: TextBlob, URL: BlobUrl } : {},
  );
  return {
    workers,
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

function open({ send }: Started, text: string): void {
  send({
    id: 1,
    method: 'initialize',
    params: { processId: null, rootUri: null, capabilities: { experimental: { chorStatus: true } } },
  });
  send({ method: 'initialized', params: {} });
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'chor', version: 1, text } } });
}

const text = 'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  Bob.greeting -> Bob.again\n}\n';

test('the server answers in a web worker', { timeout: 60_000 }, async () => {
  const started = startWorker(false);
  const { send, received } = started;
  open(started, text);
  expect((await received((m) => m.id === 1)).result).toMatchObject({
    capabilities: { hoverProvider: expect.anything() as unknown },
  });
  const published = await received((m) => m.method === 'textDocument/publishDiagnostics');
  expect(published.params).toMatchObject({ uri, version: 1 });
  expect(JSON.stringify(published.params)).toContain('self-communication');
  send({ id: 2, method: 'chor/projections', params: { textDocument: { uri } } });
  expect((await received((m) => m.id === 2)).result).toMatchObject({
    version: 1,
    choreographies: [{ name: 'Greeting', roles: [{ role: 'Alice' }, { role: 'Bob' }] }],
  });
});

test(
  'networks are explored in a worker of the worker, which is ended where a job is not wanted any more',
  { timeout: 60_000 },
  async () => {
    const started = startWorker(true);
    const { send, received, workers } = started;
    const says = (m: Message, what: string): boolean =>
      m.method === 'chor/status' && JSON.stringify(m.params).includes(what);
    open(started, coinsNetwork('Endless', 8, '', false));
    await received((m) => says(m, '"name":"Endless"'));
    expect(workers).toEqual([{ name: 'Chor exploration', ended: false }]);
    send({
      method: 'textDocument/didChange',
      params: {
        textDocument: { uri, version: 2 },
        contentChanges: [{ text: coinsNetwork('Long', 8, 'receive from A: yes', false) }],
      },
    });
    await received((m) => says(m, '1 network refuted'));
    expect(workers.map((w) => w.ended)).toEqual([true, false]);
    await received(
      (m) => m.method === 'textDocument/publishDiagnostics' && JSON.stringify(m.params).includes('unmatched-receive'),
    );
    send({
      method: 'textDocument/didChange',
      params: { textDocument: { uri, version: 3 }, contentChanges: [{ text: coinsNetwork('Endless', 8, '', false) }] },
    });
    send({
      id: 3,
      method: 'textDocument/hover',
      params: { textDocument: { uri }, position: { line: 0, character: 10 } },
    });
    expect(JSON.stringify((await received((m) => m.id === 3)).result)).toContain('being explored');
    send({ id: 4, method: 'shutdown' });
    await received((m) => m.id === 4);
    expect(workers.every((w) => w.ended)).toBe(true);
  },
);

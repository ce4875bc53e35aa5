// What the server keeps depends on what is open, not on what was: documents are opened, asked about, and closed.
import { PassThrough } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  createConnection,
  createMessageConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { expect, test } from 'vitest';
import { serve } from '../../server/server.js';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The declarations of all documents are the same, so that what is kept of texts, within its bounds, is soon kept. */
const declarations = Array.from(
  { length: 25 },
  (_, k) => `choreography C${k}(A(t: string, n: int), B, D) {
  A.t -> B.x
  if A.n < ${k} {
    A -> B: yes
    A -> D: yes
    B.x -> D.y
    D.show(y)
  } else {
    A -> B: no
    A -> D: no
  }
}
`,
).join('\n');
const textOf = (n: number): string =>
  `${declarations}\nextern show(s: string)\nrecord R${n} { x: int }\nnetwork N {\n  process P { send 1 to Q }\n  process Q {}\n}\n`;

test('documents that were closed are let go', async () => {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  serve(connection, { reaches: () => false, read: () => undefined, scan: () => Promise.resolve([]) });
  connection.listen();
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published = new Map<string, (found: number) => void>();
  client.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: { uri: string; diagnostics: unknown[] }) => {
      if (diagnostics.length > 0) published.get(uri)?.(diagnostics.length);
    },
  );
  client.listen();
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    capabilities: { workspace: { textDocumentContent: {} } },
  });

  const visit = async (n: number): Promise<void> => {
    const textDocument = { uri: `untitled:d${n}.chor` };
    const found = new Promise((resolve) => published.set(textDocument.uri, resolve));
    await client.sendNotification('textDocument/didOpen', {
      textDocument: { ...textDocument, languageId: 'chor', version: 1, text: textOf(n) },
    });
    await found;
    const [position, range] = [
      { line: 1, character: 3 },
      { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
    ];
    for (const method of [
      'chor/projections',
      'chor/runs',
      'textDocument/semanticTokens/full',
      'textDocument/completion',
      'textDocument/hover',
      'textDocument/codeLens',
      'textDocument/inlayHint',
    ]) {
      await client.sendRequest(method, { textDocument, position, range });
    }
    await client.sendNotification('textDocument/didClose', { textDocument });
    // What is asked of a closed document keeps it no longer.
    expect(await client.sendRequest('chor/projections', { textDocument })).toBeNull();
    published.delete(textDocument.uri);
  };
  const heapAfter = async (from: number, to: number): Promise<number> => {
    for (let n = from; n < to; n++) await visit(n);
    await new Promise((resolve) => setTimeout(resolve, 100));
    collectGarbage();
    return process.memoryUsage().heapUsed / 1e6;
  };
  const [few, many] = [await heapAfter(0, 30), await heapAfter(30, 150)];
  client.dispose();
  connection.dispose();
  // A document that is kept takes some 0.5 MB; 120 of them, 60.
  expect(many - few).toBeLessThan(12);
}, 120_000);

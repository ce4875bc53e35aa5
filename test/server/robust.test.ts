// Whatever a client sends, the server answers or ignores it, lives on, and shows nobody a stack trace.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startClient } from './client.js';
import type { Client } from './client.js';

const uri = 'file:///test/robust.chor';
const text =
  'choreography Greeting(Alice, Bob) {\n  Alice."hello" -> Bob.greeting\n  if Bob.greeting == "x" -> Alice {\n    Bob."hi" -> Alice.reply\n  }\n}\n';

const requests = [
  'textDocument/hover',
  'textDocument/completion',
  'textDocument/signatureHelp',
  'textDocument/definition',
  'textDocument/declaration',
  'textDocument/typeDefinition',
  'textDocument/implementation',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/documentSymbol',
  'workspace/symbol',
  'textDocument/foldingRange',
  'textDocument/selectionRange',
  'textDocument/semanticTokens/full',
  'textDocument/semanticTokens/full/delta',
  'textDocument/semanticTokens/range',
  'textDocument/inlayHint',
  'textDocument/codeLens',
  'textDocument/documentLink',
  'textDocument/codeAction',
  'textDocument/rename',
  'textDocument/prepareRename',
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/onTypeFormatting',
  'textDocument/prepareCallHierarchy',
  'callHierarchy/incomingCalls',
  'callHierarchy/outgoingCalls',
  'completionItem/resolve',
  'workspace/willRenameFiles',
  'workspace/textDocumentContent',
  'workspace/executeCommand',
  'chor/projections',
  'chor/diagram',
  'chor/checkAnswer',
];
const notifications = [
  'textDocument/didOpen',
  'textDocument/didChange',
  'textDocument/didClose',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWatchedFiles',
  'workspace/didChangeWorkspaceFolders',
  'chor/nonsense',
];

let client: Client;
beforeAll(async () => {
  client = await startClient();
  client.open(uri, text);
}, 60_000);
afterAll(() => client.stop());

const position = fc.record({
  line: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.constantFrom<unknown>(2 ** 31, null, 'x', 1.5)),
  character: fc.oneof(fc.integer({ min: -2, max: 60 }), fc.constantFrom<unknown>(2 ** 31, undefined, {})),
});
const range = fc.record({ start: position, end: position });
const document = fc.record({
  uri: fc.constantFrom<unknown>(
    uri,
    uri,
    uri,
    'file:///nowhere.chor',
    'untitled:x',
    'not an address',
    '',
    7,
    null,
    'file:///%E0%A4%A',
    'chor-projection:/x?',
  ),
  version: fc.constantFrom<unknown>(1, 2, null, 'x'),
  text: fc.constantFrom<unknown>(text, '', 'choreography', 3),
});
const params = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      textDocument: document,
      position,
      range,
      positions: fc.array(position, { maxLength: 3 }),
      newName: fc.constantFrom<unknown>('Carol', 'if', '1x', '', null),
      context: fc.constantFrom<unknown>({ diagnostics: [] }, { diagnostics: [null, 3], only: ['source.fixAll'] }, null),
      query: fc.constantFrom<unknown>('A', 3),
      options: fc.constantFrom<unknown>({ tabSize: 2, insertSpaces: true }, null, { tabSize: -1 }),
      ch: fc.constantFrom<unknown>('}', null),
      contentChanges: fc.array(
        fc.oneof(fc.record({ range, text: fc.constantFrom<unknown>('x', '}', '', null) }), fc.constant(null)),
        { maxLength: 2 },
      ),
      files: fc.constantFrom<unknown>([{ oldUri: uri, newUri: 'file:///test/other.chor' }], [{}], null),
      item: fc.record({ uri: fc.constant(uri), selectionRange: range }),
      uri: fc.constantFrom<unknown>('chor-projection:/x', uri, 3),
      changes: fc.constantFrom<unknown>([{ uri, type: 3 }], null),
      settings: fc.constantFrom<unknown>({ chor: 3 }, null),
      event: fc.constantFrom<unknown>({ added: [{ uri: 'file:///nowhere' }] }, null),
      command: fc.constantFrom<unknown>('x', null),
      data: fc.constantFrom<unknown>(0, 99, 'x'),
      check: fc.constantFrom<unknown>('{"expect":[{"kind":"behaves","in":"Greeting","as":"Greeting"}]}', '{', 3),
      solution: fc.constantFrom<unknown>(text, '', 3),
    }),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.jsonValue()) },
  { weight: 1, arbitrary: fc.array(fc.jsonValue(), { maxLength: 2 }) },
);

test('survives malformed requests and notifications, and answers without stack traces', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...requests),
      fc.constantFrom(...notifications),
      params,
      fc.boolean(),
      async (request, notification, sent, notify) => {
        if (notify) client.notify(notification, sent);
        try {
          await client.request(request, sent);
        } catch (error) {
          expect(String((error as Error).message)).not.toMatch(/\n\s+at |\.ts:|\.cjs:/);
          expect((error as { data?: unknown }).data).toBeUndefined();
        }
        expect(client.alive()).toBe(true);
      },
    ),
    { numRuns: 600, seed: 7 },
  );
  client.notify('textDocument/didClose', { textDocument: { uri } });
  client.open(uri, text, 100);
  expect(await client.diagnostics(uri, 100)).toBeDefined();
  expect(await client.request('chor/projections', { textDocument: { uri } })).toMatchObject({
    stale: false,
    version: 100,
  });
}, 60_000);

test('takes steady typing and requests in between, and tells about the last text', async () => {
  const typed = 'file:///test/typed.chor';
  client.open(typed, 'choreography T(A, B) {\n  \n}\n');
  const line = 'A.1 -> B.x';
  for (let index = 0; index < line.length; index++) {
    client.change(typed, index + 2, [
      {
        range: { start: { line: 1, character: 2 + index }, end: { line: 1, character: 2 + index } },
        text: line.charAt(index),
      },
    ]);
    void client.request('textDocument/completion', {
      textDocument: { uri: typed },
      position: { line: 1, character: 3 + index },
    });
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  expect((await client.diagnostics(typed, line.length + 1)).filter((d) => d.severity === 1)).toEqual([]);
  // Edits are gathered: not every version is told about.
  const versions = client.published.filter((p) => p.uri === typed).map((p) => p.version ?? 0);
  expect(versions).toEqual([...versions].sort((a, b) => a - b));
});

// chor lsp: the server that editors start, from the same bundle as the other commands.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

test('serves an editor over standard input and output, and ends when told to', async () => {
  const child = spawn(process.execPath, [join(root, 'scripts', 'chor.mjs'), 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', resolve);
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  try {
    const { capabilities } = await connection.sendRequest<{ capabilities: { hoverProvider?: unknown } }>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    expect(capabilities.hoverProvider).toBeTruthy();
    const published = new Promise<{ diagnostics: { code: string }[] }>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', resolve);
    });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: 'untitled:a.chor',
        languageId: 'chor',
        version: 1,
        text: 'choreography C(A, B) {\n  A -> A: x\n  A -> B: y\n}\n',
      },
    });
    expect((await published).diagnostics.map((d) => d.code)).toEqual(['self-communication']);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await ended).toBe(0);
  } finally {
    connection.dispose();
    child.kill();
  }
});

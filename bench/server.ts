// A language server at the other end of a pipe, as an editor sees it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection, StreamMessageReader, StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type { PublishDiagnosticsParams } from 'vscode-languageserver-protocol/node';

export interface Server {
  /** Opens a document and waits for its diagnostics. */
  open(uri: string, text: string): Promise<void>;
  /** Sends the replacement of a range of one line, and waits for the diagnostics. Gives the milliseconds that passed. */
  edit(uri: string, line: number, from: number, to: number, text: string): Promise<number>;
  /** The same, until the answer to a request for the projections there. */
  editAndProject(uri: string, line: number, from: number, to: number, text: string): Promise<number>;
  close(uri: string): Promise<void>;
  /** The milliseconds that the server's main thread was running so far, to ten of them; undefined where the system does not say. */
  cpu(): number | undefined;
  /** How much memory the server has resident, in megabytes; undefined where the system does not say. */
  memory(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the server over stdio.
 * @param command the file of the `chor` command
 */
export async function startServer(command: string): Promise<Server> {
  const child = spawn(process.execPath, [command, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const versions = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }: PublishDiagnosticsParams) => { waiting.get(`${uri} ${version}`)?.(); });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/semanticTokens/refresh', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: null, workspaceFolders: null,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true, relatedInformation: true } } },
  });
  await connection.sendNotification('initialized', {});

  const diagnosed = (uri: string): Promise<void> => new Promise((resolve) => {
    const key = `${uri} ${versions.get(uri) ?? 0}`;
    waiting.set(key, () => {
      waiting.delete(key);
      resolve();
    });
  });
  const change = async (uri: string, line: number, from: number, to: number, text: string): Promise<void> => {
    const version = (versions.get(uri) ?? 0) + 1;
    versions.set(uri, version);
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ range: { start: { line, character: from }, end: { line, character: to } }, text }],
    });
  };
  return {
    async open(uri, text) {
      versions.set(uri, 1);
      const done = diagnosed(uri);
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'chor', version: 1, text } });
      await done;
    },
    async edit(uri, line, from, to, text) {
      const start = performance.now();
      const sent = change(uri, line, from, to, text);
      const done = diagnosed(uri);
      await sent;
      await done;
      return performance.now() - start;
    },
    async editAndProject(uri, line, from, to, text) {
      const start = performance.now();
      const sent = change(uri, line, from, to, text);
      const done = diagnosed(uri);
      await sent;
      await connection.sendRequest('chor/projections', { textDocument: { uri }, position: { line, character: from } });
      const time = performance.now() - start;
      await done;
      return time;
    },
    async close(uri) {
      await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    cpu() {
      try {
        const fields = readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        return (Number(fields[11]) + Number(fields[12])) * 10;
      } catch {
        return undefined;
      }
    },
    memory() {
      try {
        const found = /^VmRSS:\s*(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        return found ? Number(found[1]) / 1000 : undefined;
      } catch {
        return undefined;
      }
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await new Promise((resolve) => { child.once('exit', resolve); });
      connection.dispose();
    },
  };
}

// A language server at the other end of a pipe, as an editor sees it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import type {
  ProtocolConnection,
  PublishDiagnosticsParams,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';

export interface Server {
  readonly connection: ProtocolConnection;
  /** Opens a document and waits for its diagnostics. */
  open(uri: string, text: string): Promise<void>;
  /**
   * Sends the replacement of a range of one line, and waits for the diagnostics. Gives the milliseconds that passed.
   */
  edit(uri: string, line: number, from: number, to: number, text: string): Promise<number>;
  /** The same, until the answer to a request for the projections there. */
  editAndProject(uri: string, line: number, from: number, to: number, text: string): Promise<number>;
  close(uri: string): Promise<void>;
  /**
   * The milliseconds that the server's main thread was running so far, to ten of them; undefined where the system does
   * not say.
   */
  cpu(): number | undefined;
  /** How much memory the server has resident, in megabytes; undefined where the system does not say. */
  memory(): number | undefined;
  stop(): Promise<void>;
}

/**
 * Starts the server over stdio.
 * @param command the file of the `chor` command
 */
export function startServer(command: string): Promise<Server> {
  return connect(command, null, false, () => undefined);
}

/**
 * The same for a workspace.
 * @param root its folder
 * @param pulls whether the client fetches diagnostics; else they are sent to it
 * @param told told of each file that something is said of, by its address
 */
export async function connect(
  command: string,
  root: string | null,
  pulls: boolean,
  told: (uri: string) => void,
): Promise<Server> {
  const child = spawn(process.execPath, [command, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const versions = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version }: PublishDiagnosticsParams) => {
    waiting.get(`${uri} ${version}`)?.();
    if (version === undefined) told(uri);
  });
  connection.onNotification('$/progress', ({ value }: { value: Partial<WorkspaceDiagnosticReport> }) => {
    for (const { uri } of value.items ?? []) told(uri);
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  for (const what of ['semanticTokens', 'diagnostic']) connection.onRequest(`workspace/${what}/refresh`, () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: root === null ? null : [{ uri: root, name: 'bench' }],
    capabilities: {
      textDocument: {
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        ...(pulls ? { diagnostic: {} } : {}),
      },
      ...(pulls ? { workspace: { diagnostics: { refreshSupport: true } } } : {}),
    },
  });
  await connection.sendNotification('initialized', {});

  const diagnosed = (uri: string): Promise<unknown> =>
    pulls
      ? connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } })
      : new Promise<void>((resolve) => {
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
    connection,
    async open(uri, text) {
      versions.set(uri, 1);
      const sent = connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'chor', version: 1, text },
      });
      const done = diagnosed(uri);
      await sent;
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
        const fields =
          readFileSync(`/proc/${child.pid}/task/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
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
      await new Promise((resolve) => {
        child.once('exit', resolve);
      });
      connection.dispose();
    },
  };
}

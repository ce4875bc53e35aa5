// A language client for the tests: starts the bundled server over real standard input and output.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';
import type {
  Diagnostic,
  InitializeResult,
  MessageConnection,
  PublishDiagnosticsParams,
  ServerCapabilities,
} from 'vscode-languageserver-protocol/node';
import { buildServer } from './bundle.js';
import type { Bundle } from './bundle.js';

export interface Client {
  readonly connection: MessageConnection;
  readonly capabilities: ServerCapabilities;
  /** What was published, newest last. */
  readonly published: PublishDiagnosticsParams[];
  readonly notified: { method: string; params: unknown }[];
  /** Settings that the server is told when it asks. */
  settings: unknown;
  open(uri: string, text: string, version?: number): void;
  change(uri: string, version: number, changes: readonly object[]): void;
  request<R>(method: string, params: unknown): Promise<R>;
  notify(method: string, params: unknown): void;
  /** Waits for the diagnostics of a version. */
  diagnostics(uri: string, version: number): Promise<Diagnostic[]>;
  readonly alive: () => boolean;
  stop(): Promise<void>;
}

export interface Options {
  readonly root?: string;
  readonly capabilities?: object;
  readonly settings?: unknown;
  /** Without the code of its threads, the server can have none. */
  readonly threads?: boolean;
  /** One that others use as well; without it, the client makes its own. */
  readonly bundle?: Bundle;
}

const capabilities = {
  workspace: {
    configuration: true,
    workspaceEdit: { documentChanges: true },
    didChangeConfiguration: { dynamicRegistration: true },
    textDocumentContent: {},
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } },
      resolveSupport: { properties: ['edit'] },
    },
    completion: { completionItem: { snippetSupport: true } },
    rename: { prepareSupport: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

export async function startClient(options: Options = {}): Promise<Client> {
  const bundle = options.bundle ?? buildServer();
  if (options.threads === false) rmSync(bundle.path.replace('main.cjs', 'worker.cjs'));
  const child = spawn(process.execPath, [bundle.path, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  let running = true;
  const exited = new Promise<void>((resolve) =>
    child.on('exit', () => {
      running = false;
      resolve();
    }),
  );
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const published: PublishDiagnosticsParams[] = [];
  const notified: { method: string; params: unknown }[] = [];
  const waiting: (() => void)[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    waiting.splice(0).forEach((wake) => wake());
  });
  connection.onNotification((method, params) => void notified.push({ method, params }));
  const client: Partial<Client> & { settings: unknown } = { settings: options.settings ?? null };
  connection.onRequest('workspace/configuration', (params: { items: unknown[] }) =>
    params.items.map(() => client.settings),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest((method) => {
    notified.push({ method, params: undefined });
    return null;
  });
  connection.listen();
  const result = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: options.root ?? null,
    workspaceFolders: options.root === undefined ? null : [{ uri: options.root, name: 'test' }],
    capabilities: options.capabilities ?? capabilities,
  });
  await connection.sendNotification('initialized', {});
  return Object.assign(client, {
    connection,
    published,
    notified,
    capabilities: result.capabilities,
    open: (uri: string, text: string, version = 1) =>
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'chor', version, text },
      }),
    change: (uri: string, version: number, contentChanges: readonly object[]) =>
      void connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    request: <R>(method: string, params: unknown) => connection.sendRequest<R>(method, params),
    notify: (method: string, params: unknown) => void connection.sendNotification(method, params as object),
    diagnostics: async (uri: string, version: number) => {
      for (let waited = 0; ;) {
        const found = published.findLast((p) => p.uri === uri && p.version === version);
        if (found) return found.diagnostics;
        if (waited > 100)
          throw new Error(
            `No diagnostics for version ${version} of ${uri}; got ${JSON.stringify(published.map((p) => [p.uri, p.version]))}`,
          );
        waited++;
        await Promise.race([
          new Promise<void>((wake) => waiting.push(wake)),
          new Promise((resolve) => setTimeout(resolve, 100)),
        ]);
      }
    },
    alive: () => running,
    stop: async () => {
      if (running) {
        await connection.sendRequest('shutdown').catch(() => undefined);
        await connection.sendNotification('exit').catch(() => undefined);
      }
      const timer = setTimeout(() => child.kill(), 2000);
      await exited;
      clearTimeout(timer);
      connection.dispose();
      if (!options.bundle) bundle.remove();
    },
  });
}

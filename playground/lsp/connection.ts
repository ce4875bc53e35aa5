// The language server in a worker of the page, and what is said with it. One that ends is started again, and told all that is open.
import { BrowserMessageReader, BrowserMessageWriter, CancellationTokenSource, createMessageConnection } from 'vscode-jsonrpc/browser';
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/browser';
import type { ClientCapabilities, InitializeParams, InitializeResult, ServerCapabilities } from 'vscode-languageserver-protocol';
import { showRunCommand } from '../../protocol/runs.js';

/** How often it is started again. */
const mostStarts = 4;

export type ServerState = 'starting' | 'running' | 'stopped';

export interface Connection {
  /** The answer to a request; undefined where it was taken back, refused, or there is no server. A refusal is told to `refused`. */
  request<A>(method: string, params: unknown, token?: CancellationToken, refused?: (why: string) => void): Promise<A | undefined>;
  notify(method: string, params: unknown): void;
  on<P>(method: string, take: (params: P) => void): void;
  readonly state: () => ServerState;
  /** What the server can do, as it said when it was started; empty before that. */
  readonly offers: () => ServerCapabilities;
  /** Called with each new state; of a server that runs, before anything is asked. */
  onState(listen: (state: ServerState) => void): void;
  start(): void;
}

/** What the editor can do of what the protocol has. */
const capabilities: ClientCapabilities = {
  textDocument: {
    synchronization: {}, hover: { contentFormat: ['markdown'] },
    completion: { contextSupport: true, completionItem: { snippetSupport: true, documentationFormat: ['markdown'], insertTextModeSupport: { valueSet: [1, 2] } } },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true }, foldingRange: { lineFoldingOnly: true }, rename: { prepareSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'refactor.extract', 'refactor.inline', 'refactor.rewrite', 'source', 'source.fixAll'] } }, isPreferredSupport: true, disabledSupport: true },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, codeDescriptionSupport: true, versionSupport: true },
    semanticTokens: { requests: { full: true }, formats: ['relative'], tokenTypes: [], tokenModifiers: [] },
  },
  workspace: { executeCommand: {}, textDocumentContent: {}, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true }, semanticTokens: { refreshSupport: true } },
  experimental: { commands: { commands: [showRunCommand] }, chorStatus: true },
};

/**
 * Makes the connection; nothing runs yet.
 * @param takeWorker starts the server’s worker
 * @param settings the section `chor` of what could be set
 * @param refresh what the server asks for again, by the method: hints, lenses, colours
 */
export function createConnection(takeWorker: () => Worker, settings: unknown, refresh: (method: string) => void): Connection {
  let current: MessageConnection | undefined;
  let state: ServerState = 'starting';
  let starts = 0;
  let offers: ServerCapabilities = {};
  const listeners: ((state: ServerState) => void)[] = [];
  const handlers = new Map<string, (params: unknown) => void>();
  const set = (next: ServerState): void => {
    state = next;
    for (const listen of listeners) listen(next);
  };

  const start = (): void => {
    starts++;
    set('starting');
    const worker = takeWorker();
    const connection = createMessageConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
    const ended = (): void => {
      if (current !== connection) return;
      current = undefined;
      connection.dispose();
      worker.terminate();
      if (starts < mostStarts) start();
      else set('stopped');
    };
    current = connection;
    worker.addEventListener('error', ended);
    connection.onUnhandledNotification(({ method, params }) => handlers.get(method)?.(params));
    connection.onRequest((method) => {
      if (method.startsWith('workspace/') && method.endsWith('/refresh')) refresh(method);
      return method === 'workspace/applyEdit' ? { applied: false } : null;
    });
    connection.listen();
    const params: InitializeParams = { processId: null, rootUri: null, capabilities, initializationOptions: settings };
    connection.sendRequest<InitializeResult>('initialize', params).then((answer) => {
      if (current !== connection) return;
      offers = answer.capabilities;
      void connection.sendNotification('initialized', {});
      set('running');
    }, ended);
  };

  return {
    start, state: () => state, offers: () => offers,
    onState: (listen) => void listeners.push(listen),
    on: (method, take) => void handlers.set(method, take as (params: unknown) => void),
    notify: (method, params) => void current?.sendNotification(method, params).catch(() => undefined),
    async request<A>(method: string, params: unknown, token?: CancellationToken, refused?: (why: string) => void): Promise<A | undefined> {
      const connection = current;
      if (!connection || state !== 'running' || isTakenBack(token)) return undefined;
      try {
        return await connection.sendRequest<A | null>(method, params, token ?? new CancellationTokenSource().token) ?? undefined;
      } catch (error) {
        if (!isTakenBack(token) && current === connection) refused?.(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
  };
}

function isTakenBack(token: CancellationToken | undefined): boolean {
  return token?.isCancellationRequested === true;
}

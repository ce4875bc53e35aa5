// The language server in a worker of the page, and what is said with it. One that ends is started again, and told all
// that is open.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  CancellationTokenSource,
  createMessageConnection,
} from 'vscode-jsonrpc/browser';
import type { CancellationToken, MessageConnection } from 'vscode-jsonrpc/browser';
import type { InitializeResult, ServerCapabilities } from 'vscode-languageserver-protocol';
import type { Started } from '../server-worker.js';
import { initializeParams } from './initialize.js';

/** How often it is started again. */
const mostStarts = 4;

export type ServerState = 'starting' | 'running' | 'stopped';

export interface Connection {
  /**
   * The answer to a request; undefined where it was taken back, refused, or there is no server. A refusal is told to
   * `refused`.
   */
  request<A>(
    method: string,
    params: unknown,
    token?: CancellationToken,
    refused?: (why: string) => void,
  ): Promise<A | undefined>;
  notify(method: string, params: unknown): void;
  on<P>(method: string, take: (params: P) => void): void;
  readonly state: () => ServerState;
  /** What the server can do, as it said when it was started; empty before that. */
  readonly offers: () => ServerCapabilities;
  /**
   * The texts that the server was told before the page was there, by their addresses, each as version 1; whoever goes
   * on with one takes it out.
   */
  readonly told: () => Map<string, string>;
  /** Called with each new state; of a server that runs, before anything is asked. */
  onState(listen: (state: ServerState) => void): void;
  start(): void;
}

/**
 * Makes the connection; nothing runs yet.
 * @param takeServer the server’s worker: one that was started before, or a new one
 * @param refresh what the server asks for again, by the method: hints, lenses, colours
 */
export function createConnection(takeServer: () => Worker | Started, refresh: (method: string) => void): Connection {
  let current: MessageConnection | undefined;
  let state: ServerState = 'starting';
  let starts = 0;
  let offers: ServerCapabilities = {};
  let told = new Map<string, string>();
  const listeners: ((state: ServerState) => void)[] = [];
  const handlers = new Map<string, (params: unknown) => void>();
  const set = (next: ServerState): void => {
    state = next;
    for (const listen of listeners) listen(next);
  };

  const start = (): void => {
    starts++;
    set('starting');
    const taken = takeServer();
    const [worker, started] = 'worker' in taken ? [taken.worker, taken] : [taken, undefined];
    told = started?.told ?? new Map();
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
    (started?.answer ?? connection.sendRequest<InitializeResult>('initialize', initializeParams)).then((answer) => {
      if (current !== connection) return;
      offers = answer.capabilities;
      if (!started) void connection.sendNotification('initialized', {});
      set('running');
      started?.repeat();
    }, ended);
  };

  return {
    start,
    state: () => state,
    offers: () => offers,
    told: () => told,
    onState: (listen) => void listeners.push(listen),
    on: (method, take) => void handlers.set(method, take as (params: unknown) => void),
    notify: (method, params) => void current?.sendNotification(method, params).catch(() => undefined),
    async request<A>(
      method: string,
      params: unknown,
      token?: CancellationToken,
      refused?: (why: string) => void,
    ): Promise<A | undefined> {
      const connection = current;
      if (!connection || state !== 'running' || isTakenBack(token)) return undefined;
      try {
        return (
          (await connection.sendRequest<A | null>(method, params, token ?? new CancellationTokenSource().token)) ??
          undefined
        );
      } catch (error) {
        if (!isTakenBack(token) && current === connection)
          refused?.(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    },
  };
}

function isTakenBack(token: CancellationToken | undefined): boolean {
  return token?.isCancellationRequested === true;
}

// The language server: started with the extension, again when it crashes, and for as long as that makes sense.
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, State } from 'vscode-languageclient';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import { linksToManual } from './manual.js';
import { showRunCommand } from '../protocol/runs.js';

/** After so many crashes within the time below, in milliseconds, it stays down until the user says otherwise. */
const crashes = 4;
const within = 180_000;

export type ServerState =
  { readonly kind: 'starting' } | { readonly kind: 'running' } | { readonly kind: 'stopped'; readonly reason: string };

/** Makes the client of a server that is reached in one way or the other; nothing runs yet. */
export type Connect = (id: string, name: string, options: LanguageClientOptions) => BaseLanguageClient;

export interface Server {
  readonly client: BaseLanguageClient;
  readonly state: () => ServerState;
  readonly onState: vscode.Event<ServerState>;
  start(): Promise<void>;
  restart(): Promise<void>;
}

/**
 * Creates the client of the language server; nothing runs yet.
 * @param connect how it is reached
 * @param log what the server says goes here
 */
export function createServer(connect: Connect, log: vscode.LogOutputChannel): Server {
  const crashed: number[] = [];
  let state: ServerState = { kind: 'starting' };
  const changed = new vscode.EventEmitter<ServerState>();
  const set = (next: ServerState): void => {
    state = next;
    changed.fire(next);
  };

  const giveUp = (reason: string): void => {
    set({ kind: 'stopped', reason });
    log.error(reason);
    const [again, shown] = [vscode.l10n.t('Restart Server'), vscode.l10n.t('Show Log')];
    void vscode.window.showErrorMessage(reason, again, shown).then((answer) => {
      if (answer === again) void server.restart();
      if (answer === shown) log.show();
    });
  };

  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ language: 'chor' }],
    outputChannel: log,
    middleware: linksToManual,
    diagnosticPullOptions: { onChange: true },
    // The values alone: functions can't be sent to a worker.
    initializationOptions: JSON.parse(JSON.stringify(vscode.workspace.getConfiguration('chor'))) as unknown,
    initializationFailedHandler: (error) => {
      log.error(error instanceof Error ? error.message : String(error));
      return false;
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        const now = Date.now();
        crashed.push(now);
        while (now - (crashed[0] ?? now) > within) crashed.shift();
        if (crashed.length < crashes) {
          log.warn('The language server ended unexpectedly. It is started again.');
          set({ kind: 'starting' });
          return { action: CloseAction.Restart, handled: true };
        }
        giveUp(
          vscode.l10n.t(
            'The Chor language server crashed {0} times within three minutes, so it is not started again. Errors and projections are those from before; the log says what went wrong.',
            crashes,
          ),
        );
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
  };

  const client = connect('chor', 'Chor', clientOptions);
  client.registerFeature({
    // The server may offer what only this client can do.
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...capabilities.experimental, commands: { commands: [showRunCommand] } };
    },
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) set({ kind: 'running' });
    else if (newState === State.Starting) set({ kind: 'starting' });
    else if (state.kind === 'running')
      set({ kind: 'stopped', reason: vscode.l10n.t('The language server is not running.') });
  });

  const start = async (): Promise<void> => {
    try {
      await client.start();
    } catch (error) {
      giveUp(
        vscode.l10n.t(
          'The Chor language server can’t be started: {0}. Editing works, but without errors, hovers and projections.',
          error instanceof Error ? error.message : String(error),
        ),
      );
    }
  };

  const server: Server = {
    client,
    state: () => state,
    onState: changed.event,
    start,
    async restart() {
      crashed.length = 0;
      log.info('Restarting the language server.');
      set({ kind: 'starting' });
      try {
        if (client.isRunning()) await client.stop();
      } catch (error) {
        log.warn(`The old server did not stop in time: ${error instanceof Error ? error.message : String(error)}`);
      }
      await start();
    },
  };
  return server;
}

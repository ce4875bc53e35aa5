// The newest projections of each file that is looked at. A newer question takes the place of one on its way.
import * as vscode from 'vscode';
import { projectionsChanged, projectionsRequest } from './protocol.js';
import type { Projections, ProjectionsChanged, ProjectionsParams } from './protocol.js';
import type { Server } from './server.js';

export interface ProjectionSource {
  /** The newest answer there is, however old. */
  known(uri: string): Projections | undefined;
  /** Asks for the newest; a question for the same file that is on its way is dropped. */
  refresh(uri: string): Promise<Projections | undefined>;
  /** Files whose projections are followed: they are asked for again whenever the server says that they changed. */
  follow(uris: readonly string[]): void;
  /** The address of the file whose answer is new. */
  readonly onAnswer: vscode.Event<string>;
  dispose(): void;
}

/** Creates the projections as seen from here. */
export function createProjections(server: Server, log: vscode.LogOutputChannel): ProjectionSource {
  const answers = new Map<string, Projections>();
  const underway = new Map<string, vscode.CancellationTokenSource>();
  let followed: readonly string[] = [];
  const answered = new vscode.EventEmitter<string>();

  const refresh = async (uri: string): Promise<Projections | undefined> => {
    underway.get(uri)?.cancel();
    const state = server.state();
    if (state.kind !== 'running') {
      const known = answers.get(uri);
      if (known && !known.stale) {
        answers.set(uri, { ...known, stale: true, reason: state.kind === 'starting' ? 'Starting the language server…' : state.reason });
        answered.fire(uri);
      }
      return answers.get(uri);
    }
    const cancel = new vscode.CancellationTokenSource();
    underway.set(uri, cancel);
    try {
      const params: ProjectionsParams = { textDocument: { uri } };
      const answer = await server.client.sendRequest<Projections | null>(projectionsRequest, params, cancel.token);
      if (cancel.token.isCancellationRequested) return answers.get(uri);
      // Never nothing where there was something: the file may have been closed, or be broken altogether.
      if (answer) {
        answers.set(uri, answer);
        answered.fire(uri);
      }
    } catch (error) {
      if (!cancel.token.isCancellationRequested) log.warn(`No projections of ${uri}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (underway.get(uri) === cancel) underway.delete(uri);
      cancel.dispose();
    }
    return answers.get(uri);
  };

  const subscriptions = [
    answered,
    server.client.onNotification(projectionsChanged, ({ uri }: ProjectionsChanged) => {
      if (followed.includes(uri)) void refresh(uri);
    }),
    server.onState(() => {
      for (const uri of followed) void refresh(uri);
    }),
  ];

  return {
    known: (uri) => answers.get(uri),
    refresh,
    follow(uris) {
      const added = uris.filter((uri) => !followed.includes(uri));
      followed = uris;
      for (const uri of added) void refresh(uri);
    },
    onAnswer: answered.event,
    dispose: () => {
      for (const cancel of underway.values()) cancel.cancel();
      for (const each of subscriptions) each.dispose();
    },
  };
}

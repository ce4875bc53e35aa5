// The newest answer of the server for each file that is looked at. A newer question takes the place of one on its way.
import * as vscode from 'vscode';
import type { Notification, Request } from '../protocol/message.js';
import type { Changed } from '../protocol/places.js';
import type { Server } from './server.js';

export interface Answers<A> {
  /** The newest answer there is, however old. */
  known(uri: string): A | undefined;
  /** Asks for the newest; a question for the same file that is on its way is dropped. */
  refresh(uri: string): Promise<A | undefined>;
  /** Files that are followed: they are asked for again whenever the server says that their answers changed. */
  follow(uris: readonly string[]): void;
  /** The address of the file whose answer is new. */
  readonly onAnswer: vscode.Event<string>;
  dispose(): void;
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** @typeParam A what is kept: what the server answers, or that with what is known of its age */
export interface Question<A, S extends A> {
  readonly request: Request<DocumentParams, S | null>;
  /** The notification that says that it is time to ask again. */
  readonly changed: Notification<Changed>;
  /** What is asked for, in a word. */
  readonly what: string;
  /** An answer that is not the newest any more, as the server is not running; undefined where nothing has to change. */
  outdated(answer: A, reason: string): A | undefined;
}

/** Keeps the answers to one question about files. */
export function createAnswers<A, S extends A = A>(server: Server, log: vscode.LogOutputChannel, { request, changed, what, outdated }: Question<A, S>): Answers<A> {
  const answers = new Map<string, A>();
  const underway = new Map<string, vscode.CancellationTokenSource>();
  let followed: readonly string[] = [];
  const answered = new vscode.EventEmitter<string>();

  const refresh = async (uri: string): Promise<A | undefined> => {
    underway.get(uri)?.cancel();
    const state = server.state();
    if (state.kind !== 'running') {
      const known = answers.get(uri);
      const old = known && outdated(known, state.kind === 'starting' ? 'Starting the language server…' : state.reason);
      if (old) {
        answers.set(uri, old);
        answered.fire(uri);
      }
      return answers.get(uri);
    }
    const cancel = new vscode.CancellationTokenSource();
    underway.set(uri, cancel);
    try {
      const answer = await server.client.sendRequest<S | null>(request.method, { textDocument: { uri } }, cancel.token);
      if (cancel.token.isCancellationRequested) return answers.get(uri);
      // Never nothing where there was something: the file may have been closed, or be broken altogether.
      if (answer) {
        answers.set(uri, answer);
        answered.fire(uri);
      }
    } catch (error) {
      if (!cancel.token.isCancellationRequested) log.warn(`No ${what} of ${uri}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (underway.get(uri) === cancel) underway.delete(uri);
      cancel.dispose();
    }
    return answers.get(uri);
  };

  const subscriptions = [
    answered,
    server.client.onNotification(changed.method, ({ uri }: Changed) => {
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

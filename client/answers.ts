// The newest answer of the server to each question that is kept up. A newer question takes the place of the same one on
// its way.
import * as vscode from 'vscode';
import type { Notification, Request } from '../protocol/message.js';
import type { Changed } from '../protocol/places.js';
import type { Server } from './server.js';

export interface Answers<A> {
  /**
   * The newest answer there is, however old. What is asked for is a file’s address, or as `asks` of the question has
   * it.
   */
  known(asked: string): A | undefined;
  /** Asks for the newest; the same question on its way is dropped. */
  refresh(asked: string): Promise<A | undefined>;
  /** What is followed: it is asked for again whenever the server says that answers for its file changed. */
  follow(asked: readonly string[]): void;
  /** Asks for all that is followed once more. */
  again(): void;
  /** What there is a new answer to. */
  readonly onAnswer: vscode.Event<string>;
  dispose(): void;
}

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** @typeParam A what is kept: what the server answers, or that with what is known of its age */
export interface Question<A, S extends A, P extends DocumentParams = DocumentParams> {
  readonly request: Request<P, S | null>;
  /** The parameters for what is asked for. */
  asks(asked: string): P;
  /** Tells the address of a file when it is time to ask again. */
  readonly changed: vscode.Event<string>;
  /** What is asked for, in a word. */
  readonly what: string;
  /** An answer that is not the newest any more, as the server is not running; undefined where nothing has to change. */
  outdated(answer: A, reason: string): A | undefined;
}

/** The addresses that a notification names. To be made once for each: the connection keeps one listener alone. */
export function changesOf(server: Server, { method }: Notification<Changed>): vscode.EventEmitter<string> {
  const emitter = new vscode.EventEmitter<string>();
  server.client.onNotification(method, ({ uri }: Changed) => emitter.fire(uri));
  return emitter;
}

/** Keeps the answers to one question about files. */
export function createAnswers<A, S extends A = A, P extends DocumentParams = DocumentParams>(
  server: Server,
  log: vscode.LogOutputChannel,
  { request, asks, changed, what, outdated }: Question<A, S, P>,
): Answers<A> {
  const answers = new Map<string, A>();
  const underway = new Map<string, vscode.CancellationTokenSource>();
  let followed: readonly string[] = [];
  const answered = new vscode.EventEmitter<string>();

  const refresh = async (asked: string): Promise<A | undefined> => {
    underway.get(asked)?.cancel();
    const state = server.state();
    if (state.kind !== 'running') {
      const known = answers.get(asked);
      const old =
        known &&
        outdated(known, state.kind === 'starting' ? vscode.l10n.t('Starting the language server…') : state.reason);
      if (old) {
        answers.set(asked, old);
        answered.fire(asked);
      }
      return answers.get(asked);
    }
    const cancel = new vscode.CancellationTokenSource();
    underway.set(asked, cancel);
    try {
      const answer = await server.client.sendRequest<S | null>(request.method, asks(asked), cancel.token);
      if (cancel.token.isCancellationRequested) return answers.get(asked);
      // Never nothing where there was something: the file may have been closed, or be broken altogether.
      if (answer) {
        answers.set(asked, answer);
        answered.fire(asked);
      }
    } catch (error) {
      if (!cancel.token.isCancellationRequested)
        log.warn(
          `No ${what} of ${asks(asked).textDocument.uri}: ${error instanceof Error ? error.message : String(error)}`,
        );
    } finally {
      if (underway.get(asked) === cancel) underway.delete(asked);
      cancel.dispose();
    }
    return answers.get(asked);
  };

  const subscriptions = [
    answered,
    changed((uri) => {
      for (const asked of followed) if (asks(asked).textDocument.uri === uri) void refresh(asked);
    }),
    server.onState(() => {
      for (const asked of followed) void refresh(asked);
    }),
  ];

  return {
    known: (asked) => answers.get(asked),
    refresh,
    follow(wanted) {
      const added = wanted.filter((asked) => !followed.includes(asked));
      followed = wanted;
      for (const asked of added) void refresh(asked);
    },
    again: () => followed.forEach((asked) => void refresh(asked)),
    onAnswer: answered.event,
    dispose: () => {
      for (const cancel of underway.values()) cancel.cancel();
      for (const each of subscriptions) each.dispose();
    },
  };
}

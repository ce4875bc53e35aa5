// The newest answer of the server to each question that is followed. A newer question takes the place of the same one
// on its way.
import { CancellationTokenSource } from 'vscode-jsonrpc/browser';
import type { Connection } from '../lsp/connection.js';
import type { Changed } from '../../protocol/places.js';
import type { Notification, Request } from '../../protocol/message.js';

export interface Answers<A> {
  /** The newest there is, however old. */
  known(asked: string): A | undefined;
  /** What is asked for again whenever its file changed, and now. */
  follow(asked: readonly string[]): void;
  refresh(asked: string): Promise<A | undefined>;
  /** Asks for all that is followed once more. */
  again(): void;
}

interface Question<A, P extends { readonly textDocument: { readonly uri: string } }> {
  readonly request: Request<P, A | null>;
  /** Says of which files there are new answers. */
  readonly changed: Notification<Changed>;
  asks(asked: string): P;
  /** Told when there is another answer. */
  answered(asked: string): void;
}

/** Tells all who want to know of a notification: a connection has one listener for each. */
export function fanOut(
  connection: Connection,
): (notification: Notification<Changed>, take: (uri: string) => void) => void {
  const all = new Map<string, ((uri: string) => void)[]>();
  return ({ method }, take) => {
    const takers = all.get(method) ?? [];
    if (takers.length === 0) connection.on<Changed>(method, ({ uri }) => takers.forEach((each) => each(uri)));
    takers.push(take);
    all.set(method, takers);
  };
}

/** Keeps the answers to one question. */
export function createAnswers<A, P extends { readonly textDocument: { readonly uri: string } }>(
  connection: Connection,
  onChanged: ReturnType<typeof fanOut>,
  { request, changed, asks, answered }: Question<A, P>,
): Answers<A> {
  const answers = new Map<string, A>();
  const underway = new Map<string, CancellationTokenSource>();
  let followed: readonly string[] = [];

  const refresh = async (asked: string): Promise<A | undefined> => {
    underway.get(asked)?.cancel();
    const cancel = new CancellationTokenSource();
    underway.set(asked, cancel);
    const answer = await connection.request<A>(request.method, asks(asked), cancel.token);
    if (underway.get(asked) !== cancel) return answers.get(asked);
    underway.delete(asked);
    // Never nothing where there was something: the text may be broken altogether.
    if (answer !== undefined) {
      answers.set(asked, answer);
      answered(asked);
    }
    return answers.get(asked);
  };

  onChanged(changed, (uri) =>
    followed.filter((asked) => asks(asked).textDocument.uri === uri).forEach((asked) => void refresh(asked)),
  );
  connection.onState((state) => {
    if (state === 'running') followed.forEach((asked) => void refresh(asked));
  });
  return {
    again: () => followed.forEach((asked) => void refresh(asked)),
    refresh,
    known: (asked) => answers.get(asked),
    follow(next) {
      const came = next.filter((asked) => !followed.includes(asked));
      for (const asked of answers.keys()) if (!next.includes(asked)) answers.delete(asked);
      followed = next;
      came.forEach((asked) => void refresh(asked));
    },
  };
}

// How a request is answered: over the newest text, in its turn, and with one sentence where it can't be.
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { toOffset } from './convert.js';
import { decoded, objectOf, positionOf, uriOf } from './params.js';
import type { Session } from './session.js';
import type { Request } from '../protocol/message.js';
import { crashText } from './crash.js';

/** What a request about a document is answered from. */
export interface Asked {
  readonly uri: string;
  readonly document: TextDocument;
  readonly params: Record<string, unknown>;
  readonly cancelled: () => boolean;
}

export interface Requests {
  on(
    method: string,
    answer: (params: Record<string, unknown>, cancelled: () => boolean, token: CancellationToken) => unknown,
  ): void;
  /** A request about one document; null is answered where there is no such document. */
  onDocument(method: string, answer: (asked: Asked) => unknown): void;
  /** A request of our own about one document, with what it carries as its declaration has it. */
  onOwn<P, A>(request: Request<P, A>, answer: (asked: Asked, sent: P) => A): void;
  /** A request about a place in a document; a place outside the text means the nearest inside. */
  onPosition(method: string, answer: (asked: Asked & { readonly offset: number }) => unknown): void;
}

export function createRequests(connection: Connection, session: Session): Requests {
  const on: Requests['on'] = (method, answer) => {
    connection.onRequest(method, async (...sent: unknown[]) => {
      // Where there are no parameters, the token comes alone.
      const token = sent.at(-1) as CancellationToken;
      const params = sent.length > 1 ? sent[0] : undefined;
      // What was taken back while others were answered is not begun.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was taken back.');
      try {
        session.flush();
        return (await answer(objectOf(params), () => token.isCancellationRequested, token)) ?? null;
      } catch (error) {
        if (error instanceof ResponseError) return error;
        connection.console.warn(`${method}: ${crashText(error)}`);
        return new ResponseError(ErrorCodes.InternalError, `${method} could not be answered.`);
      }
    });
  };
  const onDocument: Requests['onDocument'] = (method, answer) =>
    on(method, (params, cancelled) => {
      const uri = session.inside(uriOf(params));
      const document = session.document(uri);
      return document ? answer({ uri, document, params, cancelled }) : null;
    });
  return {
    on,
    onDocument,
    onOwn: ({ method, params: shape }, answer) =>
      onDocument(method, (asked) => answer(asked, decoded(method, shape, asked.params))),
    onPosition: (method, answer) =>
      onDocument(method, (asked) =>
        answer({ ...asked, offset: toOffset(asked.document, positionOf(asked.params.position)) }),
      ),
  };
}

/** The answer to a request that can't be met, with the reason that the user is shown. */
export function refused(reason: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

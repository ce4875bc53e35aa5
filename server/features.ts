// The requests of the protocol, each answered by a feature of language/features over the newest text.
import { CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { hover } from '../language/features/hover.js';
import { toOffset, toRange } from './convert.js';
import { objectOf, positionOf, uriOf } from './params.js';
import type { Projections } from './projections.js';
import type { Session } from './session.js';
import { canonical } from './uris.js';

/** What a request about a document is answered from. */
interface Asked {
  readonly uri: string;
  readonly document: TextDocument;
  readonly params: Record<string, unknown>;
}

export function registerFeatures(connection: Connection, session: Session, projections: Projections, client: () => ClientCapabilities): void {
  void client;
  /** Answers a request; whatever goes wrong becomes one sentence. */
  const on = (method: string, answer: (params: Record<string, unknown>, cancelled: () => boolean) => unknown): void => {
    connection.onRequest(method, async (params: unknown, token: CancellationToken) => {
      // A request that was taken back while others were answered is not begun.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was taken back.');
      try {
        session.flush();
        return await answer(objectOf(params), () => token.isCancellationRequested);
      } catch (error) {
        if (error instanceof ResponseError) return error;
        connection.console.warn(`${method}: ${error instanceof Error ? error.message : String(error)}`);
        return new ResponseError(ErrorCodes.InternalError, `${method} could not be answered.`);
      }
    });
  };
  /** The same for a request about one document; null where there is no such document. */
  const onDocument = (method: string, answer: (asked: Asked) => unknown): void => on(method, (params) => {
    const uri = canonical(uriOf(params));
    const document = session.document(uri);
    return document ? answer({ uri, document, params }) : null;
  });
  /** The same at a position. */
  const onPosition = (method: string, answer: (asked: Asked & { offset: number }) => unknown): void => onDocument(method, (asked) =>
    answer({ ...asked, offset: toOffset(asked.document, positionOf(asked.params.position)) }));

  onPosition('textDocument/hover', ({ uri, document, offset }) => {
    const info = hover(session.workspace(), uri, offset);
    return info ? { contents: { kind: 'markdown', value: info.markdown }, range: toRange(document, info.range) } : null;
  });

  onDocument('chor/projections', ({ uri, params }) => projections.answer(uri, params.position === undefined ? undefined : positionOf(params.position)));
}

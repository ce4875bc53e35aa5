// What a client may send when: nothing before `initialize` and after `shutdown` but what ends the server. What comes at
// another time is answered with its error, whatever it asks for.
import { ErrorCodes, Message } from 'vscode-languageserver';
import type { MessageReader, MessageWriter, RequestMessage } from 'vscode-languageserver';

/** The messages of a client that come in their time; `ended` tells whether it asked for the end. */
export interface OrderedReader extends MessageReader {
  readonly ended: () => boolean;
}

/**
 * Keeps the order of a session.
 * @param reader all messages
 * @param writer where the errors go
 * @param began told of `initialize`, with its parameters
 */
export function inOrder(
  reader: MessageReader,
  writer: MessageWriter,
  began: (params: unknown) => void = () => undefined,
): OrderedReader {
  let state: 'new' | 'running' | 'ended' = 'new';
  const refuse = ({ id }: RequestMessage, code: number, message: string): void => {
    const answer = { jsonrpc: '2.0', id, error: { code, message } };
    void writer.write(answer).catch(() => undefined);
  };
  /** Whether a message is for the server. */
  const passes = (message: Message): boolean => {
    if (Message.isNotification(message)) return state === 'running' || message.method === 'exit';
    if (!Message.isRequest(message)) return true;
    if (message.method === 'initialize' && state === 'new') {
      state = 'running';
      began(message.params);
      return true;
    }
    if (state === 'new')
      refuse(message, ErrorCodes.ServerNotInitialized, `\`${message.method}\` came before \`initialize\`.`);
    else if (state === 'ended')
      refuse(message, ErrorCodes.InvalidRequest, `\`${message.method}\` came after \`shutdown\`.`);
    else if (message.method === 'initialize')
      refuse(message, ErrorCodes.InvalidRequest, 'The server is initialized already.');
    else {
      if (message.method === 'shutdown') state = 'ended';
      return true;
    }
    return false;
  };
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    dispose: () => reader.dispose(),
    ended: () => state === 'ended',
    listen: (callback) =>
      reader.listen((message) => {
        if (passes(message)) callback(message);
      }),
  };
}

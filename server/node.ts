// The server in a Node process: over standard input and output, or over the channel that VS Code opens.
import {
  createConnection,
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { endWithParent } from '../system/parent.js';
import { startThread, threads } from './exploration/node.js';
import { createDisk } from './files.js';
import { inOrder } from './lifecycle.js';
import { readMessages } from './messages.js';
import { objectOf } from './params.js';
import { serve } from './server.js';
import { crashText } from './crash.js';

/**
 * Runs the server until its client leaves: it ends with the stream that the client writes, with the process that
 * started it and with the one that the client says it is.
 * @param transport `stdio` for editors in general, `ipc` for the VS Code extension
 */
export function runServer(transport: 'stdio' | 'ipc'): void {
  // Standard output belongs to the protocol.
  for (const name of ['log', 'info', 'debug'] as const)
    console[name] = (...items: unknown[]) => console.error(...items);
  const writer = transport === 'ipc' ? new IPCMessageWriter(process) : new StreamMessageWriter(process.stdout);
  const all =
    transport === 'ipc'
      ? new IPCMessageReader(process)
      : readMessages(process.stdin, (what) => {
          console.error(`chor: ${what} It is skipped.`);
          // There is no telling what it would have been an answer to.
          const answer = { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message: what } };
          void writer.write(answer).catch(() => undefined);
        });
  const endWith = endWithParent();
  const reader = inOrder(all, writer, (params) => {
    const { processId } = objectOf(params);
    if (typeof processId === 'number') endWith(processId);
  });
  const end = (): never => process.exit(reader.ended() ? 0 : 1);
  if (transport === 'ipc') process.on('disconnect', end);
  else {
    for (const event of ['end', 'close'] as const) process.stdin.on(event, end);
    for (const stream of [process.stdin, process.stdout]) stream.on('error', end);
  }
  const connection = createConnection(ProposedFeatures.all, reader, writer);
  process.on('uncaughtException', (error) => connection.console.error(crashText(error)));
  process.on('unhandledRejection', (error) => connection.console.error(crashText(error)));
  serve(connection, { ...createDisk(), threads: { start: startThread, count: threads } });
  connection.listen();
}

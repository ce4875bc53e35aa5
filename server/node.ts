// The server in a Node process: over standard input and output, or over the channel that VS Code opens.
import { createConnection, IPCMessageReader, IPCMessageWriter, ProposedFeatures } from 'vscode-languageserver/node';
import { startThread, threads } from './exploration/node.js';
import { disk } from './files.js';
import { serve } from './server.js';

/**
 * Runs the server until its client leaves.
 * @param transport `stdio` for editors in general, `ipc` for the VS Code extension
 */
export function runServer(transport: 'stdio' | 'ipc'): void {
  // Standard output belongs to the protocol.
  for (const name of ['log', 'info', 'debug'] as const) console[name] = (...items: unknown[]) => console.error(...items);
  const connection = transport === 'ipc'
    ? createConnection(ProposedFeatures.all, new IPCMessageReader(process), new IPCMessageWriter(process))
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  process.on('uncaughtException', (error) => connection.console.warn(error.message));
  process.on('unhandledRejection', (error) => connection.console.warn(error instanceof Error ? error.message : String(error)));
  serve(connection, { ...disk, threads: { start: startThread, count: threads } });
  connection.listen();
}

// Files for a server that can't read them by itself: in a browser, and where a workspace is not on disk. VS Code reads
// them.
import * as vscode from 'vscode';
import { isAtHand } from './at-hand.js';
import { findFiles, readFile } from '../protocol/files.js';
import type { FileText } from '../protocol/files.js';
import type { Server } from './server.js';

/** Folders that no one writes choreographies in. */
const skipped = '**/{node_modules,.git,dist,out,build,target}/**';
/** The most files that are found: each is read, which may be a download. */
const mostFiles = 200;
/** A larger file, in bytes, is not read: it is no text that a person wrote. */
const mostBytes = 8 * 1024 * 1024;

/** Offers the server to read and to find files; to be called before it is started. */
export function registerFiles({ client }: Server): void {
  client.registerFeature({
    fillClientCapabilities: (capabilities) =>
      void (capabilities.experimental = { ...capabilities.experimental, chorFiles: true }),
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
  client.onRequest(readFile.method, ({ uri }: { readonly uri: string }) =>
    read(client.protocol2CodeConverter.asUri(uri)),
  );
  client.onRequest(findFiles.method, async () => {
    const found = await vscode.workspace.findFiles('**/*.chor', skipped, mostFiles);
    return found.map((uri) => client.code2ProtocolConverter.asUri(uri));
  });
}

async function read(uri: vscode.Uri): Promise<FileText> {
  if (!isAtHand(uri, [...(vscode.workspace.workspaceFolders ?? []), ...vscode.workspace.textDocuments]))
    return { text: null };
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytes) return { text: null, unread: 'it is larger than 8 MiB' };
    const bytes = await vscode.workspace.fs.readFile(uri);
    try {
      return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    } catch {
      return { text: null, unread: 'it is not UTF-8' };
    }
  } catch {
    return { text: null };
  }
}

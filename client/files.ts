// Files for a server that can't read them by itself: in a browser, and where a workspace is not on disk. VS Code reads them.
import * as vscode from 'vscode';
import { isAtHand } from './at-hand.js';
import { findFilesRequest, readFileRequest } from './protocol.js';
import type { Server } from './server.js';

/** Folders that no one writes choreographies in. */
const skipped = '**/{node_modules,.git,dist,out,build,target}/**';
/** The most files that are found: each is read, which may be a download. */
const mostFiles = 200;
/** A larger file is not read: it is no text that a person wrote. */
const mostBytes = 4_000_000;

/** Offers the server to read and to find files; to be called before it is started. */
export function registerFiles({ client }: Server): void {
  client.registerFeature({
    fillClientCapabilities: (capabilities) => void (capabilities.experimental = { ...capabilities.experimental, chorFiles: true }),
    initialize: () => undefined, getState: () => ({ kind: 'static' }), clear: () => undefined,
  });
  client.onRequest(readFileRequest, async ({ uri }: { readonly uri: string }) => ({ text: await read(client.protocol2CodeConverter.asUri(uri)) }));
  client.onRequest(findFilesRequest, async () => {
    const found = await vscode.workspace.findFiles('**/*.chor', skipped, mostFiles);
    return found.map((uri) => client.code2ProtocolConverter.asUri(uri));
  });
}

/** The text of a file; null where it can't be read. */
async function read(uri: vscode.Uri): Promise<string | null> {
  if (!isAtHand(uri, [...(vscode.workspace.workspaceFolders ?? []), ...vscode.workspace.textDocuments])) return null;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > mostBytes ? null : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

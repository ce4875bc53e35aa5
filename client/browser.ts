// Entry of the extension in a browser: the language server is a web worker.
import * as vscode from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import type { MessageTransports } from 'vscode-languageclient/browser';
import { activateWith } from './extension.js';

export { deactivate } from './extension.js';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  let worker: Worker | undefined;
  const start = async (): Promise<MessageTransports> => {
    // One that did not stop when it was asked to.
    worker?.terminate();
    worker = await startWorker(context.extensionUri);
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: () => worker?.terminate() });
  return activateWith(context, (id, name, options) => new LanguageClient(id, name, start, options));
}

/**
 * Starts the server. Its code is read through VS Code: a worker may not be loaded from where an extension comes from
 * (another origin, or a remote machine), but from text that is at hand.
 */
async function startWorker(extension: vscode.Uri): Promise<Worker> {
  const code = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', 'server', 'browser.js'));
  const address = URL.createObjectURL(new Blob([new Uint8Array(code)], { type: 'text/javascript' }));
  return new Worker(address, { name: 'Chor language server' });
}

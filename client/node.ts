// Entry of the extension in Node: the language server is a process of its own.
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { registerAssistants } from './assistants.js';
import { registerTasks } from './tasks.js';
import { activateWith } from './extension.js';

export { deactivate } from './extension.js';

export function activate(context: vscode.ExtensionContext): Promise<void> {
  registerAssistants(context);
  registerTasks(context);
  const module = context.asAbsolutePath('dist/server/main.cjs');
  return activateWith(
    context,
    (id, name, options) =>
      new LanguageClient(
        id,
        name,
        {
          run: { module, transport: TransportKind.ipc },
          debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'] } },
        },
        options,
      ),
  );
}

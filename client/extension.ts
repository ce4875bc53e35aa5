// The VS Code extension: starts the language server, shows projections and runs beside the source. It knows VS Code, not the language.
import * as vscode from 'vscode';
import { pinActions, registerCommands } from './commands.js';
import { createPanels } from './panel.js';
import { createProjections, createRuns } from './projections.js';
import { registerRunCommands } from './run-commands.js';
import { createRunPanels } from './run-panel.js';
import { createServer } from './server.js';
import type { Server, ServerState } from './server.js';

let running: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Chor', { log: true });
  const server = createServer(context, log);
  running = server;
  const projections = createProjections(server, log);
  const panels = createPanels(context, projections, pinActions());
  registerCommands(context, server, projections, panels, log);
  const runs = createRuns(server, log);
  registerRunCommands(context, runs, createRunPanels(context, runs));
  context.subscriptions.push(log, projections, runs, statusItem(server));
  await server.start();
}

export async function deactivate(): Promise<void> {
  if (running?.client.isRunning()) await running.client.stop();
}

/** The item beside the language's name that says how the server is. */
function statusItem(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('chor.server', { language: 'chor' });
  item.name = 'Chor language server';
  const set = (state: ServerState): void => {
    item.busy = state.kind === 'starting';
    item.severity = state.kind === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text = state.kind === 'running' ? 'Checked and projected' : state.kind === 'starting' ? 'Starting the language server' : 'The language server is not running';
    item.detail = state.kind === 'stopped' ? state.reason : undefined;
    item.command = state.kind === 'stopped' ? { command: 'chor.restartServer', title: 'Restart' } : { command: 'chor.showLog', title: 'Show Log' };
  };
  set(server.state());
  return vscode.Disposable.from(item, server.onState(set));
}

// The VS Code extension: starts the language server, shows projections and runs beside the source. It knows VS Code,
// not the language.
import * as vscode from 'vscode';
import { changesOf } from './answers.js';
import { pinActions, registerCommands } from './commands.js';
import { registerExamples } from './examples.js';
import { registerFiles } from './files.js';
import { indentOpenFiles } from './indentation.js';
import { registerManual } from './manual.js';
import type { SizesShown } from './messages.js';
import { createPanels } from './panel.js';
import { createDiagrams, createProjections, createRuns } from './projections.js';
import { registerRunCommands } from './run-commands.js';
import { createRunPanels } from './run-panel.js';
import { projectionsChanged } from '../protocol/projections.js';
import { runsChanged } from '../protocol/runs.js';
import { createServer } from './server.js';
import type { Connect, Server } from './server.js';
import { createStatusItems } from './status.js';
import { registerTutorial } from './tutorial.js';

let running: Server | undefined;

/**
 * Starts the extension.
 * @param connect how the language server is reached: what differs between a Node process and a web worker
 */
export async function activateWith(context: vscode.ExtensionContext, connect: Connect): Promise<void> {
  const log = vscode.window.createOutputChannel('Chor', { log: true });
  const server = createServer(connect, log);
  running = server;
  registerFiles(server);
  registerManual(context);
  registerExamples(context);
  registerTutorial(context, server, log);
  const changed = changesOf(server, projectionsChanged);
  const sizes = new Map<string, SizesShown>();
  const projections = createProjections(server, log, changed.event, sizes);
  const diagrams = createDiagrams(server, log, changed.event, sizes);
  const panels = createPanels(context, projections, diagrams, sizes, pinActions());
  registerCommands(context, server, projections, panels, log);
  const changedRuns = changesOf(server, runsChanged);
  const runs = createRuns(server, log, changedRuns.event);
  registerRunCommands(context, runs, createRunPanels(context, runs));
  context.subscriptions.push(
    log,
    changed,
    changedRuns,
    projections,
    diagrams,
    runs,
    createStatusItems(server),
    indentOpenFiles(),
  );
  await server.start();
}

export async function deactivate(): Promise<void> {
  if (running?.client.isRunning()) await running.client.stop();
}

// Lets VS Code run `chor check` as a task, once or whenever something changes; what it finds are problems, by the
// matcher `$chor` of the manifest. Only where there are processes.
import * as vscode from 'vscode';
import { definitionOf, offered, processFor, taskType } from './checking.js';
import type { CheckDefinition } from './checking.js';

/** Registers the tasks: `check` and `watch` for each folder on disk, and those of `tasks.json`. */
export function registerTasks(context: vscode.ExtensionContext): void {
  const inExtension = (path: string): string => context.asAbsolutePath(path);
  const taskOf = (
    definition: CheckDefinition & vscode.TaskDefinition,
    scope: vscode.WorkspaceFolder,
    name: string,
  ): vscode.Task => {
    const { command, args, env } = processFor(definitionOf(definition), process.execPath, inExtension);
    const task = new vscode.Task(
      definition,
      scope,
      name,
      'chor',
      new vscode.ProcessExecution(command, [...args], { cwd: scope.uri.fsPath, env: { ...env } }),
      definition.watch ? '$chor-watch' : '$chor',
    );
    task.isBackground = definition.watch === true;
    task.group = vscode.TaskGroup.Build;
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Silent };
    return task;
  };
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider(taskType, {
      provideTasks: () =>
        (vscode.workspace.workspaceFolders ?? [])
          .filter(({ uri }) => uri.scheme === 'file')
          .flatMap((folder) => offered.map(({ name, definition }) => taskOf(definition, folder, name))),
      resolveTask({ definition, scope, name }) {
        const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
        // The definition is to be the one that was written.
        return folder && taskOf(definition as CheckDefinition & vscode.TaskDefinition, folder, name);
      },
    }),
  );
}

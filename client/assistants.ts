// Lets VS Code start `chor mcp` for assistants, where it can: older versions lack that, and browsers start no
// processes.
import * as vscode from 'vscode';
import { serversFor } from './assistant-servers.js';

/** As in the manifest. */
const id = 'chor.assistants';

/** What VS Code has of it from 1.101 on, which is newer than the version that the extension asks for. */
interface Newer {
  readonly McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string>,
    version?: string,
  ) => { cwd?: vscode.Uri };
}
interface NewerModels {
  registerMcpServerDefinitionProvider?(
    id: string,
    provider: { readonly onDidChangeMcpServerDefinitions: vscode.Event<void>; provideMcpServerDefinitions(): object[] },
  ): vscode.Disposable;
}

/** Registers the servers: one for each folder that is open. */
export function registerAssistants(context: vscode.ExtensionContext): void {
  const { McpStdioServerDefinition: Definition }: Newer = vscode as Newer;
  const models = vscode.lm as NewerModels | undefined;
  if (!Definition || !models?.registerMcpServerDefinitionProvider) return;
  const changed = new vscode.EventEmitter<void>();
  const { version } = context.extension.packageJSON as { readonly version: string };
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      changed.fire();
    }),
    models.registerMcpServerDefinitionProvider(id, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => {
        const folders = (vscode.workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
          name,
          scheme: uri.scheme,
          path: uri.fsPath,
        }));
        return serversFor(folders, process.execPath, (path) => context.asAbsolutePath(path)).map(
          ({ label, command, args, env, cwd }) => {
            const definition = new Definition(label, command, [...args], { ...env }, version);
            definition.cwd = vscode.Uri.file(cwd);
            return definition;
          },
        );
      },
    }),
  );
}

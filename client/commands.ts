// What the user can ask for by name: show, copy and open projections, restart the server, show its log.
import * as vscode from 'vscode';
import type { PinnedRole } from './messages.js';
import type { Panels } from './panel.js';
import type { ProjectionSource } from './projections.js';
import { stopExploration } from '../protocol/exploring.js';
import type { Server } from './server.js';
import { choreographyAt } from './shown.js';

interface Choice extends vscode.QuickPickItem {
  readonly choreography: string;
  /** One role; the whole choreography without. */
  readonly role?: string;
}

/**
 * The address of the read-only document that holds a projection, as the server answers it.
 * @param source the file
 * @param choreography its name
 * @param role one role; all of them without
 */
function projectionUri(source: vscode.Uri, choreography: string, role: string | undefined): vscode.Uri {
  const folder = source.path.replace(/[^/]*$/, '');
  const query = new URLSearchParams({
    source: source.toString(),
    choreography,
    ...(role === undefined ? {} : { role }),
  });
  // Where the folder is, if not on disk: what the projection imports is found from there.
  const authority =
    (source.scheme === 'file' && source.authority === '') || !folder.startsWith('/')
      ? ''
      : `${source.scheme}+${source.authority}`;
  return vscode.Uri.from({
    scheme: 'chor-projection',
    authority,
    path: `${folder}${role === undefined ? choreography : `${choreography}_${role}`}.chor`,
    query: query.toString(),
  });
}

/** The whole text of a projection: a file that checks clean beside its source. */
async function textOf(pin: { uri: string; choreography: string; role?: string }): Promise<string> {
  const document = await vscode.workspace.openTextDocument(
    projectionUri(vscode.Uri.parse(pin.uri), pin.choreography, pin.role),
  );
  return document.getText();
}

async function copyProjection(pin: { uri: string; choreography: string; role?: string }): Promise<void> {
  await vscode.env.clipboard.writeText(await textOf(pin));
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('Copied the projection of {0}', pin.role ?? pin.choreography)}`,
    4000,
  );
}

async function openProjection(pin: { uri: string; choreography: string; role?: string }): Promise<void> {
  const document = await vscode.workspace.openTextDocument(
    projectionUri(vscode.Uri.parse(pin.uri), pin.choreography, pin.role),
  );
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active, preview: true });
}

/** Registers the commands. */
export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  projections: ProjectionSource,
  panels: Panels,
  log: vscode.LogOutputChannel,
): void {
  const register = (name: string, run: (...args: unknown[]) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`chor.${name}`, run));
  };

  for (const [name, tab] of [
    ['showProjections', 'projections'],
    ['showSequence', 'sequence'],
    ['showStates', 'states'],
  ] as const) {
    register(name, (first: unknown, second: unknown) => {
      const uri =
        first instanceof vscode.Uri ? first : typeof first === 'string' ? vscode.Uri.parse(first) : activeSource()?.uri;
      panels.open(uri, typeof second === 'string' ? second : undefined, tab);
    });
  }
  register('copyProjection', async () => {
    const pin = await pick(vscode.l10n.t('Copy which projection?'));
    if (pin) await copyProjection(pin).catch(told(vscode.l10n.t('The projection can’t be copied')));
  });
  register('openProjection', async () => {
    const pin = await pick(vscode.l10n.t('Open which projection?'));
    if (pin) await openProjection(pin).catch(told(vscode.l10n.t('The projection can’t be opened')));
  });
  register('toggleCursorSync', () => {
    const settings = vscode.workspace.getConfiguration('chor');
    return settings.update('cursorSync', !settings.get('cursorSync', true), vscode.ConfigurationTarget.Global);
  });
  register('newFile', async () =>
    vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'chor' })),
  );
  register('stopExploration', () =>
    server.client.isRunning() ? server.client.sendNotification(stopExploration.method) : undefined,
  );
  register('raiseBound', () => vscode.commands.executeCommand('workbench.action.openSettings', 'chor.exploration'));
  register('restartServer', () => server.restart());
  register('showLog', () => log.show());

  /** Asks for a role of a choreography of the file in the editor, those of the choreography under the cursor first. */
  async function pick(placeHolder: string): Promise<{ uri: string; choreography: string; role?: string } | undefined> {
    const document = activeSource();
    if (!document) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open a .chor file first: its choreographies are what there are projections of.'),
      );
      return undefined;
    }
    const uri = document.uri.toString();
    const answer = await projections.refresh(uri);
    if (!answer || answer.choreographies.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'There is no choreography in {0}, so there is nothing to project.',
          vscode.workspace.asRelativePath(document.uri),
        ),
      );
      return undefined;
    }
    const here = choreographyAt(answer, vscode.window.activeTextEditor?.selection.active, undefined);
    const choreographies = [...answer.choreographies].sort((a, b) => Number(b === here) - Number(a === here));
    const items: (Choice | vscode.QuickPickItem)[] = choreographies.flatMap(({ name, roles }) => [
      { label: name, kind: vscode.QuickPickItemKind.Separator },
      ...roles.map(({ role, holes }): Choice => ({
        label: role,
        description: holes.length > 0 ? vscode.l10n.t('{0} · can’t be projected everywhere', name) : name,
        choreography: name,
        role,
      })),
      { label: vscode.l10n.t('All roles'), description: name, choreography: name } satisfies Choice,
    ]);
    const chosen = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    return chosen && 'choreography' in chosen
      ? { uri, choreography: chosen.choreography, role: chosen.role }
      : undefined;
  }
}

/** The .chor file that the user looks at. */
export function activeSource(): vscode.TextDocument | undefined {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  return editors.find(
    (editor) => editor?.document.languageId === 'chor' && editor.document.uri.scheme !== 'chor-projection',
  )?.document;
}

/** Says what failed, and why. */
export function told(what: string): (error: unknown) => void {
  return (error) =>
    void vscode.window.showErrorMessage(`${what}: ${error instanceof Error ? error.message : String(error)}`);
}

export function pinActions(): { copy(pin: PinnedRole): void; open(pin: PinnedRole): void } {
  return {
    copy: (pin) => void copyProjection(pin).catch(told(vscode.l10n.t('The projection can’t be copied'))),
    open: (pin) => void openProjection(pin).catch(told(vscode.l10n.t('The projection can’t be opened'))),
  };
}

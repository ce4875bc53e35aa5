// The items beside the language's name: how the server is, what it explores, and what is known of the file.
import * as vscode from 'vscode';
import { explorationItem } from './exploring.js';
import type { ExplorationItem } from './exploring.js';
import { statusChanged } from '../protocol/exploring.js';
import type { Status } from '../protocol/exploring.js';
import type { Server, ServerState } from './server.js';

/** Creates both items; to be called before the server is started. */
export function createStatusItems(server: Server): vscode.Disposable {
  // The server tells what it explores in its own words, rather than as the protocol's progress.
  server.client.registerFeature({
    fillClientCapabilities: (capabilities) =>
      void (capabilities.experimental = { ...capabilities.experimental, chorStatus: true }),
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
  return vscode.Disposable.from(serverItem(server), explorationItems(server));
}

function serverItem(server: Server): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('chor.server', { language: 'chor' });
  item.name = vscode.l10n.t('Chor language server');
  const set = (state: ServerState): void => {
    item.busy = state.kind === 'starting';
    item.severity =
      state.kind === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.text =
      state.kind === 'running'
        ? vscode.l10n.t('Checked and projected')
        : state.kind === 'starting'
          ? vscode.l10n.t('Starting the language server')
          : vscode.l10n.t('The language server is not running');
    item.detail = state.kind === 'stopped' ? state.reason : undefined;
    item.command =
      state.kind === 'stopped'
        ? { command: 'chor.restartServer', title: vscode.l10n.t('Restart') }
        : { command: 'chor.showLog', title: vscode.l10n.t('Show Log') };
  };
  set(server.state());
  return vscode.Disposable.from(item, server.onState(set));
}

function explorationItems(server: Server): vscode.Disposable {
  /** It is there only while there is something to say. */
  let item: vscode.LanguageStatusItem | undefined;
  let status: Status | undefined;
  const show = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document && server.client.code2ProtocolConverter.asUri(document.uri);
    const now =
      server.state().kind === 'running' && document?.languageId === 'chor'
        ? explorationItem(status, uri, vscode.l10n.t)
        : undefined;
    if (!now) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= created();
    item.text = now.text;
    item.detail = now.detail;
    item.busy = now.busy;
    item.command = commandFor(now);
  };
  const subscriptions = [
    server.client.onNotification(statusChanged.method, (told: Status) => {
      status = told;
      show();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
    server.onState((state) => {
      // What another server told is nothing that this one knows.
      if (state.kind !== 'running') status = undefined;
      show();
    }),
  ];
  return new vscode.Disposable(() => {
    item?.dispose();
    for (const each of subscriptions) each.dispose();
  });
}

function created(): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem('chor.exploration', { language: 'chor' });
  item.name = vscode.l10n.t('Chor exploration');
  return item;
}

function commandFor({ offer }: ExplorationItem): vscode.Command {
  switch (offer) {
    case 'stop':
      return { command: 'chor.stopExploration', title: vscode.l10n.t('Stop') };
    // The server's own, which its client registers.
    case 'again':
      return { command: 'chor.exploreAgain', title: vscode.l10n.t('Explore Again') };
    case 'bound':
      return { command: 'chor.raiseBound', title: vscode.l10n.t('Change the Bound') };
    case 'log':
      return { command: 'chor.showLog', title: vscode.l10n.t('Show Log') };
  }
}

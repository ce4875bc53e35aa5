// The panel that shows a run beside the source: one for the window. It stays with its finding while the text is edited.
import * as vscode from 'vscode';
import { pageOf } from './html.js';
import type { RunSource } from './projections.js';
import type { Position } from '../protocol/places.js';
import type { RunQuery } from '../protocol/runs.js';
import type { FromRunView, RunWish, ToRunView } from './run-messages.js';
import { showRun } from './run-shown.js';
import { linkToSource } from './source.js';

const runViewType = 'chor.run';

export interface RunPanels {
  /** Shows a run beside the editor; the focus stays where it is. */
  open(uri: vscode.Uri, query: RunQuery): void;
}

/** Opens, restores and follows the panel. */
export function createRunPanels(context: vscode.ExtensionContext, runs: RunSource): RunPanels {
  let current: RunPanel | undefined;

  const adopt = (panel: vscode.WebviewPanel, wish: RunWish): void => {
    current?.dispose();
    const own = createRunPanel(context, panel, runs, wish);
    current = own;
    panel.onDidDispose(() => {
      own.dispose();
      if (current === own) current = undefined;
    });
  };

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(runViewType, {
      deserializeWebviewPanel(panel, state: { wish?: RunWish } | undefined) {
        adopt(panel, state?.wish ?? {});
        return Promise.resolve();
      },
    }),
    { dispose: () => current?.dispose() },
  );

  return {
    open(uri, { network, code, message, range }) {
      const wish: RunWish = { uri: uri.toString(), network, code, message, range };
      if (current) {
        current.wish(wish);
        current.reveal();
        return;
      }
      adopt(
        vscode.window.createWebviewPanel(runViewType, vscode.l10n.t('Run'), {
          viewColumn: vscode.ViewColumn.Beside,
          preserveFocus: true,
        }),
        wish,
      );
    },
  };
}

interface RunPanel {
  wish(wish: RunWish): void;
  reveal(): void;
  dispose(): void;
}

function createRunPanel(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  runs: RunSource,
  first: RunWish,
): RunPanel {
  let wish = first;
  let ready = false;
  /** The version that the wish's range belongs to, and that of the run that was last sent. */
  let version = 0;
  const source = linkToSource(panel, (uri) => uri === wish.uri);
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist', 'client');

  panel.iconPath = {
    light: vscode.Uri.joinPath(context.extensionUri, 'icons', 'run-light.svg'),
    dark: vscode.Uri.joinPath(context.extensionUri, 'icons', 'run-dark.svg'),
  };
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };

  const post = (message: ToRunView): void => {
    if (ready) void panel.webview.postMessage(message);
  };
  const sendCursor = (): void => {
    // Steps may stand in other files, which are as they were when the run was found.
    const active = vscode.window.activeTextEditor;
    const uri = active?.document.languageId === 'chor' ? active.document.uri.toString() : wish.uri;
    if (uri !== undefined) post({ type: 'cursor', uri, position: source.cursorIn(uri, version) });
  };
  const settings = (): void =>
    post({ type: 'settings', cursorSync: vscode.workspace.getConfiguration('chor').get('cursorSync', true) });

  let shown: string | undefined;
  const send = (always = false): void => {
    const answer = wish.uri === undefined ? undefined : runs.known(wish.uri);
    const start = wish.range?.start;
    const place: Position | undefined =
      start && wish.uri !== undefined ? source.now(wish.uri, version, start) : undefined;
    const message = showRun(wish, answer, place, vscode.l10n.t);
    wish = message.wish;
    if (message.run) {
      version = message.version;
      if (wish.uri !== undefined) source.forget(wish.uri, version);
      panel.title = vscode.l10n.t('Run: {0}', message.run.network);
    }
    const text = JSON.stringify(message);
    if (!always && text === shown) return;
    shown = text;
    post(message);
  };
  const take = (next: RunWish): void => {
    wish = next;
    // Its range is of the newest text.
    version = wish.uri === undefined ? 0 : (runs.known(wish.uri)?.version ?? 0);
    runs.follow(wish.uri === undefined ? [] : [wish.uri]);
    send(true);
    sendCursor();
  };

  const heard = (message: FromRunView): void => {
    switch (message.type) {
      case 'ready':
        ready = true;
        settings();
        send(true);
        sendCursor();
        break;
      case 'wish':
        take(message.wish);
        break;
      case 'reveal':
        void source.reveal(
          message.uri,
          message.uri === wish.uri ? message.version : 0,
          message.range,
          message.focus,
          true,
        );
        break;
      case 'cursorSync':
        void vscode.workspace
          .getConfiguration('chor')
          .update('cursorSync', message.on, vscode.ConfigurationTarget.Global);
        break;
      case 'copy':
        void vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(
          `$(check) ${vscode.l10n.t('Copied the run as {0}', message.what === 'text' ? vscode.l10n.t('text') : message.what)}`,
          4000,
        );
    }
  };

  const subscriptions = [
    source,
    panel.webview.onDidReceiveMessage(heard),
    runs.onAnswer((uri) => {
      if (uri !== wish.uri) return;
      send();
      sendCursor();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => sendCursor()),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind !== undefined) source.clear(textEditor);
      if (textEditor === vscode.window.activeTextEditor || textEditor.document.uri.toString() === wish.uri)
        sendCursor();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('chor.cursorSync')) settings();
    }),
  ];

  panel.webview.html = pageOf(panel.webview, dist, 'run', vscode.l10n.t('Run'));
  take(first);

  return {
    wish: take,
    reveal: () => panel.reveal(panel.viewColumn, true),
    dispose: () => {
      for (const each of subscriptions) each.dispose();
      runs.follow([]);
    },
  };
}

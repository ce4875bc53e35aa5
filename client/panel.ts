// The panel beside the source: one for the window. It follows the editor, sends the view what to show, and does what
// the view asks for. The page itself is set once; only messages change it.
import * as vscode from 'vscode';
import { pageOf } from './html.js';
import type { Arrangements, FromView, PinnedRole, SizesShown, Tab, ToView, Wish } from './messages.js';
import { saveDiagram } from './diagram-file.js';
import { diagramKey } from './projections.js';
import type { DiagramSource, ProjectionSource } from './projections.js';
import type { Position } from '../protocol/places.js';
import { linkToSource } from './source.js';
import { emptyWish, show, urisOf, wishFor } from './shown.js';
import { themeColours } from './theme.js';

const viewType = 'chor.projections';

/** Under which the workspace keeps how roles are shown. */
const arrangedKey = 'chor.arrangements';

export interface PanelActions {
  copy(pin: PinnedRole): void;
  open(pin: PinnedRole): void;
}

export interface Panels {
  /** Shows projections beside the editor, or another tab; the focus stays where it is. */
  open(uri?: vscode.Uri, choreography?: string, tab?: Tab): void;
}

/**
 * Opens, restores and follows the panel.
 * @param sizes where it puts the sizes that are wished for, to be asked for with the projections and diagrams
 */
export function createPanels(
  context: vscode.ExtensionContext,
  projections: ProjectionSource,
  diagrams: DiagramSource,
  sizes: Map<string, SizesShown>,
  actions: PanelActions,
): Panels {
  let current: Panel | undefined;

  const adopt = (panel: vscode.WebviewPanel, wish: Wish): void => {
    current?.dispose();
    const own = createPanel(context, panel, projections, diagrams, sizes, actions, wish);
    current = own;
    panel.onDidDispose(() => {
      own.dispose();
      if (current === own) current = undefined;
    });
  };

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel(panel, state: { wish?: Wish } | undefined) {
        adopt(panel, { ...emptyWish, ...state?.wish });
        return Promise.resolve();
      },
    }),
    { dispose: () => current?.dispose() },
  );

  return {
    open(uri, choreography, tab = 'projections') {
      const wish: Partial<Wish> = {
        ...(uri ? { uri: uri.toString(), pinned: false } : {}),
        ...(choreography === undefined ? {} : { choreography }),
        tab,
      };
      if (current) {
        current.wish(wish);
        current.reveal();
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        viewType,
        vscode.l10n.t('Projections'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableFindWidget: true },
      );
      adopt(panel, { ...emptyWish, ...wish });
    },
  };
}

interface Panel {
  wish(change: Partial<Wish>): void;
  reveal(): void;
  dispose(): void;
}

function createPanel(
  context: vscode.ExtensionContext,
  panel: vscode.WebviewPanel,
  projections: ProjectionSource,
  diagrams: DiagramSource,
  sizes: Map<string, SizesShown>,
  actions: PanelActions,
  first: Wish,
): Panel {
  let wish = first;
  let ready = false;
  const source = linkToSource(panel, (uri) => urisOf(wish).includes(uri));
  const dist = vscode.Uri.joinPath(context.extensionUri, 'dist', 'client');

  panel.iconPath = {
    light: vscode.Uri.joinPath(context.extensionUri, 'icons', 'projections-light.svg'),
    dark: vscode.Uri.joinPath(context.extensionUri, 'icons', 'projections-dark.svg'),
  };
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };

  const post = (message: ToView): void => {
    if (ready) void panel.webview.postMessage(message);
  };

  const positionIn = (uri: string): Position | undefined => {
    const version = projections.known(uri)?.version;
    return version === undefined ? undefined : source.cursorIn(uri, version);
  };

  const sendCursor = (moved = false): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString() ?? wish.uri;
    const wanted = uri !== undefined && urisOf(wish).includes(uri) ? uri : wish.uri;
    if (wanted !== undefined) post({ type: 'cursor', uri: wanted, position: positionIn(wanted), moved });
  };

  let shown: string | undefined;
  const send = (always = false): void => {
    const { uri, tab } = wish;
    const keyOf = (name: string): string | undefined =>
      uri === undefined || tab === undefined || tab === 'projections' ? undefined : diagramKey(uri, name, tab);
    const message = show(
      wish,
      projections.known,
      uri === undefined ? undefined : positionIn(uri),
      (name) => diagrams.known(keyOf(name) ?? ''),
      vscode.l10n.t,
    );
    const text = JSON.stringify(message);
    wish = message.wish;
    const asked = message.choreography && keyOf(message.choreography.name);
    diagrams.follow(asked === undefined ? [] : [asked]);
    panel.title = message.choreography
      ? vscode.l10n.t('Projections: {0}', message.choreography.name)
      : vscode.l10n.t('Projections');
    if (!always && text === shown) return;
    shown = text;
    post(message);
  };

  const follow = (): void => {
    const { uri } = wish;
    const other = uri !== undefined && JSON.stringify(wish.sizes) !== JSON.stringify(sizes.get(uri));
    if (other && wish.sizes) sizes.set(uri, wish.sizes);
    else if (other) sizes.delete(uri);
    projections.follow(urisOf(wish));
    if (!other) return;
    void projections.refresh(uri);
    diagrams.again();
  };
  const settings = (): void =>
    post({ type: 'settings', cursorSync: vscode.workspace.getConfiguration('chor').get('cursorSync', true) });
  const theme = async (): Promise<void> => post({ type: 'theme', colours: await themeColours() });

  /** The view looks at what the editor looks at, unless it was told to stay. */
  const lookAt = (editor: vscode.TextEditor | undefined): void => {
    if (!editor || editor.document.languageId !== 'chor' || editor.document.uri.scheme === 'chor-projection') return;
    const uri = editor.document.uri.toString();
    if (!wish.pinned) wish = wishFor(wish, { uri });
    follow();
    send();
    sendCursor();
    movedSoon();
  };

  const heard = (message: FromView): void => {
    switch (message.type) {
      case 'ready':
        ready = true;
        settings();
        post({ type: 'arranged', arrangements: context.workspaceState.get<Arrangements>(arrangedKey, {}) });
        void theme();
        send(true);
        sendCursor(true);
        break;
      case 'wish':
        wish = message.wish;
        follow();
        send(true);
        sendCursor(true);
        break;
      case 'reveal':
        void source.reveal(message.uri, projections.known(message.uri)?.version ?? 0, message.range, message.focus);
        break;
      case 'cursorSync':
        void vscode.workspace
          .getConfiguration('chor')
          .update('cursorSync', message.on, vscode.ConfigurationTarget.Global);
        break;
      case 'arranged':
        void context.workspaceState.update(arrangedKey, message.arrangements);
        break;
      case 'copyDiagram':
        void vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Copied the diagram as {0}', message.what)}`, 4000);
        break;
      case 'saveDiagram':
        void saveDiagram(message);
        break;
      case 'copy':
        if (message.text === undefined) actions.copy(message.pin);
        else void vscode.env.clipboard.writeText(message.text);
        break;
      case 'open':
        actions.open(message.pin);
        break;
    }
  };

  /** A cursor that moves with an edit, a moment before or after it, is that of somebody who types. */
  const withEdit = 80;
  let edited = 0;
  let moving: ReturnType<typeof setTimeout> | undefined;
  /** The cursor moved, and there was no projection yet to follow it. */
  let unknown = false;
  const movedSoon = (): void => {
    clearTimeout(moving);
    if (Date.now() - edited < withEdit) return;
    moving = setTimeout(() => {
      unknown = wish.uri !== undefined && !projections.known(wish.uri);
      sendCursor(true);
    }, withEdit);
  };

  const subscriptions = [
    source,
    panel.webview.onDidReceiveMessage(heard),
    projections.onAnswer((uri) => {
      if (!urisOf(wish).includes(uri)) return;
      source.forget(uri, projections.known(uri)?.version ?? 0);
      send();
      sendCursor(unknown);
      unknown = false;
    }),
    diagrams.onAnswer(() => send()),
    vscode.window.onDidChangeActiveTextEditor(lookAt),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !urisOf(wish).includes(document.uri.toString())) return;
      edited = Date.now();
      clearTimeout(moving);
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind !== undefined) source.clear(textEditor);
      if (textEditor === vscode.window.activeTextEditor || textEditor.document.uri.toString() === wish.uri)
        lookAt(textEditor);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('chor.cursorSync')) settings();
    }),
    vscode.window.onDidChangeActiveColorTheme(() => void theme()),
  ];

  panel.webview.html = pageOf(panel.webview, dist, 'view', vscode.l10n.t('Projections'), 'layout');
  follow();
  lookAt(vscode.window.activeTextEditor);

  return {
    wish(change) {
      wish = wishFor(wish, change);
      follow();
      send(true);
      sendCursor(true);
    },
    reveal: () => panel.reveal(panel.viewColumn, true),
    dispose: () => {
      clearTimeout(moving);
      for (const each of subscriptions) each.dispose();
      projections.follow([]);
      diagrams.follow([]);
    },
  };
}

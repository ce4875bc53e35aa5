// The view of roles beside the text: it follows the editor, is sent what to show, and what its reader asks for is done.
import type { Arrangements, Cursor, FromView, Tab, ToView, Wish } from '../../client/messages.js';
import { emptyWish, show, urisOf, wishFor } from '../../client/shown.js';
import { diagram as diagramRequest } from '../../protocol/diagrams.js';
import type { Diagram, DiagramParams } from '../../protocol/diagrams.js';
import { projections as projectionsRequest, projectionsChanged } from '../../protocol/projections.js';
import type { Projections, ProjectionsParams } from '../../protocol/projections.js';
import type { Editor } from '../editor/editor.js';
import type { Scheme } from '../editor/theme.js';
import type { Connection } from '../lsp/connection.js';
import { createAnswers } from './answers.js';
import type { fanOut } from './answers.js';
import { createFrame } from './frame.js';
import type { Source } from './source.js';

export interface ViewHost {
  readonly arrangements: () => Arrangements;
  arranged(arrangements: Arrangements): void;
  cursorSync: () => boolean;
  setCursorSync(on: boolean): void;
  copy(text: string, what: string): void;
  save(name: string, text: string): void;
  /** Opens a role’s projection as a text of its own, or copies it. */
  projection(
    pin: { readonly uri: string; readonly choreography: string; readonly role: string },
    how: 'copy' | 'open',
  ): void;
  /** The reader looks at another tab, or at another choreography. */
  wished(wish: Wish): void;
}

export interface View {
  /** Shows another file, or another tab, or a choreography of it. */
  wish(change: Partial<Wish>): void;
  wished(): Wish;
  /** The cursor moved, or another file is looked at. */
  cursorMoved(): void;
  settings(): void;
  scheme(scheme: Scheme): void;
}

/** A cursor that moves with an edit, a moment before or after it, is that of somebody who types. In milliseconds. */
const withEdit = 80;

export function createView(
  parent: HTMLElement,
  scheme: Scheme,
  connection: Connection,
  onChanged: ReturnType<typeof fanOut>,
  editor: Editor,
  source: Source,
  host: ViewHost,
): View {
  let wish: Wish = emptyWish;
  let ready = false;
  let shown = '';
  let edited = 0;
  let moving: ReturnType<typeof setTimeout> | undefined;

  const frame = createFrame<ToView, FromView>(parent, 'view.html', 'What each role does', scheme, heard);
  const projections = createAnswers<Projections, ProjectionsParams>(connection, onChanged, {
    request: projectionsRequest,
    changed: projectionsChanged,
    asks: (uri) => ({ textDocument: { uri }, sizes: uri === wish.uri ? wish.sizes : undefined }),
    answered: () => {
      send();
      sendCursor();
    },
  });
  const diagrams = createAnswers<Diagram, DiagramParams>(connection, onChanged, {
    request: diagramRequest,
    changed: projectionsChanged,
    answered: () => send(),
    asks(key) {
      const [kind, name = '', uri = ''] = key.split(' ');
      return {
        textDocument: { uri },
        name,
        kind: kind === 'states' ? 'states' : 'sequence',
        sizes: uri === wish.uri ? wish.sizes?.[name] : undefined,
      };
    },
  });
  const post = (message: ToView): void => {
    if (ready) frame.post(message);
  };
  const keyOf = (name: string): string | undefined =>
    wish.uri === undefined || wish.tab === undefined || wish.tab === 'projections'
      ? undefined
      : `${wish.tab} ${name} ${wish.uri}`;
  const positionIn = (uri: string): Cursor['position'] => {
    const version = projections.known(uri)?.version;
    return version === undefined ? undefined : source.cursorIn(uri, version);
  };

  function send(always = false): void {
    const message = show(wish, projections.known, wish.uri === undefined ? undefined : positionIn(wish.uri), (name) =>
      diagrams.known(keyOf(name) ?? ''),
    );
    wish = message.wish;
    const asked = message.choreography && keyOf(message.choreography.name);
    diagrams.follow(asked === undefined ? [] : [asked]);
    const text = JSON.stringify(message);
    if (!always && text === shown) return;
    shown = text;
    post(message);
  }
  function sendCursor(moved = false): void {
    const looked = editor.cursor()?.uri;
    const uri = looked !== undefined && urisOf(wish).includes(looked) ? looked : wish.uri;
    if (uri !== undefined) post({ type: 'cursor', uri, position: positionIn(uri), moved });
  }
  const settings = (): void => post({ type: 'settings', cursorSync: host.cursorSync() });
  const take = (next: Wish): void => {
    const other = next.uri === wish.uri && JSON.stringify(next.sizes) !== JSON.stringify(wish.sizes);
    wish = next;
    projections.follow(urisOf(wish));
    if (other) {
      projections.again();
      diagrams.again();
    }
    send(true);
    sendCursor(true);
  };

  function heard(message: FromView): void {
    switch (message.type) {
      case 'ready':
        ready = true;
        settings();
        post({ type: 'arranged', arrangements: host.arrangements() });
        send(true);
        sendCursor(true);
        break;
      case 'wish':
        take(message.wish);
        host.wished(wish);
        break;
      case 'reveal':
        source.reveal(message.uri, projections.known(message.uri)?.version ?? 0, message.range, message.focus);
        break;
      case 'cursorSync':
        host.setCursorSync(message.on);
        break;
      case 'arranged':
        host.arranged(message.arrangements);
        break;
      case 'copyDiagram':
        host.copy(message.text, `the diagram as ${message.what}`);
        break;
      case 'saveDiagram':
        host.save(`${message.name}.svg`, message.texts.svg);
        break;
      case 'copy':
        if (message.text === undefined) host.projection(message.pin, 'copy');
        else host.copy(message.text, message.pin.role);
        break;
      case 'open':
        host.projection(message.pin, 'open');
        break;
    }
  }

  editor.own.onDidChangeModelContent(() => {
    edited = Date.now();
    clearTimeout(moving);
  });
  return {
    settings,
    scheme: frame.scheme,
    wished: () => wish,
    wish(change) {
      take(wishFor(wish, change));
    },
    cursorMoved() {
      const uri = editor.cursor()?.uri;
      if (!wish.pinned && uri !== undefined && uri !== wish.uri) {
        take(wishFor(wish, { uri }));
        return;
      }
      send();
      sendCursor();
      clearTimeout(moving);
      if (Date.now() - edited >= withEdit) moving = setTimeout(() => sendCursor(true), withEdit);
    },
  };
}

export function isTab(value: unknown): value is Tab {
  return value === 'projections' || value === 'sequence' || value === 'states';
}

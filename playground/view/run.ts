// The view of a run: it stays with its finding while the text is edited. Its page is loaded when there is a run to
// show.
import type { FromRunView, RunWish, ToRunView } from '../../client/run-messages.js';
import { runAgain, runFor, showRun } from '../../client/run-shown.js';
import { runs as runsRequest, runsChanged } from '../../protocol/runs.js';
import type { Run, RunQuery, Runs } from '../../protocol/runs.js';
import type { Editor } from '../editor/editor.js';
import type { Scheme } from '../editor/theme.js';
import type { Connection } from '../lsp/connection.js';
import { toPosition } from '../lsp/convert.js';
import { createAnswers } from './answers.js';
import type { fanOut } from './answers.js';
import { createFrame } from './frame.js';
import type { Frame } from './frame.js';
import type { Source } from './source.js';

export interface RunView {
  /** Shows the run that is asked for; why there is none, if there is none. */
  open(uri: string, query: RunQuery): Promise<string | undefined>;
  /** The run that is shown, by its finding, and its file. */
  wished(): RunWish;
  /** Nothing is shown any more. */
  close(): void;
  /** The runs of a file are kept up from now on: that of the text that is looked at. */
  look(uri: string): void;
  /** Those that lead to errors of a file, as far as they are kept up. */
  of(uri: string): readonly Run[];
  cursorMoved(): void;
  settings(): void;
  scheme(scheme: Scheme): void;
}

interface RunHost {
  /** There are other runs of a file that is kept up. */
  found(): void;
  cursorSync(): boolean;
  setCursorSync(on: boolean): void;
  copy(text: string, what: string): void;
}

export function createRunView(
  parent: HTMLElement,
  scheme: () => Scheme,
  connection: Connection,
  onChanged: ReturnType<typeof fanOut>,
  editor: Editor,
  source: Source,
  host: RunHost,
): RunView {
  let wish: RunWish = {};
  let frame: Frame<ToRunView> | undefined;
  let ready = false;
  /** The version that the wish’s range belongs to, and that of the run that was last sent. */
  let version = 0;
  let shown = '';
  let looked: string | undefined;

  const runs = createAnswers<Runs, { readonly textDocument: { readonly uri: string } }>(connection, onChanged, {
    request: runsRequest,
    changed: runsChanged,
    asks: (uri) => ({ textDocument: { uri } }),
    answered(uri) {
      if (uri === wish.uri) send();
      host.found();
    },
  });
  const post = (message: ToRunView): void => {
    if (ready) frame?.post(message);
  };
  const settings = (): void => post({ type: 'settings', cursorSync: host.cursorSync() });

  function sendCursor(): void {
    const uri = editor.cursor()?.uri ?? wish.uri;
    if (uri !== undefined) post({ type: 'cursor', uri, position: source.cursorIn(uri, version) });
  }
  function send(always = false): void {
    const { uri, range } = wish;
    const place = range && uri !== undefined ? source.now(uri, version, range.start) : undefined;
    const message = showRun(wish, uri === undefined ? undefined : runs.known(uri), place);
    wish = message.wish;
    if (message.run) version = message.version;
    const text = JSON.stringify(message);
    if (!always && text === shown) return;
    shown = text;
    post(message);
    sendCursor();
  }
  function follow(): void {
    runs.follow([...new Set([looked, wish.uri].flatMap((uri) => uri ?? []))]);
  }
  function take(next: RunWish): void {
    wish = next;
    version = next.uri === undefined ? 0 : (runs.known(next.uri)?.version ?? 0);
    follow();
    send(true);
  }
  function heard(message: FromRunView): void {
    switch (message.type) {
      case 'ready':
        ready = true;
        settings();
        send(true);
        break;
      case 'wish':
        take(message.wish);
        break;
      case 'reveal':
        source.reveal(message.uri, message.uri === wish.uri ? message.version : 0, message.range, message.focus, true);
        break;
      case 'cursorSync':
        host.setCursorSync(message.on);
        break;
      case 'copy':
        host.copy(message.text, `the run as ${message.what}`);
        break;
    }
  }

  return {
    settings,
    wished: () => wish,
    cursorMoved: sendCursor,
    scheme: (next) => frame?.scheme(next),
    close: () => take({}),
    of: (uri) => runs.known(uri)?.runs ?? [],
    look(uri) {
      looked = uri;
      follow();
    },
    async open(uri, query) {
      const answer = await runs.refresh(uri);
      const cursor = editor.cursor();
      const run: Run | undefined =
        answer &&
        (runFor(answer, query, cursor?.uri === uri ? toPosition(cursor.position) : undefined) ??
          (query.code === undefined ? undefined : runAgain(answer, query, query.range?.start)));
      if (!run) {
        const unchecked = answer?.unchecked.find(
          ({ network }) => query.network === undefined || network === query.network,
        );
        return unchecked
          ? `${unchecked.network} can’t be run now. ${unchecked.reason}`
          : 'No error here comes with a run.';
      }
      frame ??= createFrame<ToRunView, FromRunView>(
        parent,
        'run.html',
        'The run that leads to an error',
        scheme(),
        heard,
      );
      take({ uri, network: run.network, code: run.code, message: run.message, range: run.range });
      return undefined;
    },
  };
}

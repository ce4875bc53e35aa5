// Starts the server, and tells it the texts that the page begins with, before the page’s own program is there: so that
// all is loaded side by side, and what is wrong is known before there is an editor.
import type { InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { initializeParams } from './lsp/initialize.js';
import { leaveServer, newServer } from './server-worker.js';
import type { Project } from './work/project.js';

/** The number of the first request; those of the page’s own are numbers. */
const own = 'early';

/**
 * How long the page’s program lets the first check come first, in milliseconds: while it begins, nothing can be drawn.
 */
const patience = 1000;

/**
 * Starts the first one.
 * @param project what the page begins with
 * @param telling whether it is told the texts of it, too: the address may ask for others
 * @param found called with what it finds in them, until it is taken; says whether all of it is shown
 */
export function startEarly(
  project: Project,
  telling: boolean,
  found: (uris: readonly string[]) => (found: PublishDiagnosticsParams) => boolean,
): void {
  const worker = newServer();
  const heard: unknown[] = [];
  // Where addresses have other letters, the page's program writes them.
  const plain = telling && project.files.every(({ name }) => /^[\w./-]+$/.test(name));
  const told = new Map(
    plain ? project.files.map(({ name, text }): [string, string] => [`file:///${project.id}/${name}`, text]) : [],
  );
  const say = (method: string, params: unknown): void => worker.postMessage({ jsonrpc: '2.0', method, params });
  let taken = false;
  const hear = found([...told.keys()]);
  let show = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    // Behind what is drawn next.
    show = () => requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, told.size > 0 ? patience : 0);
  });
  const answer = new Promise<InitializeResult>((resolve, reject) => {
    worker.addEventListener('error', reject, { once: true });
    worker.addEventListener(
      'message',
      ({
        data,
      }: MessageEvent<{
        readonly id?: unknown;
        readonly result?: InitializeResult;
        readonly method?: string;
        readonly params?: unknown;
      }>) => {
        if (data.id !== own || !data.result) {
          if (taken) return;
          heard.push(data);
          if (data.method === 'textDocument/publishDiagnostics' && hear(data.params as PublishDiagnosticsParams))
            show();
          return;
        }
        say('initialized', {});
        for (const [uri, text] of told)
          say('textDocument/didOpen', { textDocument: { uri, languageId: 'chor', version: 1, text } });
        resolve(data.result);
      },
    );
  });
  // Whoever takes the server is told.
  answer.catch(() => undefined);
  worker.postMessage({ jsonrpc: '2.0', id: own, method: 'initialize', params: initializeParams });
  leaveServer({
    worker,
    project,
    answer,
    told,
    seen,
    take: () => {
      taken = true;
    },
    repeat: () => {
      for (const data of heard.splice(0)) worker.dispatchEvent(new MessageEvent('message', { data }));
    },
  });
}

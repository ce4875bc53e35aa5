// Tells what is said of open documents, each with the version of the text that it was made of: to clients that fetch
// it, that there is something to fetch (pull.ts answers them); to all others, at once.
import type { Connection } from 'vscode-languageserver';
import type { Report, Reports } from './reports.js';
import type { Session } from './session.js';
import { projectionScheme } from './uris.js';

export interface Diagnostics {
  /**
   * Publishes what changed, for the documents that were edited and those that import them.
   * @returns the addresses of all that were checked, and whether any changed without having been edited itself
   */
  publish(): { readonly changed: readonly string[]; readonly others: boolean };
  /**
   * Publishes what is said of a file that is not open; nothing where there is no such file any more, or nothing is to
   * be said.
   */
  show(uri: string, report: Report | undefined): void;
  /** Publishes again what was published for a document: clients ask again for what can be done about it. */
  repeat(uri: string): void;
  /** Publishes all again at once: the settings changed. */
  forget(): void;
}

/**
 * @param fetched whether the client fetches what is said
 * @param stays whether something is said of a file when it is closed
 */
export function createDiagnostics(
  connection: Connection,
  session: Session,
  reports: Reports,
  fetched: () => boolean,
  stays: (uri: string) => boolean,
): Diagnostics {
  const published = new Map<string, Report>();
  /** Files that are not open, of which the client was told something. */
  const shown = new Map<string, string>();
  const send = (uri: string, report: Report): void => {
    if (!fetched())
      void connection.sendDiagnostics({
        uri: session.toClient(uri),
        version: report.version,
        diagnostics: [...report.diagnostics],
      });
  };
  const refresh = (): void => {
    if (fetched()) void connection.sendRequest('workspace/diagnostic/refresh').catch(() => undefined);
  };
  const show = (uri: string, report: Report | undefined): void => {
    if (fetched() || shown.get(uri) === report?.id) return;
    if (report) shown.set(uri, report.id);
    else shown.delete(uri);
    void connection.sendDiagnostics({ uri: session.toClient(uri), diagnostics: [...(report?.diagnostics ?? [])] });
  };
  // What was said of a document goes with it, unless it is said of the file as well.
  session.onClosed((uri, clientUri) => {
    const last = published.get(uri);
    published.delete(uri);
    if (last && stays(uri)) shown.set(uri, last.id);
    else if (!fetched()) void connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
  });
  return {
    publish() {
      const changed: string[] = [];
      let others = false;
      for (const uri of session.openUris()) {
        const report = reports.of(uri);
        const last = published.get(uri);
        if (!report || last === report) continue;
        others ||= last !== undefined && last.version === report.version;
        published.set(uri, report);
        shown.delete(uri);
        if (report.checked) changed.push(uri);
        if (!uri.startsWith(`${projectionScheme}:`)) send(uri, report);
      }
      // What was edited, the client fetches by itself.
      if (others) refresh();
      return { changed, others };
    },
    show,
    repeat(uri) {
      const last = published.get(uri);
      if (!last) return;
      if (!fetched()) {
        send(uri, last);
        return;
      }
      reports.renew(uri);
      const report = reports.of(uri);
      if (report) published.set(uri, report);
      refresh();
    },
    forget() {
      reports.forget();
      published.clear();
      refresh();
    },
  };
}

// Publishes the findings of open documents, each with the version of the text that it was made of.
import type { Connection } from 'vscode-languageserver';
import type { FileAnalysis } from '../language/workspace.js';
import { toDiagnostic } from './convert.js';
import type { Session } from './session.js';
import { canonical, projectionScheme } from './uris.js';

export interface Diagnostics {
  /**
   * Publishes what changed, for the documents that were edited and those that import them.
   * @returns the addresses of all of them, and whether any changed without having been edited itself
   */
  publish(): { readonly changed: readonly string[]; readonly others: boolean };
  /** Publishes again what was published for a document: clients ask again for what can be done about it. */
  repeat(uri: string): void;
  /** Takes back what was published for a document that was closed. */
  clear(clientUri: string): void;
  /** Publishes all again at once: the settings changed. */
  forget(): void;
}

export function createDiagnostics(connection: Connection, session: Session): Diagnostics {
  const published = new Map<string, { readonly analysis: FileAnalysis; readonly version: number | undefined }>();
  const send = (uri: string, analysis: FileAnalysis, version: number | undefined): void => {
    const diagnostics = analysis.findings.flatMap((f) => toDiagnostic(session, f) ?? []);
    void connection.sendDiagnostics({ uri: session.toClient(uri), version, diagnostics });
  };
  return {
    publish() {
      const changed: string[] = [];
      let others = false;
      for (const uri of session.openUris()) {
        const analysis = session.analyze(uri);
        const version = session.version(uri);
        const last = published.get(uri);
        if (!analysis || (last?.analysis === analysis && last.version === version)) continue;
        others ||= last !== undefined && last.version === version;
        published.set(uri, { analysis, version });
        // A projection has nothing wrong with it that its source has not.
        if (uri.startsWith(`${projectionScheme}:`)) continue;
        changed.push(uri);
        send(uri, analysis, version);
      }
      return { changed, others };
    },
    repeat(uri) {
      const last = published.get(uri);
      if (last) send(uri, last.analysis, last.version);
    },
    clear(clientUri) {
      published.delete(canonical(clientUri));
      void connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
    },
    forget: () => published.clear(),
  };
}

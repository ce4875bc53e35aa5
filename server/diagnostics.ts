// Publishes the findings of open documents, each with the version of the text that it was made of.
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { FileAnalysis } from '../language/workspace.js';
import { tooLarge } from '../system/limits.js';
import { toDiagnostic } from './convert.js';
import type { Session } from './session.js';
import { projectionScheme } from './uris.js';
import { diagnosticsOf } from '../language/rules/render.js';

export interface Diagnostics {
  /**
   * Publishes what changed, for the documents that were edited and those that import them.
   * @returns the addresses of all of them, and whether any changed without having been edited itself
   */
  publish(): { readonly changed: readonly string[]; readonly others: boolean };
  /** Publishes again what was published for a document: clients ask again for what can be done about it. */
  repeat(uri: string): void;
  /** Publishes all again at once: the settings changed. */
  forget(): void;
}

const start = { line: 0, character: 0 };
const sizeWarning: Diagnostic = { range: { start, end: start }, severity: DiagnosticSeverity.Warning, source: 'chor', message: `This file is not checked: ${tooLarge}.` };

export function createDiagnostics(connection: Connection, session: Session): Diagnostics {
  const published = new Map<string, { readonly analysis: FileAnalysis; readonly version: number | undefined }>();
  const tooLong = new Map<string, number | undefined>();
  const send = (uri: string, analysis: FileAnalysis, version: number | undefined): void => {
    const diagnostics = diagnosticsOf(session.workspace(), analysis).flatMap((f) => toDiagnostic(session, f) ?? []);
    void connection.sendDiagnostics({ uri: session.toClient(uri), version, diagnostics });
  };
  // What was said of a document goes with it.
  session.onClosed((uri, clientUri) => {
    published.delete(uri);
    tooLong.delete(uri);
    void connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
  });
  return {
    publish() {
      const changed: string[] = [];
      let others = false;
      for (const uri of session.openUris()) {
        const version = session.version(uri);
        if (session.isTooLarge(uri)) {
          if (tooLong.get(uri) !== version) void connection.sendDiagnostics({ uri: session.toClient(uri), version, diagnostics: [sizeWarning] });
          tooLong.set(uri, version);
          published.delete(uri);
          continue;
        }
        const analysis = session.analyze(uri);
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
    forget: () => published.clear(),
  };
}

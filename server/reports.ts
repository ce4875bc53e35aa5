// What is said of a file, as the protocol has it, under an id that stays as long as the same is said.
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Diagnostic } from 'vscode-languageserver';
import { diagnosticsOf } from '../language/rules/render.js';
import type { FileAnalysis } from '../language/workspace.js';
import { tooLarge } from '../system/limits.js';
import { toDiagnostic } from './convert.js';
import type { Session } from './session.js';
import { projectionScheme } from './uris.js';

/** The same object as long as the analysis is the same, and the version of the document. */
export interface Report {
  /** The same for as long as the diagnostics are the same; ids of other servers are none of this one. */
  readonly id: string;
  /** Of an open document. */
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /**
   * It was analysed: it is not too large, and no projection, which has nothing wrong with it that its source has not.
   */
  readonly checked: boolean;
}

export interface Reports {
  /** What is said of the newest text of a file, which is analysed where need be; undefined where there is none. */
  of(uri: string): Report | undefined;
  /** Gives what is said of a file another id, so that it counts as new. */
  renew(uri: string): void;
  /** All are made again: the settings changed. */
  forget(): void;
}

const isProjection = (uri: string): boolean => uri.startsWith(`${projectionScheme}:`);

const start = { line: 0, character: 0 };
const sizeWarning: Diagnostic = {
  range: { start, end: start },
  severity: DiagnosticSeverity.Warning,
  source: 'chor',
  message: `This file is not checked: ${tooLarge}.`,
};

interface Known {
  readonly report: Report;
  readonly text: string;
  /** What it was made of; an analysis that nobody has any more is not kept for it. */
  readonly analysis: WeakRef<FileAnalysis> | undefined;
  readonly settings: number;
}

/** Makes the reports of the files of a session. */
export function createReports(session: Session): Reports {
  const known = new Map<string, Known>();
  const server = Date.now().toString(36);
  let ids = 0;
  let settings = 0;
  session.onClosed((uri) => known.delete(uri));

  const make = (
    uri: string,
    version: number | undefined,
    diagnostics: readonly Diagnostic[],
    analysis?: FileAnalysis,
  ): Report => {
    const last = known.get(uri);
    const text = JSON.stringify(diagnostics);
    const id = last?.text === text ? last.report.id : `${server}.${ids++}`;
    const report: Report = { id, version, diagnostics, checked: analysis !== undefined && !isProjection(uri) };
    known.set(uri, { report, text, analysis: analysis && new WeakRef(analysis), settings });
    return report;
  };
  return {
    of(uri) {
      const version = session.version(uri);
      const last = known.get(uri);
      const isLast = (analysis?: FileAnalysis): boolean =>
        last?.settings === settings && last.report.version === version && last.analysis?.deref() === analysis;
      if (session.isTooLarge(uri)) return last && isLast() ? last.report : make(uri, version, [sizeWarning]);
      const analysis = session.analyze(uri);
      if (!analysis) {
        known.delete(uri);
        return undefined;
      }
      if (last && isLast(analysis)) return last.report;
      const diagnostics = diagnosticsOf(session.workspace(), analysis).flatMap(
        (found) => toDiagnostic(session, found) ?? [],
      );
      return make(uri, version, isProjection(uri) ? [] : diagnostics, analysis);
    },
    renew(uri) {
      known.delete(uri);
    },
    forget: () => void settings++,
  };
}

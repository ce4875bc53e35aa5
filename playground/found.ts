// What is known to be wrong, for the list: of all files of the project, errors first.
import type * as lsp from 'vscode-languageserver-protocol';
import type { Run } from '../protocol/runs.js';
import { textOf } from './lsp/documents.js';
import type { PageOf } from './lsp/documents.js';
import type { Problem } from './ui/problems.js';
import { severityOf } from './ui/says.js';

/**
 * The problems of a file.
 * @param runs those that lead to errors of the file
 */
export function problemsOf(
  uri: string,
  file: string,
  diagnostics: readonly lsp.Diagnostic[],
  runs: readonly Run[],
  pageOf: PageOf,
): Problem[] {
  return diagnostics.map(({ range, severity, code, codeDescription, message }) => {
    const own = String(code ?? '');
    return {
      uri,
      file,
      range,
      severity: severityOf(severity),
      message: textOf(message),
      code: own,
      ...(codeDescription ? { page: pageOf(codeDescription.href) } : {}),
      run: runs.some(
        (run) =>
          run.code === own &&
          run.range.start.line === range.start.line &&
          run.range.start.character === range.start.character,
      ),
    };
  });
}

/** Errors before the rest; then in the order of the text. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return [...problems].sort(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character,
  );
}

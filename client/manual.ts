// The manual's pages, out of the extension: a code's link opens its page beside the source, without a network.
import * as vscode from 'vscode';
import { vsdiag } from 'vscode-languageclient';
import type { Middleware } from 'vscode-languageclient';
import { manualScheme, pageOfLink } from './manual-pages.js';

/** Serves the pages as read-only documents; the manifest has them opened as VS Code shows Markdown. */
export function registerManual(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(manualScheme, {
      async provideTextDocumentContent(uri) {
        try {
          const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'docs', uri.path));
          return new TextDecoder().decode(bytes);
        } catch {
          return `# ${vscode.l10n.t('There is no such page')}\n\n${vscode.l10n.t('The manual has no page `{0}`. Its [list of codes](/codes/README.md) names all of them.', uri.path.slice(1))}\n`;
        }
      },
    }),
  );
}

/** Has the codes of diagnostics lead to the pages in the extension, however they come from the server. */
export const linksToManual: Pick<
  Middleware,
  'handleDiagnostics' | 'provideDiagnostics' | 'provideWorkspaceDiagnostics'
> = {
  handleDiagnostics(uri, diagnostics, next) {
    link(diagnostics);
    next(uri, diagnostics);
  },
  async provideDiagnostics(document, previous, token, next) {
    const report = await next(document, previous, token);
    if (report?.kind === vsdiag.DocumentDiagnosticReportKind.full) link(report.items);
    return report;
  },
  provideWorkspaceDiagnostics: (previous, token, report, next) =>
    next(previous, token, (chunk) => {
      for (const item of chunk?.items ?? [])
        if (item.kind === vsdiag.DocumentDiagnosticReportKind.full) link(item.items);
      report(chunk);
    }),
};

function link(diagnostics: readonly vscode.Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    const { code } = diagnostic;
    if (typeof code !== 'object') continue;
    const page = pageOfLink(code.target.toString());
    if (page !== undefined)
      diagnostic.code = { value: code.value, target: vscode.Uri.from({ scheme: manualScheme, path: `/${page}` }) };
  }
}

// A diagram of the view, written into a file that its reader chooses.
import * as vscode from 'vscode';
import type { DiagramFormat, FromView } from './messages.js';

/** Asks where to, and writes the form that the file's name says. */
export async function saveDiagram({ uri, name, texts }: Extract<FromView, { type: 'saveDiagram' }>): Promise<void> {
  try {
    const formats: Readonly<Record<DiagramFormat, string>> = {
      svg: vscode.l10n.t('Picture'),
      mmd: 'Mermaid',
      puml: 'PlantUML',
      dot: 'Graphviz',
    };
    const filters = Object.fromEntries(Object.entries(formats).map(([end, what]) => [what, [end]]));
    const target = await vscode.window.showSaveDialog({
      defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(uri), '..', `${name}.svg`),
      filters,
      title: vscode.l10n.t('Save {0}', name),
    });
    if (!target) return;
    const end = /\.(mmd|puml|dot)$/i.exec(target.path)?.[1]?.toLowerCase() ?? 'svg';
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(texts[end as DiagramFormat]));
    vscode.window.setStatusBarMessage(
      `$(check) ${vscode.l10n.t('Saved {0}', target.path.split('/').at(-1) ?? '')}`,
      4000,
    );
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The diagram can’t be saved: {0}', error instanceof Error ? error.message : String(error)),
    );
  }
}

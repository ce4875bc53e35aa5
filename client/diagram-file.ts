// A diagram of the view, written into a file that its reader chooses.
import * as vscode from 'vscode';
import type { DiagramFormat, FromView } from './messages.js';

const formats: Readonly<Record<DiagramFormat, string>> = { svg: 'Picture', mmd: 'Mermaid', puml: 'PlantUML', dot: 'Graphviz' };

/** Asks where to, and writes the form that the file's name says. */
export async function saveDiagram({ uri, name, texts }: Extract<FromView, { type: 'saveDiagram' }>): Promise<void> {
  try {
    const filters = Object.fromEntries(Object.entries(formats).map(([end, what]) => [what, [end]]));
    const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(vscode.Uri.parse(uri), '..', `${name}.svg`), filters, title: `Save ${name}` });
    if (!target) return;
    const end = /\.(mmd|puml|dot)$/i.exec(target.path)?.[1]?.toLowerCase() ?? 'svg';
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(texts[end as DiagramFormat]));
    vscode.window.setStatusBarMessage(`$(check) Saved ${target.path.split('/').at(-1) ?? ''}`, 4000);
  } catch (error) {
    void vscode.window.showErrorMessage(`The diagram can’t be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
}

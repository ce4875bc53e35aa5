// Indentation of files that the editor opened before it had read what this extension says of the language, as in the
// first window after it was installed: VS Code leaves these at the width that it took then.
import * as vscode from 'vscode';

/**
 * Gives the files that are open now the indentation that is set, as soon as they are shown; but for those whose lines
 * tell another.
 */
export function indentOpenFiles(): vscode.Disposable {
  const early = new Set(vscode.workspace.textDocuments.filter((document) => document.languageId === 'chor'));
  const look = (editors: readonly vscode.TextEditor[]): void => {
    for (const editor of editors) if (early.delete(editor.document)) indent(editor);
  };
  look(vscode.window.visibleTextEditors);
  return vscode.window.onDidChangeVisibleTextEditors(look);
}

function indent(editor: vscode.TextEditor): void {
  const { document } = editor;
  if (/^[ \t]/m.test(document.getText())) return;
  const settings = vscode.workspace.getConfiguration('editor', document);
  const tabSize = settings.get<number>('tabSize');
  const insertSpaces = settings.get<boolean>('insertSpaces');
  if (tabSize === undefined || insertSpaces === undefined) return;
  if (editor.options.tabSize !== tabSize || editor.options.insertSpaces !== insertSpaces)
    editor.options = { tabSize, indentSize: 'tabSize', insertSpaces };
}

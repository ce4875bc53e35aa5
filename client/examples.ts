// Examples to try things on, out of the extension: each opens as a new document, so that nothing of them can be spoilt.
import * as vscode from 'vscode';
import { showRunCommand } from '../protocol/runs.js';

/** How long the first error of an example is waited for, in milliseconds: the server may just be starting. */
const timeout = 10_000;
/** How long an editor may take to draw what it has, in milliseconds. */
const drawing = 800;

/** Registers the commands of the walkthrough: an example each, and what is to be seen in it. */
export function registerExamples(context: vscode.ExtensionContext): void {
  const open = async (path: string): Promise<vscode.TextEditor> => {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'examples', path));
    // What tests want of an example is of no use to who reads it.
    const content = new TextDecoder().decode(bytes).replace(/^\/\/ expect: .*\r?\n/, '');
    return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'chor', content }), {
      viewColumn: vscode.ViewColumn.One,
    });
  };
  const toFirstError = async (editor: vscode.TextEditor): Promise<void> => {
    const error = await firstError(editor.document.uri);
    if (!error) return;
    editor.selection = new vscode.Selection(error.range.start, error.range.start);
    editor.revealRange(error.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  };
  const register = (name: string, run: () => Promise<void>): void => {
    context.subscriptions.push(
      vscode.commands.registerCommand(`chor.${name}`, () =>
        run().catch((error: unknown) => {
          void vscode.window.showErrorMessage(
            vscode.l10n.t('The example can’t be opened: {0}', error instanceof Error ? error.message : String(error)),
          );
        }),
      ),
    );
  };

  register('tryWriting', async () => {
    const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'chor' }), {
      viewColumn: vscode.ViewColumn.One,
    });
    await vscode.commands.executeCommand('chor.showProjections', editor.document.uri);
    // Tab goes from name to name, and the view follows.
    await editor.insertSnippet(
      new vscode.SnippetString(
        'choreography ${1:Greeting}(${2:Alice}, ${3:Bob}) {\n  ${2}."${4:hello}" -> ${3}.${5:greeting}\n  ${3}.print(${5})\n}\n\nextern print(line: string)\n',
      ),
    );
  });
  register('tryProjections', async () => {
    const { document } = await open('lecture/greeting.chor');
    await vscode.commands.executeCommand('chor.showProjections', document.uri);
  });
  register('tryFixes', async () => {
    const editor = await open('wrong/knowledge-of-choice.chor');
    await toFirstError(editor);
    await drawn(editor);
    await vscode.commands.executeCommand('editor.action.quickFix');
  });
  register('tryRun', async () => {
    const editor = await open('wrong/deadlock.chor');
    await toFirstError(editor);
    await vscode.commands.executeCommand(showRunCommand, editor.document.uri.toString());
  });
}

/**
 * Waits for what is drawn between the lines of a document that was just opened: a list that is open in that moment
 * closes again.
 */
async function drawn({ document }: vscode.TextEditor): Promise<void> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  await Promise.all([
    vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri),
    vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole),
  ]);
  await new Promise((resolve) => setTimeout(resolve, drawing));
  // The walkthrough takes the focus when it marks its step as done.
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

async function firstError(uri: vscode.Uri): Promise<vscode.Diagnostic | undefined> {
  const find = (): vscode.Diagnostic | undefined =>
    vscode.languages.getDiagnostics(uri).find((d) => d.severity === vscode.DiagnosticSeverity.Error);
  return (
    find() ??
    new Promise((resolve) => {
      const end = (found: vscode.Diagnostic | undefined): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve(found);
      };
      const timer = setTimeout(() => end(undefined), timeout);
      const listener = vscode.languages.onDidChangeDiagnostics(() => {
        const found = find();
        if (found) end(found);
      });
    })
  );
}

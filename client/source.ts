// The way between a panel and the source beside it: places in texts that are edited meanwhile, and showing them.
import * as vscode from 'vscode';
import { backTo, endOf, forthFrom } from './cursor.js';
import type { Edited } from './cursor.js';
import type { Position, Range } from '../protocol/places.js';

export interface SourceLink {
  /** The cursor in a file, as a place of an older version of it; undefined where the file is in no editor. */
  cursorIn(uri: string, version: number): Position | undefined;
  /** A place of an older version of a file, in the newest text. */
  now(uri: string, version: number, position: Position): vscode.Position;
  /**
   * Shows a place of an older version of a file.
   * @param focus whether the keyboard goes there too
   * @param select whether the place is selected, or only lit up with the cursor at its start
   */
  reveal(uri: string, version: number, range: Range, focus: boolean, select?: boolean): Promise<void>;
  /** Edits up to a version are needed no more. */
  forget(uri: string, version: number): void;
  /** Takes the light off a place that was revealed. */
  clear(editor: vscode.TextEditor): void;
  dispose(): void;
}

const revealed = vscode.window.createTextEditorDecorationType({
  isWholeLine: true,
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  border: '1px solid',
  borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
});

/** An editor of a file, the active one first. */
function editorOf(uri: string): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  return active?.document.uri.toString() === uri
    ? active
    : vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri);
}

/**
 * Links a panel to its source.
 * @param uses which files it shows something of: their edits are remembered
 */
export function linkToSource(panel: vscode.WebviewPanel, uses: (uri: string) => boolean): SourceLink {
  /** Edits since the oldest answers in use, by file. */
  const edits = new Map<string, Edited[]>();

  const now: SourceLink['now'] = (uri, version, position) => {
    const { line, character } = forthFrom(version, position, edits.get(uri) ?? []);
    return new vscode.Position(line, character);
  };

  const subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    const uri = document.uri.toString();
    if (!uses(uri)) return;
    const own = edits.get(uri) ?? [];
    // Last in the text first, as VS Code gives them: each is then where it says.
    for (const { range, text } of contentChanges)
      own.push({ version: document.version, start: range.start, oldEnd: range.end, newEnd: endOf(range.start, text) });
    edits.set(uri, own.slice(-500));
  });

  return {
    now,
    cursorIn(uri, version) {
      const at = editorOf(uri)?.selection.active;
      return at && backTo(version, { line: at.line, character: at.character }, edits.get(uri) ?? []);
    },
    async reveal(uri, version, range, focus, select = false) {
      const target = new vscode.Range(now(uri, version, range.start), now(uri, version, range.end));
      let editor = editorOf(uri);
      if (!editor || focus) {
        const viewColumn =
          editor?.viewColumn ??
          (panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One);
        editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
          viewColumn,
          preserveFocus: !focus,
          preview: true,
        });
      }
      // Of a block its head is meant.
      const first = target.isSingleLine
        ? target
        : new vscode.Range(
            target.start,
            editor.document.lineAt(Math.min(target.start.line, editor.document.lineCount - 1)).range.end,
          );
      const shown = select ? first : target;
      editor.revealRange(shown, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      editor.selection = select
        ? new vscode.Selection(shown.end, shown.start)
        : new vscode.Selection(shown.start, shown.start);
      editor.setDecorations(revealed, [shown]);
    },
    forget(uri, version) {
      edits.set(
        uri,
        (edits.get(uri) ?? []).filter((edit) => edit.version > version),
      );
    },
    clear: (editor) => editor.setDecorations(revealed, []),
    dispose: () => subscription.dispose(),
  };
}

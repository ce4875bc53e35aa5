// Places, edits and kinds, from how the protocol has them to how the editor has them, and back.
import type * as lsp from 'vscode-languageserver-protocol';
import { monaco } from '../editor/monaco.js';

export function toPosition({ lineNumber, column }: monaco.IPosition): lsp.Position {
  return { line: lineNumber - 1, character: column - 1 };
}

export function toRange({ startLineNumber, startColumn, endLineNumber, endColumn }: monaco.IRange): lsp.Range {
  return {
    start: { line: startLineNumber - 1, character: startColumn - 1 },
    end: { line: endLineNumber - 1, character: endColumn - 1 },
  };
}

export function fromRange({ start, end }: lsp.Range): monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

export function fromLocation({ uri, range }: lsp.Location): monaco.languages.Location {
  return { uri: monaco.Uri.parse(uri), range: fromRange(range) };
}

/** What is told of a text, with links only where they lead to pages. */
export function fromMarkdown(contents: lsp.MarkupContent | string | undefined): monaco.IMarkdownString | undefined {
  return contents === undefined ? undefined : { value: typeof contents === 'string' ? contents : contents.value };
}

/** Edits of texts; of files that are not open there are none. */
export function fromWorkspaceEdit({ changes, documentChanges }: lsp.WorkspaceEdit): monaco.languages.WorkspaceEdit {
  const all =
    documentChanges?.flatMap((change) =>
      'edits' in change ? [{ uri: change.textDocument.uri, edits: change.edits }] : [],
    ) ?? Object.entries(changes ?? {}).map(([uri, edits]) => ({ uri, edits }));
  return {
    edits: all.flatMap(({ uri, edits }) =>
      edits.flatMap((edit) =>
        'newText' in edit
          ? [
              {
                resource: monaco.Uri.parse(uri),
                versionId: undefined,
                textEdit: { range: fromRange(edit.range), text: edit.newText },
              },
            ]
          : [],
      ),
    ),
  };
}

export function fromTextEdit({ range, newText }: lsp.TextEdit): monaco.languages.TextEdit {
  return { range: fromRange(range), text: newText };
}

export function fromCommand(command: lsp.Command | undefined): monaco.languages.Command | undefined {
  return command && { id: command.command, title: command.title, arguments: command.arguments };
}

export function fromSeverity(severity: lsp.DiagnosticSeverity | undefined): monaco.MarkerSeverity {
  switch (severity) {
    case 2:
      return monaco.MarkerSeverity.Warning;
    case 3:
      return monaco.MarkerSeverity.Info;
    case 4:
      return monaco.MarkerSeverity.Hint;
    case 1:
    case undefined:
      return monaco.MarkerSeverity.Error;
  }
}

/** Counted from 1 in the protocol, from 0 in the editor, and in the same order. */
export function fromSymbolKind(kind: lsp.SymbolKind): monaco.languages.SymbolKind {
  return kind - 1;
}

const completionKinds: readonly (keyof typeof monaco.languages.CompletionItemKind)[] = [
  'Text',
  'Method',
  'Function',
  'Constructor',
  'Field',
  'Variable',
  'Class',
  'Interface',
  'Module',
  'Property',
  'Unit',
  'Value',
  'Enum',
  'Keyword',
  'Snippet',
  'Color',
  'File',
  'Reference',
  'Folder',
  'EnumMember',
  'Constant',
  'Struct',
  'Event',
  'Operator',
  'TypeParameter',
];

export function fromCompletionKind(kind: lsp.CompletionItemKind | undefined): monaco.languages.CompletionItemKind {
  return monaco.languages.CompletionItemKind[completionKinds[(kind ?? 1) - 1] ?? 'Text'];
}

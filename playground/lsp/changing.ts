// What changes texts by the server: completion, renaming, layout, quick fixes.
import type * as lsp from 'vscode-languageserver-protocol';
import { monaco } from '../editor/monaco.js';
import type { Connection } from './connection.js';
import {
  fromCommand,
  fromCompletionKind,
  fromMarkdown,
  fromRange,
  fromTextEdit,
  fromWorkspaceEdit,
  toPosition,
  toRange,
} from './convert.js';
import type { Documents } from './documents.js';

type Model = monaco.editor.ITextModel;

/** A suggestion with what the server sent of it. */
interface Suggestion extends monaco.languages.CompletionItem {
  readonly sent: lsp.CompletionItem;
}

/** What the editor says of who asks for fixes. */
const kinds = { invoke: 1, automatic: 2 } as const;

export function registerChanging({ request }: Connection, documents: Documents): void {
  const { languages } = monaco;
  const file = (model: Model): { textDocument: { uri: string } } => ({ textDocument: { uri: model.uri.toString() } });
  const at = (model: Model, position: monaco.Position): object => ({ ...file(model), position: toPosition(position) });

  languages.registerCompletionItemProvider('chor', {
    triggerCharacters: ['.', '>', ':', '@', '"', '/', ' '],
    async provideCompletionItems(model, position, { triggerKind, triggerCharacter }, token) {
      const list = await request<lsp.CompletionList>(
        'textDocument/completion',
        { ...at(model, position), context: { triggerKind: triggerKind + 1, triggerCharacter } },
        token,
      );
      return { suggestions: (list?.items ?? []).flatMap(suggestionOf), incomplete: list?.isIncomplete };
    },
    async resolveCompletionItem(item, token) {
      const { sent } = item as Suggestion;
      const resolved = await request<lsp.CompletionItem>('completionItem/resolve', sent, token);
      return { ...item, documentation: fromMarkdown(resolved?.documentation) };
    },
  });

  languages.registerRenameProvider('chor', {
    async resolveRenameLocation(model, position, token) {
      let why = 'Here is nothing that has a name.';
      const found = await request<{ range: lsp.Range; placeholder: string }>(
        'textDocument/prepareRename',
        at(model, position),
        token,
        (reason) => {
          why = reason;
        },
      );
      if (found) return { range: fromRange(found.range), text: found.placeholder };
      const { lineNumber, column } = position;
      return {
        range: { startLineNumber: lineNumber, endLineNumber: lineNumber, startColumn: column, endColumn: column },
        text: '',
        rejectReason: why,
      };
    },
    async provideRenameEdits(model, position, newName, token) {
      let rejectReason: string | undefined;
      const edit = await request<lsp.WorkspaceEdit>(
        'textDocument/rename',
        { ...at(model, position), newName },
        token,
        (reason) => {
          rejectReason = reason;
        },
      );
      return { edits: edit ? fromWorkspaceEdit(edit).edits : [], rejectReason };
    },
  });

  const options = ({ tabSize, insertSpaces }: monaco.languages.FormattingOptions): lsp.FormattingOptions => ({
    tabSize,
    insertSpaces,
  });
  languages.registerDocumentFormattingEditProvider('chor', {
    provideDocumentFormattingEdits: async (model, own, token) =>
      (await request<lsp.TextEdit[]>('textDocument/formatting', { ...file(model), options: options(own) }, token))?.map(
        fromTextEdit,
      ),
  });
  languages.registerDocumentRangeFormattingEditProvider('chor', {
    provideDocumentRangeFormattingEdits: async (model, range, own, token) =>
      (
        await request<lsp.TextEdit[]>(
          'textDocument/rangeFormatting',
          { ...file(model), range: toRange(range), options: options(own) },
          token,
        )
      )?.map(fromTextEdit),
  });
  languages.registerOnTypeFormattingEditProvider('chor', {
    autoFormatTriggerCharacters: ['}', '\n'],
    provideOnTypeFormattingEdits: async (model, position, ch, own, token) =>
      (
        await request<lsp.TextEdit[]>(
          'textDocument/onTypeFormatting',
          { ...at(model, position), ch, options: options(own) },
          token,
        )
      )?.map(fromTextEdit),
  });

  languages.registerCodeActionProvider(
    'chor',
    {
      async provideCodeActions(model, range, { only, trigger }, token) {
        const near = documents
          .diagnostics(model.uri.toString())
          .filter((each) => monaco.Range.areIntersectingOrTouching(fromRange(each.range), range));
        const actions = await request<lsp.CodeAction[]>(
          'textDocument/codeAction',
          {
            ...file(model),
            range: toRange(range),
            context: {
              diagnostics: near,
              ...(only === undefined ? {} : { only: [only] }),
              triggerKind: trigger === languages.CodeActionTriggerType.Auto ? kinds.automatic : kinds.invoke,
            },
          },
          token,
        );
        return {
          actions: (actions ?? []).map(({ title, kind, isPreferred, disabled, edit, command }) => ({
            title,
            kind,
            isPreferred,
            disabled: disabled?.reason,
            edit: edit && fromWorkspaceEdit(edit),
            command: fromCommand(command),
          })),
          dispose: () => undefined,
        };
      },
    },
    {
      providedCodeActionKinds: [
        'quickfix',
        'refactor.extract',
        'refactor.inline',
        'refactor.rewrite',
        'source.fixAll.chor',
      ],
    },
  );
}

function suggestionOf(item: lsp.CompletionItem): Suggestion[] {
  const { label, kind, detail, sortText, textEdit, additionalTextEdits, insertTextFormat, insertTextMode } = item;
  if (!textEdit || !('range' in textEdit)) return [];
  const rules = monaco.languages.CompletionItemInsertTextRule;
  return [
    {
      label,
      kind: fromCompletionKind(kind),
      detail,
      sortText,
      insertText: textEdit.newText,
      range: fromRange(textEdit.range),
      additionalTextEdits: additionalTextEdits?.map(fromTextEdit),
      sent: item,
      insertTextRules:
        (insertTextFormat === 2 ? rules.InsertAsSnippet : rules.None) |
        (insertTextMode === 2 ? rules.None : rules.KeepWhitespace),
    },
  ];
}

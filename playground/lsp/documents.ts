// The texts that the server knows: each model of the editor in Chor is open there, and what is found wrong in it comes
// back.
import type * as lsp from 'vscode-languageserver-protocol';
import { monaco } from '../editor/monaco.js';
import type { Connection } from './connection.js';
import { fromRange, fromSeverity, toRange } from './convert.js';

export interface Documents {
  /** What was told of a file last. */
  diagnostics(uri: string): readonly lsp.Diagnostic[];
  /** Called whenever something else is told of a file. */
  onDiagnostics(listen: (uri: string) => void): void;
}

/** The address of a code's page, or any other of the manual, in the site; undefined for what is none. */
export type PageOf = (href: string) => string | undefined;

/** Keeps the server's texts and the editor's the same. To be made before there are models. */
export function syncDocuments(connection: Connection, pageOf: PageOf): Documents {
  const told = new Map<string, readonly lsp.Diagnostic[]>();
  const listeners: ((uri: string) => void)[] = [];

  const open = (model: monaco.editor.ITextModel): void => {
    const uri = model.uri.toString();
    const known = connection.told().get(uri);
    connection.told().delete(uri);
    if (known === model.getValue() && model.getVersionId() === 1) return;
    if (known !== undefined) connection.notify('textDocument/didClose', { textDocument: { uri } });
    connection.notify('textDocument/didOpen', {
      textDocument: { uri, languageId: 'chor', version: model.getVersionId(), text: model.getValue() },
    });
  };
  const change = (
    model: monaco.editor.ITextModel,
    { changes, isFlush, versionId }: monaco.editor.IModelContentChangedEvent,
  ): void => {
    if (connection.state() !== 'running') return;
    const contentChanges = isFlush
      ? [{ text: model.getValue() }]
      : changes.map(({ range, text }) => ({ range: toRange(range), text }));
    connection.notify('textDocument/didChange', {
      textDocument: { uri: model.uri.toString(), version: versionId },
      contentChanges,
    });
  };
  const isOurs = (model: monaco.editor.ITextModel): boolean => model.getLanguageId() === 'chor';

  monaco.editor.onDidCreateModel((model) => {
    if (!isOurs(model)) return;
    if (connection.state() === 'running') open(model);
    model.onDidChangeContent((event) => change(model, event));
  });
  monaco.editor.onWillDisposeModel((model) => {
    if (!isOurs(model)) return;
    const uri = model.uri.toString();
    connection.notify('textDocument/didClose', { textDocument: { uri } });
    take(uri, []);
    told.delete(uri);
  });
  connection.onState((state) => {
    if (state !== 'running') return;
    monaco.editor.getModels().filter(isOurs).forEach(open);
    for (const uri of connection.told().keys()) connection.notify('textDocument/didClose', { textDocument: { uri } });
  });
  connection.on<lsp.PublishDiagnosticsParams>('textDocument/publishDiagnostics', ({ uri, version, diagnostics }) => {
    const model = modelOf(uri);
    // What is said of an older text is said again of the newest.
    if (model && (version === undefined || version === model.getVersionId())) take(uri, diagnostics);
  });

  function take(uri: string, diagnostics: readonly lsp.Diagnostic[]): void {
    told.set(uri, diagnostics);
    const model = modelOf(uri);
    if (model) monaco.editor.setModelMarkers(model, 'chor', diagnostics.map(markerOf));
    for (const listen of listeners) listen(uri);
  }
  function markerOf({
    range,
    message,
    severity,
    code,
    codeDescription,
    tags,
    relatedInformation,
  }: lsp.Diagnostic): monaco.editor.IMarkerData {
    const page = codeDescription && pageOf(codeDescription.href);
    return {
      ...fromRange(range),
      message: textOf(message),
      severity: fromSeverity(severity),
      source: 'chor',
      code: page === undefined ? String(code ?? '') : { value: String(code ?? ''), target: monaco.Uri.parse(page) },
      tags: tags?.map((tag) => (tag === 1 ? monaco.MarkerTag.Unnecessary : monaco.MarkerTag.Deprecated)),
      relatedInformation: relatedInformation?.map(({ location, message: also }) => ({
        resource: monaco.Uri.parse(location.uri),
        message: also,
        ...fromRange(location.range),
      })),
    };
  }
  return { diagnostics: (uri) => told.get(uri) ?? [], onDiagnostics: (listen) => void listeners.push(listen) };
}

/** A diagnostic's message as text. */
export function textOf(message: lsp.Diagnostic['message']): string {
  return typeof message === 'string' ? message : message.value;
}

export function modelOf(uri: string): monaco.editor.ITextModel | undefined {
  return monaco.editor.getModel(monaco.Uri.parse(uri)) ?? undefined;
}

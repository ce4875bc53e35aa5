// What the editor asks the server about a text: hover, definitions, symbols, folds, colours, hints, lenses, links.
import type * as lsp from 'vscode-languageserver-protocol';
import { monaco } from '../editor/monaco.js';
import type { Connection } from './connection.js';
import { fromCommand, fromLocation, fromMarkdown, fromRange, fromSymbolKind, toPosition, toRange } from './convert.js';

type Model = monaco.editor.ITextModel;

/** Fires when hints, lenses or colours are to be asked for again, by the method with which the server says so. */
export interface Refreshes {
  on(method: string): monaco.IEvent<void>;
}

/**
 * Registers all that only looks.
 * @param legend the kinds of coloured tokens and what they may be besides, as the server numbers them
 */
export function registerReading(
  { request }: Connection,
  refreshes: Refreshes,
  legend: monaco.languages.SemanticTokensLegend,
): void {
  const { languages } = monaco;
  const file = (model: Model): { textDocument: { uri: string } } => ({ textDocument: { uri: model.uri.toString() } });
  const at = (model: Model, position: monaco.Position): object => ({ ...file(model), position: toPosition(position) });
  const places = (found: lsp.Location | lsp.Location[] | undefined): monaco.languages.Location[] =>
    (found === undefined ? [] : Array.isArray(found) ? found : [found]).map(fromLocation);
  const findsAt =
    (method: string) =>
    async (
      model: Model,
      position: monaco.Position,
      token: monaco.CancellationToken,
    ): Promise<monaco.languages.Location[]> =>
      places(await request<lsp.Location | lsp.Location[]>(method, at(model, position), token));

  languages.registerHoverProvider('chor', {
    async provideHover(model, position, token) {
      const hover = await request<lsp.Hover>('textDocument/hover', at(model, position), token);
      if (!hover) return undefined;
      const { contents } = hover;
      const value = typeof contents === 'object' && 'kind' in contents ? contents.value : '';
      return { contents: [{ value }], range: hover.range && fromRange(hover.range) };
    },
  });
  languages.registerSignatureHelpProvider('chor', {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    async provideSignatureHelp(model, position, token) {
      const help = await request<lsp.SignatureHelp>('textDocument/signatureHelp', at(model, position), token);
      if (!help) return undefined;
      const signatures = help.signatures.map(
        ({ label, documentation, parameters }): monaco.languages.SignatureInformation => ({
          label,
          documentation: fromMarkdown(documentation),
          parameters: (parameters ?? []).map((parameter) => ({
            label: parameter.label,
            documentation: fromMarkdown(parameter.documentation),
          })),
        }),
      );
      return {
        value: { signatures, activeSignature: help.activeSignature ?? 0, activeParameter: help.activeParameter ?? 0 },
        dispose: () => undefined,
      };
    },
  });
  languages.registerDefinitionProvider('chor', { provideDefinition: findsAt('textDocument/definition') });
  languages.registerTypeDefinitionProvider('chor', { provideTypeDefinition: findsAt('textDocument/typeDefinition') });
  languages.registerImplementationProvider('chor', { provideImplementation: findsAt('textDocument/implementation') });
  languages.registerReferenceProvider('chor', {
    provideReferences: async (model, position, context, token) =>
      places(await request<lsp.Location[]>('textDocument/references', { ...at(model, position), context }, token)),
  });
  languages.registerDocumentHighlightProvider('chor', {
    provideDocumentHighlights: async (model, position, token) =>
      (await request<lsp.DocumentHighlight[]>('textDocument/documentHighlight', at(model, position), token))?.map(
        ({ range, kind }) => ({ range: fromRange(range), kind: (kind ?? 1) - 1 }),
      ),
  });
  languages.registerDocumentSymbolProvider('chor', {
    provideDocumentSymbols: async (model, token) =>
      (await request<lsp.DocumentSymbol[]>('textDocument/documentSymbol', file(model), token))?.map(symbolOf),
  });
  languages.registerFoldingRangeProvider('chor', {
    provideFoldingRanges: async (model, _context, token) =>
      (await request<lsp.FoldingRange[]>('textDocument/foldingRange', file(model), token))?.map(
        ({ startLine, endLine, kind }) => ({
          start: startLine + 1,
          end: endLine + 1,
          ...(kind === undefined ? {} : { kind: new languages.FoldingRangeKind(kind) }),
        }),
      ),
  });
  languages.registerSelectionRangeProvider('chor', {
    async provideSelectionRanges(model, positions, token) {
      const found = await request<lsp.SelectionRange[]>(
        'textDocument/selectionRange',
        { ...file(model), positions: positions.map(toPosition) },
        token,
      );
      return found?.map((first) => {
        const all: monaco.languages.SelectionRange[] = [];
        for (let own: lsp.SelectionRange | undefined = first; own; own = own.parent)
          all.push({ range: fromRange(own.range) });
        return all;
      });
    },
  });
  languages.registerDocumentSemanticTokensProvider('chor', {
    onDidChange: refreshes.on('workspace/semanticTokens/refresh'),
    getLegend: () => legend,
    releaseDocumentSemanticTokens: () => undefined,
    async provideDocumentSemanticTokens(model, _last, token) {
      const tokens = await request<lsp.SemanticTokens>('textDocument/semanticTokens/full', file(model), token);
      return tokens && { data: new Uint32Array(tokens.data) };
    },
  });
  languages.registerInlayHintsProvider('chor', {
    onDidChangeInlayHints: refreshes.on('workspace/inlayHint/refresh'),
    async provideInlayHints(model, range, token) {
      const hints = await request<lsp.InlayHint[]>(
        'textDocument/inlayHint',
        { ...file(model), range: toRange(range) },
        token,
      );
      return {
        hints: (hints ?? []).map(({ position, label, kind, tooltip, paddingLeft, paddingRight }) => ({
          position: { lineNumber: position.line + 1, column: position.character + 1 },
          label: typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
          kind: kind === 2 ? languages.InlayHintKind.Parameter : languages.InlayHintKind.Type,
          tooltip: fromMarkdown(tooltip),
          paddingLeft,
          paddingRight,
        })),
        dispose: () => undefined,
      };
    },
  });
  const lenses: monaco.languages.CodeLensProvider = {
    onDidChange: (listen) => refreshes.on('workspace/codeLens/refresh')(() => listen(lenses)),
    async provideCodeLenses(model, token) {
      const found = await request<lsp.CodeLens[]>('textDocument/codeLens', file(model), token);
      return {
        lenses: (found ?? []).map(({ range, command }) => ({ range: fromRange(range), command: fromCommand(command) })),
        dispose: () => undefined,
      };
    },
  };
  languages.registerCodeLensProvider('chor', lenses);
  languages.registerLinkProvider('chor', {
    async provideLinks(model, token) {
      const links = await request<lsp.DocumentLink[]>('textDocument/documentLink', file(model), token);
      return { links: (links ?? []).map(({ range, target }) => ({ range: fromRange(range), url: target })) };
    },
  });
}

function symbolOf({
  name,
  detail,
  kind,
  range,
  selectionRange,
  children,
}: lsp.DocumentSymbol): monaco.languages.DocumentSymbol {
  return {
    name,
    detail: detail ?? '',
    kind: fromSymbolKind(kind),
    tags: [],
    range: fromRange(range),
    selectionRange: fromRange(selectionRange),
    children: children?.map(symbolOf),
  };
}

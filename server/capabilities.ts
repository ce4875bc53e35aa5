// What the server can do, as it says so to a client.
import { CodeActionKind } from 'vscode-languageserver';
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver';
import { exploreAgainCommand, fixWorkspaceCommand } from '../protocol/exploring.js';
import { tokenModifiers, tokenTypes } from '../language/features/colours.js';
import { fixAllKind } from './edit-requests.js';
import { projectionScheme } from './uris.js';

const chorFiles = {
  filters: [{ pattern: { glob: '**/*.chor' } }, { pattern: { glob: '**/*', matches: 'folder' as const } }],
};

/** The capabilities beyond text synchronisation. */
export function featureCapabilities(client: ClientCapabilities): Partial<ServerCapabilities> {
  return {
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['.', '>', ':', '@', '"', '/', ' '], resolveProvider: true },
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
    definitionProvider: true,
    declarationProvider: true,
    typeDefinitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
    inlayHintProvider: true,
    codeLensProvider: { resolveProvider: false },
    documentLinkProvider: { resolveProvider: false },
    callHierarchyProvider: true,
    executeCommandProvider: { commands: [exploreAgainCommand, fixWorkspaceCommand] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix,
        CodeActionKind.RefactorExtract,
        CodeActionKind.RefactorInline,
        CodeActionKind.RefactorRewrite,
        fixAllKind,
      ],
    },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willRename: chorFiles },
      ...(client.workspace?.textDocumentContent ? { textDocumentContent: { schemes: [projectionScheme] } } : {}),
    },
  };
}

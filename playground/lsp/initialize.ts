// What the page says to the server first: what its editor can do, and what could be set. It is said before there is an
// editor, too.
import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver-protocol';
import { showRunCommand } from '../../protocol/runs.js';

/** What the editor can do of what the protocol has. */
const capabilities: ClientCapabilities = {
  textDocument: {
    synchronization: {},
    hover: { contentFormat: ['markdown'] },
    completion: {
      contextSupport: true,
      completionItem: {
        snippetSupport: true,
        documentationFormat: ['markdown'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown'] } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
    rename: { prepareSupport: true },
    codeAction: {
      codeActionLiteralSupport: {
        codeActionKind: {
          valueSet: [
            '',
            'quickfix',
            'refactor',
            'refactor.extract',
            'refactor.inline',
            'refactor.rewrite',
            'source',
            'source.fixAll',
          ],
        },
      },
      isPreferredSupport: true,
      disabledSupport: true,
    },
    publishDiagnostics: {
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
      codeDescriptionSupport: true,
      versionSupport: true,
    },
    semanticTokens: { requests: { full: true }, formats: ['relative'], tokenTypes: [], tokenModifiers: [] },
  },
  workspace: {
    executeCommand: {},
    textDocumentContent: {},
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  },
  experimental: { commands: { commands: [showRunCommand] }, chorStatus: true },
};

/** The section `chor` of what could be set. */
const settings = { diagnostics: { workspace: 'open' } };

export const initializeParams: InitializeParams = {
  processId: null,
  rootUri: null,
  capabilities,
  initializationOptions: settings,
};

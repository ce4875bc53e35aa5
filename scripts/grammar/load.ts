// The grammar as Langium reads and checks it.
import { readFileSync } from 'node:fs';
import { EmptyFileSystem, URI } from 'langium';
import type { GrammarAST } from 'langium';
import { createLangiumGrammarServices } from 'langium/grammar';

/** Where the grammar is, from the root of the repository. */
export const grammarPath = 'language/grammar/chor.langium';

/**
 * Reads a grammar.
 * @param text the grammar; by default that of Chor, from the root of the repository, where all scripts run
 * @returns it, with its references resolved
 * @throws with all that Langium finds wrong with it, each with its line
 */
export async function loadGrammar(text: string = readFileSync(grammarPath, 'utf8')): Promise<GrammarAST.Grammar> {
  const { shared } = createLangiumGrammarServices(EmptyFileSystem);
  const document = shared.workspace.LangiumDocumentFactory.fromString<GrammarAST.Grammar>(
    text,
    URI.parse('memory:/chor.langium'),
  );
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  // Hints are about style.
  const wrong = (document.diagnostics ?? []).filter(({ severity }) => severity === undefined || severity <= 2);
  if (wrong.length > 0)
    throw new Error(wrong.map(({ range, message }) => `${grammarPath}:${range.start.line + 1}: ${message}`).join('\n'));
  return document.parseResult.value;
}

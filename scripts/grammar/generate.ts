// Part of `npm run generate`: checks the grammar with Langium and writes what the parser needs of it,
// language/grammar/generated/, and its page in the manual.
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { treatment } from '../../language/grammar/treatment.ts';
import { generated } from './files.ts';
import { grammarPath, loadGrammar } from './load.ts';
import { grammarPage } from './page.ts';

try {
  const grammar = await loadGrammar();
  const files = generated(grammar, treatment);
  mkdirSync('language/grammar/generated', { recursive: true });
  for (const [name, text] of files) writeFileSync(`language/grammar/generated/${name}`, text);
  writeFileSync('docs/grammar.md', grammarPage(grammar));
} catch (error) {
  console.error(
    `${grammarPath} can’t be made into a parser.\n${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}

// The grammar has one way to read each text: Langium's own parser, with its validations on, finds no ambiguity in it.
import { globSync, readFileSync } from 'node:fs';
import { createDefaultCoreModule, createDefaultSharedCoreModule, EmptyFileSystem, inject } from 'langium';
import { expect, test, vi } from 'vitest';
import { ChorGeneratedModule, ChorGeneratedSharedModule } from '../../language/grammar/generated/module.js';
import { createLexer } from '../../language/syntax/lexer.js';
import { parse } from '../../language/syntax/parse.js';
import { samples } from './samples.js';

test('no choice is ambiguous on any sample or example', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), ChorGeneratedSharedModule);
    const services = inject(createDefaultCoreModule({ shared }), ChorGeneratedModule, {
      LanguageMetaData: () => ({ languageId: 'chor', fileExtensions: ['.chor'], caseInsensitive: false, mode: 'development' as const }),
      parser: { Lexer: createLexer },
    });
    shared.ServiceRegistry.register(services);
    for (const text of [...samples, ...globSync('examples/**/*.chor').map((path) => readFileSync(path, 'utf8'))]) {
      for (const segment of parse(text)) {
        if (segment.issues.length === 0) expect(services.parser.LangiumParser.parse(segment.text).parserErrors).toEqual([]);
      }
    }
    expect(log.mock.calls.flat().map(String)).toEqual([]);
  } finally {
    log.mockRestore();
  }
});

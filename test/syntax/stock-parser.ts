// Langium's own parser for .chor: what the tests compare ours with, and the benchmark its speed.
import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  DefaultValueConverter,
  EmptyFileSystem,
  inject,
} from 'langium';
import type {
  GrammarAST,
  LangiumCoreServices,
  LangiumGeneratedCoreServices,
  LangiumGeneratedSharedCoreServices,
  LangiumParser,
  LangiumSharedCoreServices,
  Module,
  ValueType,
} from 'langium';
import { interpretAstReflection } from 'langium/grammar';
import { loadGrammar } from '../../scripts/grammar/load.js';
import { plainName } from '../../language/syntax/names.js';
import { unescapeString } from '../../language/syntax/strings.js';
import { createLexer } from './stock-lexer.js';

/** The grammar of Chor, as Langium reads it. */
export const grammar: GrammarAST.Grammar = await loadGrammar();

class ChorValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string): ValueType {
    switch (rule.name) {
      case 'STRING':
        return unescapeString(input);
      case 'ID':
        return plainName(input);
      default:
        return input;
    }
  }
}

/** @param mode in development, the grammar is looked through for ambiguities, which are logged */
export function createStockParser(mode: 'development' | 'production'): LangiumParser {
  const generatedShared: Module<LangiumSharedCoreServices, LangiumGeneratedSharedCoreServices> = {
    AstReflection: () => interpretAstReflection(grammar),
  };
  const generated: Module<LangiumCoreServices, LangiumGeneratedCoreServices> = {
    Grammar: () => grammar,
    LanguageMetaData: () => ({ languageId: 'chor', fileExtensions: ['.chor'], caseInsensitive: false, mode }),
    parser: { ParserConfig: () => ({ recoveryEnabled: false, skipValidations: mode === 'production' }) },
  };
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), generatedShared);
  const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), generated, {
    parser: { Lexer: createLexer, ValueConverter: () => new ChorValueConverter() },
  });
  shared.ServiceRegistry.register(services);
  return services.parser.LangiumParser;
}

let instance: LangiumParser | undefined;

/** The stock parser; built at first use (about 50 ms), then shared. */
export function stockParser(): LangiumParser {
  return (instance ??= createStockParser('production'));
}

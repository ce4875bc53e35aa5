// The Langium parser for .chor, without documents, index or links: text in, tree out.
import { createDefaultCoreModule, createDefaultSharedCoreModule, DefaultValueConverter, EmptyFileSystem, inject } from 'langium';
import type { GrammarAST, LangiumCoreServices, LangiumParser, LangiumSharedCoreServices, ValueType } from 'langium';
import type { IParserErrorMessageProvider } from 'chevrotain';
import { ChorGeneratedModule, ChorGeneratedSharedModule } from '../grammar/generated/module.js';
import { createLexer } from './lexer.js';
import { unescapeString } from './strings.js';
import { messageProvider } from './syntax-messages.js';

class ChorValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string): ValueType {
    switch (rule.name) {
      case 'STRING': return unescapeString(input);
      case 'ID': return input.replace(/^\^/, '');
      default: return input;
    }
  }
}

function createServices(): LangiumCoreServices {
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), ChorGeneratedSharedModule);
  const services: LangiumCoreServices = inject(createDefaultCoreModule({ shared }), ChorGeneratedModule, {
    parser: {
      Lexer: createLexer,
      ValueConverter: () => new ChorValueConverter(),
      ParserErrorMessageProvider: (): IParserErrorMessageProvider => messageProvider,
    },
  });
  shared.ServiceRegistry.register(services);
  return services;
}

let instance: LangiumCoreServices | undefined;

/** The parser; built at first use (about 50 ms), then shared. */
export function chorParser(): LangiumParser {
  instance ??= createServices();
  return instance.parser.LangiumParser;
}

// The stock Langium parser for .chor: the oracle that the engine is tested against, and what the benchmark compares with.
import { createDefaultCoreModule, createDefaultSharedCoreModule, DefaultValueConverter, EmptyFileSystem, inject } from 'langium';
import type { GrammarAST, LangiumCoreServices, LangiumParser, LangiumSharedCoreServices, ValueType } from 'langium';
import { ChorGeneratedModule, ChorGeneratedSharedModule } from '../grammar/generated/module.js';
import { createLexer } from './lexer.js';
import { plainName } from './names.js';
import { unescapeString } from './strings.js';

class ChorValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string): ValueType {
    switch (rule.name) {
      case 'STRING': return unescapeString(input);
      case 'ID': return plainName(input);
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
    },
  });
  shared.ServiceRegistry.register(services);
  return services;
}

let instance: LangiumCoreServices | undefined;

/** The stock parser; built at first use (about 50 ms), then shared. */
export function stockParser(): LangiumParser {
  instance ??= createServices();
  return instance.parser.LangiumParser;
}

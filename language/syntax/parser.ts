// The one parser of the language: the engine for the grammar, and the types of its tokens.
import { ChorAstReflection } from '../grammar/generated/ast.js';
import { ChorGrammar } from '../grammar/generated/grammar.js';
import { createEngine } from './engine.js';
import { junk } from './grammar-sets.js';
import type { TokenKind } from './tokens.js';

let instance: ReturnType<typeof createEngine> | undefined;

/** The parser; built at first use (about 20 ms), then shared. It keeps nothing of a text between runs. */
export function engine(): ReturnType<typeof createEngine> {
  instance ??= createEngine(ChorGrammar(), new ChorAstReflection());
  return instance;
}

/** The number of a token's type. */
export function typeOf(kind: TokenKind, text: string): number {
  const { keywords, terminals } = engine().sets;
  switch (kind) {
    case 'word': return keywords.get(text) ?? (terminals.get('ID') as number);
    case 'number': return terminals.get(/[.eE]/.test(text) ? 'FLOAT' : 'INT') as number;
    case 'string': case 'unterminated': return terminals.get('STRING') as number;
    case 'comment': case 'symbol': return keywords.get(text) ?? junk;
  }
}

// The lexer handed to Langium's parser: our one-pass scan, its words and symbols mapped to the grammar's token types.
// (The stock lexer tries every keyword at every position once a terminal needs Unicode classes: six times slower.)
import { DefaultTokenBuilder } from 'langium';
import type { Lexer, LexerResult, LangiumCoreServices } from 'langium';
import type { ILexingError, IToken, TokenType, TokenTypeDictionary } from 'chevrotain';
import { scan } from '../../language/syntax/tokens.js';

/**
 * Creates the lexer for the grammar of the services.
 * @returns a lexer whose tokens carry offsets only: lines and columns are all 1
 */
export function createLexer(services: LangiumCoreServices): Lexer {
  const types = new Map<string, TokenType>();
  for (const type of new DefaultTokenBuilder().buildTokens(services.Grammar) as TokenType[]) types.set(type.name, type);
  const definition: TokenTypeDictionary = Object.fromEntries(types);
  const [id, int, float, string] = ['ID', 'INT', 'FLOAT', 'STRING'].map((name) => types.get(name) as TokenType);

  const typeOf = (kind: string, image: string): TokenType | undefined => {
    switch (kind) {
      case 'word':
        return types.get(image) ?? id;
      case 'number':
        return /^[0-9]+$/.test(image) ? int : float;
      case 'string':
        return string;
      default:
        return types.get(image);
    }
  };

  return {
    definition,
    tokenize(text: string): LexerResult {
      const tokens: IToken[] = [];
      const errors: ILexingError[] = [];
      for (const token of scan(text)) {
        if (token.kind === 'comment') continue;
        const tokenType = token.kind === 'word' && terminals.has(token.text) ? id : typeOf(token.kind, token.text);
        if (!tokenType) {
          errors.push({
            offset: token.start,
            line: 1,
            column: 1,
            length: token.end - token.start,
            message: `\`${token.text}\` means nothing here.`,
          });
          continue;
        }
        tokens.push({
          image: token.text,
          startOffset: token.start,
          endOffset: token.end - 1,
          startLine: 1,
          endLine: 1,
          startColumn: 1,
          endColumn: 1,
          tokenType,
          tokenTypeIdx: tokenType.tokenTypeIdx as number,
        });
      }
      return { tokens, hidden: [], errors };
    },
  };
}

/** Names of terminals in the grammar, which are no keywords when they stand in a text. */
const terminals = new Set(['ID', 'INT', 'FLOAT', 'STRING', 'WS', 'DOC', 'BLOCK_COMMENT', 'LINE_COMMENT']);

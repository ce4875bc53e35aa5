// The one parser of the language: the engine for its grammar, and the types of its tokens.
import { tables } from '../grammar/generated/tables.js';
import { junk } from '../grammar/tables.js';
import { createEngine } from './engine/engine.js';
import type { EngineResult, TokenInput } from './engine/types.js';
import { vocabularyOf } from './engine/vocabulary.js';
import type { TokenKind } from './tokens.js';

const vocabulary = vocabularyOf(tables);

let engine: ReturnType<typeof createEngine> | undefined;

/**
 * Reads the tokens of imports and declarations.
 * It is made at first use, and keeps nothing of a text between runs. Cost: linear
 */
export function parseTokens(tokens: TokenInput): EngineResult {
  engine ??= createEngine(tables, vocabulary);
  return engine(tokens);
}

/** The number of a token's type. */
export function typeOf(kind: TokenKind, text: string): number {
  const { identifier, integer, float, string } = tables.terminals;
  switch (kind) {
    case 'word':
      return vocabulary.keywords.get(text) ?? identifier;
    case 'number':
      return /[.eE]/.test(text) ? float : integer;
    case 'string':
    case 'unterminated':
      return string;
    case 'comment':
    case 'symbol':
      return vocabulary.keywords.get(text) ?? junk;
  }
}

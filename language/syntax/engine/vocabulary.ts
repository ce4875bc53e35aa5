// The tokens of the grammar: their numbers, and sets of them that are quick to look into.
import type { TokenName } from '../../grammar/generated/names.js';
import type { GrammarTables, SetIndex } from '../../grammar/tables.js';

/** A set of token types: a 1 for each that is in it. */
export type TokenSet = Uint8Array;

export interface Vocabulary {
  /** The numbers of the keywords. */
  readonly keywords: ReadonlyMap<string, number>;
  /** The name of a token type. */
  name(type: number): TokenName;
  set(index: SetIndex): TokenSet;
}

/** The vocabulary of a grammar. */
export function vocabularyOf({ tokens, firstKeyword, sets }: GrammarTables): Vocabulary {
  const expanded = sets.map((types) => {
    const set = new Uint8Array(tokens.length);
    for (const type of types) set[type] = 1;
    return set;
  });
  return {
    keywords: new Map(tokens.slice(firstKeyword).map((text, i) => [text, firstKeyword + i])),
    name: (type) => tokens[type] as TokenName,
    set: (index) => expanded[index] as TokenSet,
  };
}

/** Whether a type is all that is in a set. */
export function isOnly(set: TokenSet, type: number): boolean {
  return set[type] === 1 && set.indexOf(1) === type && set.lastIndexOf(1) === type;
}

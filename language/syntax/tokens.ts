// A fast lexical scan: the tokens of a text with their offsets, comments and strings told apart. It never fails.

export type TokenKind = 'word' | 'string' | 'number' | 'comment' | 'symbol' | 'unterminated';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const pattern =
  /(\/\*[\s\S]*?\*\/|\/\/[^\n\r]*)|(\/\*[\s\S]*|"(?:[^"\\\n\r]|\\.)*(?=[\n\r]|$))|("(?:[^"\\\n\r]|\\.)*")|(\^?[_\p{L}][_\p{L}\p{Nd}]*)|([0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)|(->|=>|==|!=|<=|>=|[^\s])/gu;

/**
 * Scans a text into tokens, comments included, white space left out.
 * @param text the source text, or a part of it
 * @returns every token in order; a string or block comment without its end is one token of kind `unterminated`
 */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(pattern)) {
    const kind: TokenKind = match[1] !== undefined ? 'comment' : match[3] !== undefined ? 'string'
      : match[2] !== undefined ? 'unterminated' : match[4] !== undefined ? 'word' : match[5] !== undefined ? 'number' : 'symbol';
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

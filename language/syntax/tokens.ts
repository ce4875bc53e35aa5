// A fast lexical scan: the tokens of a text with their offsets, comments and strings told apart. It never fails.

export type TokenKind = 'word' | 'string' | 'number' | 'comment' | 'symbol' | 'unterminated';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const word = /\^?[_\p{L}][_\p{L}\p{Nd}]*/uy;
const number = /[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const space = /\s+/y;
/** A line that starts a declaration: as far as a comment without its end may reach. */
const declaration = /[\n\r](?=(?:import|choreography|network|record|enum|type|function|extern)\b)/g;

/** For ASCII: 1 white space, 2 letter or `_`, 3 digit. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\s/.test(character) ? 1 : /[A-Za-z_]/.test(character) ? 2 : /[0-9]/.test(character) ? 3 : 0;
});

/**
 * Scans a text into tokens, comments included, white space left out.
 * @param text the source text, or a part of it
 * @returns every token in order; a string or block comment without its end is one token of kind `unterminated`, to the end
 * of its line, or to the next line that starts a declaration
 */
export function scan(text: string): Token[] {
  const tokens: Token[] = [];
  const { length } = text;
  let at = 0;
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : -1;
  };
  while (at < length) {
    const code = text.charCodeAt(at);
    const kindOf = code < 128 ? classes[code] : 0;
    if (kindOf === 1) {
      at++;
      continue;
    }
    let end = at + 1;
    let kind: TokenKind = 'symbol';
    if (kindOf === 2) {
      kind = 'word';
      while (end < length && (classes[text.charCodeAt(end)] ?? 0) > 1) end++;
      if (text.charCodeAt(end) > 127) end = match(word);
    } else if (kindOf === 3) {
      kind = 'number';
      end = match(number);
    } else if (code === 34) {
      [kind, end] = string(text, at);
    } else if (code === 47 && text.charAt(end) === '/') {
      kind = 'comment';
      while (end < length && text.charAt(end) !== '\n' && text.charAt(end) !== '\r') end++;
    } else if (code === 47 && text.charAt(end) === '*') {
      [kind, end] = comment(text, at);
    } else if (code === 94 || code > 127) {
      const blank = code > 127 ? match(space) : -1;
      if (blank !== -1) {
        at = blank;
        continue;
      }
      const wordEnd = match(word);
      if (wordEnd !== -1) {
        kind = 'word';
        end = wordEnd;
      } else if ((text.codePointAt(at) ?? 0) > 0xffff) end = at + 2;
    } else if (two(code, text.charCodeAt(end))) end++;
    tokens.push({ kind, text: text.slice(at, end), start: at, end });
    at = end;
  }
  return tokens;
}

/** `->`, and `=>`, `==`, `!=`, `<=`, `>=`. */
function two(first: number, second: number): boolean {
  if (second === 62) return first === 45 || first === 61;
  return second === 61 && (first === 61 || first === 33 || first === 60 || first === 62);
}

function string(text: string, start: number): [TokenKind, number] {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return ['string', at + 1];
    if (character === '\n' || character === '\r') return ['unterminated', at];
    if (character === '\\' && !/[\n\r]/.test(text.charAt(at + 1))) at++;
  }
  return ['unterminated', text.length];
}

function comment(text: string, start: number): [TokenKind, number] {
  const end = text.indexOf('*/', start + 2);
  if (end !== -1) return ['comment', end + 2];
  declaration.lastIndex = start;
  return ['unterminated', declaration.exec(text)?.index ?? text.length];
}

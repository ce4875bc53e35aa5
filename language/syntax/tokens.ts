// A fast lexical scan: the tokens of a text with their offsets, comments and strings told apart. It never fails. What
// is not shown is taken for white space, or for nothing inside of a word, and what looks like punctuation for what is
// meant: misleading.ts tells it.
import { isQuote, meantBy } from './characters.js';
import { hidden, wordSource } from './names.js';

export type TokenKind = 'word' | 'string' | 'number' | 'comment' | 'symbol' | 'unterminated';

export interface Token {
  readonly kind: TokenKind;
  /** As it stands in the source; where another character stands for punctuation, with what is meant. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const word = new RegExp(wordSource, 'uy');
const number = /[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;
const space = new RegExp(`(?:[\\s\\x85]|${hidden})+`, 'uy');
/** A line that starts a declaration: as far as a comment without its end may reach. */
const declaration = /[\n\r](?=(?:import|choreography|network|record|enum|type|function|extern)\b)/g;

/** For ASCII: 1 white space, 2 letter or `_`, 3 digit. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\s/.test(character) || code < 32 || code === 127
    ? 1
    : /[A-Za-z_]/.test(character)
      ? 2
      : /[0-9]/.test(character)
        ? 3
        : 0;
});

/**
 * Scans a text into tokens, comments included, white space left out.
 * @param text the source text, or a part of it
 * @returns every token in order; a string or block comment without its end is one token of kind `unterminated`, to the
 *   end of its line, or to the next line that starts a declaration
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
      if (kind === 'string' && text.charCodeAt(end - 1) !== 34) {
        tokens.push({ kind, text: `${text.slice(at, end - 1)}"`, start: at, end });
        at = end;
        continue;
      }
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
      else if (code > 127) {
        const likeness = likely(text, at);
        if (likeness) {
          tokens.push(likeness);
          at = likeness.end;
          continue;
        }
      }
    } else if (two(code, meantCode(text, end))) {
      end++;
      if (text.charCodeAt(end - 1) > 127) {
        tokens.push({ kind, text: text.charAt(at) + String.fromCharCode(meantCode(text, end - 1)), start: at, end });
        at = end;
        continue;
      }
    }
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

/** The code of the symbol of one character that a character is, or looks like. */
function meantCode(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const meant = code > 127 ? meantBy(text.charAt(at)) : undefined;
  return meant?.length === 1 ? meant.charCodeAt(0) : code;
}

/** The token that is meant by a character that looks like punctuation or a digit of Chor. */
function likely(text: string, start: number): Token | undefined {
  const meant = meantBy(text.charAt(start));
  if (meant === undefined) return undefined;
  if (meant === '"') return quoted(text, start);
  let end = start + 1;
  if (/[0-9]/.test(meant)) {
    let digits = meant;
    for (
      let next = meantBy(text.charAt(end)) ?? text.charAt(end);
      /^[0-9]$/.test(next);
      next = meantBy(text.charAt(end)) ?? text.charAt(end)
    ) {
      digits += next;
      end++;
    }
    return { kind: 'number', text: digits, start, end };
  }
  const next = meantCode(text, end);
  if (meant.length === 1 && two(meant.charCodeAt(0), next))
    return { kind: 'symbol', text: meant + String.fromCharCode(next), start, end: end + 1 };
  return { kind: 'symbol', text: meant, start, end };
}

/** A string in other quotation marks, to the next of these on its line. */
function quoted(text: string, start: number): Token {
  for (let end = start + 1; end < text.length; end++) {
    const character = text.charAt(end);
    if (character === '\n' || character === '\r')
      return { kind: 'unterminated', text: `"${text.slice(start + 1, end)}`, start, end };
    if (character === '"' || isQuote(character))
      return { kind: 'string', text: `"${text.slice(start + 1, end)}"`, start, end: end + 1 };
    if (character === '\\' && !/[\n\r]/.test(text.charAt(end + 1))) end++;
  }
  return { kind: 'unterminated', text: `"${text.slice(start + 1)}`, start, end: text.length };
}

function string(text: string, start: number): [TokenKind, number] {
  // Where a line has no other, a quotation mark of another kind ends the string.
  let other: number | undefined;
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return ['string', at + 1];
    if (character === '\n' || character === '\r')
      return other === undefined ? ['unterminated', at] : ['string', other + 1];
    if (character > '\x7f' && isQuote(character)) other ??= at;
    if (character === '\\' && !/[\n\r]/.test(text.charAt(at + 1))) at++;
  }
  return other === undefined ? ['unterminated', text.length] : ['string', other + 1];
}

function comment(text: string, start: number): [TokenKind, number] {
  const end = text.indexOf('*/', start + 2);
  if (end !== -1) return ['comment', end + 2];
  declaration.lastIndex = start;
  return ['unterminated', declaration.exec(text)?.index ?? text.length];
}

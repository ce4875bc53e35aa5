// Characters of a text that mislead: what nobody sees, what turns the direction of the text around, and what stands
// where punctuation of Chor is meant.
import { isQuote } from './characters.js';
import { hidden, isName } from './names.js';
import { scan } from './tokens.js';
import type { Token } from './tokens.js';

export interface Misleading {
  /**
   * `hidden` is not seen, and means nothing; `space` is white space, but no blank; `mark` gives a direction to what
   * stands beside it; `turn` turns around the text that follows; `likeness` stands for punctuation.
   */
  readonly kind: 'hidden' | 'space' | 'mark' | 'turn' | 'likeness';
  /** The first of the characters there; they are all the same. */
  readonly character: string;
  readonly start: number;
  readonly end: number;
  readonly where: 'code' | 'string' | 'comment';
  /** What is to stand there. */
  readonly meant: string;
  /** For a quotation mark: where the other one of its string is. */
  readonly partner?: { readonly start: number; readonly end: number };
}

const turns = '\\u202a-\\u202e\\u2066-\\u2069';
const turning = new RegExp(`([${turns}])\\1*`, 'gu');
const spaces = '\\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
const breaks = '\\x85\\u2028\\u2029';
const unseen = new RegExp(`(${hidden}|[${spaces}${breaks}\\ufeff])\\1*`, 'gu');
/** Nearly no text has any of these. */
const suspicious = new RegExp(
  `[\\0-\\x08\\x0e-\\x1f\\x7f]|[^\\s -~\\p{L}\\p{N}]|[${spaces}${breaks}\\ufeff\\uff10-\\uff19]|(?=\\p{DI})\\p{L}`,
  'u',
);
const isBreak = new RegExp(`[${breaks}]`, 'u');
const isSpace = new RegExp(`[${spaces}]`, 'u');
const isTurn = new RegExp(`[${turns}]`, 'u');
const isMark = /[\u061c\u200e\u200f]/;

/**
 * Finds what misleads in a text, in order; at its start a byte order mark may stand.
 * Cost: linear
 */
export function misleadingIn(text: string): readonly Misleading[] {
  if (!suspicious.test(text)) return [];
  const found: Misleading[] = [];
  const add = (
    kind: Misleading['kind'],
    start: number,
    end: number,
    where: Misleading['where'],
    meant: string,
    partner?: Misleading['partner'],
  ): void => {
    found.push({
      kind,
      character: String.fromCodePoint(text.codePointAt(start) ?? 0),
      start,
      end,
      where,
      meant,
      ...(partner ? { partner } : {}),
    });
  };
  const between = (from: number, to: number): void => {
    for (const { 0: all, 1: character = '', index } of text.slice(from, to).matchAll(unseen)) {
      const start = from + index;
      if (start === 0 && character === '\ufeff') {
        if (all.length > 1) add('hidden', 1, all.length, 'code', '');
        continue;
      }
      const kind = isTurn.test(character)
        ? 'turn'
        : isMark.test(character)
          ? 'mark'
          : isSpace.test(character) || isBreak.test(character)
            ? 'space'
            : 'hidden';
      add(
        kind,
        start,
        start + all.length,
        'code',
        kind === 'space' ? (isBreak.test(character) ? '\n' : ' ').repeat(all.length) : '',
      );
    }
  };
  let last = 0;
  for (const token of scan(text)) {
    between(last, token.start);
    last = token.end;
    if (token.kind === 'comment' || token.kind === 'string' || token.kind === 'unterminated') {
      for (const { 0: all, index } of text.slice(token.start, token.end).matchAll(turning)) {
        add(
          'turn',
          token.start + index,
          token.start + index + all.length,
          token.kind === 'comment' || token.text.startsWith('/*') ? 'comment' : 'string',
          '',
        );
      }
      if (token.text.startsWith('"')) quotes(text, token, add);
    } else if (token.kind === 'word') {
      if (!isName(token.text.replace(/^\^/, ''))) between(token.start, token.end);
    } else if (text.slice(token.start, token.end) !== token.text)
      add('likeness', token.start, token.end, 'code', token.text);
  }
  between(last, text.length);
  return found;
}

/** The quotation marks of a string that are none of Chor's. */
function quotes(
  text: string,
  token: Token,
  add: (
    kind: 'likeness',
    start: number,
    end: number,
    where: 'code',
    meant: string,
    partner?: Misleading['partner'],
  ) => void,
): void {
  const [first, last] = [
    { start: token.start, end: token.start + 1 },
    { start: token.end - 1, end: token.end },
  ];
  const wrong = (at: { start: number; end: number }): boolean => isQuote(text.slice(at.start, at.end));
  const both = token.kind === 'string' && wrong(first) && wrong(last);
  if (wrong(first)) add('likeness', first.start, first.end, 'code', '"', both ? last : undefined);
  if (token.kind === 'string' && wrong(last))
    add('likeness', last.start, last.end, 'code', '"', both ? first : undefined);
}

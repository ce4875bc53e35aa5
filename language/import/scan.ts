// The words and signs of the texts that are imported, with the places where they stand.
import { ImportFailure } from './result.js';
import { deepestText } from './limits.js';

export interface Word {
  readonly kind: 'word' | 'string' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

/**
 * Cuts a text into words, strings and signs of one character.
 * @param comments matches one comment at the place where it is tried (sticky), or tells where the one there ends
 * @param signs the characters that stand alone
 * @param word matches one word (sticky)
 * @throws ImportFailure at a character that is none of these
 * Cost: linear.
 */
export function scan(
  text: string,
  comments: RegExp | ((text: string, at: number) => number),
  signs: string,
  word = /[\p{XIDC}$]+/uy,
): Word[] {
  const words: Word[] = [];
  const string = /"[^"\n]*"/y;
  const match = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    const space = /\s|\uFEFF/.test(character)
      ? character
      : typeof comments === 'function'
        ? text.slice(at, comments(text, at)) || undefined
        : match(comments, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const found = match(word, at);
    const quoted = found === undefined ? match(string, at) : undefined;
    const one = found ?? quoted ?? (signs.includes(character) ? character : undefined);
    if (one === undefined)
      throw new ImportFailure('syntax', `${shownCharacter(text.codePointAt(at) ?? 0)} can’t stand here.`, at);
    words.push({
      kind: found !== undefined ? 'word' : quoted !== undefined ? 'string' : 'sign',
      text: one.normalize('NFC'),
      at,
    });
    at += one.length;
  }
  words.push({ kind: 'end', text: '', at: text.length });
  return words;
}

/** Reads words one after the other. */
export interface Reader {
  /** The word `ahead` places further; the end after the last one. */
  peek(ahead?: number): Word;
  next(): Word;
  /** Takes the word where it is this one. */
  take(text: string): boolean;
  /** Takes this word. @throws ImportFailure where another stands */
  expect(text: string, where: string): Word;
  /** Takes a name. @throws ImportFailure where none stands */
  name(what: string): Word;
  /**
   * Reads what stands inside something that starts at `at`. @throws ImportFailure where too much stands in one another
   */
  within<T>(at: number, read: () => T): T;
}

export function readerOf(words: readonly Word[]): Reader {
  let position = 0;
  let depth = 0;
  const end: Word = words.at(-1) ?? { kind: 'end', text: '', at: 0 };
  const peek = (ahead = 0): Word => words[position + ahead] ?? end;
  const next = (): Word => {
    const word = peek();
    position++;
    return word;
  };
  return {
    peek,
    next,
    take: (text) => peek().kind !== 'string' && peek().text === text && (position++, true),
    expect(text, where) {
      const word = next();
      if (word.text !== text)
        throw new ImportFailure('syntax', `${where} needs \`${text}\` here, and there is ${shown(word)}.`, word.at);
      return word;
    },
    name(what) {
      const word = next();
      if (word.kind !== 'word')
        throw new ImportFailure('syntax', `Here should be ${what}, and there is ${shown(word)}.`, word.at);
      return word;
    },
    within(at, read) {
      if (++depth > deepestText)
        throw new ImportFailure(
          'too-large',
          `More than ${deepestText} things stand in one another here. Give a name to some of them.`,
          at,
        );
      const found = read();
      depth--;
      return found;
    },
  };
}

/** A word as a message shows it. */
export function shown(word: Word): string {
  return word.kind === 'end' ? 'the end of the text' : `\`${word.text}\``;
}

/** A character as a message shows it: by its number, where there is nothing to see. */
function shownCharacter(code: number): string {
  const character = String.fromCodePoint(code);
  return /[\p{C}\p{Z}\ufffd]/u.test(character)
    ? `The character U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${character}\``;
}

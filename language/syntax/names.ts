// Names: of which characters they are made (Unicode's UAX #31), when two are the same, and how they are written;
// reserved words are escaped with `^`.

const reserved = new Set([
  'import',
  'choreography',
  'network',
  'record',
  'enum',
  'type',
  'function',
  'extern',
  'process',
  'if',
  'then',
  'let',
  'else',
  'match',
  'case',
  'choice',
  'or',
  'and',
  'not',
  'while',
  'rec',
  'for',
  'par',
  'continue',
  'leave',
  'do',
  'return',
  'send',
  'receive',
  'true',
  'false',
  'none',
]);

/** Letters of scripts that are written joined, where a ZERO WIDTH NON-JOINER between two changes how they are read. */
const joined =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Mand}\\p{scx=Adlm}\\p{scx=Rohg}\\p{scx=Phag}\\p{scx=Mani}\\p{scx=Sogd}]';
/** Signs that take away the vowel of the letter before: after them, joiners say how the consonants are written. */
const virama =
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0f84\\u1039\\u103a\\u1714\\u1715\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\ua806\\ua82c\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed\\u{10a3f}\\u{11046}\\u{11070}\\u{1107f}\\u{110b9}\\u{11133}\\u{11134}\\u{111c0}\\u{11235}\\u{112ea}\\u{1134d}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}\\u{1172b}\\u{11839}\\u{1193d}\\u{1193e}\\u{119e0}\\u{11a34}\\u{11a47}\\u{11a99}\\u{11c3f}\\u{11d44}\\u{11d45}\\u{11d97}]';
const joiner = `(?<=${joined})\\u200c(?=${joined})|(?<=${virama})\\u200c(?=\\p{L})|(?<=${virama})\\u200d|(?<=\\u09b0)\\u200d(?=\\u09cd)`;
const start = '(?!\\p{DI})[_\\p{XID_Start}]';
/** Of what is not shown, only the selectors between forms of Mongolian letters belong to names. */
const further = '(?:(?!\\p{DI})\\p{XID_Continue}|[\\u180b-\\u180d\\u180f])';

/**
 * Characters that are not shown, as a source of regular expressions with the flag `u`; they may stand in names only
 * where joiners may.
 */
export const hidden =
  '(?:(?![\\u180b-\\u180d\\u180f])[\\p{DI}\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ufff9-\\ufffb\\u2800])';

/** A word where it stands, also with hidden characters in it, which do not end it: a source as above. */
export const wordSource = `\\^?${start}(?:${further}|${joiner}|${hidden}+(?=${further}))*`;

const whole = new RegExp(`^${start}(?:${further}|${joiner})*$`, 'u');
const kept = new RegExp(`[_\\p{XID_Start}](?<!\\p{DI})|${further}|${joiner}`, 'gu');
const ascii = /^[ -~]*$/;
const allHidden = new RegExp(hidden, 'gu');

/** Whether a text is made as names are; a reserved word is. Cost: linear */
export function isName(text: string): boolean {
  return whole.test(text);
}

/**
 * The name that a word stands for: without the escaping `^` and what is not shown, in Unicode's normal form C, so that
 * an `é` of one character and one of two are the same.
 */
export function plainName(word: string): string {
  const text = word.charCodeAt(0) === 94 ? word.slice(1) : word;
  if (ascii.test(text)) return text;
  return (isName(text) ? text : (text.match(kept)?.join('') ?? text)).normalize('NFC');
}

/**
 * Whether the name may stand in a text, however its letters are composed there: a quick test. Cost: linear in the text
 */
export function mayMention(text: string, name: string): boolean {
  if (text.includes(name)) return true;
  return /[^\s -~]/.test(text) && text.replace(allHidden, '').normalize('NFC').includes(name.replace(allHidden, ''));
}

/** The name as it has to be written in source. */
export function writeName(text: string): string {
  return reserved.has(text) ? `^${text}` : text;
}

/** The reserved words of the language. */
export const reservedWords: ReadonlySet<string> = reserved;

/** Whether a word is reserved, so that it needs `^` to be a name. */
export function isReserved(text: string): boolean {
  return reserved.has(text);
}

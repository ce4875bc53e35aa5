// Names that look alike and are made of other characters: by the skeletons of Unicode's UTS #39.
import { unicodeName } from './characters.js';
import { confusables } from './generated/confusables.js';

interface Table {
  readonly prototypes: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

let table: Table | undefined;

/** The table, read when it is first needed. */
function tableOf(): Table {
  if (table) return table;
  const prototypes = new Map<string, string>();
  const names = new Map<string, string>();
  const character = (code: string): string => String.fromCodePoint(Number.parseInt(code, 16));
  for (const line of confusables.trim().replaceAll('\n', '').split(';')) {
    const [target = '', sources = ''] = line.split(':');
    const prototype = target.split(' ').map(character).join('');
    for (const source of sources.split(',')) {
      const [code = '', ...name] = source.split(' ');
      prototypes.set(character(code), prototype);
      if (name.length > 0) names.set(character(code), name.join(' '));
    }
  }
  table = { prototypes, names };
  return table;
}

const ascii = /^[ -~]*$/;

/** What a name looks like: equal for names that can be confused. Cost: linear */
function skeletonOf(name: string): string {
  const { prototypes } = tableOf();
  const map = (text: string): string => [...text].map((c) => prototypes.get(c) ?? c).join('');
  // Compatibility forms, as of full width, first; then twice, as a part of a composed letter may have a prototype of
  // its own.
  return map(map(name.replace(/\p{DI}/gu, '').normalize('NFKC')).normalize('NFD')).normalize('NFD');
}

/** Whether two different names look alike, as they are made of letters of other scripts. Cost: linear */
export function looksLike(left: string, right: string): boolean {
  return left !== right && !(ascii.test(left) && ascii.test(right)) && skeletonOf(left) === skeletonOf(right);
}

/** The names that look like one, in their order. Cost: linear in all names */
export function looksLikeAny(name: string, names: Iterable<string>): string[] {
  const plain = ascii.test(name);
  let skeleton: string | undefined;
  const found: string[] = [];
  for (const other of new Set(names)) {
    if (other === name || (plain && ascii.test(other))) continue;
    if (skeletonOf(other) === (skeleton ??= skeletonOf(name))) found.push(other);
  }
  return found;
}

/** How a letter is told: U+0410 CYRILLIC CAPITAL LETTER A. */
function letterName(letter: string): string {
  const known = tableOf().names.get(letter);
  if (known !== undefined || !/^[A-Za-z0-9_]$/.test(letter)) return unicodeName(letter, known ?? scriptOf(letter));
  if (letter === '_') return unicodeName(letter, 'LOW LINE');
  if (/[0-9]/.test(letter))
    return unicodeName(
      letter,
      `DIGIT ${['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'][Number(letter)] ?? ''}`,
    );
  return unicodeName(letter, `LATIN ${/[A-Z]/.test(letter) ? 'CAPITAL' : 'SMALL'} LETTER ${letter.toUpperCase()}`);
}

const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Thai',
  'Lao',
  'Tibetan',
  'Georgian',
  'Hangul',
  'Cherokee',
  'Khmer',
  'Hiragana',
  'Katakana',
  'Han',
  'Coptic',
  'Lisu',
];

/** The script of a letter, in brackets. */
function scriptOf(letter: string): string | undefined {
  const script = scripts.find((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(letter));
  return script && `(${script})`;
}

/**
 * Where two names that look alike part: the first letter of each that the other does not have there.
 * @returns the letters with their names
 */
export function partingOf(left: string, right: string): { readonly left: string; readonly right: string } {
  const [one, other] = [[...left], [...right]];
  const at = one.findIndex((letter, i) => letter !== other[i]);
  const index = at === -1 ? one.length : at;
  const shown = (letters: readonly string[]): string =>
    letters[index] === undefined ? 'no letter' : letterName(letters[index]);
  return { left: shown(one), right: shown(other) };
}

/** Of two names that look alike, whether the first is the plainer: it mixes fewer scripts, or is ASCII. */
export function isPlainer(left: string, right: string): boolean {
  const strange = (name: string): number => [...name].filter((letter) => letter > '\x7f').length / name.length;
  return mixes(left) !== mixes(right) ? mixes(left) < mixes(right) : strange(left) < strange(right);
}

function mixes(name: string): number {
  return scripts.filter((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)).length;
}

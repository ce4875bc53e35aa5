// Names of other languages as names of this one: digits in front, dots, primes and other characters are written
// differently, and no two become one.
import { isName, writeName } from '../syntax/names.js';

export interface NameTable {
  /** The name, as it has to be written, of one thing; the same for every use of the key. */
  of(key: string, wanted?: string): string;
  /** Takes a name, so that nothing else gets it. */
  reserve(name: string): void;
}

/**
 * Makes a table of names that tells different keys apart.
 * @param prefix stands before what can't start a name, such as a digit
 */
export function nameTable(prefix: string): NameTable {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  return {
    of(key, wanted = key) {
      let name = names.get(key);
      if (name === undefined) {
        const base = nameOf(wanted, prefix);
        name = base;
        for (let i = 2; taken.has(name); i++) name = `${base}_${i}`;
        taken.add(name);
        names.set(key, name);
      }
      return writeName(name);
    },
    reserve(name) {
      taken.add(name);
    },
  };
}

function nameOf(text: string, prefix: string): string {
  const plain = text
    .normalize('NFC')
    .replaceAll("'", '_prime')
    .replace(/\P{XIDC}+/gu, '_')
    .replace(/(?<=.)_+$/u, '');
  return plain === '' || plain === '_' ? `${prefix}_` : isName(plain) ? plain : prefix + plain;
}

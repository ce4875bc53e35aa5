// Names as they are written: reserved words are escaped with `^`.

const reserved = new Set([
  'import', 'choreography', 'network', 'record', 'enum', 'type', 'function', 'extern', 'process', 'if', 'then', 'else', 'match', 'case',
  'choice', 'or', 'and', 'not', 'while', 'rec', 'continue', 'do', 'return', 'send', 'receive', 'true', 'false', 'none',
]);

/** Whether a text can be a name as it stands, without the escaping `^`. */
export function isPlainName(text: string): boolean {
  return /^[_\p{L}][_\p{L}\p{Nd}]*$/u.test(text) && !reserved.has(text);
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

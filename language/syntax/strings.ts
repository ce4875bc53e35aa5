// String literals: from source to value and back. Escapes are \n \t \" \\ and \u{…}.

/** The value of a string literal, quotes included in `literal`. An escape that is none stands for its character. */
export function unescapeString(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9a-fA-F]{1,6})\}|(.))/gu, (_, code: string | undefined, character: string) => {
      if (code !== undefined)
        return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : '\uFFFD';
      return character === 'n' ? '\n' : character === 't' ? '\t' : character;
    });
}

/** The literal, with quotes, of a value. */
export function escapeString(value: string): string {
  const escaped = value
    .replace(/[\\"]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\t/g, '\\t')
    // eslint-disable-next-line no-control-regex -- control characters are what is escaped
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
  return `"${escaped}"`;
}

// Small pieces of English that messages on all floors share.

/** `Alice`, `Alice and Bob`, `Alice, Bob and Carol`. */
export function listed(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}

/** A type with its article, in code style: an `int`. */
export function article(shown: string): string {
  return `${/^[aeiou]/i.test(shown) ? 'an' : 'a'} \`${shown}\``;
}

/** `2 roles`, `1 role`; `several` where an `s` does not do. */
export function count(number: number, what: string, several = `${what}s`): string {
  return `${number} ${number === 1 ? what : several}`;
}

/** An expression short enough for a message. */
export function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/**
 * What a role waits for, or with, as code: `` `accept` or `reject` ``.
 * @param what a message, or the names of those that are received, in words
 */
export function quotedWait(what: string, waitsTo: 'receive' | 'send'): string {
  if (what === 'a message') return what;
  if (waitsTo === 'send') return `\`${what}\``;
  // The parts of one message stand in brackets.
  let depth = 0;
  return `\`${what.replace(/[()]|, | or /g, (sign) => {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0;
    return sign.length > 1 && depth === 0 ? `\`${sign}\`` : sign;
  })}\``;
}

/** “Did you mean …?”, with a blank before it; nothing where there is no candidate. */
export function didYouMean(similar: readonly string[]): string {
  if (similar.length === 0) return '';
  return ` Did you mean ${similar.map((name) => `\`${name}\``).join(' or ')}?`;
}

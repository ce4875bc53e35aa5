// The names that the patterns of `match` bind around the cursor, from the tokens before it.
import type { Token } from '../syntax/tokens.js';
import { plainName } from '../syntax/names.js';

/**
 * What the cases around the cursor bind, innermost first. What is a case of an enum binds nothing.
 * @param role at whom; in a process undefined. In a choreography a pattern binds at who decides and at those who are
 *   sent the value
 * Cost: linear in the tokens
 */
export function caseNames(
  before: readonly Token[],
  role: string | undefined,
  isCase: (name: string) => boolean,
): string[] {
  const found = new Set<string>();
  let inner: readonly Token[] | undefined;
  for (let at = before.length - 1, depth = 0; at >= 0; at--) {
    const { text } = before[at] as Token;
    if (text === '}') depth++;
    if (text !== '{') continue;
    if (depth > 0) {
      depth--;
      continue;
    }
    // The head of what is open here.
    const start = before.slice(0, at).findLastIndex((t) => t.text === '{' || t.text === '}' || t.text === ';') + 1;
    const head = before.slice(start, at);
    const match = head.findLastIndex((t) => t.text === 'match');
    if (inner && match >= 0 && (role === undefined || takes(head.slice(match), role)))
      for (const name of namesIn(inner, isCase)) found.add(name);
    const first = head.findLastIndex((t) => t.text === 'case');
    inner = first >= 0 ? head.slice(first + 1) : undefined;
  }
  return [...found];
}

/** Whether a role decides in the head of a `match`, or is sent the value. */
function takes(head: readonly Token[], role: string): boolean {
  let depth = 0;
  return head.some((token, i) => {
    const { text, kind } = token;
    if (text === '(' || text === '[') depth++;
    if (text === ')' || text === ']') depth--;
    if (depth > 0 || kind !== 'word' || plainName(text) !== role || head[i - 1]?.text === '.') return false;
    let next = i + 1;
    if (head[next]?.text === '[') next = head.findIndex((t, k) => k > next && t.text === ']') + 1;
    return head[next]?.text === '.';
  });
}

function namesIn(pattern: readonly Token[], isCase: (name: string) => boolean): string[] {
  return pattern.flatMap((token, i) => {
    const name = plainName(token.text);
    return token.kind === 'word' &&
      name !== '_' &&
      pattern[i + 1]?.text !== '(' &&
      !isCase(name) &&
      !['true', 'false', 'none'].includes(name)
      ? [name]
      : [];
  });
}

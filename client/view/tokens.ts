// The tokens of a role's text by line, each with the class that gives it its colour.
import { scan } from '../../language/syntax/tokens.js';
import type { TokenClass } from '../messages.js';

/** `role`: the name of a role, which has a colour of its own. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly class: TokenClass | 'role' | 'plain';
}

const keywords = new Set(
  (
    'and case choice choreography continue do else enum extern for from function if implements import in leave let match network ' +
    'not of or par pick process rec receive record return send sync then to type while with at buffer'
  ).split(' '),
);
const declaring = new Set([
  'choreography',
  'network',
  'process',
  'record',
  'enum',
  'type',
  'function',
  'extern',
  'implements',
  'server',
  'sync',
  'buffer',
]);
const constants = new Set(['true', 'false', 'none']);
const types = new Set(['int', 'float', 'bool', 'string', 'list', 'option']);
/** Names of types that are others' names as well. */
const generic = new Set(['map', 'set']);

/**
 * Cuts a text into lines of coloured spans; white space belongs to spans of class `plain`.
 * @param text a projection
 * @param roles the names that are roles
 * @returns for each line its spans, which join to the line
 */
export function spansByLine(text: string, roles: ReadonlySet<string>): Span[][] {
  const lines: Span[][] = [[]];
  let column = 0;
  const push = (part: string, kind: Span['class']): void => {
    part.split('\n').forEach((piece, i) => {
      if (i > 0) {
        lines.push([]);
        column = 0;
      }
      if (piece) lines.at(-1)?.push({ text: piece, start: column, class: kind });
      column += piece.length;
    });
  };
  const tokens = scan(text);
  let end = 0;
  tokens.forEach((token, i) => {
    push(text.slice(end, token.start), 'plain');
    push(token.text, classOf(i));
    end = token.end;
  });
  push(text.slice(end), 'plain');
  return lines;

  function classOf(i: number): Span['class'] {
    const token = tokens[i];
    if (!token) return 'plain';
    switch (token.kind) {
      case 'comment':
        return 'comment';
      case 'string':
      case 'unterminated':
        return 'string';
      case 'number':
        return 'number';
      case 'symbol':
        return 'operator';
      case 'word': {
        const [before, after] = [tokens[i - 1]?.text, tokens[i + 1]?.text];
        const directed = before === 'to' || before === 'from' || before === 'process';
        if (roles.has(token.text) && (directed || ((before === ',' || before === '(') && after !== ':'))) return 'role';
        if (startsBranch(i)) return 'label';
        const isType = types.has(token.text) || (generic.has(token.text) && after === '<');
        if (before === ':' && isType) return 'type';
        if (keywords.has(token.text) && before !== '.' && after !== ':')
          return declaring.has(token.text) ? 'storage' : 'keyword';
        if (token.text === 'some' && (before === 'pick' || before === '[') && tokens[i + 1]?.kind === 'word')
          return 'keyword';
        if (constants.has(token.text)) return 'constant';
        if (before === 'process' || before === 'network' || before === 'do' || before === 'implements') return 'type';
        if (isType && (before === '<' || before === ',' || before === '(')) return 'type';
        if (before === ':' && isMessageLabel(i)) return 'label';
        if (before === ':' || before === '<') return 'type';
        if (after === '(') return 'function';
        return 'variable';
      }
    }
  }

  /** `label { … }` and `label(x) { … }` stand first on their line, or right after a bracket. */
  function startsBranch(i: number): boolean {
    const [token, previous] = [tokens[i], tokens[i - 1]];
    if (!token || !previous || keywords.has(token.text)) return false;
    const first =
      previous.text === '{' || previous.text === '}' || text.slice(previous.end, token.start).includes('\n');
    if (!first) return false;
    let next = i + 1;
    if (tokens[next]?.text === '(') {
      for (let depth = 0; next < tokens.length; next++) {
        if (tokens[next]?.text === '(') depth++;
        if (tokens[next]?.text === ')' && --depth === 0) break;
      }
      next++;
    }
    return tokens[next]?.text === '{';
  }

  /** `send e to q: label`: the word before the colon is a role after `to` or `from`. */
  function isMessageLabel(i: number): boolean {
    const direction = tokens[i - 3]?.text;
    return direction === 'to' || direction === 'from';
  }
}

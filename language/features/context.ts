// Where in the language a cursor stands, found from the tokens before it: the text may be broken in any way.
import { startsConstant, topLevel } from '../syntax/cut.js';
import { plainName } from '../syntax/names.js';
import { holders } from '../scoping/symbols.js';
import type { SymbolType } from '../scoping/symbols.js';
import type { Token } from '../syntax/tokens.js';
import { scan } from '../syntax/tokens.js';
import { reservedWords } from '../syntax/names.js';

export interface CursorContext {
  /** The word being typed, up to the cursor; empty where a new one starts. */
  readonly prefix: string;
  /** The word that completion replaces, what follows the cursor included. */
  readonly word: { readonly start: number; readonly end: number };
  /** The cursor is in a comment, or in a string that is no import's path. */
  readonly quiet: boolean;
  /** The cursor is in the string of an import. */
  readonly path?: { readonly start: number; readonly end: number; readonly text: string };
  /** The tokens of the declaration before the word, comments left out. */
  readonly before: readonly Token[];
  /** The tokens of the declaration after the cursor, up to the next declaration. */
  readonly after: readonly Token[];
  /** Its keyword; undefined outside all declarations. */
  readonly keyword?: string;
  readonly name?: string;
  /** How many braces are open. */
  readonly depth: number;
  /** In a network: the process that the cursor is in. */
  readonly process?: string;
  /** In a choreography: the role of the `at` whose block the cursor is in. */
  readonly local?: string;
  /** What the innermost open brackets since the last brace are, outermost first. */
  readonly brackets: readonly Token[];
  /** The cursor is on another line than the token before it. */
  readonly freshLine: boolean;
  /** A statement starts at the cursor, by the layout too: what is half typed on the line above does not go on here. */
  readonly anew: boolean;
  /** The tokens of the statement that the cursor is in, before the word; none where one starts there. */
  readonly statement: readonly Token[];
  /**
   * The words of the whole text but the one at the cursor, without `^`: what is collected from the text stands in it
   * elsewhere.
   */
  readonly words: ReadonlySet<string>;
}

/** Finds the context of an offset. Cost: linear in the text. */
export function contextAt(text: string, offset: number): CursorContext {
  const tokens = scan(text);
  const at = tokens.find((t) => t.start < offset && offset <= t.end);
  const inWord = at?.kind === 'word' ? at : tokens.find((t) => t.kind === 'word' && t.start === offset);
  const word =
    inWord && inWord.start <= offset ? { start: inWord.start, end: inWord.end } : { start: offset, end: offset };
  const code = tokens.filter((t) => t.kind !== 'comment' && t.end <= word.start);
  const inString =
    (at?.kind === 'string' && offset < at.end) || (at?.kind === 'unterminated' && at.text.startsWith('"'))
      ? at
      : undefined;
  const inComment =
    (at?.kind === 'comment' && (offset < at.end || at.text.startsWith('//'))) ||
    (at?.kind === 'unterminated' && !inString);
  const start = startsIn(text, code).at(-1) ?? -1;
  const before = start === -1 ? code : code.slice(start);
  const last = before.at(-1);
  const keyword = start === -1 ? undefined : before[0]?.text;
  const imports = inString && (last?.text === 'from' || last?.text === 'import') && keyword === 'import';
  const following = tokens.filter((t) => t.kind !== 'comment' && t.start >= Math.max(offset, word.end));
  const [next = -1] = startsIn(text, following, code[start]);
  let depth = 0;
  let process: string | undefined;
  const blocks: (string | undefined)[] = [];
  let brackets: Token[] = [];
  before.forEach((token, index) => {
    if (token.text === 'process' && depth === 1) process = plainName(before[index + 1]?.text ?? '');
    if (token.kind !== 'symbol') return;
    if (token.text === '{') {
      depth++;
      blocks.push(keyword === 'choreography' ? (stepsOf(before, index) ?? blocks.at(-1)) : undefined);
      brackets = [];
    } else if (token.text === '}') {
      depth = Math.max(0, depth - 1);
      blocks.pop();
      brackets = [];
      if (depth <= 1) process = undefined;
    } else if (token.text === '(' || token.text === '[' || token.text === '<') brackets.push(token);
    else if (token.text === ')' || token.text === ']' || token.text === '>') {
      const open = token.text === ')' ? '(' : token.text === ']' ? '[' : '<';
      const partner = brackets.findLastIndex((b) => b.text === open);
      if (partner !== -1) brackets = brackets.slice(0, partner);
    }
  });
  // After the closing brace of a declaration the cursor is outside of it.
  const outside = last?.text === '}' && depth === 0 && keyword !== 'import';
  return {
    prefix: text.slice(word.start, offset),
    word,
    quiet: inComment || (inString !== undefined && !imports),
    ...(imports && inString
      ? {
          path: {
            start: inString.start + 1,
            end: inString.kind === 'string' ? inString.end - 1 : inString.end,
            text: text.slice(inString.start + 1, offset),
          },
        }
      : {}),
    before,
    after: next === -1 ? following : following.slice(0, next),
    ...(outside || keyword === undefined ? {} : { keyword, name: nameAfter(before) }),
    depth,
    process,
    ...(blocks.at(-1) === undefined ? {} : { local: blocks.at(-1) }),
    brackets: brackets.filter((b) => b.text !== '<'),
    freshLine: !last || text.slice(last.end, word.start).includes('\n'),
    ...statementAt(text, before, word.start),
    words: new Set(tokens.filter((t) => t.kind === 'word' && t !== inWord).map((t) => t.text.replace(/^\^/, ''))),
  };
}

/** The role of `at Role {`, whose brace is at a place. */
function stepsOf(tokens: readonly Token[], brace: number): string | undefined {
  let at = brace - 1;
  if (tokens[at]?.text === ']') at = tokens.slice(0, at).findLastIndex((t) => t.text === '[') - 1;
  const isAt = tokens[at - 1]?.text === 'at' && tokens[at - 2]?.text !== 'choice';
  return isAt && tokens[at]?.kind === 'word' ? plainName(tokens[at]?.text ?? '') : undefined;
}

/** Words that go on with a statement where they follow a value, and those that something has to follow. */
const continuing = new Set(['and', 'or', 'with', 'in', 'then', 'else', 'to', 'from', 'at']);
/** The same on their line: on another, they are names. */
const continuingHere = new Set(['any', 'by']);
const unended = new Set(
  [...reservedWords, 'in', 'to', 'from', 'at', 'with', 'any', 'by', 'others'].filter(
    (word) => !['true', 'false', 'none'].includes(word),
  ),
);

/**
 * The statement around a place behind tokens, and whether one starts there. Cost: linear in the tokens since the last
 * brace.
 */
function statementAt(text: string, before: readonly Token[], place: number): Pick<CursorContext, 'anew' | 'statement'> {
  let start = before.findLastIndex((t) => t.text === '{' || t.text === '}' || t.text === ';') + 1;
  let depth = 0;
  const indent = (offset: number): number =>
    offset - (Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1);
  const lineIndent = (offset: number): number => {
    const first = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
    return text.slice(first).search(/[^ \t]|$/);
  };
  /** Whether something behind `previous` starts a statement; on the same line, a word does. */
  const starts = (previous: Token | undefined, at: number, word: boolean): boolean => {
    if (!previous || ['{', '}', ';'].includes(previous.text)) return true;
    const ended =
      previous.kind === 'word'
        ? !unended.has(previous.text)
        : previous.kind === 'symbol'
          ? previous.text === ')' || previous.text === ']'
          : previous.kind !== 'comment';
    if (!/[\n\r]/.test(text.slice(previous.end, at))) return word && ended && depth === 0;
    if (
      indent(at) <= lineIndent(before[start]?.start ?? at) &&
      previous.text !== ',' &&
      (ended || previous.kind === 'word' || ['.', '->', '=', ':', '('].includes(previous.text))
    )
      return true;
    return depth === 0 && (ended || previous.text === '.');
  };
  /** Whether a bracket stands below a statement, and so starts one. */
  const opens = (previous: Token | undefined, at: number): boolean =>
    previous !== undefined &&
    /[\n\r]/.test(text.slice(previous.end, at)) &&
    indent(at) <= lineIndent(before[start]?.start ?? at);
  for (let index = start; index < before.length; index++) {
    const token = before[index] as Token;
    const onLine = !/[\n\r]/.test(text.slice(before[index - 1]?.end ?? 0, token.start));
    const picks = before[start]?.text === 'pick';
    // `pick` is a name where none follows it on its line; how many are picked may stand before the name.
    const picked = picks && (index === start + 1 || (index === start + 2 && isHowMany(before[start + 1])));
    const goesOn = continuing.has(token.text) || (onLine && (continuingHere.has(token.text) || picked));
    if (
      index > start &&
      (token.kind === 'word'
        ? !goesOn && starts(before[index - 1], token.start, true)
        : token.text === '(' && opens(before[index - 1], token.start))
    ) {
      start = index;
      depth = 0;
    }
    if (token.text === '(' || token.text === '[') depth++;
    if ((token.text === ')' || token.text === ']') && depth > 0) depth--;
  }
  const anew = starts(before.at(-1), place, false);
  const statement = anew ? [] : before.slice(start);
  return { anew, statement: statement[0]?.text === 'else' ? statement.slice(1) : statement };
}

/** The indices of the keywords that start a declaration. */
function startsIn(text: string, tokens: readonly Token[], before?: Token): number[] {
  let head = before;
  return tokens.flatMap((token, i) => {
    head ??= token;
    const starts =
      token.kind === 'word' &&
      (topLevel.has(token.text) ? !joined(tokens[i - 1]) : startsConstant(text, tokens, i, tokens[i - 1], head));
    if (starts) head = token;
    return starts ? [i] : [];
  });
}

function joined(previous: Token | undefined): boolean {
  return previous !== undefined && [':', 'extern', '.', '->'].includes(previous.text);
}

function nameAfter(tokens: readonly Token[]): string | undefined {
  const name = tokens[tokens[1]?.text === 'type' ? 2 : 1];
  return name?.kind === 'word' ? plainName(name.text) : undefined;
}

/** Whether a word is the name of a role in a header, and not the word `server` before one. */
function beginsRole(tokens: readonly Token[], index: number): boolean {
  const before = (at: number): boolean => ['(', ','].includes(tokens[at - 1]?.text ?? '');
  const isServer = tokens[index]?.text === 'server' && tokens[index + 1]?.kind === 'word';
  return (before(index) && !isServer) || (tokens[index - 1]?.text === 'server' && before(index - 1));
}

/** The roles in the header of a choreography, taken from tokens. */
export function rolesInHeader(tokens: readonly Token[]): string[] {
  const roles: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '{') break;
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (token.kind === 'word' && depth === 1 && beginsRole(tokens, index) && tokens[index + 1]?.text !== ':')
      roles.push(plainName(token.text));
    if (depth === 0 && token.text === ')') break;
  }
  return roles;
}

/** What a header gives besides roles, taken from tokens: values, with their types as written, and choreographies. */
export function parametersInHeader(
  tokens: readonly Token[],
): { readonly name: string; readonly kind: 'value' | 'choreography'; readonly type: string }[] {
  const found: { name: string; kind: 'value' | 'choreography'; type: string }[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '{') break;
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
    if (depth === 0 && token.text === ')') break;
    if (
      depth !== 1 ||
      token.kind !== 'word' ||
      tokens[index + 1]?.text !== ':' ||
      !['(', ','].includes(tokens[index - 1]?.text ?? '')
    )
      continue;
    const type = tokens[index + 2]?.text ?? '';
    found.push({ name: plainName(token.text), kind: type === 'choreography' ? 'choreography' : 'value', type });
  }
  return found;
}

/** Whether a token says how many members are picked: `some`, or a number. */
export function isHowMany(token: Token | undefined): boolean {
  return token?.text === 'some' || token?.kind === 'number';
}

/** The families in the header of a choreography or network, and the names of their sizes, taken from tokens. */
export function familiesInHeader(tokens: readonly Token[]): { readonly name: string; readonly size?: string }[] {
  const header = tokens.slice(
    0,
    Math.max(
      0,
      tokens.findIndex((token) => token.text === '{'),
    ),
  );
  return header.flatMap((token, i) => {
    const size = header[i + 2];
    if (token.kind !== 'word' || header[i + 1]?.text !== '[' || !beginsRole(header, i)) return [];
    return [{ name: plainName(token.text), ...(size?.kind === 'word' ? { size: plainName(size.text) } : {}) }];
  });
}

/**
 * The numbers of the loops over members, and of members that are picked, that a place is in, outermost first: what is
 * open before it.
 */
export function loopNumbers(before: readonly Token[]): string[] {
  const open: (string | undefined)[] = [];
  let next: string | undefined;
  before.forEach((token, i) => {
    // The number that a branch of a receive takes stands behind a bracket.
    const picks = token.text === 'pick' || (token.text === '[' && before[i - 1]?.kind === 'word');
    if (picks || (token.kind === 'word' && (token.text === 'for' || token.text === 'par'))) {
      const at = picks && isHowMany(before[i + 1]) && before[i + 2]?.text !== 'in' ? i + 2 : i + 1;
      if (before[at]?.kind === 'word' && before[at + 1]?.text === 'in') next = plainName(before[at]?.text ?? '');
    }
    if (token.text === '{') {
      open.push(next);
      next = undefined;
    }
    if (token.text === '}') open.pop();
  });
  return open.filter((name) => name !== undefined);
}

/**
 * The role in whose square brackets a place is: `Node[` or `Node[i + `; undefined where the innermost bracket is
 * another.
 */
export function indexedRole(
  { before, brackets }: Pick<CursorContext, 'before' | 'brackets'>,
  names: readonly string[],
): string | undefined {
  const open = brackets.at(-1);
  const at = open?.text === '[' ? before.indexOf(open) : -1;
  const owner = before[at - 1];
  return owner?.kind === 'word' && before[at - 2]?.text !== '.' && names.includes(plainName(owner.text))
    ? plainName(owner.text)
    : undefined;
}

/** The role that ends before a token, with its index: `Node` of `A -> Node[i].`. */
export function roleBefore(tokens: readonly Token[], end: number, names: readonly string[]): string | undefined {
  let at = end - 1;
  if (tokens[at]?.text === ']')
    for (let depth = 0; at >= 0; at--) {
      depth += tokens[at]?.text === ']' ? 1 : tokens[at]?.text === '[' ? -1 : 0;
      if (depth === 0) {
        at--;
        break;
      }
    }
  const owner = tokens[at];
  return owner?.kind === 'word' && tokens[at - 1]?.text !== '.' && names.includes(plainName(owner.text))
    ? plainName(owner.text)
    : undefined;
}

/** The processes of a network, taken from tokens. */
export function processesIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) =>
    token.text === 'process' && tokens[index + 1]?.kind === 'word' ? [plainName(tokens[index + 1]?.text ?? '')] : [],
  );
}

/** The variables that tokens show to live at a role: received, assigned, or given as inputs. */
export function variablesInTokens(tokens: readonly Token[], role: string): string[] {
  const found = new Set<string>();
  tokens.forEach((token, index) => {
    if (token.kind !== 'word' || plainName(token.text) !== role) return;
    const [dot, variable, next] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]];
    const previous = tokens[index - 1]?.text;
    if (dot?.text === '.' && variable?.kind === 'word' && (previous === '->' || previous === ',' || next?.text === '='))
      found.add(plainName(variable.text));
    if (dot?.text !== '(' || (previous !== '(' && previous !== ',')) return;
    for (let i = index + 2; i < tokens.length && tokens[i]?.text !== ')'; i++) {
      const name = tokens[i];
      if (name?.kind === 'word' && tokens[i + 1]?.text === ':') found.add(plainName(name.text));
    }
  });
  return [...found];
}

/** The parameters of a function, with their types as written, taken from tokens. */
export function paramsInTokens(tokens: readonly Token[]): { readonly name: string; readonly type: SymbolType }[] {
  const params: { name: string; tokens: Token[] }[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(' || token.text === '<') depth++;
    if ((token.text === ')' || token.text === '>') && --depth === 0) break;
    if (depth === 1 && token.kind === 'word' && tokens[index + 1]?.text === ':')
      params.push({ name: plainName(token.text), tokens: [] });
    const current = params.at(-1);
    if (
      current &&
      !(token.text === ',' && depth === 1) &&
      !(token.text === ':' && depth === 1) &&
      tokens[index + 1]?.text !== ':'
    )
      current.tokens.push(token);
  }
  return params.map((param) => ({ name: param.name, type: typeInTokens(param.tokens) }));
}

/** A type that somebody writes. */
function typeInTokens(tokens: readonly Token[]): SymbolType {
  const text = tokens.map((token) => (token.text === ',' ? ', ' : token.text)).join('');
  const [first, second, ...rest] = tokens;
  if (first?.kind !== 'word') return { text, meaning: text, names: [] };
  if (second?.text !== '<') return { text, meaning: text, names: [plainName(first.text)] };
  const form = holders.find((name) => name === first.text);
  const item = rest.at(-1)?.text === '>' ? rest.slice(0, -1) : rest;
  return { text, meaning: text, names: [], ...(form ? { holds: { form, item: typeInTokens(item) } } : {}) };
}

/** The parameters of the lambdas before the cursor, and the names behind a `let`, back to the last brace. */
export function boundNames(tokens: readonly Token[]): string[] {
  const found: string[] = [];
  for (let index = tokens.length - 1; index >= 0 && !['{', '}'].includes(tokens[index]?.text ?? ''); index--) {
    if (tokens[index]?.text === 'let') {
      for (let at = index + 1; at < tokens.length && tokens[at]?.text !== '='; at++)
        if (tokens[at]?.kind === 'word' && tokens[at + 1]?.text !== '(') found.push(plainName(tokens[at]?.text ?? ''));
    }
    if (tokens[index]?.text !== '=>') continue;
    let at = index - 1;
    if (tokens[at]?.kind === 'word') found.push(plainName(tokens[at]?.text ?? ''));
    for (; tokens[at]?.text === ')' || tokens[at]?.text === ',' || tokens[at]?.kind === 'word'; at--) {
      if (tokens[at]?.kind === 'word' && tokens[index - 1]?.text === ')') found.push(plainName(tokens[at]?.text ?? ''));
    }
  }
  return [...new Set(found)];
}

// Whether a new name is being made up at the cursor, so that nothing is to be offered there. Found from the tokens
// around it.
import type { Token } from '../syntax/tokens.js';
import type { CursorContext } from './context.js';
import { isHowMany } from './context.js';

/**
 * Whether the cursor is where a new name comes to be: of a declaration, a role, a field, a case, a parameter, a
 * variable that is received or assigned, a label that is sent, a loop, or what a pattern or lambda binds. Where a label
 * is received, and of a process that a choreography asks for, names that exist are meant.
 * Cost: linear in the tokens of the declaration
 */
export function introducesName(context: CursorContext): boolean {
  const { before, after, keyword, depth } = context;
  const last = before.at(-1)?.text;
  switch (keyword) {
    case undefined:
    case 'import':
      return false;
    case 'choreography':
      return (
        before.length === 1 ||
        (depth === 0 ? inNames(before) : context.local === undefined ? inStatement(context) : inAction(context))
      );
    case 'network':
      return (
        before.length === 1 ||
        (depth === 0 && inNames(before)) ||
        (depth === 1 ? inProcessHead(before) : depth > 1 && inAction(context))
      );
    case 'record':
    case 'enum':
      return (
        before.length === 1 ||
        inNames(before) ||
        (depth === 1 && open(before)?.text === '{' && (last === '{' || last === ','))
      );
    case 'function':
      return before.length === 1 || (functionBody(before) === -1 ? inNames(before) : inExpression(before, after));
    case 'const':
      return before.length === 1 || (functionBody(before) !== -1 && inExpression(before, after));
    case 'extern':
      return before.length === 1 || (before.length === 2 && before[1]?.text === 'type') || inNames(before);
    case 'type':
      return before.length === 1;
    default:
      return false;
  }
}

/** Where a function's body starts: behind its `=`. */
export function functionBody(before: readonly Token[]): number {
  let depth = 0;
  for (const [index, { text }] of before.entries()) {
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (text === '=' && depth <= 0) return index + 1;
  }
  return -1;
}

/** The bracket or brace that is open at the end of tokens; `<` counts where it opens the arguments of a type. */
function open(tokens: readonly Token[], types = true): Token | undefined {
  const at = openAt(tokens, types);
  return at === -1 ? undefined : tokens[at];
}

function openAt(tokens: readonly Token[], types: boolean): number {
  const closing: string[] = [];
  for (let index = tokens.length - 1; index >= 0; index--) {
    const text = tokens[index]?.text ?? '';
    if (text === ')' || text === ']' || text === '}' || (types && text === '>')) closing.push(text);
    else if (text === '(' || text === '[' || text === '{' || (types && text === '<')) {
      if (closing.length === 0) return index;
      closing.pop();
    }
  }
  return -1;
}

/** In a type: behind its colon, in its brackets, or between the arguments of `list<…>`. */
export function inType(before: readonly Token[]): boolean {
  const last = before.at(-1)?.text;
  if (last === ':' || last === '<') return true;
  const at = openAt(before, true);
  if (last !== '(' && last !== ',') return false;
  return before[at]?.text === '<' || (before[at]?.text === '(' && before[at - 1]?.kind !== 'word');
}

/** First in a list of parameters, roles or fields, or behind a comma of it. */
function inNames(before: readonly Token[]): boolean {
  const last = before.at(-1)?.text;
  // The size of a family.
  if (last === '[') return before.at(-2)?.kind === 'word';
  if (last !== '(' && last !== ',') return false;
  const at = openAt(before, true);
  return before[at]?.text === '(' && (before[at - 1]?.kind === 'word' || before[at - 1]?.text === ']');
}

function inProcessHead(before: readonly Token[]): boolean {
  if (before.at(-1)?.text === 'process') return !before.some((t) => t.text === 'implements');
  if (before.at(-1)?.text === '[') return before.at(-3)?.text === 'process';
  const at = openAt(before, true);
  const opening = before[at - 1]?.text === ']' ? openAt(before.slice(0, at - 1), true) : at;
  return inNames(before) && before[opening - 2]?.text === 'process';
}

/** What a pattern binds, and the parameters of a lambda. */
function inExpression(before: readonly Token[], after: readonly Token[]): boolean {
  return inPattern(before) || inLambda(before, after) || inLet(before);
}

/** In the brackets of a pattern; what stands first in it may be the name of a case. */
function inPattern(before: readonly Token[]): boolean {
  const at = before.findLastIndex((t) => ['case', '=>', '{', '}'].includes(t.text));
  return before[at]?.text === 'case' && openAt(before.slice(at), false) !== -1;
}

/** The pattern behind a `let`, up to its `=`. */
function inLet(before: readonly Token[]): boolean {
  const at = before.findLastIndex((t) => ['let', '=', '{', '}'].includes(t.text));
  return before[at]?.text === 'let';
}

function inLambda(before: readonly Token[], after: readonly Token[]): boolean {
  if (before.at(-1)?.text === 'case') return false;
  if (after[0]?.text === '=>') return true;
  const last = before.at(-1)?.text;
  if (last !== '(' && last !== ',') return false;
  const end = after.findIndex((t) => t.kind !== 'word' && t.text !== ',');
  return after[end]?.text === ')' && after[end + 1]?.text === '=>';
}

/** Behind the `by` of a quorum. */
function keepsSenders(statement: readonly Token[]): boolean {
  return statement.at(-1)?.text === 'by' && statement.some((t) => t.text === 'any');
}

function inStatement(context: CursorContext): boolean {
  const { before, after, statement } = context;
  if (context.anew) return false;
  const last = before.at(-1)?.text;
  if (
    last === 'rec' ||
    last === 'for' ||
    last === 'par' ||
    last === 'pick' ||
    (before.at(-2)?.text === 'pick' && isHowMany(before.at(-1))) ||
    inExpression(before, after) ||
    keepsSenders(statement)
  )
    return true;
  const arrow = statement.findIndex((t) => t.text === '->');
  const inBrackets = openAt(statement, false) !== -1;
  if (last === ':') return arrow !== -1 && !inBrackets;
  if (inBrackets && inTarget(statement, after, arrow)) return true;
  if (last !== '.' || before.at(-3)?.text === '.') return false;
  // Before an `=`, perhaps behind others that take results.
  return (
    (arrow !== -1 && !inBrackets) || (!inBrackets && after[0]?.text === '=' && !statement.some((t) => t.text === '='))
  );
}

function inAction(context: CursorContext): boolean {
  const { before, after, statement } = context;
  if (context.anew) return after[0]?.text === '=';
  const last = before.at(-1)?.text;
  if (
    last === 'rec' ||
    last === 'for' ||
    last === 'par' ||
    last === 'pick' ||
    (before.at(-2)?.text === 'pick' && isHowMany(before.at(-1))) ||
    last === 'receive' ||
    inExpression(before, after) ||
    keepsSenders(statement)
  )
    return true;
  if (last === ':') return statement[0]?.text === 'send' && openAt(statement, false) === -1;
  // The number of the member that was picked.
  if (
    last === '[' &&
    (after[0]?.text === 'in' || before.at(-2)?.text === 'picked') &&
    isBranch(before, before.length - 2)
  )
    return true;
  const at = outermost(before);
  const head = before[at - 1];
  if ((last === '(' || last === ',') && before[at]?.text === '(' && head?.kind === 'word' && isBranch(before, at - 1))
    return true;
  const own = outermost(statement);
  if (
    inReceived(statement) ||
    ((own === 0 || (own === 1 && statement[0]?.kind === 'word')) && inTaken(statement, after, own))
  )
    return true;
  return after[0]?.text === '=' && last !== '.' && last !== ':' && openAt(statement, false) === -1;
}

/** In the brackets of what is received, or stands on the left of `=`: the names there take parts of the value. */
function inTarget(statement: readonly Token[], after: readonly Token[], arrow: number): boolean {
  const at = outermost(statement);
  const behindDot =
    statement[at - 1]?.text === '.' || (statement[at - 1]?.kind === 'word' && statement[at - 2]?.text === '.');
  if (!behindDot) return false;
  const first = statement[at - 1]?.text === '.' ? at - 1 : at - 2;
  return arrow !== -1 && at > arrow ? isNext(statement) : first === 1 && inTaken(statement, after, at);
}

/** Behind `receive`, in the brackets of what it takes. */
function inReceived(statement: readonly Token[]): boolean {
  const at = outermost(statement);
  return (
    statement[0]?.text === 'receive' &&
    statement[at]?.text === '(' &&
    (at === 1 || (at === 2 && statement[1]?.kind === 'word')) &&
    isNext(statement)
  );
}

/** In a bracket behind whose end an `=` stands. */
function inTaken(statement: readonly Token[], after: readonly Token[], at: number): boolean {
  if (!isNext(statement) || openAt(statement, false) === -1) return false;
  let depth = 0;
  for (const { text } of statement.slice(at))
    depth += text === '(' || text === '[' ? 1 : text === ')' || text === ']' ? -1 : 0;
  for (const [index, { text }] of after.entries()) {
    if (text === '{' || text === '}') return false;
    depth += text === '(' || text === '[' ? 1 : text === ')' || text === ']' ? -1 : 0;
    if (depth === 0) return after[index + 1]?.text === '=';
  }
  return false;
}

function isNext(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)?.text;
  return last === '(' || last === ',';
}

/** The outermost round bracket that is open at the end of tokens, behind any brace; else what is open there. */
function outermost(tokens: readonly Token[]): number {
  let found = openAt(tokens, false);
  for (let at = found; tokens[at]?.text === '('; at = openAt(tokens.slice(0, at), false)) found = at;
  return found;
}

/** Whether a word is the label of a branch of `receive from p { … }`. */
function isBranch(before: readonly Token[], index: number): boolean {
  const brace = openAt(before.slice(0, index), false);
  return (
    before[brace]?.text === '{' &&
    branchingSender(before, brace) !== undefined &&
    (brace === index - 1 || before[index - 1]?.text === '}')
  );
}

/** The sender of the `receive from p {` that opens a brace. */
function branchingSender(before: readonly Token[], brace: number): Token | undefined {
  return before[brace - 2]?.text === 'from' && before[brace - 1]?.kind === 'word' ? before[brace - 1] : undefined;
}

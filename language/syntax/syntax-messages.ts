// What a syntax error says: what was expected in the user's words, and what stands there instead.
import type { RuleName, TokenName } from '../grammar/generated/names.js';
import type { ParseProblem, TokenInput } from './engine/types.js';
import { closest } from './closest.js';
import { foreignAdvice, isForeignStatement, meantBySign } from './foreign.js';
import { isReserved } from './names.js';
import type { Token } from './tokens.js';

/** The words that start statements of a choreography, and of a process. */
const starters = {
  choreography: [
    'if',
    'match',
    'choice',
    'while',
    'rec',
    'for',
    'par',
    'pick',
    'at',
    'continue',
    'leave',
    'do',
    'return',
  ],
  network: [
    'send',
    'receive',
    'if',
    'match',
    'choice',
    'while',
    'rec',
    'for',
    'par',
    'pick',
    'at',
    'when',
    'continue',
    'leave',
    'do',
    'return',
  ],
};

/**
 * What to say of a word that stands where a statement starts and starts none: it is nearly one that does, or one of
 * another language.
 * @param where what it stands in
 * @returns undefined where nothing is known of it
 */
export function misspelt(word: string, where: 'choreography' | 'network'): string | undefined {
  const other = isForeignStatement(word) ? undefined : foreignAdvice(word);
  if (other !== undefined) return other;
  const [near] = word.length > 2 ? closest(word, starters[where]) : [];
  return near === undefined || near === word ? undefined : `\`${word}\` means nothing here; did you mean \`${near}\`?`;
}

const quorum =
  'Behind `any` stands how many of several messages are waited for, and before it what they go into: `Node.x -> Client.xs any 2`, `any majority`.';

/**
 * What each rule is called. All tables here are by rules of the grammar: one that is renamed there does not compile.
 */
const ruleNames: Partial<Record<RuleName, string>> = {
  Ident: 'a name',
  Name: 'a name',
  Type: 'a type',
  Result: 'a type',
  Param: 'a parameter `name: type`',
  NamedArgument: 'a field `name: value`',
  Argument: 'an argument',
  Pattern: 'a pattern',
  Literal: 'a literal',
  Body: 'a `{`',
  Block: 'a `{`',
  ProcessBody: 'a `{`',
  ProcessBlock: 'a `{`',
  Statement: 'a statement or a `}`',
  Action: 'an action or a `}`',
  Case: 'a `case` or a `}`',
  LocalCase: 'a `case` or a `}`',
  Branch: 'a branch `label { … }` or a `}`',
  Process: 'a `process` or a `}`',
  Declaration: 'a declaration such as `choreography`, `network` or `record`',
  Located: 'a role and what it computes, as in `Alice.x`',
  Receiver: 'a receiving role',
  Label: 'a label',
  Role: 'a role',
  Place: 'a role',
  RoleRef: 'a role',
  RoleArgument: 'a role',
  Several: 'a role',
  Member: 'a role',
  Told: 'a role',
  Do: '`do Name(…)`',
  EnumCase: 'a case’s name',
  Binder: 'a variable',
  MatchArm: 'a `case`',
  If: 'a `{` or `if`',
  LocalIf: 'a `{` or `if`',
  LocalWhen: 'a `{` or `when`',
  Channels: '`sync` or `buffer`',
  Tells: '`->`',
  Return: '`return`',
  Network: 'a `{`, `implements`, `sync` or `buffer`',
  Choice: '`at`',
  Family: 'the size of the family, as in `[n]`, `[n >= 2]` or `[3]`',
};
const expressions: ReadonlySet<RuleName> = new Set([
  'Expression',
  'OrExpression',
  'AndExpression',
  'NotExpression',
  'Comparison',
  'Arithmetic',
  'Negation',
  'Postfix',
  'Primary',
  'Lambda',
  'LetExpression',
]);

/** A name that stands for something particular, by the rule that it stands in. */
const namesIn: Partial<Record<RuleName, string>> = {
  Choreography: 'the choreography’s name',
  Network: 'a name',
  Record: 'the record’s name',
  Enum: 'the enum’s name',
  Located: 'a role',
  Tells: 'a role',
  Told: 'a role',
  Do: 'the choreography’s name',
  Send: 'a role',
  Interaction: 'a role',
  Receiver: 'a receiving role',
  Process: 'the process’s name',
  Rec: 'the loop’s name',
  Continue: 'the loop’s name',
  Leave: 'the loop’s name',
  Choice: 'a role',
  Role: 'a role',
  Place: 'a role',
  Several: 'a role',
  Member: 'a role',
  RoleRef: 'a role',
  RoleArgument: 'a role',
  Family: 'the name of the size',
  For: 'the name of the number',
  LocalFor: 'the name of the number',
  Pick: 'the name of the number',
  LocalPick: 'the name of the number',
  At: 'a role',
};

/**
 * What a problem comes from where that stands before it: a word at the start of its line that starts no statement,
 * though it looks as if.
 * @param problem where the parser stopped and what it wanted
 * @param input the tokens that it read
 * @returns the token that is to blame, and one short sentence; undefined where the problem's own place is
 */
export function blamed(
  { token, expected, tooDeep }: ParseProblem,
  input: TokenInput,
): { readonly token: number; readonly message: string } | undefined {
  const at = (i: number): string | undefined => (i >= 0 && i < input.length ? input.texts[i] : undefined);
  if (tooDeep) return undefined;
  const where = placeOf(expected);
  if (!where) return undefined;
  let line = Math.min(token, input.length - 1);
  let start = line;
  while (line > 0 && input.lineStart(line) < 0) {
    if (start === line && !/^[{};]$/.test(at(line - 1) ?? '')) start--;
    line--;
  }
  for (const first of new Set([start, line])) {
    const [word, next] = [at(first), at(first + 1)];
    if (
      word === undefined ||
      first >= token ||
      !/^[\p{L}_]/u.test(word) ||
      isReserved(word) ||
      next === undefined ||
      /^(->|[.=:,])$/.test(next)
    )
      continue;
    const known = input.lineStart(first + 1) >= 0 ? undefined : misspelt(word, where);
    if (known) return { token: first, message: known };
    if (next === '(' && where === 'choreography')
      return {
        token: first,
        message: `Who does this? A role stands before what it computes: write \`Role.${word}(…)\`.`,
      };
    if (first + 1 === token && /^["\d]/.test(next)) {
      const call = `${where === 'choreography' ? 'Role.' : ''}${word}(${cut(next, 30)})`;
      return {
        token: first,
        message: `\`${word} ${cut(next, 30)}\` means nothing here; to call a function, write \`${call}\`.`,
      };
    }
  }
  return undefined;
}

const inChoreographies: ReadonlySet<RuleName> = new Set(['Statement', 'Body', 'Block', 'Interaction']);
const inProcesses: ReadonlySet<RuleName> = new Set([
  'Action',
  'ProcessBody',
  'ProcessBlock',
  'LocalAction',
  'LocalIf',
  'LocalMatch',
  'LocalCase',
  'LocalChoice',
  'LocalWhile',
  'LocalRec',
  'LocalFor',
  'LocalPar',
  'LocalPick',
  'LocalAt',
  'LocalWhen',
  'LocalBareBlock',
]);

/** Whether statements of a choreography or of a process were expected. */
function placeOf(expected: ParseProblem['expected']): 'choreography' | 'network' | undefined {
  for (const each of expected) {
    for (const rule of each.kind === 'rule' ? [each.name, each.within] : [each.within]) {
      if (inProcesses.has(rule)) return 'network';
      if (inChoreographies.has(rule)) return 'choreography';
    }
  }
  return undefined;
}

/** The sentence for what nothing that is put in or left out makes readable. */
export const tooDeep =
  'This is nested too deeply or too long to be read: a hundred levels of brackets or blocks, two hundred `else if` and five hundred operators in a row always are. Split it into several steps.';

/**
 * One short sentence for a problem.
 * @param problem where the parser stopped and what it wanted
 * @param input the tokens that it read
 */
export function problemMessage(problem: ParseProblem, input: TokenInput): string {
  if (problem.tooDeep) return tooDeep;
  const at = (i: number): string | undefined => (i >= 0 && i < input.length ? input.texts[i] : undefined);
  const { token, begin } = problem;
  const actual = problem.cutShort ? undefined : at(token);
  let line = Math.min(token, input.length - 1);
  while (line > begin - 8 && line > 0 && input.lineStart(line) < 0) line--;
  const hint = hintFor(problem, line, at);
  if (hint) return hint;

  if (actual !== undefined && problem.expected.some((e) => e.kind === 'rule' && e.name === 'Case')) {
    if (actual === 'default' || actual === '_') return 'The last way of a `match` is written `else { … }`.';
  }
  if ((actual === 'else' || actual === 'or' || actual === 'and' || actual === 'case') && token === begin) {
    return strays[actual];
  }
  if (actual === '.' && token === begin && input.lineStart(token) < 0) {
    const next = input.lineStart(token + 1) >= 0 ? undefined : at(token + 1);
    return `Expected a name after \`${at(token - 1) ?? ''}.\`, but ${next === undefined ? 'the line ends here' : `found ${shorten(next)}`}${reservedAdvice(next)}.`;
  }
  const ended = problem.expected.find((e) => e.kind === 'token' && e.name === '}')?.within;
  if (
    actual === 'return' ||
    (actual !== undefined && (ended === 'Body' || ended === 'ProcessBody') && input.lineStart(token) >= 0)
  )
    return '`return` can only stand at the end of the body.';
  const where = after(problem, at);
  const what = wanted(problem, at(token - 1));
  const end = problem.cutShort ? 'the line ends here' : 'the text ends here';
  const here = actual === undefined ? end : `found ${shorten(actual)}`;
  const other = actual === undefined ? undefined : meantBySign(actual, at(token + 1));
  if (other) return `${shorten(actual ?? '')} means nothing here; did you mean ${other}?`;
  if (actual !== undefined && !/^[\p{XIDC}^"]/u.test(actual) && !known.has(actual))
    return `${shorten(actual)} means nothing here: expected ${what}${where}.`;
  if (actual === 'do' && /^an (expression|argument|item)/.test(what))
    return 'A `do` is no part of an expression: give its result to a variable first, as in `Role.x = do Name(…)`.';
  const advice =
    what.startsWith('a name') ||
    what.endsWith('name') ||
    what.endsWith('role') ||
    what === 'an expression' ||
    what === 'a label'
      ? reservedAdvice(actual)
      : '';
  return `Expected ${what}${where}, but ${here}${advice}.`;
}

/** Words that go on with a statement, where there is none to go on with. */
const strays = {
  and: 'This `and` belongs to no `par`: it follows the `}` of a branch.',
  else: 'This `else` belongs to no `if` or `match`: it must stand right after the `}` of one.',
  or: 'This `or` belongs to no `choice`: it must stand right after the `}` of one of its branches. The branches of a `par` are joined by `and`.',
  case: 'This `case` stands in no `match`.',
};

/** Whether a word goes on with a statement: where another one is broken, it is not to blame. */
export function isStray(text: string | undefined): boolean {
  return text !== undefined && text in strays;
}

const known = new Set('-> => == != <= >= + - * / % ( ) { } [ ] < > = . , : ; @'.split(' '));

function reservedAdvice(actual: string | undefined): string {
  return actual !== undefined && isReserved(actual) && !['true', 'false', 'none'].includes(actual)
    ? `; \`${actual}\` is a reserved word, write \`^${actual}\` to use it as a name`
    : '';
}

function shorten(text: string): string {
  return `\`${cut(text, 30)}\``;
}

/** A piece of source for a message: on one line, and no longer than somebody reads. */
export function cut(text: string, most = 60): string {
  // What is white space may be long as well: no more is looked at than can be shown.
  const line = text.slice(0, 10 * most).replace(/\s+/g, ' ');
  return line.length > most || text.length > 10 * most ? `${line.slice(0, most - 1)}…` : line;
}

/** `after `->``: the sign before, where it says more than the thing expected. */
function after(problem: ParseProblem, at: (i: number) => string | undefined): string {
  const before = at(problem.token - 1);
  const owner =
    before === '.' && /^[\p{XIDS}_^]/u.test(at(problem.token - 2) ?? '') ? (at(problem.token - 2) ?? '') : '';
  return before !== undefined &&
    problem.token > problem.begin &&
    /^(->|=>|==|!=|<=|>=|[-+*/%<>=.:,]|and|or|not|if|while|match|case|do|to|from|at|return)$/.test(before)
    ? ` after \`${owner}${before}\``
    : '';
}

function hintFor(
  { token, begin }: ParseProblem,
  line: number,
  at: (i: number) => string | undefined,
): string | undefined {
  if (isTypeForLabel(token, at))
    return 'After the `:` of a message stands a label, not a type: the type of what is received follows from what is sent.';
  for (let i = Math.max(line + 1, token - 2); i <= token; i++) {
    if (at(i) === 'within') return foreignAdvice('within');
    if (at(i) === 'any' && at(i - 1) !== '->' && at(i - 1) !== '.' && at(i - 1) !== ',') return quorum;
  }
  if (at(token - 1) === 'by' && (at(line) === 'pick' || at(begin) === 'pick'))
    return 'Who picks is missing behind `by`: `by Role.number`. Of numbers that all know nobody has to pick: `Node[0]`, `Node[n - 1]`.';
  const starts = [line, begin].find((i) => isForeignStatement(at(i) ?? '') && !/^(->|[.=:,()])$/.test(at(i + 1) ?? ''));
  return starts === undefined ? undefined : foreignAdvice(at(starts) ?? '');
}

/** A type where a message has its label: `A.x -> B.y: list<int>`, `A.x -> B.y: (int, int)`, `A.x: int -> B.y`. */
function isTypeForLabel(token: number, at: (i: number) => string | undefined): boolean {
  if (at(token) === '<' && at(token - 2) === ':') return true;
  if (at(token) === '(' && at(token - 1) === ':') return true;
  return at(token) === ':' && at(token + 2) === '->';
}

function wanted({ expected }: ParseProblem, before: string | undefined): string {
  const [main] = expected;
  if (!main) return 'a statement';
  // Where a block could end, more can come before its end.
  if (expected.some((e) => e.kind === 'token' && e.name === '}')) {
    const within = expected.find((e) => e.name === '}')?.within;
    const inside: Partial<Record<RuleName, string>> = {
      Body: 'a statement or a `}`',
      Block: 'a statement or a `}`',
      ProcessBody: 'an action or a `}`',
      ProcessBlock: 'an action or a `}`',
      Match: 'a `case` or a `}`',
      LocalMatch: 'a `case` or a `}`',
      Network: 'a `process` or a `}`',
      Receive: 'a branch or a `}`',
      Record: '`,` or `}`',
      Enum: '`,` or `}`',
    };
    return (within && inside[within]) ?? '`}`';
  }
  if (main.kind === 'rule') {
    if (expressions.has(main.name)) return 'an expression';
    if (before === '=' && (main.name === 'Interaction' || main.name === 'LocalAction')) return 'an expression';
    if (before === ':' && (main.name === 'Role' || main.name === 'Place')) return 'a type';
    if (before === '.' && (main.name === 'Ident' || main.name === 'Name')) return 'a name';
    if (before === '.' && main.name === 'Pattern' && main.within === 'Receiver') return 'a variable';
    if (main.name === 'Ident' || main.name === 'Name') return namesIn[main.within] ?? 'a name';
    return ruleNames[main.name] ?? statementParts[main.name] ?? 'a statement';
  }
  if (main.name === ')')
    return before === '(' ? `${insideBrackets[main.within] ?? 'an argument'} or \`)\`` : '`,` or `)`';
  if (main.name === ']')
    return before === '['
      ? 'an item or `]`'
      : main.within === 'Family'
        ? '`>= 2`, `= 3` or `]`'
        : isMember(expected)
          ? '`until` or `]`'
          : '`,` or `]`';
  return tokenNames[main.name] ?? `\`${main.name}\``;
}

/** Whether it is a member of a family, or a part of one, that goes on here. */
function isMember(expected: ParseProblem['expected']): boolean {
  return expected.some(({ name, within }) => name === 'until' || within === 'RoleRef');
}

/** Terminals; a keyword is called by itself. */
const tokenNames: Partial<Record<TokenName, string>> = {
  ID: 'a name',
  STRING: 'a string',
  INT: 'a whole number',
  FLOAT: 'a number',
};

/** What stands in the round brackets of a rule. */
const insideBrackets: Partial<Record<RuleName, string>> = {
  Choreography: 'a role',
  Signature: 'a role',
  Role: 'an input',
  Process: 'an input',
  LocalFunction: 'a parameter',
  ExternFunction: 'a parameter',
  Do: 'a role',
};

/** Constructs by the word that they start with. */
const statementParts: Partial<Record<RuleName, string>> = {
  Import: 'an import',
  Record: 'a record',
  Enum: 'an enum',
  Choreography: 'a choreography',
  LiteralPattern: 'a literal',
  TuplePattern: 'a pattern',
  ConstructorPattern: 'a pattern',
  NamedType: 'a type',
  TupleType: 'a type',
  Receive: '`{`, a label or the next action',
  Send: '`to`',
};

/** What to say of braces that do not balance: at most one thing of each kind. */
export function braceMessages(
  text: string,
  tokens: readonly Token[],
  missing: readonly { before: number; opener: number }[],
  extra: readonly number[],
): { message: string; start: number; end: number }[] {
  const issues: { message: string; start: number; end: number }[] = [];
  const lost = missing[0];
  const opener = lost && tokens[lost.opener];
  if (lost && opener) {
    const line = cut(
      text
        .slice(text.lastIndexOf('\n', opener.start) + 1, opener.start)
        .replace(/^[\s}]+/, '')
        .trim(),
    );
    const last = tokens[lost.before - 1] ?? opener;
    const block = line ? `the block of \`${line}\`` : 'this block';
    issues.push({
      message: `A closing \`}\` is missing: ${block} is still open here.`,
      start: last.start,
      end: last.end,
    });
  }
  const surplus = tokens[extra[0] ?? -1];
  if (surplus)
    issues.push({ message: 'This `}` closes nothing: there is one too many.', start: surplus.start, end: surplus.end });
  return issues;
}

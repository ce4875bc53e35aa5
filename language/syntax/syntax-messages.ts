// What a syntax error says: what was expected in the user's words, and what stands there instead.
import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';

/** Words of the language that are reserved for constructs that are not built yet, or that other languages have. */
const hints: Record<string, string> = {
  par: '`par` is not supported yet; write the branches one after the other.',
  for: '`for` is not supported yet; repeat with `while` or `rec`.',
  property: '`property` is not supported yet.',
  verify: '`verify` is not supported yet.',
  return: '`return` can only stand at the end of the body.',
  let: 'There is no `let`: a variable comes to be where it is first assigned, as in `Role.x = 1`.',
};

const ruleNames: Record<string, string> = {
  Ident: 'a name', Name: 'a name', Expression: 'an expression', OrExpression: 'an expression', AndExpression: 'an expression',
  NotExpression: 'an expression', Comparison: 'an expression', Arithmetic: 'an expression', Negation: 'an expression',
  Postfix: 'an expression', Primary: 'an expression', Literal: 'a literal', Type: 'a type', NamedType: 'a type', Pattern: 'a pattern',
  LiteralPattern: 'a pattern', Statement: 'a statement', Interaction: 'a statement', Action: 'a statement', LocalAction: 'a statement',
  Declaration: 'a declaration', File: 'a declaration', Import: 'an import', Block: 'a block `{ … }`', ProcessBlock: 'a block `{ … }`',
  Located: 'a role and an expression, as in `Alice.x`', Receiver: 'a receiving role', Label: 'a label', Process: 'a `process`',
  Case: 'a `case`', LocalCase: 'a `case`', Branch: 'a branch `label { … }`', Do: '`do Name(…)`', Param: 'a parameter `name: type`',
};

function found(token: IToken): string {
  if (token.tokenType.name === 'EOF') return 'the text ends here';
  return `found \`${token.image}\``;
}

function expectedToken(token: TokenType): string {
  switch (token.name) {
    case 'ID': return 'a name';
    case 'STRING': return 'a string';
    case 'INT': return 'a number';
    case 'EOF': return 'the end';
    default: return `\`${token.name}\``;
  }
}

function reserved(token: IToken): boolean {
  return /^[a-z]+$/.test(token.tokenType.name);
}

function say(what: string, actual: IToken): string {
  const hint = hints[actual.image];
  if (hint) return hint;
  const advice = what === 'a name' && reserved(actual)
    ? `; \`${actual.image}\` is a reserved word, write \`^${actual.image}\` to use it as a name` : '';
  return `Expected ${what}, but ${found(actual)}${advice}.`;
}

/** One short sentence an error, instead of the parser's lists of token sequences. */
export const messageProvider: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, ruleName }) =>
    say(expected.name === 'ID' || ruleName === 'Name' ? 'a name' : expectedToken(expected), actual),
  buildNotAllInputParsedMessage: ({ firstRedundant }) => say('a declaration such as `choreography` or `network`', firstRedundant),
  buildNoViableAltMessage: ({ actual, ruleName }) => say(ruleNames[ruleName] ?? 'something else', actual[0] as IToken),
  buildEarlyExitMessage: ({ actual, ruleName }) => say(ruleNames[ruleName] ?? 'something else', actual[0] as IToken),
};

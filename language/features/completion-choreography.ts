// Completion inside a choreography: every variable is offered at its own role only.
import { writeName } from '../syntax/names.js';
import type { Token } from '../syntax/tokens.js';
import { choreographiesOf } from '../ir/choreography.js';
import type { Signature } from '../ir/choreography.js';
import {
  callOf,
  declared,
  expressions,
  givenChoreographies,
  isOperator,
  keyword,
  lastText,
  loops,
  numbers,
  patterns,
  plain,
  quorums,
  roles,
  symbolsAt,
  template,
  typeNames,
  variableType,
} from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { isCase } from '../scoping/cases.js';
import { caseNames } from './case-names.js';
import {
  afterBlock,
  headWords,
  inMatch,
  isBehindOperator,
  jumps,
  loopStart,
  ownDecisions,
  variableItems,
} from './completion-statements.js';
import { argumentNames, fieldsBefore } from './completion-fields.js';
import { familiesInHeader, indexedRole, roleBefore, rolesInHeader, variablesInTokens } from './context.js';
import { inType } from './introducing.js';

export function choreographyHeader(known: Known): Completion[] {
  const { context } = known;
  if (lastText(context) === '@') return roles(known, rolesInHeader(known.tokens));
  // Another result follows.
  if (lastText(context) === ',' && context.brackets.length === 0) return typeNames(known);
  if (inType(context.before))
    return [
      ...typeNames(known),
      ...(context.brackets.length === 1 && lastText(context) === ':'
        ? [
            keyword(
              'choreography',
              'choreography($1)$0',
              'A choreography that is given by who calls this one, with the roles that it is called with.',
            ),
          ]
        : []),
    ];
  const [open] = context.brackets;
  return open?.text === '(' && context.brackets.length === 1 && ['(', ','].includes(lastText(context) ?? '')
    ? [keyword('server', 'server ', 'A role that need not find out that the conversation is over.')]
    : [];
}

export function inChoreography(known: Known): Completion[] {
  const { context } = known;
  const { before } = context;
  const names = rolesInHeader(known.tokens);
  const last = lastText(context);
  const { statement } = context;
  const ways = context.anew || last === '}' ? inMatch(known) : undefined;
  if (ways) return [...ways];
  if (context.anew && last !== '}') return statementStarts(known, names);
  const speaker = speakerOf(statement, names);
  const families = familiesInHeader(known.tokens).map(({ name }) => name);
  if (indexedRole(context, names) !== undefined) return [...numbers(known), keyword('until')];
  const others = names.filter((n) => families.includes(n) || (n !== speaker && !spoken(statement).has(n)));
  switch (last) {
    case '->':
      return [
        ...roles(known, others),
        ...(speaker !== undefined && families.includes(speaker)
          ? [keyword('others', `others ${writeName(speaker)}`, 'All members of the family but the one that speaks.')]
          : []),
      ];
    case '.': {
      const owner = roleBefore(before, before.length - 1, names);
      if (owner !== undefined) return [...variables(known, owner), ...expressions(known)];
      return fieldsBefore(known, (variable) =>
        speaker === undefined ? undefined : variableType(known, speaker, variable),
      );
    }
    case ',': {
      if (isInDo(statement))
        return context.brackets.length > 1
          ? takesPlaces(known, statement)
            ? places(known, statement, names)
            : valuesOf(known, lastRole(statement, names))
          : (given(known, statement) ??
              roles(
                known,
                names.filter((n) => !spoken(statement.slice(statement.findLastIndex((t) => t.text === 'do'))).has(n)),
              ));
      const arrow = statement.some((t) => t.text === '->');
      if (arrow && context.brackets.length === 0) return roles(known, others);
      if (arrow) return typeNames(known);
      return context.brackets.length > 0 ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    }
    case ':':
      return valuesOf(known, speaker);
    case 'do':
      return choreographies(known, names);
    case 'at':
      return roles(known, names);
    case 'if':
    case 'while':
    case 'match':
    case 'return':
      return statement.length > 1 && speaker !== undefined ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    case 'case':
      return patterns(known);
    case 'continue':
    case 'leave':
      return loops(known);
    case 'choice':
      return [keyword('at')];
    case '(': {
      if (isInDo(statement))
        return context.brackets.length > 1
          ? takesPlaces(known, statement)
            ? places(known, statement, names)
            : valuesOf(known, lastRole(statement, names))
          : (given(known, statement) ?? roles(known, names));
      if (statement.some((t) => t.text === '->')) return typeNames(known);
      return valuesOf(known, speaker);
    }
    case '=':
      return [keyword('do', 'do $0'), ...valuesOf(known, speaker)];
    case 'pick':
      return [keyword('some', 'some ', 'Several members, by a list of their numbers.')];
    case 'some':
      if (statement[0]?.text === 'pick') return [];
      break;
    case 'by':
      if (statement[0]?.text === 'pick') return roles(known, names, 1, '.');
      break;
    case 'in':
      if (statement[0]?.text === 'pick') return roles(known, families);
      if (statement[0]?.text === 'for' || statement[0]?.text === 'par')
        return [
          ...roles(known, families.length > 0 ? families : names),
          ...numbers(known),
          template('0 until n', '${1:0} until ${2:n}', 'Numbers, from one up to, and without, another.'),
        ];
      return valuesOf(known, speaker);
    case 'until':
      return numbers(known);
    case 'others':
      return roles(known, families);
    case 'then':
    case 'else':
    case '[':
      if (last !== 'else' && speaker !== undefined) return valuesOf(known, speaker);
      break;
    case undefined:
      break;
  }
  if (speaker !== undefined && isBehindOperator(known)) return valuesOf(known, speaker);
  if (last === '}' && !context.freshLine) return [...afterBlock];
  if (context.anew) return statementStarts(known, names);
  const words = headWords(known, names);
  if (words) return [...words];
  return isGathering(statement, families)
    ? quorums(known, statement.slice(statement.findIndex((t) => t.text === '->')))
    : afterExpression(statement);
}

/** In a step of several: what one role does alone. */
export function inStepsOf(known: Known, role: string): Completion[] {
  const { context } = known;
  const last = lastText(context);
  const starts = (): Completion[] =>
    ownDecisions
      .map((item): Completion => ({ ...item, rank: 10 }))
      .concat(variables(known, role).map((each) => ({ ...each, rank: 25 })));
  if (context.anew && last !== '}') return starts();
  if (last === 'case') return patterns(known);
  if (last === '.') return fieldsBefore(known, (variable) => variableType(known, role, variable));
  if (last === '}' && !context.freshLine) return [keyword('else', 'else {\n\t$0\n}')];
  if (context.anew) return starts();
  return ['=', 'if', 'match', '(', ',', '[', 'then', 'else', 'in'].includes(last ?? '') || isOperator(last)
    ? valuesOf(known, role)
    : [keyword('and'), keyword('or'), keyword('with', 'with ($0)')];
}

/** Whether several send in a statement, which has its receiver. */
function isGathering(statement: readonly Token[], families: readonly string[]): boolean {
  const arrow = statement.findIndex((t) => t.text === '->');
  if (
    arrow < 0 ||
    arrow === statement.length - 1 ||
    statement[0]?.kind !== 'word' ||
    ['if', 'match', 'while', 'choice'].includes(statement[0].text)
  )
    return false;
  const sender = statement.slice(0, arrow);
  return (
    (families.includes(plain(sender[0] as Token)) && sender[1]?.text !== '[') || sender.some((t) => t.text === ',')
  );
}

/** The role whose expression the cursor is in: the last one that is followed by a dot. */
function speakerOf(statement: readonly Token[], names: readonly string[]): string | undefined {
  const arrow = statement.findIndex((t) => t.text === '->');
  const part = arrow === -1 ? statement : statement.slice(0, arrow);
  const at = part.findLastIndex(
    (t, i) =>
      t.kind === 'word' &&
      names.includes(plain(t)) &&
      part[i - 1]?.text !== '.' &&
      (part[i + 1]?.text === '.' || part[i - 1]?.text === 'at' || i === 0),
  );
  const token = part[at];
  return token && plain(token);
}

/** The names that a statement has after its arrow or call. */
function spoken(statement: readonly Token[]): ReadonlySet<string> {
  return new Set(
    statement
      .slice(
        Math.max(
          0,
          statement.findIndex((t) => t.text === '->'),
        ),
      )
      .filter((t) => t.kind === 'word')
      .map(plain),
  );
}

function lastRole(statement: readonly Token[], names: readonly string[]): string | undefined {
  const token = statement.findLast((t) => t.kind === 'word' && names.includes(plain(t)));
  return token && plain(token);
}

function isInDo(statement: readonly Token[]): boolean {
  const at = statement.findLastIndex((t) => t.text === 'do');
  if (at === -1) return false;
  const rest = statement.slice(at);
  return rest.filter((t) => t.text === '(').length > rest.filter((t) => t.text === ')').length;
}

/** What a call gives at the place where the cursor is, if that is no role: a value that all know, or a choreography. */
function given(known: Known, statement: readonly Token[]): Completion[] | undefined {
  const at = statement.findLastIndex((t) => t.text === 'do');
  const callee = statement[at + 1];
  const found = callee && calleeIn(known, plain(callee));
  if (!found) return undefined;
  let depth = 0;
  let index = 0;
  for (const token of statement.slice(at + 2)) {
    if (token.text === '(' || token.text === '[') depth++;
    if (token.text === ')' || token.text === ']') depth--;
    if (token.text === ',' && depth === 1) index++;
  }
  const parameter = found.parameters[index - found.roles.length];
  if (!parameter) return undefined;
  if (parameter.kind === 'value') return [...numbers(known), ...declared(known, (d) => d.kind === 'const', 4)];
  return [...givenChoreographies(known), ...declared(known, (d) => d.kind === 'choreography', 1)].map(
    ({ insert: _, snippet: __, ...item }) => item,
  );
}

/** Whether the innermost brackets of a call are those of a choreography that is given: its places take roles. */
function takesPlaces(known: Known, statement: readonly Token[]): boolean {
  let depth = 0;
  const open = statement.findLastIndex((t) => {
    if (t.text === ')') depth++;
    return t.text === '(' && depth-- === 0;
  });
  const name = statement[open - 1];
  return name !== undefined && calleeIn(known, plain(name)) !== undefined;
}

/** What stands in the places of a choreography that is given: one that is filled where it is called, a role, a value. */
function places(known: Known, statement: readonly Token[], names: readonly string[]): Completion[] {
  const done = spoken(statement.slice(statement.findLastIndex((t) => t.text === 'do')));
  return [
    { label: '_', kind: 'keyword', detail: 'A place that is filled where it is called.', rank: 0 },
    ...roles(
      known,
      names.filter((name) => !done.has(name)),
    ),
    ...numbers(known),
  ];
}

function calleeIn(known: Known, name: string): Signature | undefined {
  const around = known.analysis.file.declarations.find((d) => d.name.text === known.context.name);
  const own =
    around?.kind === 'choreography'
      ? choreographiesOf(around.parameters).find((each) => each.name.text === name)
      : undefined;
  const found = known.analysis.scope.lookup(name)?.declaration;
  return own ?? (found?.kind === 'choreography' ? found : undefined);
}

function afterExpression(statement: readonly Token[]): Completion[] {
  if (statement.length === 0) return [];
  const arrow = statement.some((t) => t.text === '->');
  if (!arrow && statement.length === 1) return [{ label: '->', kind: 'keyword', rank: 5 }];
  return arrow
    ? []
    : [{ label: '->', kind: 'keyword', rank: 5 }, keyword('and'), keyword('or'), keyword('with', 'with ($0)')];
}

function statementStarts(known: Known, names: readonly string[]): Completion[] {
  const [decider = 'Alice', other = 'Bob'] = names;
  const families = familiesInHeader(known.tokens);
  return [
    ...roles(known, names),
    template(
      'msg',
      `\${1:${decider}}.\${2:x} -> \${3:${other}}.\${4:y}$0`,
      'A value from one role to a variable of another.',
    ),
    template(
      'sel',
      `\${1:${decider}} -> \${2:${other}}: \${3:label}$0`,
      'A label alone, which tells the receiver which way the sender went.',
    ),
    keyword(
      'if',
      `if \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n} else {\n\t\n}`,
      'One role decides, and tells others the outcome.',
    ),
    keyword(
      'match',
      `match \${1:${decider}}.\${2:value} -> \${3:${other}} {\n\tcase \${4:pattern} {\n\t\t$5\n\t}\n\telse {\n\t\t$0\n\t}\n}`,
      'One role decides by the form of a value, and tells others.',
    ),
    keyword(
      'match ->',
      `match \${1:${decider}}.\${2:value} -> \${3:${other}}.\${4:value} {\n\tcase \${5:pattern} {\n\t\t$0\n\t}\n}`,
      'One role decides by the form of a value, and sends it: its case is the label, its fields are what the message carries.',
    ),
    keyword(
      'choice',
      `choice at \${1:${decider}} {\n\t\${1:${decider}} -> \${2:${other}}: \${3:first}$5\n} or {\n\t\${1:${decider}} -> \${2:${other}}: \${4:second}$0\n}`,
      'One role decides by means that are not stated.',
    ),
    keyword(
      'while',
      `while \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n}`,
      'One role decides whether to go on, and tells others.',
    ),
    loopStart,
    keyword(
      'for',
      `for \${1:i} in \${2:${families[0]?.name ?? '0 until n'}} {\n\t$0\n}`,
      'Once for each member of a family, or each number, in order.',
    ),
    keyword(
      'pick',
      `pick \${1:k} in \${2:${families[0]?.name ?? 'Node'}} by \${3:${decider}}.\${4:number} {\n\t$0\n}`,
      'One member of a family, by a number that a role computes.',
    ),
    template(
      'pick some',
      `pick some \${1:ks} in \${2:${families[0]?.name ?? 'Node'}} by \${3:${decider}}.\${4:numbers} {\n\t$0\n}`,
      'Several members of a family, by a list of their numbers.',
    ),
    keyword('par', 'par {\n\t$1\n} and {\n\t$0\n}', 'Both at the same time; what follows begins when both are over.'),
    keyword('at', `at \${1:${decider}} {\n\t$0\n}`, 'Several steps of one role that are one.'),
    keyword('do', 'do $0', 'Runs another choreography with these roles.'),
    keyword('return', `return \${1:${decider}}.$0`, 'The result, as the last thing that is done.'),
    ...jumps(known, 30),
  ].map((item) => (item.kind === 'snippet' ? { ...item, rank: 20 } : item));
}

function choreographies(known: Known, names: readonly string[]): Completion[] {
  return [
    ...givenChoreographies(known),
    ...declared(
      known,
      (d) => d.kind === 'choreography',
      1,
      (d) => (d.kind === 'choreography' ? callOf(d.name.text, d, names) : {}),
    ),
  ];
}

function variables(known: Known, role: string): Completion[] {
  const symbols = symbolsAt(known, role);
  const written = variablesInTokens(known.tokens, role).filter((v) => !symbols.some((s) => s.name === v));
  // Behind a dot without a name, the next statement’s role was read as one.
  const names = rolesInHeader(known.tokens);
  return variableItems(
    known,
    symbols.filter((s) => !names.includes(s.name)),
    caseNames(known.context.before, role, (name) => isCase(name, known.analysis.scope)),
    written.map((v): Completion => ({ label: writeName(v), kind: 'variable', detail: `${role}.${v}`, rank: 1 })),
    1,
  );
}

function valuesOf(known: Known, role: string | undefined): Completion[] {
  return [
    ...argumentNames(known, (variable) => (role === undefined ? undefined : variableType(known, role, variable))),
    ...(role === undefined ? [] : variables(known, role)),
    ...expressions(known),
  ];
}

// Completion inside a choreography: every variable is offered at its own role only.
import { writeName } from '../syntax/names.js';
import type { Token } from '../syntax/tokens.js';
import { declared, expressions, isOperator, keyword, labels, lastText, loops, operators, patterns, plain, roles, symbolsAt, typeNames, variableType } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { argumentNames, fieldsBefore } from './completion-fields.js';
import { rolesInHeader, variablesInTokens } from './context.js';

export function choreographyHeader(known: Known): Completion[] {
  const { context } = known;
  const last = lastText(context);
  if (last === '@') return roles(known, rolesInHeader(known.tokens));
  if (last === ':' || last === '<') return typeNames(known);
  return [];
}

export function inChoreography(known: Known): Completion[] {
  const { context } = known;
  const { before } = context;
  const names = rolesInHeader(known.tokens);
  const last = lastText(context);
  const statement = statementTokens(before, names);
  const speaker = speakerOf(statement, names);
  const others = names.filter((n) => n !== speaker && !spoken(statement).has(n));
  switch (last) {
    case '->': return roles(known, others);
    case '.': {
      const owner = before.at(-2);
      if (owner?.kind === 'word' && names.includes(plain(owner)) && before.at(-3)?.text !== '.') {
        const receiving = isReceiver(statement);
        return receiving ? variables(known, plain(owner)) : [...variables(known, plain(owner)), ...expressions(known)];
      }
      return fieldsBefore(known, (variable) => (speaker === undefined ? undefined : variableType(known, speaker, variable)));
    }
    case ',': {
      if (isInDo(statement)) return context.brackets.length > 1 ? valuesOf(known, lastRole(statement, names)) : roles(known, names.filter((n) => !spoken(statement.slice(statement.findLastIndex((t) => t.text === 'do'))).has(n)));
      const arrow = statement.some((t) => t.text === '->');
      if (arrow && context.brackets.length === 0) return roles(known, others);
      return context.brackets.length > 0 ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    }
    case ':': return context.brackets.length > 0 && !statement.some((t) => t.text === '->') ? valuesOf(known, speaker) : labels(known);
    case 'do': return choreographies(known, names);
    case 'at': return roles(known, names);
    case 'if': case 'while': case 'match': case 'return':
      return statement.length > 1 && speaker !== undefined ? valuesOf(known, speaker) : roles(known, names, 1, '.');
    case 'case': return patterns(known);
    case 'continue': return loops(known);
    case 'choice': return [keyword('at')];
    case 'rec': return [];
    case '(': {
      if (isInDo(statement)) return context.brackets.length > 1 ? valuesOf(known, lastRole(statement, names)) : roles(known, names);
      if (statement.some((t) => t.text === '->')) return typeNames(known);
      return valuesOf(known, speaker);
    }
    case '=': return [keyword('do', 'do $0'), ...valuesOf(known, speaker)];
    case 'then': case 'else': case '[': if (last !== 'else' && speaker !== undefined) return valuesOf(known, speaker); break;
    default: break;
  }
  if (isOperator(last) && speaker !== undefined && !(last === 'or' && before.at(-2)?.text === '}')) return valuesOf(known, speaker);
  if (last === '}' && !context.freshLine) return [keyword('else', 'else {\n\t$0\n}'), keyword('or', 'or {\n\t$0\n}')];
  if (last === '{' || last === '}' || context.freshLine) return statementStarts(known, names);
  return afterExpression(statement);
}

const starters = new Set(['if', 'match', 'choice', 'while', 'rec', 'continue', 'do', 'return']);

/** The tokens of the statement that is being written: from its first role or keyword on. */
function statementTokens(before: readonly Token[], names: readonly string[]): readonly Token[] {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index] as Token;
    if (token.text === ')' || token.text === ']') depth++;
    if (token.text === '(' || token.text === '[') depth--;
    if (token.text === '{' || token.text === '}' || token.text === ';') return before.slice(index + 1);
    if (token.kind !== 'word' || depth > 0) continue;
    const previous = before[index - 1];
    // A statement begins where a role or keyword follows something that an expression can end with.
    const ended = previous === undefined || ['word', 'string', 'number'].includes(previous.kind) || [')', ']', '{', '}', ';'].includes(previous.text);
    if (!ended || (previous?.kind === 'word' && (starters.has(previous.text) || operators.has(previous.text) || ['then', 'at', 'case'].includes(previous.text)))) continue;
    if (starters.has(token.text) || (names.includes(plain(token)) && !['if', 'while', 'match', 'do'].includes(previous?.text ?? ''))) return before.slice(index);
  }
  return before;
}

/** The role whose expression the cursor is in: the last one that is followed by a dot. */
function speakerOf(statement: readonly Token[], names: readonly string[]): string | undefined {
  const arrow = statement.findIndex((t) => t.text === '->');
  const part = arrow === -1 ? statement : statement.slice(0, arrow);
  const at = part.findLastIndex((t, i) => t.kind === 'word' && names.includes(plain(t)) && part[i - 1]?.text !== '.' && (part[i + 1]?.text === '.' || part[i - 1]?.text === 'at' || i === 0));
  const token = part[at];
  return token && plain(token);
}

/** The names that a statement has after its arrow or call. */
function spoken(statement: readonly Token[]): ReadonlySet<string> {
  return new Set(statement.slice(Math.max(0, statement.findIndex((t) => t.text === '->'))).filter((t) => t.kind === 'word').map(plain));
}

function lastRole(statement: readonly Token[], names: readonly string[]): string | undefined {
  const token = statement.findLast((t) => t.kind === 'word' && names.includes(plain(t)));
  return token && plain(token);
}

function isReceiver(statement: readonly Token[]): boolean {
  return statement.some((t) => t.text === '->');
}

function isInDo(statement: readonly Token[]): boolean {
  const at = statement.findLastIndex((t) => t.text === 'do');
  if (at === -1) return false;
  const rest = statement.slice(at);
  return rest.filter((t) => t.text === '(').length > rest.filter((t) => t.text === ')').length;
}

function afterExpression(statement: readonly Token[]): Completion[] {
  if (statement.length === 0) return [];
  const arrow = statement.some((t) => t.text === '->');
  if (!arrow && statement.length === 1) return [{ label: '->', kind: 'keyword', rank: 5 }];
  return arrow ? [] : [{ label: '->', kind: 'keyword', rank: 5 }, keyword('and'), keyword('or'), keyword('with', 'with ($0)')];
}

function statementStarts(known: Known, names: readonly string[]): Completion[] {
  const [decider = 'Role', other = 'Role'] = names;
  const loop = loops(known).map((l): Completion => ({ ...l, label: `continue ${l.label}`, kind: 'keyword', rank: 30 }));
  return [
    ...roles(known, names),
    keyword('if', `if \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n} else {\n\t\n}`, 'A choice that a value decides.'),
    keyword('match', `match \${1:${decider}}.\${2:value} -> \${3:${other}} {\n\tcase \${4:pattern} {\n\t\t$0\n\t}\n}`, 'A choice between the cases of a value.'),
    keyword('choice', `choice at \${1:${decider}} {\n\t$0\n} or {\n\t\n}`, 'A choice by means that are not stated.'),
    keyword('while', `while \${1:${decider}}.\${2:condition} -> \${3:${other}} {\n\t$0\n}`), keyword('rec', 'rec ${1:X} {\n\t$0\n\tcontinue ${1:X}\n}'),
    keyword('do', 'do $0', 'Runs another choreography.'), keyword('return', `return \${1:${decider}}.$0`), ...loop,
  ].map((item) => (item.kind === 'snippet' ? { ...item, rank: 20 } : item));
}

function choreographies(known: Known, names: readonly string[]): Completion[] {
  return declared(known, (d) => d.kind === 'choreography', 1, (d) => {
    if (d.kind !== 'choreography') return {};
    const args = d.roles.map((role, index) => {
      const inputs = role.params.length > 0 ? `(${role.params.map((p) => p.name.text).join(', ')})` : '';
      return `\${${index + 1}:${names.includes(role.name.text) ? role.name.text : names[index] ?? role.name.text}${inputs}}`;
    });
    return { insert: `${writeName(d.name.text)}(${args.join(', ')})`, snippet: true };
  });
}

export function variables(known: Known, role: string): Completion[] {
  const symbols = symbolsAt(known, role);
  const written = variablesInTokens(known.tokens, role).filter((v) => !symbols.some((s) => s.name === v));
  // A variable that stands nowhere in the text any more is a leftover of the last good analysis.
  const words = new Set(known.tokens.map(plain));
  // Behind a dot without a name, the next statement’s role was read as one.
  const names = rolesInHeader(known.tokens);
  return [
    ...symbols.filter((s) => words.has(s.name) && !names.includes(s.name)).map((s): Completion => ({ label: writeName(s.name), kind: s.kind, detail: s.detail, doc: s.doc, rank: 1 })),
    ...written.map((v): Completion => ({ label: writeName(v), kind: 'variable', detail: `${role}.${v}`, rank: 1 })),
  ];
}

function valuesOf(known: Known, role: string | undefined): Completion[] {
  return [...argumentNames(known, (variable) => (role === undefined ? undefined : variableType(known, role, variable))), ...(role === undefined ? [] : variables(known, role)), ...expressions(known)];
}

// Completion inside a network: actions, the others who take part, the labels that the sender sends.
import { writeName } from '../syntax/names.js';
import type { Token } from '../syntax/tokens.js';
import { declared, expressions, isOperator, keyword, labels, lastText, loops, patterns, plain, roles, typeNames, variableType, symbolsAt } from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { argumentNames, fieldsBefore } from './completion-fields.js';
import { processesIn } from './context.js';

export function networkHeader(known: Known): Completion[] {
  const last = lastText(known.context);
  if (last === 'implements') return declared(known, (d) => d.kind === 'choreography', 1);
  return known.context.before.length >= 2 ? [keyword('implements'), keyword('sync'), keyword('fifo'), keyword('buffer')] : [];
}

/** All who take part in a network: its processes, and the roles of what it implements. */
function participants(known: Known): string[] {
  const at = known.tokens.findIndex((t) => t.text === 'implements');
  const design = at === -1 ? undefined : known.analysis.scope.lookup(known.tokens[at + 1]?.text ?? '')?.declaration;
  return [...new Set([...processesIn(known.tokens), ...(design?.kind === 'choreography' ? design.roles.map((r) => r.name.text) : [])])];
}

export function inNetwork(known: Known): Completion[] {
  const { context } = known;
  const last = lastText(context);
  const all = participants(known);
  if (context.process === undefined || context.depth < 2) {
    if (last === 'process') return roles(known, all.filter((n) => !processesIn(known.tokens).includes(n)));
    if (last === ':' || last === '<') return typeNames(known);
    return last === '{' || last === '}' ? processStarts(known, all) : [];
  }
  const self = context.process;
  const others = roles(known, all.filter((n) => n !== self));
  const values = (): Completion[] => [...argumentNames(known, (v) => variableType(known, self, v)), ...localVariables(known, self), ...expressions(known)];
  const statement = localStatement(context.before);
  switch (last) {
    case 'to': return others;
    case 'from': return others;
    case 'send': return [...values(), { label: 'to', kind: 'keyword', rank: 15 }];
    case 'receive': return [{ label: 'from', kind: 'keyword', rank: 1 }, ...localVariables(known, self).map((v) => ({ ...v, rank: 5 }))];
    case 'do': return declared(known, (d) => d.kind === 'choreography' || d.kind === 'network', 1, (d) => ({ insert: `${writeName(d.name.text)}($0)`, snippet: true }));
    case 'case': return patterns(known);
    case 'continue': return loops(known);
    case '.': return fieldsBefore(known, (variable) => variableType(known, self, variable));
    case ':': return statement[0]?.text === 'receive' && statement.length <= 3 ? typeNames(known) : context.brackets.length > 0 ? values() : labels(known);
    case '=': return [keyword('do', 'do $0'), ...values()];
    case 'if': case 'while': case 'match': case 'return': case '(': case ',': case '[':
      return statement[0]?.text === 'do' && context.brackets.length === 1 ? roles(known, all) : values();
    default: break;
  }
  if (isOperator(last) && !(last === 'or' && context.before.at(-2)?.text === '}')) return values();
  if (statement[0]?.text === 'send' && !statement.some((t) => t.text === 'to')) return [{ label: 'to', kind: 'keyword', rank: 1 }];
  if (statement[0]?.text === 'receive' && !statement.some((t) => t.text === 'from')) return [{ label: 'from', kind: 'keyword', rank: 1 }];
  if (last === '}' && !context.freshLine) return [keyword('else', 'else {\n\t$0\n}'), keyword('or', 'or {\n\t$0\n}')];
  const branching = branchingOf(context.before);
  if (branching) return branchLabels(known, branching, self);
  return last === '{' || last === '}' || context.freshLine ? actionStarts(known, self, all.find((n) => n !== self) ?? 'Role') : [];
}

const actionKeywords = new Set(['send', 'receive', 'if', 'while', 'match', 'choice', 'rec', 'continue', 'do', 'return']);

function localStatement(before: readonly Token[]): readonly Token[] {
  const at = before.findLastIndex((t) => t.text === '{' || t.text === '}' || (t.kind === 'word' && actionKeywords.has(t.text)));
  return before[at]?.kind === 'word' ? before.slice(at) : before.slice(at + 1);
}

/** The sender of the `receive from p {` whose braces the cursor is directly in. */
function branchingOf(before: readonly Token[]): string | undefined {
  let depth = 0;
  for (let index = before.length - 1; index >= 0; index--) {
    if (before[index]?.text === '}') depth++;
    if (before[index]?.text !== '{' || depth-- > 0) continue;
    const sender = before[index - 1];
    return before[index - 2]?.text === 'from' && sender?.kind === 'word' ? plain(sender) : undefined;
  }
  return undefined;
}

/** The labels that the sender's process sends to this one. */
function branchLabels(known: Known, sender: string, self: string): Completion[] {
  const { tokens } = known;
  const found = new Set<string>();
  let process: string | undefined;
  tokens.forEach((token, index) => {
    if (token.text === 'process') process = tokens[index + 1] && plain(tokens[index + 1] as Token);
    if (process !== sender || token.text !== 'to' || plain(tokens[index + 1] ?? token) !== self) return;
    const label = tokens[index + 2]?.text === ':' ? tokens[index + 3] : undefined;
    found.add(label?.kind === 'word' ? plain(label) : '_');
  });
  const sent = [...found].map((label): Completion => ({ label, kind: 'label', insert: `${label} {\n\t$0\n}`, snippet: true, rank: 1 }));
  return [...sent, ...labels(known).map((l): Completion => ({ ...l, insert: `${l.label} {\n\t$0\n}`, snippet: true, rank: 5 }))];
}

function processStarts(known: Known, all: readonly string[]): Completion[] {
  const written = new Set(processesIn(known.tokens));
  const missing = all.filter((name) => !written.has(name));
  return [
    keyword('process', 'process ${1:Name} {\n\t$0\n}'),
    ...missing.map((name): Completion => ({ label: `process ${name}`, kind: 'snippet', insert: `process ${writeName(name)} {\n\t$0\n}`, snippet: true, rank: 1 })),
  ];
}

function localVariables(known: Known, process: string): Completion[] {
  const symbols = symbolsAt(known, process);
  const written = new Set<string>();
  const { before } = known.context;
  const start = before.findLastIndex((t) => t.text === 'process');
  const own = before.slice(start);
  own.forEach((token, index) => {
    const next = own[index + 1];
    if (token.text === 'receive' && next?.kind === 'word' && next.text !== 'from') written.add(plain(next));
    if (token.kind === 'word' && next?.text === '=') written.add(plain(token));
  });
  return [
    ...symbols.map((s): Completion => ({ label: writeName(s.name), kind: s.kind, detail: s.detail, doc: s.doc, rank: 2 })),
    ...[...written].filter((v) => !symbols.some((s) => s.name === v)).map((v): Completion => ({ label: v, kind: 'variable', rank: 2 })),
  ];
}

function actionStarts(known: Known, self: string, other: string): Completion[] {
  const loop = loops(known).map((l): Completion => ({ ...l, label: `continue ${l.label}`, kind: 'keyword', rank: 15 }));
  return [
    keyword('send', `send \${1:value} to \${2:${other}}`), keyword('receive', `receive \${1:x} from \${2:${other}}`),
    keyword('receive from', `receive from \${1:${other}} {\n\t\${2:label} {\n\t\t$0\n\t}\n}`), keyword('if', 'if ${1:condition} {\n\t$0\n} else {\n\t\n}'),
    keyword('while', 'while ${1:condition} {\n\t$0\n}'), keyword('match', 'match ${1:value} {\n\tcase ${2:pattern} {\n\t\t$0\n\t}\n}'),
    keyword('choice', 'choice {\n\t$0\n} or {\n\t\n}'), keyword('rec', 'rec ${1:X} {\n\t$0\n\tcontinue ${1:X}\n}'), keyword('do', 'do $0'), keyword('return', 'return $0'),
  ].map((item): Completion => ({ ...item, rank: 10 })).concat(loop, localVariables(known, self).map((v) => ({ ...v, rank: 25 })));
}

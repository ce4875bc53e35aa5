// Completion inside a network: actions, the others who take part, the labels that the sender sends.
import { isCase } from '../scoping/cases.js';
import { writeName } from '../syntax/names.js';
import { caseNames } from './case-names.js';
import type { Token } from '../syntax/tokens.js';
import {
  declared,
  designedRoles,
  expressions,
  keyword,
  labels,
  lastText,
  loops,
  numbers,
  patterns,
  plain,
  quorums,
  roles,
  template,
  typeNames,
  variableType,
  symbolsAt,
} from './completion-items.js';
import type { Completion, Known } from './completion-items.js';
import { argumentNames, fieldsBefore } from './completion-fields.js';
import { familiesInHeader, indexedRole, processesIn } from './context.js';
import { wantedAt } from './design.js';
import type { Wanted } from './design.js';
import { inType } from './introducing.js';
import {
  afterBlock,
  headWords,
  inMatch,
  isBehindOperator,
  jumps,
  loopStart,
  variableItems,
} from './completion-statements.js';
import { ownDecisions } from './completion-statements.js';

export function networkHeader(known: Known): Completion[] {
  const last = lastText(known.context);
  if (last === 'implements') return declared(known, (d) => d.kind === 'choreography', 1);
  return known.context.before.length >= 2
    ? [keyword('implements'), keyword('sync'), keyword('fifo'), keyword('buffer')]
    : [];
}

/** All who take part in a network: its processes, and the roles of what it implements. */
function participants(known: Known): string[] {
  return [
    ...new Set([
      ...processesIn(known.tokens),
      ...familiesInHeader(known.tokens).map(({ name }) => name),
      ...designedRoles(known).map((role) => role.name.text),
    ]),
  ];
}

export function inNetwork(known: Known): Completion[] {
  const { context } = known;
  const last = lastText(context);
  const all = participants(known);
  if (context.process === undefined || context.depth < 2) {
    if (last === 'process')
      return roles(
        known,
        all.filter((n) => !processesIn(known.tokens).includes(n)),
      );
    if (inType(context.before)) return typeNames(known);
    return last === '{' || last === '}' ? processStarts(known, all) : [];
  }
  const self = context.process;
  const families = [
    ...familiesInHeader(known.tokens).map(({ name }) => name),
    ...all.filter((name) =>
      known.tokens.some(
        (t, i) => t.text === 'process' && plain(known.tokens[i + 1] ?? t) === name && known.tokens[i + 2]?.text === '[',
      ),
    ),
  ];
  if (indexedRole(context, all) !== undefined) return [...numbers(known), keyword('until')];
  const others = roles(
    known,
    all.filter((n) => n !== self || families.includes(n)),
  );
  const values = (): Completion[] => [
    ...argumentNames(known, (v) => variableType(known, self, v)),
    ...localVariables(known, self),
    ...expressions(known),
  ];
  const { statement } = context;
  const ways = context.anew || last === '}' ? inMatch(known) : undefined;
  if (ways) return [...ways];
  const branching = branchingOf(context.before);
  if (context.anew && last !== '}')
    return branching === undefined ? starts(known, self, all) : branchLabels(known, branching, self);
  const call = statement.findIndex((t) => t.text === 'do');
  switch (last) {
    case 'to':
      return others;
    case 'from':
      return others;
    case 'send':
      return [...values(), { label: 'to', kind: 'keyword', rank: 15 }];
    case 'do':
      return declared(
        known,
        (d) => d.kind === 'choreography' || d.kind === 'network',
        1,
        (d) => ({ insert: `${writeName(d.name.text)}($0)`, snippet: true }),
      );
    case 'case':
      return patterns(known);
    case 'continue':
    case 'leave':
      return loops(known);
    case '.':
      return fieldsBefore(known, (variable) => variableType(known, self, variable));
    case ':': {
      if (branching !== undefined && context.brackets.length > 0) return typeNames(known);
      if (statement[0]?.text !== 'receive') return values();
      const sender = statement.findIndex((t) => t.text === 'from');
      return sender === -1
        ? typeNames(known)
        : labelsFrom(known, plain(statement[sender + 1] ?? (statement[sender] as Token)), self);
    }
    case '=':
      return [keyword('do', 'do $0'), ...values()];
    case 'when':
    case 'until':
      return numbers(known);
    case 'others':
      return roles(known, families);
    case 'by':
      return values();
    case 'in':
      if (statement[0]?.text === 'pick') return roles(known, [...new Set(families)]);
      if (statement[0]?.text === 'for' || statement[0]?.text === 'par')
        return [...roles(known, [...new Set(families)]), ...numbers(known)];
      return values();
    case 'if':
    case 'while':
    case 'match':
    case 'return':
    case '(':
    case ',':
    case '[':
      if (last === ',' && statement[0]?.text === 'receive' && context.brackets.length === 0) return others;
      if (
        statement[0]?.text === 'send' &&
        statement.some((t) => t.text === 'to') &&
        statement.some((t) => t.text === ':')
      )
        return typeNames(known);
      return call !== -1 && context.brackets.length === 1 ? roles(known, all) : values();
    case undefined:
      break;
  }
  if (isBehindOperator(known)) return values();
  if (statement[0]?.text === 'send' && !statement.some((t) => t.text === 'to'))
    return [{ label: 'to', kind: 'keyword', rank: 1 }];
  if (statement[0]?.text === 'receive' && !statement.some((t) => t.text === 'from'))
    return [{ label: 'from', kind: 'keyword', rank: 1 }];
  const sender = statement.findIndex((t) => t.text === 'from');
  const several = statement.slice(sender + 1);
  if (
    statement[0]?.text === 'receive' &&
    several.length > 0 &&
    several.every((t) => t.text !== ':' && t.text !== '{') &&
    (several.some((t) => t.text === ',') || families.includes(plain(several[0] as Token)))
  )
    return quorums(known, several);
  if (last === '}' && !context.freshLine) return [...afterBlock];
  if (!context.anew) return [...(headWords(known, [...all, ...families]) ?? [])];
  return branching === undefined ? starts(known, self, all) : branchLabels(known, branching, self);
}

/** What the design wants here, if there is one: of the text as it is, or of the last one that has the network. */
function wanted({ workspace, analysis, good, context }: Known, self: string): Wanted | undefined {
  const { name, word } = context;
  if (name === undefined) return undefined;
  return (
    wantedAt(workspace, analysis, name, self, word.start) ?? (good && wantedAt(workspace, good, name, self, word.start))
  );
}

/** What a statement can begin with: first what the design wants next, whole. */
function starts(known: Known, self: string, all: readonly string[]): Completion[] {
  const statements = (wanted(known, self)?.statements ?? []).map((code): Completion => {
    const [first = '', ...more] = code.split('\n');
    return {
      label: more.length > 0 ? `${first.replace(/\s*\{$/, '')} { … }` : first,
      kind: 'snippet',
      detail: 'next in the design',
      insert: code,
      rank: 0,
      template: true,
    };
  });
  return [...statements, ...actionStarts(known, self, all.find((n) => n !== self) ?? 'Role')];
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

/** The labels of the messages that come from a process, those that it sends first; `_` is the anonymous one. */
function labelsFrom(known: Known, sender: string, self: string): Completion[] {
  const { tokens } = known;
  const found = new Set<string>();
  let process: string | undefined;
  tokens.forEach((token, index) => {
    if (token.text === 'process') process = tokens[index + 1] && plain(tokens[index + 1] as Token);
    if (process !== sender || token.text !== 'to' || plain(tokens[index + 1] ?? token) !== self) return;
    const label = tokens[index + 2]?.text === ':' ? tokens[index + 3] : undefined;
    if (label?.kind === 'word') found.add(plain(label));
  });
  return [
    ...[...found].map((label): Completion => ({ label: writeName(label), kind: 'label', rank: 1 })),
    ...labels(known).map((l): Completion => ({ ...l, rank: 5 })),
  ];
}

/** The branches of `receive from p { … }`. */
function branchLabels(known: Known, sender: string, self: string): Completion[] {
  const design = (wanted(known, self)?.branches ?? []).map(({ label, head: own, variable, from }): Completion => {
    const head = `${own}${variable === undefined ? '' : variable.startsWith('(') ? variable : `(${variable})`}${from === undefined ? '' : ` from ${writeName(from)}`}`;
    return {
      label: writeName(label),
      kind: 'label',
      detail: 'next in the design',
      insert: `${head} {\n\t$0\n}`,
      snippet: true,
      rank: 0,
    };
  });
  const others = [
    ...labelsFrom(known, sender, self).filter(({ label }) => !design.some((each) => each.label === label)),
    { label: '_', kind: 'label', detail: 'A message without a label.', rank: 6 } satisfies Completion,
  ].map((l): Completion => ({ ...l, insert: `${l.label} {\n\t$0\n}`, snippet: true }));
  return [...design, ...others];
}

function processStarts(known: Known, all: readonly string[]): Completion[] {
  const written = new Set(processesIn(known.tokens));
  const missing = all.filter((name) => !written.has(name));
  return [
    keyword('process', 'process ${1:Alice} {\n\t$0\n}', 'What one role does alone.'),
    keyword('server', 'server process ${1:Alice} {\n\t$0\n}', 'What a role does that may wait for ever.'),
    ...missing.map((name): Completion => ({
      label: `process ${name}`,
      kind: 'snippet',
      insert: `process ${writeName(name)} {\n\t$0\n}`,
      snippet: true,
      rank: 1,
    })),
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
  return variableItems(
    known,
    symbols,
    caseNames(own, undefined, (name) => isCase(name, known.analysis.scope)),
    [...written]
      .filter((v) => !symbols.some((s) => s.name === v))
      .map((v): Completion => ({ label: writeName(v), kind: 'variable', rank: 2 })),
    2,
  );
}

function actionStarts(known: Known, self: string, other: string): Completion[] {
  return [
    keyword('send', `send \${1:x} to \${2:${other}}$0`, 'Sends a value.'),
    keyword('receive', `receive \${1:x} from \${2:${other}}$0`, 'Receives a value.'),
    keyword(
      'receive from',
      `receive from \${1:${other}} {\n\t\${2:accept} {\n\t\t$4\n\t}\n\t\${3:reject} {\n\t\t$0\n\t}\n}`,
      'Goes on by the label that arrives.',
    ),
    ...ownDecisions,
    keyword('while', 'while ${1:condition} {\n\t$0\n}', 'Goes on as long as a condition holds.'),
    keyword('choice', 'choice {\n\t$0\n} or {\n\t\n}', 'Goes on by means that are not stated.'),
    loopStart,
    keyword(
      'for',
      'for ${1:i} in ${2:0} until ${3:n} {\n\t$0\n}',
      'Once for each member of a family, or each number, in order.',
    ),
    keyword('par', 'par {\n\t$1\n} and {\n\t$0\n}', 'Two threads; what follows begins when both are over.'),
    keyword('at', 'at {\n\t$0\n}', 'Several steps that are one.'),
    keyword(
      'pick',
      'pick ${1:k} in ${2:Node} by ${3:number} {\n\t$0\n}',
      'Goes on with the member of a family whose number it has computed.',
    ),
    template(
      'pick some',
      'pick some ${1:ks} in ${2:Node} by ${3:numbers} {\n\t$0\n}',
      'Goes on with the members of a family whose numbers it has computed.',
    ),
    keyword('when', 'when ${1:i > 0} {\n\t$0\n}', 'What depends on the number of a member alone.'),
    keyword('do', 'do $0', 'Plays its role in another network or choreography.'),
    keyword('return', 'return $0', 'The result, as the last thing that is done.'),
  ]
    .map((item): Completion => ({ ...item, rank: 10 }))
    .concat(
      jumps(known, 15),
      localVariables(known, self).map((v) => ({ ...v, rank: 25 })),
    );
}

// What a hover shows: of a name its type and documentation; of a role its projection; of a communication its two ends;
// of a decision who learns it and by what; of a choreography or network its verdict.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Communication, Gather, Statement } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import type { Network } from '../ir/process.js';
import { printExpr, printQuorum, printTarget, printType, printRole } from '../syntax/print.js';
import { writeName } from '../syntax/names.js';
import type { ChorSymbol } from '../scoping/symbols.js';
import type { FileAnalysis, Workspace } from '../workspace.js';
import { actionsAt, declarationAt, occurrenceAt, processAt, statementsAt, touches } from './cursor.js';
import { keywordAt } from './keywords.js';
import { learnersOf } from './knowledge.js';
import { whoIsMeant } from './members.js';
import { roleViews } from './projections.js';
import { counted, messagesOf, pendingSentence, sendsOf, verdictSentence } from './words.js';
import { listed } from '../text/words.js';
import { sameRole } from '../ir/role.js';
import { variableOfTarget } from '../ir/target.js';

export interface HoverInfo {
  readonly range: TextRange;
  readonly markdown: string;
}

const fence = (code: string): string => `\`\`\`chor\n${code.trimEnd()}\n\`\`\``;

/**
 * The hover at an offset.
 * @param workspace where files are taken from
 * @param uri the file
 * @param offset the cursor
 * @returns undefined where there is nothing to say
 */
export function hover(workspace: Workspace, uri: string, offset: number): HoverInfo | undefined {
  const analysis = workspace.analyze(uri);
  if (!analysis) return undefined;
  const occurrence = occurrenceAt(analysis, offset);
  const declaration = declarationAt(analysis.file, offset);
  if (occurrence) {
    const { symbol, origin } = occurrence;
    const parts = [fence(symbol.detail)];
    if (symbol.doc) parts.push(symbol.doc);
    const meant = declaration?.kind === 'choreography' ? whoIsMeant(declaration, origin) : undefined;
    if (meant) parts.push(meant);
    if (symbol.kind === 'role' && declaration?.kind === 'choreography')
      parts.push(...roleParts(analysis, declaration, symbol.name));
    if (symbol.kind === 'choreography' || symbol.kind === 'network') parts.push(...declaredParts(workspace, symbol));
    if ((symbol.kind === 'process' || symbol.kind === 'role') && declaration?.kind === 'network')
      parts.push(...designParts(workspace, analysis, declaration, symbol.name));
    if (symbol.kind === 'label' && declaration?.kind === 'choreography') {
      const statement = statementsAt(declaration, offset).at(-1);
      if (statement?.kind === 'communication') parts.push(...endsOf(analysis, declaration, statement));
      if (statement?.kind === 'gather') parts.push(...gatherParts(analysis, statement));
    }
    return { range: origin, markdown: parts.join('\n\n') };
  }
  const outer =
    declaration?.kind === 'choreography'
      ? choreographyHover(workspace, analysis, declaration, offset)
      : declaration?.kind === 'network'
        ? networkHover(workspace, analysis, declaration, offset)
        : undefined;
  const word = keywordAt(analysis, offset);
  // What is said of this decision, or this action, comes behind what the word says of all of them.
  if (word)
    return {
      range: word.range,
      markdown: [word.markdown.replace('\n', '  \n'), ...(outer ? [outer.markdown] : [])].join('\n\n'),
    };
  // Of two things around the cursor the smaller one is meant: an expression in a communication, the arrow beside it.
  const typed = analysis.names.typeAt(offset);
  if (
    typed &&
    offset < typed.origin.end &&
    (!outer || typed.origin.end - typed.origin.start < outer.range.end - outer.range.start)
  ) {
    const text = analysis.file.text.slice(typed.origin.start, typed.origin.end);
    return {
      range: typed.origin,
      markdown: fence(`${text.length > 60 ? `${text.slice(0, 60)}…` : text}: ${typed.type}`),
    };
  }
  return outer;
}

function projectedOf(
  analysis: FileAnalysis,
  choreography: Choreography,
): FileAnalysis['projections'][number] | undefined {
  return analysis.projections.find((p) => p.choreography.name.origin.start === choreography.name.origin.start);
}

/** A role's whole projection. */
function roleParts(analysis: FileAnalysis, choreography: Choreography, role: string): string[] {
  const projected = projectedOf(analysis, choreography);
  const view = projected && roleViews(projected).find((v) => v.role === role);
  return view ? [fence(view.text)] : [];
}

/** The number of roles and messages, and the verdict, of a choreography or network. */
function declaredParts(workspace: Workspace, symbol: ChorSymbol): string[] {
  const home = workspace.analyze(symbol.uri);
  const declaration = home?.file.declarations.find(
    (d) => d.name.text === symbol.name && (d.kind === 'choreography' || d.kind === 'network'),
  );
  if (!home || !declaration) return [];
  const parts: string[] = [];
  if (declaration.kind === 'choreography') {
    const roles = declaration.roles.map((r) => r.name.text);
    parts.push(
      `${counted(roles.length, 'role')} (${roles.join(', ')}), ${counted(messagesOf(declaration), 'message')}.`,
    );
  } else if (declaration.kind === 'network') {
    const names = declaration.processes.map((p) => p.name.text);
    const design = declaration.implements && home.scope.lookup(declaration.implements.text)?.declaration;
    const rest =
      design?.kind === 'choreography'
        ? design.roles.map((r) => r.name.text).filter((name) => !names.includes(name))
        : [];
    const others =
      design && rest.length > 0
        ? ` ${listed(rest)} ${rest.length > 1 ? 'are' : 'is'} taken from ${design.name.text}’s projection.`
        : '';
    parts.push(
      `${counted(names.length, 'process')} (${names.join(', ')}), ${counted(sendsOf(declaration), 'send')}.${others}`,
    );
  }
  const verdict = home.verdicts.find((v) => v.origin.start === declaration.name.origin.start);
  const errors = home.findings.filter(
    (f) => f.severity === 'error' && touches(declaration.origin, f.origin.start),
  ).length;
  const pending = home.pending.some((p) => p.origin.start === declaration.name.origin.start);
  if (verdict) parts.push(verdictSentence(verdict));
  else if (pending) parts.push(pendingSentence);
  else if (errors > 0) parts.push(`Nothing can be said of its runs while it has ${counted(errors, 'error')}.`);
  return parts;
}

/** What the choreography wants of a process. */
function designParts(workspace: Workspace, analysis: FileAnalysis, network: Network, process: string): string[] {
  const design = network.implements && analysis.scope.lookup(network.implements.text);
  const home = design && workspace.analyze(design.uri);
  const projected = home?.projections.find((p) => p.choreography.name.text === network.implements?.text);
  const view = projected && roleViews(projected).find((v) => v.role === process);
  return view && network.implements ? [`In ${network.implements.text}, ${process} does this:`, fence(view.text)] : [];
}

function choreographyHover(
  workspace: Workspace,
  analysis: FileAnalysis,
  choreography: Choreography,
  offset: number,
): HoverInfo | undefined {
  const statement = statementsAt(choreography, offset).at(-1);
  if (!statement) return undefined;
  switch (statement.kind) {
    case 'gather':
      return { range: statement.origin, markdown: gatherParts(analysis, statement).join('\n\n') };
    case 'communication':
      return { range: statement.origin, markdown: endsOf(analysis, choreography, statement).join('\n\n') };
    case 'decision':
    case 'while':
      return decisionHover(analysis, choreography, statement, offset);
    case 'call': {
      const callee = analysis.occurrences.find((o) => o.origin.start === statement.callee.origin.start);
      if (!callee || offset > callee.origin.end) return undefined;
      return {
        range: statement.origin,
        markdown: [fence(callee.symbol.detail), ...declaredParts(workspace, callee.symbol)].join('\n\n'),
      };
    }
    case 'assignment':
    case 'continue':
    case 'effect':
    case 'leave':
    case 'rec':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
      return undefined;
  }
}

/** The messages as each sender sees its own, and the receiver all. */
function gatherParts(analysis: FileAnalysis, gather: Gather): string[] {
  const { receiver, label, quorum } = gather;
  const named = label ? `: ${writeName(label.name.text)}` : '';
  const variable = variableOfTarget(receiver.into);
  const type = variable && typeOf(analysis, variable.origin);
  const bound = variable ? `${writeName(variable.text)}${type ? `: ${type}` : ''} ` : '';
  return [
    ...gather.senders.flatMap(({ role, value }) => [
      `${role.key} does`,
      fence(`send ${value ? `${printExpr(value)} ` : ''}to ${printRole(receiver.role)}${named}`),
    ]),
    `${receiver.role.key} does`,
    fence(
      `receive ${bound}from ${gather.senders.map(({ role }) => printRole(role)).join(', ')}${quorum ? ` ${printQuorum(quorum)}` : ''}${named}`,
    ),
    ...(quorum ? ['It goes on with the first that come; what the others send is dropped when it comes.'] : []),
  ];
}

function typeOf(analysis: FileAnalysis, at: TextRange): string | undefined {
  return analysis.occurrences.find((o) => o.origin.start === at.start && o.origin.end === at.end)?.symbol.type?.text;
}

/** The message as its sender and each receiver see it. */
function endsOf(analysis: FileAnalysis, choreography: Choreography, communication: Communication): string[] {
  const label = communication.label ? `: ${writeName(communication.label.name.text)}` : '';
  const types = communication.label?.types.map(printType) ?? [];
  const written = types.length > 0 ? `(${types.join(', ')})` : '';
  const lines = communication.receivers.map(({ role }) => {
    const value = communication.value ? `${printExpr(communication.value)} ` : '';
    return `send ${value}to ${printRole(role)}${label}${written}`;
  });
  const blocks = [`${communication.sender.key} does`, fence(lines.join('\n'))];
  for (const { role, into } of communication.receivers) {
    const type = into?.kind === 'variable' ? typeOf(analysis, into.name.origin) : undefined;
    const bound = into ? `${printTarget(into)}${type ? `: ${type}` : ''} ` : '';
    blocks.push(`${role.key} does`, fence(`receive ${bound}from ${printRole(communication.sender)}${label}${written}`));
  }
  const told = decisionToldBy(choreography, communication);
  if (told) blocks.push(told);
  return blocks;
}

/** Says which decision a message tells, when it is the first that its receiver gets in a branch. */
function decisionToldBy(choreography: Choreography, communication: Communication): string | undefined {
  let said: string | undefined;
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind !== 'decision') return;
    const first = s.branches.some((b) =>
      communication.receivers.some(({ role }) => {
        const involved = b.body.statements.find(
          (x) =>
            x.kind === 'communication' && (sameRole(x.sender, role) || x.receivers.some((r) => sameRole(r.role, role))),
        );
        return involved === communication;
      }),
    );
    if (first && communication.sender.key !== undefined) {
      said = `It is the first that ${listed(communication.receivers.map((r) => r.role.key))} ${communication.receivers.length > 1 ? 'get' : 'gets'} in this branch of ${s.decider.key}’s decision.`;
    }
  });
  return said;
}

function decisionHover(
  analysis: FileAnalysis,
  choreography: Choreography,
  statement: Extract<Statement, { kind: 'decision' | 'while' }>,
  offset: number,
): HoverInfo | undefined {
  // Below the head only what stands between the branches belongs to the decision: `else`, `or`, `case`.
  const bodies = statement.kind === 'decision' ? statement.branches.map((b) => b.body.origin) : [statement.body.origin];
  if (offset > statement.head.end && bodies.some((body) => touches(body, offset))) return undefined;
  const projected = projectedOf(analysis, choreography);
  if (!projected) return undefined;
  const learners = learnersOf(projected, statement);
  const title = statement.kind === 'while' ? 'Whether to go round again' : 'The choice';
  const lines = learners.map(({ role, words }) => `- **${role}** ${words}`);
  return { range: statement.head, markdown: `${title}, role by role:\n\n${lines.join('\n')}` };
}

function networkHover(
  workspace: Workspace,
  analysis: FileAnalysis,
  network: Network,
  offset: number,
): HoverInfo | undefined {
  const process = processAt(network, offset);
  const action = process && actionsAt(process, offset).at(-1);
  if (!process || !action) return undefined;
  const origin = action.origins[0];
  if (!origin) return undefined;
  if (action.kind === 'send') {
    return {
      range: origin,
      markdown: `${process.name.text} sends ${action.value ? `\`${printExpr(action.value)}\`` : 'a label alone'} to ${action.receiver.key}${action.label ? `, labelled \`${action.label.name.text}\`` : ''}.`,
    };
  }
  if (action.kind === 'receive' && offset <= origin.start + 'receive'.length) {
    const labels = action.branches.map((b) => (b.label ? `\`${b.label.text}\`` : 'a message without a label'));
    return {
      range: { start: origin.start, end: origin.start + 'receive'.length },
      markdown: `${process.name.text} waits for ${
        action.from
          ? `${action.from.key}: ${listed(labels, 'or')}`
          : listed(
              action.branches.map(({ sender }, i) => `${labels[i]} from ${sender.key}`),
              'or',
            )
      }.`,
    };
  }
  if (action.kind === 'call') {
    const callee = analysis.occurrences.find((o) => o.origin.start === action.callee.origin.start);
    return callee && offset <= action.callee.origin.end
      ? {
          range: origin,
          markdown: [fence(callee.symbol.detail), ...declaredParts(workspace, callee.symbol)].join('\n\n'),
        }
      : undefined;
  }
  return undefined;
}

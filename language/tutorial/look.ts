// What stands in a learner's text, as expectations ask for it: declarations, the processes of roles, what these send,
// receive and use.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';
import { walkExpr } from '../ir/expression.js';
import type { Expr, TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, LocalBlock, Network, Process } from '../ir/process.js';
import type { FileAnalysis } from '../workspace.js';

/** A choreography or network of a name; undefined where there is none, or it can't be read. */
export function declared({ file }: FileAnalysis, name: string): Choreography | Network | undefined {
  const found = file.declarations.find((d) => d.name.text === name);
  return (found?.kind === 'choreography' || found?.kind === 'network') && !found.broken ? found : undefined;
}

/** The choreographies that can be read. */
export function choreographies({ file }: FileAnalysis): readonly Choreography[] {
  return file.declarations.flatMap((d) => (d.kind === 'choreography' && !d.broken ? [d] : []));
}

/** The processes of a declaration: those of a network, or the projections of a choreography. */
export function processesOf({ projections }: FileAnalysis, declaration: Choreography | Network): readonly Process[] {
  return declaration.kind === 'network'
    ? declaration.processes
    : (projections.find(({ choreography }) => choreography === declaration)?.network.processes ?? []);
}

/** All actions of a block and below, outer ones first. */
function actionsIn({ actions }: LocalBlock): readonly Action[] {
  const all: Action[] = [];
  walkActions(actions, (action) => void all.push(action));
  return all;
}

/** One end of a message. */
export interface End {
  readonly peer: string;
  /** Empty where there is none. */
  readonly label: string;
  readonly at: TextRange | undefined;
}

/** What a process sends, as its text has it. */
export function sendsOf({ body }: Process): readonly End[] {
  return actionsIn(body).flatMap((action) =>
    action.kind === 'send'
      ? [{ peer: action.receiver.name.text, label: action.label?.name.text ?? '', at: action.origins[0] }]
      : [],
  );
}

/** What a process receives, as its text has it; with several labels in one place, each. */
export function receivesOf({ body }: Process): readonly End[] {
  return actionsIn(body).flatMap((action) =>
    action.kind === 'receive'
      ? action.branches.map((branch) => ({
          peer: branch.sender.name.text,
          label: branch.label?.text ?? '',
          at: branch.origins[0] ?? action.origins[0],
        }))
      : [],
  );
}

/** Whether a process sends or receives something again and again. */
export function repeatsIn({ body }: Process): boolean {
  return actionsIn(body).some(
    (action) =>
      (action.kind === 'rec' || action.kind === 'while') &&
      actionsIn(action.body).some(({ kind }) => kind === 'send' || kind === 'receive' || kind === 'call'),
  );
}

/** How often a process asks a function, or calls a choreography or network. */
export function usesIn({ body, returns }: Process, name: string): number {
  let count = 0;
  const look = (expr: Expr | undefined): void => {
    if (expr)
      walkExpr(expr, (each) => {
        if (each.kind === 'call' && each.callee.text === name) count++;
      });
  };
  for (const action of actionsIn(body)) {
    for (const expr of expressionsOf(action)) look(expr);
    if (action.kind === 'call' && action.callee.text === name) count++;
  }
  look(returns);
  return count;
}

function expressionsOf(action: Action): readonly (Expr | undefined)[] {
  switch (action.kind) {
    case 'send':
    case 'assignment':
    case 'effect':
    case 'match':
    case 'pick':
      return [action.value];
    case 'if':
    case 'while':
      return [action.condition];
    case 'call':
      return action.args.flatMap(({ inputs }) => inputs);
    case 'receive':
    case 'gather':
    case 'choice':
    case 'rec':
    case 'continue':
    case 'leave':
    case 'for':
    case 'par':
    case 'at':
    case 'when':
    case 'hole':
      return [];
  }
}

/** The messages to a role that carry neither a value nor types: they are sent for their labels alone. */
export function selectionsTo(
  { body }: Choreography,
  role: string,
): readonly { readonly label: string; readonly at: TextRange }[] {
  const found: { readonly label: string; readonly at: TextRange }[] = [];
  walkBlock(body.statements, (statement) => {
    if (statement.kind !== 'communication' || statement.value || (statement.label?.types.length ?? 0) > 0) return;
    for (const receiver of statement.receivers)
      if (receiver.role.name.text === role)
        found.push({ label: statement.label?.name.text ?? '', at: statement.origin });
  });
  return found;
}

/**
 * Whether somebody decides in a choreography, and a role that does not decide there gets or sends something in one of
 * the branches.
 */
export function decidesForOthers({ body }: Choreography): boolean {
  let found = false;
  walkBlock(body.statements, (statement) => {
    if (statement.kind !== 'decision' && statement.kind !== 'while') return;
    const blocks =
      statement.kind === 'decision'
        ? statement.branches.map((branch) => branch.body.statements)
        : [statement.body.statements];
    for (const block of blocks)
      walkBlock(block, ({ kind }) => {
        found ||= kind === 'communication' || kind === 'gather' || kind === 'call';
      });
  });
  return found;
}

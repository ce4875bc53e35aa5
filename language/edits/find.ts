// The declarations, statements and actions that findings tell of, by their places.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Decision, While } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import type { RoleRef } from '../ir/role.js';
import type { End } from '../findings/network.js';
import type { FixContext } from './fix.js';

function holds(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The choreography around a place of the file. */
export function choreographyAt({ workspace, uri }: FixContext, place: TextRange): Choreography | undefined {
  const found = workspace.file(uri)?.declarations.find(({ origin }) => holds(origin, place));
  return found?.kind === 'choreography' ? found : undefined;
}

/** The network around a place of the file. */
export function networkAt({ workspace, uri }: FixContext, place: TextRange): Network | undefined {
  const found = workspace.file(uri)?.declarations.find(({ origin }) => holds(origin, place));
  return found?.kind === 'network' ? found : undefined;
}

/** The decision or loop of a choreography that stands at a place. Cost: linear in the choreography */
export function decisionAt(choreography: Choreography, place: TextRange): Decision | While | undefined {
  let found: Decision | While | undefined;
  walkBlock(choreography.body.statements, (statement) => {
    if (
      (statement.kind === 'decision' || statement.kind === 'while') &&
      statement.origin.start === place.start &&
      statement.origin.end === place.end
    )
      found ??= statement;
  });
  return found;
}

/**
 * The process in which an end of a finding stands, where it is written in the network around a place: for a member of a
 * family, that which stands for it.
 */
export function processOf(
  context: FixContext,
  place: TextRange,
  { written, uri, origin }: Pick<End, 'written' | 'uri' | 'origin'>,
): Process | undefined {
  return written && uri === context.uri
    ? networkAt(context, place)?.processes.find((process) => holds(process.origin, origin))
    : undefined;
}

/** Whether a role that an action names may be one that a finding tells of: itself, or a member of its family. */
export function mayBe(role: RoleRef | undefined, told: string): boolean {
  return role !== undefined && (role.key === told || told.startsWith(`${role.name.text}[`));
}

/** The action of a process that stands at a place. Cost: linear in the process */
export function actionAt(process: Process, place: TextRange): Action | undefined {
  let found: Action | undefined;
  walkActions(process.body.actions, (action) => {
    const [origin] = action.origins;
    if (origin?.start === place.start && origin.end === place.end) found ??= action;
  });
  return found;
}

/** The processes that a network is designed to have: the projections of the choreography that it implements. */
export function designedProcesses({ workspace, uri }: FixContext, network: Network): readonly Process[] {
  const design = network.implements && workspace.analyze(uri)?.scope.lookup(network.implements.text);
  return (
    (design &&
      workspace.analyze(design.uri)?.projections.find((p) => p.choreography === design.declaration)?.network
        .processes) ??
    []
  );
}

// The declarations, statements and actions that findings tell of, by their places.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Decision, While } from '../ir/choreography.js';
import type { TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
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
    if ((statement.kind === 'decision' || statement.kind === 'while') && statement.origin.start === place.start && statement.origin.end === place.end) found ??= statement;
  });
  return found;
}

/** The process of a role in the network around a place, where it is written there. */
export function processAt(context: FixContext, place: TextRange, role: string): Process | undefined {
  return networkAt(context, place)?.processes.find((process) => process.name.text === role);
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
  return (design && workspace.analyze(design.uri)?.projections.find((p) => p.choreography === design.declaration)?.network.processes) ?? [];
}

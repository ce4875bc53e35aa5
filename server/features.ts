// All requests of the protocol, and our own.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { exploreAgain } from './capabilities.js';
import { registerChanging } from './changing.js';
import { positionOf, textOf } from './params.js';
import type { Projections } from './projections.js';
import { registerReading } from './reading.js';
import type { Runs } from './runs.js';
import { createRequests, refused } from './requests.js';
import type { Session } from './session.js';
import type { Trials } from './trials.js';
import { registerVirtualDocuments } from './virtual.js';
import type { VirtualDocuments } from './virtual.js';

export function registerFeatures(
  connection: Connection, session: Session, projections: Projections, runs: Runs, trials: Trials, client: () => ClientCapabilities,
): VirtualDocuments {
  const requests = createRequests(connection, session);
  registerReading(requests, session, client);
  registerChanging(requests, session, trials, client);
  requests.onDocument('chor/projections', ({ uri, params }) =>
    projections.answer(uri, params.position === undefined || params.position === null ? undefined : positionOf(params.position)));
  requests.onDocument('chor/runs', ({ uri }) => runs.answer(uri));
  requests.on('workspace/executeCommand', ({ command }) => {
    if (command !== exploreAgain) return refused(`There is no command ${textOf(command)}.`);
    trials.resume();
    session.exploreAgain();
    return null;
  });
  return registerVirtualDocuments(connection, requests, session, client);
}

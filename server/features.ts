// All requests of the protocol, and our own.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { diagram as diagramRequest } from '../protocol/diagrams.js';
import { exploreAgainCommand, fixWorkspaceCommand } from '../protocol/exploring.js';
import { projections as projectionsRequest } from '../protocol/projections.js';
import { runs as runsRequest } from '../protocol/runs.js';
import { checkAnswer as checkAnswerRequest } from '../protocol/tutorial.js';
import { checkAnswer } from '../language/tutorial/check.js';
import { readExpectations } from '../language/tutorial/expectation.js';
import type { Expectation } from '../language/tutorial/expectation.js';
import { registerChanging } from './edit-requests.js';
import { fixWorkspace } from './fix-workspace.js';
import { textOf } from './params.js';
import type { ProjectionsTeller } from './projections.js';
import { registerReading } from './query-requests.js';
import type { RunsTeller } from './runs.js';
import { refused } from './requests.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import type { Trials } from './fix-trials.js';
import { registerVirtualDocuments } from './virtual.js';
import type { VirtualDocuments } from './virtual.js';

export function registerFeatures(
  connection: Connection,
  requests: Requests,
  session: Session,
  projections: ProjectionsTeller,
  runs: RunsTeller,
  trials: Trials,
  client: () => ClientCapabilities,
  isOfWorkspace: (uri: string) => boolean,
): VirtualDocuments {
  registerReading(requests, session, client);
  registerChanging(requests, session, trials, client);
  requests.onOwn(diagramRequest, ({ uri }, { name, kind, sizes }) =>
    projections.diagram(uri, name, kind, sizes ?? undefined),
  );
  requests.onOwn(projectionsRequest, ({ uri }, { position, sizes }) =>
    projections.answer(uri, position ?? undefined, sizes ?? undefined),
  );
  requests.onOwn(runsRequest, ({ uri }) => runs.answer(uri));
  requests.onOwn(checkAnswerRequest, ({ document }, { check, solution }) =>
    checkAnswer(document.getText(), { expectations: expectationsOf(check), solution }),
  );
  requests.on('workspace/executeCommand', ({ command }, _cancelled, token) => {
    if (command === fixWorkspaceCommand) return fixWorkspace(connection, session, client(), isOfWorkspace, token);
    if (command !== exploreAgainCommand) return refused(`There is no command ${textOf(command)}.`);
    trials.resume();
    session.exploreAgain();
    return null;
  });
  return registerVirtualDocuments(connection, requests, session, client);
}

/** @throws ResponseError where the client sent no expectations */
function expectationsOf(check: string): readonly Expectation[] {
  try {
    return readExpectations(check);
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

// The newest projections, and the newest runs, of each file that is looked at.
import type * as vscode from 'vscode';
import { createAnswers } from './answers.js';
import type { Answers } from './answers.js';
import { projectionsChanged, projectionsRequest, runsChanged, runsRequest } from './protocol.js';
import type { Projections, Runs } from './protocol.js';
import type { Server } from './server.js';

export type ProjectionSource = Answers<Projections>;
export type RunSource = Answers<Runs>;

/** The projections as seen from here. */
export function createProjections(server: Server, log: vscode.LogOutputChannel): ProjectionSource {
  return createAnswers<Projections>(server, log, {
    request: projectionsRequest, changed: projectionsChanged, what: 'projections',
    outdated: (answer, reason) => (answer.stale ? undefined : { ...answer, stale: true, reason }),
  });
}

/** The runs as seen from here. */
export function createRuns(server: Server, log: vscode.LogOutputChannel): RunSource {
  return createAnswers<Runs>(server, log, {
    request: runsRequest, changed: runsChanged, what: 'runs',
    outdated: (answer, reason) => (answer.outdated === reason ? undefined : { ...answer, outdated: reason }),
  });
}

// The newest projections, and the newest runs, of each file that is looked at.
import type * as vscode from 'vscode';
import { createAnswers } from './answers.js';
import type { Answers } from './answers.js';
import { projectionsChanged, projections as projectionsRequest } from '../protocol/projections.js';
import { runsChanged, runs as runsRequest } from '../protocol/runs.js';
import type { Projections } from '../protocol/projections.js';
import type { Runs } from '../protocol/runs.js';
import { outdated } from './outdated.js';
import type { KnownRuns } from './run-shown.js';
import type { Server } from './server.js';

export type ProjectionSource = Answers<Projections>;
export type RunSource = Answers<KnownRuns>;

/** The projections as seen from here. */
export function createProjections(server: Server, log: vscode.LogOutputChannel): ProjectionSource {
  return createAnswers<Projections>(server, log, {
    request: projectionsRequest, changed: projectionsChanged, what: 'projections', outdated,
  });
}

/** The runs as seen from here. */
export function createRuns(server: Server, log: vscode.LogOutputChannel): RunSource {
  return createAnswers<KnownRuns, Runs>(server, log, {
    request: runsRequest, changed: runsChanged, what: 'runs',
    outdated: (answer, reason) => (answer.outdated === reason ? undefined : { ...answer, outdated: reason }),
  });
}

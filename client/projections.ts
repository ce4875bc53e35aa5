// The newest projections, diagrams and runs of what is looked at.
import type * as vscode from 'vscode';
import { createAnswers } from './answers.js';
import type { Answers } from './answers.js';
import { diagram as diagramRequest } from '../protocol/diagrams.js';
import type { Diagram, DiagramParams } from '../protocol/diagrams.js';
import { projections as projectionsRequest } from '../protocol/projections.js';
import { runs as runsRequest } from '../protocol/runs.js';
import type { Projections, ProjectionsParams } from '../protocol/projections.js';
import type { SizesShown } from './messages.js';
import type { Runs } from '../protocol/runs.js';
import { outdated } from './outdated.js';
import type { KnownRuns } from './run-shown.js';
import type { Server } from './server.js';

export type ProjectionSource = Answers<Projections>;
export type DiagramSource = Answers<Diagram>;
export type RunSource = Answers<KnownRuns>;

const file = (uri: string): { textDocument: { uri: string } } => ({ textDocument: { uri } });

/** The sizes at which what a file declares is shown, by its address. */
export type SizesByFile = ReadonlyMap<string, SizesShown>;

/** Names the diagram of a choreography or network, as what is asked for. */
export function diagramKey(uri: string, name: string, kind: DiagramParams['kind']): string {
  return `${kind} ${name} ${uri}`;
}

/** The diagrams as seen from here. */
export function createDiagrams(
  server: Server,
  log: vscode.LogOutputChannel,
  changed: vscode.Event<string>,
  sizes: SizesByFile,
): DiagramSource {
  return createAnswers<Diagram, Diagram, DiagramParams>(server, log, {
    request: diagramRequest,
    changed,
    what: 'diagram',
    outdated: (answer, reason) => (answer.stale ? undefined : { ...answer, stale: true, reason }),
    asks(key) {
      const [kind, name = '', uri = ''] = key.split(' ');
      return { ...file(uri), name, kind: kind === 'states' ? 'states' : 'sequence', sizes: sizes.get(uri)?.[name] };
    },
  });
}

/** The projections as seen from here. */
export function createProjections(
  server: Server,
  log: vscode.LogOutputChannel,
  changed: vscode.Event<string>,
  sizes: SizesByFile,
): ProjectionSource {
  return createAnswers<Projections, Projections, ProjectionsParams>(server, log, {
    request: projectionsRequest,
    asks: (uri) => ({ ...file(uri), sizes: sizes.get(uri) }),
    changed,
    what: 'projections',
    outdated,
  });
}

/** The runs as seen from here. */
export function createRuns(server: Server, log: vscode.LogOutputChannel, changed: vscode.Event<string>): RunSource {
  return createAnswers<KnownRuns, Runs>(server, log, {
    request: runsRequest,
    asks: file,
    changed,
    what: 'runs',
    outdated: (answer, reason) => (answer.outdated === reason ? undefined : { ...answer, outdated: reason }),
  });
}

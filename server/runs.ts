// Runs for any client: the request `chor/runs`, the notification `chor/runsChanged`, and the code action that opens
// one.
import { CodeActionKind } from 'vscode-languageserver';
import type { ClientCapabilities, CodeAction, Connection, Location, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { roleNumbers } from '../language/features/colours.js';
import { endText, runsOf, uncheckedIn } from '../language/features/run.js';
import type { FoundRun } from '../language/features/run.js';
import { diagramOf } from '../language/features/run-diagram.js';
import { mermaidOf } from '../language/features/run-mermaid.js';
import { runLines } from '../language/features/run-text.js';
import type { TextRange } from '../language/ir/expression.js';
import type { FileAnalysis } from '../language/workspace.js';
import { runsChanged, showRunCommand as openRun } from '../protocol/runs.js';
import type { Run, Runs } from '../protocol/runs.js';
import { toDiagnostic, toLocation, toRange } from './convert.js';
import { objectOf } from './params.js';
import type { Session } from './session.js';
import { messageOf, linesIn, render } from '../language/rules/render.js';

export interface RunsTeller {
  /** Tells the client that a file has been checked anew, if it ever asked for its runs. */
  update(uri: string): void;
  answer(uri: string): Runs | null;
}

export function createRuns(connection: Connection, session: Session): RunsTeller {
  const asked = new Set<string>();
  session.onClosed((uri) => asked.delete(uri));
  return {
    update(uri) {
      if (asked.has(uri))
        void connection.sendNotification(runsChanged.method, {
          uri: session.toClient(uri),
          version: session.version(uri) ?? 0,
        });
    },
    answer(uri) {
      const analysis = session.analyze(uri);
      const document = session.document(uri);
      if (!analysis || !document) return null;
      asked.add(uri);
      const runs = runsOf(analysis).flatMap((found) => resultOf(session, analysis, document, found) ?? []);
      return { version: session.version(uri) ?? 0, runs, unchecked: uncheckedIn(session.workspace(), analysis) };
    },
  };
}

/** Undefined where the user turned the finding's code off. */
function resultOf(
  session: Session,
  analysis: FileAnalysis,
  document: TextDocument,
  { network, range: declared, finding, run }: FoundRun,
): Run | undefined {
  const severity = session.settings().severity[finding.code] ?? finding.severity;
  if (severity === 'off') return undefined;
  const numbers = roleNumbers(analysis);
  const at = (uri: string, origin: TextRange): { location?: Location } => {
    const location = toLocation(session, uri, origin);
    return location ? { location } : {};
  };
  return {
    network,
    declaration: toRange(document, declared),
    code: finding.code,
    severity,
    message: messageOf(finding, linesIn(session.workspace())),
    range: toRange(document, finding.origin),
    roles: run.roles,
    steps: run.steps.map(({ uri, origin, ...step }) => ({ ...step, ...at(uri, origin) })),
    ends: run.ends.map((end) => {
      const { uri, origin, ...rest } = end;
      return { ...rest, ...at(uri, origin), sentence: endText(end) };
    }),
    queues: run.queues,
    cycle: run.cycle,
    diagram: diagramOf(
      run,
      new Map(
        run.roles.flatMap((role) => {
          const number = numbers.get(`${network}/${role}`);
          return number === undefined ? [] : [[role, number]];
        }),
      ),
    ),
    mermaid: mermaidOf(run, `${network}: ${finding.code}`),
    text: `${runLines(run)
      .map((line) => line.text)
      .join('\n')}\n`,
  };
}

/** Whether a client can show a run: it lists the command among those that a server may let it run. */
export function canShowRuns(client: ClientCapabilities): boolean {
  const { commands } = objectOf(objectOf(client.experimental).commands);
  return Array.isArray(commands) && commands.includes(openRun);
}

/** The command that opens a run; without a finding, the first of a network. */
export function showRunCommand(
  session: Session,
  uri: string,
  network: string,
  title: string,
  finding?: { readonly code: string; readonly message: string; readonly range: Range },
): { title: string; command: string; arguments: unknown[] } {
  return {
    title,
    command: openRun,
    arguments: [
      session.toClient(uri),
      { network, ...(finding ? { code: finding.code, message: finding.message, range: finding.range } : {}) },
    ],
  };
}

/**
 * The code actions that open the runs of the findings that touch a range.
 * @param sent the diagnostics that the client asks about
 */
export function runActions(session: Session, uri: string, range: TextRange, sent: readonly unknown[]): CodeAction[] {
  const analysis = session.analyze(uri);
  const touching = (analysis ? runsOf(analysis) : []).filter(
    ({ finding: { origin } }) => origin.start <= range.end && range.start <= origin.end,
  );
  return touching.flatMap(({ network, finding }): CodeAction[] => {
    const rendered = render(finding, linesIn(session.workspace()));
    const diagnostic = toDiagnostic(session, rendered);
    if (!diagnostic) return [];
    const own = sent.filter(
      (d) =>
        objectOf(d).code === finding.code && JSON.stringify(objectOf(d).range) === JSON.stringify(diagnostic.range),
    );
    const title = `Show the run that leads here${touching.length > 1 ? ` (\`${finding.code}\`)` : ''}`;
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: own.length > 0 ? (own as (typeof diagnostic)[]) : [diagnostic],
        command: showRunCommand(session, uri, network, title, {
          code: finding.code,
          message: rendered.message,
          range: diagnostic.range,
        }),
      },
    ];
  });
}

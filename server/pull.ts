// Diagnostics for clients that fetch them: of one document, with those of the files that import it, and of the whole
// workspace, as a stream. What a client has already is named by its id instead.
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type {
  ClientCapabilities,
  Connection,
  DiagnosticOptions,
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  UnchangedDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { arrayOf, objectOf, textOf, uriOf } from './params.js';
import type { Report, Reports } from './reports.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import type { WorkspaceReports } from './workspace-reports.js';

/** How long files that import a document are looked at to answer what is said of it, in milliseconds. */
const relatedTimeout = 50;
/** How long files that are on their way are waited for before it is looked for them again, in milliseconds. */
const arrival = 20;
/**
 * How long a client that asks again and again waits at the least, and at the most, for the answer that nothing is new,
 * in milliseconds.
 */
const [shortestHold, longestHold] = [1000, 600_000];

/**
 * Whether a client fetches diagnostics. One that can't be told to do so again would miss what comes of explorations and
 * other files.
 */
export function fetchesDiagnostics(client: ClientCapabilities): boolean {
  return client.textDocument?.diagnostic !== undefined && client.workspace?.diagnostics?.refreshSupport === true;
}

/** What can be fetched, as a client is told. */
export function pullOptions(workspaceDiagnostics: boolean): DiagnosticOptions {
  return { identifier: 'chor', interFileDependencies: true, workspaceDiagnostics };
}

type ItemOf = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/** A report for a client that has the one with the id `has`. */
function itemOf(report: Report | undefined, has: string | undefined): ItemOf {
  if (!report) return { kind: 'full', items: [] };
  return report.id === has
    ? { kind: 'unchanged', resultId: report.id }
    : { kind: 'full', resultId: report.id, items: [...report.diagnostics] };
}

export interface PullOptions {
  readonly client: () => ClientCapabilities;
  readonly isWaiting: () => boolean;
}

/** Answers `textDocument/diagnostic` and `workspace/diagnostic`. */
export function registerPull(
  connection: Connection,
  { on }: Requests,
  session: Session,
  reports: Reports,
  workspace: WorkspaceReports,
  { client, isWaiting }: PullOptions,
): void {
  /** What the client has of each file. */
  const told = new Map<string, string>();
  session.onClosed((uri) => told.delete(uri));
  const isOpen = (uri: string): boolean => session.version(uri) !== undefined;
  const reportOf = (uri: string): Report | undefined =>
    isOpen(uri) || workspace.covers(uri) ? reports.of(uri) : undefined;

  /** Of the files that import one, open ones first, what the client does not have yet. */
  const related = (uri: string): Record<string, ItemOf> => {
    const found: Record<string, ItemOf> = {};
    const end = Date.now() + relatedTimeout;
    const others = [...session.workspace().dependents(uri)].filter(
      (other) => other !== uri && (isOpen(other) || workspace.covers(other)),
    );
    for (const other of others.sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)))) {
      const report = reports.of(other);
      if (report && report.id !== told.get(other)) {
        told.set(other, report.id);
        found[session.toClient(other)] = itemOf(report, undefined);
      }
      if (Date.now() >= end) break;
    }
    return found;
  };

  on('textDocument/diagnostic', async (params, cancelled): Promise<DocumentDiagnosticReport | ResponseError> => {
    const uri = session.inside(uriOf(params));
    const has = typeof params.previousResultId === 'string' ? params.previousResultId : undefined;
    let report = reportOf(uri);
    while (isWaiting() && !cancelled()) {
      await new Promise((resolve) => setTimeout(resolve, arrival));
      report = reportOf(uri);
    }
    if (cancelled()) return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was taken back.');
    if (report) told.set(uri, report.id);
    const relatedDocuments = client().textDocument?.diagnostic?.relatedDocumentSupport === true ? related(uri) : {};
    return { ...itemOf(report, has), ...(Object.keys(relatedDocuments).length > 0 ? { relatedDocuments } : {}) };
  });

  /** How often in a row there was nothing new for a client that asks again and again. */
  let idle = 0;
  on('workspace/diagnostic', async (params, cancelled, token): Promise<WorkspaceDiagnosticReport | ResponseError> => {
    const has = new Map(
      (params.previousResultIds === undefined ? [] : arrayOf(params.previousResultIds)).map((each) => {
        const { uri, value } = objectOf(each);
        return [session.inside(textOf(uri)), textOf(value)];
      }),
    );
    const stream =
      typeof params.partialResultToken === 'string' || typeof params.partialResultToken === 'number'
        ? params.partialResultToken
        : undefined;
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    /** What this answer says of each file so far. */
    const said = new Map<string, string | undefined>();
    let isNew = false;
    const say = (uri: string, report: Report | undefined): void => {
      if (said.has(uri) && said.get(uri) === report?.id) return;
      const item = itemOf(report, said.get(uri) ?? has.get(uri));
      said.set(uri, report?.id);
      if (report) told.set(uri, report.id);
      isNew ||= item.kind === 'full';
      items.push({ ...item, uri: session.toClient(uri), version: session.version(uri) ?? null });
    };
    const gather = (): void => {
      for (const uri of session.openUris()) if (workspace.covers(uri)) say(uri, reports.of(uri));
      for (const [uri, report] of workspace.known()) if (!isOpen(uri)) say(uri, report);
      // Of what is gone, nothing is said any more.
      if (workspace.isDone())
        for (const uri of new Set([...has.keys(), ...said.keys()]))
          if (isOpen(uri) ? !workspace.covers(uri) : !workspace.known().has(uri)) say(uri, undefined);
      if (stream === undefined || items.length === 0) return;
      void connection.sendNotification('$/progress', { token: stream, value: { items: items.splice(0) } });
    };
    const until = (isDone: () => boolean, milliseconds?: number): Promise<void> =>
      isDone()
        ? Promise.resolve()
        : new Promise((resolve) => {
            const end = (): void => {
              stop();
              taken.dispose();
              clearTimeout(timer);
              resolve();
            };
            const look = (): void => {
              if (stream !== undefined) gather();
              if (isDone()) end();
            };
            const stop = workspace.onNews(look);
            const taken = token.onCancellationRequested(end);
            const timer = milliseconds === undefined ? undefined : setTimeout(end, milliseconds);
          });

    const all = (): Promise<void> => until(workspace.isDone);
    await all();
    gather();
    // Who asks again as soon as it is answered is answered when there is something new; not for long at first, as
    // others ask only now and then.
    if (stream !== undefined && !isNew) {
      if (idle > 0) await until(() => isNew || cancelled(), Math.min(shortestHold * 2 ** (idle - 1), longestHold));
      await all();
      gather();
    }
    idle = isNew ? 0 : idle + 1;
    return cancelled() ? new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was taken back.') : { items };
  });
}

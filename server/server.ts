// The language server: wires the features of language/ to the protocol. Everything a client can send is answered; what
// is wrong with it is said in one sentence, and never ends the server.
import { FileChangeType, TextDocumentSyncKind, WatchKind } from 'vscode-languageserver';
import type {
  ClientCapabilities,
  Connection,
  InitializeParams,
  InitializeResult,
  ServerCapabilities,
} from 'vscode-languageserver';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { stopExploration } from '../protocol/exploring.js';
import { withClientFiles } from './client-files.js';
import { createDiagnostics } from './diagnostics.js';
import { registerFeatures } from './features.js';
import { featureCapabilities } from './capabilities.js';
import { createFolders, folderUris, isWithin } from './folders.js';
import { arrayOf, numberOf, objectOf, textOf } from './params.js';
import { createQueue } from './exploration/queue.js';
import type { Queue } from './exploration/queue.js';
import { createProjections } from './projections.js';
import { fetchesDiagnostics, pullOptions, registerPull } from './pull.js';
import { createReports } from './reports.js';
import { createRequests } from './requests.js';
import { createRuns } from './runs.js';
import { createSession } from './session.js';
import type { Host } from './session.js';
import { readSettings } from './settings.js';
import { createStatus } from './status.js';
import { createTrials } from './fix-trials.js';
import { canonical } from './uris.js';
import { createWorkspaceReports } from './workspace-reports.js';
import { crashText } from './crash.js';

/** Choreographies, and the coming and going of folders, which stands for that of all files in them. */
const watchers = [{ globPattern: '**/*.chor' }, { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete }];

/** How long a client has to say what is left out before its files are looked at, in milliseconds. */
const settingsTimeout = 1000;

/**
 * Serves one client.
 * @param connection the connection, not yet listening
 * @param host where files are read from
 */
export function serve(connection: Connection, host: Host): void {
  let client: ClientCapabilities = {};
  const folders = createFolders();

  const files = withClientFiles(
    connection,
    host,
    () => objectOf(client.experimental).chorFiles === true,
    (uris) => session.changedOnDisk(uris),
  );
  const session = createSession(
    files,
    () => {
      // What is said of a file waits for those that it imports, for a moment.
      for (const uri of session.openUris()) session.analyze(uri);
      if (files.isWaiting()) return;
      const { changed, others } = diagnostics.publish();
      for (const uri of changed) {
        projections.update(uri);
        runs.update(uri);
      }
      if (others) refreshViews();
      virtual.refresh();
      workspaceReports.update();
      want();
      explorations?.resume();
      status.changed();
    },
    failed,
  );
  const isOfWorkspace = (uri: string): boolean => folders.holds(canonical(session.toClient(uri)));
  const reports = createReports(session);
  const diagnostics = createDiagnostics(
    connection,
    session,
    reports,
    () => fetchesDiagnostics(client),
    (uri) => workspaceReports.covers(uri),
  );
  const workspaceReports = createWorkspaceReports(session, reports, {
    reported: () => session.settings().reported === 'all',
    holds: isOfWorkspace,
    isWaiting: () => files.isWaiting(),
    tell: diagnostics.show,
    crashed: failed,
  });
  const projections = createProjections(connection, session);
  const runs = createRuns(connection, session);
  const trials = createTrials(
    session,
    () => want(),
    (uri) => diagnostics.repeat(uri),
  );
  const requests = createRequests(connection, session);
  const virtual = registerFeatures(
    connection,
    requests,
    session,
    projections,
    runs,
    trials,
    () => client,
    isOfWorkspace,
  );
  registerPull(connection, requests, session, reports, workspaceReports, {
    client: () => client,
    isWaiting: () => files.isWaiting(),
  });

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    client = objectOf(params.capabilities) as ClientCapabilities;
    const workspaceFolders = Array.isArray(params.workspaceFolders) ? folderUris(params.workspaceFolders) : [];
    folders.add(
      workspaceFolders.length > 0 ? workspaceFolders : typeof params.rootUri === 'string' ? [params.rootUri] : [],
    );
    if (params.initializationOptions !== undefined) session.setSettings(readSettings(params.initializationOptions));
    const capabilities: ServerCapabilities = {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
      ...featureCapabilities(client),
      ...(fetchesDiagnostics(client) && !client.textDocument?.diagnostic?.dynamicRegistration
        ? { diagnosticProvider: pullOptions(true) }
        : {}),
    };
    return { capabilities, serverInfo: { name: 'chor' } };
  });

  connection.onInitialized(() => {
    const registrations = [
      ...(client.workspace?.didChangeConfiguration?.dynamicRegistration
        ? [
            {
              id: 'chor-settings',
              method: 'workspace/didChangeConfiguration',
              registerOptions: { section: ['chor', 'files.exclude'] },
            },
          ]
        : []),
      ...(client.workspace?.didChangeWatchedFiles?.dynamicRegistration
        ? [{ id: 'chor-files', method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers } }]
        : []),
    ];
    if (registrations.length > 0)
      void connection.sendRequest('client/registerCapability', { registrations }).catch(() => undefined);
    const configured = configure(undefined);
    void workspaceReports.find(
      Promise.race([configured, new Promise((resolve) => setTimeout(resolve, settingsTimeout))]).then(() =>
        files.scan(folders.all()),
      ),
    );
    void configured.then(offerPull);
  });

  /** What can be fetched was told with these options. */
  let offered: boolean | undefined;
  /**
   * Tells the client what can be fetched, where that can be told anew: who does not want to know of all files is not to
   * ask for them.
   */
  async function offerPull(): Promise<void> {
    const all = session.settings().reported === 'all';
    if (!fetchesDiagnostics(client) || !client.textDocument?.diagnostic?.dynamicRegistration || offered === all) return;
    const [id, method] = ['chor-diagnostics', 'textDocument/diagnostic'];
    const before = offered;
    offered = all;
    try {
      if (before !== undefined)
        await connection.sendRequest('client/unregisterCapability', { unregisterations: [{ id, method }] });
      await connection.sendRequest('client/registerCapability', {
        registrations: [{ id, method, registerOptions: { documentSelector: null, ...pullOptions(all) } }],
      });
    } catch {
      // A client that does not want to be told keeps what it has.
    }
  }

  /** Takes the settings from the client, which is asked where it can be, else from what it sent. */
  async function configure(sent: unknown): Promise<void> {
    try {
      const [value, left]: [unknown, unknown[]] = client.workspace?.configuration
        ? await Promise.all([connection.workspace.getConfiguration('chor'), leftOut()])
        : [objectOf(sent).chor, []];
      if (value !== undefined && value !== null) session.setSettings(readSettings(value));
      folders.all().forEach((folder, index) => {
        const patterns = Object.entries(objectOf(left[index])).flatMap(([pattern, on]) =>
          on === true ? [pattern] : [],
        );
        folders.exclude(folder, [...patterns, ...session.settings().unreported]);
      });
      workspaceReports.again();
      if (value === undefined || value === null) return;
      diagnostics.forget();
      refreshViews();
    } catch {
      // A client that can't say keeps the defaults.
    }
  }

  /** What the editor leaves out of each folder, as it has it in `files.exclude`. */
  async function leftOut(): Promise<unknown[]> {
    const items = folders.all().map((scopeUri) => ({ scopeUri, section: 'files.exclude' }));
    return items.length === 0 ? [] : connection.workspace.getConfiguration(items).catch(() => []);
  }

  /** Hints, lenses and colours are asked for again: a setting, or a file that others import, changed. */
  function refreshViews(): void {
    if (client.workspace?.inlayHint?.refreshSupport)
      void connection.sendRequest('workspace/inlayHint/refresh').catch(() => undefined);
    if (client.workspace?.semanticTokens?.refreshSupport)
      void connection.sendRequest('workspace/semanticTokens/refresh').catch(() => undefined);
    if (client.workspace?.codeLens?.refreshSupport)
      void connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
  }

  const explorations = host.threads && exploreWith(host.threads);
  const status = createStatus(
    connection,
    session,
    () => client,
    () => explorations?.state() ?? { exploring: [], waiting: 0 },
    () => stop(),
  );

  /** What is not known yet comes before what can be done about it. */
  function want(): void {
    // Files that nobody looks at come when nothing else is to be done; what is under way of them makes room.
    const open = [...session.pending(), ...trials.wanted()];
    explorations?.want(open.length > 0 ? open : session.pending(workspaceReports.covers));
  }
  function stop(): void {
    trials.stop();
    explorations?.stop();
  }

  function exploreWith({ start, count }: NonNullable<Host['threads']>): Queue {
    return createQueue({
      start,
      threads: count,
      timeout: () => session.settings().exploration.seconds * 1000,
      done: session.learn,
      tried: trials.learn,
      changed: () => status.changed(),
      gaveUp(key, reason, states) {
        trials.giveUp(key);
        session.giveUp(key, reason, states);
      },
      unavailable() {
        connection.console.warn(
          'Networks can’t be explored in a thread of their own here, so the server explores them itself, and not for long.',
        );
        session.exploreHere();
      },
      log: (message) => connection.console.warn(message),
    });
  }

  function failed(error: unknown): void {
    connection.console.error(`A check failed: ${crashText(error)}`);
  }
  function guarded(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      connection.console.warn(`${what}: ${crashText(error)}`);
    }
  }

  connection.onDidOpenTextDocument((params) =>
    guarded('textDocument/didOpen', () => {
      const document = objectOf(objectOf(params).textDocument);
      session.open(textOf(document.uri), numberOf(document.version), textOf(document.text));
    }),
  );
  connection.onDidChangeTextDocument((params) =>
    guarded('textDocument/didChange', () => {
      const { textDocument, contentChanges } = objectOf(params);
      const document = objectOf(textDocument);
      explorations?.pause();
      trials.wait();
      workspaceReports.wait();
      session.change(textOf(document.uri), numberOf(document.version), arrayOf(contentChanges).map(contentChange));
    }),
  );
  connection.onDidCloseTextDocument((params) =>
    guarded('textDocument/didClose', () => {
      const uri = textOf(objectOf(objectOf(params).textDocument).uri);
      session.close(uri);
      files.refresh([canonical(uri)]);
    }),
  );
  connection.onDidChangeWatchedFiles((params) =>
    guarded('workspace/didChangeWatchedFiles', () => {
      const changes = arrayOf(objectOf(params).changes).map((change) => ({
        uri: canonical(textOf(objectOf(change).uri)),
        type: objectOf(change).type,
      }));
      const uris = changes.map(({ uri }) => uri);
      files.refresh(uris);
      session.changedOnDisk(uris);
      // A folder that came is told without what is in it.
      const came = changes.filter(
        ({ uri, type }) => type === FileChangeType.Created && !uri.endsWith('.chor') && folders.covers(uri),
      );
      if (came.length > 0) void workspaceReports.find(files.scan(came.map(({ uri }) => uri)));
    }),
  );
  connection.onNotification('workspace/didChangeWorkspaceFolders', (params: unknown) =>
    guarded('workspace/didChangeWorkspaceFolders', () => {
      const { added, removed } = objectOf(objectOf(params).event);
      const [came, went] = [folderUris(added ?? []), folderUris(removed ?? [])];
      folders.remove(went);
      folders.add(came);
      if (went.length > 0)
        session.forgetFolders(went, (uri) => folders.all().some((folder) => isWithin(uri, session.inside(folder))));
      void configure(undefined).then(() => workspaceReports.find(files.scan(came)));
    }),
  );
  connection.onDidChangeConfiguration((params) => void configure(objectOf(params).settings).then(offerPull));
  connection.onNotification(stopExploration.method, stop);
  connection.onShutdown(() => {
    explorations?.dispose();
    trials.dispose();
    workspaceReports.dispose();
    status.dispose();
    session.dispose();
    files.dispose();
  });
}

function contentChange(value: unknown): TextDocumentContentChangeEvent {
  const { range, text } = objectOf(value);
  if (range === undefined) return { text: textOf(text) };
  const { start, end } = objectOf(range);
  const position = (p: unknown): { line: number; character: number } => ({
    line: numberOf(objectOf(p).line),
    character: numberOf(objectOf(p).character),
  });
  return { range: { start: position(start), end: position(end) }, text: textOf(text) };
}

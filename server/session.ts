// What the server knows: open documents, files on disk, settings, and the workspace over them. Edits are analysed at
// once where the server is idle, gathered for a moment under load (pace.ts), and handed on at once to whoever asks for
// the newest text. Networks are explored elsewhere.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { Pending } from '../language/network/verdict/cache.js';
import type { NetworkResult } from '../language/network/verdict/verdict.js';
import type { FileAnalysis } from '../language/workspace.js';
import { Workspace } from '../language/workspace.js';
import type { Unread } from '../language/workspace.js';
import { largest, tooLarge } from '../system/limits.js';
import { isWithin } from './folders.js';
import type { StartThread } from './exploration/queue.js';
import { createPace } from './pace.js';
import { defaultSettings } from './settings.js';
import type { Settings } from './settings.js';
import { besideProjection, besideSource, canonical, forClients, projectionScheme } from './uris.js';

/**
 * How long one network may be explored while its author waits, where there are no threads to explore it, in
 * milliseconds.
 */
const timeout = 300;

/**
 * How long the networks of a file are explored at once, each and all together, in milliseconds: those that take longer
 * are put off.
 */
const inline = { each: 10, total: 30 };

/**
 * How long a network may be explored to try a fix, in milliseconds: there are several fixes, and all are waited for.
 */
const trialTimeout = 30;

/** How long results are gathered before they are told, in milliseconds. */
const gatherResults = 30;

/**
 * Where files come from: the disk in Node, nothing in a browser; and from the client what is elsewhere
 * (client-files.ts).
 */
export interface Host {
  /** Whether a file with this address would be read here. */
  reaches(uri: string): boolean;
  /** The text of a file; undefined where there is none, and the reason where it is not read. */
  read(uri: string): string | Unread | undefined;
  /** The one address of a file that has several, by links. */
  same?(uri: string): string;
  /** Follows links anew, to and from where something changed; whether any leads elsewhere now. */
  followLinks?(changed: (uri: string) => boolean): boolean;
  /** The `.chor` files of folders, a bounded number of them. */
  scan(folders: readonly string[]): Promise<readonly string[]>;
  /** Threads in which networks are explored; without them, that is done while the author waits. */
  readonly threads?: { readonly start: StartThread; readonly count: number };
}

interface Open {
  readonly clientUri: string;
  /** The newest text; the workspace may lag behind it by the time in which edits are gathered. */
  document: TextDocument;
  pending: boolean;
}

export interface Session {
  readonly workspace: () => Workspace;
  settings: () => Settings;
  setSettings(settings: Settings): void;
  open(clientUri: string, version: number, text: string): void;
  change(clientUri: string, version: number, changes: TextDocumentContentChangeEvent[]): void;
  close(clientUri: string): void;
  /** Files that came, went or changed on disk, or folders, with all that is in them. */
  changedOnDisk(clientUris: readonly string[]): void;
  /** Folders that are not the workspace's any more: what is in them is known no longer, unless it is needed or kept. */
  forgetFolders(clientUris: readonly string[], kept: (uri: string) => boolean): void;
  /**
   * Calls back when a document was closed, with its address and the client's form of it: what depends on it being open
   * is to be let go.
   */
  onClosed(listener: (uri: string, clientUri: string) => void): void;
  /** The address that is used inside, of one that the client writes. */
  inside(clientUri: string): string;
  /** An open document that is not checked, since it is too large. */
  isTooLarge(uri: string): boolean;
  /**
   * Makes files known, for searches over the workspace; `all` are those that were found together, where these are some
   * of them.
   */
  know(uris: readonly string[], all?: ReadonlySet<string>): void;
  /** Hands gathered edits to the workspace now. */
  flush(): void;
  /** The analysis of the newest text of a file, in its canonical address. */
  analyze(uri: string): FileAnalysis | undefined;
  /** The text of a file as the workspace has it, for conversion of positions. */
  document(uri: string): TextDocument | undefined;
  /** The version of an open document; undefined for a file that is not open. */
  version(uri: string): number | undefined;
  openUris(): string[];
  /** The files of which something else may be to be said since this was asked last, open or not, known or gone. */
  takeOutdated(): string[];
  /**
   * The networks that are to be explored, the most urgent first: those of the document that was edited last.
   * @param shown whether something is said of a file though it is not open
   */
  pending(shown?: (uri: string) => boolean): Pending[];
  /** Takes in the result of one of these. */
  learn(key: string, result: NetworkResult, milliseconds: number): void;
  /** Says that there will be none. */
  giveUp(key: string, reason: string, states: number): void;
  /** Has networks explored again that were stopped or given up. */
  exploreAgain(): void;
  /** There are no threads after all: from now on networks are explored while the author waits. */
  exploreHere(): void;
  toClient(uri: string): string;
  dispose(): void;
}

/**
 * Creates the state of one server.
 * @param host where files are read from
 * @param settled called after edits were handed to the workspace, at most once a turn of the event loop
 * @param crashed told of mistakes of ours, which leave a part of an answer out
 * @param now a clock, in milliseconds, that tells how long analyses take
 */
export function createSession(
  host: Host,
  settled: () => void,
  crashed: (error: unknown) => void,
  now = (): number => performance.now(),
): Session {
  const opened = new Map<string, Open>();
  const closed: ((uri: string, clientUri: string) => void)[] = [];
  /**
   * How the client writes addresses: of documents that it opened, and of files that are found in its folders by links.
   */
  const clientForms = new Map<string, string>();
  /** Documents that are open under another name of a file that is open already: the client has two texts. */
  const apart = new Set<string>();
  const same = (uri: string): string => (apart.has(uri) ? uri : (host.same?.(uri) ?? uri));
  const inside = (clientUri: string): string => same(canonical(clientUri));
  const snapshots = new Map<string, { text: string; version: number; document: TextDocument }>();
  let settings = defaultSettings;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let announced = false;

  const read = (uri: string): string | Unread | undefined => {
    // A projection imports its source from beside it: that is the file itself.
    if (uri.startsWith(`${projectionScheme}:`)) return workspace.text(besideSource(uri) ?? '');
    // An open document has its text, unless it is too large.
    return opened.has(uri) ? { unread: tooLarge } : host.read(uri);
  };
  let elsewhere = host.threads !== undefined;
  const create = (): Workspace =>
    new Workspace({
      read,
      same,
      limits: settings.exploration,
      crashed,
      ...(elsewhere ? { timeout: trialTimeout, background: { ...inline, deferred: () => announce() } } : { timeout }),
    });
  let workspace = create();
  /** What the workspace before this one had not told yet. */
  let left: string[] = [];
  /** Starts with what is known of the texts and nothing else. */
  const startAnew = (): void => {
    const old = workspace;
    workspace = create();
    left.push(...old.takeOutdated());
    for (const uri of old.uris()) {
      const text = old.text(uri);
      if (text !== undefined) workspace.set(uri, text);
    }
  };

  const pace = createPace(now);
  /** The workspace has edits that nobody has asked about yet. */
  let fresh = false;
  const tell = (): void => {
    announced = false;
    fresh = false;
    pace.during(settled);
  };
  const announce = (): void => {
    if (announced) return;
    announced = true;
    setTimeout(() => {
      if (announced) tell();
    }, 0);
  };
  let resultsTimer: ReturnType<typeof setTimeout> | undefined;
  const announceResults = (): void => {
    resultsTimer ??= setTimeout(() => {
      resultsTimer = undefined;
      announce();
    }, gatherResults);
  };

  /** Notes by which names the client sees files whose one address is another. */
  const noteForms = (uris: readonly string[], all: ReadonlySet<string> = new Set(uris)): void => {
    for (const uri of uris) {
      const one = same(uri);
      if (one !== uri && !all.has(one) && !clientForms.has(one)) clientForms.set(one, forClients(uri));
    }
  };
  const update = (uri: string, text: string | Unread | undefined): void => {
    if (typeof text === 'string' && text.length <= largest) workspace.set(uri, text);
    else {
      workspace.delete(uri);
      snapshots.delete(uri);
    }
    const alias = besideProjection(uri);
    if (alias !== undefined && workspace.uris().includes(alias)) workspace.delete(alias);
  };

  /** Hands gathered edits to the workspace; whether there were any. */
  const hand = (): boolean => {
    if (timer) clearTimeout(timer);
    timer = undefined;
    let changed = false;
    for (const [uri, entry] of opened) {
      if (!entry.pending) continue;
      entry.pending = false;
      update(uri, entry.document.getText());
      changed = true;
    }
    fresh ||= changed;
    return changed;
  };
  const flush = (): void => {
    if (hand()) announce();
  };
  const gather = (entry: Open): void => {
    entry.pending = true;
    timer ??= setTimeout(() => {
      if (hand()) tell();
    }, pace.wait());
  };

  return {
    workspace: () => workspace,
    settings: () => settings,
    setSettings(next) {
      const { states, buffer, seconds } = settings.exploration;
      const limitsChanged =
        next.exploration.states !== states ||
        next.exploration.buffer !== buffer ||
        next.exploration.seconds !== seconds;
      settings = next;
      if (limitsChanged) startAnew();
      announce();
    },
    open(clientUri, version, text) {
      const other = opened.get(inside(clientUri));
      if (other && canonical(other.clientUri) !== canonical(clientUri)) apart.add(canonical(clientUri));
      const uri = inside(clientUri);
      clientForms.set(uri, clientUri);
      const entry: Open = { clientUri, document: TextDocument.create(uri, 'chor', version, text), pending: true };
      opened.set(uri, entry);
      flush();
    },
    change(clientUri, version, changes) {
      const entry = opened.get(inside(clientUri));
      if (!entry) return;
      entry.document = TextDocument.update(entry.document, changes, version);
      // The last one is the one that was edited last.
      opened.delete(entry.document.uri);
      opened.set(entry.document.uri, entry);
      gather(entry);
    },
    close(clientUri) {
      const uri = inside(clientUri);
      if (!opened.delete(uri)) return;
      snapshots.delete(uri);
      if (apart.has(uri)) {
        workspace.delete(uri);
        apart.delete(uri);
      }
      // From now on the file is what stands on disk, and stays known to searches.
      update(uri, host.read(uri));
      if (workspace.text(uri) === undefined) clientForms.delete(uri);
      for (const listener of closed) listener(uri, clientUri);
      announce();
    },
    changedOnDisk(clientUris) {
      const told = clientUris.map((uri) => canonical(uri).replace(/(?<=[^/])\/$/, ''));
      const changed = new Set(told);
      const isChanged = (uri: string): boolean => {
        for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1))
          if (changed.has(uri.slice(0, end))) return true;
        return false;
      };
      for (const uri of told) changed.add(same(uri));
      // Where links lead elsewhere, so do imports.
      if (host.followLinks?.(isChanged)) startAnew();
      const now = told.map(same);
      for (const uri of now) changed.add(uri);
      const known = [...workspace.uris(), ...workspace.missed()].filter(isChanged);
      for (const uri of new Set([...known, ...now.filter((each) => each.endsWith('.chor'))]))
        if (!opened.has(uri)) update(uri, host.read(uri));
      noteForms(told);
      announce();
    },
    forgetFolders(clientUris, kept) {
      const folders = clientUris.map(inside);
      for (const uri of workspace.uris()) {
        if (opened.has(uri) || kept(uri) || !folders.some((folder) => isWithin(uri, folder))) continue;
        update(uri, undefined);
        clientForms.delete(uri);
      }
      announce();
    },
    know(uris, all) {
      const found = uris.map(canonical);
      noteForms(found, all);
      for (const uri of found) workspace.text(uri);
    },
    onClosed: (listener) => void closed.push(listener),
    inside,
    isTooLarge: (uri) => (opened.get(uri)?.document.getText().length ?? 0) > largest,
    flush,
    analyze(uri) {
      flush();
      if (!fresh) return workspace.analyze(uri);
      fresh = false;
      return pace.during(() => workspace.analyze(uri));
    },
    document(uri) {
      const text = workspace.text(uri);
      if (text === undefined) return undefined;
      const version = opened.get(uri)?.document.version ?? 0;
      const known = snapshots.get(uri);
      if (known && known.text === text && known.version === version) return known.document;
      const document = TextDocument.create(uri, 'chor', version, text);
      snapshots.set(uri, { text, version, document });
      return document;
    },
    version: (uri) => opened.get(uri)?.document.version,
    openUris: () => [...opened.keys()],
    takeOutdated() {
      const all = [...left, ...workspace.takeOutdated()];
      left = [];
      return all;
    },
    pending(shown = () => false) {
      const order = new Map([...opened.keys()].map((uri, index) => [uri, index]));
      const rank = ({ uri }: Pending): number => order.get(uri) ?? -1;
      // Of a document that was closed, nothing may be said any more. In one document, what came to be pending last is
      // what was edited.
      return workspace
        .pending()
        .filter(({ uri }) => opened.has(uri) || !clientForms.has(uri) || shown(uri))
        .sort((a, b) => rank(b) - rank(a) || b.turn - a.turn);
    },
    learn(key, result, milliseconds) {
      if (workspace.learn(key, result, milliseconds)) announceResults();
    },
    giveUp(key, reason, states) {
      if (workspace.giveUp(key, reason, states)) announceResults();
    },
    exploreAgain() {
      if (workspace.exploreAgain()) announce();
    },
    exploreHere() {
      elsewhere = false;
      startAnew();
      announce();
    },
    toClient(uri) {
      const form = clientForms.get(uri);
      if (form !== undefined) return form;
      // What a projection imports is the file itself.
      if (uri.startsWith(`${projectionScheme}:`) && !uri.includes('?')) return forClients(besideSource(uri) ?? uri);
      return forClients(uri);
    },
    dispose() {
      clearTimeout(timer);
      clearTimeout(resultsTimer);
      timer = undefined;
    },
  };
}

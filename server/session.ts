// What the server knows: open documents, files on disk, settings, and the workspace over them. Edits are gathered for a
// moment before they are analysed, and handed on at once to whoever asks for the newest text.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { FileAnalysis } from '../language/workspace.js';
import { Workspace } from '../language/workspace.js';
import { defaultSettings } from './settings.js';
import type { Settings } from './settings.js';
import { canonical, forClients, projectionScheme } from './uris.js';

/** How long edits are gathered, in milliseconds. The first edit starts the time, so that steady typing can't put it off. */
export const coalescing = 40;

/** How long one network may be explored while its author waits, in milliseconds. */
export const patience = 300;

/** Where files come from: the disk in Node, nothing in a browser. */
export interface Host {
  read(uri: string): string | undefined;
  /** The `.chor` files of folders, a bounded number of them. */
  scan(folders: readonly string[]): Promise<readonly string[]>;
}

interface Open {
  readonly clientUri: string;
  /** The newest text; the workspace may lag behind it by the gathering time. */
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
  /** Files that came, went or changed on disk. */
  changedOnDisk(clientUris: readonly string[]): void;
  /** Makes files known, for searches over the workspace. */
  know(uris: readonly string[]): void;
  /** Hands gathered edits to the workspace now. */
  flush(): void;
  /** The analysis of the newest text of a file, in its canonical address. */
  analyze(uri: string): FileAnalysis | undefined;
  /** The text of a file as the workspace has it, for conversion of positions. */
  document(uri: string): TextDocument | undefined;
  /** The version of an open document; undefined for a file that is not open. */
  version(uri: string): number | undefined;
  openUris(): string[];
  toClient(uri: string): string;
  dispose(): void;
}

/**
 * Creates the state of one server.
 * @param host where files are read from
 * @param settled called after edits were handed to the workspace, at most once a turn of the event loop
 * @param crashed told of mistakes of ours, which leave a part of an answer out
 */
export function createSession(host: Host, settled: () => void, crashed: (error: unknown) => void): Session {
  const opened = new Map<string, Open>();
  const clientForms = new Map<string, string>();
  const snapshots = new Map<string, { text: string; version: number; document: TextDocument }>();
  let settings = defaultSettings;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let announced = false;

  const read = (uri: string): string | undefined => {
    // A projection imports its source from beside it: that is the file itself.
    if (uri.startsWith(`${projectionScheme}:`)) return workspace.text(uri.replace(/^[^:]*:(\/\/)?/, 'file://'));
    return host.read(uri);
  };
  const create = (): Workspace => new Workspace({ read, limits: settings.exploration, patience, crashed });
  let workspace = create();

  const announce = (): void => {
    if (announced) return;
    announced = true;
    setTimeout(() => {
      announced = false;
      settled();
    }, 0);
  };

  const update = (uri: string, text: string | undefined): void => {
    if (text === undefined) workspace.delete(uri);
    else workspace.set(uri, text);
    const alias = uri.replace(/^file:\/\//, `${projectionScheme}:`);
    if (alias !== uri && workspace.uris().includes(alias)) workspace.delete(alias);
  };

  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = undefined;
    let changed = false;
    for (const [uri, entry] of opened) {
      if (!entry.pending) continue;
      entry.pending = false;
      update(uri, entry.document.getText());
      changed = true;
    }
    if (changed) announce();
  };

  const gather = (entry: Open): void => {
    entry.pending = true;
    timer ??= setTimeout(flush, coalescing);
  };

  return {
    workspace: () => workspace,
    settings: () => settings,
    setSettings(next) {
      const limitsChanged = next.exploration.states !== settings.exploration.states || next.exploration.buffer !== settings.exploration.buffer;
      settings = next;
      if (limitsChanged) {
        const old = workspace;
        workspace = create();
        for (const uri of old.uris()) {
          const text = old.text(uri);
          if (text !== undefined) workspace.set(uri, text);
        }
      }
      announce();
    },
    open(clientUri, version, text) {
      const uri = canonical(clientUri);
      clientForms.set(uri, clientUri);
      const entry: Open = { clientUri, document: TextDocument.create(uri, 'chor', version, text), pending: true };
      opened.set(uri, entry);
      flush();
    },
    change(clientUri, version, changes) {
      const entry = opened.get(canonical(clientUri));
      if (!entry) return;
      entry.document = TextDocument.update(entry.document, changes, version);
      gather(entry);
    },
    close(clientUri) {
      const uri = canonical(clientUri);
      if (!opened.delete(uri)) return;
      // From now on the file is what stands on disk, and stays known to searches.
      update(uri, host.read(uri));
      announce();
    },
    changedOnDisk(clientUris) {
      for (const clientUri of clientUris) {
        const uri = canonical(clientUri);
        if (!opened.has(uri)) update(uri, host.read(uri));
      }
      announce();
    },
    know(uris) {
      for (const uri of uris) workspace.text(canonical(uri));
    },
    flush,
    analyze(uri) {
      flush();
      return workspace.analyze(uri);
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
    toClient(uri) {
      const form = clientForms.get(uri);
      if (form !== undefined) return form;
      // What a projection imports is the file itself.
      if (uri.startsWith(`${projectionScheme}:`) && !uri.includes('?')) return forClients(uri.replace(/^[^:]*:(\/\/)?/, 'file://'));
      return forClients(uri);
    },
    dispose() {
      if (timer) clearTimeout(timer);
      timer = undefined;
    },
  };
}

// The server’s worker: the first one is started before the page’s own program is there (start-server.ts), and handed
// over to it.
import type { InitializeResult } from 'vscode-languageserver-protocol';
import type { Project } from './work/project.js';

/** A server that was started before. */
export interface Started {
  readonly worker: Worker;
  /** What the page begins with. */
  readonly project: Project;
  /** Its answer to `initialize`. */
  readonly answer: Promise<InitializeResult>;
  /** The texts that it was told, by their addresses. */
  readonly told: Map<string, string>;
  /** Has all that it said until it was taken come again, to who listens now. */
  repeat(): void;
}

export interface Early extends Started {
  /** Done when what is wrong can be seen, or when nobody should wait for it any longer. */
  readonly seen: Promise<void>;
  /** From now on, somebody else listens. */
  take(): void;
}

const early: typeof globalThis & { chorServer?: Early } = globalThis;

/** Leaves the first one for the page’s program. */
export function leaveServer(server: Early): void {
  early.chorServer = server;
}

/** What the page begins with, as the first server was told; undefined where there is none, or it was taken. */
export function earlyProject(): Project | undefined {
  return early.chorServer?.project;
}

/** Done when what the first server found can be seen, or nobody should wait for it any longer. */
export function firstSeen(): Promise<void> | undefined {
  return early.chorServer?.seen;
}

/** The first one, or, where that was taken, another. */
export function takeServer(): Worker | Started {
  const first = early.chorServer;
  delete early.chorServer;
  first?.take();
  return first ?? newServer();
}

/** Starts one. */
export function newServer(): Worker {
  return new Worker('server.js', { name: 'Chor language server' });
}

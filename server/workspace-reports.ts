// What is said of the files of the workspace that are not open: they are looked at in short slices, while nobody types,
// and again when something else may be to be said of them. Open documents are no part of it: these come first, and at
// once.
import type { Report, Reports } from './reports.js';
import type { Session } from './session.js';
import { canonical } from './uris.js';

export interface WorkspaceReports {
  /** Takes in files when they are found: they are read, and looked at, a few at a time. */
  find(search: Promise<readonly string[]>): Promise<void>;
  /** Takes in what changed, in texts and in what is known of networks. */
  update(): void;
  /** Looks at all anew: other files are meant now, or other things are said of them. */
  again(): void;
  /** Somebody types: nothing is looked at for a moment. */
  wait(): void;
  /** Whether something is said of a file though it is not open. */
  covers(uri: string): boolean;
  /** What is known so far. */
  known(): ReadonlyMap<string, Report>;
  /** Whether all that there is was looked at. */
  isDone(): boolean;
  /** Calls back whenever something was looked at, or is to be, until the result is called. */
  onNews(listener: () => void): () => void;
  dispose(): void;
}

export interface WorkspaceReportsOptions {
  /** Whether files that are not open are reported on, and whether one is of the workspace. */
  readonly reported: () => boolean;
  readonly holds: (uri: string) => boolean;
  /** Whether files are on their way that something would be said without. */
  readonly isWaiting: () => boolean;
  /** Told of each file that was looked at; without a report where nothing is said of it any more. */
  readonly tell: (uri: string, report: Report | undefined) => void;
  readonly crashed: (error: unknown) => void;
}

/** How long files are looked at until others have a turn, in milliseconds; one file is the least. */
const slice = 12;
/** How long nobody must have typed, in milliseconds. */
const rest = 300;
/** How long what is on its way is waited for before it is looked for again, in milliseconds. */
const arrival = 50;

/** Creates the reports of a session's workspace; nothing is known yet, and nothing done before something is found. */
export function createWorkspaceReports(
  session: Session,
  reports: Reports,
  { reported, holds, isWaiting, tell, crashed }: WorkspaceReportsOptions,
): WorkspaceReports {
  const known = new Map<string, Report>();
  const stale = new Set<string>();
  const listeners = new Set<() => void>();
  /** How many searches for files are under way. */
  let searches = 0;
  let restUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const covers = (uri: string): boolean => reported() && holds(uri);
  const news = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const look = (uri: string): void => {
    stale.delete(uri);
    if (session.version(uri) !== undefined) {
      known.delete(uri);
      return;
    }
    const report = covers(uri) ? reports.of(uri) : undefined;
    const last = known.get(uri);
    if (report) known.set(uri, report);
    else known.delete(uri);
    if (report || last) tell(uri, report);
  };
  const later = (milliseconds: number): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, milliseconds);
  };
  const work = (): void => {
    const left = isWaiting() ? arrival : restUntil - Date.now();
    if (left > 0) {
      later(left);
      return;
    }
    const end = Date.now() + slice;
    for (const uri of stale) {
      try {
        look(uri);
      } catch (error) {
        crashed(error);
      }
      if (Date.now() >= end) break;
    }
    if (stale.size > 0) later(0);
    news();
  };
  const take = (uris: Iterable<string>): void => {
    for (const uri of uris) if (known.has(uri) || covers(uri)) stale.add(uri);
    if (stale.size > 0) later(0);
  };
  // While it was open, what is known of it was not kept up to date.
  session.onClosed((uri) => {
    take([uri]);
    news();
  });

  return {
    async find(search) {
      searches++;
      try {
        const clientUris = await search;
        const all = new Set(clientUris.map(canonical));
        let end = Date.now() + slice;
        for (const uri of clientUris) {
          session.know([uri], all);
          take([session.inside(uri)]);
          if (Date.now() < end) continue;
          await new Promise((resolve) => setTimeout(resolve, 0));
          end = Date.now() + slice;
        }
      } catch (error) {
        crashed(error);
      } finally {
        searches--;
        news();
      }
    },
    update() {
      const uris = session.takeOutdated();
      take(uris);
      if (uris.length > 0) news();
    },
    again() {
      take(new Set([...session.workspace().uris(), ...known.keys()]));
      news();
    },
    wait() {
      restUntil = Date.now() + rest;
    },
    covers,
    known: () => known,
    isDone: () => searches === 0 && stale.size === 0,
    onNews(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose() {
      clearTimeout(timer);
      stale.clear();
    },
  };
}

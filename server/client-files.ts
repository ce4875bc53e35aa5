// Files that the client reads for the server: all of them in a browser, elsewhere those that are not on disk. The
// answer comes later; until then there is no such file, and after a while nobody waits for it any more.
import type { Connection } from 'vscode-languageserver';
import type { Unread } from '../language/workspace.js';
import { largest, tooLarge } from '../system/limits.js';
import { findFiles, readFile } from '../protocol/files.js';
import type { Request } from '../protocol/message.js';
import { decoded } from './params.js';
import type { Host } from './session.js';
import { canonical, forClients } from './uris.js';

/** How long what is said of a file waits for those that it imports, in milliseconds. */
const longestWait = 3000;

/** How long what arrives is gathered, in milliseconds: several files are often asked for together. */
const gatherArrivals = 10;

export interface ClientFiles extends Host {
  /** Reads files anew, as they changed or may have; what is known of them holds until then. */
  refresh(uris: readonly string[]): void;
  /** Whether a file that something was said without is on its way. */
  isWaiting(): boolean;
  dispose(): void;
}

/**
 * The files of a host, and those that the client has beside them.
 * @param host reads what it can reach itself
 * @param offers whether the client reads files (`experimental.chorFiles`)
 * @param arrived told of files, in their canonical addresses, whose text is new or gone; of none where the waiting ends
 *   without
 */
export function withClientFiles(
  connection: Connection,
  host: Host,
  offers: () => boolean,
  arrived: (uris: readonly string[]) => void,
): ClientFiles {
  const texts = new Map<string, string | Unread | undefined>();
  /** The newest question about a file; answers to older ones are dropped. */
  const asked = new Map<string, symbol>();
  const awaited = new Map<string, ReturnType<typeof setTimeout>>();
  let news: string[] = [];
  let telling: ReturnType<typeof setTimeout> | undefined;

  /** What the client answers; undefined where that is an error, or not as declared. */
  const ownRequest = async <P, A>({ method, answer }: Request<P, A>, params: P): Promise<A | undefined> => {
    try {
      const sent: unknown = await (params === undefined
        ? connection.sendRequest(method)
        : connection.sendRequest(method, params));
      return answer && decoded(method, answer, sent);
    } catch {
      return undefined;
    }
  };
  const tell = (uris: readonly string[]): void => {
    news.push(...uris);
    telling ??= setTimeout(() => {
      telling = undefined;
      const all = news;
      news = [];
      arrived(all);
    }, gatherArrivals);
  };
  const ask = async (uri: string): Promise<void> => {
    const question = Symbol(uri);
    asked.set(uri, question);
    const answer = await ownRequest(readFile, { uri: forClients(uri) });
    if (asked.get(uri) !== question) return;
    asked.delete(uri);
    const { text, unread } = answer ?? {};
    const before = texts.get(uri);
    const why = typeof text === 'string' && text.length > largest ? tooLarge : unread;
    const now =
      typeof why === 'string' ? { unread: why } : typeof text === 'string' ? text.replace(/^\uFEFF/, '') : undefined;
    texts.set(uri, now);
    const wasAwaited = awaited.has(uri);
    clearTimeout(awaited.get(uri));
    awaited.delete(uri);
    if (now !== before) tell([uri]);
    else if (wasAwaited) tell([]);
  };
  const isClients = (uri: string): boolean => !host.reaches(uri) && offers() && /^[a-z][a-z\d+.-]+:\//i.test(uri);

  return {
    threads: host.threads,
    same: host.same,
    followLinks: host.followLinks,
    reaches: (uri) => host.reaches(uri) || isClients(uri),
    read(uri) {
      if (!isClients(uri)) return host.read(uri);
      if (!texts.has(uri) && !awaited.has(uri)) {
        awaited.set(
          uri,
          setTimeout(() => {
            awaited.delete(uri);
            tell([]);
          }, longestWait),
        );
        if (!asked.has(uri)) void ask(uri);
      }
      return texts.get(uri);
    },
    async scan(folders) {
      const found = await host.scan(folders);
      if (offers() && folders.some((folder) => !host.reaches(folder))) {
        const uris = ((await ownRequest(findFiles, undefined)) ?? []).map(canonical);
        for (const uri of uris) if (isClients(uri) && !texts.has(uri) && !asked.has(uri)) void ask(uri);
      }
      return found;
    },
    refresh(uris) {
      for (const uri of uris) if (isClients(uri)) void ask(uri);
    },
    // What has come is known only once it was told.
    isWaiting: () => awaited.size > 0 || telling !== undefined,
    dispose() {
      clearTimeout(telling);
      for (const timer of awaited.values()) clearTimeout(timer);
    },
  };
}

// Results of networks, kept while nothing that they depend on changes: a network that only moved, or was laid out anew,
// is not explored again. What takes too long to be explored at once is left to others, who tell the result later.
import type { TextRange } from '../../ir/expression.js';
import type { Network } from '../../ir/process.js';
import type { Scope } from '../../scoping/scope.js';
import type { TypingResult } from '../../typing/check.js';
import { checkNetwork } from './check.js';
import { keep, moved } from './relocation.js';
import type { Kept } from './relocation.js';
import { filesOf, partsOf } from './fingerprint.js';
import type { Parts } from './fingerprint.js';
import { isUnfinished } from './verdict.js';
import type { NetworkResult, Verdict } from './verdict.js';
import type { ExplorationLimits } from '../model/exploration.js';
import { mostExplorationsKept, longestQuick, mostPending } from '../limits.js';

export interface NetworkCacheOptions {
  /** The types of the network's file. */
  readonly names: TypingResult;
  /**
   * How long a network may be explored, in milliseconds; the verdict tells what was explored until then. Without it, to
   * the end.
   */
  readonly timeout?: number;
  /**
   * Where this is given, what is not explored within it has no result yet, and `timeout` is for the candidates for
   * fixes alone.
   */
  readonly budget?: Budget;
  readonly watch: Watch;
}

/** Who looks after what takes long. */
export interface Watch {
  /** The time that timeouts are measured with, in milliseconds; it may stand still. */
  now(): number;
  /**
   * Asked now and then, while something is explored with the states made so far; true ends it, and what comes of it is
   * not kept.
   */
  interrupted(states?: number): boolean;
}

/** A result, as far as it was explored in the time there was. */
export interface Explored extends NetworkResult {
  /** Its exploration was ended before its bounds were met: there may be more to find. */
  readonly cut: boolean;
}

/** The time that networks may be explored for while somebody waits, in milliseconds. */
export interface Budget {
  readonly each: number;
  /** What is left for all together. */
  left: number;
}

/** A network without a result yet: somebody else is to explore it. */
export interface Pending {
  readonly name: string;
  readonly uri: string;
  /** The name in the declaration. */
  readonly origin: TextRange;
  /** Names what is to be explored: the same as long as the text means the same. */
  readonly key: string;
  /** Counts the analyses in which something came to be pending: the higher, the later. */
  readonly turn: number;
  /** What is to be explored, in the state in which it came to be pending. */
  readonly task: ExplorationTask;
}

/** A network to explore, as plain data. */
export interface ExplorationTask {
  readonly uri: string;
  /** Where the declaration of the network starts. */
  readonly start: number;
  /** The file and what it imports, directly or not; without a text where there is no such file. */
  readonly files: readonly {
    readonly uri: string;
    /** Its one address, where it has several. */ readonly same?: string;
    readonly text?: string;
  }[];
  readonly limits: ExplorationLimits;
}

export interface NetworkCache {
  /**
   * As `checkNetwork`. Cost: linear in the texts of the network and of all that it names, where the result is known.
   * @returns `pending` only where there is a budget
   */
  check(network: Network, scope: Scope, limits: ExplorationLimits, options: NetworkCacheOptions): Explored | Pending;
  /** Whether a network of that name takes too long to be explored while somebody waits. */
  isSlow(uri: string, name: string): boolean;
  /**
   * Takes in the result of what is pending, for the text as it was when it came to be pending.
   * @param milliseconds how long it took: what is quick is explored at once the next time
   * @returns whether it was still pending
   */
  learn(key: string, result: NetworkResult, milliseconds: number): boolean;
  /** Says of what is pending that there will be no result, and why; `states` is how far it came. */
  giveUp(key: string, reason: string, states: number): boolean;
  /** Forgets the results of explorations that were ended before their bounds were met. */
  forgetUnfinished(): void;
  /** Forgets what is pending in a file, which is not there any more. */
  forget(uri: string): void;
}

/** The task of exploring a network, in the texts as they are now. */
export function taskOf(network: Network, scope: Scope, limits: ExplorationLimits): ExplorationTask {
  const files = [...filesOf(scope)].map(([at, there]) => ({
    uri: at,
    ...(there && there.file.uri !== at ? { same: there.file.uri } : {}),
    text: there?.file.text,
  }));
  return { uri: scope.file.uri, start: network.origin.start, files, limits };
}

export function isPending(answer: Explored | Pending): answer is Pending {
  return 'key' in answer;
}

/** The result where there was no time at all. */
function unexplored({ name }: Network, { file: { uri } }: Scope, timeout: number | undefined): NetworkResult {
  const undecided = {
    reason: 'time',
    bound: timeout === undefined ? undefined : timeout / 1000,
    channels: [],
  } as const;
  return {
    verdict: {
      name: name.text,
      subject: 'network',
      uri,
      origin: name.origin,
      verdict: 'bounded',
      states: 0,
      buffer: 0,
      run: [],
      undecided,
    },
    findings: [],
  };
}

/** Creates an empty cache. */
export function createNetworkCache(): NetworkCache {
  const entries = new Map<string, Kept>();
  let held = 0;
  const pending = new Map<
    string,
    Pending & { readonly found: Parts; readonly network: Network; readonly scope: Scope; readonly each: number }
  >();
  let turn = 0;
  let latest: Budget | undefined;
  /** Whose results hold for the whole texts only, by their keys. */
  const wide = new Set<string>();
  /**
   * The networks that took too long to be explored at once, by name: while they are edited, that is not tried again.
   */
  const slow = new Set<string>();

  const drop = (key: string): void => {
    if (entries.delete(key)) held -= key.length;
  };
  const store = (key: string, entry: Kept): void => {
    drop(key);
    entries.set(key, entry);
    held += key.length;
    for (const [oldest] of entries) {
      if (held <= mostExplorationsKept) break;
      drop(oldest);
    }
  };
  const find = (network: Network, scope: Scope): Parts => {
    const narrow = partsOf(network, scope, false);
    return wide.has(narrow.key) ? partsOf(network, scope, true) : narrow;
  };
  /** Keeps a result; one that holds for the whole texts only, with these. `prefix` tells the bounds. */
  const remember = (prefix: string, found: Parts, network: Network, scope: Scope, result: NetworkResult): void => {
    const entry = keep(result, found.parts);
    if (entry) {
      store(prefix + found.key, entry);
      return;
    }
    if (wide.size > mostPending) wide.clear();
    wide.add(found.key);
    const whole = partsOf(network, scope, true);
    const wideEntry = keep(result, whole.parts);
    if (wideEntry) store(prefix + whole.key, wideEntry);
  };

  const learn: NetworkCache['learn'] = (key, result, milliseconds) => {
    const waiting = pending.get(key);
    if (!waiting) return false;
    pending.delete(key);
    const { uri, name, network, scope, found, each } = waiting;
    if (milliseconds <= longestQuick) slow.delete(`${uri} ${name}`);
    else if (milliseconds > 2 * each) slow.add(`${uri} ${name}`);
    remember(key.slice(0, key.indexOf('\n') + 1), found, network, scope, result);
    return true;
  };

  return {
    check(network, scope, limits, { names, timeout, budget, watch }) {
      let cut = false;
      let interrupted = false;
      const explore = (milliseconds: number | undefined): NetworkResult => {
        const end = milliseconds === undefined ? Infinity : watch.now() + milliseconds;
        return checkNetwork(network, scope, limits, {
          names,
          timeout: milliseconds,
          interrupted: (states) => (interrupted ||= watch.interrupted(states)) || (cut ||= watch.now() > end),
        });
      };
      const found = find(network, scope);
      const whole = `${limits.states} ${limits.buffer}\n`;
      // What was ended by the time is only good enough for those who have no more time.
      const partly = `${limits.states} ${limits.buffer} ${timeout ?? ''}\n`;
      for (const prefix of budget ? [whole] : [whole, partly]) {
        const entry = entries.get(prefix + found.key);
        const result = entry && moved(entry, found.parts);
        if (!entry || !result) continue;
        store(prefix + found.key, entry);
        return { ...result, cut: prefix === partly };
      }
      if (!budget) {
        // Where nothing may be explored any more, it is not even begun.
        if (watch.interrupted()) return { ...unexplored(network, scope, timeout), cut: true };
        const result = explore(timeout);
        if (!interrupted) remember(cut ? partly : whole, found, network, scope, result);
        return { ...result, cut: cut || interrupted };
      }
      const { uri } = scope.file;
      const { text: name, origin } = network.name;
      const key = whole + found.key;
      const known = pending.get(key);
      const title = `${uri} ${name}`;
      if (!known && budget.left > 0 && !slow.has(title)) {
        const start = Date.now();
        const result = explore(Math.min(budget.each, budget.left));
        const spent = Date.now() - start;
        budget.left -= spent;
        if (cut || spent > 2 * budget.each) slow.add(title);
        if (!cut) {
          remember(whole, found, network, scope, result);
          return { ...result, cut };
        }
      }
      if (known) return { ...known, origin };
      // What shares a budget comes to be pending together.
      if (budget !== latest) turn++;
      latest = budget;
      const now = {
        name,
        uri,
        origin,
        key,
        turn,
        task: taskOf(network, scope, limits),
        found,
        network,
        scope,
        each: budget.each,
      };
      pending.set(key, now);
      for (const [oldest] of pending) {
        if (pending.size <= mostPending) break;
        pending.delete(oldest);
      }
      return now;
    },
    isSlow: (uri, name) => slow.has(`${uri} ${name}`),
    learn,
    giveUp(key, reason, states) {
      const waiting = pending.get(key);
      if (!waiting) return false;
      const {
        name,
        uri,
        network: {
          name: { origin },
        },
      } = waiting;
      const verdict: Verdict = {
        name,
        subject: 'network',
        uri,
        origin,
        verdict: 'bounded',
        states,
        buffer: 0,
        run: [],
        givenUp: reason,
      };
      return learn(key, { verdict, findings: [] }, Infinity);
    },
    forget(uri) {
      for (const [key, waiting] of pending) if (waiting.uri === uri) pending.delete(key);
      for (const title of slow) if (title.startsWith(`${uri} `)) slow.delete(title);
    },
    forgetUnfinished() {
      for (const [key, { result }] of entries) if (isUnfinished(result.verdict)) drop(key);
    },
  };
}

// Explorations apart from the workspace that asks for them, and what follows from them: somewhere where nobody waits,
// from texts alone.
import { tryFixes } from './fixes/try.js';
import type { ExplorationTask, Watch } from './network/verdict/cache.js';
import type { NetworkResult } from './network/verdict/verdict.js';
import { Workspace } from './workspace.js';
import type { WorkspaceOptions } from './workspace.js';
import { isSameFinding } from './findings/finding.js';
import type { Finding } from './findings/finding.js';
import type { Fix } from './edits/fix.js';

/** How many files of earlier tasks are kept: the next may have them in common. */
const mostFiles = 100;

/** Explores one task after the other; what tasks have in common is read once, and explored once. */
export interface Explorer {
  /**
   * Explores a network.
   * @param timeout how long it may take, in milliseconds
   * @returns what was found until its end, or until that of its time; undefined where there is no such network in the
   *   texts
   */
  explore(task: ExplorationTask, timeout: number): NetworkResult | undefined;
  /**
   * Tries the fixes of a finding of a network: see `fixesFor`.
   * @param timeout how long they are tried, and how long each network may be explored that comes of one, in
   *   milliseconds
   * @param told those that help so far, whenever there is one more
   * @returns none where there is no such finding
   */
  tryFixes(
    task: ExplorationTask,
    timeout: number,
    finding: Finding,
    told: (fixes: readonly Fix[]) => void,
  ): readonly Fix[];
}

/**
 * Creates an explorer that has read nothing yet.
 * @param watch the clock, and who may end what is under way; what was found or tried until then is the answer
 */
export function createExplorer(watch: Watch): Explorer {
  const same = new Map<string, string>();
  const create = (options: WorkspaceOptions): Workspace =>
    new Workspace({ ...options, same: (uri) => same.get(uri) ?? uri });
  let workspace = create({});
  let bounds = '';
  /** The last network that was explored: its findings still have their candidates for fixes at hand. */
  let last: { readonly task: string; readonly result: NetworkResult } | undefined;

  const explore = ({ uri, start, files, limits }: ExplorationTask, timeout: number): NetworkResult | undefined => {
    const task = JSON.stringify([uri, start, files]);
    const within = `${limits.states} ${limits.buffer} ${timeout}`;
    if (within !== bounds || workspace.uris().length > mostFiles + files.length) {
      workspace = create({ limits, timeout, watch });
      same.clear();
      bounds = within;
    } else if (last?.task === task) return last.result;
    for (const file of files) {
      if (file.same === undefined) same.delete(file.uri);
      else same.set(file.uri, file.same);
    }
    for (const file of files) {
      if (file.text === undefined) workspace.delete(file.uri);
      else workspace.set(file.uri, file.text);
    }
    const result = workspace.exploreAt(uri, start);
    last = result && !watch.interrupted() ? { task, result } : undefined;
    return result;
  };
  return {
    explore,
    tryFixes(task, timeout, finding, told) {
      const found = explore(task, timeout)?.findings.find((f) => isSameFinding(f, finding));
      let fixes: readonly Fix[] = [];
      for (const soFar of found ? tryFixes(workspace, found, { longest: timeout }) : []) {
        if (soFar.length > fixes.length) told((fixes = soFar));
      }
      // It may have been explored once more, and not to the end.
      if (watch.interrupted()) last = undefined;
      return fixes;
    },
  };
}

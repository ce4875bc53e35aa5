// Explorations apart from the workspace that asks for them: somewhere where nobody waits, from texts alone.
import type { ExplorationTask } from './network/cache.js';
import { checkNetwork } from './network/check.js';
import { plainResult } from './network/kept.js';
import type { PlainResult } from './network/kept.js';
import { scopeOf } from './scoping/scope.js';
import { checkNames } from './typing/check.js';
import { Workspace } from './workspace.js';

/** Explores one task after the other; what tasks have in common is read once. */
export interface Explorer {
  /**
   * Explores a network.
   * @param interrupted asked now and then, with the states made so far; true ends the exploration, and the result is what was found until then
   * @returns undefined where there is no such network in the texts
   */
  explore(task: ExplorationTask, interrupted: (states: number) => boolean): PlainResult | undefined;
}

/** Creates an explorer that has read nothing yet. */
export function createExplorer(): Explorer {
  const workspace = new Workspace();
  return {
    explore({ uri, start, files, limits }, interrupted) {
      for (const file of files) {
        if (file.text === undefined) workspace.delete(file.uri);
        else workspace.set(file.uri, file.text);
      }
      const file = workspace.file(uri);
      const network = file?.declarations.find((d) => d.origin.start === start);
      if (!file || network?.kind !== 'network') return undefined;
      const scope = scopeOf(file, workspace);
      return plainResult(checkNetwork(network, scope, limits, { names: checkNames(scope, workspace), interrupted }));
    },
  };
}

// The queues for which a choreography is said to be right, as a network declares them.
import type { Workspace } from '../../language/workspace.js';
import { uri } from '../typing/helpers.js';

/** Without a bound, none, and the smallest, where that is said. */
export function queuesOf(workspace: Workspace, name: string): readonly string[] {
  const verdict = workspace.analyze(uri)?.verdicts.find((each) => each.name === name);
  return verdict?.provedFor?.queues === 'every' ? ['', ' sync', ' buffer 1'] : ['', ' sync'];
}

// How many ways there are through what processes do on their own. The explorations look at the clock between communications
// only: where there are many ways from one to the next, that may be late.
import type { Action, LocalBlock, Network } from '../ir/process.js';

/**
 * The most ways that a process of a network can go without a communication; what it calls is not looked into.
 * Cost: linear in the network
 */
export function localWays(network: Network): number {
  let most = 1;
  /** The ways that are open after some actions, of those that are open before them. */
  const through = (actions: readonly Action[], before: number): number => {
    let ways = before;
    const each = (blocks: readonly LocalBlock[]): number[] => blocks.map((block) => through(block.actions, ways));
    const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
    for (const action of actions) {
      switch (action.kind) {
        case 'send': ways = 1; break;
        case 'receive':
          ways = 1;
          ways = Math.max(1, ...each(action.branches.map((branch) => branch.body)));
          break;
        case 'if': ways = sum(each([action.then, action.else])); break;
        case 'match': ways = sum(each([...action.cases.map((c) => c.body), ...(action.else ? [action.else] : [])])); break;
        case 'choice': ways = sum(each(action.branches)); break;
        // Round again, or on.
        case 'while': ways += sum(each([action.body])); break;
        case 'rec': ways = sum(each([action.body])); break;
        case 'assignment': case 'effect': case 'call': case 'continue': case 'hole': break;
      }
      most = Math.max(most, ways);
    }
    return ways;
  };
  for (const process of network.processes) through(process.body.actions, 1);
  return most;
}

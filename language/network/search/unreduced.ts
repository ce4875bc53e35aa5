// A second look at a system that is small, without any reduction: at the shortest runs there are, and at all orders of
// what goes round for ever.
import type { Automata } from '../model/automata.js';
import { search } from './search.js';
import type { Search } from './search.js';
import { mostUnreduced } from '../limits.js';

/**
 * Explores what was explored with reduction once more without.
 * @param found the first look
 * @param options the bounds of the first look; a longer queue may make for a shorter run, so that `buffer` is to be the
 *   largest that is allowed where something is wrong
 * @returns what is wrong in it has a run as short as there is any within the bound, even if it was cut; what goes on
 *   for ever is known where it was not
 */
export function lookAgain(
  automata: Automata,
  machines: readonly number[],
  found: Search,
  options: { readonly states: number; readonly buffer: number; readonly interrupted?: (states: number) => boolean },
): Search {
  const wrong = found.wrong.length > 0;
  return search(automata, machines, {
    ...options,
    states: Math.min(options.states, mostUnreduced),
    reduce: false,
    safetyOnly: wrong,
    toTheEnd: true,
  });
}

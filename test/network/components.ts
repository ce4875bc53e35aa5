// The search of a network's parts, with or without reduction, with queues that hold what the bound allows from the
// start on.
import type { Cut, ExplorationLimits } from '../../language/network/model/exploration.js';
import type { Violation } from '../../language/network/search/violations.js';
import { processesOf } from '../../language/network/model/processes.js';
import { search } from '../../language/network/search/search.js';
import { libraryOf, systemOf } from '../../language/network/model/system.js';
import { project } from '../../language/projection/project.js';
import { networkOf, read } from './helpers.js';

export interface Searched {
  readonly configurations: number;
  readonly cuts: ReadonlySet<Cut>;
  /** What is wrong in some configuration; what nobody ever takes in a run that does not end is not among it. */
  readonly wrong: readonly { readonly problem: Violation; readonly configuration: number }[];
}

/** Searches the last network of a text. */
export function componentsSearched(text: string, limits: ExplorationLimits, reduce: boolean): Searched[] {
  const { file, scope } = read(text);
  const name = file.declarations.findLast((d) => d.kind === 'network')?.name.text;
  const network = networkOf(file, name);
  const library = libraryOf(network, project);
  const system = systemOf(library.rolesOf(network, scope), network.channels, library);
  return system.components.map((machines) => {
    const found = search(processesOf(system), machines, { ...limits, reduce });
    return { configurations: found.graph.count(), cuts: found.cuts, wrong: found.wrong };
  });
}

// The exploration of a network's parts as the engine does it, with or without reduction.
import type { Exploration } from '../../language/network/engine.js';
import { explore } from '../../language/network/explore.js';
import { libraryOf, systemOf } from '../../language/network/system.js';
import type { ExplorationLimits } from '../../language/network/verdict.js';
import { project } from '../../language/projection/project.js';
import { networkOf, read } from './helpers.js';

/** Explores the last network of a text. */
export function componentsExplored(text: string, limits: ExplorationLimits, reduce: boolean): Exploration[] {
  const { file, scope } = read(text);
  const name = file.declarations.findLast((d) => d.kind === 'network')?.name.text;
  const network = networkOf(file, name);
  const library = libraryOf(network, project);
  const system = systemOf(library.rolesOf(network, scope), network.channels, library);
  return system.components.map((machines) => explore(system, machines, limits, { reduce }));
}

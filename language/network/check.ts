// Checks the networks that are written by hand: exploration, verdicts, conformance.
import type { Finding } from '../diagnostics/rule.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { project } from '../projection/project.js';
import type { Projected } from '../projection/project.js';
import type { Scope } from '../scoping/scope.js';
import type { Cut, Exploration } from './engine.js';
import { engine } from './explore.js';
import { reportOf } from './report.js';
import type { Context } from './report.js';
import { causesOf, wordsOf } from './run.js';
import { libraryOf, systemOf } from './system.js';
import type { System } from './system.js';
import type { ExplorationLimits, NetworkResult, RunStep, Verdict } from './verdict.js';

/** Options of a check that go beyond its bounds. */
export interface CheckOptions {
  /** Asked now and then; true ends the exploration, and the verdict is then `bounded` at most. */
  readonly interrupted?: () => boolean;
  /** The projection of a choreography, where the caller has it already. */
  readonly projectOf?: (choreography: Choreography, scope: Scope) => Projected;
}

/**
 * Checks one network.
 * @param network the network; one that is broken is not to be given here
 * @param scope where called networks, and the choreography that it implements, are looked up
 * @param limits the bounds; the verdict never says more than what was explored within them
 * Cost: that of exploring it, see `engine`; exponential in the decisions of different processes at worst
 */
export function checkNetwork(network: Network, scope: Scope, limits: ExplorationLimits, options: CheckOptions = {}): NetworkResult {
  const projections = new Map<Choreography, Projected>();
  const projectOf = options.projectOf ?? ((choreography: Choreography, there: Scope): Projected => {
    const known = projections.get(choreography) ?? project(choreography, there);
    projections.set(choreography, known);
    return known;
  });
  const library = libraryOf(network, projectOf);
  const roots = library.rolesOf(network, scope);
  const system = systemOf(roots, network.channels, library);
  const design = network.implements && scope.lookup(network.implements.text);
  const designScope = design && scope.at(design.uri);
  const designed = design?.declaration.kind === 'choreography' && designScope ? projectOf(design.declaration, designScope).network : undefined;
  const context: Context = { network, scope, system, designed: (role) => designed?.processes.find((p) => p.name.text === role) };

  const explorations = exploreAll(system, limits, options.interrupted);
  const problems = explorations.flatMap((exploration) => exploration.problems.map((reached) => {
    const events = causesOf(system, reached.problem, exploration.run(reached.configuration));
    return { problem: reached.problem, events, run: wordsOf(system, events) };
  }));
  const findings: Finding[] = problems.flatMap(({ problem, events }) => reportOf(context, problem, events) ?? []);
  const shortest = [...problems].sort((a, b) => a.run.length - b.run.length)[0];
  return { verdict: verdictOf(network, scope, limits, explorations, shortest?.run), findings };
}

/** Each group of machines that have nothing to do with the others, explored on its own. */
export function exploreAll(system: System, limits: ExplorationLimits, interrupted?: () => boolean): Exploration[] {
  return system.components.map((machines) => engine.explore(system, machines, limits, interrupted));
}

function verdictOf(
  network: Network, scope: Scope, limits: ExplorationLimits, explorations: readonly Exploration[], run: readonly RunStep[] | undefined,
): Verdict {
  const cuts = new Set<Cut>(explorations.flatMap((e) => [...e.cuts]));
  const states = explorations.reduce((sum, e) => sum + e.configurations, 0);
  const buffer = cuts.has('buffer') ? limits.buffer : 0;
  const common = { name: network.name.text, subject: 'network', uri: scope.file.uri, origin: network.name.origin, states, buffer } as const;
  if (run) return { ...common, verdict: 'refuted', run };
  return { ...common, verdict: cuts.size === 0 ? 'proved' : 'bounded', run: [] };
}

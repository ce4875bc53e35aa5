// Checks the networks that are written by hand: exploration, verdicts, conformance.
import { declaredRoles } from '../../families/sized.js';
import { hasFamilies, triedSizes } from '../../families/sizes.js';
import { partsOfName } from '../../families/unroll-choreography.js';
import type { Choreography } from '../../ir/choreography.js';
import { sharesChannels } from '../../ir/shared-channels.js';
import type { Network } from '../../ir/process.js';
import { givenAt, givenScope, withGiven } from '../../parameters/scope.js';
import { sharesGuards } from '../../projection/guards.js';
import { project } from '../../projection/project.js';
import type { Projected } from '../../projection/project.js';
import type { Scope } from '../../scoping/scope.js';
import type { TypingResult } from '../../typing/check.js';
import { rememberNames } from '../../values/types.js';
import { compare } from '../analysis/conformance.js';
import { asOne, rootOf } from './consequences.js';
import type { Difference } from '../analysis/conformance.js';
import { isCopy, isDesigned } from '../analysis/by-construction.js';
import type { Cut, Event, Exploration, Problem, Reached, ExplorationLimits } from '../model/exploration.js';
import { engine } from '../analysis/explore.js';
import { openOf, reportOf, reportStarving } from './report.js';
import type { Context } from './report.js';
import { happens } from '../trace/happens.js';
import { causesOf, endsOf, eventsOf, lastDecisions, wordsOf } from '../trace/run.js';
import { mismatchesOf } from './payloads.js';
import { isReordered } from '../analysis/reordering.js';
import { libraryOf, systemOf } from '../model/system.js';
import type { Library, System } from '../model/system.js';
import type { ControlFlowGraph } from '../model/control-flow.js';
import { unreachedIn } from './unreachable.js';
import type { NetworkResult, ProvedFor, Undecided, Verdict } from './verdict.js';
import type { Precision } from '../model/widening.js';
import { finding, runOf } from '../../findings/finding.js';
import type { Finding } from '../../findings/finding.js';
import { senderOf, receiverOf } from '../model/channel.js';
import { mostForHints } from '../limits.js';

/** Options of a check that go beyond its bounds. */
export interface CheckOptions {
  /**
   * Asked now and then, with the configurations so far; true ends the exploration, and the verdict is then `bounded` at
   * most.
   */
  readonly interrupted?: (states: number) => boolean;
  /** After how many milliseconds it will be, for the verdict to say. */
  readonly timeout?: number;
  /** The projection of a choreography, where the caller has it already. */
  readonly projectOf?: (choreography: Choreography, scope: Scope) => Projected;
  /**
   * The types of the network's file, where they are known; without them, only annotations and literals tell what
   * messages carry.
   */
  readonly names?: TypingResult;
}

/**
 * Checks one network.
 * @param written the network; one that is broken is not to be given here
 * @param from where called networks, and the choreography that it implements, are looked up
 * @param limits the bounds; the verdict never says more than what was explored within them
 * Cost: that of exploring it, see `engine`; exponential in the decisions of different processes at worst
 */
export function checkNetwork(
  written: Network,
  from: Scope,
  limits: ExplorationLimits,
  options: CheckOptions = {},
): NetworkResult {
  const scope = givenScope(from);
  const network = withGiven(written, scope);
  const families = declaredRoles(network, scope);
  if (!hasFamilies(families)) return checkPlain(network, scope, limits, options);
  // Each size is a network of its own: the least that goes wrong is told.
  const projectOf = (choreography: Choreography, at: Scope): Projected =>
    partsOfName(choreography.name.text) ? project(choreography, at) : (options.projectOf ?? project)(choreography, at);
  const results = triedSizes(families).map((sizes) => {
    const at = givenAt(network, sizes, scope);
    return {
      sizes,
      ...(at
        ? checkPlain(at.declaration, at.scope, limits, { ...options, projectOf })
        : { verdict: unknown(network, scope), findings: [] }),
    };
  });
  const order: readonly Verdict['verdict'][] = ['refuted', 'suspected', 'bounded', 'proved'];
  const worst =
    order.flatMap((verdict) => results.find((result) => result.verdict.verdict === verdict) ?? [])[0] ?? results[0];
  const told = results.find(({ findings }) => findings.some(({ severity }) => severity === 'error')) ?? worst;
  if (!worst || !told) return checkPlain(network, scope, limits, options);
  const tried = (worst.verdict.verdict === 'proved' || worst.verdict.verdict === 'bounded' ? results : [worst]).map(
    ({ sizes }) =>
      [...sizes].map(([name, size]) => ({
        name,
        size,
        ...(families.some((each) => each.name.text === name && each.value !== undefined) ? { value: true } : {}),
      })),
  );
  // What holds for all sizes is what holds for each.
  const least = Math.max(...results.map(({ verdict: { provedFor } }) => leastOf(provedFor)));
  return {
    verdict: {
      ...worst.verdict,
      ...(worst.verdict.verdict === 'proved' ? { provedFor: queuesOf(network, least) } : {}),
      name: network.name.text,
      sizes: tried,
      states: results.reduce((sum, { verdict }) => sum + verdict.states, 0),
    },
    findings: told.findings,
  };
}

/** Of what is too long to be explored, nothing is known. */
function unknown(network: Network, scope: Scope): Verdict {
  return {
    name: network.name.text,
    subject: 'network',
    uri: scope.file.uri,
    origin: network.name.origin,
    verdict: 'bounded',
    states: 0,
    buffer: 0,
    run: [],
    undecided: { reason: 'unknown', channels: [] },
  };
}

/** Checks a network without families. */
function checkPlain(network: Network, scope: Scope, limits: ExplorationLimits, options: CheckOptions): NetworkResult {
  if (options.names) rememberNames(scope, options.names);
  const projections = new Map<Choreography, Projected>();
  const projectOf = (choreography: Choreography, there: Scope): Projected => {
    const known = projections.get(choreography) ?? (options.projectOf ?? project)(choreography, there);
    projections.set(choreography, known);
    return known;
  };
  const library = libraryOf(network, projectOf);
  const roots = library.rolesOf(network, scope);
  const system = systemOf(roots, network.channels, library);
  const design = designOf(network, scope, library, projectOf);
  const different = design ? differencesOf(system, design, library) : [];
  const context: Context = {
    network,
    scope,
    system,
    differing: different.map((d) => d.cfg.name),
  };

  // Where a queue is full of what a thread is not ready for, another thread waits for ever.
  const shares = [...projections.keys()].some(sharesChannels);
  // What is right by construction is only explored for hints, as far as that costs little.
  const byConstruction =
    design !== undefined &&
    !(shares && network.channels.kind === 'buffer') &&
    isDesigned(system, design.cfgs, library, [...projections.keys()].some(sharesGuards)) &&
    isRight([...projections.values()]);
  const { explorations, problems: found } = explored(
    system,
    byConstruction ? { ...limits, states: Math.min(limits.states, mostForHints) } : limits,
    options.interrupted,
  );
  // Nor is there anything to what no values were found for: the exploration does not know all that roles have in common.
  const isFalseAlarm = byConstruction && found.length > 0 && found.every(({ suspected }) => suspected);
  const problems = isFalseAlarm ? [] : found;
  const reported = problems.flatMap(({ problem, events, suspected }) => {
    const found = reportOf(context, problem, events, suspected);
    return found ? [{ finding: found, root: rootOf(system, problem, events) }] : [];
  });
  const findings: Finding[] = asOne(reported);
  const shown = verdictOf(network, scope, system, explorations, problems, { ...limits, timeout: options.timeout });
  const byDesign = byConstruction && (isFalseAlarm || shown.verdict === 'bounded');
  const verdict: Verdict = byDesign
    ? {
        ...shown,
        verdict: 'proved',
        provedFor: queuesOf(network, shares ? Infinity : 1),
        states: 0,
        buffer: 0,
        undecided: undefined,
        byDesign,
      }
    : shown;
  let wrong: readonly Finding[] = [];
  if (verdict.verdict === 'proved' || verdict.verdict === 'bounded') {
    findings.push(
      ...(isFalseAlarm ? [] : explorations).flatMap((e) =>
        e.starving.flatMap((s) => reportStarving(context, s, eventsOf(system, [s.state.machine], s.run())) ?? []),
      ),
    );
    wrong = mismatchesOf(context, explorations, options.names);
    if (design) wrong = [...wrong, ...conformanceOf(context, design, different, library, limits, options.interrupted)];
    findings.push(...wrong);
  }
  // Where something is wrong, what can't be reached for that reason is not told as well; and where not all was
  // explored, nobody knows.
  if (shown.verdict === 'proved' && !isFalseAlarm && !findings.some((f) => f.severity === 'error')) {
    findings.push(...roots.filter((t) => t.written).flatMap((t) => unreachedIn(t, explorations)));
  }
  return { verdict: refutedBy(verdict, wrong), findings };
}

/** Something wrong, with the events that it comes from. */
interface Told {
  readonly problem: Problem;
  readonly events: readonly Event[];
  /** No values were found that it happens with. */
  readonly suspected: boolean;
}

interface Explored {
  readonly explorations: readonly Exploration[];
  readonly problems: readonly Told[];
}

/**
 * Explores a system, and does again what goes wrong, with values: where some of it is not found to happen, with more
 * values told apart.
 */
function explored(system: System, limits: ExplorationLimits, interrupted?: (states: number) => boolean): Explored {
  const look = (precision: Precision): Explored => {
    const explorations = exploreAll(system, limits, interrupted, precision);
    return {
      explorations,
      problems: explorations.flatMap((e) => e.problems.map((reached) => toldOf(system, reached))),
    };
  };
  const first = look('coarse');
  if (!system.relevance.any || first.problems.every((p) => !p.suspected)) return first;
  const again = look('fine');
  const isCertain = ({ problems }: Explored): boolean => problems.some((p) => !p.suspected);
  return isCertain(first) && !isCertain(again) ? first : again;
}

/** Of the runs that lead to a problem, the first that happens; else the first. */
function toldOf(system: System, reached: Reached): Told {
  let first: Told | undefined;
  // Each with what is wrong on it: who stands where is not the same on all of them.
  for (const { problem, run } of [reached, ...reached.others]) {
    const events = causesOf(system, problem, run());
    const told = { problem, events, suspected: happens(system, events, endsOf(problem)) !== 'yes' };
    if (!told.suspected) return told;
    first ??= told;
  }
  return first as Told;
}

/**
 * What is not as it should be at the end of a run refutes as well: a message of another type, or that the choreography
 * does not have there.
 */
function refutedBy(verdict: Verdict, wrong: readonly Finding[]): Verdict {
  const [first] = wrong
    .filter((f) => f.severity === 'error' || f.milder === true)
    .sort(
      (a, b) =>
        Number(a.milder ?? false) - Number(b.milder ?? false) ||
        (runOf(a)?.steps.length ?? 0) - (runOf(b)?.steps.length ?? 0),
    );
  // What was not explored to the end may still differ.
  if (!first || (verdict.verdict === 'bounded' && first.code === 'not-conformant')) return verdict;
  const { undecided: _, byDesign: __, provedFor: ___, ...rest } = verdict;
  return {
    ...rest,
    verdict: first.milder === true ? 'suspected' : 'refuted',
    buffer: 0,
    run: runOf(first)?.steps ?? [],
  };
}

function isRight(projected: readonly Projected[]): boolean {
  return projected.every(({ findings }) => findings.every((f) => f.severity !== 'error'));
}

/** What a network implements. */
interface Design {
  readonly choreography: Choreography;
  readonly uri: string;
  readonly network: Network;
  readonly cfgs: readonly ControlFlowGraph[];
}

/**
 * The choreography that a network implements, with its projections; undefined where there is none, or it does not read.
 */
function designOf(
  network: Network,
  scope: Scope,
  library: Library,
  projectOf: (choreography: Choreography, scope: Scope) => Projected,
): Design | undefined {
  const found = network.implements && scope.lookup(network.implements.text);
  const there = found && scope.at(found.uri);
  if (!there || found.declaration.kind !== 'choreography' || found.declaration.broken) return undefined;
  const choreography = found.declaration;
  return {
    choreography,
    uri: found.uri,
    network: projectOf(choreography, there).network,
    cfgs: library.rolesOf(choreography, there),
  };
}

interface Differing {
  readonly cfg: ControlFlowGraph;
  readonly index: number;
  readonly difference: Difference;
}

/** The written processes that do not do what their projections do. */
function differencesOf(system: System, design: Design, library: Library): Differing[] {
  const designs = systemOf(design.cfgs, system.channels, library);
  return system.roots.flatMap((root): Differing[] => {
    const { cfg } = root.instance;
    const index = design.cfgs.findIndex((t) => t.name === cfg.name);
    const expected = designs.roots[index];
    if (!cfg.written || !expected) return [];
    const result = isCopy(cfg, expected.instance.cfg, library) ? undefined : compare(system, root, designs, expected);
    return result?.kind === 'different' ? [{ cfg, index, difference: result.difference }] : [];
  });
}

/** What to say of the processes that differ: each is tried in the place of its projection. */
function conformanceOf(
  context: Context,
  design: Design,
  different: readonly Differing[],
  library: Library,
  limits: ExplorationLimits,
  interrupted?: (states: number) => boolean,
): Finding[] {
  const designs = systemOf(design.cfgs, context.network.channels, library);
  const tried = different.map((d) => {
    const alone = systemOf(
      design.cfgs.map((t, i) => (i === d.index ? d.cfg : t)),
      context.network.channels,
      library,
    );
    const { explorations } = explored(alone, limits, interrupted);
    const expected = designs.roots[d.index];
    const works = explorations.every((e) => e.cuts.size === 0 && e.problems.length === 0);
    return { ...d, safe: works && expected !== undefined && isReordered(d.index, explorations, designs, expected) };
  });
  const differing = tried.filter((d) => !d.safe).map((d) => d.cfg.name);
  return tried.map(({ cfg, safe, difference: { run, actual, expected, origin, place } }) =>
    finding(safe ? 'reordered-but-safe' : 'not-conformant', context.scope.file.uri, origin, {
      role: cfg.name,
      choreography: design.choreography.name.text,
      differing,
      run,
      actual,
      expected,
      design: place,
    }),
  );
}

/** Each group of machines that have nothing to do with the others, explored on its own. */
export function exploreAll(
  system: System,
  limits: ExplorationLimits,
  interrupted?: (states: number) => boolean,
  precision: Precision = 'coarse',
): Exploration[] {
  return system.components.map((machines) => engine.explore(system, machines, limits, interrupted, precision));
}

type Bounds = ExplorationLimits & { readonly timeout?: number };

function verdictOf(
  network: Network,
  scope: Scope,
  system: System,
  explorations: readonly Exploration[],
  problems: readonly Told[],
  limits: Bounds,
): Verdict {
  const cuts = new Set<Cut>(explorations.flatMap((e) => [...e.cuts]));
  const states = explorations.reduce((sum, e) => sum + e.configurations, 0);
  const buffer = cuts.has('buffer') ? Math.max(...explorations.map((e) => e.buffer)) : 0;
  const common = {
    name: network.name.text,
    subject: 'network',
    uri: scope.file.uri,
    origin: network.name.origin,
    states,
    buffer,
  } as const;
  const runs = problems
    .map((told) => ({ ...told, run: wordsOf(system, told.events) }))
    .sort((a, b) => Number(a.suspected) - Number(b.suspected) || a.run.length - b.run.length);
  const [first] = runs;
  if (first && !first.suspected) return { ...common, verdict: 'refuted', run: first.run };
  if (first)
    return {
      ...common,
      verdict: 'suspected',
      run: first.run,
      conditions: lastDecisions(system, openOf(system, first.events), true),
    };
  if (cuts.size === 0) {
    const least = Math.max(1, ...explorations.map((e) => e.buffer));
    return { ...common, verdict: 'proved', provedFor: queuesOf(network, least), run: [] };
  }
  return { ...common, verdict: 'bounded', run: [], undecided: undecidedBy(cuts, explorations, system.names, limits) };
}

/**
 * For which queues a network is proved.
 * @param least the least size for which it is; infinite where it is for queues without a bound alone
 */
function queuesOf({ channels }: Network, least: number): ProvedFor {
  if (channels.kind === 'sync') return { queues: 'declared', as: 'sync' };
  if (channels.kind === 'buffer') return { queues: 'declared', as: `buffer ${channels.size}` };
  if (least === Infinity) return { queues: 'unbounded' };
  return least > 1 ? { queues: 'from', least } : { queues: 'every' };
}

function leastOf(provedFor: ProvedFor | undefined): number {
  return provedFor?.queues === 'unbounded' ? Infinity : provedFor?.queues === 'from' ? provedFor.least : 1;
}

function undecidedBy(
  cuts: ReadonlySet<Cut>,
  explorations: readonly Exploration[],
  names: readonly string[],
  limits: Bounds,
): Undecided {
  const reason = cuts.has('interrupted')
    ? 'time'
    : cuts.has('states')
      ? 'states'
      : cuts.has('buffer')
        ? 'buffer'
        : 'unknown';
  const name = (machine: number): string => names[machine] ?? '';
  const full = explorations.flatMap((e) => (e.cuts.has('buffer') ? e.full : []));
  const bounds: Record<typeof reason, number | undefined> = {
    states: limits.states,
    time: limits.timeout === undefined ? undefined : limits.timeout / 1000,
    unknown: undefined,
    buffer: Math.max(...explorations.filter((e) => e.cuts.has('buffer')).map((e) => e.buffer)),
  };
  return {
    reason,
    bound: bounds[reason],
    channels:
      reason === 'buffer'
        ? full.map((c) => [name(senderOf(c, names.length)), name(receiverOf(c, names.length))] as const)
        : [],
  };
}

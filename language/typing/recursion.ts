// Recursion that nothing happens before: `rec` loops and calls that come back to where they began without any action.
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Expr, Name, TextRange } from '../ir/expression.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import { cyclesOf } from '../scoping/cycles.js';
import { isEffectful } from '../scoping/effects.js';
import { statementsIn } from '../scoping/passages.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { World } from './world.js';
import { longestWay } from './limits.js';

interface FirstCall {
  readonly callee: Name;
  readonly origin: TextRange;
  /** The roles in its places. */
  readonly roles: readonly string[];
  readonly inputs: readonly Expr[];
}

/** What of a statement or action matters here. */
type Step<N> =
  | { readonly kind: 'action' }
  | (FirstCall & { readonly kind: 'call' })
  | { readonly kind: 'continue'; readonly name: Name; readonly origin: TextRange }
  | { readonly kind: 'leave'; readonly name: Name }
  /** `skip`: none of the blocks may be gone through. `loop`: they may be left by this name. */
  | {
      readonly kind: 'blocks';
      readonly blocks: readonly (readonly N[])[];
      readonly skip: boolean;
      readonly loop?: string;
    };

function stepOf(statement: Statement, scope: Scope): Step<Statement> {
  // Who asks a host function does something: it may answer otherwise the next time.
  if (
    (statement.kind === 'decision' || statement.kind === 'while') &&
    statement.guards.some((guard) => isEffectful(guard.value, scope))
  )
    return { kind: 'action' };
  switch (statement.kind) {
    case 'communication':
    case 'gather':
    case 'assignment':
    case 'effect':
      return { kind: 'action' };
    case 'call':
      return {
        kind: 'call',
        callee: statement.callee,
        origin: statement.origin,
        roles: statement.args.map((arg) => arg.role.key),
        inputs: statement.args.flatMap((arg) => arg.inputs),
      };
    case 'continue':
      return { kind: 'continue', name: statement.name, origin: statement.origin };
    case 'leave':
      return { kind: 'leave', name: statement.name };
    case 'while':
      return { kind: 'blocks', blocks: [[...statement.body.statements]], skip: statement.exit.length === 0 };
    // There may be nobody to go through.
    case 'for':
      return { kind: 'blocks', blocks: [[...statement.body.statements]], skip: true };
    // What is over when all are: one after the other, for what it does.
    case 'par':
      return { kind: 'blocks', blocks: [blocksOf(statement).flat()], skip: false };
    case 'decision':
    case 'when':
    case 'at':
      return { kind: 'blocks', blocks: blocksOf(statement), skip: false };
    case 'rec':
      return { kind: 'blocks', blocks: blocksOf(statement), skip: false, loop: statement.name.text };
  }
}

function localStepOf(action: Action, scope: Scope): Step<Action> {
  const guard =
    action.kind === 'if' || action.kind === 'while'
      ? action.condition
      : action.kind === 'match' || action.kind === 'pick'
        ? action.value
        : undefined;
  if (guard && isEffectful(guard, scope)) return { kind: 'action' };
  switch (action.kind) {
    case 'send':
    case 'receive':
    case 'gather':
    case 'assignment':
    case 'effect':
    case 'hole':
      return { kind: 'action' };
    case 'call':
      return {
        kind: 'call',
        callee: action.callee,
        origin: action.origins[0] ?? action.callee.origin,
        roles: action.args.map((arg) => arg.role.key),
        inputs: action.args.flatMap((arg) => arg.inputs),
      };
    case 'continue':
      return { kind: 'continue', name: action.name, origin: action.origins[0] ?? action.name.origin };
    case 'leave':
      return { kind: 'leave', name: action.name };
    case 'par':
      return { kind: 'blocks', blocks: [localBlocksOf(action).flatMap((block) => block.actions)], skip: false };
    case 'choice':
    case 'if':
    case 'match':
    case 'rec':
    case 'while':
    case 'for':
    case 'when':
    case 'at':
    case 'pick':
      return {
        kind: 'blocks',
        blocks: localBlocksOf(action).map((block) => block.actions),
        skip: action.kind === 'while' || action.kind === 'for' || (action.kind === 'match' && !action.else),
        ...(action.kind === 'rec' ? { loop: action.name.text } : {}),
      };
  }
}

/** What is reached before anything happens. */
interface Silent {
  readonly continues: { readonly name: Name; readonly origin: TextRange }[];
  readonly calls: FirstCall[];
  /** The loops that are left. */
  readonly leaves: Set<string>;
}

function nothingFound(): Silent {
  return { continues: [], calls: [], leaves: new Set() };
}

type StepOf<N> = (node: N) => Step<N>;

/**
 * Collects what is reached silently; true where the end is reached silently too.
 * @param isNothing whether what a call leads to may come to its end silently
 */
function walkSilent<N>(
  nodes: Iterable<N>,
  step: StepOf<N>,
  isNothing: (call: FirstCall) => boolean,
  found: Silent,
): boolean {
  for (const node of nodes) {
    const s = step(node);
    switch (s.kind) {
      case 'action':
        return false;
      case 'call':
        found.calls.push(s);
        if (!isNothing(s)) return false;
        break;
      case 'continue':
        found.continues.push(s);
        return false;
      case 'leave':
        found.leaves.add(s.name.text);
        return false;
      case 'blocks': {
        let through = s.skip;
        // A loop around may have the same name.
        const outer = s.loop !== undefined && found.leaves.delete(s.loop);
        for (const block of s.blocks) through = walkSilent(block, step, isNothing, found) || through;
        if (s.loop !== undefined) through = found.leaves.delete(s.loop) || through;
        if (s.loop !== undefined && outer) found.leaves.add(s.loop);
        if (!through) return false;
      }
    }
  }
  return true;
}

/**
 * What is known of the choreographies and processes of a world: whether they come to their end silently, and what they
 * call first.
 */
interface Known {
  readonly nothing: Map<Choreography | Process, boolean>;
  readonly calls: Map<Choreography | Process, readonly FirstCall[]>;
}

const worlds = new WeakMap<World, Known>();

function knownOf(world: World): Known {
  const known = worlds.get(world) ?? { nothing: new Map(), calls: new Map() };
  worlds.set(world, known);
  return known;
}

/** Walks it once; while it is being walked, and comes to itself, it does not end. */
function doesNothing(world: World, of: Choreography | Process, walk: () => boolean): boolean {
  const { nothing } = knownOf(world);
  const known = nothing.get(of);
  if (known !== undefined) return known;
  nothing.set(of, false);
  const result = walk();
  nothing.set(of, result);
  return result;
}

/** How a choreography is walked, with the calls in it. */
function walkChoreography(world: World, uri: string, statements: Iterable<Statement>, found: Silent): boolean {
  const scope = world.scope(uri);
  return walkSilent(
    statements,
    (statement) => stepOf(statement, scope),
    ({ callee, inputs }) => {
      const to = scope.lookup(callee.text);
      const choreography = to?.declaration.kind === 'choreography' ? to.declaration : undefined;
      if (
        !to ||
        !choreography ||
        choreography.broken ||
        choreography.returns.length > 0 ||
        inputs.some((input) => isEffectful(input, scope))
      )
        return false;
      return doesNothing(world, choreography, () =>
        walkChoreography(world, to.uri, statementsIn(choreography), nothingFound()),
      );
    },
    found,
  );
}

/** The same for a process. */
function walkProcess(world: World, playing: Playing, actions: readonly Action[], found: Silent): boolean {
  const scope = world.scope(playing.uri);
  return walkSilent(
    actions,
    (action) => localStepOf(action, scope),
    (call) => {
      const to = calledProcess(world, playing, call.callee, call.roles.indexOf(playing.process.name.text));
      if (!to || to.network.broken || to.process.returns || call.inputs.some((input) => isEffectful(input, scope)))
        return false;
      return doesNothing(world, to.process, () => walkProcess(world, to, to.process.body.actions, nothingFound()));
    },
    found,
  );
}

function reportLoop(context: Context, name: Name, { continues }: Silent): void {
  const again = continues.find((c) => c.name.text === name.text);
  // That something follows it is told, and why it is wrong to stand there.
  const told =
    again && context.reported.some((f) => f.code === 'continue-not-last' && f.origin.start === again.origin.start);
  if (again && !told)
    report(context, 'unguarded-recursion', again.origin, {
      kind: 'rec',
      name: name.text,
      origin: again.origin,
      head: { uri: context.uri, origin: name.origin },
    });
}

/** Reports `rec X` of a choreography that can come back to its head with nothing in between. */
export function checkRec(context: Context, name: Name, body: readonly Statement[]): void {
  const found: Silent = nothingFound();
  walkChoreography(context.world, context.uri, body, found);
  reportLoop(context, name, found);
}

/** The same for a process of a network. */
export function checkLocalRec(
  context: Context,
  network: Network,
  process: Process,
  name: Name,
  body: readonly Action[],
): void {
  const found: Silent = nothingFound();
  walkProcess(context.world, { uri: context.uri, network, process }, body, found);
  reportLoop(context, name, found);
}

/** The calls that a choreography begins with. */
function firstCalls(world: World, uri: string, choreography: Choreography): readonly FirstCall[] {
  return callsOf(world, choreography, (found) => walkChoreography(world, uri, statementsIn(choreography), found));
}

/** The calls that a process begins with. */
function firstCallsOf(world: World, playing: Playing): readonly FirstCall[] {
  return callsOf(world, playing.process, (found) => walkProcess(world, playing, playing.process.body.actions, found));
}

function callsOf(world: World, of: Choreography | Process, walk: (found: Silent) => boolean): readonly FirstCall[] {
  const { calls } = knownOf(world);
  const known = calls.get(of);
  if (known) return known;
  const found: Silent = nothingFound();
  walk(found);
  calls.set(of, found.calls);
  return found.calls;
}

/**
 * Reports calls by which a choreography comes back to its own beginning, directly or by way of others, with nothing
 * done.
 */
export function checkCalls(context: Context, choreography: Choreography): void {
  const calls = firstCalls(context.world, context.uri, choreography);
  if (calls.length === 0) return;
  const start: Resolved = { uri: context.uri, declaration: choreography };
  const next = ({ uri, declaration }: Resolved): Way<Resolved>[] =>
    (declaration.kind === 'choreography' ? firstCalls(context.world, uri, declaration) : []).flatMap(({ callee }) => {
      const to = context.world.scope(uri).lookup(callee.text);
      return to?.declaration.kind === 'choreography' ? [{ to, name: callee.text }] : [];
    });
  const key = ({ declaration }: Resolved): object => declaration;
  if (!isInCycle(context.world, start, next, key)) return;
  for (const call of calls) {
    const first = context.world.scope(context.uri).lookup(call.callee.text);
    if (first?.declaration.kind !== 'choreography') continue;
    const chain = wayBack(
      { to: first, name: call.callee.text },
      next,
      ({ declaration }) => declaration === start.declaration,
      key,
    );
    // One of several first calls may lead somewhere else.
    if (chain.length > 0 || calls.length === 1) {
      report(context, 'unguarded-recursion', call.origin, {
        kind: 'call',
        name: choreography.name.text,
        origin: call.origin,
        chain,
        head: { uri: context.uri, origin: choreography.name.origin },
      });
    }
  }
}

interface Way<N> {
  readonly to: N;
  readonly name: string;
}

/** What leads back to itself, once for each check of a file. */
const cycles = new WeakMap<World, Map<object, number>>();

/** Whether a node leads back to itself. Cost: linear in all that it leads to, once for each of these */
function isInCycle<N>(world: World, start: N, next: (node: N) => readonly Way<N>[], key: (node: N) => object): boolean {
  let known = cycles.get(world);
  if (!known) cycles.set(world, (known = new Map()));
  const own = known.get(key(start));
  if (own !== undefined) return own >= 0;
  const nodes = new Map([[key(start), start]]);
  const found = cyclesOf([key(start)], (at) => {
    const node = nodes.get(at);
    const further = node === undefined ? [] : next(node);
    for (const { to } of further) nodes.set(key(to), to);
    return further.map(({ to }) => key(to)).filter((to) => known.get(to) === undefined);
  });
  for (const each of nodes.keys()) if (!known.has(each)) known.set(each, found.get(each) ?? -1);
  return found.has(key(start));
}

/**
 * The names on the shortest way back to where it began; none where that is too long. Cost: linear in what is looked at,
 * `longestWay` at most
 */
function wayBack<N>(
  first: Way<N>,
  next: (node: N) => readonly Way<N>[],
  isGoal: (node: N) => boolean,
  key: (node: N) => object,
): string[] {
  const from = new Map<Way<N>, Way<N> | undefined>([[first, undefined]]);
  const seen = new Set<object>([key(first.to)]);
  // It grows while it is gone through.
  for (const way of from.keys()) {
    if (isGoal(way.to)) {
      const names: string[] = [];
      for (let at: Way<N> | undefined = way; at; at = from.get(at)) names.unshift(at.name);
      return names;
    }
    if (seen.size > longestWay) break;
    for (const further of next(way.to)) {
      if (seen.has(key(further.to))) continue;
      seen.add(key(further.to));
      from.set(further, way);
    }
  }
  return [];
}

/**
 * Reports calls by which a process comes back to its own beginning, directly or by way of other networks, with nothing
 * done.
 */
export function checkProcessCalls(context: Context, network: Network): void {
  for (const process of network.processes) {
    const start: Playing = { uri: context.uri, network, process };
    const calls = firstCallsOf(context.world, start);
    for (const call of calls) {
      const steps = (from: Playing, all: readonly FirstCall[]): Way<Playing>[] =>
        all.flatMap(({ callee, roles }) => {
          const to = calledProcess(context.world, from, callee, roles.indexOf(from.process.name.text));
          return to ? [{ to, name: callee.text }] : [];
        });
      const next = (from: Playing): Way<Playing>[] => steps(from, firstCallsOf(context.world, from));
      const key = (at: Playing): object => at.process;
      const [first] = isInCycle(context.world, start, next, key) ? steps(start, [call]) : [];
      const chain = first && wayBack(first, next, (at) => at.process === process, key);
      if (chain && (chain.length > 0 || calls.length === 1))
        report(context, 'unguarded-recursion', call.origin, {
          kind: 'call',
          name: network.name.text,
          origin: call.origin,
          chain,
          head: { uri: context.uri, origin: process.name.origin },
        });
    }
  }
}

interface Playing {
  readonly uri: string;
  readonly network: Network;
  readonly process: Process;
}

/** The process at a place of a called network, where it is written out. */
function calledProcess(world: World, { uri }: Playing, callee: Name, place: number): Playing | undefined {
  const found = world.scope(uri).lookup(callee.text);
  if (found?.declaration.kind !== 'network' || place < 0) return undefined;
  const network = found.declaration;
  let name = network.processes[place]?.name.text;
  if (network.implements) {
    const design = world.scope(found.uri).lookup(network.implements.text)?.declaration;
    name = design?.kind === 'choreography' ? design.roles[place]?.name.text : undefined;
  }
  const process = network.processes.find((p) => p.name.text === name);
  return process && { uri: found.uri, network, process };
}

// Recursion that nothing happens before: `rec` loops and calls that come back to where they began without any action.
import { unguardedRecursion } from '../diagnostics/unguarded-recursion.js';
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Expr, Name, Origin } from '../ir/expression.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import { idOf } from '../scoping/declared.js';
import { isEffectful } from '../scoping/effects.js';
import type { Resolved, Scope } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { World } from './world.js';

interface FirstCall {
  readonly callee: Name;
  readonly origin: Origin;
  /** The roles in its places. */
  readonly roles: readonly string[];
  readonly inputs: readonly Expr[];
}

/** What of a statement or action matters here. */
type Step<N> =
  | { readonly kind: 'action' }
  | FirstCall & { readonly kind: 'call' }
  | { readonly kind: 'continue'; readonly name: Name; readonly origin: Origin }
  /** `skip`: none of the blocks may be gone through. */
  | { readonly kind: 'blocks'; readonly blocks: readonly (readonly N[])[]; readonly skip: boolean };

function stepOf(statement: Statement, scope: Scope): Step<Statement> {
  // Who asks a host function does something: it may answer otherwise the next time.
  if ((statement.kind === 'decision' || statement.kind === 'while') && statement.guards.some((guard) => isEffectful(guard.value, scope))) return { kind: 'action' };
  switch (statement.kind) {
    case 'communication': case 'assignment': case 'effect': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: statement.callee, origin: statement.origin, roles: statement.args.map((arg) => arg.role.text), inputs: statement.args.flatMap((arg) => arg.inputs) };
    case 'continue': return { kind: 'continue', name: statement.name, origin: statement.origin };
    case 'while': return { kind: 'blocks', blocks: [[...statement.body.statements]], skip: statement.exit.length === 0 };
    default: return { kind: 'blocks', blocks: blocksOf(statement), skip: false };
  }
}

function localStepOf(action: Action, scope: Scope): Step<Action> {
  const guard = action.kind === 'if' || action.kind === 'while' ? action.condition : action.kind === 'match' ? action.value : undefined;
  if (guard && isEffectful(guard, scope)) return { kind: 'action' };
  switch (action.kind) {
    case 'send': case 'receive': case 'assignment': case 'effect': case 'hole': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: action.callee, origin: action.origins[0] ?? action.callee.origin, roles: action.args.map((arg) => arg.role.text), inputs: action.args.flatMap((arg) => arg.inputs) };
    case 'continue': return { kind: 'continue', name: action.name, origin: action.origins[0] ?? action.name.origin };
    default: return {
      kind: 'blocks', blocks: localBlocksOf(action).map((block) => block.actions),
      skip: action.kind === 'while' || (action.kind === 'match' && !action.else),
    };
  }
}

/** What is reached before anything happens. */
interface Silent {
  readonly continues: { readonly name: Name; readonly origin: Origin }[];
  readonly calls: FirstCall[];
}

type StepOf<N> = (node: N) => Step<N>;

/**
 * Collects what is reached silently; true where the end is reached silently too.
 * @param isNothing whether what a call leads to may come to its end silently
 */
function walkSilent<N>(nodes: readonly N[], step: StepOf<N>, isNothing: (call: FirstCall) => boolean, found: Silent): boolean {
  for (const node of nodes) {
    const s = step(node);
    switch (s.kind) {
      case 'action': return false;
      case 'call':
        found.calls.push(s);
        if (!isNothing(s)) return false;
        break;
      case 'continue':
        found.continues.push(s);
        return false;
      case 'blocks': {
        let through = s.skip;
        for (const block of s.blocks) through = walkSilent(block, step, isNothing, found) || through;
        if (!through) return false;
      }
    }
  }
  return true;
}

/** What is known of the choreographies and processes of a world: whether they come to their end silently, and what they call first. */
interface Known { readonly nothing: Map<Choreography | Process, boolean>; readonly calls: Map<Choreography | Process, readonly FirstCall[]> }

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
function walkChoreography(world: World, uri: string, statements: readonly Statement[], found: Silent): boolean {
  const scope = world.scope(uri);
  return walkSilent(statements, (statement) => stepOf(statement, scope), ({ callee, inputs }) => {
    const to = scope.lookup(callee.text);
    const choreography = to?.declaration.kind === 'choreography' ? to.declaration : undefined;
    if (!to || !choreography || choreography.broken || choreography.returns || inputs.some((input) => isEffectful(input, scope))) return false;
    return doesNothing(world, choreography, () => walkChoreography(world, to.uri, choreography.body.statements, { continues: [], calls: [] }));
  }, found);
}

/** The same for a process. */
function walkProcess(world: World, playing: Playing, actions: readonly Action[], found: Silent): boolean {
  const scope = world.scope(playing.uri);
  return walkSilent(actions, (action) => localStepOf(action, scope), (call) => {
    const to = calledProcess(world, playing, call.callee, call.roles.indexOf(playing.process.name.text));
    if (!to || to.network.broken || to.process.returns || call.inputs.some((input) => isEffectful(input, scope))) return false;
    return doesNothing(world, to.process, () => walkProcess(world, to, to.process.body.actions, { continues: [], calls: [] }));
  }, found);
}

function reportLoop(context: Context, name: Name, { continues }: Silent): void {
  const again = continues.find((c) => c.name.text === name.text);
  // That something follows it is told, and why it is wrong to stand there.
  const told = again && context.findings.some((f) => f.code === 'continue-not-last' && f.origin.start === again.origin.start);
  if (again && !told) report(context, unguardedRecursion, again.origin, { kind: 'rec', name: name.text, origin: again.origin, head: { uri: context.uri, origin: name.origin } });
}

/** Reports `rec X` of a choreography that can come back to its head with nothing in between. */
export function checkRec(context: Context, name: Name, body: readonly Statement[]): void {
  const found: Silent = { continues: [], calls: [] };
  walkChoreography(context.world, context.uri, body, found);
  reportLoop(context, name, found);
}

/** The same for a process of a network. */
export function checkLocalRec(context: Context, network: Network, process: Process, name: Name, body: readonly Action[]): void {
  const found: Silent = { continues: [], calls: [] };
  walkProcess(context.world, { uri: context.uri, network, process }, body, found);
  reportLoop(context, name, found);
}

/** The calls that a choreography begins with. */
function firstCalls(world: World, uri: string, choreography: Choreography): readonly FirstCall[] {
  return callsOf(world, choreography, (found) => walkChoreography(world, uri, choreography.body.statements, found));
}

/** The calls that a process begins with. */
function firstCallsOf(world: World, playing: Playing): readonly FirstCall[] {
  return callsOf(world, playing.process, (found) => walkProcess(world, playing, playing.process.body.actions, found));
}

function callsOf(world: World, of: Choreography | Process, walk: (found: Silent) => boolean): readonly FirstCall[] {
  const { calls } = knownOf(world);
  const known = calls.get(of);
  if (known) return known;
  const found: Silent = { continues: [], calls: [] };
  walk(found);
  calls.set(of, found.calls);
  return found.calls;
}

/** Reports calls by which a choreography comes back to its own beginning, directly or by way of others, with nothing done. */
export function checkCalls(context: Context, choreography: Choreography): void {
  for (const call of firstCalls(context.world, context.uri, choreography)) {
    const chain = cycle(context.world, { uri: context.uri, declaration: choreography }, call.callee);
    if (chain) {
      report(context, unguardedRecursion, call.origin, { kind: 'call', name: choreography.name.text, origin: call.origin, chain, head: { uri: context.uri, origin: choreography.name.origin } });
    }
  }
}

/** The names on the way from a first call back to the choreography; undefined where there is none. */
function cycle(world: World, start: Resolved, callee: Name): string[] | undefined {
  const goal = idOf(start.uri, start.declaration);
  const seen = new Set<string>();
  const visit = (uri: string, name: Name): string[] | undefined => {
    const next = world.scope(uri).lookup(name.text);
    if (next?.declaration.kind !== 'choreography') return undefined;
    const id = idOf(next.uri, next.declaration);
    if (id === goal) return [name.text];
    if (seen.has(id)) return undefined;
    seen.add(id);
    for (const call of firstCalls(world, next.uri, next.declaration)) {
      const rest = visit(next.uri, call.callee);
      if (rest) return [name.text, ...rest];
    }
    return undefined;
  };
  return visit(start.uri, callee);
}

/** Reports calls by which a process comes back to its own beginning, directly or by way of other networks, with nothing done. */
export function checkProcessCalls(context: Context, network: Network): void {
  for (const process of network.processes) {
    for (const call of firstCallsOf(context.world, { uri: context.uri, network, process })) {
      const chain = processCycle(context.world, { uri: context.uri, network, process }, call);
      if (chain) report(context, unguardedRecursion, call.origin, { kind: 'call', name: network.name.text, origin: call.origin, chain, head: { uri: context.uri, origin: process.name.origin } });
    }
  }
}

interface Playing {
  readonly uri: string;
  readonly network: Network;
  readonly process: Process;
}

/** The networks on the way from a process's first call back to the process; undefined where it does not come back. */
function processCycle(world: World, start: Playing, call: FirstCall): string[] | undefined {
  const seen = new Set<Process>();
  const visit = (from: Playing, { callee, roles }: FirstCall): string[] | undefined => {
    const next = calledProcess(world, from, callee, roles.indexOf(from.process.name.text));
    if (!next) return undefined;
    if (next.process === start.process) return [callee.text];
    if (seen.has(next.process)) return undefined;
    seen.add(next.process);
    for (const inner of firstCallsOf(world, next)) {
      const rest = visit(next, inner);
      if (rest) return [callee.text, ...rest];
    }
    return undefined;
  };
  return visit(start, call);
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

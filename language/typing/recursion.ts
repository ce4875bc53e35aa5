// Recursion that nothing happens before: `rec` loops and calls that come back to where they began without any action.
import { unguardedRecursion } from '../diagnostics/unguarded-recursion.js';
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Name, Origin } from '../ir/expression.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import { cyclesOf } from '../scoping/cycles.js';
import type { Resolved } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { World } from './world.js';

interface FirstCall {
  readonly callee: Name;
  readonly origin: Origin;
  /** The roles in its places. */
  readonly roles: readonly string[];
}

/** What of a statement or action matters here. */
type Step<N> =
  | { readonly kind: 'action' }
  | FirstCall & { readonly kind: 'call' }
  | { readonly kind: 'continue'; readonly name: Name; readonly origin: Origin }
  /** `skip`: none of the blocks may be gone through. */
  | { readonly kind: 'blocks'; readonly blocks: readonly (readonly N[])[]; readonly skip: boolean };

function stepOf(statement: Statement): Step<Statement> {
  switch (statement.kind) {
    case 'communication': case 'assignment': case 'effect': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: statement.callee, origin: statement.origin, roles: statement.args.map((arg) => arg.role.text) };
    case 'continue': return { kind: 'continue', name: statement.name, origin: statement.origin };
    case 'while': return { kind: 'blocks', blocks: [[...statement.body.statements]], skip: statement.exit.length === 0 };
    default: return { kind: 'blocks', blocks: blocksOf(statement), skip: false };
  }
}

function localStepOf(action: Action): Step<Action> {
  switch (action.kind) {
    case 'send': case 'receive': case 'assignment': case 'effect': case 'hole': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: action.callee, origin: action.origins[0] ?? action.callee.origin, roles: action.args.map((arg) => arg.role.text) };
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

/** Collects what is reached silently; true where the end is reached silently too. */
function walkSilent<N>(nodes: readonly N[], step: (node: N) => Step<N>, found: Silent): boolean {
  for (const node of nodes) {
    const s = step(node);
    switch (s.kind) {
      case 'action': return false;
      case 'call':
        found.calls.push(s);
        return false;
      case 'continue':
        found.continues.push(s);
        return false;
      case 'blocks': {
        let through = s.skip;
        for (const block of s.blocks) through = walkSilent(block, step, found) || through;
        if (!through) return false;
      }
    }
  }
  return true;
}

function loops<N>(context: Context, name: Name, body: readonly N[], step: (node: N) => Step<N>): void {
  const found: Silent = { continues: [], calls: [] };
  walkSilent(body, step, found);
  const again = found.continues.find((c) => c.name.text === name.text);
  // That something follows it is told, and why it is wrong to stand there.
  const told = again && context.findings.some((f) => f.code === 'continue-not-last' && f.origin.start === again.origin.start);
  if (again && !told) report(context, unguardedRecursion, again.origin, { kind: 'rec', name: name.text, origin: again.origin, head: { uri: context.uri, origin: name.origin } });
}

/** Reports `rec X` of a choreography that can come back to its head with nothing in between. */
export function checkRec(context: Context, name: Name, body: readonly Statement[]): void {
  loops(context, name, body, stepOf);
}

/** The same for a process. */
export function checkLocalRec(context: Context, name: Name, body: readonly Action[]): void {
  loops(context, name, body, localStepOf);
}

const cache = new WeakMap<Choreography | Process, readonly FirstCall[]>();

/** The calls that a choreography, or a process, begins with. */
function firstCalls(of: Choreography | Process): readonly FirstCall[] {
  let known = cache.get(of);
  if (!known) {
    const found: Silent = { continues: [], calls: [] };
    if ('actions' in of.body) walkSilent(of.body.actions, localStepOf, found);
    else walkSilent(of.body.statements, stepOf, found);
    known = found.calls;
    cache.set(of, known);
  }
  return known;
}

/** Reports calls by which a choreography comes back to its own beginning, directly or by way of others, with nothing done. */
export function checkCalls(context: Context, choreography: Choreography): void {
  const calls = firstCalls(choreography);
  if (calls.length === 0) return;
  const start: Resolved = { uri: context.uri, declaration: choreography };
  const next = ({ uri, declaration }: Resolved): Way<Resolved>[] => (declaration.kind === 'choreography' ? firstCalls(declaration) : []).flatMap(({ callee }) => {
    const to = context.world.scope(uri).lookup(callee.text);
    return to?.declaration.kind === 'choreography' ? [{ to, name: callee.text }] : [];
  });
  const key = ({ declaration }: Resolved): object => declaration;
  if (!isInCycle(context.world, start, next, key)) return;
  for (const call of calls) {
    const first = context.world.scope(context.uri).lookup(call.callee.text);
    if (first?.declaration.kind !== 'choreography') continue;
    const chain = wayBack({ to: first, name: call.callee.text }, next, ({ declaration }) => declaration === start.declaration, key);
    // One of several first calls may lead somewhere else.
    if (chain.length > 0 || calls.length === 1) {
      report(context, unguardedRecursion, call.origin, { kind: 'call', name: choreography.name.text, origin: call.origin, chain, head: { uri: context.uri, origin: choreography.name.origin } });
    }
  }
}

interface Way<N> {
  readonly to: N;
  readonly name: string;
}

/** How many are looked at on the way back to where a chain of calls began: of a longer way, nobody reads where it goes. */
const longestWay = 100;

/** What leads back to itself, once for each check of a file. */
const cycles = new WeakMap<World, Map<object, number>>();

/** Whether a node leads back to itself. Cost: linear in all that it leads to, once for each of these */
function isInCycle<N>(world: World, start: N, next: (node: N) => readonly Way<N>[], key: (node: N) => object): boolean {
  let known = cycles.get(world);
  if (!known) cycles.set(world, known = new Map());
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

/** The names on the shortest way back to where it began; none where that is too long. Cost: linear in what is looked at, `longestWay` at most */
function wayBack<N>(first: Way<N>, next: (node: N) => readonly Way<N>[], isGoal: (node: N) => boolean, key: (node: N) => object): string[] {
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

/** Reports calls by which a process comes back to its own beginning, directly or by way of other networks, with nothing done. */
export function checkProcessCalls(context: Context, network: Network): void {
  for (const process of network.processes) {
    for (const call of firstCalls(process)) {
      const start: Playing = { uri: context.uri, network, process };
      const steps = (from: Playing, all: readonly FirstCall[]): Way<Playing>[] => all.flatMap(({ callee, roles }) => {
        const to = calledProcess(context.world, from, callee, roles.indexOf(from.process.name.text));
        return to ? [{ to, name: callee.text }] : [];
      });
      const next = (from: Playing): Way<Playing>[] => steps(from, firstCalls(from.process));
      const key = (at: Playing): object => at.process;
      const [first] = isInCycle(context.world, start, next, key) ? steps(start, [call]) : [];
      const chain = first && wayBack(first, next, (at) => at.process === process, key);
      if (chain && (chain.length > 0 || firstCalls(process).length === 1)) report(context, unguardedRecursion, call.origin, { kind: 'call', name: network.name.text, origin: call.origin, chain, head: { uri: context.uri, origin: process.name.origin } });
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

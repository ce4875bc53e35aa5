// Recursion that nothing happens before: `rec` loops and calls that come back to where they began without any action.
import { unguardedRecursion } from '../diagnostics/unguarded-recursion.js';
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Name, Origin } from '../ir/expression.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action, Network, Process } from '../ir/process.js';
import { idOf } from '../scoping/declared.js';
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
  for (const call of firstCalls(choreography)) {
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
    for (const call of firstCalls(next.declaration)) {
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
    for (const call of firstCalls(process)) {
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
    for (const inner of firstCalls(next.process)) {
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

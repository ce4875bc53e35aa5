// Recursion that nothing happens before: `rec` loops and calls that come back to where they began without any action.
import { unguardedRecursion } from '../diagnostics/unguarded-recursion.js';
import { blocksOf } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';
import type { Name, Origin } from '../ir/expression.js';
import { localBlocksOf } from '../ir/process.js';
import type { Action } from '../ir/process.js';
import { idOf } from '../scoping/declared.js';
import type { Resolved } from '../scoping/scope.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { World } from './world.js';

/** What of a statement or action matters here. */
type Step<N> =
  | { readonly kind: 'action' }
  | { readonly kind: 'call'; readonly callee: Name; readonly origin: Origin }
  | { readonly kind: 'continue'; readonly name: Name; readonly origin: Origin }
  /** `skip`: none of the blocks may be gone through. */
  | { readonly kind: 'blocks'; readonly blocks: readonly (readonly N[])[]; readonly skip: boolean };

function stepOf(statement: Statement): Step<Statement> {
  switch (statement.kind) {
    case 'communication': case 'assignment': case 'effect': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: statement.callee, origin: statement.origin };
    case 'continue': return { kind: 'continue', name: statement.name, origin: statement.origin };
    case 'while': return { kind: 'blocks', blocks: [[...statement.body.statements]], skip: statement.exit.length === 0 };
    default: return { kind: 'blocks', blocks: blocksOf(statement), skip: false };
  }
}

function localStepOf(action: Action): Step<Action> {
  switch (action.kind) {
    case 'send': case 'receive': case 'assignment': case 'effect': case 'hole': return { kind: 'action' };
    case 'call': return { kind: 'call', callee: action.callee, origin: action.origins[0] ?? action.callee.origin };
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
  readonly calls: { readonly callee: Name; readonly origin: Origin }[];
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
  if (again) report(context, unguardedRecursion, again.origin, { kind: 'rec', name: name.text, origin: again.origin, head: { uri: context.uri, origin: name.origin } });
}

/** Reports `rec X` of a choreography that can come back to its head with nothing in between. */
export function checkRec(context: Context, name: Name, body: readonly Statement[]): void {
  loops(context, name, body, stepOf);
}

/** The same for a process. */
export function checkLocalRec(context: Context, name: Name, body: readonly Action[]): void {
  loops(context, name, body, localStepOf);
}

const cache = new WeakMap<Choreography, readonly { callee: Name; origin: Origin }[]>();

/** The calls that a choreography begins with. */
function firstCalls(choreography: Choreography): readonly { callee: Name; origin: Origin }[] {
  let known = cache.get(choreography);
  if (!known) {
    const found: Silent = { continues: [], calls: [] };
    walkSilent(choreography.body.statements, stepOf, found);
    known = found.calls;
    cache.set(choreography, known);
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


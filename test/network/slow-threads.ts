// What a process has left to do, for the slow explorer: a list of actions, of which the first may be threads with lists
// of their own. Made apart from the checker's own, so that a mistake there is not made here as well.
import type { Action, LocalPar } from '../../language/ir/process.js';
import { sendersOf, targetsIn, walkActions } from '../../language/ir/process.js';
import { namesOfTarget } from '../../language/ir/target.js';
import type { Value } from '../values/interpreter.js';

export type Item = Action | Threads;

/** Threads that have begun, each with what it has left to do, and the variables that it bound first. */
export interface Threads {
  readonly kind: 'threads';
  readonly of: LocalPar;
  readonly each: readonly Strand[];
}

export interface Strand {
  readonly left: readonly Item[];
  readonly scope: Scope;
}

export type Scope = ReadonlyMap<string, Value>;

/** A thread by all that it is a part of, outermost first: the numbers of `par` and branch. */
export type Path = readonly (readonly [LocalPar, number])[];

/** A place where a process can go on: its next action, what is left behind it, and what the variables are there. */
export interface Spot {
  readonly path: Path;
  readonly action: Action;
  readonly rest: readonly Item[];
  /** Innermost first. */
  readonly scopes: readonly Scope[];
}

/** All places where a process can go on. */
export function spotsIn({ left, scope }: Strand, path: Path = [], around: readonly Scope[] = []): Spot[] {
  const [first, ...rest] = left;
  const scopes = [scope, ...around];
  if (!first) return [];
  if (first.kind !== 'threads') return [{ path, action: first, rest, scopes }];
  return first.each.flatMap((strand, i) => spotsIn(strand, [...path, [first.of, i]], scopes));
}

/**
 * The process once a thread of it has something else left to do, and knows something else; what follows threads comes
 * when all have ended.
 */
export function after({ left, scope }: Strand, path: Path, now: readonly Item[], scopes: readonly Scope[]): Strand {
  const [own = scope] = scopes.slice(-1);
  const [[, index] = [undefined, -1], ...deeper] = path;
  const [first, ...rest] = left;
  if (path.length === 0) return { left: now, scope: own };
  if (first?.kind !== 'threads') throw new Error('no such thread');
  const each = first.each.map((strand, i) => (i === index ? after(strand, deeper, now, scopes.slice(0, -1)) : strand));
  if (each.some((strand) => strand.left.length > 0)) return { left: [{ ...first, each }, ...rest], scope: own };
  // What one thread alone binds lives on.
  const lasting = each.flatMap((strand, i) =>
    [...strand.scope].filter(([name]) =>
      first.of.branches.every(({ actions }, other) => other === i || !binds(actions, name)),
    ),
  );
  return { left: rest, scope: new Map([...own, ...lasting]) };
}

function binds(actions: readonly Action[], name: string): boolean {
  let found = false;
  walkActions(actions, (action) => {
    found ||= targetsIn(action).some((into) => namesOfTarget(into).some(({ text }) => text === name));
  });
  return found;
}

/** The scopes with a value for a variable: where it has one already, else as one of the thread's own. */
export function assigned(scopes: readonly Scope[], name: string, value: Value): readonly Scope[] {
  const at = Math.max(
    0,
    scopes.findIndex((scope) => scope.has(name)),
  );
  return scopes.map((scope, i) => (i === at ? new Map(scope).set(name, value) : scope));
}

const labels = new Map<readonly Action[], ReadonlySet<string>>();

/** What a branch of a `par` takes: `sender label`. */
function takenBy(actions: readonly Action[]): ReadonlySet<string> {
  let known = labels.get(actions);
  if (!known) {
    const found = new Set<string>();
    walkActions(actions, (action) => {
      if (action.kind === 'receive')
        for (const { sender, label } of action.branches) found.add(`${sender.key} ${label?.text ?? ''}`);
      if (action.kind === 'gather')
        for (const { key } of action.senders) found.add(`${key} ${action.label?.text ?? ''}`);
    });
    labels.set(actions, (known = found));
  }
  return known;
}

/** Whether a thread leaves a message to others beside it. */
export function passesOver(path: Path, sender: string, label: string): boolean {
  const message = `${sender} ${label}`;
  return path.some(
    ([par, own]) =>
      par.branches.some(({ actions }, i) => i !== own && takenBy(actions).has(message)) &&
      !takenBy(par.branches[own]?.actions ?? []).has(message),
  );
}

/** Whether a thread beside it takes such messages somewhere. */
export function isForOthers(path: Path, sender: string, label: string): boolean {
  return path.some(([par, own]) =>
    par.branches.some(({ actions }, i) => i !== own && takenBy(actions).has(`${sender} ${label}`)),
  );
}

/** Whether one thread is a part of another, or the same. */
export function isWithin(inner: Path, outer: Path): boolean {
  return outer.every(([par, index], i) => inner[i]?.[0] === par && inner[i][1] === index);
}

/** Whether two threads, or what they are parts of, go on beside each other. */
export function areBeside(one: Path, other: Path): boolean {
  return one.some(([par, index]) => other.some(([its, at]) => its === par && at !== index));
}

/** Whom a place waits for messages of; empty where it does not. */
export function awaitedAt({ action }: Spot): readonly string[] {
  return action.kind === 'receive'
    ? sendersOf(action).map(({ key }) => key)
    : action.kind === 'gather'
      ? action.senders.map(({ key }) => key)
      : [];
}

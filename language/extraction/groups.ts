// Which threads of processes belong together, by whom they talk to and with which labels.
import { walkExpr } from '../ir/expression.js';
import { expressionsOf, targetsIn, walkActions } from '../ir/process.js';
import type { Action, LocalPar } from '../ir/process.js';
import { namesOfTarget } from '../ir/target.js';
import { writtenByActions } from '../ir/threads.js';
import { farthestAhead } from './limits.js';
import type { Setting } from './state.js';
import { actionOf } from './terms.js';
import type { Continuation } from './terms.js';

/** A process that is about to do several things at the same time. */
export interface Forking {
  readonly p: number;
  readonly term: Continuation;
  readonly par: LocalPar;
  /** Where it goes on afterwards. */
  readonly after: Continuation | undefined;
}

/** One of these things. */
export interface Thread {
  readonly p: number;
  readonly actions: readonly Action[];
  /** Its messages, as `sender receiver label`, and its calls. */
  readonly keys: ReadonlySet<string>;
}

/** What becomes one branch. */
export interface Group {
  /** What each process does in it, and in no other. */
  readonly threads: ReadonlyMap<number, readonly Action[]>;
  /** Processes that do all that they do at the same time within it, or only one thing, and go on after it. */
  readonly whole: ReadonlySet<number>;
}

/**
 * The processes whose threads talk to each other, with these threads by whom they talk to.
 * @param held messages that belong together, besides those of one thread
 */
export function clusters(
  all: readonly Forking[],
  held: readonly (readonly string[])[],
  setting: Setting,
): { readonly forking: readonly Forking[]; readonly threads: readonly (readonly Thread[])[] }[] {
  const threads = all.flatMap(({ p, par }) =>
    par.branches.flatMap(({ actions }, i): Thread[] =>
      actions.length > 0 ? [{ p, actions, keys: new Set([...keysOf(p, actions, setting), threadKey(p, i)]) }] : [],
    ),
  );
  const groups = connected<{ readonly keys: Iterable<string>; readonly thread?: Thread }, string>(
    [...threads.map((thread) => ({ keys: thread.keys, thread })), ...held.map((keys) => ({ keys }))],
    ({ keys }) => keys,
  )
    .map((group) => group.flatMap(({ thread }) => thread ?? []))
    .filter((group) => group.length > 0);
  const joined = connected(
    all.map((forking) => ({
      forking,
      groups: groups.filter((group) => group.some(({ p }) => p === forking.p)),
    })),
    (each) => each.groups,
  );
  return joined.map((members) => ({
    forking: members.map(({ forking }) => forking),
    threads: groups.filter((group) => members.some((member) => member.groups.includes(group))),
  }));
}

/** What stands for a thread of a process, which may have no message. */
function threadKey(p: number, thread: number): string {
  return `thread ${p} ${thread}`;
}

/**
 * Threads that belong together, as others wait for what their process does after all of them: together with these.
 * @param futureOf the messages from a place on
 */
export function awaited(
  all: readonly Forking[],
  futureOf: (p: number, term: Continuation) => readonly string[],
  setting: Setting,
): string[][] {
  const owned = all.map(({ p, par }) => keysOf(p, [par], setting));
  return all.flatMap(({ p, par, after }, i) => {
    const later = (after ? futureOf(p, after) : []).filter(
      (key) => owned[i]?.has(key) !== true && owned.some((keys) => keys.has(key)),
    );
    return later.length > 0 ? [[...later, ...par.branches.map((_, thread) => threadKey(p, thread))]] : [];
  });
}

/** Puts together what has something in common, directly or over others, in the order in which it comes. */
function connected<T, K>(all: readonly T[], keysOfOne: (each: T) => Iterable<K>): T[][] {
  const groupOf = new Map<K, T[]>();
  const groups = new Set<T[]>();
  for (const each of all) {
    const keys = [...keysOfOne(each)];
    const own: T[] = [];
    const met = new Set(keys.flatMap((key) => [groupOf.get(key) ?? []].filter((group) => group.length > 0)));
    for (const group of met) {
      own.push(...group);
      groups.delete(group);
    }
    own.push(each);
    groups.add(own);
    for (const [key, group] of groupOf) if (met.has(group)) groupOf.set(key, own);
    for (const key of keys) groupOf.set(key, own);
  }
  const order = new Map(all.map((each, i) => [each, i]));
  const place = (each: T | undefined): number => (each === undefined ? -1 : (order.get(each) ?? -1));
  return [...groups].map((group) => group.sort((a, b) => place(a) - place(b))).sort(([a], [b]) => place(a) - place(b));
}

/** The messages and calls in actions of a process, by which both ends know each other. */
export function keysOf(p: number, actions: readonly Action[], { names, callee }: Setting): ReadonlySet<string> {
  const own = names[p] ?? '';
  const found = new Set<string>();
  walkActions(actions, (action) => {
    if (action.kind === 'send') found.add(`${own} ${action.receiver.key} ${action.label?.name.text ?? ''}`);
    else if (action.kind === 'receive')
      for (const { sender, label } of action.branches) found.add(`${sender.key} ${own} ${label?.text ?? ''}`);
    else if (action.kind === 'gather')
      for (const { key } of action.senders) found.add(`${key} ${own} ${action.label?.text ?? ''}`);
    else if (action.kind === 'call')
      found.add(`do ${callee(action).name} ${action.args.map(({ role }) => role.key).join(' ')}`);
  });
  return found;
}

/** Whether a thread knows a variable that another thread of its process may set meanwhile. */
export function isShared(p: number, actions: readonly Action[], forking: readonly Forking[]): boolean {
  const touched = new Set<string>();
  walkActions(actions, (action) => {
    for (const into of targetsIn(action)) for (const { text } of namesOfTarget(into)) touched.add(text);
    for (const value of expressionsOf(action))
      walkExpr(value, (e) => {
        if (e.kind === 'name') touched.add(e.name.text);
      });
  });
  const own = new Set(
    actions.flatMap((action) => (action.kind === 'par' ? action.branches : [])).map((b) => b.actions),
  );
  const others =
    forking
      .find((each) => each.p === p)
      ?.par.branches.filter((branch) => branch.actions !== actions && !own.has(branch.actions)) ?? [];
  return others.some((branch) => [...writtenByActions(branch.actions).keys()].some((name) => touched.has(name)));
}

/**
 * A process that sends first, and then takes messages, of several threads of others: as one that does so in a thread
 * for each of these. With queues nobody can notice that it has an order for them.
 * @param groups what belongs together, without it
 * @returns what it does with each of them, and where it goes on afterwards
 */
export function inOrder(
  p: number,
  term: Continuation,
  groups: readonly (readonly Thread[])[],
  { names, terms, channels, ...setting }: Setting,
): Omit<Forking, 'par'> & { readonly branches: readonly (readonly Action[])[] } {
  const branches = new Map<number, Action[]>();
  let at: Continuation | undefined = term;
  let sends = true;
  for (let i = 0; at && i < farthestAhead && channels.kind === 'fifo'; i++) {
    const action = actionOf(at);
    const [key, ...others] = keysOf(p, [action], { names, terms, channels, ...setting });
    const g = groups.findIndex((group) => group.some(({ keys }) => key !== undefined && keys.has(key)));
    if (g < 0 || others.length > 0) break;
    if (action.kind === 'send' && sends) at = terms.after(at);
    else if (action.kind === 'receive' && action.branches.length === 1) {
      sends = false;
      at = terms.enter(at, action.branches[0]?.body.actions ?? []);
    } else break;
    branches.set(g, [...(branches.get(g) ?? []), action]);
  }
  return { p, term, after: at, branches: [...branches.values()] };
}

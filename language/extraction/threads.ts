// Threads of processes, put together again to what goes on at the same time. Those belong together that talk to each
// other: a message has a sender, a receiver and a label, and in threads of one process no two are alike.
import type { TextRange } from '../ir/expression.js';
import { walkActions } from '../ir/process.js';
import type { Action, LocalPar, Process } from '../ir/process.js';
import { listed } from '../text/words.js';
import { awaited, clusters, inOrder, isShared, keysOf } from './groups.js';
import type { Forking, Group, Thread } from './groups.js';
import { explore } from './graph.js';
import type { Explored, Strategy, Within } from './graph.js';
import { moved, arrive } from './state.js';
import type { Candidate, Node, Setting, State, Step, Together, Variable } from './state.js';
import { actionOf, originOf, Unextractable } from './terms.js';
import type { Continuation } from './terms.js';
import { readFrom } from './parts.js';
import { linesOf, walk } from './text.js';
import { forgotten } from './values.js';
import type { Known } from './values.js';
import { mostStatesOfThreads } from './limits.js';

/** A group that was run. */
interface Branch extends Explored {
  readonly group: Group;
  /** Where those are after it that go on. */
  readonly after: ReadonlyMap<number, Continuation | undefined>;
}

/** The `at`s of a process that other threads of it could come between. */
export function stepsOf({ body }: Process): Action[] {
  const found: Action[] = [];
  walkActions(body.actions, (action) => {
    if (action.kind !== 'par') return;
    for (const branch of action.branches)
      walkActions(branch.actions, (inner) => {
        if (inner.kind === 'at') found.push(inner);
      });
  });
  return found;
}

/**
 * Makes what puts threads together, for one network.
 * @param strategy in what order each group of threads is run
 * Cost of a question: for each group, that of running it up to six times, which is kept; at most `mostStatesOfThreads`
 * states in all
 */
export function createTogether(strategy: Strategy, place: TextRange): Setting['together'] {
  const answers = new Map<string, Together>();
  const runs = new Map<string, Branch | Unextractable>();
  const futures = new Map<Continuation, readonly string[]>();
  const inThreads = new Map<string, LocalPar>();
  const several = new Map<string, readonly Action[]>();
  let left = mostStatesOfThreads;
  const spend = (): void => {
    if (left-- <= 0)
      throw new Unextractable(
        `what goes on at the same time has more than ${mostStatesOfThreads} states: that is too many to find what belongs together.`,
        place,
        'threads',
      );
  };

  /** The messages and calls from a place on, those that come first before others. */
  const futureOf = (p: number, term: Continuation, setting: Setting): readonly string[] => {
    let found = futures.get(term);
    if (!found) {
      const keys = new Set<string>();
      const open = new Set([term]);
      for (const at of open) {
        for (const key of keysOf(p, at.block.slice(at.index), setting)) keys.add(key);
        if (at.next) open.add(at.next);
        for (let loop = at.loops; loop; loop = loop.outer) open.add(loop.start);
      }
      futures.set(term, (found = [...keys]));
    }
    return found;
  };

  /** Several threads of one process as one that does them at the same time, the same one each time. */
  const asOne = ({ p, term, par }: Forking, own: readonly Thread[]): readonly Action[] => {
    const [only] = own;
    if (only && own.length === 1) return only.actions;
    const branches = par.branches.filter((branch) => own.some(({ actions }) => actions === branch.actions));
    const key = `${p} ${term.id} ${branches.map((branch) => par.branches.indexOf(branch)).join(' ')}`;
    let made = several.get(key);
    if (!made) several.set(key, (made = [{ ...par, branches }]));
    return made;
  };

  /** Whom the messages of groups lead to, of those who are not in one: over others, too, or not. */
  const joining = (
    state: State,
    forking: readonly Forking[],
    groups: readonly Group[],
    setting: Setting,
    overOthers: boolean,
  ): Group[] => {
    const owners = new Map<string, number>();
    groups.forEach(({ threads, whole }, g) => {
      for (const [p, actions] of threads) for (const key of keysOf(p, actions, setting)) owners.set(key, g);
      for (const { p, par } of forking)
        if (whole.has(p)) for (const key of keysOf(p, [par], setting)) owners.set(key, g);
    });
    const joined = groups.map(({ whole }) => new Set(whole));
    const free = new Set(
      [...state.at.keys()].filter(
        (p) => !forking.some((each) => each.p === p) && groups.every((g) => !g.whole.has(p) && !g.threads.has(p)),
      ),
    );
    for (let changed = true; changed;) {
      changed = false;
      for (const p of free) {
        const term = state.at[p];
        const keys = term ? futureOf(p, term, setting) : [];
        const first = keys.find((key) => owners.has(key));
        const g = first === undefined ? undefined : owners.get(first);
        if (g === undefined) continue;
        free.delete(p);
        joined[g]?.add(p);
        if (!overOthers) continue;
        changed = true;
        for (const key of keys) if (!owners.has(key)) owners.set(key, g);
      }
    }
    return groups.map(({ threads }, g) => ({ threads, whole: joined[g] ?? new Set() }));
  };

  /** Those that do in order what others do at the same time, as if they had threads for it. */
  const ordered = (state: State, all: readonly Forking[], setting: Setting): readonly Forking[] => {
    const groups = clusters(all, [], setting).flatMap(({ threads }) => threads);
    return [...state.at.entries()].flatMap(([p, term]): Forking[] => {
      if (!term || all.some((each) => each.p === p)) return [];
      const { branches, after } = inOrder(p, term, groups, setting);
      if (branches.length < 2) return [];
      const { origins } = actionOf(term);
      const key = `${p} ${term.id} ${branches.map((actions) => actions.map((each) => originOf(each).start).join(',')).join(' ')}`;
      let par = inThreads.get(key);
      if (!par)
        inThreads.set(
          key,
          (par = {
            kind: 'par',
            branches: branches.map((actions) => ({ actions, origin: originOf(actions[0] ?? actionOf(term)) })),
            origins,
          }),
        );
      return [{ p, term, par, after }];
    });
  };

  const runGroup = (
    state: State,
    group: Group,
    forking: readonly Forking[],
    setting: Setting,
    then: Within['then'],
  ): Branch | Unextractable => {
    const { threads, whole } = group;
    const inner: Setting = {
      ...setting,
      threads: new Set([...setting.threads, ...threads.keys()]),
      present: new Set([...threads.keys(), ...whole]),
      knowledge: [...threads].some(([p, actions]) => isShared(p, actions, forking)) ? undefined : setting.knowledge,
    };
    const at = state.at.map((term, p) => {
      const actions = threads.get(p);
      return actions ? setting.terms.start(actions) : whole.has(p) ? term : undefined;
    });
    const key = `${then}|${[...threads.keys()].join(' ')}|${keyOf({ at, known: state.known }, inner)}`;
    let made = runs.get(key);
    if (!made) runs.set(key, (made = tried(at, state, group, forking, inner, then)));
    return made;
  };
  const tried = (
    at: readonly (Continuation | undefined)[],
    state: State,
    group: Group,
    forking: readonly Forking[],
    inner: Setting,
    then: Within['then'],
  ): Branch | Unextractable => {
    const { threads, whole } = group;
    try {
      const explored = explore(arrive(at, state.known, inner), inner, strategy, place, {
        isOver: (reached) => [...threads.keys()].every((p) => !reached.at[p]),
        then,
        spend,
      });
      const [end, ...others] = explored.ends;
      for (const p of whole)
        if (others.some((other) => other.at[p] !== end?.at[p]))
          return new Unextractable(
            `what ${inner.names[p]} does after the \`par\` depends on what was decided within it.`,
            forking[0] ? originOf(forking[0].par) : place,
            'threads',
          );
      return { ...explored, group, after: new Map([...whole].map((p) => [p, end?.at[p]])) };
    } catch (error) {
      if (error instanceof Unextractable) return error;
      throw error;
    }
  };

  /** The branches that come of some processes whose threads belong together. */
  const branchesOf = (
    state: State,
    forking: readonly Forking[],
    threads: readonly (readonly Thread[])[],
    setting: Setting,
  ): readonly Branch[] | Unextractable => {
    const names = listed(
      forking.map(({ p }) => setting.names[p] ?? ''),
      'and',
    );
    const does = `${names} ${forking.length === 1 ? 'does' : 'do'} several things at the same time`;
    if (threads.length === 1 && new Set(threads[0]?.map(({ p }) => p)).size < (threads[0]?.length ?? 0))
      return new Unextractable(
        `${does}, and which of them belong together can’t be told by their messages: each leads to all others.`,
        forking[0] ? originOf(forking[0].par) : place,
        'threads',
      );
    const isWhole = (p: number, group: readonly Thread[]): boolean =>
      group.filter((thread) => thread.p === p).length > 1 &&
      threads.every((other) => other === group || other.every((thread) => thread.p !== p));
    const groups = threads.map((group): Group => {
      const found = forking.filter(({ p }) => group.some((thread) => thread.p === p));
      return {
        whole: new Set(found.flatMap(({ p }) => (isWhole(p, group) ? [p] : []))),
        threads: new Map(
          found.flatMap((each) =>
            isWhole(each.p, group)
              ? []
              : [
                  [
                    each.p,
                    asOne(
                      each,
                      group.filter((thread) => thread.p === each.p),
                    ),
                  ] as const,
                ],
          ),
        ),
      };
    });
    const ways = [false, true].map((overOthers) => joining(state, forking, groups, setting, overOthers));
    const branches: Branch[] = [];
    for (const g of groups.keys()) {
      let why: Unextractable | undefined;
      let found: Branch | undefined;
      for (const [i, way] of ways.entries()) {
        const group = way[g];
        if (!group || (i > 0 && group.whole.size === ways[0]?.[g]?.whole.size)) continue;
        for (const then of ['nothing', 'simple', 'all'] as const) {
          const made = runGroup(state, group, forking, setting, then);
          if (!(made instanceof Unextractable)) {
            found = made;
            break;
          }
          why ??= made;
          // Where it does not come to its end, what is done after it makes no difference.
          if (made.why === 'stuck') break;
        }
        if (found) break;
      }
      if (found) branches.push(found);
      else
        return new Unextractable(
          `${does}, of which one can’t be told apart from what others do: ${why?.message ?? ''}`,
          why?.origin ?? place,
          'threads',
        );
    }
    return branches;
  };

  const candidateOf = (
    state: State,
    forking: readonly Forking[],
    branches: readonly Branch[],
    setting: Setting,
  ): Candidate => {
    const nodes = branches.flatMap(({ graph }) => walk(graph).order);
    const steps = nodes.flatMap(({ step }) => step ?? []);
    const endless = branches.some(({ ends }) => ends.length === 0);
    const places = new Map<number, Continuation | undefined>();
    for (const { p, after } of forking) places.set(p, endless ? undefined : after);
    for (const { after } of branches) for (const [p, at] of after) if (at !== state.at[p]) places.set(p, at);
    const roles = [...new Set([...places.keys(), ...steps.flatMap((step) => step.roles)])];
    const mayWrite = steps.flatMap((step) => step.mayWrite ?? step.writes);
    const graphs = branches.map(({ graph }) => graph).filter(({ step }) => step);
    const text = linesOf({ text: '', together: graphs }, 'joined', place, 0).join('\n');
    return {
      actors: roles,
      rank: 2,
      step: {
        text,
        form: 'line',
        heads: [],
        roles,
        reads: graphs.flatMap(readFrom),
        writes: graphs.flatMap(straightFrom).flatMap(({ writes }) => writes),
        mayWrite,
        together: graphs,
      },
      next: [moved(state, [...places], setting, afterwards(state, mayWrite, setting))],
    };
  };

  return (state, setting) => {
    const all = state.at.flatMap((term, p): Forking[] => {
      const action = term && actionOf(term);
      return term && action?.kind === 'par' ? [{ p, term, par: action, after: setting.terms.after(term) }] : [];
    });
    if (all.length === 0) return { candidates: [] };
    const key = keyOf(state, setting);
    const known = answers.get(key);
    if (known) return known;
    const candidates: Candidate[] = [];
    let refused: Unextractable | undefined;
    const open = new Map(all.map((forking) => [forking.p, forking]));
    // Who does one thing after the other may be what holds threads of others together.
    const between = [...state.at.entries()].flatMap(([p, term]) =>
      term && !open.has(p) ? [futureOf(p, term, setting)] : [],
    );
    const later = awaited(all, (p, term) => futureOf(p, term, setting), setting);
    for (const [held, more] of [
      [[], []],
      [between, []],
      [later, []],
      [[...between, ...later], []],
      [[], ordered(state, all, setting)],
    ] as const) {
      for (const { forking, threads } of clusters([...open.values(), ...more], held, setting)) {
        if (forking.every(({ p }) => !open.has(p))) continue;
        const branches = branchesOf(state, forking, threads, setting);
        if (branches instanceof Unextractable) {
          refused ??= branches;
          continue;
        }
        candidates.push(candidateOf(state, forking, branches, setting));
        for (const { p } of forking) open.delete(p);
      }
    }
    const answer: Together = { candidates, ...(refused && open.size > 0 ? { refused } : {}) };
    answers.set(key, answer);
    return answer;
  };
}

/** What is the same for the same question. */
function keyOf({ at, known }: State, { threads, present, knowledge }: Setting): string {
  return [
    at.map((term) => term?.id ?? '').join(' '),
    knowledge ? known.key : '-',
    [...threads].join(' '),
    present ? [...present].join(' ') : '-',
  ].join('|');
}

/** The statements that come first in any case. */
function straightFrom(root: Node): readonly Step[] {
  const seen = new Set<Node>();
  const found: Step[] = [];
  for (let node: Node | undefined = root; node?.step && !seen.has(node); node = node.next[0]) {
    seen.add(node);
    if (node.step.form !== 'line') break;
    found.push(node.step);
  }
  return found;
}

/** What is known once variables may have other values, nobody knows which. */
function afterwards({ known, at }: State, mayWrite: readonly Variable[], { knowledge }: Setting): Known {
  if (!knowledge) return known;
  const byProcess = new Map<number, Set<string>>();
  for (const [p, name] of mayWrite) byProcess.set(p, (byProcess.get(p) ?? new Set()).add(name));
  let after = known;
  for (const [p, names] of byProcess) after = knowledge.tidy(forgotten(knowledge, after, p, names), at);
  return after;
}

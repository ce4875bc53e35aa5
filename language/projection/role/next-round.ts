// Ways of which some go round a loop again, where a role finds out in the next round which was taken. Where automata are
// made, they find this out.
import type { Decision, Statement, While } from '../../ir/choreography.js';
import { loopKey, sameLoop } from '../behaviour.js';
import type { List, Loop } from '../behaviour.js';
import { takesPart } from '../involvement.js';
import type { Part } from '../passages.js';
import { isJumpTo } from './loops.js';
import type { Loops } from './loops.js';
import { mergeAll, waiting } from './merging.js';
import type { RoleState } from './state.js';

/** The loops whose round has just begun, with one more. */
export function begin(state: RoleState, loop: Loop, { begun }: Loops): readonly Loop[] {
  return state.asksAutomata() ? [] : [loop, ...begun];
}

/**
 * Notes the decisions of others with which a round of a loop begins for the role, where numbers keep automata from
 * finding out what comes then.
 */
export function noteHeads(state: RoleState, statements: readonly Statement[], loop: Loop): boolean {
  if (!state.counts) return false;
  for (const statement of statements) {
    if (
      statement.kind === 'decision' &&
      !statement.guards.some(({ role }) => role.key === state.role) &&
      statement.decider.key !== state.role
    ) {
      state.heads.set(statement, loop);
      if (statement.branches.map(({ body }) => noteHeads(state, body.statements, loop)).includes(true)) return true;
    } else if (takesPart([statement], state.role)) return true;
  }
  return false;
}

/**
 * Ways of which some go round a loop again, where the role finds out by what it gets in the next round.
 * @param merge the others, by their places, where they are merged in a way of their own
 */
export function inNextRound(
  state: RoleState,
  statement: Decision | While,
  lists: readonly List[],
  loops: Loops,
  merge = (kept: readonly number[]): { readonly ok: boolean; readonly list?: List } =>
    mergeAll(
      state,
      kept.map((i) => lists[i]),
      waiting(state),
    ),
): { readonly list: List } | undefined {
  // Where automata are made, they find this out.
  return state.asksAutomata()
    ? undefined
    : (againOrOver(state, statement, lists, loops) ??
        whereRoundBegins(state, lists, loops, merge) ??
        againOrElse(state, statement, lists, loops));
}

/**
 * A role that may wait for ever, and goes round again or is over, waits where a round begins: that has to be seen to
 * there.
 */
function againOrOver(
  state: RoleState,
  statement: Decision | While,
  lists: readonly List[],
  { open: around }: Loops,
): { readonly list: List } | undefined {
  if (!state.rests() || lists.every((list) => list)) return undefined;
  const again = lists.filter((list) => list);
  const loop = around.find((each) => isJumpTo(again[0], [each.loop]))?.loop;
  if (!loop || !again.every((list) => isJumpTo(list, [loop]))) return undefined;
  state.resumed.push({ loop, statement });
  return { list: again[0] };
}

/**
 * Where the role has not done anything yet since a round began, it is where the next one begins: there it waits for
 * what comes first on the other ways.
 */
function whereRoundBegins(
  state: RoleState,
  lists: readonly List[],
  { begun }: Loops,
  merge: (kept: readonly number[]) => { readonly ok: boolean; readonly list?: List },
): { readonly list: List } | undefined {
  const kept = [...lists.keys()].filter((i) => !isJumpTo(lists[i], begun));
  if (kept.length === 0 || kept.length === lists.length || !kept.every((i) => lists[i]?.node.kind === 'receive'))
    return undefined;
  // What is got in place of another round comes first, too.
  const besides = state.resumed.flatMap(({ loop, other }) =>
    other && begun.some((each) => sameLoop(each, loop)) && lists.some((list) => isJumpTo(list, [loop])) ? [other] : [],
  );
  const own = merge(kept);
  const merged = own.ok ? mergeAll(state, [own.list, ...besides]) : undefined;
  return merged?.ok ? merged : undefined;
}

/**
 * Where the role goes round again or gets something else, it goes round if it waits for that there as well: which has
 * to be seen to there.
 */
function againOrElse(
  state: RoleState,
  statement: Decision | While,
  lists: readonly List[],
  { open: around, contexts }: Loops,
): { readonly list: List } | undefined {
  const jump = lists.find((list) =>
    isJumpTo(
      list,
      around.map(({ loop }) => loop),
    ),
  );
  const round = around.find(({ loop }) => isJumpTo(jump, [loop]))?.loop;
  const others = round ? lists.filter((list) => !isJumpTo(list, [round])) : [];
  if (
    !round ||
    contexts.get(loopKey(round)) !== state.context ||
    others.length === 0 ||
    !others.every((list) => list?.node.kind === 'receive')
  )
    return undefined;
  const other = mergeAll(state, others, waiting(state));
  if (!other.ok) return undefined;
  state.resumed.push({ loop: round, statement, other: other.list });
  return { list: jump };
}

/** Told at the decision where a loop does not begin as those need it who go round it again. */
export function resume(state: RoleState, loop: Loop, body: Part): Part | undefined {
  const resumed = state.resumed.filter((each) => sameLoop(each.loop, loop));
  if (resumed.length === 0) return undefined;
  state.resumed = state.resumed.filter((each) => !resumed.includes(each));
  const { list, closed } = body;
  const wrong = resumed.find(({ other }) => {
    if (list?.node.kind !== 'receive' || !other) return list?.node.kind !== 'receive';
    const merged = closed ? state.merging.merge(list, other) : undefined;
    return !merged?.ok || !state.table.equal(merged.list, list);
  });
  return (
    wrong && state.hole(wrong.statement, { left: list?.node, right: wrong.other?.node, reason: 'different' }, [0, 1])
  );
}

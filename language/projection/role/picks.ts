// What a role does where one member of a family is picked.
import { negation, picking } from '../../families/specialise.js';
import { holding } from '../../families/solve.js';
import type { WayName } from '../../findings/projection.js';
import type { Decision, Picked } from '../../ir/choreography.js';
import { membershipIn } from '../../ir/static.js';
import { printExpr } from '../../syntax/print.js';
import { append, bodiesOf, drop, nodesOf, take } from '../behaviour.js';
import type { List, Node } from '../behaviour.js';
import { mostCasesSplit } from '../limits.js';
import type { Allowed, MergeConflict, Merged } from '../merge.js';
import type { Part } from '../passages.js';
import { waysOfPick, whereMayBe, whereTold } from '../pick.js';
import type { PickedWay } from '../pick.js';
import { mentions, settled, substituted } from '../settle.js';
import { fork } from './decisions.js';
import { away } from './loops.js';
import type { Follow, Loops } from './loops.js';
import { mergeAll, waiting } from './merging.js';
import { inNextRound } from './next-round.js';
import { nothing, open } from './part.js';
import type { RoleState } from './state.js';
import { decidingOf } from '../local-view.js';

/**
 * One member of a family was picked. Who decides and who is told know which; for all others, what they do is merged
 * of all cases that make a difference to them.
 */
export function projectPick(state: RoleState, statement: Decision, pick: Picked, follow: Follow, loops: Loops): Part {
  const deciding = decidingOf(statement, state.role);
  const [branch] = statement.branches;
  if (!branch) return nothing;
  if (state.merges === 0) state.free.add(statement.origin.start);
  if (!deciding) state.merges++;
  const known = picking(state.numbers, pick, state.families);
  const what = `pick ${pick.index.text} in ${pick.of.key}`;
  const part = state.knowing(known, what, () =>
    state.block(branch.body.statements, follow, deciding ? away(loops) : loops),
  );
  if (!deciding) state.merges--;
  if (deciding) return fork(state, statement, deciding, [part], follow);
  const told = whereTold(part.list, pick);
  if (told || !part.list) return { list: told, closed: part.closed };
  const split = (list: List): readonly PickedWay[] | undefined => waysOfPick(list, pick, { ...state.setting(), known });
  const own = split(part.list);
  if (!own) return numberNeeded(state, statement, part.list, pick);
  const merged = part.closed ? undefined : mergeWays(state, own, pick);
  if (merged?.ok) return open(merged.list);
  const whole = part.closed ? own : own.map((way) => ({ ...way, list: append(way.list, follow()) }));
  state.looksAhead = true;
  const behind = mergeWays(state, whole, pick, waiting(state));
  if (behind.ok) return { list: behind.list, closed: true };
  const later = inNextRound(
    state,
    statement,
    whole.map(({ list }) => list),
    loops,
    (kept) =>
      mergeWays(
        state,
        whole.filter((_, i) => kept.includes(i)),
        pick,
        waiting(state),
      ),
  );
  if (later) return { list: later.list, closed: true };
  return state.hole(statement, behind.conflict, [0, 1], behind.names);
}

/** What is done in cases that can't be told apart yet, each where it may be. */
function mergeWays(
  state: RoleState,
  ways: readonly PickedWay[],
  pick: Picked,
  allowed?: Allowed,
): Extract<Merged, { ok: true }> | (Extract<Merged, { ok: false }> & { readonly names: readonly [WayName, WayName] }) {
  const other: WayName = { kind: 'picked', ...(pick.many ? { many: true } : {}) };
  const failed = (
    conflict: MergeConflict,
    [one, two]: readonly [PickedWay | undefined, PickedWay | undefined],
  ): ReturnType<typeof mergeWays> => ({ ok: false, conflict, names: [one?.name ?? other, two?.name ?? other] });
  let splits = 0;
  const next = (at: number, taken: readonly PickedWay[]): ReturnType<typeof mergeWays> => {
    const way = ways[at];
    if (!way) {
      const merged = mergeAll(
        state,
        taken.map(({ list }) => list),
        allowed,
      );
      return merged.ok ? merged : failed(merged.conflict, [taken[merged.branches[0]], taken[merged.branches[1]]]);
    }
    const { when, large } = whereMayBe(way, pick, state.setting());
    if (when === 'always') return next(at + 1, [...taken, way]);
    if (when === 'never') return next(at + 1, taken);
    // In small families in which it can't be, nobody sends what is waited for besides.
    const anyway = large ? next(at + 1, [...taken, way]) : undefined;
    if (anyway?.ok) return anyway;
    if (!when || ++splits > mostCasesSplit)
      return (
        anyway ?? failed({ left: taken[0]?.list?.node, right: way.list?.node, reason: 'different' }, [taken[0], way])
      );
    const both = [[when, [...taken, way]] as const, [negation(when), taken] as const].map(([condition, ways]) =>
      state.knowing(holding(state.numbers, condition), printExpr(condition), () =>
        next(
          at + 1,
          ways.map((each) => ({ ...each, list: settled(each.list, state.setting()) })),
        ),
      ),
    );
    const bodies: List[] = [];
    for (const each of both) {
      if (!each.ok) return each;
      bodies.push(each.list);
    }
    if (state.table.equal(bodies[0], bodies[1])) return { ok: true, list: bodies[0] };
    return {
      ok: true,
      list: state.merging.factor({
        kind: 'fork',
        form: 'when',
        value: when,
        patterns: [],
        bodies,
        origins: [pick.index.origin],
      }),
    };
  };
  return next(0, []);
}

/** What a role does that may be picked itself, among others, where it would have to know who they are. */
function whereNeeded(list: List, pick: Picked): List {
  if (!pick.many) return list;
  for (const node of nodesOf(list)) {
    const isCase = node.kind === 'fork' && node.form === 'when' && node.value && membershipIn(node.value);
    const body = isCase ? bodiesOf(node).find((each) => mentions(each, pick.index.text)) : undefined;
    if (body) return whereNeeded(body, pick);
  }
  return list;
}

/** A role that has to know which member was picked, and is not told. */
function numberNeeded(state: RoleState, statement: Decision, list: List, pick: Picked): Part {
  const { text, origin } = pick.index;
  const inside = whereNeeded(list, pick);
  const at = (number: number): Node | undefined =>
    nodesOf(substituted(inside, text, { kind: 'int', text: String(number), origin })).find((_, i) =>
      mentions(take(drop(inside, i), 1), text),
    );
  const name = (number: number): WayName => ({ kind: 'picked', member: `${pick.of.name.text}[${number}]` });
  return state.hole(statement, { left: at(0), right: at(1), reason: 'different' }, [0, 1], [name(0), name(1)]);
}

// What merges only by what is found out round loops, in calls or by other names: on an automaton of the role.
import type { Decision, While } from '../../ir/choreography.js';
import { AutomatonMerging } from '../automaton-merge.js';
import { Automaton } from '../automaton.js';
import type { Part } from '../passages.js';
import type { Split } from '../split.js';
import type { Follow, Loops } from './loops.js';
import type { RoleState } from './state.js';

/** What merges only by what is found out round loops, in calls or by other names. */
export function mergeLate(
  state: RoleState,
  statement: Decision | While,
  failed: Pick<Split, 'conflict' | 'branches'>,
  follow: Follow,
  loops: Loops,
): Part {
  state.looksAhead = true;
  // Automata know no numbers.
  if (state.counts && !state.asksAutomata()) return state.hole(statement, failed.conflict, failed.branches);
  const merged = state.telling(statement, failed.branches, () =>
    automatonMerging(state).merge(statement, loops.open, follow),
  );
  if ('list' in merged) {
    state.determined++;
    return merged;
  }
  if (merged.reason === 'another') {
    state.suspects.push({ statement, role: state.role, ...failed });
    return state.gap(statement, failed.conflict, failed.branches);
  }
  const { conflict, branches } = merged.reason === 'parted' ? merged : failed;
  return state.hole(statement, merged.reason === 'size' ? { ...conflict, reason: 'size' } : conflict, branches);
}

/** The merge on the automaton of the role, which is made once. */
export function automatonMerging(state: RoleState): AutomatonMerging {
  state.open = true;
  return (state.automatonMerge ??= new AutomatonMerging(
    new Automaton(
      state.choreography,
      state.role,
      state.scope,
      state.without,
      {
        server: state.server,
        isOne: (sender) => state.isOne(sender),
        rests: (callee, place) => state.restingIn(callee, place).length > 0,
        both: (one, two) => state.both(one, two),
      },
      state.foreign,
    ),
    state.merging,
    state.scope,
  ));
}

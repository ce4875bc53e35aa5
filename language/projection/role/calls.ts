// What a role does in calls.
import type { Call } from '../../ir/choreography.js';
import { calleeOf, placeIn } from '../callee.js';
import { decisionThatStays } from '../endings.js';
import type { MergeConflict } from '../merge.js';
import type { Part } from '../passages.js';
import { automatonMerging } from './late.js';
import type { Follow, Loops } from './loops.js';
import { leaf, nothing } from './part.js';
import type { RoleState } from './state.js';
import { callOf } from '../local-view.js';

/** A call that the role has a part in. */
export function projectCall(state: RoleState, statement: Call): Part {
  state.splits.push(
    ...state.senders.inCall(statement, (callee, place) => {
      const later = state.laterIn(callee, place);
      // What follows the call is looked at.
      state.open ||= later.length > 0;
      return later;
    }),
  );
  return leaf(callOf(statement, state.role));
}

/**
 * A call that others may not come back from: where something follows, the role has to find out inside whether it
 * does.
 */
export function projectCallThatStays(state: RoleState, statement: Call, follow: Follow, loops: Loops): Part {
  if (!follow() && !staysInside(state, statement, follow))
    return state.skips(statement) ? nothing : projectCall(state, statement);
  state.looksAhead = true;
  const merged =
    state.counts && !state.asksAutomata()
      ? { reason: 'parted' as const }
      : automatonMerging(state).merge(statement, loops.open, follow);
  if ('list' in merged) {
    state.determined++;
    return merged;
  }
  const conflict: MergeConflict = {
    left: undefined,
    right: follow()?.node,
    reason: merged.reason === 'size' ? 'size' : 'different',
  };
  const callee = calleeOf(statement.callee.text, state.scope);
  const place = callee && placeIn(callee, statement, state.role);
  const found = callee && decisionThatStays(callee, place);
  const [rests] = callee && place !== undefined ? state.restingIn(callee, place) : [];
  if (rests && callee) {
    const { choreography, uri } = callee;
    state.splits.push({
      ...rests,
      role: state.role,
      inside: { choreography, uri, role: rests.role, ...rests.inside, call: statement.origin },
    });
  } else if (found) {
    const { choreography, uri } = found.callee;
    state.splits.push({
      statement: found.statement,
      role: state.role,
      conflict,
      branches: [0, 1],
      inside: { choreography, uri, role: found.role ?? state.role, call: statement.origin },
    });
  }
  return state.gap(statement, conflict);
}

/** Whether the role is a server in what is called, waits there for ever, and may not do so here. */
export function staysInside(state: RoleState, statement: Call, follow: Follow): boolean {
  const callee = calleeOf(statement.callee.text, state.scope);
  const place = callee && placeIn(callee, statement, state.role);
  return (
    !!callee &&
    place !== undefined &&
    state.restingIn(callee, place).length > 0 &&
    (!state.server || state.rounds > 0 || follow() !== undefined)
  );
}

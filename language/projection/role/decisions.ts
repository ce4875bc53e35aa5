// What a role does in decisions: it decides, or finds out what was decided.
import type { Decision } from '../../ir/choreography.js';
import { isEffectful } from '../../scoping/effects.js';
import { append, cons } from '../behaviour.js';
import type { Node } from '../behaviour.js';
import type { Part } from '../passages.js';
import { mergeLate } from './late.js';
import { away } from './loops.js';
import type { Follow, Loops } from './loops.js';
import { fromEither, mergeAll, noteRounds, noteUnneeded } from './merging.js';
import { inNextRound } from './next-round.js';
import { nothing, open } from './part.js';
import type { RoleState } from './state.js';
import { decidingOf } from '../local-view.js';
import type { OwnDecision } from '../local-view.js';

/** A decision of the role, or one that it finds out. */
export function projectDecision(state: RoleState, statement: Decision, follow: Follow, loops: Loops): Part {
  const own = decidingOf(statement, state.role);
  if (state.merges === 0) state.free.add(statement.origin.start);
  if (!own) state.merges++;
  const parts = statement.branches.map((branch) =>
    state.block(branch.body.statements, follow, own ? away(loops) : loops),
  );
  if (!own) state.merges--;
  if (own) return fork(state, statement, own, parts, follow);
  const closed = parts.some((part) => part.closed);
  if (parts.every((part) => !part.list) && (!closed || parts.every((part) => part.closed)))
    return { list: undefined, closed };
  const lists = parts.map((part) => part.list);
  let merged = closed ? undefined : mergeAll(state, lists);
  if (merged?.ok) {
    noteUnneeded(state, statement, lists);
    noteRounds(state, statement, lists);
    return open(merged.list);
  }
  const after = follow();
  const loop = state.heads.get(statement);
  const again = loop ? { again: loop } : {};
  const whole = parts.map((part) => (part.closed ? part.list : append(part.list, after)));
  if (closed || after || state.server) {
    merged = mergeAll(state, whole, { rests: state.rests(), senders: false, ...again });
    state.looksAhead = true;
    if (merged.ok) noteRounds(state, statement, lists);
    if (merged.ok) return { list: merged.list, closed: true };
  }
  const before = closed ? undefined : fromEither(state, statement, lists, { rests: false, senders: true });
  if (before) return open(before.list);
  const either =
    fromEither(state, statement, whole, { rests: state.rests(), senders: true, ...again }) ??
    inNextRound(state, statement, whole, loops);
  if (either) return { list: either.list, closed: true };
  return merged && !merged.ok ? mergeLate(state, statement, merged, follow, loops) : nothing;
}

/** A decision that the role makes itself. */
export function fork(
  state: RoleState,
  statement: Decision,
  { value, patterns }: OwnDecision,
  parts: readonly Part[],
  follow: Follow,
): Part {
  if (parts.every((part) => !part.list && !part.closed) && !(value && isEffectful(value, state.scope))) return nothing;
  const closed = parts.some((part) => part.closed);
  const bodies = parts.map((part) => (closed && !part.closed ? append(part.list, follow()) : part.list));
  const node: Node = {
    kind: 'fork',
    form: statement.form,
    ...(statement.pick ? { pick: statement.pick } : {}),
    value,
    patterns,
    bodies,
    origins: [statement.origin],
  };
  if (!closed) return open(cons(node, undefined));
  const list = state.merging.factor(node);
  if (state.merging.fits(list)) return { list, closed };
  return state.hole(statement, { left: bodies[0]?.node, right: bodies[1]?.node, reason: 'size' }, [0, 1]);
}

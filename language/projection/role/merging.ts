// What a role does that does not know which of several ways was taken, at the place at hand; and the selections that it
// could do without there.
import type { Decision, While } from '../../ir/choreography.js';
import type { TextRange } from '../../ir/expression.js';
import { drop } from '../behaviour.js';
import type { List } from '../behaviour.js';
import type { Allowed, Merged } from '../merge.js';
import { selectionsOf } from '../noted.js';
import type { Unneeded } from '../noted.js';
import type { RoleState } from './state.js';

/**
 * The merge of several ways, or where it fails, in which branches.
 */
export function mergeAll(
  state: RoleState,
  lists: readonly List[],
  allowed?: Allowed,
): Extract<Merged, { ok: true }> | (Extract<Merged, { ok: false }> & { branches: [number, number] }) {
  let all = lists[0];
  for (let i = 1; i < lists.length; i++) {
    const merged = state.merging.merge(all, lists[i], allowed);
    if (merged.ok) {
      all = merged.list;
      continue;
    }
    for (let j = 0; j < i; j++) {
      const pair = state.merging.merge(lists[j], lists[i], allowed);
      if (!pair.ok) return { ...pair, branches: [j, i] };
    }
    return { ...merged, branches: [0, i] };
  }
  return { ok: true, list: all };
}

/** Merges where the role may wait for whoever of several sends; undefined where it may not. */
export function fromEither(
  state: RoleState,
  statement: Decision | While,
  lists: readonly List[],
  allowed: Allowed,
): { readonly list: List } | undefined {
  const merged = state.telling(statement, [0, 1], () => mergeAll(state, lists, allowed));
  if (!merged.ok) return undefined;
  state.looksAhead = true;
  return merged;
}

/** What may be done where the behaviours have taken in all that follows. */
export function waiting(state: RoleState): Allowed {
  return { rests: state.rests(), senders: false };
}

/** Notes the selections at the heads of the branches, if the decision would merge without them. */
export function noteUnneeded(state: RoleState, statement: Decision | While, lists: readonly List[]): void {
  const selections: TextRange[] = [];
  const labels = new Set<string>();
  const rests: List[] = [];
  for (const list of lists) {
    const node = list?.node;
    const arm = node?.kind === 'receive' && node.arms.length === 1 ? node.arms[0] : undefined;
    if (!arm?.label || arm.carries || arm.types.length > 0 || labels.has(arm.label.text)) return;
    labels.add(arm.label.text);
    selections.push(...arm.origins);
    rests.push(drop(list, 1));
  }
  if (statement.kind === 'while' || mergeAll(state, rests).ok) {
    note(state, { statement, selections, silent: rests.every((rest) => !rest) });
  }
}

/**
 * Notes the selections after which the role only goes round again: where it is told when the loop is left, it need
 * not be told that it is not.
 */
export function noteRounds(state: RoleState, statement: Decision, lists: readonly List[]): void {
  for (const list of lists) {
    const [only] = list?.node.kind === 'receive' && list.node.arms.length === 1 ? list.node.arms : [];
    if (
      !only?.label ||
      only.carries ||
      only.types.length > 0 ||
      !list?.rest ||
      list.rest.length > 1 ||
      !isContinue(list.rest)
    )
      continue;
    note(state, { statement, selections: only.origins, silent: false, round: true });
  }
}

/** A selection that is all that a role gets is what the protocol is about, unless it only stands in an arrow list. */
function note(state: RoleState, unneeded: Unneeded): void {
  const [first] = selectionsOf(unneeded, state.role);
  if (!first || (unneeded.silent && !first.implied)) return;
  state.open = true;
  state.unneeded.push(unneeded);
}

function isContinue(list: List): boolean {
  return list?.node.kind === 'leaf' && list.node.action.kind === 'continue';
}

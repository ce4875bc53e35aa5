// The loops around a place of a choreography, as one role goes round them.
import type { Name } from '../../ir/expression.js';
import type { LoopAround } from '../automaton-merge.js';
import { sameLoop } from '../behaviour.js';
import type { List, Loop } from '../behaviour.js';

/** What follows a place, made when it is needed. */
export type Follow = () => List;

export interface Loops {
  /** What `continue` goes round, by the names of the source. */
  readonly named: ReadonlyMap<string, Loop>;
  /** What follows them, where `leave` goes. */
  readonly behind: ReadonlyMap<string, Follow>;
  /** Innermost first. */
  readonly open: readonly LoopAround[];
  /** Those in which the role has not done anything since the round began: it is still where it begins. */
  readonly begun: readonly Loop[];
  /** What was known of numbers where they begin, by `loopKey`. */
  readonly contexts: ReadonlyMap<string, string>;
}

export const outside: Loops = { named: new Map(), behind: new Map(), open: [], begun: [], contexts: new Map() };

/** Where the role has done something. */
export function away(loops: Loops): Loops {
  return loops.begun.length === 0 ? loops : { ...loops, begun: [] };
}

/**
 * A loop among others: loops of one name are numbered from the outside in, so that those that stand in the same way are
 * the same.
 */
export function loopIn({ open }: Loops, name: Name): Loop {
  return { name, from: 'source', number: open.filter(({ loop }) => loop.name.text === name.text).length };
}

/** Whether all that a list does is to go round one of some loops. */
export function isJumpTo(list: List, loops: readonly Loop[]): boolean {
  const action = list?.length === 1 && list.node.kind === 'leaf' ? list.node.action : undefined;
  return action?.kind === 'continue' && loops.some((loop) => sameLoop(loop, action.loop));
}

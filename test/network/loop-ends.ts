// What stands behind the body of each loop, in what a process has left to do: where the body ends by itself, and what
// `leave` leads to.
import type { Action } from '../../language/ir/process.js';

const endings = new Map<Action, Action>();
const ends = new Set<unknown>();

/** The end of a loop: the same for each of its rounds. */
export function endOf(loop: Action): Action {
  let end = endings.get(loop);
  if (!end && loop.kind === 'rec') {
    endings.set(loop, (end = { kind: 'leave', name: loop.name, origins: [] }));
    ends.add(end);
  }
  return end ?? loop;
}

export function isEnd(action: unknown): boolean {
  return ends.has(action);
}

/** What is left to do behind a loop, of what is left to do in it. */
export function behind<T>(loop: Action, left: readonly (T | Action)[]): (T | Action)[] {
  return left.slice(left.indexOf(endOf(loop)) + 1);
}

// What a role does at the same time as other things.
import type { At } from '../../ir/choreography.js';
import { cons, falls } from '../behaviour.js';
import type { Part } from '../passages.js';
import { outside } from './loops.js';
import type { Follow } from './loops.js';
import { open } from './part.js';
import type { RoleState } from './state.js';
import type { Threads } from '../local-view.js';

/** What goes on at the same time, in branches of which the role has a part in each. */
export function projectThreads(state: RoleState, { branches, origin }: Threads, follow: Follow): Part {
  // A thread that waits for ever keeps the role from what follows.
  const apart = state.rests() && follow() !== undefined;
  if (apart) state.rounds++;
  state.threads++;
  const bodies = branches.map(({ statements }) => state.block(statements, () => undefined, outside).list);
  state.threads--;
  if (apart) state.rounds--;
  const done = bodies.filter((body) => body !== undefined);
  if (done.length <= 1)
    return done[0] && falls(done[0]) ? open(done[0]) : { list: done[0], closed: done[0] !== undefined };
  return open(cons({ kind: 'par', bodies: done, origins: [origin] }, undefined));
}

/** Several steps of the role that are one, where another thread might come between them. */
export function projectAt(state: RoleState, { body, origin }: At): Part {
  const { list } = state.block(body.statements, () => undefined, outside);
  const isOne = !list || (list.length === 1 && list.node.kind === 'leaf');
  return open(state.threads === 0 || isOne ? list : cons({ kind: 'at', body: list, origins: [origin] }, undefined));
}

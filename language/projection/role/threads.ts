// What a role does at the same time as other things.
import type { At, Par } from '../../ir/choreography.js';
import { cons, falls } from '../behaviour.js';
import { takesPart } from '../involvement.js';
import type { Part } from '../passages.js';
import { outside } from './loops.js';
import type { Follow, Loops } from './loops.js';
import { nothing, open } from './part.js';
import type { RoleState } from './state.js';

/** What goes on at the same time: threads, where the role has a part in more than one of the branches. */
export function projectPar(state: RoleState, statement: Par, follow: Follow, loops: Loops): Part {
  const own = statement.branches.filter(({ statements }) => takesPart(statements, state.role));
  const [only] = own;
  if (!only) return nothing;
  if (own.length === 1) return state.block(only.statements, follow, loops);
  // A thread that waits for ever keeps the role from what follows.
  const apart = state.rests() && follow() !== undefined;
  if (apart) state.rounds++;
  state.threads++;
  const bodies = own.map(({ statements }) => state.block(statements, () => undefined, outside).list);
  state.threads--;
  if (apart) state.rounds--;
  const done = bodies.filter((body) => body !== undefined);
  if (done.length <= 1)
    return done[0] && falls(done[0]) ? open(done[0]) : { list: done[0], closed: done[0] !== undefined };
  return open(cons({ kind: 'par', bodies: done, origins: [statement.origin] }, undefined));
}

/** Several steps that are one, where another thread might come between them. */
export function projectAt(state: RoleState, { role, body, origin }: At): Part {
  if (role.key !== state.role) return nothing;
  const { list } = state.block(body.statements, () => undefined, outside);
  const isOne = !list || (list.length === 1 && list.node.kind === 'leaf');
  return open(state.threads === 0 || isOne ? list : cons({ kind: 'at', body: list, origins: [origin] }, undefined));
}

// What a role does once for each member of a family, or for some of them.
import { boundsOf, negation } from '../../families/specialise.js';
import { holding, within } from '../../families/solve.js';
import type { For, When } from '../../ir/choreography.js';
import { staticKey } from '../../ir/static.js';
import { printExpr } from '../../syntax/print.js';
import { append, cons } from '../behaviour.js';
import type { Part } from '../passages.js';
import { away } from './loops.js';
import type { Follow, Loops } from './loops.js';
import { nothing, open } from './part.js';
import type { RoleState } from './state.js';

/** Once for each member: what follows in another round is not known inside. */
export function projectFor(state: RoleState, statement: For, follow: Follow, loops: Loops): Part {
  const loop = { name: statement.index.text, ...boundsOf(statement.range, state.families) };
  // A thread that waits for ever keeps the role from what follows, and nobody else.
  const apart = statement.parallel !== true || (state.rests() && follow() !== undefined);
  if (apart) state.rounds++;
  if (statement.parallel === true) state.threads++;
  const body = state.knowing(
    within(state.numbers, loop),
    `for ${loop.name} in ${staticKey(loop.from)} until ${staticKey(loop.until)}`,
    () => state.block(statement.body.statements, () => undefined, away(loops)),
  );
  if (statement.parallel === true) state.threads--;
  if (apart) state.rounds--;
  return body.list
    ? open(
        cons(
          {
            kind: 'for',
            ...(statement.parallel ? { parallel: true } : {}),
            index: statement.index,
            range: statement.range,
            body: body.list,
            origins: [statement.origin],
          },
          undefined,
        ),
      )
    : nothing;
}

/** What depends on the member's number, which it knows. */
export function projectWhen(state: RoleState, statement: When, follow: Follow, loops: Loops): Part {
  const parts = [
    [statement.then, statement.condition] as const,
    [statement.else, negation(statement.condition)] as const,
  ].map(([block, condition]) =>
    state.knowing(holding(state.numbers, condition), printExpr(condition), () =>
      state.block(block.statements, follow, loops),
    ),
  );
  const closed = parts.some((part) => part.closed);
  const bodies = parts.map((part) => (closed && !part.closed ? append(part.list, follow()) : part.list));
  if (bodies.every((body) => !body)) return { list: undefined, closed };
  return {
    list: cons(
      { kind: 'fork', form: 'when', value: statement.condition, patterns: [], bodies, origins: [statement.origin] },
      undefined,
    ),
    closed,
  };
}

// What a role does in loops that go on until somebody decides otherwise.
import { holding } from '../../families/solve.js';
import type { Rec, While } from '../../ir/choreography.js';
import type { Expr, TextRange } from '../../ir/expression.js';
import { printExpr } from '../../syntax/print.js';
import { append, cons, continues, falls, isJump, lengthOf, loopKey } from '../behaviour.js';
import type { List, Loop, Node } from '../behaviour.js';
import { actsWhere } from '../idle.js';
import type { Part } from '../passages.js';
import { assuming, settled } from '../settle.js';
import { mergeLate } from './late.js';
import { loopIn } from './loops.js';
import type { Follow, Loops } from './loops.js';
import { fromEither, mergeAll, noteUnneeded } from './merging.js';
import { begin, inNextRound, noteHeads, resume } from './next-round.js';
import { nothing, open } from './part.js';
import type { RoleState } from './state.js';
import { decidingOf } from '../local-view.js';

/** A loop that goes round at `continue`. */
export function projectRec(state: RoleState, statement: Rec, follow: Follow, loops: Loops): Part {
  const loop = loopIn(loops, statement.name);
  const inner = {
    named: new Map(loops.named).set(statement.name.text, loop),
    behind: new Map(loops.behind).set(statement.name.text, follow),
    open: [{ statement, loop }, ...loops.open],
    begun: begin(state, loop, loops),
    contexts: new Map(loops.contexts).set(loopKey(loop), state.context),
  };
  noteHeads(state, statement.body.statements, loop);
  const body = state.block(statement.body.statements, follow, inner);
  return loopAround(state, loop, body, statement.origin);
}

/** A `rec` around a body, or the body alone where it never goes round. */
function loopAround(state: RoleState, loop: Loop, body: Part, origin: TextRange): Part {
  const wrong = resume(state, loop, body);
  if (wrong) return wrong;
  if (isJump(body.list, loop)) return nothing;
  if (!continues(body.list, loop)) return body;
  const known = state.counts ? settled(body.list, state.setting()) : body.list;
  const unless = idleUnless(state, known, loop);
  if (unless) {
    const own = state.knowing(holding(state.numbers, unless), printExpr(unless), () =>
      loopAround(state, loop, { list: assuming(known, unless, state.setting()), closed: body.closed }, origin),
    );
    return {
      list: cons(
        { kind: 'fork', form: 'when', value: unless, patterns: [], bodies: [own.list, undefined], origins: [origin] },
        undefined,
      ),
      closed: own.closed,
    };
  }
  const { body: inside, end } = body.closed
    ? state.merging.factorLoop(body.list, loop)
    : { body: body.list, end: undefined };
  return { list: cons({ kind: 'rec', loop, body: inside, origins: [origin] }, end), closed: body.closed };
}

/**
 * What has to hold of the member’s number for it to do anything in a loop, where all others would only go round;
 * undefined where there are none, or nothing is known of them.
 */
function idleUnless(state: RoleState, body: List, loop: Loop): Expr | undefined {
  const acts = state.counts ? actsWhere(body, loop, state.setting()) : true;
  return typeof acts === 'boolean' ? undefined : acts;
}

/** A loop in which somebody decides before each round: the role does, or finds out whether another round came. */
export function projectWhile(state: RoleState, statement: While, follow: Follow, loops: Loops): Part {
  const loop = loopIn(loops, { text: 'Loop', origin: statement.head });
  const condition = decidingOf(statement, state.role)?.value;
  const inner = {
    ...loops,
    open: [{ statement, loop }, ...loops.open],
    begun: condition ? [] : begin(state, loop, loops),
    contexts: new Map(loops.contexts).set(loopKey(loop), state.context),
  };
  const again = cons({ kind: 'leaf', action: { kind: 'continue', loop, origins: [statement.head] } }, undefined);
  if (state.merges === 0) state.free.add(statement.origin.start);
  if (!condition) state.merges++;
  if (!condition) noteHeads(state, statement.body.statements, loop);
  const body = state.block(statement.body.statements, () => again, inner);
  if (!condition) state.merges--;
  const exit = state.block(statement.exit, follow, loops).list;
  // A round that begins with a decision of its own, or with nothing, waits for nothing.
  const wrong = condition || !body.list ? resume(state, loop, nothing) : undefined;
  if (wrong) return wrong;
  const origins = [statement.origin];
  if (condition && !body.closed && !continues(body.list, loop))
    return open(cons({ kind: 'while', condition, body: body.list, origins }, exit));
  const round = body.closed ? body.list : append(body.list, again);
  // Where the role may end inside, the loop can't be left by falling through.
  const ended = body.closed && falls(body.list);
  if (condition) {
    const fork: Node = {
      kind: 'fork',
      form: 'if',
      value: condition,
      patterns: [],
      bodies: [round, ended ? append(exit, follow()) : exit],
      origins,
    };
    return loopAround(state, loop, { list: cons(fork, undefined), closed: ended }, statement.origin);
  }
  if (!body.list && !exit && !ended) return nothing;
  const first = state.counts ? { again: loop } : {};
  let merged = mergeAll(state, [round, exit], { rests: false, senders: false, ...first });
  if (merged.ok && !ended) {
    if (!body.closed && lengthOf(body.list) === 1 && lengthOf(exit) === 1)
      noteUnneeded(state, statement, [body.list, exit]);
    return loopAround(state, loop, open(merged.list), statement.origin);
  }
  const after = follow();
  const whole = [round, append(exit, after)];
  if (after || ended || state.server)
    merged = mergeAll(state, whole, { rests: state.rests(), senders: false, ...first });
  state.looksAhead = true;
  if (merged.ok) return loopAround(state, loop, { list: merged.list, closed: true }, statement.origin);
  const either =
    fromEither(state, statement, whole, { rests: state.rests(), senders: true, ...first }) ??
    inNextRound(state, statement, whole, loops);
  if (either) return loopAround(state, loop, { list: either.list, closed: true }, statement.origin);
  return mergeLate(state, statement, merged, follow, loops);
}

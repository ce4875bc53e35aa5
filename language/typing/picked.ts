// By what members of families are picked. The same in choreographies and in processes.
import type { Picked } from '../ir/choreography.js';
import type { Expr } from '../ir/expression.js';
import type { Context } from './context.js';
import type { Env } from './env.js';
import { checkValue } from './expressions.js';
import { int, listOf } from './types.js';

/** By what members are picked: a number, or a list of several. */
export function checkPickedBy(context: Context, env: Env, value: Expr, { many }: Picked): void {
  checkValue(context, env, value, many ? listOf(int) : int, () => ({ by: many ? 'pick-some' : 'pick' }));
}

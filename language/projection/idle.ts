// Where a role only goes round a loop, and does nothing: there it need not go round at all.
import { both, boundsOf, compare, either, negation } from '../families/specialise.js';
import { ask } from '../families/solve.js';
import type { Expr } from '../ir/expression.js';
import { append, isJump } from './behaviour.js';
import type { List, Loop } from './behaviour.js';
import type { Setting } from './settle.js';

/**
 * Where a role does more in a round of a loop than to go round again: always, never, or where its number and the sizes
 * of families say so.
 * @param body a round, with the `continue` at its end
 * Cost: linear in the cases that come first, and a question of numbers for each loop over members among them
 */
export function actsWhere(
  body: List,
  loop: Loop,
  { families, known }: Pick<Setting, 'families' | 'known'>,
): boolean | Expr {
  const visit = (list: List): boolean | Expr => {
    if (isJump(list, loop)) return false;
    const node = list?.node;
    if (node?.kind === 'for') {
      const { from, until } = boundsOf(node.range, families);
      const some = compare('>', until, from);
      return ask(known, some) === 'always' ? true : anyOf(some, visit(list?.rest));
    }
    if (node?.kind !== 'fork' || node.form !== 'when' || !node.value) return true;
    const { value } = node;
    const [then = false, otherwise = false] = node.bodies.map((inner) => visit(append(inner, list?.rest)));
    if (then === otherwise && typeof then === 'boolean') return then;
    if (then === true) return anyOf(value, otherwise);
    if (otherwise === true) return anyOf(negation(value), then);
    return anyOf(allOf(value, then), allOf(negation(value), otherwise));
  };
  return visit(body);
}

function anyOf(one: boolean | Expr, other: boolean | Expr): boolean | Expr {
  if (typeof one === 'boolean') return one || other;
  return typeof other === 'boolean' ? other || one : either(one, other);
}

function allOf(one: Expr, other: boolean | Expr): boolean | Expr {
  return typeof other === 'boolean' ? other && one : both(one, other);
}

// The opposite of a condition, as a person would write it.
import { opposites } from '../ir/expression.js';
import type { Expr } from '../ir/expression.js';

/**
 * What holds exactly if a condition does not; floats are always numbers, so that orders can be turned around.
 * @param text the text that the condition stands in
 */
export function opposite(condition: Expr, text: string): string {
  const own = text.slice(condition.origin.start, condition.origin.end);
  if (condition.kind === 'bool') return condition.value ? 'false' : 'true';
  if (condition.kind === 'unary' && condition.operator === 'not')
    return text.slice(condition.operand.origin.start, condition.operand.origin.end);
  if (condition.kind === 'binary' && !own.startsWith('(')) {
    const operator = opposites[condition.operator];
    const between = text.slice(condition.left.origin.end, condition.right.origin.start);
    if (operator !== undefined && between.trim() === condition.operator) {
      return (
        own.slice(0, condition.left.origin.end - condition.origin.start) +
        between.replace(condition.operator, operator) +
        own.slice(condition.right.origin.start - condition.origin.start)
      );
    }
  }
  const simple =
    condition.kind === 'name' || condition.kind === 'call' || condition.kind === 'field' || own.startsWith('(');
  return `not ${simple ? own : `(${own})`}`;
}

// What is asked of an `if` whose condition is not known.
import type { Algebra } from './algebra.js';
import type { Term } from './terms.js';

/** How large the ends of an `if` may be for what is asked of it to be asked of each. */
const small = 40;

/** What is asked of an `if` is asked of what it may give. */
export function intoChoice(algebra: Algebra, term: Term, ask: (end: Term) => Term): Term | undefined {
  if (term.kind !== 'asked' || term.op !== 'if' || term.size > small) return undefined;
  const [condition, then, otherwise] = term.args as [Term, Term, Term];
  return algebra.op('if', condition, ask(then), ask(otherwise));
}

// What is asked of an `if` whose condition is not known.
import type { Algebra } from './algebra.js';
import type { Term } from './terms.js';
import { largestChoice } from './limits.js';

/** What is asked of an `if` is asked of what it may give. */
export function intoChoice(algebra: Algebra, term: Term, ask: (end: Term) => Term): Term | undefined {
  if (term.kind !== 'asked' || term.op !== 'if' || term.size > largestChoice) return undefined;
  const [condition, then, otherwise] = term.args as [Term, Term, Term];
  return algebra.op('if', condition, ask(then), ask(otherwise));
}

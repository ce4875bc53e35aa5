// What is known along a run. Questions that have no unknown in common have nothing to do with each other, and are kept
// apart.
import { noFacts } from './facts.js';
import type { Facts } from './facts.js';
import type { Term } from './terms.js';

/** What is known of the unknowns in some questions, and of all that have to do with these. */
export interface Considered {
  readonly facts: Facts;
  /** Puts what is known by now in its place. */
  keep(facts: Facts): void;
}

export interface Knowledge {
  /** Cost: linear in the questions, and in what is known of the unknowns in them */
  about(questions: readonly Term[]): Considered;
}

/** Unknowns that were asked for together. */
interface Group {
  readonly unknowns: ReadonlySet<Term>;
  readonly facts: Facts;
}

/** Creates what is known at the start: nothing. */
export function createKnowledge(): Knowledge {
  const groups = new Map<Term, Group>();
  return {
    about(questions) {
      const unknowns = new Set<Term>();
      for (const question of questions) unknownsIn(question, unknowns);
      const met = new Set([...unknowns].flatMap((unknown) => groups.get(unknown) ?? []));
      const [only] = met;
      return {
        facts: met.size <= 1 ? (only?.facts ?? noFacts) : new Map([...met].flatMap(({ facts }) => [...facts])),
        keep(facts) {
          const group: Group = {
            unknowns: new Set([...unknowns, ...[...met].flatMap((each) => [...each.unknowns])]),
            facts,
          };
          for (const unknown of group.unknowns) groups.set(unknown, group);
        },
      };
    },
  };
}

/** Adds the unknowns in a term. Cost: linear in it */
export function unknownsIn(term: Term, into: Set<Term>): void {
  if (term.kind === 'unknown') into.add(term);
  else if (term.unknowns) for (const arg of term.args) unknownsIn(arg, into);
}

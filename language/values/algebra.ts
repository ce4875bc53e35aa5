// What rules compute with: operations on terms.
import type { Shape, Term, Terms } from './terms.js';

/**
 * A rule of an operation: its result in normal form, or undefined where nothing can be said of it.
 * @param data what the operation needs besides its arguments
 */
export type Rule = (algebra: Algebra, args: readonly Term[], data: unknown) => Term | undefined;

export interface Algebra {
  readonly terms: Terms;
  /** An operation on terms. */
  op(name: string, ...args: readonly Term[]): Term;
  /** The same for one that needs more than its arguments. */
  apply(name: string, args: readonly Term[], data: unknown): Term;
  /** A function, by its body over its parameters. */
  lambda(arity: number, body: (params: readonly Term[]) => Term): Term;
  /** What a function gives. */
  call(fn: Term, args: readonly Term[]): Term;
  /**
   * A term with parts of it replaced, in normal form again.
   * @param replace what comes in the place of a part as it stands; undefined to look into it
   * @param known what is known of a part once its own parts are replaced
   */
  rewrite(term: Term, replace: (part: Term) => Term | undefined, known?: (part: Term) => Term | undefined): Term;
  /** Counts steps; throws `TooLong` where there are more than allowed. */
  spend(steps: number): void;
  /** Runs something with so many steps at most; undefined where these do not do. */
  within<T>(steps: number, run: () => T): T | undefined;
  readonly some: Shape;
  readonly none: Shape;
  tuple(size: number): Shape;
}

/** Something takes more steps than it may. */
export class TooLong extends Error {}

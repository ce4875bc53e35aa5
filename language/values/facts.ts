// What is known of unknown values: what was answered when somebody asked. Questions that have to do with each other get
// answers that fit.
import type { Algebra } from './algebra.js';
import { valueOf } from './arithmetic.js';
import { isMade } from './logic.js';
import { compareTerms } from './terms.js';
import type { Shape, Term } from './terms.js';
import { mostReconciling } from './limits.js';

/** What is known of one value, or of the result of an operation on values. */
export interface Fact {
  /** What it is. */
  readonly is?: Term;
  /** What it is made with, where it holds more than is known. */
  readonly made?: Shape;
  /** What it is not. */
  readonly not: ReadonlySet<Term>;
  readonly notMade: ReadonlySet<Shape>;
  /** The least and the greatest whole number that it can be. */
  readonly low?: bigint;
  readonly high?: bigint;
}

export type Facts = ReadonlyMap<Term, Fact>;

export const noFacts: Facts = new Map();

export interface Answer {
  readonly value: boolean;
  /** What is known then. */
  readonly facts: Facts;
}

const nothing: Fact = { not: new Set(), notMade: new Set() };

/**
 * A term with all put in that is known of its parts. Cost: linear in it
 * @param without a term whose own fact is left out
 */
export function simplified(algebra: Algebra, term: Term, facts: Facts, without?: Term): Term {
  if (facts.size === 0 || !term.open) return term;
  const look = (part: Term): Term | undefined => {
    const known = implied(algebra, part, facts, without);
    return known && simplified(algebra, known, facts, without);
  };
  return algebra.rewrite(term, (part) => (part.open ? undefined : part), look);
}

/** What is known of a value as it stands. */
function implied({ terms }: Algebra, term: Term, facts: Facts, without: Term | undefined): Term | undefined {
  const own = term === without ? undefined : facts.get(term);
  if (own?.is) return own.is;
  if (term.kind !== 'asked') return undefined;
  const [subject, other] = term.args as [Term, Term];
  const fact = subject === without ? undefined : facts.get(subject);
  if (!fact) return undefined;
  const op = term.op.split(' ', 1)[0];
  if (op === 'is') {
    const shape = term.data as Shape;
    if (fact.made) return terms.scalar(fact.made.id === shape.id);
    return fact.notMade.has(shape) ? terms.scalar(false) : undefined;
  }
  const number = valueOf(other);
  if (op === 'below' && typeof number === 'bigint') {
    if (fact.high !== undefined && fact.high < number) return terms.scalar(true);
    return fact.low !== undefined && fact.low >= number ? terms.scalar(false) : undefined;
  }
  if (op === '==') {
    if (fact.not.has(other)) return terms.scalar(false);
    if (
      typeof number === 'bigint' &&
      ((fact.low !== undefined && number < fact.low) || (fact.high !== undefined && number > fact.high))
    )
      return terms.scalar(false);
  }
  return undefined;
}

/** A fact with more in it; undefined where both can't be. */
function together(a: Fact, b: Fact): Fact | undefined {
  const low = a.low === undefined ? b.low : b.low === undefined || a.low > b.low ? a.low : b.low;
  const high = a.high === undefined ? b.high : b.high === undefined || a.high < b.high ? a.high : b.high;
  const made = a.made ?? b.made;
  const notMade = new Set([...a.notMade, ...b.notMade]);
  if (a.made && b.made && a.made.id !== b.made.id) return undefined;
  if (made && notMade.has(made)) return undefined;
  return { is: a.is ?? b.is, made, low, high, not: new Set([...a.not, ...b.not]), notMade };
}

const neverNegative = new Set(['length', 'size', 'count', 'abs']);

/** What is known of the result of an operation, whatever it is done on. */
function natural(term: Term): Fact {
  if (term.kind !== 'asked') return nothing;
  if (neverNegative.has(term.op)) return { ...nothing, low: 0n };
  const by = valueOf(term.args[1]);
  if (term.op !== 'rem' || typeof by !== 'bigint' || by === 0n) return nothing;
  const most = (by < 0n ? -by : by) - 1n;
  return { ...nothing, low: -most, high: most };
}

/** Takes the ends of a range away that are known not to be it; undefined where nothing is left. */
function settled({ terms }: Algebra, fact: Fact): Fact | undefined {
  let { low, high } = fact;
  while (low !== undefined && fact.not.has(terms.scalar(low))) low++;
  while (high !== undefined && fact.not.has(terms.scalar(high))) high--;
  if (low !== undefined && high !== undefined && low > high) return undefined;
  if (low !== undefined && low === high) return { ...fact, low, high, is: terms.scalar(low) };
  const [first] = fact.made ? [fact.made] : fact.notMade;
  if (!first) return { ...fact, low, high };
  const left = fact.made ? [fact.made] : first.family.filter((shape) => !fact.notMade.has(shape));
  const [only] = left;
  if (!only) return undefined;
  if (left.length > 1) return { ...fact, low, high };
  return only.fields.length === 0
    ? { ...fact, is: terms.made(only, []) }
    : { ...fact, made: only, notMade: new Set(), low, high };
}

/**
 * What is known once a question is answered; undefined where the answer can't be, after all that is known.
 * @param question a truth value
 */
function assume(algebra: Algebra, facts: Facts, question: Term, answer: boolean): Facts | undefined {
  const { terms } = algebra;
  const term = simplified(algebra, question, facts);
  const value = valueOf(term);
  if (typeof value === 'boolean') return value === answer ? facts : undefined;
  // What fails tells nothing.
  if (term.failing) return facts;
  if (term.kind === 'asked') {
    const [subject, other] = term.args as [Term, Term];
    const opposite = algebra.op('not', term);
    if (term.op === 'not' || compareTerms(opposite, term) < 0) return assume(algebra, facts, opposite, !answer);
    const op = term.op.split(' ', 1)[0];
    const number = valueOf(other);
    if (op === 'is') {
      const shape = term.data as Shape;
      return learn(
        algebra,
        facts,
        subject,
        answer ? { ...nothing, made: shape } : { ...nothing, notMade: new Set([shape]) },
      );
    }
    if (op === 'below' && typeof number === 'bigint')
      return learn(algebra, facts, subject, answer ? { ...nothing, high: number - 1n } : { ...nothing, low: number });
    if (op === '==' && number !== undefined)
      return learn(algebra, facts, subject, answer ? { ...nothing, is: other } : { ...nothing, not: new Set([other]) });
    if (op === '==' && answer) {
      // One of them stands for both.
      const [to, from] = [subject, other].sort(compareTerms) as [Term, Term];
      if (from.kind === 'unknown') return learn(algebra, facts, from, { ...nothing, is: to });
      if (to.kind === 'unknown' && !contains(from, to)) return learn(algebra, facts, to, { ...nothing, is: from });
    }
    // All parts of what is true, and none of what is false.
    if (answer === (op === 'and') && (op === 'and' || op === 'or'))
      return term.args.reduce<Facts | undefined>((so, part) => so && assume(algebra, so, part, answer), facts);
  }
  return learn(algebra, facts, term, { ...nothing, is: terms.scalar(answer) });
}

function contains(term: Term, part: Term): boolean {
  return term === part || (term.size > part.size && term.unknowns && term.args.some((arg) => contains(arg, part)));
}

/** Adds a fact, and brings what is known of other values in line with it. */
function learn(algebra: Algebra, facts: Facts, subject: Term, fact: Fact): Facts | undefined {
  const before = facts.get(subject);
  const merged = together(before ?? natural(subject), fact);
  const now = merged && settled(algebra, merged);
  if (!now) return undefined;
  if (now.is) {
    if (now.is === subject) return facts;
    if (!isPossible(now.is, now)) return undefined;
  }
  const all = new Map(facts).set(subject, now.is ? { ...nothing, is: now.is } : now);
  // What was asked of it, or of what is made from it, may be known by now. The others were in line with each other
  // before.
  for (const [term, known] of facts) {
    if (term === subject || !contains(term, subject)) continue;
    const meant = simplified(algebra, term, all, term);
    if (meant === term) continue;
    all.delete(term);
    const next = restated(algebra, all, meant, known);
    if (!next) return undefined;
    return reconciled(algebra, next);
  }
  return all;
}

/** Goes on until no fact says anything of another one's value, or there is no end of it. */
function reconciled(algebra: Algebra, facts: Facts, rounds = mostReconciling): Facts | undefined {
  if (rounds > 0)
    for (const [term, known] of facts) {
      const meant = simplified(algebra, term, facts, term);
      if (meant === term) continue;
      const others = new Map(facts);
      others.delete(term);
      const next = restated(algebra, others, meant, known);
      return next && reconciled(algebra, next, rounds - 1);
    }
  return facts;
}

/** Says what was known of one value of another that it turned out to be; undefined where that can't be. */
export function restated(
  algebra: Algebra,
  facts: Facts,
  term: Term,
  { is, made, not, notMade, low, high }: Fact,
): Facts | undefined {
  const { terms } = algebra;
  const questions: (readonly [Term, boolean])[] = [
    ...(is ? [[algebra.op('==', term, is), true] as const] : []),
    ...(made ? [[isMade(algebra, made, term), true] as const] : []),
    ...[...notMade].map((shape) => [isMade(algebra, shape, term), false] as const),
    ...[...not].map((other) => [algebra.op('==', term, other), false] as const),
    ...(low === undefined ? [] : [[algebra.op('below', term, terms.scalar(low)), false] as const]),
    ...(high === undefined ? [] : [[algebra.op('below', term, terms.scalar(high + 1n)), true] as const]),
  ];
  return questions.reduce<Facts | undefined>(
    (so, [question, answer]) => so && assume(algebra, so, question, answer),
    facts,
  );
}

/** Whether a value agrees with what is known otherwise. */
function isPossible(term: Term, { made, not, notMade, low, high }: Fact): boolean {
  if (not.has(term)) return false;
  const value = valueOf(term);
  if (typeof value === 'bigint' && ((low !== undefined && value < low) || (high !== undefined && value > high)))
    return false;
  if (term.kind !== 'made') return true;
  return (!made || made.id === term.shape.id) && ![...notMade].some((shape) => shape.id === term.shape.id);
}

/**
 * Answers a question: one answer where it follows from what is known, else both, each with what is known then.
 * @param question a truth value
 * Cost: linear in the question and in what is known, for each fact that follows
 */
export function decide(algebra: Algebra, question: Term, facts: Facts): readonly Answer[] {
  const answers = question.failing
    ? []
    : [true, false].flatMap((value): Answer[] => {
        const known = assume(algebra, facts, question, value);
        return known ? [{ value, facts: known }] : [];
      });
  // What fails tells nothing.
  return answers.length > 0
    ? answers
    : [
        { value: true, facts },
        { value: false, facts },
      ];
}

// What is known of unknown values: what was answered when somebody asked. Questions that have to do with each other get answers that fit.
import type { Algebra } from './algebra.js';
import { valueOf } from './arithmetic.js';
import { isMade } from './logic.js';
import { compareTerms } from './terms.js';
import type { Shape, Term } from './terms.js';

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

/** A question is taken apart into so many answers; then it is asked as a whole. */
const mostAnswers = 48;

/** A term with all put in that is known of its parts. Cost: linear in it */
export function simplified(algebra: Algebra, term: Term, facts: Facts): Term {
  if (facts.size === 0 || !term.open) return term;
  const look = (part: Term): Term | undefined => {
    const known = implied(algebra, part, facts);
    return known && simplified(algebra, known, facts);
  };
  return algebra.rewrite(term, (part) => (part.open ? undefined : part), look);
}

/** What is known of a value as it stands. */
function implied({ terms }: Algebra, term: Term, facts: Facts): Term | undefined {
  const own = facts.get(term);
  if (own?.is) return own.is;
  if (term.kind !== 'asked') return undefined;
  const [subject, other] = term.args as [Term, Term];
  const fact = facts.get(subject);
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
    if (typeof number === 'bigint' && ((fact.low !== undefined && number < fact.low) || (fact.high !== undefined && number > fact.high))) return terms.scalar(false);
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
  return only.fields.length === 0 ? { ...fact, is: terms.made(only, []) } : { ...fact, made: only, notMade: new Set(), low, high };
}

/**
 * What is known once a question is answered; undefined where the answer can't be, after all that is known.
 * @param question in normal form under the facts, and no `and`, `or` or `not`
 */
function assume(algebra: Algebra, facts: Facts, question: Term, answer: boolean): Facts | undefined {
  const { terms } = algebra;
  if (question.kind === 'asked') {
    const [subject, other] = question.args as [Term, Term];
    const op = question.op.split(' ', 1)[0];
    const number = valueOf(other);
    if (op === 'is') {
      const shape = question.data as Shape;
      return learn(algebra, facts, subject, answer ? { ...nothing, made: shape } : { ...nothing, notMade: new Set([shape]) });
    }
    if (op === 'below' && typeof number === 'bigint') return learn(algebra, facts, subject, answer ? { ...nothing, high: number - 1n } : { ...nothing, low: number });
    if (op === '==' && number !== undefined) return learn(algebra, facts, subject, answer ? { ...nothing, is: other } : { ...nothing, not: new Set([other]) });
    if (op === '==' && answer) {
      // One of them stands for both.
      const [to, from] = [subject, other].sort(compareTerms) as [Term, Term];
      if (from.kind === 'unknown') return learn(algebra, facts, from, { ...nothing, is: to });
      if (to.kind === 'unknown' && !contains(from, to)) return learn(algebra, facts, to, { ...nothing, is: from });
    }
  }
  return learn(algebra, facts, question, { ...nothing, is: terms.scalar(answer) });
}

function contains(term: Term, part: Term): boolean {
  return term === part || (term.unknowns && term.args.some((arg) => contains(arg, part)));
}

/** Adds a fact, and brings what is known of other values in line with it. */
function learn(algebra: Algebra, facts: Facts, subject: Term, fact: Fact): Facts | undefined {
  const before = facts.get(subject);
  const merged = before ? together(before, fact) : fact;
  const now = merged && settled(algebra, merged);
  if (!now) return undefined;
  if (now.is) {
    if (now.is === subject) return facts;
    if (!isPossible(now.is, now)) return undefined;
  }
  const all = new Map(facts).set(subject, now.is ? { ...nothing, is: now.is } : now);
  if (!now.is) return all;
  // What was asked of it, or of what is made from it, may be known by now.
  for (const [term, known] of facts) {
    if (term === subject) continue;
    const meant = simplified(algebra, term, new Map(all).set(term, nothing));
    if (meant === term) continue;
    all.delete(term);
    const next = restated(algebra, all, meant, known);
    if (!next) return undefined;
    return reconciled(algebra, next);
  }
  return all;
}

/** Goes on until no fact says anything of another one's value, or there is no end of it. */
function reconciled(algebra: Algebra, facts: Facts, rounds = mostAnswers): Facts | undefined {
  if (rounds > 0) for (const [term, known] of facts) {
    const others = new Map(facts);
    others.delete(term);
    const meant = simplified(algebra, term, others);
    if (meant === term) continue;
    const next = restated(algebra, others, meant, known);
    return next && reconciled(algebra, next, rounds - 1);
  }
  return facts;
}

/** Says what was known of one value of another that it turned out to be; undefined where that can't be. */
export function restated(algebra: Algebra, facts: Facts, term: Term, { is, made, not, notMade, low, high }: Fact): Facts | undefined {
  const { terms } = algebra;
  const questions: (readonly [Term, boolean])[] = [
    ...(is ? [[algebra.op('==', term, is), true] as const] : []),
    ...(made ? [[isMade(algebra, made, term), true] as const] : []),
    ...[...notMade].map((shape) => [isMade(algebra, shape, term), false] as const),
    ...[...not].map((other) => [algebra.op('==', term, other), false] as const),
    ...(low === undefined ? [] : [[algebra.op('below', term, terms.scalar(low)), false] as const]),
    ...(high === undefined ? [] : [[algebra.op('below', term, terms.scalar(high + 1n)), true] as const]),
  ];
  return questions.reduce<Facts | undefined>((so, [question, answer]) => {
    if (!so) return undefined;
    // Of several ways to the same, the first that can be is taken: it says no more than what was known.
    const found = decide(algebra, question, so).filter((a) => a.value === answer);
    return found.length === 1 ? found[0]?.facts : found.length === 0 ? undefined : so;
  }, facts);
}

/** Whether a value agrees with what is known otherwise. */
function isPossible(term: Term, { made, not, notMade, low, high }: Fact): boolean {
  if (not.has(term)) return false;
  const value = valueOf(term);
  if (typeof value === 'bigint' && ((low !== undefined && value < low) || (high !== undefined && value > high))) return false;
  if (term.kind !== 'made') return true;
  return (!made || made.id === term.shape.id) && ![...notMade].some((shape) => shape.id === term.shape.id);
}

/** The first condition that a term waits for, innermost first. */
function conditionIn(term: Term): Term | undefined {
  if (!term.open || term.kind === 'function') return undefined;
  for (const arg of term.args) {
    const inner = conditionIn(arg);
    if (inner) return inner;
  }
  return term.kind === 'asked' && term.op === 'if' ? term.args[0] : undefined;
}

/**
 * Answers a question: one answer where it follows from what is known, else all that there can be, each with what is known then.
 * @param question a truth value
 * Cost: linear in the question for each answer to the questions that it is made of
 */
export function decide(algebra: Algebra, question: Term, facts: Facts, room = { left: mostAnswers }): readonly Answer[] {
  const { terms } = algebra;
  const term = simplified(algebra, question, facts);
  const value = valueOf(term);
  if (typeof value === 'boolean') return [{ value, facts }];
  // What fails tells nothing.
  if (term.failing) return [{ value: true, facts }, { value: false, facts }];
  const each = (on: Term, then: (answer: Answer) => readonly Answer[]): readonly Answer[] => decide(algebra, on, facts, room).flatMap(then);
  if (term.kind === 'asked' && room.left > 0) {
    // What fails is asked last: it may not be needed.
    const [first, ...others] = [...term.args.filter((arg) => !arg.failing || term.op === 'if'), ...term.args.filter((arg) => arg.failing && term.op !== 'if')] as [Term, ...Term[]];
    switch (term.op) {
      case 'not': return each(first, (a) => [{ value: !a.value, facts: a.facts }]);
      case 'and': case 'or':
        return each(first, (a) => (a.value === (term.op === 'or') ? [a] : decide(algebra, algebra.op(term.op, ...others), a.facts, room)));
      case 'if': return each(first, (a) => decide(algebra, others[a.value ? 0 : 1] as Term, a.facts, room));
      case '==':
        // Whether two truths are the same.
        for (const side of term.args) if (side.kind === 'asked' && isTruth(side)) return each(side, (a) => decide(algebra, term, a.facts, room));
    }
    const condition = conditionIn(term);
    if (condition) return each(condition, (a) => decide(algebra, term, a.facts, room));
  }
  room.left--;
  const answers = [true, false].flatMap((answer): Answer[] => {
    const known = assume(algebra, facts, term, answer);
    return known ? [{ value: answer, facts: known }] : [];
  });
  return answers.length > 0 ? answers : [true, false].map((answer) => ({ value: answer, facts: new Map(facts).set(term, { ...nothing, is: terms.scalar(answer) }) }));
}

function isTruth(term: Term): boolean {
  return term.kind === 'asked' && ['not', 'and', 'or', '==', 'below', 'less', 'is'].includes(term.op.split(' ', 1)[0] ?? '');
}

// Looks for values that make conditions true: among those that the conditions name, and small ones of each type.
import { pickedNumbers } from '../ir/static.js';
import type { Type } from '../typing/types.js';
import type { Algebra } from './algebra.js';
import { valueOf } from './arithmetic.js';
import { tableTerm } from './tables.js';
import type { Shape, Term } from './terms.js';
import { mostValuesTried, mostStepsOfSolving, mostCandidates, largestDefined } from './limits.js';

/** What is looked for. */
export interface Conditions {
  /** What has to be true. */
  readonly hold: readonly Term[];
  /** What has to have a value: nothing in it may fail. */
  readonly defined: readonly Term[];
}

/** What is known of types. */
export interface Typing {
  /** The shapes that values of a declared type have. */
  shapesOf(type: Type): readonly Shape[] | undefined;
  /** The types of what a shape holds. */
  fieldsOf(shape: Shape): readonly (Type | undefined)[];
}

/** New unknowns, for what values hold. */
const newUnknowns = 10_000_000;

/**
 * Whether there are values for which conditions hold.
 * @returns false where none were found: there may be some all the same
 * Cost: bounded
 */
export function canHold(algebra: Algebra, conditions: Conditions, { shapesOf, fieldsOf: fieldTypes }: Typing): boolean {
  let tries = mostValuesTried;
  let next = newUnknowns;
  const { terms } = algebra;
  const fresh = (type: Type | undefined): Term => terms.unknown(next++, type);
  const made = (shape: Shape): Term => {
    const types = fieldTypes(shape);
    return terms.made(
      shape,
      shape.fields.map((_, i) => fresh(types[i])),
    );
  };
  const ofOption = (type: Type | undefined): Term =>
    terms.made(algebra.some, [fresh(type?.kind === 'option' ? type.item : undefined)]);

  /** Values to try for an unknown, the likely ones first. */
  const candidates = (unknown: Extract<Term, { kind: 'unknown' }>, all: readonly Term[]): readonly Term[] => {
    const found = new Set<Term>();
    const numbers = new Set<bigint>();
    const texts = new Set<string>();
    const floats = new Set<number>();
    const isShape = new Set<Shape>();
    const keys = new Set<Term>();
    const visit = (term: Term): void => {
      const value = valueOf(term);
      if (typeof value === 'bigint') numbers.add(value);
      else if (typeof value === 'string') texts.add(value);
      else if (typeof value === 'number') floats.add(value);
      if (term.kind === 'asked') {
        const [subject, other] = term.args as [Term, Term];
        if (term.op === '==' && (subject === unknown || other === unknown)) {
          const same = subject === unknown ? other : subject;
          if (!occurs(same, unknown)) found.add(same);
        }
        if (term.op === '==')
          for (const [list, mask] of [
            [subject, valueOf(other)],
            [other, valueOf(subject)],
          ] as const)
            if (
              list?.kind === 'asked' &&
              list.op === pickedNumbers &&
              list.args[0] === unknown &&
              typeof mask === 'bigint' &&
              mask >= 0n
            )
              found.add(terms.list(numbersOf(mask).map((each) => terms.scalar(each))));
        if ((term.op === 'contains' || term.op === 'get') && subject === unknown && other && !occurs(other, unknown))
          keys.add(other);
        if (term.op === 'below' && subject === unknown)
          for (const by of [-1n, 0n]) {
            const limit = valueOf(other);
            if (typeof limit === 'bigint') found.add(terms.scalar(limit + by));
          }
        const shape = term.op.startsWith('is ')
          ? (term.data as Shape)
          : term.op.startsWith('part ')
            ? (term.data as { shape: Shape }).shape
            : undefined;
        if (shape && subject === unknown) for (const one of shape.family) isShape.add(one);
      }
      for (const arg of term.args) visit(arg);
    };
    all.forEach(visit);
    const { type } = unknown;
    for (const shape of isShape) found.add(shape === algebra.some ? ofOption(type) : made(shape));
    const name = type?.kind === 'basic' ? type.name : (type?.kind ?? (isShape.size > 0 ? 'made' : undefined));
    const bools = (): void => {
      for (const b of [true, false]) found.add(terms.scalar(b));
    };
    const ints = (): void => {
      const near = [...numbers].flatMap((n) => [n, n + 1n, n - 1n, -n]);
      for (const n of [0n, 1n, 2n, ...near, -1n, 3n, 5n])
        if (n >= -(2n ** 63n) && n < 2n ** 63n) found.add(terms.scalar(n));
    };
    const strings = (): void => {
      for (const s of [...texts, '', 'a', 'ab', 'abc', ...[...numbers].map(String)]) found.add(terms.scalar(s));
    };
    switch (name) {
      case 'bool':
        bools();
        break;
      case 'int':
        ints();
        break;
      case 'float':
        for (const f of [...floats, 0, 1, ...[...floats].flatMap((x) => [x + 1, x - 1, x / 2]), -1])
          found.add(terms.scalar(f));
        break;
      case 'string':
        strings();
        break;
      case 'option':
        found.add(terms.made(algebra.none, [])).add(ofOption(type));
        break;
      case 'list': {
        const item = (): Term => fresh(type?.kind === 'list' ? type.item : undefined);
        for (const length of [0, 1, 2, 3]) found.add(terms.list(Array.from({ length }, item)));
        break;
      }
      case 'map':
      case 'set': {
        // The keys that somebody asks for, some of them or all, and others.
        const [key, value] =
          type?.kind === 'map' ? [type.key, type.value] : type?.kind === 'set' ? [type.item, undefined] : [];
        const table = (all: readonly Term[]): Term =>
          tableTerm(algebra, {
            base: undefined,
            form: name,
            writes: all.map((each) => ({ key: each, held: name === 'map' ? [fresh(value)] : [] })),
          });
        const asked = [...keys];
        for (const some of [
          [],
          asked,
          ...asked.map((one) => [one]),
          ...[1, 2, 3].map((length) => Array.from({ length }, () => fresh(key))),
        ])
          found.add(table(some));
        break;
      }
      case 'tuple':
        if (type?.kind === 'tuple')
          found.add(
            terms.made(
              algebra.tuple(type.items.length),
              type.items.map((t) => fresh(t)),
            ),
          );
        break;
      case 'named':
        for (const shape of (type && shapesOf(type)) ?? []) found.add(made(shape));
        // Of a type of the host's there are as many values as one likes.
        if (type?.kind === 'named' && type.form === 'extern')
          for (const i of [0, 1]) found.add(terms.scalar(`${type.id}${i}`));
        break;
      case undefined:
        if (all.includes(unknown)) bools();
        else {
          ints();
          bools();
          strings();
        }
        break;
      case 'function':
      case 'made':
      case 'unknown':
      case 'variable':
    }
    return [...found].slice(0, mostCandidates);
  };

  const search = (open: readonly Term[], defined: readonly Term[]): boolean => {
    const hold: Term[] = [];
    for (const term of open) {
      const value = valueOf(term);
      if (value === true) continue;
      if (value === false || term.failing) return false;
      hold.push(...(term.kind === 'asked' && term.op === 'and' ? term.args : [term]));
    }
    if (defined.some((term) => term.failing)) return false;
    const [first] = [...hold].sort((a, b) => a.size - b.size);
    // What is left to be defined is looked at once the conditions hold.
    const subject = first ?? defined.find((term) => term.unknowns && term.size < largestDefined);
    if (!subject) return true;
    const unknown = unknownIn(subject);
    if (!unknown) return false;
    for (const value of candidates(unknown, first ? hold : defined)) {
      if (tries-- <= 0) return false;
      const put = (term: Term): Term =>
        term.unknowns
          ? algebra.rewrite(term, (part) => (part === unknown ? value : part.unknowns ? undefined : part))
          : term;
      if (search(hold.map(put), defined.map(put))) return true;
    }
    return false;
  };
  return algebra.within(mostStepsOfSolving, () => search(conditions.hold, conditions.defined)) ?? false;
}

/** The numbers that `pickedNumbers` has found. */
function numbersOf(mask: bigint): bigint[] {
  return Array.from({ length: 64 }, (_, i) => BigInt(i)).filter((i) => (mask & (1n << i)) !== 0n);
}

function occurs(term: Term, part: Term): boolean {
  return term === part || term.args.some((arg) => occurs(arg, part));
}

/** An unknown that a condition waits for: of equations between two, one that the other can stand for. */
function unknownIn(term: Term): Extract<Term, { kind: 'unknown' }> | undefined {
  if (term.kind === 'unknown') return term;
  for (const arg of term.args) {
    const found = arg.unknowns ? unknownIn(arg) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Operations that have no result for some arguments. */
const partial = new Set([
  'div',
  'rem',
  'fdiv',
  'frem',
  'index',
  'first',
  'second',
  'last',
  'max',
  'min',
  'replace',
  'pow',
  'sqrt',
]);

/** Whether computing a value may fail, but for numbers that grow too large. */
export function mayFail(term: Term): boolean {
  const known = failing.get(term);
  if (known !== undefined) return known;
  const may =
    term.failing || (term.unknowns && ((term.kind === 'asked' && partial.has(term.op)) || term.args.some(mayFail)));
  failing.set(term, may);
  return may;
}

/** Terms are in many others: each is asked once. */
const failing = new WeakMap<Term, boolean>();

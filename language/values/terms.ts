// Values as far as they are known: terms, each made once, so that equal ones are one object.
import type { Type } from '../typing/types.js';
import { keyOf } from './types.js';

export type Scalar = bigint | number | string | boolean;

/** What a value is made with: a record, a case of an enum, `some`, `none`, or a tuple. */
export interface Shape {
  /** Two values are made with the same exactly if these are equal. */
  readonly id: string;
  readonly name: string;
  readonly fields: readonly string[];
  /** All shapes that a value of its type can have, itself among them. */
  readonly family: readonly Shape[];
}

interface Common {
  /** Its number among the terms of its store: a key for maps, not an order. */
  readonly id: number;
  readonly args: readonly Term[];
  /** How many parts it has, itself among them. */
  readonly size: number;
  /** Something in it is not known: an unknown, or the parameter of a function around it. */
  readonly open: boolean;
  /** There is an unknown in it. */
  readonly unknowns: boolean;
  /** The numbers of functions whose parameters it has, but not the functions. */
  readonly free: readonly number[];
  /** It has no value, whatever the unknowns are: an operation in it fails, or takes too long. */
  readonly failing: boolean;
  /** The highest number of a function in it, 0 where there is none. */
  readonly binders: number;
}

type Head =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  | { readonly kind: 'made'; readonly shape: Shape }
  | { readonly kind: 'list' }
  /** Of keys that are known to be different, each with its value, in the order of the keys; see `tables.ts`. */
  | { readonly kind: 'map' }
  | { readonly kind: 'set' }
  /** One value of which nothing is known, wherever it was copied to. */
  | { readonly kind: 'unknown'; readonly index: number; readonly type?: Type }
  /** A parameter of the function with that number. */
  | { readonly kind: 'bound'; readonly binder: number; readonly index: number }
  /**
   * Its body is its only argument. Its number is one more than those of the functions in it: whatever its parameters
   * were called, it is the same.
   */
  | { readonly kind: 'function'; readonly arity: number; readonly binder: number }
  /** An operation of which the result is not known. One on nothing unknown has none: it fails, or takes too long. */
  | { readonly kind: 'asked'; readonly op: string; readonly data?: unknown };

export type Term = Common & Head;

export interface Terms {
  scalar(value: Scalar): Term;
  made(shape: Shape, args: readonly Term[]): Term;
  list(items: readonly Term[]): Term;
  /** @param entries each key with its value behind it, as `tableTerm` puts them */
  map(entries: readonly Term[]): Term;
  /** @param items as `tableTerm` puts them */
  set(items: readonly Term[]): Term;
  unknown(index: number, type?: Type): Term;
  bound(binder: number, index: number): Term;
  function(arity: number, binder: number, body: Term): Term;
  /** @param data what the operation needs besides its arguments; the same for the same `op` */
  asked(op: string, args: readonly Term[], data?: unknown): Term;
}

/** Makes a store of terms. Cost: a look-up for each term that is made, linear in its arguments */
export function createTerms(): Terms {
  const all = new Map<string, Term>();
  const make = (key: string, args: readonly Term[], head: Head): Term => {
    const whole = args.length > 0 ? `${key}(${args.map((a) => a.id).join()})` : key;
    const known = all.get(whole);
    if (known) return known;
    const binder = head.kind === 'function' ? head.binder : 0;
    const free = new Set(head.kind === 'bound' ? [head.binder] : args.flatMap((a) => a.free));
    free.delete(binder);
    const unknowns = head.kind === 'unknown' || args.some((a) => a.unknowns);
    const open = unknowns || free.size > 0;
    const term: Term = {
      id: all.size,
      args,
      size: args.reduce((sum, a) => sum + a.size, 1),
      unknowns,
      free: [...free],
      open,
      failing: isFailing(head, args, open),
      binders: args.reduce((most, a) => Math.max(most, a.binders), binder),
      ...head,
    };
    all.set(whole, term);
    return term;
  };
  return {
    scalar(value) {
      // There is one zero.
      const own = value === 0 ? 0 : value;
      return make(`${typeof own}:${String(own)}`, [], { kind: 'scalar', value: own });
    },
    made: (shape, args) => make(`made ${shape.id}`, args, { kind: 'made', shape }),
    list: (items) => make('list', items, { kind: 'list' }),
    map: (entries) => make('map', entries, { kind: 'map' }),
    set: (items) => make('set', items, { kind: 'set' }),
    unknown: (index, type) =>
      make(type ? `#${index}:${keyOf(type)}` : `#${index}`, [], { kind: 'unknown', index, ...(type ? { type } : {}) }),
    bound: (binder, index) => make(`%${binder}.${index}`, [], { kind: 'bound', binder, index }),
    function: (arity, binder, body) => make(`function ${arity} ${binder}`, [body], { kind: 'function', arity, binder }),
    asked: (op, args, data) =>
      make(`asked ${op}`, args, { kind: 'asked', op, ...(data === undefined ? {} : { data }) }),
  };
}

const ranks: Readonly<Record<Term['kind'], number>> = {
  unknown: 0,
  bound: 1,
  asked: 2,
  function: 3,
  list: 4,
  map: 5,
  set: 6,
  made: 7,
  scalar: 8,
};

/** A total order of terms that does not depend on when they were made. Cost: linear in the smaller one */
export function compareTerms(a: Term, b: Term): number {
  if (a === b) return 0;
  if (a.kind !== b.kind) return ranks[a.kind] - ranks[b.kind];
  if (a.size !== b.size) return a.size - b.size;
  const own = compareHeads(a, b);
  if (own !== 0) return own;
  for (let i = 0; i < a.args.length && i < b.args.length; i++) {
    const one = compareTerms(a.args[i] as Term, b.args[i] as Term);
    if (one !== 0) return one;
  }
  return a.args.length - b.args.length;
}

function compareHeads(a: Term, b: Term): number {
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.index - b.index;
  if (a.kind === 'bound' && b.kind === 'bound') return a.binder - b.binder || a.index - b.index;
  if (a.kind === 'asked' && b.kind === 'asked') return compareTexts(a.op, b.op);
  if (a.kind === 'made' && b.kind === 'made') return compareTexts(a.shape.id, b.shape.id);
  if (a.kind === 'scalar' && b.kind === 'scalar')
    return compareTexts(typeof a.value, typeof b.value) || (a.value < b.value ? -1 : 1);
  return 0;
}

/** Compares texts by their code points, as `<` does in the language. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [[...a], [...b]];
  for (let i = 0; i < one.length && i < other.length; i++) {
    const [x, y] = [one[i]?.codePointAt(0) ?? 0, other[i]?.codePointAt(0) ?? 0];
    if (x !== y) return x - y;
  }
  return one.length - other.length;
}

/** Whether a value is known down to its last part. */
export function isKnown(term: Term): boolean {
  if (term.open || term.kind === 'asked') return false;
  return term.kind === 'function' || term.args.every(isKnown);
}

/** The operations that do not always look at all of their arguments. */
export const lazy: ReadonlySet<string> = new Set(['if', 'and', 'or']);

function isFailing(head: Head, args: readonly Term[], open: boolean): boolean {
  if (head.kind === 'function') return false;
  if (head.kind !== 'asked') return args.some((a) => a.failing);
  if (!open) return true;
  if (head.op === 'if') return args[0]?.failing === true;
  return lazy.has(head.op) ? args.every((a) => a.failing) : args.some((a) => a.failing);
}

// Numbers, their order, and joining texts and lists. Whole numbers have 64 bits; a result that does not fit, or is no
// number, is none.
import type { Algebra, Rule } from './algebra.js';
import { pickedNumbers } from '../ir/static.js';
import { intoChoice } from './choices.js';
import { compareTerms, compareTexts } from './terms.js';
import type { Scalar, Term } from './terms.js';

const largest = 2n ** 63n - 1n;
const least = -(2n ** 63n);

/** Whether a whole number is an `int`. */
export function isInt(value: bigint): boolean {
  return value >= least && value <= largest;
}

/** A whole number as a term; undefined where it is too large. */
export function intOf({ terms }: Algebra, value: bigint): Term | undefined {
  return isInt(value) ? terms.scalar(value) : undefined;
}

/** A `float` as a term; undefined for what is no finite number. */
export function floatOf({ terms }: Algebra, value: number): Term | undefined {
  return Number.isFinite(value) ? terms.scalar(value) : undefined;
}

export function valueOf(term: Term | undefined): Scalar | undefined {
  return term?.kind === 'scalar' ? term.value : undefined;
}

export type Sort = 'int' | 'float' | 'string' | 'bool' | 'list' | 'map' | 'set';

const sorts: ReadonlyMap<string, Sort> = new Map([
  ...[
    'linear',
    'span',
    'mul',
    'overflow',
    'div',
    'rem',
    'length',
    'size',
    'count',
    'round',
    'floor',
    'ceil',
    pickedNumbers,
  ].map((op) => [op, 'int'] as const),
  ...['fadd', 'fmul', 'fdiv', 'frem', 'sqrt', 'toFloat'].map((op) => [op, 'float'] as const),
  ...['join', 'text', 'padStart', 'padEnd', 'upper', 'lower', 'trim', 'toString'].map((op) => [op, 'string'] as const),
  ...[
    'not',
    'and',
    'or',
    '==',
    'below',
    'less',
    'is',
    'contains',
    'startsWith',
    'endsWith',
    'any',
    'all',
    'isSubset',
  ].map((op) => [op, 'bool'] as const),
  ...[
    'filter',
    'tail',
    'zip',
    'sort',
    'sortBy',
    'distinct',
    'range',
    'repeat',
    'split',
    'append',
    'prepend',
    'chain',
    'keys',
    'values',
    'entries',
    'toList',
  ].map((op) => [op, 'list'] as const),
  ...['mapOf', 'mapValues', 'filterMap', 'groupBy'].map((op) => [op, 'map'] as const),
  ...['setOf', 'mapSet', 'filterSet', 'intersection', 'difference'].map((op) => [op, 'set'] as const),
]);

/** What gives a value of the kind of its first argument. */
const keepsKind = new Set(['remove', 'take', 'drop', 'reverse', 'replace', 'abs']);

const held = ['list', 'map', 'set'] as const;

/** What kind of value a term is, as far as that shows. */
export function sortOf(term: Term | undefined): Sort | undefined {
  switch (term?.kind) {
    case 'scalar':
      return typeof term.value === 'bigint'
        ? 'int'
        : typeof term.value === 'number'
          ? 'float'
          : typeof term.value === 'boolean'
            ? 'bool'
            : 'string';
    case 'list':
    case 'map':
    case 'set':
      return term.kind;
    case 'unknown':
      return term.type?.kind === 'basic' ? term.type.name : held.find((sort) => sort === term.type?.kind);
    case 'asked': {
      if (term.op === 'if') return sortOf(term.args[1]) ?? sortOf(term.args[2]);
      // A set has items alone.
      if (term.op === 'insert') return term.args.length > 2 ? 'map' : 'set';
      if (keepsKind.has(term.op)) return sortOf(term.args[0]);
      if (term.op === 'union') return sortOf(term.args[0]) ?? sortOf(term.args[1]);
      return sorts.get(term.op.split(' ', 1)[0] ?? '');
    }
    case 'bound':
    case 'function':
    case 'made':
    case undefined:
      return undefined;
  }
}

/** A sum of multiples of terms, and a number. */
interface Linear {
  readonly parts: ReadonlyMap<Term, bigint>;
  readonly constant: bigint;
}

function linearOf(term: Term): Linear {
  const value = valueOf(term);
  if (typeof value === 'bigint') return { parts: new Map(), constant: value };
  if (term.kind === 'asked' && (term.op === 'linear' || term.op === 'span')) return ofPairs(term.args);
  return { parts: new Map([[term, 1n]]), constant: 0n };
}

/** A sum from its multiples, each a factor and a term, and a number at the end. */
function ofPairs(args: readonly Term[]): Linear {
  const all: Linear[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const [factor, term] = [valueOf(args[i]), args[i + 1]];
    const by = typeof factor === 'bigint' ? factor : 0n;
    all.push(term ? scaled(linearOf(term), by) : { parts: new Map(), constant: by });
  }
  return sumOf(all);
}

/** What a number is added to, and the number; undefined for what is no such sum. */
export function shiftOf(term: Term): { readonly of: Term; readonly by: bigint } | undefined {
  if (term.kind !== 'asked' || term.op !== 'linear' || term.args.length !== 3) return undefined;
  const [factor, of, by] = term.args as [Term, Term, Term];
  const value = valueOf(by);
  return valueOf(factor) === 1n && typeof value === 'bigint' ? { of, by: value } : undefined;
}

function sumOf(all: readonly Linear[]): Linear {
  const parts = new Map<Term, bigint>();
  let constant = 0n;
  for (const one of all) {
    constant += one.constant;
    for (const [term, factor] of one.parts) parts.set(term, (parts.get(term) ?? 0n) + factor);
  }
  for (const [term, factor] of parts) if (factor === 0n) parts.delete(term);
  return { parts, constant };
}

function scaled({ parts, constant }: Linear, by: bigint): Linear {
  return {
    parts: new Map(by === 0n ? [] : [...parts].map(([term, factor]) => [term, factor * by])),
    constant: constant * by,
  };
}

/**
 * A sum as a term, its parts in order and its number last; undefined where it is a number that is too large.
 * @param op `linear`, or `span` for what is no value itself, and may be of any size
 */
function ofLinear({ terms }: Algebra, { parts, constant }: Linear, op: 'linear' | 'span' = 'linear'): Term | undefined {
  if (parts.size === 0) return op === 'span' || isInt(constant) ? terms.scalar(constant) : undefined;
  const pairs = [...parts].sort(([a], [b]) => compareTerms(a, b));
  const [only] = pairs;
  if (only && pairs.length === 1 && only[1] === 1n && constant === 0n) return only[0];
  return terms.asked(op, [...pairs.flatMap(([term, factor]) => [terms.scalar(factor), term]), terms.scalar(constant)]);
}

/**
 * A difference brought to one side: a sum without a number, whose first part counts positively, and the number it is
 * compared with.
 */
interface Comparison {
  readonly sum: Term;
  readonly flipped: boolean;
  readonly constant: bigint;
  readonly factor: bigint;
}

function comparisonOf(algebra: Algebra, left: Term, right: Term): Comparison | bigint | undefined {
  const { parts, constant } = sumOf([linearOf(left), scaled(linearOf(right), -1n)]);
  if (parts.size === 0) return constant;
  const [first] = [...parts].sort(([a], [b]) => compareTerms(a, b));
  const flipped = (first?.[1] ?? 0n) < 0n;
  const factor = [...parts.values()].reduce((a, b) => gcd(a, b), 0n);
  const sum = ofLinear(
    algebra,
    { parts: new Map([...parts].map(([t, f]) => [t, (flipped ? -f : f) / factor])), constant: 0n },
    'span',
  );
  return sum && { sum, flipped, constant: flipped ? constant : -constant, factor };
}

/** Whether a sum is a value, and so has 64 bits. */
function isValue(sum: Term): boolean {
  return sum.kind !== 'asked' || sum.op !== 'span';
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b);
}

/** Rounded up, whatever the signs. */
function ceilDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b > 0n ? quotient + 1n : quotient;
}

/** Whether nothing is in what a number is the length of, where there is another way to ask for that. */
function nothingIn(algebra: Algebra, sum: Term): Term | undefined {
  const [of] = sum.kind === 'asked' && sum.op === 'length' ? sum.args : [];
  if (sortOf(of) === 'string') return algebra.op('==', of as Term, algebra.terms.scalar(''));
  return of?.kind === 'asked' && of.op === 'filter' ? algebra.op('not', algebra.op('any', ...of.args)) : undefined;
}

/** Whether two whole numbers are equal. */
export function equalInts(algebra: Algebra, left: Term, right: Term): Term | undefined {
  const { terms } = algebra;
  const found = comparisonOf(algebra, left, right);
  if (found === undefined) return undefined;
  if (typeof found === 'bigint') return terms.scalar(found === 0n);
  const { sum, constant, factor } = found;
  if (constant % factor !== 0n || (isValue(sum) && !isInt(constant / factor))) return terms.scalar(false);
  const empty = constant === 0n ? nothingIn(algebra, sum) : undefined;
  if (empty) return empty;
  // Two that are equal are written as such.
  const [one, other] = [...linearOf(sum).parts];
  if (one && other && constant === 0n && linearOf(sum).parts.size === 2 && one[1] === 1n && other[1] === -1n)
    return terms.asked('==', [one[0], other[0]].sort(compareTerms));
  return terms.asked('==', [sum, terms.scalar(constant / factor)]);
}

/** `left < right` for whole numbers, as `sum < number` or as its opposite. */
function lessInts(algebra: Algebra, left: Term, right: Term): Term | undefined {
  const { terms } = algebra;
  const found = comparisonOf(algebra, left, right);
  if (found === undefined) return undefined;
  if (typeof found === 'bigint') return terms.scalar(found < 0n);
  const { sum, flipped, constant, factor } = found;
  const below = (limit: bigint): Term =>
    isValue(sum) && limit <= least
      ? terms.scalar(false)
      : isValue(sum) && limit > largest
        ? terms.scalar(true)
        : ((limit === 1n ? nothingIn(algebra, sum) : undefined) ?? terms.asked('below', [sum, terms.scalar(limit)]));
  if (!flipped) return below(ceilDiv(constant, factor));
  // -sum < -constant: sum > constant, which is not sum < floor(constant / factor) + 1.
  return algebra.op('not', below(-ceilDiv(-constant, factor) + 1n));
}

const isSort = (sort: Sort, args: readonly Term[]): boolean => args.some((arg) => sortOf(arg) === sort);

/** The same operation on numbers of one kind or the other, as its arguments tell. */
function numeric(ints: string, floats: string, others?: (args: readonly Term[]) => string | undefined): Rule {
  return (algebra, args) => {
    const op = isSort('float', args) ? floats : isSort('int', args) ? ints : others?.(args);
    return op === undefined ? undefined : algebra.op(op, ...args);
  };
}

/** An operation on two floats; a whole number among them was meant as one. */
function onFloats(op: string, compute: (a: number, b: number) => number | undefined, sorted: boolean): Rule {
  return (algebra, args) => {
    const [a, b] = args.map((arg) => asFloat(arg));
    const result = a === undefined || b === undefined ? undefined : compute(a, b);
    if (result !== undefined) return floatOf(algebra, result);
    return sorted ? algebra.terms.asked(op, [...args].sort(compareTerms)) : undefined;
  };
}

function asFloat(term: Term | undefined): number | undefined {
  const value = valueOf(term);
  return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;
}

function twoInts(args: readonly Term[]): readonly [bigint, bigint] | undefined {
  const [a, b] = args.map(valueOf);
  return typeof a === 'bigint' && typeof b === 'bigint' ? [a, b] : undefined;
}

/** Texts or lists one after the other: what is known and stands together is one piece. */
function joined(op: 'text' | 'chain'): Rule {
  return ({ terms, spend }, args) => {
    const pieces: Term[] = [];
    for (const piece of args.flatMap((arg) => (arg.kind === 'asked' && arg.op === op ? arg.args : [arg]))) {
      const last = pieces.at(-1);
      const [a, b] = [valueOf(last), valueOf(piece)];
      if (op === 'text' && typeof a === 'string' && typeof b === 'string') {
        spend((a.length + b.length) / 16);
        pieces[pieces.length - 1] = terms.scalar(a + b);
      } else if (op === 'chain' && last?.kind === 'list' && piece.kind === 'list') {
        spend(last.args.length + piece.args.length);
        pieces[pieces.length - 1] = terms.list([...last.args, ...piece.args]);
      } else if (b !== '' && !(piece.kind === 'list' && piece.args.length === 0)) pieces.push(piece);
    }
    if (pieces.length === 0) return op === 'text' ? terms.scalar('') : terms.list([]);
    return pieces.length === 1 && sortOf(pieces[0]) !== undefined ? pieces[0] : terms.asked(op, pieces);
  };
}

/** The operators on numbers, and `+` on texts and lists. */
export const arithmetic: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'plus',
    numeric('add', 'fadd', (args) => (isSort('string', args) ? 'text' : isSort('list', args) ? 'chain' : undefined)),
  ],
  [
    'minus',
    (algebra, args) => {
      const [left, right] = args as [Term, Term];
      if (isSort('float', args)) return algebra.op('fadd', left, algebra.op('fmul', algebra.terms.scalar(-1), right));
      return isSort('int', args) ? algebra.op('sub', left, right) : undefined;
    },
  ],
  ['times', numeric('mul', 'fmul')],
  ['over', numeric('div', 'fdiv')],
  ['rest', numeric('rem', 'frem')],
  [
    'negative',
    (algebra, args) => {
      const [arg] = args as [Term];
      const value = valueOf(arg);
      if (isSort('float', args))
        return typeof value === 'number'
          ? algebra.terms.scalar(-value)
          : algebra.op('fmul', algebra.terms.scalar(-1), arg);
      return isSort('int', args) ? algebra.op('mul', algebra.terms.scalar(-1n), arg) : undefined;
    },
  ],
  ['add', (algebra, args) => ofLinear(algebra, sumOf(args.map(linearOf))) ?? algebra.terms.asked('overflow', args)],
  ['linear', (algebra, args) => ofLinear(algebra, ofPairs(args)) ?? algebra.terms.asked('overflow', args)],
  ['span', (algebra, args) => ofLinear(algebra, ofPairs(args), 'span')],
  [
    'sub',
    (algebra, args) =>
      ofLinear(algebra, sumOf([linearOf(args[0] as Term), scaled(linearOf(args[1] as Term), -1n)])) ??
      algebra.terms.asked('overflow', args),
  ],
  [
    'mul',
    (algebra, args) => {
      const [left, right] = args.map(linearOf) as [Linear, Linear];
      const overflow = (): Term => algebra.terms.asked('overflow', args);
      if (left.parts.size === 0) return ofLinear(algebra, scaled(right, left.constant)) ?? overflow();
      if (right.parts.size === 0) return ofLinear(algebra, scaled(left, right.constant)) ?? overflow();
      return algebra.terms.asked('mul', [...args].sort(compareTerms));
    },
  ],
  // Rounded towards zero; the rest has the sign of what is divided.
  [
    'div',
    (algebra, args) => {
      const both = twoInts(args);
      if (both) return both[1] === 0n ? undefined : intOf(algebra, both[0] / both[1]);
      return valueOf(args[1]) === 1n ? args[0] : undefined;
    },
  ],
  [
    'rem',
    (algebra, args) => {
      const both = twoInts(args);
      if (both) return both[1] === 0n ? undefined : intOf(algebra, both[0] % both[1]);
      return valueOf(args[1]) === 1n || valueOf(args[1]) === -1n ? algebra.terms.scalar(0n) : undefined;
    },
  ],
  ['fadd', onFloats('fadd', (a, b) => a + b, true)],
  ['fmul', onFloats('fmul', (a, b) => a * b, true)],
  ['fdiv', onFloats('fdiv', (a, b) => (b === 0 ? undefined : a / b), false)],
  ['frem', onFloats('frem', (a, b) => (b === 0 ? undefined : a % b), false)],
  ['text', joined('text')],
  ['chain', joined('chain')],
  [
    '<',
    (algebra, args) => {
      const [left, right] = args as [Term, Term];
      if (left === right) return algebra.terms.scalar(false);
      return isSort('float', args)
        ? algebra.op('less', left, right)
        : isSort('int', args)
          ? algebra.op('below', left, right)
          : isSort('string', args)
            ? algebra.op('less', left, right)
            : undefined;
    },
  ],
  [
    'below',
    (algebra, args) => {
      const [left, right] = args as [Term, Term];
      const pushed =
        right.kind === 'scalar'
          ? intoChoice(algebra, left, (end) => algebra.op('below', end, right))
          : left.kind === 'scalar'
            ? intoChoice(algebra, right, (end) => algebra.op('below', left, end))
            : undefined;
      return pushed ?? lessInts(algebra, left, right);
    },
  ],
  [
    'less',
    ({ terms }, args) => {
      const [left, right] = args.map(valueOf);
      if (args[0] === args[1]) return terms.scalar(false);
      if (left === undefined || right === undefined) return undefined;
      if (typeof left === 'string' && typeof right === 'string') return terms.scalar(compareTexts(left, right) < 0);
      return typeof left === 'boolean' || typeof left === 'string'
        ? undefined
        : terms.scalar(Number(left) < Number(right));
    },
  ],
]);

// Truth, equality, and what values are made of. Opposite questions are one: `>=` is not `<`, the last case of an enum
// is none of the others.
import { equalInts, sortOf, valueOf } from './arithmetic.js';
import type { Algebra, Rule } from './algebra.js';
import { intoChoice } from './choices.js';
import { entriesIn } from './order.js';
import { membersOf } from './tables.js';
import { compareTerms } from './terms.js';
import type { Shape, Term } from './terms.js';

/** Whether a value is made with a certain shape. */
export function isMade(algebra: Algebra, shape: Shape, term: Term): Term {
  return algebra.apply(`is ${shape.id}`, [term], shape);
}

/** A part of a value that is made with a certain shape. */
export function partOf(algebra: Algebra, shape: Shape, index: number, term: Term): Term {
  return algebra.apply(`part ${index} ${shape.id}`, [term], { shape, index });
}

function conjunction(algebra: Algebra, parts: readonly Term[]): Term {
  return algebra.op('and', ...parts);
}

function isBool(term: Term | undefined): boolean {
  return sortOf(term) === 'bool';
}

/** `and` and `or`: each question once, in order; `neutral` says nothing, its opposite says all. */
function junction(op: 'and' | 'or', neutral: boolean): Rule {
  return (algebra, args) => {
    const { terms } = algebra;
    const parts = new Set<Term>();
    for (const part of args.flatMap((arg) => (arg.kind === 'asked' && arg.op === op ? arg.args : [arg]))) {
      const value = valueOf(part);
      if (value === neutral) continue;
      if (value !== undefined || parts.has(algebra.op('not', part))) return terms.scalar(!neutral);
      parts.add(part);
    }
    const [first] = parts;
    if (!first) return terms.scalar(neutral);
    return parts.size === 1 ? first : terms.asked(op, [...parts].sort(compareTerms));
  };
}

const negation: Rule = (algebra, [arg]) => {
  const { terms } = algebra;
  const value = valueOf(arg);
  if (typeof value === 'boolean') return terms.scalar(!value);
  if (arg?.kind !== 'asked') return undefined;
  const [first, second, third] = arg.args as [Term, Term, Term];
  switch (arg.op) {
    case 'not':
      return first;
    case 'and':
    case 'or':
      return algebra.op(arg.op === 'and' ? 'or' : 'and', ...arg.args.map((a) => algebra.op('not', a)));
    case 'if':
      return algebra.op('if', first, algebra.op('not', second), algebra.op('not', third));
    default:
      return undefined;
  }
};

const choice: Rule = (algebra, args) => {
  const [condition, then, otherwise] = args as [Term, Term, Term];
  const value = valueOf(condition);
  if (typeof value === 'boolean') return value ? then : otherwise;
  if (then === otherwise) return then;
  if (condition.kind === 'asked' && condition.op === 'not')
    return algebra.op('if', condition.args[0] as Term, otherwise, then);
  const [yes, no] = [valueOf(then), valueOf(otherwise)];
  if (yes === true) return algebra.op('or', condition, otherwise);
  if (no === false) return algebra.op('and', condition, then);
  if (yes === false) return algebra.op('and', algebra.op('not', condition), otherwise);
  if (no === true) return algebra.op('or', algebra.op('not', condition), then);
  return undefined;
};

/** What gives a value if something else holds of the same. */
const foundBy: ReadonlyMap<string, string> = new Map([
  ['get', 'contains'],
  ['indexOf', 'contains'],
  ['find', 'any'],
]);

const shapeIs: Rule = (algebra, [term], data) => {
  const shape = data as Shape;
  if (!term) return undefined;
  if (term.kind === 'made') return algebra.terms.scalar(term.shape.id === shape.id);
  if (shape.family.length === 1) return algebra.terms.scalar(true);
  // A key has a value if the map has the key, and there is a first item unless there is none.
  if (term.kind === 'asked' && shape.id === algebra.some.id) {
    const question = foundBy.get(term.op);
    if (question) return algebra.op(question, ...term.args);
    if (term.op === 'head') return algebra.op('not', algebra.op('isEmpty', ...term.args));
  }
  const pushed = intoChoice(algebra, term, (end) => isMade(algebra, shape, end));
  if (pushed) return pushed;
  const [first, second] = shape.family;
  return shape.family.length === 2 && first && second?.id === shape.id
    ? algebra.op('not', isMade(algebra, first, term))
    : undefined;
};

const shapePart: Rule = (algebra, [term], data) => {
  const { shape, index } = data as { readonly shape: Shape; readonly index: number };
  if (term?.kind === 'made') return term.shape.id === shape.id ? term.args[index] : undefined;
  return term && intoChoice(algebra, term, (end) => partOf(algebra, shape, index, end));
};

const equality: Rule = (algebra, args) => {
  const { terms } = algebra;
  const [left, right] = [...args].sort(compareTerms) as [Term, Term];
  if (left === right) return terms.scalar(true);
  const [a, b] = [valueOf(left), valueOf(right)];
  // A whole number among floats was meant as one.
  if (a !== undefined && b !== undefined)
    return terms.scalar(typeof a === typeof b ? a === b : Number(a) === Number(b));
  // What is known more of comes last.
  if (right.kind === 'made') return equalsMade(algebra, left, right);
  if (right.kind === 'list') return equalsList(algebra, left, right.args);
  const sameTables = equalsTable(algebra, left, right);
  if (sameTables) return sameTables;
  if (b !== undefined || right.kind === 'scalar') {
    const pushed = intoChoice(algebra, left, (end) => algebra.op('==', end, right));
    if (pushed) return pushed;
  }
  // A number is written in one way.
  if (typeof b === 'string' && left.kind === 'asked' && left.op === 'toString' && sortOf(left.args[0]) === 'int') {
    const number = /^-?\d{1,19}$/.test(b) ? BigInt(b) : undefined;
    return number !== undefined && String(number) === b
      ? algebra.op('==', left.args[0] as Term, terms.scalar(number))
      : terms.scalar(false);
  }
  if (typeof b === 'boolean') return b ? left : algebra.op('not', left);
  if (sortOf(left) === 'int' || sortOf(right) === 'int') return equalInts(algebra, left, right);
  if (isBool(left) || isBool(right)) {
    // `not a == b` is `not (a == b)`.
    const plain = [left, right].map((t) => (t.kind === 'asked' && t.op === 'not' ? (t.args[0] as Term) : t));
    const negated = (plain[0] !== left) !== (plain[1] !== right);
    const [one, other] = plain.sort(compareTerms) as [Term, Term];
    const same = one === other ? terms.scalar(true) : terms.asked('==', [one, other]);
    return negated ? algebra.op('not', same) : same;
  }
  return terms.asked('==', [left, right]);
};

function equalsMade(algebra: Algebra, left: Term, right: Extract<Term, { kind: 'made' }>): Term {
  const { shape } = right;
  if (left.kind === 'made' && left.shape.id !== shape.id) return algebra.terms.scalar(false);
  return conjunction(algebra, [
    isMade(algebra, shape, left),
    ...right.args.map((arg, i) => algebra.op('==', partOf(algebra, shape, i, left), arg)),
  ]);
}

function equalsList(algebra: Algebra, left: Term, items: readonly Term[]): Term {
  const { terms } = algebra;
  if (left.kind === 'list') {
    if (left.args.length !== items.length) return terms.scalar(false);
    return conjunction(
      algebra,
      items.map((item, i) => algebra.op('==', left.args[i] as Term, item)),
    );
  }
  const length = algebra.op('==', algebra.op('length', left), terms.scalar(BigInt(items.length)));
  return conjunction(algebra, [
    length,
    ...items.map((item, i) => algebra.op('==', algebra.op('index', left, terms.scalar(BigInt(i))), item)),
  ]);
}

/** Whether two maps or sets have the same keys, with the same values; undefined where that is not known. */
function equalsTable(algebra: Algebra, left: Term, right: Term): Term | undefined {
  const { op, terms } = algebra;
  const [ones, others] = sortOf(left) === 'set' ? [membersOf(left), membersOf(right)] : [];
  if (ones && others) {
    if (left.kind === 'set' && right.kind === 'set' && ones.length !== others.length) return terms.scalar(false);
    return conjunction(algebra, [
      ...ones.map((item) => op('contains', right, item)),
      ...others.map((item) => op('contains', left, item)),
    ]);
  }
  if (right.kind === 'map' || right.kind === 'set') {
    // As many, and each of those: its keys are different.
    const entries = entriesIn(right);
    const size = op('==', op('size', left), terms.scalar(BigInt(entries.length)));
    if (valueOf(size) === false) return size;
    return conjunction(algebra, [
      size,
      ...entries.map(([key, value]) =>
        value ? op('==', op('get', left, key), terms.made(algebra.some, [value])) : op('contains', left, key),
      ),
    ]);
  }
  return undefined;
}

/** Truth, equality, shapes, fields and indices. */
export const logic: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['not', negation],
  ['and', junction('and', true)],
  ['or', junction('or', false)],
  ['if', choice],
  ['==', equality],
  ['is', shapeIs],
  ['part', shapePart],
  // A field by its name alone, where the record is not known.
  [
    'field',
    ({ terms }, [term], name) => {
      if (term?.kind !== 'made') return undefined;
      return term.args[term.shape.fields.indexOf(name as string)] ?? terms.asked('missing', [term]);
    },
  ],
  [
    'with',
    ({ terms }, [term, value], name) => {
      if (term?.kind !== 'made' || !value) return undefined;
      const at = term.shape.fields.indexOf(name as string);
      return at < 0
        ? undefined
        : terms.made(
            term.shape,
            term.args.map((arg, i) => (i === at ? value : arg)),
          );
    },
  ],
  [
    'index',
    ({ terms }, [items, at]) => {
      const index = valueOf(at);
      const text = valueOf(items);
      if (typeof text === 'string' && typeof index === 'bigint') {
        const found = index >= 0n ? [...text][Number(index)] : undefined;
        return found === undefined ? undefined : terms.scalar(found);
      }
      return items?.kind === 'list' && typeof index === 'bigint' && index >= 0n ? items.args[Number(index)] : undefined;
    },
  ],
  [
    'call',
    (algebra, [fn, ...args]) =>
      fn?.kind === 'function' && fn.arity === args.length ? algebra.call(fn, args) : undefined,
  ],
]);

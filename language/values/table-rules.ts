// What the library's functions of maps and sets give, as far as these are known.
import type { Algebra, Rule } from './algebra.js';
import { sortOf, valueOf } from './arithmetic.js';
import { intoChoice } from './choices.js';
import { partOf } from './logic.js';
import { entriesIn, inOrder } from './order.js';
import { isSameKey, membersOf, tableOf, tableTerm, writesOf } from './tables.js';
import type { Form, Write } from './tables.js';
import { compareTerms } from './terms.js';
import type { Term } from './terms.js';

/** What gives maps or sets, where it does not show which of them. */
const giving = new Set(['insert', 'remove', 'union']);

/** Whether a term is a map or a set, as far as that shows. */
export function isOfTable(term: Term): boolean {
  const sort = sortOf(term);
  return sort === 'map' || sort === 'set' || (term.kind === 'asked' && giving.has(term.op));
}

const isTable = (term: Term): boolean => term.kind === 'map' || term.kind === 'set';
const isEmpty = (term: Term): boolean => isTable(term) && term.args.length === 0;
const put = (key: Term, ...held: readonly Term[]): Write => ({ key, held });
const of = (algebra: Algebra, form: Form, writes: readonly Write[]): Term =>
  tableTerm(algebra, { base: undefined, form, writes });
const setOf = (algebra: Algebra, items: readonly Term[]): Term =>
  of(
    algebra,
    'set',
    items.map((item) => put(item)),
  );

/** What was done to a map or a set, and more. */
function changed(algebra: Algebra, term: Term, more: readonly Write[]): Term {
  const table = tableOf(term);
  return tableTerm(algebra, { ...table, writes: [...table.writes, ...more] });
}

/** The truth values of questions; undefined where one is not known. */
function answers(questions: readonly Term[]): readonly boolean[] | undefined {
  const values = questions.map(valueOf);
  return values.every((value) => typeof value === 'boolean') ? values : undefined;
}

/** The items that a question is true of; undefined where that is not known of some. */
function where(items: readonly Term[], question: (item: Term) => Term): readonly Term[] | undefined {
  const keep = answers(items.map(question));
  return keep && items.filter((_, i) => keep[i]);
}

/** The changes of a map or a set that may be of a key, the first first, and what they are made to. */
function concerning(
  algebra: Algebra,
  term: Term,
  key: Term,
): { readonly base: Term | undefined; readonly form: Form; readonly writes: readonly Write[] } {
  const table = tableOf(term);
  const form = table.base ? (sortOf(table.base) === 'set' ? 'set' : 'map') : table.form;
  const writes: Write[] = [];
  algebra.spend(table.writes.length / 16);
  for (const write of [...table.writes].reverse()) {
    const same = isSameKey(algebra, write.key, key);
    if (same === false) continue;
    writes.push(write);
    // Nothing before it counts.
    if (same) return { base: undefined, form, writes: writes.reverse() };
  }
  return { base: table.base, form, writes: writes.reverse() };
}

/** Whether a map has a key, or a set an item. */
export function tableContains(algebra: Algebra, term: Term, key: Term): Term {
  const { op, terms } = algebra;
  const { base, writes } = concerning(algebra, term, key);
  let result = base ? containsBase(algebra, base, key) : terms.scalar(false);
  let ways: Term[] = [];
  for (const write of writes) {
    const same = op('==', write.key, key);
    if (write.held) ways.push(same);
    else {
      result = op('and', op('or', ...ways, result), op('not', same));
      ways = [];
    }
  }
  return op('or', ...ways, result);
}

/** The same of what nothing is known to be done to. */
function containsBase(algebra: Algebra, base: Term, key: Term): Term {
  const { op, terms } = algebra;
  const asked = (): Term =>
    intoChoice(algebra, base, (end) => op('contains', end, key)) ?? terms.asked('contains', [base, key]);
  if (base.kind !== 'asked') return asked();
  const [left, right] = base.args as [Term, Term];
  switch (base.op) {
    case 'union':
      return op('or', op('contains', left, key), op('contains', right, key));
    case 'intersection':
      return op('and', op('contains', left, key), op('contains', right, key));
    case 'difference':
      return op('and', op('contains', left, key), op('not', op('contains', right, key)));
    case 'mapValues':
      return op('contains', left, key);
    default:
      return asked();
  }
}

/** The value of a key, if it has one: an `option`. */
const get: Rule = (algebra, args) => {
  const { terms } = algebra;
  const [map, key] = args as [Term, Term];
  const { base, form, writes } = concerning(algebra, map, key);
  const [only] = writes;
  if (!only && base)
    return intoChoice(algebra, base, (end) => algebra.op('get', end, key)) ?? terms.asked('get', [base, key]);
  if (!only) return terms.made(algebra.none, []);
  if (writes.length === 1 && isSameKey(algebra, only.key, key) === true)
    return only.held ? terms.made(algebra.some, only.held) : terms.made(algebra.none, []);
  // What can't be of the key makes no difference.
  return terms.asked('get', [tableTerm(algebra, base ? { base, writes } : { base, form, writes }), key]);
};

/** How many keys there are: one more for each that was not there before. */
const size: Rule = (algebra, [term]) => {
  const { op, terms } = algebra;
  if (!term) return undefined;
  if (isTable(term)) return terms.scalar(BigInt(entriesIn(term).length));
  if (term.kind !== 'asked') return undefined;
  const [inner, key] = term.args as [Term, Term];
  if (term.op === 'mapValues') return op('size', inner);
  if (term.op !== 'insert' && term.op !== 'remove') return intoChoice(algebra, term, (end) => op('size', end));
  const missing = op('if', op('contains', inner, key), terms.scalar(0n), terms.scalar(1n));
  // What is taken out, if it was there, counts one less than with it put in.
  return op('add', op('size', inner), missing, terms.scalar(term.op === 'insert' ? 0n : -1n));
};

/** The entries of a map in the order of its keys, or the items of a set, each as a term. */
function listed(entry: (algebra: Algebra, key: Term, value: Term | undefined) => Term | undefined): Rule {
  return (algebra, [term]) => {
    if (!term || !isTable(term)) return undefined;
    algebra.spend(term.args.length);
    const entries = inOrder(entriesIn(term), ([key]) => key);
    return entries && algebra.terms.list(entries.flatMap(([key, value]) => entry(algebra, key, value) ?? []));
  };
}

/** A map or a set of what a list gives; of lists one after the other, what each of them gives. */
function collected(form: Form, source: string, entry: (algebra: Algebra, item: Term) => Write): Rule {
  return (algebra, [list]) => {
    if (list?.kind === 'list')
      return of(
        algebra,
        form,
        list.args.map((item) => entry(algebra, item)),
      );
    if (list?.kind !== 'asked') return undefined;
    if (list.op === source) return list.args[0];
    return list.op === 'chain'
      ? list.args.map((piece) => algebra.op(`${form}Of`, piece)).reduce((a, b) => algebra.op('union', a, b))
      : undefined;
  };
}

const union: Rule = (algebra, args) => {
  const { op, terms } = algebra;
  const [left, right] = args as [Term, Term];
  if (left === right || isEmpty(right)) return left;
  if (isEmpty(left)) return right;
  const [first, second] = [left, right].map(tableOf) as [ReturnType<typeof tableOf>, ReturnType<typeof tableOf>];
  const puts = ({ writes }: typeof first): boolean => writes.length > 0 && writes.every(({ held }) => held);
  if (puts(second)) return changed(algebra, second.base ? op('union', left, second.base) : left, second.writes);
  const isSet = sortOf(left) === 'set' || sortOf(right) === 'set';
  if (isSet && puts(first)) return changed(algebra, first.base ? op('union', first.base, right) : right, first.writes);
  return terms.asked('union', isSet ? [...args].sort(compareTerms) : args);
};

const intersection: Rule = (algebra, args) => {
  const [left, right] = args as [Term, Term];
  if (left === right || isEmpty(left)) return left;
  if (isEmpty(right)) return right;
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const members = membersOf(one);
    const kept = members && where(members, (item) => algebra.op('contains', other, item));
    if (kept) return setOf(algebra, kept);
  }
  return algebra.terms.asked('intersection', [...args].sort(compareTerms));
};

const difference: Rule = (algebra, args) => {
  const [left, right] = args as [Term, Term];
  if (left === right) return algebra.terms.set([]);
  if (isEmpty(left) || isEmpty(right)) return left;
  const taken = membersOf(right);
  if (taken)
    return changed(
      algebra,
      left,
      taken.map((key) => ({ key, held: undefined })),
    );
  const members = membersOf(left);
  const kept = members && where(members, (item) => algebra.op('not', algebra.op('contains', right, item)));
  return kept && setOf(algebra, kept);
};

const isSubset: Rule = (algebra, args) => {
  const [left, right] = args as [Term, Term];
  if (left === right) return algebra.terms.scalar(true);
  const members = membersOf(left);
  if (members) return algebra.op('and', ...members.map((item) => algebra.op('contains', right, item)));
  return isEmpty(right) ? algebra.op('==', algebra.op('size', left), algebra.terms.scalar(0n)) : undefined;
};

/** The items by their keys; undefined where it is not known which keys are equal. */
const groupBy: Rule = (algebra, [items, key]) => {
  if (items?.kind !== 'list' || !key) return undefined;
  const groups: { readonly key: Term; readonly items: Term[] }[] = [];
  for (const item of items.args) {
    const own = algebra.call(key, [item]);
    const same = groups.map((group) => isSameKey(algebra, group.key, own));
    algebra.spend(groups.length / 16);
    if (same.includes(undefined)) return undefined;
    const group = groups[same.indexOf(true)];
    if (group) group.items.push(item);
    else groups.push({ key: own, items: [item] });
  }
  return of(
    algebra,
    'map',
    groups.map((group) => put(group.key, algebra.terms.list(group.items))),
  );
};

const mapValues: Rule = (algebra, [map, change]) => {
  const all = map && writesOf(map);
  return (
    all &&
    change &&
    of(
      algebra,
      all.form,
      all.writes.map(({ key, held }) => ({ key, held: held?.map((value) => algebra.call(change, [value])) })),
    )
  );
};

/** The functions of maps and sets, by name; whether a key is there is asked of `tableContains`. */
export const tableRules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'mapOf',
    collected('map', 'entries', (algebra, pair) =>
      put(partOf(algebra, algebra.tuple(2), 0, pair), partOf(algebra, algebra.tuple(2), 1, pair)),
    ),
  ],
  ['setOf', collected('set', 'toList', (_, item) => put(item))],
  ['insert', (algebra, [table, key, ...held]) => table && key && changed(algebra, table, [put(key, ...held)])],
  ['remove', (algebra, [table, key]) => table && key && changed(algebra, table, [{ key, held: undefined }])],
  ['get', get],
  ['size', size],
  ['keys', listed((_, key) => key)],
  ['values', listed((_, __, value) => value)],
  ['entries', listed((algebra, key, value) => value && algebra.terms.made(algebra.tuple(2), [key, value]))],
  ['toList', listed((_, item) => item)],
  ['union', union],
  ['intersection', intersection],
  ['difference', difference],
  ['isSubset', isSubset],
  ['groupBy', groupBy],
  ['mapValues', mapValues],
  [
    'mapSet',
    (algebra, [set, change]) => {
      const members = set && change && membersOf(set);
      return (
        members &&
        setOf(
          algebra,
          members.map((item) => algebra.call(change, [item])),
        )
      );
    },
  ],
  [
    'filterSet',
    (algebra, [set, keep]) => {
      const members = set && keep && membersOf(set);
      const kept = members && where(members, (item) => algebra.call(keep, [item]));
      return kept && setOf(algebra, kept);
    },
  ],
  [
    'filterMap',
    (algebra, [map, keep]) => {
      if (map?.kind !== 'map' || !keep) return undefined;
      const entries = entriesIn(map);
      const kept = answers(entries.map((entry) => algebra.call(keep, entry)));
      return (
        kept &&
        of(
          algebra,
          'map',
          entries.filter((_, i) => kept[i]).map(([key, ...held]) => put(key, ...held)),
        )
      );
    },
  ],
]);

/** What a function of lists gives of a set: by its items in their order, or in any where that makes no difference. */
export function ofSet(op: string, isOrdered: boolean, rule: Rule): Rule {
  return (algebra, args, data) => {
    const [set, ...rest] = args;
    if (set?.kind !== 'set' && !(set && sortOf(set) === 'set')) return rule(algebra, args, data);
    const members = membersOf(set);
    const items = !isOrdered
      ? members && algebra.terms.list(members)
      : set.kind === 'set'
        ? algebra.op('toList', set)
        : undefined;
    return items?.kind === 'list' ? algebra.op(op, items, ...rest) : undefined;
  };
}

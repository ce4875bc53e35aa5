// Maps and sets in a normal form: as what was done to another one, or to nothing, whatever order it was done in where
// that makes no difference.
import type { Algebra } from './algebra.js';
import { valueOf } from './arithmetic.js';
import { compareValues, entriesIn } from './order.js';
import { compareTerms, isKnown } from './terms.js';
import type { Term } from './terms.js';
import { keysInStep } from './limits.js';

/** One key with what it has from now on. */
export interface Write {
  readonly key: Term;
  /** Its value, in a set nothing more; undefined where the key is taken out. */
  readonly held: readonly Term[] | undefined;
}

export type Form = 'map' | 'set';

/** What was done to `base`, the first first; without one, to the empty map or set of the form. */
export type Table =
  | { readonly base: undefined; readonly form: Form; readonly writes: readonly Write[] }
  | { readonly base: Term; readonly writes: readonly Write[] };

/** What a map or a set is made of. Cost: linear in it */
export function tableOf(term: Term): Table {
  const writes: Write[] = [];
  let base = term;
  while (base.kind === 'asked' && (base.op === 'insert' || base.op === 'remove')) {
    const [inner, key, ...held] = base.args as [Term, Term, ...Term[]];
    writes.push({ key, held: base.op === 'remove' ? undefined : held });
    base = inner;
  }
  writes.reverse();
  if (base.kind !== 'map' && base.kind !== 'set') return { base, writes };
  return {
    base: undefined,
    form: base.kind,
    writes: [...entriesIn(base).map(([key, ...held]) => ({ key, held })), ...writes],
  };
}

/**
 * What was done to nothing, if that is all; and, if so, whether nothing was taken out again: then all of it is there.
 */
export function writesOf(
  term: Term,
): { readonly form: Form; readonly writes: readonly Write[]; readonly onlyPut: boolean } | undefined {
  const table = tableOf(term);
  return table.base
    ? undefined
    : { form: table.form, writes: table.writes, onlyPut: table.writes.every(({ held }) => held) };
}

/**
 * The items of a set, or the keys of a map, of which some may be equal; undefined where there may be others, or fewer.
 */
export function membersOf(term: Term): readonly Term[] | undefined {
  const all = writesOf(term);
  return all?.onlyPut === true ? all.writes.map(({ key }) => key) : undefined;
}

/** Whether two keys are equal; undefined where that is not known. */
export function isSameKey(algebra: Algebra, a: Term, b: Term): boolean | undefined {
  if (a === b) return true;
  if (a.kind === 'scalar' && b.kind === 'scalar' && typeof a.value === typeof b.value) return false;
  const same = valueOf(algebra.op('==', a, b));
  return typeof same === 'boolean' ? same : undefined;
}

/**
 * A map or a set as a term: of kind `map` or `set` as far as its keys are known to be different, and what was done to
 * it after that.
 * Cost: that of sorting, where all keys are known; else also the product of its keys and those that are not
 */
export function tableTerm(algebra: Algebra, table: Table): Term {
  const { terms } = algebra;
  algebra.spend(table.writes.length / keysInStep);
  const keys = compared(algebra, table.writes);
  const ordered = arranged(algebra, withoutDead(table, keys), keys);
  let known = 0;
  let term: Term;
  if (table.base) term = table.base;
  else {
    known = apart(ordered, keys);
    const args = ordered.slice(0, known).flatMap(({ key, held }) => [key, ...(held ?? [])]);
    term = table.form === 'map' ? terms.map(args) : terms.set(args);
  }
  return ordered
    .slice(known)
    .reduce((so, { key, held }) => terms.asked(held ? 'insert' : 'remove', [so, key, ...(held ?? [])]), term);
}

interface Keys {
  /** Whether a key is the same as another of its kind exactly if it is the same term. */
  isPlain(key: Term): boolean;
  isSame(a: Term, b: Term): boolean | undefined;
}

function compared(algebra: Algebra, writes: readonly Write[]): Keys {
  const all = new Set(writes.map(({ key }) => key));
  const plain = new Set([...all].filter((key) => isKnown(key) && !hasFloat(key)));
  // A whole number among floats was meant as one: then terms may be the same that are written in two ways.
  if (plain.size === 0) for (const key of all) if (typeof valueOf(key) === 'number') plain.add(key);
  const known = new Map<Term, Map<Term, boolean | undefined>>();
  return {
    isPlain: (key) => plain.has(key),
    isSame(a, b) {
      if (a === b) return true;
      if (plain.has(a) && plain.has(b)) return false;
      const [one, other] = a.id < b.id ? [a, b] : [b, a];
      let own = known.get(one);
      if (!own) known.set(one, (own = new Map()));
      if (!own.has(other)) own.set(other, isSameKey(algebra, one, other));
      return own.get(other);
    },
  };
}

function hasFloat(term: Term): boolean {
  return typeof valueOf(term) === 'number' || term.args.some(hasFloat);
}

/** What still counts: what was not overwritten, and does not take out what nobody put in. */
function withoutDead(table: Table, keys: Keys): readonly Write[] {
  const plain = new Set<Term>();
  const others: Write[] = [];
  const kept: Write[] = [];
  for (const write of [...table.writes].reverse()) {
    const { key } = write;
    const isPlain = keys.isPlain(key);
    if (plain.has(key) || (isPlain ? others : kept).some((later) => keys.isSame(key, later.key) === true)) continue;
    kept.push(write);
    if (isPlain) plain.add(key);
    else others.push(write);
  }
  kept.reverse();
  if (table.base) return kept;
  const put: Write[] = [];
  return kept.filter((write) => {
    if (write.held) put.push(write);
    return write.held !== undefined || put.some((before) => keys.isSame(before.key, write.key) !== false);
  });
}

/**
 * The least order of changes, by their keys, of all that come to the same: those of different keys can be done in any
 * order, and so can those that do the same.
 */
function arranged(algebra: Algebra, writes: readonly Write[], keys: Keys): readonly Write[] {
  const sorted = [...writes].sort((a, b) => compareKeys(a.key, b.key));
  const place = new Map(writes.map((write, i) => [write, i]));
  const open = writes.filter(({ key }) => !keys.isPlain(key));
  /** For each, those before it that have to stay there. */
  const before = new Map<Write, Set<Write>>();
  for (const one of open)
    for (const other of writes) {
      if (one === other || hasSameEffect(one, other) || keys.isSame(one.key, other.key) === false) continue;
      const [first, second] = (place.get(one) ?? 0) < (place.get(other) ?? 0) ? [one, other] : [other, one];
      let own = before.get(second);
      if (!own) before.set(second, (own = new Set()));
      own.add(first);
    }
  if (before.size === 0) return sorted;
  algebra.spend(writes.length);
  const result: Write[] = [];
  const done = new Set<Write>();
  while (sorted.length > 0) {
    const next = sorted.findIndex((write) => [...(before.get(write) ?? [])].every((first) => done.has(first)));
    const [write] = sorted.splice(Math.max(0, next), 1) as [Write];
    done.add(write);
    result.push(write);
  }
  return result;
}

function hasSameEffect(a: Write, b: Write): boolean {
  return a.held && b.held ? a.held[0] === b.held[0] : a.held === b.held;
}

/** Keys that are known first, in their order. */
function compareKeys(a: Term, b: Term): number {
  const [one, other] = [isKnown(a), isKnown(b)];
  if (one !== other) return one ? -1 : 1;
  return (one ? compareValues(a, b) : undefined) ?? compareTerms(a, b);
}

/** How many changes, from the first, put in keys that are known to be different. */
function apart(ordered: readonly Write[], keys: Keys): number {
  let onlyPlain = true;
  const end = ordered.findIndex(({ key, held }, index) => {
    onlyPlain &&= keys.isPlain(key);
    return !held || (!onlyPlain && ordered.slice(0, index).some((before) => keys.isSame(before.key, key) !== false));
  });
  return end < 0 ? ordered.length : end;
}

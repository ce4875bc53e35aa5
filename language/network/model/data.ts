// What is known of values in a configuration: who holds what, and what was answered. Kept in a normal form, with what
// nobody can ask for any more left out, so that loops come back to where they were.
import type { Algebra } from '../../values/algebra.js';
import { shiftOf, sortOf } from '../../values/arithmetic.js';
import { noFacts, restated, simplified } from '../../values/facts.js';
import type { Fact, Facts } from '../../values/facts.js';
import { unknownsIn } from '../../values/knowledge.js';
import type { Term } from '../../values/terms.js';
import type { Precision } from './widening.js';

export interface Data {
  readonly id: number;
  readonly env: ReadonlyMap<string, Term>;
  /** The values of the messages in each queue. */
  readonly values: readonly (readonly Term[])[];
  readonly facts: Facts;
}

export interface DataTable {
  readonly empty: Data;
  /** The parts of values handled so far: what it costs, the same on every machine. */
  work(): number;
  /** @param slots the variables that are needed, in a fixed order */
  intern(
    env: ReadonlyMap<string, Term>,
    slots: readonly string[],
    values: readonly (readonly Term[])[],
    facts: Facts,
  ): Data;
}

/**
 * Makes data with a number for each that is different, whatever its unknowns were called.
 * @param channels how many queues there are
 * @param constants the whole numbers that the program names: of those that come about otherwise, only what they are is
 *   kept
 * @param precision coarse takes some of what is computed for unknown
 */
export function dataTable(
  algebra: Algebra,
  channels: number,
  constants: ReadonlySet<bigint>,
  precision: Precision,
): DataTable {
  const empty: Data = { id: 0, env: new Map(), values: Array.from({ length: channels }, () => []), facts: noFacts };
  const made = new Map<string, Data>([['||', empty]]);
  let work = 0;
  return {
    empty,
    work: () => work,
    intern(env, slots, values, facts) {
      const names: string[] = [];
      let held: Term[] = [];
      for (const slot of slots) {
        const term = env.get(slot);
        if (term === undefined) continue;
        names.push(slot);
        held.push(simplified(algebra, term, facts));
      }
      const sizes = values.map((queue) => queue.length);
      for (const queue of values) for (const term of queue) held.push(simplified(algebra, term, facts));
      let open = facts.size > 0 ? askable(held, facts) : noFacts;
      if (held.some((term) => term.unknowns)) {
        ({ held, open } = rebased(algebra, held, open, constants));
        if (precision === 'coarse') ({ held, open } = forgetting(algebra, held, open));
        ({ held, open } = renamed(algebra, held, open));
      }
      let key = '';
      names.forEach((name, i) => {
        key += `${name}=${held[i]?.id ?? ''},`;
      });
      key += '|';
      let next = names.length;
      const sent = sizes.map((size) => held.slice(next, (next += size)));
      if (next > names.length) key += sent.map((queue) => queue.map((t) => t.id).join(' ')).join(',');
      key += `|${[...open]
        .map(([term, fact]) => keyOf(term, fact))
        .sort()
        .join()}`;
      work += key.length + held.reduce((sum, term) => sum + term.size, 0);
      let data = made.get(key);
      if (!data)
        made.set(
          key,
          (data = {
            id: made.size,
            env: new Map(names.map((name, i) => [name, held[i] as Term])),
            values: sent,
            facts: open,
          }),
        );
      return data;
    },
  };
}

interface Kept {
  readonly held: Term[];
  readonly open: Facts;
}

function keyOf(term: Term, { is, made, not, notMade, low, high }: Fact): string {
  return `${term.id}:${is?.id ?? ''}:${made?.id ?? ''}:${[...not]
    .map((t) => t.id)
    .sort()
    .join(' ')}:${[...notMade]
    .map((s) => s.id)
    .sort()
    .join(' ')}:${low ?? ''}:${high ?? ''}`;
}

/** Operations that ask for what they are made of. */
const asking = new Set(['not', 'and', 'or', 'if', '==', 'below', 'less', 'is']);

/** The facts that somebody can still ask for: all that they are about is held, or can be computed from what is held. */
function askable(held: readonly Term[], facts: Facts): Facts {
  const all = new Set(held);
  for (const term of all) {
    if (
      term.unknowns &&
      (['made', 'list', 'map', 'set'].includes(term.kind) ||
        (term.kind === 'asked' && asking.has(term.op.split(' ', 1)[0] ?? '')))
    )
      for (const part of term.args) all.add(part);
  }
  const canBeMade = (term: Term): boolean =>
    !term.unknowns || all.has(term) || (term.args.length > 0 && term.args.every(canBeMade));
  return new Map(
    [...facts].filter(([term, fact]) => term.unknowns && canBeMade(term) && (!fact.is || canBeMade(fact.is))),
  );
}

/**
 * An unknown that is held only with a number added to it: then that is the unknown, and what is known of it is said
 * anew.
 */
function rebased(algebra: Algebra, held: Term[], open: Facts, constants: ReadonlySet<bigint>): Kept {
  const bases = new Map<Term, bigint>();
  for (const term of held) {
    const shift = shiftOf(term);
    if (shift && shift.of.kind === 'unknown' && !bases.has(shift.of) && !held.includes(shift.of))
      bases.set(shift.of, shift.by);
  }
  if (bases.size === 0) return { held, open };
  const move = (term: Term): Term =>
    algebra.rewrite(term, (part) => {
      const by = bases.get(part);
      return by === undefined ? (part.unknowns ? undefined : part) : algebra.op('add', part, algebra.terms.scalar(-by));
    });
  let facts: Facts = noFacts;
  for (const [term, fact] of open) {
    const moved = move(term);
    if (moved === term && !fact.is) {
      facts = new Map(facts).set(term, fact);
      continue;
    }
    const now = restated(algebra, facts, moved, fact.is ? { ...fact, is: move(fact.is) } : fact);
    facts = now ?? facts;
  }
  const named = (value: bigint | undefined): boolean => value !== undefined && (value === 0n || constants.has(value));
  const kept = [...facts].map(([term, fact]): [Term, Fact] => {
    if (open.get(term) === fact) return [term, fact];
    return [
      term,
      {
        ...fact,
        low: named(fact.low) ? fact.low : undefined,
        high: named(fact.high === undefined ? undefined : fact.high + 1n) || named(fact.high) ? fact.high : undefined,
        not: new Set([...fact.not].filter((t) => t.kind !== 'scalar' || typeof t.value !== 'bigint' || named(t.value))),
      },
    ];
  });
  return {
    held: held.map(move),
    open: new Map(
      kept.filter(
        ([, f]) =>
          f.is || f.made || f.not.size > 0 || f.notMade.size > 0 || f.low !== undefined || f.high !== undefined,
      ),
    ),
  };
}

/**
 * A value computed from what nobody else knows of is nearly as good as a new unknown: the loop `x = tail(x)` comes back
 * to where it was.
 */
function forgetting(algebra: Algebra, held: Term[], open: Facts): Kept {
  const compound = [...computedIn(held)].sort((a, b) => b.size - a.size || a.id - b.id);
  if (compound.length === 0) return { held, open };
  const found = new Map<Term, Term>();
  const roots = (): Term[] => [...held, ...[...open].flatMap(([term, fact]) => (fact.is ? [term, fact.is] : [term]))];
  for (const term of compound) {
    const own = new Set<Term>();
    unknownsIn(term, own);
    if (roots().some((root) => occursOutside(root, term, own, found))) continue;
    const [first] = own;
    if (first?.kind !== 'unknown') continue;
    const sort = sortOf(term);
    // Its first unknown stands for it.
    found.set(
      term,
      algebra.terms.unknown(
        first.index,
        sort === undefined || sort === 'list' || sort === 'map' || sort === 'set'
          ? undefined
          : { kind: 'basic', name: sort },
      ),
    );
  }
  if (found.size === 0) return { held, open };
  const replace = (term: Term): Term =>
    algebra.rewrite(term, (part) => found.get(part) ?? (part.unknowns ? undefined : part));
  return { held: held.map(replace), open: mapped(algebra, open, replace) };
}

/**
 * What is computed from unknown values, and the lists, maps and sets that hold some, as these may grow. A record or a
 * case tells something whatever its fields are.
 */
function computedIn(held: readonly Term[]): ReadonlySet<Term> {
  const found = new Set<Term>();
  const met = new Set<Term>();
  const visit = (term: Term): void => {
    if (!term.unknowns || met.has(term)) return;
    met.add(term);
    if (term.kind === 'made') term.args.forEach(visit);
    else if (term.args.length > 0) found.add(term);
  };
  held.forEach(visit);
  return found;
}

/** Whether some unknown is in a term but not within a certain part of it, or within others that are replaced. */
function occursOutside(term: Term, part: Term, own: ReadonlySet<Term>, others: ReadonlyMap<Term, Term>): boolean {
  if (term === part || !term.unknowns || others.has(term)) return false;
  return own.has(term) || term.args.some((arg) => occursOutside(arg, part, own, others));
}

/** Numbers unknowns anew: first those that are held as they are, in the order of the slots. */
function renamed(algebra: Algebra, held: Term[], open: Facts): Kept {
  const numbers = new Map<Term, Term>();
  const give = (term: Term): void => {
    if (term.kind === 'unknown' && !numbers.has(term))
      numbers.set(term, algebra.terms.unknown(numbers.size, term.type));
  };
  for (const term of held) give(term);
  const inner = new Set<Term>();
  for (const term of held) unknownsIn(term, inner);
  for (const [term] of open) unknownsIn(term, inner);
  for (const term of inner) give(term);
  if ([...numbers].every(([from, to]) => from === to)) return { held, open };
  const replace = (term: Term): Term =>
    algebra.rewrite(term, (part) => numbers.get(part) ?? (part.unknowns ? undefined : part));
  return { held: held.map(replace), open: mapped(algebra, open, replace) };
}

/** Facts about other terms. */
function mapped(algebra: Algebra, open: Facts, replace: (term: Term) => Term): Facts {
  let facts: Facts = noFacts;
  for (const [term, fact] of open) {
    const now = { ...fact, ...(fact.is ? { is: replace(fact.is) } : {}) };
    const moved = replace(term);
    // The sign of a sum depends on the order of its parts.
    facts =
      moved.kind === 'asked' && moved.op === 'span'
        ? (restated(algebra, facts, moved, now) ?? facts)
        : new Map(facts).set(moved, now);
  }
  return facts;
}

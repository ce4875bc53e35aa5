// Maps and sets: one normal form for what is equal, whatever order it came in; nothing is said of keys that may be
// equal.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from '../../language/values/knowledge.js';
import { noFacts } from '../../language/values/facts.js';
import { compareValues } from '../../language/values/order.js';
import { showValue } from '../../language/values/show.js';
import type { Term } from '../../language/values/terms.js';
import { typedOf } from '../../language/values/types.js';
import { createValues } from '../../language/values/values.js';
import { read } from '../network/helpers.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 300);

const declarations = `enum Shade { red, green(depth: int), blue }
record Order { copies: int, title: string }
`;
const params = {
  i: 'int',
  j: 'int',
  s: 'string',
  m: 'map<string, int>',
  n: 'map<string, int>',
  u: 'set<int>',
  w: 'set<int>',
  p: '(int, int)',
} as const;

/** Expressions over unknown variables of the types above, as terms of one store. */
function terms(...exprs: readonly string[]): {
  readonly values: ReturnType<typeof createValues>;
  readonly all: readonly Term[];
} {
  const { file, scope } = read(
    `${declarations}network N { process A(${Object.entries(params)
      .map(([name, type]) => `${name}: ${type}`)
      .join(', ')}) {\n${exprs.map((e, i) => `made${i} = ${e}`).join('\n')}\n} process B {} }`,
  );
  const values = createValues();
  const network = file.declarations.find((d) => d.kind === 'network');
  const found =
    network?.kind === 'network'
      ? (network.processes[0]?.body.actions.flatMap((a) => (a.kind === 'assignment' ? [a.value] : [])) ?? [])
      : [];
  expect(found.length).toBe(exprs.length);
  const inputs = network?.kind === 'network' ? (network.processes[0]?.params ?? []) : [];
  const unknowns = new Map(
    inputs.map(({ name, type }, i) => [name.text, values.algebra.terms.unknown(i, typedOf(scope).type(type))]),
  );
  const all = found.map((expr) =>
    values.evaluate(expr, scope, {
      variable: (name) => unknowns.get(name),
      fresh: () => values.algebra.terms.unknown(900),
      missing: () => values.algebra.terms.unknown(901),
    }),
  );
  return { values, all };
}

/** What is written for a value that is known. */
const shown = (expr: string): string => showValue(terms(expr).all[0] as Term);

describe('a map or a set that is known', () => {
  it.each([
    ['mapOf([("b", 2), ("a", 1), ("b", 3)])', 'mapOf([("a", 1), ("b", 3)])'],
    ['setOf([3, 1, 2, 1])', 'setOf([1, 2, 3])'],
    ['mapOf([])', 'mapOf([])'],
    ['setOf([])', 'setOf([])'],
    ['get(mapOf([(1, "x")]), 1)', 'some("x")'],
    ['get(mapOf([(1, "x")]), 2)', 'none'],
    ['insert(mapOf([("b", 2)]), "a", 1)', 'mapOf([("a", 1), ("b", 2)])'],
    ['insert(mapOf([("a", 2)]), "a", 1)', 'mapOf([("a", 1)])'],
    ['remove(mapOf([("a", 2), ("b", 3)]), "a")', 'mapOf([("b", 3)])'],
    ['remove(setOf([1]), 2)', 'setOf([1])'],
    ['keys(mapOf([(2, "b"), (1, "a")]))', '[1, 2]'],
    ['values(mapOf([(2, "b"), (1, "a")]))', '["a", "b"]'],
    ['entries(mapOf([(2, "b"), (1, "a")]))', '[(1, "a"), (2, "b")]'],
    ['toList(setOf(["b", "a", "é🙂", "Z"]))', '["Z", "a", "b", "é🙂"]'],
    ['toList(setOf([true, false]))', '[false, true]'],
    ['toList(setOf([some(1), none, some(0)]))', '[none, some(0), some(1)]'],
    ['toList(setOf([blue, green(2), red, green(-1)]))', '[red, green(-1), green(2), blue]'],
    ['toList(setOf([Order(2, "a"), Order(1, "b"), Order(1, "a")]))', '[Order(1, "a"), Order(1, "b"), Order(2, "a")]'],
    ['toList(setOf([[1, 2], [1], [], [0, 5]]))', '[[], [0, 5], [1], [1, 2]]'],
    ['toList(setOf([setOf([2, 1]), setOf([1]), setOf([1, 2])]))', '[setOf([1]), setOf([1, 2])]'],
    ['keys(mapOf([(mapOf([(1, 2)]), 0), (mapOf([(1, 1), (5, 5)]), 1)]))', '[mapOf([(1, 1), (5, 5)]), mapOf([(1, 2)])]'],
    ['toList(setOf([1.5, 2, -0.5]))', '[-0.5, 1.5, 2.0]'],
    ['size(setOf([1, 1, 2]))', '2'],
    ['isEmpty(remove(setOf([1]), 1))', 'true'],
    ['union(mapOf([("a", 1), ("b", 1)]), mapOf([("b", 2)]))', 'mapOf([("a", 1), ("b", 2)])'],
    ['union(setOf([1]), setOf([2, 1]))', 'setOf([1, 2])'],
    ['intersection(setOf([1, 2]), setOf([2, 3]))', 'setOf([2])'],
    ['difference(setOf([1, 2]), setOf([2, 3]))', 'setOf([1])'],
    ['isSubset(setOf([1]), setOf([2, 1]))', 'true'],
    ['isSubset(setOf([1, 3]), setOf([2, 1]))', 'false'],
    ['groupBy(["a", "bb", "c"], w => length(w))', 'mapOf([(1, ["a", "c"]), (2, ["bb"])])'],
    ['mapValues(mapOf([("a", 1)]), n => n + 1)', 'mapOf([("a", 2)])'],
    ['filter(mapOf([("a", 1), ("b", 2)]), (k, v) => v > 1)', 'mapOf([("b", 2)])'],
    ['filter(setOf([1, 2]), n => n > 1)', 'setOf([2])'],
    ['map(setOf([1, 2, 3]), n => n / 2)', 'setOf([0, 1])'],
    ['fold(setOf([3, 1, 2]), "", (so, n) => so + toString(n))', '"123"'],
    ['count(setOf([1, 2, 3]), n => n > 1)', '2'],
    ['any(setOf([1]), n => n > 1)', 'false'],
    ['all(setOf([2]), n => n > 1)', 'true'],
    ['contains(setOf(["a"]), "a")', 'true'],
    ['contains(mapOf([("a", 1)]), "b")', 'false'],
    ['setOf([1, 2]) == setOf([2, 1])', 'true'],
    ['mapOf([(1, "a"), (2, "b")]) == mapOf([(2, "b"), (1, "a")])', 'true'],
    ['mapOf([(1, "a")]) == mapOf([(1, "b")])', 'false'],
    ['mapOf([(1, "a")]) == mapOf([(2, "a")])', 'false'],
    ['toString(mapOf([("a", setOf([1]))]))', '"mapOf([(\\"a\\", setOf([1]))])"'],
    ['indexOf("é🙂a", "a")', 'some(2)'],
    ['indexOf("ab", "c")', 'none'],
    ['padStart("7", 3, "0")', '"007"'],
    ['padEnd("é", 4, "🙂-")', '"é🙂-🙂"'],
    ['padStart("abc", 2, " ")', '"abc"'],
    ['padStart("a", 3, "")', '"a"'],
    ['"é🙂a"[1]', '"🙂"'],
  ])('%s is %s', (expr, wanted) => {
    expect(shown(expr)).toBe(wanted);
  });
});

describe('what is equal whatever is not known', () => {
  it.each([
    ['insert(insert(m, "a", i), "b", j)', 'insert(insert(m, "b", j), "a", i)'],
    ['insert(insert(m, "a", i), "a", j)', 'insert(m, "a", j)'],
    ['insert(insert(insert(m, s, i), "a", 1), s, j)', 'insert(insert(m, "a", 1), s, j)'],
    ['insert(insert(u, i), j)', 'insert(insert(u, j), i)'],
    ['insert(insert(u, i), i)', 'insert(u, i)'],
    ['setOf([i, j])', 'setOf([j, i])'],
    ['setOf([i, j, i])', 'insert(insert(setOf([]), j), i)'],
    ['remove(insert(u, i), i)', 'remove(u, i)'],
    ['remove(remove(u, i), j)', 'remove(remove(u, j), i)'],
    ['mapOf([(i, 1), (i + 1, 2)])', 'mapOf([(i + 1, 2), (i, 1)])'],
    ['get(insert(m, "a", i), "a")', 'some(i)'],
    ['get(insert(m, "a", i), "b")', 'get(m, "b")'],
    ['get(insert(insert(m, "a", i), s, j), s)', 'some(j)'],
    ['get(remove(m, s), s)', 'none'],
    ['isSome(get(m, s))', 'contains(m, s)'],
    ['get(m, s) == none', 'not contains(m, s)'],
    ['contains(insert(u, i), j)', 'contains(u, j) or i == j'],
    ['contains(union(u, w), i)', 'contains(w, i) or contains(u, i)'],
    ['contains(difference(u, w), i)', 'contains(u, i) and not contains(w, i)'],
    ['union(u, w)', 'union(w, u)'],
    ['intersection(u, w)', 'intersection(w, u)'],
    ['union(u, setOf([i]))', 'insert(u, i)'],
    ['difference(u, setOf([i]))', 'remove(u, i)'],
    ['union(m, mapOf([("a", i)]))', 'insert(m, "a", i)'],
    ['union(mapOf([]), m)', 'm'],
    ['union(u, u)', 'u'],
    ['size(mapOf([(i, 1), (i + 1, 2)]))', '2'],
    ['size(insert(remove(u, i), i))', 'size(remove(u, i)) + 1'],
    ['isEmpty(insert(u, i))', 'false'],
    ['length(keys(m))', 'size(m)'],
    ['length(toList(u))', 'size(u)'],
    ['contains(keys(m), s)', 'contains(m, s)'],
    ['isEmpty(m)', 'size(m) == 0'],
    ['m == mapOf([])', 'isEmpty(m)'],
    ['mapOf(entries(m))', 'm'],
    ['setOf(toList(u))', 'u'],
    ['setOf([i, j]) == setOf([j, i])', 'true'],
    ['setOf([i]) == setOf([j])', 'i == j'],
    ['setOf([1, i]) == setOf([1])', 'i == 1'],
    ['mapOf([("a", i)]) == mapOf([("a", j)])', 'i == j'],
    ['mapOf([("a", i)]) == mapOf([("b", i)])', 'false'],
    ['keys(insert(mapOf([("a", i)]), "c", j))', '["a", "c"]'],
    ['values(mapOf([("b", i), ("a", j)]))', '[j, i]'],
    ['any(setOf([i, j]), x => x > 3)', 'i > 3 or j > 3'],
    ['map(setOf([i, j]), x => x + 1)', 'setOf([i + 1, j + 1])'],
    ['setOf([i]) == setOf([i, j])', 'i == j'],
    ['isSubset(setOf([i]), u)', 'contains(u, i)'],
    ['isSubset(u, u)', 'true'],
    ['mapValues(insert(mapOf([]), s, i), x => x + 1)', 'mapOf([(s, i + 1)])'],
    ['toList(setOf([(1, i), (0, j)]))', '[(0, j), (1, i)]'],
    ['filter(u, x => x > 1) == filter(u, x => x > 1)', 'true'],
    ['contains(filter(u, x => x > 1), i)', 'contains(filter(u, y => 1 < y), i)'],
  ])('%s is %s', (left, right) => {
    const {
      all: [one, other],
    } = terms(left, right);
    expect(one, showTerm(one)).toBe(other);
  });
});

describe('what may be equal stays open', () => {
  it.each([
    ['insert(insert(m, s, 1), "a", 2)', 'insert(insert(m, "a", 2), s, 1)'],
    ['remove(insert(u, i), j)', 'insert(remove(u, j), i)'],
    ['get(insert(m, s, 1), "a")', 'get(m, "a")'],
    ['size(setOf([i, j]))', '2'],
    ['size(insert(u, i))', 'size(u) + 1'],
    ['mapOf([(i, 1), (j, 2)])', 'mapOf([(j, 2), (i, 1)])'],
    ['toList(setOf([i, j]))', '[i, j]'],
    ['union(m, n)', 'union(n, m)'],
    ['setOf([i, j]) == setOf([1])', 'false'],
    ['contains(u, i)', 'contains(u, j)'],
    ['count(setOf([i, j]), x => true)', '2'],
    ['groupBy([i, j], x => x)', 'mapOf([(i, [i]), (j, [j])])'],
  ])('%s and %s are not known to be the same', (left, right) => {
    const {
      values,
      all: [one, other],
    } = terms(left, right);
    expect(one).not.toBe(other);
    expect(values.algebra.op('==', one as Term, other as Term).kind).not.toBe('scalar');
  });
});

it('what takes too many steps to make is not known', () => {
  expect(shown('size(mapOf(map(range(0, 1000), k => (k, k))))')).toBe('1000');
  expect(shown('size(fold(range(0, 300), setOf([]), (so, k) => insert(so, k)))')).toBe('300');
  const {
    all: [many, none],
  } = terms('mapOf(map(range(0, 20000), k => (k, k)))', 'fold(range(0, 2000), setOf([]), (so, k) => insert(so, k))');
  expect([many?.kind, none?.kind]).toEqual(['unknown', 'unknown']);
});

it('questions about keys have answers that fit', () => {
  const {
    values,
    all: [question, same, other],
  } = terms('contains(insert(u, i), 3)', 'contains(u, 3)', 'i == 3');
  const known = createKnowledge();
  const { keep } = known.about([question as Term]);
  keep(values.decide(question as Term, noFacts).find((a) => !a.value)?.facts ?? noFacts);
  for (const each of [same, other] as const)
    expect(values.decide(each as Term, known.about([each as Term]).facts).map((a) => a.value)).toEqual([false]);
});

it('the same is made in any order that leaves the last change of each key the last', () => {
  const change = fc.tuple(fc.constantFrom('"a"', '"b"', 's', '"c"'), fc.constantFrom('1', '2', 'i', undefined));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 7 }), fc.nat(), (changes, seed) => {
      // Neighbours of keys that are known to be different are swapped.
      const swapped = [...changes];
      for (let at = 0; at + 1 < swapped.length; at++) {
        const [one, two] = [swapped[at], swapped[at + 1]] as [(typeof changes)[number], (typeof changes)[number]];
        if ((seed >> at) % 2 === 1 && one[0] !== two[0] && one[0] !== 's' && two[0] !== 's')
          [swapped[at], swapped[at + 1]] = [two, one];
      }
      const text = (base: string, all: typeof changes): string =>
        all.reduce(
          (so, [key, value]) => (value === undefined ? `remove(${so}, ${key})` : `insert(${so}, ${key}, ${value})`),
          base,
        );
      for (const base of ['m', 'mapOf([])']) {
        const {
          all: [one, other],
        } = terms(text(base, changes), text(base, swapped));
        expect(one, text(base, changes)).toBe(other);
      }
    }),
    { numRuns: runs },
  );
});

it('values have one order', () => {
  const { values } = terms();
  const {
    algebra: { terms: t, some, none, tuple },
  } = values;
  const scalar = fc.integer({ min: -3, max: 3 }).map((n) => t.scalar(BigInt(n)));
  const value = fc.letrec<{ value: Term }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'v' },
      scalar,
      fc.array(scalar, { maxLength: 3 }).map((all) => t.list(all)),
      fc.option(scalar).map((one) => (one ? t.made(some, [one]) : t.made(none, []))),
      fc.tuple(scalar, tie('value')).map((pair) => t.made(tuple(2), pair)),
    ),
  })).value;
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const [ab, ba, bc, ac] = [compareValues(a, b), compareValues(b, a), compareValues(b, c), compareValues(a, c)];
      if (ab === undefined || bc === undefined || ac === undefined) return;
      expect(Math.sign(ab) + Math.sign(ba ?? 0)).toBe(0);
      expect(ab === 0).toBe(a === b);
      if (ab <= 0 && bc <= 0) expect(ac).toBeLessThanOrEqual(0);
    }),
    { numRuns: runs },
  );
});

function showTerm(term: Term | undefined): string {
  if (!term) return '';
  const head =
    term.kind === 'asked'
      ? term.op
      : term.kind === 'unknown'
        ? `#${term.index}`
        : term.kind === 'scalar'
          ? String(term.value)
          : term.kind;
  return term.args.length > 0 ? `${head}(${term.args.map(showTerm).join(', ')})` : head;
}

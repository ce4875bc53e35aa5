// How the cost of each pass grows with the size of each construct, by the processor's time for one size and for four
// times as much.
import { allSeries, fileOf, nested, nestings, salted } from './constructs.js';
import type { Outcome, Runner } from './runner.js';

export interface Row {
  readonly name: string;
  readonly small: number;
  make(size: number): string;
}

/** Few enough to be read: what is deeper is told by one error. */
export const nestingRows: readonly Row[] = nestings.map((nesting) => ({
  name: nesting.name,
  small: 15,
  make: (size) => fileOf(nesting.is, nested(nesting, size)),
}));
/** Series in two halves, which are measured beside each other: of declarations, and of all that stands in these. */
export const seriesRows = (of: 'declarations' | 'their parts'): readonly Row[] =>
  allSeries
    .filter(({ is }) => (is === 'declarations') === (of === 'declarations'))
    .map((series) => ({
      name: series.name,
      small: 60,
      make: (size) => fileOf(series.is, series.make(size)),
    }));

export interface Growth {
  readonly row: string;
  /** In milliseconds, for the small and for the large size. */
  readonly small: number;
  readonly large: number;
  /** How many times as much there is to do: how many times as long the text is, which may be more than its parts. */
  readonly longer: number;
  /** What grows too fast, or goes wrong; undefined where all is well. */
  readonly wrong?: string;
}

/** How many times as large the large size is. */
const times = 4;

/**
 * What a pass may take more, for each time that there is more to do. Linear is 1, quadratic 4 and more; between them is
 * the room for noise and for `n log n`.
 */
const most = 3;

/**
 * Rows that may grow with the square: each network is checked and explored by itself, with all that it calls, directly
 * or not, and so are the states of each choreography; and each family is projected through all statements, of which
 * there are more as well.
 */
const squared: ReadonlySet<string> = new Set([
  'processes that call',
  'processes that call on',
  'families',
  'given, handed on',
]);

/** Shorter times say nothing, in milliseconds: the collector of garbage and the compiler are in them. */
const least = { small: 12, large: 250 };

/**
 * Passes that end by themselves, and may use all of their time where there is much to try: how long they may take, in
 * milliseconds, twice their own bound.
 */
const bounded: ReadonlyMap<string, number> = new Map([
  ['actions', 1_000],
  ['actions everywhere', 1_000],
  ['rename', 2_000],
]);

/**
 * How long all passes may take for one text, in milliseconds of the processor; four renamings and three looks for fixes
 * may have used up their own bounds in it, 5.5 s.
 */
const longest = 14_000;

/** How many characters all answers together may have, for each character of the text. */
const mostAnswered = 2_000;

/** How often a row is measured that seems to grow too fast. */
const attempts = 8;

type Times = Readonly<Record<string, number>>;

/** The shortest times of each pass: whatever else happens only makes them longer. */
const shortest = (all: readonly Times[]): Times =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((pass) => [pass, Math.min(...all.map((one) => one[pass] ?? Infinity))]),
  );
const sum = (all: Times): number => Object.values(all).reduce((a, b) => a + b, 0);

let salt = 0;

/** Measures a row; where it seems to grow too fast, again, and then the shortest times count. */
export async function growthOf(row: Row, runner: Runner): Promise<Growth> {
  const [before, after]: [Times[], Times[]] = [[], []];
  let result: Growth = { row: row.name, small: NaN, large: NaN, longer: NaN };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [small, large] = [row.small, times * row.small].map((size) => salted(row.make(size), salt++)) as [
      string,
      string,
    ];
    const [first, second] = [await runner.measure(small, longest), await runner.measure(large, longest)];
    const longer = Math.max(times, large.length / small.length);
    if (first.kind === 'measured') before.push(first.measured.times);
    if (second.kind === 'measured') after.push(second.measured.times);
    const failed = first.kind !== 'measured' ? first : second.kind !== 'measured' ? second : undefined;
    if (failed)
      result = {
        row: row.name,
        small: sum(shortest(before)),
        large: NaN,
        longer,
        wrong: `${failed.kind} in ${failed.pass} of ${failed === first ? row.small : times * row.small}: ${failed.message}`,
      };
    else {
      const wrong = [
        ...tooFast(shortest(before), shortest(after), squared.has(row.name) ? longer ** 2 : longer),
        ...tooMuch(large, second),
      ];
      result = {
        row: row.name,
        small: sum(shortest(before)),
        large: sum(shortest(after)),
        longer,
        ...(wrong.length > 0 ? { wrong: wrong.join(', ') } : {}),
      };
    }
    // What met a bound twice meets it again.
    if (result.wrong === undefined || (failed && attempt > 0)) break;
  }
  return result;
}

/** The passes that take more than the longer text explains. */
function tooFast(before: Times, after: Times, more: number): string[] {
  return Object.entries(after)
    .filter(
      ([pass, time]) =>
        time > (bounded.get(pass) ?? least.large) && time > most * more * Math.max(least.small, before[pass] ?? 0),
    )
    .map(
      ([pass, time]) =>
        `${pass} ${(before[pass] ?? 0).toFixed(0)} to ${time.toFixed(0)} ms for ${more.toFixed(1)} times as much`,
    );
}

function tooMuch(text: string, outcome: Outcome): string[] {
  if (outcome.kind !== 'measured' || outcome.measured.answered <= mostAnswered * text.length) return [];
  return [`${outcome.measured.answered} characters of answers for ${text.length}`];
}

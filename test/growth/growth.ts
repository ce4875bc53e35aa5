// How the cost of each pass grows with the size of each construct, by the processor's time for one size and for four times as much.
import { allSeries, fileOf, nested, nestings, salted } from './constructs.js';
import type { Runner } from './runner.js';

export interface Row {
  readonly name: string;
  readonly small: number;
  make(size: number): string;
}

/** All constructs. Nestings are few enough to be read: what is deeper is told by one error. */
export const rows: readonly Row[] = [
  ...nestings.map((nesting): Row => ({ name: nesting.name, small: 15, make: (size) => fileOf(nesting.is, nested(nesting, size)) })),
  ...allSeries.map((series): Row => ({ name: series.name, small: 60, make: (size) => fileOf(series.is, series.make(size)) })),
];

export interface Growth {
  readonly row: string;
  /** In milliseconds, for the small and for the large size. */
  readonly small: number;
  readonly large: number;
  /** What grows too fast, or goes wrong; undefined where all is well. */
  readonly wrong?: string;
}

/** How many times as large the large size is. */
const times = 4;

/** What a pass may take more for the large size. Linear is 4, quadratic 16; between them is the room for noise and for `n log n`. */
const most = 12;

/** Shorter times say nothing, in milliseconds: the collector of garbage and the compiler are in them. */
const least = { small: 12, large: 250 };

/** How long all passes may take for one text, in milliseconds of the processor. */
const longest = 8_000;

/** How many characters all answers together may have, for each character of the text. */
const mostAnswered = 2_000;

let salt = 0;

/** Measures a row, up to three times where it seems to grow too fast. */
export async function growthOf(row: Row, runner: Runner): Promise<Growth> {
  let result: Growth = { row: row.name, small: 0, large: 0 };
  for (let attempt = 0; attempt < 3; attempt++) {
    result = await once(row, runner);
    if (result.wrong === undefined) break;
  }
  return result;
}

async function once(row: Row, runner: Runner): Promise<Growth> {
  const [small, large] = [row.small, times * row.small].map((size) => salted(row.make(size), salt++)) as [string, string];
  const before = await runner.measure(small, longest);
  if (before.kind !== 'measured') return { row: row.name, small: NaN, large: NaN, wrong: `${before.kind} in ${before.pass} of ${row.small}: ${before.message}` };
  const sum = (all: Readonly<Record<string, number>>): number => Object.values(all).reduce((a, b) => a + b, 0);
  const after = await runner.measure(large, longest);
  if (after.kind !== 'measured') return { row: row.name, small: sum(before.measured.times), large: NaN, wrong: `${after.kind} in ${after.pass} of ${times * row.small}: ${after.message}` };
  const fast = Object.entries(after.measured.times).filter(([pass, time]) => time > least.large && time > most * Math.max(least.small, before.measured.times[pass] ?? 0))
    .map(([pass, time]) => `${pass} ${(before.measured.times[pass] ?? 0).toFixed(0)} to ${time.toFixed(0)} ms`);
  if (after.measured.answered > mostAnswered * large.length) fast.push(`${after.measured.answered} characters of answers for ${large.length}`);
  return { row: row.name, small: sum(before.measured.times), large: sum(after.measured.times), ...(fast.length > 0 ? { wrong: fast.join(', ') } : {}) };
}

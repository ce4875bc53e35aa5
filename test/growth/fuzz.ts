// Looks for small texts that take much time or memory: constructs within each other at random, doubled until a limit.
// `npm run fuzz`; `npm run fuzz -- --seed 7 --seconds 300`, or `--combinations 30`: the same texts on any machine. What
// it finds ends it with 1, and is found again with the seed that it prints.
import process from 'node:process';
import { allSeries, fileOf, nestings, salted, simplest } from './constructs.js';
import type { Nesting, Part, Series } from './constructs.js';
import { startRunner } from './runner.js';
import type { Outcome } from './runner.js';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const seed = option('--seed', Math.floor(Math.random() * 1_000_000));
const combinations = option('--combinations', Infinity);
const seconds = option('--seconds', combinations < Infinity ? 300 : 60);
const folder = process.argv[2] ?? '.';

/** How long a text may be, in characters: a page or two. */
const longestText = 6_000;
/**
 * How long all passes may take, in milliseconds of the processor: some for each request, and some for each character.
 */
const allowed = (text: string): number => 3_000 + text.length / 2;
/** What twice the size may take more, once it takes this long, in milliseconds. */
const doubling = { most: 6, from: 1_000 };

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Recipe {
  readonly name: string;
  make(size: number): string;
}

/** A construct within another one, or several in turn. */
function recipe(next: () => number): Recipe {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const kind = next();
  if (kind < 0.5) {
    // Constructs in turn, each within the one before: the last of them has to hold what the first one is.
    const chain = [pick(nestings)];
    for (let i = Math.floor(next() * 3); i > 0; i--) {
      const inner = nestings.filter((n) => n.is === (chain.at(-1) as Nesting).holds);
      if (inner.length > 0) chain.push(pick(inner));
    }
    const [outer] = chain as [Nesting];
    const turn = [...chain].reverse();
    const closes = (chain.at(-1) as Nesting).holds === outer.is;
    const repeated = closes ? turn : turn.filter((n) => n.is === n.holds);
    const name = chain.map((n) => n.name).join(' > ');
    return {
      name: `nested: ${name}`,
      make: (size) => {
        let [text, level] = [simplest[(turn[0] as Nesting).holds], 0];
        if (closes) for (let i = 0; i < size; i++) for (const each of repeated) text = each.wrap(text, level++);
        else
          for (const each of turn)
            for (let i = each.is === each.holds ? size : 1; i > 0; i--) text = each.wrap(text, level++);
        return fileOf(outer.is, text);
      },
    };
  }
  const series = pick(allSeries);
  const within = nestings.filter((n) => n.holds === series.is);
  const inside = nestings.filter((n) => n.is === series.holds);
  const [outer, inner] = [
    within.length > 0 && kind < 0.75 ? pick(within) : undefined,
    inside.length > 0 ? pick(inside) : undefined,
  ];
  return {
    name: `${outer ? `${outer.name} > ` : ''}many: ${series.name}${inner ? ` > ${inner.name}` : ''}`,
    make: (size) => whole(series, outer, inner, size),
  };
}

function whole(series: Series, outer: Nesting | undefined, inner: Nesting | undefined, size: number): string {
  let deep: string | undefined;
  if (inner && inner.is === inner.holds)
    for (let i = 0, text = simplest[inner.holds]; i < Math.min(size, 20); i++) deep = text = inner.wrap(text, 1000 + i);
  const text = series.make(size, deep);
  if (!outer) return fileOf(series.is, text);
  let [around, part]: [string, Part] = [text, series.is];
  for (let i = 0; i < (outer.is === outer.holds ? Math.min(size, 8) : 1); i++)
    [around, part] = [outer.wrap(around, 2000 + i), outer.is];
  return fileOf(part, around);
}

function totalOf(outcome: Outcome): number {
  return outcome.kind === 'measured' ? Object.values(outcome.measured.times).reduce((a, b) => a + b, 0) : Infinity;
}

const next = random(seed);
const runner = await startRunner(folder);
const until = Date.now() + seconds * 1000;
let [tried, texts] = [0, 0];
let found: string | undefined;
console.log(`seed ${seed}, ${combinations < Infinity ? `${combinations} combinations` : `${seconds} s`}`);
await runner.measure(fileOf('statements', 'A.x -> B.y: m'), 60_000);
while (Date.now() < until && tried < combinations && found === undefined) {
  const { name, make } = recipe(next);
  tried++;
  let before = 0;
  // Some combinations hold no more, however large they are to be.
  for (let size = 2; size <= longestText && Date.now() < until; size *= 2) {
    const text = salted(make(size), tried * 100 + size);
    if (text.length > longestText) break;
    texts++;
    let outcome = await runner.measure(text, allowed(text));
    let total = totalOf(outcome);
    const isTooMuch = (): boolean =>
      outcome.kind !== 'measured' || (total > doubling.from && total > doubling.most * Math.max(before, 100));
    // What takes long once may have met the collector of garbage, or a busy machine.
    for (let again = 1; again <= 3 && isTooMuch(); again++) {
      outcome = await runner.measure(salted(text, tried * 100 + size + again), allowed(text));
      total = Math.min(total, totalOf(outcome));
    }
    const grows = isTooMuch();
    if (grows) {
      const what =
        outcome.kind === 'measured'
          ? `${before.toFixed(0)} ms for half of it, ${total.toFixed(0)} ms: ${Object.entries(outcome.measured.times)
              .sort((a, b) => b[1] - a[1])
              .slice(0, 3)
              .map(([pass, time]) => `${pass} ${time.toFixed(0)}`)
              .join(', ')}`
          : `${outcome.kind} in ${outcome.pass}: ${outcome.message}`;
      found = `${name}, ${size} times: ${what}\n${text.slice(0, 1500)}`;
      break;
    }
    before = total;
  }
}
await runner.stop();
console.log(`${tried} combinations, ${texts} texts`);
if (found !== undefined) {
  console.error(`Found with seed ${seed}: ${found}`);
  process.exitCode = 1;
}

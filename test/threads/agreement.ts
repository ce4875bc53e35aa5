// What tests of consensus share: an example's processes at sizes, run again and again under random schedules.
import { readFileSync } from 'node:fs';
import { declaredAt } from '../../language/families/sized.js';
import { read } from '../families/helpers.js';
import { run, runnable } from './schedules.js';
import type { Given, Runnable, Value } from './schedules.js';

/**
 * The projection of an example's first choreography, at sizes of its families and of values that bound something, by
 * their names.
 */
export function example(file: string): (sizes: Readonly<Record<string, number>>, given?: Given) => Runnable {
  const { scope, projected } = read(readFileSync(`examples/families/${file}.chor`, 'utf8'));
  return (sizes, given) => {
    const network = declaredAt(projected.network, new Map(Object.entries(sizes)), scope);
    if (!network) throw new Error('too long');
    return runnable(network, scope.file.declarations, given);
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function numbers(seed = Number(process.env['CHOR_SEED'] ?? 1)): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Outcomes {
  /**
   * How many runs decide something, how many two values of one thing, and how many different values of different
   * things.
   */
  readonly decided: number;
  readonly split: number;
  readonly several: number;
  /** Who is left waiting for ever. */
  readonly stuck: readonly string[];
}

/**
 * What comes of so many runs of a network of learners and others.
 * @param decisions what a learner has decided at the end, by its variables: of which things which values
 */
export function outcomes(
  network: Runnable,
  runs: number,
  decisions: (variables: ReadonlyMap<string, Value>) => readonly (readonly [thing: string, value: Value])[],
): Outcomes {
  const random = numbers();
  let [decided, split, several] = [0, 0, 0];
  const stuck = new Set<string>();
  for (let i = 0; i < runs; i++) {
    const { variables, waiting } = run(network, random, (name): Value => `of ${name}`);
    const found = [...variables].flatMap(([name, own]) => (name.startsWith('Learner') ? decisions(own) : []));
    const things = new Set(found.map(([thing]) => thing)).size;
    const pairs = new Set(found.map(([thing, value]) => JSON.stringify([thing, value]))).size;
    if (found.length > 0) decided++;
    if (pairs > things) split++;
    if (new Set(found.map(([, value]) => JSON.stringify(value))).size > 1) several++;
    for (const name of waiting) stuck.add(name);
  }
  return { decided, split, several, stuck: [...stuck] };
}

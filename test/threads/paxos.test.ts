// Paxos with competing proposers: its projections, run under random schedules, never decide two values; were the variables of a thread shared, they would.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { declaredAt } from '../../language/families/sized.js';
import { read } from '../families/helpers.js';
import { run, runnable } from './schedules.js';
import type { Runnable, Value } from './schedules.js';

const text = readFileSync('examples/families/competing-paxos.chor', 'utf8');
const { scope, projected } = read(text);

function at(proposers: number, acceptors: number, learners: number, rounds: number, shared = false): Runnable {
  const network = declaredAt(projected.network, new Map([['Proposer', proposers], ['Acceptor', acceptors], ['Learner', learners], ['rounds', rounds]]), scope);
  if (!network) throw new Error('too long');
  return runnable(network, scope.file.declarations, shared);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many runs decide something, how many two values, and who is left waiting for ever who may not be. */
function outcomes(network: Runnable, runs: number): { readonly decided: number; readonly split: number; readonly stuck: ReadonlySet<string> } {
  const random = numbers(Number(process.env['CHOR_SEED'] ?? 1));
  let [decided, split] = [0, 0];
  const stuck = new Set<string>();
  for (let i = 0; i < runs; i++) {
    const { variables, waiting } = run(network, random, (name): Value => `of ${name}`);
    const values = new Set([...variables].filter(([name]) => name.startsWith('Learner')).flatMap(([, own]) => (own.get('decided') ?? null) === null ? [] : [JSON.stringify(own.get('decided'))]));
    if (values.size > 0) decided++;
    if (values.size > 1) split++;
    for (const name of waiting) stuck.add(name);
  }
  return { decided, split, stuck };
}

describe('Paxos with proposers that compete', () => {
  test('agrees under 100,000 schedules', () => {
    const { decided, split, stuck } = outcomes(at(2, 3, 2, 2), 100_000);
    expect(split).toBe(0);
    expect(decided).toBeGreaterThan(50_000);
    expect([...stuck]).toEqual([]);
  }, 300_000);
  test.each([[1, 1, 1, 1], [3, 3, 2, 1], [2, 5, 2, 1], [2, 4, 3, 1]] as const)('%i proposers, %i acceptors, %i learners, %i rounds', (proposers, acceptors, learners, rounds) => {
    const { decided, split, stuck } = outcomes(at(proposers, acceptors, learners, rounds), 2_000);
    expect([split, [...stuck]]).toEqual([0, []]);
    expect(decided).toBeGreaterThan(200);
  }, 300_000);
  test('would not, were the variables of a thread shared', () => {
    expect(outcomes(at(2, 3, 2, 2, true), 5_000).split).toBeGreaterThan(2);
  }, 300_000);
});

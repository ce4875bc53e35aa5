// Paxos with competing proposers, for one value and for a log: its projections, run under random schedules, never
// decide two values of one thing; were the variables of a thread shared, they would.
import { describe, expect, test } from 'vitest';
import { example, outcomes } from './agreement.js';
import type { Outcomes } from './agreement.js';
import type { Runnable, Value } from './schedules.js';

describe('Paxos with proposers that compete', () => {
  const paxos = example('competing-paxos');
  const at = (proposers: number, acceptors: number, learners: number, rounds: number, shared = false): Runnable =>
    paxos({ Proposer: proposers, Acceptor: acceptors, Learner: learners, rounds }, { shared });
  const found = (network: Runnable, runs: number): Outcomes =>
    outcomes(network, runs, (own) => {
      const decided = own.get('decided') ?? null;
      return decided === null ? [] : [['', decided]];
    });

  test('agrees under 100,000 schedules', () => {
    const { decided, split, stuck } = found(at(2, 3, 2, 2), 100_000);
    expect([split, stuck]).toEqual([0, []]);
    expect(decided).toBeGreaterThan(50_000);
  }, 300_000);
  test.each([
    [1, 1, 1, 1],
    [3, 3, 2, 1],
    [2, 5, 2, 1],
    [2, 4, 3, 1],
  ] as const)(
    '%i proposers, %i acceptors, %i learners, %i rounds',
    (proposers, acceptors, learners, rounds) => {
      const { decided, split, stuck } = found(at(proposers, acceptors, learners, rounds), 2_000);
      expect([split, stuck]).toEqual([0, []]);
      expect(decided).toBeGreaterThan(200);
    },
    300_000,
  );
  test('would not, were the variables of a thread shared', () => {
    expect(found(at(2, 3, 2, 2, true), 5_000).split).toBeGreaterThan(2);
  }, 300_000);
});

describe('Multi-Paxos', () => {
  const multi = example('multi-paxos');
  const at = (
    proposers: number,
    acceptors: number,
    learners: number,
    terms: number,
    slots: number,
    shared = false,
  ): Runnable =>
    multi(
      { Proposer: proposers, Acceptor: acceptors, Learner: learners, terms },
      { shared, values: new Map([['slots', slots]]) },
    );
  /** What is decided in each slot. */
  const found = (network: Runnable, runs: number): Outcomes =>
    outcomes(network, runs, (own) => {
      const decided = own.get('decided');
      if (decided === null || typeof decided !== 'object' || !('case' in decided)) return [];
      return decided.args
        .map((entry) => entry as readonly Value[])
        .map(([slot = null, value = null]) => [String(slot), value]);
    });

  test('agrees in each slot under 30,000 schedules, and is taken over', () => {
    const { decided, split, several, stuck } = found(at(2, 3, 2, 2, 3), 30_000);
    expect([split, stuck]).toEqual([0, []]);
    expect(decided).toBeGreaterThan(15_000);
    // One leads for some slots, another for those that follow.
    expect(several).toBeGreaterThan(1_000);
  }, 300_000);
  test.each([
    [1, 1, 1, 1, 2],
    [3, 3, 2, 1, 2],
    [2, 5, 2, 1, 2],
    [2, 4, 3, 2, 1],
  ] as const)(
    '%i proposers, %i acceptors, %i learners, %i terms, %i slots',
    (proposers, acceptors, learners, terms, slots) => {
      const { decided, split, stuck } = found(at(proposers, acceptors, learners, terms, slots), 2_000);
      expect([split, stuck]).toEqual([0, []]);
      expect(decided).toBeGreaterThan(200);
    },
    300_000,
  );
  test('would not, were the variables of a thread shared', () => {
    expect(found(at(2, 3, 2, 2, 1, true), 20_000).split).toBeGreaterThan(0);
  }, 300_000);
});

// What exploring a network can say, and the interface behind which it is explored.
import type { Origin } from '../ir/expression.js';
import type { Finding } from '../diagnostics/rule.js';

/** One step of a run, in source terms. */
export interface RunStep {
  /** `Alice sends "hello" to Bob`, `Bob receives greeting from Alice`, `Alice: 1 < 2 is true`. */
  readonly text: string;
  readonly role: string;
  readonly uri: string;
  readonly origin: Origin;
}

/**
 * `proved`: for every buffer size (or for the channels as declared). `bounded`: holds in the states explored. `refuted`: there is a run.
 */
export interface Verdict {
  readonly name: string;
  readonly subject: 'choreography' | 'network';
  readonly uri: string;
  /** The name in the declaration. */
  readonly origin: Origin;
  readonly verdict: 'proved' | 'bounded' | 'refuted';
  /** Configurations explored; 0 for what is proved without exploring. */
  readonly states: number;
  /** Messages a channel could hold in what was explored; 0 where no channel was bounded by the exploration. */
  readonly buffer: number;
  /** The run that refutes, shortest first; empty otherwise. */
  readonly run: readonly RunStep[];
  /** Why it was given up before there was an answer, in a few words: `it was stopped`. */
  readonly givenUp?: string;
}

/** Bounds of the exploration. */
export interface ExplorationLimits {
  readonly states: number;
  /** Messages a queue may hold before its sender is not followed further. */
  readonly buffer: number;
}

export interface NetworkResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

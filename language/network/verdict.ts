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
  /** Why it is only `bounded`; undefined for the other verdicts. */
  readonly undecided?: Undecided;
  /** The run that refutes, shortest first; empty otherwise. */
  readonly run: readonly RunStep[];
}

/**
 * Why a network was not decided: more states than the bound, no time left, queues that may grow beyond the bound (`channels`, as
 * sender and receiver), or a part of which nothing is known.
 */
export interface Undecided {
  readonly reason: 'states' | 'time' | 'buffer' | 'unknown';
  readonly channels: readonly (readonly [sender: string, receiver: string])[];
}

/** Why a network was not decided, and what to do, as a sentence without its full stop: `the queue from A to B may hold more than 4 messages; …`. */
export function whyUndecided({ undecided, states, buffer }: Verdict): string {
  if (!undecided) return '';
  switch (undecided.reason) {
    case 'states': return `there are more than ${states.toLocaleString('en')} states; allow more of them, or check parts of the network on their own`;
    case 'time': return `time was up after ${states.toLocaleString('en')} states; allow more of it, or check parts of the network on their own`;
    case 'buffer': {
      const queues = undecided.channels.map(([sender, receiver]) => `from ${sender} to ${receiver}`);
      const which = queues.length === 0 ? 'a queue' : `the queue${queues.length > 1 ? 's' : ''} ${queues.slice(0, 3).join(', ')}${queues.length > 3 ? ' and others' : ''}`;
      return `${which} may hold more than ${buffer} message${buffer === 1 ? '' : 's'}; allow longer queues, or say with \`buffer ${buffer}\` behind the network’s name that they hold no more`;
    }
    case 'unknown': return 'something takes part of which nothing is known: a place that can’t be projected, a name that is not there, or calls that wait for each other deeper than two';
  }
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

// What exploring a network can say: verdicts, and the runs that they come from.
import type { TextRange } from '../../ir/expression.js';
import type { Finding } from '../../findings/finding.js';
import type { RunStep } from '../../findings/run.js';
import { listed } from '../../text/words.js';
import { canBe } from '../trace/conditions.js';

/** What a size was tried of: a family, or a value that loops or indices are made of. */
export interface TriedSize {
  readonly name: string;
  readonly size: number;
  readonly value?: boolean;
}

/**
 * For which queues something is proved: of every size, of a least size on, for queues without a bound, which those with
 * one need not follow, or for the channels as they are declared.
 */
export type ProvedFor =
  | { readonly queues: 'every' }
  | { readonly queues: 'from'; readonly least: number }
  | { readonly queues: 'unbounded' }
  | { readonly queues: 'declared'; readonly as: string };

/**
 * `proved`: for the queues that are said. `bounded`: holds in the states explored.
 * `refuted`: there is a run. `suspected`: there is a run that goes wrong for some values, but none were found that it
 * happens with.
 */
export interface Verdict {
  readonly name: string;
  readonly subject: 'choreography' | 'network';
  readonly uri: string;
  /** The name in the declaration. */
  readonly origin: TextRange;
  readonly verdict: 'proved' | 'bounded' | 'refuted' | 'suspected';
  /** Configurations explored; 0 for what is proved without exploring. */
  readonly states: number;
  /** Messages a channel could hold in what was explored; 0 where no channel was bounded by the exploration. */
  readonly buffer: number;
  /**
   * Where there are families: the sizes that were tried, each try with those of all families; of what is `refuted`, the
   * one for which it is.
   */
  readonly sizes?: readonly (readonly TriedSize[])[];
  /** Of what is `proved`: for which queues. */
  readonly provedFor?: ProvedFor;
  /** Of what is `proved`: by construction, as each process does what its projection does; not by exploring. */
  readonly byDesign?: boolean;
  /** Why it is only `bounded`; undefined for the other verdicts. */
  readonly undecided?: Undecided;
  /** The run that refutes, or is suspected to, shortest first; empty otherwise. */
  readonly run: readonly RunStep[];
  /** Of what is `suspected`: what would have to be so, as `A’s `x > 3` is true`. */
  readonly conditions?: readonly string[];
  /** Why it was given up before there was an answer, in a few words: `it was stopped`. */
  readonly givenUp?: string;
}

/**
 * Why a network was not decided: more states than the bound, no time left, the user's wish, queues that may grow beyond
 * the bound (`channels`, as sender and receiver), or a part of which nothing is known.
 */
export interface Undecided {
  readonly reason: 'states' | 'time' | 'stopped' | 'buffer' | 'unknown';
  readonly channels: readonly (readonly [sender: string, receiver: string])[];
  /**
   * The bound that was met, in the unit of its setting: states, seconds, or messages a queue; undefined where there is
   * none, or it is not known.
   */
  readonly bound?: number;
}

/** For which queues a verdict is proved, in words: `for every buffer size`. */
export function forQueues({ provedFor }: Pick<Verdict, 'provedFor'>): string {
  switch (provedFor?.queues) {
    case 'from':
      return `for every buffer size from ${provedFor.least} on`;
    case 'unbounded':
      return 'for queues without a bound';
    case 'declared':
      return `with \`${provedFor.as}\``;
    case 'every':
    case undefined:
      return 'for every buffer size';
  }
}

/** What would have to be so for a suspected run to happen: `if `a` and `b` can both be true`. */
export function suspicion({ conditions = [] }: Verdict): string {
  return conditions.length === 0 ? 'for some values, but none were found' : canBe(conditions);
}

/**
 * Why a network was not decided, and what to do, as a sentence without its full stop: `the queue from A to B may hold
 * more than 4 messages; …`.
 */
export function whyUndecided({ undecided, states, buffer }: Verdict): string {
  const bound = undecided?.bound;
  if (!undecided) return '';
  switch (undecided.reason) {
    case 'states':
      return `there are more than ${(bound ?? states).toLocaleString('en')} states; allow more of them, or check parts of the network on their own`;
    case 'time':
      return `${bound === undefined ? 'time was up' : `${seconds(bound)} were up`} after ${states.toLocaleString('en')} states; allow more time, or check parts of the network on their own`;
    case 'stopped':
      return `it was stopped after ${states.toLocaleString('en')} states`;
    case 'buffer': {
      const queues = undecided.channels.map(([sender, receiver]) => `from ${sender} to ${receiver}`);
      const which =
        queues.length === 0
          ? 'a queue'
          : `the queue${queues.length > 1 ? 's' : ''} ${queues.slice(0, 3).join(', ')}${queues.length > 3 ? ' and others' : ''}`;
      return `${which} may hold more than ${buffer} message${buffer === 1 ? '' : 's'}; allow longer queues, or say with \`buffer ${buffer}\` behind the network’s name that they hold no more`;
    }
    case 'unknown':
      return 'something takes part of which nothing is known: a place that can’t be projected, a name that is not there, calls that wait for each other deeper than two, or loops and families that are too long to be written out';
  }
}

/** How far the exploration of a bounded verdict went, by the one bound that it met. */
export function boundOf({ undecided, states, buffer }: Pick<Verdict, 'undecided' | 'states' | 'buffer'>): string {
  const bound = undecided?.bound;
  const counted = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'state' : 'states'}`;
  switch (undecided?.reason) {
    case 'buffer':
      return `up to ${bound ?? buffer} ${(bound ?? buffer) === 1 ? 'message' : 'messages'} a queue`;
    case 'time':
      return `up to ${counted(states)}${bound === undefined ? '' : `, in ${seconds(bound)}`}`;
    case 'unknown':
      return 'as far as it is known';
    case 'states':
      return `up to ${counted(bound ?? states)}`;
    case 'stopped':
    case undefined:
      return `up to ${counted(states)}`;
  }
}

function seconds(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'second' : 'seconds'}`;
}

/**
 * Whether an exploration was ended before its bounds were met, by the user or by a failure: another one may tell more.
 */
export function isUnfinished({ undecided, givenUp }: Verdict): boolean {
  return givenUp !== undefined || undecided?.reason === 'stopped';
}

/** The verdict of an exploration that the user stopped. */
export function stoppedVerdict(verdict: Verdict): Verdict {
  return verdict.undecided?.reason === 'time'
    ? { ...verdict, undecided: { ...verdict.undecided, reason: 'stopped' } }
    : verdict;
}

export interface NetworkResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * For which sizes of families, and values that bound something, something was found: ` with 2 and 3 members`, ` with 2
 * Mapper and 3 Reducer`, ` with rounds 2 and 3`.
 */
export function forSizes({ sizes }: Verdict): string {
  if (!sizes || sizes.length === 0) return '';
  const [only] = sizes[0] ?? [];
  if (only?.value && sizes.every((each) => each.length === 1))
    return ` with \`${only.name}\` ${listed(sizes.map((each) => String(each[0]?.size ?? 0)))}`;
  if (sizes.every((each) => each.length === 1))
    return ` with ${listed(sizes.map((each) => String(each[0]?.size ?? 0)))} ${sizes.length === 1 && sizes[0]?.[0]?.size === 1 ? 'member' : 'members'}`;
  return ` with ${listed(
    sizes.map((each) =>
      each.map(({ name, size, value }) => (value ? `\`${name}\` ${size}` : `${size} ${name}`)).join(' and '),
    ),
    'or',
  )}`;
}

// Where a run goes round and round: the same steps again and again, which need to be shown once.
import type { RunStep } from '../findings/run.js';
import { longestLoop } from './limits.js';

/** Steps that are done several times in a row. */
export interface Repetition {
  readonly start: number;
  /** How many steps one time round has. */
  readonly length: number;
  /** How often they are done in all; three times at least. */
  readonly times: number;
}

/**
 * Finds the repetitions of a run, from its start on, none upon another. No message leads out of one time round, or into
 * it.
 * Cost: the steps times the longest loop that is looked for
 */
export function repetitionsIn(steps: readonly RunStep[]): Repetition[] {
  const keys = keysOf(steps);
  const found: Repetition[] = [];
  for (let start = 0; start < steps.length;) {
    const longest = longestAt(keys, start, steps);
    if (longest) found.push(longest);
    start += longest ? longest.length * longest.times : 1;
  }
  return found;
}

/** A number for each step, the same for steps that do the same at the same place, with their other ends as far away. */
function keysOf(steps: readonly RunStep[]): number[] {
  const numbers = new Map<string, number>();
  return steps.map((step, index) => {
    const other = partnerOf(step);
    const key = `${step.text} ${step.uri} ${step.origin.start} ${other === undefined ? '' : other - index}`;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
}

/** The other end of a message that is sent and received. */
function partnerOf(step: RunStep): number | undefined {
  return step.kind === 'send' ? step.taken : step.kind === 'receive' ? step.sent : undefined;
}

/** The repetition that starts at a step and goes on for longest. */
function longestAt(keys: readonly number[], start: number, steps: readonly RunStep[]): Repetition | undefined {
  let best: Repetition | undefined;
  for (let length = 1; length <= longestLoop && start + 2 * length <= keys.length; length++) {
    if (keys[start] !== keys[start + length] || !isClosed(steps, start, length)) continue;
    let same = 0;
    while (start + length + same < keys.length && keys[start + same] === keys[start + length + same]) same++;
    const times = 1 + Math.floor(same / length);
    if (times > 2 && (!best || length * times > best.length * best.times)) best = { start, length, times };
  }
  return best;
}

/** Whether every message of some steps is sent and received within them. */
function isClosed(steps: readonly RunStep[], start: number, length: number): boolean {
  for (let i = start; i < start + length; i++) {
    const step = steps[i];
    if (step?.kind !== 'send' && step?.kind !== 'receive') continue;
    const other = partnerOf(step);
    if (other === undefined || other < start || other >= start + length) return false;
  }
  return true;
}

// Choreographies that go through numbers: loops over members of families, or up to a value that all know.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography } from '../ir/choreography.js';

const known = new WeakMap<Choreography, boolean>();

/** Whether something is done once for each of some numbers. Cost: linear, once */
export function goesThroughNumbers(choreography: Choreography): boolean {
  let found = known.get(choreography);
  if (found === undefined) {
    let any = false;
    walkBlock(choreography.body.statements, ({ kind }) => { any ||= kind === 'for' || kind === 'when'; });
    known.set(choreography, found = any);
  }
  return found;
}

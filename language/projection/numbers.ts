// Choreographies that go through numbers: loops over members of families, or up to a value that all know, and members
// that are picked.
import { walkBlock } from '../ir/choreography.js';
import type { Choreography, Statement } from '../ir/choreography.js';

const known = new WeakMap<Choreography, boolean>();

/** Whether a statement itself goes through numbers, or depends on one. */
export function isCounted(statement: Statement): boolean {
  return (
    statement.kind === 'for' ||
    statement.kind === 'when' ||
    (statement.kind === 'decision' && statement.pick !== undefined)
  );
}

/** Whether something is done once for each of some numbers. Cost: linear, once */
export function goesThroughNumbers(choreography: Choreography): boolean {
  let found = known.get(choreography);
  if (found === undefined) {
    let any = false;
    walkBlock(choreography.body.statements, (statement) => {
      any ||= isCounted(statement);
    });
    known.set(choreography, (found = any));
  }
  return found;
}

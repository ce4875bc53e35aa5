// Which steps of a run belong to a place in the source, and the other way round.
import type { Position, Range } from '../../protocol/places.js';
import type { Run } from '../../protocol/runs.js';

/** The steps and ends that stand on the line of a place, by their names in the page. */
export function stepsAt(run: Run, uri: string, position: Position): Set<string> {
  const all = [
    ...run.steps.map((step, i) => ({ keys: [`step-${i}`, `queue-${i}`], location: step.location })),
    ...run.ends.map((end, i) => ({ keys: [`end-${i}`], location: end.location })),
  ].filter(({ location }) => location?.uri === uri);
  const here = all.filter(({ location }) => location?.range.start.line === position.line);
  return new Set(here.flatMap(({ keys }) => keys));
}

/** Where a step or an end stands in the source. */
export function placeOf(run: Run, key: string): { uri: string; range: Range } | undefined {
  const [kind, index] = key.split('-');
  return (kind === 'end' ? run.ends : run.steps)[Number(index)]?.location;
}

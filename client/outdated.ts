// Projections of a server that is not there any more.
import type { ChoreographyProjection, Projections } from '../protocol/projections.js';

/** The projections of a text that may not be the newest any more; undefined where nothing was thought to be. */
export function outdated(answer: Projections, reason: string): Projections | undefined {
  const { choreographies, networks } = answer;
  if ([...choreographies, ...networks].every((each) => each.stale)) return undefined;
  const old = <T extends ChoreographyProjection>(each: T): T => (each.stale ? each : { ...each, stale: true, reason });
  return { ...answer, stale: true, reason, choreographies: choreographies.map(old), networks: networks.map(old) };
}

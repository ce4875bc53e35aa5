// Whether a process does what its projection does, in another order: in every run among the other projections, it
// exchanges the same messages.
import { offersOf, stable } from './conformance.js';
import type { Exploration } from '../model/exploration.js';
import type { LocalState, System } from '../model/system.js';
import { mostMessagesAhead, mostPlacesAhead } from '../limits.js';

/** Where the projection may be, and by which messages the process is ahead of it, or behind. */
interface Alternative {
  readonly at: LocalState;
  readonly ahead: ReadonlyMap<string, number>;
}

interface Exchange {
  readonly kind: string;
  readonly peer: string;
  readonly label: string;
}

/**
 * Whether a process exchanges the same messages as its projection, in another order. What its values keep it from doing
 * makes no difference.
 * @param machine the process, in what was explored
 * @param explored the runs of the process among the other projections, to the end and without errors
 * @param expected the first state of the projection, in the system of all projections
 * Cost: linear in the configurations and the places of the projection that are reached together, `mostPlacesAhead` of
 * these at most
 */
export function isReordered(
  machine: number,
  explored: readonly Exploration[],
  designs: System,
  expected: LocalState,
): boolean {
  const runs = explored.find(({ machines }) => machines.includes(machine))?.exchanges(machine);
  if (!runs) return false;
  const keyOf = ({ at, ahead }: Alternative): string =>
    `${at.id} ${[...ahead]
      .map(([message, count]) => `${message}*${count}`)
      .sort()
      .join()}`;
  const size = (ahead: ReadonlyMap<string, number>): number =>
    [...ahead.values()].reduce((sum, count) => sum + Math.abs(count), 0);
  const moved = (
    ahead: ReadonlyMap<string, number>,
    { kind, peer, label }: Exchange,
    by: number,
  ): ReadonlyMap<string, number> => {
    const message = `${kind} ${peer} ${label}`;
    const next = new Map(ahead);
    const count = (next.get(message) ?? 0) + by;
    if (count === 0) next.delete(message);
    else next.set(message, count);
    return next;
  };
  let left = mostPlacesAhead;
  /** All that the projection may have done meanwhile. */
  const closed = (from: readonly Alternative[]): readonly Alternative[] | undefined => {
    const all = new Map(from.map((a) => [keyOf(a), a]));
    for (const { at, ahead } of all.values()) {
      for (const offer of offersOf(designs, at)) {
        const next = moved(ahead, offer, -1);
        if (size(next) > mostMessagesAhead) continue;
        for (const state of stable(designs, [offer.next], undefined)) {
          const made = { at: state, ahead: next };
          all.set(keyOf(made), made);
        }
      }
      if (--left < 0) return undefined;
    }
    return [...all.values()];
  };

  interface Place {
    readonly configuration: number;
    readonly design: readonly Alternative[];
    readonly key: string;
  }
  const open: Place[] = [];
  const seen = new Set<string>();
  const push = (configuration: number, design: readonly Alternative[], key: string): void => {
    const place = `${configuration}|${key}`;
    if (!seen.has(place)) open.push({ configuration, design, key });
    seen.add(place);
  };
  const keyOfAll = (design: readonly Alternative[]): string => design.map(keyOf).sort().join(';');
  const first = closed(stable(designs, [expected], undefined).map((at) => ({ at, ahead: new Map() })));
  if (!first) return false;
  for (const start of runs.starts) push(start, first, keyOfAll(first));
  for (const { configuration, design, key } of open) {
    const ways = runs.from(configuration);
    if (ways.length === 0 && !design.some(({ at, ahead }) => at.node.kind === 'end' && ahead.size === 0)) return false;
    for (const { to, message } of ways) {
      if (!message) {
        push(to, design, key);
        continue;
      }
      const next = closed(
        design
          .map(({ at, ahead }) => ({ at, ahead: moved(ahead, message, 1) }))
          .filter(({ ahead }) => size(ahead) <= mostMessagesAhead),
      );
      if (!next || next.length === 0) return false;
      push(to, next, keyOfAll(next));
    }
    if (--left < 0) return false;
  }
  return true;
}

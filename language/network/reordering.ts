// Whether a process does what its projection does, in another order: the same messages, whatever is decided and whatever comes.
import { offersOf, stable } from './conformance.js';
import type { Exploration } from './engine.js';
import type { LocalState, System } from './system.js';

/** So many messages the one may be ahead of the other. */
const mostAhead = 8;

/** More places, or ways to come there, are not looked at: then it counts as another exchange. */
const mostPlaces = 2000;

/** Where the projection may be, and by which messages the process is ahead of it, or behind. */
interface Alternative { readonly at: LocalState; readonly ahead: ReadonlyMap<string, number> }

/**
 * Whether a process exchanges the same messages as its projection, in another order.
 * @param actual the first state of the process, in its system
 * @param expected that of its projection
 * @param explored the places that the process reaches among the other projections
 * Cost: linear in the places of both that are reached together, `mostPlaces` at most
 */
export function isReordered(system: System, actual: LocalState, designs: System, expected: LocalState, explored: readonly Exploration[]): boolean {
  const isReached = ({ instance, nodeId }: LocalState): boolean => explored.some((e) => e.visited.get(instance.template)?.has(nodeId) === true);
  const isTaken = ({ instance, nodeId }: LocalState, option: number): boolean => explored.some((e) => e.taken.get(instance.template)?.has(`${nodeId}:${option}`) === true);
  const keyOf = ({ at, ahead }: Alternative): string => `${at.id} ${[...ahead].map(([message, count]) => `${message}*${count}`).sort().join()}`;
  const size = (ahead: ReadonlyMap<string, number>): number => [...ahead.values()].reduce((sum, count) => sum + Math.abs(count), 0);
  const moved = (ahead: ReadonlyMap<string, number>, message: string, by: number): ReadonlyMap<string, number> => {
    const next = new Map(ahead);
    const count = (next.get(message) ?? 0) + by;
    if (count === 0) next.delete(message);
    else next.set(message, count);
    return next;
  };
  /** All that the projection may have done meanwhile. */
  const closed = (from: readonly Alternative[]): readonly Alternative[] | undefined => {
    const all = new Map(from.map((a) => [keyOf(a), a]));
    for (const { at, ahead } of all.values()) {
      for (const offer of offersOf(designs, at)) {
        const next = moved(ahead, `${offer.kind} ${offer.peer} ${offer.label}`, -1);
        if (size(next) > mostAhead) continue;
        for (const state of stable(designs, [offer.next], undefined)) {
          const made = { at: state, ahead: next };
          all.set(keyOf(made), made);
        }
      }
      if (all.size > mostPlaces) return undefined;
    }
    return [...all.values()];
  };

  const open: { readonly own: LocalState; readonly design: readonly Alternative[] }[] = [];
  const seen = new Set<string>();
  const push = (states: readonly LocalState[], from: readonly Alternative[]): boolean => {
    const design = closed(from);
    if (!design || design.length === 0) return false;
    for (const own of states) {
      if (!isReached(own)) continue;
      const key = `${own.id}|${design.map(keyOf).sort().join(';')}`;
      if (!seen.has(key)) open.push({ own, design });
      seen.add(key);
    }
    return seen.size <= mostPlaces;
  };
  if (!push(stable(system, [actual], undefined), stable(designs, [expected], undefined).map((at) => ({ at, ahead: new Map() })))) return false;
  for (const { own, design } of open) {
    if (own.node.kind === 'end') {
      if (!design.some(({ at, ahead }) => at.node.kind === 'end' && ahead.size === 0)) return false;
      continue;
    }
    const { node } = own;
    for (const offer of offersOf(system, own)) {
      // What never comes makes no difference.
      if (node.kind === 'receive' && !node.options.some((o, i) => system.goto(own, o.next) === offer.next && isTaken(own, i))) continue;
      const next = design.map(({ at, ahead }) => ({ at, ahead: moved(ahead, `${offer.kind} ${offer.peer} ${offer.label}`, 1) })).filter(({ ahead }) => size(ahead) <= mostAhead);
      if (!push(stable(system, [offer.next], undefined), next)) return false;
    }
  }
  return true;
}

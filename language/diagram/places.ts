// Diagrams with places of another form.
import type { Item, Section, SequenceDiagram } from './sequence.js';
import type { StateDiagram } from './states.js';

/** A sequence diagram whose places are what `place` makes of them. Cost: linear */
export function placedSequence<P, Q>(
  { main, sections }: SequenceDiagram<P>,
  place: (place: P) => Q,
): SequenceDiagram<Q> {
  const item = (each: Item<P>): Item<Q> => {
    switch (each.kind) {
      case 'frame':
        return {
          ...each,
          place: place(each.place),
          parts: each.parts.map((part) => ({ ...part, place: place(part.place), items: part.items.map(item) })),
        };
      case 'call':
      case 'jump':
      case 'message':
      case 'step':
        return { ...each, place: place(each.place) };
    }
  };
  const section = (each: Section<P>): Section<Q> => ({
    ...each,
    place: place(each.place),
    items: each.items.map(item),
    lanes: each.lanes.map((lane) => ({ ...lane, place: place(lane.place) })),
  });
  return { main, sections: Object.fromEntries(Object.entries(sections).map(([key, each]) => [key, section(each)])) };
}

/** Graphs of states whose places are what `place` makes of them. Cost: linear */
export function placedGraph<P, Q>({ name, roles }: StateDiagram<P>, place: (place: P) => Q): StateDiagram<Q> {
  return {
    name,
    roles: roles.map(({ role, index, states, transitions, problem }) => ({
      role,
      index,
      states: states.map(({ kind, place: at }) => ({ kind, ...(at === undefined ? {} : { place: place(at) }) })),
      transitions: transitions.map((each) => ({ ...each, place: place(each.place) })),
      ...(problem ? { problem: { ...problem, place: place(problem.place) } } : {}),
    })),
  };
}

// Which elements of a diagram belong to a place in the source, and which have a text. No page in here.
import { flat } from '../../language/diagram/shown.js';
import type { Drawing, Shown } from '../../language/diagram/shown.js';
import type { StateDiagram } from '../../protocol/diagrams.js';
import type { Location, Position } from '../../protocol/places.js';
import { contains } from './sync.js';

/** Whether a place is what the cursor is at: it stands on its line, or around it. */
function holds({ uri: own, range }: Location, uri: string, position: Position): boolean {
  return (
    own === uri &&
    (contains(range, position) || (range.start.line === position.line && range.end.line === position.line))
  );
}

/** The ids of what the cursor is at: messages and steps; where there are none, the innermost frame. */
export function litInSequence(items: readonly Shown<Location>[], uri: string, position: Position): Set<string> {
  const here = flat(items).filter(({ place }) => holds(place, uri, position));
  const small = here.filter((item) => item.kind !== 'frame' || !item.open);
  if (small.length > 0) return new Set(small.map(({ id }) => id));
  const innermost = here.at(-1);
  return new Set(innermost ? [innermost.id] : []);
}

/** The numbers of the states and transitions of each role that the cursor is at: the smallest places that hold it. */
export function litInStates(
  { roles }: StateDiagram,
  uri: string,
  position: Position,
): readonly { readonly states: ReadonlySet<number>; readonly transitions: ReadonlySet<number> }[] {
  const size = ({ range: { start, end } }: Location): number =>
    (end.line - start.line) * 100_000 + end.character - start.character;
  const all = roles
    .flatMap(({ states, transitions }) => [
      ...states.flatMap(({ place }) => place ?? []),
      ...transitions.map(({ place }) => place),
    ])
    .filter((place) => holds(place, uri, position));
  const smallest = Math.min(...all.map(size));
  const lit = (place: Location | undefined): boolean =>
    place !== undefined && holds(place, uri, position) && size(place) === smallest;
  return roles.map(({ states, transitions }) => ({
    states: new Set(states.flatMap(({ place }, i) => (lit(place) ? [i] : []))),
    transitions: new Set(transitions.flatMap(({ place }, i) => (lit(place) ? [i] : []))),
  }));
}

/** The ids of what has a text in it, from above to below; upper and lower case are the same. */
export function foundInSequence({ items }: Drawing<Location>, text: string): string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const has = (each: string): boolean => each.toLowerCase().includes(wanted);
  return flat(items)
    .filter((item) => {
      switch (item.kind) {
        case 'message':
          return has(item.text) || has(item.says);
        case 'step':
        case 'jump':
          return has(item.text);
        case 'frame':
          return has(item.title) || item.parts.some(({ title }) => has(title));
      }
    })
    .map(({ id }) => id);
}

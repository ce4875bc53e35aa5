// The merge on automata: a decision of others is merged by what the role can find out later, round loops and through
// calls. First all places that the role can come to are looked at; one where it can't go on says where the branches
// part. Then places that are alike are put together (Moore), so that a loop is gone round again instead of being
// unrolled.
import { readableName } from '../parameters/closure.js';
import { printType } from '../syntax/print.js';
import type { Automaton } from './automaton.js';
import { armKey, leafKey } from './behaviour.js';
import type { MergeConflict } from './merge.js';
import { closureOf } from './states.js';
import type { Fork, Head, Silent, State } from './states.js';
import { decisionKey, nodeOf, together } from './subsets.js';
import type { Pair, Place, Subsets, Way } from './subsets.js';
import { mostPlacesOfDecision } from './limits.js';

/** Where a decision can't be merged. */
export interface Parted {
  readonly conflict: MergeConflict;
  /** The branches that part; undefined where they do so in one branch alone, so that another decision is the reason. */
  readonly branches: readonly [number, number] | undefined;
}

export interface Determined {
  readonly start: Place;
  /** The places of the role from the start on, as far as the ends and loops that are known; the start first. */
  readonly places: readonly Place[];
  /** The number of a place, the same for those that are alike. */
  classOf(place: Place): number;
}

/**
 * The places that a role can come to from a decision on.
 * @param loops where the loops around begin: places that are like them go round these
 * @param solved other places whose code is there already; what comes after either is not looked at for errors
 * Cost: exponential in the states at worst, but bounded; mostly linear in the code around the decision
 */
export function determine(
  automaton: Automaton,
  subsets: Subsets,
  fork: Fork,
  loops: readonly Place[],
  solved: ReadonlySet<Place>,
): Determined | Parted | 'size' {
  const start = subsets.placeOf([fork.head]);
  const places = reach(subsets, [start], new Set([...loops, ...solved]), start);
  if (places.size > mostPlacesOfDecision) return 'size';
  for (const [place, from] of places) {
    const there = place !== start && (loops.includes(place) || solved.has(place));
    const move = there ? undefined : subsets.moveOf(place);
    if (move?.kind === 'failed') return parted(automaton, subsets, fork, places, place, from, move.pair);
  }
  // A round may be like what comes first; it is looked at where it is not long.
  const most = 2 * places.size + 20;
  const all = reach(subsets, [start, ...loops], solved, start, most);
  const complete = all.size <= most;
  const classes = classesOf(
    subsets,
    complete ? [...all.keys()] : [...places.keys()],
    new Set([...solved, ...(complete ? [] : loops)].filter((place) => place !== start)),
  );
  return { start, places: [...places.keys()], classOf: (place) => classes.get(place) ?? -1 };
}

interface From {
  readonly place: Place;
  readonly index: number;
}

/**
 * Breadth first; each place with the one that it was found from. Places to stop at are reached, but not gone on from.
 */
function reach(
  subsets: Subsets,
  roots: readonly Place[],
  stops: ReadonlySet<Place>,
  start: Place,
  most = mostPlacesOfDecision,
): Map<Place, From | undefined> {
  const found = new Map<Place, From | undefined>(roots.map((root) => [root, undefined]));
  for (const place of found.keys()) {
    if (found.size > most) break;
    if (stops.has(place) && place !== start) continue;
    nextPlaces(subsets, place).forEach((to, index) => {
      if (!found.has(to)) found.set(to, { place, index });
    });
  }
  return found;
}

/** The places after one, in the order of its move. */
export function nextPlaces(subsets: Subsets, place: Place): readonly Place[] {
  const move = subsets.moveOf(place);
  switch (move.kind) {
    case 'do':
      return [move.to];
    case 'receive':
      return move.ways.map((way) => way.to);
    case 'decide':
      return move.to;
    case 'end':
    case 'gap':
    case 'failed':
      return [];
  }
}

/** The same in an order that does not depend on where messages stand. */
function nextByLabel(subsets: Subsets, place: Place): readonly Place[] {
  const move = subsets.moveOf(place);
  return move.kind === 'receive' ? byLabel(move.ways).map((way) => way.to) : nextPlaces(subsets, place);
}

function byLabel(ways: readonly Way[]): readonly Way[] {
  return [...ways].sort((a, b) => ((a.arm.label?.text ?? '') < (b.arm.label?.text ?? '') ? -1 : 1));
}

/** Numbers for places, the same for those from which the same is done. `opaque` ones are like no other. */
function classesOf(subsets: Subsets, places: readonly Place[], opaque: ReadonlySet<Place>): Map<Place, number> {
  let classes = number(places, (place) => (opaque.has(place) ? `known ${place.key}` : actionKey(subsets, place)));
  for (let count = new Set(classes.values()).size; ;) {
    const next = number(
      places,
      (place) =>
        `${classes.get(place) ?? ''} ${
          opaque.has(place)
            ? ''
            : nextByLabel(subsets, place)
                .map((to) => classes.get(to) ?? '')
                .join()
        }`,
    );
    const size = new Set(next.values()).size;
    subsets.work += places.length;
    classes = next;
    if (size === count) return classes;
    count = size;
  }
}

function number(places: readonly Place[], keyOf: (place: Place) => string): Map<Place, number> {
  const numbers = new Map<string, number>();
  return new Map(
    places.map((place) => {
      const key = keyOf(place);
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return [place, known];
    }),
  );
}

/** What is done at a place, whatever comes then. */
function actionKey(subsets: Subsets, place: Place): string {
  const move = subsets.moveOf(place);
  switch (move.kind) {
    case 'end':
      return 'end';
    case 'gap':
    case 'failed':
      return `${move.kind} ${place.key}`;
    case 'do':
      return `do ${leafKey(move.leaf.action)}`;
    case 'decide':
      return `decide ${decisionKey(move.decision)}`;
    case 'receive':
      return `receive ${byLabel(move.ways)
        .map(
          ({ arm, copies }) =>
            `${armKey(arm)}${arm.types.map(printType).join()}${copies.map((copy) => leafKey(copy.action)).join()}`,
        )
        .join(';')}`;
  }
}

/** Where the branches part: at a place that was found first, so that no decision in between is the reason. */
function parted(
  automaton: Automaton,
  subsets: Subsets,
  fork: Fork,
  places: ReadonlyMap<Place, From | undefined>,
  place: Place,
  from: From | undefined,
  pair: Pair,
): Parted {
  const way: From[] = [];
  for (let step = from; step; step = places.get(step.place)) way.unshift(step);
  // The states of each branch alone, along the same way.
  const own = fork.starts.map((start) => {
    let heads = within(automaton, [start], (way[0]?.place ?? place).heads, fork.head);
    way.forEach((step, i) => {
      heads = within(automaton, after(subsets, step, heads), (way[i + 1]?.place ?? place).heads);
    });
    return heads;
  });
  let last: MergeConflict['after'];
  for (const step of way) {
    const move = subsets.moveOf(step.place);
    const arm = move.kind === 'receive' ? move.ways[step.index]?.arm : undefined;
    if (arm) last = { label: arm.label, into: arm.into, sender: arm.sender };
  }
  const found = twoBranches(own, pair, automaton);
  const { left, right, reason } = found?.pair ?? pair;
  const [obstacle] = [left, right].flatMap((head) => {
    const why = head.kind === 'call' ? automaton.obstacleOf(head) : undefined;
    return head.kind === 'call' && why !== undefined
      ? [{ callee: readableName(head.call.callee.text), reason: why }]
      : [];
  });
  return {
    conflict: {
      left: nodeOf(left),
      right: nodeOf(right),
      reason,
      ...(last ? { after: last } : {}),
      ...(obstacle ? { obstacle } : {}),
    },
    branches: found?.branches,
  };
}

/** The states that lead on by one step from these. */
function after(subsets: Subsets, { place, index }: From, heads: readonly Head[]): State[] {
  const move = subsets.moveOf(place);
  const label = move.kind === 'receive' ? move.ways[index]?.arm.label?.text : undefined;
  return heads.flatMap((head): readonly State[] => {
    switch (head.kind) {
      case 'do':
      case 'call':
        return [head.next];
      case 'receive':
        return head.arm.label?.text === label ? [head.next] : [];
      case 'decide':
        return head.next.slice(index, index + 1);
      case 'end':
      case 'gap':
        return [];
    }
  });
}

/** Where some states lead to, as far as that is in a place: what is passed there is passed. */
function within(automaton: Automaton, states: readonly State[], all: readonly Head[], except?: Silent): Head[] {
  const through = new Map<State, State>();
  let closure = closureOf(states, except);
  for (let size = -1; size < through.size;) {
    size = through.size;
    for (const head of closure.heads) {
      const inside = all.includes(head)
        ? undefined
        : head.kind === 'call'
          ? automaton.unfold(head)
          : automaton.liveness.passable(head);
      if (inside) through.set(head, inside);
    }
    closure = closureOf(states, except, through);
  }
  const heads: readonly Head[] = closure.idle ? [...closure.heads, automaton.end] : closure.heads;
  return heads.filter((head) => all.includes(head));
}

/** Two states of different branches that don't go together, and that are not both in one branch. */
function twoBranches(
  own: readonly (readonly Head[])[],
  pair: Pair,
  automaton: Automaton,
): { readonly pair: Pair; readonly branches: readonly [number, number] } | undefined {
  const alone = (one: Head, two: Head): boolean => own.some((heads) => heads.includes(one) && heads.includes(two));
  for (let j = 1; j < own.length; j++) {
    for (let i = 0; i < j; i++) {
      for (const left of own[i] ?? []) {
        for (const right of own[j] ?? []) {
          const same = pair.reason === 'payload' ? !isPair(pair, left, right) : together(left, right, automaton);
          if (!same && !alone(left, right)) return { pair: { left, right, reason: pair.reason }, branches: [i, j] };
        }
      }
    }
  }
  return undefined;
}

function isPair(pair: Pair, left: Head, right: Head): boolean {
  return (pair.left === left && pair.right === right) || (pair.left === right && pair.right === left);
}

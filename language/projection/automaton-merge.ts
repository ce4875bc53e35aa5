// Decisions that a role finds out about late: merged on the automaton of all that it does, where the merge of what
// stands in their branches fails. The automaton is made once for a role, for the first such decision.
import type { Call, Decision, Rec, While } from '../ir/choreography.js';
import type { Hole } from '../ir/process.js';
import type { Scope } from '../scoping/scope.js';
import type { Automaton } from './automaton.js';
import { append, cons, continues } from './behaviour.js';
import type { List, Loop } from './behaviour.js';
import { determine } from './determinise.js';
import { endingsOfStatement } from './endings.js';
import type { Merging, MergeConflict } from './merge.js';
import { restructure } from './restructure.js';
import { closureOf } from './states.js';
import type { State } from './states.js';
import { Subsets } from './subsets.js';
import type { Place } from './subsets.js';
import { mostStatesLooked } from './limits.js';

export interface LoopAround {
  readonly statement: Rec | While;
  readonly loop: Loop;
}

/** `closed`: the code has taken in all that follows. */
export type LateMerge =
  | { readonly list: List; readonly closed: boolean }
  /** The branches part here. */
  | { readonly reason: 'parted'; readonly conflict: MergeConflict; readonly branches: readonly [number, number] }
  /** Another decision does not merge, and is told itself. */
  | { readonly reason: 'another' }
  /** It was not decided within the bounds, or would be too large to write out. */
  | { readonly reason: 'bounds' | 'size' };

export class AutomatonMerging {
  private readonly places: Subsets;
  /** The code from later decisions on, with all that follows them. */
  private readonly solved = new Map<Place, { readonly list: List; readonly loops: readonly LoopAround[] }>();

  constructor(
    private readonly automaton: Automaton,
    private readonly merging: Merging,
    private readonly scope: Scope,
  ) {
    this.places = new Subsets(automaton);
  }

  /**
   * Merges a decision of others, or their loop, or what a call leads to, of the outermost choreography.
   * @param loops the loops around that the code can go round, innermost first
   * @param follow the code of what follows the decision
   * Cost: see `determine`; what was found out for one decision is kept for the next
   */
  merge(statement: Decision | While | Call, loops: readonly LoopAround[], follow: () => List): LateMerge {
    const { automaton, places } = this;
    const fork = automaton.forkOf(statement);
    if (!fork || places.work > mostStatesLooked) return { reason: 'bounds' };
    const after = places.placeOf([fork.follow]);
    const around = loops.flatMap((each) => {
      const state = automaton.headOf(each.statement);
      return state ? [{ ...each, state, place: places.placeOf([state]) }] : [];
    });
    // Code that goes round loops stands in these loops only.
    const solved = new Map(
      [...this.solved].flatMap(([place, { list, loops: own }]) =>
        own.every(({ loop }) => loops.some((around) => around.loop === loop)) ? [[place, list] as const] : [],
      ),
    );
    const determined = determine(
      automaton,
      places,
      fork,
      around.map((loop) => loop.place),
      new Set([after, ...solved.keys()]),
    );
    if (determined === 'size') return { reason: 'bounds' };
    if (!('start' in determined)) {
      const { conflict, branches } = determined;
      return branches ? { reason: 'parted', conflict, branches } : { reason: 'another' };
    }
    // Threads and numbers are no part of an automaton.
    if (determined.places.some(({ heads }) => heads.some((head) => head.kind === 'gap' && head.beyond)))
      return { reason: 'bounds' };
    // Where it makes no difference at all, nothing is done, unless it is this decision that what follows comes to
    // first.
    const isStart = (place: Place, state: State): boolean =>
      determined.classOf(place) === determined.classOf(determined.start) && !closureOf([state]).passed.has(fork.head);
    // What follows is come to by way of a loop where the decision itself never ends: then it is written out.
    const { ends: falls } = endingsOfStatement(statement, this.scope);
    if (isStart(after, fork.follow))
      return falls ? { list: undefined, closed: false } : { list: follow(), closed: true };
    const begun = around.find(({ place, state }) => isStart(place, state));
    if (begun)
      return {
        list: cons(
          {
            kind: 'leaf',
            action: {
              kind: 'continue',
              loop: begun.loop,
              origins: [statement.kind === 'call' ? statement.origin : statement.head],
            },
          },
          undefined,
        ),
        closed: false,
      };
    const part = restructure(
      determined,
      places,
      { follow: after, falls, loops: around, code: follow, solved },
      this.merging,
    );
    if (!part) return { reason: 'size' };
    const list = part.closed ? part.list : append(part.list, follow());
    this.solved.set(determined.start, { list, loops: loops.filter(({ loop }) => continues(list, loop)) });
    return part;
  }

  /** From here on, a decision is a gap: what merges with it is not looked at. */
  giveUp(statement: Decision | While | Call, action: Hole): void {
    this.automaton.giveUp(statement, action);
    this.places.forget();
    this.solved.clear();
  }
}

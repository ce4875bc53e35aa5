// Which values are still used on the ways from a state of a role's automaton, and which states make no difference.
import { nextOf, reads, resolve, usesOf } from './states.js';
import type { State } from './states.js';
import { namesOfTarget } from '../ir/target.js';

export class Liveness {
  private live = new Map<string, boolean>();
  /** The decisions of which it is being found out whether they make a difference. */
  private readonly asked = new Set<State>();

  /** States lead elsewhere now. */
  forget(): void {
    this.live = new Map();
  }

  /**
   * Where a state leads to that does nothing but set variables that are not used afterwards; undefined where it does
   * more.
   */
  passable(state: State): State | undefined {
    if (state.kind === 'do') {
      const { action } = state.leaf;
      const idle =
        state.pure &&
        (action.kind === 'effect' ||
          (action.kind === 'assignment' &&
            !namesOfTarget(action.into).some(({ text }) => this.isLive(state.next, text))));
      return idle ? state.next : undefined;
    }
    if (state.kind !== 'decide' || !state.pure || this.asked.has(state)) return undefined;
    // A decision between ways that all do nothing of consequence, and go on at one place.
    this.asked.add(state);
    const ends = new Set(state.next.map((way) => this.past(way)));
    this.asked.delete(state);
    const [end] = ends;
    return ends.size === 1 && end !== state ? end : undefined;
  }

  private past(state: State): State {
    const seen = new Set<State>();
    let at = resolve(state);
    for (let to = this.passable(at); to && !seen.has(at); to = this.passable(at)) {
      seen.add(at);
      at = resolve(to);
    }
    return at;
  }

  /**
   * Whether the value that a variable has in a state is still used, on some way from there. Cost: linear in the states,
   * times the variables that it goes into.
   */
  isLive(state: State, variable: string): boolean {
    const key = `${state.id} ${variable}`;
    const known = this.live.get(key);
    if (known !== undefined) return known;
    // Pairs of states and variables: a value that only goes into another variable is used if that is.
    const seen = new Map<string, readonly [State, string]>([[key, [state, variable]]]);
    let found = false;
    for (const [at, name] of seen.values()) {
      const use = usesOf(at);
      const read = use.reads.some((expr) => reads(expr, name));
      const kept = read && at.kind === 'do' && at.pure ? use.writes : [];
      if (read && !(at.kind === 'do' && at.pure)) {
        found = true;
        break;
      }
      for (const next of nextOf(at)) {
        for (const to of [...(use.writes.includes(name) ? [] : [name]), ...kept])
          seen.set(`${next.id} ${to}`, [next, to]);
      }
    }
    this.live.set(key, found);
    return found;
  }
}

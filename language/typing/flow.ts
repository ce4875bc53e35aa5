// Definite assignment: which variables have a value at a point, on every path that leads there.
import type { TextRange } from '../ir/expression.js';
import type { Way, MaybeUnassigned } from '../findings/typing.js';
import type { Type } from './types.js';
import { writeType } from './write.js';

/** A way through a decision. */
export interface Path {
  run(): void;
  /** How it is told from the others. */
  way(): Way;
  /** The block that is gone through, where it is written. */
  readonly place?: TextRange;
}

/** Why a variable may have no value: a path that gives it none, with its block. */
export interface Reason {
  readonly way: Way;
  readonly place?: TextRange;
}

export interface Flow<V> {
  assign(variable: V): void;
  has(variable: V): boolean;
  /** Why a variable may have no value, where that is known. */
  reason(variable: V): Reason | undefined;
  /** Lets that be known of a path that was gone through before. */
  explain(variable: V, reason: Reason): void;
  /** Whether this point can be reached. */
  readonly dead: boolean;
  /** Nothing after this point is reached from here. */
  leave(): void;
  /** Goes through a loop that may be left by its name: what is assigned on all ways out of it is assigned after. */
  loop(name: string, run: () => void): void;
  /** Goes on behind the innermost loop of that name. */
  exit(name: string): void;
  /** Goes through all paths; what all of them that go on assign is assigned after. */
  fork(paths: readonly Path[]): void;
  /**
   * Goes through branches that go on at the same time: all are over after, and what one assigns no other knows.
   * `isOwn`: several have a variable of that name for themselves, which none has after. `beside`: why what one assigns
   * has no value in another.
   */
  together(runs: readonly (() => void)[], isOwn: (variable: V) => boolean, beside?: Way): void;
}

/** A way that goes on, with what it assigns. */
interface Live<V> extends Pick<Path, 'way' | 'place'> {
  readonly added: readonly V[];
  readonly from: number;
  readonly until: number;
}

/**
 * @param common what is assigned besides where several ways lead on, of which each assigns some
 * @returns a flow in which nothing is assigned. Cost of a fork: linear in the assignments inside it
 */
export function createFlow<V>(common?: (ways: readonly (readonly V[])[]) => readonly V[]): Flow<V> {
  const assigned = new Set<V>();
  const trail: V[] = [];
  const reasons = new Map<V, Reason & { readonly stamp: number }>();
  let stamp = 0;
  let dead = false;
  const loops: { readonly name: string; readonly base: number; readonly exits: (readonly V[])[] }[] = [];
  /** What all ways assign is assigned after. */
  const join = (live: readonly Live<V>[]): void => {
    const counts = new Map<V, number>();
    for (const { added } of live) for (const variable of added) counts.set(variable, (counts.get(variable) ?? 0) + 1);
    let sets: readonly Set<V>[] | undefined;
    for (const [variable, count] of counts) {
      if (count === live.length) {
        assigned.add(variable);
        trail.push(variable);
        continue;
      }
      sets ??= live.map(({ added }) => new Set(added));
      const lacking = live[sets.findIndex((set) => !set.has(variable))];
      const known = reasons.get(variable);
      // A reason from inside the path is the more precise one.
      const inside = known && lacking && known.stamp >= lacking.from && known.stamp < lacking.until;
      if (lacking && !inside) reasons.set(variable, { way: lacking.way(), place: lacking.place, stamp: stamp++ });
    }
    if (!sets || !common) return;
    for (const variable of common(live.map(({ added }) => added))) {
      assigned.add(variable);
      trail.push(variable);
    }
  };
  return {
    get dead() {
      return dead;
    },
    has: (variable) => dead || assigned.has(variable),
    reason: (variable) => reasons.get(variable),
    explain(variable, reason) {
      reasons.set(variable, { ...reason, stamp: stamp++ });
    },
    leave() {
      dead = true;
    },
    loop(name, run) {
      const loop: { readonly name: string; readonly base: number; readonly exits: (readonly V[])[] } = {
        name,
        base: trail.length,
        exits: [],
      };
      const from = stamp++;
      loops.push(loop);
      run();
      loops.pop();
      if (loop.exits.length === 0) return;
      const own = trail.splice(loop.base);
      for (const variable of own) assigned.delete(variable);
      join(
        [...loop.exits, ...(dead ? [] : [own])].map((added) => ({
          added,
          way: () => ({ kind: 'left', loop: name }),
          from,
          until: stamp,
        })),
      );
      dead = false;
    },
    exit(name) {
      const loop = loops.findLast((each) => each.name === name);
      if (loop && !dead) loop.exits.push(trail.slice(loop.base));
      dead = true;
    },
    assign(variable) {
      if (assigned.has(variable)) return;
      assigned.add(variable);
      trail.push(variable);
    },
    fork(paths) {
      const base = trail.length;
      const before = dead;
      const live: Live<V>[] = [];
      for (const path of paths) {
        const from = stamp++;
        dead = before;
        path.run();
        const added = trail.splice(base);
        for (const variable of added) assigned.delete(variable);
        if (!dead) live.push({ added, way: () => path.way(), place: path.place, from, until: stamp });
      }
      dead = before || live.length === 0;
      join(live);
    },
    together(runs, isOwn, beside) {
      const base = trail.length;
      const before = dead;
      let stops = before;
      const all: V[] = [];
      for (const run of runs) {
        dead = before;
        if (beside) for (const variable of all) if (!isOwn(variable)) this.explain(variable, { way: beside });
        run();
        const added = trail.splice(base);
        for (const variable of added) assigned.delete(variable);
        all.push(...added);
        stops ||= dead;
      }
      dead = stops;
      for (const variable of all) {
        if (isOwn(variable)) this.explain(variable, { way: { kind: 'threads' } });
        else this.assign(variable);
      }
    },
  };
}

/** Why a variable has no value, and its type, as findings tell it. */
export function unassigned(reason: Reason | undefined, type: Type): Pick<MaybeUnassigned, 'reason' | 'type'> {
  const written = writeType(type, 'string');
  return {
    ...(reason ? { reason: { way: reason.way, ...(reason.place ? { place: reason.place } : {}) } } : {}),
    ...(written === undefined ? {} : { type: written }),
  };
}

// What the slow explorer finds of runs that never end.
import type { Config, Explored, SlowResult, Step } from './slow.js';

type Waiting = (c: Config) => readonly { readonly mover: string; readonly rests: boolean }[];

/**
 * @param waiting the threads that have not ended in a configuration, and whether they may stay where they are
 * @param queueOf what lies in a channel
 */
export function foreverOf(
  all: readonly Explored[],
  names: readonly string[],
  waiting: Waiting,
  queueOf: (c: Config, channel: string) => readonly unknown[],
): Pick<SlowResult, 'starving' | 'unfairly' | 'unreceived'> {
  /** Whether something can never happen any more, going backwards from where it does. */
  const never = (happens: (step: Step<number>) => boolean, matters: (c: number) => boolean): boolean => {
    const can = all.map((e) => e.next.some(happens));
    for (let changed = true; changed;) {
      changed = false;
      all.forEach((e, i) => {
        if (!can[i] && e.next.some((n) => can[n.to])) can[i] = changed = true;
      });
    }
    return all.some((_, i) => matters(i) && !can[i]);
  };
  const there = all.map((e) => waiting(e.config));
  const movers = [...new Set(there.flatMap((each) => each.map(({ mover }) => mover)))];
  const roleOf = (mover: string): string => mover.split('/')[0] ?? '';
  const active = there.map((each) => new Set(each.flatMap(({ mover, rests }) => (rests ? [] : [mover]))));
  const moves = all.map((e) => new Set(e.next.flatMap((n) => n.movers)));

  /** A circle of configurations in which one waits, and every other moves or can't move in one of them. */
  const waitsUnfairly = (p: string): boolean => {
    const inside = all.map((_, i) => active[i]?.has(p) === true && moves[i]?.has(p) !== true);
    const reach = all.map((_, from) => {
      const found = new Set<number>();
      const work = inside[from] ? [from] : [];
      for (let at = work.pop(); at !== undefined; at = work.pop()) {
        for (const { to } of all[at]?.next ?? []) {
          if (!inside[to] || found.has(to)) continue;
          found.add(to);
          work.push(to);
        }
      }
      return found;
    });
    // The largest circle through a configuration is the fairest one.
    return all.some((_, from) => {
      if (!reach[from]?.has(from)) return false;
      const circle = [...reach[from]].filter((i) => reach[i]?.has(from));
      return movers.every((q) =>
        circle.some(
          (i) =>
            moves[i]?.has(q) !== true ||
            all[i]?.next.some((n) => n.movers.includes(q) && circle.includes(n.to)) === true,
        ),
      );
    });
  };

  return {
    starving: new Set(
      movers
        .filter((p) =>
          never(
            (e) => e.movers.includes(p),
            (c) => active[c]?.has(p) === true,
          ),
        )
        .map(roleOf),
    ),
    unfairly: new Set(movers.filter(waitsUnfairly).map(roleOf)),
    unreceived: names.some((a) =>
      names.some((b) =>
        never(
          (e) => e.took === `${a}>${b}`,
          (c) => queueOf((all[c] as Explored).config, `${a}>${b}`).length > 0,
        ),
      ),
    ),
  };
}

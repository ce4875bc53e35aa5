// An explorer of machines that is slow and obviously right: every interleaving, with nothing left out but what does not
// fit into the queues.
import type { Automaton, Transition } from '../../language/import/automaton.js';
import type { Channels } from '../../language/ir/process.js';

export interface SlowMachines {
  /**
   * Nobody can move and somebody has not ended; a machine can only receive, and the next messages are all wrong; a
   * message for one that ended.
   */
  readonly bad: boolean;
  /** After how many moves, at least, a rendezvous being one; Infinity where nothing is bad. */
  readonly soonest: number;
  /** From some configuration on, a machine that has not ended never moves, whatever happens. */
  readonly waiting: boolean;
  /** From some configuration on, a message is never taken, whatever happens. */
  readonly untaken: boolean;
  /** Some run, in which whoever can always move does so at some time, leaves a machine waiting for ever. */
  readonly unfair: boolean;
  /** Somewhere a machine can take a message from either of two others. */
  readonly choice: boolean;
  readonly cut: boolean;
}

interface Config {
  readonly states: readonly string[];
  readonly queues: Readonly<Record<string, readonly string[]>>;
}
interface Edge {
  readonly movers: readonly number[];
  readonly took?: string;
  readonly to: number;
}

export function slowlyOnMachines(
  system: readonly Automaton[],
  channels: Channels,
  buffer: number,
  most = 3000,
): SlowMachines {
  const names = system.map((a) => a.role);
  const sync = channels.kind === 'sync';
  const capacity = channels.kind === 'buffer' ? channels.size : Infinity;
  let cut = false;
  const moves = (c: Config, p: number): readonly Transition[] =>
    system[p]?.transitions.filter((t) => t.from === c.states[p]) ?? [];
  const put = (c: Config, changes: Readonly<Record<number, string>>, queue?: [string, readonly string[]]): Config => ({
    states: c.states.map((s, i) => changes[i] ?? s),
    queues: queue ? { ...c.queues, [queue[0]]: queue[1] } : c.queues,
  });
  const steps = (c: Config): { movers: number[]; took?: string; to: Config }[] =>
    names.flatMap((own, p) =>
      moves(c, p).flatMap((t) => {
        const other = names.indexOf(t.peer);
        if (t.way === 'send') {
          if (sync)
            return other === p
              ? []
              : moves(c, other)
                  .filter((r) => r.way === 'receive' && r.peer === own && r.label === t.label)
                  .map((r) => ({ movers: [p, other], to: put(c, { [p]: t.to, [other]: r.to }) }));
          const channel = `${own}>${t.peer}`;
          const queue = c.queues[channel] ?? [];
          if (queue.length >= capacity) return [];
          if (queue.length >= buffer) {
            cut = true;
            return [];
          }
          return [{ movers: [p], to: put(c, { [p]: t.to }, [channel, [...queue, t.label]]) }];
        }
        const channel = `${t.peer}>${own}`;
        const [head, ...rest] = c.queues[channel] ?? [];
        return sync || head !== t.label
          ? []
          : [{ movers: [p], took: channel, to: put(c, { [p]: t.to }, [channel, rest]) }];
      }),
    );
  const mayReceive = (p: number, from: string, state: string): boolean => {
    const seen = new Set([state]);
    for (const s of seen) for (const t of system[p]?.transitions ?? []) if (t.from === s) seen.add(t.to);
    return system[p]?.transitions.some((t) => seen.has(t.from) && t.way === 'receive' && t.peer === from) ?? false;
  };

  const all: { config: Config; next: Edge[] }[] = [
    { config: { states: system.map((a) => a.initial), queues: {} }, next: [] },
  ];
  const key = (c: Config): string =>
    JSON.stringify([
      c.states,
      Object.entries(c.queues)
        .filter(([, q]) => q.length > 0)
        .sort(),
    ]);
  const known = new Map([[key((all[0] as (typeof all)[number]).config), 0]]);
  let soonest = Infinity;
  let choice = false;
  const depths = [0];
  const limited: boolean[] = [];
  const isBad = (at: number): void => {
    soonest = Math.min(soonest, depths[at] ?? 0);
  };
  for (let at = 0; at < all.length; at++) {
    const { config, next } = all[at] as (typeof all)[number];
    if (all.length > most) {
      cut = true;
      break;
    }
    const before: boolean = cut;
    cut = false;
    const found = steps(config);
    limited[at] = cut;
    const ended = (p: number): boolean => moves(config, p).length === 0;
    if (found.length === 0 && !cut && names.some((_, p) => !ended(p))) isBad(at);
    cut ||= before;
    if (
      names.some(
        (_, p) => new Set(found.filter((s) => s.took !== undefined && s.movers[0] === p).map((s) => s.took)).size > 1,
      )
    )
      choice = true;
    names.forEach((own, p) => {
      const receives = moves(config, p);
      if (receives.length > 0 && receives.every((t) => t.way === 'receive') && !sync) {
        const senders = [...new Set(receives.map((t) => t.peer))];
        const isWrong = (from: string): boolean => {
          const head = config.queues[`${from}>${own}`]?.[0];
          return head !== undefined && !receives.some((t) => t.peer === from && t.label === head);
        };
        if (senders.every(isWrong)) isBad(at);
      }
      for (const from of names)
        if ((config.queues[`${from}>${own}`] ?? []).length > 0 && !mayReceive(p, from, config.states[p] ?? ''))
          isBad(at);
    });
    for (const { to, movers, took } of found) {
      let id = known.get(key(to));
      if (id === undefined) {
        id = all.length;
        known.set(key(to), id);
        depths[id] = (depths[at] ?? 0) + 1;
        all.push({ config: to, next: [] });
      }
      next.push({ movers, to: id, ...(took === undefined ? {} : { took }) });
    }
  }
  const reaching = (marked: (edge: Edge) => boolean): boolean[] => {
    const can = all.map((e) => e.next.some(marked));
    for (let changed = true; changed;) {
      changed = false;
      all.forEach((e, i) => {
        if (!can[i] && e.next.some((n) => can[n.to])) can[i] = changed = true;
      });
    }
    return can;
  };
  const waits = (id: number, p: number): boolean => moves((all[id] as (typeof all)[number]).config, p).length > 0;
  const waiting = names.some((_, p) => reaching((e) => e.movers.includes(p)).some((can, id) => !can && waits(id, p)));
  const untaken = names.some((a) =>
    names.some((b) => {
      const channel = `${a}>${b}`;
      return reaching((e) => e.took === channel).some(
        (can, id) => !can && (all[id]?.config.queues[channel] ?? []).length > 0,
      );
    }),
  );
  return {
    bad: soonest < Infinity,
    soonest,
    waiting,
    untaken,
    unfair: names.some((_, p) => goesRoundWithout(p)),
    choice,
    cut,
  };

  /**
   * Whether some strongly connected part has no move of p, which waits and can't move, and a move, or no need to, of
   * everybody else.
   */
  function goesRoundWithout(p: number): boolean {
    const canMove = (id: number, q: number): boolean =>
      (all[id] as (typeof all)[number]).next.some((e) => e.movers.includes(q));
    const inside = all.map((_, id) => waits(id, p) && !canMove(id, p));
    const reach = (from: number): Set<number> => {
      const seen = new Set<number>();
      const work = [from];
      for (let id = work.pop(); id !== undefined; id = work.pop()) {
        for (const e of all[id]?.next ?? []) {
          if (!inside[e.to] || seen.has(e.to)) continue;
          seen.add(e.to);
          work.push(e.to);
        }
      }
      return seen;
    };
    const reached = all.map((_, id) => (inside[id] ? reach(id) : new Set<number>()));
    return all.some((_, id) => {
      if (!reached[id]?.has(id)) return false;
      const members = [...(reached[id] ?? [])].filter((other) => reached[other]?.has(id));
      const movers = new Set(
        members.flatMap((m) => (all[m]?.next ?? []).filter((e) => members.includes(e.to)).flatMap((e) => e.movers)),
      );
      return names.every(
        (_, q) => q === p || movers.has(q) || members.some((m) => !canMove(m, q) && limited[m] !== true),
      );
    });
  }
}

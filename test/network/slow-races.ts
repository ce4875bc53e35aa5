// Who may come first, looked at slowly: every run in which no configuration comes twice, with who has seen a move
// written on machines and messages.
import type { Automaton, Transition } from '../../language/import/automaton.js';

interface Message {
  readonly label: string;
  readonly seen: boolean;
}
interface Config {
  readonly states: readonly string[];
  readonly seen: readonly boolean[];
  readonly queues: Readonly<Record<string, readonly Message[]>>;
}

/**
 * Whether a machine can take a message of either of two others, or could have, had it not taken the first: the other
 * one is sent by somebody who has not seen that it did.
 * @param most steps after which it gives up, and answers undefined
 */
export function slowlyRacing(system: readonly Automaton[], k: number, most = 20_000): boolean | undefined {
  const names = system.map((a) => a.role);
  const ways = (c: Config, p: number): readonly Transition[] =>
    system[p]?.transitions.filter((t) => t.from === c.states[p]) ?? [];
  const channelOf = (p: number, { way, peer }: Transition): string =>
    way === 'send' ? `${names[p]}>${peer}` : `${peer}>${names[p]}`;
  const queueOf = (c: Config, channel: string): readonly Message[] => c.queues[channel] ?? [];
  const isReady = (c: Config, p: number, t: Transition): boolean => {
    const queue = queueOf(c, channelOf(p, t));
    return t.way === 'send' ? queue.length < k : queue[0]?.label === t.label;
  };
  const step = (c: Config, p: number, t: Transition): Config => {
    const channel = channelOf(p, t);
    const [first, ...rest] = queueOf(c, channel);
    const seen = c.seen.map((s, q) => s || (q === p && t.way === 'receive' && first?.seen === true));
    return {
      states: c.states.map((s, q) => (q === p ? t.to : s)),
      seen,
      queues: {
        ...c.queues,
        [channel]: t.way === 'receive' ? rest : [...queueOf(c, channel), { label: t.label, seen: seen[p] === true }],
      },
    };
  };
  const next = (c: Config): [number, Transition][] =>
    names.flatMap((_, p) =>
      ways(c, p)
        .filter((t) => isReady(c, p, t))
        .map((t): [number, Transition] => [p, t]),
    );
  const key = (c: Config): string =>
    JSON.stringify([
      c.states,
      Object.entries(c.queues)
        .filter(([, q]) => q.length > 0)
        .map(([channel, q]) => [channel, q.map((m) => m.label)])
        .sort(),
    ]);
  let steps = 0;

  const comesAnyway = (c: Config, rival: string, labels: readonly string[], path: ReadonlySet<string>): boolean => {
    if (++steps > most || path.has(key(c))) return false;
    const longer = new Set([...path, key(c)]);
    return next(c).some(([p, t]) =>
      channelOf(p, t) === rival
        ? c.seen[p] !== true && labels.includes(t.label)
        : comesAnyway(step(c, p, t), rival, labels, longer),
    );
  };
  const races = (c: Config): boolean =>
    names.some((_, p) => {
      const all = ways(c, p).filter((t) => t.way === 'receive');
      const [taken, other] = all.filter((t) => isReady(c, p, t));
      if (!taken || other) return other !== undefined;
      const after = { ...step(c, p, taken), seen: names.map((_, q) => q === p) };
      return all.some((t) => {
        const rival = channelOf(p, t);
        return (
          queueOf(c, rival).length === 0 &&
          comesAnyway(
            after,
            rival,
            all.filter((o) => channelOf(p, o) === rival).map((o) => o.label),
            new Set(),
          )
        );
      });
    });

  const configs = [{ states: system.map((a) => a.initial), seen: names.map(() => false), queues: {} } as Config];
  const known = new Set(configs.map(key));
  for (const c of configs) {
    for (const [p, t] of next(c)) {
      const to = step(c, p, t);
      if (!known.has(key(to))) configs.push(to);
      known.add(key(to));
    }
    if (races(c)) return steps > most ? undefined : true;
    if (configs.length + steps > most) return undefined;
  }
  return false;
}

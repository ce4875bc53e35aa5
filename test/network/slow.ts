// An explorer that is slow and obviously right: every interleaving, on the actions themselves, with nothing left out.
// It knows sends, receives, choices, and `rec`s at the end of a process.
import type { Action, Network } from '../../language/ir/process.js';

export interface SlowResult {
  /** Some reachable configuration can't move (and has not ended), has a wrong label at a waiting receive, or a message for one that ended. */
  readonly bad: boolean;
  /** From some reachable configuration on, a process that waits never moves, or a message is never taken, whatever happens. */
  readonly hopeless: boolean;
  /** The first half of that alone. */
  readonly waiting: boolean;
  /** Some queue was kept from growing, or there were too many configurations. */
  readonly cut: boolean;
  readonly reached: ReadonlySet<Action>;
}

interface Config { conts: Action[][]; queues: Map<string, string[]> }

export function slowly(network: Network, buffer: number, states: number): SlowResult {
  const ids = new Map<Action, number>();
  const idOf = (a: Action): number => {
    const id = ids.get(a) ?? ids.size;
    ids.set(a, id);
    return id;
  };
  const names = network.processes.map((p) => p.name.text);
  const capacity = network.channels.kind === 'buffer' ? network.channels.size : Infinity;
  const sync = network.channels.kind === 'sync';
  const loops = network.processes.map(() => new Map<string, Action>());
  const keyOf = (c: Config): string => `${c.conts.map((k) => k.map(idOf).join('.')).join('|')}#${[...c.queues].filter(([, q]) => q.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, q]) => `${n}:${q.join(',')}`).join(';')}`;
  const reached = new Set<Action>();
  let cut = false;
  let bad = false;

  const after = (c: Config, p: number, cont: Action[], ...queues: [string, string[]][]): Config => ({
    conts: c.conts.map((k, i) => (i === p ? cont : k)), queues: new Map([...c.queues, ...queues]),
  });

  const steps = (c: Config): { mover: number; took?: string; to: Config }[] => {
    const result: { mover: number; took?: string; to: Config }[] = [];
    c.conts.forEach(([action, ...rest], p) => {
      if (!action) return;
      const own = names[p] as string;
      switch (action.kind) {
        case 'send': {
          const other = names.indexOf(action.receiver.text);
          const label = action.label?.name.text ?? '';
          if (sync) {
            const [waiting, ...left] = c.conts[other] ?? [];
            const branch = waiting?.kind === 'receive' && waiting.sender.text === own ? waiting.branches.find((b) => (b.label?.text ?? '') === label) : undefined;
            if (!branch) return;
            const sent = after(c, p, rest);
            const to = after(sent, other, [...branch.body.actions, ...left]);
            result.push({ mover: p, to }, { mover: other, to });
            return;
          }
          const channel = `${own}>${action.receiver.text}`;
          const queue = c.queues.get(channel) ?? [];
          if (queue.length >= capacity) return;
          if (queue.length >= buffer) cut = true;
          else result.push({ mover: p, to: after(c, p, rest, [channel, [...queue, label]]) });
          return;
        }
        case 'receive': {
          const channel = `${action.sender.text}>${own}`;
          const [head, ...queue] = c.queues.get(channel) ?? [];
          if (head === undefined || sync) return;
          const branch = action.branches.find((b) => (b.label?.text ?? '') === head);
          if (branch) result.push({ mover: p, took: channel, to: after(c, p, [...branch.body.actions, ...rest], [channel, queue]) });
          return;
        }
        case 'choice':
          for (const block of action.branches) result.push({ mover: p, to: after(c, p, [...block.actions, ...rest]) });
          return;
        case 'rec':
          loops[p]?.set(action.name.text, action);
          result.push({ mover: p, to: after(c, p, [...action.body.actions, ...rest]) });
          return;
        case 'continue': {
          const target = loops[p]?.get(action.name.text);
          if (target) result.push({ mover: p, to: after(c, p, [target]) });
          return;
        }
        default: throw new Error(`not for this explorer: ${action.kind}`);
      }
    });
    return result;
  };

  const start: Config = { conts: network.processes.map((p) => [...p.body.actions]), queues: new Map() };
  const all: { config: Config; next: { mover: number; took?: string; to: number }[] }[] = [{ config: start, next: [] }];
  const known = new Map([[keyOf(start), 0]]);
  for (const entry of all) {
    if (all.length > states) {
      cut = true;
      break;
    }
    const { config } = entry;
    for (const [first] of config.conts) if (first) reached.add(first);
    const before: boolean = cut;
    cut = false;
    const next = steps(config);
    if (next.length === 0 && !cut && config.conts.some((k) => k.length > 0)) bad = true;
    cut ||= before;
    config.conts.forEach(([action], p) => {
      const own = names[p] as string;
      if (action?.kind === 'receive') {
        const [head] = config.queues.get(`${action.sender.text}>${own}`) ?? [];
        if (head !== undefined && !action.branches.some((b) => (b.label?.text ?? '') === head)) bad = true;
        if (sync) {
          const [sending] = config.conts[names.indexOf(action.sender.text)] ?? [];
          if (sending?.kind === 'send' && sending.receiver.text === own && !action.branches.some((b) => (b.label?.text ?? '') === (sending.label?.name.text ?? ''))) bad = true;
        }
      }
      if (!action && names.some((other) => (config.queues.get(`${other}>${own}`) ?? []).length > 0)) bad = true;
      const target = action?.kind === 'send' ? config.conts[names.indexOf(action.receiver.text)] : undefined;
      if (sync && target?.length === 0) bad = true;
    });
    for (const { mover, took, to } of next) {
      const key = keyOf(to);
      let id = known.get(key);
      if (id === undefined) {
        known.set(key, id = all.length);
        all.push({ config: to, next: [] });
      }
      entry.next.push({ mover, took, to: id });
    }
  }

  /** Whether something can still happen, going backwards from where it does. */
  const never = (happens: (edge: { mover: number; took?: string }) => boolean, matters: (c: Config) => boolean): boolean => {
    const can = all.map((e) => e.next.some(happens));
    for (let changed = true; changed;) {
      changed = false;
      all.forEach((e, i) => {
        if (!can[i] && e.next.some((n) => can[n.to])) can[i] = changed = true;
      });
    }
    return all.some((e, i) => matters(e.config) && !can[i]);
  };
  const waiting = !cut && names.some((_, p) => never((e) => e.mover === p, (c) => (c.conts[p]?.length ?? 0) > 0));
  const hopeless = waiting || (!cut && names.some((a) => names.some((b) => never((e) => e.took === `${a}>${b}`, (c) => (c.queues.get(`${a}>${b}`) ?? []).length > 0))));
  return { bad, hopeless, waiting, cut, reached };
}

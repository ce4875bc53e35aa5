// An explorer that is slow and obviously right: every interleaving, on the actions themselves, with nothing left out. It knows
// sends, receives, loops, and decisions of which nothing is known. Calls must be written out before (see inline.ts).
import { behind, endOf, isEnd } from './loop-ends.js';
import type { Action, LocalGather, Network } from '../../language/ir/process.js';
import { sendersOf, walkActions } from '../../language/ir/process.js';
import { isAsked } from './flow.js';

export interface SlowResult {
  /** Some reachable configuration can't move (and has not ended), has a wrong label at a waiting receive, or a message for one that ended. */
  readonly bad: boolean;
  /** Those that, from some reachable configuration on, never move, whatever happens: they starve, though every loop is left that may be left. */
  readonly starving: ReadonlySet<string>;
  /** Those that wait for ever in some run that never ends: nobody is kept from moving in it who could, but decisions may always go one way. */
  readonly unfairly: ReadonlySet<string>;
  /** From some reachable configuration on, a message is never taken, whatever happens; in runs that end and in runs that do not. */
  readonly unreceived: boolean;
  /** Some queue was kept from growing, or there were too many configurations: then nothing is said of what happens for ever. */
  readonly cut: boolean;
  readonly reached: ReadonlySet<Action>;
}

/** `owed`: the labels of the messages that are still to be dropped, by channel. */
interface Config { conts: Action[][]; queues: Map<string, string[]>; owed: ReadonlyMap<string, readonly string[]> }

/** A step: those that take part in it, one process or the two of a rendezvous, and the channel that a message is taken from. */
interface Step<To> { readonly movers: readonly number[]; readonly took?: string; readonly to: To }

interface Explored { readonly config: Config; readonly next: Step<number>[] }

/**
 * @param buffer the most messages that a queue holds in what is explored, unless the network says less
 * @param states the most configurations
 */
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
  const loops = loopsOf(network);
  const listed = (lists: ReadonlyMap<string, readonly string[]>): string => [...lists].filter(([, q]) => q.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, q]) => `${n}:${q.join(',')}`).join(';');
  const keyOf = (c: Config): string => `${c.conts.map((k) => k.map(idOf).join('.')).join('|')}#${listed(c.queues)}#${listed(c.owed)}`;
  const reached = new Set<Action>();
  let cut = false;
  let bad = false;

  const after = (c: Config, p: number, cont: Action[], ...queues: [string, string[]][]): Config => ({
    conts: c.conts.map((k, i) => (i === p ? cont : k)), queues: new Map([...c.queues, ...queues]), owed: c.owed,
  });

  /** What is left of a gather once some have sent; undefined where it goes on. */
  const lefts = new Map<string, LocalGather>();
  const whoIsLeft = new Map<LocalGather, { readonly of: LocalGather; readonly taken: readonly number[] }>();
  const left = (action: LocalGather): { readonly of: LocalGather; readonly taken: readonly number[] } => whoIsLeft.get(action) ?? { of: action, taken: [] };
  /** The senders whose messages are taken next. */
  const awaited = (action: LocalGather): readonly (readonly [string, number])[] => {
    const { of, taken } = left(action);
    const open = of.senders.map(({ key }, i) => [key, i] as const).filter(([, i]) => !taken.includes(i));
    return of.quorum ? open : open.slice(0, 1);
  };
  const neededBy = ({ quorum, senders }: LocalGather): number => (!quorum ? senders.length : quorum.count?.kind === 'int' ? Number(quorum.count.text) : Math.floor(senders.length / 2) + 1);
  /** A process goes on once one more has sent; what it need not wait for is owed. */
  const gathered = (c: Config, p: number, action: LocalGather, number: number, rest: Action[], ...queues: [string, string[]][]): Config | undefined => {
    const { of, taken } = left(action);
    const now = [...taken, number].sort();
    if (now.length < neededBy(of)) {
      const key = `${idOf(of)} ${now.join()}`;
      const next = lefts.get(key) ?? { ...of };
      lefts.set(key, next);
      whoIsLeft.set(next, { of, taken: now });
      return after(c, p, [next, ...rest], ...queues);
    }
    const owed = new Map(c.owed);
    for (const [i, { key }] of of.senders.entries()) {
      if (now.includes(i)) continue;
      const channel = `${key}>${names[p]}`;
      const more = [...owed.get(channel) ?? [], of.label?.text ?? ''];
      if (more.length > buffer) {
        cut = true;
        return undefined;
      }
      owed.set(channel, more);
    }
    return { ...after(c, p, rest, ...queues), owed };
  };
  const owes = (c: Config, channel: string): string | undefined => c.owed.get(channel)?.[0];
  const dropped = (c: Config, channel: string, ...queues: [string, string[]][]): Config => ({
    conts: c.conts, queues: new Map([...c.queues, ...queues]), owed: new Map([...c.owed, [channel, (c.owed.get(channel) ?? []).slice(1)]]),
  });

  const steps = (c: Config): Step<Config>[] => {
    const result: Step<Config>[] = [];
    c.conts.forEach(([action, ...rest], p) => {
      if (!action) return;
      const own = names[p] as string;
      const go = (cont: Action[]): void => void result.push({ movers: [p], to: after(c, p, cont) });
      switch (action.kind) {
        case 'send': {
          const other = names.indexOf(action.receiver.key);
          const label = action.label?.name.text ?? '';
          const channel = `${own}>${action.receiver.key}`;
          if (sync) {
            const sent = after(c, p, rest);
            if (owes(c, channel) !== undefined) {
              if (owes(c, channel) === label) result.push({ movers: [p, other], to: dropped(sent, channel) });
              return;
            }
            const [waiting, ...left] = c.conts[other] ?? [];
            if (waiting?.kind === 'gather') {
              const number = awaited(waiting).find(([key]) => key === own)?.[1];
              const to = number === undefined || (waiting.label?.text ?? '') !== label ? undefined : gathered(sent, other, waiting, number, left);
              if (to) result.push({ movers: [p, other], to });
              return;
            }
            const branch = waiting?.kind === 'receive' ? waiting.branches.find((b) => b.sender.key === own && (b.label?.text ?? '') === label) : undefined;
            if (branch) result.push({ movers: [p, other], to: after(after(c, p, rest), other, [...branch.body.actions, ...left]) });
            return;
          }
          const queue = c.queues.get(channel) ?? [];
          if (queue.length >= capacity) return;
          if (queue.length >= buffer) cut = true;
          else result.push({ movers: [p], to: after(c, p, rest, [channel, [...queue, label]]) });
          return;
        }
        case 'receive': {
          if (sync) return;
          for (const { key } of sendersOf(action)) {
            const channel = `${key}>${own}`;
            if (owes(c, channel) !== undefined) continue;
            const [head, ...queue] = c.queues.get(channel) ?? [];
            const branch = action.branches.find((b) => b.sender.key === key && (b.label?.text ?? '') === head);
            if (branch) result.push({ movers: [p], took: channel, to: after(c, p, [...branch.body.actions, ...rest], [channel, queue]) });
          }
          return;
        }
        case 'gather': {
          if (sync) return;
          for (const [key, number] of awaited(action)) {
            const channel = `${key}>${own}`;
            if (owes(c, channel) !== undefined) continue;
            const [head, ...queue] = c.queues.get(channel) ?? [];
            const to = head === (action.label?.text ?? '') ? gathered(c, p, action, number, rest, [channel, queue]) : undefined;
            if (to) result.push({ movers: [p], took: channel, to });
          }
          return;
        }
        case 'choice': return action.branches.forEach((block) => go([...block.actions, ...rest]));
        case 'if':
          known(!isAsked(action.condition));
          go([...action.then.actions, ...rest]);
          return go([...action.else.actions, ...rest]);
        case 'match':
          known(!isAsked(action.value));
          for (const { body } of action.cases) go([...body.actions, ...rest]);
          if (action.else) go([...action.else.actions, ...rest]);
          return;
        case 'while':
          known(!isAsked(action.condition));
          go([...action.body.actions, action, ...rest]);
          return go(rest);
        case 'rec': return go([...action.body.actions, endOf(action), ...rest]);
        // What is left to do is what comes after the loop.
        case 'continue': return go([loops.get(action) as Action, ...behind(loops.get(action) as Action, rest)]);
        case 'for': case 'when': throw new Error(`not without sizes: ${action.kind}`);
        case 'leave': return go(isEnd(action) ? rest : behind(loops.get(action) as Action, rest));
        case 'effect': return go(rest);
        case 'assignment': case 'call': case 'hole': throw new Error(`not for this explorer: ${action.kind}`);
      }
    });
    for (const [channel, labels] of sync ? [] : c.owed) {
      const [head, ...queue] = c.queues.get(channel) ?? [];
      if (labels.length > 0 && head === labels[0]) result.push({ movers: [names.indexOf(channel.split('>')[1] ?? '')], took: channel, to: dropped(c, channel, [channel, queue]) });
    }
    return result;
  };

  /** A server that waits, with nothing that was sent to it. */
  const rests = (config: Config, p: number): boolean => network.processes[p]?.server === true && ['receive', 'gather'].includes(config.conts[p]?.[0]?.kind ?? '')
    && names.every((other) => (config.queues.get(`${other}>${names[p]}`) ?? []).length === 0);

  const look = (config: Config, next: readonly Step<Config>[], held: boolean): void => {
    if (next.length === 0 && !held && config.conts.some((k, p) => k.length > 0 && !rests(config, p))) bad = true;
    for (const [channel, [label]] of config.owed) {
      const [head] = config.queues.get(channel) ?? [];
      if (label !== undefined && head !== undefined && head !== label) bad = true;
    }
    config.conts.forEach(([action], p) => {
      const own = names[p] as string;
      const senders = action?.kind === 'gather' ? awaited(action) : [];
      const [only] = senders;
      if (action?.kind === 'gather' && only && senders.length === 1 && owes(config, `${only[0]}>${own}`) === undefined) {
        const wanted = action.label?.text ?? '';
        const [head = wanted] = config.queues.get(`${only[0]}>${own}`) ?? [];
        const [sending] = config.conts[names.indexOf(only[0])] ?? [];
        if (head !== wanted || (sync && sending?.kind === 'send' && sending.receiver.key === own && (sending.label?.name.text ?? '') !== wanted)) bad = true;
      }
      if (action?.kind === 'receive' && sendersOf(action).every(({ key }) => owes(config, `${key}>${own}`) === undefined)) {
        // Where it waits for several, another one may still bring what it takes.
        const [from, ...others] = sendersOf(action);
        const [head] = config.queues.get(`${from?.key}>${own}`) ?? [];
        if (others.length === 0 && head !== undefined && !action.branches.some((b) => (b.label?.text ?? '') === head)) bad = true;
        if (sync && others.length === 0) {
          const [sending] = config.conts[names.indexOf(from?.key ?? '')] ?? [];
          if (sending?.kind === 'send' && sending.receiver.key === own && !action.branches.some((b) => (b.label?.text ?? '') === (sending.label?.name.text ?? ''))) bad = true;
        }
      }
      if (!action && names.some((other) => (config.queues.get(`${other}>${own}`) ?? []).length > (config.owed.get(`${other}>${own}`) ?? []).length)) bad = true;
      const target = action?.kind === 'send' ? config.conts[names.indexOf(action.receiver.key)] : undefined;
      if (sync && target?.length === 0 && action?.kind === 'send' && owes(config, `${own}>${action.receiver.key}`) !== (action.label?.name.text ?? '')) bad = true;
    });
  };

  const start: Config = { conts: network.processes.map((p) => [...p.body.actions]), queues: new Map(), owed: new Map() };
  const all: Explored[] = [{ config: start, next: [] }];
  const seen = new Map([[keyOf(start), 0]]);
  let whole = true;
  for (const { config, next } of all) {
    if (all.length > states) {
      whole = false;
      break;
    }
    for (const [first] of config.conts) if (first) reached.add(first);
    cut = false;
    const found = steps(config);
    look(config, found, cut);
    if (cut) whole = false;
    for (const { movers, took, to } of found) {
      const key = keyOf(to);
      let id = seen.get(key);
      if (id === undefined) {
        seen.set(key, id = all.length);
        all.push({ config: to, next: [] });
      }
      next.push({ movers, took, to: id });
    }
  }
  const forEver = whole ? foreverOf(all, names, rests) : { starving: new Set<string>(), unfairly: new Set<string>(), unreceived: false };
  return { bad, ...forEver, cut: !whole, reached };
}

function known(is: boolean): void {
  if (is) throw new Error('not for this explorer: a decision by a value that is known');
}

/** The loop that each `continue` goes back to, and each `leave` leaves. */
function loopsOf(network: Network): ReadonlyMap<Action, Action> {
  const loops = new Map<Action, Action>();
  for (const { body } of network.processes) {
    walkActions(body.actions, (loop) => {
      if (loop.kind !== 'rec') return;
      // Inner loops are met later: theirs win.
      walkActions(loop.body.actions, (a) => { if ((a.kind === 'continue' || a.kind === 'leave') && a.name.text === loop.name.text) loops.set(a, loop); });
    });
  }
  return loops;
}

function foreverOf(all: readonly Explored[], names: readonly string[], rests: (c: Config, p: number) => boolean): Pick<SlowResult, 'starving' | 'unfairly' | 'unreceived'> {
  /** Whether something can never happen any more, going backwards from where it does. */
  const never = (happens: (step: Step<number>) => boolean, matters: (c: Config) => boolean): boolean => {
    const can = all.map((e) => e.next.some(happens));
    for (let changed = true; changed;) {
      changed = false;
      all.forEach((e, i) => {
        if (!can[i] && e.next.some((n) => can[n.to])) can[i] = changed = true;
      });
    }
    return all.some((e, i) => matters(e.config) && !can[i]);
  };
  const active = (c: Config, p: number): boolean => (c.conts[p]?.length ?? 0) > 0 && !rests(c, p);
  const canMove = (e: Explored, p: number): boolean => e.next.some((n) => n.movers.includes(p));

  /** A circle of configurations in which p waits, and every other moves or can't move in one of them. */
  const waitsUnfairly = (p: number): boolean => {
    const inside = all.map((e) => active(e.config, p) && !canMove(e, p));
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
      return names.every((_name, q) => circle.some((i) => {
        const e = all[i] as Explored;
        return !canMove(e, q) || e.next.some((n) => n.movers.includes(q) && circle.includes(n.to));
      }));
    });
  };

  return {
    starving: new Set(names.filter((_, p) => never((e) => e.movers.includes(p), (c) => active(c, p)))),
    unfairly: new Set(names.filter((_, p) => waitsUnfairly(p))),
    unreceived: names.some((a) => names.some((b) => never((e) => e.took === `${a}>${b}`, (c) => (c.queues.get(`${a}>${b}`) ?? []).length > 0))),
  };
}

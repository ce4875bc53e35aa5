// An explorer that is slow and obviously right: every interleaving, on the actions themselves, with nothing left out.
// It knows sends, receives, loops, threads, decisions of which nothing is known, and values that are. Calls must be
// written out before (see inline.ts).
import { behind, endOf, isEnd } from './loop-ends.js';
import type { Expr } from '../../language/ir/expression.js';
import type { Action, LocalGather, Network } from '../../language/ir/process.js';
import { sendersOf, walkActions } from '../../language/ir/process.js';
import { wholeTarget } from '../../language/ir/target.js';
import type { Target } from '../../language/ir/target.js';
import { interpret } from '../values/interpreter.js';
import type { Value } from '../values/interpreter.js';
import { isAsked } from './flow.js';
import { foreverOf } from './slow-forever.js';
import { after, areBeside, assigned, awaitedAt, isForOthers, passesOver, spotsIn } from './slow-threads.js';
import type { Item, Path, Scope, Spot, Strand } from './slow-threads.js';

export interface SlowResult {
  /**
   * Some reachable configuration can't move (and has not ended), has a wrong label at a waiting receive, or a message
   * for one that ended.
   */
  readonly bad: boolean;
  /**
   * Those that, from some reachable configuration on, never move, or of which a thread never does, whatever happens:
   * they starve, though every loop is left that may be left.
   */
  readonly starving: ReadonlySet<string>;
  /**
   * Those that wait for ever in some run that never ends: nobody is kept from moving in it who could, but decisions may
   * always go one way.
   */
  readonly unfairly: ReadonlySet<string>;
  /**
   * From some reachable configuration on, a message is never taken, whatever happens; in runs that end and in runs that
   * do not.
   */
  readonly unreceived: boolean;
  /**
   * Some queue was kept from growing, or there were too many configurations: then nothing is said of what happens for
   * ever.
   */
  readonly cut: boolean;
  readonly reached: ReadonlySet<Action>;
}

interface Message {
  readonly label: string;
  readonly value?: Value | undefined;
}

/** A message that is still to be dropped, by a thread or a process. */
interface Owed {
  readonly channel: string;
  readonly label: string;
  readonly path: Path;
}

export interface Config {
  readonly processes: readonly Strand[];
  readonly queues: ReadonlyMap<string, readonly Message[]>;
  readonly owed: readonly Owed[];
}

/**
 * A step: the threads that take part in it, of one process or the two of a rendezvous, and the channel whose first
 * message is taken.
 */
export interface Step<To> {
  readonly movers: readonly string[];
  readonly took?: string | undefined;
  readonly to: To;
}

export interface Explored {
  readonly config: Config;
  readonly next: Step<number>[];
}

const undeclared = { fields: new Map<string, readonly string[]>(), constants: new Map(), functions: new Map() };

/**
 * @param buffer the most messages that a queue holds in what is explored, unless the network says less
 * @param states the most configurations
 */
export function slowly(network: Network, buffer: number, states: number): SlowResult {
  const ids = new Map<unknown, number>();
  const idOf = (a: unknown): number => {
    const id = ids.get(a) ?? ids.size;
    ids.set(a, id);
    return id;
  };
  const names = network.processes.map((p) => p.name.text);
  const capacity = network.channels.kind === 'buffer' ? network.channels.size : Infinity;
  const sync = network.channels.kind === 'sync';
  const loops = loopsOf(network);
  const text = (value: Value | undefined): string =>
    JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v)) ?? '';
  const strandKey = ({ left, scope }: Strand): string =>
    `${left.map((item) => (item.kind === 'threads' ? `[${idOf(item.of)}:${item.each.map(strandKey).join('|')}]` : idOf(item))).join('.')}${[
      ...scope,
    ]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `{${name}=${text(value)}}`)
      .join('')}`;
  const pathKey = (path: Path): string => path.map(([par, index]) => `/${idOf(par)}.${index}`).join('');
  const keyOf = (c: Config): string =>
    [
      c.processes.map(strandKey).join('||'),
      [...c.queues]
        .filter(([, q]) => q.length > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([n, q]) => `${n}:${q.map(({ label, value }) => label + text(value)).join(',')}`)
        .join(';'),
      c.owed.map(({ channel, label, path }) => `${channel}:${label}${pathKey(path)}`).join(';'),
    ].join('#');
  const moverOf = (p: number, path: Path): string => `${names[p]}${pathKey(path)}`;
  const reached = new Set<Action>();
  let cut = false;
  let bad = false;

  const queueOf = (c: Config, channel: string): readonly Message[] => c.queues.get(channel) ?? [];
  const withQueue = (c: Config, channel: string, queue: readonly Message[]): Config => ({
    ...c,
    queues: new Map([...c.queues, [channel, queue]]),
  });
  const replaced = (
    c: Config,
    p: number,
    spot: Pick<Spot, 'path'>,
    now: readonly Item[],
    scopes: readonly Scope[],
  ): Config => {
    return {
      ...c,
      processes: c.processes.map((strand, i) => (i === p ? after(strand, spot.path, now, scopes) : strand)),
    };
  };
  /** The first message of a channel that a thread does not leave to others. */
  const nextFor = (
    c: Config,
    channel: string,
    path: Path,
  ): { readonly message: Message; readonly at: number } | undefined => {
    const [sender = ''] = channel.split('>');
    const at = queueOf(c, channel).findIndex(({ label }) => !passesOver(path, sender, label));
    const message = queueOf(c, channel)[at];
    return message && { message, at };
  };
  const owes = (c: Config, channel: string, path: Path): readonly Owed[] =>
    c.owed.filter((each) => each.channel === channel && !areBeside(path, each.path));

  /** What comes first of what a thread owes, and of what others owe that are not beside it. */
  const firstOwed = (c: Config, channel: string, path: Path): number => {
    return c.owed.findIndex((each) => each.channel === channel && !areBeside(path, each.path));
  };

  /** What is left of a gather once some have sent. */
  const lefts = new Map<string, LocalGather>();
  const whoIsLeft = new Map<Action, { readonly of: LocalGather; readonly taken: readonly number[] }>();
  const left = (action: LocalGather): { readonly of: LocalGather; readonly taken: readonly number[] } =>
    whoIsLeft.get(action) ?? { of: action, taken: [] };
  /** The senders whose messages are taken next. */
  const awaited = (action: LocalGather): readonly (readonly [string, number])[] => {
    const { of, taken } = left(action);
    const open = of.senders.map(({ key }, i) => [key, i] as const).filter(([, i]) => !taken.includes(i));
    return of.quorum ? open : open.slice(0, 1);
  };
  const neededBy = ({ quorum, senders }: LocalGather): number =>
    !quorum
      ? senders.length
      : quorum.count?.kind === 'int'
        ? Number(quorum.count.text)
        : Math.floor(senders.length / 2) + 1;
  /** A process goes on once one more has sent; what it need not wait for is owed. */
  const gathered = (c: Config, p: number, spot: Spot, action: LocalGather, number: number): Config | undefined => {
    const { of, taken } = left(action);
    const now = [...taken, number].sort();
    if (now.length < neededBy(of)) {
      const key = `${idOf(of)} ${now.join()}`;
      const next = lefts.get(key) ?? { ...of };
      lefts.set(key, next);
      whoIsLeft.set(next, { of, taken: now });
      return replaced(c, p, spot, [next, ...spot.rest], spot.scopes);
    }
    const more = of.senders
      .filter((_, i) => !now.includes(i))
      .map(({ key }): Owed => ({ channel: `${key}>${names[p]}`, label: of.label?.text ?? '', path: spot.path }));
    if (
      more.some(
        ({ channel, path }) =>
          c.owed.filter((each) => each.channel === channel && pathKey(each.path) === pathKey(path)).length >= buffer,
      )
    ) {
      cut = true;
      return undefined;
    }
    return replaced({ ...c, owed: [...c.owed, ...more] }, p, spot, spot.rest, spot.scopes);
  };
  const taking = (scopes: readonly Scope[], into: Target | undefined, value: Value | undefined): readonly Scope[] => {
    const name = wholeTarget(into)?.text;
    return name === undefined || value === undefined ? scopes : assigned(scopes, name, value);
  };
  /** All that comes of a message that a place takes. */
  const takenAt = (c: Config, p: number, spot: Spot, from: string, message: Message): Config[] => {
    const { action } = spot;
    if (owes(c, `${from}>${names[p]}`, spot.path).length > 0) return [];
    if (action.kind === 'gather') {
      const number = awaited(action).find(([key]) => key === from)?.[1];
      return number === undefined || (action.label?.text ?? '') !== message.label
        ? []
        : [gathered(c, p, spot, action, number) ?? []].flat();
    }
    const branch =
      action.kind === 'receive'
        ? action.branches.find((b) => b.sender.key === from && (b.label?.text ?? '') === message.label)
        : undefined;
    return branch
      ? [replaced(c, p, spot, [...branch.body.actions, ...spot.rest], taking(spot.scopes, branch.into, message.value))]
      : [];
  };
  const evaluate = (expr: Expr, scopes: readonly Scope[]): Value =>
    interpret(expr, new Map([...scopes].reverse().flatMap((scope) => [...scope])), undeclared);
  /** Whether a condition holds, in each way that it may. */
  const answers = (condition: Expr, scopes: readonly Scope[]): readonly boolean[] => {
    if (isAsked(condition)) return [true, false];
    const value = evaluate(condition, scopes);
    return [value.kind === 'bool' && value.value];
  };
  /** What is done at once: each way that it may go. */
  const atOnce = (actions: readonly Action[], scopes: readonly Scope[]): readonly (readonly Scope[])[] =>
    actions.reduce<readonly (readonly Scope[])[]>(
      (ways, action) =>
        ways.flatMap((now) => {
          if (action.kind === 'assignment') return [taking(now, action.into, evaluate(action.value, now))];
          if (action.kind === 'if')
            return answers(action.condition, now).flatMap((answer) =>
              atOnce((answer ? action.then : action.else).actions, now),
            );
          if (action.kind === 'effect') return [now];
          throw new Error(`not for this explorer, at once: ${action.kind}`);
        }),
      [scopes],
    );

  const steps = (c: Config): Step<Config>[] => {
    const result: Step<Config>[] = [];
    const takes = (p: number, spot: Spot, from: string): void => {
      const channel = `${from}>${names[p]}`;
      const next = nextFor(c, channel, spot.path);
      if (!next) return;
      const without = withQueue(
        c,
        channel,
        queueOf(c, channel).filter((_, i) => i !== next.at),
      );
      for (const to of takenAt(without, p, spot, from, next.message))
        result.push({ movers: [moverOf(p, spot.path)], took: next.at === 0 ? channel : undefined, to });
    };
    const act = (p: number, spot: Spot): void => {
      const { action, rest, scopes, path } = spot;
      const own = names[p] as string;
      const go = (cont: readonly Item[], now = scopes): void =>
        void result.push({ movers: [moverOf(p, path)], to: replaced(c, p, spot, cont, now) });
      switch (action.kind) {
        case 'send': {
          const other = names.indexOf(action.receiver.key);
          const message: Message = {
            label: action.label?.name.text ?? '',
            value: action.value && evaluate(action.value, scopes),
          };
          const channel = `${own}>${action.receiver.key}`;
          const sent = replaced(c, p, spot, rest, scopes);
          if (sync) {
            for (const owed of c.owed.filter(
              (each, i) =>
                each.channel === channel && each.label === message.label && firstOwed(c, channel, each.path) === i,
            )) {
              result.push({
                movers: [moverOf(p, path), moverOf(other, [])],
                to: { ...sent, owed: sent.owed.toSpliced(c.owed.indexOf(owed), 1) },
              });
            }
            const receiver = c.processes[other];
            for (const there of receiver ? spotsIn(receiver) : []) {
              for (const to of takenAt(sent, other, there, own, message))
                result.push({ movers: [moverOf(p, path), moverOf(other, there.path)], to });
            }
            return;
          }
          const queue = queueOf(c, channel);
          if (queue.length >= capacity) return;
          if (queue.length >= buffer) cut = true;
          else result.push({ movers: [moverOf(p, path)], to: withQueue(sent, channel, [...queue, message]) });
          return;
        }
        case 'receive':
          if (!sync) for (const { key } of sendersOf(action)) takes(p, spot, key);
          return;
        case 'gather':
          if (!sync) for (const [key] of awaited(action)) takes(p, spot, key);
          return;
        case 'choice':
          return action.branches.forEach((block) => go([...block.actions, ...rest]));
        case 'if':
          return answers(action.condition, scopes).forEach((answer) =>
            go([...(answer ? action.then : action.else).actions, ...rest]),
          );
        case 'match':
          if (!isAsked(action.value)) throw new Error('not for this explorer: a match by a value that is known');
          for (const { body } of action.cases) go([...body.actions, ...rest]);
          if (action.else) go([...action.else.actions, ...rest]);
          return;
        case 'while':
          return answers(action.condition, scopes).forEach((answer) =>
            go(answer ? [...action.body.actions, action, ...rest] : rest),
          );
        case 'rec':
          return go([...action.body.actions, endOf(action), ...rest]);
        // What is left to do is what comes after the loop.
        case 'continue':
          return go([loops.get(action) as Action, ...behind(loops.get(action) as Action, rest)]);
        case 'for':
        case 'when':
        case 'pick':
          throw new Error(`not without sizes: ${action.kind}`);
        case 'leave':
          return go(isEnd(action) ? rest : behind(loops.get(action) as Action, rest));
        case 'effect':
          return go(rest);
        case 'assignment':
          return go(rest, taking(scopes, action.into, evaluate(action.value, scopes)));
        case 'at':
          return atOnce(action.body.actions, scopes).forEach((now) => go(rest, now));
        case 'par':
          if (action.branches.every(({ actions }) => actions.length === 0)) return go(rest);
          return go([
            {
              kind: 'threads',
              of: action,
              each: action.branches.map(({ actions }) => ({ left: actions, scope: new Map() })),
            },
            ...rest,
          ]);
        case 'call':
        case 'hole':
          throw new Error(`not for this explorer: ${action.kind}`);
      }
    };
    c.processes.forEach((strand, p) => {
      for (const spot of spotsIn(strand)) act(p, spot);
    });
    if (!sync) {
      c.owed.forEach((owed, i) => {
        const { channel, label, path } = owed;
        if (firstOwed(c, channel, path) !== i) return;
        const next = nextFor(c, channel, path);
        if (next?.message.label !== label) return;
        const to = withQueue(
          { ...c, owed: c.owed.filter((each) => each !== owed) },
          channel,
          queueOf(c, channel).filter((_, at) => at !== next.at),
        );
        result.push({
          movers: [moverOf(names.indexOf(channel.split('>')[1] ?? ''), [])],
          took: next.at === 0 ? channel : undefined,
          to,
        });
      });
    }
    return result;
  };

  /** A thread of a server that waits, with nothing that was sent to it. */
  const rests = (config: Config, p: number, { action, path }: Spot): boolean =>
    network.processes[p]?.server === true &&
    ['receive', 'gather'].includes(action.kind) &&
    names.every((other) => nextFor(config, `${other}>${names[p]}`, path) === undefined);

  const look = (config: Config, next: readonly Step<Config>[], held: boolean): void => {
    const spots = config.processes.map((strand) => spotsIn(strand));
    if (next.length === 0 && !held) {
      if (spots.some((own, p) => own.some((spot) => !rests(config, p, spot)))) bad = true;
      // Nobody comes for what lies in a queue.
      if ([...config.queues.values()].some((queue) => queue.length > 0)) bad = true;
    }
    for (const { channel, path } of config.owed) {
      const [sender = '', receiver = ''] = channel.split('>');
      const first = config.owed[firstOwed(config, channel, path)];
      const head = nextFor(config, channel, first?.path ?? path)?.message.label;
      const others = spots[names.indexOf(receiver)] ?? [];
      if (head !== undefined && head !== first?.label && !others.some((spot) => isForOthers(spot.path, sender, head)))
        bad = true;
    }
    spots.forEach((own, p) =>
      own.forEach((spot) => {
        const { action, path } = spot;
        const name = names[p] as string;
        const senders = action.kind === 'gather' ? awaited(action).map(([key]) => key) : awaitedAt(spot);
        const [from, ...others] = senders;
        // Where it waits for several, another one may still bring what it takes.
        if (from !== undefined && others.length === 0 && owes(config, `${from}>${name}`, path).length === 0) {
          const fits = (label: string): boolean =>
            action.kind === 'gather'
              ? (action.label?.text ?? '') === label
              : action.kind === 'receive' && action.branches.some((b) => (b.label?.text ?? '') === label);
          const head = nextFor(config, `${from}>${name}`, path)?.message.label;
          if (head !== undefined && !fits(head) && !isForOthers(path, from, head)) bad = true;
          const [sending, ...more] = spots[names.indexOf(from)] ?? [];
          if (
            sync &&
            own.length === 1 &&
            more.length === 0 &&
            sending?.action.kind === 'send' &&
            sending.action.receiver.key === name &&
            !fits(sending.action.label?.name.text ?? '')
          )
            bad = true;
        }
        const target = action.kind === 'send' ? spots[names.indexOf(action.receiver.key)] : undefined;
        if (
          sync &&
          target?.length === 0 &&
          action.kind === 'send' &&
          !config.owed.some(
            ({ channel, label }) =>
              channel === `${name}>${action.receiver.key}` && label === (action.label?.name.text ?? ''),
          )
        )
          bad = true;
      }),
    );
    names.forEach((name, p) => {
      if (
        spots[p]?.length === 0 &&
        names.some(
          (other) =>
            queueOf(config, `${other}>${name}`).length >
            config.owed.filter(({ channel }) => channel === `${other}>${name}`).length,
        )
      )
        bad = true;
    });
  };

  const start: Config = {
    processes: network.processes.map((p) => ({ left: p.body.actions, scope: new Map() })),
    queues: new Map(),
    owed: [],
  };
  const all: Explored[] = [{ config: start, next: [] }];
  const seen = new Map([[keyOf(start), 0]]);
  let whole = true;
  for (const { config, next } of all) {
    if (all.length > states) {
      whole = false;
      break;
    }
    for (const strand of config.processes) for (const { action } of spotsIn(strand)) reached.add(action);
    cut = false;
    const found = steps(config);
    look(config, found, cut);
    if (cut) whole = false;
    for (const { movers, took, to } of found) {
      const key = keyOf(to);
      let id = seen.get(key);
      if (id === undefined) {
        seen.set(key, (id = all.length));
        all.push({ config: to, next: [] });
      }
      next.push({ movers, took, to: id });
    }
  }
  /** Those that wait in a configuration, by name. */
  const waiting = (c: Config): readonly { readonly mover: string; readonly rests: boolean }[] =>
    c.processes.flatMap((strand, p) =>
      spotsIn(strand).map((spot) => ({ mover: moverOf(p, spot.path), rests: rests(c, p, spot) })),
    );
  const forEver = whole
    ? foreverOf(all, names, waiting, queueOf)
    : { starving: new Set<string>(), unfairly: new Set<string>(), unreceived: false };
  return { bad, ...forEver, cut: !whole, reached };
}

/** The loop that each `continue` goes back to, and each `leave` leaves. */
function loopsOf(network: Network): ReadonlyMap<Action, Action> {
  const loops = new Map<Action, Action>();
  for (const { body } of network.processes) {
    walkActions(body.actions, (loop) => {
      if (loop.kind !== 'rec') return;
      // Inner loops are met later: theirs win.
      walkActions(loop.body.actions, (a) => {
        if ((a.kind === 'continue' || a.kind === 'leave') && a.name.text === loop.name.text) loops.set(a, loop);
      });
    });
  }
  return loops;
}

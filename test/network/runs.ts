// Whether a run can happen: replayed on the processes as they are written, message by message, with nothing of the
// engine.
import { expect } from 'vitest';
import { walkActions } from '../../language/ir/process.js';
import { printTarget } from '../../language/syntax/print.js';
import type { Action, LocalGather, Network, Process, ReceiveBranch } from '../../language/ir/process.js';
import { behind, endOf, isEnd } from './loop-ends.js';
import { after, isWithin, passesOver, spotsIn } from './slow-threads.js';
import type { Item, Path, Spot, Strand } from './slow-threads.js';
import type { Run } from '../../language/findings/run.js';

type Rest = readonly Item[];

/**
 * Replays a run. It knows sends, receives, choices, `rec`s and threads; values it leaves alone: every decision may go
 * either way.
 * @throws where a role does what its process does not, a message is taken that was not sent, or an end is not where its
 *   role stands
 */
export function replay(network: Network, run: Run): void {
  const sync = network.channels.kind === 'sync';
  const capacity = network.channels.kind === 'buffer' ? network.channels.size : Infinity;
  const queues = new Map<string, number[]>();
  const taken = new Set<number>();
  const loops = new Map(network.processes.map((p) => [p.name.text, loopsOf(p)]));
  /** What each computed: it may as well stand there. */
  const passed = new Map(network.processes.map((p) => [p.name.text, new Set<Action>()]));
  const onward = (role: string, strand: Strand): Strand[] =>
    ways(loops.get(role) ?? new Map(), strand, passed.get(role) ?? new Set());
  const rests = new Map(
    network.processes.map((p) => [p.name.text, onward(p.name.text, { left: p.body.actions, scope: new Map() })]),
  );
  /** The messages that are to be dropped. */
  let owed: readonly {
    readonly channel: string;
    readonly label: string;
    readonly path: Path;
    readonly since: number;
  }[] = [];
  const go = (role: string, origin: { start: number }, into: (action: Action, spot: Spot) => Rest[]): void => {
    const next = (rests.get(role) ?? []).flatMap((strand) =>
      spotsIn(strand).flatMap((spot) =>
        spot.action.origins[0]?.start === origin.start
          ? into(spot.action, spot).flatMap((inner) =>
              onward(role, after(strand, spot.path, [...inner, ...spot.rest], spot.scopes)),
            )
          : [],
      ),
    );
    expect(next.length, `${role} at ${origin.start}`).toBeGreaterThan(0);
    rests.set(role, next);
  };
  const sentLabel = (index: number): string => {
    const sent = run.steps[index];
    return sent?.kind === 'send' ? labelOf(network, sent.origin) : '';
  };
  /** Whether a message is the next for a thread, which leaves to others what comes before it. */
  const isNext = (channel: string, index: number, path: Path): boolean => {
    const [from = ''] = channel.split(' ');
    const first = (queues.get(channel) ?? []).find((each) => !passesOver(path, from, sentLabel(each)));
    return first === index;
  };
  /** What is left once one more has sent; what need not be waited for is owed. */
  const gathered = (action: LocalGather, from: string, own: string, path: Path, since: number): Rest[] => {
    const { senders, quorum, label } = action;
    const number = quorum ? senders.findIndex(({ key }) => key === from) : senders[0]?.key === from ? 0 : -1;
    if (number < 0) return [];
    const left = senders.filter((_, i) => i !== number);
    const needed =
      (quorum?.count?.kind === 'int'
        ? Number(quorum.count.text)
        : quorum
          ? Math.floor(senders.length / 2) + 1
          : senders.length) - 1;
    if (needed > 0)
      return [
        [
          {
            ...action,
            senders: left,
            quorum: quorum && { ...quorum, count: { kind: 'int', text: String(needed), origin: quorum.origin } },
          },
        ],
      ];
    // Once, in whichever way the role may have come here.
    const more = left
      .map(({ key }) => ({ channel: `${key} ${own}`, label: label?.text ?? '', path, since }))
      .filter(({ channel }) => !owed.some((each) => each.since === since && each.channel === channel));
    owed = [...owed, ...more];
    return [[]];
  };
  run.steps.forEach((step, at) => {
    if (step.kind === 'send') {
      const channel = `${step.role} ${step.to}`;
      const waiting = queues.get(channel) ?? [];
      expect(waiting.length, 'room in the queue').toBeLessThan(capacity);
      queues.set(channel, [...waiting, at]);
      if (sync) expect(step.taken).toBe(at + 1);
      go(step.role, step.origin, (action) => (action.kind === 'send' && action.receiver.key === step.to ? [[]] : []));
    } else if (step.kind === 'receive') {
      const channel = `${step.from} ${step.role}`;
      const index = step.sent ?? -1;
      expect(queues.get(channel)).toContain(index);
      const sent = run.steps[index];
      expect(sent?.kind === 'send' && sent.taken).toBe(at);
      taken.add(index);
      if (step.dropped) {
        // Where it stands makes no difference.
        const one = owed.find((each) => each.channel === channel && each.label === sentLabel(index));
        expect(one, 'to be dropped').toBeDefined();
        owed = owed.filter((each) => each !== one);
      } else {
        go(step.role, step.origin, (action, { path }) => {
          if (
            !isNext(channel, index, path) ||
            owed.some((each) => each.channel === channel && isWithin(path, each.path))
          )
            return [];
          if (action.kind === 'gather') return gathered(action, step.from, step.role, path, at);
          return action.kind === 'receive'
            ? action.branches
                .filter((b) => b.sender.key === step.from && wordsFor(b) === step.message)
                .map((b) => b.body.actions)
            : [];
        });
      }
      queues.set(
        channel,
        (queues.get(channel) ?? []).filter((each) => each !== index),
      );
    }
  });
  for (const message of run.queues) {
    expect(taken.has(message.step)).toBe(false);
    expect(run.steps[message.step]).toMatchObject({
      kind: 'send',
      role: message.from,
      to: message.to,
      message: message.message,
    });
  }
  for (const end of run.ends) {
    const standing = rests.get(end.role) ?? [];
    // It may go round there on its own for ever.
    if (
      end.kind === 'stands' &&
      [...(loops.get(end.role)?.values() ?? [])].some((loop) => loop.origins[0]?.start === end.origin.start)
    )
      continue;
    if (end.kind === 'ended')
      expect(
        standing.some(({ left }) => left.length === 0),
        end.role,
      ).toBe(true);
    if (
      end.kind === 'stands' &&
      [...(passed.get(end.role) ?? [])].some(
        ({ kind, origins }) => kind === 'par' && origins[0]?.start === end.origin.start,
      )
    )
      continue;
    const isThere = (strand: Strand): boolean =>
      spotsIn(strand).some((spot) =>
        [spot.action, ...spot.path.map(([par]) => par)].some(({ origins }) => origins[0]?.start === end.origin.start),
      );
    if (end.kind === 'waits' || end.kind === 'stands' || end.kind === 'takes')
      expect(standing.some(isThere), end.role).toBe(true);
  }
  run.cycle.forEach((role, i) => {
    const on = run.cycle[(i + 1) % run.cycle.length];
    expect(
      run.ends.some((end) => end.role === role && end.kind === 'waits' && end.on === on),
      role,
    ).toBe(true);
  });
  const order = network.processes.map((p) => p.name.text);
  expect([...run.roles].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(run.roles);
}

/** The label of what is sent at a place. */
function labelOf(network: Network, origin: { start: number }): string {
  let label = '';
  for (const { body } of network.processes)
    walkActions(body.actions, (action) => {
      if (action.kind === 'send' && action.origins[0]?.start === origin.start) label = action.label?.name.text ?? '';
    });
  return label;
}

/** What a run says of a message that was taken here. */
function wordsFor({ label, into }: ReceiveBranch): string {
  const taken = into && printTarget(into);
  return label && taken !== undefined
    ? `${label.text}(${taken.replace(/^\((.*)\)$/, '$1')})`
    : (label?.text ?? taken ?? 'a message');
}

/** What a role may come to by its choices, loops and computations alone. */
function ways(
  loops: ReadonlyMap<string, Action>,
  strand: Strand,
  passed: Set<Action>,
  seen: ReadonlySet<Action> = new Set(),
): Strand[] {
  for (const spot of spotsIn(strand)) {
    const all = waysAt(loops, spot);
    if (!all) continue;
    passed.add(spot.action);
    // It goes round for ever.
    if (seen.has(spot.action)) return [strand];
    const inner = new Set(seen).add(spot.action);
    return all.flatMap((left) => ways(loops, after(strand, spot.path, left, spot.scopes), passed, inner));
  }
  return [strand];
}

/** Where a thread may go on by itself; undefined where it does not. */
function waysAt(loops: ReadonlyMap<string, Action>, { action, rest }: Spot): Rest[] | undefined {
  switch (action.kind) {
    case 'choice':
      return action.branches.map((b) => [...b.actions, ...rest]);
    case 'if':
      return [
        [...action.then.actions, ...rest],
        [...action.else.actions, ...rest],
      ];
    case 'assignment':
    case 'at':
    case 'effect':
      return [rest];
    case 'par':
      return [
        action.branches.every(({ actions }) => actions.length === 0)
          ? rest
          : [
              {
                kind: 'threads',
                of: action,
                each: action.branches.map(({ actions }) => ({ left: actions, scope: new Map() })),
              },
              ...rest,
            ],
      ];
    case 'rec':
      return [[...action.body.actions, endOf(action), ...rest]];
    case 'continue': {
      const loop = loops.get(action.name.text);
      return loop ? [[loop, ...behind(loop, rest)]] : [];
    }
    case 'leave': {
      const loop = loops.get(action.name.text);
      return isEnd(action) ? [rest] : loop ? [behind(loop, rest)] : [];
    }
    case 'call':
    case 'gather':
    case 'hole':
    case 'match':
    case 'receive':
    case 'send':
    case 'while':
    case 'for':
    case 'when':
    case 'pick':
      return undefined;
  }
}

/** The `rec`s of a process, by name. */
function loopsOf(process: Process): ReadonlyMap<string, Action> {
  const found = new Map<string, Action>();
  walkActions(process.body.actions, (action) => {
    if (action.kind === 'rec') found.set(action.name.text, action);
  });
  return found;
}

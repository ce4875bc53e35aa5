// Whether a run can happen: replayed on the processes as they are written, message by message, with nothing of the engine.
import { expect } from 'vitest';
import { walkActions } from '../../language/ir/process.js';
import { printTarget } from '../../language/syntax/print.js';
import type { Action, LocalGather, Network, Process, ReceiveBranch } from '../../language/ir/process.js';
import { behind, endOf, isEnd } from './loop-ends.js';
import type { Run } from '../../language/findings/run.js';

type Rest = readonly Action[];

/**
 * Replays a run. It knows sends, receives, choices and `rec`s.
 * @throws where a role does what its process does not, a message is taken that was not sent, or an end is not where its role stands
 */
export function replay(network: Network, run: Run): void {
  const sync = network.channels.kind === 'sync';
  const capacity = network.channels.kind === 'buffer' ? network.channels.size : Infinity;
  const queues = new Map<string, number[]>();
  const taken = new Set<number>();
  const loops = new Map(network.processes.map((p) => [p.name.text, loopsOf(p)]));
  const rests = new Map(network.processes.map((p) => [p.name.text, ways(loops.get(p.name.text) ?? new Map(), p.body.actions)]));
  /** For each channel, the labels of the messages that are to be dropped. */
  const owed = new Map<string, string[]>();
  const go = (role: string, origin: { start: number }, into: (action: Action) => Rest[]): void => {
    const next = (rests.get(role) ?? []).flatMap(([action, ...rest]) => (action?.origins[0]?.start === origin.start ? into(action).flatMap((inner) => ways(loops.get(role) ?? new Map(), [...inner, ...rest])) : []));
    expect(next.length, `${role} at ${origin.start}`).toBeGreaterThan(0);
    rests.set(role, next);
  };
  /** What is left once one more has sent; what need not be waited for is owed. */
  const gathered = (action: LocalGather, from: string, own: string): Rest[] => {
    const { senders, quorum, label } = action;
    const number = quorum ? senders.findIndex(({ key }) => key === from) : senders[0]?.key === from ? 0 : -1;
    if (number < 0) return [];
    const left = senders.filter((_, i) => i !== number);
    const needed = (quorum?.count?.kind === 'int' ? Number(quorum.count.text) : quorum ? Math.floor(senders.length / 2) + 1 : senders.length) - 1;
    if (needed > 0) return [[{ ...action, senders: left, quorum: quorum && { ...quorum, count: { kind: 'int', text: String(needed), origin: quorum.origin } } }]];
    for (const { key } of left) owed.set(`${key} ${own}`, [...owed.get(`${key} ${own}`) ?? [], label?.text ?? '']);
    return [[]];
  };
  run.steps.forEach((step, index) => {
    if (step.kind === 'send') {
      const channel = `${step.role} ${step.to}`;
      const waiting = queues.get(channel) ?? [];
      expect(waiting.length, 'room in the queue').toBeLessThan(capacity);
      queues.set(channel, [...waiting, index]);
      if (sync) expect(step.taken).toBe(index + 1);
      go(step.role, step.origin, (action) => (action.kind === 'send' && action.receiver.key === step.to ? [[]] : []));
    } else if (step.kind === 'receive') {
      const channel = `${step.from} ${step.role}`;
      const [first, ...rest] = queues.get(channel) ?? [];
      expect(step.sent).toBe(first);
      const sent = run.steps[first ?? -1];
      expect(sent?.kind === 'send' && sent.taken).toBe(index);
      queues.set(channel, rest);
      taken.add(first ?? -1);
      const [label, ...others] = owed.get(channel) ?? [];
      if (step.dropped) {
        // Where it stands makes no difference.
        expect(label, 'to be dropped').toBe(sent?.kind === 'send' ? labelOf(network, sent.origin) : '');
        owed.set(channel, others);
        return;
      }
      expect(label, 'dropped before').toBe(undefined);
      go(step.role, step.origin, (action) => {
        if (action.kind === 'gather') return gathered(action, step.from, step.role);
        return action.kind === 'receive' ? action.branches.filter((b) => b.sender.key === step.from && wordsFor(b) === step.message).map((b) => b.body.actions) : [];
      });
    }
  });
  for (const message of run.queues) {
    expect(taken.has(message.step)).toBe(false);
    expect(run.steps[message.step]).toMatchObject({ kind: 'send', role: message.from, to: message.to, message: message.message });
  }
  for (const end of run.ends) {
    const standing = rests.get(end.role) ?? [];
    // It may go round there on its own for ever.
    if (end.kind === 'stands' && [...loops.get(end.role)?.values() ?? []].some((loop) => loop.origins[0]?.start === end.origin.start)) continue;
    if (end.kind === 'ended') expect(standing.some((rest) => rest.length === 0), end.role).toBe(true);
    if (end.kind === 'waits' || end.kind === 'stands' || end.kind === 'takes') expect(standing.some(([action]) => action?.origins[0]?.start === end.origin.start), end.role).toBe(true);
  }
  run.cycle.forEach((role, i) => {
    const on = run.cycle[(i + 1) % run.cycle.length];
    expect(run.ends.find((end) => end.role === role)).toMatchObject({ kind: 'waits', on });
  });
  const order = network.processes.map((p) => p.name.text);
  expect([...run.roles].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(run.roles);
}

/** The label of what is sent at a place. */
function labelOf(network: Network, origin: { start: number }): string {
  let label = '';
  for (const { body } of network.processes) walkActions(body.actions, (action) => { if (action.kind === 'send' && action.origins[0]?.start === origin.start) label = action.label?.name.text ?? ''; });
  return label;
}

/** What a run says of a message that was taken here. */
function wordsFor({ label, into }: ReceiveBranch): string {
  const taken = into && printTarget(into);
  return label && taken !== undefined ? `${label.text}(${taken.replace(/^\((.*)\)$/, '$1')})` : label?.text ?? taken ?? 'a message';
}

/** What a role may come to by its choices and loops alone. */
function ways(loops: ReadonlyMap<string, Action>, actions: Rest, seen: ReadonlySet<Action> = new Set()): Rest[] {
  const [action, ...rest] = actions;
  if (!action) return [actions];
  if (seen.has(action)) return [];
  const inner = new Set(seen).add(action);
  switch (action.kind) {
    case 'choice': return action.branches.flatMap((b) => ways(loops, [...b.actions, ...rest], inner));
    case 'rec': return ways(loops, [...action.body.actions, endOf(action), ...rest], inner);
    case 'continue': {
      const loop = loops.get(action.name.text);
      return loop ? ways(loops, [loop, ...behind(loop, rest)], inner) : [];
    }
    case 'leave': {
      const loop = loops.get(action.name.text);
      return isEnd(action) ? ways(loops, rest, inner) : loop ? ways(loops, behind(loop, rest), inner) : [];
    }
    case 'assignment': case 'call': case 'effect': case 'gather': case 'hole': case 'if': case 'match': case 'receive': case 'send':
    case 'while': case 'for': case 'when': return [actions];
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

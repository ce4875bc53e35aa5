// What is wrong with a configuration: who waits for what can't come, what lies in queues for nobody, and who waits in a
// circle. All of it is for good: whatever the others do next, it stays wrong.
import { isRendezvous } from '../model/automata.js';
import type { Automata, Part, State } from '../model/automata.js';
import { ready } from './configuration.js';
import type { View } from './configuration.js';
import { channelOf, receiverOf, senderOf } from '../model/channel.js';

/**
 * Something wrong that was reached, and that nothing that comes after can put right; `key` is the same for the same at
 * the same states. Who waits is a thread, or a machine that has none.
 */
export type Violation = { readonly key: string } &
  /**
   * Nobody can move: `waiting` in the order of the machines, each with the one it waits for; `cycle` those of them that
   * wait in a circle, each for the next.
   */
  (
    | { readonly kind: 'deadlock'; readonly waiting: readonly WaitingState[]; readonly cycle: readonly WaitingState[] }
    /**
     * The message that `receiver` waits for can't come any more, neither from `sender` nor from `others` of whom it
     * takes one; `circle`, where its sender waits for it in turn, perhaps by way of others: all of these, in this order.
     */
    | {
        readonly kind: 'unmatched-receive';
        readonly receiver: Part;
        readonly from: number;
        readonly sender: State;
        readonly others: readonly State[];
        readonly circle: readonly WaitingState[];
      }
    /** A message that `receiver` will never take. */
    | {
        readonly kind: 'unmatched-send';
        readonly channel: number;
        readonly message: number;
        readonly receiver: State;
        readonly delivered: boolean;
      }
    /** The next message is none that `receiver` takes. */
    | { readonly kind: 'label-mismatch'; readonly channel: number; readonly message: number; readonly receiver: Part }
  );

export interface WaitingState {
  readonly machine: number;
  readonly part: Part;
  readonly on: number;
}

const none: Violation[] = [];

/**
 * The problems of a configuration that no step can mend.
 * @param machines the machines that run
 * @returns the problems; empty where there are none
 */
export function problemsAt({ size, channels }: Automata, view: View, machines: readonly number[]): Violation[] {
  const rendezvous = isRendezvous(channels);
  let problems = none;
  const tell = (problem: Violation): void => {
    if (problems === none) problems = [];
    problems.push(problem);
  };
  let mismatched: Set<number> | undefined;
  for (const machine of machines) {
    const state = view.state(machine);
    for (const part of state.parts) {
      // Who can go on has nothing wrong with what it waits for.
      if (part.kind === 'receive' && !isReadyIn(view, state, part)) {
        const { senders } = part;
        let heads = 0;
        let first: { readonly channel: number; readonly message: number } | undefined;
        let mayCome = false;
        for (const from of senders) {
          const channel = channelOf(from, machine, size);
          const passes = part.passes(from);
          const next = rendezvous ? undefined : view.next(channel, passes);
          // Who can't go on takes none of the heads, but another thread may, or it is to be dropped.
          if (next && (part.isShared(from, next.label) || (state.threads && part.owes(from)))) mayCome = true;
          else if (next) {
            heads++;
            first ??= { channel, message: next.message };
          } else if (mayBring(view.state(from), machine, passes)) mayCome = true;
        }
        if (mayCome) continue;
        if (first && heads === senders.length) {
          const { channel, message } = first;
          tell({
            kind: 'label-mismatch',
            channel,
            message,
            receiver: part,
            key: `label-mismatch ${channel}.${message} ${part.key}`,
          });
          mismatched = (mismatched ?? new Set()).add(machine);
        } else if (heads === 0 && senders.length > 0 && !isPartResting(size, view, machine, part)) {
          const from = senders[0] as number;
          tell({
            kind: 'unmatched-receive',
            receiver: part,
            from,
            sender: view.state(from),
            others: senders.slice(1).map((other) => view.state(other)),
            circle: state.parts.length > 1 ? [] : circleFrom(size, view, machine),
            key: `unmatched-receive ${part.key}`,
          });
        }
      }
      const only =
        rendezvous && part.kind === 'send' && part.moves.length === 1 && !isReadyIn(view, state, part)
          ? part.moves[0]
          : undefined;
      if (only) {
        const { channel, message, peer, label } = only;
        const receiver = view.state(peer);
        // Of threads, it is known by the label who may still take it.
        if (receiver.receivesFrom[machine] === 0 || (receiver.threads && !receiver.mayReceive(machine, label))) {
          tell({
            kind: 'unmatched-send',
            channel,
            message,
            receiver,
            delivered: false,
            key: `unmatched-send ${channel}.${message}`,
          });
        } else if (
          state.parts.length === 1 &&
          receiver.kind === 'receive' &&
          receiver.senders.length === 1 &&
          receiver.senders[0] === machine &&
          !takes(receiver, channel, label)
        ) {
          const waiting = receiver.parts[0] as Part;
          tell({
            kind: 'label-mismatch',
            channel,
            message,
            receiver: waiting,
            key: `label-mismatch ${channel}.${message} ${waiting.key}`,
          });
        }
      }
    }
  }
  if (rendezvous) return problems;
  for (const machine of machines) {
    const state = view.state(machine);
    for (const { channel, label, peer, passes } of state.drops) {
      const next = view.next(channel, passes);
      // Neither dropped nor taken: behind it, nothing comes through.
      if (!next || next.label === label || state.parts.some((part) => part.isShared(peer, next.label))) continue;
      tell({
        kind: 'unmatched-send',
        channel,
        message: next.message,
        receiver: state,
        delivered: true,
        key: `unmatched-send ${channel}.${next.message}`,
      });
    }
  }
  for (const machine of machines) {
    for (const channel of view.deaf(machine)) {
      if (view.head(channel) < 0 || mismatched?.has(machine) === true) continue;
      const receiver = view.state(machine);
      const message = view.first(channel);
      tell({
        kind: 'unmatched-send',
        channel,
        message,
        receiver,
        delivered: true,
        key: `unmatched-send ${channel}.${message}`,
      });
    }
  }
  for (const machine of machines) {
    const receiver = view.state(machine);
    if (!receiver.threads || mismatched?.has(machine) === true) continue;
    for (const channel of view.used) {
      if (receiverOf(channel, size) !== machine || receiver.receivesFrom[senderOf(channel, size)] === 0) continue;
      // The first that no thread takes, now or later.
      const taken = labelsTaken(receiver, senderOf(channel, size), view, channel);
      const lost = view.next(channel, taken);
      if (lost)
        tell({
          kind: 'unmatched-send',
          channel,
          message: lost.message,
          receiver,
          delivered: true,
          key: `unmatched-send ${channel}.${lost.message}`,
        });
    }
  }
  return problems;
}

/** The labels of messages in a queue that its receiver may still take. */
function labelsTaken(receiver: State, from: number, view: View, channel: number): ReadonlySet<number> {
  const taken = new Set<number>();
  for (
    let next = view.next(channel, taken);
    next && receiver.mayReceive(from, next.label);
    next = view.next(channel, taken)
  )
    taken.add(next.label);
  return taken;
}

/** Whether a thread can go on; of a machine without threads, whether it can, with all that it does besides. */
function isReadyIn(view: View, { machine, parts }: State, part: Part): boolean {
  return parts.length > 1 ? view.isReady(part) : view.readiness(machine) === ready;
}

/** Whether somebody may still send something that a thread does not leave to others. */
function mayBring(sender: State, to: number, passes: ReadonlySet<number> | undefined): boolean {
  return sender.sendsTo[to] === 1 && (!passes || sender.maySendBut(to, passes));
}

/** Who waits for whom from a machine on, back to it; empty where that is no circle. */
function circleFrom(size: number, view: View, machine: number): WaitingState[] {
  const circle: WaitingState[] = [];
  for (let at = machine; circle.length <= size;) {
    const state = view.state(at);
    const [on] = state.senders;
    const [part, ...others] = state.parts;
    if (
      !part ||
      others.length > 0 ||
      state.kind !== 'receive' ||
      on === undefined ||
      state.senders.length > 1 ||
      view.head(channelOf(on, at, size)) >= 0 ||
      view.readiness(at) === ready
    )
      return [];
    circle.push({ machine: at, part, on });
    if (on === machine) return circle;
    at = on;
  }
  return [];
}

/** Whether a thread may stay where it is for ever: one of a server, with nothing that was sent to it. */
export function isPartResting(size: number, view: View, machine: number, part: Part): boolean {
  return (
    part.rests &&
    !view.used.some(
      (channel) =>
        receiverOf(channel, size) === machine && view.next(channel, part.passes(senderOf(channel, size))) !== undefined,
    )
  );
}

/** Nobody can move: who waits for whom. Undefined where all have ended, or where something unknown takes part. */
export function stuckAt({ size }: Automata, view: View, machines: readonly number[]): Violation | undefined {
  const waiting: WaitingState[] = [];
  for (const machine of machines) {
    const state = view.state(machine);
    if (state.kind === 'unknown') return undefined;
    for (const part of state.parts) {
      if (isPartResting(size, view, machine, part)) continue;
      const on = part.moves[0]?.peer ?? part.senders[0];
      if (on === undefined) return undefined;
      waiting.push({ machine, part, on });
    }
  }
  if (waiting.length === 0) return lostAt(size, view, machines);
  const cycle = cycleOf(waiting);
  const circle = cycle.length > 0 ? waiting.filter((w) => cycle.includes(w)) : waiting;
  return { kind: 'deadlock', waiting, cycle, key: `deadlock ${circle.map((w) => w.part.key).join(' ')}` };
}

/**
 * Nobody moves, and all that wait may do so for ever: a message that none of the threads of its receiver takes is lost.
 */
function lostAt(size: number, view: View, machines: readonly number[]): Violation | undefined {
  const channel = view.used.find(
    (each) =>
      machines.includes(receiverOf(each, size)) &&
      view.length(each) > 0 &&
      view.state(receiverOf(each, size)).parts.length > 0,
  );
  if (channel === undefined) return undefined;
  const message = view.first(channel);
  return {
    kind: 'unmatched-send',
    channel,
    message,
    receiver: view.state(receiverOf(channel, size)),
    delivered: true,
    key: `unmatched-send ${channel}.${message}`,
  };
}

/**
 * The first circle among those that wait, from the first of its machines on: each waits for the machine of the next.
 */
function cycleOf(waiting: readonly WaitingState[]): readonly WaitingState[] {
  const from = (start: WaitingState): readonly WaitingState[] => {
    const path: WaitingState[] = [];
    const seen = new Set<WaitingState>();
    const visit = (at: WaitingState): readonly WaitingState[] => {
      const again = path.findIndex(({ machine }) => machine === at.on);
      path.push(at);
      if (at.on === at.machine) return [];
      if (again >= 0) return path.slice(again);
      if (!seen.has(at)) {
        seen.add(at);
        for (const next of waiting) {
          if (next.machine !== at.on) continue;
          const found = visit(next);
          if (found.length > 0) return found;
        }
      }
      path.pop();
      return [];
    };
    return visit(start);
  };
  for (const start of waiting) {
    const cycle = from(start);
    if (cycle.length > 0) return rotated(cycle);
  }
  return [];
}

function rotated(cycle: readonly WaitingState[]): readonly WaitingState[] {
  const first = cycle.findIndex(({ machine }) => machine === Math.min(...cycle.map((w) => w.machine)));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function takes(state: State, channel: number, label: number): boolean {
  for (const move of state.moves)
    if (move.kind === 'receive' && move.channel === channel && move.label === label) return true;
  return false;
}

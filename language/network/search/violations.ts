// What is wrong with a configuration: who waits for what can't come, what lies in queues for nobody, and who waits in a circle.
// All of it is for good: whatever the others do next, it stays wrong.
import { isRendezvous } from '../model/automata.js';
import type { Automata, State } from '../model/automata.js';
import { ready } from './configuration.js';
import type { View } from './configuration.js';
import { channelOf, receiverOf } from '../model/channel.js';

/** Something wrong that was reached, and that nothing that comes after can put right; `key` is the same for the same at the same states. */
export type Violation = { readonly key: string } & (
  /** Nobody can move: `waiting` in the order of the machines, each with the one it waits for; `cycle` those that wait in a circle. */
  | { readonly kind: 'deadlock'; readonly waiting: readonly WaitingState[]; readonly cycle: readonly number[] }
  /** The message that `receiver` waits for can't come any more; `circle`, where its sender waits for it in turn, perhaps by way of others: all of these, in this order. */
  | { readonly kind: 'unmatched-receive'; readonly receiver: State; readonly from: number; readonly sender: State; readonly circle: readonly WaitingState[] }
  /** A message that `receiver` will never take. */
  | { readonly kind: 'unmatched-send'; readonly channel: number; readonly message: number; readonly receiver: State; readonly delivered: boolean }
  /** The next message is none that `receiver` takes. */
  | { readonly kind: 'label-mismatch'; readonly channel: number; readonly message: number; readonly receiver: State }
);

export interface WaitingState {
  readonly state: State;
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
    // Who can go on has nothing wrong with what it waits for.
    if (state.kind === 'receive' && view.readiness(machine) !== ready) {
      const { senders } = state;
      let heads = 0;
      let first = -1;
      let mayCome = false;
      for (const from of senders) {
        const channel = channelOf(from, machine, size);
        // Who can't go on takes none of the heads.
        if (!rendezvous && view.head(channel) >= 0) {
          heads++;
          if (first < 0) first = channel;
        } else if (view.state(from).sendsTo[machine] === 1) mayCome = true;
      }
      if (mayCome) continue;
      if (heads > 0 && heads === senders.length) {
        const message = view.first(first);
        tell({ kind: 'label-mismatch', channel: first, message, receiver: state, key: `label-mismatch ${first}.${message} ${keyOf(state)}` });
        mismatched = (mismatched ?? new Set()).add(machine);
      } else if (heads === 0 && senders.length > 0 && !isResting(size, view, state)) {
        const from = senders[0] as number;
        tell({ kind: 'unmatched-receive', receiver: state, from, sender: view.state(from), circle: circleFrom(size, view, machine), key: `unmatched-receive ${keyOf(state)}` });
      }
    }
    const only = rendezvous && state.kind === 'send' && state.moves.length === 1 && view.readiness(machine) !== ready ? state.moves[0] : undefined;
    if (only) {
      const { channel, message, peer } = only;
      const receiver = view.state(peer);
      if (receiver.receivesFrom[machine] === 0) {
        tell({ kind: 'unmatched-send', channel, message, receiver, delivered: false, key: `unmatched-send ${channel}.${message}` });
      } else if (receiver.kind === 'receive' && receiver.senders.length === 1 && receiver.senders[0] === machine && !takes(receiver, channel, only.label)) {
        tell({ kind: 'label-mismatch', channel, message, receiver, key: `label-mismatch ${channel}.${message} ${keyOf(receiver)}` });
      }
    }
  }
  if (rendezvous) return problems;
  for (const machine of machines) {
    for (const { channel, label } of view.state(machine).drops) {
      // Neither dropped nor taken: behind it, nothing comes through.
      if (view.head(channel) < 0 || view.head(channel) === label) continue;
      const message = view.first(channel);
      tell({ kind: 'unmatched-send', channel, message, receiver: view.state(machine), delivered: true, key: `unmatched-send ${channel}.${message}` });
    }
  }
  for (const machine of machines) {
    for (const channel of view.deaf(machine)) {
      if (view.head(channel) < 0 || mismatched?.has(machine) === true) continue;
      const receiver = view.state(machine);
      const message = view.first(channel);
      tell({ kind: 'unmatched-send', channel, message, receiver, delivered: true, key: `unmatched-send ${channel}.${message}` });
    }
  }
  return problems;
}

/** Who waits for whom from a machine on, back to it; empty where that is no circle. */
function circleFrom(size: number, view: View, machine: number): WaitingState[] {
  const circle: WaitingState[] = [];
  for (let at = machine; circle.length <= size;) {
    const state = view.state(at);
    const [on] = state.senders;
    if (state.kind !== 'receive' || on === undefined || state.senders.length > 1 || view.head(channelOf(on, at, size)) >= 0 || view.readiness(at) === ready) return [];
    circle.push({ state, on });
    if (on === machine) return circle;
    at = on;
  }
  return [];
}

/** Whether a machine may stay where it is for ever: a server, with nothing that was sent to it. */
export function isResting(size: number, view: View, { machine, rests }: State): boolean {
  return rests && !view.used.some((channel) => receiverOf(channel, size) === machine && view.head(channel) >= 0);
}

/** Nobody can move: who waits for whom. Undefined where all have ended, or where something unknown takes part. */
export function stuckAt({ size }: Automata, view: View, machines: readonly number[]): Violation | undefined {
  const waiting: WaitingState[] = [];
  for (const machine of machines) {
    const state = view.state(machine);
    if (state.kind === 'end' || isResting(size, view, state)) continue;
    const on = state.moves[0]?.peer;
    if (state.kind === 'unknown' || on === undefined) return undefined;
    waiting.push({ state, on });
  }
  if (waiting.length === 0) return undefined;
  const cycle = cycleOf(waiting);
  const circle = cycle.length > 0 ? waiting.filter((w) => cycle.includes(w.state.machine)) : waiting;
  return { kind: 'deadlock', waiting, cycle, key: `deadlock ${circle.map((w) => keyOf(w.state)).join(' ')}` };
}

function keyOf({ machine, index }: State): string {
  return `${machine}.${index}`;
}

/** The first circle among those that wait, from the first of its roles on. */
function cycleOf(waiting: readonly WaitingState[]): number[] {
  const next = new Map(waiting.map((w) => [w.state.machine, w.on]));
  for (const { state } of waiting) {
    const path: number[] = [];
    for (let at: number | undefined = state.machine; at !== undefined; at = next.get(at)) {
      const start = path.indexOf(at);
      if (start >= 0) return rotated(path.slice(start));
      path.push(at);
    }
  }
  return [];
}

function rotated(cycle: readonly number[]): number[] {
  const first = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}

function takes(state: State, channel: number, label: number): boolean {
  for (const move of state.moves) if (move.kind === 'receive' && move.channel === channel && move.label === label) return true;
  return false;
}

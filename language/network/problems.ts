// What is wrong with a configuration: who waits for what can't come, what lies in queues for nobody, and who waits in a circle.
// All of it is for good: whatever the others do next, it stays wrong.
import type { Problem, Waiting } from './engine.js';
import type { Configuration, Stepper } from './step.js';
import type { LocalState, System } from './system.js';

/**
 * The problems of a configuration that no step can mend.
 * @param machines the machines that run
 * @returns the problems; empty where there are none
 */
export function problemsOf(system: System, stepper: Stepper, c: Configuration, machines: readonly number[]): Problem[] {
  const size = system.names.length;
  const rendezvous = system.channels.kind === 'sync' || (system.channels.kind === 'buffer' && system.channels.size <= 0);
  const problems: Problem[] = [];
  const mismatched = new Set<number>();
  for (const machine of machines) {
    const state = c.states[machine] as LocalState;
    const { node } = state;
    if (node.kind === 'receive') {
      const peers = sendersFor(system, state);
      const [only] = peers;
      const waiting = peers.length === 1 && only !== undefined ? c.queues.get(only * size + machine)?.[0] : undefined;
      // The common case: what is waited for is there.
      if (waiting !== undefined && only !== undefined && takes(system, state, only, stepper.message(waiting).label)) continue;
      const heads = peers.flatMap((from) => {
        const head = c.queues.get(from * size + machine)?.[0];
        return head === undefined ? [] : [{ from, message: stepper.message(head) }];
      });
      const wrong = heads.filter(({ from, message }) => !takes(system, state, from, message.label));
      if (peers.length > 0 && wrong.length === peers.length) {
        const [first] = wrong;
        if (first) problems.push({ kind: 'label-mismatch', sender: first.from, site: first.message, receiver: state });
        mismatched.add(machine);
      } else if (heads.length === 0 && peers.length > 0 && peers.every((from) => cannotSend(system, c, from, machine))) {
        const from = peers[0] as number;
        problems.push({ kind: 'unmatched-receive', receiver: state, from, sender: c.states[from] as LocalState });
      }
    }
    if (node.kind === 'send' && rendezvous) {
      const to = system.peer(state, node.peer);
      const other = to === undefined ? undefined : c.states[to];
      if (other && to !== undefined) {
        const site = { template: state.instance.template, node: state.nodeId };
        if (cannotReceive(system, other, machine)) problems.push({ kind: 'unmatched-send', sender: machine, site, receiver: other, delivered: false });
        else if (other.node.kind === 'receive' && other.node.options.every((o) => system.peer(other, o.peer) === machine) && !takes(system, other, machine, node.label)) {
          problems.push({ kind: 'label-mismatch', sender: machine, site, receiver: other });
        }
      }
    }
  }
  c.queues.forEach(([head], channel) => {
    const receiver = c.states[channel % size];
    if (head === undefined || !receiver || mismatched.has(receiver.machine)) return;
    const sender = Math.floor(channel / size);
    if (cannotReceive(system, receiver, sender)) problems.push({ kind: 'unmatched-send', sender, site: stepper.message(head), receiver, delivered: true });
  });
  return problems;
}

/** Nobody can move: who waits for whom. Undefined where all have ended, or where something unknown takes part. */
export function deadlockOf(system: System, c: Configuration, machines: readonly number[]): Problem | undefined {
  const waiting: Waiting[] = [];
  for (const machine of machines) {
    const state = c.states[machine];
    if (!state || (state.node.kind === 'end' && !state.instance.caller)) continue;
    const { node } = state;
    const on = node.kind === 'send' ? system.peer(state, node.peer)
      : node.kind === 'receive' ? node.options.map((o) => system.peer(state, o.peer)).find((p) => p !== undefined) : undefined;
    if (on === undefined) return undefined;
    waiting.push({ state, on });
  }
  return waiting.length > 0 ? { kind: 'deadlock', waiting, cycle: cycleOf(waiting) } : undefined;
}

/** The first circle among those that wait, from the first of its roles on. */
function cycleOf(waiting: readonly Waiting[]): number[] {
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

const senders = new WeakMap<LocalState, readonly number[]>();

/** The machines that a state receives from, worked out once. */
function sendersFor(system: System, state: LocalState): readonly number[] {
  let known = senders.get(state);
  if (!known) {
    known = state.node.kind === 'receive' ? [...new Set(state.node.options.flatMap((o) => system.peer(state, o.peer) ?? []))] : [];
    senders.set(state, known);
  }
  return known;
}

function takes(system: System, state: LocalState, from: number, label: string): boolean {
  return state.node.kind === 'receive' && state.node.options.some((o) => o.label === label && system.peer(state, o.peer) === from);
}

function cannotSend(system: System, c: Configuration, from: number, to: number): boolean {
  const state = c.states[from];
  if (!state) return false;
  const { sends, unknown } = system.future(state);
  return !unknown && !sends.has(to);
}

function cannotReceive(system: System, state: LocalState, from: number): boolean {
  const { receives, unknown } = system.future(state);
  return !unknown && !receives.has(from);
}

// A run in words: what happened, in source terms, with what does not belong to it left out.
import type { Origin } from '../ir/expression.js';
import type { Action } from '../ir/process.js';
import { printExpr, printPattern } from '../syntax/print.js';
import type { Event, Problem } from './engine.js';
import type { LocalState, System } from './system.js';
import { actionOf } from './template.js';
import type { GraphNode } from './template.js';
import type { RunStep } from './verdict.js';

/**
 * The events that a problem comes from: those of the machines that take part in it, and what these had to receive.
 * @param events a run that leads to the problem
 * Cost: linear in the run
 */
export function causesOf(system: System, problem: Problem, events: readonly Event[]): readonly Event[] {
  const needed = new Set<number>();
  const required = new Set<number>();
  const receivedBy = sendOf(events);
  const lastSend = (sender: number, receiver: number, delivered: boolean): number => {
    // The message at the head of the queue is the first that was not received.
    const channel = sender * system.names.length + receiver;
    const sends = events.flatMap((e, i) => (e.kind === 'send' && e.channel === channel ? [i] : []));
    const received = events.filter((e) => e.kind === 'receive' && e.channel === channel).length;
    return delivered ? sends[received] ?? -1 : -1;
  };
  switch (problem.kind) {
    case 'deadlock': {
      // Who waits in the circle, or for somebody who does.
      const circle = problem.cycle.length > 0 ? problem.cycle : problem.waiting.map((w) => w.state.machine);
      for (const machine of circle) needed.add(machine);
      break;
    }
    case 'unmatched-receive': needed.add(problem.receiver.machine).add(problem.from); break;
    case 'unmatched-send':
      needed.add(problem.receiver.machine);
      if (problem.delivered) required.add(lastSend(problem.sender, problem.receiver.machine, true));
      else needed.add(problem.sender);
      break;
    case 'label-mismatch': {
      needed.add(problem.receiver.machine);
      const send = lastSend(problem.sender, problem.receiver.machine, true);
      if (send >= 0) required.add(send);
      else needed.add(problem.sender);
    }
  }
  return sliceOf(events, needed, required, receivedBy);
}

/** The events that a machine, and those that it waits for, come from. */
export function eventsOf(machines: readonly number[], events: readonly Event[]): readonly Event[] {
  return sliceOf(events, new Set(machines), new Set(), sendOf(events));
}

/** For each receive, its send, by their places in the run. */
function sendOf(events: readonly Event[]): ReadonlyMap<number, number> {
  const pending = new Map<number, number[]>();
  const result = new Map<number, number>();
  events.forEach((event, index) => {
    if (event.kind === 'send') pending.set(event.channel, [...pending.get(event.channel) ?? [], index]);
    if (event.kind !== 'receive') return;
    const [first, ...rest] = pending.get(event.channel) ?? [];
    if (first !== undefined) result.set(index, first);
    pending.set(event.channel, rest);
  });
  return result;
}

function sliceOf(events: readonly Event[], machines: ReadonlySet<number>, required: ReadonlySet<number>, sends: ReadonlyMap<number, number>): readonly Event[] {
  const needed = new Set(machines);
  const wanted = new Set(required);
  const kept: Event[] = [];
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as Event;
    const { machine } = event.before;
    if (!needed.has(machine) && !wanted.has(i)) continue;
    needed.add(machine);
    const send = sends.get(i);
    if (send !== undefined) wanted.add(send);
    kept.push(event);
  }
  return kept.reverse();
}

/** Events in words, each with its place. */
export function wordsOf(system: System, events: readonly Event[]): readonly RunStep[] {
  return events.map((event): RunStep => {
    const { instance, machine } = event.before;
    return { text: textOf(system, event), role: system.names[machine] ?? '', uri: instance.template.uri, origin: originOf(event.before) };
  });
}

/** The place of a state in its own text. */
export function originOf(state: LocalState): Origin {
  return originOfNode(state.node) ?? state.instance.template.process.name.origin;
}

export function originOfNode(node: GraphNode): Origin | undefined {
  const action = actionOf(node);
  return action?.origins[0];
}

/** Where a state is in the process as it stands in the network that is checked: the call, for what was called. */
export function outerState(state: LocalState): LocalState | undefined {
  let at: LocalState | undefined = state;
  while (at && !at.instance.template.written) at = at.instance.caller;
  return at;
}

function textOf(system: System, event: Event): string {
  const { node, machine } = event.before;
  const role = system.names[machine] ?? '';
  switch (event.kind) {
    case 'send': return node.kind === 'send' ? `${role} sends ${messageText(node.action)} to ${system.names[event.to]}` : role;
    case 'receive': {
      const option = node.kind === 'receive' ? node.options[event.option] : undefined;
      const what = [option?.branch.variable?.text, option?.label].filter(Boolean);
      return `${role} receives ${what.length === 2 ? `${what[1]}(${what[0]})` : what[0] ?? 'a message'} from ${system.names[event.from]}`;
    }
    case 'decide': return node.kind === 'decide' ? `${role}: ${printExpr(node.action.condition)} is ${event.answer}` : role;
    case 'branch': {
      if (node.kind === 'match') {
        const pattern = node.cases[event.branch]?.pattern;
        return `${role}: ${printExpr(node.action.value)} is ${pattern ? printPattern(pattern) : 'something else'}`;
      }
      return `${role} chooses the ${ordinal(event.branch)} branch`;
    }
  }
}

function ordinal(index: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'][index] ?? `${index + 1}th`;
}

/** What is sent, as one would write it: `"hello"`, `accept`, `ship(wanted)`. */
export function messageText(action: Extract<Action, { kind: 'send' }>): string {
  const value = action.value && printExpr(action.value);
  const label = action.label?.name.text;
  return label ? (value ? `${label}(${value})` : label) : value ?? 'a message';
}

/** What a receive waits for: `greeting`, `accept or reject`. */
export function awaitedText(action: Extract<Action, { kind: 'receive' }>): string {
  const names = action.branches.map((b) => b.label?.text ?? b.variable?.text).filter((n) => n !== undefined);
  if (names.length === 0) return 'a message';
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** The decisions of a run, for the sentence `It happens when …`; empty where there are none. */
export function conditionsOf(system: System, events: readonly Event[]): string {
  const all = events.flatMap((event): string[] => {
    const { node, machine } = event.before;
    const role = system.names[machine] ?? '';
    if (event.kind === 'decide' && node.kind === 'decide') return [`${role}’s \`${printExpr(node.action.condition)}\` is ${event.answer}`];
    if (event.kind === 'branch' && node.kind === 'match') {
      const pattern = node.cases[event.branch]?.pattern;
      return [`${role}’s \`${printExpr(node.action.value)}\` is ${pattern ? `\`${printPattern(pattern)}\`` : 'something else'}`];
    }
    if (event.kind === 'branch') return [`${role} takes the ${ordinal(event.branch)} branch`];
    return [];
  });
  // Of a loop, the last time round is what counts.
  const last = [...new Set(all.reverse())].reverse().slice(-3);
  if (last.length === 0) return '';
  return `It happens when ${last.length === 1 ? last[0] : `${last.slice(0, -1).join(', ')} and ${last.at(-1)}`}.`;
}

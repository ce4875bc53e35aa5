// A run in words: what happened, in source terms, with what does not belong to it left out.
import { asWritten } from '../../ir/expression.js';
import type { Expr, TextRange, Pattern } from '../../ir/expression.js';
import type { Action } from '../../ir/process.js';
import type { Target } from '../../ir/target.js';
import { ordinal } from '../../syntax/ordinal.js';
import { printExpr, printPattern, printTarget } from '../../syntax/print.js';
import type { Event, Problem, Site } from '../model/exploration.js';
import type { LocalState, System } from '../model/system.js';
import { actionOf } from '../model/control-flow.js';
import type { GraphNode } from '../model/control-flow.js';
import type { RunStep } from '../../findings/run.js';
import { canBe } from './conditions.js';
import { channelOf } from '../model/channel.js';

/**
 * The events that a problem comes from: those of the machines that take part in it, and what these had to receive.
 * @param events a run that leads to the problem
 * Cost: linear in the run
 */
export function causesOf(system: System, problem: Problem, events: readonly Event[]): readonly Event[] {
  if (problem.kind === 'label-mismatch' || (problem.kind === 'unmatched-send' && problem.delivered))
    return eventsToMessage(system, problem, events);
  const needed = followedIn(problem);
  if (problem.kind === 'unmatched-send') needed.add(problem.sender);
  return sliceOf(events, needed, new Set(), roomOf(system));
}

/** The events that the next message from a sender to a receiver comes from, and where the receiver stands. */
export function eventsToMessage(
  system: System,
  { sender, receiver, site }: { readonly sender: number; readonly receiver: LocalState; readonly site: Site },
  events: readonly Event[],
): readonly Event[] {
  const send = firstOf(events, channelOf(sender, receiver.machine, system.names.length), site);
  // A message that is not sent yet is what its sender stands at.
  const needed = new Set([receiver.machine, ...(send === undefined ? [sender] : [])]);
  return sliceOf(events, needed, new Set(send === undefined ? [] : [send]), roomOf(system));
}

/** The first message of a queue that was sent at a place, by its send. */
function firstOf(events: readonly Event[], channel: number, site: Site): number | undefined {
  const taken = new Set(sendOf(events).values());
  const first = events.findIndex(
    (event, i) => event.kind === 'send' && event.channel === channel && !taken.has(i) && isAt(event.before, site),
  );
  return first < 0 ? undefined : first;
}

/** Whether a thread stands at a place of the text. */
export function isAt({ instance, nodeId }: LocalState, { cfg, node }: Site): boolean {
  return instance.cfg === cfg && nodeId === node;
}

/**
 * The machines that a problem is about: these are followed to the end, whereas of others only what they need is told.
 */
export function followedIn(problem: Problem): Set<number> {
  switch (problem.kind) {
    // Of all that are told to wait, the way there is told.
    case 'deadlock':
      return new Set(problem.waiting.map((w) => w.state.machine));
    case 'unmatched-receive':
      return new Set([
        problem.receiver.machine,
        problem.from,
        ...problem.others.map(({ machine }) => machine),
        ...problem.circle.map((w) => w.state.machine),
      ]);
    case 'unmatched-send':
    case 'label-mismatch':
      return new Set([problem.receiver.machine]);
  }
}

/**
 * The events that some machines come from, and all decisions of the others, on which it depends whether they are
 * served.
 */
export function eventsOf(system: System, machines: readonly number[], events: readonly Event[]): readonly Event[] {
  const decisions = events.flatMap((event, i) => (event.kind === 'decide' || event.kind === 'branch' ? [i] : []));
  return sliceOf(events, new Set(machines), new Set(decisions), roomOf(system));
}

/** How many messages a queue holds; 0 where each is taken at once. */
export function roomOf({ channels }: System): number {
  return channels.kind === 'buffer' ? Math.max(0, channels.size) : channels.kind === 'sync' ? 0 : Infinity;
}

/** Whether a message leaves its queue. */
function takes(event: Event): event is Extract<Event, { kind: 'receive' | 'drop' }> {
  return event.kind === 'receive' || event.kind === 'drop';
}

/**
 * For each receive, its send, by their places in the run: the first on its channel that was sent at the same place, and
 * not taken yet. Threads may take what lies behind others' messages.
 */
function sendOf(events: readonly Event[]): ReadonlyMap<number, number> {
  const pending = new Map<number, number[]>();
  const result = new Map<number, number>();
  events.forEach((event, index) => {
    if (event.kind === 'send') pending.set(event.channel, [...(pending.get(event.channel) ?? []), index]);
    if (!takes(event)) return;
    const sent = pending.get(event.channel) ?? [];
    const at = sent.findIndex((send) => isAt((events[send] as Event).before, event.sender));
    const send = sent[at];
    if (send !== undefined) result.set(index, send);
    pending.set(
      event.channel,
      sent.filter((_, i) => i !== at),
    );
  });
  return result;
}

/**
 * The events that some machines come from: theirs, and what these had to wait for.
 * @param required single events that belong to it too
 * @param room how many messages a queue holds, see `roomOf`. A sender may have had to wait until there was room.
 */
function sliceOf(
  events: readonly Event[],
  machines: ReadonlySet<number>,
  required: ReadonlySet<number>,
  room: number,
): readonly Event[] {
  const sends = sendOf(events);
  const before = room > 0 && Number.isFinite(room) ? roomMadeBy(events, room) : new Map<number, number>();
  const needed = new Set(machines);
  const wanted = new Set(required);
  const kept: Event[] = [];
  for (let i = events.length - 1; i >= 0; i--) {
    const event = events[i] as Event;
    const { machine } = event.before;
    const send = sends.get(i);
    const taken = room === 0 && takes(event) && send !== undefined && (needed.has(event.from) || wanted.has(send));
    if (!needed.has(machine) && !wanted.has(i) && !taken) continue;
    needed.add(machine);
    for (const cause of [send, before.get(i)]) if (cause !== undefined) wanted.add(cause);
    kept.push(event);
  }
  return kept.reverse();
}

/** For each send into a queue that was full before, the receive that made room for it. */
function roomMadeBy(events: readonly Event[], room: number): ReadonlyMap<number, number> {
  const sent = new Map<number, number>();
  const received = new Map<number, number[]>();
  const result = new Map<number, number>();
  events.forEach((event, index) => {
    if (takes(event)) received.set(event.channel, [...(received.get(event.channel) ?? []), index]);
    if (event.kind !== 'send') return;
    const count = sent.get(event.channel) ?? 0;
    sent.set(event.channel, count + 1);
    const receive = received.get(event.channel)?.[count - room];
    if (receive !== undefined) result.set(index, receive);
  });
  return result;
}

/**
 * Events in words, each with its place. What is received is told as soon as it can be, so that a run reads like a
 * conversation.
 * Cost: linear in the events
 */
export function wordsOf(system: System, events: readonly Event[]): readonly RunStep[] {
  const ordered = asConversation(events);
  const sends = sendOf(ordered);
  const receives = new Map([...sends].map(([receive, send]) => [send, receive]));
  return ordered.map((event, index): RunStep => {
    const { instance, machine, node } = event.before;
    const role = system.names[machine] ?? '';
    const place = { role, uri: instance.cfg.uri, origin: originOf(event.before) };
    switch (event.kind) {
      case 'send': {
        const [to, taken] = [system.names[event.to] ?? '', receives.get(index)];
        const message = node.kind === 'send' ? messageText(node.action) : 'a message';
        return {
          ...place,
          kind: 'send',
          to,
          message,
          text: `${role} sends ${message} to ${to}`,
          ...(taken === undefined ? {} : { taken }),
        };
      }
      case 'receive': {
        const [from, sent] = [system.names[event.from] ?? '', sends.get(index)];
        const option = node.kind === 'receive' ? node.options[event.option] : undefined;
        const message = option ? takenText(option.branch.into, option.label) : 'a message';
        return {
          ...place,
          kind: 'receive',
          from,
          message,
          text: `${role} receives ${message} from ${from}`,
          ...(sent === undefined ? {} : { sent }),
        };
      }
      case 'drop': {
        const [from, sent] = [system.names[event.from] ?? '', sends.get(index)];
        const node = event.sender.cfg.nodes[event.sender.node];
        const message = node?.kind === 'send' ? messageText(node.action) : 'a message';
        return {
          ...place,
          kind: 'receive',
          from,
          message,
          dropped: true,
          text: `${role} drops ${message} from ${from}, which it does not wait for any more`,
          ...(sent === undefined ? {} : { sent }),
        };
      }
      case 'step': {
        const fact = stepText(node);
        return { ...place, kind: 'decide', fact, text: `${role}: ${fact}` };
      }
      case 'decide':
      case 'branch': {
        const { kind, fact } = decisionOf(event);
        return { ...place, kind, fact, text: kind === 'decide' ? `${role}: ${fact}` : `${role} ${fact}` };
      }
    }
  });
}

/** The same run, each receive moved up to right behind its send where nothing that its machine does comes between. */
function asConversation(events: readonly Event[]): readonly Event[] {
  const sends = sendOf(events);
  const receives = new Map([...sends].map(([receive, send]) => [send, receive]));
  const lanes = new Map<number, number[]>();
  events.forEach(({ before: { machine } }, index) => {
    const lane = lanes.get(machine);
    if (lane) lane.push(index);
    else lanes.set(machine, [index]);
  });
  const done = new Set<number>();
  /** How many events of each machine are told. */
  const told = new Map<number, number>();
  const tell = (index: number): void => {
    const machine = events[index]?.before.machine ?? -1;
    done.add(index);
    told.set(machine, (told.get(machine) ?? 0) + 1);
    const receive = receives.get(index);
    const receiver = receive === undefined ? undefined : events[receive]?.before.machine;
    if (receive !== undefined && receiver !== undefined && lanes.get(receiver)?.[told.get(receiver) ?? 0] === receive)
      tell(receive);
  };
  for (let index = 0; index < events.length; index++) if (!done.has(index)) tell(index);
  return [...done].map((index) => events[index] as Event);
}

/** The place of a state in its own text. */
export function originOf(state: LocalState): TextRange {
  return originOfNode(state.node) ?? state.instance.cfg.process.name.origin;
}

export function originOfNode(node: GraphNode): TextRange | undefined {
  const action = actionOf(node);
  return action?.origins[0];
}

/** Where a state is in the process as it stands in the network that is checked: the call, for what was called. */
export function outerState(state: LocalState): LocalState | undefined {
  let at: LocalState | undefined = state;
  while (at && !at.instance.cfg.written) at = at.instance.caller;
  return at;
}

function sayExpr(expr: Expr): string {
  return printExpr(asWritten(expr));
}

function sayPattern(pattern: Pattern): string {
  return printPattern(asWritten(pattern));
}

/** What a machine decided, without its name. */
function decisionOf(event: Extract<Event, { kind: 'decide' | 'branch' }>): {
  readonly kind: 'decide' | 'choose';
  readonly fact: string;
} {
  const { node } = event.before;
  if (event.kind === 'decide')
    return {
      kind: 'decide',
      fact: node.kind === 'decide' ? `${sayExpr(node.action.condition)} is ${event.answer}` : `it is ${event.answer}`,
    };
  if (node.kind !== 'match') return { kind: 'choose', fact: `takes the ${ordinal(event.branch)} branch` };
  const pattern = node.cases[event.branch]?.pattern;
  return {
    kind: 'decide',
    fact: `${sayExpr(node.action.value)} is ${pattern ? sayPattern(pattern) : 'something else'}`,
  };
}

/** A local step of a thread, as it is written. */
function stepText(node: GraphNode): string {
  const action = actionOf(node);
  const acted = action?.kind === 'at' ? action.body.actions : action ? [action] : [];
  return (
    acted
      .flatMap((each) => {
        if (each.kind === 'assignment') return [`${sayTarget(each.into)} = ${sayExpr(each.value)}`];
        return each.kind === 'call' ? [`calls ${each.callee.written ?? each.callee.text}`] : [];
      })
      .join(', ') || 'goes on'
  );
}

/** What is sent, as one would write it: `"hello"`, `accept`, `ship(wanted)`. */
export function messageText(action: Extract<Action, { kind: 'send' }>): string {
  const value = action.value && sayExpr(action.value);
  const label = action.label?.name.text === '' ? undefined : action.label?.name.text;
  // Several values are those of a tuple.
  const several = action.value?.kind === 'tuple';
  return label ? (value ? (several ? `${label}${value}` : `${label}(${value})`) : label) : (value ?? 'a message');
}

/** The roles that a state waits for messages from. */
export function awaitedFrom(system: System, state: LocalState): readonly string[] {
  const { node } = state;
  if (node.kind !== 'receive') return [];
  return [...new Set(node.options.flatMap(({ peer }) => system.names[system.peer(state, peer) ?? -1] ?? []))];
}

/** What is taken: `greeting`, `accept`, `ship(wanted)`, `user(name, age)`. */
function takenText(into: Target | undefined, label: string): string {
  const taken = into && sayTarget(into);
  if (!label) return taken ?? 'a message';
  return taken === undefined ? label : `${label}${taken.startsWith('(') ? taken : `(${taken})`}`;
}

/** What takes a value, as its author calls it. */
export function sayTarget(into: Target): string {
  return printTarget(asWritten(into));
}

/** What a receive waits for: `greeting`, `accept or reject`. */
export function awaitedText(action: Extract<Action, { kind: 'receive' }>): string {
  const all = action.branches.map((b) => b.label?.text ?? (b.into && sayTarget(b.into)));
  // Of several senders, the same may be awaited.
  const names = [...new Set(all.filter((n) => n !== undefined))];
  if (names.length === 0) return 'a message';
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/**
 * The decisions of a run that matter, for the sentence `It happens when …`; empty where there are none.
 * @param decisions those of its events that are to be told, see `neededDecisions`
 * @param suspected no values are known that it happens with
 */
export function conditionsOf(system: System, decisions: readonly Event[], suspected = false): string {
  const last = lastDecisions(system, decisions, suspected);
  if (suspected)
    return `No values were found that this happens with; it does ${last.length === 0 ? 'if there are any' : canBe(last)}.`;
  if (last.length === 0) return '';
  return `It happens when ${last.length === 1 ? last[0] : `${last.slice(0, -1).join(', ')} and ${last.at(-1)}`}.`;
}

/**
 * The last decisions of some: of a loop, the last time round is what counts.
 * @param byValue only those that values make
 */
export function lastDecisions(system: System, decisions: readonly Event[], byValue = false): readonly string[] {
  const all = decisions
    .filter((event, i) => !decisions.some((later, j) => j > i && later.before === event.before))
    .flatMap((event): string[] => {
      const { node, machine } = event.before;
      const role = system.names[machine] ?? '';
      if (event.kind === 'decide' && node.kind === 'decide')
        return [`${role}’s \`${sayExpr(node.action.condition)}\` is ${event.answer}`];
      if (event.kind === 'branch' && node.kind === 'match') {
        const pattern = node.cases[event.branch]?.pattern;
        const said = pattern && sayPattern(pattern);
        // As of a condition.
        const plain = said === undefined || said === 'true' || said === 'false';
        return [`${role}’s \`${sayExpr(node.action.value)}\` is ${plain ? (said ?? 'something else') : `\`${said}\``}`];
      }
      if (event.kind === 'branch' && !byValue) return [`${role} takes the ${ordinal(event.branch)} branch`];
      return [];
    });
  return [...new Set(all.reverse())].reverse().slice(-3);
}

/** Where machines stand at the end of a run that leads to a problem, as far as it is told. */
export function endsOf(problem: Problem): readonly LocalState[] {
  switch (problem.kind) {
    case 'deadlock':
      return problem.waiting.map((w) => w.state);
    case 'unmatched-receive':
      return [problem.receiver, problem.sender, ...problem.others, ...problem.circle.map((w) => w.state)];
    case 'unmatched-send':
    case 'label-mismatch':
      return [problem.receiver];
  }
}

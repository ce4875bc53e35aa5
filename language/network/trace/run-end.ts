// The end of a run: where each role stands then, what lies in the queues, and who waits for whom.
import type { Event, Meeting, Problem, Site, Starving } from '../model/exploration.js';
import { awaitedFrom, awaitedText, followedIn, messageText, originOf, originOfNode, wordsOf } from './run.js';
import type { LocalState, System } from '../model/system.js';
import { listed, quotedWait } from '../../text/words.js';
import type { Run, RunEnd, RunMessage, RunStep } from '../../findings/run.js';

/**
 * The run that leads to a problem, with its end.
 * @param events those that the problem comes from, see `causesOf`
 * Cost: linear in the events, but for the queues
 */
export function runOf(system: System, problem: Problem, events: readonly Event[]): Run {
  const steps = wordsOf(system, events);
  const name = (machine: number): string => system.names[machine] ?? '';
  const followed = new Set([...followedIn(problem)].map(name));
  switch (problem.kind) {
    case 'deadlock': {
      const ends = problem.waiting.map(({ state, on }) => waits(system, state, on));
      return assemble(
        system,
        steps,
        ends,
        queuesOf(steps, followed),
        problem.cycle.map((w) => name(w.state.machine)),
      );
    }
    case 'unmatched-receive': {
      // Who should send it waits itself: all of them are stuck.
      if (problem.circle.length > 0) {
        return assemble(
          system,
          steps,
          problem.circle.map(({ state, on }) => waits(system, state, on)),
          queuesOf(steps, followed),
          problem.circle.map((w) => name(w.state.machine)),
        );
      }
      const ends = [
        waits(system, problem.receiver, problem.from),
        ...[problem.sender, ...problem.others].map((sender) =>
          stands(system, sender, `sends nothing more to ${name(problem.receiver.machine)}`),
        ),
      ];
      return assemble(system, steps, ends, queuesOf(steps, followed), []);
    }
    case 'unmatched-send': {
      const [from, to] = [name(problem.sender), name(problem.receiver.machine)];
      const ends = [
        ...(problem.delivered ? [] : [waitsToSend(system, problem.site, problem.sender, to)]),
        stands(
          system,
          problem.receiver,
          takesOthers(system, problem)
            ? `takes only other messages from ${from}`
            : `receives nothing more from ${from}`,
        ),
      ];
      return assemble(system, steps, ends, queuesOf(steps, followed, problem.delivered ? { from, to } : undefined), []);
    }
    case 'label-mismatch':
      return runToMessage(system, problem, waits(system, problem.receiver, problem.sender), steps);
  }
}

/** Whether threads of who does not take a message go on to take others of its sender. */
export function takesOthers(
  system: System,
  { receiver, sender }: Extract<Problem, { kind: 'unmatched-send' }>,
): boolean {
  return receiver.threads !== undefined && system.future(receiver).receives.has(sender);
}

/**
 * The run that leads to a message that is taken for something else than it is.
 * @param takes what its receiver takes it for: `takes `copies` as an `int`, not a `string``
 * @param events those that it comes from, see `eventsToMessage`
 */
export function runToMismatch(system: System, meeting: Meeting, takes: string, events: readonly Event[]): Run {
  const { receiver, sender } = meeting;
  const place = {
    role: system.names[receiver.machine] ?? '',
    uri: receiver.instance.cfg.uri,
    origin: originOf(receiver),
  };
  return runToMessage(
    system,
    meeting,
    { ...place, kind: 'takes', from: system.names[sender] ?? '', text: takes },
    wordsOf(system, events),
  );
}

/** A run that ends with a message which is wrong: in the queue, or, in a rendezvous, with its sender. */
function runToMessage(
  system: System,
  { sender, site, receiver }: Omit<Meeting, 'run'>,
  end: RunEnd,
  steps: readonly RunStep[],
): Run {
  const [from, to] = [system.names[sender] ?? '', system.names[receiver.machine] ?? ''];
  const queues = queuesOf(steps, new Set([to]), { from, to });
  const delivered = queues.some((message) => message.wrong);
  return assemble(system, steps, [end, ...(delivered ? [] : [waitsToSend(system, site, sender, to)])], queues, []);
}

/** The run after which a machine waits for ever while others go on. */
export function runToStarving(system: System, { state, active }: Starving, on: number, events: readonly Event[]): Run {
  const steps = wordsOf(system, events);
  const others = active.flatMap((machine): RunEnd[] => {
    const root = system.roots[machine]?.instance.cfg;
    return root
      ? [
          {
            kind: 'active',
            role: system.names[machine] ?? '',
            uri: root.uri,
            origin: root.process.name.origin,
            text: 'goes on for ever',
          },
        ]
      : [];
  });
  return assemble(
    system,
    steps,
    [waits(system, state, on), ...others],
    queuesOf(steps, new Set([system.names[state.machine] ?? ''])),
    [],
  );
}

/** A run with the roles that have a part in it: those that act, that others wait for, and `others`. */
export function assemble(
  system: System,
  steps: readonly RunStep[],
  ends: readonly RunEnd[],
  queues: readonly RunMessage[],
  cycle: readonly string[],
  others: readonly string[] = [],
): Run {
  const part = new Set(others);
  const acting = new Set(
    steps.flatMap((step) => [
      step.role,
      ...(step.kind === 'send' ? [step.to] : step.kind === 'receive' ? [step.from] : []),
    ]),
  );
  for (const role of acting) part.add(role);
  for (const end of ends) {
    part.add(end.role);
    if (end.kind === 'waits') part.add(end.on);
  }
  return { roles: system.names.filter((name) => part.has(name)), steps, ends, queues, cycle };
}

function waits(system: System, state: LocalState, machine: number): RunEnd {
  const { node } = state;
  const on = system.names[machine] ?? '';
  const role = system.names[state.machine] ?? '';
  const place = { role, uri: state.instance.cfg.uri, origin: originOf(state) };
  if (node.kind === 'send')
    return { ...place, kind: 'waits', to: 'send', on, ...sending(messageText(node.action), on) };
  const what = node.kind === 'receive' ? awaitedText(node.action) : 'a message';
  return {
    ...place,
    kind: 'waits',
    to: 'receive',
    on,
    what,
    text: `waits for ${quotedWait(what, 'receive')} from ${listed(awaitedFrom(system, state), 'or') || on}`,
  };
}

function waitsToSend(system: System, site: Site, machine: number, on: string): RunEnd {
  const node = site.cfg.nodes[site.node];
  const what = node?.kind === 'send' ? messageText(node.action) : 'a message';
  const origin = (node && originOfNode(node)) ?? site.cfg.process.name.origin;
  return {
    kind: 'waits',
    role: system.names[machine] ?? '',
    uri: site.cfg.uri,
    origin,
    to: 'send',
    on,
    ...sending(what, on),
  };
}

function sending(what: string, on: string): { readonly what: string; readonly text: string } {
  return { what, text: `waits until ${on} takes ${quotedWait(what, 'send')}` };
}

/** A role that others wait for in vain: it has ended, or is somewhere from where nothing of it helps. */
function stands(system: System, state: LocalState, idle: string): RunEnd {
  const role = system.names[state.machine] ?? '';
  if (state.node.kind !== 'end')
    return { kind: 'stands', role, uri: state.instance.cfg.uri, origin: originOf(state), text: idle };
  // A call that comes last ends where the process itself does.
  const { uri, process } = (system.roots[state.machine] ?? state).instance.cfg;
  return {
    kind: 'ended',
    role,
    uri,
    origin: { start: process.origin.end - 1, end: process.origin.end },
    text: 'has ended',
  };
}

/**
 * What is left in the queues of the roles that were followed to the end.
 * @param wrong the queue whose first message is what is wrong
 */
function queuesOf(
  steps: readonly RunStep[],
  followed: ReadonlySet<string>,
  wrong?: { readonly from: string; readonly to: string },
): RunMessage[] {
  const left = steps.flatMap((step, index) =>
    step.kind === 'send' && step.taken === undefined && followed.has(step.to)
      ? [{ from: step.role, to: step.to, message: step.message, step: index }]
      : [],
  );
  const first = wrong && left.find((message) => message.from === wrong.from && message.to === wrong.to);
  return left.map((message) => ({ ...message, wrong: message === first }));
}

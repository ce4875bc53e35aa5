// Problems as findings: from states and sites to places, lines and names that a reader knows.
import type { End, WaitingEnd } from '../../findings/network.js';
import type { TextRange } from '../../ir/expression.js';
import type { Network } from '../../ir/process.js';
import type { Scope } from '../../scoping/scope.js';
import type { Event, Problem, Site, Starving, Waiting } from '../model/exploration.js';
import { openDecisions } from '../trace/happens.js';
import { neededDecisions } from '../trace/needed.js';
import {
  awaitedFrom,
  awaitedText,
  conditionsOf,
  messageText,
  originOf,
  originOfNode,
  outerState,
} from '../trace/run.js';
import { runOf, runToStarving, takesOthers } from '../trace/run-end.js';
import type { LocalState, System } from '../model/system.js';
import type { ControlFlowGraph } from '../model/control-flow.js';
import { asSuspected, finding } from '../../findings/finding.js';
import type { Finding } from '../../findings/finding.js';

/** What a report is made against. */
export interface Context {
  readonly network: Network;
  readonly scope: Scope;
  readonly system: System;
  /** The roles whose processes are known not to do what the choreography says: they are the likelier culprits. */
  readonly differing: readonly string[];
}

/**
 * The finding for a problem; undefined where an end of it is not what the problem says, which is a hole's doing.
 * @param events the run that leads to it
 * @param suspected no values were found that it happens with: then it is a warning
 */
export function reportOf(
  context: Context,
  problem: Problem,
  events: readonly Event[],
  suspected = false,
): Finding | undefined {
  const found = problemFinding(context, problem, events, suspected);
  return found && suspected ? asSuspected(found) : found;
}

function problemFinding(
  context: Context,
  problem: Problem,
  events: readonly Event[],
  suspected: boolean,
): Finding | undefined {
  const { system } = context;
  const { uri } = context.scope.file;
  const run = runOf(system, problem, events);
  const differing = context.differing.length > 0 ? { differing: context.differing } : {};
  const condition = conditionsOf(
    system,
    suspected ? openOf(system, events) : neededDecisions(system, problem, events),
    suspected,
  );
  const place = (...states: (LocalState | undefined)[]): TextRange => {
    for (const state of states) {
      const outer = state && outerState(state);
      if (outer) return originOf(outer);
    }
    // A call at the end leaves no caller behind: then the process is the place.
    for (const state of states) {
      const root = state && system.roots[state.machine]?.instance.cfg;
      if (root?.written) return root.process.name.origin;
    }
    return context.network.name.origin;
  };
  switch (problem.kind) {
    case 'deadlock': {
      const end = (w: Waiting): WaitingEnd => waitingEnd(context, w.state, w.on);
      const { cycle } = problem;
      const others = problem.waiting.filter((w) => !cycle.includes(w));
      const first = [...cycle, ...others].find((w) => outerState(w.state));
      const channels = system.channels.kind === 'buffer' && system.channels.size <= 0 ? 'sync' : system.channels.kind;
      return finding('deadlock', uri, place(first?.state), {
        cycle: cycle.map(end),
        others: others.map(end),
        channels,
        condition,
        run,
        ...differing,
      });
    }
    case 'unmatched-receive': {
      const { receiver, from } = problem;
      if (receiver.node.kind !== 'receive') return undefined;
      return finding('unmatched-receive', uri, place(receiver, problem.sender), {
        receiver: waitingEnd(context, receiver, from),
        sender: endOf(context, problem.sender),
        others: problem.others.map((other) => endOf(context, other)),
        circle: problem.circle.map((w) => waitingEnd(context, w.state, w.on)),
        condition,
        run,
        ...differing,
      });
    }
    case 'unmatched-send': {
      const sent = nodeAt(problem.site);
      if (sent?.kind !== 'send') return undefined;
      return finding(
        'unmatched-send',
        uri,
        isWritten(context, problem.sender)
          ? placeOfSite(context, problem.site, problem.sender)
          : place(problem.receiver),
        {
          sender: endOfSite(context, problem.site, problem.sender),
          receiver: endOf(context, problem.receiver),
          what: messageText(sent.action),
          delivered: problem.delivered,
          ...(takesOthers(system, problem) ? { takesOthers: true } : {}),
          condition,
          run,
          ...differing,
        },
      );
    }
    case 'label-mismatch': {
      const sent = nodeAt(problem.site);
      const { receiver } = problem;
      if (sent?.kind !== 'send' || receiver.node.kind !== 'receive') return undefined;
      return finding(
        'label-mismatch',
        uri,
        isWritten(context, receiver.machine) ? place(receiver) : placeOfSite(context, problem.site, problem.sender),
        {
          sender: endOfSite(context, problem.site, problem.sender),
          receiver: endOf(context, receiver),
          ...(sent.action.label ? { sent: sent.action.label.name.text } : {}),
          taken: receiver.node.action.branches.map((branch) => branch.label?.text),
          condition,
          run,
          ...differing,
        },
      );
    }
  }
}

/** The warning for a machine that waits while others go on for ever. */
export function reportStarving(context: Context, starving: Starving, events: readonly Event[]): Finding | undefined {
  const { state, active, fair } = starving;
  const { system, scope } = context;
  const outer = outerState(state);
  const { node } = state;
  const on =
    node.kind === 'send'
      ? system.peer(state, node.peer)
      : node.kind === 'receive'
        ? system.peer(state, node.options[0]?.peer ?? '')
        : undefined;
  if (!outer || on === undefined) return undefined;
  return finding('starvation', scope.file.uri, originOf(outer), {
    fair,
    end: waitingEnd(context, state, on),
    active: active.map((m) => system.names[m] ?? ''),
    condition: conditionsOf(system, openOf(system, events)),
    run: runToStarving(system, starving, on, events),
  });
}

/** The decisions of a run that nothing before them settles. */
export function openOf(system: System, events: readonly Event[]): readonly Event[] {
  const open = new Set(openDecisions(system, events));
  return events.filter((_, index) => open.has(index));
}

/** Whether a role's process stands in the network, and is not its projection. */
function isWritten({ system }: Context, machine: number): boolean {
  return system.roots[machine]?.instance.cfg.written === true;
}

function nodeAt(site: Site): ControlFlowGraph['nodes'][number] | undefined {
  return site.cfg.nodes[site.node];
}

/** A role where it is: in its own text, as an end that can be edited if it is written in the network. */
function endOf(context: Context, state: LocalState): End {
  const { system } = context;
  const { cfg } = state.instance;
  const over = state.node.kind === 'end';
  const origin = over ? { start: cfg.process.origin.end - 1, end: cfg.process.origin.end } : originOf(state);
  return {
    role: system.names[state.machine] ?? '',
    uri: cfg.uri,
    origin,
    ended: over,
    idle: cfg.process.body.actions.length === 0,
    written: cfg.written,
  };
}

function waitingEnd(context: Context, state: LocalState, on: number): WaitingEnd {
  const { node } = state;
  const what =
    node.kind === 'receive' ? awaitedText(node.action) : node.kind === 'send' ? messageText(node.action) : 'a message';
  const role = context.system.names[state.machine] ?? '';
  return {
    ...endOf(context, state),
    differs: context.differing.includes(role),
    on: context.system.names[on] ?? '',
    ...several(awaitedFrom(context.system, state)),
    what,
    waitsTo: node.kind === 'send' ? 'send' : 'receive',
  };
}

function several(from: readonly string[]): Pick<WaitingEnd, 'from'> {
  return from.length > 1 ? { from } : {};
}

function endOfSite(context: Context, site: Site, machine: number): End {
  const { cfg } = site;
  const node = nodeAt(site);
  const origin = (node && originOfNode(node)) ?? cfg.process.name.origin;
  return {
    role: context.system.names[machine] ?? '',
    uri: cfg.uri,
    origin,
    ended: node?.kind === 'end',
    idle: cfg.process.body.actions.length === 0,
    written: cfg.written,
  };
}

/** The place of a site in the checked file: its own, else its role's process, else the network. */
export function placeOfSite(context: Context, site: Site, machine: number): TextRange {
  const node = nodeAt(site);
  if (site.cfg.written && node) return originOfNode(node) ?? site.cfg.process.name.origin;
  const root = context.system.roots[machine]?.instance.cfg;
  return root?.written ? root.process.name.origin : context.network.name.origin;
}
